//! What a client is before anybody types: how long `chat connect` takes from exec to the first byte it sends, and
//! how large the binary is.

use crate::clock;
use crate::hist::Hist;
use crate::report::Figures;
use clap::Args;
use serde_json::Value;
use std::io::{self, Read};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

#[derive(Args, Debug)]
pub struct Program {
    /// The binary
    #[arg(long)]
    binary: PathBuf,
    /// How often it is started
    #[arg(short, long, default_value_t = 30)]
    times: u32,
}

const WITHIN: Duration = Duration::from_secs(10);

impl Program {
    pub fn run(&self) -> Value {
        let mut figures = Figures::default();
        let result = self.measure(&mut figures);
        figures.set("scenario", "program");
        figures.set("ok", result.is_ok());
        if let Err(error) = result {
            figures.set("error", format!("{}: {error}", self.binary.display()));
        }
        Value::Object(figures.0)
    }

    fn measure(&self, figures: &mut Figures) -> io::Result<()> {
        let bytes = self.binary.metadata()?.len();
        figures.number("binary_mib", bytes as f64 / f64::from(1 << 20));
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let mut took = Hist::default();
        for _ in 0..self.times {
            took.record(self.first_byte(&listener)?);
        }
        figures.percentiles("start", &took);
        Ok(())
    }

    /// Nanoseconds from exec to the first byte that arrives.
    fn first_byte(&self, listener: &TcpListener) -> io::Result<u64> {
        let port = listener.local_addr()?.port().to_string();
        let begun = clock::now();
        let child = Command::new(&self.binary)
            .args(["connect", "127.0.0.1", &port, "--nick", "early"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let _ended = Ended(child);
        let (mut stream, _) = accept(listener)?;
        stream.set_read_timeout(Some(WITHIN))?;
        stream.read_exact(&mut [0])?;
        Ok(clock::now() - begun)
    }
}

/// A child that ends with this.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Waits for a connection, but not for ever.
fn accept(listener: &TcpListener) -> io::Result<(std::net::TcpStream, std::net::SocketAddr)> {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let mut listeners = [PollFd::new(listener, PollFlags::IN)];
    let timeout = Timespec {
        tv_sec: WITHIN.as_secs() as i64,
        tv_nsec: 0,
    };
    match poll(&mut listeners, Some(&timeout))? {
        0 => Err(io::ErrorKind::TimedOut.into()),
        _ => listener.accept(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_binary_that_is_not_there_is_a_fault() {
        let program = Program {
            binary: "/nowhere/chat".into(),
            times: 1,
        };
        assert_eq!(program.run()["ok"], false);
    }
}
