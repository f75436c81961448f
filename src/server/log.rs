//! What the operator of the server should know, on standard error.

use crate::proto::sanitise;
use std::io::Write;

/// Says one line; a reader that went away is no failure.
pub(super) fn say(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{}", sanitise::text(line));
}
