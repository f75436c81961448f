//! What happens by itself: time passes.

use crate::client::asked::{Fence, Request, What};
use crate::client::deed::Deed;
use crate::client::ending::{Ending, Then};
use crate::client::item::Item;
use crate::client::state::{Phase, State};
use crate::exit::Exit;
use jiff::{SignedDuration, Timestamp};

/// Silence after which the server is asked whether it is there.
const SILENCE: SignedDuration = SignedDuration::from_secs(30);
/// Longest wait for the answer to that.
const PROBE: SignedDuration = SignedDuration::from_secs(10);
/// Time between two looks after which the machine must have slept.
const JUMP: SignedDuration = SignedDuration::from_secs(35);
/// Age at which a message without acknowledgement has the server asked whether it is there.
const DOUBT: SignedDuration = SignedDuration::from_secs(5);
/// Age at which a message without acknowledgement is shown as on its way.
const SLOW: SignedDuration = SignedDuration::from_secs(1);
/// Pace of the count in front of the prompt.
const COUNT: SignedDuration = SignedDuration::from_secs(1);
/// Longest wait for the server to close after a goodbye.
const GOODBYE: SignedDuration = SignedDuration::from_secs(1);

impl State {
    /// When `tick` is to be called next.
    pub fn deadline(&self) -> Timestamp {
        let after = |at: Timestamp, time| at.checked_add(time).unwrap_or(at);
        let patience = self.settings.patience;
        let deadline = match &self.phase {
            Phase::Greeting | Phase::Arriving if self.dialog.is_some() || self.server.is_left => {
                after(self.now, SILENCE)
            }
            Phase::Greeting | Phase::Arriving => after(self.began, patience),
            Phase::Naming => after(self.now, SILENCE),
            Phase::Lost(next) => next.unwrap_or(Timestamp::MAX).min(after(self.now, COUNT)),
            Phase::Leaving(since) => after(*since, GOODBYE),
            Phase::Here => match self.probed_at() {
                Some(at) => after(at.max(self.last_heard), PROBE),
                None => after(self.last_heard, SILENCE),
            },
        };
        let untold = self.asked.iter().filter(|request| !request.is_told);
        let others = [
            self.presence.deadline(),
            self.settled_at(),
            self.given_up_at(),
            untold.map(|request| after(request.at, SLOW)).min(),
        ];
        others.into_iter().flatten().fold(deadline, Timestamp::min)
    }

    /// When the oldest request will have waited long enough.
    fn given_up_at(&self) -> Option<Timestamp> {
        let after = |at: Timestamp, time| at.checked_add(time).ok();
        if self.phase != Phase::Here {
            return None;
        }
        if self.is_pipe() {
            return after(self.unanswered_since()?, self.settings.patience);
        }
        let real = self.asked.iter().filter(|own| !own.what.is_fence());
        let ends = real.filter_map(|own| match own.is_unsettled() {
            true if self.is_probing() => None,
            true if !own.is_doubted => after(own.at, DOUBT),
            true | false => after(own.at, self.settings.patience),
        });
        ends.min()
    }

    /// Time has passed.
    pub fn tick(&mut self, now: Timestamp) -> Vec<Deed> {
        let has_slept = now.duration_since(self.now) > JUMP;
        self.now = now;
        if has_slept {
            // Its answer may have come meanwhile, and not have been read.
            self.asked
                .take(None, |what| *what == What::Fence(Fence::Alive));
        }
        self.give_up_waiting();
        self.doubt_messages();
        if self.presence.is_due(now) {
            self.tell_moves();
        }
        self.tell_waiting(|request| now.duration_since(request.at) >= SLOW);
        self.try_again();
        if let Some(ending) = self.overdue() {
            match ending.then {
                Then::ComeBack if self.may_come_back() => self.lose(&ending.words),
                _ => self.leave(ending),
            }
        } else if self.phase == Phase::Here && !self.is_probing() && self.silence() >= SILENCE {
            self.fence(Fence::Alive);
        }
        self.turn_page();
        std::mem::take(&mut self.deeds)
    }

    /// Before a message is given up, the server is asked whether it is there: if it is not, the message waits.
    fn doubt_messages(&mut self) {
        if self.is_pipe() || self.phase != Phase::Here || self.is_probing() {
            return;
        }
        let now = self.now;
        let is_due = |own: &&mut Request| {
            own.is_unsettled() && !own.is_doubted && now.duration_since(own.at) >= DOUBT
        };
        let mut is_any = false;
        for own in self.asked.iter_mut().filter(is_due) {
            (own.is_doubted, is_any) = (true, true);
        }
        if is_any {
            self.fence(Fence::Alive);
        }
    }

    /// Requests that nobody answers any more: the person is told, so that the next lines go on.
    fn give_up_waiting(&mut self) {
        if self.is_pipe() || self.phase != Phase::Here {
            return;
        }
        let (now, patience) = (self.now, self.settings.patience);
        let seconds = patience.as_secs();
        let is_probing = self.is_probing();
        let is_old = |own: &Request| {
            let is_known = !own.is_unsettled() || (own.is_doubted && !is_probing);
            is_known && now.duration_since(own.at) >= patience
        };
        for what in self.asked.take_older(is_old) {
            let what = match what {
                What::Absences(absences) => {
                    self.show_people(*absences);
                    continue;
                }
                what => what,
            };
            match &what {
                What::Past(quest) if !quest.is_wanted() => {
                    self.past_failed(quest);
                    continue;
                }
                What::Marker(_) => {
                    self.go_through_inbox();
                    continue;
                }
                What::Proof(number) => self.proof_failed(*number),
                What::Say(saying) if saying.has_waited => self.note_landed(),
                _ => {}
            }
            let words = match what.unshown() {
                Some(text) => format!(
                    "No acknowledgement in {seconds} s; it is not known whether this arrived: {text}"
                ),
                None => format!("The server did not answer in {seconds} s."),
            };
            self.show(Item::Warned(words));
        }
    }

    /// Since when a pipe has waited for any answer at all.
    fn unanswered_since(&self) -> Option<Timestamp> {
        let oldest = self.asked.iter().next().map(|request| request.at);
        let is_idle = self.files.running().next().is_none();
        let ended = self.input_ended.filter(|_| is_idle);
        let since = oldest.into_iter().chain(ended).min();
        since.map(|at| at.max(self.last_answer))
    }

    fn silence(&self) -> SignedDuration {
        self.now.duration_since(self.last_heard)
    }

    /// The end, if something has been waited for too long.
    fn overdue(&self) -> Option<Ending> {
        let patience = self.settings.patience;
        let is_over = |since: Timestamp, time| self.now.duration_since(since) >= time;
        let place = &self.settings.place;
        match &self.phase {
            Phase::Greeting | Phase::Arriving if self.dialog.is_some() || self.server.is_left => {
                None
            }
            Phase::Greeting | Phase::Arriving if is_over(self.began, patience) => {
                let seconds = patience.as_secs();
                let words = format!("{place} did not answer within {seconds} s.");
                Some(Ending::new(Exit::Unreachable, words).and_come_back())
            }
            Phase::Leaving(since) if is_over(*since, GOODBYE) => Some(self.farewell()),
            Phase::Here
                if self.is_pipe() && self.given_up_at().is_some_and(|at| at <= self.now) =>
            {
                let words = "No acknowledgement in time: it is not known what arrived.";
                Some(Ending::new(Exit::NoAnswer, words))
            }
            Phase::Here
                if self.silence() >= PROBE
                    && self.probed_at().is_some_and(|at| is_over(at, PROBE)) =>
            {
                let silence = self.silence().as_secs();
                let words = match self.may_come_back() {
                    true => format!("no answer for {silence} s"),
                    false => format!("Connection to {place} lost (no answer for {silence} s)."),
                };
                Some(Ending::new(Exit::Unreachable, words).and_come_back())
            }
            Phase::Greeting
            | Phase::Arriving
            | Phase::Naming
            | Phase::Leaving(_)
            | Phase::Lost(_)
            | Phase::Here => None,
        }
    }
}
