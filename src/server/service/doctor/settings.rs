//! Settings that are weaker than they could be.

use crate::config::password::HashCost;
use crate::config::password::Password;
use crate::config::{Config, Listener, StoreKind, Sync};
use crate::server::service::doctor::{Finding, Verdict};

/// Those that are in force; one word if none is.
pub(super) fn examine(config: &Config) -> Vec<Finding> {
    let found = weak(config);
    if found.is_empty() {
        return vec![Finding::fine("settings", "none is weak")];
    }
    let findings = found.into_iter();
    let findings =
        findings.map(|(text, remedy)| Finding::new("settings", Verdict::Warning, text, remedy));
    findings.collect()
}

/// What is weak, and what to do.
fn weak(config: &Config) -> Vec<(String, &'static str)> {
    let is_open = is_open(config);
    let rules = [
        (
            config.store.kind == StoreKind::Memory,
            "store.kind is memory: a restart forgets every message and account",
            "set store.kind: sqlite",
        ),
        (
            config.store.kind == StoreKind::Sqlite && config.store.sync != Sync::Full,
            "store.sync is not full: a power cut may lose what was acknowledged",
            "set store.sync: full",
        ),
        (
            config.accounts.hash_cost == HashCost::Test,
            "accounts.hash_cost is test: stolen passwords are quickly guessed",
            "set accounts.hash_cost: normal",
        ),
        (
            config
                .opers
                .iter()
                .filter_map(|oper| oper.password.as_ref())
                .any(Password::is_plain),
            "an operator's password stands in the file as it is",
            "put an argon2 PHC string of it there",
        ),
        (
            !config.speaks_tls() && is_open,
            "other hosts can connect, and nothing is encrypted",
            "set server.tls.enabled: auto",
        ),
        (
            !config.flood.enabled && is_open,
            "flood.enabled is false: anybody may send as fast as they can",
            "set flood.enabled: true",
        ),
        (
            config.connections.per_ip.is_none() && is_open,
            "connections.per_ip is null: one address may take every connection",
            "set connections.per_ip, like 10",
        ),
        (
            config.accounts.login_throttle.failures.is_none() && is_open,
            "accounts.login_throttle is off: passwords may be tried without end",
            "set accounts.login_throttle.failures, like 5",
        ),
    ];
    let broken = rules.into_iter().filter(|(is_weak, ..)| *is_weak);
    broken
        .map(|(_, text, remedy)| (text.to_owned(), remedy))
        .collect()
}

/// Whether other hosts can connect.
fn is_open(config: &Config) -> bool {
    let is_far = |listener: &Listener| match listener {
        Listener::Tcp(address)
        | Listener::Tls(address)
        | Listener::Web(address)
        | Listener::WebTls(address) => !address.ip().to_canonical().is_loopback(),
        Listener::Unix(_) => false,
    };
    !config.server.bind.to_canonical().is_loopback() || config.listeners.iter().any(is_far)
}
