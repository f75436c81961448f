//! `chat connect`: the terminal client's command line.

mod saved;

use crate::client::address::Address;
use crate::client::journal::Journal;
use crate::client::naming;
use crate::client::secret::Secret;
use crate::client::settings::{Loyalty, Tongue};
use crate::client::tls::means::Means;
use crate::client::tls::{Tls, Wish};
use crate::client::view::look::{Colour, Layout};
use crate::client::{self, Options, Talk};
use crate::config::client as client_file;
use crate::exit::Exit;
use crate::proto::fingerprint::Fingerprint;
use clap::{Args, ValueEnum};
use std::io::{BufRead, IsTerminal};
use std::num::NonZeroU16;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

/// Bits of a file that everybody may read or change.
const OPEN_TO_ALL: u32 = 0o006;
/// Most bytes of a password that is read.
const LONGEST_PASSWORD: usize = 1024;

/// Talk with others through a server
#[derive(Debug, Args)]
pub struct Connect {
    /// Where the server is: HOST, HOST:PORT, [IPv6]:PORT, irc://HOST:PORT/ROOM, chat://HOST/ROOM, by TLS ircs:// and
    /// chats://, or the name of a saved server; without one, the server used last
    #[arg(value_name = "HOST")]
    pub host: Option<String>,
    /// The server's port, 55555 if none is given
    #[arg(value_name = "PORT", value_parser = port)]
    pub port: Option<u16>,
    /// Your name; asked for if it is not given and somebody is there to ask
    #[arg(short, long, value_name = "NAME", env = "CHAT_NICK")]
    pub nick: Option<String>,
    /// Rooms to enter, besides the one into which the server puts you
    #[arg(short, long, value_name = "ROOM", value_delimiter = ',')]
    pub join: Vec<String>,
    /// Where plain lines go from the start: a room, which is entered, or a person
    #[arg(long, value_name = "TARGET")]
    pub to: Option<String>,
    /// Say this, wait until the server has it, and leave; may be repeated
    #[arg(long, value_name = "TEXT")]
    pub send: Vec<String>,
    /// Log in to this account; its password is asked for if it is not given
    #[arg(short, long, value_name = "NAME")]
    pub account: Option<String>,
    /// File whose first line is the password: the account's, or without --account the server's; not open to everybody
    #[arg(long, value_name = "FILE", group = "secret")]
    pub password_file: Option<PathBuf>,
    /// Read the password from the first line of standard input
    #[arg(long, group = "secret")]
    pub password_stdin: bool,
    /// Command whose first line of output is the password, for example "pass chat"
    #[arg(long, value_name = "COMMAND", group = "secret")]
    pub password_command: Option<String>,
    /// Refused: a password in arguments can be read by everybody on this machine
    #[arg(long, value_name = "X", hide = true)]
    pub password: Option<String>,
    /// By TLS, on this machine too; elsewhere it is the rule
    #[arg(long, conflicts_with = "no_tls")]
    pub tls: bool,
    /// In plain text: everybody on the way can read and change everything, and no password is sent
    #[arg(long, conflicts_with_all = ["ca", "pin", "client_cert"])]
    pub no_tls: bool,
    /// Believe the authorities in this PEM file, not those of the system
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// Believe the certificate with this fingerprint (sha256:… in hexadecimal), and no other
    #[arg(long, value_name = "SHA256", value_parser = pin)]
    pub pin: Option<Fingerprint>,
    /// Show the certificate in this PEM file, which holds its key too, and log in by it
    #[arg(long, value_name = "FILE")]
    pub client_cert: Option<PathBuf>,
    /// Leave when the connection is lost, instead of connecting again
    #[arg(long)]
    pub no_reconnect: bool,
    /// One line per message, ASCII signs, no columns
    #[arg(long)]
    pub plain: bool,
    /// Tell what happens in objects for programs, one on each line, and take such objects as input
    #[arg(long, conflicts_with = "plain")]
    pub json: bool,
    /// How many earlier messages are shown of a room that you enter; 20 if nothing else is set
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(0..=500))]
    pub history: Option<u16>,
    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: When,
    /// Seconds to wait for the connection, and for acknowledgements at the end
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub timeout: u64,
    /// Write what is shown to the end of this file, too, which is made for you alone
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    pub log: Option<PathBuf>,

    /// Say nothing but what others say and what goes wrong
    #[arg(short, long)]
    pub quiet: bool,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    Always,
    Never,
}

const NO_HOST: &str = "which server? for example: chat connect 127.0.0.1 55555";
const NO_ARGUMENT: &str = "a password is never taken from the arguments, where everybody on this machine can read it\n  \
     use --password-file FILE, --password-stdin or --password-command COMMAND";
/// What the manual adds.
pub fn manual() -> String {
    format!("{MANUAL}\n\n{}", saved::manual())
}

const MANUAL: &str = "Files:
  $XDG_STATE_HOME/chat/history (or ~/.local/state/chat/history): lines typed, for the ↑ key; readable for you alone.
  Lines that begin with a space or may hold a secret are not kept.
  $XDG_STATE_HOME/chat/known_hosts: the certificate of each server, and whether you or an authority vouched for it.
  $XDG_STATE_HOME/chat/sts: servers that asked to be called by TLS alone, and until when.
  $XDG_STATE_HOME/chat/server: the server used last, for chat connect alone.
  $XDG_CONFIG_HOME/chat/client.yaml (or ~/.config/chat/client.yaml): saved servers, settings and aliases; see below.

Environment:
  CHAT_SERVER         the server, if none is given
  CHAT_NICK           your name, if --nick is not given
  CHAT_PASSWORD_FILE  file with the password, if none is given otherwise
  NO_COLOR            no colour, if it is not empty and --color is not given
  TERM=dumb           plain lines in ASCII, nothing is drawn anew

Without TLS a password goes to servers on this machine only.

In a pipe each line of standard input is a line typed; then a name has to be given. With --json each line of output is
an object; docs/json.md describes them, and the objects that can be given instead of typed lines.";

/// A port, or what one is.
fn port(text: &str) -> Result<u16, String> {
    let fault = |_| "a port is a number from 1 to 65535".to_owned();
    text.parse::<NonZeroU16>()
        .map(NonZeroU16::get)
        .map_err(fault)
}

/// A fingerprint, or what one is.
fn pin(text: &str) -> Result<Fingerprint, String> {
    let fault = || {
        "a pin is sha256: and the 64 hexadecimal digits of a certificate's fingerprint".to_owned()
    };
    Fingerprint::parse(text).ok_or_else(fault)
}

/// Connects and stays until the end; the exit code.
pub fn run(mut args: Connect) -> u8 {
    let file = saved::read();
    let filled = saved::fill(&mut args, &file);
    let colour = colour(args.color, args.plain);
    colored::control::set_override(colour == Colour::On);
    let ready = filled.and_then(|used| Ok((used, options(args, colour, &file)?)));
    match ready {
        Ok((used, options)) => {
            let exit = client::run(options);
            used.remember_if(exit == Exit::Done.code());
            exit
        }
        Err(words) => {
            eprintln!("error: {words}");
            Exit::Usage.code()
        }
    }
}

fn options(args: Connect, colour: Colour, file: &client_file::File) -> Result<Options, String> {
    if args.password.is_some() {
        return Err(NO_ARGUMENT.to_owned());
    }
    if let Some(fault) = args.nick.as_deref().map(str::trim).and_then(fault_of) {
        return Err(format!(
            "the name {:?} cannot be: {fault}",
            args.nick.unwrap_or_default()
        ));
    }
    let host = args.host.as_deref().ok_or_else(|| NO_HOST.to_owned())?;
    let password = password(&args)?.map(Secret::new);
    if let Some(fault) = args.account.as_deref().and_then(naming::fault) {
        return Err(format!("that cannot be an account: {fault}"));
    }
    let address = Address::parse(host, args.port)?;
    let tls = tls(&args, &address)?;
    let journal = args.log.as_deref().map(journal).transpose()?;
    Ok(Options {
        address,
        tls: Arc::new(tls),
        nick: args.nick.filter(|nick| !nick.trim().is_empty()),
        joins: args.join.iter().map(|room| with_sign(room)).collect(),
        to: args.to,
        sends: args.send,
        password,
        account: args.account,
        loyalty: if args.no_reconnect {
            Loyalty::Leaves
        } else {
            Loyalty::ComesBack
        },
        layout: if args.plain {
            Layout::Plain
        } else {
            Layout::Columns
        },
        colour,
        tongue: if args.json {
            Tongue::Json
        } else {
            Tongue::Words
        },
        talk: if args.quiet { Talk::Quiet } else { Talk::Usual },
        habits: saved::habits(file, args.history),
        patience: Duration::from_secs(args.timeout),
        history: history(),
        journal: journal.map(Arc::new),
    })
}

/// What is said about TLS. To name a certificate is to want one.
fn tls(args: &Connect, address: &Address) -> Result<Tls, String> {
    if args.no_tls && address.is_safe {
        return Err("ircs:// and chats:// are by TLS, and --no-tls is given".to_owned());
    }
    let is_named = args.ca.is_some() || args.pin.is_some() || args.client_cert.is_some();
    if args.no_tls && is_named {
        return Err(
            "without TLS there are no certificates: ca, pin and client-cert need it".to_owned(),
        );
    }
    let wish = match args.no_tls {
        true => Wish::Never,
        false if args.tls || address.is_safe || is_named => Wish::Always,
        false => Wish::Auto,
    };
    let means = Means::read(args.ca.as_deref(), args.client_cert.as_deref())?;
    Ok(Tls::new(wish, args.pin, means, state()))
}

fn journal(path: &Path) -> Result<Journal, String> {
    Journal::open(path).map_err(|why| format!("cannot write the log {}: {why}", path.display()))
}

/// What is wrong with a name that is given; none at all is asked for.
fn fault_of(nick: &str) -> Option<&'static str> {
    naming::fault(nick).filter(|_| !nick.is_empty())
}

fn colour(when: When, is_plain: bool) -> Colour {
    let is_wished = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        && std::env::var("TERM").is_ok_and(|term| term != "dumb")
        && std::io::stdout().is_terminal();
    match when {
        When::Always => Colour::On,
        When::Auto if is_wished && !is_plain => Colour::On,
        When::Auto | When::Never => Colour::Off,
    }
}

fn with_sign(room: &str) -> String {
    if room.starts_with(['#', '&']) {
        room.to_owned()
    } else {
        format!("#{room}")
    }
}

/// The password, from where it is to be taken.
fn password(args: &Connect) -> Result<Option<String>, String> {
    if args.password_stdin {
        return first_line(std::io::stdin().lock(), "standard input").map(Some);
    }
    if let Some(command) = &args.password_command {
        return password_of(command).map(Some);
    }
    let by_environment = std::env::var_os("CHAT_PASSWORD_FILE").filter(|path| !path.is_empty());
    let file = args
        .password_file
        .clone()
        .or(by_environment.map(PathBuf::from));
    file.as_ref().map(password_from).transpose()
}

/// The first line that a command of the shell writes.
fn password_of(command: &str) -> Result<String, String> {
    let ran = Command::new("sh")
        .args(["-c", command])
        .stdin(Stdio::inherit())
        .stderr(Stdio::inherit())
        .output();
    let output = ran.map_err(|error| format!("cannot run the password command: {error}"))?;
    if !output.status.success() {
        return Err(format!("the password command failed ({})", output.status));
    }
    first_line(output.stdout.as_slice(), "the password command")
}

fn password_from(path: &PathBuf) -> Result<String, String> {
    let shown = path.display();
    let unreadable = |error| format!("cannot read {shown}: {error}");
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let about = file.metadata().map_err(unreadable)?;
    if about.is_file() && about.mode() & OPEN_TO_ALL != 0 {
        return Err(format!(
            "{shown} holds a password and is open to every user of this host\n  do: chmod 600 {shown}"
        ));
    }
    first_line(std::io::BufReader::new(file), &shown.to_string())
}

fn first_line(input: impl BufRead, place: &str) -> Result<String, String> {
    let mut line = String::new();
    input
        .take(LONGEST_PASSWORD as u64)
        .read_line(&mut line)
        .map_err(|error| format!("cannot read the password from {place}: {error}"))?;
    let password = line.trim_end_matches(['\r', '\n']);
    if password.is_empty() {
        return Err(format!("{place} holds no password in its first line"));
    }
    Ok(password.to_owned())
}

/// Where typed lines are kept: `$XDG_STATE_HOME/chat/history`.
fn history() -> Option<PathBuf> {
    Some(state()?.join("history"))
}

/// Where the client keeps what it remembers: `$XDG_STATE_HOME/chat`.
fn state() -> Option<PathBuf> {
    let set = |key| {
        std::env::var_os(key)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let state =
        set("XDG_STATE_HOME").or_else(|| set("HOME").map(|home| home.join(".local/state")))?;
    Some(state.join("chat"))
}
