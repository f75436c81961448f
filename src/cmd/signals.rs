//! Signals of a running server: the first SIGINT or SIGTERM drains it, the second ends it at once.
//! SIGHUP has the configuration read again; but one that comes because the terminal it was started in
//! was closed is like the first of these.

use crate::exit::Exit;
use crate::server::control::Control;
use crate::server::log;
use async_channel::Sender;
use async_signal::{Signal, Signals};
use futures_lite::StreamExt;
use std::fs::remove_file;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Who is told to stop, and what must not be left behind.
#[derive(Clone)]
struct Stopper {
    control: Sender<Control>,
    admin: PathBuf,
    is_told: Arc<AtomicBool>,
}

impl Stopper {
    fn stop(&self) {
        let is_second = self.is_told.swap(true, Ordering::AcqRel);
        let is_gone = self.control.try_send(Control::Stop).is_err();
        if is_second || is_gone {
            let _ = remove_file(&self.admin);
            log::finish();
            std::process::exit(Exit::Interrupted.code().into());
        }
    }
}

/// Watches for signals from now on. ctrlc comes before async-signal, which chains to the handler before it.
pub fn watch(control: &Sender<Control>, admin: &Path) -> Result<(), String> {
    let stopper = Stopper {
        control: control.clone(),
        admin: admin.to_owned(),
        is_told: Arc::default(),
    };
    let on_interrupt = stopper.clone();
    ctrlc::set_handler(move || on_interrupt.stop())
        .map_err(|error| format!("signals cannot be watched: {error}"))?;
    let signals = Signals::new([Signal::Term, Signal::Hup])
        .map_err(|error| format!("signals cannot be watched: {error}"))?;
    async_std::task::spawn(follow(signals, stopper));
    Ok(())
}

async fn follow(mut signals: Signals, stopper: Stopper) {
    let had_terminal = has_terminal();
    while let Some(signal) = signals.next().await {
        match signal {
            Ok(Signal::Hup) if had_terminal && !has_terminal() => stopper.stop(),
            Ok(Signal::Hup) => {
                if had_terminal {
                    async_std::task::spawn(stop_when_alone(stopper.clone()));
                }
                let _ = stopper.control.try_send(Control::Reload);
            }
            Ok(_) => stopper.stop(),
            Err(_) => return,
        }
    }
}

/// Whether standard input is a terminal that is still there.
fn has_terminal() -> bool {
    rustix::termios::tcgetattr(rustix::stdio::stdin()).is_ok()
}

/// Stops when the terminal goes soon after the signal that tells of it: whoever closes it may send that first.
async fn stop_when_alone(stopper: Stopper) {
    const LOOKS: u32 = 50;
    const BETWEEN: Duration = Duration::from_millis(100);
    for _ in 0..LOOKS {
        async_io::Timer::after(BETWEEN).await;
        if stopper.is_told.load(Ordering::Acquire) {
            return;
        }
        if !has_terminal() {
            return stopper.stop();
        }
    }
}
