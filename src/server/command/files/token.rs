//! Tokens: what a session shows to a door for files. Nothing is kept of them; who knows the server's secret can tell
//! whether it made one.

use crate::proto::sasl;
use crate::proto::scram::{is_same_seal, seal};
use crate::server::world::World;
use crate::server::world::event::{Now, SessionId};
use crate::server::world::session::Session;

/// How long one is good, in seconds.
pub(super) const LIFETIME_S: u64 = 3600;

/// A token of this session.
pub(super) fn make(world: &World, id: SessionId, session: &Session, now: Now) -> String {
    let until_s = (now.unix_ms / 1000).saturating_add(LIFETIME_S);
    let mut bytes = Vec::with_capacity(32);
    bytes.extend(id.index.to_be_bytes());
    bytes.extend(id.generation.to_be_bytes());
    bytes.extend(until_s.to_be_bytes());
    bytes.extend(sealed(world, id, session, until_s));
    sasl::encode_url(&bytes)
}

/// The session of a token, if it was made here, is good, and its session is there.
pub(super) fn read(world: &World, token: &str, now: Now) -> Option<SessionId> {
    let bytes: [u8; 32] = sasl::decode_url(token)?.try_into().ok()?;
    let (index, rest) = bytes.split_first_chunk::<4>()?;
    let (generation, rest) = rest.split_first_chunk::<4>()?;
    let (until_s, rest) = rest.split_first_chunk::<8>()?;
    let given = rest.first_chunk::<16>()?;
    let id = SessionId {
        index: u32::from_be_bytes(*index),
        generation: u32::from_be_bytes(*generation),
    };
    let until_s = u64::from_be_bytes(*until_s);
    let session = world
        .session(id)
        .filter(|session| session.user().is_some())?;
    let is_ours = is_same_seal(given, &sealed(world, id, session, until_s));
    (is_ours && until_s > now.unix_ms / 1000).then_some(id)
}

/// What only this server makes: of this session and no later one with its place.
fn sealed(world: &World, id: SessionId, session: &Session, until_s: u64) -> [u8; 16] {
    let opened = session.opened;
    let text = format!("{id} {until_s} {} {}", opened.unix_ms, opened.uptime_ms);
    seal(&world.identity.decoy.0, "file token", &text)
}
