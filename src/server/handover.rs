//! Another process takes over: the sockets and the world go to a new binary, and nobody who is connected notices.
//!
//! The old process calls the new one, which says whether it is fit, while all goes on. Then the old one stands
//! still, lets go of the store, and gives everything away. It goes on as before unless the new one says that
//! it is ready; the new one touches nothing before the old one has said that it will not.

pub mod claim;
pub mod estate;
pub mod heir;
pub mod line;

use crate::config::Config;
use std::path::Path;
use std::time::Duration;

/// Version of what is handed over. Raised when a later process would read it otherwise than it was meant.
pub const VERSION: u32 = 2;

/// Tells a process that it is to take over from the one at the other end of its standard input, whose first
/// door has this port.
pub const CALLED: &str = "CHAT_TAKES_OVER";

/// Longest wait for a word of the other process.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// What both processes must agree on: where the store is, and of which kind.
pub fn store_of(config: &Config, data: &Path) -> String {
    let data = std::fs::canonicalize(data).unwrap_or_else(|_| data.to_owned());
    format!("{:?} in {}", config.store.kind, data.display())
}
