//! A real terminal: tmux with a server of its own, whose screen is read until it shows what is waited for.

use crate::process::{DEADLINE, Home};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{CWD, FileType, Mode, mknodat};
use rustix::process::{Pid, Signal, kill_process};
use std::fs::{self, File};
use std::io::Read;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

/// Longest wait for the terminal to print something before the screen is looked at again.
const QUIET: Timespec = Timespec {
    tv_sec: 1,
    tv_nsec: 0,
};

/// One program in one terminal; both end when this is dropped.
pub(crate) struct Terminal {
    socket: PathBuf,
    /// Everything that is printed comes through here too.
    printed: File,
}

impl Terminal {
    /// Runs the binary with these words; when it has ended the screen says `ended with CODE`.
    pub(crate) fn run(home: &Home, words: &[&str]) -> Self {
        Self::run_as(home, "chat", words)
    }

    /// The same in a terminal with a name, where there are several.
    pub(crate) fn run_as(home: &Home, name: &str, words: &[&str]) -> Self {
        let program = format!("'{}' {}", env!("CARGO_BIN_EXE_chat"), words.join(" "));
        Self::shell(home, name, &program)
    }

    /// Runs a command of the shell in a terminal with this name.
    pub(crate) fn shell(home: &Home, name: &str, program: &str) -> Self {
        let pipe = home.path().join(format!("printed-{name}"));
        // A terminal of this name may have been here before.
        let _ = fs::remove_file(&pipe);
        mknodat(CWD, &pipe, FileType::Fifo, Mode::from_raw_mode(0o600), 0).expect("a pipe");
        let both = File::options().read(true).write(true).open(&pipe);
        let terminal = Self {
            socket: home.path().join(format!("tmux-{name}")),
            printed: both.expect("a pipe"),
        };
        let path = std::env::var("PATH").unwrap_or_default();
        let program = format!(
            "env -i HOME='{home}' XDG_RUNTIME_DIR='{home}/run' RUNTIME_DIRECTORY='{home}/service' TMPDIR='{home}' PATH='{path}' TERM=screen LC_ALL=C.UTF-8 {program}; \
             echo \"ended with $?\"; exec cat",
            home = home.path().display(),
        );
        let keeps_all = ["set-option", "-g", "history-limit", "50000", ";"];
        let begins = ["new-session", "-d", "-x", "100", "-y", "40", &program];
        terminal.tmux(&[&["start-server", ";"], &keeps_all[..], &begins[..]].concat());
        terminal.tmux(&["pipe-pane", &format!("exec cat > '{}'", pipe.display())]);
        terminal
    }

    /// Presses keys, in tmux's names for them.
    pub(crate) fn keys(&self, keys: &[&str]) {
        self.tmux(&[&["send-keys"], keys].concat());
    }

    /// Pastes text, marked as pasted if the program asked for that.
    pub(crate) fn paste(&self, text: &str) {
        self.tmux(&["set-buffer", text]);
        self.tmux(&["paste-buffer", "-p", "-r"]);
    }

    /// The screen and what has left it at the top.
    pub(crate) fn everything(&self) -> String {
        self.tmux(&["capture-pane", "-p", "-S", "-"])
    }

    /// The screen with its colours.
    pub(crate) fn painted(&self) -> String {
        self.tmux(&["capture-pane", "-p", "-e"])
    }

    /// Gives the window so many columns.
    pub(crate) fn resize(&self, columns: usize) {
        let columns = columns.to_string();
        self.tmux(&["resize-window", "-x", &columns]);
        // tmux wraps its screen at once, and tells the program a moment later.
        let tty = self.tmux(&["display-message", "-p", "#{pane_tty}"]);
        let begin = Instant::now();
        loop {
            let size = Command::new("stty")
                .args(["-F", tty.trim(), "size"])
                .output();
            let size = String::from_utf8(size.expect("stty runs").stdout).expect("text");
            if size.split_whitespace().last() == Some(&columns) {
                return;
            }
            assert!(begin.elapsed() < DEADLINE, "still {size} and not {columns}");
            self.wait_for_print();
        }
    }

    /// Whether the alternate screen is shown, and whether the cursor is.
    pub(crate) fn flags(&self) -> String {
        let flags = self.tmux(&["display-message", "-p", "#{alternate_on} #{cursor_flag}"]);
        flags.trim().to_owned()
    }

    /// What a program may have called the terminal.
    pub(crate) fn title(&self) -> String {
        self.tmux(&["display-message", "-p", "#{pane_title}#{window_name}"])
    }

    /// The process that runs in it.
    pub(crate) fn program(&self) -> u32 {
        let shell = self.tmux(&["display-message", "-p", "#{pane_pid}"]);
        let shell = shell.trim();
        let children = fs::read_to_string(format!("/proc/{shell}/task/{shell}/children"));
        let children = children.expect("the shell runs");
        let pid = children.split_whitespace().next().expect("a program");
        pid.parse().expect("a pid")
    }

    /// Asks the running program to end (SIGTERM).
    pub(crate) fn end_program(&self) {
        let pid = i32::try_from(self.program()).ok().and_then(Pid::from_raw);
        kill_process(pid.expect("a pid"), Signal::TERM).expect("it runs");
    }

    /// Waits until the screen holds this text.
    pub(crate) fn wait_for(&self, text: &str) {
        self.wait_until(text, |screen| screen.contains(text));
    }

    /// Waits until the last line that is not empty is this one.
    pub(crate) fn wait_for_last_line(&self, text: &str) {
        self.wait_until(text, |screen| {
            screen.trim_end().lines().last() == Some(text)
        });
    }

    /// Waits until nothing stands on the screen but a line with this text.
    pub(crate) fn wait_for_only_line(&self, text: &str) {
        self.wait_until(text, |screen| {
            let mut lines = screen.lines().filter(|line| !line.trim().is_empty());
            lines.next().is_some_and(|line| line.trim() == text) && lines.next().is_none()
        });
    }

    /// Waits until the last line that is not empty holds this.
    pub(crate) fn wait_for_last_line_with(&self, text: &str) {
        self.wait_until(text, |screen| {
            let last = screen.trim_end().lines().last();
            last.is_some_and(|line| line.contains(text))
        });
    }

    /// What is on the screen now.
    pub(crate) fn screen(&self) -> String {
        self.tmux(&["capture-pane", "-p"])
    }

    /// Presses keys again and again until the last line is this one.
    pub(crate) fn keys_until(&self, keys: &[&str], text: &str) {
        self.wait_until(text, |screen| {
            let is_there = screen.trim_end().lines().last() == Some(text);
            if !is_there {
                self.keys(keys);
            }
            is_there
        });
    }

    fn wait_until(&self, text: &str, is_there: impl Fn(&str) -> bool) {
        let begin = Instant::now();
        loop {
            let screen = self.screen();
            if is_there(&screen) {
                return;
            }
            assert!(
                begin.elapsed() < DEADLINE,
                "no {text:?} on the screen:\n{screen}"
            );
            self.wait_for_print();
        }
    }

    /// Waits until something was printed since the last look.
    fn wait_for_print(&self) {
        let mut wanted = [PollFd::new(&self.printed, PollFlags::IN)];
        let ready = poll(&mut wanted, Some(&QUIET)).expect("the pipe is open");
        if ready > 0 {
            let mut printed = [0; 65536];
            let _ = (&self.printed)
                .read(&mut printed)
                .expect("the pipe is open");
        }
    }

    fn tmux(&self, words: &[&str]) -> String {
        let mut tmux = Command::new("tmux");
        tmux.arg("-S")
            .arg(&self.socket)
            .args(["-f", "/dev/null"])
            .args(words);
        let output = tmux.output().expect("tmux is installed");
        String::from_utf8(output.stdout).expect("text")
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.tmux(&["kill-server"]);
    }
}
