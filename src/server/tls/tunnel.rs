//! The TLS of one connection: records in, plain bytes out, and the other way. It holds no socket and never waits.
//!
//! Bounded: what comes in is handed on at once, and no more than [`MOST`] bytes wait enciphered for the socket.

use crate::proto::fingerprint::Fingerprint;
use crate::server::world::secured::{Secured, Version};
use rustix::fd::OwnedFd;
use rustix::io::Errno;
use rustix::net::{SendAncillaryBuffer, SendFlags};
use rustls::{Error, ProtocolVersion, ServerConfig, ServerConnection};
use std::io::{self, ErrorKind, IoSlice, Read, Write};
use std::sync::Arc;

/// Bytes that are enciphered before the socket has taken those before.
const MOST: usize = 32 * 1024;
/// The first byte of a connection that begins with TLS: a record of a handshake. No line begins with it.
pub(in crate::server) const FIRST: u8 = 0x16;
/// To who asks for TLS where none is spoken: a fatal alert, that the handshake failed.
pub(in crate::server) const NOT_SPOKEN: &[u8] = &[0x15, 3, 3, 0, 2, 2, 40];

/// The TLS of one connection.
#[derive(Debug)]
pub(in crate::server) struct Tunnel {
    conn: ServerConnection,
    stage: Stage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Handshake,
    Open,
    /// We have said that we will say no more, or what came was no TLS.
    Over,
}

/// What came of bytes.
#[derive(Debug, Default)]
pub(in crate::server) struct Taken {
    /// The handshake is done, with this outcome.
    pub(in crate::server) secured: Option<Secured>,
    pub(in crate::server) end: Option<End>,
}

/// Why no more can come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum End {
    /// The other end said that it will say no more.
    Finished,
    /// What came is no TLS, or none that is spoken here.
    Broken(&'static str),
}

/// How far writing came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum Flow {
    /// The socket has taken everything.
    All,
    /// The socket took this much and no more for now.
    Part(usize),
}

impl Tunnel {
    /// One that begins; `None` if these terms allow none.
    pub(super) fn new(config: Arc<ServerConfig>) -> Option<Self> {
        let mut conn = ServerConnection::new(config).ok()?;
        conn.set_buffer_limit(Some(MOST));
        Some(Self {
            conn,
            stage: Stage::Handshake,
        })
    }

    /// Whether it is not yet agreed on keys.
    pub(in crate::server) fn is_shaking_hands(&self) -> bool {
        self.stage == Stage::Handshake
    }

    /// Whether nothing can be said through it any more.
    pub(in crate::server) fn is_over(&self) -> bool {
        self.stage == Stage::Over
    }

    /// Whether something waits for the socket.
    pub(in crate::server) fn has_output(&self) -> bool {
        self.conn.wants_write()
    }

    /// Takes in what came; plain bytes are added to `plain`.
    pub(in crate::server) fn take_in(&mut self, mut chunk: &[u8], plain: &mut Vec<u8>) -> Taken {
        let mut taken = Taken::default();
        while !chunk.is_empty() && taken.end.is_none() {
            taken.end = self.step(&mut chunk, plain).unwrap_or_else(|why| {
                self.stage = Stage::Over;
                Some(End::Broken(why))
            });
        }
        if self.stage == Stage::Handshake && !self.conn.is_handshaking() {
            self.stage = Stage::Open;
            taken.secured = self.secured();
        }
        // Has the library give back what a long record took.
        let _ = self.conn.read_tls(&mut Silence);
        taken
    }

    fn step(
        &mut self,
        chunk: &mut &[u8],
        plain: &mut Vec<u8>,
    ) -> Result<Option<End>, &'static str> {
        let read = self.conn.read_tls(chunk);
        read.map_err(|_| "a record is too long")?;
        let state = self.conn.process_new_packets().map_err(|why| words(&why))?;
        let (start, more) = (plain.len(), state.plaintext_bytes_to_read());
        plain.resize(start.saturating_add(more), 0);
        let room = plain.get_mut(start..).unwrap_or_default();
        let read = self.conn.reader().read_exact(room);
        read.map_err(|_| "less came than was said")?;
        Ok(state.peer_has_closed().then_some(End::Finished))
    }

    fn secured(&self) -> Option<Secured> {
        let version = match self.conn.protocol_version()? {
            ProtocolVersion::TLSv1_3 => Version::Tls13,
            _ => Version::Tls12,
        };
        let chain = self.conn.peer_certificates().unwrap_or_default();
        Some(Secured {
            version,
            certificate: chain.first().map(|first| Fingerprint::of(first)),
        })
    }

    /// Enciphers from the beginning of `bytes`, as long as not too much waits; returns how many.
    pub(in crate::server) fn encipher(&mut self, bytes: &[u8]) -> usize {
        match self.stage {
            Stage::Open => self.conn.writer().write(bytes).unwrap_or(0),
            Stage::Handshake | Stage::Over => 0,
        }
    }

    /// Writes what is enciphered.
    pub(in crate::server) fn write(&mut self, socket: &OwnedFd) -> Result<Flow, Errno> {
        let mut all = 0_usize;
        while self.conn.wants_write() {
            match self.conn.write_tls(&mut Wire(socket)) {
                Ok(taken) => all = all.saturating_add(taken),
                Err(why) if is_full(&why) => return Ok(Flow::Part(all)),
                Err(why) => return Err(Errno::from_io_error(&why).unwrap_or(Errno::IO)),
            }
        }
        Ok(Flow::All)
    }

    /// Says that nothing more will be said; returns whether that is news that has to be written.
    pub(in crate::server) fn say_goodbye(&mut self) -> bool {
        if self.stage == Stage::Over {
            return false;
        }
        self.stage = Stage::Over;
        self.conn.send_close_notify();
        true
    }
}

fn is_full(why: &io::Error) -> bool {
    matches!(why.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted)
}

/// What was wrong, for the log: in our words, for the library's hold what the other end sent.
fn words(why: &Error) -> &'static str {
    match why {
        Error::PeerIncompatible(_) => "no version, cipher or key exchange in common",
        Error::AlertReceived(_) => "the other end gave up",
        Error::InvalidMessage(_) | Error::InappropriateMessage { .. } => "that was no TLS",
        Error::InappropriateHandshakeMessage { .. } => "a message out of turn",
        Error::DecryptError => "a record that was changed on its way",
        Error::InvalidCertificate(_) | Error::NoCertificatesPresented => "the client's certificate",
        _ => "the rules of TLS were broken",
    }
}

/// The socket as the library writes to it: with one call for many records.
struct Wire<'s>(&'s OwnedFd);

impl Write for Wire<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(rustix::net::send(self.0, bytes, SendFlags::NOSIGNAL)?)
    }

    fn write_vectored(&mut self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        let mut nothing = SendAncillaryBuffer::default();
        let sent = rustix::net::sendmsg(self.0, slices, &mut nothing, SendFlags::NOSIGNAL)?;
        Ok(sent)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A reader to whom nothing has come yet.
struct Silence;

impl Read for Silence {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(ErrorKind::WouldBlock.into())
    }
}
