//! Names of people and rooms: checked once, shown as typed, compared folded.
//!
//! Case mapping is `ascii` (ISUPPORT CASEMAPPING): A-Z equals a-z and nothing else does. Compare
//! names only through these types or through [`Folded`], so that no second rule can arise.

use hashbrown::Equivalent;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// Characters that begin the name of a room (ISUPPORT CHANTYPES).
pub const ROOM_PREFIX: char = '#';

/// A name that a person may carry. Cheap to clone.
#[derive(Clone, Serialize, Deserialize)]
pub struct Nick(Arc<str>);

/// A name that an account may carry: of the same form as a nick. Cheap to clone.
#[derive(Clone)]
pub struct AccountName(Arc<str>);

/// A name that a room may carry, with its `#`. Cheap to clone.
#[derive(Clone, Serialize, Deserialize)]
pub struct RoomName(Arc<str>);

/// Text that is looked up as a name.
#[derive(Debug, Clone, Copy)]
pub struct Folded<'a>(pub &'a str);

/// Whether two names are the same person or room.
pub fn same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

/// The one spelling that all spellings of a name share.
pub fn fold(name: &str) -> String {
    name.to_ascii_lowercase()
}

/// The same as [`fold`]; a name that is written like this already is shared.
pub fn folded(name: &Arc<str>) -> Arc<str> {
    match name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => fold(name).into(),
        false => Arc::clone(name),
    }
}

impl Nick {
    /// Checks `text`: letters, digits and `-_[]\{}|^` with a backquote, no digit or hyphen first, at most `limit` bytes.
    pub fn new(text: &str, limit: usize) -> Option<Self> {
        let first = text.chars().next()?;
        let is_good = text.len() <= limit
            && !first.is_ascii_digit()
            && first != '-'
            && text.chars().all(is_nick_char);
        is_good.then(|| Self(text.into()))
    }

    /// As typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl AccountName {
    /// Checks `text` as a nick is checked.
    pub fn new(text: &str, limit: usize) -> Option<Self> {
        Nick::new(text, limit).map(|nick| Self::of(&nick))
    }

    /// The account called like a person.
    pub fn of(nick: &Nick) -> Self {
        Self(nick.0.clone())
    }

    /// The nick of a person called like the account.
    pub fn nick(&self) -> Nick {
        Nick(self.0.clone())
    }

    /// As typed by whoever registered it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether `c` may stand in a nick.
pub fn is_nick_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_[]\\{}|^`".contains(c)
}

impl RoomName {
    /// Checks `text`: begins with `#`, holds no space, comma, colon, control character or wildcard, has 2 to `limit` bytes.
    pub fn new(text: &str, limit: usize) -> Option<Self> {
        let name = text.strip_prefix(ROOM_PREFIX)?;
        let is_good = !name.is_empty()
            && text.len() <= limit
            && !name.chars().any(|c| {
                c.is_control() || c.is_whitespace() || ",:*?".contains(c) || is_invisible(c)
            });
        is_good.then(|| Self(text.into()))
    }

    /// As typed by whoever made the room.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Characters that reorder or hide text: two names must not differ by these alone.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether `target` names a room rather than a person.
pub fn is_room(target: &str) -> bool {
    target.starts_with(ROOM_PREFIX)
}

impl Hash for Folded<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let mut bytes = self.0.bytes();
        let mut folded = [0; 32];
        loop {
            let mut len = 0;
            for (place, byte) in folded.iter_mut().zip(bytes.by_ref()) {
                *place = byte.to_ascii_lowercase();
                len += 1;
            }
            state.write(folded.get(..len).unwrap_or_default());
            if len < folded.len() {
                break;
            }
        }
        state.write_u8(0xff);
    }
}

macro_rules! compared_folded {
    ($name:ident) => {
        impl $name {
            /// As typed, for whoever keeps it.
            pub fn shared(&self) -> Arc<str> {
                Arc::clone(&self.0)
            }

            /// As it is compared.
            pub fn folded(&self) -> Arc<str> {
                folded(&self.0)
            }
        }
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                same(&self.0, &other.0)
            }
        }
        impl Eq for $name {}
        impl Hash for $name {
            fn hash<H: Hasher>(&self, state: &mut H) {
                Folded(&self.0).hash(state);
            }
        }
        impl Equivalent<$name> for Folded<'_> {
            fn equivalent(&self, key: &$name) -> bool {
                same(self.0, &key.0)
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }
    };
}
compared_folded!(Nick);
compared_folded!(AccountName);
compared_folded!(RoomName);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nicks_are_checked() {
        for good in [
            "a",
            "alice-0123456789",
            "[x]\\{y}|z^`_",
            "A1",
            &"n".repeat(30),
        ] {
            assert!(Nick::new(good, 30).is_some(), "{good}");
        }
        let long = "n".repeat(31);
        for bad in [
            "", "*", "#a", "a b", "a,b", "a!b", "a@b", "a:b", "-a", "1a", "@a", "~a", "$a", "é",
            "a\u{7}", &long,
        ] {
            assert!(Nick::new(bad, 30).is_none(), "{bad}");
        }
    }

    #[test]
    fn room_names_are_checked() {
        for good in [
            "#a",
            "#Ünï",
            "##",
            "#a.b/c",
            "#con",
            "#..",
            &format!("#{}", "r".repeat(63)),
        ] {
            assert!(RoomName::new(good, 64).is_some(), "{good}");
        }
        let long = format!("#{}", "r".repeat(64));
        for bad in [
            "",
            "#",
            "a",
            "#a\u{7}b",
            "#a b",
            "#a,b",
            "#a:b",
            "#a*",
            "#a\u{200b}",
            "#a\u{202e}b",
            "#lobby\u{fe0f}",
            "#lobby\u{3164}",
            "#lob\u{34f}by",
            &long,
        ] {
            assert!(RoomName::new(bad, 64).is_none(), "{bad}");
        }
    }

    #[test]
    fn accounts_are_named_like_people() {
        let account = AccountName::new("Alice", 30).unwrap();
        assert_eq!(account, AccountName::of(&Nick::new("aLICE", 30).unwrap()));
        assert_eq!(
            (account.as_str(), account.nick().as_str()),
            ("Alice", "Alice")
        );
        for bad in ["", "1a", "#a", "a b", "é", "alices"] {
            assert!(AccountName::new(bad, 5).is_none(), "{bad}");
        }
    }

    #[test]
    fn names_are_equal_and_hash_equal_without_case() {
        let hasher = ahash::RandomState::with_seeds(1, 2, 3, 4);
        for (a, b) in [
            ("Alice", "aLICE"),
            ("a", "A"),
            (&*"x".repeat(30), &*"X".repeat(30)),
        ] {
            let (one, two) = (Nick::new(a, 30).unwrap(), Nick::new(b, 30).unwrap());
            assert_eq!(one, two);
            assert_eq!(hasher.hash_one(&one), hasher.hash_one(Folded(b)));
        }
        assert_ne!(Nick::new("a[", 30), Nick::new("a{", 30));
    }

    #[test]
    fn a_name_without_capitals_is_shared_and_others_are_folded() {
        let name = |text| Nick::new(text, 30).unwrap();
        let ann = name("ann");
        assert!(Arc::ptr_eq(&ann.folded(), &ann.shared()));
        assert_eq!(&*name("Ann[1]").folded(), "ann[1]");
    }
}
