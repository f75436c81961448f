//! What CHATHISTORY asks for (IRCv3 draft/chathistory): the parameters of the verb, checked.
//!
//! A msgid is passed on as it was typed, and a moment before 1970 counts as its first millisecond: nothing is older.

use crate::proto::text;
use jiff::civil::DateTime;

/// Bytes of a parameter that are told back to whoever typed it.
const TOLD_BACK: usize = 64;

/// A point in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point<'a> {
    /// Milliseconds since 1970-01-01 UTC.
    Time(u64),
    /// A msgid as typed.
    Id(&'a str),
}

/// Which part of a conversation; ends are not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span<'a> {
    /// The newest, but only after the point.
    Latest(Option<Point<'a>>),
    Before(Point<'a>),
    After(Point<'a>),
    Around(Point<'a>),
    /// Counted from the first, which may be the later one.
    Between(Point<'a>, Point<'a>),
}

/// What is asked for; `limit` is at least 1 and at most what the server gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Request<'a> {
    Part {
        target: &'a str,
        span: Span<'a>,
        limit: usize,
    },
    /// The conversations between two moments, counted from `from`, which may be the later one.
    Targets { from: u64, to: u64, limit: usize },
}

/// Why nothing is asked for; each with the subcommand as typed, then what is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault<'a> {
    /// No subcommand at all.
    Nothing,
    UnknownCommand(&'a str),
    TooFew(&'a str),
    TooMany(&'a str),
    Timestamp(&'a str, &'a str),
    /// Not a reference.
    Reference(&'a str, &'a str),
    /// A reference, but neither `timestamp=` nor `msgid=`: subcommand, target, reference.
    ReferenceKind(&'a str, &'a str, &'a str),
    Limit(&'a str, &'a str),
}

/// A request being read.
#[derive(Clone, Copy)]
struct Asked<'a> {
    command: &'a str,
    most: usize,
}

impl<'a> Request<'a> {
    /// Reads the parameters of CHATHISTORY. More than `most` is never asked for.
    pub fn parse(params: &[&'a str], most: usize) -> Result<Self, Fault<'a>> {
        let (command, rest) = params.split_first().ok_or(Fault::Nothing)?;
        let asked = Asked { command, most };
        match command.to_ascii_uppercase().as_str() {
            "LATEST" => asked.one(rest, |asked, target, reference| {
                let since = match reference {
                    "*" => None,
                    _ => Some(asked.point(target, reference)?),
                };
                Ok(Span::Latest(since))
            }),
            "BEFORE" => asked.one(rest, |asked, target, reference| {
                asked.point(target, reference).map(Span::Before)
            }),
            "AFTER" => asked.one(rest, |asked, target, reference| {
                asked.point(target, reference).map(Span::After)
            }),
            "AROUND" => asked.one(rest, |asked, target, reference| {
                asked.point(target, reference).map(Span::Around)
            }),
            "BETWEEN" => {
                let [target, from, to, limit] = asked.exactly(rest)?;
                Ok(Self::Part {
                    target,
                    span: Span::Between(asked.point(target, from)?, asked.point(target, to)?),
                    limit: asked.limit(limit)?,
                })
            }
            "TARGETS" => {
                let [from, to, limit] = asked.exactly(rest)?;
                Ok(Self::Targets {
                    from: asked.time(from)?,
                    to: asked.time(to)?,
                    limit: asked.limit(limit)?,
                })
            }
            _ => Err(Fault::UnknownCommand(command)),
        }
    }
}

impl<'a> Asked<'a> {
    fn exactly<const N: usize>(self, params: &[&'a str]) -> Result<[&'a str; N], Fault<'a>> {
        params.try_into().map_err(|_| match params.len() < N {
            true => Fault::TooFew(self.command),
            false => Fault::TooMany(self.command),
        })
    }

    /// A request with a single reference.
    fn one(
        self,
        params: &[&'a str],
        span: impl Fn(Self, &'a str, &'a str) -> Result<Span<'a>, Fault<'a>>,
    ) -> Result<Request<'a>, Fault<'a>> {
        let [target, reference, limit] = self.exactly(params)?;
        Ok(Request::Part {
            target,
            span: span(self, target, reference)?,
            limit: self.limit(limit)?,
        })
    }

    fn point(self, target: &'a str, reference: &'a str) -> Result<Point<'a>, Fault<'a>> {
        match reference.split_once('=') {
            Some(("timestamp", _)) => self.time(reference).map(Point::Time),
            Some(("msgid", id)) if !id.is_empty() => Ok(Point::Id(id)),
            Some(("msgid" | "", _)) | None => Err(Fault::Reference(self.command, reference)),
            Some(_) => Err(Fault::ReferenceKind(self.command, target, reference)),
        }
    }

    fn time(self, reference: &'a str) -> Result<u64, Fault<'a>> {
        let time = reference.strip_prefix("timestamp=").and_then(unix_ms);
        time.ok_or(Fault::Timestamp(self.command, reference))
    }

    fn limit(self, limit: &'a str) -> Result<usize, Fault<'a>> {
        let digits = limit.trim_start_matches('0');
        if digits.is_empty() || !limit.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Fault::Limit(self.command, limit));
        }
        // What does not fit into a number is more than there is.
        Ok(digits.parse().unwrap_or(self.most).min(self.most))
    }
}

impl<'a> Fault<'a> {
    /// The code of the FAIL.
    pub fn code(self) -> &'static str {
        match self {
            Self::ReferenceKind(..) => "INVALID_MSGREFTYPE",
            Self::Nothing
            | Self::UnknownCommand(_)
            | Self::TooFew(_)
            | Self::TooMany(_)
            | Self::Timestamp(..)
            | Self::Reference(..)
            | Self::Limit(..) => "INVALID_PARAMS",
        }
    }

    /// The words between code and text, not longer than a line bears.
    pub fn context(self) -> impl Iterator<Item = &'a str> {
        let words = match self {
            Self::Nothing => [None; 3],
            Self::UnknownCommand(command) | Self::TooFew(command) | Self::TooMany(command) => {
                [Some(command), None, None]
            }
            Self::Timestamp(command, param)
            | Self::Reference(command, param)
            | Self::Limit(command, param) => [Some(command), Some(param), None],
            Self::ReferenceKind(command, target, param) => {
                [Some(command), Some(target), Some(param)]
            }
        };
        words
            .into_iter()
            .flatten()
            .map(|word| text::cut(word, TOLD_BACK))
    }

    /// The text for people.
    pub fn text(self) -> &'static str {
        match self {
            Self::Nothing | Self::TooFew(_) => "Insufficient parameters",
            Self::UnknownCommand(_) => "Unknown command",
            Self::TooMany(_) => "Too many parameters",
            Self::Timestamp(..) => "Invalid timestamp",
            Self::Reference(..) => "Neither timestamp= nor msgid=",
            Self::ReferenceKind(..) => "Such references are not supported",
            Self::Limit(..) => "The limit must be a number above 0",
        }
    }
}

/// Milliseconds since 1970-01-01 UTC of `YYYY-MM-DDThh:mm:ss.sssZ`, the one form of server-time.
pub fn unix_ms(text: &str) -> Option<u64> {
    const FORM: &[u8] = b"0000-00-00T00:00:00.000Z";
    let is_formed = text.len() == FORM.len()
        && text.bytes().zip(FORM).all(|(byte, form)| match form {
            b'0' => byte.is_ascii_digit(),
            _ => byte == *form,
        });
    if !is_formed {
        return None;
    }
    let moment: DateTime = text.strip_suffix('Z')?.parse().ok()?;
    let since = moment.duration_since(DateTime::constant(1970, 1, 1, 0, 0, 0, 0));
    Some(u64::try_from(since.as_millis()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Request<'_>, Fault<'_>> {
        let params: Vec<&str> = line.split_whitespace().collect();
        Request::parse(&params, 100)
    }

    #[test]
    fn each_subcommand_is_read() {
        const T: &str = "timestamp=1970-01-01T00:00:01.002Z";
        let (time, id) = (Point::Time(1002), Point::Id("x=y"));
        for (line, expected) in [
            ("BEFORE #a msgid=x=y 5", Span::Before(id)),
            (&format!("after #a {T} 5"), Span::After(time)),
            ("LATEST #a * 5", Span::Latest(None)),
            ("LATEST #a msgid=x=y 5", Span::Latest(Some(id))),
            (&format!("AROUND #a {T} 5"), Span::Around(time)),
            (
                &format!("BETWEEN #a {T} msgid=x=y 5"),
                Span::Between(time, id),
            ),
        ] {
            let (target, span, limit) = ("#a", expected, 5);
            let part = Request::Part {
                target,
                span,
                limit,
            };
            assert_eq!(parse(line), Ok(part), "{line}");
        }
        assert_eq!(
            parse(&format!("TARGETS {T} timestamp=1970-01-01T00:00:00.000Z 5")),
            Ok(Request::Targets {
                from: 1002,
                to: 0,
                limit: 5
            })
        );
    }

    #[test]
    fn what_cannot_be_read_is_told_with_the_code_of_the_draft() {
        const T: &str = "timestamp=2026-11-20T08:31:02.114Z";
        for (line, told) in [
            ("", "INVALID_PARAMS  :Insufficient parameters"),
            ("FROB #a * 5", "INVALID_PARAMS FROB :Unknown command"),
            ("latest", "INVALID_PARAMS latest :Insufficient parameters"),
            (
                "LATEST #a *",
                "INVALID_PARAMS LATEST :Insufficient parameters",
            ),
            (
                "LATEST #a * 5 6",
                "INVALID_PARAMS LATEST :Too many parameters",
            ),
            (
                "LATEST #a x 5",
                "INVALID_PARAMS LATEST x :Neither timestamp= nor msgid=",
            ),
            (
                "BEFORE #a * 5",
                "INVALID_PARAMS BEFORE * :Neither timestamp= nor msgid=",
            ),
            (
                "BEFORE #a msgid= 5",
                "INVALID_PARAMS BEFORE msgid= :Neither timestamp= nor msgid=",
            ),
            (
                "BEFORE #a row=7 5",
                "INVALID_MSGREFTYPE BEFORE #a row=7 :Such references are not supported",
            ),
            (
                "BEFORE #a timestamp=x 5",
                "INVALID_PARAMS BEFORE timestamp=x :Invalid timestamp",
            ),
            (
                &format!("TARGETS {T} msgid=x 5"),
                "INVALID_PARAMS TARGETS msgid=x :Invalid timestamp",
            ),
            (
                "LATEST #a * ten",
                "INVALID_PARAMS LATEST ten :The limit must be a number above 0",
            ),
        ] {
            let fault = parse(line).unwrap_err();
            let context: Vec<&str> = fault.context().collect();
            let shown = format!("{} {} :{}", fault.code(), context.join(" "), fault.text());
            assert_eq!(shown, told, "{line}");
        }
        let long = format!("LATEST #a {} 5", "é".repeat(5000));
        let fault = parse(&long).unwrap_err();
        assert!(fault.context().map(str::len).sum::<usize>() < 100);
    }

    #[test]
    fn limits_are_numbers_above_zero_and_never_above_the_most() {
        let limit = |text: &str| {
            parse(&format!("LATEST #a * {text}"))
                .ok()
                .map(|request| match request {
                    Request::Part { limit, .. } | Request::Targets { limit, .. } => limit,
                })
        };
        for (text, expected) in [
            ("1", 1),
            ("007", 7),
            ("100", 100),
            ("101", 100),
            ("1000000000000", 100),
            ("99999999999999999999999999999999999999", 100),
        ] {
            assert_eq!(limit(text), Some(expected), "{text}");
        }
        for bad in ["0", "000", "-1", "+1", "1.5", "1e3", "ten", "٣", "0x10"] {
            assert_eq!(limit(bad), None, "{bad}");
        }
    }

    #[test]
    fn moments_have_one_form() {
        for (text, expected) in [
            ("1970-01-01T00:00:00.000Z", 0),
            ("2026-11-20T08:31:02.114Z", 1_795_163_462_114),
            ("0000-01-01T00:00:00.000Z", 0),
            ("1969-12-31T23:59:59.999Z", 0),
            ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
            // A leap second counts as the one before it.
            ("2016-12-31T23:59:60.000Z", 1_483_228_799_000),
        ] {
            assert_eq!(unix_ms(text), Some(expected), "{text}");
        }
        for bad in [
            "",
            "2026-02-30T00:00:00.000Z",
            "2026-13-01T00:00:00.000Z",
            "2026-11-20T24:00:00.000Z",
            "2026-11-20T23:59:61.000Z",
            "2026-11-20T08:31:02.114+01:00",
            "2026-11-20T08:31:02.114",
            "2026-11-20T08:31:02Z",
            "2026-11-20T08:31:02.1140Z",
            "2026-11-20 08:31:02.114Z",
            "2026-11-20t08:31:02.114z",
            "-026-11-20T08:31:02.114Z",
            "+026-11-20T08:31:02.114Z",
            "1e30",
            "1795163462",
            "２026-11-20T08:31:02.1Z",
        ] {
            assert_eq!(unix_ms(bad), None, "{bad}");
        }
    }
}
