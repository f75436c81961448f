//! The chapters of chat-connect(1): what is typed, which keys there are, what is kept where.

use crate::client::input::TABLE;
use crate::client::keys::KEYS;
use crate::client::taste::KEYS as SETTINGS;
use crate::cmd::chapter::{Chapter, Part, items, text};
use crate::config::client;

/// In their order.
pub(super) fn chapters() -> Vec<Chapter> {
    vec![
        ("COMMANDS", commands()),
        ("KEYS", items(KEYS)),
        ("PROMPT", items(PROMPT)),
        ("TRANSFERS", items(TRANSFERS)),
        ("SETTINGS", settings()),
        ("FILES", items(FILES)),
        ("ENVIRONMENT", items(ENVIRONMENT)),
    ]
}

fn commands() -> Vec<Part> {
    let mut parts = vec![text(LINES)];
    for row in TABLE {
        let also = match row.aliases {
            [] => String::new(),
            names => format!(" Also: /{}.", names.join(", /")),
        };
        let about = format!("{}. For example: {}{also}", row.help, row.example);
        parts.push(Part::Item(row.usage.to_owned(), about));
    }
    parts
}

fn settings() -> Vec<Part> {
    let mut parts = vec![text(YAML)];
    for key in SETTINGS {
        let about = format!("{}; {}. Without it: {}.", key.help, key.form, key.default());
        parts.push(Part::Item(format!("ui.{}", key.name), about));
    }
    let saved = client::KEYS.iter();
    parts.extend(
        saved.map(|(key, help)| Part::Item(format!("servers.NAME.{key}"), (*help).to_owned())),
    );
    parts
}

const LINES: &str = "A line is said where the prompt points. One that begins with a slash is a command and is never \
     said; //TEXT and /say TEXT say it. The words written here without a slash are commands without one, too, where \
     they can hardly be meant as text; /set bare_commands off ends that. Names of commands may be shortened to three \
     letters where that is clear.";

const PROMPT: &[(&str, &str)] = &[
    (
        "3 [#lobby]",
        "plain lines go to #lobby; 3 lines elsewhere were not looked at",
    ),
    (
        "!2 [→ bob]",
        "plain lines go to bob alone; elsewhere 2 are for you or call you",
    ),
    (
        "✗12s [#lobby]",
        "the connection is lost, and tried again in 12 seconds; what you say waits",
    ),
    (
        "↓54% [#lobby]",
        "a file is on its way to you (↑: from you); on 70 columns and more with a bar, the speed and the time left",
    ),
    (
        "[#lobby z=]",
        "you are away (z); other rooms are only counted (=, /only on)",
    ),
];

const TRANSFERS: &[(&str, &str)] = &[
    (
        "Names",
        "A name with spaces stands in quotes, or has a backslash before each. ~ is your home. Tab completes paths after \
         /upload, and names of files that were heard of after download. Of several files of one name the newest is \
         fetched; a link of the server in place of a name fetches exactly that file.",
    ),
    (
        "Where a file goes",
        "download FILE puts it into the current directory, under its name without what would hide it or lead elsewhere; \
         AS is another name, or a directory. What is there already is never overwritten. Until all of it is there and \
         its SHA-256 is the one that the server tells, it is in .NAME.KEY.part beside it; the same download goes on \
         from there, also after the program was killed. /cancel removes it.",
    ),
    (
        "Interruptions",
        "Uploads and downloads go on by themselves when the connection is back, for some minutes. Leaving ends them, \
         and is asked about.",
    ),
    (
        "Ways",
        "Files go to the port of the conversation by HTTP, with TLS if the conversation has it, and only to a server \
         that is believed as it is. --udp fetches by QUIC, if the server has files.udp; where nothing comes through, \
         that is told after four seconds, and TCP is used.",
    ),
    (
        "Other networks",
        "Where the network names a place for files (FILEHOST), /upload puts them there and says the link; with your \
         account's name and password if you are logged in and the place has TLS.",
    ),
    (
        "In a pipe",
        "Each transfer ends before the next line is read, and the exit code tells whether it worked.",
    ),
];

const YAML: &str = "client.yaml has the sections servers (for chat connect NAME), ui (what /set changes) and alias (other \
     names for lines; $1 to $9 are the words behind it, $* all of them). What is wrong there is told at the start and \
     passed over.";

const FILES: &[(&str, &str)] = &[
    (
        "~/.local/state/chat/history",
        "Lines that were typed, for the next time; readable for you alone. Lines that begin with a space or may hold a \
         secret are not kept.",
    ),
    (
        "~/.local/state/chat/server",
        "The server used last, for chat connect alone.",
    ),
    (
        "~/.config/chat/client.yaml",
        "Saved servers, settings and aliases; what /set and /alias change is kept here.",
    ),
    (
        "~/.local/state/chat/known_hosts",
        "Servers whose certificates were believed, one per line: HOST:PORT, the fingerprint, signed (an authority \
         vouches for it) or trusted (you said so), and the day. A certificate that no authority signed is asked about \
         the first time, on a terminal only; if it is another one later, nothing is sent and the program ends with 5. \
         When the operator confirms that it was changed, take the line out. A pin (--pin) asks nothing of this file.",
    ),
    (
        "~/.local/state/chat/sts",
        "Servers that asked to be called by TLS alone (IRCv3 sts), one per line: HOST, the port, and until when. Until \
         then --no-tls is not followed. Both files are readable for you alone, and not relied on if others may \
         change them.",
    ),
];

const ENVIRONMENT: &[(&str, &str)] = &[
    ("CHAT_SERVER", "The server, if none is given."),
    ("CHAT_NICK", "Your name, as --nick gives it."),
    (
        "CHAT_PASSWORD_FILE",
        "File with the password, if none is given otherwise.",
    ),
    (
        "PAGER, VISUAL, EDITOR",
        "Programs for /page and /edit; less and vi if they are not set.",
    ),
    ("NO_COLOR", "If it is set and not empty, no colour is used."),
    ("TERM=dumb", "Plain lines in ASCII; nothing is drawn anew."),
    ("XDG_STATE_HOME", "In place of ~/.local/state."),
    ("XDG_CONFIG_HOME", "In place of ~/.config."),
];
