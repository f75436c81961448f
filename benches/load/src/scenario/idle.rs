//! Clients in rooms who do nothing: what the server holds for them, and what it does all the same.

use crate::process;
use crate::run::{Run, Silence};
use crate::wire::{nicks, room};
use clap::Args;

#[derive(Args, Debug)]
pub struct Idle {
    /// How many
    #[arg(short = 'n', long, default_value_t = 10_000)]
    pub clients: usize,
    /// Members of each room
    #[arg(short, long, default_value_t = 50)]
    pub room_size: usize,
    /// How long the processor time of the silent server is watched
    #[arg(short, long, default_value_t = 3)]
    pub seconds: u64,
}

impl Idle {
    pub fn act(&self, run: &mut Run) -> Result<(), String> {
        let kernel_before = process::tcp_kib();
        let whole = run.meter();
        let part = run.meter();
        run.register(&nicks('u', self.clients))?;
        let registered = part.stop(&run.net.stats);
        let rooms: Vec<String> = (0..self.clients)
            .map(|id| room(id / self.room_size.max(1)))
            .collect();
        let part = run.meter();
        run.join(0, &rooms)?;
        let joined = part.stop(&run.net.stats);
        let mut silence = Silence::of_seconds(self.seconds);
        let (result, idle) = run.metered("idle", &mut silence);
        let used = whole.stop(&run.net.stats);
        let figures = &mut run.figures;
        figures.set("clients", self.clients);
        figures.set("room_size", self.room_size);
        figures.usage("register_", &registered);
        figures.usage("join_", &joined);
        figures.usage("idle_", &idle);
        figures.number(
            "registered_bytes_per_client",
            registered.bytes_per(self.clients),
        );
        figures.number("rss_bytes_per_client", used.bytes_per(self.clients));
        figures.set(
            "kernel_tcp_kib",
            process::tcp_kib().saturating_sub(kernel_before),
        );
        result?;
        match silence.closed {
            0 => Ok(()),
            closed => Err(format!("{closed} connections were closed")),
        }
    }
}
