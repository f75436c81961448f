//! Registered rooms as they are kept.

use crate::store::record::account::AccountId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a registered room is, whoever is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomRow {
    /// As it was written.
    pub name: Box<str>,
    pub founder: AccountId,
    /// Milliseconds since 1970-01-01 UTC.
    pub created_ms: u64,
    /// Since when it is registered.
    pub registered_ms: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<TopicRow>,
    /// Letters of the modes that are set and have no parameter.
    pub flags: Box<str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Box<str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forward: Option<Box<str>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<EntryRow>,
    /// Who gets which ranks when they come in, as letters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ranks: Vec<(AccountId, Box<str>)>,
    /// What is told of it (draft/metadata).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<Box<str>, Box<str>>,
}

/// What a room is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopicRow {
    pub text: Box<str>,
    pub setter: Box<str>,
    /// Seconds since 1970-01-01 UTC.
    pub at: u64,
}

/// One mask of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryRow {
    /// Letter of the list.
    pub list: char,
    pub mask: Box<str>,
    pub setter: Box<str>,
    /// Seconds since 1970-01-01 UTC.
    pub at: u64,
}
