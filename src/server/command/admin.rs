//! What an operator asks over the admin socket, answered from the same world that commands change.
//!
//! Each verb is one variant of `admin::command::Command` and one arm here. Data and errors are the
//! ones that chat-admin(1) documents.

mod accounts;
mod backup;
mod broadcast;
pub mod deed;
mod dump;
mod files;
mod govern;
mod kick;
mod list;
mod moderate;
mod password;
mod past;
pub mod record;
pub mod right;
mod rooms;
mod service;
mod show;
mod stats;
mod status;
#[cfg(test)]
mod tests;
mod top;
mod upgrade;

use crate::admin::command::govern::Govern;
use crate::admin::command::{Answer, Code, Command, Request};
use crate::proto::sanitise;
use crate::server::command::admin::list::address;
use crate::server::world::World;
use crate::server::world::effects::{Effects, Mark};
use crate::server::world::event::{Ask, Chore, Culprit, Found, Now, Officer, Ticket};
use crate::server::world::id::UserId;
use crate::server::world::load::Loads;
use crate::server::world::task::Task;
use serde_json::Value;

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
    let answer = match right::check(command, errand.by, world.identity.uid) {
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
    if let Some(answer) = go_on(world, out, errand, chore, found, now) {
        out.answer(errand.ticket, answer);
    }
    tie(out, mark, errand.ticket);
}

/// The answer, unless something more has to be found out first.
fn go_on(
    world: &mut World,
    out: &mut Effects,
    errand: Errand<'_>,
    chore: Chore,
    found: Found,
    now: Now,
) -> Option<Answer> {
    let ticket = errand.ticket;
    Some(match (chore, found) {
        (Chore::WithLoads(command), Found::Loads(loads)) => {
            return with_loads(world, out, ticket, &command, loads, now);
        }
        (Chore::Govern(act), found) => answered(governed(world, out, &act, found, now)),
        (Chore::GoOn, Found::Turn) => match world.listings.remove(&ticket.0) {
            Some(listing) => return list::go_on(world, out, ticket, listing, now),
            None => refused(Code::Failed, "there is nothing to go on with"),
        },
        (Chore::CreateAccount { name }, Found::Hashed(kept)) => {
            answered(password::create(world, out, &name, *kept, now))
        }
        (Chore::ChangePassword { account }, Found::Hashed(kept)) => {
            answered(password::change_password(world, out, account, *kept))
        }
        (Chore::Plan, Found::Service(plan)) => {
            let plan = service::compared(world, *plan);
            return service::read_again(out, errand, plan);
        }
        (Chore::Compared, Found::Service(answer)) => service::compared(world, *answer),
        (Chore::Status, Found::Service(disk)) => Answer::ok(status::status(world, disk.data, now)),
        // How it is doing is told also where nobody has time to look at the disk.
        (Chore::Status, _) => Answer::ok(status::status(world, None, now)),
        (Chore::Reload(plan), Found::Reloaded(lines, is_done)) => {
            service::reloaded(*plan, lines, is_done)
        }
        (Chore::Service, Found::Service(answer)) => *answer,
        (Chore::Files, Found::Service(answer)) => files::told(world, *answer),
        (Chore::Backup, Found::Service(answer)) => backup::made(world, *answer, now),
        (Chore::LookUp, Found::Deeds(deeds)) => record::found(deeds),
        (Chore::Verify, Found::Verified(damage)) => status::verified(world, damage),
        (Chore::Upgrade { is_question }, Found::Upgraded(upgraded)) => {
            answered(upgrade::tell(world, is_question, upgraded))
        }
        _ => busy(),
    })
}

/// What a verb came to, as an answer.
fn answered(outcome: Outcome) -> Answer {
    outcome.map_or_else(|answer| answer, Answer::ok)
}

/// Goes on with what the store, or the doors, have answered.
fn governed(world: &mut World, out: &mut Effects, act: &Govern, found: Found, now: Now) -> Outcome {
    match (act, found) {
        (Govern::History(asked), Found::Read(answer)) => past::told(world, asked, answer),
        (Govern::Redact { msgid, reason }, Found::Read(answer)) => {
            past::redact(world, out, msgid, reason.as_deref(), answer, now)
        }
        (Govern::Dump(asked), Found::Raw(dumped)) => dump::told(asked, &dumped),
        (Govern::Limits { key, .. }, Found::Turn) => govern::limits_set(world, key.as_deref()),
        _ => Err(busy()),
    }
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
        Command::Show(what) => Some(answered(show::show(world, what, &loads, now))),
        Command::Top(asked) => Some(Answer::ok(top::top(world, asked, loads, now))),
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

/// What was asked for was not found out.
fn busy() -> Answer {
    refused(Code::Busy, "too much is asked at the moment; try again")
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
        Command::List(_) | Command::Show(_) | Command::Top(_) => {
            let chore = Chore::WithLoads(Box::new(command.clone()));
            out.ask_for(errand.ticket, chore, Ask::Loads);
            return None;
        }
        Command::Rooms(asked) => {
            let listing = list::rooms(world, asked);
            return list::go_on(world, out, errand.ticket, listing, now);
        }
        Command::Stats(asked) if asked.prometheus => {
            world.publish(now);
            return service::look_up(out, errand, Task::Numbers);
        }
        Command::Stats(asked) => Answer::ok(stats::stats(world, asked, now)),
        Command::Kick(asked) => kick::kick(world, out, asked, now),
        Command::Broadcast(asked) => broadcast::broadcast(world, out, asked, now),
        Command::Accounts(act) => answered(accounts::handle(world, out, errand.ticket, act, now)?),
        Command::Inbox { account } => answered(accounts::inbox(world, account)),
        Command::Files(act) => return files::handle(world, out, errand, act, now),
        Command::Govern(act) => return govern::handle(world, out, errand, act, now),
        Command::Moderate(act) => answered(moderate::handle(world, out, errand.by, act, now)),
        Command::Verify(asked) => return backup::verify(out, errand, asked),
        Command::Backup(asked) => return backup::make(out, errand, asked),
        Command::Upgrade(act) => return upgrade::handle(out, errand, act),
        Command::Audit(asked) => {
            let ask = Ask::LookUp(record::wanted(asked, now.unix_ms));
            out.ask_for(errand.ticket, Chore::LookUp, ask);
            return None;
        }
        Command::Status => return service::look_up(out, errand, Task::Disk),
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

/// An operator's words as others may hear them: one line, without what a terminal would obey.
fn plain(words: &str) -> String {
    sanitise::text(&words.replace(['\r', '\n'], " ")).into_owned()
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
