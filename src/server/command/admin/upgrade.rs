//! Another binary is asked to take over, and what came of it is told.

use crate::admin::command::upgrade::Upgrade;
use crate::admin::command::{Answer, Code};
use crate::server::command::admin::{Errand, refused};
use crate::server::world::World;
use crate::server::world::effects::Effects;
use crate::server::world::event::{Ask, Chore, Successor};
use serde_json::{Value, json};

/// Asks the binary.
pub(super) fn handle(out: &mut Effects, errand: Errand<'_>, upgrade: &Upgrade) -> Option<Answer> {
    let ask = Ask::Upgrade {
        is_question: upgrade.check,
        binary: upgrade.binary.as_ref().map(Into::into),
    };
    let is_question = upgrade.check;
    out.ask_for(errand.ticket, Chore::Upgrade { is_question }, ask);
    None
}

/// Tells who serves from now on, or could, or why nobody else does.
pub(super) fn tell(
    world: &World,
    is_question: bool,
    upgraded: Result<Successor, String>,
) -> Result<Value, Answer> {
    let refuse = |why| {
        let text = format!("Not upgraded, the server goes on as it is: {why}");
        refused(Code::Failed, text)
    };
    let Successor {
        binary,
        version,
        pid,
    } = upgraded.map_err(refuse)?;
    let pid = (!is_question).then_some(pid);
    let over_tls = world.sessions();
    let over_tls = over_tls.filter(|(_, session)| session.peer.secured.is_some());
    Ok(json!({
        "upgraded": !is_question,
        "binary": binary,
        "version": version,
        "pid": pid,
        "over_tls": over_tls.count(),
    }))
}
