//! SILENCE: hear nothing from whom a mask matches. The one who is silenced is not told.

use crate::proto::mask;
use crate::proto::numeric::Numeric;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::deliver::{Filter, Outgoing};
use crate::server::world::refusal::Refusal;
use crate::store::record::Record;

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
    let mut silenced = cx.user()?.silenced.clone();
    let known = silenced
        .iter()
        .position(|known| known.eq_ignore_ascii_case(&mask));
    match (sign, known) {
        ("-", Some(at)) => {
            silenced.remove(at);
        }
        ("-", None) | ("+", Some(_)) => return Ok(()),
        _ if silenced.len() >= most => {
            cx.numeric(
                Numeric::ERR_SILELISTFULL,
                &[&mask],
                "Your list of the silenced is full",
            );
            return Ok(());
        }
        _ => silenced.push(mask.as_str().into()),
    }
    keep(cx, silenced)?;
    let (change, time) = (format!("{sign}{mask}"), cx.time());
    let words = [change.as_str()];
    let line = Outgoing::new(&source, "SILENCE", &words, None, &time);
    cx.echo(&line);
    cx.to_user(me, &line, Filter::Everybody);
    Ok(())
}

/// Lets these be silenced, for the account if there is one: on all devices, and for ever.
fn keep(cx: &mut Ctx<'_>, silenced: Vec<Box<str>>) -> Result<(), Refusal> {
    let me = cx.user_id()?;
    let account = cx.user()?.account.as_ref().map(|login| login.id);
    let mut present = vec![me];
    if let Some(holding) = account.and_then(|id| cx.world.accounts.get(id)) {
        let mut row = holding.account.clone();
        present = cx.world.presences_of(row.id);
        row.silenced.clone_from(&silenced);
        cx.keep(Record::Account(Box::new(row)))?;
    }
    for user in present {
        if let Some(user) = cx.world.user_mut(user) {
            user.silenced.clone_from(&silenced);
        }
    }
    Ok(())
}

fn list(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    for mask in cx.user()?.silenced.clone() {
        cx.numeric_words(Numeric::RPL_SILELIST, &[&mask]);
    }
    cx.numeric(Numeric::RPL_ENDOFSILELIST, &[], "End of SILENCE list");
    Ok(())
}
