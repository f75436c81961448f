//! Who keeps the bytes of files: told of those that nothing needs any more, and asked for what takes long.

use crate::admin::command::Answer;
use crate::admin::command::files::Files;
use crate::server::world::file::Unneeded;
use async_channel::Sender;
use std::fmt;
use std::sync::Arc;

/// Does what operators ask that reads or changes the disk: `gc`, `verify` and `import`. It is called on a thread of
/// its own, one call at a time, and may wait for answers of the server.
pub type Work = Arc<dyn Fn(&Files) -> Answer + Send + Sync>;

/// The way to whoever keeps the bytes.
#[derive(Clone)]
pub struct Keeper {
    /// Where it hears of files that are gone.
    pub unneeded: Sender<Unneeded>,
    pub work: Work,
}

impl fmt::Debug for Keeper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keeper")
    }
}
