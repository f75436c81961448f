//! QUIT: leave. Modern, "QUIT message": an ERROR to the one who leaves, then the close.

use crate::proto::text::cut;
use crate::server::command::past::inbox;
use crate::server::command::people::sanctioned;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::refusal::Refusal;

pub(crate) const QUIT: Spec = Spec {
    verb: "QUIT",
    min_params: 0,
    who: Who::Anyone,
    usage: "[<reason>]",
    help: "Leave the server",
    run,
};

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let reason = cut(
        sanctioned::reason_of(cx, cx.msg.get(0)).unwrap_or_default(),
        cx.world.config.limits.kick,
    );
    let reason = if reason.is_empty() {
        "Quit".to_owned()
    } else {
        format!("Quit: {reason}")
    };
    inbox::confirm(cx, 0);
    part_ways(cx, &reason);
    Ok(())
}

/// Ends the asker's own session: the last word stays among the replies.
pub(crate) fn part_ways(cx: &mut Ctx<'_>, reason: &str) {
    cx.reply_as("", "ERROR", &[], Some(reason));
    cx.world.depart(cx.out, cx.session, reason, cx.now);
}
