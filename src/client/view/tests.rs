//! What items look like, line by line.

use crate::client::files::Files;
use crate::client::files::transfer::{Transfer, Way as Direction};
use crate::client::item::{Age, Item, Said, Tone, Way, Whose};
use crate::client::taste::Theme;
use crate::client::view::View;
use crate::client::view::look::{Charset, Colour, Layout, Look};
use crate::client::view::prompt::{Prompt, Unread};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use unicode_width::UnicodeWidthStr;

fn view(layout: Layout, charset: Charset) -> View {
    let look = Look {
        theme: Theme::Both,
        layout,
        colour: Colour::Off,
        charset,
    };
    View::new(look, TimeZone::UTC)
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn said(from: &str, way: Way, text: &str) -> Item {
    Item::Said(Said {
        at: at("2026-11-20T08:31:00Z"),
        from: from.to_owned(),
        way,
        tone: Tone::Say,
        text: text.to_owned(),
        whose: Whose::Theirs,
        id: String::new(),
        account: None,
        answers: None,
        twin: None,
        age: Age::Now,
    })
}

fn prompt(unread: Unread, lost: Option<i64>, target: Option<&str>) -> Prompt<'_> {
    Prompt {
        unread,
        lost,
        target,
        marks: "",
        most: None,
    }
}

#[test]
fn messages_stand_in_columns_and_wrap_under_themselves() {
    let mut view = view(Layout::Columns, Charset::Utf8);
    let long =
        "a longer message that wraps onto a second line keeps its indentation under the text";
    assert_eq!(
        view.render(&said("bob", Way::Here, long), 66),
        "08:31        bob │ a longer message that wraps onto a second line\n\
         \x20                │ keeps its indentation under the text"
    );
    let dev = said("dave", Way::There("#dev".to_owned()), "deploy starts");
    assert_eq!(view.render(&dev, 80), "       #dev dave │ deploy starts");
    let dm = said("user1", Way::ToMe, "hi!");
    assert_eq!(view.render(&dm, 80), "      user1 → you │ hi!");
    let all = said("me", Way::ToAllOf(Some(4)), "x");
    assert_eq!(view.render(&all, 80), "      you → all (4) │ x");
}

#[test]
fn a_call_is_marked_without_colour_too() {
    let mut view = view(Layout::Columns, Charset::Utf8);
    let Item::Said(mut call) = said("alice", Way::Here, "user2: look") else {
        panic!("not said")
    };
    call.whose = Whose::CallsMe;
    let call = Item::Said(call);
    assert_eq!(view.render(&call, 80), "08:31»     alice │ user2: look");
    assert_eq!(view.render(&call, 80), "»          alice │ user2: look");
}

#[test]
fn a_long_name_is_cut_and_a_narrow_terminal_has_narrow_columns() {
    let mut view = view(Layout::Columns, Charset::Utf8);
    let item = said("a-very-long-name", Way::Here, "x");
    assert_eq!(view.render(&item, 80), "08:31 a-very-lo… │ x");
    assert_eq!(view.render(&item, 50), "      a-ver… │ x");
    assert_eq!(view.render(&item, 39), "08:31 a-very-long-name: x");
}

#[test]
fn plain_is_one_ascii_line_per_message() {
    let mut view = view(Layout::Plain, Charset::AsciiSigns);
    let long = "x ".repeat(100);
    assert_eq!(
        view.render(&said("bob", Way::ToMe, &long), 20)
            .lines()
            .count(),
        1
    );
    assert_eq!(
        view.render(&said("bob", Way::ToMe, "hé"), 80),
        "08:31 bob -> you: hé"
    );
    assert_eq!(view.render(&Item::Refused("no".into()), 80), "! no");
    let rule = Item::Rule(vec!["#a".into(), "2 here".into()]);
    assert_eq!(view.render(&rule, 80), "-- #a - 2 here --");
}

#[test]
fn without_utf8_only_ascii_comes_out() {
    let mut view = view(Layout::Columns, Charset::Ascii);
    for item in [
        said("bob", Way::ToMe, "→ 世界 \u{1b}[31m"),
        Item::Refused("é".into()),
        Item::Rule(vec!["a".into(), "b".into()]),
        Item::Sending("ü".into()),
    ] {
        assert!(view.render(&item, 80).is_ascii());
    }
    assert!(
        view.prompt(prompt(Unread::default(), None, Some("bob")), 80)
            .is_ascii()
    );
}

#[test]
fn nothing_remote_comes_out_as_a_control() {
    let evil = "\x1b]2;x\x07\u{9b}31m\u{202e}a\nb";
    for layout in [Layout::Columns, Layout::Plain] {
        let mut view = view(layout, Charset::Utf8);
        for item in [
            said(evil, Way::There(evil.to_owned()), evil),
            said(evil, Way::To(evil.to_owned()), evil),
            Item::Event {
                at: at("2026-11-20T08:31:00Z"),
                room: Some(evil.to_owned()),
                text: evil.to_owned(),
            },
            Item::Refused(evil.to_owned()),
            Item::Warned(evil.to_owned()),
            Item::Receipt(evil.to_owned()),
            Item::Rule(vec![evil.to_owned()]),
            Item::List {
                title: evil.to_owned(),
                rows: vec![vec![evil.to_owned()]],
            },
            Item::Text(evil.to_owned()),
            Item::Sending(evil.to_owned()),
            Item::Wire(evil.to_owned()),
        ] {
            let shown = view.render(&item, 80);
            let is_bad = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
            assert!(!shown.contains(is_bad), "{shown:?}");
        }
        assert!(
            !view
                .prompt(prompt(Unread::default(), None, Some(evil)), 80)
                .contains('\x1b')
        );
    }
}

#[test]
fn a_bar_that_comes_under_a_typed_line_leaves_the_room_where_it_is() {
    let mut view = view(Layout::Columns, Charset::Utf8);
    let mut files = Files::default();
    let mut transfer = Transfer::new(1, Direction::Down, "a".to_owned(), Timestamp::UNIX_EPOCH);
    transfer.begin(54, 100, Timestamp::UNIX_EPOCH);
    files.add(transfer);
    view.follow(&files);
    let mut asked = prompt(Unread::default(), None, Some("#lobby"));
    assert!(view.prompt(asked, 100).starts_with(" ↓54% █"));
    asked.most = Some("      [#lobby] ".width());
    assert_eq!(view.prompt(asked, 100), " ↓54% [#lobby] ");
}

#[test]
fn the_prompt_tells_what_waits_elsewhere() {
    let view = view(Layout::Columns, Charset::Utf8);
    for (all, urgent, target, expected) in [
        (0, 0, Some("#lobby"), "      [#lobby] "),
        (3, 0, Some("#lobby"), "    3 [#lobby] "),
        (5, 2, Some("bob"), "   !2 [→ bob] "),
        (200, 0, None, "  99+ [no room] "),
    ] {
        assert_eq!(
            view.prompt(prompt(Unread { all, urgent }, None, target), 80),
            expected
        );
    }
    let unread = Unread { all: 1, urgent: 0 };
    assert_eq!(
        view.prompt(prompt(unread, None, Some("#a-long-room")), 40),
        "[#a-long…] "
    );
    for (lost, marks, expected) in [
        (Some(12), "", " ✗12s [#a] "),
        (Some(0), "z", "   ✗… [#a z] "),
        (Some(i64::MAX), "z=", "    ✗ [#a z=] "),
    ] {
        let prompt = prompt(unread, lost, Some("#a"));
        assert_eq!(view.prompt(Prompt { marks, ..prompt }, 80), expected);
    }
}

#[test]
fn a_new_day_is_announced() {
    let mut view = view(Layout::Columns, Charset::Utf8);
    view.render(&said("bob", Way::Here, "x"), 80);
    let event = Item::Event {
        at: at("2026-11-21T00:00:10Z"),
        room: None,
        text: "carol joined".to_owned(),
    };
    assert_eq!(
        view.render(&event, 80),
        "── Sat 21 Nov 2026 ──\n00:00          * │ carol joined"
    );
}

#[test]
fn in_a_narrow_terminal_words_stay_whole() {
    let mut view = view(Layout::Columns, Charset::Utf8);
    assert_eq!(
        view.render(
            &said("bob", Way::Here, "a longer message with some words"),
            30
        ),
        "08:31 bob: a longer message\n  with some words"
    );
    let help = Item::List {
        title: "A plain line is said in the room".to_owned(),
        rows: vec![vec![
            "Talk".into(),
            "/dm NAME [TEXT]  /bm TEXT  send NAME TEXT".into(),
        ]],
    };
    assert_eq!(
        view.render(&help, 30),
        "A plain line is said in the\nroom\n  Talk  /dm NAME [TEXT]  /bm\n        TEXT  send NAME TEXT"
    );
    let text = Item::Text("/dm NAME\n  says something to one person".to_owned());
    assert_eq!(
        view.render(&text, 20),
        "/dm NAME\n  says something to\n  one person"
    );
}

#[test]
fn formatting_is_shown_in_colour_and_taken_out_without() {
    colored::control::set_override(true);
    let raw = "a \x02bold\x02 \x1d\x0304red\x0f, \x1b[31mnot";
    let item = said("bob", Way::Here, raw);
    let mut view = view(Layout::Columns, Charset::Utf8);
    let bare = "08:31        bob │ a bold red, ␛[31mnot";
    assert_eq!(view.render(&item, 80), bare);
    view.look.colour = Colour::On;
    view.minute.clear();
    let shown = view.render(&item, 80);
    assert!(
        shown.ends_with("│ a \u{1b}[1mbold\u{1b}[0m \u{1b}[3;38;5;160mred\u{1b}[0m, ␛[31mnot"),
        "{shown:?}"
    );
}

#[test]
fn formatting_goes_on_behind_the_end_of_a_line() {
    colored::control::set_override(true);
    let mut view = view(Layout::Columns, Charset::Utf8);
    view.look.colour = Colour::On;
    let raw = format!("{}\x02bold words here\x02 plain", "x".repeat(20) + " ");
    let shown = view.render(&said("bob", Way::Here, &raw), 62 - 12);
    let bold = shown.matches("\u{1b}[1m").count();
    assert_eq!((shown.lines().count(), bold), (2, 2), "{shown:?}");
    assert!(shown.ends_with(" plain"), "{shown:?}");
}

proptest::proptest! {
    #[test]
    fn codes_only_add_colour(
        raw in proptest::collection::vec(
            proptest::prop_oneof![
                "[\x02\x03\x0f\x16\x1d\x1f\x1b0-9, a\u{301}\u{200d}\u{202e}世👨\n\r]{0,12}",
                proptest::prelude::any::<String>(),
            ],
            0..6,
        ),
        columns in 10usize..90,
    ) {
        colored::control::set_override(true);
        let item = said("bob", Way::Here, &raw.concat());
        let mut view = view(Layout::Columns, Charset::Utf8);
        let bare = view.render(&item, columns);
        assert!(!bare.contains('\u{1b}'));
        view.look.colour = Colour::On;
        view.minute.clear();
        let mut shown = view.render(&item, columns);
        // What is left without the colours is the same.
        while let Some(at) = shown.find("\u{1b}[") {
            let end = shown[at..].find('m').expect("a colour") + at;
            assert!(shown[at + 2..end].chars().all(|c| c.is_ascii_digit() || c == ';'));
            shown.replace_range(at..=end, "");
        }
        assert_eq!(shown, bare);
    }
}

#[test]
fn our_own_words_are_written_before_they_are_wrapped() {
    let refused = Item::Refused("No user bob. Your line is on the ↑ key.".into());
    let mut signs = view(Layout::Plain, Charset::AsciiSigns);
    assert!(signs.render(&refused, 80).ends_with("on the Up key."));
    let mut ascii = view(Layout::Columns, Charset::Ascii);
    for columns in 41..60 {
        let shown = ascii.render(&refused, columns);
        assert!(shown.lines().all(|line| line.len() <= columns), "{shown}");
    }
}

#[test]
fn a_long_name_is_cut_behind_a_room_too() {
    let mut view = view(Layout::Columns, Charset::Utf8);
    let item = said("a-very-long-name", Way::There("#dev".to_owned()), "x");
    assert_eq!(view.render(&item, 80), "08:31 #dev a-very-lo… │ x");
    assert_eq!(view.render(&item, 39), "08:31 #dev a-very-long-name: x");
}
