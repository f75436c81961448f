//! Configuration files as people write them: what is taken, what is refused, and how it is said.

use chat::config::accounts::{AlwaysOn, Reservation};
use chat::config::fault::{Report, Weight};
use chat::config::file;
use chat::config::password::HashCost;
use chat::config::read::read;
use chat::config::{Allow, Config, Listener, StoreKind, Sync, keys};
use chat::proto::sasl::Mechanism;
use proptest::prelude::{Strategy, prop, proptest};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

fn good(text: &str) -> Config {
    let (config, report) = read(text, Config::default());
    assert!(report.faults.is_empty(), "{report}");
    config
}

fn report(text: &str) -> Report {
    read(text, Config::default()).1
}

fn said(text: &str) -> Vec<String> {
    report(text)
        .faults
        .into_iter()
        .map(|fault| fault.text)
        .collect()
}

#[test]
fn an_empty_file_means_the_defaults() {
    for text in ["", "# nothing\n", "{}", "server:\n"] {
        assert_eq!(
            format!("{:?}", good(text)),
            format!("{:?}", Config::default())
        );
    }
}

#[test]
fn each_kind_of_value_reaches_its_place() {
    let config = good(
        "server:\n  name: irc.example.org\n  bind: '::'\n  ping_interval: 2m\n  motd: [Hello, World]\nlobby: null\n\
         broadcast: { allow: everyone, burst: 9 }\nlimits:\n  send_queue: 4 MiB\n  nick: 20\n  targets: { privmsg: 7 }\n\
         flood: { enabled: false }\nconnections:\n  per_ip: null\n  max: 12\n  exempt: [10.0.0.0/8]\n\
         listeners:\n  - address: 127.0.0.1:6667\n  - unix: chat.sock\nstore: { kind: memory, sync: off, window: 5ms }\ndata: data\n",
    );
    assert_eq!(config.server.name, "irc.example.org");
    assert!(config.server.bind.is_ipv6() && config.server.bind.is_unspecified());
    assert_eq!(config.server.ping_interval, Duration::from_secs(120));
    assert_eq!(config.server.motd, ["Hello", "World"]);
    assert!(config.lobby.is_none());
    assert_eq!(
        (config.broadcast.allow, config.broadcast.burst),
        (Allow::Everyone, 9)
    );
    assert_eq!(
        (config.limits.send_queue, config.limits.nick),
        (4 << 20, 20)
    );
    assert_eq!(config.limits.targets["PRIVMSG"], 7);
    assert!(!config.flood.enabled);
    assert_eq!(
        (config.connections.per_ip, config.connections.max),
        (None, Some(12))
    );
    assert_eq!(config.connections.exempt.len(), 1);
    assert_eq!(config.listeners[1], Listener::Unix("chat.sock".into()));
    assert_eq!(config.store.kind, StoreKind::Memory);
    assert_eq!(config.store.sync, Sync::Off);
    assert_eq!(config.store.window, Duration::from_millis(5));
    assert_eq!(config.data, Some("data".into()));
}

#[test]
fn what_is_said_of_accounts_and_history_reaches_its_place() {
    let config = good(
        "accounts:\n  sasl: [scram-sha-256, SCRAM-SHA-256]\n  hash_cost: test\n  login_throttle: { failures: 2, wait: 1s }\n\
         \x20 always_on: opt-out\n  nick_reservation: none\n  default_user_modes: +iR\n\
         \x20 registration: { enabled: false, require_email: true }\n\
         history:\n  room_messages: 500\n  direct_messages: unlimited\n  retention: 90d\n  store_tagmsg: [+typing]\n\
         \x20 replay_on_join: 0\n  redact: { own: false }\ninbox: { max_messages: 3, max_bytes: 2 KiB }\n\
         metadata: { max_keys: 4 }\nrooms: { registration: false }\nlimits: { multiline: { max_lines: 7 } }\n",
    );
    let accounts = &config.accounts;
    assert_eq!(accounts.sasl, [Mechanism::ScramSha256]);
    assert_eq!(accounts.hash_cost, HashCost::Test);
    assert_eq!(accounts.login_throttle.failures, Some(2));
    assert_eq!(accounts.login_throttle.wait, Duration::from_secs(1));
    assert_eq!(accounts.always_on, AlwaysOn::OptOut);
    assert_eq!(accounts.nick_reservation, Reservation::None);
    assert_eq!(accounts.default_user_modes, "+iR");
    assert!(!accounts.registration.enabled && accounts.registration.require_email);
    let history = &config.history;
    assert_eq!(
        (history.room_messages, history.direct_messages),
        (Some(500), None)
    );
    assert_eq!(
        history.retention,
        Some(Duration::from_secs(90 * 24 * 60 * 60))
    );
    assert_eq!(history.store_tagmsg, ["+typing"]);
    assert_eq!(history.replay_on_join, 0);
    assert!(!history.redact.own && history.redact.room_operators);
    assert_eq!(
        (config.inbox.max_messages, config.inbox.max_bytes),
        (3, 2048)
    );
    assert_eq!(config.metadata.max_keys, 4);
    assert!(!config.rooms.registration);
    assert_eq!(config.limits.multiline.max_lines, 7);
}

#[test]
fn nothing_in_place_of_the_login_throttle_switches_it_off() {
    let config = good("accounts: { login_throttle: null }");
    assert_eq!(config.accounts.login_throttle.failures, None);
    let config = good("accounts: { login_throttle: { failures: null } }");
    assert_eq!(config.accounts.login_throttle.failures, None);
}

#[test]
fn wrong_values_about_accounts_and_history_say_what_would_be_right() {
    for (text, expected) in [
        (
            "accounts: { sasl: [GSSAPI] }",
            "accounts.sasl must be a list of PLAIN, SCRAM-SHA-256 or EXTERNAL, not a list",
        ),
        (
            "accounts: { hash_cost: low }",
            "accounts.hash_cost must be normal or test, not \"low\"",
        ),
        (
            "accounts: { default_user_modes: +o }",
            "accounts.default_user_modes must be + and letters of BRTiw, or empty",
        ),
        (
            "accounts: { login_throttle: { wait: 1h } }",
            "accounts.login_throttle.wait must be at most accounts.login_throttle.max",
        ),
        (
            "accounts: null\nhistory: { room_messages: 0 }",
            "history.room_messages must be a whole number from 1 to 1099511627776 or unlimited, not 0",
        ),
        (
            "history: { retention: 99999d }",
            "history.retention must be a time up to 36500d, like 90d or 12h, or null, not \"99999d\"",
        ),
        (
            "history: { store_tagmsg: [draft/react] }",
            "history.store_tagmsg must be a list of client tags like +draft/react, not a list",
        ),
        (
            "store: { sync: null }",
            "store.sync must be full, normal or off, not nothing",
        ),
        (
            "store: { kind: postgres }",
            "store.kind must be memory or sqlite, not \"postgres\"",
        ),
    ] {
        assert_eq!(said(text), [expected]);
    }
}

#[test]
fn every_fault_is_told_at_once_with_its_place() {
    let report = report(
        "server:\n  nmae: x\n  ping_timeout: soon\nconnections.maxx: 3\nlobby: lobby\nflood: { enabled: maybe }\nlimits: 7\n",
    );
    let lines: Vec<String> = report.to_string().lines().map(str::to_owned).collect();
    for (line, expected) in lines.iter().zip([
        "configuration:2:3  error    unknown key \"server.nmae\" (did you mean \"server.name\"?)",
        "configuration:3:3  error    server.ping_timeout must be a time",
        "configuration:4:1  error    unknown key \"connections.maxx\" (did you mean \"connections.max\"?)",
        "configuration:5:1  error    lobby must be a room like \"#lobby\" (in quotes) or null",
        "configuration:6:10  error    flood.enabled must be true or false, not \"maybe\"",
        "configuration:7:1  error    limits must be a section of keys, not a number",
    ]) {
        assert!(line.starts_with(expected), "{line}\n{expected}");
    }
    assert_eq!(lines.len(), 6);
    assert_eq!(report.summary(), "6 errors, 0 warnings");
}

#[test]
fn a_key_whose_feature_is_to_come_is_a_warning() {
    let (_, report) = read(
        "server: { check_ident: true, lookup_hostnames: true }\nopers:\n  - name: root\n    role: admin\n",
        Config::default(),
    );
    assert!(!report.is_fatal());
    assert_eq!(report.count(Weight::Warning), 3, "{report}");
    assert!(
        report
            .to_string()
            .contains("opers[0] has neither password nor account")
    );
}

#[test]
fn a_door_that_is_to_be_encrypted_is_never_opened_in_clear() {
    let config = good("listeners: [{ address: '127.0.0.1:6697', tls: true }]");
    let address = "127.0.0.1:6697".parse().unwrap();
    assert_eq!(config.listeners, [Listener::Tls(address)]);
    assert!(config.speaks_tls());
    let text = "server: { tls: { enabled: false } }\nlisteners: [{ address: '127.0.0.1:6697', tls: true }]";
    assert!(report(text).is_fatal());
}

#[test]
fn every_key_of_the_table_is_known_to_the_reader() {
    for row in keys::all() {
        let mut text = "x".to_owned();
        for part in row.path.split('.').rev() {
            text = match part.strip_suffix("[]") {
                Some(list) => format!("{{ {list}: [{text}] }}"),
                None => format!("{{ {part}: {text} }}"),
            };
        }
        let said = said(&text);
        assert!(
            !said.iter().any(|text| text.contains("unknown key")),
            "{}: {said:?}",
            row.path
        );
    }
}

#[test]
fn what_is_no_yaml_is_told_with_line_and_column() {
    for text in [
        "a: [",
        "server: { name: x",
        "\tserver: x",
        "a: b: c",
        "- 1",
        "42",
        "a: 1\na: 2\n",
        "? [x]\n: y\n",
    ] {
        let report = report(text);
        assert!(report.is_fatal(), "{text:?}: {report}");
        assert!(report.to_string().len() < 400, "{report}");
    }
    assert!(report("lobby: null\nserver: [").faults[0].place.is_some());
}

#[test]
fn a_tab_and_a_key_twice_are_told_where_they_stand() {
    for (text, expected) in [
        (
            "server:\n\tname: x\n",
            "2:1  error    a tab cannot indent YAML: use spaces",
        ),
        (
            "server:\n  motd: [x]\n \tname: x\n",
            "3:2  error    a tab cannot indent YAML: use spaces",
        ),
        (
            "lobby: null\nflood:\n  lobby: 1\n\"lobby\": null\n",
            "4:1  error    lobby stands here for the second time",
        ),
        (
            "server:\n  name: a.b\n  # name: no\n\n  motd:\n    - name: x\n  name: c.d\n",
            "7:3  error    name stands here for the second time",
        ),
    ] {
        let shown = report(text).to_string();
        assert!(
            shown.starts_with(&format!("configuration:{expected}")),
            "{shown}"
        );
    }
    let shown = report("flood: { burst: 1, burst: 2 }").to_string();
    assert!(shown.contains("burst"), "{shown}");
}

#[test]
fn faults_are_told_in_the_order_of_the_lines() {
    let report = report(
        "rooms: { default_modes: x }\nopers: [{ name: a }, { name: b }]\nlimitz: 1\nlobby: x\n",
    );
    let lines: Vec<usize> = report
        .faults
        .iter()
        .filter_map(|fault| Some(fault.place?.line))
        .collect();
    assert!(lines.len() >= 4 && lines.is_sorted(), "{report}");
}

#[test]
fn deep_and_self_multiplying_files_are_refused() {
    assert!(report(&"[".repeat(100_000)).is_fatal());
    assert!(report(&"{a: ".repeat(1000)).is_fatal());
    let mut bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for n in 1..12 {
        let before = format!("*a{}", n - 1);
        bomb.push_str(&format!(
            "a{n}: &a{n} [{}]\n",
            [before.as_str(); 9].join(",")
        ));
    }
    assert!(report(&bomb).is_fatal());
}

#[test]
fn numbers_stop_at_their_bounds() {
    for (key, least, most) in [
        ("limits.nick", 1, 64),
        ("flood.burst", 1, 1_000_000),
        ("limits.line", 512, 16384),
    ] {
        let (section, name) = key.split_once('.').unwrap();
        let faults = |n: i64| said(&format!("{section}: {{ {name}: {n} }}\nlimits2: 1")).len() - 1;
        assert_eq!([faults(least - 1), faults(most + 1)], [1, 1], "{key}");
        assert_eq!(faults(least), 0, "{key}");
    }
}

#[test]
fn a_password_that_everyone_can_read_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("chat.yaml");
    fs::write(&path, "server: { password: sesame }\n").unwrap();
    for (mode, is_fatal) in [(0o644, true), (0o640, false), (0o600, false)] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        let (config, report) = file::load(&path, Config::default());
        assert_eq!(report.is_fatal(), is_fatal, "{mode:o}: {report}");
        assert_eq!(config.server.password.as_deref(), Some("sesame"));
        assert!(!report.to_string().contains("sesame"));
    }
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    fs::write(&path, "opers: [{ name: root, account: ann }]\n").unwrap();
    let (_, report) = file::load(&path, Config::default());
    assert!(!report.is_fatal(), "no password is in it: {report}");
    fs::write(&path, "opers: [{ name: root, password: a long secret }]\n").unwrap();
    assert!(file::load(&path, Config::default()).1.is_fatal());
}

#[test]
fn a_file_that_is_missing_huge_or_no_text_is_one_sentence() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("chat.yaml");
    let loaded = || file::load(&path, Config::default()).1.to_string();
    assert!(
        loaded().contains("cannot be read: No such file"),
        "{}",
        loaded()
    );
    fs::write(&path, vec![b'#'; 2 << 20]).unwrap();
    assert!(loaded().contains("has more than 1 MiB"), "{}", loaded());
    fs::write(&path, b"lobby: null\nserver: \xff\n").unwrap();
    assert!(
        loaded().contains(":2:9  error    is not UTF-8"),
        "{}",
        loaded()
    );
}

#[test]
fn a_message_of_the_day_may_stand_in_a_file_of_its_own() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("motd");
    fs::write(&path, "one\ntwo\tthree\n").unwrap();
    let config = good(&format!("server: {{ motd: '{}' }}", path.display()));
    assert_eq!(config.server.motd, ["one", "two three"]);
    assert!(said("server: { motd: /does/not/exist }")[0].contains("cannot be read from"));
}

#[test]
fn a_file_that_is_wrong_all_over_is_told_in_one_screen_or_two() {
    let text: String = (0..50_000).map(|n| format!("key{n}: {n}\n")).collect();
    let report = report(&text);
    assert!(report.is_fatal() && report.faults.len() <= 101);
    assert!(report.to_string().ends_with("and 49900 more of the kind\n"));
    assert!(!said(&format!("{}: 1", "x".repeat(500_000))).is_empty());
}

/// Pieces of files, good and bad, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "server",
        "name",
        "lobby",
        "limits.nick",
        "opers",
        "listeners",
        "address",
        "null",
        "~",
        "30s",
        "1 MiB",
        "'",
        "\"",
        ":",
        ": ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "#",
        " #",
        "\n",
        "\n  ",
        "&a",
        "*a",
        "!x ",
        "<<",
        "|\n",
        "\t",
        "é",
        "\u{0}",
        "\u{85}",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_file_makes_the_reader_panic(text in pieces()) {
        let _ = report(&text).to_string();
    }

    #[test]
    fn no_value_makes_the_reader_panic(value in pieces(), at in 0..100_usize) {
        let row = keys::all().nth(at).unwrap();
        let _ = report(&format!("{}: {value}", row.path)).to_string();
    }
}
