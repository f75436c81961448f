//! Pairs of clients that write to each other, without a room.

use crate::run::Run;
use crate::scenario::exchange::{Exchange, Plan};
use crate::wire::nicks;
use clap::Args;

#[derive(Args, Debug)]
pub struct Direct {
    /// Clients; half of them are the others' partners
    #[arg(short = 'n', long, default_value_t = 1000)]
    pub clients: usize,
    /// Messages of each of them
    #[arg(short, long, default_value_t = 300)]
    pub messages: u32,
    /// Messages of each of them that have not arrived yet
    #[arg(short, long, default_value_t = 4)]
    pub window: u32,
}

impl Direct {
    pub fn act(&self, run: &mut Run) -> Result<(), String> {
        let groups = self.clients / 2;
        let clients = groups * 2;
        let plan = Plan {
            clients,
            groups,
            senders: clients,
            messages: self.messages,
            window: self.window,
        };
        plan.must_be_possible()?;
        let nicks = nicks('u', clients);
        run.register(&nicks)?;
        let partner = |sender: usize| nicks[(sender + groups) % clients].clone();
        let mut exchange = Exchange::new(run, plan, partner);
        let (result, used) = run.metered("exchange", &mut exchange);
        result.and(exchange.tell(run, &used))
    }
}
