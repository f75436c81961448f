//! Operators of the server: who they are, how they prove it, and what they may do.

use crate::config::password::Password;
use crate::proto::mask;
use serde::{Deserialize, Serialize};
use serde_yaml::Value;
use std::collections::BTreeMap;

/// One item of `opers`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Oper {
    pub name: String,
    /// `None`: the account alone is enough.
    pub password: Option<Password>,
    /// Whoever is logged in to this account is the operator without a password.
    pub account: Option<String>,
    /// Masks of `user@host` that they may come from; none: any.
    pub hosts: Vec<String>,
    pub role: Role,
}

impl Oper {
    /// Whether they may come from here, a `user@host`.
    pub fn admits(&self, from: &str) -> bool {
        self.hosts.is_empty() || self.hosts.iter().any(|host| mask::matches(host, from))
    }
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

/// Reads what users and groups of the system may do.
pub fn roles(value: &Value) -> Result<BTreeMap<String, Role>, String> {
    let wrong = "must be a section of users and @groups, each with viewer, moderator or admin";
    let rows = value.as_mapping().ok_or(wrong)?.iter();
    let read = rows.map(|(name, value)| {
        let name = match name {
            Value::String(name) if is_word(name) => name.clone(),
            Value::Number(uid) if uid.is_u64() => uid.to_string(),
            _ => return Err(wrong.to_owned()),
        };
        match role(Some(value)) {
            Ok(role) if !value.is_null() => Ok((name, role)),
            _ => Err(wrong.to_owned()),
        }
    });
    read.collect()
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
    let text = |key| match item.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.as_str())),
        Some(_) => Err((key, "must be text; in quotes if it is a number")),
    };
    let password = text("password")?.map(Password::new).transpose();
    let password = password.map_err(|wrong| ("password", wrong))?;
    let account = text("account")?.map(str::to_owned);
    if password.is_none() && account.is_none() {
        return Ok(None);
    }
    Ok(Some(Oper {
        name: name.to_owned(),
        password,
        account,
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
