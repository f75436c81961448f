//! What the YAML parser complains about, in words for the person who wrote the file, at the place that is wrong.

use crate::config::fault::Fault;
use crate::config::place::Place;
use serde_yaml::Error;

/// A text that is no YAML, or names a key twice.
pub(super) fn fault(text: &str, error: &Error) -> Fault {
    // The parser may find out behind the last line.
    let last = text.lines().count().max(1);
    let place = error.location().map(|at| Place {
        line: at.line().min(last),
        column: at.column(),
    });
    let words = error.to_string();
    if let Some(tab) = place.and_then(|place| tab_at(text, place)) {
        return Fault::error("a tab cannot indent YAML: use spaces").at(Some(tab));
    }
    let twice = words.split("duplicate entry with key \"").nth(1);
    let key = twice.and_then(|rest| rest.split('"').next());
    if let (Some(key), Some(begin)) = (key, place)
        && let Some(second) = second(text, begin, key)
    {
        return Fault::error(format!("{key} stands here for the second time")).at(Some(second));
    }
    // The place is told beside the words.
    let words = words.split(" at line ").next().unwrap_or_default();
    let words = words.chars().filter(|c| !c.is_control()).take(200);
    Fault::error(words.collect::<String>()).at(place)
}

/// The place of a tab in the indentation of this line.
fn tab_at(text: &str, place: Place) -> Option<Place> {
    let line = text.lines().nth(place.line.checked_sub(1)?)?;
    let column = line.chars().take_while(|c| *c == ' ').count() + 1;
    (line.chars().nth(column - 1) == Some('\t')).then_some(Place { column, ..place })
}

/// Where a key stands for the second time in the section that begins here, one key per line.
fn second(text: &str, begin: Place, key: &str) -> Option<Place> {
    let indent = begin.column.checked_sub(1)?;
    let lines = (1..).zip(text.lines()).skip(begin.line.checked_sub(1)?);
    let mut found = lines.filter(|(_, line)| {
        let begun = line.trim_start_matches(' ');
        let name = begun.split(':').next().unwrap_or_default();
        line.len() - begun.len() == indent && name.trim().trim_matches(['"', '\'']) == key
    });
    let line = found.nth(1)?.0;
    Some(Place {
        line,
        column: begin.column,
    })
}
