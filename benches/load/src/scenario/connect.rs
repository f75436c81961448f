//! Clients come, so many at a time: what one costs, and what the server holds for it.

use crate::run::Run;
use crate::wire::nicks;
use clap::Args;

#[derive(Args, Debug)]
pub struct Connect {
    /// How many
    #[arg(short = 'n', long, default_value_t = 2000)]
    pub clients: usize,
}

impl Connect {
    pub fn act(&self, run: &mut Run) -> Result<(), String> {
        let meter = run.meter();
        let done = run.register(&nicks('u', self.clients))?;
        let used = meter.stop(&run.net.stats);
        let figures = &mut run.figures;
        figures.set("clients", self.clients);
        figures.percentiles("registration", &done.latency);
        figures.number("registrations_per_s", self.clients as f64 / used.wall_s);
        figures.number("cpu_us_per_registration", used.us_per(self.clients as u64));
        figures.number("rss_bytes_per_client", used.bytes_per(self.clients));
        figures.usage("", &used);
        Ok(())
    }
}
