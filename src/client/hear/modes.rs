//! Modes of rooms: their changes, and what was asked about them.

use super::Heard;
use super::answers::add;
use crate::client::asked::What;
use crate::client::item::Item;
use crate::client::state::{Phase, State};

impl State {
    pub(super) fn hear_mode(&mut self, heard: &Heard<'_>) {
        let (by, target) = (heard.nick().to_owned(), heard.param(0).to_owned());
        let modes: Vec<_> = heard.message.params().iter().skip(1).copied().collect();
        let modes = modes.join(" ");
        let is_asked = self.is_me(&by) && self.take_mode(heard, &target);
        if self.phase != Phase::Here {
            return;
        }
        if self.server.is_room(&target) {
            self.event_in(heard, &target, format!("{by} set mode {modes}"));
        } else if is_asked {
            self.event(format!("your mode is {modes} now"));
        }
    }

    /// 221, 324: the modes of mine or of a room; whether somebody asked for them.
    pub(super) fn hear_modes_are(&mut self, number: u16, heard: &Heard<'_>) -> bool {
        let (target, at) = match number {
            221 => (self.me.clone(), 1),
            _ => (heard.param(1).to_owned(), 2),
        };
        if !self.take_mode(heard, &target) {
            return false;
        }
        let modes: Vec<_> = heard.message.params().iter().skip(at).copied().collect();
        let text = match modes.join(" ").as_str() {
            "" | "+" => format!("{target} has no modes"),
            modes => format!("{target} has modes {modes}"),
        };
        self.event(text);
        true
    }

    fn take_mode(&mut self, heard: &Heard<'_>, target: &str) -> bool {
        let fits = |what: &What| matches!(what, What::Mode { target: own, .. } if own.eq_ignore_ascii_case(target));
        self.answered(heard, fits).is_some()
    }

    /// 367: a mask that a room keeps out; whether somebody asked for it with `/ban`.
    pub(super) fn hear_ban(&mut self, heard: &Heard<'_>) -> bool {
        let room = heard.param(1).to_owned();
        let since = heard.message.get(4).and_then(|at| self.date(at));
        let by = heard.message.get(3).unwrap_or_default();
        let by = by.split('!').next().unwrap_or_default();
        let by = match by {
            "" => String::new(),
            by => format!("by {by}"),
        };
        let row = vec![heard.param(2).to_owned(), by, since.unwrap_or_default()];
        let fits = |what: &What| matches!(what, What::Bans { room: own, .. } if own.eq_ignore_ascii_case(&room));
        match self.asked.find(heard.label.as_deref(), fits) {
            Some(What::Bans { rows, .. }) => add(rows, row),
            _ => return false,
        }
        true
    }

    /// 368: all that a room keeps out has been told; whether somebody asked for it with `/ban`.
    pub(super) fn hear_end_of_bans(&mut self, heard: &Heard<'_>) -> bool {
        let room = heard.param(1).to_owned();
        let fits = |what: &What| matches!(what, What::Bans { room: own, .. } if own.eq_ignore_ascii_case(&room));
        match self.answered(heard, fits) {
            Some(what) => {
                self.conclude(what);
                true
            }
            None => false,
        }
    }

    pub(super) fn show_bans(&mut self, room: &str, rows: Vec<Vec<String>>) {
        let title = match rows.len() {
            0 => format!("Nobody is banned from {room}. /ban NAME keeps somebody out."),
            _ => format!("Banned from {room} (/unban MASK ends it)"),
        };
        self.show(Item::List { title, rows });
    }
}
