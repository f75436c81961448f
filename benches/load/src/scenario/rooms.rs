//! Many rooms with a fixed number of messages a second, as a busy day would be.

use crate::run::Run;
use crate::scenario::offered::Offered;
use crate::wire::{nicks, room};
use clap::Args;

#[derive(Args, Debug)]
pub struct Rooms {
    /// Clients, each in one room
    #[arg(short = 'n', long, default_value_t = 2000)]
    pub clients: usize,
    /// Rooms
    #[arg(short, long, default_value_t = 40)]
    pub rooms: usize,
    /// Messages per second, of all together
    #[arg(long, default_value_t = 1000.0)]
    pub rate: f64,
    /// How long
    #[arg(short, long, default_value_t = 6)]
    pub seconds: u64,
}

impl Rooms {
    /// Everybody is in their room.
    pub fn prepare(&self, run: &mut Run) -> Result<(), String> {
        if self.rooms == 0 || self.rooms * 2 > self.clients || self.clients > 60_000 {
            return Err("each room needs two members, and 60000 are the most".into());
        }
        run.figures.set("clients", self.clients);
        run.figures.set("rooms", self.rooms);
        run.figures.number("rate", self.rate);
        run.figures.set("payload", run.common.payload);
        run.register(&nicks('u', self.clients))?;
        let rooms: Vec<String> = (0..self.clients).map(|id| room(id % self.rooms)).collect();
        run.join(0, &rooms)
    }

    pub fn offered(&self, run: &Run) -> Offered {
        Offered::new(run, self.clients, self.rooms, self.rate, self.seconds)
    }

    pub fn act(&self, run: &mut Run) -> Result<(), String> {
        self.prepare(run)?;
        self.offered(run).measure(run, "").map(drop)
    }
}
