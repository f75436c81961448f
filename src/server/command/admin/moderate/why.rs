//! The rule by which somebody may or may not do something in a room, found by asking the same functions.

use crate::admin::command::moderate::{Why, Wish};
use crate::admin::command::{Answer, Code};
use crate::proto::mode::{Flag, Rank};
use crate::proto::name::fold;
use crate::server::command::admin::kick::room_named;
use crate::server::command::admin::{Outcome, similar};
use crate::server::world::World;
use crate::server::world::event::{Now, SessionId};
use crate::server::world::id::{RoomId, UserId};
use crate::server::world::refusal::{self, Refusal};
use crate::server::world::room::{Invited, Room};
use crate::server::world::user::User;
use serde_json::json;

/// Whether they may, and by which rule.
struct Rule {
    may: bool,
    text: String,
}

impl Rule {
    fn yes(text: impl Into<String>) -> Self {
        let (may, text) = (true, text.into());
        Self { may, text }
    }

    fn no(text: impl Into<String>) -> Self {
        let (may, text) = (false, text.into());
        Self { may, text }
    }

    /// In the words that they would be refused with.
    fn refused(refusal: &Refusal) -> Self {
        match refusal.answer() {
            refusal::Answer::Numeric(_, _, text) => Self::no(text.into_owned()),
            refusal::Answer::Fail(fail) => Self::no(fail.text.clone().into_owned()),
        }
    }
}

/// Whom it is about, and where.
struct Case<'a> {
    world: &'a World,
    now: Now,
    id: UserId,
    user: &'a User,
    /// The device that they have had for longest.
    device: Option<SessionId>,
    room: RoomId,
    place: &'a Room,
}

pub(super) fn why(world: &World, why: &Why, now: Now) -> Outcome {
    let nobody = || {
        let text = format!("No user \"{}\" is connected", why.name);
        Answer::failed(Code::NoSuchUser, text, similar(world, &why.name))
    };
    let id = world.nick_owner(&why.name).ok_or_else(nobody)?;
    let user = world.user(id).ok_or_else(nobody)?;
    let room = room_named(world, &why.room)?;
    let place = world.room(room).ok_or_else(nobody)?;
    let case = Case {
        world,
        now,
        id,
        user,
        device: user.sessions.first().copied(),
        room,
        place,
    };
    let (what, rule) = match why.what {
        Wish::Speak => ("speak", case.speak()),
        Wish::Join => ("join", case.join()),
        Wish::See => ("see", case.see()),
    };
    Ok(json!({
        "name": user.nick.as_str(),
        "room": place.name.as_str(),
        "what": what,
        "may": rule.may,
        "rule": rule.text,
    }))
}

impl Case<'_> {
    fn speak(&self) -> Rule {
        let silence = self
            .device
            .and_then(|device| self.world.silence_on(device, self.now));
        if let Some(silence) = silence {
            return Rule::no(silence.text);
        }
        let ranks = self
            .world
            .member(self.id, self.room)
            .map(|member| member.ranks);
        let source = self.user.source();
        if let Err(refusal) = self
            .place
            .must_let_speak(&self.user.subject(&source), ranks)
        {
            return Rule::refused(&refusal);
        }
        if ranks.is_some_and(|ranks| ranks.at_least(Rank::Voice)) {
            return Rule::yes("they are voiced or an operator of the room");
        }
        if self.world.is_exempt_with_any(self.user) {
            return Rule::yes("they are an operator of the server");
        }
        let name = self.place.name.as_str();
        if let Some(hush) = self.world.hush_on(name, self.now) {
            return Rule::no(hush.text);
        }
        self.slow().unwrap_or_else(|| {
            Rule::yes(
                "no mode, mute or slow mode keeps them from it; word filters look at each text",
            )
        })
    }

    fn slow(&self) -> Option<Rule> {
        let sanctions = &self.world.sanctions;
        let folded = fold(self.place.name.as_str());
        let (held, every) = sanctions.slow_mode_of(&folded, self.now)?;
        let name = held.sanction.name();
        let speaker = self.world.speaker(self.id, self.device)?;
        let left = sanctions.slow.left(self.room, &speaker, self.now.uptime_ms);
        Some(match left {
            Some(left) => Rule::no(format!("slow mode: in {left} s again ({name})")),
            None => Rule::yes(format!("slow mode: one line every {every} s ({name})")),
        })
    }

    fn join(&self) -> Rule {
        let (world, user) = (self.world, self.user);
        if user.membership(self.room).is_some() {
            return Rule::yes("they are in it");
        }
        let limits = &world.config.limits;
        if user.rooms.len() >= limits.rooms_per_user {
            return Rule::no(format!(
                "they are in {} rooms, which is the limit",
                user.rooms.len()
            ));
        }
        let ban = self
            .device
            .and_then(|device| world.ban_on(device, self.now));
        if let Some(ban) = ban {
            return Rule::no(ban.text);
        }
        let account = user.account.as_ref().map(|login| login.id);
        let standing = world.standing(self.place.name.as_str(), account);
        if standing.has(Rank::Founder) {
            return Rule::yes("they founded it");
        }
        if user.invitations.contains(&self.room) {
            return Rule::yes("they were invited");
        }
        let source = user.source();
        let who = user.subject(&source);
        match self.place.must_admit(&who, None, Invited::No) {
            Ok(()) if self.place.members.len() >= limits.members_per_room => {
                Rule::no("the room holds no more people than are in it")
            }
            Ok(()) => Rule::yes("its doors are open to them"),
            Err(Refusal::WrongKey(_)) => Rule::no("they must give the key of the room (+k)"),
            Err(refusal) => Rule::refused(&refusal),
        }
    }

    fn see(&self) -> Rule {
        if self.user.membership(self.room).is_some() {
            return Rule::yes("they are in it");
        }
        match self.place.flags.has(Flag::Secret) {
            true => Rule::no("the room is secret (+s), and they are not in it"),
            false => Rule::yes("the room is not secret"),
        }
    }
}
