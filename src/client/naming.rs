//! What can be said against a name before a server is asked.

/// What is wrong with a name, or nothing.
pub fn fault(name: &str) -> Option<&'static str> {
    if name.is_empty() {
        return Some("You need a name to talk: one word, for example ann.");
    }
    if name.contains(char::is_whitespace) {
        return Some("A name is one word, without spaces.");
    }
    name.starts_with('/')
        .then_some("First a name, then commands. Only /quit works here.")
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn each_fault_has_its_words() {
        for (name, words) in [
            ("", Some("You need a name")),
            ("hi ann", Some("A name is one word")),
            ("/help", Some("First a name")),
            ("ann", None),
            ("1ann", None),
        ] {
            let found = fault(name);
            assert_eq!(found.is_some(), words.is_some(), "{name}");
            assert!(
                found
                    .unwrap_or_default()
                    .starts_with(words.unwrap_or_default())
            );
        }
    }
}
