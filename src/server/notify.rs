//! What the service manager is told, if one asks for it ($NOTIFY_SOCKET, `sd_notify(3)`): that the server
//! is ready, reads its configuration again, stops, and is alive.
//!
//! A word that does not get through is no failure: the server goes on without a manager.

use crate::server::log;
use sd_notify::NotifyState;
use std::time::Duration;

/// The server can be connected to, or has done with reading its configuration again.
pub(super) fn ready(status: &str) {
    tell(&[NotifyState::Ready, NotifyState::Status(status)]);
}

/// The configuration is read again; [`ready`] ends it.
pub(super) fn reloading() {
    match NotifyState::monotonic_usec_now() {
        Ok(moment) => tell(&[NotifyState::Reloading, moment]),
        Err(_) => tell(&[NotifyState::Reloading]),
    }
}

/// The server stops, which may take so long.
pub(super) fn stopping(within: Duration) {
    let most = u32::try_from(within.as_micros()).unwrap_or(u32::MAX);
    let longer = NotifyState::ExtendTimeoutUsec(most.saturating_add(MARGIN_US));
    tell(&[NotifyState::Stopping, longer]);
}

/// Another process serves from now on, and is the one to hear from.
pub(super) fn replaced(pid: u32) {
    tell(&[NotifyState::MainPid(pid)]);
}

/// What closing the store may take beyond the time that clients get.
const MARGIN_US: u32 = 30_000_000;

fn tell(words: &[NotifyState<'_>]) {
    if let Err(why) = sd_notify::notify(words) {
        log::warn(format_args!(
            "The service manager cannot be told how the server is: {why}"
        ));
    }
}

/// The signs of life that a watchdog wants; without one, none.
#[derive(Debug)]
pub(super) struct Pulse {
    every_ms: Option<u64>,
    next_ms: u64,
}

impl Pulse {
    /// Twice as often as the watchdog demands.
    pub(super) fn wanted() -> Self {
        Self::every(sd_notify::watchdog_enabled())
    }

    fn every(limit: Option<Duration>) -> Self {
        let half = limit.map(|limit| limit.as_millis() / 2);
        Self {
            every_ms: half.map(|ms| u64::try_from(ms).unwrap_or(u64::MAX).max(1)),
            next_ms: 0,
        }
    }

    /// When the next one is due.
    pub(super) fn next_ms(&self) -> Option<u64> {
        self.every_ms.map(|_| self.next_ms)
    }

    /// Gives a sign of life, if one is due.
    pub(super) fn beat(&mut self, uptime_ms: u64) {
        if self.is_due(uptime_ms) {
            tell(&[NotifyState::Watchdog]);
        }
    }

    fn is_due(&mut self, uptime_ms: u64) -> bool {
        let Some(every_ms) = self.every_ms.filter(|_| uptime_ms >= self.next_ms) else {
            return false;
        };
        self.next_ms = uptime_ms.saturating_add(every_ms);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_of_life_comes_twice_as_often_as_it_must() {
        let mut pulse = Pulse::every(Some(Duration::from_secs(20)));
        let beats: Vec<u64> = (0..60).filter(|s| pulse.is_due(s * 1000)).collect();
        assert_eq!(beats, [0, 10, 20, 30, 40, 50]);
        assert_eq!(pulse.next_ms(), Some(60_000));
    }

    #[test]
    fn without_a_watchdog_there_is_no_pulse() {
        let mut pulse = Pulse::every(None);
        assert!(!pulse.is_due(0) && pulse.next_ms().is_none());
    }
}
