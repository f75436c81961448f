//! Section `admin`: where operators ask, and who may.

use crate::config::oper::Role;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Section `admin`.
#[derive(Debug, Clone)]
pub struct Admin {
    /// Path of the admin socket; `None`: found by the rules of chat-admin(1).
    pub socket: Option<PathBuf>,
    /// The system's group whose members may ask, too.
    pub group: Option<String>,
    /// What each of them may do, by name, uid or `@group`.
    pub roles: BTreeMap<String, Role>,
    /// Whether what operators do is recorded.
    pub audit: bool,
}

impl Default for Admin {
    fn default() -> Self {
        Self {
            socket: None,
            group: None,
            roles: BTreeMap::new(),
            audit: true,
        }
    }
}
