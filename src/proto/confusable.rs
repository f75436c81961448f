//! Names that look alike (Unicode UTS 39), and names that nobody may have.
//!
//! Names are compared folded, so one may be typed in any case: what looks like another name in some case of its
//! letters counts as looking like it. The only user of unicode-security.

use crate::proto::name;
use std::sync::LazyLock;

/// Whom a person could take for a part of the server, or for everybody.
const RESERVED: &[&str] = &[
    "nickserv",
    "chanserv",
    "memoserv",
    "operserv",
    "hostserv",
    "botserv",
    "histserv",
    "saslserv",
    "authserv",
    "helpserv",
    "server",
    "servers",
    "service",
    "services",
    "admin",
    "admins",
    "administrator",
    "administration",
    "root",
    "system",
    "sysadmin",
    "sysop",
    "oper",
    "opers",
    "operator",
    "operators",
    "moderator",
    "moderators",
    "staff",
    "support",
    "security",
    "abuse",
    "postmaster",
    "hostmaster",
    "webmaster",
    "global",
    "help",
    "everyone",
    "everybody",
    "all",
    "here",
    "channel",
    "room",
    "null",
    "nil",
    "none",
    "undefined",
    "unknown",
    "anonymous",
    "nobody",
    "localhost",
];

static RESERVED_SKELETONS: LazyLock<Vec<String>> =
    LazyLock::new(|| RESERVED.iter().map(|name| skeleton(name)).collect());

/// What all names that look like this one share, in any case of their letters. To compare, never to show.
pub fn skeleton(name: &str) -> String {
    let look = |text: &str| -> String { unicode_security::skeleton(text).collect() };
    // Twice, because what looks like a capital looks like the small letter too: Cyrillic М, M, m, rn.
    let once = name::fold(&look(&name::fold(name)));
    let twice = name::fold(&look(&once));
    // UTS 39 has l, 1, | and capital I in one class; small i is a capital I in another case.
    twice.replace('i', "l")
}

/// Whether the name looks like one that nobody may have.
pub fn is_reserved(name: &str) -> bool {
    RESERVED_SKELETONS.contains(&skeleton(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_look_alike_have_one_skeleton() {
        for (name, twins) in [
            (
                "alice",
                &["ALICE", "a1ice", "aIice", "a|ice", "al1ce", "аlісе"][..],
            ),
            ("mary", &["rnary", "RNary", "Мary", "rnаrу"]),
            ("bob", &["b0b", "BOb", "bоb", "BОB"]),
            ("o0l1", &["0Oil", "OO||"]),
        ] {
            for twin in twins {
                assert_eq!(skeleton(twin), skeleton(name), "{twin} {name}");
            }
        }
    }

    #[test]
    fn names_that_can_be_told_apart_have_two() {
        for (one, other) in [
            ("alice", "alice_"),
            ("alice", "alce"),
            ("bob", "rob"),
            ("user1", "user2"),
            ("anna", "ana"),
            ("a-b", "a_b"),
            ("w", "v"),
        ] {
            assert_ne!(skeleton(one), skeleton(other), "{one} {other}");
        }
    }

    #[test]
    fn reserved_names_are_found_in_disguise() {
        for name in [
            "NickServ", "n1ckserv", "adrnin", "Admin", "R00T", "A11", "HERE",
        ] {
            assert!(is_reserved(name), "{name}");
        }
        for name in [
            "alice",
            "user1",
            "administratix",
            "serv",
            "rooty",
            "bot",
            "",
        ] {
            assert!(!is_reserved(name), "{name}");
        }
    }

    #[test]
    fn each_reserved_name_stands_there_once() {
        let mut skeletons = RESERVED_SKELETONS.clone();
        skeletons.sort();
        skeletons.dedup();
        assert_eq!(skeletons.len(), RESERVED.len());
    }
}
