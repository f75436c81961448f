//! Speeds and shares as people read them.

use crate::proto::file_name::size;
use jiff::SignedDuration;

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
