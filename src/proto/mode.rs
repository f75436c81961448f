//! The mode table: one row per letter, and mode words ⇄ changes; <https://modern.ircdocs.horse/#modes>, RFC 2811.

use serde::{Deserialize, Serialize};

/// What a mode is about and how it takes a parameter; the groups of ISUPPORT CHANMODES and PREFIX.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A list of masks; without parameter the list is shown (group A).
    List(List),
    /// A parameter to set and to unset (group B).
    Key,
    /// A parameter to set only (group C).
    Limit,
    /// A parameter to set only (group C): the room to go to instead.
    Forward,
    /// No parameter (group D).
    Flag(Flag),
    /// A member's rank; the parameter is a nick (PREFIX).
    Rank(Rank),
}

/// Lists of masks that a room keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    Ban,
    /// Whoever matches is exempt from bans.
    Exception,
    /// Whoever matches needs no invitation.
    Invitation,
}

/// What a room is, or is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    InviteOnly,
    Moderated,
    /// Only members may speak in it.
    NoExternal,
    /// Shown to its members only.
    Secret,
    /// Only operators may set the topic.
    TopicLock,
    /// No CTCP but ACTION.
    NoCtcp,
    /// Only registered people may speak.
    RegisteredSpeak,
    /// Only registered people may join.
    RegisteredJoin,
    /// What the unvoiced say goes to operators only.
    OpModerated,
    /// Ordinary members see operators only.
    Auditorium,
}

/// What a member may do; a higher one may do all that a lower one may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    Voice,
    HalfOp,
    Op,
    Protected,
    Founder,
}

/// One room mode.
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    pub letter: char,
    pub kind: Kind,
    /// The least rank that may change it.
    pub needs: Rank,
    /// One line for people.
    pub help: &'static str,
}

const fn row(letter: char, kind: Kind, needs: Rank, help: &'static str) -> Row {
    Row {
        letter,
        kind,
        needs,
        help,
    }
}

/// Every room mode.
#[rustfmt::skip]
pub const ROOM_MODES: &[Row] = &[
    row('C', Kind::Flag(Flag::NoCtcp), Rank::HalfOp, "no CTCP but ACTION"),
    row('I', Kind::List(List::Invitation), Rank::HalfOp, "masks that need no invitation"),
    row('M', Kind::Flag(Flag::RegisteredSpeak), Rank::HalfOp, "only registered and voiced people may speak"),
    row('R', Kind::Flag(Flag::RegisteredJoin), Rank::HalfOp, "only registered people may join"),
    row('U', Kind::Flag(Flag::OpModerated), Rank::HalfOp, "what the unvoiced say goes to operators only"),
    row('a', Kind::Rank(Rank::Protected), Rank::Founder, "protected: no operator can kick them"),
    row('b', Kind::List(List::Ban), Rank::HalfOp, "masks that may not join or speak"),
    row('e', Kind::List(List::Exception), Rank::HalfOp, "masks that are exempt from bans"),
    row('f', Kind::Forward, Rank::Op, "the room to which those who may not join are sent"),
    row('h', Kind::Rank(Rank::HalfOp), Rank::Op, "half-operator: may moderate, but not make operators"),
    row('i', Kind::Flag(Flag::InviteOnly), Rank::HalfOp, "only invited people may join"),
    row('k', Kind::Key, Rank::HalfOp, "a key is needed to join"),
    row('l', Kind::Limit, Rank::HalfOp, "most members"),
    row('m', Kind::Flag(Flag::Moderated), Rank::HalfOp, "only voiced people and operators may speak"),
    row('n', Kind::Flag(Flag::NoExternal), Rank::HalfOp, "only members may speak"),
    row('o', Kind::Rank(Rank::Op), Rank::Op, "operator of the room"),
    row('q', Kind::Rank(Rank::Founder), Rank::Founder, "founder of the room"),
    row('s', Kind::Flag(Flag::Secret), Rank::HalfOp, "shown to its members only"),
    row('t', Kind::Flag(Flag::TopicLock), Rank::HalfOp, "only operators may set the topic"),
    row('u', Kind::Flag(Flag::Auditorium), Rank::Op, "ordinary members see operators only"),
    row('v', Kind::Rank(Rank::Voice), Rank::HalfOp, "may speak in a moderated room"),
];

/// Every rank, highest first, with the letter and the symbol that ISUPPORT PREFIX gives it.
pub const RANKS: &[(Rank, char, char)] = &[
    (Rank::Founder, 'q', '~'),
    (Rank::Protected, 'a', '&'),
    (Rank::Op, 'o', '@'),
    (Rank::HalfOp, 'h', '%'),
    (Rank::Voice, 'v', '+'),
];

/// The rank that a symbol stands for.
pub fn rank_of_symbol(symbol: char) -> Option<Rank> {
    RANKS
        .iter()
        .find(|(.., known)| *known == symbol)
        .map(|(rank, ..)| *rank)
}

/// Flags of a room as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(into = "String", from = "String")]
pub struct Flags(u32);

impl Flags {
    /// The flags that these letters stand for; others are passed over.
    pub fn of_letters(letters: &str) -> Self {
        let mut flags = Self::default();
        for row in ROOM_MODES {
            if let (Kind::Flag(flag), true) = (row.kind, letters.contains(row.letter)) {
                flags.set(flag, Sign::Add);
            }
        }
        flags
    }

    /// The letters of the flags that are set.
    pub fn letters(self) -> impl Iterator<Item = char> {
        ROOM_MODES
            .iter()
            .filter(move |row| matches!(row.kind, Kind::Flag(flag) if self.has(flag)))
            .map(|row| row.letter)
    }

    /// Whether `flag` is set.
    pub fn has(self, flag: Flag) -> bool {
        self.0 & (1 << flag as u32) != 0
    }

    /// Sets or clears `flag`; tells whether that changed anything.
    pub fn set(&mut self, flag: Flag, sign: Sign) -> bool {
        let before = self.0;
        match sign {
            Sign::Add => self.0 |= 1 << flag as u32,
            Sign::Remove => self.0 &= !(1 << flag as u32),
        }
        self.0 != before
    }
}

/// Ranks of a member as bits: one may be voiced and operator at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(into = "String", from = "String")]
pub struct Ranks(u8);

impl Ranks {
    /// This one rank.
    pub fn only(rank: Rank) -> Self {
        let mut ranks = Self::default();
        ranks.set(rank, Sign::Add);
        ranks
    }

    /// Gives or takes `rank`; tells whether that changed anything.
    pub fn set(&mut self, rank: Rank, sign: Sign) -> bool {
        let before = self.0;
        match sign {
            Sign::Add => self.0 |= 1 << rank as u8,
            Sign::Remove => self.0 &= !(1 << rank as u8),
        }
        self.0 != before
    }

    /// Whether this very rank is held.
    pub fn has(self, rank: Rank) -> bool {
        self.0 & (1 << rank as u8) != 0
    }

    /// The ranks that these letters stand for; others are passed over.
    pub fn of_letters(letters: &str) -> Self {
        let mut ranks = Self::default();
        for (rank, letter, _) in RANKS {
            if letters.contains(*letter) {
                ranks.set(*rank, Sign::Add);
            }
        }
        ranks
    }

    /// The letters of the ranks held, highest first.
    pub fn letters(self) -> impl Iterator<Item = char> {
        RANKS
            .iter()
            .filter(move |(rank, ..)| self.has(*rank))
            .map(|(_, letter, _)| *letter)
    }

    /// The highest rank held.
    pub fn highest(self) -> Option<Rank> {
        RANKS
            .iter()
            .map(|(rank, ..)| *rank)
            .find(|rank| self.has(*rank))
    }

    /// Whether the highest rank held is at least `rank`.
    pub fn at_least(self, rank: Rank) -> bool {
        self.0 >> rank as u8 != 0
    }

    /// The symbols of the ranks held, highest first.
    pub fn symbols(self, which: Symbols) -> impl Iterator<Item = char> {
        let most = match which {
            Symbols::Highest => 1,
            Symbols::All => RANKS.len(),
        };
        RANKS
            .iter()
            .filter(move |(rank, ..)| self.has(*rank))
            .map(|(.., symbol)| *symbol)
            .take(most)
    }
}

/// How many of a member's symbols to show (capability `multi-prefix`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Symbols {
    Highest,
    All,
}

/// Set or unset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    Add,
    Remove,
}

/// One change that mode words ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change<'a> {
    pub sign: Sign,
    pub row: &'static Row,
    pub param: Option<&'a str>,
}

/// The room mode with this letter.
pub fn room_mode(letter: char) -> Option<&'static Row> {
    ROOM_MODES.iter().find(|row| row.letter == letter)
}

/// Letters with their signs, in order: `+a-bc` → `+a -b -c`. No sign means `+`.
pub fn signed_letters(word: &str) -> impl Iterator<Item = (Sign, char)> + '_ {
    let mut sign = Sign::Add;
    word.chars().filter_map(move |c| match c {
        '+' => {
            sign = Sign::Add;
            None
        }
        '-' => {
            sign = Sign::Remove;
            None
        }
        letter => Some((sign, letter)),
    })
}

/// Reads room mode words, `["+ov-l", "ann", "bob"]`. An unknown letter is the error of its place.
pub fn parse_room_changes<'a>(words: &[&'a str]) -> Vec<Result<Change<'a>, char>> {
    let (letters, mut params) = match words {
        [letters, params @ ..] => (*letters, params.iter().copied()),
        [] => ("", [].iter().copied()),
    };
    signed_letters(letters)
        .map(|(sign, letter)| {
            let row = room_mode(letter).ok_or(letter)?;
            let takes_param = match row.kind {
                Kind::List(_) | Kind::Key | Kind::Rank(_) => true,
                Kind::Limit | Kind::Forward => sign == Sign::Add,
                Kind::Flag(_) => false,
            };
            let param = if takes_param { params.next() } else { None };
            Ok(Change { sign, row, param })
        })
        .collect()
}

/// Changes written down as they happened: `+ov-k ann bob key`.
#[derive(Debug, Default)]
pub struct ChangeLog {
    letters: String,
    params: Vec<String>,
    sign: Option<Sign>,
}

impl ChangeLog {
    /// Adds one change.
    pub fn push(&mut self, sign: Sign, letter: char, param: Option<&str>) {
        if self.sign != Some(sign) {
            self.letters.push(match sign {
                Sign::Add => '+',
                Sign::Remove => '-',
            });
            self.sign = Some(sign);
        }
        self.letters.push(letter);
        self.params.extend(param.map(str::to_owned));
    }

    /// Whether nothing was written down.
    pub fn is_empty(&self) -> bool {
        self.letters.is_empty()
    }

    /// The letters with signs.
    pub fn letters(&self) -> &str {
        &self.letters
    }

    /// The parameters, in order.
    pub fn params(&self) -> &[String] {
        &self.params
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_stand_once_and_sorted() {
        assert!(
            ROOM_MODES
                .windows(2)
                .all(|pair| pair[0].letter < pair[1].letter)
        );
        assert!(RANKS.windows(2).all(|pair| pair[0].0 > pair[1].0));
    }

    #[test]
    fn words_become_changes() {
        let changes = parse_room_changes(&["+o-v+lz-lk", "ann", "bob", "5", "key"]);
        let told: Vec<_> = changes
            .iter()
            .map(|c| c.map(|c| (c.sign, c.row.letter, c.param)))
            .collect();
        assert_eq!(
            told,
            [
                Ok((Sign::Add, 'o', Some("ann"))),
                Ok((Sign::Remove, 'v', Some("bob"))),
                Ok((Sign::Add, 'l', Some("5"))),
                Err('z'),
                Ok((Sign::Remove, 'l', None)),
                Ok((Sign::Remove, 'k', Some("key"))),
            ]
        );
        assert_eq!(parse_room_changes(&["+o"])[0].unwrap().param, None);
        assert!(parse_room_changes(&[]).is_empty());
    }

    #[test]
    fn changes_are_written_down() {
        let mut log = ChangeLog::default();
        log.push(Sign::Add, 'o', Some("ann"));
        log.push(Sign::Add, 'n', None);
        log.push(Sign::Remove, 'k', Some("x"));
        assert_eq!(log.letters(), "+on-k");
        assert_eq!(log.params().join(" "), "ann x");
    }

    #[test]
    fn a_rank_includes_the_lower_ones() {
        let mut ranks = Ranks::only(Rank::Op);
        assert!(ranks.at_least(Rank::Voice) && ranks.at_least(Rank::Op));
        ranks.set(Rank::Voice, Sign::Add);
        assert_eq!(ranks.symbols(Symbols::All).collect::<String>(), "@+");
        assert_eq!(ranks.symbols(Symbols::Highest).collect::<String>(), "@");
        ranks.set(Rank::Op, Sign::Remove);
        assert!(!ranks.at_least(Rank::Op));
    }
}
