//! Who may do what in a room: its modes, its operators, and who is kept out.

use crate::client::act::room::current_room;
use crate::client::act::{because, first_word, usage};
use crate::client::asked::What;
use crate::client::deed::Refusal;
use crate::client::state::State;

/// `/mode [ROOM] [MODES]`
pub fn mode(state: &mut State, words: &str) -> Result<(), Refusal> {
    let (first, rest) = first_word(words);
    let (target, modes) = match state.server.is_room(first) || state.is_me(first) {
        true => (first.to_owned(), rest),
        false => (current_room(state)?, words),
    };
    if ["b", "+b"].contains(&modes) {
        return bans(state, target);
    }
    if !modes.is_empty() && !modes.starts_with(['+', '-']) {
        let why = "Modes begin with + or -; /op, /voice and /ban need none.";
        return Err(because(why, "mode"));
    }
    change(state, &target, modes, "");
    Ok(())
}

/// `/op NAME`
pub fn op(state: &mut State, words: &str) -> Result<(), Refusal> {
    give(state, words, "op", "+o")
}

/// `/deop NAME`
pub fn deop(state: &mut State, words: &str) -> Result<(), Refusal> {
    give(state, words, "deop", "-o")
}

/// `/voice NAME`
pub fn voice(state: &mut State, words: &str) -> Result<(), Refusal> {
    give(state, words, "voice", "+v")
}

/// `/devoice NAME`
pub fn devoice(state: &mut State, words: &str) -> Result<(), Refusal> {
    give(state, words, "devoice", "-v")
}

/// `/ban [NAME|MASK]`
pub fn ban(state: &mut State, words: &str) -> Result<(), Refusal> {
    let (room, names) = room_and_names(state, words)?;
    if names.is_empty() {
        return bans(state, room);
    }
    for name in names {
        change(state, &room, "+b", &mask(name));
    }
    Ok(())
}

/// `/unban NAME|MASK`
pub fn unban(state: &mut State, words: &str) -> Result<(), Refusal> {
    let (room, names) = room_and_names(state, words)?;
    if names.is_empty() {
        return Err(usage("unban"));
    }
    for name in names {
        change(state, &room, "-b", &mask(name));
    }
    Ok(())
}

fn give(state: &mut State, words: &str, verb: &str, mode: &str) -> Result<(), Refusal> {
    let (room, names) = room_and_names(state, words)?;
    if names.is_empty() {
        return Err(usage(verb));
    }
    for name in names {
        change(state, &room, mode, name);
    }
    Ok(())
}

/// The room that is named first, or else the current one; and the words behind it.
fn room_and_names<'w>(state: &State, words: &'w str) -> Result<(String, Vec<&'w str>), Refusal> {
    let (first, rest) = first_word(words);
    let (room, names) = match state.server.is_room(first) {
        true => (first.to_owned(), rest),
        false => (current_room(state)?, words),
    };
    Ok((room, names.split_whitespace().collect()))
}

/// Asks for a change of modes, on somebody if that is named; without modes, asks which there are.
fn change(state: &mut State, target: &str, modes: &str, whom: &str) {
    let what = What::Mode {
        target: target.to_owned(),
        whom: whom.to_owned(),
    };
    let words = modes.split_whitespace().chain(Some(whom));
    let words = words.filter(|word| !word.is_empty());
    let params: Vec<&str> = std::iter::once(target).chain(words).collect();
    state.ask(what, "MODE", &params, None);
}

fn bans(state: &mut State, room: String) -> Result<(), Refusal> {
    let what = What::Bans {
        room: room.clone(),
        rows: Vec::new(),
    };
    state.ask(what, "MODE", &[&room, "b"], None);
    Ok(())
}

/// What a room keeps out: whoever has this name, unless it is a mask already.
fn mask(name: &str) -> String {
    match name.contains(['!', '@', '*', '?', ':']) {
        true => name.to_owned(),
        false => format!("{name}!*@*"),
    }
}
