//! What one client who writes as fast as its socket takes does to the others' latency.

use crate::register::{has_arrived, hello, is_refused};
use crate::run::Run;
use crate::scenario::rooms::Rooms;
use crate::wire;
use clap::{Args, ValueEnum};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::thread;

#[derive(Args, Debug)]
pub struct Abuser {
    #[command(flatten)]
    pub rooms: Rooms,
    /// Whom the abuser writes to
    #[arg(long, value_enum, default_value_t = Target::Itself)]
    at: Target,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Target {
    /// Itself, so that only what it takes from the others counts
    Itself,
    /// Nobody: the server is asked for answers
    Server,
    /// The first room, which is then louder for its members too
    Room,
}

impl Target {
    fn line(self) -> &'static str {
        match self {
            Self::Itself => "PRIVMSG abuser :and another one, and another one, and another one\r\n",
            Self::Server => "PING :and another one\r\n",
            Self::Room => "PRIVMSG #r0 :and another one, and another one, and another one\r\n",
        }
    }
}

/// Lines in one write of the abuser.
const AT_ONCE: usize = 200;

impl Abuser {
    pub fn act(&self, run: &mut Run) -> Result<(), String> {
        self.rooms.prepare(run)?;
        let mut calm = self.rooms.offered(run);
        calm.measure(run, "calm_")?;
        let abuse = Abuse::begin(run, self.at).map_err(|error| format!("abuser: {error}"))?;
        let mut abused = self.rooms.offered(run);
        let result = abused.measure(run, "abused_");
        let (written, is_cut) = abuse.end();
        let figures = &mut run.figures;
        figures.set("abuser_bytes_taken", written);
        figures.set("abuser_disconnected", is_cut);
        let p99 = |hist: &crate::hist::Hist| hist.percentile(0.99) as f64 / 1e6;
        let (calm, abused) = (p99(&calm.latency), p99(&abused.latency));
        figures.number("p99_ratio", abused / calm);
        // At most 1 if the others' p99 is no more than 1.2 times what it was, plus 10 ms.
        figures.number("p99_of_allowed", abused / (1.2 * calm + 10.0));
        result.map(drop)
    }
}

/// The abuser, with one thread that writes and one that reads.
struct Abuse {
    stream: TcpStream,
    writer: thread::JoinHandle<u64>,
    reader: thread::JoinHandle<()>,
}

impl Abuse {
    fn begin(run: &Run, at: Target) -> io::Result<Self> {
        let stream = TcpStream::connect((run.common.host, run.common.port))?;
        stream.set_nodelay(true)?;
        let mut lines = BufReader::new(stream.try_clone()?);
        (&stream).write_all(&hello(&run.common, "abuser"))?;
        arrive(&stream, &mut lines)?;
        if at == Target::Room {
            (&stream).write_all(b"JOIN #r0\r\n")?;
        }
        let (mut into, mut from) = (stream.try_clone()?, lines.into_inner());
        let writer = thread::spawn(move || {
            let lines = at.line().repeat(AT_ONCE);
            let mut written = 0;
            while into.write_all(lines.as_bytes()).is_ok() {
                written += lines.len() as u64;
            }
            written
        });
        let reader = thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            while matches!(from.read(&mut buffer), Ok(1..)) {}
        });
        Ok(Self {
            stream,
            writer,
            reader,
        })
    }

    /// Bytes that the server took, and whether it had closed the connection by itself.
    fn end(self) -> (u64, bool) {
        let is_cut = self.writer.is_finished();
        // It may be closed already.
        let _ = self.stream.shutdown(Shutdown::Both);
        let written = self.writer.join().unwrap_or(0);
        let _ = self.reader.join();
        (written, is_cut)
    }
}

fn arrive(mut stream: &TcpStream, lines: &mut impl BufRead) -> io::Result<()> {
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line)? > 0 {
        let words = wire::split(line.trim_ascii_end());
        if has_arrived(&words) {
            return Ok(());
        }
        if is_refused(&words) {
            break;
        }
        if words.command == b"PING" {
            stream.write_all(&[b"PONG ", words.rest, b"\r\n"].concat())?;
        }
        line.clear();
    }
    Err(io::Error::other(wire::text(&line)))
}
