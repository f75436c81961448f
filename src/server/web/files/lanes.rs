//! How much waits for the disk at once: jobs run on threads that may wait, a few at a time, so that many transfers
//! take neither all threads nor the disk from those who chat.

use async_channel::{Receiver, Sender};
use async_std::task::spawn_blocking;

/// Places for jobs; who finds none free waits for one.
#[derive(Debug, Clone)]
pub(super) struct Lanes {
    free: Receiver<()>,
    give: Sender<()>,
}

/// A place that is taken until this is dropped.
#[derive(Debug)]
struct Lane(Sender<()>);

impl Drop for Lane {
    fn drop(&mut self) {
        let _ = self.0.try_send(());
    }
}

impl Lanes {
    /// So many places.
    pub(super) fn new(count: usize) -> Self {
        let (give, free) = async_channel::bounded(count);
        for _ in 0..count {
            let _ = give.try_send(());
        }
        Self { free, give }
    }

    /// Does this where waiting for the disk is no harm. The job runs to its end though nobody waits for it any more.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce() -> T + Send + 'static,
    ) -> T {
        // Both ends are in here, so this only fails when there is no place at all.
        let _ = self.free.recv().await;
        let lane = Lane(self.give.clone());
        spawn_blocking(move || {
            let _lane = lane;
            job()
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_std::task::{block_on, spawn};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn no_more_jobs_run_at_once_than_there_are_places() {
        let lanes = Lanes::new(2);
        let (now, most) = (Arc::<AtomicUsize>::default(), Arc::<AtomicUsize>::default());
        let jobs: Vec<_> = (0..50)
            .map(|_| {
                let (lanes, now, most) = (lanes.clone(), Arc::clone(&now), Arc::clone(&most));
                spawn(async move {
                    lanes
                        .run(move || {
                            let running = now.fetch_add(1, Ordering::SeqCst) + 1;
                            most.fetch_max(running, Ordering::SeqCst);
                            std::thread::yield_now();
                            now.fetch_sub(1, Ordering::SeqCst);
                        })
                        .await;
                })
            })
            .collect();
        for job in jobs {
            block_on(job);
        }
        assert!((1..=2).contains(&most.load(Ordering::SeqCst)));
        assert_eq!(lanes.free.len(), 2);
    }
}
