//! Searching: the index tells where the words are, the store what was said there, and the reader's rights
//! whether it is told. Words of a question are literal: nothing in them is a rule of the index.

use crate::proto::msgid::Moment;
use crate::store::answer::{LOOKED, Rows, is_wanted};
use crate::store::query::{Answer, Wanted};
use crate::store::record::said;
use crate::store::sqlite::connect::{reader, trouble};
use crate::store::sqlite::read::View;
use crate::store::sqlite::rows;
use crate::store::sqlite::search::{INDEX, Identity, discard, identity, nick_word, place_word};
use crate::store::trouble::{Kind, Trouble};
use rusqlite::{Connection, Error};
use std::path::{Path, PathBuf};

/// Conversations that the index is asked for by name; a reader who has more is asked about each message.
const PLACES: usize = 200;
/// Phrases that count.
const PHRASES: usize = 64;

/// A question.
#[derive(Debug)]
pub struct Search<'a> {
    pub reader: &'a said::Reader,
    pub wanted: &'a Wanted,
    pub limit: usize,
}

/// Somebody who looks things up in the index.
#[derive(Debug)]
pub struct Finder {
    path: PathBuf,
    words: Option<Connection>,
    file: Identity,
}

impl Finder {
    /// Looks in the index beside this store.
    pub fn new(store: &Path) -> Self {
        Self {
            path: store.with_file_name(INDEX),
            words: None,
            file: None,
        }
    }

    /// Answers a question. A damaged index is thrown away, for whoever keeps it to build it anew.
    pub fn search(&mut self, rows: &mut View<'_>, search: &Search<'_>) -> Result<Answer, Trouble> {
        let Ok(Some(words)) = self.words() else {
            return Ok(Answer::Failed);
        };
        let Some(question) = question(rows, search).map_err(|error| trouble(rows.path, &error))?
        else {
            return Ok(Answer::Said(Vec::new()));
        };
        match find(words, rows, search, &question) {
            Err(Stop::Index(error)) => {
                self.give_up(&trouble(&self.path, &error));
                Ok(Answer::Failed)
            }
            Err(Stop::Store(trouble)) => Err(trouble),
            Ok(answer) => Ok(answer),
        }
    }

    /// The index that stands there now, if one does.
    fn words(&mut self) -> Result<Option<&Connection>, Trouble> {
        let file = identity(&self.path);
        if self.file != file || self.words.is_none() {
            self.words = None;
            self.file = file;
            if file.is_some() {
                let opened = reader(&self.path).inspect_err(|trouble| self.give_up(trouble))?;
                self.words = Some(opened);
            }
        }
        Ok(self.words.as_ref())
    }

    fn give_up(&mut self, trouble: &Trouble) {
        self.words = None;
        if trouble.kind == Kind::Corrupt {
            discard(&self.path);
        }
    }
}

/// What failed.
enum Stop {
    Index(Error),
    Store(Trouble),
}

/// Looks up and reads, newest first.
fn find(
    words: &Connection,
    rows: &mut View<'_>,
    search: &Search<'_>,
    question: &str,
) -> Result<Answer, Stop> {
    let sql = "SELECT rowid FROM words WHERE words MATCH ? AND rowid > ? AND rowid < ? ORDER BY rowid DESC";
    let mut statement = words.prepare_cached(sql).map_err(Stop::Index)?;
    let after = search.wanted.after.unwrap_or(Moment::START);
    let before = search.wanted.before.unwrap_or(Moment::END);
    let bounds = (question, after.0.cast_signed(), before.0.cast_signed());
    let mut hits = statement.query(bounds).map_err(Stop::Index)?;
    let (mut found, mut looked) = (Vec::new(), 0);
    while found.len() < search.limit && looked < LOOKED {
        let Some(hit) = hits.next().map_err(Stop::Index)? else {
            break;
        };
        let moment: i64 = hit.get(0).map_err(Stop::Index)?;
        looked += 1;
        let said = rows
            .at(Moment(moment.cast_unsigned()))
            .map_err(Stop::Store)?;
        found.extend(said.filter(|said| is_wanted(said, search.wanted, search.reader)));
    }
    Ok(Answer::Said(found))
}

/// The question in the language of the index; `None` if nothing can be found.
fn question(rows: &mut View<'_>, search: &Search<'_>) -> rusqlite::Result<Option<String>> {
    let mut parts = Vec::new();
    for phrase in search.wanted.phrases.iter().take(PHRASES) {
        if !phrase.chars().any(char::is_alphanumeric) {
            return Ok(None);
        }
        parts.push(format!("text : {}", quoted(phrase)));
    }
    if let Some(from) = &search.wanted.from {
        parts.push(format!("nick : {}", quoted(&nick_word(from))));
    }
    match places(rows, search)? {
        Some(places) if places.is_empty() => return Ok(None),
        Some(places) => parts.push(format!("place : ({})", places.join(" OR "))),
        None if parts.is_empty() => return Ok(None),
        None => {}
    }
    Ok(Some(parts.join(" AND ")))
}

/// Where to look; `None`: everywhere, because there are too many places to name.
fn places(rows: &mut View<'_>, search: &Search<'_>) -> rusqlite::Result<Option<Vec<String>>> {
    let buffers = match &search.wanted.buffer {
        Some(buffer) => vec![buffer.clone()],
        None => {
            let rooms = search.reader.rooms.iter().map(|(room, _)| room.clone());
            let mut buffers: Vec<_> = rooms.collect();
            buffers.extend(rows.try_direct(search.reader.who)?);
            buffers
        }
    };
    if buffers.len() > PLACES {
        return Ok(None);
    }
    let mut places = Vec::new();
    for buffer in buffers {
        let id = rows::id(rows.db, &buffer, rows.faults)?;
        places.extend(id.map(|id| quoted(&place_word(id))));
    }
    Ok(Some(places))
}

/// As a string of the index's language.
fn quoted(text: &str) -> String {
    let clean: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    format!("\"{}\"", clean.replace('"', "\"\""))
}
