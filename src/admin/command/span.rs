//! A length of time as it is typed: `90`, `90s`, `30m`, `2h`, `7d`, `2w`, or several of these in a row, like `1d12h`.

/// What is said of a text that is none.
pub const HOW: &str = "a time is a number of seconds, or like 90s, 30m, 2h, 7d, 2w or 1d12h";

/// Its seconds, if it is one.
pub fn seconds(text: &str) -> Option<u64> {
    if let Ok(bare) = text.parse::<u64>() {
        return text
            .starts_with(|c: char| c.is_ascii_digit())
            .then_some(bare);
    }
    let (mut all, mut rest) = (0_u64, text);
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit())?;
        let (number, unit) = rest.split_at_checked(end)?;
        let mut unit = unit.chars();
        let times = match unit.next()? {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            'd' => 86_400,
            'w' => 604_800,
            _ => return None,
        };
        rest = unit.as_str();
        let more = number.parse::<u64>().ok()?.checked_mul(times)?;
        all = all.checked_add(more)?;
    }
    (!text.is_empty()).then_some(all)
}

/// The same for a parser of the command line.
pub fn span(text: &str) -> Result<u64, &'static str> {
    seconds(text).ok_or(HOW)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        for (text, expected) in [
            ("0", 0),
            ("90", 90),
            ("90s", 90),
            ("30m", 1800),
            ("2h", 7200),
            ("7d", 604_800),
            ("1d12h", 129_600),
            ("2w", 1_209_600),
        ] {
            assert_eq!(seconds(text), Some(expected), "{text}");
        }
        for wrong in [
            "",
            "h",
            "+5",
            "-1",
            "-1h",
            "2 h",
            "1.5h",
            "2y",
            "2h3",
            "5µ",
            "99999999999999999999",
            "999999999999999999d",
            "18446744073709551615s1s",
        ] {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
    }
}
