//! What a typed line means: the table of commands, and the rules for words without a slash.
//!
//! A slash always means a command; what is not known is never sent as text. A bare word is a command
//! only where it can hardly be meant as text, and a doubt goes to the smaller audience.

pub mod guess;
pub mod pointers;

use self::guess::{half, is_like};
use crate::client::act::{
    account, beside, files, mark, moderate, mute, own, past, people, room, talk, taste, transfers,
    way,
};
use crate::client::deed::Refusal;
use crate::client::state::State;

/// Does what a command says, with the words after it.
pub type Run = fn(&mut State, &str) -> Result<(), Refusal>;

/// One command.
#[derive(Debug)]
pub struct Row {
    pub name: &'static str,
    pub aliases: &'static [&'static str],
    pub group: Group,
    pub usage: &'static str,
    pub example: &'static str,
    pub help: &'static str,
    pub run: Run,
}

/// Where a command stands in the help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    Talk,
    Rooms,
    People,
    Past,
    Files,
    Account,
    Client,
}

/// All groups, with their headings.
pub const GROUPS: &[(Group, &str)] = &[
    (Group::Talk, "Talk"),
    (Group::Rooms, "Rooms"),
    (Group::People, "People"),
    (Group::Past, "Past"),
    (Group::Files, "Files"),
    (Group::Account, "Account"),
    (Group::Client, "Client"),
];

macro_rules! rows {
    ($($group:ident $name:literal $aliases:expr, $usage:literal, $example:literal, $help:literal, $run:expr;)*) => {
        /// Every command.
        pub const TABLE: &[Row] = &[$(Row {
            name: $name,
            aliases: &$aliases,
            group: Group::$group,
            usage: $usage,
            example: $example,
            help: $help,
            run: $run,
        },)*];
    };
}

rows! {
    Talk "dm" ["msg", "query", "w"], "/dm NAME [TEXT]", "/dm bob are you there?",
        "says something to one person; without text, plain lines go to that person", talk::dm;
    Talk "r" [], "/r TEXT", "/r see you at noon", "answers the last private message", talk::reply;
    Talk "notice" [], "/notice NAME TEXT", "/notice bob the build is done", "says something that no program answers", talk::notice;
    Talk "bm" [], "/bm TEXT", "/bm the server room is locked today", "says something to everybody online", talk::everybody;
    Talk "send" [], "send NAME TEXT", "send bob hello", "says something to one person", talk::send;
    Talk "broadcast" [], "broadcast [user A,B] TEXT", "broadcast user ann,bob lunch at noon",
        "says something to everybody online, or to those named", talk::broadcast;
    Talk "me" [], "/me TEXT", "/me waves", "says what you do", talk::me;
    Talk "say" [], "/say TEXT", "/say /help is a command", "says exactly this, whatever it begins with", talk::say;
    Talk "to" [], "/to TARGET TEXT", "/to #dev done", "says something elsewhere without going there", talk::to;
    Talk "reply" [], "/reply [NAME|N] TEXT", "/reply bob yes, at noon",
        "answers what somebody said here last, or the last message but N", mark::reply;
    Talk "react" [], "/react [NAME|N] EMOJI", "/react 👍", "puts a sign to what was said last, or what somebody said", mark::react;
    Talk "unreact" [], "/unreact [NAME|N] EMOJI", "/unreact 👍", "takes a sign back", mark::unreact;
    Talk "redact" [], "/redact [N]", "/redact", "removes what you said here last, or N before", mark::redact;
    Rooms "join" ["j"], "/join ROOM[,ROOM] [KEY]", "/join #dev", "enters a room, or several, and goes there", room::join;
    Rooms "part" ["leave", "close"], "/part [ROOM] [REASON]", "/part #dev", "leaves a room, or ends the talk with a person", room::part;
    Rooms "switch" ["s"], "/switch [PART]", "/switch de",
        "goes to a room or person by a part of the name; without one, to the next with unread", room::switch;
    Rooms "rooms" [], "/rooms", "/rooms", "shows the rooms you are in", room::rooms;
    Rooms "list" [], "/list [PATTERN]", "/list #d*", "shows the rooms of the server", room::list;
    Rooms "topic" [], "/topic [TEXT]", "/topic release on Friday", "shows or sets the topic of the room", room::topic;
    Rooms "names" [], "/names [ROOM]", "/names", "shows who is in the room", room::names;
    Rooms "invite" [], "/invite NAME [ROOM]", "/invite bob #dev", "invites somebody into a room", room::invite;
    Rooms "kick" [], "/kick NAME [REASON]", "/kick bob please stop", "removes somebody from the room", room::kick;
    Rooms "mode" [], "/mode [ROOM] [MODES]", "/mode +m", "shows or changes the modes of the room", moderate::mode;
    Rooms "op" [], "/op NAME", "/op bob", "makes somebody an operator of the room", moderate::op;
    Rooms "deop" [], "/deop NAME", "/deop bob", "makes somebody no operator of the room any more", moderate::deop;
    Rooms "voice" [], "/voice NAME", "/voice bob", "lets somebody speak where only some may (/mode +m)", moderate::voice;
    Rooms "devoice" [], "/devoice NAME", "/devoice bob", "takes back what /voice gave", moderate::devoice;
    Rooms "ban" [], "/ban [NAME|MASK]", "/ban *!*@192.0.2.7",
        "keeps somebody out of the room, by name or mask; /kick removes who is in; alone: shows who is kept out", moderate::ban;
    Rooms "unban" [], "/unban NAME|MASK", "/unban bob", "lets somebody in again", moderate::unban;
    Rooms "mute" [], "/mute [ROOM|NAME [TIME]]", "/mute #dev 2h",
        "only counts what a room or a person says, for good or a while; alone: shows who is muted", mute::mute;
    Rooms "unmute" [], "/unmute ROOM|NAME", "/unmute #dev", "shows again what a room or a person says", mute::unmute;
    Rooms "only" [], "/only on|off", "/only on", "only counts what is said in rooms other than the current one", taste::only;
    People "users" ["online"], "/users [PART]", "/users", "shows who is online, without you", people::users;
    People "whoelse" [], "whoelse", "whoelse", "shows who else is online", people::whoelse;
    People "show" [], "show online", "show online", "shows who is online", people::show;
    People "wholast" [], "wholast N|90m|2h", "wholast 60", "shows who was here in the last N minutes, or hours", people::wholast;
    People "whois" [], "/whois NAME", "/whois bob", "tells about a person", people::whois;
    People "nick" [], "/nick NAME", "/nick bob2", "changes your name", people::nick;
    People "away" [], "/away [TEXT]", "/away lunch", "tells who writes to you that you are away", people::away;
    People "back" [], "/back", "/back", "you are back", people::back;
    People "block" [], "/block NAME", "/block bob", "takes no private messages from somebody any more", mark::block;
    People "unblock" [], "/unblock NAME", "/unblock bob", "takes private messages from somebody again", mark::unblock;
    People "blocked" [], "/blocked", "/blocked", "shows from whom you take no private messages", mark::blocked;
    Past "inbox" [], "inbox [all|keep|clear]", "inbox",
        "shows what was said to you alone while you were away; all shows what was read too, keep leaves it unread, clear \
         takes it as read without showing it", past::inbox;
    Past "history" [], "/history [TARGET] [N|30m|2d|since DATE]", "/history #dev since 2026-11-19",
        "shows what was said before", past::history;
    Past "search" [], "/search WORDS [in ROOM] [from NAME]", "/search report in #dev from bob",
        "finds messages; words in \"quotes\" stand together", past::search;
    Past "mentions" [], "/mentions [N]", "/mentions 10", "shows the last messages that call you", past::mentions;
    Past "unread" [], "/unread", "/unread", "shows where something was said that you have not looked at", past::unread;
    Files "files" [], "show files [PATTERN]", "show files *.pdf", "shows the files on the server", files::files;
    Files "upload" [], "/upload PATH [ROOM|NAME]", "/upload notes.txt #dev",
        "puts a file on the server and says so where you talk, or there", files::upload;
    Files "download" [], "download FILE [AS] [--udp]", "download notes.txt mine.txt",
        "fetches a file; it overwrites nothing, and goes on where it was interrupted", files::download;
    Files "transfers" [], "/transfers", "/transfers", "shows what is on its way, and what was", transfers::transfers;
    Files "cancel" [], "/cancel [N]", "/cancel 2", "gives up a transfer", transfers::cancel;
    Account "register" [], "/register", "/register", "makes your name yours, with an inbox; asks for a password", account::register;
    Account "login" [], "/login [ACCOUNT]", "/login ann", "logs in to your name; asks for the password", account::login;
    Account "logout" [], "/logout", "/logout", "is a guest again", account::logout;
    Account "passwd" [], "/passwd", "/passwd", "changes the password; asks for the old and the new one", account::passwd;
    Account "sessions" [], "/sessions [end N|end others]", "/sessions end 2",
        "shows the devices on which you are logged in, or ends one", account::sessions;
    Account "forget" [], "/forget", "/forget", "deletes your account for good; asks for its name and password", account::forget;
    Client "unsent" [], "/unsent [drop N]", "/unsent", "shows what waits for the connection", past::unsent;
    Client "reconnect" [], "/reconnect", "/reconnect", "connects once more, now", way::reconnect;
    Client "disconnect" [], "/disconnect [REASON]", "/disconnect", "leaves the server and stays here; /reconnect comes back", way::disconnect;
    Client "connect" [], "/connect HOST [PORT]", "/connect chat.example.org", "leaves this server for another", way::connect;
    Client "page" [], "/page COMMAND", "/page history 200", "shows a long answer in your pager ($PAGER)", beside::page;
    Client "edit" [], "/edit [TEXT]", "/edit", "has your editor ($EDITOR) write what you say; it is shown to you first", beside::edit;
    Client "help" ["h"], "/help [COMMAND]", "/help dm", "shows the commands, or one of them", own::help;
    Client "set" [], "/set [KEY [VALUE]]", "/set bell off", "shows or changes how the client looks and behaves", taste::set;
    Client "alias" [], "/alias [NAME=LINE]", "/alias brb=/away back soon", "gives a line a name; $1 to $9 and $* are words after it; NAME= with nothing after it removes one", taste::alias;
    Client "clear" [], "clear", "clear", "empties the screen", own::clear;
    Client "raw" [], "/raw LINE | on | off", "/raw LUSERS", "sends a line of IRC, or shows all that is received", own::raw;
    Client "admin" [], "/admin [WORDS]", "/admin list",
        "for operators: does what chat admin does, on the server; alone: tells who runs it", own::admin;
    Client "version" [], "/version", "/version", "tells the versions of client and server", own::version;
    Client "quit" ["exit"], "/quit [REASON]", "/quit see you", "leaves; so does QUIT, alone and in capitals", own::quit;
}

impl Row {
    /// Whether it is done where plain lines go, with these words.
    pub fn acts_here(&self, words: &str) -> bool {
        match self.name {
            "me" | "say" | "reply" | "react" | "unreact" | "redact" | "kick" | "edit" => true,
            "topic" => !words.is_empty(),
            "upload" | "invite" => words.split_whitespace().count() < 2,
            "part" => !words.starts_with('#'),
            _ => false,
        }
    }

    /// Whether it makes sense without a connection.
    pub fn works_alone(&self) -> bool {
        let is_said = self.group == Group::Talk
            && !["bm", "broadcast", "react", "unreact", "redact"].contains(&self.name);
        let others = [
            "switch",
            "rooms",
            "unread",
            "mute",
            "unmute",
            "only",
            "transfers",
            "cancel",
        ];
        let is_ours = self.group == Group::Client && !["raw", "admin"].contains(&self.name);
        is_said || is_ours || others.contains(&self.name)
    }
}

/// What a typed line means.
#[derive(Debug)]
pub enum Input<'a> {
    Nothing,
    Say(&'a str),
    /// Said in this room: `#room: text`.
    There(&'a str, &'a str),
    Run(&'static Row, &'a str),
    /// A file's name, if there is one of that name; else the whole line is said.
    Perhaps(&'a str, &'a str),
    Refused(String),
}

/// Reads a typed line.
pub fn read(line: &str) -> Input<'_> {
    let trimmed = line.trim();
    if trimmed.is_empty() {
        return Input::Nothing;
    }
    if let Some(text) = trimmed.strip_prefix("//") {
        return Input::Say(
            trimmed
                .get(1..)
                .filter(|_| !text.is_empty())
                .unwrap_or(trimmed),
        );
    }
    if let Some((room, text)) = there(trimmed) {
        return Input::There(room, text);
    }
    match trimmed.strip_prefix('/') {
        Some(command) => slash(command),
        None => bare(trimmed),
    }
}

/// A line that begins with the name of a room and a colon: the room, and what is to be said there.
fn there(line: &str) -> Option<(&str, &str)> {
    let (word, text) = line.split_once(char::is_whitespace)?;
    let room = word.strip_suffix(':')?;
    let is_room = room.starts_with('#') && room.len() > 1;
    is_room
        .then(|| (room, text.trim()))
        .filter(|(_, text)| !text.is_empty())
}

/// What a typed line means where words without a slash are no commands; QUIT still leaves.
pub fn read_slashed(line: &str) -> Input<'_> {
    let trimmed = line.trim();
    match trimmed.is_empty() || trimmed.starts_with(['/', '#']) || trimmed == "QUIT" {
        true => read(line),
        false => Input::Say(trimmed),
    }
}

/// The row of a command, by its name or one of its other names.
pub fn row(name: &str) -> Option<&'static Row> {
    let is_it = |own: &&str| own.eq_ignore_ascii_case(name);
    TABLE
        .iter()
        .find(|row| is_it(&row.name) || row.aliases.iter().any(is_it))
}

/// Commands that somebody who looks for one of them may mean.
const RELATED: &[&[&str]] = &[
    &["dm", "r", "send", "notice", "bm", "broadcast", "to"],
    &["reply", "react", "unreact", "redact"],
    &["me", "say", "edit"],
    &["join", "part", "switch", "rooms", "list"],
    &["topic", "names", "invite", "kick", "mode"],
    &[
        "mode", "op", "deop", "voice", "devoice", "ban", "unban", "kick",
    ],
    &["mute", "only", "block", "unmute", "unblock", "blocked"],
    &["users", "whoelse", "show", "wholast", "whois"],
    &["away", "back", "nick"],
    &["inbox", "history", "search", "mentions", "unread"],
    &["files", "upload", "download", "transfers", "cancel"],
    &[
        "register", "login", "logout", "passwd", "sessions", "forget",
    ],
    &["unsent", "reconnect", "disconnect", "connect", "quit"],
    &["help", "set", "alias", "page", "clear"],
    &["raw", "admin", "version"],
];

/// The commands that belong together with this one, as they are typed.
pub fn related(row: &Row) -> Vec<&'static str> {
    let own = RELATED.iter().find(|names| names.contains(&row.name));
    let names = own.into_iter().flat_map(|names| names.iter());
    let rows = names.filter_map(|name| self::row(name).filter(|other| other.name != row.name));
    rows.filter_map(|row| row.usage.split(' ').next()).collect()
}

/// The command of which `part` is the beginning, if it is the only one and the part is long enough.
fn by_prefix(part: &str) -> Option<&'static Row> {
    let part = part.to_ascii_lowercase();
    let mut fitting = TABLE.iter().filter(|row| row.name.starts_with(&part));
    let only = fitting.next().filter(|_| part.len() >= 3)?;
    fitting.next().is_none().then_some(only)
}

fn slash(command: &str) -> Input<'_> {
    let (word, rest) = command
        .split_once(char::is_whitespace)
        .unwrap_or((command, ""));
    let pointer = pointers::pointer(word);
    if let Some(row) = row(word).or_else(|| by_prefix(word).filter(|_| pointer.is_none())) {
        return Input::Run(row, rest.trim());
    }
    if let Some(does) = pointer {
        return Input::Refused(format!(
            "There is no /{word} here. {does} Nothing was sent."
        ));
    }
    let help = match guess::near(word) {
        Some(row) => format!("Did you mean /{}?", row.name),
        None => "/help shows the commands.".to_owned(),
    };
    Input::Refused(format!("Unknown command /{word}. {help} Nothing was sent."))
}

/// Whether a line is one that says something: it comes back from the server.
pub fn is_said(line: &str) -> bool {
    if line.trim_end().contains('\n') {
        return true;
    }
    match read(line) {
        Input::Say(_) | Input::There(..) => true,
        Input::Run(row, rest) => {
            let least = match row.name {
                "dm" | "send" | "to" | "reply" | "notice" => 2,
                "react" | "unreact" | "redact" => usize::MAX,
                _ => 1,
            };
            row.group == Group::Talk && rest.split_whitespace().count() >= least
        }
        Input::Nothing | Input::Perhaps(..) | Input::Refused(_) => false,
    }
}

/// Whether a line may hold a secret, and is not to be kept.
pub fn is_secret(line: &str) -> bool {
    let Input::Run(row, rest) = read(line) else {
        return false;
    };
    let first = rest.split_whitespace().next().unwrap_or_default();
    let is_to_keeper = ["nickserv", "chanserv", "ns", "cs"]
        .iter()
        .any(|name| first.eq_ignore_ascii_case(name));
    let is_about_accounts = row.name == "admin" && first.eq_ignore_ascii_case("accounts");
    row.name == "raw" || row.group == Group::Account || is_to_keeper || is_about_accounts
}

/// A line without a slash: a command only under the conditions of each word.
fn bare(line: &str) -> Input<'_> {
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    let words = 1 + rest.split_whitespace().count();
    let small = word.to_ascii_lowercase();
    let run = |name: &str, rest| row(name).map_or(Input::Say(line), |row| Input::Run(row, rest));
    match (small.as_str(), words) {
        ("whoelse" | "inbox" | "clear" | "help", 1) => run(&small, ""),
        ("inbox", 2) if ["all", "keep", "clear"].contains(&rest.to_ascii_lowercase().as_str()) => {
            run("inbox", rest)
        }
        ("show", 2) if rest.eq_ignore_ascii_case("online") => run("show", rest),
        ("show", 2 | 3) if is_files(rest) => run("show", rest),
        ("wholast", 1 | 2) => run("wholast", rest),
        ("send" | "show" | "broadcast", 1) => run(&small, ""),
        ("send", 2) => half("send", line),
        ("download", 1) => half("download", line),
        ("whoelse", 2) => half("whoelse", line),
        ("inbox", 2) if is_like(rest, &["all", "keep", "clear"], 1) => half("inbox", line),
        ("show", 2) if is_like(rest, &["files"], 2) => half("files", line),
        ("show", 2) if is_like(rest, &["online"], 2) => half("show", line),
        ("send", 3..) => run("send", rest),
        ("broadcast", 2..) if word == "broadcast" => run("broadcast", rest),
        ("download", 2 | 3) => Input::Perhaps(rest, line),
        ("download", 4..) if rest.contains(['"', '\\']) || rest.contains("--udp") => {
            Input::Perhaps(rest, line)
        }
        ("quit", 1) if word == "QUIT" => run("quit", ""),
        ("quit" | "exit" | "bye", 1) => {
            Input::Refused(format!("Leave? /quit or QUIT. To say it: /say {word}"))
        }
        _ => Input::Say(line),
    }
}

/// Whether these words are about files rather than anything else that may be shown.
fn is_files(words: &str) -> bool {
    let (first, pattern) = words.split_once(' ').unwrap_or((words, ""));
    first.eq_ignore_ascii_case("files") && (pattern.is_empty() || pattern.contains(['.', '*', '?']))
}

#[cfg(test)]
mod tests;
