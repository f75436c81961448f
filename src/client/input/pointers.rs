//! Words of other clients, and what does here what they do there.

/// A word, and the sentence that tells what to type instead.
const POINTERS: &[(&str, &str)] = &[
    (
        "who",
        "/names shows who is in the room, /users who is online.",
    ),
    (
        "whowas",
        "/whois NAME tells about a person, wholast 60 who was here in the last hour.",
    ),
    (
        "ignore",
        "/block NAME stops private messages, /mute NAME also hides what is said in rooms.",
    ),
    (
        "unignore",
        "/unblock NAME hears somebody again, /unmute NAME shows them in rooms.",
    ),
    ("lastlog", "/search WORDS finds messages."),
    ("grep", "/search WORDS finds messages."),
    ("server", "/connect HOST [PORT] goes to another server."),
    ("n", "/names shows who is in the room."),
    ("t", "/topic shows or sets the topic."),
    ("wc", "/part leaves a room."),
    ("cycle", "/part leaves a room, /join ROOM enters it again."),
    ("hop", "/part leaves a room, /join ROOM enters it again."),
    (
        "window",
        "F1 to F9 go to a room or person, /switch PART too.",
    ),
    ("win", "F1 to F9 go to a room or person, /switch PART too."),
    (
        "buffer",
        "F1 to F9 go to a room or person, /switch PART too.",
    ),
    ("bye", "/quit leaves."),
    ("signoff", "/quit leaves."),
    ("motd", "/raw MOTD shows the greeting of the server."),
    ("lusers", "/raw LUSERS tells how many are on the server."),
    (
        "ping",
        "/whois NAME tells whether somebody is there; the client watches the connection itself.",
    ),
    (
        "ctcp",
        "Questions to the programs of others are neither asked nor answered here.",
    ),
    ("kickban", "/ban NAME, then /kick NAME."),
    ("quiet", "/mode +m lets only those speak who have /voice."),
    ("oper", "/raw OPER NAME PASSWORD makes you an operator."),
];

/// What does here what this word does in another client.
pub fn pointer(word: &str) -> Option<&'static str> {
    let is_it = |(own, _): &&(&str, &str)| own.eq_ignore_ascii_case(word);
    POINTERS.iter().find(is_it).map(|(_, does)| *does)
}

#[cfg(test)]
mod tests {
    use super::POINTERS;
    use crate::client::input::row;

    #[test]
    fn only_words_that_are_no_commands_are_pointed_elsewhere_and_to_real_ones() {
        for (word, does) in POINTERS {
            assert!(row(word).is_none(), "{word} is a command");
            let named = does.split_whitespace().filter_map(|w| w.strip_prefix('/'));
            for name in named.map(|name| name.trim_end_matches(['.', ','])) {
                assert!(row(name).is_some(), "{word}: /{name}");
            }
        }
    }
}
