//! Moments as text: `2026-11-20T08:31:02.114Z` (IRCv3 server-time).

use jiff::Timestamp;
use jiff::tz::Offset;

/// Milliseconds since 1970-01-01 UTC as server-time writes them. Moments past year 9999 are written as its end.
pub fn to_text(unix_ms: u64) -> String {
    let moment = i64::try_from(unix_ms)
        .ok()
        .and_then(|ms| Timestamp::from_millisecond(ms).ok());
    let at = Offset::UTC.to_datetime(moment.unwrap_or(Timestamp::MAX));
    let mut text = String::with_capacity(24);
    for (number, digits, after) in [
        (at.year(), 4, '-'),
        (at.month().into(), 2, '-'),
        (at.day().into(), 2, 'T'),
        (at.hour().into(), 2, ':'),
        (at.minute().into(), 2, ':'),
        (at.second().into(), 2, '.'),
        (at.millisecond(), 3, 'Z'),
    ] {
        for place in (0..digits).rev() {
            let digit = number / 10i16.pow(place) % 10;
            text.push(char::from(b'0' + digit.unsigned_abs() as u8));
        }
        text.push(after);
    }
    text
}

/// The reverse of [`to_text`]; any RFC 3339 moment after 1970 is read.
pub fn from_text(text: &str) -> Option<u64> {
    let moment: Timestamp = text.parse().ok()?;
    u64::try_from(moment.as_millisecond()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_with_three_decimals_and_read_back() {
        assert_eq!(to_text(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(to_text(1_795_163_462_114), "2026-11-20T08:31:02.114Z");
        assert_eq!(
            from_text("2026-11-20T08:31:02.114Z"),
            Some(1_795_163_462_114)
        );
        assert_eq!(from_text("2026-02-30T00:00:00.000Z"), None);
        assert_eq!(from_text("1969-12-31T23:59:59.000Z"), None);
        assert!(to_text(u64::MAX).starts_with("9999-12-30"));
    }
}
