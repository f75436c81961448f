//! The capabilities that clients may ask for: one table, and sets of them as bits.
//! Specification: IRCv3 capability-negotiation and the page of each capability.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One capability; its place in [`TABLE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cap {
    AccountNotify,
    AccountTag,
    AwayNotify,
    Batch,
    CapNotify,
    ChgHost,
    AccountRegistration,
    ChannelRename,
    Chathistory,
    EventPlayback,
    ExtendedIsupport,
    MessageRedaction,
    Metadata,
    Multiline,
    OperTag,
    Persistence,
    PreAway,
    ReadMarker,
    EchoMessage,
    ExtendedJoin,
    ExtendedMonitor,
    InviteNotify,
    LabeledResponse,
    MessageTags,
    MultiPrefix,
    NoImplicitNames,
    Sasl,
    ServerTime,
    SetName,
    Search,
    StandardReplies,
    UserhostInNames,
}

/// Each capability with its name on the wire, in the order of CAP LS.
pub const TABLE: &[(Cap, &str)] = &[
    (Cap::AccountNotify, "account-notify"),
    (Cap::AccountTag, "account-tag"),
    (Cap::AwayNotify, "away-notify"),
    (Cap::Batch, "batch"),
    (Cap::CapNotify, "cap-notify"),
    (Cap::ChgHost, "chghost"),
    (Cap::AccountRegistration, "draft/account-registration"),
    (Cap::ChannelRename, "draft/channel-rename"),
    (Cap::Chathistory, "draft/chathistory"),
    (Cap::EventPlayback, "draft/event-playback"),
    (Cap::ExtendedIsupport, "draft/extended-isupport"),
    (Cap::MessageRedaction, "draft/message-redaction"),
    (Cap::Metadata, "draft/metadata-3"),
    (Cap::Multiline, "draft/multiline"),
    (Cap::OperTag, "draft/oper-tag"),
    (Cap::Persistence, "draft/persistence"),
    (Cap::PreAway, "draft/pre-away"),
    (Cap::ReadMarker, "draft/read-marker"),
    (Cap::EchoMessage, "echo-message"),
    (Cap::ExtendedJoin, "extended-join"),
    (Cap::ExtendedMonitor, "extended-monitor"),
    (Cap::InviteNotify, "invite-notify"),
    (Cap::LabeledResponse, "labeled-response"),
    (Cap::MessageTags, "message-tags"),
    (Cap::MultiPrefix, "multi-prefix"),
    (Cap::NoImplicitNames, "no-implicit-names"),
    (Cap::Sasl, "sasl"),
    (Cap::ServerTime, "server-time"),
    (Cap::SetName, "setname"),
    (Cap::Search, "soju.im/search"),
    (Cap::StandardReplies, "standard-replies"),
    (Cap::UserhostInNames, "userhost-in-names"),
];

impl Cap {
    /// The capability that is called `name`.
    pub fn named(name: &str) -> Option<Self> {
        TABLE
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(cap, _)| *cap)
    }

    /// Its name on the wire.
    pub fn name(self) -> &'static str {
        TABLE
            .iter()
            .find(|(cap, _)| *cap == self)
            .map_or("", |(_, name)| name)
    }
}

/// A set of capabilities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct CapSet(u64);

/// As names: a later version may count otherwise.
impl Serialize for CapSet {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.names())
    }
}

/// Names that nobody knows (any more) are passed over.
impl<'de> Deserialize<'de> for CapSet {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let names = Vec::<String>::deserialize(from)?;
        let mut set = Self::default();
        let known = names.iter().filter_map(|name| Cap::named(name));
        known.for_each(|cap| set.insert(cap));
        Ok(set)
    }
}

impl CapSet {
    /// The set of these.
    pub const fn of(caps: &[Cap]) -> Self {
        let mut bits = 0u64;
        let mut rest = caps;
        while let [first, tail @ ..] = rest {
            bits |= 1u64 << *first as u64;
            rest = tail;
        }
        Self(bits)
    }

    /// Whether `cap` is in it.
    pub const fn has(self, cap: Cap) -> bool {
        self.0 & (1u64 << cap as u64) != 0
    }

    /// Whether `cap` is in it with all that it needs to have an effect.
    pub const fn uses(self, cap: Cap) -> bool {
        let needs_batch = matches!(cap, Cap::Multiline | Cap::Metadata);
        self.has(cap) && (!needs_batch || self.has(Cap::Batch))
    }

    /// Adds `cap`.
    pub fn insert(&mut self, cap: Cap) {
        self.0 |= 1u64 << cap as u64;
    }

    /// Takes `cap` out.
    pub fn remove(&mut self, cap: Cap) {
        self.0 &= !(1u64 << cap as u64);
    }

    /// What both sets hold.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Its members' names, in the table's order.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        TABLE
            .iter()
            .filter(move |(cap, _)| self.has(*cap))
            .map(|(_, name)| *name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_capability_has_one_row_in_its_place() {
        for (index, (cap, name)) in TABLE.iter().enumerate() {
            assert_eq!(*cap as usize, index);
            assert_eq!(Cap::named(name), Some(*cap));
            assert_eq!(cap.name(), *name);
        }
    }

    #[test]
    fn sets_hold_what_was_put_in() {
        let mut set = CapSet::of(&[Cap::Batch, Cap::ServerTime]);
        set.insert(Cap::EchoMessage);
        set.remove(Cap::Batch);
        assert_eq!(
            set.names().collect::<Vec<_>>(),
            ["echo-message", "server-time"]
        );
        assert!(!set.has(Cap::Batch));
    }
}
