//! The beginning: capabilities, the name, the welcome; and the end: errors of the connection.

use super::Heard;
use crate::client::asked::{Fence, What};
use crate::client::caps;
use crate::client::deed::{Deed, Refusal};
use crate::client::dialog::Dialog;
use crate::client::ending::Ending;
use crate::client::item::Item;
use crate::client::login::Purpose;
use crate::client::state::{Phase, State};
use crate::exit::Exit;
use crate::proto::sanitise;

/// Lines of the server's greeting that are shown.
const GREETING: usize = 2;
const GUEST: &str = "Guest names are free to take. /register keeps yours, with an inbox.";
/// Signs in the words of ERROR that this is nobody's will.
const LOSSES: [&str; 7] = [
    "upgraded",
    "timeout",
    "timed out",
    "stopping",
    "shutting down",
    "restart",
    "sendq",
];
/// Signs in the words of ERROR that one came too early: later there may be room.
const CROWDS: [&str; 6] = [
    "full",
    "too many",
    "too fast",
    "throttle",
    "try again",
    "no more connections",
];
/// Names that are tried when one comes back and one's own is taken.
const MOST_NAMES: u32 = 5;
/// Free names that are offered.
const OFFERED: usize = 3;

impl State {
    /// The first lines to the server.
    pub fn greet(&mut self) -> Vec<Deed> {
        let nick = self.settings.nick.clone();
        if self.settings.password.is_some()
            && let Err(refusal) = self.must_be_private()
        {
            self.leave(Ending::new(refusal.exit, refusal.words));
            return std::mem::take(&mut self.deeds);
        }
        self.send("CAP", &["LS", "302"], None);
        if let Some(password) = self.settings.password.clone() {
            self.send("PASS", &[], Some(password.reveal()));
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

    /// 001: the name is ours.
    pub(super) fn hear_welcome(&mut self, heard: &Heard<'_>) {
        if self.phase != Phase::Greeting {
            return;
        }
        heard.param(0).clone_into(&mut self.me);
        self.phase = Phase::Arriving;
        if self.back.is_some() {
            return;
        }
        let place = self.settings.safety.connected_to(&self.settings.place);
        let guest = match &self.account {
            None if self.has(caps::ACCOUNT_REGISTRATION) => "guest ",
            None | Some(_) => "",
        };
        self.show(Item::Status(format!("{place} as {guest}{}.", self.me)));
        if !guest.is_empty() && !self.is_pipe() {
            self.show(Item::Status(GUEST.to_owned()));
        }
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
        let rooms = self.rooms_to_enter();
        for room in rooms {
            self.ask(What::Join(room.clone()), "JOIN", &[&room], None);
        }
        self.fence(Fence::Arrival);
    }

    /// The rooms of the command line; those where one was before, if the connection was lost.
    fn rooms_to_enter(&self) -> Vec<String> {
        let before = self.back.as_ref().map(|back| back.rooms.clone());
        let is_here = |name: &String| {
            let room = self.rooms.find(&self.server, name);
            room.is_some_and(|room| room.is_entered)
        };
        let Some(before) = before else {
            let target = self.settings.to.clone();
            let room = target.filter(|name| self.server.is_room(name) && !is_here(name));
            let mut rooms = self.settings.joins.clone();
            let is_new = |name: &String| !rooms.iter().any(|own| self.server.same(own, name));
            rooms.extend(room.filter(is_new));
            return rooms;
        };
        before.into_iter().filter(|name| !is_here(name)).collect()
    }

    /// A line of the greeting: the first ones are shown.
    pub(super) fn hear_greeting(&mut self, heard: &Heard<'_>) {
        if self.back.is_some() {
            return;
        }
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
            self.ask_proofs();
            if self.back.is_some() {
                return self.catch_up();
            }
            self.tell_hello();
            if let Some(to) = self.settings.to.clone() {
                self.switch(&to);
            }
            self.look_into_inbox();
        }
    }

    /// 433 and its like: the name cannot be had.
    pub(super) fn hear_no_name(&mut self, heard: &Heard<'_>, number: u16) {
        let wanted = heard.param(1).to_owned();
        let why = match number {
            432 => super::words::no_name(&wanted, heard.last()),
            _ => {
                let free = free_names(heard.last(), &wanted).join(", ");
                let fault = match is_registered(heard) {
                    true => "is registered, or looks like one that is",
                    false => "is in use",
                };
                format!("The name {wanted} {fault}. {free}.")
            }
        };
        if self.phase == Phase::Greeting && self.back.is_some() {
            return self.take_free_name(heard);
        }
        if self.phase == Phase::Greeting && self.is_kept(heard) {
            return;
        }
        if self.phase != Phase::Greeting {
            let what = self.answered(heard, |what| matches!(what, What::Nick(_)));
            if what.is_some() {
                self.refuse(Refusal::new(Exit::Refused, why));
            }
        } else if self.is_pipe() {
            self.leave(Ending::new(Exit::Refused, why));
        } else {
            self.phase = Phase::Naming;
            self.show(Item::Refused(why));
        }
    }

    /// The name is kept for its owner: asks for the password, if that can help. Whether it is asked for.
    fn is_kept(&mut self, heard: &Heard<'_>) -> bool {
        let can_help = self.has(caps::SASL) && self.login.is_none() && self.account.is_none();
        if !is_registered(heard) || !can_help || self.is_pipe() || self.must_be_private().is_err() {
            return false;
        }
        let account = heard.param(1).to_owned();
        self.show(Item::Text(format!(
            "{account} is registered. Its password, please; Enter alone to take another name."
        )));
        self.dialog = Some(Dialog::Password {
            account,
            purpose: Purpose::Name,
            wrong: 0,
        });
        true
    }

    /// Coming back, the name is still held, by the lost connection perhaps: takes a free one.
    fn take_free_name(&mut self, heard: &Heard<'_>) {
        let wanted = heard.param(1).to_owned();
        if let Some(back) = &mut self.back {
            back.names += 1;
            if back.names >= MOST_NAMES {
                let words = format!("No name is free: {}", sentence(heard.last()));
                return self.leave(Ending::new(Exit::Refused, words));
            }
        }
        let free = free_names(heard.last(), &wanted);
        let free = free.first().and_then(|name| name.rsplit(' ').next());
        let free = free.map_or_else(|| format!("{wanted}_"), str::to_owned);
        self.show(Item::Warned(format!(
            "{wanted} is in use, by your lost connection perhaps. You are {free} until /nick {wanted} is free again."
        )));
        self.me.clone_from(&free);
        self.send("NICK", &[&free], None);
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
        let words = heard.last();
        let small = words.to_ascii_lowercase();
        let says = |signs: &[&str]| signs.iter().any(|sign| small.contains(sign));
        let is_loss = self.is_stopping || says(&LOSSES);
        let is_early = self.fate.is_none() && self.phase == Phase::Greeting && says(&CROWDS);
        let is_leaving = matches!(self.phase, Phase::Leaving(_));
        if (is_loss || is_early) && !is_leaving && self.may_come_back() {
            self.tell_refused(words);
            return self.lose(words);
        }
        let ending = match (&self.phase, self.fate.take()) {
            (_, Some(fate)) => fate,
            (Phase::Leaving(_), None) => self.farewell(),
            (_, None) if self.is_stopping => self.stopped(),
            (_, None) => {
                let exit = if is_loss {
                    Exit::Unreachable
                } else {
                    Exit::Refused
                };
                let ending = Ending::new(
                    exit,
                    format!(
                        "The server closed the connection: {}",
                        sanitise::text(words)
                    ),
                );
                match is_early && !self.is_pipe() {
                    true => ending.and_try_again(),
                    false => ending,
                }
            }
        };
        self.leave(ending);
    }

    /// Why one may not come back yet: once, however often that is said.
    fn tell_refused(&mut self, words: &str) {
        let Some(back) = self.back.as_mut().filter(|_| self.phase == Phase::Greeting) else {
            return;
        };
        if back.refused != words {
            words.clone_into(&mut back.refused);
            let words = sentence(words);
            self.show(Item::Warned(format!("The server is there, but: {words}")));
        }
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
            _ if words.starts_with("You are banned") => {
                Ending::new(Exit::Refused, sentence(&words))
            }
            _ => Ending::new(
                Exit::Refused,
                format!("You are banned from this server: {words}"),
            ),
        });
    }
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

/// Whether a name is refused because it is somebody's account.
fn is_registered(heard: &Heard<'_>) -> bool {
    heard.last().to_ascii_lowercase().contains("registered")
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
