//! HTTP as bytes, and a server with somebody in a room who may share files.

use crate::process::{Client, DEADLINE, Home, Served};
use sha2::{Digest, Sha256};
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;

/// What was answered.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("JSON: {self:?}"))
    }
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Bytes that are not like any others.
pub(crate) fn content(length: usize, seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(2).wrapping_add(1);
    let mut bytes = Vec::with_capacity(length + 8);
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend(state.to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}

/// A connection to this port, with a deadline for everything.
pub(crate) fn dial(port: u16) -> TcpStream {
    let stream = TcpStream::connect(("127.0.0.1", port)).expect("it listens");
    stream.set_read_timeout(Some(DEADLINE)).expect("a socket");
    stream.set_write_timeout(Some(DEADLINE)).expect("a socket");
    stream
}

/// The head of a request.
pub(crate) fn head(port: u16, line: &str, headers: &[(&str, &str)]) -> String {
    let mut text = format!("{line} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text + "\r\n"
}

/// Reads an answer up to the end of the connection.
pub(crate) fn answer(stream: &mut TcpStream) -> Answer {
    let mut bytes = Vec::new();
    // A connection that breaks off has said what it has said.
    let _ = stream.read_to_end(&mut bytes);
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
    let end = end.unwrap_or_else(|| panic!("an answer: {:?}", String::from_utf8_lossy(&bytes)));
    let head = String::from_utf8(bytes.get(..end).expect("a head").to_vec()).expect("text");
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    Answer {
        status: status.expect("a status"),
        head,
        body: bytes.get(end + 4..).expect("a body").to_vec(),
    }
}

/// Asks and hears the answer.
pub(crate) fn ask(port: u16, line: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
    let mut stream = dial(port);
    stream
        .write_all(head(port, line, headers).as_bytes())
        .expect("it reads");
    // Who is refused may be refused in the middle.
    let _ = stream.write_all(body);
    answer(&mut stream)
}

pub(crate) fn get(port: u16, path: &str) -> Answer {
    ask(port, &format!("GET {path}"), &[], &[])
}

/// A server, and ann in `#r` with a token.
pub(crate) struct House {
    pub(crate) home: Home,
    pub(crate) served: Served,
    pub(crate) ann: Client,
    pub(crate) token: String,
}

impl House {
    pub(crate) fn new(config: &str) -> Self {
        let home = Home::new();
        let served = start(&home, config);
        Self::of(home, served)
    }

    pub(crate) fn of(home: Home, served: Served) -> Self {
        let mut ann = served.client("ann");
        ann.send("CAP REQ :echo-message message-tags\r\nJOIN #r");
        ann.until(" 366 ann #r");
        let token = token(&mut ann);
        Self {
            home,
            served,
            ann,
            token,
        }
    }

    pub(crate) fn port(&self) -> u16 {
        self.served.port
    }

    pub(crate) fn bearer(&self) -> String {
        format!("Bearer {}", self.token)
    }

    /// Uploads in one request.
    pub(crate) fn post(&self, path: &str, name: &str, bytes: &[u8]) -> Answer {
        let disposition = format!("attachment; filename=\"{name}\"");
        let headers = [
            ("Authorization", self.bearer()),
            ("Content-Disposition", disposition),
            ("Content-Length", bytes.len().to_string()),
        ];
        let headers = headers
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        ask(self.port(), &format!("POST {path}"), &headers, bytes)
    }

    /// Uploads; where it is then.
    pub(crate) fn share(&self, name: &str, bytes: &[u8]) -> String {
        let answer = self.post("/files", name, bytes);
        assert_eq!(answer.status, 201, "{answer:?}");
        answer.header("location").expect("a place").to_owned()
    }

    /// Asks with the token, speaking tus.
    pub(crate) fn tus(&self, line: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let bearer = self.bearer();
        let mut all = vec![
            ("Authorization", bearer.as_str()),
            ("Tus-Resumable", "1.0.0"),
        ];
        all.extend(headers);
        ask(self.port(), line, &all, body)
    }

    /// What lies in this part of the data directory.
    pub(crate) fn stored(&self, part: &str) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut places = vec![self.home.path().join("data/files").join(part)];
        while let Some(place) = places.pop() {
            for entry in fs::read_dir(&place).expect("a directory") {
                let path = entry.expect("an entry").path();
                match path.is_dir() {
                    true => places.push(path),
                    false => found.push(path),
                }
            }
        }
        found
    }

    /// Names that ann finds.
    pub(crate) fn listed(&mut self) -> Vec<String> {
        self.ann.send("FILE LIST");
        let lines = self.ann.until("FILE END");
        let entries = lines.iter().filter(|line| line.contains(" FILE ENTRY "));
        let name = |line: &String| line.rsplit(" :").next().unwrap_or_default().to_owned();
        entries.map(name).collect()
    }
}

/// Starts a server with this configuration, which is never too busy to be asked.
pub(crate) fn start(home: &Home, config: &str) -> Served {
    let file = home.path().join("chat.yaml");
    let always = "flood: {enabled: false}\nconnections: {per_ip: null, new_per_minute: null}\n";
    fs::write(&file, format!("{always}{config}")).expect("a file");
    let data = home.path().join("data");
    let (file, data) = (file.to_str(), data.to_str());
    home.serve(&[
        "--config",
        file.expect("text"),
        "--data",
        data.expect("text"),
    ])
}

/// A token of this client.
pub(crate) fn token(client: &mut Client) -> String {
    client.send("FILE TOKEN");
    let lines = client.until("FILE TOKEN");
    let last = lines.last().expect("a line");
    let word = last.split(' ').skip_while(|word| *word != "TOKEN").nth(1);
    word.expect("a token").to_owned()
}
