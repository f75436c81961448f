//! What the live view shows and what its keys do. Pure: answers and keys go in, a picture and deeds come out.

use crate::admin::command::moderate::{Ban, Consent, Moderate, Mute, Term};
use crate::admin::command::people::Kick;
use crate::admin::command::top::Top;
use crate::admin::command::{Answer, Code, Command, Failure};
use crate::admin::field::word;
use crate::admin::print::top::{TITLES, cells, rows, summary};
use crate::admin::print::{self, Look};
use crate::proto::sanitise;
use ratatui::Frame;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;
use ratatui::widgets::{Cell, Row, Table, TableState};
use serde_json::Value;

/// How long somebody is muted or banned by a key: long enough to decide what is right.
const MUTE_S: u64 = 600;
const BAN_S: u64 = 3600;
/// Lines beside the rows: the server, the titles, the keys.
const OTHER_LINES: u16 = 3;
/// Longest filter.
const FILTER: usize = 40;

/// The view.
pub(super) struct Screen {
    asked: Top,
    look: Look,
    data: Value,
    /// The name on which keys act.
    selected: Option<String>,
    is_paused: bool,
    mode: Mode,
    /// What came of the last deed, until the next key.
    message: String,
    /// Rows that there is room for.
    room: usize,
}

/// What keys mean.
enum Mode {
    Keys,
    /// They write a filter.
    Filter(String),
    /// They answer a question about this.
    Sure(Box<Command>, String),
}

/// What a key leads to.
pub(super) enum Deed {
    Nothing,
    Look,
    Act(Box<Command>),
    Leave,
}

impl Screen {
    pub(super) fn new(asked: Top, look: Look) -> Self {
        Self {
            room: asked.limit,
            asked,
            look,
            data: Value::Null,
            selected: None,
            is_paused: false,
            mode: Mode::Keys,
            message: String::new(),
        }
    }

    pub(super) fn interval(&self) -> u64 {
        self.asked.interval
    }

    pub(super) fn is_paused(&self) -> bool {
        self.is_paused
    }

    /// What is to be asked now: as many as there is room for.
    pub(super) fn asked(&self) -> Top {
        Top {
            limit: self.room.max(1),
            ..self.asked.clone()
        }
    }

    /// The server's answer to a look.
    pub(super) fn seen(&mut self, answer: &Answer) {
        match (&answer.data, &answer.error) {
            (Some(data), None) => self.data.clone_from(data),
            (_, Some(failure)) => self.message = sanitise::text(&failure.text).into_owned(),
            (None, None) => {}
        }
        let names: Vec<String> = self.names();
        if !self
            .selected
            .as_ref()
            .is_some_and(|name| names.contains(name))
        {
            self.selected = names.first().cloned();
        }
    }

    /// The server's answer to a deed.
    pub(super) fn done(&mut self, command: &Command, answer: &Answer) {
        let needs_consent = |failure: &Failure| failure.code == Code::NeedsConsent;
        let shown = print::answer(command, answer, &self.look);
        let words = format!("{}{}", shown.out, shown.err);
        self.message = words.lines().next().unwrap_or_default().to_owned();
        if answer.error.as_ref().is_some_and(needs_consent) {
            self.message
                .push_str(" Do it with chat admin, outside of top.");
        }
    }

    fn names(&self) -> Vec<String> {
        rows(&self.data)
            .iter()
            .map(|row| word(row, "name"))
            .collect()
    }

    /// A key was pressed.
    pub(super) fn press(&mut self, key: KeyEvent) -> Deed {
        if key.kind == KeyEventKind::Release {
            return Deed::Nothing;
        }
        let is_control = key.modifiers.contains(KeyModifiers::CONTROL);
        if is_control && matches!(key.code, KeyCode::Char('c' | 'd')) {
            return Deed::Leave;
        }
        self.message.clear();
        match std::mem::replace(&mut self.mode, Mode::Keys) {
            Mode::Keys => self.press_plain(key.code),
            Mode::Filter(text) => self.press_in_filter(text, key.code),
            Mode::Sure(command, _) => match key.code {
                KeyCode::Char('y' | 'Y') => Deed::Act(command),
                _ => {
                    self.message = "Nothing was done.".to_owned();
                    Deed::Nothing
                }
            },
        }
    }

    fn press_plain(&mut self, key: KeyCode) -> Deed {
        match key {
            KeyCode::Char('q') | KeyCode::Esc => return Deed::Leave,
            KeyCode::Char('s') => {
                self.asked.sort = self.asked.sort.next();
                return Deed::Look;
            }
            KeyCode::Char('p' | ' ') => self.is_paused = !self.is_paused,
            KeyCode::Char('f' | '/') => {
                self.mode = Mode::Filter(self.asked.pattern.clone().unwrap_or_default());
            }
            KeyCode::Char('k') => self.ask_about("Disconnect", kick),
            KeyCode::Char('m') => self.ask_about("Mute for 10 minutes", mute),
            KeyCode::Char('b') => self.ask_about("Ban for 1 hour and disconnect", ban),
            KeyCode::Up => self.move_by(-1),
            KeyCode::Down => self.move_by(1),
            KeyCode::PageUp => self.move_by(-(self.room as isize)),
            KeyCode::PageDown => self.move_by(self.room as isize),
            KeyCode::Home => self.move_by(isize::MIN),
            KeyCode::End => self.move_by(isize::MAX),
            _ => {}
        }
        Deed::Nothing
    }

    fn press_in_filter(&mut self, mut text: String, key: KeyCode) -> Deed {
        match key {
            KeyCode::Enter => {
                self.asked.pattern = Some(text).filter(|text| !text.is_empty());
                return Deed::Look;
            }
            KeyCode::Esc => return Deed::Nothing,
            KeyCode::Backspace => {
                text.pop();
            }
            KeyCode::Char(c) if !c.is_control() && text.len() < FILTER => text.push(c),
            _ => {}
        }
        self.mode = Mode::Filter(text);
        Deed::Nothing
    }

    fn ask_about(&mut self, what: &str, command: fn(String) -> Command) {
        let Some(name) = self.selected.clone() else {
            return;
        };
        let question = format!("{what}: {}? [y/N]", sanitise::name(&name));
        self.mode = Mode::Sure(Box::new(command(name)), question);
    }

    fn move_by(&mut self, steps: isize) {
        let names = self.names();
        let last = names.len().saturating_sub(1);
        let at = self.place().unwrap_or_default();
        let to = at.saturating_add_signed(steps).min(last);
        self.selected = names.get(to).cloned();
    }

    /// Where the selected one stands.
    fn place(&self) -> Option<usize> {
        let selected = self.selected.as_ref()?;
        self.names().iter().position(|name| name == selected)
    }

    /// The picture.
    pub(super) fn draw(&mut self, frame: &mut Frame<'_>) {
        self.room = usize::from(frame.area().height.saturating_sub(OTHER_LINES)).max(1);
        let parts = [
            Constraint::Length(1),
            Constraint::Min(0),
            Constraint::Length(1),
        ];
        let areas: [Rect; 3] = Layout::vertical(parts).areas(frame.area());
        let [above, middle, below] = areas;
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let reversed = Style::new().add_modifier(Modifier::REVERSED);
        frame.render_widget(Line::styled(self.headline(), bold), above);
        let shown = rows(&self.data).iter().map(|row| {
            let cells = cells(row);
            Row::new(cells.map(|cell| Cell::new(sanitise::text(&cell).into_owned())))
        });
        let widths = [16, 22, 8, 8, 7, 6, 6, 10].map(Constraint::Length);
        let table = Table::new(shown, widths)
            .header(Row::new(TITLES).style(bold))
            .row_highlight_style(reversed);
        let mut state = TableState::new().with_selected(self.place());
        frame.render_stateful_widget(table, middle, &mut state);
        frame.render_widget(Line::raw(self.footline()), below);
    }

    fn headline(&self) -> String {
        let mut line = summary(&self.data);
        if self.is_paused {
            line.insert_str(0, "PAUSED · ");
        }
        if let Some(pattern) = &self.asked.pattern {
            line.push_str(&format!(" · only {}", sanitise::text(pattern)));
        }
        line
    }

    fn footline(&self) -> String {
        match &self.mode {
            Mode::Filter(text) => format!("Filter (* and ?), Enter: {text}_"),
            Mode::Sure(_, question) => question.clone(),
            Mode::Keys if !self.message.is_empty() => self.message.clone(),
            Mode::Keys => {
                let sort = self.asked.sort.word();
                format!("[k]ick [m]ute [b]an [s]ort:{sort} [f]ilter [p]ause [q]uit")
            }
        }
    }
}

fn kick(name: String) -> Command {
    Command::Kick(Kick {
        names: vec![name],
        ..Kick::default()
    })
}

fn mute(target: String) -> Command {
    Command::Moderate(Moderate::Mute(Mute {
        target,
        duration: Term(Some(MUTE_S)),
        reason: None,
        consent: Consent::default(),
    }))
}

fn ban(target: String) -> Command {
    Command::Moderate(Moderate::Ban(Ban {
        target,
        duration: Term(Some(BAN_S)),
        reason: None,
        kick: true,
        consent: Consent::default(),
    }))
}

#[cfg(test)]
mod tests;
