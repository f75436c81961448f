//! `chat docs`: writes man pages and completions into a directory, for packagers and for the repository.

use crate::cmd::{manual, say};
use crate::exit::Exit;
use clap::Args;
use std::path::{Path, PathBuf};

/// Where to.
#[derive(Debug, Args)]
pub struct Docs {
    /// Directory that holds man/ and completions/
    #[arg(default_value = ".")]
    directory: PathBuf,
}

/// Writes every page.
pub fn run(args: &Docs) -> Exit {
    for (path, content) in manual::pages() {
        if let Err(error) = write(&args.directory.join(&path), &content) {
            say(&format!("{path} cannot be written: {error}\n"));
            return Exit::Failed;
        }
    }
    Exit::Done
}

fn write(path: &Path, content: &[u8]) -> std::io::Result<()> {
    if let Some(directory) = path.parent() {
        std::fs::create_dir_all(directory)?;
    }
    std::fs::write(path, content)
}
