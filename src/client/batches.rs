//! Batches that are open: which request they answer, and messages of several lines that are not whole yet.

use crate::client::spoken::Spoken;
use crate::proto::message::Message;
use std::collections::VecDeque;

/// Most batches open at once; a server that opens more has its oldest forgotten.
const MOST: usize = 64;
/// Most bytes of one message of several lines.
const MOST_BYTES: usize = 64 * 1024;

/// One open batch.
#[derive(Debug)]
pub struct Batch {
    pub name: String,
    pub kind: String,
    /// The request it answers.
    pub label: Option<String>,
    /// The message that its lines make.
    pub message: Option<Spoken>,
}

/// All open batches, oldest first.
#[derive(Debug, Default)]
pub struct Batches(VecDeque<Batch>);

impl Batches {
    /// The batch in which a line stands.
    pub fn of(&self, message: &Message<'_>) -> Option<&Batch> {
        let name = message.tags.get("batch")?;
        self.0.iter().find(|batch| batch.name == name)
    }

    /// The label that a line answers: its own, or that of the batch in which it stands.
    pub fn label_of(&self, message: &Message<'_>) -> Option<String> {
        if let Some(label) = message.tags.get("label") {
            return Some(label.into_owned());
        }
        self.of(message)?.label.clone()
    }

    /// A batch begins.
    pub fn open(&mut self, batch: Batch) {
        if self.0.len() == MOST {
            self.0.pop_front();
        }
        self.0.push_back(batch);
    }

    /// Takes a line of a message of several lines; whether it was one.
    pub fn add_line(&mut self, message: &Message<'_>) -> bool {
        let Some(name) = message.tags.get("batch") else {
            return false;
        };
        let open = self.0.iter_mut().find(|batch| batch.name == name);
        let Some(whole) = open.and_then(|batch| batch.message.as_mut()) else {
            return false;
        };
        let line = message.get(1).unwrap_or_default();
        if whole.text.len() + line.len() < MOST_BYTES {
            whole.lines += 1;
            if whole.lines > 1 && message.tags.raw("draft/multiline-concat").is_none() {
                whole.text.push('\n');
            }
            whole.text.push_str(line);
        }
        true
    }

    /// A batch ends. Its label is kept only if no other open batch answers the same request.
    pub fn close(&mut self, name: &str) -> Option<Batch> {
        let at = self.0.iter().position(|batch| batch.name == name)?;
        let mut batch = self.0.remove(at)?;
        let is_inner = self.0.iter().any(|other| other.label == batch.label);
        if is_inner && batch.message.is_none() {
            batch.label = None;
        }
        Some(batch)
    }

    /// Whether another open batch answers this request.
    pub fn has(&self, label: &str) -> bool {
        self.0
            .iter()
            .any(|batch| batch.label.as_deref() == Some(label))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Message<'_> {
        Message::from_text(text).unwrap()
    }

    fn batch(name: &str, label: Option<&str>) -> Batch {
        Batch {
            name: name.to_owned(),
            kind: String::new(),
            label: label.map(str::to_owned),
            message: None,
        }
    }

    #[test]
    fn a_line_in_a_batch_answers_what_the_batch_answers() {
        let mut batches = Batches::default();
        batches.open(batch("a", Some("c1")));
        batches.open(batch("b", Some("c1")));
        assert_eq!(batches.label_of(&line("@batch=b X")).as_deref(), Some("c1"));
        assert_eq!(batches.label_of(&line("@batch=z X")), None);
        assert_eq!(
            batches.label_of(&line("@label=c9 X")).as_deref(),
            Some("c9")
        );
        assert_eq!(batches.close("b").unwrap().label, None);
        assert_eq!(batches.close("a").unwrap().label.as_deref(), Some("c1"));
        assert!(batches.close("a").is_none());
    }

    #[test]
    fn batches_that_never_end_are_forgotten() {
        let mut batches = Batches::default();
        for n in 0..10 * MOST {
            batches.open(batch(&n.to_string(), None));
        }
        assert_eq!(batches.0.len(), MOST);
    }

    #[test]
    fn the_lines_of_a_message_are_joined_and_bounded() {
        let mut batches = Batches::default();
        let mut open = batch("m", None);
        open.message = Some(Spoken::default());
        batches.open(open);
        for (tags, text) in [
            ("", "one "),
            (";draft/multiline-concat", "two"),
            ("", ""),
            ("", "end"),
        ] {
            assert!(batches.add_line(&line(&format!("@batch=m{tags} PRIVMSG #a :{text}"))));
        }
        assert!(!batches.add_line(&line("@batch=x PRIVMSG #a :no")));
        for _ in 0..20 {
            batches.add_line(&line(&format!("@batch=m PRIVMSG #a :{}", "x".repeat(8000))));
        }
        let whole = batches.close("m").unwrap().message.unwrap();
        assert!(whole.text.starts_with("one two\n\nend\nxxx") && whole.text.len() < MOST_BYTES);
    }
}
