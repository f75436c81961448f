//! What those say who carry files: how far it is, and how it ended.

use crate::client::deed::{Deed, Refusal};
use crate::client::fact;
use crate::client::files::figure::took;
use crate::client::files::order::{Check, News, Outcome, Report};
use crate::client::files::told::Progress;
use crate::client::files::transfer::{Stage, Transfer, Way};
use crate::client::item::Item;
use crate::client::state::State;
use crate::proto::file_name::size;
use jiff::{SignedDuration, Timestamp};

/// What is over sooner is not told in quarters.
const QUICK: SignedDuration = SignedDuration::from_secs(1);

impl State {
    /// Something became of a transfer.
    pub fn carried(&mut self, report: Report, now: Timestamp) -> Vec<Deed> {
        self.now = now;
        let number = report.number;
        if self.files.find(number).is_some_and(Transfer::is_running) {
            self.hear_news(number, report.news);
        }
        self.leave_if_done();
        std::mem::take(&mut self.deeds)
    }

    fn hear_news(&mut self, number: u32, news: News) {
        let now = self.now;
        let Some(transfer) = self.files.find_mut(number) else {
            return;
        };
        match news {
            News::WantsProof => {
                transfer.stage = Stage::Unproven;
                self.ask_proof(number);
            }
            News::Began { done, total } => {
                transfer.begin(done, total, now);
                self.tell_progress(number, None);
            }
            News::Moved(done) => {
                transfer.moved(done, now);
                self.tell_quarter(number);
                self.tell_progress(number, None);
            }
            News::Stopped(why) => {
                let is_new = transfer.stage != Stage::Stopped;
                transfer.stop();
                let words = format!("{}: {why}; trying again", transfer.name);
                if is_new {
                    self.event(words);
                }
                self.tell_progress(number, None);
            }
            News::Note(words) => self.show(Item::Warned(words)),
            News::Ended(outcome) => self.end_transfer(number, outcome),
        }
    }

    fn end_transfer(&mut self, number: u32, outcome: Outcome) {
        let now = self.now;
        self.last_answer = now;
        let Some(transfer) = self.files.find_mut(number) else {
            return;
        };
        self.asked.about = transfer.about.clone();
        let (bytes, check, path, link) = match outcome {
            Outcome::Failed { exit, words } => {
                transfer.end(Stage::Failed, now);
                self.tell_progress(number, None);
                return self.refuse(Refusal::new(exit, words));
            }
            Outcome::Cancelled => {
                let far = transfer.percent();
                let words = format!("{} was cancelled at {far} %", transfer.name);
                transfer.end(Stage::Cancelled, now);
                self.tell_progress(number, None);
                self.event(words);
                return self.acknowledge();
            }
            Outcome::Sent { bytes, link, check } => (bytes, check, None, link),
            Outcome::Fetched { path, bytes, check } => (bytes, check, Some(path), None),
        };
        (transfer.done, transfer.total) = (bytes, bytes);
        transfer.end(Stage::Done, now);
        let words = done_words(transfer, check);
        let to = transfer.to.clone();
        self.tell_progress(number, path);
        if !self.is_json() {
            self.show(Item::Done(words));
        }
        self.acknowledge();
        if let (Some(link), Some(to)) = (link, to) {
            self.say(&to, &link, crate::client::item::Tone::Say, "");
        }
    }

    pub(super) fn tell_progress(&mut self, number: u32, path: Option<String>) {
        if let Some(transfer) = self.files.find(number) {
            let progress = Progress::of(transfer, path);
            self.tell(self.now, fact::What::Progress(progress));
        }
    }

    /// Tells in words how many quarters are done, for those who see no bar.
    fn tell_quarter(&mut self, number: u32) {
        let (now, is_json) = (self.now, self.is_json());
        let Some(transfer) = self.files.find_mut(number) else {
            return;
        };
        let quarters = transfer.percent() / 25;
        let is_slow = now.duration_since(transfer.began) >= QUICK;
        if quarters > transfer.quarters && quarters < 4 && is_slow && !is_json {
            transfer.quarters = quarters;
            let words = format!("{} {} %", transfer.name, quarters * 25);
            self.show(Item::Quarter(words));
        }
    }
}

/// That it is done, how much, how fast.
fn done_words(transfer: &Transfer, check: Check) -> String {
    let now = transfer.ended.unwrap_or(transfer.began);
    let time = took(now.duration_since(transfer.began));
    let to = match (transfer.way, &transfer.to) {
        (Way::Up, Some(to)) => format!(" to {to}"),
        (Way::Up, None) | (Way::Down, _) => String::new(),
    };
    let check = match check {
        Check::Agrees => ", SHA-256 agrees",
        Check::Unknown => "",
    };
    let (name, size) = (&transfer.name, size(transfer.done));
    format!("{name}  {size}{to} in {time}{check}")
}
