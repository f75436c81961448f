//! ADMIN with words: the verbs of `chat admin`, for an operator who chats. The answer is a NOTICE per line, or JSON.

use crate::admin::command::accounts::Accounts;
use crate::admin::command::line::{Line, words};
use crate::admin::command::{Answer, Code, Command, Request, VERSION};
use crate::admin::mistake;
use crate::admin::print::{self, Format, Header, Look};
use crate::proto::mask;
use crate::proto::text::cut;
use crate::server::command::admin::{deed, right};
use crate::server::command::operator::{pieces, recorded};
use crate::server::command::spec::Ctx;
use crate::server::world::deed::DeedId;
use crate::server::world::event::{Ask, Found, Inquiry, Officer, Origin};
use crate::server::world::refusal::Refusal;
use crate::server::world::right::Operator;
use crate::server::world::session::{Goal, Pending, Reader, Step};
use clap::Parser;

/// Longest line of an answer.
const LONGEST: usize = 400;

/// The line of a request, if the asker may make one and the parameters do not name this server.
pub(crate) fn line_of(cx: &Ctx<'_>) -> Result<Option<String>, Refusal> {
    let line = cx.msg.params().join(" ");
    let is_server = mask::matches(&line, &cx.world.config.server.name);
    if line.trim().is_empty() || is_server {
        return Ok(None);
    }
    match operator(cx)? {
        Some(_) => Ok(Some(line)),
        None if line.contains(' ') => Err(Refusal::NoPrivilege),
        None => Ok(None),
    }
}

/// Which operator the asker is: by OPER, or by the account that they are logged in to.
fn operator(cx: &Ctx<'_>) -> Result<Option<Operator>, Refusal> {
    let user = cx.user()?;
    Ok(match &user.operator {
        Some(operator) => Some((**operator).clone()),
        None => cx.me().and_then(|me| cx.world.operator_by_account(me)),
    })
}

/// Begins to carry out a request.
pub(crate) fn run(cx: &mut Ctx<'_>, line: &str) -> Result<(), Refusal> {
    let is_private = cx.me().is_some_and(|me| me.peer.is_private());
    if !is_private {
        let text = "Only over TLS, or on the server's own machine";
        return Err(Refusal::fail("ADMIN", "INSECURE", text));
    }
    match parsed(line) {
        Ok((command, reader)) => begin(cx, command, reader),
        Err(Mistake::Words(text)) => {
            tell(cx, &text);
            Ok(())
        }
        Err(Mistake::Answer(answer)) => {
            pieces::tell(cx, &answer);
            Ok(())
        }
    }
}

/// What is said to a line that is no request.
enum Mistake {
    Words(String),
    Answer(Answer),
}

/// Carries a command out; if it changes something, once that is recorded.
pub(super) fn begin(cx: &mut Ctx<'_>, command: Command, reader: Reader) -> Result<(), Refusal> {
    if !right::is_act(&command) {
        return ask(cx, command, reader, None);
    }
    let name = operator(cx)?.ok_or(Refusal::NoPrivilege)?.name;
    let verb = right::verb(&command);
    let deed = recorded::deed_of(cx, &name, verb, deed::arguments(&command));
    let pending = Pending {
        command,
        step: Step::Record,
        reader,
    };
    let goal = Goal::Admin(Box::new(pending));
    cx.ask(Ask::Audit(Box::new(deed)), goal);
    Ok(())
}

/// The command of a line and who reads the answer, or what is said instead.
fn parsed(line: &str) -> Result<(Command, Reader), Mistake> {
    let words = words(line).map_err(|why| Mistake::Words(why.to_owned()))?;
    let is_program = words.iter().any(|word| word == "--json");
    let said = |code, text: String| match is_program {
        true => Mistake::Answer(Answer::failed(code, text, Vec::new())),
        false => Mistake::Words(text),
    };
    let verb = words.first().cloned().unwrap_or_default();
    let typed = Line::try_parse_from(words).map_err(|error| match error.exit_code() {
        0 => Mistake::Words(error.to_string()),
        _ => said(Code::BadRequest, mistake::sentence(&verb, &error)),
    })?;
    let reader = match typed.json {
        true => Reader::Program,
        false => Reader::Person,
    };
    match (&typed.command, typed.command.question()) {
        (Command::Accounts(Accounts::Create { .. } | Accounts::Passwd { .. }), _) => {
            let text = "A password is only taken on the server's own machine: chat admin accounts";
            Err(said(Code::NotAllowed, text.to_owned()))
        }
        (_, Some(question)) if !typed.yes => {
            let text = format!("{question} Say so with --yes.");
            Err(said(Code::NeedsConsent, text))
        }
        _ => Ok((agreed(typed), reader)),
    }
}

/// The command, with the consent that was given.
fn agreed(typed: Line) -> Command {
    let mut command = typed.command;
    if let Command::Moderate(act) = &mut command
        && let Some(wanted) = act.consent()
    {
        wanted.yes = typed.yes;
    }
    command
}

fn ask(
    cx: &mut Ctx<'_>,
    command: Command,
    reader: Reader,
    deed: Option<DeedId>,
) -> Result<(), Refusal> {
    let operator = operator(cx)?.ok_or(Refusal::NoPrivilege)?;
    let request = Request {
        v: VERSION,
        request: command.clone(),
    };
    let by = Officer {
        name: operator.name,
        role: operator.role,
        from: Origin::Session(cx.session),
    };
    let pending = Pending {
        command,
        step: Step::Answer(deed),
        reader,
    };
    let goal = Goal::Admin(Box::new(pending));
    cx.ask(Ask::Admin(Box::new(Inquiry { request, by })), goal);
    Ok(())
}

/// Goes on with a request that is recorded, or answered.
pub(crate) fn resume(cx: &mut Ctx<'_>, found: &Found, pending: Pending) -> Result<(), Refusal> {
    let Pending {
        command,
        step,
        reader,
    } = pending;
    match (step, found) {
        (Step::Record, found) => {
            let id = recorded::recorded(found, "ADMIN")?;
            ask(cx, command, reader, Some(id))
        }
        (Step::Answer(id), Found::Answered(answer)) => {
            if let Some(id) = id {
                cx.out.conclude(id, deed::outcome(answer));
            }
            match reader {
                Reader::Person => show(cx, &command, answer),
                Reader::Program => pieces::tell(cx, answer),
            }
            Ok(())
        }
        (Step::Answer(_), _) => Err(Refusal::busy("ADMIN")),
    }
}

/// Tells the answer as `chat admin` prints it.
fn show(cx: &mut Ctx<'_>, command: &Command, answer: &Answer) {
    let look = Look {
        format: Format::Text,
        header: Header::Plain,
        width: None,
    };
    let shown = print::answer(command, answer, &look);
    tell(cx, &format!("{}{}", shown.out, shown.err));
    let is_empty = shown.out.is_empty() && shown.err.is_empty();
    if is_empty
        && answer
            .error
            .as_ref()
            .is_none_or(|why| why.code == Code::Partly)
    {
        tell(cx, "Done.");
    }
}

fn tell(cx: &mut Ctx<'_>, text: &str) {
    let nick = cx.nick();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let mut rest = line;
        while !rest.is_empty() {
            if cx.is_full("ADMIN") {
                return;
            }
            let part = cut(rest, LONGEST);
            cx.reply("NOTICE", &[&nick], Some(part));
            rest = rest.get(part.len()..).unwrap_or_default();
        }
    }
}
