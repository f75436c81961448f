//! SILENCE: hear nothing from whom a mask matches. The one who is silenced is not told.

use crate::proto::mask;
use crate::proto::numeric::Numeric;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::refusal::Refusal;

pub(crate) const SILENCE: Spec = Spec {
    verb: "SILENCE",
    min_params: 0,
    who: Who::User,
    usage: "[+|-<nick or mask>]",
    help: "Hear nothing more from somebody; alone, list whom you silenced",
    run,
};

/// Longest mask in bytes.
const MAX_MASK: usize = 200;

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let Some(asked) = cx.msg.get(0).filter(|asked| !asked.is_empty()) else {
        return list(cx);
    };
    let (sign, mask) = match (asked.strip_prefix('+'), asked.strip_prefix('-')) {
        (_, Some(mask)) => ("-", mask),
        (Some(mask), None) => ("+", mask),
        (None, None) => ("+", asked),
    };
    let mask = mask::complete(mask);
    if mask.len() > MAX_MASK || mask.contains(char::is_whitespace) {
        return Err(Refusal::fail(
            "SILENCE",
            "INVALID_MASK",
            "A mask has no spaces and at most 200 bytes",
        ));
    }
    let most = cx.world.config.limits.silence;
    let (me, source) = (cx.user_id()?, cx.source()?);
    let Some(user) = cx.world.user_mut(me) else {
        return Ok(());
    };
    let known = user
        .silenced
        .iter()
        .position(|known| known.eq_ignore_ascii_case(&mask));
    match (sign, known) {
        ("-", Some(at)) => {
            user.silenced.remove(at);
        }
        ("-", None) | ("+", Some(_)) => return Ok(()),
        _ if user.silenced.len() >= most => {
            cx.numeric(
                Numeric::ERR_SILELISTFULL,
                &[&mask],
                "Your list of the silenced is full",
            );
            return Ok(());
        }
        _ => user.silenced.push(mask.as_str().into()),
    }
    cx.reply_as(&source, "SILENCE", &[&format!("{sign}{mask}")], None);
    Ok(())
}

fn list(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    for mask in cx.user()?.silenced.clone() {
        cx.numeric_words(Numeric::RPL_SILELIST, &[&mask]);
    }
    cx.numeric(Numeric::RPL_ENDOFSILELIST, &[], "End of SILENCE list");
    Ok(())
}
