//! One file of the server, as `FILE ENTRY` and the tag `+chat/file` describe it.

use jiff::Timestamp;

/// Letters and digits of a file's name on the wire.
const ID: usize = 22;
/// Hexadecimal digits of a SHA-256.
const DIGITS: usize = 64;

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub id: String,
    /// The room or person it was posted to, if it was.
    pub place: Option<String>,
    pub bytes: u64,
    /// In lower-case hexadecimal.
    pub sha256: String,
    pub by: String,
    pub at: Timestamp,
    pub until: Option<Timestamp>,
    /// As the server says it: not to be believed to be harmless.
    pub name: String,
}

impl Entry {
    /// From the parameters behind `FILE ENTRY`; nothing, if they are not what they should be.
    pub fn read(params: &[&str]) -> Option<Self> {
        let [id, place, bytes, sha256, by, at, until, name] = params else {
            return None;
        };
        let star = |word: &str| (word != "*").then(|| word.to_owned());
        Some(Self {
            id: checked_id(id)?.to_owned(),
            place: star(place),
            bytes: bytes.parse().ok()?,
            sha256: checked_digest(sha256)?,
            by: (*by).to_owned(),
            at: at.parse().ok()?,
            until: star(until).and_then(|until| until.parse().ok()),
            name: (*name).to_owned(),
        })
    }
}

/// A file that a message is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    pub id: String,
    pub bytes: u64,
    pub sha256: String,
    pub name: String,
}

impl Shared {
    /// From the value of the tag, and the words `NAME (1.2 MB) LINK` of the message.
    pub fn read(tag: &str, text: &str) -> Option<Self> {
        let mut parts = tag.split(';');
        let (id, bytes, sha256) = (parts.next()?, parts.next()?, parts.next()?);
        let (before, link) = text.rsplit_once(' ')?;
        let (name, size) = before.rsplit_once(" (")?;
        let is_its_link = id_of_link(link) == Some(id) && size.ends_with(')');
        Some(Self {
            id: checked_id(id)?.to_owned(),
            bytes: bytes.parse().ok()?,
            sha256: checked_digest(sha256)?,
            name: name.to_owned(),
        })
        .filter(|_| is_its_link && !name.is_empty())
    }
}

/// The file that a link of a server like ours names: `…/files/ID/NAME`.
pub fn id_of_link(link: &str) -> Option<&str> {
    let (_, rest) = link.split_once("/files/")?;
    checked_id(rest.split(['/', '?', '#']).next()?)
}

fn checked_id(id: &str) -> Option<&str> {
    let is_fit = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (id.len() == ID && id.bytes().all(is_fit)).then_some(id)
}

/// A SHA-256 in hexadecimal, in lower case.
pub fn checked_digest(digest: &str) -> Option<String> {
    let is_fit = digest.len() == DIGITS && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_fit.then(|| digest.to_ascii_lowercase())
}

/// The last part of a link, as its file is called.
pub fn name_of_link(link: &str) -> Option<String> {
    let (_, rest) = link.split_once("/files/")?;
    let (_, name) = rest.split_once('/')?;
    let name = unescaped(name.split(['?', '#']).next()?);
    Some(name).filter(|name| !name.is_empty())
}

/// Text whose bytes stand as `%41`.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let code = code.filter(|two| two.bytes().all(|b| b.is_ascii_hexdigit()));
        match code.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            Some(_) | None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A name as it can stand in a link.
pub fn escaped(name: &str) -> String {
    let mut link = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                link.push(char::from(byte));
            }
            _ => link.push_str(&format!("%{byte:02X}")),
        }
    }
    link
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "AAAAAAAAAAAAAAAAAAAAAA";

    #[test]
    fn an_entry_is_read_whole_or_not_at_all() {
        let digest = "AB".repeat(32);
        let row = [
            FILE,
            "#a",
            "7",
            &digest,
            "ann",
            "2026-11-20T08:00:00.000Z",
            "*",
            "a b.txt",
        ];
        let entry = Entry::read(&row).unwrap();
        assert_eq!((entry.bytes, entry.name.as_str()), (7, "a b.txt"));
        assert_eq!(entry.sha256, "ab".repeat(32));
        assert_eq!((entry.place.as_deref(), entry.until), (Some("#a"), None));
        for (at, bad) in [(0, "../../etc"), (2, "-1"), (3, "ab"), (5, "now")] {
            let mut row = row;
            if let Some(cell) = row.get_mut(at) {
                *cell = bad;
            }
            assert_eq!(Entry::read(&row), None, "{bad}");
        }
        assert_eq!(Entry::read(&[]), None);
    }

    #[test]
    fn a_shared_file_is_one_whose_link_is_its_own() {
        let tag = format!("{FILE};12;{}", "0".repeat(64));
        let link = format!("https://h/files/{FILE}/a%20b.txt");
        let text = format!("a b.txt (12 B) {link}");
        let shared = Shared::read(&tag, &text).unwrap();
        assert_eq!((shared.name.as_str(), shared.bytes), ("a b.txt", 12));
        assert_eq!(name_of_link(&link).as_deref(), Some("a b.txt"));
        let other = text.replace(FILE, "BAAAAAAAAAAAAAAAAAAAAA");
        for (tag, text) in [
            (tag.as_str(), other.as_str()),
            ("x", &text),
            (&tag, "hello"),
        ] {
            assert_eq!(Shared::read(tag, text), None, "{tag} {text}");
        }
    }

    #[test]
    fn names_survive_their_way_through_a_link() {
        for name in ["a b.txt", "50 %.txt", "é世🎈", "a/b?c#d", "%41"] {
            let link = format!("/files/{FILE}/{}", escaped(name));
            assert_eq!(name_of_link(&link).as_deref(), Some(name), "{link}");
        }
        assert_eq!(unescaped("%"), "%");
        assert_eq!(unescaped("%zz%4"), "%zz%4");
        assert_eq!(unescaped("%+1"), "%+1");
    }
}
