//! No from the server: each number becomes a sentence that says what failed, why, and what to do now.

use super::Heard;
use super::start::sentence;
use crate::client::asked::{Request, Saying, What};
use crate::client::deed::Refusal;
use crate::client::item::Item;
use crate::client::state::{Phase, State};
use crate::exit::Exit;

/// What follows a refused password.
const ONCE_MORE: &str = "Once more; an empty answer ends it.";

impl State {
    pub(super) fn hear_refusal(&mut self, number: u16, heard: &Heard<'_>) {
        match number {
            431..=433 | 436 | 437 => return self.hear_no_name(heard, number),
            464 | 465 => return self.hear_denied(heard, number),
            422 => return self.hear_end_of_greeting(),
            _ => {}
        }
        if self.phase == Phase::Greeting && number == 421 {
            return;
        }
        let name = heard.param(1).to_owned();
        let what = self.refused(heard, number, &name);
        self.note_refused(what.as_ref());
        if let Some(What::Absences(absences)) = what {
            return self.go_on_with_absences(*absences);
        }
        if number == 401 && matches!(what, Some(What::Whois { .. })) {
            return self.no_user(&name, None);
        }
        let words = match (number, &what) {
            (401 | 406, Some(What::Say(saying))) => {
                return self.no_user(&name, Some(&saying.clone()));
            }
            (_, Some(What::All { .. })) if !self.server.is_ours() => {
                let recall = self.recall();
                format!("This server does not let you speak to everybody. {recall}")
            }
            (402, Some(What::Admin)) => {
                "That is for operators. /admin alone tells who runs this server.".to_owned()
            }
            (421, Some(What::On(who) | What::Unblock(who))) if name == "SILENCE" => {
                format!("This server cannot block anybody. /mute {who} hides here what {who} says.")
            }
            (421, Some(What::Silenced(_))) => {
                "This server cannot block anybody. /mute lists whom you have muted here.".to_owned()
            }
            (401 | 406, _) => return self.no_user(&name, None),
            (421, Some(What::Files(_) | What::Proof(_))) => {
                "This server keeps no files.".to_owned()
            }
            (421, Some(What::WhoLast { .. })) => {
                "This server does not remember who was here last.".to_owned()
            }
            _ => self.not_sent(self.sentence(number, &name, heard.last()), what.as_ref()),
        };
        self.refuse(Refusal::new(exit(number), words));
    }

    /// `FAIL verb code … :words`
    pub(super) fn hear_fail(&mut self, heard: &Heard<'_>) {
        let (verb, code) = (heard.param(0).to_owned(), heard.param(1).to_owned());
        let label = heard.label.as_deref();
        let context: Vec<_> = heard
            .message
            .params()
            .iter()
            .skip(2)
            .map(|word| (*word).to_owned())
            .collect();
        let fits = |what: &What| {
            label.is_some()
                || what.concerns(&verb)
                || context.iter().any(|word| what.concerns(word))
        };
        let what = match self.asked.take(label, fits) {
            Some(What::Past(quest)) if !quest.is_wanted() => return self.past_failed(&quest),
            Some(What::Marker(_)) => return self.go_through_inbox(),
            what => what,
        };
        let words = fail_words(&verb, &code, &context, heard.last());
        let words = match self.ask_again(&code, what.as_ref()) {
            true => format!("{} {ONCE_MORE}", sentence(&words)),
            false => self.not_sent(words, what.as_ref()),
        };
        let exit = match code.as_str() {
            "NO_SUCH_USER" | "NO_SUCH_CHANNEL" | "NO_SUCH_ROOM" | "NO_SUCH_SESSION"
            | "INVALID_TARGET" => Exit::NotFound,
            "INVALID_PARAMS" | "NEED_MORE_PARAMS" => Exit::Usage,
            "WRONG_PASSWORD" | "NOT_LOGGED_IN" | "REDACT_FORBIDDEN" | "ACCOUNT_REQUIRED" => {
                Exit::NotAllowed
            }
            _ => Exit::Refused,
        };
        self.refuse(Refusal::new(exit, words));
        self.note_refused(what.as_ref());
    }

    /// A message that had waited was refused: the others go on.
    fn note_refused(&mut self, what: Option<&What>) {
        match what {
            Some(What::Say(saying)) if saying.has_waited => self.note_landed(),
            Some(What::Proof(number)) => self.proof_failed(*number),
            Some(_) | None => {}
        }
    }

    /// The request that is refused, if it can be told.
    fn refused(&mut self, heard: &Heard<'_>, number: u16, name: &str) -> Option<What> {
        let label = heard.label.as_deref();
        self.asked.take(label, |what| {
            label.is_some() || what.concerns(name) || is_about(number, name, what)
        })
    }

    /// Whoever had this name left, and has no inbox.
    fn was_guest(&self, name: &str) -> bool {
        self.server.is_ours() && self.leavers.has(&self.server.fold(name))
    }

    /// Nobody has this name; a message to them was not sent.
    fn no_user(&mut self, name: &str, saying: Option<&Saying>) {
        if saying.is_some() && self.was_guest(name) {
            let words = format!(
                "{name} was a guest and has left; only registered names have an inbox (/register gives one). {}",
                self.recall()
            );
            return self.refuse(Refusal::no_target(words));
        }
        let near = self.near_hint(name);
        let kind = if self.server.is_room(name) {
            "room"
        } else {
            "user"
        };
        let (recall, hint) = match saying {
            Some(saying) if saying.hint.is_empty() => (self.recall(), String::new()),
            Some(saying) => (self.recall(), format!("\n{}", saying.hint)),
            None => ("", String::new()),
        };
        let words = format!("No {kind} {name}.{near} {recall}{hint}");
        let hint = self.near(name);
        self.refuse(Refusal::no_target(words.trim_end()).with_hint(hint));
    }

    /// The words, and what became of a message that was refused, unless they say it themselves.
    fn not_sent(&self, words: String, what: Option<&What>) -> String {
        if !what.is_some_and(What::is_message) {
            return words;
        }
        let small = words.trim_end_matches('.').to_ascii_lowercase();
        let words = match small.strip_suffix("nothing was sent") {
            Some(kept) => words.get(..kept.len()).unwrap_or(&words),
            None => &words,
        };
        format!(
            "{} {}",
            sentence(words.trim_end_matches([' ', ';', ','])),
            self.recall()
        )
    }

    fn sentence(&self, number: u16, name: &str, words: &str) -> String {
        match number {
            402 | 403 => {
                let near = self.near_hint(name);
                format!("There is no room {name}.{near} /list shows the rooms.")
            }
            404 => format!("You may not speak in {name}: {words}."),
            405 => "You are in too many rooms. /part ROOM leaves one.".to_owned(),
            441 => format!("{name} is not in the room."),
            442 => format!("You are not in {name}. /join {name} enters it."),
            443 => format!("{name} is in the room already."),
            471 => format!("{name} is full."),
            473 => format!("{name} is by invitation only."),
            474 => format!("You are banned from {name}."),
            475 => format!("{name} wants a key: /join {name} KEY"),
            476 | 479 => format!("{name} cannot be the name of a room."),
            481 => format!("That is for operators: {words}"),
            482 => format!("Only operators of {name} may do that."),
            _ if name == words || name == "*" || name.is_empty() => words.to_owned(),
            _ => format!("{name}: {words}"),
        }
    }

    /// Tells of messages that have been on their way for a while.
    pub fn tell_waiting(&mut self, of_age: impl Fn(&Request) -> bool) {
        let mut told = Vec::new();
        for request in self.asked.iter_mut() {
            if !request.is_told && of_age(request) {
                request.is_told = true;
                told.extend(request.what.unshown().map(str::to_owned));
            }
        }
        for text in told {
            self.show(Item::Sending(text));
        }
    }
}

/// What a FAIL means: in our words where those of servers tend to be bare.
fn fail_words(verb: &str, code: &str, context: &[String], said: &str) -> String {
    let name = context.first().map_or("", String::as_str);
    let is_message = ["PRIVMSG", "NOTICE", "TAGMSG", "BATCH"].contains(&verb);
    match code {
        "STORAGE" if is_message => "The server cannot store messages at the moment.".to_owned(),
        "INBOX_FULL" => format!("{name} is away, and {name}'s inbox is full."),
        "ID_CONFLICT" => {
            "The server holds another message under the same name; this one was not taken."
                .to_owned()
        }
        "INVALID_TARGET" if verb == "CHATHISTORY" => {
            let name = context.get(1).map_or("", String::as_str);
            format!("You cannot read {name}: there is none, or you are not in it.")
        }
        "UNKNOWN_MSGID" => "The server does not have this message (any more).".to_owned(),
        "NO_SUCH_SESSION" => format!("There is no device number {name}. /sessions shows them."),
        "REDACT_FORBIDDEN" => "You may not remove this message.".to_owned(),
        "REDACT_WINDOW_EXPIRED" => "This message is too old to be removed.".to_owned(),
        "ACCOUNT_EXISTS" => {
            format!("{name} belongs to somebody. /login logs in, /nick takes another name.")
        }
        _ => said.to_owned(),
    }
}

/// Whether a refusal that names nobody is about this.
fn is_about(number: u16, name: &str, what: &What) -> bool {
    match number {
        481 => matches!(what, What::All { .. }),
        412 | 417 => what.is_message(),
        402 => *what == What::Admin,
        421 if name.eq_ignore_ascii_case("SILENCE") => {
            matches!(what, What::On(_) | What::Unblock(_) | What::Silenced(_))
        }
        421 | 461 if name.eq_ignore_ascii_case("PRIVMSG") => what.is_message(),
        _ => false,
    }
}

fn exit(number: u16) -> Exit {
    match number {
        401..=403 | 406 | 442 | 411 => Exit::NotFound,
        412 | 421 | 461 => Exit::Usage,
        481 | 482 | 491 => Exit::NotAllowed,
        _ => Exit::Refused,
    }
}
