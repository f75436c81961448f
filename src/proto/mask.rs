//! Masks with `*` and `?`: `nick!user@host` patterns of bans, WHO and LIST.
//!
//! Matching never goes back past the last `*`, so it takes at most as many steps as mask and text have
//! bytes multiplied: some microseconds for the longest names. Compared without ASCII case.

/// Whether `text` matches `mask`.
pub fn matches(mask: &str, text: &str) -> bool {
    let (mask, text) = (mask.as_bytes(), text.as_bytes());
    let (mut m, mut t) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while let Some(&byte) = text.get(t) {
        match mask.get(m) {
            Some(b'*') => {
                retry = Some((m + 1, t));
                m += 1;
            }
            Some(b'?') => {
                m += 1;
                t = next_char(text, t);
            }
            Some(wanted) if wanted.eq_ignore_ascii_case(&byte) => {
                m += 1;
                t += 1;
            }
            _ => {
                let Some((after_star, from)) = retry else {
                    return false;
                };
                retry = Some((after_star, from + 1));
                (m, t) = (after_star, from + 1);
            }
        }
    }
    mask.get(m..).unwrap_or_default().iter().all(|b| *b == b'*')
}

/// Where the character after the one at `at` begins.
fn next_char(text: &[u8], at: usize) -> usize {
    let rest = text.get(at + 1..).unwrap_or_default();
    at + 1 + rest.iter().take_while(|b| **b & 0xc0 == 0x80).count()
}

/// A ban's mask in full form: `bob` → `bob!*@*`, `*@host` → `*!*@host`, runs of `*` made one.
pub fn complete(mask: &str) -> String {
    let (nick, rest) = match mask.split_once('!') {
        Some((nick, rest)) => (nick, Some(rest)),
        None if mask.contains('@') => ("*", Some(mask)),
        None => (mask, None),
    };
    let (user, host) = match rest {
        Some(rest) => rest.split_once('@').unwrap_or((rest, "*")),
        None => ("*", "*"),
    };
    let or_star = |part: &str| {
        if part.is_empty() {
            "*".to_owned()
        } else {
            part.to_owned()
        }
    };
    let mut full = format!("{}!{}@{}", or_star(nick), or_star(user), or_star(host));
    while full.contains("**") {
        full = full.replace("**", "*");
    }
    full
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_match() {
        for (mask, text) in [
            ("*", ""),
            ("*", "x"),
            ("a*b", "aXXb"),
            ("a*b*c", "a-b-b-c"),
            ("A?C", "abc"),
            ("a?c", "aéc"),
            ("bob!*@*", "BOB!u@h"),
            ("**", "x"),
        ] {
            assert!(matches(mask, text), "{mask} {text}");
        }
        for (mask, text) in [
            ("", "x"),
            ("a", ""),
            ("?", ""),
            ("a*b", "ab-"),
            ("a?", "a"),
            ("*a", "ab"),
        ] {
            assert!(!matches(mask, text), "{mask} {text}");
        }
    }

    #[test]
    fn a_hostile_mask_costs_little() {
        let text = "a".repeat(4000);
        let mask = "a*".repeat(30) + "b";
        assert!(!matches(&mask, &text));
    }

    #[test]
    fn masks_are_completed() {
        for (short, full) in [
            ("bob", "bob!*@*"),
            ("bob!", "bob!*@*"),
            ("*@h", "*!*@h"),
            ("b!u@h", "b!u@h"),
            ("b!u", "b!u@*"),
            ("", "*!*@*"),
            ("a**b", "a*b!*@*"),
        ] {
            assert_eq!(complete(short), full);
        }
    }
}
