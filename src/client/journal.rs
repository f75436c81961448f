//! A file to which everything that is shown is written, cleaned as for the screen, for its owner alone.

use crate::client::item::{Item, Said, Way};
use crate::client::taste::{Clock, Taste};
use crate::client::view::View;
use crate::client::view::look::{Charset, Colour, Layout, Look};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::fs::{File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// The file, and how lines look in it.
#[derive(Debug)]
pub struct Journal {
    inner: Mutex<Inner>,
    zone: TimeZone,
}

#[derive(Debug)]
struct Inner {
    file: File,
    view: View,
    /// It cannot be written to any more.
    is_over: bool,
}

impl Journal {
    /// Goes on with the file, or begins it. A link is not followed.
    pub fn open(path: &Path) -> io::Result<Self> {
        let is_link = path.symlink_metadata().is_ok_and(|meta| meta.is_symlink());
        if is_link {
            return Err(io::Error::other("it is a symbolic link"));
        }
        let mut options = OpenOptions::new();
        let file = options.create(true).append(true).mode(0o600).open(path)?;
        if file.metadata()?.is_file() {
            file.set_permissions(Permissions::from_mode(0o600))?;
        }
        let zone = TimeZone::system();
        Ok(Self {
            inner: Mutex::new(Inner {
                file,
                view: view(&zone),
                is_over: false,
            }),
            zone,
        })
    }

    /// Writes what is shown; `room` is the current one. Why it cannot be, once.
    pub fn note(&self, item: &Item, room: Option<&str>, now: Timestamp) -> Result<(), String> {
        let (at, item) = match item {
            Item::Sending(_) | Item::Waiting { .. } | Item::Wire(_) | Item::Quarter(_) => {
                return Ok(());
            }
            Item::Said(said) => (said.at, Item::Said(placed(said, room))),
            Item::Event { at, .. } => (*at, item.clone()),
            other => (now, other.clone()),
        };
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        if inner.is_over {
            return Ok(());
        }
        let time = at
            .to_zoned(self.zone.clone())
            .strftime("%F %T%:z")
            .to_string();
        let mut text = String::new();
        for line in inner.view.render(&item, usize::MAX).lines() {
            text.push_str(&format!("{time} {line}\n"));
        }
        inner.file.write_all(text.as_bytes()).map_err(|why| {
            inner.is_over = true;
            format!("Nothing more is written to the log: {why}")
        })
    }
}

/// What was said with the room in which it was.
fn placed(said: &Said, room: Option<&str>) -> Said {
    let mut said = said.clone();
    if let (Way::Here, Some(room)) = (&said.way, room) {
        said.way = Way::There(room.to_owned());
    }
    said
}

/// One line for each message, without colour, and without the time, which each line has before it.
fn view(zone: &TimeZone) -> View {
    let taste = Taste {
        time: Clock::Never,
        ..Taste::default()
    };
    let look = Look {
        layout: Layout::Plain,
        colour: Colour::Off,
        charset: Charset::AsciiSigns,
        theme: taste.theme,
    };
    let mut view = View::new(look, zone.clone());
    view.adopt(&taste);
    view
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_stands_in_a_file_of_ones_own_and_harms_no_terminal() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("log");
        let journal = Journal::open(&path).unwrap();
        let now: Timestamp = "2026-11-20T08:31:00Z".parse().unwrap();
        for text in ["one\x1b]2;x\x07\x02two", "three"] {
            let event = Item::Event {
                at: now,
                room: None,
                text: text.to_owned(),
            };
            journal.note(&event, None, now).unwrap();
        }
        journal
            .note(&Item::Wire("PASS x".into()), None, now)
            .unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 2, "{text}");
        assert!(
            lines[0].ends_with(" * one␛]2;x␇two") && lines[0].starts_with("2026-11-"),
            "{text}"
        );
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let link = place.path().join("link");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        assert!(Journal::open(&link).is_err());
    }
}
