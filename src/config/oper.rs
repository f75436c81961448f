//! Operators of the server: who they are, how they prove it, and what they may do.

use crate::config::password::Password;
use serde::{Deserialize, Serialize};
use serde_yaml::Value;

/// One item of `opers`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Oper {
    pub name: String,
    pub password: Password,
    /// Masks of `user@host` that they may come from; none: any.
    pub hosts: Vec<String>,
    pub role: Role,
}

/// What an operator may do; a higher one may do all that a lower one may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum Role {
    /// Sees what others do not.
    #[default]
    Viewer,
    /// Removes people and speaks to all.
    Moderator,
    /// Everything.
    Admin,
}

impl Role {
    /// Every role with its name.
    pub const TABLE: [(&str, Self); 3] = [
        ("viewer", Self::Viewer),
        ("moderator", Self::Moderator),
        ("admin", Self::Admin),
    ];

    /// As it is written.
    pub fn name(self) -> &'static str {
        let row = Self::TABLE.iter().find(|(_, role)| *role == self);
        row.map_or("", |(name, _)| name)
    }
}

/// What is wrong with an item: a key of it and a sentence.
pub type Wrong = (&'static str, &'static str);

/// Reads one item; `None` if nobody can be this operator yet: there is no password.
pub fn read(item: &Value) -> Result<Option<Oper>, Wrong> {
    let name = item.get("name").and_then(Value::as_str);
    let name = name.filter(|name| is_word(name));
    let name = name.ok_or(("name", "must be a word of 1 to 64 bytes"))?;
    let hosts = hosts(item.get("hosts"))?;
    let role = role(item.get("role"))?;
    let password = match item.get("password") {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) => Password::new(text).map_err(|wrong| ("password", wrong))?,
        Some(_) => return Err(("password", "must be text; in quotes if it is a number")),
    };
    Ok(Some(Oper {
        name: name.to_owned(),
        password,
        hosts,
        role,
    }))
}

fn is_word(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && !text.starts_with(':')
        && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

fn hosts(value: Option<&Value>) -> Result<Vec<String>, Wrong> {
    let wrong = (
        "hosts",
        "must be a list of masks like 10.0.0.* or ann@localhost",
    );
    let items = match value {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(value) => value.as_sequence().ok_or(wrong)?,
    };
    let texts = items.iter().map(|item| {
        let text = item.as_str().filter(|text| is_word(text)).ok_or(wrong)?;
        Ok(if text.contains('@') {
            text.to_owned()
        } else {
            format!("*@{text}")
        })
    });
    texts.collect()
}

fn role(value: Option<&Value>) -> Result<Role, Wrong> {
    let name = match value {
        None | Some(Value::Null) => return Ok(Role::default()),
        Some(value) => value.as_str(),
    };
    let row = Role::TABLE.iter().find(|(known, _)| Some(*known) == name);
    row.map(|(_, role)| *role)
        .ok_or(("role", "must be viewer, moderator or admin"))
}
