//! Files as the client knows them: asked for, listed, carried by others, told.

use crate::talk::Talk;
use chat::client::deed::Wanted;
use chat::client::files::order::{By, Check, Content, Download, Job, News, Outcome, Post, Upload};
use chat::client::settings::{Manner, Tongue};
use chat::exit::Exit;

const ID: &str = "AAAAAAAAAAAAAAAAAAAAAA";

fn digest() -> String {
    "ab".repeat(32)
}

/// A line that tells of a file.
fn entry(name: &str, by: &str, at: &str) -> String {
    let digest = digest();
    format!(":s FILE ENTRY {ID} #lobby 1234567 {digest} {by} 2026-11-{at}:00.000Z * :{name}")
}

/// The answer to the question under this label.
fn list(talk: &mut Talk, label: &str, entries: &[String]) {
    let entries: Vec<&str> = entries.iter().map(String::as_str).collect();
    talk.answer(label, "chat/files", &entries);
}

fn ordered(talk: &mut Talk) -> Job {
    assert_eq!(talk.orders.len(), 1, "{:?}", talk.orders);
    talk.orders.remove(0).job
}

#[test]
fn files_are_listed_the_newest_first_in_columns() {
    let mut talk = Talk::arrived();
    talk.says("show files").sent(&["@label=c2 FILE LIST * :*"]);
    let old = entry("notes.txt", "alice", "19T16:20");
    list(
        &mut talk,
        "c2",
        &[old, entry("report 1.pdf", "carol", "20T07:01")],
    );
    talk.shown(&["2 files\n  \
         report 1.pdf  1.2 MB  carol  07:01            #lobby\n  \
         notes.txt     1.2 MB  alice  yesterday 16:20  #lobby"]);
    talk.says("/files rep")
        .sent(&["@label=c3 FILE LIST * :*rep*"]);
    list(&mut talk, "c3", &[]);
    talk.shown(&["No file like rep"]);
}

#[test]
fn a_list_without_batches_ends_with_its_end() {
    let mut talk = Talk::begin(Manner::Person);
    for line in [
        ":s CAP * LS :",
        ":s 001 me :Hello",
        ":s 004 me s chat-0.1.0 o o",
        ":s 422 me :No MOTD",
        ":s PONG s arrival",
    ] {
        talk.hear(line);
    }
    talk.clear();
    talk.says("/files").sent(&["FILE LIST * :*"]);
    talk.hear(&entry("a.txt", "ann", "20T07:01")).shown(&[]);
    talk.hear(":s FILE END");
    talk.shown(&["1 file\n  a.txt  1.2 MB  ann  07:01  #lobby"]);
}

#[test]
fn a_download_is_found_by_its_name_and_asks_for_a_proof() {
    let mut talk = Talk::arrived();
    talk.says("download report.pdf r.pdf --udp");
    talk.sent(&["@label=c2 FILE LIST * :report.pdf"]);
    assert_eq!(
        talk.state.wanted(),
        Wanted::Nothing,
        "the prompt may change"
    );
    let file = entry("report.pdf", "carol", "20T07:01");
    list(&mut talk, "c2", &[file]);
    let expected = Download {
        id: ID.to_owned(),
        name: "report.pdf".to_owned(),
        bytes: Some(1_234_567),
        sha256: Some(digest()),
        to: Some("r.pdf".to_owned()),
        by: By::Udp,
    };
    assert_eq!(ordered(&mut talk), Job::Download(expected));
    talk.carried(1, News::WantsProof)
        .sent(&["@label=c3 FILE TOKEN"]);
    talk.hear("@label=c3 :s FILE TOKEN t0k 3600 /files");
    talk.sent(&["(grant 1 t0k /files)"]);
    talk.carried(
        1,
        News::Began {
            done: 0,
            total: 1_234_567,
        },
    );
    talk.wait(1).carried(1, News::Moved(666_667));
    talk.says("/transfers");
    talk.shown(&["1 transfer runs\n  1  r.pdf  down  54 % of 1.2 MB  666 kB/s, 1 s left"]);
    let outcome = Outcome::Fetched {
        path: "r.pdf".to_owned(),
        bytes: 1_234_567,
        check: Check::Agrees,
    };
    talk.carried(1, News::Ended(outcome));
    talk.shown(&["✓ r.pdf  1.2 MB in 1 s, SHA-256 agrees"]);
}

#[test]
fn words_that_name_no_file_are_said_by_nobody_unawares() {
    let mut talk = Talk::arrived();
    talk.says("download it")
        .sent(&["@label=c2 FILE LIST * :it"]);
    list(&mut talk, "c2", &[]);
    talk.sent(&[]).shown(&[
        "✗ There is no file named \"it\". show files lists what is there. To say it: /say\n  download it",
    ]);
    for (line, name) in [
        ("download ../../etc/passwd", "../../etc/passwd"),
        ("/download it", "it"),
    ] {
        talk.says(line);
        let sent = talk.all_sent();
        let label = sent.split(['=', ' ']).nth(1).unwrap().to_owned();
        list(&mut talk, &label, &[]);
        talk.sent(&[]).shown(&[&format!(
            "✗ There is no file named \"{name}\". show files lists what is there."
        )]);
    }
    assert!(talk.orders.is_empty());
}

#[test]
fn a_name_with_spaces_and_no_quotes_is_not_said_and_quotes_are_proposed() {
    let mut talk = Talk::arrived();
    talk.says("download two words.bin")
        .sent(&["@label=c2 FILE LIST * :two"]);
    list(&mut talk, "c2", &[]);
    talk.sent(&[]).shown(&[
        "✗ There is no file named \"two\". A name with spaces stands in quotes. show files\n  lists what is there.",
    ]);
    talk.says("/upload two words.bin bob");
    let shown = talk.all_shown();
    assert!(
        shown.contains("A path with spaces stands in quotes. Usage: /upload"),
        "{shown}"
    );
    assert!(talk.orders.is_empty());
}

#[test]
fn the_newest_of_several_files_of_a_name_is_fetched_and_that_is_told() {
    let mut talk = Talk::arrived();
    talk.says("download a.txt");
    let files = [
        entry("a.txt", "ann", "20T07:01"),
        entry("A.TXT", "bob", "20T07:30"),
    ];
    list(&mut talk, "c2", &files);
    talk.shown(&[]);
    talk.orders.clear();
    talk.says("download A.txt");
    list(&mut talk, "c3", &files);
    let shown = talk.all_shown();
    assert!(
        shown.contains("2 files are called A.TXT; this is the newest, from bob"),
        "{shown}"
    );
}

#[test]
fn an_upload_goes_to_the_current_room_or_where_it_is_told() {
    let mut talk = Talk::arrived();
    for (line, path, to) in [
        ("/upload ~/notes.txt", "~/notes.txt", "#lobby"),
        ("/upload \"my file.txt\" bob", "my file.txt", "bob"),
    ] {
        talk.says(line);
        let (content, to) = (Content::File(path.to_owned()), to.to_owned());
        assert_eq!(ordered(&mut talk), Job::Upload(Upload { content, to }));
    }
    talk.says("/upload").says("/upload a b c");
    assert!(talk.orders.is_empty());
    let shown = talk.all_shown();
    assert_eq!(shown.matches("Usage: /upload PATH").count(), 2, "{shown}");
}

#[test]
fn an_upload_that_the_server_does_not_want_ends_in_its_words() {
    let mut talk = Talk::arrived();
    talk.says("/upload a.txt").carried(1, News::WantsProof);
    talk.hear("@label=c2 :s FAIL FILE NOT_ALLOWED :Only registered people may share files.");
    talk.sent(&["@label=c2 FILE TOKEN", "(abandon 1)"]);
    talk.shown(&["✗ Only registered people may share files."]);
    assert!(talk.state.files.running().next().is_none());
    talk.says("/upload b.txt");
    let words = "b.txt is too large: at most 100 MB.".to_owned();
    let exit = Exit::Refused;
    talk.carried(2, News::Ended(Outcome::Failed { exit, words }));
    talk.shown(&["✗ b.txt is too large: at most 100 MB."]);
}

#[test]
fn a_shared_file_is_shown_with_the_way_to_get_it() {
    let mut talk = Talk::arrived();
    let digest = digest();
    let share = |tag: &str, name: &str| {
        format!("@{tag} :ann!u@h PRIVMSG #lobby :{name} (1.2 MB) https://h/files/{ID}/x")
    };
    let tag = format!("time=2026-11-20T08:30:00Z;+chat/file={ID}\\:1234567\\:{digest}");
    talk.hear(&share(&tag, "a b.pdf"));
    talk.shown(&["08:30        ann │ a b.pdf (1.2 MB) · download \"a b.pdf\""]);
    talk.hear(&share("+chat/file=nonsense", "c.pdf"));
    let shown = talk.all_shown();
    assert!(
        shown.contains("c.pdf (1.2 MB)") && shown.contains("https://"),
        "{shown}"
    );
    assert_eq!(talk.state.files.names().collect::<Vec<_>>(), ["a b.pdf"]);
}

#[test]
fn on_another_network_files_go_where_it_wants_them_or_nowhere() {
    let mut talk = Talk::arrived();
    talk.hear(":s 004 me s solanum-1 o o");
    talk.says("/upload a.txt");
    talk.shown(&["✗ This server keeps no files. Nothing was sent."]);
    talk.says("/download a.txt")
        .shown(&["✗ This server keeps no files."]);
    talk.says("download it")
        .sent(&[])
        .shown(&["✗ This server keeps no files. Nothing was sent. To say it: /say download it"]);
    talk.hear(":s 005 me soju.im/FILEHOST=https://f.example.org/up :are supported");
    talk.says("/upload a.txt");
    let expected = Post {
        content: Content::File("a.txt".to_owned()),
        url: "https://f.example.org/up".to_owned(),
        account: None,
    };
    assert_eq!(ordered(&mut talk), Job::Post(expected));
    let link = Some("https://f.example.org/1/a.txt".to_owned());
    let check = Check::Unknown;
    talk.carried(
        1,
        News::Ended(Outcome::Sent {
            bytes: 5,
            link,
            check,
        }),
    );
    talk.sent(&["@label=c2 PRIVMSG #lobby :https://f.example.org/1/a.txt"]);
    talk.shown(&["✓ a.txt  5 B to #lobby in less than 1 s"]);
}

#[test]
fn leaving_while_something_is_on_its_way_is_asked_about() {
    let mut talk = Talk::arrived();
    talk.says("/upload a.txt");
    talk.carried(
        1,
        News::Began {
            done: 0,
            total: 100,
        },
    );
    talk.carried(1, News::Moved(54));
    talk.says("/quit bye").sent(&[]);
    let question = "a.txt (54 %) is on its way. Leave all the same? [y/N] ";
    assert_eq!(talk.state.wanted(), Wanted::Answer(question.to_owned()));
    talk.says("n").sent(&[]);
    talk.says("QUIT").says("y").sent(&["QUIT :"]);
}

#[test]
fn a_transfer_is_given_up_by_word_or_after_a_question() {
    let mut talk = Talk::arrived();
    talk.says("/cancel").shown(&["✗ No transfer runs."]);
    talk.says("/upload a.txt").says("/upload b.txt");
    talk.says("/cancel 7").says("/cancel");
    let shown = talk.all_shown();
    assert!(shown.contains("No transfer 7 runs"), "{shown}");
    assert!(shown.contains("Several transfers run"), "{shown}");
    talk.says("/cancel 1").sent(&["(abandon 1)"]);
    talk.carried(1, News::Ended(Outcome::Cancelled));
    assert!(talk.all_shown().contains("a.txt was cancelled at 0 %"));
    let deeds = talk.state.interrupted(talk.now);
    talk.note(deeds);
    let question = Wanted::Answer("Cancel b.txt (0 %)? [y/N] ".to_owned());
    assert_eq!(talk.state.wanted(), question);
    talk.says("y").sent(&["(abandon 2)"]);
}

#[test]
fn a_proof_that_is_wanted_without_a_connection_is_asked_for_when_there_is_one() {
    let mut talk = Talk::at_home();
    talk.says("/upload a.txt").carried(1, News::WantsProof);
    assert!(talk.all_sent().contains("FILE TOKEN"));
    talk.lose();
    talk.carried(1, News::WantsProof);
    assert!(!talk.all_sent().contains("FILE TOKEN"));
    talk.come_back();
    talk.welcome(":s 900 me me!u@h me :You are now logged in as me");
    let sent = talk.all_sent();
    assert_eq!(sent.matches("FILE TOKEN").count(), 1, "{sent}");
}

#[test]
fn a_pipe_stays_until_its_file_is_there() {
    let mut talk = Talk::begin(Manner::Pipe);
    talk.welcome(":s NOTICE * :hello");
    talk.clear();
    talk.says("download a.txt");
    assert_eq!(talk.state.wanted(), Wanted::Nothing);
    let label = talk.all_sent();
    let label = label.split(['=', ' ']).nth(1).unwrap().to_owned();
    list(&mut talk, &label, &[entry("a.txt", "ann", "20T07:01")]);
    assert_eq!(talk.state.wanted(), Wanted::Nothing);
    let deeds = talk.state.input_ended(talk.now);
    talk.note(deeds).hear(":s PONG s said");
    talk.wait(9);
    talk.hear(":s NOTICE #lobby :still here").wait(9);
    assert_eq!(talk.exit, None);
    assert!(!talk.all_sent().contains("QUIT"));
    let (exit, words) = (
        Exit::NotFound,
        "There is no file a.txt any more.".to_owned(),
    );
    talk.carried(1, News::Ended(Outcome::Failed { exit, words }));
    assert!(talk.all_sent().contains("QUIT"));
    talk.hear(":s ERROR :bye");
    assert_eq!(talk.exit, Some(Exit::NotFound));
}

#[test]
fn a_program_is_told_of_files_and_of_how_far_they_are() {
    let mut talk = Talk::begin_with(|settings| {
        settings.tongue = Tongue::Json;
        settings.manner = Manner::Pipe;
    });
    talk.welcome(":s NOTICE * :hello");
    talk.clear();
    talk.says(r#"{"op":"run","line":"/download a.txt","id":"d1"}"#);
    let sent = talk.all_sent();
    let label = sent.split(['=', ' ']).nth(1).unwrap().to_owned();
    list(&mut talk, &label, &[entry("a.txt", "ann", "20T07:01")]);
    assert!(!talk.all_shown().contains("ack"));
    talk.carried(1, News::Began { done: 0, total: 10 });
    let shown = talk.all_shown();
    let progress = r#""t":"progress","id":"d1","number":1,"way":"down","name":"a.txt","bytes":0,"total":10,"state":"moving""#;
    assert!(shown.contains(progress), "{shown}");
    let outcome = Outcome::Fetched {
        path: "a.txt".to_owned(),
        bytes: 10,
        check: Check::Agrees,
    };
    talk.carried(1, News::Ended(outcome));
    let shown = talk.all_shown();
    assert!(
        shown.contains(r#""state":"done","path":"a.txt""#),
        "{shown}"
    );
    assert!(shown.contains(r#""t":"ack","id":"d1""#), "{shown}");
    talk.says("show files");
    let sent = talk.all_sent();
    let label = sent.split(['=', ' ']).nth(1).unwrap().to_owned();
    list(&mut talk, &label, &[entry("a.txt", "ann", "20T07:01")]);
    let shown = talk.all_shown();
    let file = format!(r#""t":"file","id":"{ID}","name":"a.txt","bytes":1234567"#);
    assert!(shown.contains(&file), "{shown}");
}
