//! What must hold between the values of a configuration, beyond the form of each.

use crate::config::accounts::Accounts;
use crate::config::tls::Enabled;
use crate::config::web::{is_host, is_site};
use crate::config::{Config, Listener, Server};
use crate::proto::mode::{Kind, ROOM_MODES};
use crate::proto::user_mode::{USER_MODES, UserMode};
use std::time::Duration;

/// A rule: whether it holds, the key that it is about, and what must hold.
type Rule = (bool, &'static str, &'static str);

/// Everything that does not hold, as key and sentence.
pub fn check(config: &Config) -> Vec<(&'static str, String)> {
    let rules = [
        server_rules(&config.server),
        account_rules(&config.accounts),
        other_rules(config),
        web_rules(config),
    ];
    let rules = rules.concat();
    let broken = rules.into_iter().filter(|(holds, ..)| !holds);
    let mut wrong: Vec<_> = broken
        .map(|(_, key, text)| (key, text.to_owned()))
        .collect();
    for (key, modes, letters) in [
        ("rooms.default_modes", &config.rooms.default_modes, flags()),
        (
            "accounts.default_user_modes",
            &config.accounts.default_user_modes,
            own_modes(),
        ),
    ] {
        if !is_modes(modes, &letters) {
            let text = format!("must be + and letters of {letters}, or empty");
            wrong.push((key, text));
        }
    }
    wrong
}

fn server_rules(server: &Server) -> Vec<Rule> {
    let password = server.password.as_deref().unwrap_or("-");
    vec![
        (
            is_server_name(&server.name),
            "server.name",
            "must be letters, digits, dots, hyphens and colons, at most 63",
        ),
        (
            is_word(&server.network),
            "server.network",
            "must be 1 to 64 bytes without a space",
        ),
        (
            server.description.len() <= 200,
            "server.description",
            "must have at most 200 bytes",
        ),
        (
            are_lines(&server.motd, 1000),
            "server.motd",
            "must have at most 1000 lines of at most 400 bytes",
        ),
        (
            are_lines(&server.contact, 3),
            "server.contact",
            "must have at most 3 lines of at most 400 bytes",
        ),
        (
            server.shutdown_grace <= Duration::from_secs(600),
            "server.shutdown_grace",
            "must be at most 10m",
        ),
        (
            (1..=400).contains(&password.len()),
            "server.password",
            "must have 1 to 400 bytes, or be null",
        ),
        (
            server.tls.cert.is_some() == server.tls.key.is_some(),
            "server.tls.cert",
            "and server.tls.key must be given together",
        ),
    ]
}

fn account_rules(accounts: &Accounts) -> Vec<Rule> {
    let throttle = accounts.login_throttle;
    vec![(
        throttle.wait <= throttle.max,
        "accounts.login_throttle.wait",
        "must be at most accounts.login_throttle.max",
    )]
}

fn other_rules(config: &Config) -> Vec<Rule> {
    let limits = &config.limits;
    let is_tls = |door: &Listener| matches!(door, Listener::Tls(_) | Listener::WebTls(_));
    let lobby = config.lobby.as_ref().map_or("", |room| room.as_str());
    vec![
        (
            config.server.tls.enabled != Enabled::No || !config.listeners.iter().any(is_tls),
            "listeners",
            "hold a door for TLS, which server.tls.enabled forbids",
        ),
        (
            lobby.len() <= limits.room,
            "lobby",
            "is longer than limits.room",
        ),
        (
            limits.read_buffer >= limits.line + limits.client_tags + 2,
            "limits.read_buffer",
            "must hold a line: limits.line and limits.client_tags together",
        ),
    ]
}

fn web_rules(config: &Config) -> Vec<Rule> {
    let web = &config.web;
    let is_web = |door: &Listener| matches!(door, Listener::Web(_) | Listener::WebTls(_));
    vec![
        (
            web.hosts.iter().all(|name| is_host(name)),
            "web.hosts",
            "must hold names of hosts, like chat.example.org",
        ),
        (
            web.url.as_deref().is_none_or(is_site),
            "web.url",
            "must be like https://chat.example.org, without anything behind it",
        ),
        (
            web.origins.iter().all(|site| is_site(site)),
            "websocket.allowed_origins",
            "must hold web sites like https://example.org, without anything behind them",
        ),
        (
            web.enabled || !config.listeners.iter().any(is_web),
            "listeners",
            "hold a door for WebSocket, which web.enabled forbids",
        ),
    ]
}

/// Whether clients take it for a server: it needs no dot, but must not look like a nick with a host.
pub fn is_server_name(name: &str) -> bool {
    (1..=63).contains(&name.len())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || ".-:".contains(c))
        && !name.starts_with([':', '-'])
}

fn are_lines(lines: &[String], most: usize) -> bool {
    lines.len() <= most && lines.iter().all(|line| line.len() <= 400)
}

fn is_word(text: &str) -> bool {
    (1..=64).contains(&text.len()) && !text.contains(char::is_whitespace) && !text.starts_with(':')
}

fn is_modes(modes: &str, known: &str) -> bool {
    match modes.strip_prefix('+') {
        Some(letters) => letters.chars().all(|c| known.contains(c)),
        None => modes.is_empty(),
    }
}

/// Letters of the modes that a new room can have: those without a parameter.
fn flags() -> String {
    let flags = ROOM_MODES
        .iter()
        .filter(|row| matches!(row.kind, Kind::Flag(_)));
    flags.map(|row| row.letter).collect()
}

/// Letters of the modes that people may give themselves.
fn own_modes() -> String {
    let own = USER_MODES
        .iter()
        .filter(|(_, mode, _)| *mode != UserMode::Operator);
    own.map(|(letter, ..)| *letter).collect()
}
