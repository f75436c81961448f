//! What a key's value looks like, and the place in [`Config`] that it goes to.

use crate::config::Config;
use crate::config::choice::Choice;
use crate::config::oper::{self, Role};
use crate::config::show::{self, Written};
use crate::config::value::{self, Read};
use crate::proto::name::RoomName;
use crate::proto::sasl::Mechanism;
use crate::proto::subnet::Subnet;
use serde_json::Value as Json;
use serde_yaml::Value;
use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

/// Where in the configuration a value goes.
pub type Slot<T> = fn(&mut Config) -> &mut T;

/// The form of a value; numbers with their least and most.
#[derive(Debug, Clone, Copy)]
pub enum Form {
    Text(Slot<String>),
    /// A text that is never shown.
    Secret(Slot<Option<String>>),
    Truth(Slot<bool>),
    Count(Slot<usize>, u64, u64),
    Number(Slot<u32>, u64, u64),
    MaybeCount(Slot<Option<usize>>, u64, u64),
    MaybeNumber(Slot<Option<u32>>, u64, u64),
    Size(Slot<usize>, u64, u64),
    Time(Slot<Duration>),
    Address(Slot<IpAddr>),
    MaybePath(Slot<Option<PathBuf>>),
    MaybeText(Slot<Option<String>>),
    /// What users and groups of the system may do.
    Roles(Slot<BTreeMap<String, Role>>),
    MaybeRoom(Slot<Option<RoomName>>),
    /// An address with a port.
    MaybeSocket(Slot<Option<SocketAddr>>),
    /// One of a few words.
    Choice(fn(&mut Config) -> &mut dyn Choice),
    /// A number, or `unlimited`.
    Unlimited(Slot<Option<usize>>, u64, u64),
    /// A long time.
    MaybeTime(Slot<Option<Duration>>),
    /// Names of client tags.
    Tags(Slot<Vec<String>>),
    /// A list of words without spaces.
    Words(Slot<Vec<String>>),
    Mechanisms(Slot<Vec<Mechanism>>),
    /// A file, or `stderr`.
    Target(Slot<Option<PathBuf>>),
    Networks(Slot<Vec<Subnet>>),
    Lines(Slot<Vec<String>>),
    /// A number for the command that the key names.
    Targets(Slot<BTreeMap<String, usize>>),
    /// Part of an item of `listeners`, which is read as a whole.
    Door(&'static str),
    /// Part of an item of `opers`, which is read as a whole.
    Oper(&'static str),
    /// Part of an item of `proxy.webirc`, which is read as a whole.
    Gateway(&'static str),
    /// Part of an item of `server.tls.certificates`, which is read as a whole.
    Pair(&'static str),
    /// Nothing acts on it yet; its form in words.
    Planned(&'static str),
}

impl Form {
    /// Puts the value in its place; `name` is the last part of the key.
    pub fn put(&self, config: &mut Config, name: &str, value: &Value) -> Read<()> {
        if value.is_null() {
            return self.clear(config);
        }
        match *self {
            Self::Text(slot) => *slot(config) = value::text(value)?,
            Self::Secret(slot) => *slot(config) = Some(value::text(value)?),
            Self::Truth(slot) => *slot(config) = value::truth(value)?,
            Self::Count(slot, least, most) => {
                *slot(config) = native(value::whole(value, least, most)?)?;
            }
            Self::Number(slot, least, most) => {
                *slot(config) = native(value::whole(value, least, most)?)?;
            }
            Self::MaybeCount(slot, least, most) => {
                *slot(config) = Some(native(value::whole(value, least, most)?)?);
            }
            Self::MaybeNumber(slot, least, most) => {
                *slot(config) = Some(native(value::whole(value, least, most)?)?);
            }
            Self::Size(slot, least, most) => {
                *slot(config) = native(value::size(value, least, most)?)?;
            }
            Self::Time(slot) => *slot(config) = value::duration(value)?,
            Self::Address(slot) => *slot(config) = value::address(value)?,
            Self::MaybePath(slot) => *slot(config) = Some(value::path(value)?),
            Self::MaybeText(slot) => *slot(config) = Some(value::text(value)?),
            Self::Roles(slot) => *slot(config) = oper::roles(value)?,
            Self::MaybeRoom(slot) => *slot(config) = Some(value::room(value)?),
            Self::MaybeSocket(slot) => *slot(config) = Some(value::socket(value)?),
            Self::Choice(slot) => value::choice(value, slot(config))?,
            Self::Unlimited(slot, least, most) => {
                *slot(config) = value::unlimited(value, least, most)?
                    .map(native)
                    .transpose()?;
            }
            Self::MaybeTime(slot) => *slot(config) = Some(value::long_time(value)?),
            Self::Tags(slot) => *slot(config) = value::tags(value)?,
            Self::Words(slot) => *slot(config) = value::words(value)?,
            Self::Mechanisms(slot) => *slot(config) = value::mechanisms(value)?,
            Self::Target(slot) => *slot(config) = value::target(value)?,
            Self::Networks(slot) => *slot(config) = value::networks(value)?,
            Self::Lines(slot) => *slot(config) = value::lines(value)?,
            Self::Targets(slot) => {
                let most = native(value::whole(value, 1, 10_000)?)?;
                slot(config).insert(name.to_ascii_uppercase(), most);
            }
            Self::Door(_) | Self::Oper(_) | Self::Gateway(_) | Self::Pair(_) | Self::Planned(_) => {
            }
        }
        Ok(())
    }

    /// What `null` does: switches a thing off where that means something.
    fn clear(&self, config: &mut Config) -> Read<()> {
        match *self {
            Self::Secret(slot) => *slot(config) = None,
            Self::MaybeCount(slot, ..) => *slot(config) = None,
            Self::MaybeNumber(slot, ..) => *slot(config) = None,
            Self::MaybePath(slot) => *slot(config) = None,
            Self::MaybeText(slot) => *slot(config) = None,
            Self::Roles(slot) => slot(config).clear(),
            Self::MaybeRoom(slot) => *slot(config) = None,
            Self::MaybeSocket(slot) => *slot(config) = None,
            Self::MaybeTime(slot) => *slot(config) = None,
            Self::Networks(slot) => slot(config).clear(),
            Self::Lines(slot) | Self::Tags(slot) | Self::Words(slot) => slot(config).clear(),
            Self::Mechanisms(slot) => slot(config).clear(),
            Self::Door(_) | Self::Oper(_) | Self::Gateway(_) | Self::Pair(_) | Self::Planned(_) => {
            }
            _ => return Err(format!("must be {}, not nothing", self.words())),
        }
        Ok(())
    }

    /// The form for people.
    pub fn words(&self) -> String {
        let or_null = |words: &str| format!("{words} or null");
        let from_to = |what: &str, least, most| format!("{what} from {least} to {most}");
        match *self {
            Self::Text(_) => "text".into(),
            Self::Secret(_) => or_null("text"),
            Self::Truth(_) => "true or false".into(),
            Self::Count(_, least, most) | Self::Number(_, least, most) => {
                from_to("a number", least, most)
            }
            Self::MaybeCount(_, least, most) | Self::MaybeNumber(_, least, most) => {
                or_null(&from_to("a number", least, most))
            }
            Self::Size(_, least, most) => from_to("bytes", least, most),
            Self::Time(_) => "a time".into(),
            Self::Address(_) => "an address".into(),
            Self::MaybePath(_) => or_null("a path"),
            Self::MaybeText(_) => or_null("text"),
            Self::Roles(_) => "users and @groups, each with viewer, moderator or admin".into(),
            Self::MaybeRoom(_) => or_null("a room"),
            Self::MaybeSocket(_) => or_null("an address with port"),
            Self::Choice(slot) => value::either(slot(&mut Config::default()).words()),
            Self::Unlimited(_, least, most) => {
                format!("{} or unlimited", from_to("a number", least, most))
            }
            Self::MaybeTime(_) => or_null("a time"),
            Self::Tags(_) => "a list of client tags".into(),
            Self::Words(_) => "a list of words".into(),
            Self::Mechanisms(_) => "a list of PLAIN, SCRAM-SHA-256 and EXTERNAL".into(),
            Self::Target(_) => "stderr or a path".into(),
            Self::Networks(_) => "a list of networks".into(),
            Self::Lines(_) => "a list of lines or a path".into(),
            Self::Targets(_) => from_to("a number", 1, 10_000),
            Self::Door(words)
            | Self::Oper(words)
            | Self::Gateway(words)
            | Self::Pair(words)
            | Self::Planned(words) => words.into(),
        }
    }

    /// Whether something acts on the key.
    pub fn is_built(&self) -> bool {
        !matches!(self, Self::Planned(_))
    }
}

/// Does a thing with the place that a form names; `$door`, `$oper` and `$gateway` for those read as a whole.
macro_rules! at_slot {
    ($form:expr, $slot:ident => $act:expr, $choice:expr, $door:expr, $oper:expr, $gateway:expr, $pair:expr, $nothing:expr) => {
        match $form {
            Form::Text($slot) => $act,
            Form::Secret($slot) => $act,
            Form::Truth($slot) => $act,
            Form::Count($slot, ..) => $act,
            Form::Number($slot, ..) => $act,
            Form::MaybeCount($slot, ..) => $act,
            Form::MaybeNumber($slot, ..) => $act,
            Form::Size($slot, ..) => $act,
            Form::Time($slot) => $act,
            Form::Address($slot) => $act,
            Form::MaybePath($slot) => $act,
            Form::MaybeText($slot) => $act,
            Form::Roles($slot) => $act,
            Form::MaybeRoom($slot) => $act,
            Form::MaybeSocket($slot) => $act,
            Form::Unlimited($slot, ..) => $act,
            Form::MaybeTime($slot) => $act,
            Form::Tags($slot) => $act,
            Form::Mechanisms($slot) => $act,
            Form::Choice($slot) => $choice,
            Form::Target($slot) => $act,
            Form::Networks($slot) => $act,
            Form::Lines($slot) => $act,
            Form::Words($slot) => $act,
            Form::Targets($slot) => $act,
            Form::Door(_) => $door,
            Form::Oper(_) => $oper,
            Form::Gateway(_) => $gateway,
            Form::Pair(_) => $pair,
            Form::Planned(_) => $nothing,
        }
    };
}

impl Form {
    /// Whether both hold the same value here.
    pub fn is_same(self, a: &mut Config, b: &mut Config) -> bool {
        at_slot!(
            self,
            slot => slot(a) == slot(b),
            slot(a).word() == slot(b).word(),
            a.listeners == b.listeners,
            a.opers == b.opers,
            a.proxy.webirc == b.proxy.webirc,
            a.server.tls.certificates == b.server.tls.certificates,
            true
        )
    }

    /// The value as it is written in a file; a secret is masked.
    pub fn value(self, config: &mut Config) -> Json {
        if let Self::Secret(slot) = self {
            return show::masked(slot(config));
        }
        at_slot!(
            self,
            slot => slot(config).written(),
            show::word(slot(config)),
            config.listeners.written(),
            config.opers.written(),
            config.proxy.webirc.written(),
            config.server.tls.certificates.written(),
            Json::Null
        )
    }

    /// Makes the value of `to` that of `from`.
    pub fn carry(self, from: &mut Config, to: &mut Config) {
        at_slot!(
            self,
            slot => slot(to).clone_from(slot(from)),
            {
                slot(to).choose(slot(from).word());
            },
            to.listeners.clone_from(&from.listeners),
            to.opers.clone_from(&from.opers),
            to.proxy.webirc.clone_from(&from.proxy.webirc),
            to.server.tls
                .certificates
                .clone_from(&from.server.tls.certificates),
            ()
        );
    }
}

/// The number in the type that it is kept in.
fn native<T: TryFrom<u64>>(number: u64) -> Read<T> {
    T::try_from(number).map_err(|_| format!("{number} is too large for this machine"))
}
