//! Requests that are answered by one line after the other until the connection is closed.

use crate::admin::command::{Answer, Command};
use crate::server::admin::say;
use crate::server::audit::{Audit, is_asked_for};
use crate::server::command::admin::record;
use crate::server::control::Control;
use async_channel::{Receiver, Sender};
use async_io::Async;
use futures_lite::future::or;
use futures_lite::io::AsyncReadExt;
use serde_json::Value;
use std::os::unix::net::UnixStream;

/// What follows an answer, as it happens.
pub(super) struct News {
    things: Receiver<Value>,
    /// Numbers of those that the answer has told already.
    told: Vec<Value>,
    /// Which of them are wanted.
    is_wanted: Box<dyn Fn(&Value) -> bool + Send + Sync>,
}

/// What happens from now on, if a request asks for that.
pub(super) fn follow(command: &Command, audit: &Audit) -> Option<News> {
    match command {
        Command::Audit(asked) if asked.follow => {
            let wanted = record::wanted(asked, 0);
            Some(News {
                things: audit.follow(),
                told: Vec::new(),
                is_wanted: Box::new(move |deed| is_asked_for(&wanted, deed)),
            })
        }
        _ => None,
    }
}

impl News {
    /// What was told before is not told again; no news where the answer is none.
    pub(super) fn after(mut self, answer: &Answer) -> Option<Self> {
        let items = answer.data.as_ref().and_then(Value::as_array);
        let done = items
            .into_iter()
            .flatten()
            .filter(|item| item.get("result").is_some_and(|result| !result.is_null()));
        self.told = done.filter_map(|item| item.get("id").cloned()).collect();
        answer.ok.then_some(self)
    }
}

/// Tells what happens, a list of one at a time, until the reader or the server goes.
pub(super) async fn tell(stream: &mut Async<UnixStream>, news: &News, control: &Sender<Control>) {
    loop {
        let next = async { news.things.recv().await.ok() };
        let stopped = async {
            control.closed().await;
            None
        };
        let Some(thing) = or(next, or(stopped, gone(stream))).await else {
            return;
        };
        if !(news.is_wanted)(&thing) || thing.get("id").is_some_and(|id| news.told.contains(id)) {
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
