//! Sizes, speeds and shares as people read them.

use jiff::SignedDuration;

const UNITS: [&str; 5] = ["kB", "MB", "GB", "TB", "PB"];

/// So many bytes, in the largest unit of which there is one.
pub fn size(bytes: u64) -> String {
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    let mut value = bytes;
    let mut unit = "";
    let mut tenths = 0;
    for next in UNITS {
        if value < 1000 {
            break;
        }
        (tenths, value, unit) = (value % 1000 / 100, value / 1000, next);
    }
    match value {
        0..100 => format!("{value}.{tenths} {unit}"),
        _ => format!("{value} {unit}"),
    }
}

/// So many bytes each second.
pub fn speed(bytes_per_second: u64) -> String {
    format!("{}/s", size(bytes_per_second))
}

/// How much of the whole is done, in percent; never 100 before the end.
pub fn percent(done: u64, total: u64) -> u64 {
    if total == 0 {
        return 0;
    }
    let done = u128::from(done.min(total));
    let percent = done * 100 / u128::from(total);
    u64::try_from(percent).unwrap_or(100)
}

/// How long it took.
pub fn took(time: SignedDuration) -> String {
    match time.as_millis() {
        ..1000 => "less than 1 s".to_owned(),
        _ => crate::client::when::spell(time),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short() {
        for (bytes, words) in [
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
            assert_eq!(size(bytes), words);
        }
    }

    #[test]
    fn a_share_is_not_whole_before_the_end() {
        for (done, total, expected) in [
            (0, 0, 0),
            (1, 2, 50),
            (999, 1000, 99),
            (1000, 1000, 100),
            (2000, 1000, 100),
            (u64::MAX, u64::MAX, 100),
        ] {
            assert_eq!(percent(done, total), expected);
        }
    }
}
