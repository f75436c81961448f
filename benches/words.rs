//! The words of the wire: framing, parsing and writing lines. No allocation per line is the aim.

use chat::proto::confusable;
use chat::proto::framing::Framer;
use chat::proto::message::{LineLimits, Message};
use chat::proto::msgid::{Moment, MsgId};
use chat::proto::scram::ScramKeys;
use chat::proto::search_words::SearchWords;
use chat::proto::write::LineWriter;
use divan::counter::{BytesCount, ItemsCount};
use divan::{AllocProfiler, Bencher, black_box};

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

const LINES: [&str; 3] = [
    "PRIVMSG #lobby :hello, how are you all this evening?",
    "@label=42;+typing=active PRIVMSG #lobby :hello, how are you all this evening?",
    ":alice!alice@127.0.0.1 MODE #lobby +ovk bob carol secret",
];

fn main() {
    divan::main();
}

#[divan::bench(args = LINES)]
fn parse(bencher: Bencher<'_, '_>, line: &str) {
    bencher
        .counter(BytesCount::of_str(line))
        .bench(|| Message::parse(black_box(line.as_bytes()), LineLimits::CLIENT).is_ok());
}

#[divan::bench(args = [1, 16, 700])]
fn frame(bencher: Bencher<'_, '_>, lines: usize) {
    let chunk = format!("{}\r\n", LINES[0]).repeat(lines);
    let mut framer = Framer::default();
    bencher.counter(ItemsCount::new(lines)).bench_local(|| {
        let mut seen = 0;
        let end = framer.feed(black_box(chunk.as_bytes()), 16384, |line| {
            seen += line.len()
        });
        (end.is_ok(), seen)
    });
}

#[divan::bench]
fn write(bencher: Bencher<'_, '_>) {
    let mut out = Vec::with_capacity(1024);
    bencher.counter(ItemsCount::new(1usize)).bench_local(|| {
        out.clear();
        LineWriter::new(&mut out)
            .tag("time", "2026-11-20T08:31:02.000Z")
            .tag("msgid", "01jd3xq7v3000a1b2c")
            .verb("alice!alice@127.0.0.1", "PRIVMSG")
            .param("#lobby")
            .trailing(black_box("hello, how are you all this evening?"))
            .finish();
        out.len()
    });
}

#[divan::bench]
fn msgid(bencher: Bencher<'_, '_>) {
    let id = MsgId {
        moment: Moment::new(1_795_163_462_114, 7),
        nonce: 1,
    };
    let text = id.to_string();
    bencher.bench_local(|| MsgId::parse(black_box(&text)) == Some(id));
}

#[divan::bench(args = ["alice", "a1ice-0123456789-[away]-rnary"])]
fn skeleton(bencher: Bencher<'_, '_>, name: &str) {
    bencher.bench(|| confusable::skeleton(black_box(name)));
}

#[divan::bench]
fn reserved(bencher: Bencher<'_, '_>) {
    bencher.bench(|| confusable::is_reserved(black_box("alice")));
}

#[divan::bench]
fn search(bencher: Bencher<'_, '_>) {
    let text = "in:#lobby from:bob after:2026-11-20 lunch \"two words\"";
    bencher.bench(|| SearchWords::parse(black_box(text)).is_ok());
}

/// What a login with SCRAM costs a client, and the creation of an account a server.
#[divan::bench(args = [4096, 65_536])]
fn scram_keys(bencher: Bencher<'_, '_>, rounds: u32) {
    bencher.bench(|| ScramKeys::derive(black_box("correct horse"), b"0123456789abcdef", rounds));
}
