//! A migration tried on a copy, while another process goes on writing to the original.

use crate::store::sqlite::FILE;
use crate::store::sqlite::backup::draft_of;
use crate::store::sqlite::connect::{reader, trouble};
use crate::store::sqlite::schema::{STEPS, Step, migrate, must_not_be_newer};
use crate::store::sqlite::verify::verify;
use crate::store::trouble::{Kind, Trouble};
use rusqlite::{Connection, OpenFlags};
use std::path::Path;

/// Whether the store in this directory is of an earlier version: opening it would change it for good.
pub fn is_older(data: &Path) -> Result<bool, Trouble> {
    is_older_than(data, STEPS)
}

fn is_older_than(data: &Path, steps: &[Step]) -> Result<bool, Trouble> {
    let path = data.join(FILE);
    if !path.exists() {
        return Ok(false);
    }
    must_not_be_newer(&path, steps)?;
    let version = reader(&path)?.query_row("PRAGMA user_version", [], |row| row.get::<_, u32>(0));
    let version = version.map_err(|error| trouble(&path, &error))?;
    Ok((version as usize) < steps.len())
}

/// Brings a copy of the store to today's version and reads all of it. The copy is made beside the store, takes as
/// much room, and is gone afterwards.
pub fn rehearse(data: &Path) -> Result<(), Trouble> {
    rehearse_steps(data, STEPS)
}

fn rehearse_steps(data: &Path, steps: &[Step]) -> Result<(), Trouble> {
    let copy = draft_of(&data.join("rehearsal"))?;
    let done = on_copy(&data.join(FILE), &copy, steps);
    let _ = std::fs::remove_file(&copy);
    done
}

fn on_copy(path: &Path, copy: &Path, steps: &[Step]) -> Result<(), Trouble> {
    let name = copy.to_str().unwrap_or_default();
    let copied = reader(path)?.execute("VACUUM INTO ?", [name]);
    copied.map_err(|error| trouble(copy, &error))?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut db = Connection::open_with_flags(copy, flags).map_err(|error| trouble(copy, &error))?;
    migrate(&mut db, copy, steps)?;
    db.close().map_err(|(_, error)| trouble(copy, &error))?;
    let before = verify(path)?.len();
    match verify(copy)?.as_slice() {
        // What is damaged now is so afterwards.
        damaged if damaged.len() <= before => Ok(()),
        damaged => Err(Trouble {
            kind: Kind::Corrupt,
            text: format!(
                "the step to the new version would damage {} rows",
                damaged.len() - before
            ),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn no_step(_: &Connection) -> rusqlite::Result<()> {
        Ok(())
    }

    fn broken(db: &Connection) -> rusqlite::Result<()> {
        db.execute("UPDATE message SET nothing = 1", []).map(drop)
    }

    fn harmful(db: &Connection) -> rusqlite::Result<()> {
        db.execute("UPDATE meta SET value = value + 1", [])
            .map(drop)
    }

    /// A directory with a store of this version.
    fn store() -> tempfile::TempDir {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join(FILE);
        let mut db =
            crate::store::sqlite::connect::writer(&path, crate::config::Sync::Off).unwrap();
        migrate(&mut db, &path, STEPS).unwrap();
        crate::store::sqlite::schema::Fact::LastAccount
            .raise(&db, 7)
            .unwrap();
        home
    }

    #[test]
    fn a_step_is_tried_on_a_copy_and_the_store_stays_as_it_is() {
        let home = store();
        let bytes = || std::fs::read(home.path().join(FILE)).unwrap();
        let (before, mut steps) = (bytes(), STEPS.to_vec());
        assert!(!is_older(home.path()).unwrap());
        assert!(rehearse_steps(home.path(), &steps).is_ok());
        steps.push(no_step);
        assert!(is_older_than(home.path(), &steps).unwrap());
        assert!(rehearse_steps(home.path(), &steps).is_ok());
        for (step, words) in [(broken as Step, "nothing"), (harmful, "would damage")] {
            steps.pop();
            steps.push(step);
            let why = rehearse_steps(home.path(), &steps).unwrap_err();
            assert!(why.text.contains(words), "{why:?}");
        }
        assert_eq!(bytes(), before);
        assert!(!home.path().join("rehearsal.unfinished").exists());
    }

    #[test]
    fn where_nothing_is_kept_nothing_is_older() {
        let home = tempfile::tempdir().unwrap();
        assert!(!is_older(home.path()).unwrap());
    }
}
