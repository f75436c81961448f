//! Passwords that nobody should choose, because others would guess them.
//!
//! Only what is guessed first is refused: what is too short, what everybody takes, and the name itself.

use crate::proto::name;

/// Characters of the shortest password.
pub const SHORTEST: usize = 6;

/// What people choose most often, in small letters; shorter ones are refused anyway.
const COMMON: &[&str] = &[
    "000000",
    "0123456789",
    "101010",
    "102030",
    "111111",
    "1111111",
    "11111111",
    "111222",
    "112233",
    "121212",
    "123123",
    "123123123",
    "123321",
    "12341234",
    "1234512345",
    "123456",
    "1234567",
    "12345678",
    "123456789",
    "1234567890",
    "123456a",
    "123654",
    "123654789",
    "123abc",
    "123qwe",
    "131313",
    "147258369",
    "159753",
    "1q2w3e",
    "1q2w3e4r",
    "1q2w3e4r5t",
    "1qaz2wsx",
    "222222",
    "232323",
    "333333",
    "444444",
    "555555",
    "654321",
    "666666",
    "696969",
    "741852963",
    "777777",
    "7777777",
    "789456",
    "789456123",
    "87654321",
    "888888",
    "88888888",
    "987654",
    "987654321",
    "9876543210",
    "999999",
    "a123456",
    "aa123456",
    "aaaaaa",
    "abc123",
    "abcd1234",
    "abcdef",
    "abcdefg",
    "admin123",
    "andrea",
    "andrew",
    "anthony",
    "asd123",
    "asdasd",
    "asdfasdf",
    "asdfgh",
    "asdfghjkl",
    "ashley",
    "azerty",
    "bailey",
    "baseball",
    "batman",
    "buster",
    "changeme",
    "charlie",
    "chocolate",
    "computer",
    "cookie",
    "daniel",
    "default",
    "donald",
    "dragon",
    "flower",
    "football",
    "freedom",
    "george",
    "ginger",
    "google",
    "hannah",
    "harley",
    "hello123",
    "hockey",
    "hunter",
    "hunter2",
    "iloveyou",
    "internet",
    "jennifer",
    "jessica",
    "jordan",
    "jordan23",
    "joshua",
    "killer",
    "letmein",
    "liverpool",
    "lovely",
    "loveme",
    "maggie",
    "master",
    "matrix",
    "matthew",
    "michael",
    "michelle",
    "monkey",
    "mustang",
    "naruto",
    "nicole",
    "pass123",
    "passw0rd",
    "password",
    "password1",
    "password12",
    "password123",
    "pepper",
    "pokemon",
    "princess",
    "purple",
    "q1w2e3r4",
    "qazwsx",
    "qazwsxedc",
    "qqqqqq",
    "qwaszx",
    "qwe123",
    "qweasd",
    "qweqwe",
    "qwer1234",
    "qwerty",
    "qwerty1",
    "qwerty12",
    "qwerty123",
    "qwertyuiop",
    "ranger",
    "robert",
    "samsung",
    "secret",
    "shadow",
    "soccer",
    "starwars",
    "summer",
    "sunshine",
    "superman",
    "taylor",
    "test123",
    "testing",
    "thomas",
    "tigger",
    "trustno1",
    "welcome",
    "welcome1",
    "whatever",
    "william",
    "winter",
    "yellow",
    "zaq12wsx",
    "zxcvbn",
    "zxcvbnm",
];

/// Why a password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Weak: others would guess it.
    TooShort,
    Common,
    IsName,
    /// Unacceptable: it could not be sent or kept.
    TooLong,
    /// It holds a character that cannot be sent.
    Unsendable,
}

impl Fault {
    /// The code of a FAIL that tells it (IRCv3 draft/account-registration).
    pub fn code(self) -> &'static str {
        match self {
            Self::TooShort | Self::Common | Self::IsName => "WEAK_PASSWORD",
            Self::TooLong | Self::Unsendable => "UNACCEPTABLE_PASSWORD",
        }
    }

    /// The text for people.
    pub fn text(self) -> &'static str {
        match self {
            Self::TooShort => "A password has at least 6 characters",
            Self::Common => "This password is one of those that are guessed first",
            Self::IsName => "The name is not a password",
            Self::TooLong => "This password is too long",
            Self::Unsendable => "A password has no line break and no NUL",
        }
    }
}

/// What is wrong with a password that somebody chose for an account.
pub fn password_fault(password: &str, account: &str, max_bytes: usize) -> Option<Fault> {
    if password.len() > max_bytes {
        return Some(Fault::TooLong);
    }
    if password.contains(['\0', '\r', '\n']) {
        return Some(Fault::Unsendable);
    }
    if password.chars().count() < SHORTEST {
        return Some(Fault::TooShort);
    }
    if name::same(password, account) {
        return Some(Fault::IsName);
    }
    let is_common = COMMON.contains(&name::fold(password).as_str());
    is_common.then_some(Fault::Common)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_that_is_guessed_first_is_refused() {
        for (password, fault) in [
            ("", Some(Fault::TooShort)),
            ("12345", Some(Fault::TooShort)),
            ("ünïcö", Some(Fault::TooShort)),
            ("123456", Some(Fault::Common)),
            ("PassWord", Some(Fault::Common)),
            ("ALICIA", Some(Fault::IsName)),
            ("alicia1", None),
            ("ünïcöd", None),
            ("correct horse", None),
            ("ab\0cdef", Some(Fault::Unsendable)),
            ("abcdef\n", Some(Fault::Unsendable)),
            ("\rabcdef", Some(Fault::Unsendable)),
            ("0123456789abcdef", None),
            ("0123456789abcdefg", Some(Fault::TooLong)),
        ] {
            assert_eq!(
                password_fault(password, "alicia", 16),
                fault,
                "{password:?}"
            );
        }
    }

    #[test]
    fn common_passwords_are_written_so_that_they_are_found() {
        assert!(COMMON.is_sorted());
        for password in COMMON {
            assert_eq!(
                password_fault(password, "x", 1024),
                Some(Fault::Common),
                "{password}"
            );
        }
    }

    #[test]
    fn faults_are_told_with_the_codes_of_the_draft() {
        assert_eq!(Fault::Common.code(), "WEAK_PASSWORD");
        assert_eq!(Fault::TooLong.code(), "UNACCEPTABLE_PASSWORD");
        assert!(Fault::TooShort.text().contains(&SHORTEST.to_string()));
    }
}
