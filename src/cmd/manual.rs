//! Man pages and completions as bytes: from the tree of verbs and the table of keys, nothing typed twice.

use crate::cmd::chapter::{Chapter, Part, chapters};
use crate::cmd::{Cli, completion};
use crate::config::{keys, reload};
use crate::server::reference;
use clap::{Arg, ArgAction, Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, italic, roman};

const MANUAL: &str = "chat manual";

/// Every page with its path below the repository.
pub fn pages() -> Vec<(String, Vec<u8>)> {
    // `help` has no page: it is in every other.
    let mut cli = Cli::command()
        .disable_help_subcommand(true)
        .mut_subcommands(|verb| verb.disable_help_subcommand(true));
    cli.build();
    let mut pages = Vec::new();
    command(&cli, "chat", &mut pages);
    pages.push(("man/chat.yaml.5".into(), configuration()));
    pages.push(reference::page());
    pages.extend(completion::scripts());
    pages
}

/// The page of a command, and those of the commands below it.
fn command(tree: &Command, name: &str, pages: &mut Vec<(String, Vec<u8>)>) {
    pages.push((format!("man/{name}.1"), page(tree, name)));
    let below = tree.get_subcommands();
    for sub in below.filter(|sub| !sub.is_hide_set() && sub.get_name() != "help") {
        command(sub, &format!("{name}-{}", sub.get_name()), pages);
    }
}

fn page(tree: &Command, name: &str) -> Vec<u8> {
    const MEMORY: &str = "memory takes what is written";
    let mut page = Vec::new();
    let man = Man::new(with_dots(tree.clone()))
        .manual(MANUAL)
        .source(source());
    man.render_title(&mut page).expect(MEMORY);
    man.render_name_section(&mut page).expect(MEMORY);
    synopsis(tree, name).to_writer(&mut page).expect(MEMORY);
    man.render_description_section(&mut page).expect(MEMORY);
    man.render_options_section(&mut page).expect(MEMORY);
    if tree.has_subcommands() {
        man.render_subcommands_section(&mut page).expect(MEMORY);
    }
    let mut rest = Roff::new();
    for chapter in chapters(name) {
        add(&mut rest, chapter);
    }
    rest.to_writer(&mut page).expect(MEMORY);
    page
}

/// The command with dots behind the names of arguments that may be repeated.
fn with_dots(tree: Command) -> Command {
    tree.mut_args(|arg| match is_repeated(&arg) && arg.is_positional() {
        true => {
            let name = format!("{}...", value(&arg));
            arg.value_name(name)
        }
        false => arg,
    })
}

fn is_repeated(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::Append)
}

/// The name of the value that an argument takes.
fn value(arg: &Arg) -> String {
    let names = arg.get_value_names().into_iter().flatten();
    names
        .map(|name| name.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

/// How the command is written: every option with its value, then the arguments in their order.
fn synopsis(tree: &Command, name: &str) -> Roff {
    let mut words = vec![bold(name.replace('-', " "))];
    let shown = |arg: &&Arg| !arg.is_hide_set();
    let options = tree.get_arguments().filter(|arg| !arg.is_positional());
    for arg in options.filter(shown) {
        let short = arg.get_short().map(|c| format!("-{c}"));
        let long = arg.get_long().map(|long| format!("--{long}"));
        let forms: Vec<String> = short.into_iter().chain(long).collect();
        words.extend([roman(" ["), bold(forms.join("|"))]);
        if arg.get_action().takes_values() {
            words.extend([roman(" "), italic(value(arg))]);
        }
        words.push(roman(if is_repeated(arg) { "]..." } else { "]" }));
    }
    for arg in tree.get_positionals().filter(shown) {
        let dots = if is_repeated(arg) { "..." } else { "" };
        let (open, close) = match arg.is_required_set() {
            true => (" ", dots.to_owned()),
            false => (" [", format!("]{dots}")),
        };
        words.extend([roman(open), italic(value(arg)), roman(close)]);
    }
    if tree.has_subcommands() {
        words.extend([roman(" ["), italic("COMMAND"), roman("]")]);
    }
    let mut roff = Roff::new();
    roff.control("SH", ["SYNOPSIS"]);
    roff.text(words);
    roff
}

fn add(roff: &mut Roff, (title, parts): Chapter) {
    roff.control("SH", [title]);
    for part in parts {
        match part {
            Part::Text(text) => {
                roff.control("PP", []);
                roff.text([roman(text)]);
            }
            Part::Item(term, meaning) => {
                roff.control("TP", []);
                roff.text([bold(term)]);
                roff.text([roman(meaning)]);
            }
            Part::Lines(lines) => {
                roff.control("PP", []);
                roff.control("EX", []);
                for line in lines.lines() {
                    roff.text([roman(line)]);
                }
                roff.control("EE", []);
            }
        }
    }
}

fn source() -> String {
    format!("chat {}", env!("CARGO_PKG_VERSION"))
}

/// chat.yaml(5).
fn configuration() -> Vec<u8> {
    let mut page = Roff::new();
    let source = source();
    page.control("TH", ["chat.yaml", "5", "", source.as_str(), MANUAL]);
    page.control("SH", ["NAME"]);
    page.text([roman("chat.yaml - configuration of chat serve")]);
    page.control("SH", ["DESCRIPTION"]);
    for paragraph in INTRODUCTION {
        page.control("PP", []);
        page.text([roman(*paragraph)]);
    }
    page.control("SH", ["KEYS"]);
    rows(&mut page, |row| row.form.is_built());
    page.control("SH", ["KEYS THAT DO NOTHING YET"]);
    page.text([roman(
        "They are accepted with a warning: their features are to come.",
    )]);
    rows(&mut page, |row| !row.form.is_built());
    page.control("SH", ["EXAMPLE"]);
    page.control("EX", []);
    page.text(
        EXAMPLE
            .lines()
            .flat_map(|line| [roman(line), Inline::LineBreak])
            .collect::<Vec<_>>(),
    );
    page.control("EE", []);
    page.control("SH", ["SEE ALSO"]);
    page.text([
        bold("chat-serve"),
        roman("(1), "),
        bold("chat-admin"),
        roman("(1)"),
    ]);
    page.render().into_bytes()
}

fn rows(page: &mut Roff, is_shown: impl Fn(&keys::Row) -> bool) {
    for row in keys::all().filter(|row| is_shown(row)) {
        page.control("TP", []);
        page.text([bold(row.path)]);
        page.text([roman(row.help)]);
        page.control("br", []);
        page.text([
            italic(row.form.words()),
            roman("; default "),
            italic(row.default),
            roman(match reload::needs_restart(row.path) {
                true => "; counts after a restart",
                false => "",
            }),
        ]);
    }
}

const INTRODUCTION: &[&str] = &[
    "Everything has a default: chat serve needs no file. With --config it reads the file named; without, \
     $XDG_CONFIG_HOME/chat/chat.yaml (~/.config/chat/chat.yaml), then /etc/chat/chat.yaml, if there.",
    "The file is YAML. Keys are written below as sections joined by dots: server.motd is the key motd in the section \
     server. [] stands for each item of a list. An unknown key is an error; chat serve --check tells every fault of a \
     file with its place.",
    "A time is a number with ms, s, m or h, like 30s. A size is a number of bytes, or one with KiB, MiB or GiB. Where \
     null is allowed it means: none, or no limit.",
    "A file that holds a password must not be readable by every user of the host.",
    "A running server reads the file again on SIGHUP and on REHASH of an operator. Most keys count at once, those marked \
     below after a restart; what changed is told. A file with a fault changes nothing.",
];

const EXAMPLE: &str = "\
server:
  name: chat.example.org
  bind: 0.0.0.0
  motd:
    - Welcome. Be kind.
lobby: \"#lobby\"
listeners:
  - address: 127.0.0.1:6667
connections:
  per_ip: 20
  exempt: [127.0.0.0/8, 10.0.0.0/8]";
