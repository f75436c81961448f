//! WHOWAS: who had a name before. Modern, "WHOWAS message"; the last one first.

use crate::proto::numeric::Numeric;
use crate::proto::time;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::refusal::Refusal;
use crate::server::world::whowas::Former;

pub(crate) const WHOWAS: Spec = Spec {
    verb: "WHOWAS",
    min_params: 0,
    who: Who::User,
    usage: "<nick> [<count>]",
    help: "Tell who had a name before",
    run,
};

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let asked = cx
        .msg
        .get(0)
        .filter(|nick| !nick.is_empty())
        .ok_or(Refusal::NoNickGiven)?;
    let count = cx.msg.get(1).and_then(|count| count.parse().ok());
    let most = count.filter(|count| *count > 0).unwrap_or(usize::MAX);
    let found: Vec<Former> = cx.world.whowas.of(asked).take(most).cloned().collect();
    if found.is_empty() {
        let text = "There was no such nickname";
        cx.numeric(Numeric::ERR_WASNOSUCHNICK, &[asked], text);
    }
    let server = cx.world.config.server.name.clone();
    for former in &found {
        if cx.is_full("WHOWAS") {
            break;
        }
        let nick = former.nick.as_str();
        cx.numeric(
            Numeric::RPL_WHOWASUSER,
            &[nick, &former.username, &former.host, "*"],
            &former.realname,
        );
        let left = time::to_text(former.left_ms);
        cx.numeric(Numeric::RPL_WHOISSERVER, &[nick, &server], &left);
    }
    cx.numeric(Numeric::RPL_ENDOFWHOWAS, &[asked], "End of WHOWAS");
    Ok(())
}
