//! Saying something: to the room, to one, to some, to all.

use crate::client::act::{because, first_word, unquoted, usage};
use crate::client::asked::{Fence, Then, What};
use crate::client::caps;
use crate::client::deed::Refusal;
use crate::client::input::row;
use crate::client::item::Tone;
use crate::client::state::State;
use jiff::SignedDuration;

/// A private message from somebody else that came this recently makes an answer doubtful.
const DOUBT: SignedDuration = SignedDuration::from_secs(2);

/// `/dm NAME [TEXT]`
pub fn dm(state: &mut State, words: &str) -> Result<(), Refusal> {
    let (name, text) = first_word(words);
    if name.is_empty() {
        return Err(usage("dm"));
    }
    must_be_one(name)?;
    let text = unquoted(text);
    if !text.is_empty() {
        state.say(name, text, Tone::Say, "");
    } else if state.server.is_room(name) {
        return Err(Refusal::usage(format!(
            "{name} is a room. /switch {name} goes there."
        )));
    } else if let Some(known) = state.rooms.knows(&state.server, name).map(str::to_owned) {
        state.go(&known);
    } else if state.is_apart() {
        state.go(name);
    } else {
        let what = What::Whois {
            name: name.to_owned(),
            rows: Vec::new(),
            then: Then::Switch,
        };
        state.ask(what, "WHOIS", &[name], None);
    }
    Ok(())
}

/// `send NAME TEXT`
pub fn send(state: &mut State, words: &str) -> Result<(), Refusal> {
    let (name, text) = first_word(words);
    let text = unquoted(text);
    if text.is_empty() {
        return Err(usage("send"));
    }
    must_be_one(name)?;
    let hint = state
        .target
        .as_ref()
        .map(|target| format!("To say this in {target}: /say send …"));
    state.say(name, text, Tone::Say, &hint.unwrap_or_default());
    Ok(())
}

/// `/r TEXT`
pub fn reply(state: &mut State, words: &str) -> Result<(), Refusal> {
    let text = unquoted(words);
    let Some((name, at)) = state.last_from.clone() else {
        return Err(Refusal::usage(
            "Nobody has written to you alone yet. /dm NAME TEXT",
        ));
    };
    if text.is_empty() {
        return Err(usage("r"));
    }
    let other = state.before_last_from.as_deref();
    let is_other = other.is_some_and(|other| !state.server.same(other, &name));
    if is_other && state.now.duration_since(at) < DOUBT {
        let before = other.unwrap_or_default();
        return Err(Refusal::usage(format!(
            "{name} wrote just now, after {before}. {} Use /dm {before} or /dm {name}.",
            state.recall()
        )));
    }
    state.say(&name, text, Tone::Say, "");
    Ok(())
}

/// `/bm TEXT`
pub fn everybody(state: &mut State, words: &str) -> Result<(), Refusal> {
    let text = unquoted(words);
    if text.is_empty() {
        return Err(usage("bm"));
    }
    let what = What::All {
        text: text.to_owned(),
        at: None,
        count: None,
    };
    state.ask(what, "PRIVMSG", &["$*"], Some(text));
    if !state.has(caps::LABELED_RESPONSE) {
        state.fence(Fence::Said);
    }
    Ok(())
}

/// `broadcast TEXT`, `broadcast user LIST TEXT`
pub fn broadcast(state: &mut State, words: &str) -> Result<(), Refusal> {
    match first_word(words) {
        ("user" | "users", rest) => some(state, rest),
        ("", _) => Err(usage("broadcast")),
        _ => everybody(state, words),
    }
}

/// A broadcast to those named: by commas, or as words up to the first that is nobody's name.
fn some(state: &mut State, words: &str) -> Result<(), Refusal> {
    let (names, text) = recipients(state, words)?;
    let text = unquoted(text);
    if text.is_empty() {
        let why = format!("There is nothing to say to {}.", names.join(", "));
        return Err(because(&why, "broadcast"));
    }
    to_these(state, names, text)
}

/// A broadcast to these, as far as they are online.
pub(super) fn to_these(state: &mut State, names: Vec<String>, text: &str) -> Result<(), Refusal> {
    if text.is_empty() {
        return Err(usage("broadcast"));
    }
    if !state.server.is_ours() {
        for name in names {
            state.say(&name, text, Tone::Say, "");
        }
        return Ok(());
    }
    let targets = names.join(",");
    let what = What::Some {
        text: text.to_owned(),
        names,
        absent: Vec::new(),
        at: None,
        notes: Vec::new(),
    };
    state.ask_tagged(
        what,
        &[("+chat/online", "")],
        "PRIVMSG",
        &[&targets],
        Some(text),
    );
    Ok(())
}

fn recipients<'w>(state: &State, words: &'w str) -> Result<(Vec<String>, &'w str), Refusal> {
    let (first, rest) = first_word(words);
    if first.is_empty() {
        return Err(usage("broadcast"));
    }
    let mut names = Vec::new();
    if first.contains(',') {
        for name in first.split(',').filter(|name| !name.is_empty()) {
            add(state, &mut names, name);
        }
        return Ok((names, rest));
    }
    let mut left = words.trim();
    loop {
        let (word, rest) = first_word(left);
        if word == "--" {
            left = rest;
            break;
        }
        if word.is_empty() || state.rooms.knows(&state.server, word).is_none() {
            break;
        }
        add(state, &mut names, word);
        left = rest;
    }
    if names.is_empty() {
        let near = state.near_hint(first);
        let words = format!("No user {first}.{near} {}", state.recall());
        return Err(Refusal::no_target(words).with_hint(state.near(first)));
    }
    Ok((names, left))
}

fn add(state: &State, names: &mut Vec<String>, name: &str) {
    if !names.iter().any(|own| state.server.same(own, name)) {
        names.push(name.to_owned());
    }
}

/// `/me TEXT`
pub fn me(state: &mut State, words: &str) -> Result<(), Refusal> {
    if words.is_empty() {
        return Err(usage("me"));
    }
    let target = state.must_have_target()?;
    state.say(&target, words, Tone::Action, "");
    Ok(())
}

/// `/say TEXT`
pub fn say(state: &mut State, words: &str) -> Result<(), Refusal> {
    if words.is_empty() {
        return Err(usage("say"));
    }
    state.say_here(words)
}

/// `/notice NAME TEXT`
pub fn notice(state: &mut State, words: &str) -> Result<(), Refusal> {
    let (target, text) = first_word(words);
    must_be_one(target)?;
    if text.is_empty() {
        return Err(usage("notice"));
    }
    state.say(target, text, Tone::Notice, "");
    Ok(())
}

/// `/to TARGET TEXT`
pub fn to(state: &mut State, words: &str) -> Result<(), Refusal> {
    let (target, text) = first_word(words);
    must_be_one(target)?;
    if text.is_empty() {
        return Err(usage("to"));
    }
    state.say(target, text, Tone::Say, "");
    Ok(())
}

impl State {
    /// `#room: TEXT`, which goes nowhere but to that room.
    pub(super) fn say_there(&mut self, room: &str, text: &str) -> Result<(), Refusal> {
        if let Some(own) = self.rooms.find(&self.server, room) {
            let room = own.name.clone();
            self.say(&room, text, Tone::Say, "");
            return Ok(());
        }
        let near = self.near_hint(room);
        let here = self.target.as_ref().map_or(String::new(), |target| {
            format!("\nTo say this in {target}: /say {room}: …")
        });
        let words = format!("You are not in {room}.{near} {}{here}", self.recall());
        Err(Refusal::no_target(words).with_hint(self.near(room)))
    }
}

/// A target that is one name: neither a list nor a mask, which only broadcasts reach.
fn must_be_one(name: &str) -> Result<(), Refusal> {
    if name.contains(',') {
        let usage = row("broadcast").map_or("", |row| row.usage);
        return Err(Refusal::usage(format!(
            "One name at a time; for several: {usage}"
        )));
    }
    if name.starts_with(['$', ':']) {
        return Err(Refusal::no_target(format!(
            "No user {name}. Nothing was sent."
        )));
    }
    Ok(())
}

impl State {
    /// A sentence with the name that was probably meant, or nothing.
    pub fn near_hint(&self, name: &str) -> String {
        self.near(name)
            .map_or(String::new(), |nick| format!(" Did you mean {nick}?"))
    }

    /// The name that was probably meant: of a room, if it is one's name, else of somebody who is here.
    pub fn near(&self, name: &str) -> Option<String> {
        if self.server.is_room(name) {
            let rooms = self.rooms.iter().map(|room| room.name.as_str());
            return self.nearest(name, rooms.chain(self.listed.iter().map(String::as_str)));
        }
        let nicks = self.rooms.iter().flat_map(|room| room.nicks());
        self.nearest(name, nicks.filter(|nick| !self.is_me(nick)))
    }

    fn nearest<'n>(&self, name: &str, all: impl Iterator<Item = &'n str>) -> Option<String> {
        let folded = self.server.fold(name);
        let letters = folded.trim_start_matches('#').chars().count();
        let most = if letters < 4 { 1 } else { 2 };
        let mut nearest: Option<(usize, &str)> = None;
        for other in all {
            let own = self.server.fold(other);
            let far = if letters >= 2 && own.starts_with(&folded) {
                1
            } else {
                strsim::osa_distance(&folded, &own)
            };
            let is_near = far <= most && far < letters && own != folded;
            if is_near && nearest.is_none_or(|(least, _)| far < least) {
                nearest = Some((far, other));
            }
        }
        nearest.map(|(_, other)| other.to_owned())
    }
}
