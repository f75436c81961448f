//! Answers to what was asked, gathered until they are complete.

use super::Heard;
use crate::client::asked::{Fence, MOST_ROWS, Request, What};
use crate::client::caps;
use crate::client::item::Item;
use crate::client::state::{Phase, State};
use crate::client::when::{spell, when};
use jiff::{SignedDuration, Timestamp};

/// Longest row kept of an answer, in bytes.
const LONGEST_ROW: usize = 1024;
/// Names shown of a room that is entered.
const SHOWN_NAMES: usize = 20;

/// Numerics that end in a time: when a room was made, when a topic or a mask was set.
const DATED: [&str; 5] = ["329", "333", "346", "348", "367"];

impl State {
    pub(super) fn hear_numeric(&mut self, number: u16, heard: &Heard<'_>) {
        if is_part_of_an_answer(number) && self.is_for_raw(heard) {
            self.hear_other(heard);
        }
        match number {
            1 => self.hear_welcome(heard),
            4 => heard.param(2).clone_into(&mut self.server.software),
            5 => heard
                .message
                .params()
                .iter()
                .skip(1)
                .for_each(|token| self.server.supports(token)),
            372 => self.hear_greeting(heard),
            376 | 422 => self.hear_end_of_greeting(),
            301 | 311..=313 | 317 | 319 | 320 | 330 | 335 | 338 | 378 | 379 | 671 => {
                self.hear_about(number, heard)
            }
            305 | 306 => {
                self.answered(heard, |what| *what == What::Away);
                if self.back.is_some() {
                    return;
                }
                self.event(heard.last().to_owned());
            }
            315 => self.complete(heard, |what| matches!(what, What::Who { .. })),
            318 => self.complete(heard, |what| {
                matches!(what, What::Whois { .. } | What::Absences(_))
            }),
            322 => self.hear_room(heard),
            323 => self.complete(heard, |what| matches!(what, What::List { .. })),
            331 | 332 => self.hear_topic_is(number, heard),
            341 => {
                self.answered(heard, |what| matches!(what, What::On(_)));
                self.event(format!(
                    "{} is invited into {}",
                    heard.param(1),
                    heard.param(2)
                ));
            }
            271 | 272 => self.hear_silenced(number, heard),
            352 => self.hear_who(heard),
            354 => self.hear_whox(heard),
            353 => self.hear_names(heard),
            366 => self.hear_end_of_names(heard),
            221 | 324 if self.hear_modes_are(number, heard) => {}
            367 if self.hear_ban(heard) => {}
            368 if self.hear_end_of_bans(heard) => {}
            2 | 3 | 221 | 250..=266 | 321 | 324 | 329 | 333 | 375 | 396 => self.hear_noise(heard),
            900 | 901 => self.hear_logged_in(heard, number),
            903 | 907 => self.hear_login_done(),
            902 | 904..=906 | 908 => self.hear_login_refused(heard, number),
            400..=599 | 691 | 696 | 902..=999 => self.hear_refusal(number, heard),
            _ => self.hear_other(heard),
        }
    }

    /// What is only worth showing to somebody who asked for it on the wire.
    fn hear_noise(&mut self, heard: &Heard<'_>) {
        let label = heard.label.as_deref();
        let can_be = label.is_some() || !self.has(caps::LABELED_RESPONSE);
        if can_be && self.asked.find(label, What::is_raw).is_some() {
            self.hear_other(heard);
        }
    }

    /// Whether a line answers what the person asked for on the wire: by its label, or because nothing older waits.
    fn is_for_raw(&self, heard: &Heard<'_>) -> bool {
        let mut all = self.asked.iter().filter(|own| !own.what.is_fence());
        match &heard.label {
            Some(label) => all.any(|own| own.label == *label && own.what.is_raw()),
            None if self.has(caps::LABELED_RESPONSE) => false,
            None => all.next().is_some_and(|own| own.what.is_raw()),
        }
    }

    fn hear_other(&mut self, heard: &Heard<'_>) {
        if self.phase == Phase::Here {
            let words: Vec<_> = heard.message.params().iter().skip(1).copied().collect();
            let words = match (DATED.contains(&heard.message.verb), words.as_slice()) {
                (true, [before @ .., seconds]) => match self.date(seconds) {
                    Some(date) => [before, &[date.as_str()]].concat().join(" "),
                    None => words.join(" "),
                },
                _ => words.join(" "),
            };
            self.event(words);
        }
    }

    /// Seconds since 1970 as a person reads them.
    pub(super) fn date(&self, seconds: &str) -> Option<String> {
        let at = Timestamp::from_second(seconds.parse().ok()?).ok()?;
        Some(when(at, self.now, &self.settings.zone))
    }

    /// The last line of an answer.
    fn complete(&mut self, heard: &Heard<'_>, fits: impl Fn(&What) -> bool) {
        if let Some(what) = self.answered(heard, fits) {
            self.conclude(what);
        }
    }

    fn hear_about(&mut self, number: u16, heard: &Heard<'_>) {
        let (name, last) = (heard.param(1).to_owned(), heard.last().to_owned());
        let row = match number {
            311 => (
                "name",
                format!("{} ({}@{})", last, heard.param(2), heard.param(3)),
            ),
            312 => ("server", format!("{} ({last})", heard.param(2))),
            317 => ("idle", duration(heard.param(2))),
            319 => ("rooms", last.clone()),
            379 => (
                "modes",
                last.trim_start_matches("is using modes ").to_owned(),
            ),
            338 => ("address", heard.param(2).to_owned()),
            330 => ("account", heard.param(2).to_owned()),
            301 => ("away", last.clone()),
            _ => ("", last.clone()),
        };
        if number == 379 && ["", "+"].contains(&row.1.trim()) {
            return;
        }
        let label = heard.label.as_deref();
        let is_why = number == 301;
        if is_why && self.note_absence(label, &name, &last) {
            return;
        }
        let fits = |what: &What| matches!(what, What::Whois { name: own, .. } if own.eq_ignore_ascii_case(&name));
        if let Some(What::Whois {
            rows, name: own, ..
        }) = self.asked.find(label, fits)
        {
            own.clone_from(&name);
            add(rows, vec![row.0.to_owned(), row.1]);
        } else if is_why {
            self.note_away(label, &name, &last);
        }
    }

    /// Somebody to whom something was said is away.
    fn note_away(&mut self, label: Option<&str>, name: &str, why: &str) {
        let words = match why {
            "" | "away" => format!("{name} is away"),
            why => format!("{name} is away: {why}"),
        };
        let does_echo = self.has(caps::ECHO_MESSAGE);
        match self.asked.find(label, |what| what.concerns(name)) {
            Some(What::Some { notes, .. }) => notes.push(words),
            Some(What::Say(own)) if !own.is_shown && !does_echo => own.receipt = Some(words),
            _ => self.show(Item::Receipt(words)),
        }
    }

    fn hear_room(&mut self, heard: &Heard<'_>) {
        let row = vec![
            heard.param(1).to_owned(),
            format!("{} here", heard.param(2)),
            heard.message.get(3).unwrap_or_default().to_owned(),
        ];
        let label = heard.label.as_deref();
        if let Some(What::List { rows, .. }) = self
            .asked
            .find(label, |what| matches!(what, What::List { .. }))
        {
            add(rows, row);
        }
    }

    fn hear_topic_is(&mut self, number: u16, heard: &Heard<'_>) {
        let (room, topic) = (heard.param(1).to_owned(), heard.last().to_owned());
        let topic = if number == 332 { topic } else { String::new() };
        if let Some(own) = self.rooms.find_mut(&self.server, &room) {
            own.set_topic(&topic);
        }
        let fits =
            |what: &What| matches!(what, What::Topic(name) if name.eq_ignore_ascii_case(&room));
        if self.answered(heard, fits).is_some() {
            let text = if topic.is_empty() {
                "no topic".to_owned()
            } else {
                format!("topic: {topic}")
            };
            self.event(format!("{room} has {text}"));
        }
    }

    fn hear_names(&mut self, heard: &Heard<'_>) {
        let (room, names) = (heard.param(2).to_owned(), heard.last().to_owned());
        let nick_of = |name: &str| {
            let bare = name.trim_start_matches(|c| self.server.rank_signs.contains(c));
            bare.split('!').next().unwrap_or_default().to_owned()
        };
        let nicks: Vec<String> = names.split_whitespace().map(nick_of).collect();
        for nick in &nicks {
            self.rooms.arrive(&self.server, &room, nick);
        }
        let label = heard.label.as_deref();
        let fits = |what: &What| matches!(what, What::Names { room: own, .. } if own.eq_ignore_ascii_case(&room));
        if let Some(What::Names { names: own, .. }) = self.asked.find(label, fits)
            && own.len() < MOST_ROWS
        {
            let fitting = names
                .split_whitespace()
                .filter(|name| name.len() <= LONGEST_ROW);
            own.extend(fitting.map(str::to_owned));
        }
    }

    fn hear_end_of_names(&mut self, heard: &Heard<'_>) {
        let room = heard.param(1).to_owned();
        let fits = |what: &What| matches!(what, What::Names { room: own, .. } if own.eq_ignore_ascii_case(&room));
        if let Some(what) = self.answered(heard, fits) {
            return self.conclude(what);
        }
        let Some(own) = self
            .rooms
            .find_mut(&self.server, &room)
            .filter(|own| !own.is_known)
        else {
            return;
        };
        own.is_known = true;
        if self.back.is_some() {
            return;
        }
        let shown: Vec<_> = own.nicks().take(SHOWN_NAMES).collect();
        let more = if own.len() > shown.len() { " …" } else { "" };
        let here = format!("{} here: {}{more}", own.len(), shown.join(" "));
        let parts = [own.name.clone(), own.topic.clone(), here];
        self.show(Item::Rule(
            parts.into_iter().filter(|part| !part.is_empty()).collect(),
        ));
        self.ask_entered(&room);
    }

    pub(super) fn hear_wholast(&mut self, heard: &Heard<'_>) {
        let (name, seen) = (heard.param(0).to_owned(), heard.param(1).to_owned());
        let is_who_last = |what: &What| matches!(what, What::WhoLast { .. });
        if name == "*" {
            return self.complete(heard, is_who_last);
        }
        let ago = match seen.parse::<Timestamp>() {
            Ok(at) => format!("left {} ago", spell(self.now.duration_since(at))),
            Err(_) => "now".to_owned(),
        };
        if let Some(What::WhoLast { rows, .. }) =
            self.asked.find(heard.label.as_deref(), is_who_last)
        {
            add(rows, vec![name, ago]);
        }
    }

    pub(super) fn hear_note(&mut self, heard: &Heard<'_>) {
        let label = heard.label.clone();
        match (heard.param(0), heard.param(1)) {
            ("PRIVMSG", "SENT") => {
                let reached = heard.param(3).parse().ok();
                if let Some(What::All { count, .. }) = self
                    .asked
                    .find(label.as_deref(), |what| matches!(what, What::All { .. }))
                {
                    *count = reached;
                } else if let Some(reached) = reached {
                    self.show(Item::Receipt(format!("reached {reached}")));
                }
            }
            ("PRIVMSG", "NOT_ONLINE") => {
                let name = heard.param(2).to_owned();
                if let Some(What::Some { absent, .. }) = self
                    .asked
                    .find(label.as_deref(), |what| what.concerns(&name))
                {
                    absent.push(name);
                }
            }
            ("PRIVMSG", "STORED") => self.hear_stored(heard),
            ("NICKSERV", _) => self.hear_keeper(heard),
            (_, "STOPPING") => {
                self.tell_moves();
                self.is_stopping = true;
                // Who comes back is told when it has happened.
                if !self.may_come_back() {
                    self.show(Item::Warned(heard.last().to_owned()));
                }
            }
            _ => self.event(heard.last().to_owned()),
        }
    }

    /// A message waits in somebody's inbox.
    fn hear_stored(&mut self, heard: &Heard<'_>) {
        let name = heard.param(2).to_owned();
        let since = heard.param(3).parse().map_or(String::new(), |at| {
            format!(
                " (offline since {})",
                when(at, self.now, &self.settings.zone)
            )
        });
        let words = format!("stored in {name}'s inbox{since}");
        let fits =
            |what: &What| matches!(what, What::Say(own) if own.to.eq_ignore_ascii_case(&name));
        match self.asked.find(heard.label.as_deref(), fits) {
            Some(What::Say(own)) => own.receipt = Some(words),
            _ => self.show(Item::Receipt(words)),
        }
    }

    /// Whether a sign of life is being waited for.
    pub(crate) fn is_probing(&self) -> bool {
        self.probed_at().is_some()
    }

    /// Since when a sign of life is waited for.
    pub(crate) fn probed_at(&self) -> Option<Timestamp> {
        let is_probe = |own: &&Request| own.what == What::Fence(Fence::Alive);
        self.asked.iter().find(is_probe).map(|own| own.at)
    }
}

/// Whether a number belongs to an answer that is gathered before it is shown.
fn is_part_of_an_answer(number: u16) -> bool {
    matches!(number,
        271 | 272 | 311..=320 | 322 | 323 | 330..=332 | 335 | 338 | 352..=354 | 366 | 378 | 379 | 671)
}

pub(super) fn add(rows: &mut Vec<Vec<String>>, row: Vec<String>) {
    if rows.len() < MOST_ROWS && row.iter().map(String::len).sum::<usize>() <= LONGEST_ROW {
        rows.push(row);
    }
}

fn duration(seconds: &str) -> String {
    let seconds = seconds.parse().unwrap_or(0);
    spell(SignedDuration::from_secs(seconds))
}
