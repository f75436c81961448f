//! ISUPPORT: what the server supports, as 005. IRCv3 extended-isupport; Modern, "RPL_ISUPPORT".

use crate::proto::cap::Cap;
use crate::proto::numeric::Numeric;
use crate::server::command::session::register;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::deliver::Outgoing;
use crate::server::world::refusal::Refusal;

pub(crate) const ISUPPORT: Spec = Spec {
    verb: "ISUPPORT",
    min_params: 0,
    who: Who::Anyone,
    usage: "",
    help: "Tell what the server supports",
    run,
};

/// Most tokens on one line (Modern, "RPL_ISUPPORT").
const TOKENS_PER_LINE: usize = 13;

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    if cx.user_id().is_err() && !cx.has(Cap::ExtendedIsupport) {
        return Err(Refusal::NotRegistered);
    }
    tell(cx);
    Ok(())
}

/// 005 for each few tokens; a batch for clients with extended-isupport.
pub(crate) fn tell(cx: &mut Ctx<'_>) {
    let tokens = register::isupport(cx);
    let (nick, server, time) = (cx.nick(), cx.world.config.server.name.clone(), cx.time());
    let verb = Numeric::RPL_ISUPPORT.to_string();
    let rows: Vec<Vec<&str>> = tokens
        .chunks(TOKENS_PER_LINE)
        .map(|chunk| {
            let tokens = chunk.iter().map(String::as_str);
            [nick.as_str()].into_iter().chain(tokens).collect()
        })
        .collect();
    let text = Some("are supported by this server");
    let lines: Vec<Outgoing<'_>> = rows
        .iter()
        .map(|words| Outgoing::new(&server, &verb, words, text, &time))
        .collect();
    if cx.has(Cap::Batch) && cx.has(Cap::ExtendedIsupport) {
        cx.batch("draft/isupport", &lines);
    } else {
        lines.iter().for_each(|line| cx.echo(line));
    }
}
