//! A file that goes: read piece by piece on a thread that may wait for the disk.

use crate::client::files::order::Content;
use crate::client::transfer::fault::Fault;
use crate::client::transfer::{local, paths};
use crate::exit::Exit;
use async_channel::{Receiver, Sender, bounded};
use async_std::task::{self, JoinHandle};
use futures_lite::StreamExt;
use http_body_util::{BodyExt, StreamBody};
use hyper::body::{Bytes, Frame};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Cursor, ErrorKind, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::wire::Outgoing;

/// Bytes read at once.
const PIECE: usize = 128 * 1024;
/// Pieces that wait to be sent.
const MOST_PIECES: usize = 4;

/// Something that can be read from any place in it.
trait Bytewise: Read + Seek + Send + Sync {}

impl<R: Read + Seek + Send + Sync> Bytewise for R {}

/// A file that goes.
pub(super) struct Source {
    file: Box<dyn Bytewise>,
    /// As it was typed.
    pub(super) path: String,
    pub(super) name: String,
    pub(super) bytes: u64,
    hash: Sha256,
    /// Bytes that the hash has seen.
    hashed: u64,
}

/// A file on its way.
pub(super) struct Sending {
    pub(super) body: Outgoing,
    /// Bytes that were taken from the file for sending.
    pub(super) sent: Arc<AtomicU64>,
    reader: JoinHandle<Source>,
}

impl Source {
    /// What is to go: the file of this path, if it is one, or a text.
    pub(super) async fn of(content: Content) -> Result<Self, Fault> {
        match content {
            Content::File(path) => local::attempt(move || open(path)).await,
            Content::Text { name, text } => Ok(Self {
                bytes: u64::try_from(text.len()).unwrap_or_default(),
                file: Box::new(Cursor::new(text.into_bytes())),
                path: name.clone(),
                name,
                hash: Sha256::new(),
                hashed: 0,
            }),
        }
    }

    /// Sends it from `offset` on.
    pub(super) fn send(self, offset: u64) -> Sending {
        let (give, pieces) = bounded(MOST_PIECES);
        let sent = Arc::new(AtomicU64::new(offset));
        Sending {
            body: body(pieces, Arc::clone(&sent)),
            sent,
            reader: task::spawn_blocking(move || read(self, offset, &give)),
        }
    }

    /// The SHA-256 of all of it, in hexadecimal, once all was read.
    pub(super) fn digest(&self) -> Option<String> {
        let digest = self.hash.clone().finalize();
        let digest = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        (self.hashed == self.bytes).then_some(digest)
    }
}

impl Sending {
    /// Whatever is sent is sent: the file again. The body must be gone, or be read to its end.
    pub(super) async fn end(reader: JoinHandle<Source>) -> Source {
        reader.await
    }

    /// The body, the count, and who reads.
    pub(super) fn parts(self) -> (Outgoing, Arc<AtomicU64>, JoinHandle<Source>) {
        (self.body, self.sent, self.reader)
    }
}

fn open(path: String) -> Result<Source, Fault> {
    let place = paths::expanded(&path);
    let meta = fs::metadata(&place).map_err(|error| match error.kind() {
        ErrorKind::NotFound => {
            Fault::last(Exit::NotFound, format!("There is no file {path} here."))
        }
        _ => Fault::local(Exit::NotAllowed, &format!("{path} cannot be read"), &error),
    })?;
    if meta.is_dir() {
        let words = format!("{path} is a directory; one file at a time can be sent.");
        return Err(Fault::last(Exit::Usage, words));
    }
    if !meta.is_file() {
        let words = format!("{path} is no ordinary file.");
        return Err(Fault::last(Exit::Usage, words));
    }
    let file = File::open(&place).map_err(|error| {
        Fault::local(Exit::NotAllowed, &format!("{path} cannot be read"), &error)
    })?;
    let name = place
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    Ok(Source {
        file: Box::new(file),
        name: name.unwrap_or_default(),
        path,
        bytes: meta.len(),
        hash: Sha256::new(),
        hashed: 0,
    })
}

/// Reads the file into the channel, until its end or nobody wants more.
fn read(mut source: Source, offset: u64, give: &Sender<io::Result<Bytes>>) -> Source {
    if let Err(error) = read_all(&mut source, offset, give) {
        let _ = give.send_blocking(Err(error));
    }
    source
}

fn read_all(source: &mut Source, offset: u64, give: &Sender<io::Result<Bytes>>) -> io::Result<()> {
    source.hash_up_to(offset)?;
    source.file.seek(SeekFrom::Start(offset))?;
    let mut at = offset;
    while at < source.bytes {
        let piece = source.piece(at)?;
        at += u64::try_from(piece.len()).unwrap_or_default();
        if give.send_blocking(Ok(piece)).is_err() {
            return Ok(());
        }
    }
    Ok(())
}

impl Source {
    /// The server has more than this process has read: reads it too.
    fn hash_up_to(&mut self, offset: u64) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(self.hashed))?;
        while self.hashed < offset {
            let at = self.hashed;
            self.piece(at)?;
        }
        Ok(())
    }

    /// The next piece of the file, which begins at `at`.
    fn piece(&mut self, at: u64) -> io::Result<Bytes> {
        let left = usize::try_from(self.bytes - at).unwrap_or(PIECE);
        let mut piece = vec![0; left.min(PIECE)];
        let count = self.file.read(&mut piece)?;
        if count == 0 {
            let words = "the file became shorter while it was sent";
            return Err(io::Error::new(ErrorKind::UnexpectedEof, words));
        }
        piece.truncate(count);
        let end = at + u64::try_from(count).unwrap_or_default();
        if end > self.hashed {
            let new = usize::try_from(end - self.hashed.max(at)).unwrap_or(count);
            let new = piece.get(count.saturating_sub(new)..).unwrap_or_default();
            self.hash.update(new);
            self.hashed = end;
        }
        Ok(Bytes::from(piece))
    }
}

/// The pieces as the body of a request.
fn body(pieces: Receiver<io::Result<Bytes>>, sent: Arc<AtomicU64>) -> Outgoing {
    let frames = pieces.map(move |piece| {
        let piece = piece?;
        let count = u64::try_from(piece.len()).unwrap_or_default();
        sent.fetch_add(count, Ordering::Relaxed);
        Ok(Frame::data(piece))
    });
    StreamBody::new(Box::pin(frames)).boxed_unsync()
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_std::task::block_on;

    fn sent(source: Source, offset: u64) -> (Vec<u8>, Source) {
        let (body, _, reader) = source.send(offset).parts();
        let bytes = block_on(body.collect()).unwrap().to_bytes();
        (bytes.to_vec(), block_on(Sending::end(reader)))
    }

    #[test]
    fn a_file_is_hashed_once_however_often_it_is_sent() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("a b.bin");
        let all: Vec<u8> = (0..PIECE * 3 + 17).map(|at| (at % 251) as u8).collect();
        fs::write(&path, &all).unwrap();
        let source =
            block_on(Source::of(Content::File(path.to_str().unwrap().to_owned()))).unwrap();
        assert_eq!(
            (source.name.as_str(), source.bytes),
            ("a b.bin", all.len() as u64)
        );
        let (bytes, source) = sent(source, 100);
        assert!(bytes == all[100..]);
        let digest: String = Sha256::digest(&all)
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        assert_eq!(source.digest().as_ref(), Some(&digest));
        let (bytes, source) = sent(source, 0);
        assert!(bytes == all);
        assert_eq!(source.digest(), Some(digest));
    }

    #[test]
    fn what_is_no_file_is_refused_in_words() {
        let home = tempfile::tempdir().unwrap();
        let here = home.path().to_str().unwrap();
        for (path, part) in [
            (format!("{here}/none"), "There is no file"),
            (here.to_owned(), "is a directory"),
            ("/dev/null".to_owned(), "no ordinary file"),
        ] {
            let fault = block_on(Source::of(Content::File(path))).err().unwrap();
            assert!(format!("{fault:?}").contains(part), "{fault:?}");
        }
    }

    #[test]
    fn a_file_that_becomes_shorter_ends_with_an_error() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("a");
        fs::write(&path, vec![1; PIECE * 2]).unwrap();
        let source =
            block_on(Source::of(Content::File(path.to_str().unwrap().to_owned()))).unwrap();
        fs::write(&path, b"x").unwrap();
        let (body, _, _) = source.send(0).parts();
        assert!(block_on(body.collect()).is_err());
    }
}
