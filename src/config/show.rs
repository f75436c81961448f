//! The values of a configuration as they are written in a file, with secrets masked.

use crate::config::choice::Choice;
use crate::config::oper::{Oper, Role};
use crate::config::proxy::Gateway;
use crate::config::reload::shown as shortened;
use crate::config::tls::Pair;
use crate::config::{Config, Listener, keys};
use crate::proto::name::RoomName;
use crate::proto::sasl::Mechanism;
use crate::proto::subnet::Subnet;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

/// In place of a secret.
const MASK: &str = "********";

/// One key with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// Lists as a whole.
    pub key: &'static str,
    pub value: Value,
    pub is_default: bool,
}

/// Every key that acts, in the order of the table.
pub fn shown(config: &Config) -> Vec<Shown> {
    let (mut config, mut usual) = (config.clone(), Config::default());
    let mut all: Vec<Shown> = Vec::new();
    for row in keys::all().filter(|row| row.form.is_built()) {
        let key = shortened(row.path);
        if all.iter().any(|known| known.key == key) {
            continue;
        }
        all.push(Shown {
            key,
            value: row.form.value(&mut config),
            is_default: row.form.is_same(&mut config, &mut usual),
        });
    }
    all
}

/// A value that stands in a file.
pub(super) trait Written {
    /// As it stands there.
    fn written(&self) -> Value;
}

/// Those that are written as they are.
macro_rules! as_they_are {
    ($($kind:ty),+) => {
        $(impl Written for $kind {
            fn written(&self) -> Value {
                json!(self)
            }
        })+
    };
}

/// Those that are written as they are shown.
macro_rules! as_text {
    ($($kind:ty),+) => {
        $(impl Written for $kind {
            fn written(&self) -> Value {
                json!(self.to_string())
            }
        })+
    };
}

as_they_are!(bool, u32, usize, String, Vec<String>, BTreeMap<String, usize>, PathBuf);
as_text!(IpAddr, RoomName, SocketAddr);

impl Written for Duration {
    fn written(&self) -> Value {
        let ms = self.as_millis();
        let units = [
            (86_400_000, "d"),
            (3_600_000, "h"),
            (60_000, "m"),
            (1000, "s"),
        ];
        let whole = |(unit, _): &&(u128, &str)| ms >= *unit && ms.is_multiple_of(*unit);
        match units.iter().find(whole) {
            Some((unit, word)) => json!(format!("{}{word}", ms / unit)),
            None => json!(format!("{ms}ms")),
        }
    }
}

impl Written for Subnet {
    fn written(&self) -> Value {
        json!(self.to_string())
    }
}

impl Written for Mechanism {
    fn written(&self) -> Value {
        json!(match self {
            Self::Plain => "PLAIN",
            Self::ScramSha256 => "SCRAM-SHA-256",
            Self::External => "EXTERNAL",
        })
    }
}

impl Written for Listener {
    fn written(&self) -> Value {
        match self {
            Self::Tcp(address) => json!({"address": address.to_string()}),
            Self::Tls(address) => json!({"address": address.to_string(), "tls": true}),
            Self::Web(address) => json!({"address": address.to_string(), "websocket": true}),
            Self::WebTls(address) => {
                json!({"address": address.to_string(), "tls": true, "websocket": true})
            }
            Self::Unix(path) => json!({"unix": path}),
        }
    }
}

impl Written for Oper {
    fn written(&self) -> Value {
        json!({
            "name": self.name,
            "password": self.password.as_ref().map(|_| MASK),
            "account": self.account,
            "role": self.role.name(),
            "hosts": self.hosts,
        })
    }
}

impl Written for Gateway {
    fn written(&self) -> Value {
        json!({"password": MASK, "hosts": self.hosts.written()})
    }
}

impl Written for BTreeMap<String, Role> {
    fn written(&self) -> Value {
        self.iter()
            .map(|(name, role)| (name.clone(), json!(role.name())))
            .collect()
    }
}

impl Written for Pair {
    fn written(&self) -> Value {
        json!({"cert": self.cert, "key": self.key})
    }
}

impl<T: Written> Written for Option<T> {
    fn written(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::written)
    }
}

/// Lists of what is not text.
macro_rules! lists {
    ($($kind:ty),+) => {
        $(impl Written for Vec<$kind> {
            fn written(&self) -> Value {
                self.iter().map(Written::written).collect()
            }
        })+
    };
}

lists!(Subnet, Mechanism, Listener, Oper, Gateway, Pair);

/// A secret, if there is one.
pub(super) fn masked(secret: &Option<String>) -> Value {
    secret.as_ref().map_or(Value::Null, |_| json!(MASK))
}

/// The word of a choice.
pub(super) fn word(choice: &dyn Choice) -> Value {
    json!(choice.word())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::read::read;

    #[test]
    fn what_is_shown_can_be_read_and_no_secret_is() {
        let text = "server: { password: sesame, ping_interval: 2m }\nlimits: { nick: 20 }\n\
                    opers: [{ name: ann, password: horse, role: admin }]\n";
        let config = read(text, Config::default()).0;
        let all = shown(&config);
        let of = |key| all.iter().find(|shown| shown.key == key).unwrap();
        assert_eq!(of("server.password").value, MASK);
        assert_eq!(of("server.ping_interval").value, "2m");
        assert_eq!(of("limits.nick").value, 20);
        assert_eq!(of("store.window").value, "2ms");
        assert_eq!(of("connections.exempt").value[0], "127.0.0.0/8");
        assert!(!of("opers").is_default && of("limits.topic").is_default);
        let everything = format!("{all:?}");
        assert!(!everything.contains("sesame") && !everything.contains("horse"));
    }
}
