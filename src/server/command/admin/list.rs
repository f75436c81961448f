//! Who is here and which rooms there are, in portions.

use crate::admin::command::Answer;
use crate::admin::command::look::{List, Order, RoomOrder, Rooms};
use crate::proto::mask;
use crate::proto::time;
use crate::server::command::admin::files;
use crate::server::world::World;
use crate::server::world::effects::Effects;
use crate::server::world::event::{Ask, Chore, Now, Ticket};
use crate::server::world::id::UserId;
use crate::server::world::listing::{About, Listing, PORTION};
use crate::server::world::load::{Load, Loads};
use crate::server::world::room::{Room, Viewer};
use crate::server::world::session::Session;
use crate::server::world::user::User;
use serde_json::{Value, json};
use std::cmp::Reverse;

/// Settles who is listed and in which order.
pub(super) fn users(world: &World, asked: &List, loads: Loads) -> Listing {
    let mut found: Vec<(UserId, &User)> = world
        .users()
        .filter(|(_, user)| is_wanted(world, user, asked))
        .collect();
    let name = |user: &User| user.nick.as_str().to_ascii_lowercase();
    let load = |user: &User| loads.of(&user.sessions);
    match asked.sort {
        Order::Name => found.sort_by_cached_key(|(_, user)| name(user)),
        Order::Idle => found.sort_by_cached_key(|(_, user)| (user.active_ms, name(user))),
        Order::Since => found.sort_by_cached_key(|(_, user)| (user.signed_on_ms, name(user))),
        Order::Sent => {
            found.sort_by_cached_key(|(_, user)| (Reverse(load(user).said), name(user)));
        }
        Order::Recv => {
            found.sort_by_cached_key(|(_, user)| (Reverse(load(user).told), name(user)));
        }
        Order::Queue => {
            found.sort_by_cached_key(|(_, user)| (Reverse(load(user).queued), name(user)));
        }
    }
    let most = asked.limit.unwrap_or(usize::MAX);
    let is_cut = found.len() > most;
    let ids = found.into_iter().take(most).map(|(id, _)| id).collect();
    Listing::new(About::Users { ids, loads }, is_cut)
}

fn is_wanted(world: &World, user: &User, asked: &List) -> bool {
    let is_named = asked
        .pattern
        .as_deref()
        .is_none_or(|pattern| mask::matches(pattern, user.nick.as_str()));
    let has_account = user.account.is_some();
    let is_secure = || world.tls_of(user).is_some();
    is_named
        && (!asked.guest || !has_account)
        && (!asked.account || has_account)
        && (!asked.tls || is_secure())
        && (!asked.plain || !is_secure())
        && (!asked.web || is_web(world, user))
}

/// Whether one of their devices is a browser.
fn is_web(world: &World, user: &User) -> bool {
    let mut sessions = user.sessions.iter().filter_map(|id| world.session(*id));
    sessions.any(|session| session.peer.is_web)
}

/// A room with what rooms are sorted by.
struct Place<'w> {
    name: &'w str,
    members: usize,
    messages: u64,
    created_ms: u64,
}

/// Settles which rooms are listed and in which order.
pub(super) fn rooms(world: &World, asked: &Rooms) -> Listing {
    let pattern = asked.pattern.as_deref();
    let is_asked_for =
        |place: &Place<'_>| pattern.is_none_or(|pattern| mask::matches(pattern, place.name));
    let live = world.rooms().map(|(_, room)| Place {
        name: room.name.as_str(),
        members: room.members.len(),
        messages: room.messages,
        created_ms: room.created_ms,
    });
    let empty = world.empty_rooms().map(|row| Place {
        name: &row.name,
        members: 0,
        messages: 0,
        created_ms: row.created_ms,
    });
    let mut found: Vec<Place<'_>> = live.chain(empty).filter(is_asked_for).collect();
    let name = |place: &Place<'_>| place.name.to_lowercase();
    match asked.sort {
        RoomOrder::Name => found.sort_by_cached_key(name),
        RoomOrder::Members => {
            found.sort_by_cached_key(|place| (Reverse(place.members), name(place)));
        }
        RoomOrder::Messages => {
            found.sort_by_cached_key(|place| (Reverse(place.messages), name(place)));
        }
        RoomOrder::Created => {
            found.sort_by_cached_key(|place| (Reverse(place.created_ms), name(place)));
        }
    }
    let most = asked.limit.unwrap_or(usize::MAX);
    let is_cut = found.len() > most;
    let names = found.into_iter().take(most);
    let names = names.map(|place| place.name.into()).collect();
    Listing::new(About::Rooms(names), is_cut)
}

/// Makes the next portion; what is not done yet goes on later.
pub(super) fn go_on(
    world: &mut World,
    out: &mut Effects,
    ticket: Ticket,
    mut listing: Listing,
    now: Now,
) -> Option<Answer> {
    let from = listing.next;
    let end = from.saturating_add(PORTION);
    let total = match &listing.about {
        About::Users { ids, loads } => {
            let users = ids.iter().take(end).skip(from);
            // Some may have gone since.
            let users = users.filter_map(|id| world.user(*id));
            let rows = users.map(|user| user_row(world, user, loads.of(&user.sessions), now));
            listing.rows.extend(rows);
            ids.len()
        }
        About::Rooms(names) => {
            let rooms = names.iter().take(end).skip(from);
            let rows = rooms.filter_map(|name| world.look_at_room(name, room_row));
            listing.rows.extend(rows);
            names.len()
        }
        About::Files(ids) => {
            let files = ids.iter().take(end).skip(from);
            let rows = files.filter_map(|id| world.files.get(*id));
            listing.rows.extend(rows.map(|row| files::row(world, row)));
            ids.len()
        }
    };
    listing.next = end;
    if listing.next < total {
        world.listings.insert(ticket.0, listing);
        out.ask_for(ticket, Chore::GoOn, Ask::Turn);
        return None;
    }
    let rows = Value::Array(listing.rows);
    Some(match listing.is_cut {
        true => Answer::beginning(rows),
        false => Answer::ok(rows),
    })
}

/// One user as `list` tells.
pub(super) fn user_row(world: &World, user: &User, load: Load, now: Now) -> Value {
    let mut rooms: Vec<&str> = user
        .rooms
        .iter()
        .filter_map(|membership| Some(world.room(membership.room)?.name.as_str()))
        .collect();
    rooms.sort_unstable();
    json!({
        "name": user.nick.as_str(),
        "id": user.sessions.first().map(ToString::to_string),
        "account": user.account_name(),
        "address": address(world, user),
        "tls": world.tls_of(user),
        "web": is_web(world, user),
        "rooms": rooms,
        "idle_s": now.uptime_ms.saturating_sub(user.active_ms) / 1000,
        "connected_s": now.unix_ms.saturating_sub(user.signed_on_ms) / 1000,
        "since": time::to_text(user.signed_on_ms),
        "away": user.away.as_deref(),
        "sessions": user.sessions.len(),
        "queue": load.queued,
        "sent": load.said,
        "received": load.told,
        "lag_ms": load.lag_ms,
    })
}

/// One room as `rooms` tells.
pub(super) fn room_row(room: &Room) -> Value {
    let (letters, params) = room.mode_words(Viewer::Stranger);
    let modes = [vec![letters], params].concat().join(" ");
    json!({
        "name": room.name.as_str(),
        "members": room.members.len(),
        "topic": room.topic.as_ref().map(|topic| &topic.text),
        "modes": modes,
        "created": time::to_text(room.created_ms),
        "messages": room.messages,
    })
}

/// Where a user's first device is.
pub(super) fn address(world: &World, user: &User) -> Option<String> {
    let session = user
        .sessions
        .first()
        .and_then(|session| world.session(*session))?;
    Some(session.peer.address.clone())
}

/// The version of TLS that a device uses.
pub(super) fn version(session: &Session) -> Option<&'static str> {
    let secured = session.peer.secured.as_ref()?;
    Some(secured.version.number())
}
