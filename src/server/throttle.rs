//! How fast one connection's lines are executed: a bucket of tokens, and the lines that wait for one.
//!
//! Lines keep their order. First they wait, then they are refused; none is dropped without a word.
//! A turn is bounded too, so that one busy connection leaves time to the others.

use crate::proto::handed::bytes;
use crate::store::stage::Progress;
use serde::{Deserialize, Serialize};

/// Bytes of lines that may wait.
const WAITING_BYTES: usize = 64 * 1024;
/// Seconds that the last of the waiting lines may have to wait.
const WAITING_SECONDS: u64 = 60;
/// Lines that one connection may have executed before others get their turn.
const TURN: u16 = 128;
/// Lines of one connection that may be executed before the first of them is stored: no more of its own are between
/// two of another's than these and as many again.
const UNSTORED: u16 = 256;
/// What a line that is enough for a turn costs beside its own token: an answer of many lines, a long search.
const MUCH: u64 = 9 * TOKEN;
/// A token, so that whole milliseconds add whole parts of it.
const TOKEN: u64 = 1000;

/// How many lines may come at once, and how many per second after that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pace {
    pub(super) burst: u32,
    pub(super) per_second: u32,
}

/// What becomes of a line that came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Run,
    Wait,
    Refuse,
}

/// Whether a turn goes on after a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    GoOn,
    /// What the line caused is to be carried out first.
    Enough,
    /// No further line before [`Throttle::release`]: the line waits for something slow.
    Hold,
}

/// The state of one connection.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Throttle {
    /// `None`: as fast as it likes.
    pace: Option<Pace>,
    tokens: u64,
    at_ms: u64,
    /// Lines that may still be executed in this turn.
    turn: u16,
    /// A line waits for something slow, and the others for it.
    is_held: bool,
    waiting: Option<Box<Waiting>>,
    /// Lines executed since they were last counted anew, whether there was anything to store or not.
    #[serde(skip)]
    unstored: u16,
    /// The job with which the first of them went; when it is stored they are counted anew.
    #[serde(skip)]
    since: u64,
}

/// Lines one after the other, each with its LF.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Waiting {
    #[serde(with = "bytes")]
    bytes: Vec<u8>,
    done: usize,
    lines: u64,
}

impl Throttle {
    /// A full bucket.
    pub(super) fn new(pace: Option<Pace>, uptime_ms: u64) -> Self {
        Self {
            pace,
            tokens: pace.map_or(0, |p| u64::from(p.burst) * TOKEN),
            at_ms: uptime_ms,
            turn: TURN,
            is_held: false,
            waiting: None,
            unstored: 0,
            since: 0,
        }
    }

    /// Begins a turn.
    pub(super) fn begin_turn(&mut self, uptime_ms: u64, progress: Progress) {
        self.turn = TURN;
        if progress.stored >= self.since {
            self.unstored = 0;
            self.since = progress.gathers;
        }
        if let Some(pace) = self.pace {
            let passed = uptime_ms.saturating_sub(self.at_ms);
            let more = passed.saturating_mul(u64::from(pace.per_second));
            let most = u64::from(pace.burst) * TOKEN;
            self.tokens = self.tokens.saturating_add(more).min(most);
            self.at_ms = uptime_ms;
        }
    }

    /// Decides on a line that came; keeps it if it has to wait.
    pub(super) fn take(&mut self, line: &[u8]) -> Verdict {
        if self.waiting.is_none() && self.spend() {
            return Verdict::Run;
        }
        let waiting = self.waiting.get_or_insert_default();
        let is_late = self.pace.is_some_and(|pace| {
            let behind = waiting.lines.saturating_sub(self.tokens / TOKEN);
            behind >= WAITING_SECONDS * u64::from(pace.per_second)
        });
        let is_bounded = self.pace.is_some() || self.is_held;
        if is_late || is_bounded && waiting.len() + line.len() + 1 > WAITING_BYTES {
            return Verdict::Refuse;
        }
        waiting.push(line);
        Verdict::Wait
    }

    /// Hands on the waiting lines whose turn it is; returns whether some still wait.
    pub(super) fn run_waiting(&mut self, mut on_line: impl FnMut(&[u8]) -> Turn) -> bool {
        while let Some(mut waiting) = self.waiting.take() {
            if !self.spend() {
                self.waiting = Some(waiting);
                break;
            }
            let turn = on_line(waiting.next());
            self.end_turn_if(turn);
            if waiting.len() > 0 {
                self.waiting = Some(waiting);
            }
        }
        self.waiting.is_some()
    }

    /// Lets the lines to come wait for the next turn, if it is enough, and takes more for it than for a line.
    pub(super) fn end_turn_if(&mut self, turn: Turn) {
        match turn {
            Turn::GoOn => {}
            Turn::Enough => {
                self.turn = 0;
                self.tokens = self.tokens.saturating_sub(MUCH);
            }
            Turn::Hold => self.is_held = true,
        }
    }

    /// Lets lines be executed again after [`Turn::Hold`].
    pub(super) fn release(&mut self) {
        self.is_held = false;
    }

    /// Whether a line waits for something slow.
    pub(super) fn is_held(&self) -> bool {
        self.is_held
    }

    /// Counts by another pace from now on.
    pub(super) fn set_pace(&mut self, pace: Option<Pace>) {
        let full = pace.map_or(0, |pace| u64::from(pace.burst) * TOKEN);
        self.tokens = match self.pace {
            Some(_) => self.tokens.min(full),
            None => full,
        };
        self.pace = pace;
    }

    /// Whether lines wait.
    pub(super) fn is_waiting(&self) -> bool {
        self.waiting.is_some()
    }

    /// Whether lines wait that need no token: only the turn was over.
    pub(super) fn is_behind(&self) -> bool {
        self.waiting.is_some() && self.has_token()
    }

    /// Forgets what waits.
    pub(super) fn clear(&mut self) {
        self.waiting = None;
    }

    /// Whether so many of its lines wait to be stored that the others come first.
    pub(super) fn is_full(&self) -> bool {
        self.unstored >= UNSTORED
    }

    fn has_token(&self) -> bool {
        !self.is_held && !self.is_full() && (self.pace.is_none() || self.tokens >= TOKEN)
    }

    fn spend(&mut self) -> bool {
        if self.turn == 0 || !self.has_token() {
            return false;
        }
        self.turn -= 1;
        self.unstored += 1;
        self.tokens = self.tokens.saturating_sub(TOKEN);
        true
    }
}

impl Waiting {
    fn len(&self) -> usize {
        self.bytes.len().saturating_sub(self.done)
    }

    fn push(&mut self, line: &[u8]) {
        if self.done > self.bytes.len() / 2 {
            self.bytes.drain(..self.done);
            self.done = 0;
        }
        self.bytes.extend_from_slice(line);
        self.bytes.push(b'\n');
        self.lines += 1;
    }

    fn next(&mut self) -> &[u8] {
        let rest = self.bytes.get(self.done..).unwrap_or_default();
        let end = rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len());
        self.done = self.done.saturating_add(end + 1);
        self.lines = self.lines.saturating_sub(1);
        rest.get(..end).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SLOW: Pace = Pace {
        burst: 3,
        per_second: 5,
    };

    /// Nothing waits to be stored.
    const STORED: Progress = Progress {
        gathers: 1,
        stored: 1,
    };

    fn take(throttle: &mut Throttle, lines: usize) -> Vec<Verdict> {
        (0..lines)
            .map(|n| throttle.take(format!("line {n}").as_bytes()))
            .collect()
    }

    fn run(throttle: &mut Throttle, uptime_ms: u64) -> Vec<String> {
        let mut seen = Vec::new();
        throttle.begin_turn(uptime_ms, STORED);
        throttle.run_waiting(|line| {
            seen.push(String::from_utf8(line.to_vec()).unwrap());
            Turn::GoOn
        });
        seen
    }

    #[test]
    fn a_burst_runs_at_once_and_the_rest_in_order_as_tokens_come() {
        let mut throttle = Throttle::new(Some(SLOW), 0);
        use Verdict::{Run, Wait};
        assert_eq!(take(&mut throttle, 5), [Run, Run, Run, Wait, Wait]);
        assert!(!throttle.is_behind());
        assert_eq!(run(&mut throttle, 199), [""; 0]);
        assert_eq!(run(&mut throttle, 200), ["line 3"]);
        assert_eq!(throttle.take(b"later"), Wait);
        assert_eq!(run(&mut throttle, 600), ["line 4", "later"]);
        assert!(!throttle.is_waiting());
    }

    #[test]
    fn tokens_do_not_grow_beyond_the_burst() {
        let mut throttle = Throttle::new(Some(SLOW), 0);
        throttle.begin_turn(1_000_000, STORED);
        assert_eq!(take(&mut throttle, 4)[3], Verdict::Wait);
    }

    #[test]
    fn what_would_wait_a_minute_is_refused() {
        let mut throttle = Throttle::new(Some(SLOW), 0);
        let verdicts = take(&mut throttle, 400);
        let count = |v| verdicts.iter().filter(|x| **x == v).count();
        assert_eq!(count(Verdict::Run), 3);
        assert_eq!(count(Verdict::Wait), 300);
        assert_eq!(count(Verdict::Refuse), 97);
    }

    #[test]
    fn what_would_fill_64_kib_is_refused() {
        let fast = Pace {
            burst: 1,
            per_second: 1000,
        };
        let mut throttle = Throttle::new(Some(fast), 0);
        assert_eq!(throttle.take(b"x"), Verdict::Run);
        for _ in 0..128 {
            assert_eq!(throttle.take(&[b'x'; 511]), Verdict::Wait);
        }
        assert_eq!(throttle.take(b""), Verdict::Refuse);
    }

    #[test]
    fn without_a_pace_only_the_turn_is_bounded() {
        let mut throttle = Throttle::new(None, 0);
        let verdicts = take(&mut throttle, 100_000);
        assert!(!verdicts.contains(&Verdict::Refuse));
        assert_eq!(verdicts.iter().filter(|v| **v == Verdict::Run).count(), 128);
        assert!(throttle.is_behind());
        assert_eq!(run(&mut throttle, 0).len(), 128);
    }

    #[test]
    fn who_says_much_waits_until_the_first_of_it_is_stored() {
        let mut throttle = Throttle::new(None, 0);
        let begin = |throttle: &mut Throttle, gathers, stored| {
            throttle.begin_turn(0, Progress { gathers, stored });
            let verdicts = take(throttle, 200);
            verdicts.iter().filter(|v| **v == Verdict::Run).count()
        };
        assert_eq!(begin(&mut throttle, 7, 5), 128);
        throttle.clear();
        assert_eq!(begin(&mut throttle, 8, 5), 128);
        throttle.clear();
        assert_eq!(begin(&mut throttle, 9, 6), 0);
        assert!(throttle.is_full() && !throttle.is_behind());
        throttle.clear();
        assert_eq!(begin(&mut throttle, 10, 7), 128);
        assert!(!throttle.is_full() && throttle.is_behind());
    }

    #[test]
    fn a_line_that_was_enough_costs_as_much_as_ten() {
        let pace = Pace {
            burst: 25,
            per_second: 5,
        };
        let mut throttle = Throttle::new(Some(pace), 0);
        for left in [15, 5, 0] {
            throttle.begin_turn(0, STORED);
            assert_eq!(throttle.take(b"WHO *"), Verdict::Run);
            throttle.end_turn_if(Turn::Enough);
            assert_eq!(throttle.tokens / TOKEN, left);
        }
    }

    #[test]
    fn nothing_is_executed_while_a_line_waits_for_something_slow() {
        for pace in [None, Some(SLOW)] {
            let mut throttle = Throttle::new(pace, 0);
            throttle.end_turn_if(Turn::Hold);
            assert_eq!(take(&mut throttle, 2), [Verdict::Wait, Verdict::Wait]);
            assert!(!throttle.is_behind());
            assert_eq!(run(&mut throttle, 1000), [""; 0]);
            let verdicts = take(&mut throttle, 20_000);
            assert_eq!(verdicts.last(), Some(&Verdict::Refuse));
            throttle.release();
            assert_eq!(run(&mut throttle, 1000)[..2], ["line 0", "line 1"]);
        }
    }

    #[test]
    fn another_pace_counts_at_once_and_gives_no_tokens() {
        let mut throttle = Throttle::new(None, 0);
        throttle.set_pace(Some(SLOW));
        assert_eq!(take(&mut throttle, 4)[3], Verdict::Wait);
        throttle.set_pace(Some(Pace {
            burst: 100,
            per_second: 1,
        }));
        assert_eq!(run(&mut throttle, 999), [""; 0]);
        assert_eq!(run(&mut throttle, 1999).len(), 1);
    }

    #[test]
    fn a_turn_ends_when_a_line_was_enough() {
        let mut throttle = Throttle::new(None, 0);
        throttle.end_turn_if(Turn::Enough);
        assert_eq!(take(&mut throttle, 2), [Verdict::Wait, Verdict::Wait]);
        throttle.begin_turn(0, STORED);
        assert!(throttle.run_waiting(|_| Turn::Enough));
        throttle.begin_turn(0, STORED);
        assert!(!throttle.run_waiting(|_| Turn::Enough));
    }
}
