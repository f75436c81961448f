//! Time, as hyper asks for it.

use async_io::Timer;
use hyper::rt::{Sleep, Timer as Asked};
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

/// The clock of the machine.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock;

impl Asked for Clock {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        Box::pin(Rest(Timer::after(duration)))
    }

    fn sleep_until(&self, deadline: Instant) -> Pin<Box<dyn Sleep>> {
        Box::pin(Rest(Timer::at(deadline)))
    }
}

/// Waits for a moment.
struct Rest(Timer);

impl Future for Rest {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        Pin::new(&mut self.0).poll(cx).map(|_| ())
    }
}

impl Sleep for Rest {}
