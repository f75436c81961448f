//! Files that people share, for an operator: which there are, and taking them away. What has to do with the disk is
//! asked of who keeps the bytes.

use crate::admin::command::files::Files;
use crate::admin::command::{Answer, Code};
use crate::proto::mask;
use crate::proto::time;
use crate::server::command::admin::accounts::must_store;
use crate::server::command::admin::{Errand, Outcome, answered, list, near};
use crate::server::command::files::link;
use crate::server::world::World;
use crate::server::world::effects::Effects;
use crate::server::world::event::{Ask, Chore, Now};
use crate::server::world::listing::{About, Listing};
use crate::server::world::task::Task;
use crate::store::record::file::{Digest, FileId, FileRow, Place};
use crate::store::record::said;
use serde_json::{Value, json};

/// Ids that are told of files with one name.
const NAMESAKES: usize = 5;

/// Carries out one of them; `None`: it goes on when more is known.
pub(super) fn handle(
    world: &mut World,
    out: &mut Effects,
    errand: Errand<'_>,
    act: &Files,
    now: Now,
) -> Option<Answer> {
    match act {
        Files::List { pattern, limit } => {
            let listing = wanted(world, pattern.as_deref(), *limit);
            list::go_on(world, out, errand.ticket, listing, now)
        }
        Files::Rm { files } => Some(answered(remove(world, out, files))),
        Files::Gc { .. } | Files::Verify | Files::Import { .. } => {
            let ask = Ask::Service(Task::Files(act.clone()));
            out.ask_for(errand.ticket, Chore::Files, ask);
            None
        }
    }
}

/// Settles which files are listed.
fn wanted(world: &World, pattern: Option<&str>, limit: Option<usize>) -> Listing {
    let is_wanted =
        |row: &&FileRow| pattern.is_none_or(|pattern| mask::matches(pattern, &row.name));
    let mut ids: Vec<FileId> = world
        .files
        .newest()
        .filter(is_wanted)
        .map(|row| row.id)
        .collect();
    let most = limit.unwrap_or(usize::MAX);
    let is_cut = ids.len() > most;
    ids.truncate(most);
    Listing::new(About::Files(ids), is_cut)
}

/// One file as `files list` tells.
pub(super) fn row(world: &World, row: &FileRow) -> Value {
    let account = row.account().and_then(|id| world.accounts.get(id));
    let place = match &row.place {
        Place::Unlisted => "unlisted",
        Place::Everybody => "everybody",
        Place::Dropped => "folder",
        Place::Said(said::Place::Room { .. }) => "room",
        Place::Said(said::Place::Direct { .. }) => "person",
    };
    json!({
        "id": row.id.to_string(),
        "name": row.name,
        "bytes": row.bytes,
        "sha256": row.digest.to_string(),
        "place": place,
        "to": row.to,
        "by": row.by,
        "account": account.map(|held| &*held.account.name),
        "shared": time::to_text(row.unix_ms()),
        "expires": row.until_ms.map(time::to_text),
    })
}

/// Everything about one file.
pub(super) fn show(world: &World, name: &str) -> Outcome {
    let found = named(world, name)?;
    let mut told = row(world, found);
    if let Value::Object(told) = &mut told {
        told.insert("network".into(), found.from.as_deref().into());
        told.insert("link".into(), link::of(world, found.id, &found.name).into());
    }
    Ok(told)
}

/// The file of this id, or the only one of this name.
fn named<'a>(world: &'a World, name: &str) -> Result<&'a FileRow, Answer> {
    if let Some(row) = FileId::parse(name).and_then(|id| world.files.get(id)) {
        return Ok(row);
    }
    let rows: Vec<&FileRow> = world
        .files
        .newest()
        .filter(|row| *row.name == *name)
        .collect();
    match rows.as_slice() {
        [row] => Ok(row),
        [] => {
            let names = world.files.newest().map(|row| &*row.name);
            let hint = near(name, names, name.len() + 1);
            let text = format!("There is no file \"{name}\"");
            Err(Answer::failed(Code::NoSuchFile, text, hint))
        }
        rows => {
            let count = rows.len();
            let ids = rows.iter().take(NAMESAKES).map(|row| row.id.to_string());
            let text = format!("{count} files are called \"{name}\": name one by its id");
            Err(Answer::failed(Code::BadRequest, text, ids.collect()))
        }
    }
}

/// All of them or none.
fn remove(world: &mut World, out: &mut Effects, names: &[String]) -> Outcome {
    let found = names
        .iter()
        .map(|name| named(world, name).map(|row| row.id));
    let ids = found.collect::<Result<Vec<FileId>, Answer>>()?;
    must_store(world)?;
    let gone = ids.into_iter().filter_map(|id| world.drop_file(out, id));
    let gone: Vec<Value> = gone
        .map(|row| json!({"id": row.id.to_string(), "name": row.name, "bytes": row.bytes}))
        .collect();
    Ok(json!({ "deleted": gone }))
}

/// What came of work on the disk. Bytes are told of by their checksums; here it is known which files have them.
pub(super) fn told(world: &World, mut answer: Answer) -> Answer {
    let damaged = answer
        .data
        .as_mut()
        .and_then(|data| data.get_mut("damaged"))
        .and_then(Value::as_array_mut);
    let Some(damaged) = damaged.filter(|damaged| !damaged.is_empty()) else {
        return answer;
    };
    for one in damaged.iter_mut().filter_map(Value::as_object_mut) {
        let digest = one.get("sha256").and_then(Value::as_str);
        let Some(digest) = digest.and_then(Digest::parse) else {
            continue;
        };
        let rows = world.files.newest().filter(|row| row.digest == digest);
        let named = rows.map(|row| json!({"id": row.id.to_string(), "name": row.name}));
        one.insert("files".into(), named.collect());
    }
    let text = format!("the bytes of {} are not as they were stored", damaged.len());
    let data = answer.data.take().unwrap_or_default();
    Answer::failed(Code::Damaged, text, Vec::new()).with(data)
}
