//! Parts of conversations: which messages, in which order, from which point.

use super::{ANN, BOB, Backend, answer, direct, id, on_each, page, page_of, reader, record, said};
use crate::proto::msgid::{Moment, MsgId};
use crate::store::query::{Answer, Kinds, Page, Point, Query, Span};
use crate::store::record::account::Party;
use crate::store::record::said::{Heard, Place, Said, Verb, Words};

/// Twenty messages; the first ten in the millisecond 1, the others in the milliseconds 2 to 11.
fn twenty(backend: &mut Backend) -> Vec<u64> {
    let same = (0..10).map(|n| Moment::new(1, n).0);
    let moments: Vec<u64> = same.chain((2..12).map(|ms| Moment::new(ms, 0).0)).collect();
    let records: Vec<_> = moments.iter().map(|at| record(said(*at, "hi"))).collect();
    backend.keep(&records);
    moments
}

#[test]
fn each_span_tells_what_it_says_and_never_the_point_itself() {
    on_each(|backend| {
        let all = twenty(backend);
        let point = |n: usize| Point::Id(id(all[n]));
        let mut tell = |span, limit| backend.moments(page(span, limit));
        assert_eq!(tell(Span::Latest { after: None }, 3), all[17..]);
        assert_eq!(tell(Span::Latest { after: None }, 100), all);
        let after = Some(point(18));
        assert_eq!(tell(Span::Latest { after }, 3), all[19..]);
        assert_eq!(tell(Span::Before(point(5)), 3), all[2..5]);
        assert_eq!(tell(Span::After(point(5)), 3), all[6..9]);
        assert_eq!(tell(Span::Around(point(5)), 4), all[3..7]);
        assert_eq!(tell(Span::Around(point(5)), 1), all[5..6]);
        assert_eq!(tell(Span::Around(point(0)), 4), all[..4]);
        assert_eq!(tell(Span::Around(point(19)), 4), all[16..]);
        assert_eq!(tell(Span::Between(point(2), point(9)), 3), all[3..6]);
        assert_eq!(tell(Span::Between(point(9), point(2)), 3), all[6..9]);
        assert_eq!(tell(Span::Between(point(2), point(9)), 100), all[3..9]);
        assert_eq!(tell(Span::Between(point(2), point(2)), 100), [0; 0]);
        assert_eq!(tell(Span::Latest { after: None }, 0), [0; 0]);
    });
}

#[test]
fn a_time_leaves_out_all_of_its_millisecond() {
    on_each(|backend| {
        let all = twenty(backend);
        let mut tell = |span| backend.moments(page(span, 100));
        assert_eq!(tell(Span::Before(Point::Time(1))), [0; 0]);
        assert_eq!(tell(Span::After(Point::Time(1))), all[10..]);
        assert_eq!(tell(Span::Before(Point::Time(2))), all[..10]);
        let span = Span::Between(Point::Time(1), Point::Time(4));
        assert_eq!(tell(span), all[10..12]);
        let span = Span::Between(Point::Time(4), Point::Time(1));
        assert_eq!(tell(span), all[10..12]);
        assert_eq!(tell(Span::Between(Point::Time(1), Point::Time(1))), [0; 0]);
        assert_eq!(tell(Span::Around(Point::Time(1))), all);
        assert_eq!(tell(Span::After(Point::Time(u64::MAX))), [0; 0]);
        assert_eq!(tell(Span::Before(Point::Time(u64::MAX))), all);
    });
}

#[test]
fn a_message_that_is_not_there_or_not_to_be_read_is_no_point() {
    on_each(|backend| {
        backend.keep(&[record(said(10, "hi")), record(direct(20, "psst"))]);
        let secret = Said {
            place: super::room("#x", Heard::Members),
            ..said(30, "closed")
        };
        backend.keep(&[record(secret)]);
        let wrong = MsgId { nonce: 1, ..id(10) };
        let reader = reader(BOB, &[("#x", 31)]);
        for point in [id(11), id(20), id(30), wrong].map(Point::Id) {
            for span in [
                Span::Before(point),
                Span::After(point),
                Span::Around(point),
                Span::Between(Point::Time(0), point),
                Span::Latest { after: Some(point) },
            ] {
                let answer = backend.ask(page_of("#x", reader.clone(), span, 5));
                assert_eq!(answer, Answer::NoSuchPoint, "{span:?}");
            }
        }
    });
}

#[test]
fn both_sides_of_a_direct_conversation_read_it_whole_and_in_order() {
    on_each(|backend| {
        let both = (1..40u64).map(|at| match at % 3 {
            0 => record(answer(at, "yes")),
            _ => record(direct(at, "well")),
        });
        backend.keep(&both.collect::<Vec<_>>());
        let all: Vec<u64> = (1..40).collect();
        for (who, buffer) in [(ANN, "a1 bob"), (BOB, "a2 ann")] {
            let mut tell =
                |span, limit| backend.moments(page_of(buffer, reader(who, &[]), span, limit));
            assert_eq!(tell(Span::Latest { after: None }, 100), all);
            assert_eq!(tell(Span::Before(Point::Id(id(20))), 4), [16, 17, 18, 19]);
            assert_eq!(tell(Span::After(Point::Id(id(20))), 4), [21, 22, 23, 24]);
        }
    });
}

#[test]
fn what_happened_is_told_only_to_those_who_ask_for_it() {
    on_each(|backend| {
        let join = Said {
            verb: Verb::Join,
            text: None,
            ..said(2, "")
        };
        let reaction = Said {
            verb: Verb::Tagmsg,
            text: None,
            ..said(4, "")
        };
        let records = [said(1, "a"), join, said(3, "b"), reaction].map(record);
        backend.keep(&records);
        for (kinds, expected) in [
            (Kinds::Messages, vec![1, 3]),
            (Kinds::Everything, vec![1, 2, 3, 4]),
        ] {
            let page = Page {
                buffer: "#x".into(),
                span: Span::Latest { after: None },
                limit: 10,
                kinds,
                reader: reader(BOB, &[("#x", 0)]),
            };
            assert_eq!(backend.moments(Query::Page(page)), expected);
        }
    });
}

#[test]
fn everything_comes_back_as_it_was_said() {
    on_each(|backend| {
        let all = vec![
            Said {
                is_bot: true,
                account: None,
                tags: "+draft/reply=x;+y".into(),
                text: Some("two\nlines, ein Umlaut ü, and \u{0}".into()),
                words: ["#x", "", "b c"].into(),
                ..said(1, "")
            },
            Said {
                verb: Verb::Tagmsg,
                text: None,
                words: Words::default(),
                by: Party::Guest(9),
                place: super::room("#x", Heard::Members),
                ..said(2, "")
            },
            Said {
                verb: Verb::Notice,
                text: Some("".into()),
                place: super::room("#x", Heard::Only([BOB, ANN].into())),
                ..said(3, "")
            },
            direct(4, "to bob"),
            Said {
                by: Party::Guest(4),
                place: Place::Direct {
                    from: "wal[t]er".into(),
                    to: Party::Account(BOB),
                    to_name: "bob".into(),
                },
                ..said(5, "from a guest")
            },
            Said {
                by: Party::Account(BOB),
                place: Place::Direct {
                    from: "bob".into(),
                    to: Party::Account(BOB),
                    to_name: "bob".into(),
                },
                ..said(6, "to myself")
            },
        ];
        let records: Vec<_> = all.iter().cloned().map(record).collect();
        backend.keep(&records);
        backend.reopen();
        for said in all {
            let reader = reader(BOB, &[("#x", 0)]);
            let answer = backend.ask(Query::One {
                reader,
                id: said.id,
            });
            assert_eq!(answer, Answer::Said(vec![said.into()]));
        }
    });
}

#[test]
fn conversations_are_told_by_when_something_was_last_said_there() {
    on_each(|backend| {
        let elsewhere = |at, name| Said {
            place: super::room(name, Heard::Open),
            ..said(at, "")
        };
        let join = Said {
            verb: Verb::Join,
            ..elsewhere(60, "#x")
        };
        let records = [
            said(10, ""),
            elsewhere(20, "#y"),
            direct(30, ""),
            answer(35, ""),
            said(40, ""),
            elsewhere(50, "#z"),
            join,
        ];
        backend.keep(&records.map(record));
        let mut tell = |after, before, limit| {
            let query = Query::Targets {
                reader: reader(BOB, &[("#x", 0), ("#y", 0)]),
                after: Moment(after),
                before: Moment(before),
                limit,
            };
            match backend.ask(query) {
                Answer::Targets(targets) => targets
                    .into_iter()
                    .map(|(name, at)| (name.to_string(), at.0))
                    .collect::<Vec<_>>(),
                other => panic!("{other:?}"),
            }
        };
        let named = |name: &str, at| (name.to_owned(), at);
        let all = [named("#y", 20), named("ann", 35), named("#x", 40)];
        assert_eq!(tell(0, 100, 10), all);
        assert_eq!(tell(0, 100, 2), all[..2]);
        assert_eq!(tell(20, 40, 10), [named("ann", 35)]);
        assert_eq!(
            tell(0, 40, 10),
            [named("#x", 10), named("#y", 20), named("ann", 35)]
        );
        assert_eq!(tell(40, 40, 10), []);
    });
}
