//! FILE: a token for the doors for files, lists of what was shared, and taking something back. A command of our own.

use crate::proto::cap::Cap;
use crate::proto::mask;
use crate::proto::mode::Rank;
use crate::proto::msgid::Moment;
use crate::proto::name::{fold, is_room};
use crate::proto::time;
use crate::server::command::files::{link, token};
use crate::server::command::portion::Progress;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::cursor::{Cursor, Wanted};
use crate::server::world::deliver::Outgoing;
use crate::server::world::files::Files;
use crate::server::world::refusal::{Fail, Refusal};
use crate::server::world::right::Right;
use crate::store::record::account::Party;
use crate::store::record::file::{FileId, FileRow, Place};
use crate::store::record::said::{self, Reader};

const VERB: &str = "FILE";

pub(crate) const FILE: Spec = Spec {
    verb: VERB,
    min_params: 1,
    who: Who::User,
    usage: "TOKEN | LIST [<target>|* [<pattern>]] | DELETE <id>",
    help: "Share files: a token for uploads, what there is, taking one back",
    run,
};

/// What it takes to look at one file for a list, in bytes that are compared.
const ROW: usize = 64;
/// What it takes at most until others have their turn: about a millisecond, whatever the pattern is.
const EFFORT: usize = 1 << 19;
/// Files that are found at most until then.
const FOUND: usize = 256;

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    if !cx.world.config.files.enabled {
        return Err(fail("DISABLED", &[], "Files are not shared here"));
    }
    let act = cx.need(0)?;
    match act.to_ascii_uppercase().as_str() {
        "TOKEN" => token(cx),
        "LIST" => list(cx),
        "DELETE" => delete(cx),
        _ => {
            let shown: String = act.chars().take(32).collect();
            let text = "FILE TOKEN, FILE LIST or FILE DELETE is meant";
            Err(fail("UNKNOWN_COMMAND", &[&shown], text))
        }
    }
}

fn fail(code: &'static str, context: &[&str], text: &'static str) -> Refusal {
    Refusal::Fail(Fail {
        verb: VERB.into(),
        code,
        context: context.iter().map(|word| (*word).to_owned()).collect(),
        text: text.into(),
    })
}

fn token(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let me = cx.me().ok_or(Refusal::NotRegistered)?;
    let token = token::make(cx.world, cx.session, me, cx.now);
    let seconds = token::LIFETIME_S.to_string();
    cx.reply(VERB, &["TOKEN", &token, &seconds, link::PATH], None);
    Ok(())
}

fn list(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let target = cx.msg.get(1).filter(|target| !matches!(*target, "" | "*"));
    let pattern = cx.msg.get(2).filter(|pattern| !pattern.is_empty());
    let wanted = Wanted {
        before: None,
        target: target.map(|target| fold(target).into()),
        pattern: pattern.map(Into::into),
        batch: cx.has(Cap::Batch).then(|| cx.open_batch("chat/files")),
    };
    cx.tell_all(Cursor::Files(Box::new(wanted)));
    Ok(())
}

/// Whether a file is of this room or conversation, as `reader` calls it.
fn is_of(row: &FileRow, target: &str, reader: Party) -> bool {
    match &row.place {
        Place::Said(said::Place::Room { name, .. }) => is_room(target) && **name == *target,
        Place::Said(said::Place::Direct { from, to_name, .. }) => {
            let other = if row.owner == Some(reader) {
                to_name
            } else {
                from
            };
            **other == *target
        }
        Place::Unlisted => false,
        Place::Everybody | Place::Dropped => row.to.as_deref().is_some_and(|to| fold(to) == target),
    }
}

/// Files that were looked at.
#[derive(Debug, Default)]
struct Looked {
    found: Vec<FileRow>,
    /// The last one, if others may follow.
    last: Option<(Moment, FileId)>,
    effort: usize,
}

/// Looks at some of the files that are left.
fn look(files: &Files, wanted: &Wanted, reader: &Reader) -> Looked {
    let mut looked = Looked::default();
    let target = wanted.target.as_deref();
    for row in files.older(wanted.before) {
        looked.effort += ROW;
        let mut is_wanted =
            row.is_found_by(reader) && target.is_none_or(|target| is_of(row, target, reader.who));
        if is_wanted && let Some(pattern) = wanted.pattern.as_deref() {
            looked.effort += row.name.len() * pattern.len().min(row.name.len()) / 4;
            is_wanted = mask::matches(pattern, &row.name);
        }
        if is_wanted {
            looked.found.push(row.clone());
        }
        if looked.effort > EFFORT || looked.found.len() >= FOUND {
            looked.last = Some((row.at, row.id));
            break;
        }
    }
    looked
}

/// Tells of some of the files that are left, and of the end. Between two turns others have theirs.
pub(crate) fn go_on(cx: &mut Ctx<'_>, wanted: &mut Wanted) -> Progress {
    let (server, time) = (cx.world.config.server.name.clone(), cx.time());
    let me = cx.user_id().ok().and_then(|me| cx.world.reader(me));
    let looked = me.map(|me| (look(&cx.world.files, wanted, &me), me));
    if let Some((looked, me)) = looked {
        cx.out.search(looked.effort, 1);
        for row in looked.found {
            let words = entry(&row, &me);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let line = Outgoing::new(&server, VERB, &words, Some(&row.name), &time);
            cx.tell_in(wanted.batch.as_deref(), &line);
            wanted.before = Some((row.at, row.id));
            if cx.is_portion_full() {
                return Progress::Full;
            }
        }
        if looked.last.is_some() {
            wanted.before = looked.last;
            return Progress::Full;
        }
    }
    cx.end_in(wanted.batch.as_deref(), VERB, &["END"], None);
    Progress::Done
}

fn entry(row: &FileRow, reader: &Reader) -> Vec<String> {
    let is_mine = row.owner == Some(reader.who);
    let target = match &row.place {
        Place::Said(said::Place::Direct { .. }) if !is_mine => Some(row.by.to_string()),
        _ => row.to.as_deref().map(str::to_owned),
    };
    let never = || "*".to_owned();
    vec![
        "ENTRY".into(),
        row.id.to_string(),
        target.unwrap_or_else(never),
        row.bytes.to_string(),
        row.digest.to_string(),
        row.by.to_string(),
        time::to_text(row.unix_ms()),
        row.until_ms.map_or_else(never, time::to_text),
    ]
}

fn delete(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let given = cx.need(1)?;
    let shown: String = given.chars().take(32).collect();
    let unknown = || fail("NO_SUCH_FILE", &[&shown], "There is no such file");
    let id = FileId::parse(given).ok_or_else(unknown)?;
    let row = cx.world.files.get(id).cloned().ok_or_else(unknown)?;
    let me = cx.user_id()?;
    let reader = cx.world.reader(me).ok_or(Refusal::NotRegistered)?;
    let is_ruler = cx.user()?.may(Right::DropFiles);
    if !is_ruler && !row.is_found_by(&reader) {
        return Err(unknown());
    }
    let is_mine = row.owner == Some(reader.who);
    if !is_ruler && !is_mine && !runs_room_of(cx, &row)? {
        let text =
            "Only who shared it, operators of its room and operators of the server delete it";
        return Err(fail("FORBIDDEN", &[&shown], text));
    }
    if cx.world.is_read_only {
        return Err(Refusal::storage(VERB));
    }
    cx.world.drop_file(cx.out, id);
    if !is_mine {
        cx.log(&format!(
            "deleted the file {} ({id}) of {}",
            row.name, row.by
        ));
    }
    cx.reply(VERB, &["DELETED", &id.to_string()], None);
    Ok(())
}

/// Whether the asker may take back what others say in the room of this file.
fn runs_room_of(cx: &Ctx<'_>, row: &FileRow) -> Result<bool, Refusal> {
    let me = cx.user_id()?;
    let room = row.room().and_then(|room| cx.world.room_named(room));
    let member = room.and_then(|room| cx.world.member(me, room));
    let is_operator = member.is_some_and(|member| member.ranks.at_least(Rank::HalfOp));
    Ok(is_operator && cx.world.config.history.redact.room_operators)
}
