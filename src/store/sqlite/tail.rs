//! The end of a write-ahead file: what of it belongs to no finished commit. SQLite leaves that out by
//! itself; this is for telling the owner of the server that it did.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

const HEADER: u64 = 32;
const FRAME_HEADER: u64 = 24;

/// How many bytes of the write-ahead file of this database belong to no finished commit, if any do.
pub fn unfinished(database: &Path) -> Option<u64> {
    let mut name = database.as_os_str().to_owned();
    name.push("-wal");
    let file = File::open(name).ok()?;
    let length = file.metadata().ok()?.len();
    let kept = finished(BufReader::new(file), length).ok()?;
    length.checked_sub(kept).filter(|rest| *rest > 0)
}

/// Bytes that need no word: those of finished commits, and those from an earlier life of the file.
fn finished(mut file: impl Read + Seek, length: u64) -> io::Result<u64> {
    if length < HEADER {
        return Ok(0);
    }
    let mut header = [0; HEADER as usize];
    file.read_exact(&mut header)?;
    let [.., s0, s1, s2, s3, s4, s5, s6, s7, _, _, _, _, _, _, _, _] = header;
    let salt = [s0, s1, s2, s3, s4, s5, s6, s7];
    let [_, _, _, _, _, _, _, _, p0, p1, p2, p3, ..] = header;
    let page = u64::from(u32::from_be_bytes([p0, p1, p2, p3]));
    let (mut at, mut kept) = (HEADER, HEADER);
    while at + FRAME_HEADER + page <= length {
        file.seek(SeekFrom::Start(at))?;
        let mut frame = [0; FRAME_HEADER as usize];
        file.read_exact(&mut frame)?;
        if frame.get(8..16) != Some(&salt) {
            return Ok(length - (at - kept));
        }
        at += FRAME_HEADER + page;
        if frame.get(4..8) != Some(&[0; 4]) {
            kept = at;
        }
    }
    Ok(kept)
}
