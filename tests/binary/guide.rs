//! The operator's guide, line by line: each command in it is run as it stands, must end with the code that it
//! names, and what is shown below it must be what it answers, but for numbers and times. With `WRITE_GUIDE=1` the
//! answers are written into the page instead.

use crate::guide_page::{Block, Kind, Page, form};
use crate::process::{DEADLINE, Home, Ran, Served};
use rustix::process::{Pid, Signal, kill_process};
use std::collections::HashMap;
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

/// Commands that need a host of their own: nobody may run them in a test.
const HOST: &[&str] = &[
    "certbot certonly --standalone -d chat.example.org",
    "install -m 755 contrib/chat-renewed /etc/letsencrypt/renewal-hooks/deploy/chat",
    "RENEWED_LINEAGE=/etc/letsencrypt/live/chat.example.org /etc/letsencrypt/renewal-hooks/deploy/chat",
    "useradd --system --home-dir /var/lib/chat --shell /usr/sbin/nologin chat",
    "install -m 755 target/release/chat /usr/local/bin/chat",
    "install -d -m 755 /etc/chat",
    "install -m 644 contrib/chat.service contrib/chat.socket /etc/systemd/system/",
    "systemctl daemon-reload",
    "systemctl enable --now chat",
    "systemctl reload chat",
    "systemctl enable --now chat.socket",
    "journalctl -u chat -n 20",
    "install -m 755 contrib/chat.openrc /etc/init.d/chat",
    "rc-update add chat",
    "rc-service chat start",
    "docker build -f contrib/Dockerfile -t chat .",
    "docker run -d --name chat -p 55555:55555 -v chat:/var/lib/chat chat",
    "docker exec chat chat admin status",
    "echo '30 3 * * * root chat admin backup --force /var/lib/chat-backups/today' > /etc/cron.d/chat-backup",
];

#[test]
fn every_command_of_the_guide_does_what_the_guide_shows() {
    let mut page = Page::read();
    let is_written = std::env::var_os("WRITE_GUIDE").is_some();
    let mut reader = Reader::new();
    let mut shown = String::new();
    for block in &mut page.blocks {
        match block.kind {
            Kind::Config => reader.write(&block.text),
            Kind::Run => shown = reader.run(block),
            Kind::Shown if is_written => block.text.clone_from(&shown),
            Kind::Shown => assert_eq!(
                form(&block.text),
                form(&shown),
                "the guide shows:\n{}\nthe answer is:\n{shown}",
                block.text
            ),
            Kind::Host | Kind::Words => {}
        }
    }
    if is_written {
        page.write();
    }
}

#[test]
fn what_the_guide_leaves_to_the_reader_is_known_here() {
    let page = Page::read();
    let hosts = page.blocks.iter().filter(|block| block.kind == Kind::Host);
    let lines: Vec<&str> = hosts.flat_map(|block| block.text.lines()).collect();
    let mut known = HOST.to_vec();
    known.sort_unstable();
    let mut told = lines.clone();
    told.sort_unstable();
    assert_eq!(told, known);
    let words = lines.iter().flat_map(|line| line.split_whitespace());
    for path in words.filter(|word| word.starts_with("contrib/")) {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        assert!(root.join(path).exists(), "{path}");
    }
}

/// The name of the group that the test runs in.
fn own_group() -> String {
    let own = rustix::process::getgid().as_raw().to_string();
    let groups = fs::read_to_string("/etc/group").expect("groups");
    let mut groups = groups
        .lines()
        .map(|line| line.split(':').collect::<Vec<_>>());
    let found = groups.find(|group| group.get(2) == Some(&&*own));
    found
        .and_then(|group| group.first().map(|name| (*name).to_owned()))
        .expect("a group")
}

/// Somebody who does what the guide says, in a home of their own.
struct Reader {
    home: Home,
    /// Running servers by the port that the guide names.
    servers: HashMap<String, Served>,
    people: Vec<Child>,
    /// Sections of the configuration so far.
    sections: Vec<(String, String)>,
    /// Where the door for monitoring is.
    metrics: String,
    /// Processes that took over.
    heirs: Vec<i32>,
}

impl Reader {
    fn new() -> Self {
        let home = Home::new();
        for directory in [".config/chat/tls", "backups/chat", "bin"] {
            fs::create_dir_all(home.path().join(directory)).expect("a directory");
        }
        let chat = home.path().join("bin/chat");
        std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_chat"), chat).expect("a link");
        let own = rcgen::generate_simple_self_signed(["chat.example.org".to_owned()]);
        let own = own.expect("a certificate");
        let tls = home.path().join(".config/chat/tls");
        fs::write(tls.join("fullchain.pem"), own.cert.pem()).expect("a file");
        let key = tls.join("privkey.pem");
        fs::write(&key, own.signing_key.serialize_pem()).expect("a file");
        fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).expect("a file");
        let free = TcpListener::bind("127.0.0.1:0").expect("a port");
        Self {
            home,
            servers: HashMap::new(),
            people: Vec::new(),
            sections: Vec::new(),
            metrics: free.local_addr().expect("an address").to_string(),
            heirs: Vec::new(),
        }
    }

    /// What the guide calls by a name of its own, as it is called here.
    fn here(&self, text: &str) -> String {
        let home = self.home.path().display().to_string();
        let mut text = text
            .replace("/etc/chat/", &format!("{home}/.config/chat/"))
            .replace("/var/backups/", &format!("{home}/backups/"))
            .replace("127.0.0.1:9090", &self.metrics)
            .replace("chatops", &own_group());
        for (port, server) in &self.servers {
            text = text.replace(port, &server.port.to_string());
        }
        text
    }

    /// The other way round: what is shown here, as the guide tells it.
    fn there(&self, text: &str) -> String {
        let home = self.home.path().display().to_string();
        let mut text = text.replace(&self.metrics, "127.0.0.1:9090");
        for (port, server) in &self.servers {
            text = text.replace(&server.port.to_string(), port);
        }
        text.replace(&format!("{home}/.config/chat/"), "/etc/chat/")
            .replace(&format!("{home}/backups/"), "/var/backups/")
            .replace(&format!("{home}/run"), "/run/user/1000")
            .replace(&format!("{home}/bin"), "/usr/local/bin")
            .replace(&home, "/home/ann")
            .replace(env!("CARGO_BIN_EXE_chat"), "/usr/local/bin/chat")
    }

    /// Adds a piece to the configuration; a section that is there already is replaced.
    fn write(&mut self, piece: &str) {
        let piece = self.here(piece);
        for line in piece.lines() {
            if line.starts_with(|first: char| first.is_ascii_lowercase()) {
                let name = line.split(':').next().unwrap_or(line);
                self.sections.retain(|(known, _)| known != name);
                self.sections.push((name.to_owned(), String::new()));
            }
            let (_, text) = self.sections.last_mut().expect("a section");
            text.push_str(line);
            text.push('\n');
        }
        let all: String = self
            .sections
            .iter()
            .map(|(_, text)| text.as_str())
            .collect();
        let file = self.home.path().join(".config/chat/chat.yaml");
        fs::write(&file, all).expect("a file");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("a file");
    }

    /// Runs the commands of a block; what they say, with the commands between if there are several.
    fn run(&mut self, block: &Block) -> String {
        let mut shown = String::new();
        for line in block.text.lines() {
            let (command, code) = match line.split_once("   # exit ") {
                Some((command, code)) => (command, code.parse().expect("a code")),
                None => (line, 0),
            };
            let ran = self.line(command);
            let text = self.there(&ran.out);
            assert_eq!(ran.code, code, "{command}: {text}");
            if block.text.lines().count() > 1 && !text.is_empty() {
                shown.push_str(&format!("$ {command}\n"));
            }
            shown.push_str(&text);
        }
        shown
    }

    fn line(&mut self, line: &str) -> Ran {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["chat", "serve", port, more @ ..] if !port.starts_with('-') => self.serve(port, more),
            ["chat", "connect", ..] if !words.contains(&"--send") => self.arrive(line),
            ["curl", url] => self.get(url),
            _ => {
                let ran = self.shell(line);
                if words.contains(&"upgrade") {
                    self.note_heir();
                }
                ran
            }
        }
    }

    fn command(&self, line: &str) -> Command {
        let mut command = self.home.chat(&["admin"]);
        let environment: Vec<_> = command
            .get_envs()
            .map(|(name, value)| (name.to_owned(), value.expect("a value").to_owned()))
            .collect();
        command = Command::new("sh");
        command.env_clear().envs(environment);
        let path = format!("{}:/usr/bin:/bin", self.home.path().join("bin").display());
        command
            .env("PATH", path)
            .env("TZ", "UTC")
            .stdin(Stdio::null());
        command.args(["-c", &format!("exec 2>&1; {}", self.here(line))]);
        command
    }

    fn shell(&self, line: &str) -> Ran {
        Ran::of(self.command(line).output().expect("a shell"))
    }

    /// Starts a server, in the place of an earlier one that has ended.
    fn serve(&mut self, port: &str, more: &[&str]) -> Ran {
        if let Some(mut earlier) = self.servers.remove(port) {
            assert!(earlier.wait().success());
        }
        let more: Vec<String> = more.iter().map(|word| self.here(word)).collect();
        let data = self.home.path().join(".local/share/chat").join(port);
        let mut command = self.home.chat(&["serve", "0"]);
        command.args(&more).env("TZ", "UTC");
        if !more.iter().any(|word| word == "--data") {
            command.arg("--data").arg(data);
        }
        let served = Home::start(command);
        let out = served.greeting.join("\n") + "\n";
        self.servers.insert(port.to_owned(), served);
        Ran {
            code: 0,
            out,
            err: String::new(),
        }
    }

    /// Brings somebody in who stays, and waits until they are seen.
    fn arrive(&mut self, line: &str) -> Ran {
        let after = |word| {
            let rest = line.split(word).nth(1)?;
            rest.split_whitespace().next()
        };
        let name = after("--nick ").expect("a name");
        let room = after("--join ").unwrap_or("#lobby").trim_matches('"');
        let mut command = self.command(&format!("exec {line}"));
        command.stdin(Stdio::piped()).stdout(Stdio::null());
        self.people.push(command.spawn().expect("a shell"));
        let begin = Instant::now();
        loop {
            let ran = self.shell("chat admin list --json");
            let is_here = |user: &serde_json::Value| {
                let rooms = user["rooms"].as_array();
                user["name"] == name && rooms.is_some_and(|all| all.iter().any(|is| is == room))
            };
            let list = ran.json();
            if list["data"]
                .as_array()
                .is_some_and(|all| all.iter().any(is_here))
            {
                let out = String::new();
                return Ran { out, ..ran };
            }
            assert!(begin.elapsed() < DEADLINE, "{line}: {}", ran.out);
        }
    }

    /// What curl would print, and how it would end.
    fn get(&self, url: &str) -> Ran {
        let path = url.split("9090").nth(1).expect("a path");
        let mut stream = TcpStream::connect(&self.metrics).expect("it listens");
        stream.set_read_timeout(Some(DEADLINE)).expect("a socket");
        let ask = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        stream.write_all(ask.as_bytes()).expect("it reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("text");
        let (head, out) = answer.split_once("\r\n\r\n").expect("an answer");
        Ran {
            code: i32::from(!head.starts_with("HTTP/1.1 200")),
            out: out.to_owned(),
            err: String::new(),
        }
    }

    /// Remembers the process that serves now, which is no child of ours.
    fn note_heir(&mut self) {
        let status = self.shell("chat admin status --json").json();
        let pid = status
            .pointer("/data/pid")
            .and_then(serde_json::Value::as_i64);
        let pid = pid.and_then(|pid| i32::try_from(pid).ok());
        self.heirs.push(pid.expect("a pid"));
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        for person in &mut self.people {
            let _ = person.kill();
            let _ = person.wait();
        }
        for heir in self.heirs.iter().filter_map(|heir| Pid::from_raw(*heir)) {
            let _ = kill_process(heir, Signal::KILL);
        }
    }
}
