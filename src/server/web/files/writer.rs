//! The task that writes one upload, apart from the request that brings its bytes: when the request ends in the
//! middle, what was handed over is written, and what can go on later is kept.

use crate::server::web::files::picture::{self, Kind};
use crate::server::web::files::pieces::{Piece, Pieces};
use crate::server::web::files::uploads::Turn;
use crate::server::web::files::{Files, Trouble};
use crate::server::world::file::{FileAnswer, FileAsk, Refused, UploadId};
use crate::store::blobs::incoming::{Incoming, Stored};
use crate::store::record::file::FileRow;
use async_channel::{Receiver, Sender};
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Bytes that came are handed over after this long, though there are few of them: others wait for the memory.
const SOON: Duration = Duration::from_secs(1);

/// What a request hands over.
#[derive(Debug)]
enum Step {
    Piece(Piece),
    /// Nothing more comes with this request.
    End,
}

/// Whether an upload may go on after its request has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    Once,
    Resumable,
}

/// What came of it.
#[derive(Debug)]
pub(super) enum Verdict {
    /// It is whole, and listed.
    Listed(Box<FileRow>),
    /// It is whole, and is not wanted.
    Refused(Refused),
    /// So many bytes are there.
    Paused(u64),
    /// It was removed: fewer bytes came than were announced.
    Short,
    Failed(Trouble),
}

/// Why bytes are not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Untaken {
    /// More came than were announced.
    TooMany,
    /// They cannot be written; the verdict tells why.
    Failed,
}

/// The request's side.
#[derive(Debug)]
pub(super) struct Hand {
    steps: Sender<Step>,
    verdict: Receiver<Verdict>,
    pieces: Pieces,
    gathered: Option<Piece>,
    /// When what is gathered is handed over at the latest.
    until: Instant,
    /// Bytes that may still come.
    left: u64,
}

impl Hand {
    /// Hands bytes over, in pieces of some length. An error: they are not taken, nor is anything more.
    pub(super) async fn take(&mut self, mut bytes: &[u8]) -> Result<(), Untaken> {
        let more = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.left = self.left.checked_sub(more).ok_or(Untaken::TooMany)?;
        while !bytes.is_empty() {
            let mut piece = match self.gathered.take() {
                Some(piece) => piece,
                None => {
                    self.until = Instant::now() + SOON;
                    self.pieces.take().await
                }
            };
            bytes = piece.fill(bytes);
            let is_full = piece.is_full();
            self.gathered = Some(piece);
            if is_full {
                self.flush().await?;
            }
        }
        Ok(())
    }

    /// When [`flush`](Self::flush) is due, if something is gathered.
    pub(super) fn is_due(&self) -> Option<Instant> {
        self.gathered.as_ref().map(|_| self.until)
    }

    /// Hands over what is gathered.
    pub(super) async fn flush(&mut self) -> Result<(), Untaken> {
        match self.gathered.take() {
            Some(piece) => {
                let sent = self.steps.send(Step::Piece(piece)).await;
                sent.map_err(|_| Untaken::Failed)
            }
            None => Ok(()),
        }
    }

    /// Ends the request in order; what came of it.
    pub(super) async fn end(mut self) -> Verdict {
        // Who takes no more has a verdict.
        let _ = self.flush().await;
        let _ = self.steps.send(Step::End).await;
        let verdict = self.verdict.recv().await;
        verdict.unwrap_or(Verdict::Failed(Trouble::Broken))
    }
}

impl Drop for Hand {
    fn drop(&mut self) {
        // What came before the request broke off is not to come again.
        if let Some(rest) = self.gathered.take() {
            let steps = self.steps.clone();
            async_std::task::spawn(async move {
                let _ = steps.send(Step::Piece(rest)).await;
            });
        }
    }
}

/// The writer's side.
pub(super) struct Writer {
    pub(super) files: Arc<Files>,
    pub(super) id: UploadId,
    pub(super) total: u64,
    pub(super) manner: Manner,
    /// Whether places and cameras are taken out of pictures.
    pub(super) strips: Strips,
}

/// Whether something is taken out of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strips {
    Nothing,
    Pictures,
}

impl Writer {
    /// Begins to write, and gives the right to do so back in the end.
    pub(super) fn start(self, incoming: Incoming, turn: Turn) -> Hand {
        let (steps, taken) = async_channel::bounded(1);
        let (tell, verdict) = async_channel::bounded(1);
        let pieces = self.files.pieces.clone();
        let left = self.total.saturating_sub(incoming.bytes());
        async_std::task::spawn(async move {
            let verdict = self.write(incoming, taken).await;
            drop(turn);
            let _ = tell.try_send(verdict);
        });
        Hand {
            steps,
            verdict,
            pieces,
            gathered: None,
            until: Instant::now(),
            left,
        }
    }

    async fn write(self, mut incoming: Incoming, taken: Receiver<Step>) -> Verdict {
        loop {
            match taken.recv().await {
                Ok(Step::Piece(piece)) => match self.append(incoming, piece).await {
                    (kept, Ok(())) => incoming = kept,
                    (kept, Err(error)) => return self.fail(Some(kept), &error).await,
                },
                Ok(Step::End) if incoming.bytes() == self.total => {
                    return self.complete(incoming).await;
                }
                // It came whole though its request broke off at the very end.
                Err(_) if incoming.bytes() == self.total => return self.complete(incoming).await,
                Ok(Step::End) | Err(_) => return self.interrupt(incoming).await,
            }
        }
    }

    async fn append(&self, mut incoming: Incoming, piece: Piece) -> (Incoming, io::Result<()>) {
        let job = move || {
            let appended = incoming.append(piece.bytes());
            (incoming, appended)
        };
        self.files.writing.run(job).await
    }

    async fn interrupt(self, incoming: Incoming) -> Verdict {
        match self.manner {
            Manner::Once => {
                drop(incoming);
                self.files.give_up(self.id).await;
                Verdict::Short
            }
            Manner::Resumable => {
                let bytes = incoming.bytes();
                self.files.uploads.pause(self.id, incoming.pause());
                Verdict::Paused(bytes)
            }
        }
    }

    /// Nothing half stays, but what can go on when there is room again.
    async fn fail(self, incoming: Option<Incoming>, error: &io::Error) -> Verdict {
        let trouble = Trouble::of(error);
        match (incoming, self.manner, trouble) {
            (Some(incoming), Manner::Resumable, Trouble::Full) => {
                self.files.uploads.pause(self.id, incoming.pause());
            }
            (incoming, _, _) => {
                drop(incoming);
                self.files.give_up(self.id).await;
            }
        }
        Verdict::Failed(trouble)
    }

    /// All bytes are there: they get their place, and only then the file is listed.
    async fn complete(self, mut incoming: Incoming) -> Verdict {
        let (blobs, strips) = (Arc::clone(&self.files.blobs), self.strips);
        let job = move || {
            if strips == Strips::Pictures {
                strip(&mut incoming)?;
            }
            blobs.keep(incoming)
        };
        let stored = match self.files.writing.run(job).await {
            Ok(stored) => stored,
            Err(error) => return self.fail(None, &error).await,
        };
        let Stored { digest, bytes, pin } = stored;
        let answer = self
            .files
            .ask(FileAsk::End {
                upload: self.id,
                digest,
                bytes,
            })
            .await;
        self.files.uploads.end(self.id);
        drop(pin);
        match answer {
            FileAnswer::Listed(row) => Verdict::Listed(row),
            answer => {
                let _ = self.files.ask(FileAsk::Abandon(self.id)).await;
                self.files.let_go(digest);
                Verdict::Refused(match answer {
                    FileAnswer::Refused(refused) => refused,
                    _ => Refused::Busy,
                })
            }
        }
    }
}

/// Takes out of a picture what is no part of it.
fn strip(incoming: &mut Incoming) -> io::Result<()> {
    let is_picture = Kind::of(&incoming.first(picture::HEAD)?).is_some();
    if !is_picture || incoming.bytes() > picture::LONGEST {
        return Ok(());
    }
    match picture::stripped(incoming.content()?) {
        Some(plain) => incoming.replace(&plain),
        None => Ok(()),
    }
}
