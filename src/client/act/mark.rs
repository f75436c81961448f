//! What is done to a message that was said: an answer, a reaction, its removal; and people who are not heard.

use crate::client::act::past::gist;
use crate::client::act::{first_word, unquoted, usage};
use crate::client::asked::{Mark, Saying, What};
use crate::client::caps;
use crate::client::deed::Refusal;
use crate::client::item::{Said, Whose};
use crate::client::state::State;
use crate::proto::message::escape;

const NOTHING_THERE: &str = "There is nothing here yet that can be pointed at. Nothing was sent.";
/// Longest reaction, in bytes.
const LONGEST: usize = 64;

/// `/reply [NAME|N] TEXT`
pub fn reply(state: &mut State, words: &str) -> Result<(), Refusal> {
    let target = state.must_have_target()?;
    let (first, rest) = first_word(words);
    if first.is_empty() {
        return Err(usage("reply"));
    }
    must_have_tags(state)?;
    let aimed = state.aimed_at(&target, first);
    let (id, _, is_exact) = aimed.ok_or_else(|| Refusal::no_target(NOTHING_THERE))?;
    if !is_exact && !rest.is_empty() {
        must_be_text(state, first, &id, words)?;
    }
    let text = if is_exact { rest } else { words };
    let text = unquoted(text);
    if text.is_empty() {
        return Err(usage("reply"));
    }
    state.utter(Saying {
        to: target,
        text: text.to_owned(),
        reply: Some(id),
        ..Saying::default()
    });
    Ok(())
}

/// A name that was mistyped, or of somebody who said nothing here, is no answer to somebody else.
fn must_be_text(state: &State, first: &str, id: &str, words: &str) -> Result<(), Refusal> {
    let is_somebody = state.rooms.knows(&state.server, first).is_some()
        || state.leavers.has(&state.server.fold(first))
        || state
            .partners
            .iter()
            .any(|own| state.server.same(own, first));
    let near = state.near(first);
    if !is_somebody && near.is_none() {
        return Ok(());
    }
    let guess = near.map_or(String::new(), |near| format!(" Did you mean {near}?"));
    let guess = Some(guess).filter(|_| !is_somebody).unwrap_or_default();
    let from = state.recent.by_id(id).map_or("NAME", |said| &said.from);
    Err(Refusal::no_target(format!(
        "{first} has said nothing here that can be answered.{guess} {}\nIf that is the answer to {from}: /reply {from} {words}",
        state.recall()
    )))
}

/// `/react [NAME|N] EMOJI`
pub fn react(state: &mut State, words: &str) -> Result<(), Refusal> {
    mark(state, words, "react", "+draft/react")
}

/// `/unreact [NAME|N] EMOJI`
pub fn unreact(state: &mut State, words: &str) -> Result<(), Refusal> {
    mark(state, words, "unreact", "+draft/unreact")
}

fn mark(state: &mut State, words: &str, name: &str, tag: &str) -> Result<(), Refusal> {
    let target = state.must_have_target()?;
    let all: Vec<&str> = words.split_whitespace().collect();
    let (whose, sign) = match all.as_slice() {
        [sign] => ("", *sign),
        [whose, sign] => (*whose, *sign),
        _ => return Err(usage(name)),
    };
    if sign.len() > LONGEST {
        return Err(usage(name));
    }
    must_have_tags(state)?;
    let aimed = state.aimed_at(&target, whose);
    let (id, words, _) = aimed
        .filter(|(_, _, is_exact)| *is_exact || whose.is_empty())
        .ok_or_else(|| Refusal::no_target(NOTHING_THERE))?;
    let tags = [
        ("+draft/reply", escape(&id).into_owned()),
        (tag, escape(sign).into_owned()),
    ];
    let tags = tags.each_ref().map(|(key, value)| (*key, value.as_str()));
    let mark = Mark {
        target: target.clone(),
        id: id.clone(),
        sign: if tag.ends_with("unreact") {
            String::new()
        } else {
            sign.to_owned()
        },
        words,
    };
    state.ask_tagged(What::React(mark), &tags, "TAGMSG", &[&target], None);
    Ok(())
}

fn must_have_tags(state: &State) -> Result<(), Refusal> {
    if state.has(caps::MESSAGE_TAGS) {
        return Ok(());
    }
    Err(Refusal::refused(
        "This server has no way to point at a message. Nothing was sent.",
    ))
}

/// `/redact [N]`
pub fn redact(state: &mut State, words: &str) -> Result<(), Refusal> {
    let target = state.must_have_target()?;
    let number = match words {
        "" => 1,
        number => number
            .parse()
            .ok()
            .filter(|number| *number > 0)
            .ok_or_else(|| usage("redact"))?,
    };
    if !state.has(caps::REDACTION) {
        return Err(Refusal::refused(
            "This server removes nothing that was said.",
        ));
    }
    let place = state.server.fold(&target);
    let mine = |said: &&Said| said.whose == Whose::Mine;
    let said = state.recent.named(&place).filter(mine).nth(number - 1);
    let (id, words) = said
        .map(|said| (said.id.clone(), gist(&said.text)))
        .ok_or_else(|| {
            Refusal::no_target(format!(
                "You have said nothing in {target} lately that can be removed."
            ))
        })?;
    let mark = Mark {
        target: target.clone(),
        id: id.clone(),
        sign: String::new(),
        words,
    };
    state.ask(What::Redact(mark), "REDACT", &[&target, &id], None);
    Ok(())
}

/// `/block NAME`
pub fn block(state: &mut State, words: &str) -> Result<(), Refusal> {
    let (name, rest) = first_word(words);
    if name.is_empty() {
        return blocked(state, "");
    }
    if !rest.is_empty() {
        return Err(usage("block"));
    }
    if state.is_me(name) {
        return Err(Refusal::usage("You cannot block yourself."));
    }
    let is_known = state.rooms.knows(&state.server, name).is_some();
    if let Some(near) = state.near(name).filter(|_| !is_known) {
        return Err(Refusal::no_target(format!(
            "There is no {name} here. Did you mean {near}? Nobody was blocked."
        )));
    }
    state.ask(
        What::On(name.to_owned()),
        "SILENCE",
        &[&format!("+{name}")],
        None,
    );
    Ok(())
}

/// `/unblock NAME`
pub fn unblock(state: &mut State, words: &str) -> Result<(), Refusal> {
    let (name, rest) = first_word(words);
    if name.is_empty() || !rest.is_empty() {
        return Err(usage("unblock"));
    }
    state.ask(
        What::Unblock(name.to_owned()),
        "SILENCE",
        &[&format!("-{name}")],
        None,
    );
    Ok(())
}

/// `/blocked`
pub fn blocked(state: &mut State, _: &str) -> Result<(), Refusal> {
    state.ask(What::Silenced(Vec::new()), "SILENCE", &[], None);
    Ok(())
}
