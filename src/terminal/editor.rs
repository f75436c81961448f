//! Lines from the keyboard, with completion and history; from standard input where nothing can be edited.
//!
//! The only user of the line-editing crate, so that it can be exchanged. Order that holds: from the moment
//! Enter is pressed nothing is printed until the line was erased (if it is to be) and the next one is read.

use crate::terminal::beside;
use crate::terminal::helper::{Accept, Back, Go, Left, Ours, Pause, Wipe};
use crate::terminal::jump::{self, Jump};
use crate::terminal::mode;
use crate::terminal::plain::Plain;
use crate::terminal::printer::Printer;
use crate::terminal::queue::{Gate, Queue};
use crate::terminal::resize::{Drawn, rows};
use crate::terminal::secret;
use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;
use rustyline::{Cmd, ColorMode, CompletionType, Config};
use rustyline::{ConditionalEventHandler, EventHandler, KeyCode, KeyEvent, Modifiers};
use std::fs;
use std::io::{Write, stdout};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Most lines kept in the history.
const HISTORY: usize = 1000;

/// From the line and the cursor's place (in bytes): where the word begins, and what may stand there.
pub type Complete = Box<dyn Fn(&str, usize) -> (usize, Vec<String>) + Send + Sync>;

/// What came from the keyboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Read {
    Line(String),
    /// Ctrl-C took this text away.
    Wiped(String),
    /// A key went somewhere else; the line is typed on there.
    Jump(Jump),
    /// Another program wrote this.
    Edited(String),
    /// Another program was here and is gone.
    Done,
    /// Another program could not do what it was to do, and why.
    Undone(String),
    /// Ctrl-C on an empty line, or at a question.
    Interrupted,
    /// A line of the input that cannot be taken, and why.
    Unreadable(String),
    /// Ctrl-D on an empty line, or the end of the input.
    Eof,
}

/// What happens on the screen to a line that was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    Stays,
    /// It is taken off: its owner prints it again, formatted.
    Goes,
}

/// Judges a line that was just accepted.
pub type Judge = fn(&str) -> Typed;

/// The reader of lines. Belongs to one thread.
pub struct Editor {
    hands: Option<rustyline::Editor<Ours, FileHistory>>,
    plain: Plain,
    history: Option<PathBuf>,
    queue: Arc<Queue>,
    printer: Printer,
    judge: Judge,
    /// A question is being answered: earlier lines are out of reach.
    is_asking: Arc<AtomicBool>,
    /// What Ctrl-C took away.
    wiped: Arc<Mutex<Option<String>>>,
    /// What a key left.
    left: Left,
    /// What the next line begins with: before and behind the cursor.
    begun: Option<(String, String)>,
    /// What the editor drew last.
    drawn: Arc<Mutex<Drawn>>,
}

impl Editor {
    /// Takes the terminal. `history` is a file of earlier lines, made readable for its owner alone.
    pub fn new(complete: Complete, history: Option<PathBuf>) -> Self {
        let queue = Arc::new(Queue::default());
        let hands = mode::is_editable().then(|| hands().ok()).flatten();
        let (hands, through) = hands.unzip();
        let printer = Printer::new(Arc::clone(&queue), through);
        let mut editor = Self {
            hands: None,
            plain: Plain::default(),
            history: None,
            queue,
            printer,
            judge: |_| Typed::Stays,
            is_asking: Arc::default(),
            wiped: Arc::default(),
            left: Left::default(),
            begun: None,
            drawn: Arc::default(),
        };
        if let Some(hands) = hands {
            editor.take(hands, complete, history);
        }
        editor
    }

    /// Takes the terminal in its hands.
    fn take(&mut self, mut hands: Hands, complete: Complete, history: Option<PathBuf>) {
        mode::remember();
        mode::guard();
        mode::watch(Arc::clone(&self.queue));
        self.bind(&mut hands);
        hands.set_helper(Some(Ours {
            complete,
            prompt: self.printer.shown_prompt(),
            typed: self.printer.typed(),
            drawn: Arc::clone(&self.drawn),
            queue: Arc::clone(&self.queue),
        }));
        if let Some(path) = &history {
            let _ = hands.load_history(path);
        }
        self.hands = Some(hands);
        self.history = history;
    }

    /// Has `judge` say which typed lines are taken off the screen.
    #[must_use]
    pub fn judged_by(mut self, judge: Judge) -> Self {
        self.judge = judge;
        self
    }

    /// Has some keys go somewhere else.
    #[must_use]
    pub fn jumping(mut self) -> Self {
        for (key, jump) in jump::keys() {
            let go = Go {
                jump,
                left: Arc::clone(&self.left),
                is_asking: Arc::clone(&self.is_asking),
                queue: Arc::clone(&self.queue),
            };
            if let Some(hands) = &mut self.hands {
                hands.bind_sequence(key, EventHandler::Conditional(Box::new(go)));
            }
        }
        self
    }

    /// Has the next line begin with this text.
    pub fn begin_with(&mut self, text: &str) {
        self.begun = Some((text.to_owned(), String::new()));
    }

    /// A handle for printing above the line.
    pub fn printer(&self) -> Printer {
        self.printer.clone()
    }

    /// Whether lines are edited on a terminal; if not, no prompt is shown.
    pub fn is_editing(&self) -> bool {
        self.hands.is_some()
    }

    /// Reads a line. It is not kept in the history: see [`remember`](Self::remember).
    pub fn read_line(&mut self, prompt: &str) -> Read {
        let Some(hands) = &mut self.hands else {
            return self.plain.read();
        };
        self.printer.prompt(prompt);
        self.queue.hold();
        let is_asking = self.is_asking.load(Ordering::SeqCst);
        let begun = self.begun.take_if(|_| !is_asking).unwrap_or_default();
        self.printer.begun(&begun.0, &begun.1);
        let whole = format!("{}{}", begun.0, begun.1);
        lock(&self.drawn).begin(prompt, &whole, begun.0.len());
        let read = hands.readline_with_initial(prompt, (&begun.0, &begun.1));
        self.queue.hold();
        mode::note_cooked();
        self.printer.begun("", "");
        match read {
            Ok(line) => {
                if (self.judge)(&line) == Typed::Goes {
                    erase(prompt, &line);
                }
                Read::Line(line)
            }
            Err(ReadlineError::Interrupted) => self.interrupted(prompt),
            Err(_) => Read::Eof,
        }
    }

    /// One of our own keys ended the reading, or Ctrl-C did.
    fn interrupted(&mut self, prompt: &str) -> Read {
        let left = lock(&self.left).take();
        if let Some((jump, before, behind)) = left {
            erase(prompt, &format!("{before}{behind}"));
            self.begun = Some((before, behind));
            return Read::Jump(jump);
        }
        let wiped = lock(&self.wiped).take();
        match wiped {
            Some(line) => {
                erase(prompt, &line);
                Read::Wiped(line)
            }
            None => Read::Interrupted,
        }
    }

    /// Asks a question: its answer is read from a terminal, edited or not.
    pub fn ask(&mut self, question: &str) -> Read {
        if self.hands.is_none() {
            self.printer.note(question.trim_end());
        }
        let judge = std::mem::replace(&mut self.judge, |_| Typed::Stays);
        self.is_asking.store(true, Ordering::SeqCst);
        let read = self.read_line(question);
        self.is_asking.store(false, Ordering::SeqCst);
        self.judge = judge;
        self.queue.open(Gate::Direct);
        read
    }

    /// Asks a question whose answer is not shown. To be called while no line is read.
    pub fn ask_secret(&mut self, question: &str) -> Read {
        self.queue.let_out();
        let read = secret::ask(question);
        self.queue.open(Gate::Direct);
        read
    }

    /// Shows `text` in the person's pager. To be called while no line is read, as [`edit`](Self::edit) is.
    pub fn page(&mut self, text: &str) -> Read {
        self.lend(|| beside::page(text).map(|()| Read::Done))
    }

    /// Has `text` changed in the person's editor.
    pub fn edit(&mut self, text: &str) -> Read {
        self.lend(|| beside::edit(text).map(Read::Edited))
    }

    /// Nothing is printed while another program has the terminal.
    fn lend(&mut self, run: impl FnOnce() -> Result<Read, String>) -> Read {
        self.queue.let_out();
        let read = run().unwrap_or_else(Read::Undone);
        self.queue.open(Gate::Direct);
        read
    }

    /// Puts a line into the history, so that ↑ brings it back. Lines that begin with a space are left out.
    pub fn remember(&mut self, line: &str) {
        let Some(hands) = &mut self.hands else { return };
        let is_new = hands.add_history_entry(line).unwrap_or(false);
        if let Some(path) = self.history.as_ref().filter(|_| is_new) {
            let _ = make_private(path);
            let _ = hands.append_history(path);
        }
    }

    /// Keys that mean something of our own.
    fn bind(&self, hands: &mut Hands) {
        let mut bind = |key, handler: Box<dyn ConditionalEventHandler>| {
            hands.bind_sequence(key, EventHandler::Conditional(handler));
        };
        for key in [
            KeyEvent(KeyCode::Enter, Modifiers::NONE),
            KeyEvent::ctrl('J'),
            KeyEvent::ctrl('M'),
        ] {
            bind(key, Box::new(Accept(Arc::clone(&self.queue))));
        }
        for key in [
            KeyEvent(KeyCode::Up, Modifiers::NONE),
            KeyEvent(KeyCode::Down, Modifiers::NONE),
            KeyEvent::ctrl('P'),
            KeyEvent::ctrl('N'),
            KeyEvent::ctrl('R'),
        ] {
            bind(key, Box::new(Back(Arc::clone(&self.is_asking))));
        }
        let wipe = Wipe {
            is_asking: Arc::clone(&self.is_asking),
            wiped: Arc::clone(&self.wiped),
            queue: Arc::clone(&self.queue),
        };
        bind(KeyEvent::ctrl('C'), Box::new(wipe));
        bind(KeyEvent::ctrl('Z'), Box::new(Pause));
        hands.bind_sequence(
            KeyEvent(KeyCode::Enter, Modifiers::ALT),
            EventHandler::Simple(Cmd::Newline),
        );
    }

    /// No further line is read: what is printed goes straight out.
    pub fn finish(&self) {
        self.queue.open(Gate::Direct);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

type Hands = rustyline::Editor<Ours, FileHistory>;
type Through = Box<dyn rustyline::ExternalPrinter + Send>;

fn hands() -> rustyline::Result<(Hands, Through)> {
    let config = Config::builder()
        .max_history_size(HISTORY)?
        .history_ignore_dups(true)?
        .history_ignore_space(true)
        .completion_type(CompletionType::List)
        // Whoever completes offers no more than can be read.
        .completion_prompt_limit(usize::MAX)
        // Without colours it would not ask its helper, and so neither open the gate nor know the prompt.
        .color_mode(ColorMode::Forced)
        .build();
    let mut hands = Hands::with_config(config)?;
    let through = Box::new(hands.create_external_printer()?);
    Ok((hands, through))
}

/// Takes the line just accepted off the screen; the cursor stands at the left below it.
fn erase(prompt: &str, line: &str) {
    let rows = rows(prompt, line, mode::columns());
    let mut out = stdout().lock();
    let _ = write!(out, "\x1b[{rows}A\r\x1b[J").and_then(|()| out.flush());
}

/// Makes the file, and the directory above it, readable for the owner alone.
fn make_private(path: &Path) -> std::io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    let file = fs::OpenOptions::new()
        .create(true)
        .append(true)
        .mode(0o600)
        .open(path)?;
    file.set_permissions(fs::Permissions::from_mode(0o600))
}

impl std::fmt::Debug for Editor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Editor")
            .field("history", &self.history)
            .field("is_editing", &self.is_editing())
            .finish_non_exhaustive()
    }
}
