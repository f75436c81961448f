//! One room, first with all reading, then with one member who never does: the others must not feel it.

use crate::clock;
use crate::process;
use crate::register::{Losses, Register};
use crate::run::Run;
use crate::scenario::offered::Offered;
use crate::socket::Receive;
use crate::wire::{nicks, room};
use clap::Args;

#[derive(Args, Debug)]
pub struct Slow {
    /// Members of the room
    #[arg(short = 'n', long, default_value_t = 12)]
    pub clients: usize,
    /// Messages per second
    #[arg(long, default_value_t = 4000.0)]
    pub rate: f64,
    /// Seconds of each of the two parts
    #[arg(short, long, default_value_t = 6)]
    pub seconds: u64,
    /// Bytes that the socket of the one who does not read holds
    #[arg(long, default_value_t = 16384)]
    pub receive: usize,
}

impl Slow {
    pub fn act(&self, run: &mut Run) -> Result<(), String> {
        if !(4..=60_000).contains(&self.clients) {
            return Err("4 to 60000 clients are needed".into());
        }
        let (nicks, deaf) = (nicks('u', self.clients), self.clients - 1);
        let mut register = Register::new(&run.common, &nicks, Losses::EndTheRun)
            .with_receive(deaf, Receive::Bytes(self.receive));
        run.drive("register", &mut register)?;
        run.join(0, &vec![room(0); self.clients])?;
        run.figures.set("clients", self.clients);
        run.figures.number("rate", self.rate);
        Offered::new(run, self.clients, 1, self.rate, self.seconds).measure(run, "base_")?;

        let before = (process::tcp_kib(), run.sample());
        let mut offered = Offered::new(run, self.clients, 1, self.rate, self.seconds)
            .with_deaf(deaf, &nicks[deaf]);
        run.net.mute(deaf).map_err(|error| error.to_string())?;
        let result = offered.measure(run, "slow_");
        self.tell(run, &offered);
        let kernel = process::tcp_kib().saturating_sub(before.0);
        run.figures.set("kernel_tcp_growth_kib", kernel);
        if let Some(sample) = before.1 {
            let grown = run.rss_most_kib.saturating_sub(sample.rss_kib);
            run.figures.set("slow_rss_growth_kib", grown);
        }
        result.map(drop)
    }

    fn tell(&self, run: &mut Run, offered: &Offered) {
        let line = run.common.payload as f64 + 40.0;
        let gone = offered.deaf_gone_at;
        run.figures.set("slow_reader_disconnected", gone.is_some());
        run.figures
            .number("slow_reader_bytes_offered", offered.sent() as f64 * line);
        if let Some(at) = gone {
            let after = clock::seconds(at.saturating_sub(offered.begun_at()));
            run.figures
                .number("slow_reader_disconnected_after_s", after);
            run.figures
                .number("slow_reader_bytes_until_then", after * self.rate * line);
        }
    }
}
