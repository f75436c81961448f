//! Lines of one connection as they came and went, without the secrets in them, for an operator who looks for a fault.

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawLine {
    pub unix_ms: u64,
    pub way: Way,
    pub text: String,
}

/// Where it went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    In,
    Out,
}

/// What was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dumped {
    /// Since when, in milliseconds since 1970-01-01 UTC; `None`: it begins now, or nothing is recorded any more.
    pub since_ms: Option<u64>,
    pub lines: Vec<RawLine>,
}

/// Verbs that are followed by a secret.
const SECRET: [&str; 9] = [
    "AUTHENTICATE",
    "PASS",
    "OPER",
    "REGISTER",
    "VERIFY",
    "WEBIRC",
    "NICKSERV",
    "NS",
    "ADMIN",
];
/// Longest line that is kept whole.
const MOST: usize = 1024;

/// A line as text, its secrets left out.
pub fn masked(line: &[u8]) -> String {
    let text = String::from_utf8_lossy(line);
    let text: String = text
        .trim_end_matches(['\r', '\n'])
        .chars()
        .take(MOST)
        .collect();
    match open_part(&text) {
        Some(open) => format!("{open} ***"),
        None => text,
    }
}

/// What of a line may be shown if not all of it.
fn open_part(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    for mark in ['@', ':'] {
        if rest.starts_with(mark) {
            rest = rest
                .split_once(' ')
                .map_or("", |(_, rest)| rest.trim_start());
        }
    }
    let mut words = rest.split(' ').filter(|word| !word.is_empty());
    let verb = words.next()?;
    let target = words.next();
    let until = |word: &str| {
        let end = word.as_ptr().addr() + word.len() - text.as_ptr().addr();
        text.get(..end)
    };
    let is = |word: &str| verb.eq_ignore_ascii_case(word);
    if SECRET.into_iter().any(is) {
        return until(verb);
    }
    let is_said = ["PRIVMSG", "NOTICE", "SQUERY"].into_iter().any(is);
    let to_service = |target: &str| {
        let name = target.split('@').next().unwrap_or_default();
        name.eq_ignore_ascii_case("NickServ")
    };
    // A key of a room follows its name; among modes it may stand anywhere.
    let modes = words.next();
    let has_key = (is("JOIN") && modes.is_some_and(|keys| !keys.starts_with(':')))
        || (is("MODE") && modes.is_some_and(|modes| modes.contains('k')));
    match target {
        Some(target) if has_key || (is_said && to_service(target)) => until(target),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_left_out_whatever_stands_before_them() {
        for (line, shown) in [
            ("AUTHENTICATE c2VjcmV0\r\n", "AUTHENTICATE ***"),
            ("@label=1 :ann  pass :secret", "@label=1 :ann  pass ***"),
            ("OPER root secret", "OPER ***"),
            ("REGISTER * a@b secret", "REGISTER ***"),
            ("ns IDENTIFY secret", "ns ***"),
            ("PRIVMSG nickserv :IDENTIFY secret", "PRIVMSG nickserv ***"),
            (
                "PRIVMSG NickServ@services.x :secret",
                "PRIVMSG NickServ@services.x ***",
            ),
            ("JOIN #a secret", "JOIN #a ***"),
            (":ann!a@h MODE #a +k secret", ":ann!a@h MODE #a ***"),
        ] {
            assert_eq!(masked(line.as_bytes()), shown);
        }
    }

    #[test]
    fn what_is_no_secret_is_shown_as_it_is() {
        for line in [
            "PRIVMSG #den :pass the salt",
            "JOIN #a,#b",
            ":ann!a@h JOIN #a",
            ":ann!a@h JOIN #a ann :Ann",
            "PING :x",
            "",
        ] {
            let shown = masked(line.as_bytes());
            assert!(!shown.contains("secret"));
            if !line.contains(":Ann") {
                assert_eq!(shown, line);
            }
        }
        assert_eq!(masked(&[b'x'; 5000]).len(), MOST);
    }
}
