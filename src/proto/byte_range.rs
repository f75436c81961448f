//! Which bytes of a file somebody wants (RFC 9110, section 14): all, or one range of them.

/// What is to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    All,
    /// From the first byte to the last one, which is sent too.
    Part {
        first: u64,
        last: u64,
    },
    /// There are no such bytes.
    Nothing,
}

impl Wanted {
    /// What this header wants of a file of so many bytes. Several ranges, and units other than bytes, are answered
    /// with the whole file, as the standard allows: nobody gets more than it is long.
    pub fn of(header: &str, bytes: u64) -> Self {
        let Some(ranges) = header
            .split_once('=')
            .filter(|(unit, _)| unit.trim().eq_ignore_ascii_case("bytes"))
            .map(|(_, ranges)| ranges.trim())
        else {
            return Self::All;
        };
        match ranges.contains(',') {
            true => Self::All,
            false => part(ranges, bytes).unwrap_or(Self::Nothing),
        }
    }

    /// How many bytes that is of a file of so many.
    pub fn count(self, bytes: u64) -> u64 {
        match self {
            Self::All => bytes,
            Self::Part { first, last } => last.saturating_sub(first).saturating_add(1),
            Self::Nothing => 0,
        }
    }
}

fn part(range: &str, bytes: u64) -> Option<Wanted> {
    let (first, last) = range.split_once('-')?;
    let (first, last) = (first.trim(), last.trim());
    let end = bytes.checked_sub(1)?;
    let (first, last) = match (first.is_empty(), last.is_empty()) {
        (true, true) => return None,
        (true, false) => match number(last)? {
            0 => return None,
            count => (bytes.saturating_sub(count), end),
        },
        (false, true) => (number(first)?, end),
        (false, false) => (number(first)?, number(last)?),
    };
    let last_there = last.min(end);
    (first <= last && first <= end).then_some(Wanted::Part {
        first,
        last: last_there,
    })
}

/// Decimal digits and nothing else; what is too large to count is larger than any file.
pub fn number(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_of_a_range_means_its_bytes() {
        let part = |first, last| Wanted::Part { first, last };
        for (header, bytes, wanted) in [
            ("bytes=0-", 10, part(0, 9)),
            ("bytes=0-0", 10, part(0, 0)),
            ("bytes=4-6", 10, part(4, 6)),
            ("Bytes = 4 - 6", 10, part(4, 6)),
            ("bytes=9-99999999999999999999999", 10, part(9, 9)),
            ("bytes=-1", 10, part(9, 9)),
            ("bytes=-99", 10, part(0, 9)),
            ("bytes=10-", 10, Wanted::Nothing),
            ("bytes=5-2", 10, Wanted::Nothing),
            ("bytes=-0", 10, Wanted::Nothing),
            ("bytes=-", 10, Wanted::Nothing),
            ("bytes=a-b", 10, Wanted::Nothing),
            ("bytes=+1-2", 10, Wanted::Nothing),
            ("bytes=0-", 0, Wanted::Nothing),
            ("bytes=-1", 0, Wanted::Nothing),
            ("bytes=0-1,3-4", 10, Wanted::All),
            ("lines=0-1", 10, Wanted::All),
            ("", 10, Wanted::All),
        ] {
            assert_eq!(Wanted::of(header, bytes), wanted, "{header}");
        }
    }

    #[test]
    fn nobody_gets_more_than_there_is() {
        let many = format!("bytes={}", "0-,".repeat(1000));
        assert_eq!(Wanted::of(&many, 10).count(10), 10);
        assert_eq!(Wanted::of("bytes=2-", 10).count(10), 8);
        assert_eq!(Wanted::of("bytes=20-", 10).count(10), 0);
    }
}
