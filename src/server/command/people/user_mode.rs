//! MODE with a nick: what a user is. Modern, "User mode".

use crate::proto::mode::{ChangeLog, Sign, signed_letters};
use crate::proto::numeric::Numeric;
use crate::server::command::spec::Ctx;
use crate::server::world::deliver::{Filter, Outgoing};
use crate::server::world::refusal::Refusal;

/// MODE with a nick: shows or changes the asker's own modes.
pub(crate) fn run(cx: &mut Ctx<'_>, target: &str) -> Result<(), Refusal> {
    let me = cx.user_id()?;
    if cx.who(target)? != me {
        return Err(Refusal::NotYourModes);
    }
    let Some(wanted) = cx.msg.get(1).filter(|modes| !modes.is_empty()) else {
        let letters = cx.user()?.mode_letters();
        cx.numeric_words(Numeric::RPL_UMODEIS, &[&letters]);
        return Ok(());
    };
    let mut log = ChangeLog::default();
    let mut is_unknown = false;
    for (sign, letter) in signed_letters(wanted) {
        // Nobody makes themselves an operator.
        if (sign, letter) == (Sign::Add, 'o') {
            continue;
        }
        match cx.world.set_user_mode(me, letter, sign) {
            Some(true) => log.push(sign, letter, None),
            Some(false) => {}
            None => is_unknown = true,
        }
    }
    if !log.is_empty() {
        let (source, nick) = (cx.source()?, cx.nick());
        let (time, words) = (cx.time(), [&*nick, log.letters()]);
        let line = Outgoing::new(&source, "MODE", &words, None, &time);
        cx.echo(&line);
        cx.to_user(me, &line, Filter::Everybody);
    }
    if is_unknown {
        Err(Refusal::UnknownUserMode)
    } else {
        Ok(())
    }
}
