//! What typed lines mean, case by case.

use super::*;

fn meaning(line: &str) -> String {
    match read(line) {
        Input::Nothing => "nothing".to_owned(),
        Input::Say(text) => format!("say:{text}"),
        Input::There(room, text) => format!("{room}:{text}"),
        Input::Run(row, rest) => format!("{}:{rest}", row.name),
        Input::Perhaps(rest, _) => format!("perhaps:{rest}"),
        Input::Refused(words) => format!("no:{words}"),
    }
}

#[test]
fn slash_commands_are_known_by_name_alias_and_unique_beginning() {
    for (line, expected) in [
        ("/dm bob hi", "dm:bob hi"),
        ("/MSG bob hi", "dm:bob hi"),
        ("/his", "history:"),
        ("/s de", "switch:de"),
        ("  /users  ", "users:"),
        ("//shrug", "say:/shrug"),
        ("/say /x", "say:/x"),
    ] {
        assert_eq!(meaning(line), expected, "{line}");
    }
}

#[test]
fn unknown_slash_commands_are_refused_with_a_guess() {
    assert!(meaning("/jion #a").contains("Did you mean /join?"));
    for line in ["/bye", "/who", "/hop", "/win", "/motd", "/brodcast"] {
        let words = meaning(line);
        assert!(
            words.starts_with("no:") && !words.contains("Did you mean"),
            "{line}"
        );
    }
    assert!(meaning("/ignore bob").contains("/block NAME"));
    for (line, meant) in [
        ("/hlep", "help"),
        ("/qiut", "quit"),
        ("/tpoic", "topic"),
        ("/sya", "say"),
    ] {
        assert!(
            meaning(line).contains(&format!("Did you mean /{meant}?")),
            "{line}"
        );
    }
    for line in ["/", "/re", "/usr/bin/x", "/zzzzzz", "/x"] {
        assert!(meaning(line).starts_with("no:"), "{line}");
    }
}

#[test]
fn bare_words_are_commands_only_where_they_can_hardly_be_text() {
    for (line, expected) in [
        ("whoelse", "whoelse:"),
        ("WhoElse", "whoelse:"),
        ("whoelse is here", "say:whoelse is here"),
        ("wholast 60", "wholast:60"),
        ("wholast abc", "wholast:abc"),
        ("wholast night was fun", "say:wholast night was fun"),
        ("send bob hello", "send:bob hello"),
        ("send", "send:"),
        ("show", "show:"),
        ("broadcast", "broadcast:"),
        ("broadcast hello all", "broadcast:hello all"),
        ("Broadcast news is on", "say:Broadcast news is on"),
        ("show online", "show:online"),
        ("show files", "show:files"),
        ("show files *.pdf", "show:files *.pdf"),
        (
            "download",
            "no:Nothing was sent. Usage: download FILE [AS] [--udp]. To say it: /say download",
        ),
        (
            "show fils",
            "no:Nothing was sent. Usage: show files [PATTERN]. To say it: /say show fils",
        ),
        ("show files please", "say:show files please"),
        ("show me", "say:show me"),
        ("help", "help:"),
        ("help me", "say:help me"),
        ("clear", "clear:"),
        ("inbox keep", "inbox:keep"),
        ("inbox zero is a lie", "say:inbox zero is a lie"),
        ("QUIT", "quit:"),
        ("download a.txt", "perhaps:a.txt"),
        ("download a b", "perhaps:a b"),
        ("download \"a b.txt\" c", "perhaps:\"a b.txt\" c"),
        ("download it now please", "say:download it now please"),
        ("  ", "nothing"),
    ] {
        assert_eq!(meaning(line), expected, "{line}");
    }
    for line in ["quit", "exit", "Bye"] {
        assert!(meaning(line).contains("/quit or QUIT"), "{line}");
    }
}

#[test]
fn a_line_that_may_hold_a_password_is_not_kept() {
    for (line, is_kept_away) in [
        ("/register", true),
        ("/passwd x y", true),
        ("/raw PASS x", true),
        ("/dm NickServ identify x", true),
        ("send nickserv identify x", true),
        ("/admin accounts passwd bob x", true),
        ("/admin kick bob", false),
        ("/dm bob the password is late", false),
        ("hello", false),
    ] {
        assert_eq!(is_secret(line), is_kept_away, "{line}");
    }
}

#[test]
fn every_command_has_its_help_and_a_name_of_its_own() {
    let mut names = std::collections::BTreeSet::new();
    for row in TABLE {
        assert!(!row.usage.is_empty() && !row.example.is_empty() && !row.help.is_empty());
        assert!(!related(row).is_empty(), "{} belongs to none", row.name);
        for name in std::iter::once(&row.name).chain(row.aliases) {
            assert!(names.insert(*name), "{name} stands twice");
        }
    }
}

#[test]
fn a_room_and_a_colon_say_where_a_line_goes() {
    for (line, expected) in [
        ("#dev: done", "#dev:done"),
        ("  #dev:   done now ", "#dev:done now"),
        ("#dev done", "say:#dev done"),
        ("#dev:", "say:#dev:"),
        ("#: x", "say:#: x"),
        ("#dev:done", "say:#dev:done"),
        ("see #dev: done", "say:see #dev: done"),
    ] {
        assert_eq!(meaning(line), expected, "{line}");
    }
    assert!(matches!(read_slashed("#dev: done"), Input::There(..)));
    assert!(is_said("#dev: done") && !is_said("/users\n") && is_said("/a\nb"));
}
