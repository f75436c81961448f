//! A key pressed while something else is shown: nothing is echoed, and no Enter is needed.

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use std::io::stdin;
use std::time::{Duration, Instant};

/// The keys of a terminal, until this goes; then it is as it was found.
pub struct Keys {
    found: Termios,
}

impl Keys {
    /// Takes the keys; `None` if standard input is no terminal.
    pub fn take() -> Option<Self> {
        let found = tcgetattr(stdin()).ok()?;
        let mut quiet = found.clone();
        quiet
            .local_modes
            .remove(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG);
        tcsetattr(stdin(), OptionalActions::Now, &quiet).ok()?;
        Some(Self { found })
    }

    /// Waits so long for a key; whether one was pressed, or the terminal went.
    pub fn is_pressed_within(&self, time: Duration) -> bool {
        let deadline = Instant::now() + time;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let stdin = stdin();
            let mut waiting = [PollFd::new(&stdin, PollFlags::IN)];
            match poll(&mut waiting, Timespec::try_from(left).ok().as_ref()) {
                Ok(0) => return false,
                Ok(_) => {
                    // One key may be several bytes.
                    let _ = rustix::io::read(&stdin, &mut [0; 64]);
                    return true;
                }
                Err(rustix::io::Errno::INTR) => {}
                Err(_) => return true,
            }
        }
    }
}

impl Drop for Keys {
    fn drop(&mut self) {
        let _ = tcsetattr(stdin(), OptionalActions::Now, &self.found);
    }
}
