//! `chat admin top`: a live view of who says and hears most; once, or line by line, for programs.
//!
//! The server is asked on a thread of its own, so that keys never wait for it. Whatever ends the view, the terminal
//! is given back.

mod process;
mod screen;

use crate::admin::ask::Server;
use crate::admin::command::top::Top;
use crate::admin::command::{Answer, Command};
use crate::admin::print::{self, Format, Shown};
use crate::admin::top::process::Process;
use crate::admin::top::screen::{Deed, Screen};
use crate::admin::{Options, look, write};
use crate::exit::Exit;
use async_signal::{Signal, Signals};
use futures_lite::StreamExt;
use futures_lite::future::block_on;
use ratatui::DefaultTerminal;
use ratatui::crossterm::event::{self, Event};
use serde_json::{Value, json};
use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

/// Longest wait for a key before signals and answers are looked at.
const PACE: Duration = Duration::from_millis(50);
const NO_TERMINAL: &str =
    "top needs a terminal; for scripts: chat admin top --once, or --json for a line each time\n";

/// Watches until it is told to end.
pub(super) fn run(server: &Server, options: &Options, asked: &Top) -> Exit {
    let is_text = options.format() == Format::Text;
    match (asked.once, is_text) {
        (true, _) => once(server, options, asked),
        (false, false) => lines(server, options, asked),
        (false, true) if !io::stdin().is_terminal() || !io::stdout().is_terminal() => {
            write(&Shown {
                out: String::new(),
                err: NO_TERMINAL.to_owned(),
                exit: Exit::Usage,
            })
        }
        (false, true) => live(server, options, asked),
    }
}

/// What the server says, with what its system says of it.
struct Eye {
    server: Server,
    process: Process,
}

impl Eye {
    fn new(server: &Server) -> Self {
        Self {
            server: server.clone(),
            process: Process::default(),
        }
    }

    fn look(&mut self, asked: &Top) -> Answer {
        let mut answer = self.server.ask(&Command::Top(asked.clone()));
        if let Some(Value::Object(data)) = &mut answer.data {
            let pid = data.get("pid").and_then(Value::as_u64);
            let usage = self.process.look(pid.unwrap_or_default());
            data.insert("cpu_percent".to_owned(), json!(usage.cpu_percent));
            data.insert("rss_bytes".to_owned(), json!(usage.rss_bytes));
        }
        answer
    }
}

/// Looks twice, so that there is something to tell of the time between.
fn once(server: &Server, options: &Options, asked: &Top) -> Exit {
    let mut eye = Eye::new(server);
    let first = eye.look(asked);
    if !first.ok {
        return tell(options, asked, &first);
    }
    thread::sleep(Duration::from_secs(asked.interval));
    let second = eye.look(asked);
    tell(options, asked, &second)
}

/// A line for each look, until nobody reads any more.
fn lines(server: &Server, options: &Options, asked: &Top) -> Exit {
    let mut eye = Eye::new(server);
    loop {
        let answer = eye.look(asked);
        let exit = tell(options, asked, &answer);
        if exit != Exit::Done || is_reader_gone() {
            return exit;
        }
        thread::sleep(Duration::from_secs(asked.interval));
    }
}

/// Whether standard output is a pipe that nobody reads.
fn is_reader_gone() -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let out = io::stdout();
    let mut waiting = [PollFd::new(&out, PollFlags::empty())];
    let now = Timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    poll(&mut waiting, Some(&now)).is_ok_and(|ready| ready > 0)
}

fn tell(options: &Options, asked: &Top, answer: &Answer) -> Exit {
    let mut answer = answer.clone();
    if options.format() == Format::Tsv {
        answer.data = answer.data.and_then(|data| data.get("rows").cloned());
    }
    let command = Command::Top(asked.clone());
    write(&print::answer(&command, &answer, &look(options)))
}

/// The way to the thread that asks.
struct Asker {
    wishes: Sender<Wish>,
    answers: Receiver<Heard>,
    is_looking: bool,
}

enum Wish {
    Look(Top),
    Act(Box<Command>),
}

enum Heard {
    Seen(Answer),
    Done(Box<Command>, Answer),
}

impl Asker {
    fn start(mut eye: Eye) -> Self {
        let (wishes, wished) = channel();
        let (tell, answers) = channel();
        thread::spawn(move || {
            for wish in wished {
                let heard = match wish {
                    Wish::Look(asked) => Heard::Seen(eye.look(&asked)),
                    Wish::Act(command) => {
                        let answer = eye.server.ask(&command);
                        Heard::Done(command, answer)
                    }
                };
                if tell.send(heard).is_err() {
                    return;
                }
            }
        });
        Self {
            wishes,
            answers,
            is_looking: false,
        }
    }

    /// Looks again, unless a look is on its way.
    fn look(&mut self, asked: Top) {
        if !self.is_looking {
            self.is_looking = self.wishes.send(Wish::Look(asked)).is_ok();
        }
    }
}

/// The view on a terminal.
fn live(server: &Server, options: &Options, asked: &Top) -> Exit {
    let mut eye = Eye::new(server);
    let first = eye.look(asked);
    if !first.ok {
        return tell(options, asked, &first);
    }
    let mut screen = Screen::new(asked.clone(), look(options));
    screen.seen(&first);
    let is_ended = end_by_signal();
    let terminal = match ratatui::try_init() {
        Ok(terminal) => terminal,
        Err(error) => {
            ratatui::restore();
            let err = format!("The terminal cannot be used: {error}\n");
            return write(&Shown {
                out: String::new(),
                err,
                exit: Exit::Failed,
            });
        }
    };
    let shown = watch(terminal, &mut screen, Asker::start(eye), &is_ended);
    ratatui::restore();
    match (shown, is_ended.load(Ordering::SeqCst)) {
        (_, true) => Exit::Interrupted,
        (Ok(()), false) => Exit::Done,
        (Err(_), false) => Exit::Failed,
    }
}

/// Shows, and does what keys say, until the end.
fn watch(
    mut terminal: DefaultTerminal,
    screen: &mut Screen,
    mut asker: Asker,
    is_ended: &AtomicBool,
) -> io::Result<()> {
    let interval = Duration::from_secs(screen.interval());
    let mut next = Instant::now() + interval;
    while !is_ended.load(Ordering::SeqCst) {
        while let Ok(heard) = asker.answers.try_recv() {
            match heard {
                Heard::Seen(answer) => {
                    asker.is_looking = false;
                    screen.seen(&answer);
                }
                Heard::Done(command, answer) => screen.done(&command, &answer),
            }
        }
        terminal.draw(|frame| screen.draw(frame))?;
        if Instant::now() >= next && !screen.is_paused() {
            asker.look(screen.asked());
            next = Instant::now() + interval;
        }
        if !event::poll(PACE)? {
            continue;
        }
        match event::read()? {
            Event::Key(key) => match screen.press(key) {
                Deed::Nothing => {}
                Deed::Look => asker.look(screen.asked()),
                Deed::Act(command) => {
                    let _ = asker.wishes.send(Wish::Act(command));
                }
                Deed::Leave => break,
            },
            _ => terminal.autoresize()?,
        }
    }
    Ok(())
}

/// Notes signals that would end the program with the terminal as it is.
fn end_by_signal() -> Arc<AtomicBool> {
    let is_ended = Arc::new(AtomicBool::new(false));
    let note = Arc::clone(&is_ended);
    thread::spawn(move || {
        let Ok(mut signals) = Signals::new([Signal::Term, Signal::Hup, Signal::Int]) else {
            return;
        };
        if block_on(signals.next()).is_some() {
            note.store(true, Ordering::SeqCst);
        }
    });
    is_ended
}
