//! What must hold for any input: called by the property tests in the gate and by the fuzz targets.

#![allow(
    dead_code,
    clippy::indexing_slicing,
    reason = "each user needs some of them, and fails by panicking"
)]

use chat::admin::command::line::{self, Line};
use chat::admin::command::{Code, Command};
use chat::config::{self, Config};
use chat::proto::attachment;
use chat::proto::byte_range::{self, Wanted};
use chat::proto::confusable;
use chat::proto::framing::Framer;
use chat::proto::head::Gate;
use chat::proto::mask;
use chat::proto::message::{LineLimits, Message};
use chat::proto::mode::{ChangeLog, Kind, parse_room_changes};
use chat::proto::percent;
use chat::proto::proxy::{self, Progress};
use chat::proto::reference::{self, Request};
use chat::proto::sanitise;
use chat::proto::sasl::{self, Chunks, Taken};
use chat::proto::scram::{ClientFirst, ScramKeys};
use chat::proto::scram_client::ClientStart;
use chat::proto::search_words::{self, SearchWords};
use chat::proto::time;
use chat::proto::tus;
use chat::proto::websocket::{Frames, Protocol};
use chat::proto::write::LineWriter;
use chat::server::admin::frame;
use clap::Parser;

/// A line that is read can be written, and what is written reads the same.
pub(crate) fn message(line: &[u8]) {
    let Ok(message) = Message::parse(line, LineLimits::CLIENT) else {
        return;
    };
    // What means nothing cannot be written: an empty source, a verb that would read as tags or source.
    if message.source == Some("") || message.verb.starts_with(['@', ':']) {
        return;
    }
    let mut out = Vec::new();
    let mut writer = LineWriter::new(&mut out);
    for (key, value) in message.tags.iter() {
        writer = writer.tag(key, value);
    }
    writer = writer.verb(message.source.unwrap_or_default(), message.verb);
    let (words, last) = match message.params().split_last() {
        Some((last, words)) => (words, Some(last)),
        None => (&[][..], None),
    };
    for word in words {
        writer = writer.param(word);
    }
    if let Some(last) = last {
        writer = writer.trailing(last);
    }
    writer.finish();
    let written = out.strip_suffix(b"\r\n").expect("a line ends");
    let again = Message::parse(written, LineLimits::SERVER).expect("what we write we can read");
    assert_eq!(
        (again.source.unwrap_or_default(), again.verb),
        (message.source.unwrap_or_default(), message.verb)
    );
    // The colon and the source's space may push the end of a full line out.
    if written.len() < 500 {
        assert_eq!(again.params(), message.params());
        assert!(again.tags.iter().eq(message.tags.iter()));
    }
}

/// The same lines come out however the bytes are cut; the bits of `cuts` say where.
pub(crate) fn framing(bytes: &[u8], cuts: u64) {
    const LIMIT: usize = 64;
    let lines = |chunks: &mut dyn Iterator<Item = &[u8]>| {
        let mut framer = Framer::default();
        let mut lines: Vec<Vec<u8>> = Vec::new();
        for chunk in chunks {
            let fed = framer.feed(chunk, LIMIT, |line| lines.push(line.to_vec()));
            assert!(framer.pending() <= LIMIT);
            if fed.is_err() {
                return (lines, true);
            }
        }
        (lines, false)
    };
    let whole = lines(&mut std::iter::once(bytes));
    let mut rest = bytes;
    let mut pieces = Vec::new();
    for place in 0..64u32 {
        let take = if cuts >> place & 1 == 1 {
            place as usize % 7
        } else {
            0
        };
        let (piece, tail) = rest.split_at(take.min(rest.len()));
        pieces.push(piece);
        rest = tail;
    }
    pieces.push(rest);
    assert_eq!(lines(&mut pieces.into_iter()), whole);
}

/// Matching agrees with the plain recursive definition.
pub(crate) fn mask(pattern: &str, text: &str) {
    fn definition(mask: &[char], text: &[char]) -> bool {
        match (mask.split_first(), text.split_first()) {
            (None, None) => true,
            (Some(('*', rest)), _) if definition(rest, text) => true,
            (Some(('*', _)), Some((_, tail))) => definition(mask, tail),
            (Some(('?', rest)), Some((_, tail))) => definition(rest, tail),
            (Some((a, rest)), Some((b, tail))) => {
                a.eq_ignore_ascii_case(b) && definition(rest, tail)
            }
            (None, Some(_)) | (Some(_), None) => false,
        }
    }
    let chars = |text: &str| text.chars().collect::<Vec<_>>();
    assert_eq!(
        mask::matches(pattern, text),
        definition(&chars(pattern), &chars(text)),
        "{pattern} {text}"
    );
}

/// A header of a proxy ends where it says, whatever follows, and until then all of it is waited for.
pub(crate) fn proxy(bytes: &[u8]) {
    match proxy::read(bytes) {
        Err(_) => {}
        Ok(Progress::More) => assert!(bytes.len() < proxy::LONGEST),
        Ok(Progress::Whole(header)) => {
            let (whole, _) = bytes.split_at(header.length);
            assert_eq!(proxy::read(whole), Ok(Progress::Whole(header)));
            let followed = [whole, b"\r\nPROXY "].concat();
            assert_eq!(proxy::read(&followed), Ok(Progress::Whole(header)));
            for part in (0..whole.len())
                .take(300)
                .filter_map(|end| whole.get(..end))
            {
                assert_eq!(proxy::read(part), Ok(Progress::More), "{part:?}");
            }
        }
    }
}

/// Any text is a configuration or is told what is wrong with it, where and in whole lines; what counts can be shown.
pub(crate) fn config(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (mut config, report) = config::read::read(&text, Config::default());
    for line in report.to_string().lines() {
        assert!(!line.contains(|c: char| c.is_control()), "{line:?}");
    }
    for fault in &report.faults {
        let lines = text.lines().count().max(1);
        let is_there = fault
            .place
            .is_none_or(|place| (1..=lines).contains(&place.line));
        assert!(is_there, "{fault:?}");
    }
    for row in config::keys::all() {
        row.form.value(&mut config);
    }
}

/// Mode words are read in order, each parameter once, and written down they read the same.
pub(crate) fn mode(words: &[&str]) {
    let changes = parse_room_changes(words);
    let letters = words.first().map_or(0, |word| word.chars().count());
    assert!(changes.len() <= letters);
    let taken: Vec<&str> = changes
        .iter()
        .flatten()
        .filter_map(|change| change.param)
        .collect();
    let given = words.get(1..).unwrap_or_default();
    assert!(given.starts_with(&taken));
    let mut log = ChangeLog::default();
    for change in changes.iter().flatten() {
        log.push(change.sign, change.row.letter, change.param);
    }
    let written: Vec<&str> = [log.letters()]
        .into_iter()
        .chain(log.params().iter().map(String::as_str))
        .collect();
    let again: Vec<_> = parse_room_changes(&written).into_iter().flatten().collect();
    let known: Vec<_> = changes.into_iter().flatten().collect();
    let has_gap = known
        .iter()
        .any(|change| change.param.is_none() && !matches!(change.row.kind, Kind::Flag(_)));
    assert!(has_gap || again == known);
}

/// Lines of AUTHENTICATE become bounded messages, and whatever they say, nobody is let in by chance.
pub(crate) fn sasl(lines: &[u8]) {
    let mut chunks = Chunks::default();
    for line in lines.split(|byte| *byte == b'\n') {
        authentication(line);
        let Ok(Ok(Taken::Whole(message))) = std::str::from_utf8(line).map(|line| chunks.take(line))
        else {
            continue;
        };
        assert!(message.len() <= sasl::LONGEST);
        authentication(&message);
        let mut again = Chunks::default();
        let taken = sasl::chunks_of(&message);
        let last = taken.iter().map(|chunk| again.take(chunk)).last();
        assert!(last == Some(Ok(Taken::Whole(message))));
    }
}

/// One message of a login, in each place where it can stand.
fn authentication(message: &[u8]) {
    if let Ok(plain) = sasl::plain(message, 64) {
        assert!(!plain.name.is_empty() && !plain.password.is_empty());
        let written = sasl::plain_message(plain.name, plain.password);
        assert!(sasl::plain(&written, 64) == Ok(plain));
    }
    let keys = ScramKeys::decoy(&[7; 32], "nobody", 4096);
    let challenge = |first: ClientFirst| first.challenge("server", &keys.salt, keys.rounds);
    if let Ok(first) = ClientFirst::parse(message) {
        assert!(!first.name.is_empty() && !first.name.contains('\0'));
        let challenge = challenge(first);
        assert!(challenge.text.ends_with(",i=4096"));
        assert!(challenge.verify(message, &keys).is_err());
    }
    let first = ClientFirst::parse(b"n,,n=a,r=x").expect("it is well formed");
    assert!(challenge(first).verify(message, &keys).is_err());
    // As many rounds as a client accepts would be slow.
    let rounds = String::from_utf8_lossy(message);
    let rounds = rounds.rsplit_once(",i=").map(|(_, rounds)| rounds.len());
    if rounds.is_none_or(|digits| digits < 4)
        && let Ok(proof) = ClientStart::new("a", "x").prove(message, "secret")
    {
        assert!(!proof.is_answered_by(message));
    }
}

/// What CHATHISTORY asks for is bounded, and its moments are those that are written.
pub(crate) fn chathistory(line: &str) {
    const MOST: usize = 100;
    let params: Vec<&str> = line.split(' ').collect();
    match Request::parse(&params, MOST) {
        Ok(Request::Part { limit, target, .. }) => {
            assert!((1..=MOST).contains(&limit) && params.contains(&target));
        }
        Ok(Request::Targets { limit, .. }) => assert!((1..=MOST).contains(&limit)),
        Err(fault) => assert!(fault.context().all(|word| word.len() <= 64)),
    }
    for param in params {
        let text = param.strip_prefix("timestamp=").unwrap_or(param);
        if let Some(ms) = reference::unix_ms(text) {
            assert!(time::from_text(text).is_none_or(|same| same == ms));
            let written = time::to_text(ms);
            assert!(written.starts_with("9999-12-3") || reference::unix_ms(&written) == Some(ms));
        }
    }
}

/// What is searched for stands in the text, within bounds; between quotes it reads the same.
pub(crate) fn search(text: &str) {
    let Ok(wanted) = SearchWords::parse(text) else {
        return;
    };
    assert!(text.len() <= search_words::LONGEST);
    assert!(wanted.phrases.len() <= search_words::MOST_WORDS);
    for phrase in &wanted.phrases {
        assert!(text.contains(phrase) && phrase.contains(char::is_alphanumeric));
    }
    if wanted.phrases.is_empty() || wanted.phrases.iter().any(|phrase| phrase.contains('"')) {
        return;
    }
    let quoted = format!("\"{}\"", wanted.phrases.join("\" \""));
    if quoted.len() <= search_words::LONGEST {
        let again = SearchWords::parse(&quoted).expect("it was well formed without quotes");
        assert_eq!(again.phrases, wanted.phrases);
        assert_eq!((again.target, again.from), (None, None));
    }
}

/// A skeleton does not depend on case, and has itself as skeleton.
pub(crate) fn skeleton(name: &str) {
    let skeleton = confusable::skeleton(name);
    assert_eq!(confusable::skeleton(&name.to_ascii_uppercase()), skeleton);
    if name.is_ascii() {
        assert_eq!(confusable::skeleton(&skeleton), skeleton, "{name}");
    }
}

/// Any line on the admin socket is a request, which reads the same when it is written again, or is refused in a few
/// words that harm no terminal.
pub(crate) fn admin_frame(bytes: &[u8]) {
    match frame::read(bytes) {
        Ok(request) => {
            let written = serde_json::to_vec(&request).expect("a request is plain data");
            assert_eq!(frame::read(&written), Ok(request));
        }
        Err(answer) => {
            let failure = answer.error.expect("a refusal says why");
            assert!(!answer.ok && failure.code == Code::BadRequest);
            assert!(failure.text.chars().count() <= 200);
            assert!(!failure.text.chars().any(char::is_control));
        }
    }
}

/// Any line of the console is a verb, whose request reads the same on the other side, or is refused.
pub(crate) fn admin_line(text: &str) {
    let Ok(words) = line::words(text) else {
        return;
    };
    if let Ok(Line { command, .. }) = Line::try_parse_from(words) {
        let written = serde_json::to_string(&command).expect("a command is plain data");
        let again: Command = serde_json::from_str(&written).expect("what we write we can read");
        assert_eq!(
            serde_json::to_string(&again).expect("it is plain data"),
            written
        );
    }
}

/// Bytes in pieces; the bits of `cuts` say where one ends.
fn pieces(bytes: &[u8], cuts: u64) -> Vec<&[u8]> {
    let mut pieces = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let turn = u32::try_from(pieces.len() % 64).expect("it is small");
        let size = 1 + (cuts.rotate_right(turn) & 0xf) as usize;
        let (piece, behind) = rest.split_at(size.min(rest.len()));
        pieces.push(piece);
        rest = behind;
    }
    pieces
}

/// What passes is what came, up to what is wrong; behind that nothing passes, and pieces change nothing.
pub(crate) fn head(bytes: &[u8], cuts: u64) {
    const WRONG: &[u8] = b"\0\r\n\r\n";
    let through = |chunks: &[&[u8]]| {
        let mut gate = Gate::default();
        let mut seen = Vec::new();
        for chunk in chunks {
            let mut room = [chunk, &[0; 8][..]].concat();
            let mut count = gate.pass(&mut room, chunk.len());
            seen.extend_from_slice(room.get(..count).expect("what passed is there"));
            while gate.is_shut() && count > 0 {
                count = gate.pass(&mut room, 0);
                seen.extend_from_slice(room.get(..count).expect("what passed is there"));
            }
        }
        (seen, gate.is_shut())
    };
    let (whole, is_shut) = through(&[bytes]);
    assert_eq!(through(&pieces(bytes, cuts)), (whole.clone(), is_shut));
    match is_shut {
        false => assert_eq!(whole, bytes),
        true => {
            let passed = whole.strip_suffix(WRONG).expect("it ends so");
            assert!(bytes.starts_with(passed));
        }
    }
}

/// Lines hold no end of a line but their own, text is text, hardly more is answered than came, and pieces change nothing.
pub(crate) fn websocket(bytes: &[u8], cuts: u64) {
    for protocol in [Protocol::Text, Protocol::Binary, Protocol::Either] {
        let taken = |chunks: &[&[u8]]| {
            let mut frames = Frames::new(protocol);
            let (mut lines, mut answers, mut end) = (Vec::new(), Vec::new(), None);
            for chunk in chunks {
                end = frames.take_in(chunk, &mut lines, &mut answers);
                if end.is_some() {
                    break;
                }
            }
            (lines, answers, end)
        };
        let whole = taken(&[bytes]);
        let (lines, answers, _) = &whole;
        assert!(!lines.contains(&b'\r'));
        // The answer to a close with a code that nobody may use tells why in words.
        assert!(lines.len() + answers.len() <= bytes.len() + 32);
        assert!(protocol != Protocol::Text || std::str::from_utf8(lines).is_ok());
        let (lines, answers, end) = taken(&pieces(bytes, cuts));
        assert_eq!((&lines, end), (&whole.0, whole.2));
        // Of pings that come together, the last alone is answered.
        assert!(answers.len() >= whole.1.len());
    }
}

/// Frames as a client sends them: the first byte of each and its content, masked.
pub(crate) fn frames(parts: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (head, payload) in parts {
        let length = u8::try_from(payload.len().min(125)).expect("it is small");
        bytes.extend([*head, 0x80 | length, 1, 2, 3, 4]);
        let masked = payload.iter().zip([1, 2, 3, 4].iter().cycle());
        bytes.extend(masked.take(125).map(|(byte, mask)| byte ^ mask));
    }
    bytes
}

/// Headers and links of files: any bytes are read within bounds, and what is written is read as it was meant.
pub(crate) fn files(bytes: &[u8], length: u64) {
    let _ = attachment::name_in(bytes);
    let encoded = percent::encode(bytes);
    assert!(encoded.bytes().all(|byte| byte.is_ascii_graphic()));
    assert_eq!(percent::decode(&encoded).as_deref(), Some(bytes));
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let header = attachment::attachment(text);
    assert!(
        header.bytes().all(|byte| (b' '..=b'~').contains(&byte)),
        "{header}"
    );
    assert_eq!(
        attachment::name_in(header.as_bytes()).as_deref(),
        Some(text)
    );
    assert_eq!(
        percent::value(&format!("a=b&name={encoded}"), "name").as_deref(),
        Some(text)
    );
    let _ = (percent::decode(text), percent::value(text, "name"));
    let _ = (tus::metadata(text, "filename"), byte_range::number(text));
    for header in [text.to_owned(), format!("bytes={text}")] {
        match Wanted::of(&header, length) {
            Wanted::All | Wanted::Nothing => {}
            Wanted::Part { first, last } => assert!(first <= last && last < length, "{header}"),
        }
        assert!(
            Wanted::of(&header, length).count(length) <= length,
            "{header}"
        );
    }
}

/// What is shown of any text or name holds nothing that a terminal obeys or that turns text round, is bounded, and
/// stays as it is when it is cleaned again.
pub(crate) fn sanitise(bytes: &[u8]) {
    let raw = String::from_utf8_lossy(bytes);
    let is_bidi = |c: char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}');
    for clean in [sanitise::text, sanitise::name] {
        let once = clean(&raw).into_owned();
        assert!(
            !once.chars().any(|c| c.is_control() || is_bidi(c)),
            "{once:?}"
        );
        assert_eq!(clean(&once), once);
        assert!(once.len() <= 64 + raw.len() * 4, "it grew: {once:?}");
    }
    assert_eq!(sanitise::bytes(bytes), sanitise::text(&raw));
    assert!(sanitise::name(&raw).chars().count() <= 64 * 64);
    let bare = sanitise::unformatted(&raw).into_owned();
    assert!(!bare.contains(['\u{2}', '\u{3}', '\u{f}']), "{bare:?}");
    let json = sanitise::json(&format!("{raw:?}"));
    assert!(
        !json.chars().any(|c| c.is_control() || is_bidi(c)),
        "{json:?}"
    );
}
