//! What is kept: one variant per kind of fact that outlives the moment.

/// A fact to be stored before anybody is told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    /// Somebody said something.
    Message {
        /// Opaque and sortable by time; the same in every copy of the message.
        msgid: String,
        /// Milliseconds since 1970-01-01 UTC.
        unix_ms: u64,
        /// `nick!user@host` of the sender.
        source: String,
        /// PRIVMSG or NOTICE.
        verb: &'static str,
        /// Room or nick.
        target: String,
        text: String,
    },
}
