//! Who is at the other end of the admin socket: names and groups as the system has them.

use rustix::net::UCred;
use std::collections::BTreeSet;
use std::fs::read_to_string;

const USERS: &str = "/etc/passwd";
const GROUPS: &str = "/etc/group";

/// The number of a group.
pub(super) fn gid(name: &str) -> Option<u32> {
    let table = read_to_string(GROUPS).ok()?;
    rows(&table).find_map(|(known, id)| (known == name).then_some(id))
}

/// The name of a user; `uid 1001` for one that has none.
pub(super) fn user(uid: u32) -> String {
    let table = read_to_string(USERS).unwrap_or_default();
    name_of(&table, uid).unwrap_or_else(|| format!("uid {uid}"))
}

/// The groups of a process, which the system lets nobody forge.
pub(super) fn groups(peer: &UCred) -> BTreeSet<u32> {
    let pid = peer.pid.as_raw_nonzero();
    let status = read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let mut groups = BTreeSet::from([peer.gid.as_raw()]);
    let is_theirs = numbers(&status, "Uid:").nth(1) == Some(peer.uid.as_raw());
    if is_theirs {
        groups.extend(numbers(&status, "Groups:"));
    }
    groups
}

/// The names of groups.
pub(super) fn names(gids: &BTreeSet<u32>) -> Vec<Box<str>> {
    let table = read_to_string(GROUPS).unwrap_or_default();
    let named = rows(&table).filter(|(_, id)| gids.contains(id));
    named.map(|(name, _)| name.into()).collect()
}

/// The numbers of a line of a status file.
fn numbers<'a>(status: &'a str, key: &str) -> impl Iterator<Item = u32> + use<'a> {
    let line = status.lines().find_map(|line| line.strip_prefix(key));
    let words = line.unwrap_or_default().split_whitespace();
    words.filter_map(|word| word.parse().ok())
}

fn name_of(table: &str, id: u32) -> Option<String> {
    rows(table).find_map(|(name, known)| (known == id).then(|| name.to_owned()))
}

/// Names and numbers of a table of the system.
fn rows(table: &str) -> impl Iterator<Item = (&str, u32)> {
    table.lines().filter_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next().filter(|name| !name.is_empty())?;
        Some((name, fields.nth(1)?.parse().ok()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_by_number_and_odd_lines_passed_over() {
        let table = "root:x:0:0:root:/root:/bin/sh\n#\n:x:7:7\neve:x:1001:1001::/:/bin/sh\n";
        assert_eq!(name_of(table, 1001).as_deref(), Some("eve"));
        assert_eq!(name_of(table, 7), None);
    }

    #[test]
    fn the_groups_of_a_process_are_those_of_its_status() {
        let status = "Name:\tchat\nUid:\t1\t2\t3\t4\nGroups:\t27 100 \n";
        assert_eq!(numbers(status, "Uid:").nth(1), Some(2));
        assert_eq!(numbers(status, "Groups:").collect::<Vec<_>>(), [27, 100]);
    }
}
