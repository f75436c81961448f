//! The real binary, as a person starts it: command line, signals, operator's tool and its socket.

mod accounts;
mod accounts_json;
mod admin;
mod checker;
mod cli;
mod client;
mod comes_back;
mod console;
mod crash;
mod disk;
mod fake;
mod orphan;
mod others;
mod own_name;
mod pipe;
mod process;
mod reload;
mod schema;
mod socket;
mod start;
mod storms;
mod terminal;
mod together;
mod upgrade;
