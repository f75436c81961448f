//! Rooms: entering, leaving, going from one to another, and what is known about them.

use crate::client::act::{first_word, usage};
use crate::client::asked::What;
use crate::client::deed::Refusal;
use crate::client::item::Item;
use crate::client::room::Room;
use crate::client::state::State;

/// Most rooms entered by one line.
const MOST: usize = 20;

/// `/join ROOM[,ROOM] [KEY[,KEY]]`
pub fn join(state: &mut State, words: &str) -> Result<(), Refusal> {
    let (name, key) = first_word(words);
    if name.is_empty() {
        return Err(usage("join"));
    }
    let names = name.split(',').filter(|name| !name.is_empty());
    if names.clone().count() > MOST {
        return Err(Refusal::usage(format!(
            "At most {MOST} rooms at a time. Nothing was entered."
        )));
    }
    let mut keys = match name.contains(',') {
        true => key.split(','),
        false => key.split('\0'),
    };
    for name in names {
        join_one(state, name, keys.next().unwrap_or_default());
    }
    Ok(())
}

fn join_one(state: &mut State, name: &str, key: &str) {
    let room = if state.server.is_room(name) {
        name.to_owned()
    } else {
        format!("#{name}")
    };
    if let Some(own) = state.rooms.find(&state.server, &room) {
        let name = own.name.clone();
        return state.go(&name);
    }
    let params: Vec<_> = [room.as_str(), key]
        .into_iter()
        .filter(|word| !word.is_empty())
        .collect();
    state.ask(What::Join(room.clone()), "JOIN", &params, None);
}

/// `/part [ROOM] [REASON]`
pub fn part(state: &mut State, words: &str) -> Result<(), Refusal> {
    let (first, rest) = first_word(words);
    if let Some(person) = talk_to_close(state, words) {
        let was_here = state.fall_back(&person);
        state.rooms.read(&state.server, &person);
        state.event(format!("the talk with {person} is closed"));
        if was_here {
            state.tell_target();
        }
        return Ok(());
    }
    let (room, reason) = if state.server.is_room(first) {
        (first.to_owned(), rest)
    } else {
        (current_room(state)?, words)
    };
    let reason = Some(reason).filter(|reason| !reason.is_empty());
    state.ask(What::Part(room.clone()), "PART", &[&room], reason);
    Ok(())
}

/// The person with whom the talk is to be closed: the one named, or else the one to whom plain lines go.
fn talk_to_close(state: &State, words: &str) -> Option<String> {
    let is_person = |name: &&String| !state.server.is_room(name);
    let all = places(state);
    let named = all.iter().filter(is_person);
    let named = named.clone().find(|own| state.server.same(own, words));
    let is_elsewhere = state
        .server
        .is_room(words.split(' ').next().unwrap_or_default());
    let here = state.target.as_ref().filter(is_person);
    named.or(here.filter(|_| !is_elsewhere)).cloned()
}

/// `/switch [PART]`
pub fn switch(state: &mut State, words: &str) -> Result<(), Refusal> {
    if words.is_empty() {
        let next = next_unread(state).ok_or_else(|| {
            Refusal::usage("Nothing is unread. /switch PART goes to a room or person.")
        })?;
        state.go(&next);
        return Ok(());
    }
    let part = state.server.fold(words);
    let mut places = places(state);
    if let Some(exact) = places
        .iter()
        .find(|name| state.server.fold(name) == part)
        .cloned()
    {
        places = vec![exact];
    }
    places.retain(|name| state.server.fold(name).contains(&part));
    match places.as_slice() {
        [only] => {
            let only = only.clone();
            state.go(&only);
            Ok(())
        }
        [] => Err(no_place(state, words)),
        many => Err(Refusal::usage(format!("Which one? {}", many.join(" ")))),
    }
}

/// There is no place like that; what was probably meant.
fn no_place(state: &State, words: &str) -> Refusal {
    let room = match state.server.is_room(words) {
        true => words.to_owned(),
        false => format!("#{words}"),
    };
    let near = state.near(&room).or_else(|| state.near(words));
    let guess = near.map_or(String::new(), |near| format!(" Did you mean {near}?"));
    Refusal::no_target(format!(
        "You are in no room like {words}.{guess} /join ROOM enters one, /dm NAME goes to a person."
    ))
}

/// Rooms and people to whom plain lines may go.
pub(super) fn places(state: &State) -> Vec<String> {
    let rooms = state.rooms.iter().map(|room| room.name.clone());
    let talks = state.rooms.talks().iter().map(|(name, _)| name.clone());
    let mut places: Vec<String> = rooms.chain(talks).collect();
    for name in state.earlier.iter().chain(&state.target) {
        if !places.iter().any(|own| state.server.same(own, name)) {
            places.push(name.clone());
        }
    }
    places
}

/// The place with something unread: who is here and wrote to me alone, then rooms, those first where somebody
/// calls me, then who is gone.
pub(super) fn next_unread(state: &State) -> Option<String> {
    let target = state.target.as_deref();
    let is_elsewhere = |name: &str| !target.is_some_and(|own| state.server.same(own, name));
    let is_known = |name: &str| state.rooms.knows(&state.server, name).is_some();
    let talks = state.rooms.talks().iter().map(|(name, _)| name.clone());
    let talks = talks.filter(|name| is_elsewhere(name));
    let (here, gone): (Vec<_>, Vec<_>) = talks.partition(|name| is_known(name));
    let rooms = state.rooms.iter();
    let room = rooms
        .filter(|room| room.unread.all > 0 && is_elsewhere(&room.name))
        .max_by_key(|room| room.unread.urgent);
    let room = room.map(|room| room.name.clone());
    here.into_iter().chain(room).chain(gone).next()
}

/// `/rooms`
pub fn rooms(state: &mut State, _: &str) -> Result<(), Refusal> {
    let describe = |room: &Room| {
        let unread = match (room.unread.all, room.unread.urgent) {
            (0, _) => String::new(),
            (all, 0) => format!("{all} unread"),
            (all, calls) => format!("{all} unread, {calls} with your name"),
        };
        vec![
            room.name.clone(),
            format!("{} here", room.len()),
            unread,
            room.topic.clone(),
        ]
    };
    let rows: Vec<_> = state.rooms.iter().map(describe).collect();
    let title = match rows.len() {
        0 => "You are in no room. /list shows the rooms of the server.".to_owned(),
        1 => "You are in 1 room".to_owned(),
        many => format!("You are in {many} rooms"),
    };
    state.show(Item::List { title, rows });
    Ok(())
}

/// `/list [PATTERN]`
pub fn list(state: &mut State, words: &str) -> Result<(), Refusal> {
    let what = What::List {
        pattern: words.to_owned(),
        rows: Vec::new(),
    };
    state.ask(what, "LIST", &[], None);
    Ok(())
}

/// `/topic [TEXT]`
pub fn topic(state: &mut State, words: &str) -> Result<(), Refusal> {
    let room = current_room(state)?;
    let text = Some(words).filter(|words| !words.is_empty());
    state.ask(What::Topic(room.clone()), "TOPIC", &[&room], text);
    Ok(())
}

/// `/names [ROOM]`
pub fn names(state: &mut State, words: &str) -> Result<(), Refusal> {
    let (first, _) = first_word(words);
    let room = if first.is_empty() {
        current_room(state)?
    } else {
        first.to_owned()
    };
    let what = What::Names {
        room: room.clone(),
        names: Vec::new(),
    };
    state.ask(what, "NAMES", &[&room], None);
    Ok(())
}

/// `/invite NAME [ROOM]`
pub fn invite(state: &mut State, words: &str) -> Result<(), Refusal> {
    let (name, room) = first_word(words);
    if name.is_empty() {
        return Err(usage("invite"));
    }
    let room = if room.is_empty() {
        current_room(state)?
    } else {
        room.to_owned()
    };
    state.ask(What::On(name.to_owned()), "INVITE", &[name, &room], None);
    Ok(())
}

/// `/kick NAME [REASON]`
pub fn kick(state: &mut State, words: &str) -> Result<(), Refusal> {
    let (name, reason) = first_word(words);
    if name.is_empty() {
        return Err(usage("kick"));
    }
    let room = current_room(state)?;
    let reason = Some(reason).filter(|reason| !reason.is_empty());
    state.ask(What::On(name.to_owned()), "KICK", &[&room, name], reason);
    Ok(())
}

pub(super) fn current_room(state: &State) -> Result<String, Refusal> {
    let target = state.must_have_target()?;
    if state.server.is_room(&target) {
        Ok(target)
    } else {
        Err(Refusal::usage(
            "You are talking to one person. Name the room, or /switch to one.",
        ))
    }
}
