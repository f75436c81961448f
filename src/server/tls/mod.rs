//! TLS at the doors: `keyring` reads the certificates, `own` makes one, `names` chooses by name, `client`
//! takes those of clients; a `tunnel` is the TLS of one connection, `handshakes` those that are under way.
//!
//! Nothing outside of this room knows the library.

mod certificate;
mod client;
pub(super) mod handshakes;
pub(super) mod keyring;
mod names;
mod own;
mod quic;
pub(super) mod terms;
pub(super) mod tunnel;
