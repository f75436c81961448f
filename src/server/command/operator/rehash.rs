//! REHASH: have the configuration read again. Modern, "REHASH message".

use crate::proto::numeric::Numeric;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::event::{Ask, Found};
use crate::server::world::refusal::Refusal;
use crate::server::world::right::Right;
use crate::server::world::session::Goal;

pub(crate) const REHASH: Spec = Spec {
    verb: "REHASH",
    min_params: 0,
    who: Who::User,
    usage: "",
    help: "Have the configuration read again; for operators with the role admin",
    run: |cx| {
        cx.must_have(Right::Reload)?;
        cx.log("REHASH");
        cx.ask(Ask::Reload, Goal::Rehash);
        Ok(())
    },
};

/// The configuration was read.
pub(crate) fn resume(cx: &mut Ctx<'_>, found: &Found) -> Result<(), Refusal> {
    let Found::Reloaded(lines, _) = found else {
        return Err(Refusal::busy("REHASH"));
    };
    let (nick, origin) = (cx.nick(), cx.world.config.origin.clone());
    let file = origin.file.map(|file| file.display().to_string());
    let file = file.unwrap_or_else(|| "chat.yaml".into());
    cx.numeric(Numeric::RPL_REHASHING, &[&file], "Rehashing");
    for line in lines {
        cx.reply("NOTICE", &[&nick], Some(line));
    }
    Ok(())
}
