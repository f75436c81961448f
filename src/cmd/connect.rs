//! `chat connect`: talk.

use clap::Args;

/// Where to.
#[derive(Debug, Args)]
pub struct Connect {
    /// Name or address of the server
    pub host: String,
    /// Its port
    #[arg(default_value_t = 55555)]
    pub port: u16,
}

/// Connects and talks until the end.
pub fn run(connect: Connect) -> u8 {
    eprintln!("{}:{} is not reached yet", connect.host, connect.port);
    1
}
