//! Nobody reads what they may not, whichever way they ask.

use super::{ANN, BOB, Backend, CAT, direct, id, on_each, page_of, reader, record, room, said};
use crate::proto::msgid::Moment;
use crate::store::query::{Answer, Point, Query, Span, Wanted};
use crate::store::record::account::Party;
use crate::store::record::said::{Heard, Reader, Said};

/// What this reader gets to see of these buffers by any question there is.
fn everything(backend: &mut Backend, reader: &Reader, buffers: &[&str]) -> Vec<u64> {
    let mut seen = Vec::new();
    for buffer in buffers {
        let spans = [
            Span::Latest { after: None },
            Span::Before(Point::Time(u64::MAX)),
            Span::After(Point::Time(0)),
            Span::Around(Point::Time(0)),
            Span::Between(Point::Time(0), Point::Time(9_999_999)),
            Span::Between(Point::Time(9_999_999), Point::Time(0)),
        ];
        for span in spans {
            seen.extend(backend.moments(page_of(buffer, reader.clone(), span, 100)));
        }
        let wanted = Wanted {
            phrases: vec!["secret".into()],
            buffer: Some((*buffer).into()),
            ..Wanted::default()
        };
        seen.extend(found(backend, reader, wanted));
    }
    let wanted = Wanted {
        phrases: vec!["secret".into()],
        ..Wanted::default()
    };
    seen.extend(found(backend, reader, wanted));
    for ms in 1..10 {
        let id = id(at(ms));
        let reader = reader.clone();
        seen.extend(backend.moments(Query::One { reader, id }));
    }
    let targets = backend.ask(Query::Targets {
        reader: reader.clone(),
        after: Moment::START,
        before: Moment::END,
        limit: 100,
    });
    if let Answer::Targets(targets) = targets {
        seen.extend(targets.iter().map(|(_, at)| at.0));
    }
    seen.sort_unstable();
    seen.dedup();
    seen.iter().map(|at| Moment(*at).unix_ms()).collect()
}

fn found(backend: &mut Backend, reader: &Reader, wanted: Wanted) -> Vec<u64> {
    backend.moments(Query::Search {
        reader: reader.clone(),
        wanted,
        limit: 100,
    })
}

fn at(ms: u64) -> u64 {
    Moment::new(ms, 0).0
}

#[test]
fn one_function_decides_on_every_path() {
    on_each(|backend| {
        let heard = |ms, heard| Said {
            place: room("#x", heard),
            ..said(at(ms), "a secret")
        };
        let records = [
            heard(1, Heard::Open),
            heard(2, Heard::Members),
            heard(3, Heard::Only([BOB].into())),
            direct(at(4), "a secret"),
            heard(5, Heard::Members),
        ];
        backend.keep(&records.map(record));
        let buffers = ["#x", "a1 bob", "a2 ann", "a3 ann"];
        let since = |ms| [("#x", at(ms))];
        let mut tell = |reader: Reader| everything(backend, &reader, &buffers);
        assert_eq!(tell(reader(ANN, &since(0))), [1, 2, 3, 4, 5]);
        assert_eq!(tell(reader(BOB, &since(0))), [1, 2, 3, 4, 5]);
        assert_eq!(tell(reader(BOB, &since(4))), [1, 3, 4, 5]);
        assert_eq!(tell(reader(CAT, &since(4))), [1, 5]);
        assert_eq!(tell(reader(CAT, &since(9))), [1]);
        assert_eq!(tell(reader(CAT, &[])), [0; 0]);
        assert_eq!(tell(reader(CAT, &[("#y", 0)])), [0; 0]);
        let guest = Reader {
            who: Party::Guest(2),
            ..reader(BOB, &since(4))
        };
        assert_eq!(tell(guest), [1, 5]);
    });
}

#[test]
fn what_may_not_be_read_does_not_count_towards_a_page() {
    on_each(|backend| {
        let records = (1..=300).map(|n| {
            let heard = match n % 3 {
                0 => Heard::Open,
                _ => Heard::Only([].into()),
            };
            record(Said {
                place: room("#x", heard),
                ..said(n, "x")
            })
        });
        backend.keep(&records.collect::<Vec<_>>());
        let reader = reader(BOB, &[("#x", 0)]);
        let span = Span::Latest { after: None };
        let told = backend.moments(page_of("#x", reader, span, 50));
        assert_eq!(told.len(), 50);
        assert!(told.iter().all(|at| at % 3 == 0) && told[49] == 300 && told[0] == 153);
    });
}
