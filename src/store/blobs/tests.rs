//! The place of bytes, on a real disk.

use super::*;
use crate::store::blobs::tidy::Damage;
use std::collections::HashSet;
use std::fs;
use std::io::Read;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::sync::Arc;
use std::time::Duration;

const ONE: Number = [1; 16];
const TWO: Number = [2; 16];
const OF_ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

fn place() -> (tempfile::TempDir, Arc<Blobs>) {
    let data = tempfile::tempdir().unwrap();
    let blobs = Arc::new(Blobs::open(data.path()).unwrap());
    (data, blobs)
}

/// Stores these bytes, coming in these pieces.
fn store(blobs: &Arc<Blobs>, pieces: &[&[u8]]) -> Digest {
    let mut incoming = blobs.begin(&ONE).unwrap();
    for piece in pieces {
        incoming.append(piece).unwrap();
    }
    blobs.keep(incoming).unwrap().digest
}

fn content(blobs: &Blobs, digest: &Digest) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (mut file, length) = blobs.read(digest).unwrap();
    file.read_to_end(&mut bytes).unwrap();
    assert_eq!(length, u64::try_from(bytes.len()).unwrap());
    bytes
}

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777
}

fn files_in(place: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(place).unwrap();
    entries.map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn a_file_is_found_under_what_its_bytes_add_up_to() {
    let (data, blobs) = place();
    let digest = store(&blobs, &[b"a", b"", b"bc"]);
    assert_eq!(digest.to_string(), OF_ABC);
    assert_eq!(content(&blobs, &digest), b"abc");
    assert!(files_in(&data.path().join("files/incoming")).is_empty());
}

#[test]
fn everything_is_for_its_owner_alone() {
    let (data, blobs) = place();
    let digest = store(&blobs, &[b"abc"]);
    let object = blobs.object(&digest);
    assert_eq!(object, data.path().join("files/objects/ba").join(OF_ABC));
    assert_eq!(mode(&object), 0o600);
    for folder in [
        "files",
        "files/incoming",
        "files/objects",
        "files/objects/ba",
    ] {
        assert_eq!(mode(&data.path().join(folder)), 0o700, "{folder}");
    }
}

#[test]
fn the_same_bytes_twice_are_one_file() {
    let (_data, blobs) = place();
    let first = store(&blobs, &[b"abc"]);
    assert_eq!(store(&blobs, &[b"ab", b"c"]), first);
    assert_eq!(blobs.all().unwrap(), [first]);
}

#[test]
fn what_was_paused_goes_on_where_it_stood() {
    let (data, blobs) = place();
    let mut incoming = blobs.begin(&ONE).unwrap();
    incoming.append(b"ab").unwrap();
    let paused = incoming.pause();
    assert_eq!(paused.bytes(), 2);
    // What a process wrote last before it was interrupted does not count.
    let path = data.path().join("files/incoming").join("01".repeat(16));
    fs::write(&path, b"abXYZ").unwrap();
    let mut incoming = blobs.go_on(&ONE, paused.clone()).unwrap();
    incoming.append(b"c").unwrap();
    let stored = blobs.keep(incoming).unwrap();
    assert_eq!(
        (stored.digest.to_string(), stored.bytes),
        (OF_ABC.into(), 3)
    );
    assert!(blobs.recover(&ONE).is_err());
    // It is whole, so there is nothing to go on with.
    assert!(blobs.go_on(&ONE, paused).is_err());
}

#[test]
fn another_process_goes_on_with_what_is_there() {
    let (_data, blobs) = place();
    blobs.begin(&ONE).unwrap().append(b"ab").unwrap();
    let mut incoming = blobs.go_on(&ONE, blobs.recover(&ONE).unwrap()).unwrap();
    incoming.append(b"c").unwrap();
    let stored = blobs.keep(incoming).unwrap();
    assert_eq!(
        (stored.digest.to_string(), stored.bytes),
        (OF_ABC.into(), 3)
    );
}

#[test]
fn what_lost_bytes_while_it_waited_does_not_go_on() {
    let (data, blobs) = place();
    let mut incoming = blobs.begin(&ONE).unwrap();
    incoming.append(b"abc").unwrap();
    let paused = incoming.pause();
    let path = data.path().join("files/incoming").join("01".repeat(16));
    fs::write(&path, b"ab").unwrap();
    assert!(blobs.go_on(&ONE, paused).is_err());
}

#[test]
fn a_number_is_used_once_and_no_link_is_followed() {
    let (data, blobs) = place();
    let _incoming = blobs.begin(&ONE).unwrap();
    assert!(blobs.begin(&ONE).is_err());
    let elsewhere = data.path().join("elsewhere");
    fs::write(&elsewhere, b"mine").unwrap();
    symlink(
        &elsewhere,
        data.path().join("files/incoming").join("02".repeat(16)),
    )
    .unwrap();
    assert!(blobs.begin(&TWO).is_err());
    let digest = store_over_link(&blobs, &elsewhere);
    assert!(blobs.read(&digest).is_err(), "a link is no file of ours");
    assert_eq!(fs::read(&elsewhere).unwrap(), b"mine");
}

/// A link where a file of ours was.
fn store_over_link(blobs: &Arc<Blobs>, to: &Path) -> Digest {
    let mut incoming = blobs.begin(&[3; 16]).unwrap();
    incoming.append(b"abc").unwrap();
    let digest = blobs.keep(incoming).unwrap().digest;
    let object = blobs.object(&digest);
    fs::remove_file(&object).unwrap();
    symlink(to, &object).unwrap();
    digest
}

#[test]
fn what_is_replaced_before_it_is_whole_has_the_other_digest() {
    let (_data, blobs) = place();
    let mut incoming = blobs.begin(&ONE).unwrap();
    incoming.append(b"with a place").unwrap();
    assert_eq!(incoming.first(4).unwrap(), b"with");
    assert_eq!(incoming.first(99).unwrap(), b"with a place");
    assert_eq!(incoming.content().unwrap(), b"with a place");
    incoming.replace(b"abc").unwrap();
    let stored = blobs.keep(incoming).unwrap();
    assert_eq!(
        (stored.digest.to_string(), stored.bytes),
        (OF_ABC.into(), 3)
    );
    assert_eq!(content(&blobs, &stored.digest), b"abc");
}

#[test]
fn only_what_nothing_refers_to_is_removed() {
    let (_data, blobs) = place();
    let (abc, d) = (store(&blobs, &[b"abc"]), store(&blobs, &[b"d"]));
    let all = blobs.all().unwrap();
    let none = blobs.remove_unneeded(&all, || None);
    assert_eq!(none.files, 0, "nobody knows what is needed");
    let removed = blobs.remove_unneeded(&all, || Some(HashSet::from([abc])));
    assert_eq!((removed.files, removed.bytes), (1, 1));
    assert_eq!(blobs.all().unwrap(), [abc]);
    assert!(blobs.read(&d).is_err());
}

#[test]
fn what_is_on_its_way_into_a_list_stays() {
    let (_data, blobs) = place();
    let mut incoming = blobs.begin(&ONE).unwrap();
    incoming.append(b"abc").unwrap();
    let stored = blobs.keep(incoming).unwrap();
    let unneeded = || Some(HashSet::new());
    assert_eq!(blobs.remove_unneeded(&[stored.digest], unneeded).files, 0);
    let digest = stored.digest;
    drop(stored);
    assert_eq!(blobs.remove_unneeded(&[digest], unneeded).files, 1);
}

#[test]
fn what_comes_again_while_it_is_being_removed_stays() {
    let (_data, blobs) = place();
    let digest = store(&blobs, &[b"abc"]);
    let removed = blobs.remove_unneeded(&[digest], || {
        store(&blobs, &[b"abc"]);
        Some(HashSet::new())
    });
    assert_eq!(removed.files, 0);
    assert_eq!(content(&blobs, &digest), b"abc");
}

#[test]
fn damage_is_found() {
    let (_data, blobs) = place();
    let (abc, d) = (store(&blobs, &[b"abc"]), store(&blobs, &[b"d"]));
    let examined = || [abc, d].map(|one| blobs.examine(&one));
    assert_eq!(examined(), [None, None]);
    fs::write(blobs.object(&abc), b"abd").unwrap();
    fs::remove_file(blobs.object(&d)).unwrap();
    let (changed, missing) = (Damage::Changed(abc), Damage::Missing(d));
    assert_eq!(examined(), [Some(changed), Some(missing)]);
    // The same bytes again mend it.
    store(&blobs, &[b"abc"]);
    store(&blobs, &[b"d"]);
    assert_eq!(examined(), [None, None]);
}

#[test]
fn what_nobody_waits_for_is_swept_away() {
    let (data, blobs) = place();
    for number in [ONE, TWO] {
        blobs.begin(&number).unwrap().append(b"abc").unwrap();
    }
    fs::write(data.path().join("files/incoming/odd"), b"x").unwrap();
    let expected = || HashSet::from([TWO]);
    let young = blobs.sweep_incoming(Duration::from_secs(9999), expected);
    assert_eq!(young.unwrap().files, 0);
    let removed = blobs.sweep_incoming(Duration::ZERO, expected).unwrap();
    assert_eq!((removed.files, removed.bytes), (2, 4));
    let left = files_in(&data.path().join("files/incoming"));
    assert_eq!(left, [blobs.coming(&TWO)]);
    blobs.discard(&TWO).unwrap();
    blobs.discard(&TWO).unwrap();
    assert!(files_in(&data.path().join("files/incoming")).is_empty());
}
