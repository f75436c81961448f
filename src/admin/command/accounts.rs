//! The operator's verbs about accounts.

use clap::Subcommand;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A text that stands in no argument and is not shown: neither in a log nor in a debugger's output.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Hidden(pub String);

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hidden")
    }
}

/// One thing that is done with accounts.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub enum Accounts {
    /// List the accounts
    List {
        /// Only those who are here
        #[arg(long, group = "which")]
        #[serde(default)]
        online: bool,
        /// Only those who are not here
        #[arg(long, group = "which")]
        #[serde(default)]
        offline: bool,
        /// Only those for whom nobody may log in from somewhere, after failed logins
        #[arg(long, group = "which")]
        #[serde(default)]
        blocked: bool,
    },
    /// Show everything about one account
    Show {
        /// Name of the account
        name: String,
    },
    /// Make an account; its password is read from standard input, or asked for twice
    Create {
        /// Name of the account
        name: String,
        #[arg(skip)]
        password: Hidden,
    },
    /// Let nobody use an account; its devices are disconnected
    Disable {
        /// Name of the account
        name: String,
        /// What its owner is told
        #[arg(short, long)]
        reason: Option<String>,
    },
    /// Let the owner use a disabled account again
    Enable {
        /// Name of the account
        name: String,
    },
    /// Delete an account with all that belongs to it; asks back
    Delete {
        /// Name of the account
        name: String,
    },
    /// Give an account another password; it is read from standard input, or asked for twice
    Passwd {
        /// Name of the account
        name: String,
        #[arg(skip)]
        password: Hidden,
    },
    /// List the devices that are logged in to an account
    Sessions {
        /// Name of the account
        name: String,
    },
    /// End the pauses after failed logins
    Unblock {
        /// Name of the account
        name: String,
    },
}

impl Accounts {
    /// Whether nothing changes.
    pub fn is_question(&self) -> bool {
        matches!(
            self,
            Self::List { .. } | Self::Show { .. } | Self::Sessions { .. }
        )
    }
}
