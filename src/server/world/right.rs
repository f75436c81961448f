//! What operators of the server may do: one model of rights, by role.

use crate::config::oper::{Oper, Role};
use crate::proto::mode::Sign;
use crate::proto::name::fold;
use crate::server::world::World;
use crate::server::world::id::UserId;
use crate::server::world::user::User;
use serde::{Deserialize, Serialize};

/// Something that not everybody may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// See what the server knows of itself and of addresses.
    Inspect,
    /// Disconnect people.
    Kill,
    /// Speak to everybody who listens for operators, or to everybody.
    SpeakToAll,
    /// Have the configuration read again.
    Reload,
}

impl Right {
    /// The lowest role that has it.
    pub fn needs(self) -> Role {
        match self {
            Self::Inspect => Role::Viewer,
            Self::Kill | Self::SpeakToAll => Role::Moderator,
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
    /// Which operator a user is by their account and where they come from.
    pub fn operator_by_account(&self, user: &User) -> Option<Operator> {
        let from = format!("{}@{}", user.username, user.host);
        let account = user.account_name();
        let mut opers = self.config.opers.iter();
        let oper = opers.find(|oper| oper.admits(&from) && may_without_password(oper, account))?;
        Some(Operator {
            name: oper.name.as_str().into(),
            role: oper.role,
        })
    }

    /// Makes a user an operator; tells whether they were none before.
    pub fn promote(&mut self, id: UserId, operator: Operator) -> bool {
        let is_news = self.set_user_mode(id, 'o', Sign::Add) == Some(true);
        if let Some(user) = self.user_mut(id) {
            user.operator = Some(operator);
        }
        is_news
    }

    /// Gives operators the roles that the configuration has for them now; those who have none are told to be no longer one.
    pub fn review_operators(&mut self) -> Vec<UserId> {
        let config = self.config.clone();
        let operators: Vec<(UserId, Operator)> = self
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
                    self.promote(id, Operator { role, ..operator });
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
