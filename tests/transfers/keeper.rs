//! What is looked after without being asked, and what operators ask.

use crate::changes::wait_for;
use crate::http::{House, get, start};
use crate::process::Home;
use rustix::process::Signal;
use std::fs;
use std::os::unix::fs::symlink;

/// The place of the file of this name that everybody finds.
fn place_of(house: &mut House, name: &str) -> Option<String> {
    house.ann.send("FILE LIST *");
    let lines = house.ann.until("FILE END");
    let ending = format!(" :{name}");
    let line = lines.iter().find(|line| line.ends_with(&ending))?;
    let id = line.split(' ').skip_while(|word| *word != "ENTRY").nth(1)?;
    Some(format!("/files/{id}"))
}

#[test]
fn what_lies_in_the_operators_folder_is_offered_as_long_as_it_lies_there() {
    let home = Home::new();
    let folder = home.path().join("drop");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("rules.txt"), "be kind").unwrap();
    fs::write(folder.join(".hidden"), "no").unwrap();
    fs::write(home.path().join("elsewhere"), "no").unwrap();
    symlink(home.path().join("elsewhere"), folder.join("link")).unwrap();
    fs::create_dir(folder.join("directory")).unwrap();
    let config = format!("files: {{drop_dir: {}}}\n", folder.display());
    let served = start(&home, &config);
    let mut house = House::of(home, served);
    let mut place = None;
    wait_for(&house.changes(), "it is offered", || {
        place = place_of(&mut house, "rules.txt");
        place.is_some()
    });
    let first = place.unwrap();
    assert_eq!(get(house.port(), &first).body, b"be kind");
    for name in [".hidden", "hidden", "link", "directory"] {
        assert_eq!(place_of(&mut house, name), None, "{name}");
    }
    fs::write(folder.join("rules.txt"), "be kinder").unwrap();
    wait_for(&house.changes(), "it is offered as it is now", || {
        place_of(&mut house, "rules.txt")
            .is_some_and(|place| get(house.port(), &place).body == b"be kinder")
    });
    assert_eq!(get(house.port(), &first).status, 404);
    // A file that was taken away while no server ran is taken back too.
    house.served.signal(Signal::TERM);
    let House { home, served, .. } = house;
    served.end();
    fs::rename(folder.join("rules.txt"), folder.join("law.txt")).unwrap();
    let served = start(&home, &config);
    let mut house = House::of(home, served);
    wait_for(&house.changes(), "the new name is offered", || {
        place_of(&mut house, "law.txt").is_some()
    });
    wait_for(&house.changes(), "the old one is not", || {
        place_of(&mut house, "rules.txt").is_none()
    });
    fs::remove_file(folder.join("law.txt")).unwrap();
    wait_for(&house.changes(), "nothing is offered", || {
        place_of(&mut house, "law.txt").is_none()
    });
    wait_for(&house.changes(), "and nothing is kept", || {
        house.stored("objects").is_empty()
    });
}

#[test]
fn a_start_removes_what_never_came_whole_and_keeps_the_rest() {
    let house = House::new("");
    let place = house.share("a.txt", b"text");
    let headers = [("Upload-Length", "10")];
    let created = house.tus("POST /files/uploads", &headers, &[]);
    assert_eq!(created.status, 201);
    assert_eq!(house.stored("incoming").len(), 1);
    let House { home, served, .. } = house;
    served.signal(Signal::KILL);
    served.end();
    fs::write(home.path().join("data/files/incoming/odd"), "x").unwrap();
    let served = start(&home, "");
    let house = House::of(home, served);
    wait_for(&house.changes(), "it is swept", || {
        house.stored("incoming").is_empty()
    });
    assert_eq!(get(house.port(), &place).body, b"text");
}

#[test]
fn an_operator_verifies_imports_and_removes_what_nothing_needs() {
    let mut house = House::new("");
    let place = house.share("a.txt", b"text");
    let clean = house.home.run(&["admin", "files", "verify"]);
    assert!(clean.out.contains("all as they were stored"), "{clean:?}");
    let object = house.stored("objects").pop().unwrap();
    fs::write(&object, "tex!").unwrap();
    let stray = object.with_file_name("0".repeat(64));
    fs::write(&stray, "stray").unwrap();
    let damaged = house.home.run(&["admin", "files", "verify"]);
    assert!(
        damaged.out.contains("a.txt") && damaged.out.contains("changed"),
        "{damaged:?}"
    );
    // The stray lies in another drawer than its name has, so it is none of ours.
    let drawer = object.parent().unwrap().with_file_name("00");
    fs::create_dir(&drawer).unwrap();
    fs::rename(&stray, drawer.join("0".repeat(64))).unwrap();
    let asked = house.home.run(&["admin", "files", "gc", "--dry-run"]);
    assert!(asked.out.contains("1 file, 5 B"), "{asked:?}");
    assert_eq!(house.stored("objects").len(), 2);
    let done = house.home.run(&["admin", "files", "gc", "--yes"]);
    assert!(done.out.contains("1 file, 5 B"), "{done:?}");
    assert_eq!(house.stored("objects"), [object]);
    // The same bytes again mend it.
    house.share("b.txt", b"text");
    assert_eq!(get(house.port(), &place).body, b"text");
    let import = house.home.path().join("import");
    fs::create_dir(&import).unwrap();
    fs::write(import.join("map.png"), "a map").unwrap();
    let path = import.to_str().unwrap();
    let imported = house.home.run(&["admin", "files", "import", path, "--yes"]);
    assert!(imported.out.contains("Imported map.png"), "{imported:?}");
    let found = place_of(&mut house, "map.png").unwrap();
    assert_eq!(get(house.port(), &found).body, b"a map");
}
