//! The prompt: what waits elsewhere, how the connection is, what is on its way, and where a plain line goes.

use crate::client::view::View;
use crate::client::view::clock::TIME;
use crate::client::view::look::Layout;
use crate::client::wrap::{right, shorten};
use crate::proto::sanitise;
use unicode_width::UnicodeWidthStr;

/// Messages not looked at, in other places than the current one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Unread {
    pub all: usize,
    /// Those among them that are for me alone or call me by name.
    pub urgent: usize,
}

/// What the prompt tells.
#[derive(Debug, Clone, Copy, Default)]
pub struct Prompt<'p> {
    pub unread: Unread,
    /// Seconds until the next try to connect.
    pub lost: Option<i64>,
    /// Where a plain line goes.
    pub target: Option<&'p str>,
    /// Letters behind the target: `z` away, `=` other rooms are only counted.
    pub marks: &'p str,
    /// Most columns, where a line is being typed behind the prompt already.
    pub most: Option<usize>,
}

impl View {
    /// The prompt: what waits elsewhere, or in how many seconds the next try to connect is; then where a plain line goes.
    pub fn prompt(&self, prompt: Prompt<'_>, columns: usize) -> String {
        if self.look.layout == Layout::Plain {
            return "> ".to_owned();
        }
        let Prompt {
            unread,
            lost,
            target,
            marks,
            most,
        } = prompt;
        let symbols = self.look.symbols();
        let moving = self.moving.map(|moving| self.bar(moving, columns));
        let (carried, bar) = moving.map_or((None, String::new()), |(slot, bar)| (Some(slot), bar));
        let slot = match unread {
            _ if lost == Some(i64::MAX) => symbols.apart.to_owned(),
            _ if lost == Some(0) => format!("{}…", symbols.apart),
            _ if lost.is_some() => format!("{}{}s", symbols.apart, lost.unwrap_or_default()),
            _ if carried.is_some() => carried.unwrap_or_default(),
            Unread { all: 0, .. } => String::new(),
            Unread { urgent: 1.., .. } => format!("!{}", unread.urgent.min(99)),
            Unread { all: 100.., .. } => "99+".to_owned(),
            Unread { all, .. } => all.to_string(),
        };
        let target = target.map_or("no room".to_owned(), |t| {
            if t.starts_with('#') {
                sanitise::name(t).into_owned()
            } else {
                format!("{} {}", symbols.arrow, sanitise::name(t))
            }
        });
        let marks = match marks {
            "" => String::new(),
            marks => format!(" {marks}"),
        };
        let prompt = if columns < 50 {
            format!("[{}{}] ", shorten(&target, 8, symbols.cut), marks)
        } else {
            let slot = right(&slot, TIME);
            let target = format!("[{}{marks}] ", shorten(&target, 24, symbols.cut));
            let whole = format!("{slot} {bar}{target}");
            match most {
                Some(most) if whole.width() > most => format!("{slot} {target}"),
                _ => whole,
            }
        };
        self.look.in_charset(prompt)
    }
}
