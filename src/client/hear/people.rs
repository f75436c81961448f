//! Who is online: the rows of WHO, and those of WHOX where a server has it.

use super::Heard;
use super::answers::add;
use crate::client::asked::{Absences, What, Whom};
use crate::client::item::Item;
use crate::client::state::State;
use crate::client::when::spell;
use jiff::SignedDuration;

/// The fields that are asked for, with a number of our own before them.
pub const FIELDS: &str = "%tcnfla,7";
const NUMBER: &str = "7";
const AWAY: &str = "away";
/// Most people of a list who are asked why they are away.
const MOST_ASKED: usize = 10;

impl State {
    pub(super) fn hear_who(&mut self, heard: &Heard<'_>) {
        let nick = heard.param(5);
        let rooms = self.rooms_of(nick, heard.param(1));
        let row = vec![nick.to_owned(), rooms, away(heard.param(6)).to_owned()];
        self.add_person(heard, row);
    }

    /// 354: number, room, name, flags, seconds of silence, account.
    pub(super) fn hear_whox(&mut self, heard: &Heard<'_>) {
        if heard.param(1) != NUMBER {
            return;
        }
        let nick = heard.param(3);
        let rooms = self.rooms_of(nick, heard.param(2));
        let idle = heard.param(5).parse().ok().map(SignedDuration::from_secs);
        let idle = idle.map_or(String::new(), |idle| format!("idle {}", spell(idle)));
        let guest = match heard.param(6) {
            "0" if self.server.is_ours() => "guest",
            _ => "",
        };
        let marks = [away(heard.param(4)), guest].into_iter();
        let marks: Vec<&str> = marks.filter(|mark| !mark.is_empty()).collect();
        let row = vec![nick.to_owned(), idle, rooms, marks.join(", ")];
        self.add_person(heard, row);
    }

    fn add_person(&mut self, heard: &Heard<'_>, row: Vec<String>) {
        let is_who = |what: &What| matches!(what, What::Who { .. });
        if let Some(What::Who { rows, .. }) = self.asked.find(heard.label.as_deref(), is_who) {
            add(rows, row);
        }
    }

    /// My rooms in which somebody is; without one, a room of theirs that the server names.
    fn rooms_of(&self, nick: &str, named: &str) -> String {
        let rooms = self
            .rooms
            .iter()
            .filter(|room| room.has(&self.server, nick));
        let rooms: Vec<&str> = rooms.map(|room| room.name.as_str()).collect();
        match rooms.is_empty() && named != "*" {
            true => named.to_owned(),
            false => rooms.join(" "),
        }
    }
}

impl State {
    /// A list of people is complete: first those are asked who are away.
    pub(super) fn conclude_who(&mut self, whom: Whom, mut rows: Vec<Vec<String>>) {
        let part = match &whom {
            Whom::Others => String::new(),
            Whom::Matching(part) => self.server.fold(part.trim_matches('*')),
        };
        rows.retain(|row| {
            let name = row.first().map(String::as_str).unwrap_or_default();
            !self.is_me(name) && self.server.fold(name).contains(&part)
        });
        rows.sort();
        rows.dedup();
        let away = rows.iter().filter(|row| marks(row).starts_with(AWAY));
        let away = away.filter_map(|row| row.first().cloned());
        let queue = away.take(MOST_ASKED).collect();
        self.ask_absences(Absences { whom, rows, queue });
    }

    /// Asks the next who is away, or shows the list.
    fn ask_absences(&mut self, absences: Absences) {
        match absences.queue.front().cloned() {
            Some(name) => {
                let what = What::Absences(Box::new(absences));
                self.ask(what, "WHOIS", &[&name], None);
            }
            None => self.show_people(absences),
        }
    }

    /// One who is away has said why, or has not.
    pub(super) fn go_on_with_absences(&mut self, mut absences: Absences) {
        absences.queue.pop_front();
        self.ask_absences(absences);
    }

    /// Why somebody is away, if a list waits for that.
    pub(super) fn note_absence(&mut self, label: Option<&str>, name: &str, why: &str) -> bool {
        let fits = |what: &What| matches!(what, What::Absences(own) if own.queue.front().is_some_and(|own| own == name));
        let Some(What::Absences(absences)) = self.asked.find(label, fits) else {
            return false;
        };
        let mut rows = absences.rows.iter_mut();
        let row = rows.find(|row| row.first().is_some_and(|own| own == name));
        if let Some(marks) = row.and_then(|row| row.last_mut())
            && let Some(rest) = marks.strip_prefix(AWAY)
            && !why.is_empty()
            && why != AWAY
        {
            *marks = format!("{AWAY}: {why}{rest}");
        }
        true
    }

    /// Shows a list of people.
    pub fn show_people(&mut self, absences: Absences) {
        let Absences { whom, rows, .. } = absences;
        let title = match (rows.len(), &whom) {
            (0, Whom::Others) => "Nobody else is online".to_owned(),
            (0, Whom::Matching(part)) => format!("Nobody else like {part} is online"),
            (1, _) => "1 other online".to_owned(),
            (many, _) => format!("{many} others online"),
        };
        self.show(Item::List { title, rows });
    }
}

fn marks(row: &[String]) -> &str {
    row.last().map(String::as_str).unwrap_or_default()
}

fn away(flags: &str) -> &'static str {
    match flags.starts_with('G') {
        true => AWAY,
        false => "",
    }
}
