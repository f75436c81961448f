//! A server in this process and raw clients of it: bytes out, lines in, and a deadline for each wait.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    unreachable_pub,
    reason = "a test's helper fails by panicking, as a test does; each user needs some of it"
)]

use async_channel::Sender;
use chat::config::{Config, StoreKind};
use chat::server::control::Control;
use chat::server::error::Error;
use chat::server::{kept, listen, run};
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

/// No answer takes longer, even on a busy machine.
const DEADLINE: Duration = Duration::from_secs(20);

/// A running server; it is stopped when dropped.
pub struct Server {
    port: u16,
    control: Sender<Control>,
    thread: Option<JoinHandle<Result<(), Error>>>,
}

impl Server {
    /// Starts one on a free port.
    pub fn start(config: Config) -> Self {
        let mut config = config;
        if config.data.is_none() {
            config.store.kind = StoreKind::Memory;
        }
        let data = config.data.clone().unwrap_or_default();
        let doors = listen::open(&config, 0).unwrap();
        let kept = kept::open(&config, &data).unwrap();
        let port = doors.port();
        let (control, asked) = async_channel::unbounded();
        let thread = std::thread::spawn(move || {
            async_io::block_on(run(Arc::new(config), doors, kept, asked))
        });
        Self {
            port,
            control,
            thread: Some(thread),
        }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// Asks it to stop.
    pub fn ask_to_stop(&self) {
        self.control.send_blocking(Control::Stop).unwrap();
    }

    /// Waits until it is gone.
    pub fn join(&mut self) -> Result<(), Error> {
        self.thread.take().unwrap().join().unwrap()
    }

    pub fn connect(&self) -> Client {
        Client::over(dial(self.port))
    }

    /// A client that is registered and has read its welcome.
    pub fn join_as(&self, nick: &str) -> Client {
        join_as(self.port, nick)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(thread) = self.thread.take() {
            let _ = self.control.send_blocking(Control::Stop);
            let _ = self.control.send_blocking(Control::Stop);
            let _ = thread.join();
        }
    }
}

/// What a connection goes over.
pub trait Stream: Read + Write + Send {
    /// Says that nothing more will be sent.
    fn finish(&mut self);
}

impl Stream for TcpStream {
    fn finish(&mut self) {
        self.shutdown(Shutdown::Write).unwrap();
    }
}

/// A connection to this port, with a deadline for everything.
pub fn dial(port: u16) -> TcpStream {
    let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(DEADLINE)).unwrap();
    stream.set_write_timeout(Some(DEADLINE)).unwrap();
    stream.set_nodelay(true).unwrap();
    stream
}

/// A client of the server at this port that is registered and has read its welcome.
pub fn join_as(port: u16, nick: &str) -> Client {
    let mut client = Client::over(dial(port));
    client.send(&format!("NICK {nick}\r\nUSER {nick} 0 * :{nick}\r\n"));
    client.sync();
    client
}

/// One connection.
pub struct Client {
    stream: Box<dyn Stream>,
    unread: Vec<u8>,
    syncs: u32,
}

impl Client {
    /// One over this stream.
    pub fn over(stream: impl Stream + 'static) -> Self {
        Self {
            stream: Box::new(stream),
            unread: Vec::new(),
            syncs: 0,
        }
    }

    pub fn send(&mut self, text: &str) {
        self.send_bytes(text.as_bytes());
    }

    pub fn send_bytes(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).unwrap();
        self.stream.flush().unwrap();
    }

    /// Sends as long as the other end takes it; a closed connection is no failure.
    pub fn try_send(&mut self, bytes: &[u8]) {
        let _ = self.stream.write_all(bytes);
        let _ = self.stream.flush();
    }

    /// Introduces itself and returns the first answer.
    pub fn hello(&mut self, nick: &str) -> String {
        self.try_send(format!("NICK {nick}\r\nUSER {nick} 0 * :{nick}\r\n").as_bytes());
        self.line().unwrap_or_else(|| "ERROR".to_owned())
    }

    /// Says that nothing more will be sent.
    pub fn finish(&mut self) {
        self.stream.finish();
    }

    /// The next line without its CR LF; `None` at the end of the connection.
    pub fn line(&mut self) -> Option<String> {
        loop {
            if let Some(end) = self.unread.iter().position(|b| *b == b'\n') {
                let line: Vec<u8> = self.unread.drain(..=end).collect();
                return Some(String::from_utf8(line).unwrap().trim_end().to_owned());
            }
            let mut chunk = [0; 16384];
            match self.stream.read(&mut chunk) {
                Ok(0) => return None,
                Ok(read) => self.unread.extend_from_slice(&chunk[..read]),
                Err(error) if error.kind() == ErrorKind::ConnectionReset => return None,
                Err(error) => panic!("nothing came: {error}"),
            }
        }
    }

    /// All lines up to the one that holds `part`; fails if the connection ends before.
    pub fn until(&mut self, part: &str) -> Vec<String> {
        let mut seen = Vec::new();
        while let Some(line) = self.line() {
            let is_it = line.contains(part);
            seen.push(line);
            if is_it {
                return seen;
            }
        }
        panic!("the connection ended before {part:?}; there were {seen:#?}");
    }

    /// The first line to come that holds `part`.
    pub fn expect(&mut self, part: &str) -> String {
        self.until(part).pop().unwrap()
    }

    /// All that was said before the server answers a PING sent now.
    pub fn sync(&mut self) -> Vec<String> {
        self.syncs += 1;
        let token = format!("sync-{}", self.syncs);
        self.send(&format!("PING {token}\r\n"));
        let mut seen = self.until(&token);
        seen.pop();
        seen
    }

    /// Everything until the connection ends.
    pub fn rest(&mut self) -> Vec<String> {
        std::iter::from_fn(|| self.line()).collect()
    }
}
