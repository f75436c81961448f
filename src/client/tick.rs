//! What happens by itself: time passes.

use crate::client::asked::Fence;
use crate::client::ending::Ending;
use crate::client::state::{Deed, Phase, State};
use crate::exit::Exit;
use jiff::{SignedDuration, Timestamp};

/// Silence after which the server is asked whether it is there.
const SILENCE: SignedDuration = SignedDuration::from_secs(30);
/// Longest wait for the answer to that.
const PROBE: SignedDuration = SignedDuration::from_secs(10);
/// Age at which a message without acknowledgement is shown as on its way.
const SLOW: SignedDuration = SignedDuration::from_secs(1);
/// Longest wait for the server to close after a goodbye.
const GOODBYE: SignedDuration = SignedDuration::from_secs(1);

impl State {
    /// When `tick` is to be called next.
    pub fn deadline(&self) -> Timestamp {
        let after = |at: Timestamp, time| at.checked_add(time).unwrap_or(at);
        let patience = self.settings.patience;
        let mut deadline = match &self.phase {
            Phase::Greeting | Phase::Arriving => after(self.began, patience),
            Phase::Naming(_) => after(self.now, SILENCE),
            Phase::Leaving(since) => after(*since, GOODBYE),
            Phase::Here if self.is_probing() => after(self.last_heard, SILENCE + PROBE),
            Phase::Here => after(self.last_heard, SILENCE),
        };
        let slow = self
            .asked
            .iter()
            .filter(|request| !request.is_told && request.what.unshown().is_some());
        let others = [
            self.input_ended
                .map(|at| after(at.max(self.last_answer), patience)),
            self.presence.deadline(),
            self.settled_at(),
            slow.map(|request| after(request.at, SLOW)).min(),
        ];
        for other in others.into_iter().flatten() {
            deadline = deadline.min(other);
        }
        deadline
    }

    /// Time has passed.
    pub fn tick(&mut self, now: Timestamp) -> Vec<Deed> {
        self.now = now;
        let told = self.presence.due(now);
        self.tell(told);
        self.tell_waiting(|request| now.duration_since(request.at) >= SLOW);
        if let Some(ending) = self.overdue() {
            self.leave(ending);
        } else if self.phase == Phase::Here && !self.is_probing() && self.silence() >= SILENCE {
            self.fence(Fence::Alive);
        }
        std::mem::take(&mut self.deeds)
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
            Phase::Greeting | Phase::Arriving if is_over(self.began, patience) => {
                let seconds = patience.as_secs();
                let words = format!("{place} did not answer within {seconds} s.");
                Some(Ending::new(Exit::Unreachable, words))
            }
            Phase::Leaving(since) if is_over(*since, GOODBYE) => Some(self.farewell()),
            Phase::Here
                if self
                    .input_ended
                    .is_some_and(|at| is_over(at.max(self.last_answer), patience)) =>
            {
                let words = "No acknowledgement in time: it is not known what arrived.";
                Some(Ending::new(Exit::NoAnswer, words))
            }
            Phase::Here if self.is_probing() && self.silence() >= SILENCE + PROBE => {
                let words = format!(
                    "Connection to {place} lost (no answer for {} s).",
                    self.silence().as_secs()
                );
                Some(Ending::new(Exit::Unreachable, words))
            }
            Phase::Greeting
            | Phase::Arriving
            | Phase::Naming(_)
            | Phase::Leaving(_)
            | Phase::Here => None,
        }
    }
}
