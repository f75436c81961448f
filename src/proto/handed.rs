//! How values look where one process tells another: sets of modes as letters, since the bits of a later
//! version may stand for others, and bytes as base64.

use crate::proto::mode::{Flags, Ranks};
use crate::proto::user_mode::UserModes;

/// Gives sets of modes the form of their letters. Letters that mean nothing (any more) are passed over.
macro_rules! as_letters {
    ($($set:ident),*) => {$(
        impl From<$set> for String {
            fn from(set: $set) -> Self {
                set.letters().collect()
            }
        }

        impl From<String> for $set {
            fn from(letters: String) -> Self {
                Self::of_letters(&letters)
            }
        }
    )*};
}

as_letters!(Flags, Ranks, UserModes);

/// Bytes, for serde.
pub mod bytes {
    use crate::proto::sasl::{decode, encode};
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};
    use std::borrow::Cow;

    /// Writes bytes.
    pub fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&encode(bytes))
    }

    /// Reads them.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        let text = Cow::<str>::deserialize(from)?;
        decode(&text).ok_or_else(|| D::Error::custom("no base64"))
    }
}
