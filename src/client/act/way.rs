//! The way to a server: taken once more, given up, or another one.

use crate::client::act::{because, first_word, usage};
use crate::client::address::Address;
use crate::client::deed::{Deed, Refusal};
use crate::client::ending::Ending;
use crate::client::item::Item;
use crate::client::state::{Phase, State};
use jiff::Timestamp;

const ONE: &str = "In a pipe there is one connection alone.";
const AWAY: &str = "Disconnected. What you say waits here; /reconnect comes back, /quit leaves.";

/// `/reconnect`
pub fn reconnect(state: &mut State, _: &str) -> Result<(), Refusal> {
    if state.is_pipe() {
        return Err(Refusal::usage(ONE));
    }
    state.reconnect();
    Ok(())
}

/// `/disconnect [REASON]`
pub fn disconnect(state: &mut State, words: &str) -> Result<(), Refusal> {
    if state.is_pipe() {
        return Err(Refusal::usage(ONE));
    }
    let is_given_up = state.phase == Phase::Lost(Some(Timestamp::MAX));
    if is_given_up {
        state.event("there is no connection already");
        return Ok(());
    }
    state.hang_up(words);
    state.show(Item::Warned(AWAY.to_owned()));
    Ok(())
}

/// `/connect HOST [PORT]`
pub fn connect(state: &mut State, words: &str) -> Result<(), Refusal> {
    if state.is_pipe() {
        return Err(Refusal::usage(ONE));
    }
    let (host, port) = first_word(words);
    if host.is_empty() {
        return Err(usage("connect"));
    }
    let port = match port {
        "" => None,
        port => Some(
            port.parse()
                .map_err(|_| because(&format!("\"{port}\" is no port."), "connect"))?,
        ),
    };
    let address =
        Address::parse(host, port).map_err(|why| because(&format!("{why}."), "connect"))?;
    if !state.outbox.is_empty() {
        let words = "Something waits for this server: /unsent shows it, /unsent drop N drops it.";
        return Err(Refusal::refused(words));
    }
    state.leave(Ending::and_call(address));
    Ok(())
}

impl State {
    /// Says goodbye and stays here, without a connection, until one is wanted.
    fn hang_up(&mut self, words: &str) {
        if self.phase == Phase::Here {
            self.send("QUIT", &[], Some(words));
            self.deeds.push(Deed::Part);
        }
        self.part_company(None);
        self.phase = Phase::Lost(Some(Timestamp::MAX));
    }
}
