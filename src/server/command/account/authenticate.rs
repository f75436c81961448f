//! AUTHENTICATE: log in with SASL. IRCv3 sasl-3.1 and sasl-3.2; the table of states is in `world/login`.

use crate::config::Config;
use crate::proto::cap::Cap;
use crate::proto::numeric::Numeric;
use crate::proto::sasl::{self, CHUNK, Chunks, Fault, Mechanism, Taken};
use crate::proto::scram::{self, ClientFirst, ScramKeys, decoy_salt};
use crate::server::command::account::certificate;
use crate::server::command::account::login;
use crate::server::command::account::no::No;
use crate::server::command::session::quit;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::login::{Act, Proof, State, Way, Wish, Word};
use crate::server::world::refusal::Refusal;
use crate::server::world::session::Session;
use crate::store::record::account::{self, Secret};

pub(crate) const AUTHENTICATE: Spec = Spec {
    verb: "AUTHENTICATE",
    min_params: 1,
    who: Who::Anyone,
    usage: "<mechanism> | <base64> | + | *",
    help: "Log in to an account",
    run,
};

/// The ways to log in that are offered to a device.
pub(crate) fn mechanisms(config: &Config, device: &Session) -> Vec<Mechanism> {
    let accounts = &config.accounts;
    if !accounts.enabled || !login::is_secure(config, device) {
        return Vec::new();
    }
    let has_certificate = certificate::of(device).is_some();
    let is_there = |mechanism: &Mechanism| has_certificate || *mechanism != Mechanism::External;
    accounts.sasl.iter().copied().filter(is_there).collect()
}

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let param = cx.msg.get(0).unwrap_or_default();
    if !cx.has(Cap::Sasl) {
        let no = No::new("UNASKED", "the capability sasl comes first");
        cx.say_no(Way::Sasl, &no);
        return Ok(());
    }
    if login::logged_in_as(cx).is_some() && !cx.world.config.accounts.reauthentication {
        let text = "You have already authenticated using SASL";
        cx.numeric(Numeric::ERR_SASLALREADY, &[], text);
        return Ok(());
    }
    let me = cx.me();
    let offered = me.map(|me| mechanisms(&cx.world.config, me));
    let offered = offered.unwrap_or_default();
    let Some(me) = cx.world.session_mut(cx.session) else {
        return Ok(());
    };
    let (word, message) = read(&me.exchange.state, &mut me.exchange.chunks, param, &offered);
    let act = me.exchange.state.act(word);
    // Whatever is done, it begins anew, unless the act says otherwise.
    let state = match act {
        Act::Wait => return Ok(()),
        _ => std::mem::take(&mut me.exchange.state),
    };
    if let Err(no) = perform(cx, act, state, &message, &offered) {
        cx.say_no(Way::Sasl, &no);
    }
    if act == Act::End {
        quit::part_ways(cx, "SASL message too long");
    }
    Ok(())
}

/// What the parameter is in this state, and the message that it completes.
fn read(state: &State, chunks: &mut Chunks, param: &str, offered: &[Mechanism]) -> (Word, Vec<u8>) {
    if !state.is_busy() {
        let mechanism = Mechanism::of(param).filter(|mechanism| offered.contains(mechanism));
        let word = match mechanism {
            _ if param == "*" => Word::Abort,
            Some(mechanism) => Word::Offered(mechanism),
            None => Word::NotOffered,
        };
        return (word, Vec::new());
    }
    match chunks.take(param) {
        Ok(Taken::More) => (Word::Part, Vec::new()),
        Ok(Taken::Whole(message)) => (Word::Message, message),
        Ok(Taken::Aborted) => (Word::Abort, Vec::new()),
        Err(Fault::TooLong) if param.len() > CHUNK => (Word::LongLine, Vec::new()),
        Err(Fault::TooLong) => (Word::LongMessage, Vec::new()),
        Err(_) => (Word::Malformed, Vec::new()),
    }
}

fn perform(
    cx: &mut Ctx<'_>,
    act: Act,
    state: State,
    message: &[u8],
    offered: &[Mechanism],
) -> Result<(), No> {
    match act {
        Act::Invite(mechanism) => {
            go_on(cx, State::First(mechanism));
            say(cx, b"");
        }
        Act::TellMechanisms => {
            let names: Vec<&str> = offered.iter().map(|mechanism| mechanism.name()).collect();
            let names = names.join(",");
            let names = if names.is_empty() { "*" } else { &names };
            cx.numeric(
                Numeric::RPL_SASLMECHS,
                &[names],
                "are available SASL mechanisms",
            );
            return Err(No::new("UNKNOWN", "there is no such mechanism here"));
        }
        Act::Abort => cx.numeric(Numeric::ERR_SASLABORTED, &[], "SASL authentication aborted"),
        Act::Wait => {}
        Act::Compare => return plain(cx, message),
        Act::Challenge => return challenge(cx, message),
        Act::Verify => return verify(cx, state, message),
        Act::Certify => return certificate::log_in(cx, message),
        Act::Succeed => {
            if let State::Confirm(account, key) = state {
                let holding = cx.world.accounts.get(account);
                let keys = holding.and_then(|holding| holding.account.scram.as_ref());
                if keys.is_none_or(|keys| keys.stored_key != key) {
                    return Err(No::wrong());
                }
                login::log_in(cx, account)?;
                login::welcome(cx, Way::Sasl);
            }
        }
        Act::Fail => return Err(malformed()),
        Act::FailTooLong | Act::End => return Err(No::new("TOO_LONG", "the message is too long")),
    }
    Ok(())
}

/// Enters the next state.
fn go_on(cx: &mut Ctx<'_>, state: State) {
    if let Some(me) = cx.world.session_mut(cx.session) {
        me.exchange.state = state;
    }
}

/// Sends a message of the exchange.
fn say(cx: &mut Ctx<'_>, message: &[u8]) {
    for chunk in sasl::chunks_of(message) {
        cx.reply_as("", "AUTHENTICATE", &[&chunk], None);
    }
}

fn malformed() -> No {
    No::new("MALFORMED", "the message is not one of this mechanism")
}

fn plain(cx: &mut Ctx<'_>, message: &[u8]) -> Result<(), No> {
    let longest = cx.world.config.accounts.max_password_bytes;
    let said = sasl::plain(message, longest).map_err(|fault| match fault {
        Fault::TooLong => No::new("TOO_LONG", "the password is too long"),
        Fault::NotBase64 | Fault::Malformed | Fault::OtherIdentity | Fault::Empty => malformed(),
    })?;
    let way = Way::Sasl;
    login::compare(cx, said.name, said.password, |tried| Wish::Login {
        tried,
        way,
    })
}

fn challenge(cx: &mut Ctx<'_>, message: &[u8]) -> Result<(), No> {
    let first = ClientFirst::parse(message).map_err(|_| malformed())?;
    login::must_not_pause(cx, &first.name)?;
    let secret = cx.world.secret();
    let nonce = scram::nonce_of(&secret, cx.world.next_exchange());
    let holding = cx.world.accounts.named(&first.name);
    let keys = holding.and_then(|holding| holding.account.scram.as_ref());
    let account = keys.and(holding).map(|holding| holding.account.id);
    let decoy = || {
        (
            decoy_salt(&cx.world.identity.decoy.0, &first.name).to_vec(),
            cx.world.config.accounts.hash_cost.rounds(),
        )
    };
    let (salt, rounds) = keys
        .and_then(|keys| Some((sasl::decode(&keys.salt)?, keys.iterations)))
        .unwrap_or_else(decoy);
    let name = first.name.clone();
    let challenge = first.challenge(&nonce, &salt, rounds);
    let text = challenge.text.clone();
    go_on(
        cx,
        State::Proof(Box::new(Proof {
            challenge,
            name,
            account,
        })),
    );
    say(cx, text.as_bytes());
    Ok(())
}

fn verify(cx: &mut Ctx<'_>, state: State, message: &[u8]) -> Result<(), No> {
    let State::Proof(proof) = state else {
        return Err(malformed());
    };
    let Proof {
        challenge,
        name,
        account,
    } = *proof;
    login::must_not_pause(cx, &name)?;
    let kept = account.and_then(|id| cx.world.accounts.get(id)?.account.scram.as_ref());
    let keys = kept.and_then(keys_of).unwrap_or_else(|| {
        let rounds = cx.world.config.accounts.hash_cost.rounds();
        ScramKeys::decoy(&cx.world.identity.decoy.0, &name, rounds)
    });
    let verified = challenge.verify(message, &keys);
    let key = kept.map_or_else(|| Secret("".into()), |kept| kept.stored_key.clone());
    let account = login::judge(cx, &name, account.filter(|_| verified.is_ok()))?;
    go_on(cx, State::Confirm(account, key));
    say(cx, verified.unwrap_or_default().as_bytes());
    Ok(())
}

/// The keys as they are calculated with.
fn keys_of(kept: &account::ScramKeys) -> Option<ScramKeys> {
    Some(ScramKeys {
        salt: sasl::decode(&kept.salt)?,
        rounds: kept.iterations,
        stored_key: sasl::decode(&kept.stored_key.0)?.try_into().ok()?,
        server_key: sasl::decode(&kept.server_key.0)?.try_into().ok()?,
    })
}
