//! Certificates that let into accounts: SASL EXTERNAL, and CERT of NickServ. A certificate counts by its
//! fingerprint; that the client owns the key of it was proved when it came over TLS.

use crate::proto::fingerprint::Fingerprint;
use crate::server::command::account::login;
use crate::server::command::account::manage;
use crate::server::command::account::no::No;
use crate::server::command::spec::Ctx;
use crate::server::world::login::Way;
use crate::server::world::session::Session;
use crate::store::record::Record;
use crate::store::record::account::AccountId;

/// Certificates that may let into one account.
const MOST: usize = 10;

/// The certificate that a device has proved to own.
pub(crate) fn of(device: &Session) -> Option<Fingerprint> {
    device.peer.secured.as_ref()?.certificate
}

/// SASL EXTERNAL: the message is the name of the account, or nothing. RFC 4422, appendix A.
pub(crate) fn log_in(cx: &mut Ctx<'_>, message: &[u8]) -> Result<(), No> {
    let name = str::from_utf8(message).map_err(|_| unknown())?;
    let own = cx.me().and_then(of).ok_or_else(unknown)?;
    let account = cx.world.accounts.certified(&own.to_string());
    let named = cx.world.accounts.named(name);
    let is_it = |id: &AccountId| name.is_empty() || named.is_some_and(|it| it.account.id == *id);
    let account = account.filter(is_it).ok_or_else(unknown)?;
    login::log_in(cx, account)?;
    login::welcome(cx, Way::Sasl);
    Ok(())
}

/// CERT of NickServ.
pub(crate) fn manage(
    cx: &mut Ctx<'_>,
    word: &str,
    fingerprint: Option<&str>,
    way: Way,
) -> Result<(), No> {
    match (word.to_ascii_uppercase().as_str(), fingerprint) {
        ("LIST", _) => list(cx, way),
        ("ADD", fingerprint) => add(cx, fingerprint, way),
        ("DEL", Some(fingerprint)) => remove(cx, fingerprint, way),
        _ => {
            let text = "CERT LIST, CERT ADD or CERT DEL <fingerprint>";
            Err(No::new("INVALID_PARAMS", text))
        }
    }
}

fn list(cx: &mut Ctx<'_>, way: Way) -> Result<(), No> {
    let account = manage::own(cx)?.id;
    let holding = cx.world.accounts.get(account);
    let all = holding.map_or(Vec::new(), |it| it.account.certificates.clone());
    for fingerprint in &all {
        cx.serve(way, "NOTE", "CERT", &[fingerprint], fingerprint);
    }
    let count = all.len().to_string();
    let text = format!("{count} certificates let you in");
    cx.serve(way, "NOTE", "CERTS", &[&count], &text);
    Ok(())
}

fn add(cx: &mut Ctx<'_>, fingerprint: Option<&str>, way: Way) -> Result<(), No> {
    let account = manage::own(cx)?.id;
    let named = fingerprint.map(read).transpose()?;
    // Whoever adds another's certificate would have its owner log in to an account that is not theirs.
    let own = cx.me().and_then(of);
    let own = own.filter(|own| named.is_none_or(|named| named == *own));
    let fingerprint = own.ok_or_else(|| {
        let text = "Connect over TLS with the certificate that is to be added";
        No::new("NO_CERT", text)
    })?;
    let fingerprint = fingerprint.to_string();
    match cx.world.accounts.certified(&fingerprint) {
        Some(other) if other != account => {
            let text = "That certificate lets into another account";
            return Err(No::new("CERT_TAKEN", text).about(&fingerprint));
        }
        Some(_) => {}
        None => change(cx, account, |all| {
            let is_room = all.len() < MOST;
            if is_room {
                all.push(fingerprint.as_str().into());
            }
            is_room
                .then_some(())
                .ok_or_else(|| No::new("TOO_MANY_CERTS", "That many certificates are enough"))
        })?,
    }
    let text = format!("From now on {fingerprint} lets you in");
    cx.serve(way, "NOTE", "CERT_ADDED", &[&fingerprint], &text);
    Ok(())
}

fn remove(cx: &mut Ctx<'_>, fingerprint: &str, way: Way) -> Result<(), No> {
    let account = manage::own(cx)?.id;
    let fingerprint = read(fingerprint)?.to_string();
    change(cx, account, |all| {
        let place = all.iter().position(|known| **known == *fingerprint);
        let text = "That certificate lets nobody into your account";
        let absent = || No::new("NO_CERT", text).about(&fingerprint);
        all.remove(place.ok_or_else(absent)?);
        Ok(())
    })?;
    let text = format!("{fingerprint} lets nobody in any more");
    cx.serve(way, "NOTE", "CERT_REMOVED", &[&fingerprint], &text);
    Ok(())
}

/// Keeps the account with other certificates.
fn change(
    cx: &mut Ctx<'_>,
    account: AccountId,
    act: impl FnOnce(&mut Vec<Box<str>>) -> Result<(), No>,
) -> Result<(), No> {
    let holding = cx.world.accounts.get(account);
    let mut row = holding.ok_or_else(No::not_logged_in)?.account.clone();
    act(&mut row.certificates)?;
    cx.log(&format!("account {} has other certificates", row.name));
    cx.keep(Record::Account(Box::new(row))).map_err(|_| {
        let text = "Nothing can be stored at the moment";
        No::new("TEMPORARILY_UNAVAILABLE", text)
    })
}

fn read(text: &str) -> Result<Fingerprint, No> {
    Fingerprint::parse(text).ok_or_else(|| {
        let text = "A fingerprint is SHA-256 in 64 hexadecimal digits";
        No::new("INVALID_PARAMS", text)
    })
}

fn unknown() -> No {
    No::new("NO_CERT", "No account knows your certificate")
}
