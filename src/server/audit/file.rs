//! The audit file on the disk: lines that are there when [`File::append`] returns, in a few files of bounded size.

use crate::server::audit::entry::Search;
use std::fs::{self, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// Largest file; a larger one is put aside.
const MAX_BYTES: u64 = 8 << 20;
/// Files that are kept beside it.
const KEPT: usize = 4;
/// Longest line that is read.
const MAX_LINE: u64 = 4 << 20;

/// Where lines are added.
#[derive(Debug)]
pub(super) struct File {
    path: PathBuf,
    open: Option<Open>,
    most: u64,
}

#[derive(Debug)]
struct Open {
    file: fs::File,
    bytes: u64,
    identity: (u64, u64),
}

impl File {
    pub(super) fn new(path: PathBuf) -> Self {
        Self {
            path,
            open: None,
            most: MAX_BYTES,
        }
    }

    /// Adds whole lines. If that fails, nothing of them is left.
    pub(super) fn append(&mut self, lines: &[u8]) -> io::Result<()> {
        let mut open = self.ready(lines.len() as u64)?;
        let written = open
            .file
            .write_all(lines)
            .and_then(|()| open.file.sync_data());
        match written {
            Ok(()) => open.bytes += lines.len() as u64,
            Err(error) => {
                let _ = open.file.set_len(open.bytes);
                return Err(error); // It is opened anew the next time.
            }
        }
        self.open = Some(open);
        Ok(())
    }

    /// The file with room for so many bytes, opened anew if it is not the one at its path any more.
    fn ready(&mut self, bytes: u64) -> io::Result<Open> {
        let there = fs::symlink_metadata(&self.path).ok();
        let there = there.map(|about| (about.dev(), about.ino()));
        let mut open = match self.open.take() {
            Some(open) if Some(open.identity) == there => open,
            _ => self.opened()?,
        };
        if open.bytes > 0 && open.bytes + bytes > self.most {
            put_aside(&self.path)?;
            open = self.opened()?;
        }
        Ok(open)
    }

    fn opened(&self) -> io::Result<Open> {
        let mut options = OpenOptions::new();
        options.create(true).append(true).read(true).mode(0o600);
        let mut file = options.open(&self.path)?;
        let about = file.metadata()?;
        let mut bytes = about.len();
        if bytes > 0 && !ends_line(&self.path)? {
            file.write_all(b"\n")?;
            bytes += 1;
        }
        if let Some(directory) = self.path.parent() {
            fs::File::open(directory)?.sync_all()?;
        }
        Ok(Open {
            file,
            bytes,
            identity: (about.dev(), about.ino()),
        })
    }
}

/// Whether nothing stands unfinished at the end.
fn ends_line(path: &Path) -> io::Result<bool> {
    use std::io::{Read, Seek, SeekFrom};
    let mut file = fs::File::open(path)?;
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

/// The name of an older file; 0 is the newest.
fn older(path: &Path, age: usize) -> PathBuf {
    match age {
        0 => path.to_owned(),
        age => path.with_added_extension(age.to_string()),
    }
}

/// Makes room: each file takes the place of the next older one, and the oldest goes.
fn put_aside(path: &Path) -> io::Result<()> {
    for age in (0..KEPT).rev() {
        match fs::rename(older(path, age), older(path, age + 1)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Reads every line that there is, the oldest first.
pub(super) fn read(path: &Path, search: &mut Search) -> io::Result<()> {
    for age in (0..=KEPT).rev() {
        let file = match fs::File::open(older(path, age)) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        let mut lines = BufReader::new(file);
        let mut line = Vec::new();
        loop {
            line.clear();
            let read = io::Read::take(&mut lines, MAX_LINE).read_until(b'\n', &mut line)?;
            if read == 0 {
                break;
            }
            search.line(&line);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::world::deed::Wanted;
    use std::os::unix::fs::PermissionsExt;

    fn ids(path: &Path) -> Vec<u64> {
        let mut search = Search::new(Wanted {
            count: 10_000,
            user: None,
            command: None,
            since_ms: 0,
        });
        read(path, &mut search).unwrap();
        let found = search.done().found;
        found
            .iter()
            .filter_map(|deed| deed["id"].as_u64())
            .collect()
    }

    fn line(id: u64) -> Vec<u8> {
        format!("{{\"id\":{id},\"command\":\"kick\"}}\n").into_bytes()
    }

    #[test]
    fn the_file_is_the_owners_and_old_lines_go_in_the_end() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("audit.log");
        let mut file = File::new(path.clone());
        file.most = 1000;
        for id in 0..500 {
            file.append(&line(id)).unwrap();
        }
        let about = fs::metadata(&path).unwrap();
        assert_eq!(about.permissions().mode() & 0o777, 0o600);
        let ids = ids(&path);
        assert_eq!(ids.last(), Some(&499));
        assert!((100..250).contains(&ids.len()), "{}", ids.len());
        assert!(ids.windows(2).all(|pair| pair[1] == pair[0] + 1));
        assert_eq!(fs::read_dir(directory.path()).unwrap().count(), KEPT + 1);
    }

    #[test]
    fn what_a_crash_left_harms_no_other_line_and_a_moved_file_is_made_anew() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("audit.log");
        fs::write(&path, b"{\"id\":1,\"command\":\"kick\"}\n{\"id\":2,\"comm").unwrap();
        let mut file = File::new(path.clone());
        file.append(&line(3)).unwrap();
        assert_eq!(ids(&path), [1, 3]);
        fs::rename(&path, directory.path().join("elsewhere")).unwrap();
        file.append(&line(4)).unwrap();
        assert_eq!(ids(&path), [4]);
    }

    #[test]
    fn a_place_that_cannot_be_written_is_told() {
        let directory = tempfile::tempdir().unwrap();
        let mut file = File::new(directory.path().join("gone/audit.log"));
        assert!(file.append(&line(1)).is_err());
    }
}
