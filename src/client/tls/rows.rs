//! Small files of rows that the client remembers: one line each, readable and writable for their owner alone.

use std::fs::{self, File, Permissions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// Longest file that is read, in bytes.
const LONGEST: u64 = 1024 * 1024;
/// Bits of rights with which others could change a file.
const OTHERS_WRITE: u32 = 0o022;

/// A file of rows; without a place nothing is remembered.
#[derive(Debug, Clone)]
pub struct Rows(Option<PathBuf>);

impl Rows {
    pub fn new(path: Option<PathBuf>) -> Self {
        Self(path)
    }

    /// Whether nothing is remembered.
    pub fn is_nowhere(&self) -> bool {
        self.0.is_none()
    }

    /// Where they are, for sentences.
    pub fn place(&self) -> String {
        let path = self.0.as_deref().map(Path::display);
        path.map_or_else(|| "nowhere".to_owned(), |path| path.to_string())
    }

    /// Every line that is neither empty nor a comment, with its number.
    pub fn read(&self) -> Result<Vec<(usize, String)>, String> {
        let text = self.text()?;
        let lines = text.lines().enumerate();
        Ok(lines
            .map(|(at, line)| (at + 1, line.trim().to_owned()))
            .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
            .collect())
    }

    fn text(&self) -> Result<String, String> {
        let Some(path) = &self.0 else {
            return Ok(String::new());
        };
        let shown = path.display();
        let meta = match fs::metadata(path) {
            Ok(meta) => meta,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(String::new()),
            Err(error) => return Err(format!("Cannot read {shown}: {error}.")),
        };
        if meta.permissions().mode() & OTHERS_WRITE != 0 {
            return Err(format!(
                "Others may change {shown}, so it cannot be relied on.\nIf it is as you left it: chmod 600 {shown}"
            ));
        }
        if meta.len() > LONGEST {
            return Err(format!("{shown} is too long."));
        }
        fs::read_to_string(path).map_err(|error| format!("Cannot read {shown}: {error}."))
    }

    /// Puts `row` in place of the rows whose first word is `key`; without a row they go. The rest stays as it is.
    pub fn put(&self, key: &str, row: Option<&str>) -> Result<(), String> {
        let Some(path) = &self.0 else {
            return Ok(());
        };
        let old = self.text()?;
        let is_other = |line: &&str| line.split_whitespace().next() != Some(key);
        let mut new: String = old
            .lines()
            .filter(is_other)
            .map(|line| format!("{line}\n"))
            .collect();
        if let Some(row) = row {
            new.push_str(row);
            new.push('\n');
        }
        if new == old {
            return Ok(());
        }
        replace(path, &new).map_err(|error| format!("Cannot write {}: {error}.", path.display()))
    }
}

/// Writes a file anew in one step, so that it is never half there.
fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(directory) = path.parent()
        && !directory.exists()
    {
        fs::create_dir_all(directory)?;
        fs::set_permissions(directory, Permissions::from_mode(0o700))?;
    }
    let other = path.with_extension(format!("new-{}", std::process::id()));
    let mut options = File::options();
    let options = options.write(true).create(true).truncate(true).mode(0o600);
    let mut file = options.open(&other)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&other, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_takes_the_place_of_the_one_before() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("state/known");
        let rows = Rows::new(Some(path.clone()));
        assert_eq!(rows.read(), Ok(Vec::new()));
        rows.put("a", Some("a 1")).unwrap();
        rows.put("b", Some("b 1")).unwrap();
        rows.put("a", Some("a 2")).unwrap();
        let found = [(1, "b 1".to_owned()), (2, "a 2".to_owned())];
        assert_eq!(rows.read().unwrap(), found);
        rows.put("b", None).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "a 2\n");
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(fs::read_dir(home.path().join("state")).unwrap().count(), 1);
    }

    #[test]
    fn comments_stay() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("known");
        replace(&path, "# mine\n\na 1\n").unwrap();
        let rows = Rows::new(Some(path.clone()));
        rows.put("b", Some("b 1")).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text, "# mine\n\na 1\nb 1\n");
    }

    #[test]
    fn a_file_that_others_may_change_is_not_relied_on() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("known");
        replace(&path, "a 1\n").unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o620)).unwrap();
        let words = Rows::new(Some(path)).read().unwrap_err();
        assert!(words.contains("chmod 600"), "{words}");
    }

    #[test]
    fn without_a_place_nothing_is_remembered() {
        let rows = Rows::new(None);
        rows.put("a", Some("a 1")).unwrap();
        assert_eq!(rows.read(), Ok(Vec::new()));
    }
}
