//! Chapters of man pages that are in no table of the command line: files, signals, codes, the console.

mod talk;

use crate::admin::command::Code;
use crate::cmd::EXAMPLE;
use crate::exit;

/// What stands in a chapter.
pub(super) enum Part {
    Text(String),
    /// A term and what it means.
    Item(String, String),
    /// Lines that are shown as they are.
    Lines(&'static str),
}

/// A title and its parts.
pub(super) type Chapter = (&'static str, Vec<Part>);

/// The chapters of the page with this name, in order.
pub(super) fn chapters(page: &str) -> Vec<Chapter> {
    let mut chapters = match page {
        "chat" => vec![("EXAMPLES", vec![Part::Lines(EXAMPLE)])],
        "chat-serve" => vec![
            ("FILES", items(SERVE_FILES)),
            ("ENVIRONMENT", items(SERVE_ENVIRONMENT)),
            ("SIGNALS", items(SIGNALS)),
        ],
        "chat-connect" => talk::chapters(),
        "chat-admin" => vec![
            ("SERVERS", vec![text(SERVERS)]),
            ("CONSOLE", vec![text(CONSOLE)]),
            ("JSON", json()),
        ],
        _ => Vec::new(),
    };
    chapters.push(("EXIT STATUS", exit_status(page)));
    chapters.push(("SEE ALSO", vec![see_also(page)]));
    chapters
}

fn text(text: &str) -> Part {
    Part::Text(text.to_owned())
}

/// The other pages.
fn see_also(page: &str) -> Part {
    let others = PAGES.iter().filter(|(name, _)| *name != page);
    let others: Vec<String> = others
        .map(|(name, section)| format!("{name}({section})"))
        .collect();
    Part::Text(others.join(", "))
}

fn items(rows: &[(&str, &str)]) -> Vec<Part> {
    let item = |(term, meaning): &(&str, &str)| Part::Item((*term).into(), (*meaning).into());
    rows.iter().map(item).collect()
}

fn exit_status(page: &str) -> Vec<Part> {
    if page.starts_with("chat-admin-") {
        return vec![text("As told in chat-admin(1).")];
    }
    let row = |(code, meaning): (u8, &str)| Part::Item(code.to_string(), meaning.to_owned());
    exit::rows().map(row).collect()
}

fn json() -> Vec<Part> {
    let code = |code: Code| {
        let meaning = format!("{} (exit {})", code.meaning(), code.exit().code());
        Part::Item(code.word(), meaning)
    };
    let mut parts = vec![text(JSON), Part::Lines(JSON_LINES), text(JSON_CODES)];
    parts.extend(Code::ALL.into_iter().map(code));
    parts.extend([text(SOCKET), Part::Lines(SOCKET_LINE)]);
    parts
}

const PAGES: &[(&str, u8)] = &[
    ("chat", 1),
    ("chat-serve", 1),
    ("chat-connect", 1),
    ("chat-admin", 1),
    ("chat.yaml", 5),
];

const SERVE_FILES: &[(&str, &str)] = &[
    (
        "~/.config/chat/chat.yaml, /etc/chat/chat.yaml",
        "The configuration, see chat.yaml(5): without --config the first of them that is there.",
    ),
    (
        "~/.local/share/chat/PORT",
        "Everything that lasts, unless --data or the key data names another directory, or $STATE_DIRECTORY is set.",
    ),
    (
        "$RUNTIME_DIRECTORY/admin.sock, $XDG_RUNTIME_DIR/chat/PORT.sock, /tmp/chat-UID/PORT.sock",
        "The socket for chat-admin(1): the first whose directory is there, unless admin.socket names another. Only \
         the user who runs the server, and root, may use it.",
    ),
];

const SERVE_ENVIRONMENT: &[(&str, &str)] = &[
    (
        "XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_RUNTIME_DIR",
        "Where configuration, data and the socket are, in place of ~/.config, ~/.local/share and /tmp/chat-UID.",
    ),
    (
        "RUNTIME_DIRECTORY",
        "Set by systemd: the directory of the socket.",
    ),
    (
        "STATE_DIRECTORY",
        "Set by systemd: the directory for everything that lasts, unless --data or the key data names another.",
    ),
];

const SIGNALS: &[(&str, &str)] = &[
    (
        "SIGINT, SIGTERM",
        "Nobody more is let in, everybody is told, and the server ends when they have left, or after \
         server.shutdown_grace. A second one ends it at once.",
    ),
    (
        "SIGHUP",
        "The configuration is read again: what may change at once does, what needs a restart is named in the log, a \
         file with a fault changes nothing. A log file is opened anew. When the terminal of the server has gone, it \
         is like SIGTERM.",
    ),
];

const SERVERS: &str = "The server is the one behind --socket, or the one on --port, or the only one that runs. Sockets \
     are looked for in /run/chat/admin.sock, $XDG_RUNTIME_DIR/chat/PORT.sock and /tmp/chat-UID/PORT.sock (or below \
     $TMPDIR). Only the user who runs the server, and root, may ask.";

const CONSOLE: &str = "Without a verb there is a console: the same verbs, with completion and history on a terminal; in \
     a pipe, one verb per line, and the exit status is that of the first that failed. help tells the verbs, quit leaves.";

const JSON: &str = "With --json one line is printed on standard output, which is one of:";

const JSON_LINES: &str = "\
{\"v\":1,\"ok\":true,\"data\":...,\"truncated\":false}
{\"v\":1,\"ok\":false,\"error\":{\"code\":...,\"text\":...,\"hint\":[...]},\"truncated\":false}";

const JSON_CODES: &str =
    "text is for people, hint holds names that may have been meant. code is one of:";

const SOCKET: &str = "The socket takes one JSON object per line and answers with one, so that any language can speak it:";

const SOCKET_LINE: &str =
    "{\"v\":1,\"request\":{\"command\":\"kick\",\"names\":[\"bob\"],\"reason\":null}}";
