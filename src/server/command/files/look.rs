//! Whether somebody may read a file. What is not there and what they may not read is the same to them.

use crate::config::files::Links;
use crate::server::command::files::proof::Who;
use crate::server::command::files::{Outcome, Scene};
use crate::server::world::file::{FileAnswer, FileAsk, Refused};
use crate::store::record::file::FileId;

/// There is no such file, for them.
pub(super) fn nothing() -> Refused {
    Refused::NoSuch("No such file".into())
}

impl Scene<'_> {
    /// Whether a question is answered only to whom one knows: a link alone is enough, unless it is for members.
    pub(super) fn needs_proof(&self, ask: &FileAsk) -> bool {
        match ask {
            FileAsk::Look { .. } => self.world.config.files.links == Links::Members,
            _ => true,
        }
    }

    pub(super) fn look(&mut self, who: Option<Who>, id: FileId) -> Outcome {
        let rules = &self.world.config.files;
        let row = self.world.files.get(id);
        let is_over = |until_ms: u64| until_ms <= self.now.unix_ms;
        let row = row.filter(|row| rules.enabled && !row.until_ms.is_some_and(is_over));
        let row = row.ok_or_else(nothing)?;
        let is_theirs = match rules.links {
            Links::Anyone => true,
            Links::Members => who
                .and_then(|who| self.reader(who))
                .is_some_and(|reader| row.is_found_by(&reader)),
        };
        match is_theirs {
            true => Ok(FileAnswer::Found(Box::new(row.clone()))),
            false => Err(nothing()),
        }
    }
}
