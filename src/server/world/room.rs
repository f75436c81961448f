//! One room: its members, topic, modes and lists, and the questions that commands ask of it.

use crate::proto::mode::{Flag, Flags, Kind, List, ROOM_MODES, Rank, Ranks};
use crate::proto::msgid::Moment;
use crate::proto::name::RoomName;
use crate::server::world::ban::{self, Act, Subject};
use crate::server::world::bucket::Bucket;
use crate::server::world::id::UserId;
use crate::server::world::refusal::Refusal;
use crate::server::world::user::User;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A room with somebody in it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Room {
    pub name: RoomName,
    /// Milliseconds since 1970-01-01 UTC.
    pub created_ms: u64,
    pub topic: Option<Topic>,
    pub flags: Flags,
    /// Needed to join.
    pub key: Option<Box<str>>,
    /// Most members.
    pub limit: Option<u32>,
    /// Where those go who may not come in.
    pub forward: Option<RoomName>,
    bans: Vec<Entry>,
    exceptions: Vec<Entry>,
    invitations: Vec<Entry>,
    /// In no particular order; each member's user knows its index.
    pub members: Vec<Member>,
    /// Messages relayed since it was made.
    pub messages: u64,
    /// What is told of it (draft/metadata).
    pub metadata: BTreeMap<Box<str>, Box<str>>,
    /// What it was called before it was renamed last, and when that was.
    pub earlier: Option<(RoomName, Moment)>,
    /// How often it may still be renamed.
    pub renames: Bucket,
}

/// Somebody in a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub user: UserId,
    pub ranks: Ranks,
}

/// What a room is about.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Topic {
    pub text: Box<str>,
    /// `nick!user@host` of who set it.
    pub setter: Box<str>,
    /// Seconds since 1970-01-01 UTC.
    pub at: u64,
}

/// One mask of a list.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Entry {
    pub mask: Box<str>,
    /// `nick!user@host` of who added it.
    pub setter: Box<str>,
    /// Seconds since 1970-01-01 UTC.
    pub at: u64,
}

impl Room {
    /// An empty room.
    pub fn new(name: RoomName, unix_ms: u64) -> Self {
        Self {
            name,
            created_ms: unix_ms,
            topic: None,
            flags: Flags::default(),
            key: None,
            limit: None,
            forward: None,
            bans: Vec::new(),
            exceptions: Vec::new(),
            invitations: Vec::new(),
            members: Vec::new(),
            messages: 0,
            metadata: BTreeMap::new(),
            earlier: None,
            renames: Bucket::default(),
        }
    }

    /// The list that `list` names.
    pub fn list(&self, list: List) -> &[Entry] {
        match list {
            List::Ban => &self.bans,
            List::Exception => &self.exceptions,
            List::Invitation => &self.invitations,
        }
    }

    /// The list that `list` names, to change it.
    pub fn list_mut(&mut self, list: List) -> &mut Vec<Entry> {
        match list {
            List::Ban => &mut self.bans,
            List::Exception => &mut self.exceptions,
            List::Invitation => &mut self.invitations,
        }
    }

    /// Whether `list` holds a mask that matches and none exempts from it.
    fn holds(&self, list: List, who: &Subject<'_>, act: Act) -> bool {
        let is_exempt = || list == List::Ban && self.holds(List::Exception, who, act);
        self.list(list)
            .iter()
            .any(|entry| ban::matches(&entry.mask, who, act))
            && !is_exempt()
    }

    /// Refuses who may not come in. An invitation opens every door.
    pub fn must_admit(
        &self,
        who: &Subject<'_>,
        key: Option<&str>,
        invited: Invited,
    ) -> Result<(), Refusal> {
        if invited == Invited::Yes {
            return Ok(());
        }
        let name = || self.name.to_string();
        if self.holds(List::Ban, who, Act::Join) {
            return Err(Refusal::Banned(name()));
        }
        if self.flags.has(Flag::RegisteredJoin) && who.account.is_none() {
            return Err(Refusal::NeedAccount(name()));
        }
        if self.flags.has(Flag::InviteOnly) && !self.holds(List::Invitation, who, Act::Join) {
            return Err(Refusal::InviteOnly(name()));
        }
        if self
            .key
            .as_deref()
            .is_some_and(|wanted| key != Some(wanted))
        {
            return Err(Refusal::WrongKey(name()));
        }
        if self
            .limit
            .is_some_and(|most| self.members.len() >= most as usize)
        {
            return Err(Refusal::RoomFull(name()));
        }
        Ok(())
    }

    /// Refuses who may not be heard here. `ranks` is `None` for somebody outside. Tells who hears it.
    pub fn must_let_speak(
        &self,
        who: &Subject<'_>,
        ranks: Option<Ranks>,
    ) -> Result<Audience, Refusal> {
        let refuse = |why: &'static str| {
            Err(Refusal::CannotSend {
                room: self.name.to_string(),
                why: why.into(),
            })
        };
        if ranks.is_none() && self.flags.has(Flag::NoExternal) {
            return refuse(
                "You are not in this room, and it takes messages from its members only (+n)",
            );
        }
        if ranks.is_some_and(|ranks| ranks.at_least(Rank::Voice)) {
            return Ok(Audience::Everybody);
        }
        let audience = match self.flags.has(Flag::OpModerated) {
            true => Audience::AtLeast(Rank::HalfOp),
            false => Audience::Everybody,
        };
        let is_unheard = self.flags.has(Flag::Moderated)
            || (self.flags.has(Flag::RegisteredSpeak) && who.account.is_none())
            || self.holds(List::Ban, who, Act::Speak);
        match audience {
            Audience::Everybody if is_unheard => refuse(self.why_unheard(who)),
            audience => Ok(audience),
        }
    }

    fn why_unheard(&self, who: &Subject<'_>) -> &'static str {
        if self.flags.has(Flag::Moderated) {
            "The room is moderated (+m): only voiced people and operators may speak"
        } else if self.flags.has(Flag::RegisteredSpeak) && who.account.is_none() {
            "Only registered and voiced people may speak in this room (+M)"
        } else {
            "You are banned from this room, or muted in it (+b)"
        }
    }

    /// Whether somebody with `ranks` is seen by an ordinary member.
    pub fn shows(&self, ranks: Ranks) -> bool {
        !self.flags.has(Flag::Auditorium) || ranks.at_least(Rank::Voice)
    }

    /// Whether somebody else sees that `user` is in the room, as `member`; `mine` is what they are in it themselves.
    pub fn reveals(&self, member: &Member, user: &User, mine: Option<Ranks>) -> bool {
        let is_hidden = match mine {
            Some(mine) if mine.at_least(Rank::HalfOp) => return true,
            Some(_) => false,
            None => self.flags.has(Flag::Secret) || user.is_invisible(),
        };
        !is_hidden && self.shows(member.ranks)
    }

    /// Who of the room learns what somebody with `ranks` does: all, or in an auditorium those who run it.
    pub fn witnesses(&self, ranks: Ranks) -> impl Iterator<Item = UserId> {
        let is_shown = self.shows(ranks);
        let sees = move |member: &&Member| is_shown || member.ranks.at_least(Rank::HalfOp);
        self.members.iter().filter(sees).map(|member| member.user)
    }

    /// The modes as `+ntk` and their parameters; the key itself only for members.
    pub fn mode_words(&self, viewer: Viewer) -> (String, Vec<String>) {
        let mut letters = String::from("+");
        let mut params = Vec::new();
        for row in ROOM_MODES {
            let param = match row.kind {
                Kind::Flag(flag) => self.flags.has(flag).then_some(None),
                Kind::Key => self.key.as_ref().map(|key| match viewer {
                    Viewer::Member => Some(key.to_string()),
                    Viewer::Stranger => Some("*".to_owned()),
                }),
                Kind::Limit => self.limit.map(|limit| Some(limit.to_string())),
                Kind::Forward => self.forward.as_ref().map(|room| Some(room.to_string())),
                Kind::List(_) | Kind::Rank(_) => None,
            };
            if let Some(param) = param {
                letters.push(row.letter);
                params.extend(param);
            }
        }
        (letters, params)
    }
}

/// Who of a room hears a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    Everybody,
    AtLeast(Rank),
}

impl Audience {
    /// Those who hear it both ways.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Everybody, other) | (other, Self::Everybody) => other,
            (Self::AtLeast(a), Self::AtLeast(b)) => Self::AtLeast(a.max(b)),
        }
    }

    /// Whether a member with `ranks` hears it.
    pub fn admits(self, ranks: Ranks) -> bool {
        match self {
            Self::Everybody => true,
            Self::AtLeast(rank) => ranks.at_least(rank),
        }
    }
}

/// Whether somebody was asked in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Invited {
    Yes,
    No,
}

/// Who looks at a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Viewer {
    Member,
    Stranger,
}
