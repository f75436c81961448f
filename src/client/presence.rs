//! Arrivals and departures, folded: the first is told at once, what follows soon after in one line.

use jiff::{SignedDuration, Timestamp};

/// Shortest time between two lines about who comes and goes.
const PACE: SignedDuration = SignedDuration::from_secs(5);
/// Most names in one line.
const MOST: usize = 20;

/// Most moves that wait to be told; further ones are forgotten.
const MOST_WAITING: usize = 1000;

/// Who came or went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Move {
    Came(String),
    Went(String, Option<String>),
}

/// Moves in one place that are not told yet.
#[derive(Debug, Default)]
pub struct Presence {
    waiting: Vec<(Option<String>, Move)>,
    told: Option<Timestamp>,
}

/// A line to show: in which room (or everywhere), and what.
pub type Told = (Option<String>, String);

impl Presence {
    /// Notes a move; what is to be told now.
    pub fn add(&mut self, room: Option<String>, what: Move, now: Timestamp) -> Vec<Told> {
        if self.waiting.len() < MOST_WAITING {
            self.waiting.push((room, what));
        }
        self.due(now)
    }

    /// When there will be something to tell.
    pub fn deadline(&self) -> Option<Timestamp> {
        if self.waiting.is_empty() {
            return None;
        }
        self.told.and_then(|told| told.checked_add(PACE).ok())
    }

    /// What is to be told by now.
    pub fn due(&mut self, now: Timestamp) -> Vec<Told> {
        if self.deadline().is_some_and(|at| now < at) || self.waiting.is_empty() {
            return Vec::new();
        }
        self.told = Some(now);
        let mut waiting = std::mem::take(&mut self.waiting);
        let mut told = Vec::new();
        while let Some((room, _)) = waiting.first() {
            let room = room.clone();
            let (here, rest) = waiting.into_iter().partition(|(other, _)| *other == room);
            waiting = rest;
            told.push((room, words(&here)));
        }
        told
    }
}

fn words(moves: &[(Option<String>, Move)]) -> String {
    match moves {
        [(_, Move::Came(nick))] => format!("{nick} joined"),
        [(_, Move::Went(nick, None))] => format!("{nick} left"),
        [(_, Move::Went(nick, Some(why)))] => format!("{nick} left: {why}"),
        many => {
            let sign = |(_, what): &(Option<String>, Move)| match what {
                Move::Came(nick) => format!("+{nick}"),
                Move::Went(nick, _) => format!("−{nick}"),
            };
            let shown: Vec<_> = many.iter().take(MOST).map(sign).collect();
            let more = many.len().saturating_sub(MOST);
            let rest = if more > 0 {
                format!(" and {more} more")
            } else {
                String::new()
            };
            shown.join(" ") + &rest
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn came(nick: &str) -> Move {
        Move::Came(nick.to_owned())
    }

    #[test]
    fn the_first_is_told_at_once_and_the_next_are_folded() {
        let mut presence = Presence::default();
        let start = Timestamp::UNIX_EPOCH;
        assert_eq!(
            presence.add(None, came("ann"), start),
            [(None, "ann joined".to_owned())]
        );
        assert_eq!(presence.add(None, came("bob"), start), []);
        assert_eq!(
            presence.add(None, Move::Went("ann".into(), None), start),
            []
        );
        let at = presence.deadline().unwrap();
        assert_eq!(presence.due(start), []);
        assert_eq!(presence.due(at), [(None, "+bob −ann".to_owned())]);
        assert_eq!(presence.deadline(), None);
    }

    #[test]
    fn each_room_has_its_line() {
        let mut presence = Presence::default();
        let start = Timestamp::UNIX_EPOCH;
        presence.add(None, came("ann"), start);
        presence.add(Some("#a".into()), came("bob"), start);
        presence.add(None, Move::Went("ann".into(), Some("bye".into())), start);
        let at = presence.deadline().unwrap();
        let told = presence.due(at);
        assert_eq!(told[0], (Some("#a".to_owned()), "bob joined".to_owned()));
        assert_eq!(told[1], (None, "ann left: bye".to_owned()));
    }
}
