//! What happens by itself: time passes.

use crate::client::asked::Fence;
use crate::client::asked::What;
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
            Phase::Here if self.is_probing() => after(self.last_heard, SILENCE + PROBE),
            Phase::Here => after(self.last_heard, SILENCE),
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
        let since = if self.is_pipe() {
            self.unanswered_since()
        } else {
            let mut real = self.asked.iter().filter(|request| !request.what.is_fence());
            real.next().map(|request| request.at)
        };
        let since = since.filter(|_| self.phase == Phase::Here)?;
        since.checked_add(self.settings.patience).ok()
    }

    /// Time has passed.
    pub fn tick(&mut self, now: Timestamp) -> Vec<Deed> {
        self.now = now;
        self.give_up_waiting();
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

    /// Requests that nobody answers any more: the person is told, so that the next lines go on.
    fn give_up_waiting(&mut self) {
        if self.is_pipe() || self.phase != Phase::Here {
            return;
        }
        let (now, patience) = (self.now, self.settings.patience);
        let seconds = patience.as_secs();
        for what in self
            .asked
            .take_older(|at| now.duration_since(at) >= patience)
        {
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
            Phase::Here if self.is_probing() && self.silence() >= SILENCE + PROBE => {
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
