//! Sets of modes as letters, where one process tells another: the bits of a later version may stand for others.

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
