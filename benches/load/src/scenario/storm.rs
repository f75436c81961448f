//! All clients begin to connect in the same moment; whoever is refused or reset is counted.

use crate::register::{Losses, Register};
use crate::run::Run;
use crate::wire::nicks;
use clap::Args;

#[derive(Args, Debug)]
pub struct Storm {
    /// How many
    #[arg(short = 'n', long, default_value_t = 10_000)]
    pub clients: usize,
}

impl Storm {
    pub fn act(&self, run: &mut Run) -> Result<(), String> {
        let nicks = nicks('u', self.clients);
        let mut storm = Register::new(&run.common, &nicks, Losses::AreCounted).without_ramp();
        let (result, used) = run.metered("storm", &mut storm);
        let figures = &mut run.figures;
        figures.set("clients", self.clients);
        figures.set("ready", storm.ready);
        figures.set("lost", self.clients - storm.ready);
        figures.percentiles("registration", &storm.latency);
        figures.number("registrations_per_s", storm.ready as f64 / used.wall_s);
        figures.number("cpu_us_per_registration", used.us_per(storm.ready as u64));
        figures.usage("", &used);
        result?;
        match storm.why {
            Some(why) => Err(format!("{} lost; {why}", storm.lost)),
            None => Ok(()),
        }
    }
}
