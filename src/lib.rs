//! `chat`: a chat server, a terminal client and an operator's console, all speaking IRC with IRCv3.
//!
//! `proto` knows the words of the wire; `server::world` knows who is here and what is true;
//! `server::command` decides, one file per verb; `server::hub` owns the world and turns events into
//! effects; `server::shard` carries the sockets. `client` and `admin` are the other two faces of the
//! binary, `terminal` is what they share, `cmd` is the command line over all of it. The drawing and
//! the rules of who may import whom are in ARCHITECTURE.md.

pub mod admin;
pub mod both;
pub mod client;
pub mod cmd;
pub mod config;
pub mod exit;
pub mod gauge;
pub mod proto;
pub mod server;
pub mod store;
pub mod terminal;
