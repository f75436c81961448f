//! The moment at which another process takes over: nobody is heard until it serves, or all goes on as before.

use crate::admin::command::{Answer, Code};
use crate::server::control::Control;
use crate::server::error::Error;
use crate::server::floor::give::Refused;
use crate::server::handover::heir::Heir;
use crate::server::log;
use crate::server::notify;
use crate::server::shard::{Shard, connections};
use crate::server::world::event::{Asker, Found};
use crate::server::world::file::{self, FileAnswer};
use async_channel::Receiver;
use async_io::Timer;
use futures_lite::future;
use std::time::{Duration, Instant};

/// Longest wait for what was asked of the store and of the worker.
const STILL: Duration = Duration::from_secs(5);

impl Shard {
    /// Gives everything to another process; whether that serves now.
    pub(super) async fn hand_over(
        &mut self,
        by: Asker,
        mut heir: Heir,
        control: &Receiver<Control>,
    ) -> Result<bool, Error> {
        let successor = heir.successor().clone();
        let given = match self.stand_still().await {
            Ok(()) => self.floor.give(&mut heir, &self.house),
            Err(why) => Err(Refused::Harmless(why.to_owned())),
        };
        let (found, end) = match given {
            Ok(()) => (Ok(successor), Ok(true)),
            Err(Refused::Harmless(why)) => (Err(why), Ok(false)),
            Err(Refused::Homeless(why, error)) => (Err(why), Err(error)),
        };
        drop(heir);
        match &found {
            Ok(successor) => {
                notify::replaced(successor.pid);
                log::info(format_args!(
                    "Upgraded: {} taken over by pid {}, chat {}",
                    connections(self.floor.desk.connections()),
                    successor.pid,
                    successor.version
                ));
            }
            Err(why) => log::warn(format_args!("Not upgraded: {why}")),
        }
        self.floor.desk.now = self.clock.now();
        self.floor.found_for(by, Found::Upgraded(found));
        if matches!(end, Ok(true)) {
            turn_away(control);
        }
        end
    }

    /// Hears nobody, and waits until all that was asked is answered and all that was said is stored.
    async fn stand_still(&mut self) -> Result<(), &'static str> {
        if self.stop_at_ms.is_some() {
            return Err("the server is stopping");
        }
        let until = Instant::now() + STILL;
        loop {
            self.floor.desk.now = self.clock.now();
            while let Some(done) = self.floor.desk.worker.try_done() {
                self.floor.on_done(done);
            }
            if self.floor.stand_still() {
                return Ok(());
            }
            if Instant::now() >= until {
                return Err("something slow is under way; try again when it is done");
            }
            let desk = &self.floor.desk;
            let news = future::or(async { (desk.worker.done().await, None) }, async {
                (None, Some(desk.stage.report().await))
            });
            let late = async {
                Timer::at(until).await;
                (None, None)
            };
            let (done, report) = future::or(news, late).await;
            if let Some(done) = done {
                self.floor.on_done(done);
            }
            if let Some(report) = report {
                self.floor.desk.stage.take(report);
            }
        }
    }
}

/// Those who asked while everything was given away ask again, and the new process answers.
fn turn_away(control: &Receiver<Control>) {
    while let Ok(asked) = control.try_recv() {
        match asked {
            Control::Admin { reply, .. } => {
                let text = "another process has just taken over; ask again";
                let _ = reply.try_send(Answer::failed(Code::Busy, text, Vec::new()));
            }
            Control::File { reply, .. } => {
                let _ = reply.try_send(FileAnswer::Refused(file::Refused::Busy));
            }
            Control::Stop | Control::Reload => {}
        }
    }
}
