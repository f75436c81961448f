//! How many of the candidates for a completion are offered at once.

/// Most candidates in one list.
const MOST: usize = 60;

/// The candidates for the last `typed` bytes before the cursor, as they are offered: if there are too many to be
/// read, what all have in common, or if that is typed already the first of them and how many more there are.
pub fn capped(mut all: Vec<String>, typed: usize) -> Vec<String> {
    if all.len() <= MOST {
        return all;
    }
    let common = common(&all);
    if common.len() > typed {
        return vec![common];
    }
    let more = all.len() - MOST;
    all.truncate(MOST);
    all.push(format!("… {more} more"));
    all
}

/// What all of them begin with, in any case of letters, as the first is written.
fn common(all: &[String]) -> String {
    let Some((first, others)) = all.split_first() else {
        return String::new();
    };
    let same = |own: &str| {
        let pairs = first.char_indices().zip(own.chars());
        let differs = |(_, a): &(usize, char), b: &char| !a.to_lowercase().eq(b.to_lowercase());
        let mut pairs = pairs.skip_while(|(a, b)| !differs(a, b));
        pairs
            .next()
            .map_or(first.len().min(own.len()), |((at, _), _)| at)
    };
    let length = others.iter().map(|own| same(own)).min();
    let end = first.floor_char_boundary(length.unwrap_or(first.len()));
    first.get(..end).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_as_long_as_one_can_read() {
        let many = |count: usize| (0..count).map(|n| format!("User{n} ")).collect::<Vec<_>>();
        assert_eq!(capped(many(60), 0), many(60));
        assert_eq!(capped(many(300), 2), ["User"]);
        let shown = capped(many(300), 4);
        assert_eq!(shown.len(), 61);
        assert_eq!(shown.last().unwrap(), "… 240 more");
        assert_eq!(common(&["éa".into(), "ÉB".into(), "éa".into()]), "é");
        assert_eq!(common(&[]), "");
    }
}
