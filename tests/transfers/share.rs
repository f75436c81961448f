//! Files are shared, found and read; what is deleted is gone from the disk.

use crate::changes::wait_for;
use crate::http::{House, ask, content, get, sha256};

#[test]
fn a_file_is_said_in_its_room_and_comes_back_byte_for_byte() {
    let mut house = House::new("");
    let mut bob = house.served.client("bob");
    bob.send("JOIN #r");
    bob.until(" 366 ");
    let bytes = content(3_000_001, 1);
    let answer = house.post("/files?to=%23r", "a b\u{e9}.bin", &bytes);
    assert_eq!(answer.status, 201, "{answer:?}");
    let about = answer.json();
    let (place, link) = (answer.header("location").unwrap(), &about["url"]);
    assert_eq!(about["sha256"], sha256(&bytes).as_str());
    assert_eq!(about["bytes"], 3_000_001);
    assert_eq!(about["name"], "a bé.bin");
    assert_eq!(*link, format!("http://127.0.0.1:{}{place}", house.port()));
    let heard = bob.until("PRIVMSG #r").pop().unwrap();
    assert!(heard.contains(link.as_str().unwrap()), "{heard}");
    let whole = get(house.port(), place);
    assert_eq!(whole.status, 200);
    assert!(whole.body == bytes);
    let length = bytes.len().to_string();
    assert_eq!(whole.header("content-length"), Some(length.as_str()));
    let only_head = ask(house.port(), &format!("HEAD {place}"), &[], &[]);
    assert_eq!(only_head.header("content-length"), Some(length.as_str()));
    assert_eq!((only_head.status, only_head.body.len()), (200, 0));
    assert_eq!(house.listed(), ["a bé.bin"]);
}

#[test]
fn who_has_a_file_already_is_not_sent_it_again() {
    let house = House::new("");
    let place = house.share("a.txt", b"text");
    let tag = get(house.port(), &place).header("etag").unwrap().to_owned();
    assert_eq!(tag, format!("\"{}\"", sha256(b"text")));
    for known in [tag.clone(), format!("\"x\", W/{tag}"), "*".to_owned()] {
        let line = format!("GET {place}");
        let answer = ask(house.port(), &line, &[("If-None-Match", &known)], &[]);
        assert_eq!((answer.status, answer.body.len()), (304, 0), "{known}");
    }
    let line = format!("GET {place}");
    let answer = ask(house.port(), &line, &[("If-None-Match", "\"x\"")], &[]);
    assert_eq!((answer.status, answer.body), (200, b"text".to_vec()));
}

#[test]
fn two_files_of_one_name_are_two_and_equal_bytes_are_stored_once() {
    let mut house = House::new("");
    let one = house.share("a.txt", b"one");
    let two = house.share("a.txt", b"two");
    let again = house.share("b.txt", b"one");
    assert_eq!(house.listed(), ["b.txt", "a.txt", "a.txt"]);
    assert_eq!(get(house.port(), &one).body, b"one");
    assert_eq!(get(house.port(), &two).body, b"two");
    assert_eq!(house.stored("objects").len(), 2);
    delete(&mut house, &one);
    delete(&mut house, &two);
    assert_eq!(get(house.port(), &one).status, 404);
    wait_for(&house.changes(), "bytes that nothing needs go", || {
        house.stored("objects").len() == 1
    });
    assert_eq!(get(house.port(), &again).body, b"one");
    delete(&mut house, &again);
    wait_for(&house.changes(), "the last bytes go", || {
        house.stored("objects").is_empty()
    });
}

fn delete(house: &mut House, place: &str) {
    let id = place.split('/').nth(2).expect("it is there");
    house.ann.send(&format!("FILE DELETE {id}"));
    house.ann.until("FILE DELETED");
}

#[test]
fn what_a_browser_could_run_is_only_saved() {
    let house = House::new("");
    for (name, bytes) in [
        ("a.html", &b"<script>alert(1)</script>"[..]),
        (
            "a.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        ),
        ("a.xml", b"<?xml version='1.0'?><x/>"),
        ("a.png", b"<html>no picture</html>"),
        ("a.pdf", b"%PDF-1.7"),
    ] {
        let place = house.share(name, bytes);
        for query in ["", "?inline", "?inline=1&x=y"] {
            let answer = get(house.port(), &format!("{place}{query}"));
            let header = |name| answer.header(name).unwrap_or_default().to_owned();
            assert_eq!(header("content-type"), "application/octet-stream");
            assert!(header("content-disposition").starts_with("attachment; "));
            assert_eq!(header("x-content-type-options"), "nosniff");
            let policy = header("content-security-policy");
            assert_eq!(policy, "sandbox; default-src 'none'", "{name}{query}");
            assert_eq!(answer.body, bytes);
        }
    }
}

#[test]
fn a_picture_is_shown_where_that_is_asked_for() {
    let house = House::new("");
    let place = house.share("a.txt", b"\x89PNG\r\n\x1a\n and so on");
    let answer = get(house.port(), &format!("{place}?inline"));
    assert_eq!(answer.header("content-type"), Some("image/png"));
    assert_eq!(answer.header("content-disposition"), Some("inline"));
    let answer = get(house.port(), &place);
    let kind = answer.header("content-type");
    assert_eq!(kind, Some("application/octet-stream"));
}

#[test]
fn the_place_of_a_photo_is_taken_out_if_the_operator_wants_that() {
    let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0 52.52N";
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let photo = [
        b"\xff\xd8\xff\xe1",
        &length[..],
        exif,
        b"\xff\xda\0\x02pixels\xff\xd9",
    ]
    .concat();
    for (config, is_plain) in [("", false), ("files: {strip_metadata: true}\n", true)] {
        let house = House::new(config);
        let answer = house.post("/files", "a.jpg", &photo);
        let got = get(house.port(), answer.header("location").unwrap());
        assert!(got.body.starts_with(b"\xff\xd8") && got.body.ends_with(b"pixels\xff\xd9"));
        let has_place = got.body.windows(6).any(|six| six == b"52.52N");
        assert_eq!(has_place, !is_plain, "{config}");
        assert_eq!(answer.json()["bytes"], got.body.len());
        assert_eq!(answer.json()["sha256"], sha256(&got.body).as_str());
        let words = house.post("/files", "a.txt", b"no picture 52.52N");
        assert_eq!(words.json()["bytes"], 17);
    }
}
