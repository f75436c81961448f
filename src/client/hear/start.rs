//! The beginning: capabilities, the name, the welcome; and the end: errors of the connection.

use super::Heard;
use crate::client::asked::{Fence, What};
use crate::client::ending::Ending;
use crate::client::item::Item;
use crate::client::server::WANTED;
use crate::client::state::{Phase, Refusal, State};
use crate::exit::Exit;
use crate::proto::cap::{Cap, CapSet};
use crate::proto::sanitise;

/// Lines of the server's greeting that are shown.
const GREETING: usize = 2;
/// Free names that are offered.
const OFFERED: usize = 3;

impl State {
    /// The first lines to the server.
    pub fn greet(&mut self) -> Vec<crate::client::state::Deed> {
        let nick = self.settings.nick.clone();
        self.send("CAP", &["LS", "302"], None);
        if let Some(password) = self.settings.password.take() {
            self.send("PASS", &[], Some(&password));
            self.has_password = true;
        }
        self.send("NICK", &[&nick], None);
        let user: String = nick
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .take(10)
            .collect();
        let user = if user.is_empty() { "chat" } else { &user };
        self.send("USER", &[user, "0", "*"], Some(&nick));
        std::mem::take(&mut self.deeds)
    }

    pub(super) fn hear_cap(&mut self, heard: &Heard<'_>) {
        let named = heard.last().split_whitespace();
        let (off, on): (Vec<_>, Vec<_>) = named.partition(|name| name.starts_with('-'));
        let set = |names: Vec<&str>| {
            names
                .into_iter()
                .filter_map(cap)
                .fold(CapSet::default(), with)
        };
        let (off, caps) = (set(off), set(on));
        match heard.param(1).to_ascii_uppercase().as_str() {
            "LS" => {
                self.server.offered = joined(self.server.offered, caps);
                if heard.param(2) != "*" {
                    self.ask_caps(self.server.offered);
                }
            }
            "NEW" => self.ask_caps(caps),
            "ACK" => {
                self.server.caps = without(joined(self.server.caps, caps), off);
                self.end_caps();
            }
            "DEL" => self.server.caps = without(self.server.caps, caps),
            "NAK" => self.end_caps(),
            _ => {}
        }
    }

    fn ask_caps(&mut self, offered: CapSet) {
        let wanted: Vec<_> = WANTED.and(offered).names().collect();
        if wanted.is_empty() {
            self.end_caps();
        } else {
            self.send("CAP", &["REQ"], Some(&wanted.join(" ")));
        }
    }

    fn end_caps(&mut self) {
        if matches!(self.phase, Phase::Greeting | Phase::Naming) {
            self.send("CAP", &["END"], None);
        }
    }

    /// 001: the name is ours.
    pub(super) fn hear_welcome(&mut self, heard: &Heard<'_>) {
        if self.phase != Phase::Greeting {
            return;
        }
        heard.param(0).clone_into(&mut self.me);
        self.phase = Phase::Arriving;
        let text = format!(
            "Connected to {}{} as {}.",
            self.settings.place, self.settings.safety, self.me
        );
        self.show(Item::Status(text));
    }

    /// 376 or 422: the greeting is over; now the rooms.
    pub(super) fn hear_end_of_greeting(&mut self) {
        if self.phase != Phase::Arriving
            || self
                .asked
                .iter()
                .any(|r| r.what == What::Fence(Fence::Arrival))
        {
            return;
        }
        for room in self.settings.joins.clone() {
            self.ask(What::Join(room.clone()), "JOIN", &[&room], None);
        }
        self.fence(Fence::Arrival);
    }

    /// A line of the greeting: the first ones are shown.
    pub(super) fn hear_greeting(&mut self, heard: &Heard<'_>) {
        let text = heard.last();
        let text = text.strip_prefix("- ").unwrap_or(text).to_owned();
        self.greeted += 1;
        if self.phase != Phase::Arriving || self.greeted <= GREETING {
            self.show(Item::Status(text));
        } else if self.greeted == GREETING + 1 {
            self.show(Item::Status("(/raw MOTD shows all of it)".to_owned()));
        }
    }

    pub(super) fn hear_pong(&mut self, heard: &Heard<'_>) {
        let token = heard.last().to_owned();
        let fences = [
            ("arrival", Fence::Arrival),
            ("said", Fence::Said),
            ("alive", Fence::Alive),
        ];
        let Some((_, fence)) = fences.into_iter().find(|(name, _)| *name == token) else {
            return;
        };
        if fence == Fence::Said {
            self.take_all_before_fence();
        }
        self.asked.take(None, |what| *what == What::Fence(fence));
        if fence == Fence::Arrival && self.phase == Phase::Arriving {
            self.phase = Phase::Here;
            if let Some(to) = self.settings.to.clone() {
                self.switch(&to);
            }
        }
    }

    /// Without labels, what stands before a fence that was answered has been taken by the server.
    fn take_all_before_fence(&mut self) {
        if self.has(Cap::LabeledResponse) {
            return;
        }
        let fence = What::Fence(Fence::Said);
        while self
            .asked
            .iter()
            .next()
            .is_some_and(|request| request.what != fence)
        {
            if let Some(what) = self.asked.take(None, |_| true) {
                self.conclude(what);
            }
        }
    }

    /// 433 and its like: the name cannot be had.
    pub(super) fn hear_no_name(&mut self, heard: &Heard<'_>, number: u16) {
        let wanted = heard.param(1).to_owned();
        let why = match number {
            432 => format!("{wanted} cannot be your name: {}", sentence(heard.last())),
            _ => {
                let free = free_names(heard.last(), &wanted).join(", ");
                format!("The name {wanted} is in use. {free}.")
            }
        };
        if self.phase != Phase::Greeting {
            let what = self.answered(heard, |what| matches!(what, What::Nick(_)));
            if what.is_some() {
                self.refuse(Refusal {
                    words: why,
                    exit: Exit::Refused,
                });
            }
        } else if self.is_pipe() {
            self.leave(Ending::new(Exit::Refused, why));
        } else {
            self.phase = Phase::Naming;
            self.show(Item::Refused(why));
        }
    }

    pub(super) fn hear_kill(&mut self, heard: &Heard<'_>) {
        if self.is_me(heard.param(0)) {
            let reason = match heard.last() {
                "Removed by an operator" => String::new(),
                words => reason(words),
            };
            let words =
                format!("Removed from the server by an operator{reason}. You may connect again.");
            self.fate = Some(Ending::new(Exit::Refused, words));
        }
    }

    /// ERROR: the server closes.
    pub(super) fn hear_error(&mut self, heard: &Heard<'_>) {
        self.tell_moves();
        let ending = match (&self.phase, self.fate.take()) {
            (_, Some(fate)) => fate,
            (Phase::Leaving(_), None) => self.farewell(),
            (_, None) if self.is_stopping => self.stopped(),
            (_, None) => {
                let words = heard.last();
                let small = words.to_ascii_lowercase();
                let is_loss = [
                    "timeout",
                    "timed out",
                    "stopping",
                    "shutting down",
                    "restart",
                    "sendq",
                ]
                .iter()
                .any(|sign| small.contains(sign));
                let exit = if is_loss {
                    Exit::Unreachable
                } else {
                    Exit::Refused
                };
                Ending::new(
                    exit,
                    format!(
                        "The server closed the connection: {}",
                        sanitise::text(words)
                    ),
                )
            }
        };
        self.leave(ending);
    }

    /// The server said that it stops, and did.
    pub(super) fn stopped(&self) -> Ending {
        let words = format!(
            "The server {} was stopped. Connect again when it is back.",
            self.settings.place
        );
        Ending::new(Exit::Unreachable, words)
    }

    /// 464, 465: not with this password, not you.
    pub(super) fn hear_denied(&mut self, heard: &Heard<'_>, number: u16) {
        let words = sanitise::text(heard.last()).into_owned();
        self.fate = Some(match number {
            464 if self.has_password => Ending::new(
                Exit::NotAllowed,
                format!("The server wants another password: {words}"),
            ),
            464 => Ending::new(
                Exit::NotAllowed,
                "The server wants a password: --password-file or --password-stdin gives it.",
            )
            .and_ask(),
            _ => Ending::new(
                Exit::Refused,
                format!("You are banned from this server: {words}"),
            ),
        });
    }
}

fn cap(token: &str) -> Option<Cap> {
    Cap::named(token.split('=').next()?.trim_start_matches('-'))
}

fn with(mut set: CapSet, cap: Cap) -> CapSet {
    set.insert(cap);
    set
}

fn members(set: CapSet) -> impl Iterator<Item = Cap> {
    set.names().filter_map(Cap::named)
}

fn joined(one: CapSet, other: CapSet) -> CapSet {
    members(other).fold(one, with)
}

fn without(mut one: CapSet, other: CapSet) -> CapSet {
    members(other).for_each(|cap| one.remove(cap));
    one
}

/// The server's words with one full stop at their end.
pub(super) fn sentence(words: &str) -> String {
    let words = words.trim();
    if words.ends_with(['.', '!', '?']) {
        words.to_owned()
    } else {
        format!("{words}.")
    }
}

/// A reason in quotes after a colon, or nothing.
pub(super) fn reason(text: &str) -> String {
    let text = sanitise::text(text);
    if text.trim().is_empty() {
        String::new()
    } else {
        format!(": \"{text}\"")
    }
}

/// Names that the server calls free, or some to try.
fn free_names(text: &str, wanted: &str) -> Vec<String> {
    let free = text.split_once("Free:").map_or("", |(_, names)| names);
    let names: Vec<String> = free
        .split([',', ' '])
        .map(|name| sanitise::name(name.trim_end_matches('.')).into_owned())
        .filter(|name| !name.is_empty())
        .take(OFFERED)
        .collect();
    let (word, mut names) = if names.is_empty() {
        let tries = [
            format!("{wanted}2"),
            format!("{wanted}_"),
            format!("{wanted}3"),
        ];
        ("Try", tries.to_vec())
    } else {
        ("Free", names)
    };
    if let Some(first) = names.first_mut() {
        *first = format!("{word}: {first}");
    }
    names
}
