//! Man pages, completions and README say what the program does: compared with what the program says of itself.

use chat::admin::command::Code;
use chat::client::input::TABLE;
use chat::client::keys::KEYS;
use chat::client::taste::KEYS as SETTINGS;
use chat::cmd::{Cli, manual};
use chat::config::client;
use chat::config::keys;
use clap::CommandFactory;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn committed_pages_and_completions_are_fresh() {
    let stale: Vec<String> = manual::pages()
        .into_iter()
        .filter(|(path, content)| fs::read(root().join(path)).ok().as_ref() != Some(content))
        .map(|(path, _)| path)
        .collect();
    assert!(
        stale.is_empty(),
        "stale: {stale:?}; write them again: cargo run -- docs"
    );
}

#[test]
fn synopses_name_the_values_of_options_and_repeated_arguments() {
    let roff = read("man/chat-admin-kick.1")
        .replace("\\fR", "")
        .replace("\\fI", "");
    let roff = roff.replace("\\fB", "").replace("\\-", "-");
    let synopsis = "chat admin kick [-r|--reason REASON] [--room ROOM] [--all-sessions] [--socket PATH] [--port PORT] \
                    [--timeout SECONDS] [--json] [--tsv] [--wide] [--no-header] [-y|--yes] [-h|--help] NAME|#ID...\n";
    assert!(roff.contains(synopsis), "{roff}");
}

#[test]
fn the_page_of_the_client_tells_every_command_key_and_setting() {
    let roff = read("man/chat-connect.1").replace("\\-", "-");
    let roff = roff.replace("\\fR", "").replace("\\fB", "");
    let commands = TABLE
        .iter()
        .flat_map(|row| [row.usage, row.example, row.help]);
    let keys = KEYS.iter().flat_map(|(key, does)| [*key, *does]);
    let settings = SETTINGS
        .iter()
        .flat_map(|key| [key.name, key.help, key.form]);
    let saved = client::KEYS.iter().flat_map(|(key, help)| [*key, *help]);
    for words in commands.chain(keys).chain(settings).chain(saved) {
        let written = words.replace('\'', "\\*(Aq");
        assert!(
            roff.contains(&written),
            "{words}: not in man/chat-connect.1"
        );
    }
    for file in ["history", "known_hosts", "sts", "server", "client.yaml"] {
        assert!(roff.contains(&format!("chat/{file}")), "{file}");
    }
}

#[test]
fn no_page_is_left_of_something_that_is_gone() {
    let known: Vec<PathBuf> = manual::pages()
        .into_iter()
        .map(|(path, _)| root().join(path))
        .collect();
    for directory in ["man", "completions"] {
        for entry in fs::read_dir(root().join(directory)).unwrap() {
            let path = entry.unwrap().path();
            assert!(
                known.contains(&path),
                "{} documents nothing",
                path.display()
            );
        }
    }
}

#[test]
fn every_key_stands_once_in_the_table_with_a_sentence() {
    let mut paths: Vec<&str> = keys::all().map(|row| row.path).collect();
    let count = paths.len();
    paths.sort_unstable();
    paths.dedup();
    assert_eq!(paths.len(), count);
    for row in keys::all() {
        assert!(
            row.help.ends_with('.') && row.help.len() < 120,
            "{}",
            row.path
        );
        assert!(!row.default.is_empty(), "{}", row.path);
    }
}

#[test]
fn every_code_of_the_console_stands_in_its_help() {
    let help = Cli::command()
        .find_subcommand("admin")
        .and_then(|admin| admin.get_after_long_help().map(ToString::to_string));
    let help = help.expect("words behind the options");
    for code in Code::ALL {
        assert!(help.contains(&code.word()), "{}", code.word());
    }
}

#[test]
fn every_verb_has_help() {
    fn check(command: &clap::Command) {
        let name = command.get_name();
        assert!(command.get_about().is_some(), "{name} has no help");
        for argument in command.get_arguments() {
            assert!(
                argument.get_help().is_some(),
                "{name} {} has no help",
                argument.get_id()
            );
        }
        command.get_subcommands().for_each(check);
    }
    let mut cli = Cli::command();
    cli.build();
    cli.debug_assert();
    check(&Cli::command());
}

/// The command lines in the README: those of blocks that a shell would take.
fn commands_of_the_readme() -> Vec<String> {
    let readme = read("README.md");
    let mut commands = Vec::new();
    for block in readme.split("```").skip(1).step_by(2) {
        for line in block.lines().skip(1) {
            let line = line
                .split("  #")
                .next()
                .unwrap_or(line)
                .trim()
                .trim_start_matches("$ ");
            let own = line.strip_prefix("cargo run --release -- ");
            let own = own.or_else(|| line.strip_prefix("chat "));
            commands.extend(own.map(|words| format!("chat {words}")));
        }
    }
    commands
}

#[test]
fn commands_of_the_readme_exist() {
    let commands = commands_of_the_readme();
    assert!(
        commands.len() >= 3,
        "the README shows no commands: {commands:?}"
    );
    for command in commands {
        let words = command
            .split_whitespace()
            .map(|word| word.trim_matches('"'));
        let parsed = Cli::command().try_get_matches_from(words);
        assert!(parsed.is_ok(), "{command}: {}", parsed.unwrap_err());
    }
}

#[test]
fn the_readme_asks_for_the_rust_that_the_build_asks_for() {
    let manifest = read("Cargo.toml");
    let line = manifest
        .lines()
        .find(|line| line.starts_with("rust-version"));
    let version = line.and_then(|line| line.split('"').nth(1)).unwrap();
    let words = format!("[Rust](https://rustup.rs) {version} or newer");
    assert!(read("README.md").contains(&words), "{words}");
}

#[test]
fn pages_for_people_fit_the_screen_and_the_drawing_its_length() {
    assert!(read("ARCHITECTURE.md").lines().count() < 120);
    assert!(read("README.md").lines().count() < 70);
}

#[test]
fn every_room_of_the_server_is_in_the_drawing() {
    let drawing = read("ARCHITECTURE.md");
    let named = |name: &str| {
        drawing
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .any(|word| word == name)
    };
    let rooms = [
        "server",
        "server/world",
        "server/command",
        "admin",
        "cmd",
        "terminal",
        "proto",
        "config",
    ];
    let mut missing = Vec::new();
    for room in rooms {
        for entry in fs::read_dir(root().join("src").join(room)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            if name != "mod" && !named(&name) {
                missing.push(format!("{room}/{name}"));
            }
        }
    }
    assert!(
        missing.is_empty(),
        "ARCHITECTURE.md does not name {missing:?}"
    );
}

#[test]
fn the_test_command_of_the_readme_is_what_ci_runs() {
    assert!(read("README.md").contains("./test"));
    assert!(read(".ci/run").contains("./test"));
}

#[test]
fn every_word_of_our_own_is_told_in_the_protocol_page() {
    let page = read("docs/protocol.md");
    let mut directories = vec![root().join("src/server/command")];
    let mut words: Vec<String> = Vec::new();
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                directories.push(path);
                continue;
            }
            words.extend(codes(&fs::read_to_string(path).unwrap()));
        }
    }
    assert!(words.len() > 5, "no code was found in the source");
    for word in words {
        assert!(page.contains(&word), "{word} is not told");
    }
}

#[test]
fn the_storage_page_names_keys_that_act_and_their_defaults() {
    let page = read("docs/storage.md");
    let sections = ["store.", "history.", "inbox.", "accounts."];
    let mut named = 0;
    for word in page.split('`').skip(1).step_by(2) {
        let key = word.split(':').next().unwrap_or(word);
        if sections.iter().any(|section| key.starts_with(section)) {
            let is_parent = |path: &str| path.starts_with(&format!("{key}."));
            let is_known = keys::all().any(|row| row.path == key || is_parent(row.path));
            assert!(is_known, "{key} is no key");
            named += 1;
        }
    }
    assert!(named > 5, "the page names {named} keys");
    for path in [
        "inbox.max_messages",
        "inbox.max_bytes",
        "history.max_per_request",
        "store.window",
    ] {
        let row = keys::all().find(|row| row.path == path);
        let default = row.map(|row| row.default.replace("2ms", "2 ms")).unwrap();
        let told = format!("`{path}` ({default})");
        assert!(page.contains(&told), "{told}");
    }
    assert!(page.contains("| `full` (default) |"));
    let sync = keys::all().find(|row| row.path == "store.sync").unwrap();
    assert_eq!(sync.default, "full");
}

#[test]
fn pages_that_pages_name_are_there() {
    for page in [
        "README.md",
        "CHANGELOG.md",
        "docs/storage.md",
        "docs/performance.md",
        "docs/protocol.md",
        "docs/operating.md",
    ] {
        let directory = Path::new(page).parent().unwrap();
        for link in read(page).split("](").skip(1) {
            let link = link.split([')', '#']).next().unwrap_or(link);
            let is_here = !link.is_empty() && !link.contains("://");
            let path = root().join(directory).join(link);
            assert!(!is_here || path.exists(), "{page}: {link}");
        }
    }
}

/// Words in quotes that are codes of standard replies.
fn codes(text: &str) -> Vec<String> {
    let quoted = text.split('"').skip(1).step_by(2);
    let is_code = |word: &&str| {
        word.contains('_')
            && !word.starts_with("CARGO_")
            && !word.starts_with("RPL_")
            && word.bytes().all(|b| b.is_ascii_uppercase() || b == b'_')
    };
    quoted.filter(is_code).map(str::to_owned).collect()
}
