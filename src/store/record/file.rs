//! What is kept of a file that somebody shared; its bytes lie beside the store, under their SHA-256.

use crate::proto::msgid::Moment;
use crate::proto::sasl;
use crate::store::record::account::{AccountId, Party};
use crate::store::record::said::{self, Reader};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Names one file, and opens it to whoever knows it: 128 bits that nobody can guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct FileId(pub [u8; 16]);

/// As in a link: 22 characters.
impl fmt::Display for FileId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&sasl::encode_url(&self.0))
    }
}

impl FileId {
    /// An id from random bytes. It begins with a letter, so that no command line takes it for an option.
    pub fn new(mut entropy: [u8; 16]) -> Self {
        if let Some(first) = entropy.first_mut() {
            *first &= 0x7f;
        }
        Self(entropy)
    }

    /// Reads it as it stands in a link.
    pub fn parse(text: &str) -> Option<Self> {
        sasl::decode_url(text)?.try_into().ok().map(Self)
    }
}

impl From<FileId> for String {
    fn from(id: FileId) -> Self {
        id.to_string()
    }
}

impl TryFrom<String> for FileId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not the id of a file")
    }
}

/// The SHA-256 of a file's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Digest(pub [u8; 32]);

impl fmt::Display for Digest {
    /// In lower-case hexadecimal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Digest {
    /// Reads it as it is written: 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let mut digest = [0; 32];
        let (pairs, []) = text.as_bytes().as_chunks::<2>() else {
            return None;
        };
        if pairs.len() != digest.len() {
            return None;
        }
        for (byte, [high, low]) in digest.iter_mut().zip(pairs) {
            let digit = |digit: u8| char::from(digit).to_digit(16);
            *byte = u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()?;
        }
        Some(Self(digest))
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.to_string()
    }
}

impl TryFrom<String> for Digest {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not a SHA-256")
    }
}

/// Where a file was posted: who may read there finds it in lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// Nowhere: it is found by its link, and by its owner.
    Unlisted,
    /// Everybody finds it: it is the server's own.
    Everybody,
    /// The same, as long as it lies in the operator's folder.
    Dropped,
    /// In a room or a conversation, like what was said there.
    Said(said::Place),
}

/// A file as it is now. It is complete: its bytes are stored and have this digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRow {
    pub id: FileId,
    /// As it is shown: safe, and never a path.
    pub name: Box<str>,
    pub bytes: u64,
    pub digest: Digest,
    pub place: Place,
    /// Where it was posted, as it was called then: a room or a person. For people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Box<str>>,
    /// Who shared it, as they were called then.
    pub by: Box<str>,
    /// Whose it is. What nobody shared is the server's own.
    pub owner: Option<Party>,
    /// For guests: the network they came from, whose quota it counts in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Box<str>>,
    /// When it was shared.
    pub at: Moment,
    /// When it vanishes; `None`: never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until_ms: Option<u64>,
}

impl FileRow {
    /// When it was shared, in milliseconds since 1970-01-01 UTC.
    pub fn unix_ms(&self) -> u64 {
        self.at.unix_ms()
    }

    /// The account that shared it, if it was one.
    pub fn account(&self) -> Option<AccountId> {
        match self.owner {
            Some(Party::Account(id)) => Some(id),
            Some(Party::Guest(_)) | None => None,
        }
    }

    /// Whether somebody finds it in a list: as they may read what was said with it.
    pub fn is_found_by(&self, reader: &Reader) -> bool {
        match &self.place {
            _ if self.owner == Some(reader.who) => true,
            Place::Unlisted => false,
            Place::Everybody | Place::Dropped => true,
            Place::Said(place) => self
                .owner
                .is_some_and(|owner| reader.may_hear(place, owner, self.at)),
        }
    }

    /// The room of which it is, by its folded name.
    pub fn room(&self) -> Option<&str> {
        match &self.place {
            Place::Said(said::Place::Room { name, .. }) => Some(name),
            _ => None,
        }
    }

    /// What becomes of it when a room is renamed: an earlier room of the new name has nothing any more.
    #[must_use]
    pub fn renamed(&self, from: &str, to: &str) -> Option<Self> {
        let place = match &self.place {
            _ if from == to => return None,
            Place::Said(said::Place::Room { name, .. }) if **name == *to => Place::Unlisted,
            Place::Said(said::Place::Room { name, heard }) if **name == *from => {
                Place::Said(said::Place::Room {
                    name: to.into(),
                    heard: heard.clone(),
                })
            }
            _ => return None,
        };
        let is_lost = place == Place::Unlisted;
        Some(Self {
            place,
            to: (!is_lost).then(|| to.into()),
            ..self.clone()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::record::said::Heard;

    fn row(place: Place) -> FileRow {
        FileRow {
            id: FileId([7; 16]),
            name: "a b.png".into(),
            bytes: 3,
            digest: Digest([0xab; 32]),
            place,
            to: Some("#x".into()),
            by: "ann".into(),
            owner: Some(Party::Guest(1)),
            from: Some("this machine".into()),
            at: Moment(50),
            until_ms: None,
        }
    }

    fn in_room(name: &str) -> Place {
        Place::Said(said::Place::Room {
            name: name.into(),
            heard: Heard::Members,
        })
    }

    fn reader(who: u64, since: u64) -> Reader {
        Reader {
            who: Party::Guest(who),
            rooms: vec![("#x".into(), Moment(since))],
        }
    }

    #[test]
    fn no_new_id_looks_like_an_option() {
        for first in 0..=u8::MAX {
            let id = FileId::new([first; 16]);
            let text = id.to_string();
            assert!(
                text.starts_with(|c: char| c.is_ascii_alphabetic()),
                "{text}"
            );
            assert_eq!(FileId::parse(&text), Some(id));
        }
    }

    #[test]
    fn names_are_read_as_they_are_written() {
        for id in [FileId([0; 16]), FileId([0xff; 16]), FileId([1; 16])] {
            assert_eq!(id.to_string().len(), 22);
            assert_eq!(FileId::parse(&id.to_string()), Some(id));
        }
        let digest = Digest([0xa0; 32]);
        assert_eq!(Digest::parse(&digest.to_string()), Some(digest));
        for none in ["", "a0", "/../", &"é".repeat(32), &"g0".repeat(32)] {
            assert_eq!((FileId::parse(none), Digest::parse(none)), (None, None));
        }
        let row = row(in_room("#x"));
        let json = serde_json::to_string(&row).unwrap();
        assert_eq!(serde_json::from_str::<FileRow>(&json).unwrap(), row);
    }

    #[test]
    fn a_file_is_found_by_those_who_may_read_where_it_was_posted_and_by_its_owner() {
        let posted = row(in_room("#x"));
        assert!(posted.is_found_by(&reader(2, 50)) && !posted.is_found_by(&reader(2, 51)));
        assert!(posted.is_found_by(&reader(1, 99)));
        let unlisted = row(Place::Unlisted);
        assert!(unlisted.is_found_by(&reader(1, 0)) && !unlisted.is_found_by(&reader(2, 0)));
        assert!(row(Place::Everybody).is_found_by(&reader(2, 0)));
    }

    #[test]
    fn a_renamed_room_takes_its_files_along_and_finds_none_of_an_earlier_one() {
        let moved = row(in_room("#x")).renamed("#x", "#y").unwrap();
        assert_eq!(
            (moved.room(), moved.to.as_deref()),
            (Some("#y"), Some("#y"))
        );
        let lost = row(in_room("#y")).renamed("#x", "#y").unwrap();
        assert_eq!(lost.place, Place::Unlisted);
        assert!(row(in_room("#z")).renamed("#x", "#y").is_none());
        assert!(row(in_room("#x")).renamed("#x", "#x").is_none());
    }
}
