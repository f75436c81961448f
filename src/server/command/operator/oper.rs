//! OPER: become an operator of the server. Modern, "OPER message".
//!
//! A name that nobody has is answered like a wrong password, and as late.

use crate::config::oper::Oper;
use crate::proto::numeric::Numeric;
use crate::server::command::operator::recorded;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::bucket::Rate;
use crate::server::world::deliver::{Filter, Outgoing};
use crate::server::world::event::{Ask, Found};
use crate::server::world::refusal::Refusal;
use crate::server::world::right::{Operator, may_without_password};
use crate::server::world::session::Goal;
use crate::store::record::account::Secret;
use serde_json::json;

pub(crate) const OPER: Spec = Spec {
    verb: "OPER",
    min_params: 2,
    who: Who::User,
    usage: "<name> <password>",
    help: "Become an operator of the server",
    run,
};

/// How often one user may try.
const ATTEMPTS: Rate = Rate {
    burst: 5,
    per_minute: 6,
};

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let (name, given) = (cx.need(0)?, cx.need(1)?);
    let (me, uptime_ms) = (cx.user_id()?, cx.now.uptime_ms);
    let user = cx.world.user_mut(me).ok_or(Refusal::NotRegistered)?;
    if !user.attempts.take(ATTEMPTS, uptime_ms) {
        let text = "You have tried many passwords; wait a little";
        return Err(Refusal::fail("OPER", "RATE_LIMITED", text));
    }
    // An operator knows their address, others may know what is seen in its place.
    let from = cx.world.places(cx.session);
    let config = cx.world.config.clone();
    let here: Vec<&Oper> = config
        .opers
        .iter()
        .filter(|oper| oper.admits(&from))
        .collect();
    let known = here.iter().find(|oper| oper.name == name);
    let tried = known.or(here.first()).ok_or(Refusal::NoOperHost)?;
    let operator = known.map(|oper| Operator {
        name: oper.name.as_str().into(),
        role: oper.role,
    });
    let account = cx.user()?.account_name();
    if let (Some(oper), Some(operator)) = (known, &operator)
        && may_without_password(oper, account)
    {
        record(cx, operator.clone());
        return Ok(());
    }
    if !cx.is_secure() {
        let text = "Others could read the password; connect with TLS";
        return Err(Refusal::fail("OPER", "INSECURE", text));
    }
    let Some(password) = tried.password.clone() else {
        return Err(refused(cx));
    };
    let ask = Ask::Password {
        password,
        given: Secret(given.into()),
    };
    cx.ask(ask, Goal::Oper(operator));
    Ok(())
}

/// Has it recorded that somebody becomes an operator.
fn record(cx: &mut Ctx<'_>, operator: Operator) {
    let arguments = json!({"name": operator.name, "role": operator.role.name()});
    let deed = recorded::deed_of(cx, &operator.name, "OPER", arguments);
    cx.ask(Ask::Audit(Box::new(deed)), Goal::Admit(operator));
}

fn refused(cx: &mut Ctx<'_>) -> Refusal {
    cx.log("OPER refused: no such operator, or not their password");
    Refusal::WrongOperPassword
}

/// The password is compared.
pub(crate) fn resume(
    cx: &mut Ctx<'_>,
    found: &Found,
    operator: Option<Operator>,
) -> Result<(), Refusal> {
    if *found == Found::Busy {
        return Err(Refusal::busy("OPER"));
    }
    let operator = operator.filter(|_| *found == Found::Password(true));
    let Some(operator) = operator else {
        return Err(refused(cx));
    };
    record(cx, operator);
    Ok(())
}

/// It is recorded.
pub(crate) fn admit(cx: &mut Ctx<'_>, found: &Found, operator: Operator) -> Result<(), Refusal> {
    let id = recorded::recorded(found, "OPER")?;
    let result = promote(cx, operator);
    cx.out.conclude(id, recorded::outcome(&result));
    result
}

fn promote(cx: &mut Ctx<'_>, operator: Operator) -> Result<(), Refusal> {
    let me = cx.user_id()?;
    let text = format!(
        "You are an operator of the server now, with the role {}",
        operator.role.name()
    );
    cx.log(&format!(
        "OPER {}, role {}",
        operator.name,
        operator.role.name()
    ));
    let is_news = cx.world.promote(me, operator);
    // While the password was compared the configuration may have changed.
    if cx.world.review_operators().contains(&me) {
        return Err(Refusal::WrongOperPassword);
    }
    cx.numeric(Numeric::RPL_YOUREOPER, &[], &text);
    if is_news {
        let (source, nick, time) = (cx.source()?, cx.nick(), cx.time());
        let words = [&*nick, "+o"];
        let line = Outgoing::new(&source, "MODE", &words, None, &time);
        cx.echo(&line);
        cx.to_user(me, &line, Filter::Everybody);
    }
    Ok(())
}
