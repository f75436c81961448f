//! Values that are one of a few words: each an enum whose words stand beside its variants.

use crate::config::accounts::{AlwaysOn, Reservation};
use crate::config::files::{Links, Uploads};
use crate::config::log::{Level, LogFormat};
use crate::config::password::HashCost;
use crate::config::proxy::HeaderRule;
use crate::config::tls::Enabled;
use crate::config::{Allow, StoreKind, Sync};

/// One of a few words.
pub trait Choice {
    /// All that may be written.
    fn words(&self) -> &'static [&'static str];
    /// As it is written.
    fn word(&self) -> &'static str;
    /// Takes the value that is written so; tells whether there is one.
    fn choose(&mut self, word: &str) -> bool;
}

/// Gives an enum its words; every variant must have one.
macro_rules! words {
    ($name:ident: $($variant:ident $word:literal),+) => {
        impl Choice for $name {
            fn words(&self) -> &'static [&'static str] {
                &[$($word),+]
            }

            fn word(&self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }

            fn choose(&mut self, word: &str) -> bool {
                let found = match word {
                    $($word => Some(Self::$variant),)+
                    _ => None,
                };
                *self = found.unwrap_or(*self);
                found.is_some()
            }
        }
    };
}

words!(Allow: Everyone "everyone", Registered "registered", Operators "operators");
words!(StoreKind: Memory "memory", Sqlite "sqlite");
words!(Sync: Full "full", Normal "normal", Off "off");
words!(Level: Error "error", Warn "warn", Info "info", Debug "debug");
words!(Enabled: Auto "auto", Yes "true", No "false");
words!(LogFormat: Text "text", Json "json");
words!(HashCost: Normal "normal", Test "test");
words!(AlwaysOn: Disabled "disabled", OptIn "opt-in", OptOut "opt-out", Mandatory "mandatory");
words!(HeaderRule: Absent "absent", Required "required");
words!(Uploads: Everyone "everyone", Registered "registered", Operators "operators", Nobody "nobody");
words!(Links: Anyone "anyone", Members "members");
words!(Reservation: Strict "strict", Optional "optional", None "none");
