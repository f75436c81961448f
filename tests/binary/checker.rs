//! Talkers that write down what was acknowledged, and the checker: what was acknowledged is in the history
//! exactly once, unaltered and in order; what was not is there once or not at all.

use crate::process::DEADLINE;
use chat::proto::sasl;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// What every talker asks for.
const CAPS: &str = "batch echo-message labeled-response message-tags server-time standard-replies draft/chathistory";

/// What one talker said, by label: the text, and the msgid if it was acknowledged.
#[derive(Debug, Default)]
pub(crate) struct Account {
    pub(crate) said: Vec<(String, Option<String>)>,
    /// Lines that were refused, as the server said it.
    pub(crate) refused: Vec<String>,
}

impl Account {
    pub(crate) fn acknowledged(&self) -> usize {
        self.said.iter().filter(|(_, id)| id.is_some()).count()
    }
}

/// A connection that speaks lines.
pub(crate) struct Line {
    reader: BufReader<TcpStream>,
}

impl Line {
    /// Somebody who is let in, and in the room.
    pub(crate) fn arrive(port: u16, nick: &str, room: &str) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).expect("it listens");
        stream.set_read_timeout(Some(DEADLINE)).expect("a socket");
        stream.set_nodelay(true).expect("a socket");
        let mut line = Self {
            reader: BufReader::new(stream),
        };
        let hello = format!(
            "CAP REQ :{CAPS}\r\nNICK {nick}\r\nUSER u 0 * :u\r\nCAP END\r\nJOIN {room}\r\nPING ready\r\n"
        );
        assert!(line.write(&hello));
        while !line.read().expect("it answers").contains("PONG") {}
        line
    }

    /// Somebody who logs in to an account; `None` if they may not.
    pub(crate) fn log_in(port: u16, name: &str, password: &str) -> Option<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).expect("it listens");
        stream.set_read_timeout(Some(DEADLINE)).expect("a socket");
        let mut line = Self {
            reader: BufReader::new(stream),
        };
        let message = sasl::encode(&sasl::plain_message(name, password));
        let hello = format!(
            "CAP REQ :sasl {CAPS} draft/read-marker\r\nNICK {name}\r\nUSER u 0 * :u\r\nAUTHENTICATE PLAIN\r\nAUTHENTICATE {message}\r\n"
        );
        assert!(line.write(&hello));
        loop {
            let heard = line.read().expect("it answers");
            if heard.contains(" 904 ") {
                return None;
            }
            if heard.contains(" 903 ") {
                break;
            }
        }
        assert!(line.write("CAP END\r\n"));
        line.ask("VERSION");
        Some(line)
    }

    /// Says a line; everything that is heard until it is done.
    pub(crate) fn ask(&mut self, text: &str) -> Vec<String> {
        assert!(self.write(&format!("{text}\r\nPING done\r\n")));
        let mut heard = Vec::new();
        loop {
            let line = self.read().expect("it answers");
            if line.contains(" PONG ") {
                return heard;
            }
            heard.push(line);
        }
    }

    /// Whether it could be written.
    pub(crate) fn write(&mut self, text: &str) -> bool {
        self.reader.get_mut().write_all(text.as_bytes()).is_ok()
    }

    /// The next line; `None` when the connection has ended.
    pub(crate) fn read(&mut self) -> Option<String> {
        let mut line = String::new();
        match self.reader.read_line(&mut line) {
            Ok(0) | Err(_) => None,
            Ok(_) => Some(line.trim_end().to_owned()),
        }
    }
}

/// The value of a tag of a line.
pub(crate) fn tag<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let tags = line.strip_prefix('@')?.split(' ').next()?;
    tags.split(';')
        .find_map(|tag| tag.strip_prefix(name)?.strip_prefix('='))
}

/// A talker who says lines at this pace until told to stop or cut off; a window of 8 is on its way at most.
pub(crate) fn talk(
    port: u16,
    nick: String,
    room: &'static str,
    pause: Duration,
    stop: Arc<AtomicBool>,
) -> JoinHandle<Account> {
    let mut line = Line::arrive(port, &nick, room);
    std::thread::spawn(move || {
        let mut account = Account::default();
        let mut open = 0;
        while !stop.load(Ordering::Relaxed) {
            let number = account.said.len();
            let text = format!("{nick} says {number}");
            let sent = format!("@label={number} PRIVMSG {room} :{text}\r\n");
            account.said.push((text, None));
            if !line.write(&sent) {
                return account;
            }
            open += 1;
            let due = Instant::now() + pause;
            while open >= 8 || (open > 0 && Instant::now() < due) {
                if !hear(&mut line, &mut account, &mut open) {
                    return account;
                }
            }
        }
        while open > 0 && hear(&mut line, &mut account, &mut open) {}
        account
    })
}

/// Takes one line in; tells whether there may be more.
fn hear(line: &mut Line, account: &mut Account, open: &mut usize) -> bool {
    let Some(heard) = line.read() else {
        return false;
    };
    let number = tag(&heard, "label").and_then(|label| label.parse::<usize>().ok());
    if let Some(number) = number {
        *open -= 1;
        match (tag(&heard, "msgid"), account.said.get_mut(number)) {
            (Some(id), Some(said)) => said.1 = Some(id.to_owned()),
            _ => account.refused.push(heard),
        }
    }
    true
}

/// Everything that was said in the room, oldest first: msgid, nick, text.
pub(crate) fn history(port: u16, room: &str) -> Vec<(String, String, String)> {
    let mut line = Line::arrive(port, "historian", room);
    let mut all: Vec<(String, String, String)> = Vec::new();
    loop {
        let after = all.last().map_or(
            "timestamp=2000-01-01T00:00:00.000Z".to_owned(),
            |(id, ..)| format!("msgid={id}"),
        );
        assert!(line.write(&format!(
            "CHATHISTORY AFTER {room} {after} 100\r\nPING page\r\n"
        )));
        let before = all.len();
        loop {
            let heard = line.read().expect("it answers");
            assert!(!heard.contains(" FAIL "), "{heard}");
            if heard.contains("PONG") {
                break;
            }
            if let Some(said) = parse(&heard, room) {
                all.push(said);
            }
        }
        if all.len() == before {
            return all;
        }
    }
}

fn parse(line: &str, room: &str) -> Option<(String, String, String)> {
    tag(line, "batch")?;
    let id = tag(line, "msgid")?.to_owned();
    let (_, rest) = line.split_once(" :")?;
    let (source, rest) = rest.split_once(' ')?;
    let text = rest.strip_prefix(&format!("PRIVMSG {room} :"))?;
    let nick = source.split('!').next()?;
    Some((id, nick.to_owned(), text.to_owned()))
}

/// Compares what talkers know with the history.
pub(crate) fn check(accounts: &[Account], history: &[(String, String, String)]) {
    let mut by_text: BTreeMap<&str, Vec<(usize, &str)>> = BTreeMap::new();
    for (place, (id, nick, text)) in history.iter().enumerate() {
        assert!(
            text.starts_with(&format!("{nick} says ")),
            "altered: {text}"
        );
        by_text.entry(text).or_default().push((place, id));
    }
    for account in accounts {
        let mut last = None;
        for (text, id) in &account.said {
            let stored = by_text.get(text.as_str()).map_or(&[][..], Vec::as_slice);
            assert!(stored.len() <= 1, "stored twice: {text}");
            match (id, stored.first()) {
                (Some(id), Some((_, kept))) => assert_eq!(id, kept, "{text}"),
                (Some(id), None) => panic!("acknowledged as {id} and lost: {text}"),
                (None, _) => {}
            }
            if let Some((place, _)) = stored.first() {
                assert!(last < Some(*place), "out of order: {text}");
                last = Some(*place);
            }
        }
    }
}
