//! Files that people share: what is known of them outlives a restart, and moves along with a room.

use super::records::kept;
use super::{on_each, room};
use crate::proto::msgid::Moment;
use crate::store::record::Record;
use crate::store::record::account::Party;
use crate::store::record::file::{Digest, FileId, FileRow, Place};
use crate::store::record::said::Heard;

pub(crate) fn file(id: u8, name: &str, place: Place) -> FileRow {
    FileRow {
        id: FileId([id; 16]),
        name: name.into(),
        bytes: u64::MAX,
        digest: Digest([id; 32]),
        place,
        to: Some("#x".into()),
        by: "Ann".into(),
        owner: Some(Party::Guest(7)),
        from: Some("192.0.2.0/24".into()),
        at: Moment(9),
        until_ms: Some(u64::MAX),
    }
}

fn record(row: FileRow) -> Record {
    Record::File(Box::new(row))
}

fn in_room(name: &str) -> Place {
    Place::Said(room(name, Heard::Members))
}

#[test]
fn a_file_is_kept_as_it_is_now_until_it_is_gone() {
    on_each(|backend| {
        let own = |name: &str| file(1, name, Place::Everybody);
        backend.keep(&[record(own("a")), record(file(2, "b", in_room("#x")))]);
        backend.keep(&[record(own("c"))]);
        let both = [record(own("c")), record(file(2, "b", in_room("#x")))];
        assert_eq!(kept(backend), both);
        backend.keep(&[Record::FileGone(FileId([2; 16]))]);
        assert_eq!(kept(backend), [record(own("c"))]);
        backend.keep(&[Record::FileGone(FileId([3; 16]))]);
        backend.keep(&[Record::FileGone(FileId([1; 16]))]);
        assert_eq!(kept(backend), []);
    });
}

#[test]
fn a_renamed_room_takes_its_files_along_and_none_of_an_earlier_one() {
    on_each(|backend| {
        let rows = [
            file(1, "moves", in_room("#x")),
            file(2, "is lost", in_room("#y")),
            file(3, "stays", in_room("#z")),
            file(4, "was nowhere", Place::Unlisted),
        ];
        backend.keep(&rows.clone().map(record));
        backend.keep(&[Record::RoomRenamed {
            from: "#x".into(),
            to: "#y".into(),
        }]);
        let renamed = |row: &FileRow| row.renamed("#x", "#y").unwrap_or_else(|| row.clone());
        let expected: Vec<Record> = rows.iter().map(renamed).map(record).collect();
        assert_eq!(kept(backend), expected);
        assert_eq!(renamed(&rows[0]).room(), Some("#y"));
        assert_eq!(renamed(&rows[1]).place, Place::Unlisted);
    });
}
