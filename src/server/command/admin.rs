//! What an operator asks over the admin socket, answered from the same world that commands change.
//!
//! Each verb is one variant of `admin::command::Command` and one arm here. Data and errors are the
//! ones that chat-admin(1) documents.

mod accounts;
pub mod deed;
mod list;
mod moderate;
mod password;
pub mod record;
pub mod right;
mod service;
mod show;
mod stats;
mod status;
#[cfg(test)]
mod tests;

use crate::admin::command::{Answer, Code, Command, Request};
use crate::proto::message::MAX_LINE;
use crate::proto::text::cut;
use crate::server::command::admin::list::address;
use crate::server::world::World;
use crate::server::world::deliver::{Filter, Outgoing};
use crate::server::world::depart::Kill;
use crate::server::world::effects::{Effects, Mark};
use crate::server::world::event::{Ask, Chore, Culprit, Found, Now, Officer, Ticket};
use crate::server::world::id::UserId;
use crate::server::world::load::Loads;
use crate::server::world::source::Voice;
use crate::server::world::task::Task;
use serde_json::{Value, json};

/// What a verb came to: data, or why not.
type Outcome = Result<Value, Answer>;

/// A request on its way: who asks, and where the answer goes.
#[derive(Debug, Clone, Copy)]
pub struct Errand<'a> {
    pub ticket: Ticket,
    pub by: &'a Officer,
}

/// Carries out one request, and answers it unless it goes on with [`resume`].
pub fn handle(
    world: &mut World,
    out: &mut Effects,
    errand: Errand<'_>,
    request: &Request,
    now: Now,
) {
    let mark = out.mark();
    let command = &request.request;
    let answer = match right::check(command, errand.by) {
        Ok(()) => carry_out(world, out, errand, command, now),
        Err(denied) => Some(denied),
    };
    if let Some(answer) = answer {
        out.answer(errand.ticket, answer);
    }
    tie(out, mark, errand.ticket);
}

/// Goes on with a request that needed to know something.
pub fn resume(
    world: &mut World,
    out: &mut Effects,
    errand: Errand<'_>,
    chore: Chore,
    found: Found,
    now: Now,
) {
    let mark = out.mark();
    let ticket = errand.ticket;
    let outcome = match (chore, found) {
        (Chore::WithLoads(command), Found::Loads(loads)) => {
            match with_loads(world, out, ticket, &command, loads, now) {
                Some(answer) => Err(answer),
                None => return,
            }
        }
        (Chore::GoOn, Found::Turn) => {
            let listing = world.listings.remove(&ticket.0);
            match listing.map(|listing| list::go_on(world, out, ticket, listing, now)) {
                Some(None) => return,
                Some(Some(answer)) => Err(answer),
                None => Err(refused(Code::Failed, "there is nothing to go on with")),
            }
        }
        (Chore::CreateAccount { name }, Found::Hashed(kept)) => {
            password::create(world, out, &name, *kept, now)
        }
        (Chore::ChangePassword { account }, Found::Hashed(kept)) => {
            password::change_password(world, out, account, *kept)
        }
        (Chore::LookUp, Found::Deeds(deeds)) => Err(record::found(deeds)),
        (Chore::Plan, Found::Service(plan)) => match service::read_again(out, errand, *plan) {
            Some(answer) => Err(answer),
            None => return tie(out, mark, errand.ticket),
        },
        (Chore::Reload(plan), Found::Reloaded(lines, is_done)) => {
            Err(service::reloaded(*plan, lines, is_done))
        }
        (Chore::Service, Found::Service(answer)) => Err(*answer),
        (Chore::Verify, Found::Verified(damage)) => Err(status::verified(world, damage)),
        _ => Err(refused(
            Code::Busy,
            "too much is asked at the moment; try again",
        )),
    };
    let answer = outcome.map_or_else(|answer| answer, Answer::ok);
    out.answer(errand.ticket, answer);
    tie(out, mark, errand.ticket);
}

/// Answers what needed to know what goes over each connection.
fn with_loads(
    world: &mut World,
    out: &mut Effects,
    ticket: Ticket,
    command: &Command,
    loads: Loads,
    now: Now,
) -> Option<Answer> {
    match command {
        Command::List(asked) => {
            let listing = list::users(world, asked, loads);
            list::go_on(world, out, ticket, listing, now)
        }
        Command::Show(what) => {
            let outcome = show::show(world, what, &loads, now);
            Some(outcome.map_or_else(|answer| answer, Answer::ok))
        }
        _ => Some(refused(Code::Failed, "nobody asked for this")),
    }
}

/// An operator is told of what is kept when it is stored.
fn tie(out: &mut Effects, mark: Mark, ticket: Ticket) {
    if out.has_promised(mark) {
        out.tie(mark, Culprit::Operator(ticket));
    }
}

fn refused(code: Code, text: impl Into<String>) -> Answer {
    Answer::failed(code, text, Vec::new())
}

/// The answer, unless something has to be found out first.
fn carry_out(
    world: &mut World,
    out: &mut Effects,
    errand: Errand<'_>,
    command: &Command,
    now: Now,
) -> Option<Answer> {
    Some(match command {
        Command::List(_) | Command::Show(_) => {
            let chore = Chore::WithLoads(Box::new(command.clone()));
            out.ask_for(errand.ticket, chore, Ask::Loads);
            return None;
        }
        Command::Rooms(asked) => {
            let listing = list::rooms(world, asked);
            return list::go_on(world, out, errand.ticket, listing, now);
        }
        Command::Stats(asked) => Answer::ok(stats::stats(world, asked, now)),
        Command::Kick { names, reason } => kick(world, out, names, reason.as_deref(), now),
        Command::Broadcast { text } => broadcast(world, out, &text.join(" "), now),
        Command::Accounts(act) => {
            let outcome = accounts::handle(world, out, errand.ticket, act, now)?;
            outcome.map_or_else(|answer| answer, Answer::ok)
        }
        Command::Inbox { account } => {
            let outcome = accounts::inbox(world, account);
            outcome.map_or_else(|answer| answer, Answer::ok)
        }
        Command::Moderate(act) => {
            let outcome = moderate::handle(world, out, errand.by, act, now);
            outcome.map_or_else(|answer| answer, Answer::ok)
        }
        Command::Verify => {
            out.ask_for(errand.ticket, Chore::Verify, Ask::Verify);
            return None;
        }
        Command::Audit(asked) => {
            let ask = Ask::LookUp(record::wanted(asked, now.unix_ms));
            out.ask_for(errand.ticket, Chore::LookUp, ask);
            return None;
        }
        Command::Status => Answer::ok(status::status(world, now)),
        Command::Log(log) => return service::look_up(out, errand, Task::Log(log.clone())),
        Command::Config(act) => return service::look_up(out, errand, Task::Config(act.clone())),
        Command::Doctor => {
            let symptoms = service::symptoms(world, now);
            return service::look_up(out, errand, Task::Doctor(symptoms));
        }
        Command::Reload(reload) => return service::reload(out, errand, reload),
        Command::Drain(drain) => service::drain(world, out, drain, now),
        Command::Undrain => service::undrain(world),
        Command::Stop {
            within,
            now: at_once,
        } => return service::stop(world, out, errand, *within, *at_once),
    })
}

fn kick(
    world: &mut World,
    out: &mut Effects,
    names: &[String],
    reason: Option<&str>,
    now: Now,
) -> Answer {
    let (mut kicked, mut missing) = (Vec::new(), Vec::new());
    for name in names {
        match world.nick_owner(name) {
            Some(user) => kicked.extend(disconnect(world, out, user, reason, now)),
            None => missing.push((name, similar(world, name))),
        }
    }
    let Some((first, hint)) = missing.first() else {
        return Answer::ok(json!({"kicked": kicked, "missing": []}));
    };
    let text = format!("No user \"{first}\" is connected");
    if kicked.is_empty() {
        return Answer::failed(Code::NoSuchUser, text, hint.clone());
    }
    let hint = hint.clone();
    let missing: Vec<Value> = missing
        .iter()
        .map(|(name, hint)| json!({"name": name, "hint": hint}))
        .collect();
    let data = json!({"kicked": kicked, "missing": missing});
    Answer::failed(Code::Partly, text, hint).with(data)
}

/// Ends every session of a user: KILL, ERROR, close; the others see QUIT.
fn disconnect(
    world: &mut World,
    out: &mut Effects,
    id: UserId,
    reason: Option<&str>,
    now: Now,
) -> Option<Value> {
    let user = world.user(id)?;
    let (nick, sessions, address) = (user.nick.clone(), user.sessions.len(), address(world, user));
    let reason = reason
        .filter(|reason| !reason.is_empty())
        .map(|reason| cut(reason, world.config.limits.kick));
    let quit = match reason {
        Some(reason) => format!("Killed by an operator: {reason}"),
        None => "Killed by an operator".to_owned(),
    };
    let reason = reason.unwrap_or("Removed by an operator").to_owned();
    let server = world.config.server.name.clone();
    let kill = Kill {
        source: Voice::from(&server),
        reason: &reason,
        quit: &quit,
    };
    world.kill(out, id, &kill, now);
    Some(json!({"name": nick.as_str(), "address": address, "sessions": sessions}))
}

/// Names of people here that differ from `name` by little.
fn similar(world: &World, name: &str) -> Vec<String> {
    let names = world
        .users()
        .map(|(_, user): (UserId, _)| user.nick.as_str());
    near(name, names, 2 * world.config.limits.nick)
}

/// Those of the names that differ from `name` by little.
fn near<'a>(name: &str, names: impl Iterator<Item = &'a str>, longest: usize) -> Vec<String> {
    if name.len() > longest {
        return Vec::new(); // Nobody's name is near, and comparing costs by the length.
    }
    let wanted = name.to_ascii_lowercase();
    let distance = |name: &str| strsim::levenshtein(&name.to_ascii_lowercase(), &wanted);
    let mut near: Vec<(usize, &str)> = names
        .map(|name| (distance(name), name))
        .filter(|(distance, _)| *distance <= 2)
        .collect();
    near.sort_unstable();
    near.into_iter()
        .take(3)
        .map(|(_, name)| name.to_owned())
        .collect()
}

fn broadcast(world: &mut World, out: &mut Effects, text: &str, now: Now) -> Answer {
    if text.trim().is_empty() {
        return Answer::failed(Code::BadRequest, "there is no text to send", Vec::new());
    }
    let (server, time) = (
        world.config.server.name.clone(),
        world.stamps.time(now.unix_ms),
    );
    let longest_nick = "n".repeat(world.config.limits.nick);
    let words = [longest_nick.as_str()];
    let longest = Outgoing::new(&server, "NOTICE", &words, Some(text), &time).body_len();
    if let Some(beyond) = longest.checked_sub(MAX_LINE).filter(|beyond| *beyond > 0) {
        let (bytes, most) = (text.len(), text.len() - beyond);
        let told = format!("the text has {bytes} bytes and {most} fit on a line; send it in parts");
        return Answer::failed(Code::BadRequest, told, Vec::new());
    }
    let everybody: Vec<UserId> = world.users().map(|(id, _)| id).collect();
    for id in &everybody {
        let Some(nick) = world.user(*id).map(|user| user.nick.clone()) else {
            continue;
        };
        let words = [nick.as_str()];
        let line = Outgoing::new(&server, "NOTICE", &words, Some(text), &time);
        world.deliver(out, &line, [*id].into_iter(), None, Filter::Everybody);
    }
    Answer::ok(json!({"recipients": everybody.len()}))
}
