//! Effects come out in order, and those that depend on a record do not without it.

use super::*;

#[test]
fn effects_come_out_in_the_order_they_went_in() {
    let (a, b) = (
        SessionId {
            index: 0,
            generation: 1,
        },
        SessionId {
            index: 1,
            generation: 1,
        },
    );
    let mut effects = Effects::default();
    effects.send(&[a, b], |out| out.extend_from_slice(b"one\r\n"));
    effects.close(a);
    effects.send(&[b], |out| out.extend_from_slice(b"two\r\n"));
    let seen: Vec<_> = effects.iter().collect();
    assert_eq!(
        seen,
        [
            Effect::Send {
                line: b"one\r\n",
                to: &[a, b]
            },
            Effect::Close(a),
            Effect::Send {
                line: b"two\r\n",
                to: &[b]
            },
        ]
    );
    effects.clear();
    assert!(effects.is_empty());
}

#[test]
fn what_depends_on_a_record_is_not_done_if_it_cannot_be_stored() {
    let ann = SessionId {
        index: 0,
        generation: 1,
    };
    let mut effects = Effects::default();
    effects.close(ann);
    let mark = effects.mark();
    effects.send(&[ann], |out| out.extend_from_slice(b"said\r\n"));
    effects.keep(Record::RoomGone("#x".into()));
    assert!(effects.has_promised(mark));
    let by = Culprit::Operator(Ticket(1));
    effects.tie(mark, by.clone());
    let mark = effects.mark();
    effects.keep(Record::Seen {
        nick: "ann".into(),
        unix_ms: 1,
    });
    assert!(!effects.has_promised(mark));
    effects.send(&[ann], |out| out.extend_from_slice(b"PONG\r\n"));
    assert_eq!(effects.break_promises(), [by]);
    let left: Vec<_> = effects.iter().collect();
    assert!(
        matches!(
            left[..],
            [
                Effect::Close(_),
                Effect::Send {
                    line: b"PONG\r\n",
                    ..
                }
            ]
        ),
        "{left:?}"
    );
}

#[test]
fn a_promise_of_an_earlier_batch_takes_nothing_from_a_later_one() {
    let ann = SessionId {
        index: 0,
        generation: 1,
    };
    let mut effects = Effects::default();
    let mark = effects.mark();
    effects.close(ann);
    effects.tie(mark, Culprit::Operator(Ticket(1)));
    effects.clear();
    effects.close(ann);
    assert_eq!(effects.break_promises(), []);
    assert_eq!(effects.iter().count(), 1);
}
