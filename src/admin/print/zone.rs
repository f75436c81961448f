//! Moments of an answer as the operator's clock shows them. Answers tell UTC; so do JSON and what no terminal shows.

use crate::admin::command::Answer;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

/// Fields that hold a moment; any other text stays as somebody wrote it.
const MOMENTS: &[&str] = &[
    "at",
    "created",
    "ends",
    "oldest",
    "registered",
    "since",
    "time",
    "topic_at",
    "ts",
    "until",
];

/// The answer, with its moments in this zone.
pub fn shown_in(mut answer: Answer, zone: &TimeZone) -> Answer {
    if let Some(data) = &mut answer.data {
        convert(data, zone);
    }
    answer
}

fn convert(value: &mut Value, zone: &TimeZone) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| convert(item, zone)),
        Value::Object(fields) => {
            for (key, field) in fields {
                match field {
                    Value::String(text) if MOMENTS.contains(&key.as_str()) => {
                        if let Some(local) = local(text, zone) {
                            *text = local;
                        }
                    }
                    other => convert(other, zone),
                }
            }
        }
        _ => {}
    }
}

/// `2026-11-20T08:31:02.114Z` → `2026-11-20T09:31:02.114 CET`.
fn local(text: &str, zone: &TimeZone) -> Option<String> {
    let moment: Timestamp = text.parse().ok()?;
    let zoned = moment.to_zoned(zone.clone());
    Some(zoned.strftime("%Y-%m-%dT%H:%M:%S.%3f %Z").to_string())
}

/// A part of a moment with its zone: `0..16` is the day and the minute.
pub(super) fn part(time: &str, range: std::ops::Range<usize>) -> String {
    let zone = match time.rsplit_once(' ') {
        Some((_, zone)) => zone,
        None => "UTC",
    };
    match time.get(range) {
        Some(part) => format!("{} {zone}", part.replace('T', " ")),
        None => time.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn moments_are_shown_in_the_zone_and_texts_as_they_were_written() {
        let when = "2026-11-20T08:31:02.114Z";
        let data = json!([{"since": when, "reason": when, "until": null, "name": "x"}]);
        let zone = TimeZone::posix("CET-1").unwrap();
        let shown = shown_in(Answer::ok(data), &zone).data.unwrap();
        let since = shown[0]["since"].as_str().unwrap();
        assert_eq!(since, "2026-11-20T09:31:02.114 CET");
        assert_eq!(part(since, 0..16), "2026-11-20 09:31 CET");
        assert_eq!(shown[0]["reason"], when);
        assert_eq!(part(when, 11..16), "08:31 UTC");
        assert_eq!(part("", 0..16), "");
    }
}
