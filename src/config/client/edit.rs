//! One value changed in a YAML file that people write too: what else stands there stays as it is.

use crate::config::file;
use serde_yaml::Value;
use std::fs::{DirBuilder, File, rename};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

/// Changes one value in the file, which is made if there is none.
pub(super) fn keep(path: &Path, section: &str, key: &str, value: &str) -> Result<(), String> {
    let shown = path.display();
    let before = match path.exists() {
        true => {
            file::content(path)
                .map_err(|fault| format!("{shown} {}", fault.text))?
                .0
        }
        false => String::new(),
    };
    let after = changed(&before, section, key, value)
        .ok_or_else(|| format!("{section}.{key} of {shown} has to be changed by hand"))?;
    replace(path, &after).map_err(|error| format!("{shown} cannot be written: {error}"))
}

/// Puts a new file in the place of the old one, whole or not at all.
fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    let directory = path.parent().unwrap_or(Path::new("."));
    match DirBuilder::new()
        .mode(0o700)
        .recursive(true)
        .create(directory)
    {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    let draft = path.with_extension(format!("yaml.{}", std::process::id()));
    let mut options = File::options();
    let mut file = options
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&draft)?;
    let written = file
        .write_all(text.as_bytes())
        .and_then(|()| file.sync_all());
    let done = written.and_then(|()| rename(&draft, path));
    if done.is_err() {
        let _ = std::fs::remove_file(&draft);
    }
    done
}

/// The text with another value; `None` where only a person can say how.
fn changed(text: &str, section: &str, key: &str, value: &str) -> Option<String> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let wanted = (!value.is_empty()).then(|| quoted(value));
    let begin = lines
        .iter()
        .position(|line| name_of(line) == Some((0, section)));
    match (begin, &wanted) {
        (None, None) => {}
        (None, Some(value)) => {
            lines.push(format!("{section}:"));
            lines.push(format!("  {key}: {value}"));
        }
        (Some(begin), _) => {
            let head = lines.get(begin)?.split_once(':')?.1.trim();
            if !head.is_empty() && !head.starts_with('#') {
                return None;
            }
            change_in(&mut lines, begin, key, wanted.as_deref());
        }
    }
    let mut after = lines.join("\n");
    after.push('\n');
    holds(&after, section, key, value).then_some(after)
}

fn change_in(lines: &mut Vec<String>, begin: usize, key: &str, value: Option<&str>) {
    let is_end = |line: &String| name_of(line).is_some_and(|(indent, _)| indent == 0);
    let rest = lines.iter().skip(begin + 1);
    let end = rest
        .clone()
        .position(is_end)
        .map_or(lines.len(), |at| begin + 1 + at);
    let within = || lines.iter().enumerate().take(end).skip(begin + 1);
    let indent = within()
        .find_map(|(_, line)| name_of(line))
        .map_or(2, |(indent, _)| indent);
    let own = within().find(|(_, line)| name_of(line) == Some((indent, key)));
    let own = own.map(|(at, _)| at);
    let line = value.map(|value| format!("{}{key}: {value}", " ".repeat(indent)));
    match (own, line) {
        (Some(at), Some(line)) => {
            lines.splice(at..=at, [line]);
        }
        (Some(at), None) => drop(lines.remove(at)),
        (None, Some(line)) => lines.insert(begin + 1, line),
        (None, None) => {}
    }
}

/// The indent and name of a line with a key.
fn name_of(line: &str) -> Option<(usize, &str)> {
    let bare = line.trim_start_matches(' ');
    let (name, _) = bare.split_once(':')?;
    let is_name = !name.is_empty() && !name.starts_with(['#', '-', '"', '\'']);
    is_name.then_some((line.len() - bare.len(), name.trim_end()))
}

/// A text as YAML takes it for a text.
fn quoted(text: &str) -> String {
    let is_safe = |c: char| c.is_ascii_alphanumeric() || "_.-".contains(c);
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(is_safe);
    match is_plain || text.parse::<u32>().is_ok() {
        true => text.to_owned(),
        false => format!("'{}'", text.replace('\'', "''")),
    }
}

/// Whether the text, read again, says so.
fn holds(text: &str, section: &str, key: &str, value: &str) -> bool {
    let Ok(root) = serde_yaml::from_str::<Value>(text) else {
        return false;
    };
    let found = root.get(section).and_then(|section| section.get(key));
    match found {
        None => value.is_empty(),
        Some(found) => crate::config::value::text(found).is_ok_and(|text| text == value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_value_changes_and_the_rest_stays() {
        let file = "# mine\nservers:\n  a: { host: h }\nui:\n    # loud\n    bell: all # yes\n\n    time: always\nalias:\n    x: y\n";
        let after = changed(file, "ui", "bell", "off").unwrap();
        assert_eq!(after, file.replace("bell: all # yes", "bell: off"));
        let after = changed(file, "ui", "theme", "dark").unwrap();
        assert_eq!(after, file.replace("ui:\n", "ui:\n    theme: dark\n"));
        let after = changed(file, "alias", "x", "").unwrap();
        assert_eq!(after, file.replace("    x: y\n", ""));
        let after = changed("", "alias", "brb", "/away it's $1: \"x\"").unwrap();
        assert_eq!(after, "alias:\n  brb: '/away it''s $1: \"x\"'\n");
    }

    #[test]
    fn what_only_a_person_can_change_is_left_alone() {
        for file in [
            "ui: { bell: all }\n",
            "ui: [",
            "- a\n",
            "\"ui\":\n  bell: all\n",
        ] {
            assert_eq!(changed(file, "ui", "bell", "off"), None, "{file}");
        }
    }

    #[test]
    fn a_file_is_made_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("a/b/client.yaml");
        keep(&path, "ui", "bell", "off").unwrap();
        keep(&path, "ui", "muted", "#dev,#ops").unwrap();
        assert_eq!(
            std::fs::read_to_string(&path).unwrap(),
            "ui:\n  muted: '#dev,#ops'\n  bell: off\n"
        );
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(
            std::fs::read_dir(path.parent().unwrap()).unwrap().count(),
            1
        );
    }
}
