//! What nobody should send, and what comes of it.

use crate::changes::wait_for;
use crate::http::{House, ask, dial, get, head};
use socket2::SockRef;
use std::fs;
use std::io::{Read, Write};
use std::time::Duration;

#[test]
fn a_name_is_never_a_path() {
    let mut house = House::new("");
    for (name, shown) in [
        ("../../etc/passwd", Some("passwd")),
        ("/etc/x", Some("x")),
        ("..\\\\..\\\\x", Some("x")),
        ("a/../../b", Some("b")),
        (".", None),
        ("..", None),
        ("", None),
        ("a/", None),
    ] {
        let answer = house.post("/files", name, b"text");
        match shown {
            Some(shown) => assert_eq!(answer.json()["name"], shown, "{name}"),
            None => assert_eq!(answer.status, 400, "{name}: {answer:?}"),
        }
    }
    let length = [("Content-Length", "4")];
    for name in [
        "%00",
        "%0a",
        "..%2f..%2fx%0d%0aSet-Cookie:%20a",
        "x".repeat(300).as_str(),
    ] {
        let bearer = house.bearer();
        let headers = [length[0], ("Authorization", bearer.as_str())];
        let line = format!("POST /files?name={name}");
        let answer = ask(house.port(), &line, &headers, b"text");
        if answer.status == 201 {
            let shown = answer.json()["name"].as_str().unwrap().to_owned();
            assert!(shown.len() <= 255 && !shown.contains(['/', '\\', '\r', '\n', '\0']));
            let got = get(house.port(), answer.header("location").unwrap());
            assert_eq!(got.status, 200);
            assert_eq!(got.header("set-cookie"), None);
        } else {
            assert_eq!(answer.status, 400, "{name}");
        }
    }
    assert_eq!(house.stored("objects").len(), 1);
    assert!(house.listed().iter().all(|name| !name.contains('/')));
}

#[test]
fn no_path_leads_out_of_the_files() {
    let house = House::new("");
    let place = house.share("a.txt", b"text");
    let id = place.split('/').nth(2).unwrap();
    for path in [
        "/files/..%2f..%2fetc%2fpasswd",
        "/files/../../etc/passwd",
        "/files//etc/passwd",
        "/files/%00",
        "/files/objects",
        "/files/uploads/../objects",
        "/files/incoming/x",
        &format!("/files/{id}/../{id}/a.txt"),
        &format!("/files/{id}/..%2f..%2fchat.yaml"),
        &format!("/files/{id}/b.txt"),
        &format!("/files/{id}/a.txt/"),
        &format!("/files/{id}/a.txt%00"),
        &format!("/files//{id}"),
        &format!("/files/{id}="),
    ] {
        let answer = get(house.port(), path);
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.text(), "no such file\n", "{path}");
    }
    let long = format!("/files/{}", "x".repeat(5000));
    assert_eq!(get(house.port(), &long).status, 414);
    assert_eq!(get(house.port(), &format!("/files/{id}")).body, b"text");
    assert_eq!(
        get(house.port(), &format!("/files/{id}/a%2etxt")).body,
        b"text"
    );
}

#[test]
fn whoever_may_not_read_it_is_told_what_is_told_of_no_file() {
    let mut house = House::new("files: {links: members}\n");
    let answer = house.post("/files?to=%23r", "a.txt", b"text");
    let place = answer.header("location").unwrap().to_owned();
    house.ann.send("MODE #r +i");
    let mut eve = house.served.client("eve");
    let bearer = format!("Bearer {}", crate::http::token(&mut eve));
    let unknown = format!("/files/{}/a.txt", "A".repeat(22));
    let mut heard = Vec::new();
    for path in [&place, &unknown] {
        for who in [None, Some(&bearer)] {
            let headers: Vec<_> = who
                .iter()
                .map(|who| ("Authorization", who.as_str()))
                .collect();
            let answer = ask(house.port(), &format!("GET {path}"), &headers, &[]);
            let date = answer.header("date").unwrap_or_default().to_owned();
            heard.push((answer.head.replace(&date, ""), answer.body));
        }
    }
    assert!(heard.iter().all(|one| *one == heard[0]), "{heard:#?}");
    assert!(heard[0].0.starts_with("HTTP/1.1 404"));
    let mine = house.bearer();
    let headers = [("Authorization", mine.as_str())];
    let answer = ask(house.port(), &format!("GET {place}"), &headers, &[]);
    assert_eq!(answer.body, b"text");
}

#[test]
fn ranges_give_what_is_there_and_never_more() {
    let house = House::new("");
    let place = house.share("a.txt", b"0123456789");
    let many = format!("bytes={}", vec!["0-"; 1000].join(","));
    for (range, status, body) in [
        ("bytes=-1", 206, "9"),
        ("bytes=0-", 206, "0123456789"),
        ("bytes=2-3", 206, "23"),
        ("bytes=8-99", 206, "89"),
        ("bytes=5-2", 416, ""),
        ("bytes=10-", 416, ""),
        ("bytes=99999999999999999999-", 416, ""),
        ("bytes=0-1,5-6", 200, "0123456789"),
        (many.as_str(), 200, "0123456789"),
        ("pages=1", 200, "0123456789"),
    ] {
        let answer = ask(
            house.port(),
            &format!("GET {place}"),
            &[("Range", range)],
            &[],
        );
        assert_eq!(
            (answer.status, answer.text()),
            (status, body.to_owned()),
            "{range}"
        );
    }
    let answer = ask(
        house.port(),
        &format!("GET {place}"),
        &[("Range", "bytes=10-")],
        &[],
    );
    assert_eq!(answer.header("content-range"), Some("bytes */10"));
}

#[test]
fn lengths_that_are_none_or_not_kept_are_refused_and_leave_nothing() {
    let mut house = House::new("files: {max_bytes: 1000}\n");
    let bearer = house.bearer();
    let who = ("Authorization", bearer.as_str());
    for (length, status) in [
        ("1099511627776", 413),
        ("1001", 413),
        ("-1", 400),
        ("x", 400),
    ] {
        let headers = [who, ("Content-Length", length)];
        let answer = ask(house.port(), "POST /files?name=a", &headers, &[]);
        assert_eq!(answer.status, status, "{length}");
    }
    let chunked = [who, ("Transfer-Encoding", "chunked")];
    let answer = ask(
        house.port(),
        "POST /files?name=a",
        &chunked,
        b"1\r\nx\r\n0\r\n\r\n",
    );
    assert_eq!(answer.status, 400);
    for double in [
        [who, ("Content-Length", "4"), ("Content-Length", "5")],
        [
            who,
            ("Content-Length", "4"),
            ("Transfer-Encoding", "chunked"),
        ],
    ] {
        let answer = ask(house.port(), "POST /files?name=a", &double, b"text");
        assert_eq!(answer.status, 400, "{answer:?}");
    }
    let headers = head(
        house.port(),
        "POST /files?name=short",
        &[who, ("Content-Length", "1000")],
    );
    let mut stream = dial(house.port());
    stream.write_all(headers.as_bytes()).unwrap();
    stream.write_all(&[7; 500]).unwrap();
    wait_for(&house.changes(), "it begins", || {
        house.stored("incoming").len() == 1
    });
    drop(stream);
    wait_for(&house.changes(), "nothing is left", || {
        house.stored("incoming").is_empty()
    });
    assert_eq!(house.post("/files", "empty", b"").status, 201);
    assert_eq!(house.post("/files", "fits", &[7; 1000]).status, 201);
    // What comes behind the announced bytes is no part of the file.
    let headers = [who, ("Content-Length", "4")];
    let longer = ask(
        house.port(),
        "POST /files?name=longer",
        &headers,
        b"textMORE",
    );
    assert_eq!(longer.json()["bytes"], 4);
    assert_eq!(house.listed(), ["longer", "fits", "empty"]);
}

#[test]
fn two_uploads_that_only_together_are_too_much_are_not_both_taken() {
    let mut house = House::new("files: {per_account: 1000}\n");
    let bearer = house.bearer();
    let headers = [
        ("Authorization", bearer.as_str()),
        ("Content-Length", "600"),
    ];
    let begin = head(house.port(), "POST /files?name=a", &headers);
    let mut first = dial(house.port());
    first.write_all(begin.as_bytes()).unwrap();
    first.write_all(&[1; 10]).unwrap();
    wait_for(&house.changes(), "the first begins", || {
        house.stored("incoming").len() == 1
    });
    assert_eq!(house.post("/files", "b", &[2; 600]).status, 507);
    first.write_all(&[1; 590]).unwrap();
    assert_eq!(crate::http::answer(&mut first).status, 201);
    assert_eq!(house.post("/files", "c", &[3; 401]).status, 507);
    assert_eq!(house.post("/files", "d", &[3; 400]).status, 201);
    assert_eq!(house.listed(), ["d", "a"]);
}

#[test]
fn pages_of_others_upload_nothing() {
    let mut house = House::new("");
    let (port, bearer) = (house.port(), house.bearer());
    let own = format!("http://127.0.0.1:{port}");
    let length = ("Content-Length", "4");
    for origin in ["http://evil.example", "null", "http://127.0.0.1.evil.com"] {
        for who in ["", bearer.as_str()] {
            let headers = [length, ("Origin", origin), ("Authorization", who)];
            let answer = ask(port, "POST /files?name=a", &headers, b"text");
            assert_eq!(answer.status, 403, "{origin}");
            assert!(answer.header("access-control-allow-origin").is_none());
        }
    }
    let headers = [
        length,
        ("Origin", own.as_str()),
        ("Authorization", bearer.as_str()),
    ];
    assert_eq!(
        ask(port, "POST /files?name=own", &headers, b"text").status,
        201
    );
    assert_eq!(
        ask(port, "POST /files?name=a", &[length], b"text").status,
        401
    );
    assert_eq!(house.listed(), ["own"]);
}

/// How many descriptors the server has, and how many KiB it takes.
fn load(house: &House) -> (usize, usize) {
    let process = format!("/proc/{}", house.served.pid());
    let files = fs::read_dir(format!("{process}/fd"))
        .expect("it is there")
        .count();
    let status = fs::read_to_string(format!("{process}/status")).expect("it is there");
    let memory = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let memory = memory.and_then(|text| text.trim().split(' ').next()?.parse().ok());
    (files, memory.expect("it is there"))
}

#[test]
fn connections_that_break_off_in_the_middle_cost_nothing_in_the_end() {
    let mut house = House::new("");
    house.share("warm", &[1; 1_000_000]);
    let storm = |house: &House, count: usize| {
        let bearer = house.bearer();
        let headers = [
            ("Authorization", bearer.as_str()),
            ("Content-Length", "1000000"),
        ];
        let begin = head(house.port(), "POST /files?name=never", &headers);
        for _ in 0..count / 20 {
            let streams: Vec<_> = (0..20).map(|_| dial(house.port())).collect();
            for mut stream in &streams {
                stream.write_all(begin.as_bytes()).unwrap();
                stream.write_all(&[7; 100_000]).unwrap();
            }
            for stream in streams {
                SockRef::from(&stream)
                    .set_linger(Some(Duration::ZERO))
                    .unwrap();
            }
        }
        wait_for(&house.changes(), "nothing is left of them", || {
            house.stored("incoming").is_empty()
        });
    };
    let fresh = load(&house);
    let settle = |house: &House| {
        wait_for(&house.changes(), "descriptors come back", || {
            load(house).0 <= fresh.0 + 2
        });
    };
    for _ in 0..2 {
        storm(&house, 1000);
        settle(&house);
    }
    // What the first storms take, any later one uses again: the allocator keeps it, with holes.
    let before = load(&house);
    storm(&house, 1000);
    settle(&house);
    wait_for(&house.changes(), "memory comes back", || {
        load(&house).1 <= before.1 + 16 * 1024
    });
    assert_eq!(house.listed(), ["warm"]);
    // Nothing of them counts any more.
    house.share("after", &[2; 1000]);
}

#[test]
fn who_reads_nothing_keeps_nobody_from_reading() {
    let house = House::new("");
    let bytes = crate::http::content(8_000_000, 5);
    let place = house.share("a.bin", &bytes);
    let line = head(house.port(), &format!("GET {place}"), &[]);
    let mut lazy: Vec<_> = (0..40).map(|_| dial(house.port())).collect();
    for stream in &mut lazy {
        stream.write_all(line.as_bytes()).unwrap();
        stream.read_exact(&mut [0; 100]).unwrap();
    }
    assert!(get(house.port(), &place).body == bytes);
}
