//! The real binary, as a person starts it: command line, signals, operator's tool and its socket.

mod admin;
mod cli;
mod console;
mod others;
mod process;
mod socket;
mod terminal;
mod together;
