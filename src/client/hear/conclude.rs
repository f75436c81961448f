//! What is shown when an answer is complete.

use crate::client::asked::{Fence, Saying, Then, What};
use crate::client::caps;
use crate::client::deed::Refusal;
use crate::client::item::{Age, Item, Said, Tone, Way, Whose};
use crate::client::state::State;
use crate::exit::Exit;
use jiff::Timestamp;

/// Most rooms of a list that are kept in mind.
const MOST_LISTED: usize = 1000;

impl State {
    /// An answer is complete: shows it.
    pub(super) fn conclude(&mut self, what: What) {
        match &what {
            What::All { count, .. } => self.acknowledge_message(None, *count),
            What::Say(_) => self.acknowledge_message(None, None),
            _ => {}
        }
        self.show_answer(what);
        self.acknowledge();
    }

    fn show_answer(&mut self, what: What) {
        match what {
            What::Say(saying) => self.conclude_say(saying),
            What::All { text, at, count } => self.conclude_all(text, at, count),
            What::Some {
                text,
                names,
                absent,
                at,
                notes,
            } => {
                self.conclude_some(text, names, &absent, at);
                let notes = notes.into_iter().map(Item::Receipt);
                notes.for_each(|note| self.show(note));
            }
            What::Who { whom, rows } => self.conclude_who(whom, rows),
            What::Absences(absences) => self.go_on_with_absences(*absences),
            What::Whois { name, rows, then } => self.conclude_whois(name, rows, then),
            What::WhoLast { minutes, rows } => {
                let time = match minutes {
                    1 => "minute".to_owned(),
                    many => format!("{many} minutes"),
                };
                let title = match rows.len() {
                    0 => format!("Nobody was seen in the last {time}"),
                    many => format!("Seen in the last {time} ({many})"),
                };
                self.show(Item::List { title, rows });
            }
            What::List { pattern, rows } => self.conclude_list(&pattern, rows),
            What::Names { room, names } if names.is_empty() => {
                let words = format!("There is no room {room}, or you may not look into it.");
                self.refuse(Refusal::no_target(words));
            }
            What::Names { room, names } => {
                let title = format!("{} in {room}", names.len());
                self.show(Item::List {
                    title,
                    rows: vec![vec![names.join(" ")]],
                });
            }
            What::Bans { room, rows } => self.show_bans(&room, rows),
            What::Mode { .. } => self.event("nothing changed: it was so already"),
            What::Past(quest) => self.conclude_past(*quest),
            What::Marker(_) => self.go_through_inbox(),
            What::Files(listing) => self.conclude_files(*listing),
            What::Proof(number) => self.proof_failed(number),
            What::Silenced(masks) => self.show_silenced(masks),
            What::React(mark) => self.show_reaction(None, &mark, ""),
            What::Redact(mark) => self.show_removed(None, &mark.words),
            What::Login | What::Register(_) | What::Account(_) => {}
            What::Join(_) | What::Part(_) | What::Topic(_) | What::Nick(_) => {}
            What::Unblock(name) => {
                let words = format!("{name} is not blocked. /blocked lists who is.");
                self.refuse(Refusal::no_target(words));
            }
            What::Away | What::On(_) | What::Raw | What::Admin | What::Fence(_) => {}
        }
    }

    /// Without labels, what stands before a fence that was answered has been taken by the server.
    pub(super) fn take_all_before_fence(&mut self) {
        if self.has(caps::LABELED_RESPONSE) {
            return;
        }
        let fence = What::Fence(Fence::Said);
        // A list may still come, and somebody waits for it.
        let is_pipe = self.is_pipe();
        let is_over = |what: &What| is_pipe || what.is_message() || what.is_raw();
        let before = self.asked.iter().take_while(|own| own.what != fence);
        let over = before.filter(|own| is_over(&own.what));
        let labels: Vec<String> = over.map(|own| own.label.clone()).collect();
        for label in labels {
            if let Some(what) = self.asked.take(Some(&label), |_| true) {
                self.conclude(what);
            }
        }
    }

    fn conclude_list(&mut self, pattern: &str, mut rows: Vec<Vec<String>>) {
        let wanted = self.server.fold(pattern.trim_matches('*'));
        rows.retain(|row| {
            row.first()
                .is_some_and(|name| self.server.fold(name).contains(&wanted))
        });
        let names = rows.iter().filter_map(|row| row.first());
        self.listed = names.take(MOST_LISTED).cloned().collect();
        let title = match rows.len() {
            0 => "No rooms".to_owned(),
            1 => "1 room".to_owned(),
            many => format!("{many} rooms"),
        };
        self.show(Item::List { title, rows });
    }

    /// Taken without an echo.
    fn conclude_say(&mut self, saying: Saying) {
        if !saying.is_shown {
            self.show_mine(&saying, self.now);
        }
        if let Some(receipt) = saying.receipt {
            self.show(Item::Receipt(receipt));
        }
        if saying.has_waited {
            self.note_delivered();
        }
    }

    fn conclude_all(&mut self, text: String, at: Option<Timestamp>, count: Option<usize>) {
        self.show(Item::Said(Said {
            at: at.unwrap_or(self.now),
            from: self.me.clone(),
            way: Way::ToAllOf(count),
            tone: Tone::Say,
            text,
            whose: Whose::Mine,
            id: String::new(),
            account: None,
            answers: None,
            twin: None,
            age: Age::Now,
        }));
    }

    fn conclude_some(
        &mut self,
        text: String,
        names: Vec<String>,
        absent: &[String],
        at: Option<Timestamp>,
    ) {
        let is_absent = |name: &String| absent.iter().any(|other| self.server.same(other, name));
        let (missing, reached): (Vec<_>, Vec<_>) = names.into_iter().partition(is_absent);
        if !reached.is_empty() {
            let saying = Saying {
                to: reached.join(", "),
                text,
                tone: Tone::Say,
                is_shown: true,
                ..Saying::default()
            };
            self.show_mine(&saying, at.unwrap_or(self.now));
        }
        let exit = if reached.is_empty() {
            Exit::NotFound
        } else {
            Exit::Partly
        };
        match missing.as_slice() {
            [] => {}
            [one] => {
                let near = self.near_hint(one);
                self.trouble.get_or_insert(exit);
                let keep = match (near.is_empty(), self.server.is_ours()) {
                    (true, true) => format!(" (send {one} … tries an inbox)"),
                    _ => String::new(),
                };
                self.show(Item::Receipt(format!(
                    "{one} is not online: not sent{keep}.{near}"
                )));
            }
            many => {
                self.trouble.get_or_insert(exit);
                self.show(Item::Receipt(format!(
                    "{} are not online: not sent (send NAME … tries an inbox)",
                    many.join(", ")
                )));
            }
        }
    }

    fn conclude_whois(&mut self, name: String, rows: Vec<Vec<String>>, then: Then) {
        if rows.is_empty() {
            let near = self.near_hint(&name);
            return self.refuse(Refusal::no_target(format!("No user {name}.{near}")));
        }
        match then {
            Then::Show => self.show(Item::List { title: name, rows }),
            Then::Switch => self.go(&name),
        }
    }
}
