//! One line, taken apart: tags, source, verb, parameters.
//!
//! Grammar: <https://modern.ircdocs.horse/#message-format> and IRCv3 message-tags. A [`Message`]
//! borrows from the line it was parsed from, so reading a line allocates nothing. A line that holds
//! NUL, a bare CR or bytes that are not UTF-8 never becomes a `Message`.

use std::borrow::Cow;
use std::collections::HashSet;

/// Most parameters that one line can hold; the last takes the rest of the line.
pub const MAX_PARAMS: usize = 15;
/// Bytes of a line without its tags, CR and LF included (RFC 1459 section 2.3).
pub const MAX_LINE: usize = 512;
/// Bytes of a client's tags, from `@` to the space, both included (IRCv3 message-tags, "Size limit").
pub const MAX_CLIENT_TAGS: usize = 4096;

/// A parsed line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message<'a> {
    pub tags: Tags<'a>,
    /// Who it says it is from. A server ignores what clients write here.
    pub source: Option<&'a str>,
    /// As typed; compare without case.
    pub verb: &'a str,
    params: [&'a str; MAX_PARAMS],
    count: usize,
}

/// Why a line is not a message, with what an answer to it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault<'a> {
    pub kind: FaultKind,
    /// Value of the `label` tag, if the tags could be read.
    pub label: Option<&'a str>,
    /// The verb, or `*` if it could not be read.
    pub verb: &'a str,
}

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// Holds no command: to be ignored.
    Empty,
    /// Holds NUL or a CR that does not end it.
    Malformed,
    /// Bytes that are not UTF-8 (IRCv3 UTF8ONLY).
    InvalidUtf8,
    /// Longer than the [`LineLimits`].
    TooLong,
}

/// How long a line may be: ours to clients, theirs to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineLimits {
    /// Without tags, with CR and LF.
    pub line: usize,
    /// From `@` to the space, both included.
    pub tags: usize,
}

impl LineLimits {
    /// What a client may send.
    pub const CLIENT: Self = Self {
        line: MAX_LINE,
        tags: MAX_CLIENT_TAGS,
    };
    /// What a server may send: its own tags come on top (8191 bytes in all), and servers in the
    /// field send longer bodies, which a client reads rather than refuses.
    pub const SERVER: Self = Self {
        line: 8192,
        tags: 8192,
    };
}

impl<'a> Message<'a> {
    /// Parses one line without its CR LF.
    pub fn parse(line: &'a [u8], limits: LineLimits) -> Result<Self, Fault<'a>> {
        let line = without_leading_spaces(line);
        let (tags, body) = split_tags(line);
        let label = tags.and_then(|raw| Tags(raw).raw("label"));
        let fail = |kind| Err(fault(kind, label, body));
        if line.iter().any(|b| matches!(b, 0 | b'\r' | b'\n')) {
            return fail(FaultKind::Malformed);
        }
        if body.len() + 2 > limits.line || line.len() - body.len() > limits.tags {
            return fail(FaultKind::TooLong);
        }
        let (Some(tags), Ok(body)) = (tags, std::str::from_utf8(body)) else {
            return fail(FaultKind::InvalidUtf8);
        };
        Self::from_parts(Tags(tags), body).map_or_else(|| fail(FaultKind::Empty), Ok)
    }

    /// Parses a line that is known to be text and within limits: transcripts, and our own words.
    pub fn from_text(line: &'a str) -> Option<Self> {
        Self::parse(line.as_bytes(), LineLimits::SERVER).ok()
    }

    fn from_parts(tags: Tags<'a>, body: &'a str) -> Option<Self> {
        let mut rest = body.trim_start_matches(' ');
        let mut source = None;
        if let Some(after) = rest.strip_prefix(':') {
            let (word, tail) = after.split_once(' ').unwrap_or((after, ""));
            source = Some(word);
            rest = tail.trim_start_matches(' ');
        }
        let (verb, mut rest) = rest.split_once(' ').unwrap_or((rest, ""));
        if verb.is_empty() {
            return None;
        }
        let mut message = Self {
            tags,
            source,
            verb,
            params: [""; MAX_PARAMS],
            count: 0,
        };
        while let Some((param, tail)) = next_param(rest, message.count) {
            message.push(param);
            rest = tail;
        }
        Some(message)
    }

    fn push(&mut self, param: &'a str) {
        if let Some(place) = self.params.get_mut(self.count) {
            *place = param;
            self.count += 1;
        }
    }

    /// The parameter at `index`, if it was given (it may be empty).
    pub fn get(&self, index: usize) -> Option<&'a str> {
        self.params().get(index).copied()
    }

    /// All parameters.
    pub fn params(&self) -> &[&'a str] {
        self.params.get(..self.count).unwrap_or_default()
    }

    /// Whether the verb is this one, in any case.
    pub fn is(&self, verb: &str) -> bool {
        self.verb.eq_ignore_ascii_case(verb)
    }
}

/// Takes the next parameter off `rest`; `seen` are taken already.
fn next_param(rest: &str, seen: usize) -> Option<(&str, &str)> {
    let rest = rest.trim_start_matches(' ');
    if rest.is_empty() || seen == MAX_PARAMS {
        return None;
    }
    if let Some(last) = rest.strip_prefix(':') {
        return Some((last, ""));
    }
    if seen == MAX_PARAMS - 1 {
        return Some((rest, ""));
    }
    Some(rest.split_once(' ').unwrap_or((rest, "")))
}

fn without_leading_spaces(line: &[u8]) -> &[u8] {
    let spaces = line.iter().take_while(|b| **b == b' ').count();
    line.get(spaces..).unwrap_or_default()
}

/// The tags (without `@` and the space; `None` if they are not UTF-8) and what follows them.
fn split_tags(line: &[u8]) -> (Option<&str>, &[u8]) {
    let Some(after) = line.strip_prefix(b"@") else {
        return (Some(""), line);
    };
    let end = after.iter().position(|b| *b == b' ').unwrap_or(after.len());
    let (tags, body) = after.split_at(end);
    (
        std::str::from_utf8(tags).ok(),
        body.strip_prefix(b" ").unwrap_or(body),
    )
}

fn fault<'a>(kind: FaultKind, label: Option<&'a str>, body: &'a [u8]) -> Fault<'a> {
    let mut words = body.split(|b| *b == b' ');
    let verb = words.find(|word| !matches!(word.first(), None | Some(b':')));
    let verb = verb.map_or("*", |verb| std::str::from_utf8(verb).unwrap_or("*"));
    Fault { kind, label, verb }
}

/// The tags of a line as they came, escapes and all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tags<'a>(&'a str);

impl<'a> Tags<'a> {
    /// Tags from their text between `@` and the space.
    pub fn new(raw: &'a str) -> Self {
        Self(raw)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each key with its value as it stands on the wire, in order. Empty keys are passed over.
    pub fn iter(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        self.0
            .split(';')
            .map(|tag| tag.split_once('=').unwrap_or((tag, "")))
            .filter(|(key, _)| !key.is_empty() && *key != "+")
    }

    /// The value of `key` as it stands on the wire. Of several the last counts.
    pub fn raw(&self, key: &str) -> Option<&'a str> {
        if self.0.is_empty() {
            return None;
        }
        self.iter()
            .filter(|(k, _)| *k == key)
            .last()
            .map(|(_, value)| value)
    }

    /// The value of `key` in plain text.
    pub fn get(&self, key: &str) -> Option<Cow<'a, str>> {
        self.raw(key).map(unescape)
    }

    /// The client-only tags (`+key`), each key once with its last value, in order.
    pub fn client_only(&self) -> Vec<(&'a str, &'a str)> {
        let mut tags: Vec<_> = self
            .iter()
            .filter(|(key, _)| key.starts_with('+'))
            .collect();
        let mut seen = HashSet::new();
        tags.reverse();
        tags.retain(|(key, _)| seen.insert(*key));
        tags.reverse();
        tags
    }
}

/// A tag's value from the wire to plain text (IRCv3 message-tags, "Escaping values").
pub fn unescape(raw: &str) -> Cow<'_, str> {
    if !raw.contains('\\') {
        return Cow::Borrowed(raw);
    }
    let mut text = String::with_capacity(raw.len());
    let mut chars = raw.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some(':') => text.push(';'),
                Some('s') => text.push(' '),
                Some('r') => text.push('\r'),
                Some('n') => text.push('\n'),
                Some(other) => text.push(other),
                None => {}
            },
            plain => text.push(plain),
        }
    }
    Cow::Owned(text)
}

/// A tag's value from plain text to the wire.
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains([';', ' ', '\\', '\r', '\n', '\0']) {
        return Cow::Borrowed(text);
    }
    let mut raw = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            ';' => raw.push_str("\\:"),
            ' ' => raw.push_str("\\s"),
            '\\' => raw.push_str("\\\\"),
            '\r' => raw.push_str("\\r"),
            '\n' => raw.push_str("\\n"),
            '\0' => {}
            plain => raw.push(plain),
        }
    }
    Cow::Owned(raw)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Message<'_> {
        Message::parse(line.as_bytes(), LineLimits::CLIENT).unwrap()
    }

    fn fault(line: &[u8]) -> FaultKind {
        Message::parse(line, LineLimits::CLIENT).unwrap_err().kind
    }

    #[test]
    fn a_line_is_taken_apart() {
        let cases: &[(&str, Option<&str>, &str, &[&str])] = &[
            ("PING", None, "PING", &[]),
            ("PING a", None, "PING", &["a"]),
            ("PING :", None, "PING", &[""]),
            ("  PING   a  b ", None, "PING", &["a", "b"]),
            (
                ":me!u@h PRIVMSG #r :a b :c",
                Some("me!u@h"),
                "PRIVMSG",
                &["#r", "a b :c"],
            ),
            ("PRIVMSG #r ::)", None, "PRIVMSG", &["#r", ":)"]),
            ("MODE #r +k a:b", None, "MODE", &["#r", "+k", "a:b"]),
            (
                "USER u * * :Ann Lee",
                None,
                "USER",
                &["u", "*", "*", "Ann Lee"],
            ),
        ];
        for (line, source, verb, params) in cases {
            let message = parse(line);
            assert_eq!(message.source, *source, "{line}");
            assert_eq!(message.verb, *verb, "{line}");
            assert_eq!(message.params(), *params, "{line}");
        }
    }

    #[test]
    fn the_fifteenth_parameter_takes_the_rest() {
        let message = parse("X 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 :17");
        assert_eq!(message.params().len(), MAX_PARAMS);
        assert_eq!(message.get(14), Some("15 16 :17"));
    }

    #[test]
    fn tags_are_read_and_the_last_of_twins_counts() {
        let message = parse("@a=1;a=2;+x=\\:\\s\\\\\\n;empty;=odd;;+x=3 PING x");
        assert_eq!(message.tags.get("a").unwrap(), "2");
        assert_eq!(message.tags.get("empty").unwrap(), "");
        assert_eq!(message.tags.get("none"), None);
        assert_eq!(message.tags.client_only(), [("+x", "3")]);
        assert_eq!(unescape("\\:\\s\\\\\\n\\"), "; \\\n");
        assert_eq!(parse("@;;; PING x").verb, "PING");
        assert_eq!(parse("@ PING x").verb, "PING");
        assert_eq!(parse(" @a=1 PING x").tags.raw("a"), Some("1"));
    }

    #[test]
    fn a_thousand_client_tags_are_told_apart() {
        let keys: Vec<String> = (0..1000).map(|n| format!("+{n:x}")).collect();
        let line = format!("@+0=1;{} TAGMSG a", keys.join("=2;"));
        let tags = Message::from_text(&line).unwrap().tags.client_only();
        assert_eq!(
            (tags.len(), tags[0], tags[999]),
            (1000, ("+0", "2"), ("+3e7", ""))
        );
    }

    #[test]
    fn a_value_survives_escape_and_unescape() {
        for text in ["", "plain", "a b;c\\d\r\n", "é \\s"] {
            assert_eq!(unescape(&escape(text)), text);
        }
    }

    #[test]
    fn what_is_no_message_is_told_apart() {
        assert_eq!(fault(b""), FaultKind::Empty);
        assert_eq!(fault(b"   "), FaultKind::Empty);
        assert_eq!(fault(b"@a=b"), FaultKind::Empty);
        assert_eq!(fault(b":only"), FaultKind::Empty);
        assert_eq!(fault(b"PRIVMSG #r :a\rPRIVMSG #r :b"), FaultKind::Malformed);
        assert_eq!(fault(b"PRIVMSG #r :a\0b"), FaultKind::Malformed);
        for bad in [
            &b"\xff"[..],
            b"\xc0\xaf",
            b"\xed\xa0\x80",
            b"\xf4\x90\x80\x80",
            b"\xe2\x82",
        ] {
            let line = [b"PRIVMSG #r :", bad].concat();
            assert_eq!(fault(&line), FaultKind::InvalidUtf8);
        }
    }

    #[test]
    fn a_fault_keeps_the_label() {
        let fault = Message::parse(b"@label=x PRIVMSG #r :\xff", LineLimits::CLIENT).unwrap_err();
        assert_eq!(fault.label, Some("x"));
    }

    #[test]
    fn limits_are_exact() {
        let body = |n: usize| format!("PRIVMSG #r :{}", "x".repeat(n - 12));
        assert_eq!(parse(&body(510)).verb, "PRIVMSG");
        assert_eq!(fault(body(511).as_bytes()), FaultKind::TooLong);
        let tags = |n: usize| format!("@{} PING x", "a".repeat(n - 2));
        assert_eq!(parse(&tags(4095)).verb, "PING");
        assert_eq!(parse(&tags(4096)).verb, "PING");
        assert_eq!(fault(tags(4097).as_bytes()), FaultKind::TooLong);
    }
}
