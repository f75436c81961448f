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

impl Move {
    fn nick(&self) -> &str {
        match self {
            Self::Came(nick) | Self::Went(nick, _) => nick,
        }
    }
}

/// Moves that are not told yet.
#[derive(Debug, Default)]
pub struct Presence {
    waiting: Vec<(Option<String>, Move)>,
    told: Option<Timestamp>,
}

/// A line to show: in which room (or everywhere), and what.
pub type Told = (Option<String>, String);

impl Presence {
    /// Notes a move.
    pub fn add(&mut self, room: Option<String>, what: Move) {
        if self.waiting.len() < MOST_WAITING {
            self.waiting.push((room, what));
        }
    }

    /// When there will be something to tell.
    pub fn deadline(&self) -> Option<Timestamp> {
        if self.waiting.is_empty() {
            return None;
        }
        self.told.and_then(|told| told.checked_add(PACE).ok())
    }

    /// Whether something is to be told by now.
    pub fn is_due(&self, now: Timestamp) -> bool {
        !self.waiting.is_empty() && self.deadline().is_none_or(|at| at <= now)
    }

    /// Whether a move of somebody for whom this holds waits to be told.
    pub fn concerns(&self, is_it: impl Fn(&str) -> bool) -> bool {
        self.waiting.iter().any(|(_, what)| is_it(what.nick()))
    }

    /// All that waits, a line for each place: the room, unless it is the one where the person is.
    pub fn take(&mut self, now: Timestamp, is_here: impl Fn(&str) -> bool) -> Vec<Told> {
        let mut places: Vec<(Option<String>, Vec<Move>)> = Vec::new();
        for (room, what) in std::mem::take(&mut self.waiting) {
            self.told = Some(now);
            let room = room.filter(|room| !is_here(room));
            match places.iter_mut().find(|(own, _)| *own == room) {
                Some((_, moves)) => moves.push(what),
                None => places.push((room, vec![what])),
            }
        }
        let told = places.into_iter();
        told.map(|(room, moves)| (room, words(&moves))).collect()
    }
}

/// What somebody's moves come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sum {
    Joined,
    Left,
    CameAndWent,
    LeftAndCameBack,
}

fn words(moves: &[Move]) -> String {
    let sums = sums(moves);
    let parts = [
        (Sum::Joined, "joined"),
        (Sum::Left, "left"),
        (Sum::CameAndWent, "came and went"),
        (Sum::LeftAndCameBack, "left and came back"),
    ];
    let said = parts.into_iter().filter_map(|(sum, verb)| {
        let nicks: Vec<&str> = sums
            .iter()
            .filter(|(_, own)| *own == sum)
            .map(|(nick, _)| *nick)
            .collect();
        let why = match nicks.as_slice() {
            [only] if sum == Sum::Left => reason(moves, only),
            _ => String::new(),
        };
        (!nicks.is_empty()).then(|| format!("{} {verb}{why}", list(&nicks)))
    });
    said.collect::<Vec<_>>().join("; ")
}

/// Each person with what the moves come to, in the order of the first moves.
fn sums(moves: &[Move]) -> Vec<(&str, Sum)> {
    let mut sums: Vec<(&str, Sum)> = Vec::new();
    for what in moves {
        let is_coming = matches!(what, Move::Came(_));
        match sums.iter_mut().find(|(nick, _)| *nick == what.nick()) {
            None if is_coming => sums.push((what.nick(), Sum::Joined)),
            None => sums.push((what.nick(), Sum::Left)),
            Some((_, sum)) => {
                *sum = match (*sum, is_coming) {
                    (Sum::Joined | Sum::CameAndWent, true) => Sum::Joined,
                    (Sum::Joined | Sum::CameAndWent, false) => Sum::CameAndWent,
                    (Sum::Left | Sum::LeftAndCameBack, true) => Sum::LeftAndCameBack,
                    (Sum::Left | Sum::LeftAndCameBack, false) => Sum::Left,
                }
            }
        }
    }
    sums
}

/// Why somebody left at last, if it was said.
fn reason(moves: &[Move], nick: &str) -> String {
    let last = moves.iter().rev().find(|what| what.nick() == nick);
    match last {
        Some(Move::Went(_, Some(why))) => format!(": {why}"),
        Some(Move::Went(_, None) | Move::Came(_)) | None => String::new(),
    }
}

fn list(nicks: &[&str]) -> String {
    let shown: Vec<&str> = nicks.iter().take(MOST).copied().collect();
    match nicks.len().saturating_sub(MOST) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn came(nick: &str) -> Move {
        Move::Came(nick.to_owned())
    }

    fn went(nick: &str) -> Move {
        Move::Went(nick.to_owned(), None)
    }

    #[test]
    fn the_first_is_told_at_once_and_the_next_are_folded() {
        let mut presence = Presence::default();
        let start = Timestamp::UNIX_EPOCH;
        presence.add(None, came("ann"));
        assert!(presence.is_due(start));
        assert_eq!(
            presence.take(start, |_| true),
            [(None, "ann joined".to_owned())]
        );
        presence.add(None, came("bob"));
        assert!(!presence.is_due(start));
        assert!(presence.is_due(presence.deadline().unwrap()));
        assert_eq!(presence.take(start, |_| true).len(), 1);
        assert_eq!(presence.deadline(), None);
    }

    #[test]
    fn each_room_has_its_line_and_the_current_one_no_name() {
        let mut presence = Presence::default();
        presence.add(Some("#here".into()), came("ann"));
        presence.add(Some("#a".into()), came("bob"));
        presence.add(None, went("ann"));
        let told = presence.take(Timestamp::UNIX_EPOCH, |room| room == "#here");
        assert_eq!(told[0], (None, "ann came and went".to_owned()));
        assert_eq!(told[1], (Some("#a".to_owned()), "bob joined".to_owned()));
    }

    #[test]
    fn what_cancels_itself_is_said_in_words() {
        for (moves, expected) in [
            (vec![came("a"), came("b"), went("c")], "a, b joined; c left"),
            (vec![came("a"), went("a")], "a came and went"),
            (vec![came("a"), went("a"), came("a")], "a joined"),
            (
                vec![went("a"), came("b"), came("a")],
                "b joined; a left and came back",
            ),
            (vec![went("a"), came("a"), went("a")], "a left"),
            (
                vec![
                    came("b"),
                    went("a"),
                    Move::Went("a".into(), Some("bye".into())),
                ],
                "b joined; a left: bye",
            ),
        ] {
            assert_eq!(words(&moves), expected);
        }
        let crowd: Vec<Move> = (0..MOST + 2).map(|n| came(&n.to_string())).collect();
        assert!(words(&crowd).ends_with("19 and 2 more joined"));
    }
}
