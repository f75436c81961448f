//! LIST: the rooms. Modern, "LIST message"; ELIST conditions M, N and U.

use crate::proto::mask;
use crate::proto::name::is_room;
use crate::proto::numeric::Numeric;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::refusal::Refusal;
use crate::server::world::room::{Room, RoomId};

pub(crate) const LIST: Spec = Spec {
    verb: "LIST",
    min_params: 0,
    who: Who::User,
    usage: "[<room or mask>[,…]] [>n] [<n]",
    help: "List rooms, all or those that match",
    run,
};

/// What a listed room has to be. Names and masks are alternatives, the rest must all hold.
#[derive(Default)]
struct Conditions<'a> {
    masks: Vec<&'a str>,
    not: Vec<&'a str>,
    more_than: Option<usize>,
    fewer_than: Option<usize>,
}

impl<'a> Conditions<'a> {
    fn read(words: &'a str) -> Self {
        let mut conditions = Self::default();
        for word in words.split(',').filter(|word| !word.is_empty()) {
            if let Some(count) = word.strip_prefix('>') {
                conditions.more_than = count.parse().ok();
            } else if let Some(count) = word.strip_prefix('<') {
                conditions.fewer_than = count.parse().ok();
            } else if let Some(mask) = word.strip_prefix('!') {
                conditions.not.push(mask);
            } else if is_room(word) || word.contains(['*', '?']) {
                conditions.masks.push(word);
            }
        }
        conditions
    }

    fn hold(&self, room: &Room) -> bool {
        let is_like = |mask: &&str| mask::matches(mask, room.name.as_str());
        let count = room.members.len();
        (self.masks.is_empty() || self.masks.iter().any(is_like))
            && !self.not.iter().any(is_like)
            && self.more_than.is_none_or(|least| count > least)
            && self.fewer_than.is_none_or(|most| count < most)
    }
}

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let conditions = Conditions::read(cx.msg.get(0).unwrap_or_default());
    let listed: Vec<(String, String, String)> = cx
        .world
        .rooms()
        .filter(|(_, room): &(RoomId, _)| conditions.hold(room))
        .map(|(_, room)| {
            let topic = room.topic.as_ref().map(|topic| topic.text.to_string());
            (
                room.name.to_string(),
                room.members.len().to_string(),
                topic.unwrap_or_default(),
            )
        })
        .collect();
    cx.numeric(Numeric::RPL_LISTSTART, &["Channel"], "Users  Name");
    for (name, count, topic) in listed {
        cx.numeric(Numeric::RPL_LIST, &[&name, &count], &topic);
    }
    cx.numeric(Numeric::RPL_LISTEND, &[], "End of LIST");
    Ok(())
}
