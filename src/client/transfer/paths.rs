//! Where files lie on this machine: what a path means, what a name from elsewhere becomes, what Tab finds.

use crate::client::files::words::quoted;
use crate::proto::sanitise;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// Most names looked at for completion.
const MOST: usize = 5000;
/// Longest name of a file, in bytes, with room for what is put around it meanwhile.
const LONGEST: usize = 200;

/// What a typed path means: `~` is the person's home.
pub(in crate::client) fn expanded(path: &str) -> PathBuf {
    let home = env::var_os("HOME").map(PathBuf::from);
    match (path.strip_prefix('~'), home) {
        (Some(""), Some(home)) => home,
        (Some(rest), Some(home)) if rest.starts_with('/') => {
            home.join(rest.trim_start_matches('/'))
        }
        _ => PathBuf::from(path),
    }
}

/// A name that somebody else chose, as a file may be called here: no path, nothing hidden, nothing unseen. Nothing,
/// if nothing is left of it.
pub(in crate::client) fn harmless(name: &str) -> Option<String> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let clean: String = last.chars().filter(|c| sanitise::is_plain(*c)).collect();
    let clean = clean.trim().trim_start_matches('.').trim_start();
    let mut end = clean.len().min(LONGEST);
    while !clean.is_char_boundary(end) {
        end -= 1;
    }
    let clean = clean.get(..end).unwrap_or_default();
    (!clean.is_empty()).then(|| clean.to_owned())
}

/// Where a download goes: to the path that was typed, or into that directory; else to its own name, here.
pub(super) fn target(to: Option<&str>, name: &str) -> Option<PathBuf> {
    let Some(to) = to else {
        return harmless(name).map(PathBuf::from);
    };
    let path = expanded(to);
    if to.ends_with('/') || path.is_dir() {
        return harmless(name).map(|name| path.join(name));
    }
    path.file_name().is_some().then_some(path)
}

/// A path as it is shown to the person.
pub(super) fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// The paths that begin so, as they have to be typed. Names that would harm a terminal are left out.
pub(in crate::client) fn complete(part: &str) -> Vec<String> {
    let (before, begun) = part.rsplit_once('/').map_or(("", part), |(before, begun)| {
        (part.get(..=before.len()).unwrap_or_default(), begun)
    });
    let directory = match before {
        "" if part == "~" => return vec!["~/".to_owned()],
        "" => PathBuf::from("."),
        before => expanded(before),
    };
    let entries = fs::read_dir(directory)
        .into_iter()
        .flatten()
        .take(MOST)
        .flatten();
    let mut found: Vec<String> = entries
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let is_clean = sanitise::name(&name) == name.as_str();
            let is_shown = !name.starts_with('.') || begun.starts_with('.');
            let is_fit = name.starts_with(begun) && is_clean && is_shown;
            let is_directory = is_fit && entry.path().is_dir();
            is_fit.then(|| typed(&format!("{before}{name}"), is_directory))
        })
        .collect();
    found.sort();
    found
}

/// A path as it is typed: a directory goes on, behind a quote that stays open.
fn typed(path: &str, is_directory: bool) -> String {
    let word = quoted(path);
    match (is_directory, word.strip_suffix('"')) {
        (true, Some(open)) => format!("{open}/"),
        (true, None) => format!("{word}/"),
        (false, _) => format!("{word} "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_from_elsewhere_can_be_no_path_and_nothing_hidden() {
        for (name, expected) in [
            ("report.pdf", Some("report.pdf")),
            ("../../etc/passwd", Some("passwd")),
            ("C:\\Windows\\x.dll", Some("x.dll")),
            (".bashrc", Some("bashrc")),
            ("...", None),
            ("..", None),
            ("", None),
            ("/", None),
            ("a/", None),
            ("évil\u{202e}fdp.exe", Some("évilfdp.exe")),
            (" . x", Some("x")),
        ] {
            assert_eq!(harmless(name).as_deref(), expected, "{name:?}");
        }
        let long = "é".repeat(400);
        assert_eq!(harmless(&long).map(|name| name.len()), Some(LONGEST));
        assert!(
            !harmless("a\u{1b}]2;x\u{7}b")
                .unwrap_or_default()
                .contains('\u{1b}')
        );
    }

    #[test]
    fn a_download_goes_where_it_was_told() {
        let home = tempfile::tempdir().unwrap();
        let here = home.path().to_str().unwrap();
        let file = |path: &str| target(Some(path), "../x/r.pdf");
        assert_eq!(file(here), Some(home.path().join("r.pdf")));
        assert_eq!(
            file(&format!("{here}/new.pdf")),
            Some(home.path().join("new.pdf"))
        );
        assert_eq!(
            file(&format!("{here}/none/")),
            Some(home.path().join("none/r.pdf"))
        );
        assert_eq!(target(None, "../x/r.pdf"), Some(PathBuf::from("r.pdf")));
        assert_eq!(target(None, ".."), None);
    }

    #[test]
    fn paths_are_completed_as_they_have_to_be_typed() {
        let home = tempfile::tempdir().unwrap();
        for name in ["a.txt", "a b.txt", ".hidden", "evil\u{1b}[2J"] {
            fs::write(home.path().join(name), "").unwrap();
        }
        fs::create_dir(home.path().join("a dir")).unwrap();
        let here = home.path().to_str().unwrap();
        let found = complete(&format!("{here}/a"));
        let expected = ["a dir/", "a b.txt\" ", "a.txt "];
        for end in expected {
            assert!(
                found.iter().any(|path| path.ends_with(end)),
                "{end}: {found:?}"
            );
        }
        assert_eq!(found.len(), expected.len());
        assert_eq!(complete(&format!("{here}/")).len(), 3);
        assert_eq!(
            complete(&format!("{here}/.h")),
            [format!("{here}/.hidden ")]
        );
        assert_eq!(complete("~"), ["~/"]);
    }
}
