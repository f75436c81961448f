//! What is wrong with a configuration file, and where: all of it together, for one screen.

use crate::config::place::Place;
use std::fmt;
use std::path::PathBuf;

/// One thing to say about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub weight: Weight,
    pub place: Option<Place>,
    /// Begins with the key, if it is about one.
    pub text: String,
}

/// Whether the server can start with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    Error,
    Warning,
}

/// All that is to be said about one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// `None`: the text came from nowhere in particular.
    pub file: Option<PathBuf>,
    pub faults: Vec<Fault>,
}

impl Fault {
    /// A fault that stops the server from starting.
    pub fn error(text: impl Into<String>) -> Self {
        Self {
            weight: Weight::Error,
            place: None,
            text: text.into(),
        }
    }

    /// A fault to know of.
    pub fn warning(text: impl Into<String>) -> Self {
        Self {
            weight: Weight::Warning,
            place: None,
            text: text.into(),
        }
    }

    /// The same fault, found here.
    pub fn at(mut self, place: Option<Place>) -> Self {
        self.place = place;
        self
    }
}

impl Report {
    /// Whether the server cannot start.
    pub fn is_fatal(&self) -> bool {
        self.count(Weight::Error) > 0
    }

    /// How many faults have this weight.
    pub fn count(&self, weight: Weight) -> usize {
        self.faults.iter().filter(|f| f.weight == weight).count()
    }

    /// `1 error, 2 warnings`.
    pub fn summary(&self) -> String {
        let counted = |n: usize, what: &str| match n {
            1 => format!("1 {what}"),
            n => format!("{n} {what}s"),
        };
        let (errors, warnings) = (self.count(Weight::Error), self.count(Weight::Warning));
        format!(
            "{}, {}",
            counted(errors, "error"),
            counted(warnings, "warning")
        )
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = match &self.file {
            Some(file) => file.display().to_string(),
            None => "configuration".into(),
        };
        for fault in &self.faults {
            let weight = match fault.weight {
                Weight::Error => "error  ",
                Weight::Warning => "warning",
            };
            match fault.place {
                Some(place) => write!(f, "{file}:{}:{}", place.line, place.column)?,
                None => write!(f, "{file}")?,
            }
            writeln!(f, "  {weight}  {}", fault.text)?;
        }
        Ok(())
    }
}
