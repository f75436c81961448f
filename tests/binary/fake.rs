//! An IRC server that does what a test tells it, so that the client is seen with any server.

use crate::process::DEADLINE;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Instant;

/// What the server offers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Offers {
    /// Labels, echoes and tags.
    Everything,
    /// What RFC 1459 has.
    Nothing,
    /// Everything, and it is to be called by TLS alone for so many seconds.
    Strict(u64),
    /// Everything, and it is to be called by TLS on this port.
    Calls(u16),
}

/// A server on a free port. Special names: `taken` is in use, `nobody` is not there, `silent` is never
/// answered for, and `#closed` has the connection closed.
pub(crate) struct Fake {
    pub(crate) port: u16,
    heard: Receiver<String>,
    clients: Arc<Mutex<Vec<TcpStream>>>,
}

impl Fake {
    pub(crate) fn start(offers: Offers) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let (tell, heard) = channel();
        let clients: Arc<Mutex<Vec<TcpStream>>> = Arc::default();
        let of_thread = Arc::clone(&clients);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let copy = stream.try_clone().expect("a socket");
                of_thread.lock().expect("whole").push(copy);
                let tell = tell.clone();
                thread::spawn(move || Talk::new(stream, offers).serve(&tell));
            }
        });
        Self {
            port,
            heard,
            clients,
        }
    }

    /// Sends these bytes to the client that came last.
    pub(crate) fn send(&self, bytes: impl AsRef<[u8]>) {
        let mut clients = self.clients.lock().expect("whole");
        let client = clients.last_mut().expect("a client");
        client.write_all(bytes.as_ref()).expect("it reads");
    }

    /// The same; whether it was taken.
    pub(crate) fn try_send(&self, bytes: impl AsRef<[u8]>) -> bool {
        let mut clients = self.clients.lock().expect("whole");
        let client = clients.last_mut().expect("a client");
        client.write_all(bytes.as_ref()).is_ok()
    }

    /// Everything that was heard since the last wait.
    pub(crate) fn all(&self) -> Vec<String> {
        self.heard.try_iter().collect()
    }

    /// Whether nobody said anything, or even came.
    pub(crate) fn heard_nothing(&self) -> bool {
        self.clients.lock().expect("whole").is_empty() && self.all().is_empty()
    }

    /// Waits until a line that holds `part` was heard; all lines since the last wait.
    pub(crate) fn hear(&self, part: &str) -> Vec<String> {
        let begin = Instant::now();
        let mut seen = Vec::new();
        loop {
            let left = DEADLINE.saturating_sub(begin.elapsed());
            let Ok(line) = self.heard.recv_timeout(left) else {
                panic!("no {part:?} was heard: {seen:#?}");
            };
            let is_it = line.contains(part);
            seen.push(line);
            if is_it {
                return seen;
            }
        }
    }
}

/// One connection.
struct Talk {
    stream: TcpStream,
    offers: Offers,
    nick: String,
    is_welcome: bool,
}

impl Talk {
    fn new(stream: TcpStream, offers: Offers) -> Self {
        Self {
            stream,
            offers,
            nick: String::new(),
            is_welcome: false,
        }
    }

    fn serve(mut self, tell: &Sender<String>) {
        let lines = BufReader::new(self.stream.try_clone().expect("a socket")).lines();
        for line in lines.map_while(Result::ok) {
            let is_over = self.answer(&line).is_none();
            if tell.send(line).is_err() || is_over {
                return;
            }
        }
    }

    /// Answers one line; nothing, if the connection is over.
    fn answer(&mut self, line: &str) -> Option<()> {
        let (tags, rest) = match line.strip_prefix('@') {
            Some(tagged) => tagged.split_once(' ')?,
            None => ("", line),
        };
        let label = match tags {
            "" => String::new(),
            tags => format!("@{tags} "),
        };
        let (verb, words) = rest.split_once(' ').unwrap_or((rest, ""));
        let (first, _) = words.split_once(' ').unwrap_or((words, ""));
        let me = self.nick.clone();
        match verb {
            "CAP" if self.offers == Offers::Nothing => self.say(":fake 421 * CAP :Unknown command"),
            "CAP" if first == "LS" => {
                let sts = match self.offers {
                    Offers::Strict(seconds) => format!(" sts=duration={seconds}"),
                    Offers::Calls(port) => format!(" sts=port={port}"),
                    Offers::Everything | Offers::Nothing => String::new(),
                };
                self.say(&format!(
                    ":fake CAP * LS :batch echo-message labeled-response message-tags server-time sasl{sts}"
                ))
            }
            "CAP" if first == "REQ" => {
                let caps = words
                    .trim_start_matches("REQ")
                    .trim()
                    .trim_start_matches(':');
                self.say(&format!(":fake CAP * ACK :{caps}"))
            }
            "NICK" if first == "taken" => self
                .say(":fake 433 * taken :Nickname is already in use. Free: taken2, taken_, taken3"),
            "NICK" => {
                self.nick = first.to_owned();
                if self.offers == Offers::Nothing {
                    Some(())
                } else {
                    self.welcome()
                }
            }
            "USER" if self.offers == Offers::Nothing => self.welcome(),
            "PING" => self.say(&format!(":fake PONG fake {first}")),
            "JOIN" => self.say(&format!("{label}:{me}!u@h JOIN {first}")),
            "QUIT" => {
                self.say("ERROR :Bye")?;
                None
            }
            "PRIVMSG" if first == "nobody" => {
                self.say(&format!("{label}:fake 401 {me} nobody :No such nick"))
            }
            "PRIVMSG" if first == "silent" => Some(()),
            "PRIVMSG" if first == "#closed" => None,
            "PRIVMSG" if self.offers != Offers::Nothing => {
                self.say(&format!("{label}:{me}!u@h {rest}"))
            }
            _ => Some(()),
        }
    }

    fn welcome(&mut self) -> Option<()> {
        if std::mem::replace(&mut self.is_welcome, true) {
            return Some(());
        }
        let me = self.nick.clone();
        for line in [
            format!(":fake 001 {me} :Welcome"),
            format!(":fake 004 {me} fake fake-1 o o"),
            format!(":fake 005 {me} CHANTYPES=# PREFIX=(ov)@+ CASEMAPPING=ascii :are supported"),
            format!(":fake 422 {me} :No MOTD"),
            format!(":{me}!u@h JOIN #lobby"),
            format!(":fake 353 {me} = #lobby :{me} bob carol"),
            format!(":fake 366 {me} #lobby :End"),
        ] {
            self.say(&line)?;
        }
        Some(())
    }

    fn say(&mut self, line: &str) -> Option<()> {
        self.stream.write_all(format!("{line}\r\n").as_bytes()).ok()
    }
}

impl Drop for Talk {
    fn drop(&mut self) {
        let _ = self.stream.shutdown(std::net::Shutdown::Both);
    }
}
