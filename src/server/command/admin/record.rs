//! The record of what operators did, as it is asked for.

use crate::admin::command::audit::Audit;
use crate::admin::command::{Answer, Code};
use crate::server::command::admin::refused;
use crate::server::world::deed::{Deeds, Wanted};
use serde_json::Value;

/// Which deeds are asked for.
pub fn wanted(asked: &Audit, now_ms: u64) -> Wanted {
    let since = asked.since.as_ref();
    Wanted {
        count: asked.count,
        user: asked.user.as_deref().map(Into::into),
        command: asked.command.as_deref().map(Into::into),
        since_ms: since.map_or(0, |since| since.unix_ms(now_ms)),
    }
}

/// The answer with what was found.
pub(super) fn found(deeds: Result<Deeds, String>) -> Answer {
    match deeds {
        Ok(Deeds {
            found,
            is_cut: true,
        }) => Answer::beginning(Value::Array(found)),
        Ok(Deeds { found, .. }) => Answer::ok(Value::Array(found)),
        Err(why) => refused(Code::Failed, why),
    }
}
