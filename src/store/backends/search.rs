//! Search: what is found, and what stays literal.

use super::{ANN, BOB, Backend, answer, direct, id, on_each, reader, record, room, said};
use crate::proto::msgid::Moment;
use crate::store::Retention;
use crate::store::query::{Query, Wanted};
use crate::store::record::Record;
use crate::store::record::said::{Heard, Said, Verb};

fn search(backend: &mut Backend, wanted: Wanted) -> Vec<u64> {
    backend.moments(Query::Search {
        reader: reader(BOB, &[("#x", 0), ("#y", 0)]),
        wanted,
        limit: 10,
    })
}

fn phrases(backend: &mut Backend, phrases: &[&str]) -> Vec<u64> {
    let phrases = phrases.iter().map(|phrase| (*phrase).into()).collect();
    search(
        backend,
        Wanted {
            phrases,
            ..Wanted::default()
        },
    )
}

#[test]
fn words_and_phrases_are_found_newest_first() {
    on_each(|backend| {
        let records = [
            said(1, "the quick brown fox"),
            said(2, "a Quick fox, brown"),
            said(3, "slow"),
            direct(4, "quick, brown!"),
            answer(5, "fox?"),
        ];
        backend.keep(&records.map(record));
        assert_eq!(phrases(backend, &["quick"]), [4, 2, 1]);
        assert_eq!(phrases(backend, &["QUICK", "fox"]), [2, 1]);
        assert_eq!(phrases(backend, &["quick brown"]), [4, 1]);
        assert_eq!(phrases(backend, &["qui"]), [0; 0]);
        assert_eq!(phrases(backend, &["nothing"]), [0; 0]);
        assert_eq!(phrases(backend, &[]), [5, 4, 3, 2, 1]);
    });
}

#[test]
fn conversation_person_and_time_narrow_a_search() {
    on_each(|backend| {
        let elsewhere = Said {
            place: room("#y", Heard::Open),
            ..said(3, "hello")
        };
        let records = [
            said(1, "hello"),
            Said {
                source: "b[o]b!b@h".into(),
                ..said(2, "hello")
            },
            elsewhere,
            direct(4, "hello"),
            said(5, "hello"),
        ];
        backend.keep(&records.map(record));
        let hello = || Wanted {
            phrases: vec!["hello".into()],
            ..Wanted::default()
        };
        let mut tell = |wanted| search(backend, wanted);
        assert_eq!(tell(hello()), [5, 4, 3, 2, 1]);
        let buffer = |name: &str| Wanted {
            buffer: Some(name.into()),
            ..hello()
        };
        assert_eq!(tell(buffer("#x")), [5, 2, 1]);
        assert_eq!(tell(buffer("a2 ann")), [4]);
        assert_eq!(tell(buffer("a1 bob")), [4]);
        assert_eq!(tell(buffer("#nowhere")), [0; 0]);
        let from = Wanted {
            from: Some("b[o]b".into()),
            ..hello()
        };
        assert_eq!(tell(from), [2]);
        let between = Wanted {
            after: Some(Moment(1)),
            before: Some(Moment(4)),
            ..hello()
        };
        assert_eq!(tell(between), [3, 2]);
    });
}

#[test]
fn nothing_in_a_question_is_a_rule() {
    on_each(|backend| {
        let records = [
            said(1, "a or b near c"),
            said(2, "x NEAR( y"),
            said(3, "100% it's"),
        ];
        backend.keep(&records.map(record));
        assert_eq!(phrases(backend, &["a OR b"]), [1]);
        assert_eq!(phrases(backend, &["near(", "y"]), [2]);
        assert_eq!(phrases(backend, &["100%"]), [3]);
        assert_eq!(phrases(backend, &["it's"]), [3]);
        let long = "word ".repeat(900);
        for odd in [
            "'", "\"", "%", "_", "*", "\\", "", "\0", "text:", "-", "^", "{}", "a\"b", "NEAR",
            "nea*", "AND", "c1", "n616e6e", &long,
        ] {
            let expected: &[u64] = match odd {
                "NEAR" => &[2, 1],
                _ => &[],
            };
            assert_eq!(phrases(backend, &[odd]), expected, "{odd}");
        }
    });
}

#[test]
fn only_messages_with_words_are_found_and_none_that_are_gone() {
    on_each(|backend| {
        let topic = Said {
            verb: Verb::Topic,
            ..said(1, "hello")
        };
        let records = [
            topic,
            said(2, "hello"),
            direct(3, "hello"),
            said(4, "hello"),
        ];
        backend.keep(&records.map(record));
        assert_eq!(phrases(backend, &["hello"]), [4, 3, 2]);
        backend.keep(&[Record::Redacted(id(3))]);
        assert_eq!(phrases(backend, &["hello"]), [4, 2]);
        let retention = Retention {
            per_room: Some(1),
            ..Retention::default()
        };
        backend.store().tidy(&retention, 0).unwrap();
        backend.keep(&[]);
        assert_eq!(phrases(backend, &["hello"]), [4]);
        let renamed = Record::RoomRenamed {
            from: "#x".into(),
            to: "#y".into(),
        };
        backend.keep(&[renamed]);
        assert_eq!(phrases(backend, &["hello"]), [4]);
        assert_eq!(
            backend.moments(Query::Search {
                reader: reader(ANN, &[("#x", 0)]),
                wanted: Wanted::default(),
                limit: 5
            }),
            [0; 0]
        );
    });
}
