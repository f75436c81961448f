//! A program at the client: objects go in, objects come out.

use crate::talk::Talk;
use chat::client::settings::{Manner, Tongue};
use serde_json::Value;

/// In the lobby, with `--json`.
fn arrived() -> Talk {
    let mut talk = Talk::begin_with(|settings| {
        settings.tongue = Tongue::Json;
        settings.manner = Manner::Pipe;
    });
    talk.welcome(":s NOTICE * :hello");
    talk.hear("@time=2026-11-20T07:00:00Z :s MARKREAD #lobby *");
    talk
}

/// What was told since the last look, without the version.
fn told(talk: &mut Talk) -> Vec<Value> {
    let lines = talk.all_shown();
    let lines = lines.lines().map(|line| {
        let mut object: Value = serde_json::from_str(line).expect("an object");
        let object = object.as_object_mut().expect("an object");
        assert_eq!(object.remove("v"), Some(1.into()), "{line}");
        assert!(
            object.remove("ts").is_some_and(|ts| ts.is_string()),
            "{line}"
        );
        Value::Object(object.clone())
    });
    lines.collect()
}

fn object(json: &str) -> Value {
    serde_json::from_str(json).expect("JSON")
}

#[test]
fn it_is_told_when_it_may_begin() {
    let mut talk = arrived();
    let hello = told(&mut talk);
    let expected = r##"{"t":"hello","nick":"me","server":"h:1","rooms":["#lobby"]}"##;
    assert!(hello.contains(&object(expected)), "{hello:?}");
}

#[test]
fn a_message_is_acknowledged_under_its_own_id() {
    let mut talk = arrived();
    talk.clear();
    talk.says(r##"{"op":"say","room":"#lobby","text":"hi","id":"c1"}"##);
    let sent = talk.all_sent();
    assert!(sent.ends_with("PRIVMSG #lobby :hi"), "{sent}");
    let label = sent.split(['=', ';']).nth(1).expect("a label").to_owned();
    talk.hear(&format!(
        "@label={label};msgid=m1;account=me :me!u@h PRIVMSG #lobby :hi"
    ));
    assert_eq!(
        told(&mut talk),
        [
            object(r#"{"t":"ack","id":"c1","msgid":"m1","stored":true}"#),
            object(
                r##"{"t":"msg","id":"m1","room":"#lobby","from":"me","account":"me","text":"hi","kind":"say","own":true,"mention":false,"history":false}"##
            ),
        ]
    );
}

#[test]
fn what_is_refused_names_the_request_and_who_was_meant() {
    let mut talk = arrived();
    talk.clear();
    talk.says(r#"{"op":"dm","to":"bbo","text":"hi","id":"c2"}"#);
    let sent = talk.all_sent();
    let label = sent.split(['=', ';']).nth(1).expect("a label").to_owned();
    talk.hear(&format!("@label={label} :s 401 me bbo :No such nick"));
    let error = told(&mut talk).remove(0);
    assert_eq!(
        (&error["t"], &error["id"], &error["code"], &error["hint"]),
        (
            &"error".into(),
            &"c2".into(),
            &"not_found".into(),
            &object(r#"["bob"]"#)
        )
    );
}

#[test]
fn what_happens_is_told_in_facts() {
    let mut talk = arrived();
    talk.clear();
    for line in [
        "@msgid=m2;time=2026-11-20T08:00:01Z :ann!u@h PRIVMSG me :psst",
        ":carol!u@h JOIN #lobby",
        ":bob!u@h NICK rob",
        ":ann!u@h TOPIC #lobby :new",
        ":ann!u@h KICK #lobby carol :out",
        ":rob!u@h QUIT :bye",
    ] {
        talk.hear(line);
    }
    let facts = told(&mut talk);
    let expected = [
        r#"{"t":"dm","id":"m2","from":"ann","text":"psst","kind":"say","own":false,"mention":false,"history":false}"#,
        r##"{"t":"presence","event":"join","nick":"carol","room":"#lobby"}"##,
        r#"{"t":"presence","event":"nick","nick":"bob","to":"rob"}"#,
        r##"{"t":"topic","room":"#lobby","from":"ann","text":"new"}"##,
        r##"{"t":"presence","event":"kick","nick":"carol","room":"#lobby","reason":"out","by":"ann"}"##,
        r#"{"t":"presence","event":"quit","nick":"rob","reason":"bye"}"#,
    ];
    assert_eq!(facts, expected.map(object));
}

#[test]
fn an_object_that_cannot_be_read_is_refused_and_sends_nothing() {
    let mut talk = arrived();
    talk.clear();
    for wrong in [
        "{",
        "{}",
        r#"{"op":"fly"}"#,
        r#"{"op":"say"}"#,
        r#"{"op":"say","text":"x","colour":"red"}"#,
        r#"{"op":"say","text":" "}"#,
        r#"{"op":"say","text":"a\rQUIT"}"#,
        r#"{"op":"dm","to":"a,b","text":"x"}"#,
        r#"{"op":"dm","to":"$*","text":"x"}"#,
        r##"{"op":"dm","to":"#lobby","text":"x"}"##,
        r#"{"op":"broadcast","text":"a\nQUIT"}"#,
        r#"{"op":"broadcast","to":["a b"],"text":"x"}"#,
        r##"{"op":"join","room":"#a\nQUIT"}"##,
        r##"{"op":"topic","room":"#a","text":"b\nQUIT"}"##,
        r#"{"op":"run","line":"/raw X\nQUIT"}"#,
        r#"{"op":"nick","nick":"a\nQUIT"}"#,
        r#"{"op":"say","text":"x","id":7}"#,
    ] {
        talk.says(wrong);
        assert_eq!(talk.all_sent(), "", "{wrong}");
        let told = told(&mut talk);
        assert_eq!(told.len(), 1, "{wrong}: {told:?}");
        assert_eq!(told[0]["t"], "error", "{wrong}");
    }
}

#[test]
fn a_line_that_is_no_object_is_typed() {
    let mut talk = arrived();
    talk.clear();
    talk.says("/dm bob hi");
    assert!(talk.all_sent().ends_with("PRIVMSG bob :hi"));
    talk.says(r#"{"op":"run","line":"/dm bob hi","id":"r1"}"#);
    assert!(talk.all_sent().ends_with("PRIVMSG bob :hi"));
}

#[test]
fn what_cannot_be_read_is_refused_under_its_id() {
    let mut talk = arrived();
    talk.clear();
    talk.says(r#"{"op":"nope","id":"a"}"#)
        .says(r#"{"op":"dm","to":"bob","id":"b"}"#);
    talk.says(r#"{"op":"say","#);
    let told = told(&mut talk);
    let ids: Vec<_> = told
        .iter()
        .map(|object| object.get("id").and_then(Value::as_str))
        .collect();
    assert_eq!(ids, [Some("a"), Some("b"), None]);
    let last = told[2]["text"].as_str().expect("words");
    assert!(last.ends_with(", at column 12."), "{last}");
    assert_eq!(talk.all_sent(), "");
}
