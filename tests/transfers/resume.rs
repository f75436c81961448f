//! Transfers that break off in the middle, and go on.

use crate::changes::wait_for;
use crate::http::{Answer, House, answer, ask, content, dial, get, head, sha256};
use std::io::{Read, Write};
use std::net::Shutdown;

const KIND: (&str, &str) = ("Content-Type", "application/offset+octet-stream");

/// Begins an upload of so many bytes; where it is.
fn create(house: &House, bytes: usize) -> String {
    // "a.bin" and "#r".
    let about = "filename YS5iaW4=,to I3I=";
    let length = bytes.to_string();
    let headers = [
        ("Upload-Length", length.as_str()),
        ("Upload-Metadata", about),
    ];
    let created = house.tus("POST /files/uploads", &headers, &[]);
    assert_eq!(created.status, 201, "{created:?}");
    assert_eq!(created.header("upload-offset"), Some("0"));
    created.header("location").expect("it is there").to_owned()
}

fn patch(house: &House, place: &str, offset: usize, bytes: &[u8]) -> Answer {
    let (offset, length) = (offset.to_string(), bytes.len().to_string());
    let headers = [
        KIND,
        ("Upload-Offset", offset.as_str()),
        ("Content-Length", length.as_str()),
    ];
    house.tus(&format!("PATCH {place}"), &headers, bytes)
}

fn offset(house: &House, place: &str) -> usize {
    let answer = house.tus(&format!("HEAD {place}"), &[], &[]);
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    answer
        .header("upload-offset")
        .expect("it is there")
        .parse()
        .expect("it is there")
}

/// Announces so many bytes and sends only these.
fn break_off(house: &House, place: &str, from: usize, announced: usize, bytes: &[u8]) {
    let (bearer, from, announced) = (house.bearer(), from.to_string(), announced.to_string());
    let headers = [
        KIND,
        ("Authorization", bearer.as_str()),
        ("Tus-Resumable", "1.0.0"),
        ("Upload-Offset", from.as_str()),
        ("Content-Length", announced.as_str()),
    ];
    let mut stream = dial(house.port());
    let line = format!("PATCH {place}");
    stream
        .write_all(head(house.port(), &line, &headers).as_bytes())
        .expect("it is there");
    stream.write_all(bytes).expect("it is there");
    stream.shutdown(Shutdown::Both).expect("it is there");
}

#[test]
fn an_upload_that_breaks_off_at_half_goes_on_there() {
    let mut house = House::new("");
    let bytes = content(2_000_001, 2);
    let half = bytes.len() / 2;
    let place = create(&house, bytes.len());
    break_off(&house, &place, 0, bytes.len(), &bytes[..half]);
    wait_for(&house.changes(), "what came is stored", || {
        let coming = house.stored("incoming").pop().expect("it is coming");
        std::fs::metadata(coming).unwrap().len() == half as u64
    });
    assert_eq!(offset(&house, &place), half);
    assert!(house.listed().is_empty());
    let too_far = patch(&house, &place, half + 1, &bytes[half + 1..]);
    assert_eq!(too_far.status, 409, "{too_far:?}");
    let done = patch(&house, &place, half, &bytes[half..]);
    assert_eq!(done.status, 204, "{done:?}");
    assert_eq!(done.header("upload-offset"), Some("2000001"));
    assert_eq!(done.header("x-chat-sha256"), Some(sha256(&bytes).as_str()));
    let file = done.header("content-location").unwrap();
    assert!(file.starts_with(&format!("/files/{}/", done.header("x-chat-file").unwrap())));
    assert!(get(house.port(), file).body == bytes);
    house.ann.until("PRIVMSG #r");
    // It is a file now, and no upload any more.
    let gone = house.tus(&format!("HEAD {place}"), &[], &[]);
    assert_eq!((gone.status, gone.header("upload-offset")), (404, None));
    assert!(house.stored("incoming").is_empty());
}

#[test]
fn whoever_comes_back_takes_the_upload_from_a_connection_that_hangs() {
    let house = House::new("");
    let bytes = content(600_000, 3);
    let place = create(&house, bytes.len());
    let bearer = house.bearer();
    let headers = [
        KIND,
        ("Authorization", bearer.as_str()),
        ("Tus-Resumable", "1.0.0"),
        ("Upload-Offset", "0"),
        ("Content-Length", "600000"),
    ];
    let mut hangs = dial(house.port());
    let line = format!("PATCH {place}");
    let begin = head(house.port(), &line, &headers);
    hangs.write_all(begin.as_bytes()).unwrap();
    hangs.write_all(&bytes[..300_000]).unwrap();
    // The bytes on the way may still come, so that it is asked until they have.
    let mut at = 0;
    wait_for(&house.changes(), "some of it came", || {
        at = offset(&house, &place);
        at > 0
    });
    let done = patch(&house, &place, at, &bytes[at..]);
    assert_eq!(done.status, 204, "{done:?}");
    let file = done.header("content-location").unwrap();
    assert!(get(house.port(), file).body == bytes);
    assert_eq!(answer(&mut hangs).status, 409);
}

#[test]
fn an_upload_of_several_requests_and_one_of_a_single_request_are_files() {
    let house = House::new("");
    let place = create(&house, 6);
    assert_eq!(patch(&house, &place, 0, b"ab").status, 204);
    assert_eq!(patch(&house, &place, 2, b"").status, 204);
    let last = patch(&house, &place, 2, b"cdef");
    let file = last.header("content-location").unwrap();
    assert_eq!(get(house.port(), file).body, b"abcdef");
    let headers = [KIND, ("Upload-Length", "3"), ("Content-Length", "3")];
    let whole = house.tus("POST /files/uploads", &headers, b"xyz");
    assert_eq!(
        (whole.status, whole.header("upload-offset")),
        (201, Some("3"))
    );
    let file = whole.header("content-location").unwrap();
    assert_eq!(get(house.port(), file).body, b"xyz");
    let empty = house.tus("POST /files/uploads", &[("Upload-Length", "0")], &[]);
    let file = empty.header("content-location").unwrap();
    assert_eq!(get(house.port(), file).body, b"");
}

#[test]
fn an_upload_that_is_given_up_leaves_nothing() {
    let house = House::new("files: {per_account: 1000}\n");
    let place = create(&house, 1000);
    assert_eq!(patch(&house, &place, 0, b"some").status, 204);
    let more = house.tus("POST /files/uploads", &[("Upload-Length", "1")], &[]);
    assert_eq!(more.status, 507, "what is announced counts: {more:?}");
    assert_eq!(house.stored("incoming").len(), 1);
    let deleted = house.tus(&format!("DELETE {place}"), &[], &[]);
    assert_eq!(deleted.status, 204);
    assert!(house.stored("incoming").is_empty());
    for line in ["HEAD", "DELETE", "PATCH"].map(|verb| format!("{verb} {place}")) {
        let headers = [KIND, ("Upload-Offset", "4")];
        assert_eq!(house.tus(&line, &headers, &[]).status, 404, "{line}");
    }
    create(&house, 1000);
}

#[test]
fn what_is_no_tus_is_told_so() {
    let house = House::new("");
    let place = create(&house, 10);
    let line = format!("PATCH {place}");
    let bearer = house.bearer();
    let (who, from) = (("Authorization", bearer.as_str()), ("Upload-Offset", "0"));
    let answer = ask(house.port(), &line, &[who, KIND, from], &[]);
    assert_eq!(
        (answer.status, answer.header("tus-version")),
        (412, Some("1.0.0"))
    );
    assert_eq!(house.tus(&line, &[from], &[]).status, 415);
    for wrong in ["-1", "", "x", "1e3"] {
        let headers = [KIND, ("Upload-Offset", wrong)];
        assert_eq!(house.tus(&line, &headers, &[]).status, 400, "{wrong}");
        let headers = [("Upload-Length", wrong)];
        let created = house.tus("POST /files/uploads", &headers, &[]);
        assert_eq!(created.status, 400, "{wrong}");
    }
    assert_eq!(patch(&house, &place, 0, b"more than ten bytes").status, 400);
    // Nobody could tell beforehand how long that is.
    let pieces = [KIND, from, ("Transfer-Encoding", "chunked")];
    let answer = house.tus(&line, &pieces, b"1\r\nx\r\n0\r\n\r\n");
    assert_eq!(answer.status, 400, "{answer:?}");
    assert_eq!(offset(&house, &place), 0);
    // Where PATCH does not get through, a header says it.
    let place = create(&house, 1);
    let headers = [
        KIND,
        from,
        ("X-HTTP-Method-Override", "PATCH"),
        ("Content-Length", "1"),
    ];
    let answer = house.tus(&format!("POST {place}"), &headers, b"x");
    assert_eq!(answer.status, 204, "{answer:?}");
    let offered = ask(house.port(), "OPTIONS /files/uploads", &[], &[]);
    assert_eq!(
        (offered.status, offered.header("tus-version")),
        (204, Some("1.0.0"))
    );
}

#[test]
fn nobody_else_goes_on_with_an_upload() {
    let house = House::new("");
    let place = create(&house, 10);
    let mut eve = house.served.client("eve");
    let bearer = format!("Bearer {}", crate::http::token(&mut eve));
    for (who, status) in [(bearer.as_str(), 404), ("Bearer x", 401)] {
        for verb in ["HEAD", "PATCH", "DELETE"] {
            let headers = [
                KIND,
                ("Authorization", who),
                ("Tus-Resumable", "1.0.0"),
                ("Upload-Offset", "0"),
            ];
            let answer = ask(house.port(), &format!("{verb} {place}"), &headers, &[]);
            assert_eq!(answer.status, status, "{verb}");
            assert_eq!(answer.header("upload-offset"), None);
        }
    }
    assert_eq!(offset(&house, &place), 0);
}

#[test]
fn a_download_that_breaks_off_at_half_goes_on_there() {
    let house = House::new("");
    let bytes = content(3_000_001, 4);
    let place = house.share("a.bin", &bytes);
    let mut stream = dial(house.port());
    let begin = head(house.port(), &format!("GET {place}"), &[]);
    stream.write_all(begin.as_bytes()).unwrap();
    let mut first = vec![0; bytes.len() / 2];
    stream.read_exact(&mut first).unwrap();
    drop(stream);
    let end = first
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap();
    let mut got = first[end + 4..].to_vec();
    let tag = format!("\"{}\"", sha256(&bytes));
    let range = format!("bytes={}-", got.len());
    let headers = [("Range", range.as_str()), ("If-Range", tag.as_str())];
    let rest = ask(house.port(), &format!("GET {place}"), &headers, &[]);
    assert_eq!(rest.status, 206);
    let part = format!("bytes {}-3000000/3000001", got.len());
    assert_eq!(rest.header("content-range"), Some(part.as_str()));
    got.extend(rest.body);
    assert!(got == bytes);
    // It is another file by now: all of it.
    let headers = [("Range", range.as_str()), ("If-Range", "\"x\"")];
    let other = ask(house.port(), &format!("GET {place}"), &headers, &[]);
    assert_eq!((other.status, other.body.len()), (200, bytes.len()));
}
