//! Sanctions as they are kept: bans, mutes, slow mode and words that are not said here.

use crate::proto::subnet::Subnet;
use crate::store::record::account::AccountId;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Names a sanction for ever, whatever it is: no other one gets the same number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SanctionId(pub u64);

/// Something that somebody may not do, until when, and who said so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sanction {
    pub id: SanctionId,
    pub what: What,
    /// Who said so.
    pub by: Box<str>,
    /// Milliseconds since 1970-01-01 UTC.
    pub at_ms: u64,
    /// When it ends; `None`: when somebody lifts it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until_ms: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Box<str>>,
    /// How often it took effect, as of when it was kept last.
    #[serde(default)]
    pub hits: u64,
}

/// What is not allowed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// These may not come in.
    Ban(Whom),
    /// These may not speak.
    Mute(Whom),
    /// In this room only voiced people and operators speak.
    Hush { room: Box<str> },
    /// In this room nobody else speaks more often than once in so many seconds.
    Slow { room: Box<str>, seconds: u32 },
    /// These words are not said in this room, or anywhere.
    Filter {
        words: Box<str>,
        room: Option<Box<str>>,
    },
}

/// Who is meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whom {
    /// Whoever is logged in to this account.
    Account { id: AccountId, name: Box<str> },
    /// Whoever comes from there.
    Network(Subnet),
    /// Whoever fits this `nick!user@host`.
    Mask(Box<str>),
}

impl What {
    /// The letter that stands before its number: B17.
    pub fn letter(&self) -> char {
        match self {
            Self::Ban(_) => 'B',
            Self::Mute(_) | Self::Hush { .. } => 'M',
            Self::Slow { .. } => 'S',
            Self::Filter { .. } => 'F',
        }
    }

    /// Whether both are about the same: then the second one takes the place of the first.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Slow { room, .. }, Self::Slow { room: others, .. }) => room == others,
            _ => self == other,
        }
    }
}

/// What it is about, as an operator would write it.
impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ban(whom) | Self::Mute(whom) => whom.fmt(f),
            Self::Hush { room } | Self::Slow { room, .. } => f.write_str(room),
            Self::Filter { words, .. } => f.write_str(words),
        }
    }
}

impl fmt::Display for Whom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account { name, .. } => f.write_str(name),
            Self::Network(network) => network.fmt(f),
            Self::Mask(mask) => f.write_str(mask),
        }
    }
}

impl Sanction {
    /// As people call it: B17.
    pub fn name(&self) -> String {
        format!("{}{}", self.what.letter(), self.id.0)
    }

    /// For how long it was meant.
    pub fn length_ms(&self) -> Option<u64> {
        Some(self.until_ms?.saturating_sub(self.at_ms))
    }
}

/// `B17` or `17`.
impl FromStr for SanctionId {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.trim_start_matches(|c: char| "BMSFbmsf".contains(c));
        let is_name = text.len() - digits.len() <= 1 && digits.bytes().all(|b| b.is_ascii_digit());
        let number = digits.parse().ok().filter(|_| is_name);
        number.map(Self).ok_or("is no id like B17")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_with_and_without_their_letter() {
        assert_eq!("B17".parse(), Ok(SanctionId(17)));
        assert_eq!("m3".parse(), Ok(SanctionId(3)));
        assert_eq!("17".parse(), Ok(SanctionId(17)));
        for wrong in ["", "B", "BB1", "X1", "B+1", "1.2.3.4", "b17x"] {
            assert!(wrong.parse::<SanctionId>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_sanction_is_written_and_read_back_as_it_was() {
        let whats = [
            What::Ban(Whom::Network("192.0.2.0/24".parse().unwrap())),
            What::Ban(Whom::Account {
                id: AccountId(3),
                name: "Ann".into(),
            }),
            What::Mute(Whom::Mask("bob!*@*".into())),
            What::Hush { room: "#x".into() },
            What::Slow {
                room: "#x".into(),
                seconds: 10,
            },
            What::Filter {
                words: "buy now".into(),
                room: None,
            },
        ];
        for what in whats {
            let sanction = Sanction {
                id: SanctionId(17),
                what,
                by: "root".into(),
                at_ms: 1,
                until_ms: Some(2),
                reason: Some("flood".into()),
                hits: 3,
            };
            let json = serde_json::to_string(&sanction).unwrap();
            assert_eq!(serde_json::from_str::<Sanction>(&json).unwrap(), sanction);
        }
    }
}
