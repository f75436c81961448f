//! One value of a YAML file made into what it means; a wrong one says what would be right.

use crate::config::choice::Choice;
use crate::proto::name::RoomName;
use crate::proto::sasl::Mechanism;
use crate::proto::subnet::Subnet;
use serde_yaml::Value;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

/// Longest message of the day that is read from a file.
const MOTD_MAX_BYTES: u64 = 64 * 1024;

/// What a value should have been.
pub type Read<T> = Result<T, String>;

/// A text; numbers and truth values count as the text they are written as.
pub fn text(value: &Value) -> Read<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        other => return Err(format!("must be text, not {}", kind(other))),
    };
    match text.chars().find(|c| c.is_control()) {
        None => Ok(text),
        Some(_) => Err("must not hold control characters".into()),
    }
}

/// `true` or `false`.
pub fn truth(value: &Value) -> Read<bool> {
    value
        .as_bool()
        .ok_or_else(|| format!("must be true or false, not {}", shown(value)))
}

/// A whole number within bounds.
pub fn whole(value: &Value, least: u64, most: u64) -> Read<u64> {
    value
        .as_u64()
        .filter(|n| (least..=most).contains(n))
        .ok_or_else(|| {
            format!(
                "must be a whole number from {least} to {most}, not {}",
                shown(value)
            )
        })
}

/// A number of bytes, plain or with a unit, like `1 MiB`.
pub fn size(value: &Value, least: u64, most: u64) -> Read<u64> {
    let bytes = match value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => size_of(text),
        _ => None,
    };
    bytes.filter(|n| (least..=most).contains(n)).ok_or_else(|| {
        format!(
            "must be a size from {least} to {most} bytes, like 16384 or 64 KiB or 1 MiB, not {}",
            shown(value)
        )
    })
}

fn size_of(text: &str) -> Option<u64> {
    let (number, unit) = number_and_unit(text)?;
    let factor = match unit {
        "" | "B" => 1,
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        "GiB" => 1 << 30,
        _ => return None,
    };
    number.checked_mul(factor)
}

/// A time like `30s`, `15m` or `2ms`, longer than nothing and at most a day.
pub fn duration(value: &Value) -> Read<Duration> {
    const DAY: Duration = Duration::from_secs(86400);
    value
        .as_str()
        .and_then(duration_of)
        .filter(|d| !d.is_zero() && *d <= DAY)
        .ok_or_else(|| {
            format!(
                "must be a time from 1ms to 24h, like 30s, 15m or 2ms, not {}",
                shown(value)
            )
        })
}

/// A time that may be long, like `90d`.
pub fn long_time(value: &Value) -> Read<Duration> {
    const LONGEST: Duration = Duration::from_secs(36_500 * 86400);
    value
        .as_str()
        .and_then(duration_of)
        .filter(|d| !d.is_zero() && *d <= LONGEST)
        .ok_or_else(|| {
            format!(
                "must be a time up to 36500d, like 90d or 12h, or null, not {}",
                shown(value)
            )
        })
}

fn duration_of(text: &str) -> Option<Duration> {
    let (number, unit) = number_and_unit(text)?;
    let factor = match unit {
        "ms" => 1,
        "s" => 1000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return None,
    };
    number.checked_mul(factor).map(Duration::from_millis)
}

fn number_and_unit(text: &str) -> Option<(u64, &str)> {
    let text = text.trim();
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(end)?;
    Some((number.parse().ok()?, unit.trim_start()))
}

/// An address of this host.
pub fn address(value: &Value) -> Read<IpAddr> {
    value
        .as_str()
        .and_then(|text| text.trim_matches(['[', ']']).parse().ok())
        .ok_or_else(|| {
            format!(
                "must be an address like 127.0.0.1, 0.0.0.0 or \"::\", not {}",
                shown(value)
            )
        })
}

/// A path of a file or directory.
pub fn path(value: &Value) -> Read<PathBuf> {
    match value {
        Value::String(text) if !text.is_empty() => Ok(PathBuf::from(text)),
        other => Err(format!("must be a path, not {}", shown(other))),
    }
}

/// The name of a room.
pub fn room(value: &Value) -> Read<RoomName> {
    value
        .as_str()
        .and_then(|name| RoomName::new(name, 200))
        .ok_or_else(|| {
            format!(
                "must be a room like \"#lobby\" (in quotes) or null, not {}",
                shown(value)
            )
        })
}

/// One of the words of a choice.
pub fn choice(value: &Value, choice: &mut dyn Choice) -> Read<()> {
    let word = match value {
        Value::Bool(true) => "true",
        Value::Bool(false) => "false",
        other => other.as_str().unwrap_or_default(),
    };
    match choice.choose(word) {
        true => Ok(()),
        false => Err(format!(
            "must be {}, not {}",
            either(choice.words()),
            shown(value)
        )),
    }
}

/// The words as a person lists them.
pub fn either(words: &[&str]) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        one => one.concat(),
    }
}

/// A whole number within bounds, or `None` for `unlimited`.
pub fn unlimited(value: &Value, least: u64, most: u64) -> Read<Option<u64>> {
    match value.as_str() {
        Some("unlimited") => Ok(None),
        _ => whole(value, least, most)
            .map(Some)
            .map_err(|wrong| wrong.replace(", not", " or unlimited, not")),
    }
}

/// Ways to log in, each once.
pub fn mechanisms(value: &Value) -> Read<Vec<Mechanism>> {
    let wrong = || {
        let known = Mechanism::ALL.map(Mechanism::name);
        format!("must be a list of {}, not {}", either(&known), shown(value))
    };
    let mut found = Vec::new();
    for item in value.as_sequence().ok_or_else(wrong)? {
        let mechanism = item.as_str().and_then(Mechanism::of).ok_or_else(wrong)?;
        if !found.contains(&mechanism) {
            found.push(mechanism);
        }
    }
    Ok(found)
}

/// Names of client tags, each with its `+`.
pub fn tags(value: &Value) -> Read<Vec<String>> {
    let wrong = || {
        let example = "a list of client tags like +draft/react";
        format!("must be {example}, not {}", shown(value))
    };
    let is_tag = |tag: &&str| {
        let name = tag.strip_prefix('+').unwrap_or_default();
        let fits = |c: char| c.is_ascii_alphanumeric() || "-./".contains(c);
        (1..=128).contains(&name.len()) && name.chars().all(fits)
    };
    let list = value.as_sequence().ok_or_else(wrong)?;
    list.iter()
        .map(|item| {
            item.as_str()
                .filter(is_tag)
                .map(str::to_owned)
                .ok_or_else(wrong)
        })
        .collect()
}

/// Words without spaces.
pub fn words(value: &Value) -> Read<Vec<String>> {
    let wrong = || format!("must be a list of words, not {}", shown(value));
    let is_word =
        |text: &&str| (1..=256).contains(&text.len()) && !text.contains(char::is_whitespace);
    let list = value.as_sequence().ok_or_else(wrong)?;
    let word = |item: &Value| item.as_str().filter(is_word).map(str::to_owned);
    list.iter()
        .map(|item| word(item).ok_or_else(wrong))
        .collect()
}

/// Where the log goes: a file, or `None` for standard error.
pub fn target(value: &Value) -> Read<Option<PathBuf>> {
    match value.as_str() {
        Some("stderr") => Ok(None),
        _ => path(value).map(Some),
    }
}

/// An address with a port.
pub fn socket(value: &Value) -> Read<SocketAddr> {
    let found = value.as_str().and_then(|text| text.parse().ok());
    found.ok_or_else(|| {
        let shown = shown(value);
        format!("must be an address with port, like 127.0.0.1:9090, not {shown}")
    })
}

/// Networks, each an address with or without `/PREFIX`.
pub fn networks(value: &Value) -> Read<Vec<Subnet>> {
    let wrong = || {
        format!(
            "must be a list of networks like 10.0.0.0/8, not {}",
            shown(value)
        )
    };
    let list = value.as_sequence().ok_or_else(wrong)?;
    list.iter()
        .map(|item| {
            item.as_str()
                .and_then(|text| text.parse().ok())
                .ok_or_else(wrong)
        })
        .collect()
}

/// Lines of text: a list, or the path of a file that holds them.
pub fn lines(value: &Value) -> Read<Vec<String>> {
    match value {
        Value::Sequence(items) => items.iter().map(text).collect(),
        Value::String(path) => lines_of(path),
        other => Err(format!(
            "must be a list of lines or the path of a file, not {}",
            kind(other)
        )),
    }
}

fn lines_of(path: &str) -> Read<Vec<String>> {
    let cannot = |why: &dyn std::fmt::Display| format!("cannot be read from {path}: {why}");
    let size = std::fs::metadata(path).map_err(|e| cannot(&e))?.len();
    if size > MOTD_MAX_BYTES {
        return Err(cannot(&format!("it has more than {MOTD_MAX_BYTES} bytes")));
    }
    let content = std::fs::read_to_string(path).map_err(|e| cannot(&e))?;
    content
        .lines()
        .map(|line| text(&Value::String(line.replace('\t', " "))))
        .collect()
}

/// What a value is, in words.
pub fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Sequence(_) => "a list",
        Value::Mapping(_) => "a section",
        Value::Tagged(_) => "a tagged value",
    }
}

/// The value as it was meant, short and harmless.
fn shown(value: &Value) -> String {
    match value {
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => {
            let short: String = text.chars().take(32).flat_map(char::escape_debug).collect();
            format!("\"{short}\"")
        }
        other => kind(other).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_sizes_are_read_with_their_units() {
        for (text, millis) in [
            ("30s", 30_000),
            ("15m", 900_000),
            ("2ms", 2),
            ("1 h", 3_600_000),
        ] {
            assert_eq!(
                duration(&text.into()),
                Ok(Duration::from_millis(millis)),
                "{text}"
            );
        }
        for text in [
            "30",
            "s",
            "0s",
            "-1s",
            "25h",
            "1 fortnight",
            "99999999999999999999s",
        ] {
            assert!(duration(&text.into()).is_err(), "{text}");
        }
        for (text, bytes) in [
            ("1 MiB", 1 << 20),
            ("64KiB", 65536),
            ("512", 512),
            ("1 GiB", 1 << 30),
        ] {
            assert_eq!(size(&text.into(), 0, u64::MAX), Ok(bytes), "{text}");
        }
        for text in ["1 MB", "MiB", "-1", "99999999999999999 GiB"] {
            assert!(size(&text.into(), 0, u64::MAX).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_shown_of_a_wrong_value_is_short_and_harmless() {
        let long = format!("\u{1b}[31m{}", "x".repeat(1000));
        let said = duration(&long.as_str().into()).unwrap_err();
        assert!(said.len() < 200 && !said.contains('\u{1b}'), "{said}");
    }
}
