//! Where in a YAML text a key stands; the parser keeps no positions, so this looks for them.
//!
//! It serves people who mend a file: a wrong guess in a contorted file is possible, a panic is not.

/// Line and column, both counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub line: usize,
    pub column: usize,
}

/// The place of a key by its path, like `server.motd` or `opers[1].name`.
pub fn find(text: &str, path: &str) -> Option<Place> {
    if let Some(whole) = key_after(text, 0, path) {
        return Some(place_of(text, whole));
    }
    let mut from = 0;
    for segment in path.split('.') {
        let (name, index) = match segment.split_once('[') {
            Some((name, rest)) => (name, rest.trim_end_matches(']').parse().ok()),
            None => (segment, None),
        };
        from = key_after(text, from, name)?;
        if let Some(index) = index {
            from = item_after(text, from, index).unwrap_or(from);
        }
    }
    Some(place_of(text, from))
}

/// Line and column of a byte offset.
pub fn place_of(text: &str, offset: usize) -> Place {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Place {
        line: before.matches('\n').count() + 1,
        column: before.get(line_start..).map_or(0, |s| s.chars().count()) + 1,
    }
}

/// Offset of the first key called `name` at or after `from`, outside comments.
fn key_after(text: &str, from: usize, name: &str) -> Option<usize> {
    let mut search = from;
    while let Some(found) = text.get(search..)?.find(name) {
        let at = search + found;
        if is_key(text, at, name) {
            return Some(at);
        }
        search = at + name.chars().next().map_or(1, char::len_utf8);
    }
    None
}

/// Whether the `name` at this offset is a whole key: nothing of a word before it, a colon behind it, no comment around it.
fn is_key(text: &str, at: usize, name: &str) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let after = text.get(at + name.len()..).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let is_start = before
        .chars()
        .next_back()
        .is_none_or(|c| c.is_whitespace() || "{,\"'".contains(c));
    let is_end = after
        .trim_start_matches(['"', '\''])
        .trim_start_matches(' ')
        .starts_with(':');
    let is_comment = line.trim_start().starts_with('#') || line.contains(" #");
    is_start && is_end && !is_comment
}

/// Offset of the list item with this number after `from`.
fn item_after(text: &str, from: usize, index: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    let mut items = 0;
    let mut offset = from;
    for line in rest.split_inclusive('\n') {
        if line.trim_start().starts_with("- ") {
            if items == index {
                return Some(offset);
            }
            items += 1;
        }
        offset += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, path: &str) -> Option<(usize, usize)> {
        find(text, path).map(|p| (p.line, p.column))
    }

    #[test]
    fn a_key_is_found_in_blocks_and_in_braces() {
        let text = "# name: no\nserver:\n  name: x # bind: no\n  bind: y\nflood: { enabled: no }\n";
        assert_eq!(at(text, "server"), Some((2, 1)));
        assert_eq!(at(text, "server.name"), Some((3, 3)));
        assert_eq!(at(text, "server.bind"), Some((4, 3)));
        assert_eq!(at(text, "flood.enabled"), Some((5, 10)));
        assert_eq!(at(text, "flood.burst"), None);
    }

    #[test]
    fn a_key_of_the_second_item_is_found_there() {
        let text = "opers:\n  - name: a\n    role: x\n  - name: b\n    rule: y\n";
        assert_eq!(at(text, "opers[1].name"), Some((4, 5)));
        assert_eq!(at(text, "opers[1].rule"), Some((5, 5)));
    }
}
