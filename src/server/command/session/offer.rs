//! Which capabilities a device can have, with which values; and who is told when that changes with the
//! configuration. IRCv3 cap-notify.

use crate::config::Config;
use crate::proto::cap::{Cap, TABLE};
use crate::server::command::account::{authenticate, register};
use crate::server::world::World;
use crate::server::world::deliver::Outgoing;
use crate::server::world::effects::Effects;
use crate::server::world::event::{Now, SessionId};
use crate::server::world::metadata::{MAX_KEY, max_value};
use crate::server::world::session::{CapVersion, Session};

/// The value of a capability, which is mostly empty; `None`: this device cannot have it.
pub(crate) fn offer(config: &Config, device: &Session, cap: Cap) -> Option<String> {
    match cap {
        Cap::Sasl => {
            let offered = authenticate::mechanisms(config, device);
            let names: Vec<&str> = offered.iter().map(|mechanism| mechanism.name()).collect();
            (!names.is_empty()).then(|| names.join(","))
        }
        Cap::Multiline => {
            let limits = config.limits.multiline;
            let (bytes, lines) = (limits.max_bytes, limits.max_lines);
            Some(format!("max-bytes={bytes},max-lines={lines}"))
        }
        Cap::Metadata => {
            let wanted = config.metadata;
            let before = match wanted.before_connect {
                true => "before-connect,",
                false => "",
            };
            let (subs, keys, value) = (wanted.max_subs, wanted.max_keys, max_value(config));
            let value = format!(
                "{before}max-subs={subs},max-keys={keys},max-key-bytes={MAX_KEY},max-value-bytes={value}"
            );
            wanted.enabled.then_some(value)
        }
        Cap::AccountRegistration => register::offer(config, device),
        Cap::Chathistory | Cap::EventPlayback | Cap::MessageRedaction | Cap::Search => {
            config.history.enabled.then(String::new)
        }
        Cap::Persistence => config.accounts.enabled.then(String::new),
        _ => Some(String::new()),
    }
}

/// After another configuration came to count: CAP NEW and DEL to the devices with cap-notify. What a device
/// cannot have any more it has no longer.
pub(crate) fn tell_changes(world: &mut World, out: &mut Effects, before: &Config, now: Now) {
    let config = world.config.clone();
    let changed: Vec<(SessionId, Change)> = world
        .sessions()
        .filter_map(|(id, device)| Some((id, Change::of(before, &config, device)?)))
        .collect();
    let time = world.stamps.time(now.unix_ms);
    for (id, change) in changed {
        let Some(device) = world.session_mut(id) else {
            continue;
        };
        for cap in &change.gone {
            device.caps.remove(*cap);
        }
        let caps = device.caps;
        let user = device.user().and_then(|user| world.user(user));
        let nick = user.map_or("*", |user| user.nick.as_str());
        let gone: Vec<&str> = change.gone.iter().map(|cap| cap.name()).collect();
        for (verb, names) in [("DEL", gone.join(" ")), ("NEW", change.new.join(" "))] {
            if !names.is_empty() && caps.has(Cap::CapNotify) {
                let words = [nick, verb];
                let server = config.server.name.as_str();
                let line = Outgoing::new(server, "CAP", &words, Some(&names), &time);
                out.send(&[id], |bytes| line.write(caps, bytes));
            }
        }
    }
}

/// What has changed for one device.
struct Change {
    gone: Vec<Cap>,
    /// Names, with their values for those who know values.
    new: Vec<String>,
}

impl Change {
    fn of(before: &Config, after: &Config, device: &Session) -> Option<Self> {
        let mut change = Self {
            gone: Vec::new(),
            new: Vec::new(),
        };
        for (cap, name) in TABLE {
            match (offer(before, device, *cap), offer(after, device, *cap)) {
                (Some(_), None) => change.gone.push(*cap),
                (old, Some(value)) if old.as_ref() != Some(&value) => {
                    let has_value = device.cap_version == CapVersion::V302 && !value.is_empty();
                    change.new.push(match has_value {
                        true => format!("{name}={value}"),
                        false => (*name).to_owned(),
                    });
                }
                _ => {}
            }
        }
        let is_one = !change.gone.is_empty() || !change.new.is_empty();
        is_one.then_some(change)
    }
}
