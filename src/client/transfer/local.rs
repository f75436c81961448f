//! Acts on the disk of this machine, on threads that may wait for it.

use crate::client::transfer::fault::Fault;
use crate::exit::Exit;
use async_std::task;
use std::fs;
use std::path::PathBuf;

/// Does something that may wait for a disk.
pub(super) async fn wait<T: Send + 'static>(act: impl FnOnce() -> T + Send + 'static) -> T {
    task::spawn_blocking(act).await
}

/// The same for what may fail; a panic of it is a failure too.
pub(super) async fn attempt<T: Send + 'static>(
    act: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let (tell, told) = async_channel::bounded(1);
    let ended = task::spawn_blocking(move || drop(tell.try_send(act())));
    let result = told.recv().await;
    ended.await;
    result.unwrap_or_else(|_| Err(Fault::last(Exit::Failed, "A thread for files ended.")))
}

/// Removes a file that is not needed.
pub(super) async fn remove(path: PathBuf) {
    wait(move || drop(fs::remove_file(path))).await;
}
