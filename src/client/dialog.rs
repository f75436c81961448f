//! Questions that belong to a command: what is asked next, and what was answered so far.

use crate::client::deed::Wanted;
use crate::client::login::Purpose;
use crate::client::secret::Secret;

/// Most bytes of a password that fit on a line.
const LONGEST: usize = 300;

/// One question, with the answers before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dialog {
    /// The password of an account; so many wrong ones came before.
    Password {
        account: String,
        purpose: Purpose,
        wrong: u8,
    },
    /// A password for a new account of this name.
    Register(String),
    RegisterAgain(String, Secret),
    /// The password that is to be changed.
    Current,
    New(Secret),
    NewAgain(Secret, Secret),
    /// The name of the account that is to be deleted.
    Forget(String),
    ForgetPassword(String),
    /// Whether the transfer of this number is to be given up; what runs, in words.
    CancelTransfer(u32, String),
    /// Whether one leaves with these words of goodbye, though this is so: what runs, or what was not sent.
    Leave(String, String),
}

impl Dialog {
    /// The question, and whether its answer may be seen.
    pub fn wanted(&self) -> Wanted {
        match self {
            Self::Password { account, .. } => Wanted::Secret(format!("Password of {account}: ")),
            Self::Register(name) => Wanted::Secret(format!("A password for {name}: ")),
            Self::RegisterAgain(..) | Self::NewAgain(..) => {
                Wanted::Secret("The same once more: ".to_owned())
            }
            Self::Current => Wanted::Secret("The password until now: ".to_owned()),
            Self::New(_) => Wanted::Secret("The new password: ".to_owned()),
            Self::Forget(name) => Wanted::Answer(format!("Type {name} to delete it: ")),
            Self::CancelTransfer(_, what) => Wanted::Answer(format!("Cancel {what}? [y/N] ")),
            Self::Leave(_, what) => Wanted::Answer(format!("{what}. Leave all the same? [y/N] ")),
            Self::ForgetPassword(name) => Wanted::Secret(format!("Password of {name}: ")),
        }
    }
}

/// What is wrong with a new password that is given, or nothing.
pub fn fault(password: &str) -> Option<&'static str> {
    if password.len() > LONGEST {
        return Some("A password has at most 300 bytes.");
    }
    (password.contains(char::is_whitespace) || password.starts_with(':'))
        .then_some("A password has no spaces and begins with no colon.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_must_fit_on_the_wire_as_one_word() {
        for (password, is_fine) in [("correct-horse", true), ("two words", false), (":x", false)] {
            assert_eq!(fault(password).is_none(), is_fine, "{password}");
        }
        assert!(fault(&"x".repeat(301)).is_some());
    }
}
