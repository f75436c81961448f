//! Bans, mutes, slow mode and filters in words.

use crate::admin::command::moderate::{Filter, Moderate};
use crate::admin::field::{clean, number, word, words};
use crate::admin::figures::{ago, counted};
use crate::admin::print::zone::part;
use crate::admin::print::{Look, day, none};
use crate::admin::table::Table;
use crate::proto::sanitise;
use serde_json::Value;

/// Data for people, and what is said beside it.
pub(super) fn text(act: &Moderate, data: &Value, look: &Look) -> (String, String) {
    if data.get("dry_run").is_some() {
        return (preview(data), String::new());
    }
    match act {
        Moderate::Bans { pattern } => list(data, "bans", pattern.as_deref(), look),
        Moderate::Mutes { pattern } => list(data, "mutes", pattern.as_deref(), look),
        Moderate::Filter(Filter::List) => list(data, "filters", None, look),
        Moderate::Ban(ban) => (
            format!("{}{}\n", begun(data), gone(data, ban.kick)),
            String::new(),
        ),
        Moderate::Mute(_) | Moderate::Filter(Filter::Add { .. }) => {
            (format!("{}\n", begun(data)), String::new())
        }
        Moderate::Slow(slow) if slow.seconds > 0 => (format!("{}\n", begun(data)), String::new()),
        Moderate::Slow(_)
        | Moderate::Unban { .. }
        | Moderate::Unmute { .. }
        | Moderate::Filter(Filter::Rm { .. })
        | Moderate::Undo { .. } => (lifted(data), String::new()),
        Moderate::Why(_) => (why(data), String::new()),
    }
}

/// Who is meant, before anything is done.
pub(in crate::admin) fn preview(data: &Value) -> String {
    let matches = items(data, "matches");
    let count = matches.len() as u64;
    let shown = matches.iter().take(10).map(|user| {
        let name = clean(user, "name");
        match clean(user, "account").as_str() {
            "" => name,
            account => format!("{name} (account {account})"),
        }
    });
    let mut names = shown.collect::<Vec<_>>().join(", ");
    if matches.len() > 10 {
        names.push_str(&format!(" and {} more", matches.len() - 10));
    }
    let mut text = match count {
        0 => "Matches no connected user.".to_owned(),
        _ => format!("Matches {}: {names}.", counted(count, "connected user")),
    };
    for risk in words(data, "risks") {
        text.push_str(&format!(" {}.", sanitise::text(&risk)));
    }
    text.push('\n');
    text
}

fn items<'a>(data: &'a Value, key: &str) -> Vec<&'a Value> {
    let list = data.get(key).and_then(Value::as_array);
    list.into_iter().flatten().collect()
}

/// `Ban B17 on 192.0.2.0/24 until 10:52 (2h).`
fn begun(data: &Value) -> String {
    let (id, target) = (clean(data, "id"), clean(data, "target"));
    let what = match word(data, "kind").as_str() {
        "ban" => format!("Ban {id} on {target}"),
        "mute" => format!("Mute {id} on {target}"),
        "slow" => {
            let seconds = number(data, "seconds");
            format!("Slow mode {id} in {target}: one line every {seconds}s")
        }
        _ => match clean(data, "room").as_str() {
            "" => format!("Filter {id} on \"{target}\""),
            room => format!("Filter {id} on \"{target}\" in {room}"),
        },
    };
    let until = match data.get("duration_s").and_then(Value::as_u64) {
        Some(seconds) => format!(" until {} ({})", moment(data, seconds), span(seconds)),
        None => ", until it is lifted".to_owned(),
    };
    let changed = match data.get("replaced") {
        Some(Value::Bool(true)) => " It took the place of an earlier one.",
        _ => "",
    };
    format!("{what}{until}.{changed}")
}

/// The end of a term: the time alone, if it is less than a day away.
fn moment(data: &Value, seconds: u64) -> String {
    let range = if seconds < 86_400 { 11..16 } else { 0..16 };
    part(&word(data, "until"), range)
}

/// What became of those who are connected.
fn gone(data: &Value, is_kick: bool) -> String {
    let matches = items(data, "matches").len() as u64;
    let kicked = number(data, "kicked");
    match (is_kick, matches) {
        (true, _) => format!(" {} disconnected.", counted(kicked, "user")),
        (false, 0) => String::new(),
        (false, count) => format!(
            " {}, but may not speak, join or change names; --kick disconnects.",
            stay(count)
        ),
    }
}

fn stay(count: u64) -> String {
    match count {
        1 => "1 user stays".to_owned(),
        count => format!("{count} users stay"),
    }
}

fn lifted(data: &Value) -> String {
    let Some(gone) = data.get("lifted") else {
        return String::new();
    };
    let what = match word(gone, "kind").as_str() {
        "slow" => "slow mode".to_owned(),
        kind => kind.to_owned(),
    };
    let reason = match clean(gone, "reason").as_str() {
        "" => String::new(),
        reason => format!(": {reason}"),
    };
    let (id, target, by) = (clean(gone, "id"), clean(gone, "target"), clean(gone, "by"));
    format!("Lifted {what} {id} on {target}, set by {by}{reason}.\n")
}

fn why(data: &Value) -> String {
    let may = match data.get("may") {
        Some(Value::Bool(true)) => "may",
        _ => "may not",
    };
    let (name, what) = (clean(data, "name"), clean(data, "what"));
    let (room, rule) = (clean(data, "room"), clean(data, "rule"));
    let place = if what == "speak" {
        format!("in {room}")
    } else {
        room
    };
    format!("{name} {may} {what} {place}: {rule}.\n")
}

fn list(data: &Value, what: &str, pattern: Option<&str>, look: &Look) -> (String, String) {
    let names = [
        "ID", "TARGET", "ROOM", "EVERY", "LEFT", "BY", "SINCE", "HITS", "REASON",
    ];
    let mut table = Table::new(&names);
    let all = data.as_array().map_or(&[][..], Vec::as_slice);
    for one in all {
        let (target, room) = (word(one, "target"), word(one, "room"));
        let every = one.get("seconds").and_then(Value::as_u64);
        let left = one.get("left_s").and_then(Value::as_u64);
        table.row([
            word(one, "id"),
            target.clone(),
            if room == target { String::new() } else { room },
            every.map_or_else(String::new, |seconds| format!("{seconds}s")),
            left.map_or_else(|| "perm".to_owned(), ago),
            word(one, "by"),
            day(&word(one, "since")),
            number(one, "hits").to_string(),
            word(one, "reason"),
        ]);
    }
    match all.is_empty() {
        true => none(what, pattern),
        false => (table.render(look), String::new()),
    }
}

/// A length of time as it is typed: `2h`, `1d12h`.
fn span(seconds: u64) -> String {
    let units = [(86_400, 'd'), (3600, 'h'), (60, 'm'), (1, 's')];
    let mut left = seconds;
    let mut text = String::new();
    for (unit, letter) in units {
        if left >= unit {
            text.push_str(&format!("{}{letter}", left / unit));
            left %= unit;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_ban_is_told_with_its_end_and_who_went() {
        let data = json!({"id": "B17", "kind": "ban", "target": "192.0.2.0/24", "duration_s": 7200,
            "until": "2026-11-20T10:52:00.000Z", "matches": [{"name": "web-carol"}], "kicked": 1});
        let told = format!("{}{}", begun(&data), gone(&data, true));
        assert_eq!(
            told,
            "Ban B17 on 192.0.2.0/24 until 10:52 UTC (2h). 1 user disconnected."
        );
        assert_eq!(
            gone(&data, false),
            " 1 user stays, but may not speak, join or change names; --kick disconnects."
        );
        let week = json!({"id": "B1", "kind": "ban", "target": "x\u{1b}", "duration_s": 604_800,
            "until": "2026-11-27T10:52:00.000Z"});
        let told = begun(&week);
        assert!(told.ends_with(" until 2026-11-27 10:52 UTC (7d).") && !told.contains('\u{1b}'));
    }

    #[test]
    fn who_is_hit_is_told_before() {
        let data = json!({"dry_run": true, "matches": [{"name": "web-carol", "account": "carol"}],
            "risks": ["It means you yourself"]});
        assert_eq!(
            preview(&data),
            "Matches 1 connected user: web-carol (account carol). It means you yourself.\n"
        );
        assert_eq!(preview(&json!({})), "Matches no connected user.\n");
    }

    #[test]
    fn spans_are_written_as_they_are_typed() {
        assert_eq!(
            [span(7200), span(129_600), span(61)],
            ["2h", "1d12h", "1m1s"]
        );
    }
}
