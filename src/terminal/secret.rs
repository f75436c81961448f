//! An answer that nobody is to see: read without echo, kept in no history.

use crate::terminal::editor::Read;
use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
use std::io::{Write, stderr, stdin, stdout};

/// Longest answer, in bytes.
const LONGEST: usize = 1024;
const CTRL_C: u8 = 3;
const CTRL_D: u8 = 4;
const CTRL_U: u8 = 21;
const BACKSPACE: [u8; 2] = [8, 127];

/// Asks on a terminal.
pub(super) fn ask(question: &str) -> Read {
    ask_on(&mut stdout(), question)
}

/// Asks on a terminal, and says nothing on standard output.
pub fn ask_beside(question: &str) -> Read {
    ask_on(&mut stderr(), question)
}

fn ask_on(out: &mut impl Write, question: &str) -> Read {
    let Ok(found) = tcgetattr(stdin()) else {
        return Read::Eof;
    };
    let mut hidden = found.clone();
    hidden
        .local_modes
        .remove(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG);
    put(out, question);
    let _ = tcsetattr(stdin(), OptionalActions::Now, &hidden);
    let read = read(next);
    let _ = tcsetattr(stdin(), OptionalActions::Now, &found);
    put(out, "\n");
    read
}

fn put(out: &mut impl Write, text: &str) {
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// The next byte, past every buffer: what follows belongs to the editor.
fn next() -> Option<u8> {
    let mut byte = [0];
    loop {
        match rustix::io::read(stdin(), &mut byte) {
            Ok(0) => return None,
            Ok(_) => return byte.first().copied(),
            Err(rustix::io::Errno::INTR) => {}
            Err(_) => return None,
        }
    }
}

fn read(mut next: impl FnMut() -> Option<u8>) -> Read {
    let mut answer: Vec<u8> = Vec::new();
    while let Some(byte) = next() {
        match byte {
            b'\r' | b'\n' => {
                return String::from_utf8(answer).map_or_else(
                    |_| Read::Unreadable("The answer is not UTF-8".to_owned()),
                    Read::Line,
                );
            }
            CTRL_C => return Read::Interrupted,
            CTRL_D if answer.is_empty() => return Read::Eof,
            CTRL_U => answer.clear(),
            _ if BACKSPACE.contains(&byte) => erase(&mut answer),
            _ if byte < b' ' => {}
            _ if answer.len() < LONGEST => answer.push(byte),
            _ => {}
        }
    }
    Read::Eof
}

/// Takes the last character off.
fn erase(answer: &mut Vec<u8>) {
    while answer.pop().is_some_and(|byte| byte & 0xc0 == 0x80) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_edited_unseen() {
        for (keys, answer) in [
            (&b"secret\r"[..], Read::Line("secret".to_owned())),
            ("pé\x7fass\n".as_bytes(), Read::Line("pass".to_owned())),
            (b"wrong\x15right\r", Read::Line("right".to_owned())),
            (b"half\x03", Read::Interrupted),
            (b"\x04", Read::Eof),
            (b"half", Read::Eof),
        ] {
            let mut keys = keys.iter().copied();
            assert_eq!(read(|| keys.next()), answer);
        }
    }
}
