//! Other programs that have the terminal for a while: a pager for what is long, an editor for what is to be said.

use rustix::process::getpid;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Most bytes that are taken back from an editor.
const LONGEST: u64 = 1024 * 1024;
/// What `less` is told if nobody told it anything: leave if it fits, take colours, leave the screen as it is.
const LESS: &str = "FRX";

/// Shows `text` in `$PAGER`.
pub(super) fn page(text: &str) -> Result<(), String> {
    let pager = set("PAGER").unwrap_or_else(|| "less".to_owned());
    let mut command = shell(&pager, None);
    if set("LESS").is_none() {
        command.env("LESS", LESS);
    }
    let mut child = command
        .stdin(Stdio::piped())
        .spawn()
        .map_err(|why| cannot(&pager, &why.to_string()))?;
    if let Some(mut input) = child.stdin.take() {
        // Who leaves the pager early reads no further.
        let _ = input.write_all(text.as_bytes());
    }
    match child.wait() {
        Ok(status) if status.code() == Some(127) => Err(cannot(&pager, "there is no such program")),
        Ok(_) => Ok(()),
        Err(why) => Err(cannot(&pager, &why.to_string())),
    }
}

/// Has `text` changed in `$VISUAL` or `$EDITOR`; what it is then.
pub(super) fn edit(text: &str) -> Result<String, String> {
    let editor = set("VISUAL").or_else(|| set("EDITOR"));
    let editor = editor.unwrap_or_else(|| "vi".to_owned());
    let file =
        Draft::make(text).map_err(|why| format!("cannot write a file for {editor}: {why}"))?;
    let status = shell(&editor, Some(&file.0))
        .status()
        .map_err(|why| cannot(&editor, &why.to_string()))?;
    if !status.success() {
        return Err(cannot(&editor, &format!("it ended with {status}")));
    }
    file.read()
        .map_err(|why| format!("cannot read what {editor} wrote: {why}"))
}

/// A file for one's own eyes, gone with this.
struct Draft(PathBuf);

impl Draft {
    fn make(text: &str) -> std::io::Result<Self> {
        let place = std::env::temp_dir();
        let mut number = 0;
        loop {
            let name = format!("chat-{}-{number}.txt", getpid().as_raw_nonzero());
            let path = place.join(name);
            let mut options = OpenOptions::new();
            let made = options.write(true).create_new(true).mode(0o600).open(&path);
            match made {
                Ok(mut file) => {
                    let draft = Self(path);
                    file.write_all(text.as_bytes())?;
                    return Ok(draft);
                }
                Err(why) if why.kind() == ErrorKind::AlreadyExists && number < 100 => number += 1,
                Err(why) => return Err(why),
            }
        }
    }

    fn read(&self) -> std::io::Result<String> {
        if fs::metadata(&self.0)?.len() > LONGEST {
            return Err(std::io::Error::other("it is longer than 1 MiB"));
        }
        fs::read_to_string(&self.0)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// A command line of the person's own, as a shell reads it, with a file behind it.
fn shell(line: &str, file: Option<&Path>) -> Command {
    let mut command = Command::new("sh");
    match file {
        Some(file) => command
            .arg("-c")
            .arg(format!("{line} \"$1\""))
            .arg("sh")
            .arg(file),
        None => command.arg("-c").arg(line),
    };
    command
}

fn set(key: &str) -> Option<String> {
    std::env::var(key)
        .ok()
        .filter(|value| !value.trim().is_empty())
}

fn cannot(program: &str, why: &str) -> String {
    format!("{program} did not work: {why}. $PAGER and $EDITOR name the programs")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_draft_is_for_its_writer_alone_and_leaves_nothing() {
        let draft = Draft::make("two\nlines").unwrap();
        let mode = fs::metadata(&draft.0).unwrap().permissions().mode();
        assert_eq!(
            (mode & 0o777, draft.read().unwrap().as_str()),
            (0o600, "two\nlines")
        );
        let other = Draft::make("").unwrap();
        assert_ne!(other.0, draft.0);
        let path = draft.0.clone();
        drop(draft);
        assert!(!path.exists());
    }
}
