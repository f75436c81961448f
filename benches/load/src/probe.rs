//! What a message of a run carries: who sent it, which one it is, and when.
//!
//! It stands at the end of the line and has a known length, so that a delivery is recognised in constant time,
//! whatever tags, prefix or host name the server puts in front of it.

/// Bytes of magic, sender, number and time.
pub const LEAST: usize = 32;
/// More might not fit on a line of every server.
pub const MOST: usize = 400;
const MAGIC: &[u8; 4] = b"~il~";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Probe {
    pub sender: u16,
    pub number: u32,
    /// The clock when it was sent, or should have been.
    pub stamp: u64,
}

fn put_hex(out: &mut [u8], mut value: u64) {
    for slot in out.iter_mut().rev() {
        *slot = b"0123456789abcdef"[(value & 15) as usize];
        value >>= 4;
    }
}

/// Eight lower-case hexadecimal digits as a number, in a handful of instructions.
#[inline]
fn hex8(digits: &[u8]) -> u64 {
    let Ok(digits) = <[u8; 8]>::try_from(digits) else {
        return 0;
    };
    let x = u64::from_be_bytes(digits);
    let v = (x & 0x0f0f_0f0f_0f0f_0f0f) + 9 * ((x >> 6) & 0x0101_0101_0101_0101);
    let v = (v | (v >> 4)) & 0x00ff_00ff_00ff_00ff;
    let v = (v | (v >> 8)) & 0x0000_ffff_0000_ffff;
    (v | (v >> 16)) & 0xffff_ffff
}

impl Probe {
    /// Appends `head` and a payload of exactly `len` bytes, as one line.
    pub fn push(self, out: &mut Vec<u8>, head: &[u8], len: usize) {
        let mut probe = [0; LEAST];
        probe[..4].copy_from_slice(MAGIC);
        put_hex(&mut probe[4..8], u64::from(self.sender));
        put_hex(&mut probe[8..16], u64::from(self.number));
        put_hex(&mut probe[16..32], self.stamp);
        out.extend_from_slice(head);
        out.extend_from_slice(&probe);
        out.resize(out.len() + len.saturating_sub(LEAST), b'x');
        out.extend_from_slice(b"\r\n");
    }

    /// Reads it from a line without its end, whose payload is `len` bytes.
    #[inline]
    pub fn read(line: &[u8], len: usize) -> Option<Self> {
        let at = line.len().checked_sub(len)?;
        let probe = line.get(at..at + LEAST)?;
        if &probe[..4] != MAGIC {
            return None;
        }
        let first = hex8(&probe[4..12]);
        Some(Self {
            sender: (first >> 16) as u16,
            number: ((first & 0xffff) << 16 | hex8(&probe[8..16]) & 0xffff) as u32,
            stamp: hex8(&probe[16..24]) << 32 | hex8(&probe[24..32]),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::chomp;

    #[test]
    fn it_survives_the_way_there_and_back() {
        for (sender, number, stamp, len) in [
            (0, 0, 0, 32),
            (1, 2, 3, 64),
            (u16::MAX, u32::MAX, u64::MAX, 400),
            (0x0abc, 0xdead_beef, 0x0123_4567_89ab_cdef, 33),
        ] {
            let probe = Probe {
                sender,
                number,
                stamp,
            };
            let mut line = Vec::new();
            probe.push(&mut line, b":n!u@h PRIVMSG #c :", len);
            assert_eq!(line.len(), 19 + len + 2);
            let line = chomp(line.strip_suffix(b"\n").unwrap());
            assert_eq!(Probe::read(line, len), Some(probe));
        }
    }

    #[test]
    fn other_lines_have_none() {
        for line in [&b"short"[..], &[b'x'; 100], b""] {
            assert_eq!(Probe::read(line, 64), None);
        }
    }
}
