//! Rooms and people of whom what they say is only counted, for good or for a while.

use crate::client::act::taste::must_have;
use crate::client::act::{because, first_word, usage};
use crate::client::deed::Refusal;
use crate::client::item::Item;
use crate::client::state::State;
use crate::client::taste::Others;
use crate::client::when::{ago, when};
use jiff::Timestamp;

/// Most rooms and people that are muted for a while.
const MOST: usize = 100;

/// `/mute [ROOM|NAME [DURATION]]`
pub fn mute(state: &mut State, words: &str) -> Result<(), Refusal> {
    let (name, time) = first_word(words);
    if name.is_empty() {
        show_muted(state);
        return Ok(());
    }
    must_be_known(state, name)?;
    if !time.is_empty() {
        return mute_until(state, name, time);
    }
    if state
        .taste
        .muted
        .iter()
        .any(|own| state.server.same(own, name))
    {
        state.event(format!("{name} is muted already"));
        return Ok(());
    }
    let mut muted = state.taste.muted.clone();
    muted.push(name.to_owned());
    let words = format!("{name} is muted: only counted from now on; /unmute {name} ends it");
    state.put_saying(must_have("muted"), &muted.join(","), &words)
}

fn mute_until(state: &mut State, name: &str, time: &str) -> Result<(), Refusal> {
    let until = ago(time).and_then(|time| state.now.checked_add(time).ok());
    let until = until.ok_or_else(|| {
        let why = format!("\"{time}\" is no time, like 30m, 2h or 1d.");
        because(&why, "mute")
    })?;
    let (now, server) = (state.now, &state.server);
    state
        .hushed
        .retain(|(own, at)| *at > now && !server.same(own, name));
    if state.hushed.len() >= MOST {
        return Err(Refusal::refused(format!(
            "{MOST} are muted for a while already."
        )));
    }
    state.hushed.push((name.to_owned(), until));
    let until = when(until, now, &state.settings.zone);
    state.event(format!("{name} is muted until {until}"));
    Ok(())
}

/// `/unmute ROOM|NAME`
pub fn unmute(state: &mut State, words: &str) -> Result<(), Refusal> {
    let (name, rest) = first_word(words);
    if name.is_empty() || !rest.is_empty() {
        return Err(usage("unmute"));
    }
    let name = name.to_owned();
    if !state.is_muted(&name) {
        return Err(Refusal::no_target(format!("{name} is not muted.")));
    }
    let server = &state.server;
    let is_other = |own: &str| !server.same(own, &name);
    let for_a_while = state.hushed.len();
    state.hushed.retain(|(own, _)| is_other(own));
    let mut muted = state.taste.muted.clone();
    muted.retain(|own| is_other(own));
    if muted.len() == state.taste.muted.len() {
        debug_assert!(state.hushed.len() < for_a_while);
        state.event(format!("{name} is heard again"));
        return Ok(());
    }
    let muted = match muted.is_empty() {
        true => "none".to_owned(),
        false => muted.join(","),
    };
    state.put_saying(
        must_have("muted"),
        &muted,
        &format!("{name} is heard again"),
    )
}

fn show_muted(state: &mut State) {
    let for_good = state.taste.muted.iter();
    let mut rows: Vec<Vec<String>> = for_good.map(|name| vec![name.clone()]).collect();
    for (name, until) in state.hushed.iter().filter(|(_, until)| *until > state.now) {
        let until = when(*until, state.now, &state.settings.zone);
        rows.push(vec![name.clone(), format!("until {until}")]);
    }
    let title = match rows.len() {
        0 => {
            "Nothing is muted. /mute ROOM or /mute NAME 2h only counts what is said there, or by them."
        }
        _ => "Muted (/unmute NAME ends it)",
    };
    let title = title.to_owned();
    state.show(Item::List { title, rows });
}

/// A typing mistake would mute nobody, and not be noticed.
fn must_be_known(state: &State, name: &str) -> Result<(), Refusal> {
    if name.contains(',') {
        return Err(usage("mute"));
    }
    let is_known = match state.server.is_room(name) {
        true => state.rooms.find(&state.server, name).is_some(),
        false => state.rooms.knows(&state.server, name).is_some(),
    };
    match state.near(name).filter(|_| !is_known) {
        Some(near) => Err(Refusal::no_target(format!(
            "There is no {name} here. Did you mean {near}? Nothing was muted."
        ))),
        None => Ok(()),
    }
}

impl State {
    /// Whether what is said in a room, or by a person, is only counted.
    pub fn is_muted(&self, name: &str) -> bool {
        let is_it = |own: &str| self.server.same(own, name);
        let for_a_while = |(own, until): &(String, Timestamp)| *until > self.now && is_it(own);
        self.taste.muted.iter().any(|own| is_it(own)) || self.hushed.iter().any(for_a_while)
    }

    /// Whether a message of a room is counted and not shown.
    pub fn is_only_counted(&self, room: &str) -> bool {
        let is_here = self
            .target
            .as_deref()
            .is_some_and(|own| self.server.same(own, room));
        !is_here && !self.is_json() && (self.taste.others == Others::Count || self.is_muted(room))
    }

    /// Whether what somebody says is counted and not shown, wherever it is said but to them alone.
    pub fn is_hushed(&self, name: &str) -> bool {
        let is_here = self
            .target
            .as_deref()
            .is_some_and(|own| self.server.same(own, name));
        !is_here && !self.is_json() && self.is_muted(name)
    }
}
