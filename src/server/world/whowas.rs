//! Who had which name before: what WHOWAS answers from, the oldest forgotten first.

use crate::proto::name::{Nick, same};
use crate::server::world::user::User;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// Somebody as they were when they gave up a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Former {
    pub nick: Nick,
    pub username: Box<str>,
    pub host: Box<str>,
    pub realname: Box<str>,
    /// Milliseconds since 1970-01-01 UTC.
    pub left_ms: u64,
}

/// The last names given up, the newest at the back.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Whowas {
    former: VecDeque<Former>,
}

impl Whowas {
    /// `user` gives up their name; no more than `most` are remembered.
    pub fn left(&mut self, user: &User, unix_ms: u64, most: usize) {
        self.former.push_back(Former {
            nick: user.nick.clone(),
            username: user.username.clone(),
            host: user.host.clone(),
            realname: user.realname.clone(),
            left_ms: unix_ms,
        });
        while self.former.len() > most {
            self.former.pop_front();
        }
    }

    /// Who had `nick`, the last first.
    pub fn of<'a>(&'a self, nick: &'a str) -> impl Iterator<Item = &'a Former> {
        self.former
            .iter()
            .rev()
            .filter(move |former| same(former.nick.as_str(), nick))
    }
}
