//! Answers to one command, collected and then sent: where labels, batches and acknowledgements are made.
//!
//! IRCv3 labeled-response: one line carries the label, several are wrapped in a batch that does,
//! none becomes `ACK`. A command that answers with a batch of its own puts the label on that batch.

use crate::proto::cap::{Cap, CapSet};
use crate::proto::message::escape;
use crate::proto::write::LineWriter;
use crate::server::world::cursor::Cursor;
use crate::server::world::session::Wrapping;
use std::collections::VecDeque;
use std::ops::Range;

/// Lines for the asker, in order.
#[derive(Debug, Default)]
pub struct Replies {
    bytes: Vec<u8>,
    lines: Vec<(Range<usize>, Kind)>,
    /// What is to be told after the lines.
    pub cursors: VecDeque<Cursor>,
    /// Whose label the answer carries.
    pub carried: Carried,
}

/// Which label an answer carries.
#[derive(Debug, Default, PartialEq, Eq)]
pub enum Carried {
    /// That of the line.
    #[default]
    Own,
    /// None: it is answered later.
    Held,
    /// That of an earlier line, unless the line has one.
    Earlier(String),
}

/// Which part of an answer the lines are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Whole,
    First,
    Middle(Wrapping),
    Last(Wrapping),
}

/// What a line is to the label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// An answer.
    Plain,
    /// Begins a batch that the command opened.
    BatchStart,
    /// Within such a batch, or its end.
    BatchPart,
    /// Caused by the command but not its answer: a message to oneself.
    Aside,
}

/// What the wrapping of the answers needs to know.
#[derive(Debug)]
pub struct Envelope<'a> {
    pub caps: CapSet,
    /// Value of the `label` tag, in plain text.
    pub label: Option<&'a str>,
    pub server: &'a str,
    /// As server-time writes it.
    pub time: &'a str,
    /// A name for a batch.
    pub batch: &'a str,
}

impl Replies {
    /// Adds a line that answers the command.
    pub fn push(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        self.add(Kind::Plain, write);
    }

    /// Adds a line that the command caused but that is not its answer.
    pub fn push_aside(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        self.add(Kind::Aside, write);
    }

    /// Adds the line that begins a batch of the command's own.
    pub fn push_batch_start(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        self.add(Kind::BatchStart, write);
    }

    /// Adds a line within a batch of the command's own, or its end.
    pub fn push_batch_part(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        self.add(Kind::BatchPart, write);
    }

    fn add(&mut self, kind: Kind, write: impl FnOnce(&mut Vec<u8>)) {
        let start = self.bytes.len();
        write(&mut self.bytes);
        self.lines.push((start..self.bytes.len(), kind));
    }

    /// Bytes of the lines.
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    /// Whether a label has to be answered.
    fn wants_label(envelope: &Envelope<'_>) -> bool {
        envelope.label.is_some()
            && envelope.caps.has(Cap::LabeledResponse)
            && envelope.caps.has(Cap::Batch)
    }

    /// Whether there is nothing to send.
    pub fn is_silent(&self, envelope: &Envelope<'_>) -> bool {
        self.lines.is_empty() && !Self::wants_label(envelope)
    }

    /// Appends all lines as they go over the wire, and forgets them. Tells how the label is carried.
    pub fn drain_into(
        &mut self,
        envelope: &Envelope<'_>,
        part: Part,
        out: &mut Vec<u8>,
    ) -> Wrapping {
        let wrapping = match envelope.label.filter(|_| Self::wants_label(envelope)) {
            Some(label) => self.write_labelled(&escape(label), envelope, part, out),
            None => {
                out.extend_from_slice(&self.bytes);
                Wrapping::Own
            }
        };
        self.bytes.clear();
        self.bytes.shrink_to(1 << 16);
        self.lines.clear();
        wrapping
    }

    fn write_labelled(
        &self,
        label: &str,
        envelope: &Envelope<'_>,
        part: Part,
        out: &mut Vec<u8>,
    ) -> Wrapping {
        let wrapping = match part {
            Part::Whole => self.write_whole(label, envelope, out),
            Part::First if self.is_own_batch() => {
                let tag = |kind| (kind == Kind::BatchStart).then_some(("label", label));
                self.copy(self.answers(), out, tag);
                Wrapping::Own
            }
            Part::First => {
                open_batch(label, envelope, out);
                self.copy_into_batch(envelope, out);
                Wrapping::Batch
            }
            Part::Middle(Wrapping::Own) | Part::Last(Wrapping::Own) => {
                self.copy(self.answers(), out, |_| None);
                Wrapping::Own
            }
            Part::Middle(Wrapping::Batch) => {
                self.copy_into_batch(envelope, out);
                Wrapping::Batch
            }
            Part::Last(Wrapping::Batch) => {
                self.copy_into_batch(envelope, out);
                close_batch(envelope, out);
                Wrapping::Batch
            }
        };
        let asides = self.lines.iter().filter(|(_, kind)| *kind == Kind::Aside);
        self.copy(asides, out, |_| None);
        wrapping
    }

    fn write_whole(&self, label: &str, envelope: &Envelope<'_>, out: &mut Vec<u8>) -> Wrapping {
        match self.answers().count() {
            0 => begin(envelope, out, &[("label", label)])
                .verb(envelope.server, "ACK")
                .finish(),
            1 => self.copy(self.answers(), out, |_| Some(("label", label))),
            _ if self.is_own_batch() => {
                let tag = |kind| (kind == Kind::BatchStart).then_some(("label", label));
                self.copy(self.answers(), out, tag);
            }
            _ => {
                open_batch(label, envelope, out);
                self.copy_into_batch(envelope, out);
                close_batch(envelope, out);
            }
        }
        Wrapping::Own
    }

    /// The lines that answer the command.
    fn answers(&self) -> impl Iterator<Item = &(Range<usize>, Kind)> {
        self.lines.iter().filter(|(_, kind)| *kind != Kind::Aside)
    }

    /// Whether the answer is one batch of the command's own.
    fn is_own_batch(&self) -> bool {
        let mut answers = self.answers();
        answers
            .next()
            .is_some_and(|(_, kind)| *kind == Kind::BatchStart)
            && answers.all(|(_, kind)| *kind == Kind::BatchPart)
    }

    fn copy_into_batch(&self, envelope: &Envelope<'_>, out: &mut Vec<u8>) {
        let tag = |kind| (kind != Kind::BatchPart).then_some(("batch", envelope.batch));
        self.copy(self.answers(), out, tag);
    }

    /// Copies lines, each with the tag that `tag` gives it.
    fn copy<'l>(
        &self,
        lines: impl Iterator<Item = &'l (Range<usize>, Kind)>,
        out: &mut Vec<u8>,
        tag: impl Fn(Kind) -> Option<(&'static str, &'l str)>,
    ) {
        for (range, kind) in lines {
            let line = self.bytes.get(range.clone()).unwrap_or_default();
            let Some((key, value)) = tag(*kind) else {
                out.extend_from_slice(line);
                continue;
            };
            out.extend_from_slice(format!("@{key}={value}").as_bytes());
            match line.strip_prefix(b"@") {
                Some(tagged) => {
                    out.push(b';');
                    out.extend_from_slice(tagged);
                }
                None => {
                    out.push(b' ');
                    out.extend_from_slice(line);
                }
            }
        }
    }
}

fn open_batch(label: &str, envelope: &Envelope<'_>, out: &mut Vec<u8>) {
    begin(envelope, out, &[("label", label)])
        .verb(envelope.server, "BATCH")
        .param(&format!("+{}", envelope.batch))
        .param("labeled-response")
        .finish();
}

fn close_batch(envelope: &Envelope<'_>, out: &mut Vec<u8>) {
    let line = begin(envelope, out, &[]).verb(envelope.server, "BATCH");
    line.param(&format!("-{}", envelope.batch)).finish();
}

/// Begins a line of the envelope itself.
fn begin<'o>(
    envelope: &Envelope<'_>,
    out: &'o mut Vec<u8>,
    tags: &[(&str, &str)],
) -> LineWriter<'o> {
    let mut line = LineWriter::new(out);
    for (key, value) in tags {
        line = line.tag(key, value);
    }
    if envelope.caps.has(Cap::ServerTime) {
        line = line.tag("time", envelope.time);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: CapSet = CapSet::of(&[Cap::LabeledResponse, Cap::Batch]);

    fn sent(label: Option<&str>, caps: CapSet, fill: impl FnOnce(&mut Replies)) -> String {
        let mut replies = Replies::default();
        fill(&mut replies);
        let mut out = Vec::new();
        let envelope = Envelope {
            caps,
            label,
            server: "s",
            time: "now",
            batch: "1",
        };
        replies.drain_into(&envelope, Part::Whole, &mut out);
        String::from_utf8(out).unwrap()
    }

    fn line(text: &'static str) -> impl FnOnce(&mut Vec<u8>) {
        move |out| out.extend_from_slice(text.as_bytes())
    }

    #[test]
    fn without_a_label_lines_go_as_they_are() {
        let fill = |r: &mut Replies| {
            r.push(line("A\r\n"));
            r.push_aside(line("B\r\n"));
        };
        assert_eq!(sent(None, ALL, fill), "A\r\nB\r\n");
        assert_eq!(sent(Some("x"), CapSet::default(), fill), "A\r\nB\r\n");
    }

    #[test]
    fn no_answer_becomes_ack() {
        assert_eq!(sent(Some("x y"), ALL, |_| ()), "@label=x\\sy :s ACK\r\n");
    }

    #[test]
    fn one_answer_carries_the_label() {
        assert_eq!(
            sent(Some("x"), ALL, |r| r.push(line("@t=1 A\r\n"))),
            "@label=x;t=1 A\r\n"
        );
        assert_eq!(
            sent(Some("x"), ALL, |r| r.push(line("A\r\n"))),
            "@label=x A\r\n"
        );
    }

    #[test]
    fn several_answers_are_a_batch_and_asides_stay_out_of_it() {
        let text = sent(Some("x"), ALL, |r| {
            r.push(line("A\r\n"));
            r.push_aside(line("C\r\n"));
            r.push(line("B\r\n"));
        });
        assert_eq!(
            text,
            "@label=x :s BATCH +1 labeled-response\r\n@batch=1 A\r\n@batch=1 B\r\n:s BATCH -1\r\nC\r\n"
        );
    }

    #[test]
    fn a_batch_of_the_commands_own_takes_the_label() {
        let text = sent(Some("x"), ALL, |r| {
            r.push_batch_start(line("BATCH +9 t\r\n"));
            r.push_batch_part(line("@batch=9 A\r\n"));
            r.push_batch_part(line("BATCH -9\r\n"));
        });
        assert_eq!(text, "@label=x BATCH +9 t\r\n@batch=9 A\r\nBATCH -9\r\n");
    }
}
