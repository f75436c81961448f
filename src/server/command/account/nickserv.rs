//! NickServ: accounts for clients that know nothing else. `NICKSERV IDENTIFY …`, `NS …`, or `PRIVMSG NickServ :…`.
//!
//! What is said to it is never echoed, relayed, kept or logged: there are passwords in it.

use crate::proto::name::same;
use crate::proto::time;
use crate::server::command::account::no::No;
use crate::server::command::account::{certificate, login, manage, register};
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::login::{Way, Wish};
use crate::server::world::refusal::Refusal;

pub(crate) const NICKSERV: Spec = Spec {
    verb: "NICKSERV",
    min_params: 1,
    who: Who::User,
    usage: "<word> [<parameters>]",
    help: "Ask NickServ about accounts; HELP lists its words",
    run: command,
};

pub(crate) const NS: Spec = Spec {
    verb: "NS",
    ..NICKSERV
};

/// What it is called.
const NAME: &str = "NickServ";

/// What HELP tells.
const HELP: &[&str] = &[
    "REGISTER <password> [<e-mail>]   get an account of your name",
    "IDENTIFY [<account>] <password>  log in",
    "LOGOUT                           log out",
    "PASSWD <present> <new>           change your password; other sessions end",
    "SESSIONS                         where you are logged in",
    "END <number>|others              end sessions",
    "DROP <account> <password>        give the account up, with all that belongs to it",
    "CERT LIST|ADD|DEL <fingerprint>  certificates that let you in (SASL EXTERNAL)",
    "INFO [<account>]                 what is known of an account",
];

/// Whether a message to this name is for NickServ.
pub(crate) fn is_meant(target: &str) -> bool {
    let name = target.split('@').next().unwrap_or(target);
    same(name, NAME)
}

fn command(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let words: Vec<&str> = match cx.msg.params() {
        [all] => all.split_ascii_whitespace().collect(),
        words => words
            .iter()
            .copied()
            .filter(|word| !word.is_empty())
            .collect(),
    };
    hear(cx, &words, Way::Command);
    Ok(())
}

/// Somebody said this to NickServ, if it is something to be answered.
pub(crate) fn message(cx: &mut Ctx<'_>, text: Option<&str>) {
    let Some(text) = text else {
        return;
    };
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    hear(cx, &words, Way::Message);
}

fn hear(cx: &mut Ctx<'_>, words: &[&str], way: Way) {
    let [verb, rest @ ..] = words else {
        return help(cx, way);
    };
    if let Err(no) = obey(cx, &verb.to_ascii_uppercase(), rest, way) {
        cx.say_no(way, &no);
    }
}

fn obey(cx: &mut Ctx<'_>, verb: &str, words: &[&str], way: Way) -> Result<(), No> {
    match (verb, words) {
        ("REGISTER", [password]) => register::request(cx, "*", "*", password, way),
        ("REGISTER", [password, email, ..]) => register::request(cx, "*", email, password, way),
        ("IDENTIFY" | "LOGIN", [password]) => {
            let name = cx.nick();
            identify(cx, &name, password, way)
        }
        ("IDENTIFY" | "LOGIN", [name, password, ..]) => identify(cx, name, password, way),
        ("LOGOUT", _) => manage::log_out(cx, way),
        ("PASSWD", [present, new, ..]) => manage::ask_change(cx, present, new, way),
        ("SESSIONS", _) => manage::list_sessions(cx, way),
        ("END", [which, ..]) => manage::end(cx, which, way),
        ("DROP", [name, password, ..]) => {
            login::compare(cx, name, password, |tried| Wish::Drop { tried, way })
        }
        ("CERT", [word, rest @ ..]) => certificate::manage(cx, word, rest.first().copied(), way),
        ("INFO", _) => info(cx, words.first().copied(), way),
        ("HELP", _) => {
            help(cx, way);
            Ok(())
        }
        _ => {
            let text = "NickServ does not know that, or something is missing; HELP lists its words";
            Err(No::new("INVALID_PARAMS", text))
        }
    }
}

fn identify(cx: &mut Ctx<'_>, name: &str, password: &str, way: Way) -> Result<(), No> {
    if login::logged_in_as(cx).is_some() && !cx.world.config.accounts.reauthentication {
        let text = "You are logged in already";
        return Err(No::new("ALREADY_AUTHENTICATED", text));
    }
    login::compare(cx, name, password, |tried| Wish::Login { tried, way })
}

fn info(cx: &mut Ctx<'_>, name: Option<&str>, way: Way) -> Result<(), No> {
    let mine = manage::own(cx).ok();
    let own = mine.as_ref().map(|login| login.name.to_string());
    let name = match (name, &own) {
        (Some(name), _) => name,
        (None, Some(own)) => own,
        (None, None) => return Err(No::not_logged_in()),
    };
    let holding = cx.world.accounts.named(name);
    let unknown = || No::new("ACCOUNT_UNKNOWN", "There is no account of that name").about(name);
    let account = holding.ok_or_else(unknown)?.account.clone();
    let since = time::to_text(account.created_ms);
    let mut text = format!("{} was registered {since}", account.name);
    if mine.is_some_and(|login| login.id == account.id) {
        if let Some(email) = &account.email {
            text.push_str(&format!("; e-mail {email}"));
        }
        if cx.world.is_always_on(account.always_on) {
            text.push_str("; stays present without a device");
        }
    }
    cx.serve(way, "NOTE", "ACCOUNT", &[&account.name, &since], &text);
    Ok(())
}

fn help(cx: &mut Ctx<'_>, way: Way) {
    for line in HELP {
        cx.serve(way, "NOTE", "HELP", &[], line);
    }
}
