//! What operators of the server may do: one model of rights, by role.

use crate::config::oper::{Oper, Role};
use crate::proto::mode::Sign;
use crate::proto::name::fold;
use crate::proto::user_mode;
use crate::server::world::World;
use crate::server::world::address::in_source;
use crate::server::world::event::SessionId;
use crate::server::world::id::UserId;
use crate::server::world::session::{Session, Stage};
use crate::server::world::user::User;
use serde::{Deserialize, Serialize};

/// Something that not everybody may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// See what the server knows of itself and of addresses.
    Inspect,
    /// Disconnect people.
    Kill,
    /// Keep people out.
    Ban,
    /// Speak to everybody who listens for operators, or to everybody.
    SpeakToAll,
    /// Take back files that others share.
    DropFiles,
    /// Have the configuration read again.
    Reload,
}

impl Right {
    /// The lowest role that has it.
    pub fn needs(self) -> Role {
        match self {
            Self::Inspect => Role::Viewer,
            Self::Kill | Self::Ban | Self::SpeakToAll | Self::DropFiles => Role::Moderator,
            Self::Reload => Role::Admin,
        }
    }
}

/// An operator of the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operator {
    /// Their name in the configuration.
    pub name: Box<str>,
    pub role: Role,
}

impl User {
    /// Whether they have this right.
    pub fn may(&self, right: Right) -> bool {
        let role = self.operator.as_ref().map(|operator| operator.role);
        role >= Some(right.needs())
    }
}

/// Whether whoever is logged in to `account` is this operator.
pub fn may_without_password(oper: &Oper, account: Option<&str>) -> bool {
    let (own, theirs) = (oper.account.as_deref(), account);
    own.zip(theirs)
        .is_some_and(|(own, theirs)| fold(own) == fold(theirs))
}

impl World {
    /// Where a session comes from, as masks of operators may name it: what others see, and its address.
    pub fn places(&self, session: SessionId) -> Vec<String> {
        let me = self.session(session);
        me.map_or_else(Vec::new, |me| self.places_of(me))
    }

    fn places_of(&self, me: &Session) -> Vec<String> {
        let person = self.person(me);
        let hosts = [Some(person.host.to_owned()), person.ip.map(in_source)];
        let places = hosts.into_iter().flatten();
        places
            .map(|host| format!("{}@{host}", person.username))
            .collect()
    }

    /// Which operator somebody is by their account and where they come from, also before they are let in.
    pub fn operator_by_account(&self, device: &Session) -> Option<Operator> {
        let account = match &device.stage {
            Stage::Registering(said) => said.login.as_ref().map(|login| &*login.name),
            Stage::Ready(id) => self.user(*id)?.account_name(),
        };
        let is_theirs = |oper: &&Oper| may_without_password(oper, account);
        let mut opers = self.config.opers.iter().filter(is_theirs);
        let oper = opers.find(|oper| oper.admits(&self.places_of(device)))?;
        Some(Operator {
            name: oper.name.as_str().into(),
            role: oper.role,
        })
    }

    /// Sets or clears a user mode; tells whether that changed anything, or `None` for an unknown letter.
    pub fn set_user_mode(&mut self, id: UserId, letter: char, sign: Sign) -> Option<bool> {
        let mode = user_mode::named(letter)?;
        let user = self.users.get_mut(id)?;
        let before = (user.is_invisible(), user.is_operator());
        let changed = user.modes.set(mode, sign);
        if !user.is_operator() {
            user.operator = None;
        }
        self.counts.invisible += usize::from(user.is_invisible());
        self.counts.invisible -= usize::from(before.0);
        self.counts.operators += usize::from(user.is_operator());
        self.counts.operators -= usize::from(before.1);
        Some(changed)
    }

    /// Makes a user an operator; tells whether they were none before.
    pub fn promote(&mut self, id: UserId, operator: Operator) -> bool {
        let is_news = self.set_user_mode(id, 'o', Sign::Add) == Some(true);
        if let Some(user) = self.user_mut(id) {
            user.operator = Some(Box::new(operator));
        }
        is_news
    }

    /// Gives operators the roles that the configuration has for them now; those who have none are told to be no longer one.
    pub fn review_operators(&mut self) -> Vec<UserId> {
        let config = self.config.clone();
        let operators: Vec<(UserId, Box<Operator>)> = self
            .users()
            .filter_map(|(id, user)| Some((id, user.operator.clone()?)))
            .collect();
        let mut dismissed = Vec::new();
        for (id, operator) in operators {
            let known = config
                .opers
                .iter()
                .find(|oper| *oper.name == *operator.name);
            match known {
                Some(oper) => {
                    let role = oper.role;
                    self.promote(id, Operator { role, ..*operator });
                }
                None => {
                    self.set_user_mode(id, 'o', Sign::Remove);
                    dismissed.push(id);
                }
            }
        }
        dismissed
    }
}
