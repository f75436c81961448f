//! The name of a file as somebody wrote it, made safe: it is shown to people and is never a path.

use crate::proto::sanitise;
use crate::proto::text::cut;

/// Longest name in bytes: with all else that is told of a file it fits on a line.
pub const LONGEST: usize = 160;
/// Longest ending that a name keeps when it is cut.
const ENDING: usize = 16;

/// The safe name: without directories, controls, hidden characters and what turns the direction of text, not longer
/// than [`LONGEST`]. `None`: nothing is left of it.
pub fn safe(raw: &str) -> Option<String> {
    let last = raw.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain = last.chars().filter_map(|c| match c {
        c if c.is_whitespace() && !c.is_control() => Some(' '),
        c if sanitise::is_plain(c) => Some(c),
        _ => None,
    });
    let plain: String = plain.collect();
    let name = shorten(&clean(&plain));
    (!name.is_empty()).then_some(name)
}

/// Without what stands at an edge and what had its place only behind that, until nothing does.
fn clean(plain: &str) -> String {
    let mut name = plain.to_owned();
    loop {
        let cleaner = trimmed(&sanitise::text(&name)).to_owned();
        if cleaner == name {
            return name;
        }
        name = cleaner;
    }
}

/// Without dots and spaces around it: a name that begins with a dot would be hidden where it is saved.
fn trimmed(name: &str) -> &str {
    let is_edge = |c: char| c == ' ' || c == '.';
    name.trim_start_matches(is_edge).trim_end_matches(is_edge)
}

/// A long name keeps its ending.
fn shorten(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let ending = name.rfind('.').and_then(|at| name.get(at..));
    let ending = ending.filter(|ending| ending.len() <= ENDING);
    let ending = ending.unwrap_or_default();
    let stem = trimmed(cut(name, LONGEST - ending.len()));
    format!("{stem}{ending}")
}

/// The name as part of a link: everything but letters, digits and `-._~` is escaped (RFC 3986, section 2).
pub fn escaped(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(byte.into());
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// A size for people: `1.2 MB`, in the largest unit of which there is one.
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["kB", "MB", "GB", "TB", "PB"];
    let (mut value, mut tenths, mut unit) = (bytes, 0, "B");
    for next in UNITS {
        if value < 1000 {
            break;
        }
        (tenths, value, unit) = (value % 1000 / 100, value / 1000, next);
    }
    match (unit, value) {
        ("B", _) | (_, 100..) => format!("{value} {unit}"),
        _ => format!("{value}.{tenths} {unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{any, proptest};

    #[test]
    fn a_name_is_reduced_to_what_is_safe_or_refused() {
        for (raw, name) in [
            ("a.png", Some("a.png")),
            ("../../etc/passwd", Some("passwd")),
            ("/etc/x", Some("x")),
            ("..\\..\\x", Some("x")),
            ("a/../../b", Some("b")),
            ("a/..", None),
            ("a/", None),
            (".", None),
            ("..", None),
            ("", None),
            (" . ", None),
            (".bashrc", Some("bashrc")),
            ("a\0b\nc\u{1b}[31m\u{9b}d.txt", Some("abc[31md.txt")),
            ("gpj.\u{202e}exe", Some("gpj.exe")),
            ("a\u{200b}\u{2028}b", Some("a b")),
            ("é 世界.png", Some("é 世界.png")),
            ("\u{0}", None),
        ] {
            assert_eq!(safe(raw).as_deref(), name, "{raw:?}");
        }
        assert_eq!(
            safe(&format!("{}.tar.gz", "x".repeat(300))).unwrap(),
            format!("{}.gz", "x".repeat(LONGEST - 3))
        );
        assert_eq!(safe(&"x".repeat(300)).unwrap().len(), LONGEST);
        assert!(safe(&"é.".repeat(300)).unwrap().len() <= LONGEST);
    }

    #[test]
    fn links_and_sizes_are_written_as_people_know_them() {
        assert_eq!(escaped("a b/ü%.png"), "a%20b%2F%C3%BC%25.png");
        for (bytes, text) in [
            (0, "0 B"),
            (999, "999 B"),
            (1000, "1.0 kB"),
            (3_149, "3.1 kB"),
            (99_999, "99.9 kB"),
            (100_000, "100 kB"),
            (1_234_567, "1.2 MB"),
            (1_073_741_824, "1.0 GB"),
            (u64::MAX, "18446 PB"),
        ] {
            assert_eq!(size(bytes), text);
        }
    }

    proptest! {
        #[test]
        fn whatever_is_written_a_safe_name_is_bounded_harmless_and_stays_as_it_is(raw in any::<String>()) {
            if let Some(name) = safe(&raw) {
                assert!(!name.is_empty() && name.len() <= LONGEST);
                assert!(!name.contains(['/', '\\']) && !name.chars().any(char::is_control));
                assert!(!name.starts_with(['.', ' ']) && !name.ends_with(['.', ' ']), "{name:?}");
                assert!(escaped(&name).is_ascii());
            }
        }

        #[test]
        fn no_path_comes_through(raw in "[./\\\\ ~a\u{0}\u{202e}\u{301}-]{0,400}") {
            if let Some(name) = safe(&raw) {
                assert!(!name.contains(['/', '\\']) && name != "." && name != "..");
                assert_eq!(safe(&name), Some(name));
            }
        }
    }
}
