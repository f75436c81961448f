//! The name of a file as HTTP carries it: Content-Disposition (RFC 6266), with names that are not ASCII written as
//! RFC 8187 has it. A name read here is as somebody wrote it: whoever uses it makes it safe.

use crate::proto::percent;

/// The value of the header that has a file of this name saved, never shown.
pub fn attachment(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| match c {
            '"' | '\\' | '%' => '_',
            ' '..='~' => c,
            _ => '_',
        })
        .collect();
    let encoded = percent::encode(name.as_bytes());
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

/// The name in such a header; that of `filename*` counts before that of `filename`.
pub fn name_in(header: &[u8]) -> Option<String> {
    let (mut plain, mut extended) = (None, None);
    let mut rest = header.iter().position(|byte| *byte == b';').map(|at| {
        // What stands before is the kind: inline, attachment or form-data.
        header.get(at..).unwrap_or_default()
    })?;
    while let Some((key, value, tail)) = parameter(rest) {
        match key.as_str() {
            "filename" if plain.is_none() => plain = text_of(value),
            "filename*" if extended.is_none() => extended = extended_value(&value),
            _ => {}
        }
        rest = tail;
    }
    extended.or(plain)
}

/// One `; key=value` and what follows it.
fn parameter(text: &[u8]) -> Option<(String, Vec<u8>, &[u8])> {
    let text = text
        .trim_ascii_start()
        .strip_prefix(b";")?
        .trim_ascii_start();
    let end = text.iter().position(|byte| *byte == b'=')?;
    let (key, rest) = text.split_at_checked(end)?;
    let key = String::from_utf8(key.trim_ascii_end().to_ascii_lowercase()).ok()?;
    let rest = rest.get(1..)?.trim_ascii_start();
    let (value, rest) = match rest.strip_prefix(b"\"") {
        Some(quoted) => unquote(quoted)?,
        None => {
            let end = rest.iter().position(|byte| *byte == b';');
            let (value, rest) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
            (value.trim_ascii_end().to_vec(), rest)
        }
    };
    Some((key, value, rest))
}

/// What stands before the closing quote, and what behind it.
fn unquote(text: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut value = Vec::new();
    let mut rest = text;
    loop {
        let (first, tail) = rest.split_first()?;
        rest = tail;
        match first {
            b'"' => return Some((value, rest)),
            b'\\' => {
                let (escaped, tail) = rest.split_first()?;
                value.push(*escaped);
                rest = tail;
            }
            byte => value.push(*byte),
        }
    }
}

/// Headers are Latin-1 by the standard and UTF-8 by what browsers do.
fn text_of(bytes: Vec<u8>) -> Option<String> {
    match String::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) => Some(
            error
                .as_bytes()
                .iter()
                .map(|byte| char::from(*byte))
                .collect(),
        ),
    }
}

/// `UTF-8'en'a%20b`.
fn extended_value(value: &[u8]) -> Option<String> {
    let text = str::from_utf8(value).ok()?;
    let mut parts = text.splitn(3, '\'');
    let (charset, _language, encoded) = (parts.next()?, parts.next()?, parts.next()?);
    let bytes = percent::decode(encoded)?;
    match charset.to_ascii_lowercase().as_str() {
        "utf-8" => String::from_utf8(bytes).ok(),
        "iso-8859-1" => Some(bytes.into_iter().map(char::from).collect()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_as_it_was_written() {
        for name in [
            "a.txt",
            "a b.txt",
            "naïve ☃.png",
            "a\"b\\c;d'%41.txt",
            "",
            "=;=",
        ] {
            let header = attachment(name);
            assert!(
                header.is_ascii() && !header.contains(['\r', '\n']),
                "{header}"
            );
            assert_eq!(
                name_in(header.as_bytes()).as_deref(),
                Some(name),
                "{header}"
            );
        }
    }

    #[test]
    fn every_usual_form_is_read() {
        for (header, name) in [
            ("attachment; filename=a.txt", "a.txt"),
            ("attachment;filename = \"a b.txt\" ", "a b.txt"),
            ("ATTACHMENT; FileName=\"a\\\"b\"; size=3", "a\"b"),
            ("inline; x=\"filename=no;\"; filename=yes", "yes"),
            (
                "attachment; filename=\"e.txt\"; filename*=utf-8'de'%C3%A4.txt",
                "ä.txt",
            ),
            ("attachment; filename*=UTF-8''a; filename=b", "a"),
            ("attachment; filename*=iso-8859-1''%E4", "ä"),
            ("attachment; filename*=UTF-8''%ff; filename=b", "b"),
            ("attachment; filename*=KOI8-R''%ff; filename=b", "b"),
            (
                "attachment; filename=\"../../etc/passwd\"",
                "../../etc/passwd",
            ),
        ] {
            assert_eq!(
                name_in(header.as_bytes()).as_deref(),
                Some(name),
                "{header}"
            );
        }
        assert_eq!(
            name_in(b"attachment; filename=\"\xe4\"").as_deref(),
            Some("ä")
        );
    }

    #[test]
    fn what_names_nothing_names_nothing() {
        for header in [
            "",
            "attachment",
            "attachment; filename",
            "attachment; filename=\"a",
            "; ; ;",
            "a;=",
            "x;filename*=a",
        ] {
            assert_eq!(name_in(header.as_bytes()), None, "{header}");
        }
    }
}
