//! Everything is given to another process, or taken from one.

use crate::server::admission::Book;
use crate::server::error::Error;
use crate::server::floor::Floor;
use crate::server::handover::estate::Estate;
use crate::server::handover::heir::Heir;
use crate::server::socket::frames::Leaving;
use crate::server::sockets::frozen::Frozen;
use crate::server::sockets::{Bounds, Sockets};
use crate::server::world::event::SessionId;
use crate::server::{House, kept};
use crate::store::memory::Memory;
use crate::store::stage::Stage;
use rustix::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::Arc;
use std::vec::IntoIter;

/// To those who speak TLS or WebSocket: their state is not handed over.
const REPLACED: &[u8] = b"ERROR :The server was upgraded; connect again\r\n";

/// Why another process does not serve.
#[derive(Debug)]
pub(in crate::server) enum Refused {
    /// All goes on as before.
    Harmless(String),
    /// Nothing goes on: the store cannot be opened again.
    Homeless(String, Error),
}

impl Floor {
    /// Does what can be done without hearing anybody; tells whether nothing is left of that.
    pub(in crate::server) fn stand_still(&mut self) -> bool {
        while let Some((by, found)) = self.desk.take_due() {
            self.found_for(by, found);
        }
        self.hear_store();
        self.desk.asked == 0
            && self.desk.awaited() <= 1
            && self.desk.world().is_still()
            && self.desk.stage.is_idle()
            && !self.desk.has_news()
            && self.sockets.is_still()
    }

    /// Gives everything to another process. `Err` says why it did not work: then all is as it was.
    pub(in crate::server) fn give(
        &mut self,
        heir: &mut Heir,
        house: &House,
    ) -> Result<(), Refused> {
        if house.memory.is_none() {
            let aside = Stage::here(Box::new(Memory::default()));
            let aside = aside.map_err(|why| Refused::Harmless(why.to_string()))?;
            // The new process opens the store: nobody else may have it then.
            drop(std::mem::replace(&mut self.desk.stage, aside));
        }
        let given = heir.give(&self.descriptors(house), &self.estate(house));
        let Err(why) = given else {
            self.part_with_bound();
            self.doorway.give();
            if let Some(admin) = &house.admin {
                admin.give();
            }
            return Ok(());
        };
        heir.end();
        if house.memory.is_some() {
            return Err(Refused::Harmless(why));
        }
        match kept::stage_again(self.desk.config(), &house.data) {
            Ok(mut stage) => {
                stage.measure(Arc::clone(&self.gauges.store));
                self.desk.stage = stage;
                Err(Refused::Harmless(why))
            }
            Err(error) => Err(Refused::Homeless(why, error)),
        }
    }

    /// The last word to those whose connections cannot be handed over.
    fn part_with_bound(&mut self) {
        let uptime_ms = self.desk.now.uptime_ms;
        self.sockets.leaving = Leaving::Restart;
        for id in self.sockets.bound() {
            self.sockets.push(id, REPLACED);
            self.sockets.close(id, uptime_ms);
        }
        self.sockets.flush(uptime_ms, &self.poll);
    }

    fn descriptors<'a>(&'a self, house: &'a House) -> Vec<BorrowedFd<'a>> {
        let admin = house.admin.iter().map(|admin| admin.listener.as_fd());
        let doors = admin.chain(self.doorway.descriptors());
        doors.chain(self.sockets.descriptors()).collect()
    }

    fn estate<'a>(&'a self, house: &'a House) -> Estate<'a> {
        Estate {
            now: self.desk.now,
            world: self.desk.hub.freeze(),
            sockets: self.sockets.freeze(),
            book: self.doorway.freeze(self.web.neighbours()),
            throttled: self.throttled.clone(),
            tickets: self.desk.tickets,
            doors: self.doorway.places(),
            admin: house.admin.as_ref().map(|admin| admin.path.clone()),
            secret: house.secret,
            memory: house.memory.as_ref().map(Memory::freeze),
        }
    }

    /// Goes on with the connections of another process. `None`: they are not what was announced.
    pub(in crate::server) fn inherit(
        &mut self,
        sockets: Frozen<'_>,
        mut descriptors: IntoIter<OwnedFd>,
        book: Book,
        throttled: Vec<SessionId>,
    ) -> Option<()> {
        self.doorway.thaw(book);
        self.throttled = throttled;
        let gauges = Arc::clone(&self.gauges);
        let bounds = Bounds::of(&self.desk.config().limits);
        self.sockets = Sockets::thaw(sockets, &mut descriptors, bounds, gauges, &self.poll)?;
        for socket in self.sockets.all_mut() {
            socket.throttle.set_pace(self.doorway.pace(socket.distance));
        }
        Some(())
    }
}
