//! Numbers and spans of time as people read them.

/// `1 session`, `2 sessions`.
pub(super) fn counted(count: u64, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        n => format!("{n} {what}s"),
    }
}

/// A span of time in one short word.
pub(super) fn ago(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds}s"),
        60..3600 => format!("{}m", seconds / 60),
        3600..86400 => format!("{}h{:02}", seconds / 3600, seconds % 3600 / 60),
        _ => format!("{}d", seconds / 86400),
    }
}

/// A span of time in its two largest units.
pub(super) fn up(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds}s"),
        60..3600 => format!("{}m {}s", seconds / 60, seconds % 60),
        3600..86400 => format!("{}h {}m", seconds / 3600, seconds % 3600 / 60),
        _ => format!("{}d {}h", seconds / 86400, seconds % 86400 / 3600),
    }
}

/// A number of bytes in one short word.
pub(super) fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["K", "M", "G", "T"];
    let mut shown = bytes.to_string();
    let mut tenths = u128::from(bytes) * 10;
    for unit in UNITS {
        if tenths < 10_240 {
            break;
        }
        tenths /= 1024;
        shown = match tenths {
            0..100 => format!("{}.{}{unit}", tenths / 10, tenths % 10),
            _ => format!("{}{unit}", tenths / 10),
        };
    }
    shown
}

/// Microseconds as milliseconds.
pub(super) fn millis(us: u64) -> String {
    match us {
        0..10_000 => format!("{}.{} ms", us / 1000, us % 1000 / 100),
        _ => format!("{} ms", us / 1000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_times_are_short() {
        assert_eq!(counted(1, "room"), "1 room");
        assert_eq!(counted(19_936, "room"), "19936 rooms");
        assert_eq!(
            [ago(59), ago(61), ago(3600), ago(90000)],
            ["59s", "1m", "1h00", "1d"]
        );
        assert_eq!(up(100_000), "1d 3h");
        assert_eq!(
            [
                size(0),
                size(1023),
                size(1234),
                size(421_888),
                size(64 << 30)
            ],
            ["0", "1023", "1.2K", "412K", "64G"]
        );
        assert_eq!([millis(1160), millis(12_345)], ["1.1 ms", "12 ms"]);
    }
}
