//! The operator's door: a Unix socket on which one JSON object per line is asked and answered.
//!
//! This user and root get in, and those of a group if the configuration names one: the directory is closed to others,
//! and the system tells who each peer is. What changes something is recorded before it is asked of the hub through
//! [`Control`], and its outcome after. Nothing here knows what a verb means.

pub mod door;
pub mod frame;
mod people;
mod stream;

use crate::admin::command::{Answer, Code, Command, Request};
use crate::server::admin::door::Door;
use crate::server::admin::frame::bad;
use crate::server::audit::Audit;
use crate::server::command::admin::{deed, right};
use crate::server::control::Control;
use crate::server::log;
use crate::server::world::caller::{Caller, Standing};
use async_channel::Sender;
use async_io::{Async, Timer};
use futures_lite::future::or;
use futures_lite::io::{AsyncReadExt, AsyncWriteExt};
use rustix::net::UCred;
use rustix::net::sockopt::socket_peercred;
use rustix::process::geteuid;
use std::io::ErrorKind;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Longest request.
const MAX_LINE: usize = 1 << 20;
/// Longest wait for a whole request, and then for its answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// Most connections at once.
const MAX_PARALLEL: usize = 16;
/// Most of them that are not the owner's: they do not keep the owner out.
const MAX_GUESTS: usize = 8;
/// What who is refused something waits for the answer: the record is bounded, and is not filled with refusals.
const SETBACK: Duration = Duration::from_secs(1);
/// Longest wait for an answer that takes reading everything that is stored.
const LONG_PATIENCE: Duration = Duration::from_secs(3600);
/// Longest that answers under way are waited for when the server stops.
const LAST_WORD: Duration = Duration::from_millis(500);

/// What a connection leads to.
struct House {
    control: Sender<Control>,
    audit: Audit,
    /// The group that may come in, beside us.
    gid: Option<u32>,
    /// How many of them are in.
    guests: Arc<AtomicUsize>,
}

/// Answers operators until nobody listens to `control` any more; then the socket is gone.
pub async fn serve(door: Door, control: Sender<Control>, audit: Audit) {
    let house = Arc::new(House {
        control,
        audit,
        gid: door.gid,
        guests: Arc::default(),
    });
    let control = &house.control;
    let Ok(listener) = door.listener.try_clone().and_then(Async::new) else {
        return;
    };
    let open = Arc::new(AtomicUsize::new(0));
    while let Some(accepted) = or(async { Some(listener.accept().await) }, async {
        control.closed().await;
        None
    })
    .await
    {
        match accepted {
            Ok((stream, _)) => {
                let place = Place::take(&open);
                async_std::task::spawn(attend(stream, place, Arc::clone(&house)));
            }
            // No descriptors are left: some may come back.
            Err(_) => {
                Timer::after(Duration::from_millis(100)).await;
            }
        }
    }
    let done = async {
        while open.load(Ordering::Acquire) > 0 {
            Timer::after(Duration::from_millis(5)).await;
        }
    };
    let limit = async {
        Timer::after(LAST_WORD).await;
    };
    or(done, limit).await;
}

/// One of the places for connections, given back when the connection ends.
struct Place {
    open: Arc<AtomicUsize>,
    number: usize,
}

impl Place {
    fn take(open: &Arc<AtomicUsize>) -> Self {
        Self {
            open: Arc::clone(open),
            number: open.fetch_add(1, Ordering::AcqRel),
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.open.fetch_sub(1, Ordering::AcqRel);
    }
}

/// One operator's connection, from the check of who it is to its end.
async fn attend(mut stream: Async<UnixStream>, place: Place, house: Arc<House>) {
    if place.number >= MAX_PARALLEL {
        let busy = format!("more than {MAX_PARALLEL} requests at once; try again");
        let _ = say(&mut stream, &Answer::failed(Code::Busy, busy, Vec::new())).await;
        return;
    }
    let caller = match house.caller(&stream) {
        Ok(caller) => caller,
        Err(answer) => {
            house.turned_away(&stream, &answer).await;
            let _ = say(&mut stream, &answer).await;
            return;
        }
    };
    let Ok(_seat) = house.seat(&caller) else {
        let busy = format!("more than {MAX_GUESTS} requests of admin.group at once; try again");
        let _ = say(&mut stream, &Answer::failed(Code::Busy, busy, Vec::new())).await;
        return;
    };
    let mut waiting = Vec::new();
    loop {
        let line = or(next_line(&mut stream, &mut waiting), async {
            Timer::after(PATIENCE).await;
            Next::End
        });
        let (answer, news) = match line.await {
            Next::End => return,
            Next::TooLong => (bad("a request has at most 1 MiB"), None),
            Next::Line(line) => match frame::read(&line) {
                Ok(request) => {
                    let news = stream::follow(&request.request, &house.audit);
                    let answer = house.answer(&request, &caller).await;
                    let news = news.and_then(|news| news.after(&answer));
                    (answer, news)
                }
                Err(answer) => (answer, None),
            },
        };
        let is_over = waiting.len() > MAX_LINE;
        if say(&mut stream, &answer).await.is_err() || is_over {
            return;
        }
        if let Some(news) = news {
            return stream::tell(&mut stream, news, &house.control).await;
        }
    }
}

impl House {
    /// Who is at the other end: this user or root, or somebody of the group.
    fn caller(&self, stream: &Async<UnixStream>) -> Result<Caller, Answer> {
        let refused = |text: String| {
            log::warn(format_args!("admin socket: {text}"));
            Answer::failed(Code::NotAllowed, text, Vec::new())
        };
        let peer = socket_peercred(stream)
            .map_err(|error| refused(format!("Not allowed: nobody knows who you are ({error})")))?;
        let own = geteuid();
        let groups = people::groups(&peer);
        let is_ours = peer.uid == own || peer.uid.is_root();
        let is_of_group = self.gid.is_some_and(|gid| groups.contains(&gid));
        let (uid, own) = (peer.uid.as_raw(), own.as_raw());
        if !is_ours && !is_of_group {
            return Err(refused(match self.gid {
                None => format!("Not allowed: you are uid {uid}; only uid {own} and root may"),
                Some(_) => format!(
                    "Not allowed: you are uid {uid}; only uid {own}, root and the members of admin.group may"
                ),
            }));
        }
        Ok(Caller {
            name: people::user(uid).into(),
            uid,
            pid: peer.pid.as_raw_nonzero().get(),
            groups: people::names(&groups),
            standing: match is_ours {
                true => Standing::Owner,
                false => Standing::Guest,
            },
        })
    }

    /// A place among those of the group, for who is one; `Err`: all are taken.
    fn seat(&self, caller: &Caller) -> Result<Option<Place>, ()> {
        match caller.standing {
            Standing::Owner => Ok(None),
            Standing::Guest => {
                let seat = Place::take(&self.guests);
                let is_free = seat.number < MAX_GUESTS;
                is_free.then_some(Some(seat)).ok_or(())
            }
        }
    }

    /// Records who was not let in.
    async fn turned_away(&self, stream: &Async<UnixStream>, answer: &Answer) {
        let Ok(UCred { uid, pid, .. }) = socket_peercred(stream) else {
            return;
        };
        let (uid, pid) = (uid.as_raw(), pid.as_raw_nonzero().get());
        let deed = deed::connecting(&people::user(uid), uid, pid);
        if let Ok(id) = self.audit.begun(deed).await {
            self.audit.end(id, deed::outcome(answer));
        }
    }

    /// Has one request carried out; what changes something is recorded first.
    async fn answer(&self, request: &Request, caller: &Caller) -> Answer {
        let command = &request.request;
        let deed = deed::asked(command, caller);
        let recorded = match right::is_act(command) {
            true => match self.audit.begun(deed.clone()).await {
                Ok(id) => Some(id),
                Err(why) => return deed::unrecorded(&why),
            },
            false => None,
        };
        let answer = self.ask(request, caller).await;
        let is_denied = answer
            .error
            .as_ref()
            .is_some_and(|f| f.code == Code::NotAllowed);
        let outcome = deed::outcome(&answer);
        note(
            caller,
            command,
            &deed::words(&deed.arguments),
            &outcome.result,
        );
        match recorded {
            Some(id) => self.audit.end(id, outcome),
            None if is_denied => {
                if let Ok(id) = self.audit.begun(deed).await {
                    self.audit.end(id, outcome);
                }
            }
            None => {}
        }
        if is_denied && caller.standing == Standing::Guest {
            Timer::after(SETBACK).await;
        }
        answer
    }

    /// Has the hub answer.
    async fn ask(&self, request: &Request, caller: &Caller) -> Answer {
        let patience = match request.request {
            Command::Verify(_) | Command::Backup(_) | Command::Upgrade(_) => LONG_PATIENCE,
            _ => PATIENCE,
        };
        let (reply, replied) = async_channel::bounded(1);
        let asked = Control::Admin {
            request: request.clone(),
            by: caller.clone(),
            reply,
        };
        let stopping = || Answer::failed(Code::Failed, "the server is stopping", Vec::new());
        if self.control.send(asked).await.is_err() {
            return stopping();
        }
        let answered = async { replied.recv().await.unwrap_or_else(|_| stopping()) };
        let limit = async {
            Timer::after(patience).await;
            let text = "the server is too busy to answer";
            Answer::failed(Code::NoAnswer, text, Vec::new())
        };
        or(answered, limit).await
    }
}

/// What comes next on a connection.
enum Next {
    Line(Vec<u8>),
    TooLong,
    End,
}

/// Reads up to the next end of line; `waiting` keeps what came beyond it.
async fn next_line(stream: &mut Async<UnixStream>, waiting: &mut Vec<u8>) -> Next {
    let mut chunk = [0; 4096];
    loop {
        if let Some(end) = waiting.iter().position(|byte| *byte == b'\n') {
            let rest = waiting.split_off(end + 1);
            return Next::Line(std::mem::replace(waiting, rest));
        }
        if waiting.len() > MAX_LINE {
            return Next::TooLong;
        }
        match stream.read(&mut chunk).await {
            Ok(0) | Err(_) => return Next::End,
            Ok(count) => waiting.extend_from_slice(chunk.get(..count).unwrap_or_default()),
        }
    }
}

/// Logs who did what and what came of it; mere questions only where everything is logged.
fn note(caller: &Caller, command: &Command, arguments: &str, came: &str) {
    let (uid, pid, verb) = (caller.uid, caller.pid, right::verb(command));
    let words = format_args!("admin: uid {uid} (pid {pid}): {verb}{arguments}: {came}");
    match right::is_act(command) {
        true => log::info(words),
        false => log::debug(words),
    }
}

/// Writes an answer to somebody who reads it in time.
async fn say(stream: &mut Async<UnixStream>, answer: &Answer) -> std::io::Result<()> {
    let mut line = serde_json::to_vec(answer)?;
    line.push(b'\n');
    or(stream.write_all(&line), async {
        Timer::after(PATIENCE).await;
        Err(ErrorKind::TimedOut.into())
    })
    .await
}

#[cfg(test)]
mod tests;
