//! The real binary, as a person starts it: command line, signals, operator's tool and its socket.

mod accounts;
mod accounts_json;
mod admin;
mod audit;
mod backup;
mod browsers;
mod checker;
mod cli;
mod client;
mod client_guide;
mod comes_back;
mod console;
mod crash;
mod cut;
mod disk;
mod every_verb;
mod fake;
mod files_client;
mod flood;
mod govern;
mod guide;
mod guide_page;
mod hands;
mod hostile;
mod look;
mod moderation;
mod objects;
mod officers;
mod orphan;
mod others;
mod own_name;
mod pipe;
mod plain;
mod process;
mod relay;
mod reload;
mod saved;
mod schema;
mod secure;
mod service;
mod service_log;
mod service_metrics;
mod service_verbs;
mod socket;
mod start;
mod storms;
mod terminal;
mod tls;
mod tls_front;
mod together;
mod top;
mod upgrade;
mod upgraded;
mod valve;

#[path = "../support/irc.rs"]
mod irc;
#[path = "../support/tls.rs"]
mod over_tls;
#[path = "../support/web.rs"]
mod web;
