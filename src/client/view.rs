//! How things look: items become lines of text for a terminal, or for a pipe.
//!
//! Every string of an item passes through the sanitiser here, so nothing remote reaches a terminal
//! unclean. Colour and symbols only add: without them everything still reads.

mod clock;
pub mod files;
mod hues;
mod list;
pub mod look;
pub mod prompt;
mod rich;

use crate::client::item::{Age, Item, Said, Tone, Way, Whose};
use crate::client::taste::{Clock, Taste};
use crate::client::view::files::Moving;
use crate::client::view::look::{Layout, Look, Paint};
use crate::client::view::rich::Rich;
use crate::client::wrap::{right, shorten, wrap};
use crate::proto::sanitise;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use unicode_width::UnicodeWidthStr;

/// Columns of the names where there is little room.
const NARROW_NAMES: usize = 6;
/// Narrower than this the names have little room.
const NARROW: usize = 60;
/// Narrower than this there are no columns.
const TINY: usize = 40;

/// Turns items into lines. Remembers the time it showed last.
#[derive(Debug)]
pub struct View {
    look: Look,
    zone: TimeZone,
    clock: Clock,
    /// Columns of the names.
    names: usize,
    minute: String,
    day: Option<Date>,
    moving: Option<Moving>,
}

/// The parts of a line before they are put together.
struct Parts {
    at: Timestamp,
    head: String,
    paint: Paint,
    /// Line by line.
    body: Vec<Rich>,
    body_paint: Option<Paint>,
    is_call: bool,
}

impl View {
    /// A view for one terminal.
    pub fn new(look: Look, zone: TimeZone) -> Self {
        Self {
            look,
            zone,
            clock: Clock::Minute,
            names: Taste::default().names,
            minute: String::new(),
            day: None,
            moving: None,
        }
    }

    /// Shows things as somebody likes them.
    pub fn adopt(&mut self, taste: &Taste) {
        (self.clock, self.names) = (taste.time, taste.names);
        self.look.theme = taste.theme;
        self.minute.clear();
    }

    /// Columns of the names on a terminal of so many.
    fn name_width(&self, columns: usize) -> usize {
        match columns < NARROW {
            true => self.names.min(NARROW_NAMES),
            false => self.names,
        }
    }

    /// The lines that show `item` on a terminal of so many columns.
    pub fn render(&mut self, item: &Item, columns: usize) -> String {
        let symbols = self.look.symbols();
        let shown = match item {
            Item::Said(said) => self.said(said, columns),
            Item::Event { at, room, text } => self.event(*at, room.as_deref(), text, columns),
            Item::Refused(text) => self.marked(symbols.no, Paint::Refusal, text, columns),
            Item::Warned(text) => self.marked(symbols.mind, Paint::Warning, text, columns),
            Item::Receipt(text) => self.receipt(text, columns),
            Item::Rule(parts) => self.rule(parts, columns),
            Item::List { title, rows } => self.list(title, rows, columns),
            Item::Files { title, rows } => self.files(title, rows, columns),
            Item::Done(text) => self.marked(symbols.yes, Paint::Bold, text, columns),
            Item::Quarter(_) if self.look.layout == Layout::Columns => String::new(),
            Item::Text(text) | Item::Status(text) | Item::Quarter(text) => self.text(text, columns),
            Item::Sending(text) => {
                let text = format!("sending: \"{}\"", cleaned(text));
                self.unsettled(&text, columns)
            }
            Item::Waiting { to, text, count } => {
                let (to, text) = (sanitise::name(to), cleaned(text));
                let text = format!("waiting, to {to}: \"{text}\" ({count} unsent)");
                self.unsettled(&text, columns)
            }
            Item::Wire(line) => self.look.paint(Paint::Dim, &sanitise::text(line)),
        };
        self.look.in_charset(shown)
    }

    fn said(&mut self, said: &Said, columns: usize) -> String {
        let arrow = self.look.symbols().arrow;
        let from = sanitise::name(&said.from).into_owned();
        let from = match said.twin.as_deref() {
            None => from,
            Some("") => format!("{from}?"),
            Some(account) => format!("{from}({})", sanitise::name(account)),
        };
        let from = match said.tone {
            Tone::Notice => format!("-{from}-"),
            Tone::Say | Tone::Action => from,
        };
        let head = match &said.way {
            Way::Here => from.clone(),
            Way::There(room) => format!("{} {}", sanitise::name(room), self.short(&from, columns)),
            Way::ToMe => format!("{from} {arrow} you"),
            Way::To(names) => format!("you {arrow} {}", sanitise::text(names)),
            Way::ToAll => format!("{from} {arrow} all"),
            Way::ToAllOf(Some(count)) => format!("you {arrow} all ({count})"),
            Way::ToAllOf(None) => format!("you {arrow} all"),
        };
        let (head, doer) = match (said.tone, &said.way) {
            (Tone::Action, Way::Here) => ("*".to_owned(), format!("{from} ")),
            (Tone::Action, Way::There(room)) => {
                (format!("{} *", sanitise::name(room)), format!("{from} "))
            }
            (Tone::Action, _) => (head, format!("* {from} ")),
            (Tone::Say | Tone::Notice, _) => (head, String::new()),
        };
        let body = self.words(said, &doer);
        let paint = match said.whose {
            Whose::Mine | Whose::Operators => Paint::Bold,
            Whose::Theirs | Whose::CallsMe => Paint::Nick(Look::hash(&said.from)),
        };
        let parts = Parts {
            at: said.at,
            head,
            paint,
            body,
            body_paint: match (said.whose, &said.way) {
                (Whose::CallsMe, _) => Some(Paint::Call),
                _ if said.age != Age::Now => Some(Paint::Dim),
                (Whose::Operators, _) => Some(Paint::Bold),
                (Whose::Mine | Whose::Theirs, Way::There(_)) => Some(Paint::Dim),
                (Whose::Mine | Whose::Theirs, _) => None,
            },
            is_call: said.whose == Whose::CallsMe,
        };
        self.line(&parts, columns)
    }

    /// What was said, line by line, behind who does it, and whom it answers.
    fn words(&self, said: &Said, doer: &str) -> Vec<Rich> {
        let sign = self.look.symbols().answer;
        let answer = match &said.answers {
            None => String::new(),
            Some(whom) if whom.is_empty() => format!("{sign} "),
            Some(whom) => format!("{sign} {}: ", sanitise::name(whom)),
        };
        let mut lines: Vec<Rich> = match self.look.layout {
            Layout::Plain => vec![Rich::of(&said.text)],
            Layout::Columns => said.text.split('\n').map(Rich::of).collect(),
        };
        if let Some(first) = lines.first_mut() {
            *first = std::mem::take(first).behind(&format!("{doer}{answer}"));
        }
        lines
    }

    fn event(&mut self, at: Timestamp, room: Option<&str>, text: &str, columns: usize) -> String {
        let head = room.map_or("*".to_owned(), |room| format!("{} *", sanitise::name(room)));
        let parts = Parts {
            at,
            head,
            paint: Paint::Dim,
            body: vec![Rich::plain(self.look.own(cleaned(text)))],
            body_paint: Some(Paint::Dim),
            is_call: false,
        };
        self.line(&parts, columns)
    }

    /// One line of the conversation, wrapped under itself.
    fn line(&mut self, parts: &Parts, columns: usize) -> String {
        let day = self.day_rule(parts.at, columns);
        let text = if self.look.layout == Layout::Plain || columns < TINY {
            self.plain_line(parts, columns)
        } else {
            self.column_line(parts, columns)
        };
        format!("{day}{text}")
    }

    fn plain_line(&mut self, parts: &Parts, columns: usize) -> String {
        let time = match self.clock(parts.at) {
            time if time.is_empty() => time,
            time => format!("{time} "),
        };
        let call = if parts.is_call { "> " } else { "" };
        let end = if parts.head.ends_with('*') { "" } else { ":" };
        let before = format!("{time}{call}{}{end} ", parts.head);
        let head = self.look.paint(parts.paint, &parts.head);
        let room = match self.look.layout {
            Layout::Plain => None,
            Layout::Columns => Some(columns.saturating_sub(2)),
        };
        let mut lines = parts.body.clone();
        if let Some(first) = lines.first_mut() {
            *first = std::mem::take(first).behind(&before);
        }
        let lines = lines
            .iter()
            .flat_map(|line| line.lines(&self.look, None, room));
        let shown = lines.collect::<Vec<_>>().join("\n  ");
        shown.replacen(&parts.head, &head, 1)
    }

    /// `text` wrapped on a screen, with further lines set in.
    fn set_in(&self, text: &str, columns: usize) -> String {
        match self.look.layout {
            Layout::Plain => text.to_owned(),
            Layout::Columns => wrap(text, columns.saturating_sub(2)).join("\n  "),
        }
    }

    fn column_line(&mut self, parts: &Parts, columns: usize) -> String {
        let symbols = self.look.symbols();
        let names = self.name_width(columns);
        let most = if parts.head.contains(' ') {
            columns / 3
        } else {
            names
        };
        let head = shorten(&parts.head, most.max(names), symbols.cut);
        let head_width = head.width().max(names);
        let indent = self.time_width() + 1 + head_width;
        let time = self.clock_if_new(parts.at);
        let gap = match (parts.is_call, time.trim().is_empty()) {
            (true, true) => format!(
                "{}{} ",
                symbols.call,
                " ".repeat(self.time_width().saturating_sub(symbols.call.width()))
            ),
            (true, false) => format!("{time}{}", symbols.call),
            (false, _) => format!("{time} "),
        };
        let mut shown = String::new();
        let room = columns.saturating_sub(indent + 3);
        let lines = parts
            .body
            .iter()
            .flat_map(|line| line.lines(&self.look, parts.body_paint, Some(room)));
        for (at, body) in lines.enumerate() {
            let bar = symbols.bar;
            let before = if at == 0 {
                let head = right(&head, head_width);
                format!("{gap}{}", self.look.paint(parts.paint, &head))
            } else {
                format!("\n{}", " ".repeat(indent))
            };
            shown.push_str(format!("{before} {bar} {body}").trim_end());
        }
        shown
    }

    /// Our own words with a sign before them; further lines are set in.
    fn marked(&self, sign: &str, paint: Paint, text: &str, columns: usize) -> String {
        let mut shown = Vec::new();
        for (at, line) in text.lines().enumerate() {
            let clean = self.look.own(cleaned(line));
            let lines = match self.look.layout {
                Layout::Plain => vec![clean],
                Layout::Columns => wrap(&clean, columns.saturating_sub(2)),
            };
            for (row, line) in lines.iter().enumerate() {
                if at == 0 && row == 0 {
                    shown.push(format!("{} {line}", self.look.paint(paint, sign)));
                } else {
                    shown.push(format!("  {line}"));
                }
            }
        }
        shown.join("\n")
    }

    fn receipt(&self, text: &str, columns: usize) -> String {
        let symbols = self.look.symbols();
        if self.look.layout == Layout::Plain || columns < TINY {
            return self.set_in(&format!("      {}", cleaned(text)), columns);
        }
        let indent = " ".repeat(self.time_width() + 1 + self.name_width(columns));
        let width = columns.saturating_sub(indent.len() + 3);
        let lines = wrap(&self.look.own(cleaned(text)), width);
        let set = |line: &String| {
            format!(
                "{indent} {} {}",
                symbols.bar,
                self.look.paint(Paint::Dim, line)
            )
        };
        lines.iter().map(set).collect::<Vec<_>>().join("\n")
    }

    fn rule(&self, parts: &[String], columns: usize) -> String {
        let symbols = self.look.symbols();
        let parts: Vec<_> = parts.iter().map(|part| cleaned(part)).collect();
        let text = parts.join(&format!(" {} ", symbols.dot));
        if self.look.layout == Layout::Plain {
            return format!("{} {text} {}", symbols.rule, symbols.rule);
        }
        let room = columns.saturating_sub(6);
        let text = shorten(&text, room, symbols.cut);
        let rule = format!("{} {text} {}", symbols.rule, symbols.rule);
        self.look.paint(Paint::Dim, &rule)
    }

    fn text(&self, text: &str, columns: usize) -> String {
        let line = |line: &str| {
            let clean = self.look.own(cleaned(line));
            let bare = clean.trim_start_matches(' ');
            let indent = " ".repeat(clean.len() - bare.len());
            let room = columns.saturating_sub(indent.len());
            match self.look.layout {
                Layout::Plain => clean,
                Layout::Columns => indent.clone() + &wrap(bare, room).join(&format!("\n{indent}")),
            }
        };
        text.lines().map(line).collect::<Vec<_>>().join("\n")
    }

    /// A question, to be answered behind it.
    pub fn question(&self, text: &str) -> String {
        self.look.in_charset(sanitise::text(text).into_owned())
    }
}

fn cleaned(text: &str) -> String {
    sanitise::text(&sanitise::unformatted(text)).into_owned()
}

#[cfg(test)]
mod tests;
