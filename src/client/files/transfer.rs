//! One transfer as people follow it: how far, how fast, how it ended.

use crate::client::files::figure::{percent, speed};
use crate::client::when::spell;
use crate::proto::file_name::size;
use jiff::{SignedDuration, Timestamp};
use std::collections::VecDeque;

/// What takes less is over before the next prompt.
const SOON: SignedDuration = SignedDuration::from_millis(300);
/// Over how long the speed is measured.
const WINDOW: SignedDuration = SignedDuration::from_secs(3);
/// Most points of that.
const MOST_POINTS: usize = 30;

/// One transfer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    pub number: u32,
    pub way: Way,
    /// As it is called to the person.
    pub name: String,
    /// To which room or person it goes.
    pub to: Option<String>,
    /// As a program called it.
    pub about: Option<String>,
    pub stage: Stage,
    pub done: u64,
    pub total: u64,
    pub began: Timestamp,
    pub ended: Option<Timestamp>,
    /// Quarters of it that were told in words.
    pub quarters: u64,
    points: VecDeque<(Timestamp, u64)>,
}

/// Where to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Up,
    Down,
}

/// How far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// It was ordered.
    Begun,
    /// A proof of who asks is on its way.
    Unproven,
    Moving,
    /// It goes on in a moment.
    Stopped,
    Done,
    Failed,
    Cancelled,
}

impl Stage {
    /// In a word, for lists and programs.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Begun | Self::Unproven => "beginning",
            Self::Moving => "moving",
            Self::Stopped => "trying again",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }
}

impl Transfer {
    /// A transfer that begins now.
    pub fn new(number: u32, way: Way, name: String, now: Timestamp) -> Self {
        Self {
            number,
            way,
            name,
            to: None,
            about: None,
            stage: Stage::Begun,
            done: 0,
            total: 0,
            began: now,
            ended: None,
            quarters: 0,
            points: VecDeque::new(),
        }
    }

    /// Whether it has not ended.
    pub fn is_running(&self) -> bool {
        self.ended.is_none()
    }

    /// The bytes begin to move, also once more.
    pub fn begin(&mut self, done: u64, total: u64, now: Timestamp) {
        (self.done, self.total, self.stage) = (done, total, Stage::Moving);
        self.points.clear();
        self.points.push_back((now, done));
        self.quarters = self.quarters.max(percent(done, total) / 25);
    }

    /// So many bytes are done.
    pub fn moved(&mut self, done: u64, now: Timestamp) {
        (self.done, self.stage) = (done.min(self.total), Stage::Moving);
        self.points.push_back((now, self.done));
        let is_old = |at: Timestamp| now.duration_since(at) > WINDOW;
        while self.points.len() > MOST_POINTS
            || (self.points.len() > 2 && self.points.front().is_some_and(|(at, _)| is_old(*at)))
        {
            self.points.pop_front();
        }
    }

    /// It goes on in a moment: how fast it was says nothing any more.
    pub fn stop(&mut self) {
        self.stage = Stage::Stopped;
        self.points.clear();
    }

    /// It is over.
    pub fn end(&mut self, stage: Stage, now: Timestamp) {
        (self.stage, self.ended) = (stage, Some(now));
    }

    /// Bytes each second, lately; nothing where too little is known.
    pub fn speed(&self) -> Option<u64> {
        let ((since, before), (until, after)) = (self.points.front()?, self.points.back()?);
        let time = u64::try_from(until.duration_since(*since).as_millis()).ok()?;
        let moved = after.saturating_sub(*before);
        (time > 0).then(|| moved.saturating_mul(1000) / time)
    }

    /// How long it still takes, if it goes on so.
    pub fn left(&self) -> Option<SignedDuration> {
        let speed = self.speed().filter(|speed| *speed > 0)?;
        let seconds = self.total.saturating_sub(self.done).div_ceil(speed);
        i64::try_from(seconds).ok().map(SignedDuration::from_secs)
    }

    /// How much is done, in percent.
    pub fn percent(&self) -> u64 {
        percent(self.done, self.total)
    }

    /// When it is known whether it takes long, if that is still open.
    pub fn settled_at(&self) -> Option<Timestamp> {
        self.began.checked_add(SOON).ok()
    }

    /// A row of the list of transfers.
    pub fn row(&self) -> Vec<String> {
        let way = match (self.way, &self.to) {
            (Way::Up, Some(to)) => format!("to {to}"),
            (Way::Up, None) => "up".to_owned(),
            (Way::Down, _) => "down".to_owned(),
        };
        let far = match (&self.stage, self.total) {
            (Stage::Done, total) => size(total),
            (_, 0) => String::new(),
            (_, total) => format!("{} % of {}", self.percent(), size(total)),
        };
        let how = match (&self.stage, self.speed(), self.left()) {
            (Stage::Moving, Some(pace), Some(left)) => {
                format!("{}, {} left", speed(pace), spell(left))
            }
            (stage, ..) => stage.word().to_owned(),
        };
        vec![self.number.to_string(), self.name.clone(), way, far, how]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speed_is_that_of_the_last_seconds() {
        let at = |millis: i64| Timestamp::from_millisecond(millis).unwrap();
        let mut transfer = Transfer::new(1, Way::Down, "a".to_owned(), at(0));
        assert_eq!((transfer.speed(), transfer.left()), (None, None));
        transfer.begin(0, 100_000, at(0));
        assert_eq!(transfer.speed(), None);
        for second in 1..=10 {
            transfer.moved(u64::try_from(second).unwrap() * 1000, at(second * 1000));
        }
        assert_eq!(transfer.speed(), Some(1000));
        assert_eq!(transfer.left(), Some(SignedDuration::from_secs(90)));
        for second in 11..=20 {
            transfer.moved(10_000, at(second * 1000));
        }
        assert_eq!((transfer.speed(), transfer.left()), (Some(0), None));
        transfer.moved(u64::MAX, at(20_001));
        assert_eq!(transfer.percent(), 100);
    }
}
