//! Conversations with a server, written down: `tests/transcripts/*.irc`, run on a bare world.
//!
//! ```text
//! # a comment                        login bob [capabilities]   connected, registered, burst read
//! config KEY: VALUE (first lines)    connect bob                only connected
//! connect bob from 192.0.2.7         only connected, from another machine
//! bob > JOIN #x                      bob sends a line (\xNN is a byte, {490} as many x)
//! bob < :bob!* JOIN #x               the next line that bob got; * and ? as in masks
//! bob < @msgid=<one> *               the same; from then on <one> stands for the msgid of that line
//! bob < ...                          whatever bob got is read away
//! 64x bob > PING x                  the same 64 times, and what bob got is read away
//! bob uploads 10 a.png [to #x] [as <f>]   so many bytes under that name; it must be listed, and <f> stands for its id
//! bob refused 403: uploads 10 a.png to #x      the same; a door would answer it with that
//! bob speaks TLS [with x]            bob's connection turns out to be secured [x stands for his certificate]
//! bob closes                         bob's connection ends
//! admin ban bob -d 2h                the operator at the admin socket does that; it must be done
//! admin refused 8: unban bob         the same; it must end with this exit code
//! wait 31                            so many seconds pass
//! restart                            the server ends, and another starts with what was stored
//! ```
//! Whatever was sent must be read before the next line is said: nothing unexpected goes unseen.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[path = "support/world.rs"]
mod world;

use chat::config::Config;
use chat::config::oper::{Oper, Role};
use chat::config::password::Password;
use chat::config::read;
use chat::proto::mask;
use chat::proto::message::Message;
use chat::server::world::file::{FileAnswer, Refused};
use std::collections::BTreeMap;
use std::path::Path;
use world::Bench;

#[test]
fn every_transcript_comes_true() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() > 10, "the transcripts are gone");
    for is_restless in [false, true] {
        let failures = files.iter().filter_map(|file| run(file, is_restless).err());
        let failures: Vec<String> = failures.collect();
        assert!(failures.is_empty(), "\n{}", failures.join("\n"));
    }
}

/// Runs one; `is_restless`: before each event another process takes over, and nobody notices.
fn run(file: &Path, is_restless: bool) -> Result<(), String> {
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    let text = std::fs::read_to_string(file).unwrap();
    let mut config = Config::default();
    config.server.name = "server".into();
    config.lobby = None;
    let mut lines = text.lines().zip(1..).peekable();
    while let Some((line, _)) = lines.next_if(|(line, _)| is_preamble(line)) {
        configure(&mut config, line);
    }
    let mut bench = Bench::new(config);
    bench.is_restless = is_restless;
    let mut names = BTreeMap::new();
    for (line, number) in lines {
        step(&mut bench, &mut names, line.trim())
            .map_err(|why| format!("{name}:{number}: {line}\n    {why}"))?;
    }
    nothing_unread(&bench).map_err(|why| format!("{name}: at the end\n    {why}"))?;
    bench
        .hub
        .world()
        .check()
        .map_err(|why| format!("{name}: {why}"))
}

fn is_preamble(line: &str) -> bool {
    line.is_empty() || line.starts_with('#') || line.starts_with("config ")
}

fn configure(config: &mut Config, line: &str) {
    let Some(setting) = line.strip_prefix("config ") else {
        return;
    };
    let (key, value) = setting.split_once(": ").unwrap();
    match key {
        "server.password" => config.server.password = Some(value.into()),
        "server.motd" => config.server.motd = value.split('|').map(str::to_owned).collect(),
        "server.contact" => config.server.contact = value.split('|').map(str::to_owned).collect(),
        "opers" => config.opers = value.split(' ').map(oper).collect(),
        "lobby" => config.lobby = chat::proto::name::RoomName::new(value, 64),
        other => *config = read(other, value, config.clone()),
    }
}

/// Any other key, as a file would have it.
fn read(key: &str, value: &str, base: Config) -> Config {
    let (section, name) = key.split_once('.').unwrap();
    let (config, report) = read::read(&format!("{section}: {{ {name}: {value} }}"), base);
    assert!(report.faults.is_empty(), "{report}");
    config
}

/// `name:password:role:host`, and maybe `:account`
fn oper(text: &str) -> Oper {
    let parts: Vec<&str> = text.split(':').collect();
    let (name, password, role, host) = match parts.as_slice() {
        [name, password, role, host] | [name, password, role, host, _] => {
            (name, password, role, host)
        }
        _ => panic!("not an operator: {text}"),
    };
    let role = Role::TABLE.iter().find(|(known, _)| known == role).unwrap();
    Oper {
        name: (*name).into(),
        password: Some(Password::new(password).unwrap()),
        account: parts.get(4).map(|account| (*account).to_owned()),
        hosts: vec![(*host).into()],
        role: role.1,
    }
}

/// Msgids by what a transcript calls them.
type Names = BTreeMap<String, String>;

fn step(bench: &mut Bench, names: &mut Names, line: &str) -> Result<(), String> {
    if line.is_empty() || line.starts_with('#') {
        return Ok(());
    }
    let line = &names.iter().fold(line.to_owned(), |line, (name, id)| {
        line.replace(&format!("<{name}>"), id)
    });
    if let Some((name, said)) = line.split_once(" > ") {
        nothing_unread(bench)?;
        if let Some((times, name)) = name.split_once("x ") {
            let times: usize = times.parse().map_err(|_| "no number of times")?;
            (0..times).for_each(|_| bench.say(name, &bytes(&expand(said))));
            bench.read_all(name);
            return Ok(());
        }
        bench.say(name, &bytes(&expand(said)));
        return Ok(());
    }
    if let Some((name, expected)) = line.split_once(" < ") {
        return expect(bench, names, name, &expand(expected));
    }
    nothing_unread(bench)?;
    if let Some(words) = line.strip_prefix("admin ") {
        return ask(bench, words);
    }
    match line.split_whitespace().collect::<Vec<_>>().as_slice() {
        ["login", name, caps @ ..] => bench.login(name, &caps.join(" ")),
        ["connect", name] => bench.connect(name),
        ["connect", name, "from", ip] => {
            bench.connect_from(name, ip.parse().map_err(|_| "no address")?);
        }
        [name, "speaks", "TLS"] => bench.secure(name, None),
        [name, "speaks", "TLS", "with", certificate] => bench.secure(name, Some(certificate)),
        [name, "uploads", bytes, file, rest @ ..] => {
            let said = upload(bench, name, bytes, file, rest)?;
            return match said {
                FileAnswer::Listed(row) => {
                    if let ["as", called] | ["to", _, "as", called] = rest {
                        let called = called.trim_matches(['<', '>']);
                        names.insert(called.to_owned(), row.id.to_string());
                    }
                    Ok(())
                }
                answer => Err(format!("got {answer:?}")),
            };
        }
        [name, "refused", code, "uploads", bytes, file, rest @ ..] => {
            let answer = upload(bench, name, bytes, file, rest)?;
            return match &answer {
                FileAnswer::Refused(why) if *code == format!("{}:", status(why)) => Ok(()),
                _ => Err(format!("got {answer:?}")),
            };
        }
        ["wait", seconds] => bench.wait(seconds.parse().map_err(|_| "no number of seconds")?),
        ["restart"] => bench.restart(),
        [name, "closes"] => bench.hang_up(name),
        _ => return Err("not a step of a transcript".into()),
    }
    Ok(())
}

fn upload(
    bench: &mut Bench,
    name: &str,
    bytes: &str,
    file: &str,
    rest: &[&str],
) -> Result<FileAnswer, String> {
    let bytes = bytes.parse().map_err(|_| "no number of bytes")?;
    let to = match rest {
        ["to", to, ..] => Some(*to),
        _ => None,
    };
    Ok(bench.upload(name, bytes, file, to))
}

/// As HTTP says it.
fn status(why: &Refused) -> u16 {
    match why {
        Refused::BadName => 400,
        Refused::WhoAreYou => 401,
        Refused::MayNot(_) => 403,
        Refused::NoSuch(_) => 404,
        Refused::TooLarge { .. } => 413,
        Refused::Busy => 503,
        Refused::NoSpace { .. } => 507,
    }
}

fn ask(bench: &mut Bench, words: &str) -> Result<(), String> {
    let refused = words.strip_prefix("refused ");
    let refused = refused.and_then(|rest| rest.split_once(": "));
    let (code, words) = refused.unwrap_or(("0", words));
    let answer = bench.admin(words)?;
    let exit = answer
        .error
        .as_ref()
        .map_or(0, |error| error.code.exit().code());
    match exit.to_string() == code {
        true => Ok(()),
        false => Err(format!("got {answer:?}")),
    }
}

fn expect(bench: &mut Bench, names: &mut Names, name: &str, expected: &str) -> Result<(), String> {
    if expected == "..." {
        let read = bench.read_all(name);
        return if read.is_empty() {
            Err("nothing was sent".into())
        } else {
            Ok(())
        };
    }
    let got = bench.read(name).ok_or("nothing was sent")?;
    let new = expected
        .split_once("msgid=<")
        .and_then(|(_, rest)| rest.split_once('>'));
    let expected = match new {
        Some((new, _)) => {
            let id = Message::from_text(&got).and_then(|line| line.tags.get("msgid"));
            names.insert(new.to_owned(), id.ok_or("no msgid")?.into_owned());
            &expected.replace(&format!("<{new}>"), "*")
        }
        None => expected,
    };
    if mask::matches(expected, &got) {
        Ok(())
    } else {
        Err(format!("got {got}"))
    }
}

fn nothing_unread(bench: &Bench) -> Result<(), String> {
    match bench.unread().first() {
        Some((name, line)) => Err(format!("before this, {name} was also sent: {line}")),
        None => Ok(()),
    }
}

/// `{490}` → 490 times `x`.
fn expand(text: &str) -> String {
    let Some((before, rest)) = text.split_once('{') else {
        return text.to_owned();
    };
    let Some((count, after)) = rest.split_once('}') else {
        return text.to_owned();
    };
    count.parse().map_or_else(
        |_| text.to_owned(),
        |count| format!("{before}{}{}", "x".repeat(count), expand(after)),
    )
}

/// A line's bytes: `\xNN` stands for one of them.
fn bytes(said: &str) -> Vec<u8> {
    let mut parts = said.split("\\x");
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at(2);
        bytes.push(u8::from_str_radix(digits, 16).unwrap());
        bytes.extend_from_slice(rest.as_bytes());
    }
    bytes
}
