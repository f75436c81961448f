//! What other programs do for the person: a pager shows long answers, an editor takes long texts.

use crate::client::act::usage;
use crate::client::deed::{Deed, Refusal};
use crate::client::input::{self, Group, Input};
use crate::client::item::{Age, Item, Said};
use crate::client::state::State;
use jiff::Timestamp;

/// Most items that are gathered for the pager.
const MOST: usize = 10_000;
const NOTHING: &str = "nothing was written, and nothing was sent";

/// `/page COMMAND`
pub fn page(state: &mut State, words: &str) -> Result<(), Refusal> {
    if words.is_empty() {
        return Err(usage("page"));
    }
    let line = match words.strip_prefix('/') {
        Some(_) => words.to_owned(),
        None => format!("/{words}"),
    };
    let Input::Run(row, rest) = input::read(&line) else {
        let words = format!("{line} is no command. /page history 200 shows it in a pager.");
        return Err(Refusal::usage(words));
    };
    if row.group == Group::Talk || ["page", "edit", "quit", "connect"].contains(&row.name) {
        return Err(Refusal::usage(format!("{line} has no long answer.")));
    }
    if !state.is_pipe() {
        state.page = Some(Vec::new());
    }
    (row.run)(state, rest)
}

/// `/edit [TEXT]`
pub fn edit(state: &mut State, words: &str) -> Result<(), Refusal> {
    if state.is_pipe() {
        return Err(Refusal::usage("Without a terminal there is no editor."));
    }
    state.must_have_target()?;
    state.draft = Some(words.to_owned());
    Ok(())
}

impl State {
    /// Keeps what belongs to a long answer for the pager; if all of it is there, has it shown.
    pub fn turn_page(&mut self) {
        let Some(page) = &mut self.page else { return };
        for deed in std::mem::take(&mut self.deeds) {
            match deed {
                Deed::Show(item) if page.len() < MOST && is_answer(&item) => page.push(item),
                deed => self.deeds.push(deed),
            }
        }
        let is_whole = self.asked.iter().all(|request| request.what.is_fence());
        if is_whole && let Some(page) = self.page.take() {
            self.deeds.push(Deed::Page(page));
        }
    }

    /// The editor was left; it wrote this.
    pub fn edited(&mut self, text: &str, now: Timestamp) -> Vec<Deed> {
        self.now = now;
        self.draft = None;
        let text = text.trim_matches(['\n', '\r']).trim_end();
        if text.is_empty() {
            self.event(NOTHING);
        } else {
            self.paste = Some(text.lines().map(str::to_owned).collect());
        }
        std::mem::take(&mut self.deeds)
    }

    /// Another program could not do what it was to do.
    pub fn undone(&mut self, why: &str, now: Timestamp) -> Vec<Deed> {
        self.now = now;
        let draft = self.draft.take().filter(|draft| draft.contains('\n'));
        self.paste = draft.map(|draft| draft.lines().map(str::to_owned).collect());
        self.refuse(Refusal::usage(format!("{why}. Nothing was sent.")));
        std::mem::take(&mut self.deeds)
    }
}

/// Whether something is shown because it was asked for.
fn is_answer(item: &Item) -> bool {
    match item {
        Item::Said(Said { age, .. }) => *age == Age::Past,
        Item::List { .. } | Item::Text(_) | Item::Rule(_) | Item::Refused(_) => true,
        _ => false,
    }
}
