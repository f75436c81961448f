//! Moments and stretches of time in words, and read from words.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

/// Days back to which a day of the week is clear enough.
const WEEK: i32 = 6;

/// A moment, as short as it is clear on the day of `now`.
pub fn when(at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let (at, now) = (at.to_zoned(zone.clone()), now.to_zoned(zone.clone()));
    let days = at
        .date()
        .until(now.date())
        .map_or(0, |span| span.get_days());
    let form = match days {
        0 => "%H:%M",
        1 => "yesterday %H:%M",
        2..=WEEK => "%a %H:%M",
        _ if at.year() == now.year() => "%-d %b %H:%M",
        _ => "%-d %b %Y",
    };
    at.strftime(form).to_string()
}

/// A stretch of time in its largest unit.
pub fn spell(time: SignedDuration) -> String {
    let seconds = time.as_secs().max(0);
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min", seconds / 60),
        3600..172_800 => format!("{} h", seconds / 3600),
        _ => format!("{} days", seconds / 86_400),
    }
}

/// How long ago `30m`, `2h`, `2d` or `1w` means.
pub fn ago(text: &str) -> Option<SignedDuration> {
    let text = text.to_ascii_lowercase();
    let (digits, hours) = [("w", 168.0), ("d", 24.0), ("h", 1.0), ("m", 1.0 / 60.0)]
        .into_iter()
        .find_map(|(unit, hours)| Some((text.strip_suffix(unit)?, hours)))?;
    let number: u32 = digits.parse().ok().filter(|number| *number > 0)?;
    SignedDuration::try_from_secs_f64(f64::from(number) * hours * 3600.0).ok()
}

/// The moment that a date, a time of today or both together mean.
pub fn since(text: &str, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    let text = text.trim();
    let today = now.to_zoned(zone.clone()).date();
    let moment = if text.eq_ignore_ascii_case("today") {
        Some(today.to_datetime(Time::midnight()))
    } else if text.eq_ignore_ascii_case("yesterday") {
        let yesterday = today.checked_sub(1.day()).ok()?;
        Some(yesterday.to_datetime(Time::midnight()))
    } else if let Ok(moment) = text.replace(' ', "T").parse::<DateTime>() {
        Some(moment)
    } else if let Ok(date) = text.parse::<Date>() {
        Some(date.to_datetime(Time::midnight()))
    } else {
        let time = text.parse::<Time>().ok()?;
        Some(today.to_datetime(time))
    };
    Some(moment?.to_zoned(zone.clone()).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_moment_is_as_short_as_it_is_clear() {
        let now = at("2026-11-20T08:31:00Z");
        for (moment, words) in [
            ("2026-11-20T08:02:00Z", "08:02"),
            ("2026-11-19T18:20:00Z", "yesterday 18:20"),
            ("2026-11-17T18:20:00Z", "Tue 18:20"),
            ("2026-03-07T18:20:00Z", "7 Mar 18:20"),
            ("2025-03-07T18:20:00Z", "7 Mar 2025"),
        ] {
            assert_eq!(when(at(moment), now, &TimeZone::UTC), words);
        }
    }

    #[test]
    fn stretches_are_read_in_their_units() {
        for (text, seconds) in [
            ("30m", Some(1800)),
            ("2H", Some(7200)),
            ("2d", Some(172_800)),
            ("1w", Some(604_800)),
            ("0d", None),
            ("d", None),
            ("30", None),
            ("-2d", None),
        ] {
            assert_eq!(ago(text).map(|time| time.as_secs()), seconds, "{text}");
        }
    }

    #[test]
    fn dates_and_times_are_moments() {
        let now = at("2026-11-20T08:31:00Z");
        for (text, expected) in [
            ("2026-11-19", Some("2026-11-19T00:00:00Z")),
            ("2026-11-19 18:20", Some("2026-11-19T18:20:00Z")),
            ("07:15", Some("2026-11-20T07:15:00Z")),
            ("today", Some("2026-11-20T00:00:00Z")),
            ("yesterday", Some("2026-11-19T00:00:00Z")),
            ("someday", None),
            ("2026-13-01", None),
        ] {
            assert_eq!(since(text, now, &TimeZone::UTC), expected.map(at), "{text}");
        }
    }
}
