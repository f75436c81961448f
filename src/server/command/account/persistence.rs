//! PERSISTENCE: whether one stays present without a device. IRCv3 draft/persistence.

use crate::proto::cap::Cap;
use crate::server::command::account::manage;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::deliver::{Filter, Outgoing};
use crate::server::world::refusal::Refusal;
use crate::store::record::Record;
use crate::store::record::account::AccountId;

pub(crate) const PERSISTENCE: Spec = Spec {
    verb: "PERSISTENCE",
    min_params: 1,
    who: Who::User,
    usage: "GET | SET ON|OFF|DEFAULT",
    help: "Stay present without a device, or not",
    run,
};

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let login = manage::own(cx).map_err(|_| {
        let text = "An account is required";
        Refusal::fail("PERSISTENCE", "ACCOUNT_REQUIRED", text)
    })?;
    match cx.need(0)?.to_ascii_uppercase().as_str() {
        "GET" => tell(cx),
        "SET" => set(cx, login.id)?,
        // "Implementations SHOULD ignore unrecognized subcommands".
        _ => {}
    }
    Ok(())
}

/// What the account wishes and what comes of it, as two words.
fn status(cx: &Ctx<'_>, account: AccountId) -> Option<[&'static str; 2]> {
    let wish = cx.world.accounts.get(account)?.account.always_on;
    let word = |is_on| if is_on { "ON" } else { "OFF" };
    let effective = word(cx.world.is_always_on(wish));
    Some([wish.map_or("DEFAULT", word), effective])
}

/// PERSISTENCE STATUS, if the asker is logged in.
pub(crate) fn tell(cx: &mut Ctx<'_>) {
    let account = manage::own(cx).ok().map(|login| login.id);
    if let Some([wish, effective]) = account.and_then(|account| status(cx, account)) {
        cx.reply("PERSISTENCE", &["STATUS", wish, effective], None);
    }
}

fn set(cx: &mut Ctx<'_>, account: AccountId) -> Result<(), Refusal> {
    let wanted = cx.msg.get(1).unwrap_or_default().to_ascii_uppercase();
    let wish = match wanted.as_str() {
        "ON" => Some(true),
        "OFF" => Some(false),
        "DEFAULT" => None,
        _ => {
            let text = "Invalid parameters";
            return Err(Refusal::fail("PERSISTENCE", "INVALID_PARAMETERS", text));
        }
    };
    let holding = cx.world.accounts.get(account);
    let row = holding.map(|holding| holding.account.clone());
    let mut row = row.ok_or(Refusal::NotRegistered)?;
    row.always_on = wish;
    cx.keep(Record::Account(Box::new(row)))?;
    tell(cx);
    let Some([wish, effective]) = status(cx, account) else {
        return Ok(());
    };
    let (server, time) = (cx.world.config.server.name.clone(), cx.time());
    let words = ["STATUS", wish, effective];
    let line = Outgoing::new(&server, "PERSISTENCE", &words, None, &time);
    let mut others = cx.world.sessions_of(account);
    others.retain(|session| *session != cx.session);
    let filter = Filter::With(Cap::Persistence);
    cx.world
        .deliver_to(cx.out, &line, others.into_iter(), filter);
    for user in cx.world.presences_of(account) {
        if !cx.world.stays(user) {
            cx.world
                .dismiss(cx.out, user, "They do not stay any more", cx.now);
        }
    }
    Ok(())
}
