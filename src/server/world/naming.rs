//! Which names may be carried, and which are free.

use crate::proto::name::{Nick, same};
use crate::server::world::World;
use crate::server::world::refusal::Refusal;
use std::borrow::Cow;

/// Names that would be taken for the server's own voice.
const RESERVED: &[&str] = &[
    "admin",
    "administrator",
    "chanserv",
    "chat",
    "global",
    "lobby",
    "nickserv",
    "operator",
    "root",
    "server",
    "services",
    "system",
];

/// Names that are proposed in place of a taken one.
const PROPOSALS: usize = 3;

impl World {
    /// The name as a nick: 432 if it cannot be one.
    pub fn nick(&self, wanted: &str) -> Result<Nick, Refusal> {
        let limit = self.config.limits.nick;
        let refuse = |why: Cow<'static, str>| Refusal::BadNick {
            nick: wanted.to_owned(),
            why,
        };
        if wanted.len() > limit {
            return Err(refuse(format!("A name has at most {limit} bytes").into()));
        }
        let nick = Nick::new(wanted, limit).ok_or_else(|| {
            refuse(
                "A name has letters, digits and -_[]\\{}|^`, and begins with no digit or hyphen"
                    .into(),
            )
        })?;
        let is_reserved = RESERVED.iter().any(|name| same(name, wanted));
        if is_reserved || same(&self.config.server.name, wanted) {
            return Err(refuse("That name is reserved for the server".into()));
        }
        Ok(nick)
    }

    /// 433, with names that are free.
    pub fn nick_in_use(&self, wanted: &str) -> Refusal {
        let numbered = (2..100).map(|n| format!("{wanted}{n}"));
        let candidates = [format!("{wanted}_")].into_iter().chain(numbered);
        let is_free = |nick: &String| self.nick(nick).is_ok() && self.nick_owner(nick).is_none();
        let free: Vec<String> = candidates.filter(is_free).take(PROPOSALS).collect();
        Refusal::NickInUse {
            nick: wanted.to_owned(),
            free: free.join(", "),
        }
    }
}
