//! Latency at half of what a server can do: its capacity is measured first, in the same rooms.

use crate::run::Run;
use crate::scenario::exchange::{Exchange, Plan};
use crate::scenario::rooms::Rooms;
use crate::wire::room;
use clap::Args;

#[derive(Args, Debug)]
pub struct Halfload {
    /// Clients, each in one room
    #[arg(short = 'n', long, default_value_t = 2000)]
    pub clients: usize,
    /// Rooms
    #[arg(short, long, default_value_t = 40)]
    pub rooms: usize,
    /// Deliveries by which the capacity is measured
    #[arg(short, long, default_value_t = 3_000_000)]
    pub deliveries: u64,
    /// How long half of it is offered
    #[arg(short, long, default_value_t = 6)]
    pub seconds: u64,
}

/// Senders in all, whatever the rooms.
const SENDERS: usize = 40;
const WINDOW: u32 = 8;

impl Halfload {
    pub fn act(&self, run: &mut Run) -> Result<(), String> {
        let mut rooms = Rooms {
            clients: self.clients,
            rooms: self.rooms,
            rate: 0.0,
            seconds: self.seconds,
        };
        rooms.prepare(run)?;
        let receivers = (self.clients / self.rooms - 1).max(1) as f64;
        let senders = SENDERS.max(self.rooms).min(self.clients);
        let messages = self.deliveries as f64 / receivers / senders as f64;
        let plan = Plan {
            clients: self.clients,
            groups: self.rooms,
            senders,
            messages: (messages as u32).max(2 * WINDOW),
            window: WINDOW,
        };
        plan.must_be_possible()?;
        let mut exchange = Exchange::new(run, plan, |sender| room(sender % self.rooms));
        let (result, used) = run.metered("capacity", &mut exchange);
        result?;
        exchange.must_be_whole()?;
        let capacity = exchange.tally.delivered as f64 / used.wall_s;
        run.figures.number("capacity_deliveries_per_s", capacity);
        run.figures.usage("capacity_", &used);
        rooms.rate = capacity / receivers / 2.0;
        run.figures.number("rate", rooms.rate);
        rooms.offered(run).measure(run, "").map(drop)
    }
}
