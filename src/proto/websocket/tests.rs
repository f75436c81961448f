//! Frames that come, good and bad, and lines that leave as frames.

use super::*;

/// A frame as a client sends it: masked.
fn masked(head: u8, payload: &[u8]) -> Vec<u8> {
    let mask = [7, 1, 200, 33];
    let mut bytes = vec![head];
    match payload.len() {
        short @ 0..126 => bytes.push(0x80 | short as u8),
        long => {
            bytes.push(0x80 | 126);
            bytes.extend((long as u16).to_be_bytes());
        }
    }
    bytes.extend(mask);
    let payload = payload.iter().zip(mask.iter().cycle());
    bytes.extend(payload.map(|(byte, mask)| byte ^ mask));
    bytes
}

/// What came of bytes: lines, answers, and the end.
fn taken(protocol: Protocol, bytes: &[u8], piece: usize) -> (String, Vec<u8>, Option<End>, u16) {
    let mut frames = Frames::new(protocol);
    let (mut lines, mut answers) = (Vec::new(), Vec::new());
    let mut end = None;
    for chunk in bytes.chunks(piece) {
        end = frames.take_in(chunk, &mut lines, &mut answers);
        if end.is_some() {
            break;
        }
    }
    let code = frames
        .goodbye(0)
        .map_or(0, |last| u16::from_be_bytes([last[2], last[3]]));
    assert_eq!(frames.goodbye(0), None);
    (String::from_utf8(lines).unwrap(), answers, end, code)
}

#[test]
fn each_message_is_a_line_in_whatever_pieces_it_comes() {
    let bytes = [
        masked(0x81, "NICK ä".as_bytes()),
        masked(0x81, b""),
        masked(0x01, b"PRIVMSG #r :one "),
        masked(0x89, b"there?"),
        masked(0x80, b"two\r\n"),
        masked(0x81, &[b'x'; 400]),
    ]
    .concat();
    let lines = format!("NICK ä\n\nPRIVMSG #r :one two\n{}\n", "x".repeat(400));
    for piece in [1, 2, 3, 100, bytes.len()] {
        let seen = taken(Protocol::Text, &bytes, piece);
        assert_eq!(seen, (lines.clone(), b"\x8a\x06there?".to_vec(), None, 0));
    }
}

#[test]
fn what_breaks_the_rules_is_told_by_its_code() {
    let unmasked = [0x81, 1, b'x'].to_vec();
    let huge = [&[0x82, 0xff][..], &(1_u64 << 63).to_be_bytes(), &[0; 4]].concat();
    let long = [&[0x82, 0xff][..], &(1_u64 << 40).to_be_bytes(), &[0; 4]].concat();
    for (bytes, code) in [
        (unmasked, 1002),
        (masked(0xc1, b"x"), 1002),
        (masked(0x91, b"x"), 1002),
        (masked(0x83, b"x"), 1002),
        (masked(0x8b, b"x"), 1002),
        (masked(0x80, b"x"), 1002),
        (masked(0x09, b"x"), 1002),
        (masked(0x89, &[0; 126]), 1002),
        (masked(0x88, &[3]), 1002),
        (huge, 1002),
        (long, 1009),
        (masked(0x81, &[b'x'; LONGEST + 1]), 1009),
        (
            [masked(0x01, &[b'x'; LONGEST]), masked(0x80, b"x")].concat(),
            1009,
        ),
        (masked(0x81, b"\xff"), 1007),
        (masked(0x82, b"x"), 1003),
        (masked(0x81, b"PING a\r\nPING b"), 1007),
        (masked(0x81, b"PING a\nPING b\n"), 1007),
        (masked(0x81, b"PING a\rPING b"), 1007),
    ] {
        for piece in [1, bytes.len()] {
            let seen = taken(Protocol::Text, &bytes, piece);
            assert_eq!((seen.0.as_str(), seen.3), ("", code), "{bytes:02x?}");
            assert!(matches!(seen.2, Some(End::TooLong | End::Broken(_))));
        }
    }
    assert_eq!(taken(Protocol::Binary, &masked(0x81, b"x"), 9).3, 1003);
    assert_eq!(taken(Protocol::Either, &masked(0x82, b"x"), 9).0, "x\n");
}

#[test]
fn a_close_is_answered_and_nothing_behind_it_counts() {
    let bytes = [masked(0x88, &[3, 0xe9, b'!']), masked(0x81, b"NICK x")].concat();
    let (lines, answers, end, _) = taken(Protocol::Text, &bytes, bytes.len());
    assert_eq!((lines.as_str(), end), ("", Some(End::Finished)));
    assert_eq!(answers, [0x88, 3, 3, 0xe9, b'!']);
}

#[test]
fn lines_leave_as_text_or_bytes_and_text_is_always_text() {
    let sent = |kind, lines: &[u8]| {
        let mut out = Vec::new();
        write(kind, lines, &mut out);
        out
    };
    assert_eq!(
        sent(Kind::Text, b"PING a\r\n:s 001 a\r\n"),
        b"\x81\x06PING a\x81\x08:s 001 a"
    );
    assert_eq!(
        sent(Kind::Binary, b"a\xff\r\nb\r\n"),
        b"\x82\x02a\xff\x82\x01b"
    );
    assert_eq!(sent(Kind::Text, b"a\xff\r\n"), b"\x81\x04a\xef\xbf\xbd");
    let long = sent(Kind::Text, &[&[b'y'; 200][..], b"\r\n"].concat());
    assert_eq!((&long[..4], long.len()), (&b"\x81\x7e\x00\xc8"[..], 204));
    let mut frames = Frames::new(Protocol::Either);
    assert_eq!(frames.kind(), Some(Kind::Text));
    assert_eq!(frames.goodbye(1001).unwrap(), [0x88, 2, 3, 0xe9]);
    assert_eq!((frames.kind(), frames.goodbye(1001)), (None, None));
    assert_eq!(Frames::new(Protocol::Binary).kind(), Some(Kind::Binary));
}

#[test]
fn no_more_than_a_message_is_held_whatever_a_header_promises() {
    let mut frames = Frames::new(Protocol::Text);
    let (mut lines, mut answers) = (Vec::new(), Vec::new());
    let part = masked(0x01, &[b'x'; LONGEST - 1]);
    assert_eq!(frames.take_in(&part, &mut lines, &mut answers), None);
    let more = masked(0x00, b"yy");
    assert_eq!(
        frames.take_in(&more, &mut lines, &mut answers),
        Some(End::TooLong)
    );
}
