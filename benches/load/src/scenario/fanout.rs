//! One room, of which some members write to all.

use crate::run::Run;
use crate::scenario::exchange::{Exchange, Plan};
use crate::wire::{nicks, room};
use clap::Args;

#[derive(Args, Debug)]
pub struct Fanout {
    /// Members of the room
    #[arg(short = 'n', long, default_value_t = 100)]
    pub clients: usize,
    /// Those who write
    #[arg(short, long, default_value_t = 10)]
    pub senders: usize,
    /// Messages of each of them
    #[arg(short, long, default_value_t = 1500)]
    pub messages: u32,
    /// Messages of each of them that not everybody has yet
    #[arg(short, long, default_value_t = 8)]
    pub window: u32,
}

impl Fanout {
    pub fn act(&self, run: &mut Run) -> Result<(), String> {
        let plan = Plan {
            clients: self.clients,
            groups: 1,
            senders: self.senders,
            messages: self.messages,
            window: self.window,
        };
        plan.must_be_possible()?;
        run.register(&nicks('u', self.clients))?;
        let meter = run.meter();
        run.join(0, &vec![room(0); self.clients])?;
        let joined = meter.stop(&run.net.stats);
        run.figures
            .number("join_server_cpu_s", joined.server_cpu_s());
        let mut exchange = Exchange::new(run, plan, |_| room(0));
        let (result, used) = run.metered("exchange", &mut exchange);
        result.and(exchange.tell(run, &used))
    }
}
