//! What a program asks for: an object on one line instead of words. docs/json.md describes them.

use crate::client::act::{people, room, talk};
use crate::client::asked::What;
use crate::client::deed::Refusal;
use crate::client::item::Tone;
use crate::client::state::State;
use serde::Deserialize;
use serde_json::{Map, Value};

/// Longest name of a request, in bytes.
const LONGEST_ID: usize = 64;

/// What is asked for.
#[derive(Debug, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case", deny_unknown_fields)]
enum Op {
    /// Says something in a room; without one, where plain lines go.
    Say {
        text: String,
        room: Option<String>,
    },
    /// Says something to one person.
    Dm {
        to: String,
        text: String,
    },
    /// Says something to everybody online, or to these of them.
    Broadcast {
        text: String,
        #[serde(default)]
        to: Vec<String>,
    },
    Join {
        room: String,
        key: Option<String>,
    },
    Part {
        room: String,
        reason: Option<String>,
    },
    Topic {
        room: String,
        text: String,
    },
    Nick {
        nick: String,
    },
    /// Does what this line would, if it were typed.
    Run {
        line: String,
    },
    Quit {},
}

impl State {
    /// Does what an object asks for.
    pub(super) fn obey_object(&mut self, line: &str) -> Result<(), Refusal> {
        let (id, op) = read(line)?;
        self.asked.about = id;
        match op? {
            Op::Say { text, room } => self.say_in(room, &text),
            Op::Dm { to, text } if !self.server.is_room(&to) => self.say_to(&to, &text),
            Op::Dm { to, .. } => Err(Refusal::no_target(format!("{to} is no person."))),
            Op::Broadcast { text, to } => {
                must_be_line(&text)?;
                to.iter().try_for_each(|name| must_be_word(name))?;
                match to.is_empty() {
                    true => talk::everybody(self, &text),
                    false => talk::to_these(self, to, &text),
                }
            }
            Op::Join { room, key } => {
                let key = key.unwrap_or_default();
                must_be_word(&room)?;
                must_be_line(&key)?;
                room::join(self, format!("{room} {key}").trim_end())
            }
            Op::Part { room, reason } => {
                let reason = reason.unwrap_or_default();
                must_be_word(&room)?;
                must_be_line(&reason)?;
                room::part(self, format!("{room} {reason}").trim_end())
            }
            Op::Topic { room, text } => {
                must_be_word(&room)?;
                must_be_line(&text)?;
                self.ask(What::Topic(room.clone()), "TOPIC", &[&room], Some(&text));
                Ok(())
            }
            Op::Nick { nick } => people::nick(self, &nick),
            Op::Run { line } => {
                must_be_line(&line)?;
                self.obey(&line)
            }
            Op::Quit {} => {
                self.end_input();
                Ok(())
            }
        }
    }

    fn say_in(&mut self, room: Option<String>, text: &str) -> Result<(), Refusal> {
        let target = match room {
            None => self.must_have_target()?,
            Some(room) if self.server.is_room(&room) => room,
            Some(room) => return Err(Refusal::no_target(format!("{room} is no room."))),
        };
        self.say_to(&target, text)
    }

    fn say_to(&mut self, to: &str, text: &str) -> Result<(), Refusal> {
        must_be_word(to)?;
        if text.trim().is_empty() || text.contains(['\0', '\r']) {
            let why = "A text is not empty, and holds neither NUL nor CR.";
            return Err(Refusal::usage(why));
        }
        self.say(to, text, Tone::Say, "");
        Ok(())
    }
}

/// The name of the request, which counts for the answer even if nobody knows what it asks for.
fn read(line: &str) -> Result<(Option<String>, Result<Op, Refusal>), Refusal> {
    let refused = |why: String| {
        // Each object is one line: the number that counts its own lines tells nothing.
        let why = why.replace(" at line 1 column ", ", at column ");
        Refusal::usage(format!("That object cannot be read: {why}."))
    };
    let mut object: Map<String, Value> =
        serde_json::from_str(line).map_err(|why| refused(why.to_string()))?;
    let id = match object.remove("id") {
        None => None,
        Some(Value::String(id)) if id.len() <= LONGEST_ID => Some(id),
        Some(_) => return Err(refused(format!("id is text of at most {LONGEST_ID} bytes"))),
    };
    let op = serde_json::from_value(Value::Object(object));
    Ok((id, op.map_err(|why| refused(why.to_string()))))
}

fn must_be_word(word: &str) -> Result<(), Refusal> {
    let is_word = !word.is_empty()
        && !word.starts_with([':', '$'])
        && !word.contains([' ', ',', '\0', '\r', '\n']);
    match is_word {
        true => Ok(()),
        false => Err(Refusal::usage(format!("{word:?} is no name."))),
    }
}

fn must_be_line(text: &str) -> Result<(), Refusal> {
    match text.contains(['\0', '\r', '\n']) {
        false => Ok(()),
        true => Err(Refusal::usage(
            "Only what is said to a room or a person may have several lines.",
        )),
    }
}
