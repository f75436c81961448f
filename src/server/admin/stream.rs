//! Requests that are answered by one line after the other until the connection is closed.

use crate::admin::command::{Answer, Command};
use crate::server::admin::say;
use crate::server::audit::{Audit, is_asked_for};
use crate::server::command::admin::record;
use crate::server::control::Control;
use crate::server::log;
use crate::server::service;
use async_channel::Sender;
use async_io::Async;
use futures_lite::future::or;
use futures_lite::io::AsyncReadExt;
use futures_lite::stream::{Stream, StreamExt};
use serde_json::Value;
use std::os::unix::net::UnixStream;
use std::pin::Pin;

/// What follows an answer, as it happens.
pub(super) struct News {
    things: Pin<Box<dyn Stream<Item = Value> + Send>>,
    /// Those that the answer has told already.
    told: Vec<Value>,
}

/// What happens from now on, if a request asks for that.
pub(super) fn follow(command: &Command, audit: &Audit) -> Option<News> {
    let things: Pin<Box<dyn Stream<Item = Value> + Send>> = match command {
        Command::Audit(asked) if asked.follow => {
            let wanted = record::wanted(asked, 0);
            let deeds = audit.follow();
            Box::pin(deeds.filter(move |deed| is_asked_for(&wanted, deed)))
        }
        Command::Log(asked) if asked.follow => {
            let wanted = service::wanted(asked).ok()?;
            let lines = log::past().follow();
            let lines = lines.filter(move |line| wanted.fits(line));
            Box::pin(lines.map(|line| service::described(&line)))
        }
        _ => return None,
    };
    Some(News {
        things,
        told: Vec::new(),
    })
}

impl News {
    /// What was told before is not told again; no news where the answer is none.
    pub(super) fn after(mut self, answer: &Answer) -> Option<Self> {
        let items = answer.data.as_ref().and_then(Value::as_array);
        let told = items.into_iter().flatten().filter(|item| is_over(item));
        self.told = told.map(|item| name(item).clone()).collect();
        answer.ok.then_some(self)
    }

    /// Whether the answer has told it; each thing is told once.
    fn was_told(&mut self, thing: &Value) -> bool {
        let at = self.told.iter().position(|told| told == name(thing));
        at.map(|at| self.told.swap_remove(at)).is_some()
    }
}

/// Whether it is not told of again: a deed has its result.
fn is_over(item: &Value) -> bool {
    item.get("result").is_none_or(|result| !result.is_null())
}

/// By what it is known: a deed by its number, a line of the log by all that stands in it.
fn name(item: &Value) -> &Value {
    item.get("id").unwrap_or(item)
}

/// Tells what happens, a list of one at a time, until the reader or the server goes.
pub(super) async fn tell(
    stream: &mut Async<UnixStream>,
    mut news: News,
    control: &Sender<Control>,
) {
    loop {
        let next = news.things.next();
        let stopped = async {
            control.closed().await;
            None
        };
        let Some(thing) = or(next, or(stopped, gone(stream))).await else {
            return;
        };
        if news.was_told(&thing) {
            continue;
        }
        let answer = Answer::ok(Value::Array(vec![thing]));
        if say(stream, &answer).await.is_err() {
            return;
        }
    }
}

/// Waits until the reader goes; what it says meanwhile is not heard.
async fn gone(stream: &Async<UnixStream>) -> Option<Value> {
    let mut heard = [0; 64];
    let mut reader = stream;
    while let Ok(1..) = reader.read(&mut heard).await {}
    None
}
