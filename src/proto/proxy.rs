//! The header of the PROXY protocol, versions 1 and 2: a proxy tells for whom it has opened a connection.
//! <https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt>
//!
//! As long as a header is not whole, all that came belongs to it; what follows a whole one does not.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// Longest header that is read. The specification wants 536 bytes to do; certificates' names may need more.
pub const LONGEST: usize = 4096;
/// Longest line of version 1, CR and LF included (section 2.1).
const LONGEST_LINE: usize = 107;
const SIGNATURE: &[u8] = b"\r\n\r\n\0\r\nQUIT\n";
/// Bytes of version 2 before the addresses.
const FIXED: usize = 16;

/// How far a header has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    More,
    Whole(Header),
}

/// A whole header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// Its bytes.
    pub length: usize,
    /// Whom the proxy speaks for; `None`: for itself, or for somebody it knows no address of.
    pub client: Option<Client>,
}

/// Whom a proxy speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Client {
    pub address: SocketAddr,
    pub wire: Wire,
}

/// How a client talks to its proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wire {
    Tls,
    /// In clear text, or nothing is said about it.
    Unsaid,
}

/// Why something is no header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// It does not begin like one.
    Other,
    Malformed,
    TooLong,
    /// Its checksum is not that of its bytes.
    Checksum,
}

/// Reads a header from the beginning of what came.
pub fn read(bytes: &[u8]) -> Result<Progress, Wrong> {
    if begins(bytes, SIGNATURE) {
        binary(bytes)
    } else if begins(bytes, b"PROXY ") {
        line(bytes)
    } else {
        Err(Wrong::Other)
    }
}

/// Whether `bytes` begin like `word`, as far as they go.
fn begins(bytes: &[u8], word: &[u8]) -> bool {
    bytes.iter().zip(word).all(|(a, b)| a == b)
}

fn line(bytes: &[u8]) -> Result<Progress, Wrong> {
    let within = bytes.get(..LONGEST_LINE).unwrap_or(bytes);
    let end = within.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
    let length = match end.map(|end| (end, within.get(end..).unwrap_or_default())) {
        Some((end, [b'\r', b'\n', ..])) => end + 2,
        None | Some((_, [b'\r'])) if bytes.len() < LONGEST_LINE => return Ok(Progress::More),
        None | Some((_, [b'\r'])) => return Err(Wrong::TooLong),
        Some(_) => return Err(Wrong::Malformed),
    };
    let text = within.get(..length - 2).unwrap_or_default();
    let text = std::str::from_utf8(text).map_err(|_| Wrong::Malformed)?;
    let words: Vec<&str> = text.split(' ').collect();
    let client = match *words.as_slice() {
        ["PROXY", "UNKNOWN", ..] => None,
        ["PROXY", "TCP4", from, to, port, door] => {
            let pair = v4(from).zip(v4(to)).ok_or(Wrong::Malformed)?;
            Some(spoken_for(pair.0.into(), port, door)?)
        }
        ["PROXY", "TCP6", from, to, port, door] => {
            let pair = v6(from).zip(v6(to)).ok_or(Wrong::Malformed)?;
            Some(spoken_for(pair.0.into(), port, door)?)
        }
        _ => return Err(Wrong::Malformed),
    };
    Ok(Progress::Whole(Header { length, client }))
}

fn v4(word: &str) -> Option<Ipv4Addr> {
    word.parse().ok()
}

fn v6(word: &str) -> Option<Ipv6Addr> {
    word.parse().ok()
}

fn spoken_for(ip: IpAddr, from: &str, to: &str) -> Result<Client, Wrong> {
    let port = port(from).ok_or(Wrong::Malformed)?;
    self::port(to).ok_or(Wrong::Malformed)?;
    Ok(Client {
        address: SocketAddr::new(ip.to_canonical(), port),
        wire: Wire::Unsaid,
    })
}

/// A port in decimal digits without a zero before them.
fn port(word: &str) -> Option<u16> {
    let number: u16 = word.parse().ok()?;
    (number.to_string() == word).then_some(number)
}

fn binary(bytes: &[u8]) -> Result<Progress, Wrong> {
    let Some((fixed, rest)) = bytes.split_first_chunk::<FIXED>() else {
        return Ok(Progress::More);
    };
    let [.., command, family, high, low] = *fixed;
    let body = usize::from(u16::from_be_bytes([high, low]));
    let length = FIXED + body;
    if length > LONGEST {
        return Err(Wrong::TooLong);
    }
    let is_for_another = match command {
        0x20 => false,
        0x21 => true,
        _ => return Err(Wrong::Malformed),
    };
    let (Some(body), Some(header)) = (rest.get(..body), bytes.get(..length)) else {
        return Ok(Progress::More);
    };
    let client = match is_for_another {
        true => forwarded(family, body, header)?,
        false => None,
    };
    Ok(Progress::Whole(Header { length, client }))
}

/// Whom a block of addresses is about; `None` for families and transports that are no TCP over IP.
fn forwarded(family: u8, body: &[u8], header: &[u8]) -> Result<Option<Client>, Wrong> {
    let addresses = match family {
        0x00..=0x02 | 0x10 | 0x20 | 0x30 => return Ok(None),
        0x11 | 0x12 => 12,
        0x21 | 0x22 => 36,
        0x31 | 0x32 => 216,
        _ => return Err(Wrong::Malformed),
    };
    let (block, more) = body.split_at_checked(addresses).ok_or(Wrong::Malformed)?;
    let wire = extras(more, header)?;
    let found = match family {
        0x11 => first::<4>(block).map(|ip| (IpAddr::from(ip), 8)),
        0x21 => first::<16>(block).map(|ip| (IpAddr::from(ip), 32)),
        _ => None,
    };
    let Some((ip, at)) = found else {
        return Ok(None);
    };
    let port = block.get(at..).and_then(first::<2>);
    let port = u16::from_be_bytes(port.ok_or(Wrong::Malformed)?);
    Ok(Some(Client {
        address: SocketAddr::new(ip.to_canonical(), port),
        wire,
    }))
}

fn first<const N: usize>(bytes: &[u8]) -> Option<[u8; N]> {
    bytes.first_chunk::<N>().copied()
}

/// Reads what stands behind the addresses (section 2.2): whether the client talks TLS to the proxy, and the checksum.
fn extras(mut more: &[u8], header: &[u8]) -> Result<Wire, Wrong> {
    const CRC32C: u8 = 0x03;
    const SSL: u8 = 0x20;
    let mut wire = Wire::Unsaid;
    while let Some(([kind, high, low], rest)) = more.split_first_chunk::<3>() {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let (value, after) = rest.split_at_checked(length).ok_or(Wrong::Malformed)?;
        match *kind {
            CRC32C => {
                let told = first::<4>(value).filter(|_| length == 4);
                let told = u32::from_be_bytes(told.ok_or(Wrong::Malformed)?);
                let at = header.len() - after.len() - 4;
                if checksum(header, at) != told {
                    return Err(Wrong::Checksum);
                }
            }
            SSL if value.first().is_some_and(|client| client & 1 == 1) => wire = Wire::Tls,
            _ => {}
        }
        more = after;
    }
    more.is_empty().then_some(wire).ok_or(Wrong::Malformed)
}

/// CRC-32C (RFC 4960, appendix B) of a header in which the checksum at `hole` counts as zero.
fn checksum(header: &[u8], hole: usize) -> u32 {
    const POLYNOMIAL: u32 = 0x82f6_3b78;
    let with_hole = (0..).zip(header).map(|(at, byte): (usize, &u8)| {
        let is_hole = (hole..hole + 4).contains(&at);
        if is_hole { 0 } else { *byte }
    });
    !with_hole.fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(byte), |sum, _| {
            (sum >> 1) ^ (POLYNOMIAL * (sum & 1))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(bytes: &[u8]) -> Result<Option<(String, usize)>, Wrong> {
        match read(bytes)? {
            Progress::More => panic!("not whole: {bytes:?}"),
            Progress::Whole(header) => Ok(header
                .client
                .map(|client| (client.address.to_string(), header.length))),
        }
    }

    /// A header of version 2.
    fn v2(command: u8, family: u8, body: &[u8]) -> Vec<u8> {
        let length = u16::try_from(body.len()).unwrap().to_be_bytes();
        [SIGNATURE, &[command, family], &length, body].concat()
    }

    const V4: &[u8] = &[192, 0, 2, 1, 10, 0, 0, 1, 0xc8, 0x22, 0x1a, 0x0b];

    #[test]
    fn lines_of_version_1_are_read_as_they_are_specified() {
        let told = |line: &str| client(line.as_bytes());
        for (line, address) in [
            (
                "PROXY TCP4 192.0.2.1 10.0.0.1 51234 6667\r\n",
                "192.0.2.1:51234",
            ),
            ("PROXY TCP6 2001:DB8::1 ::1 1 0\r\n", "[2001:db8::1]:1"),
            ("PROXY TCP6 ::ffff:192.0.2.1 ::1 1 2\r\n", "192.0.2.1:1"),
        ] {
            assert_eq!(told(line), Ok(Some((address.into(), line.len()))), "{line}");
        }
        assert_eq!(told("PROXY UNKNOWN\r\nNICK a\r\n"), Ok(None));
        assert_eq!(told("PROXY UNKNOWN ffff 1 x\r\n"), Ok(None));
        for line in [
            "PROXY TCP4 192.0.2.1 10.0.0.1 51234 6667\n",
            "PROXY TCP4 192.0.2.1 10.0.0.1 51234 6667\rX",
            "PROXY TCP4 192.0.2.01 10.0.0.1 51234 6667\r\n",
            "PROXY TCP4 192.0.2.1 10.0.0.1 051234 6667\r\n",
            "PROXY TCP4 192.0.2.1 10.0.0.1 +1 6667\r\n",
            "PROXY TCP4 192.0.2.1 10.0.0.1 65536 6667\r\n",
            "PROXY TCP4 192.0.2.1 10.0.0.1 1\r\n",
            "PROXY TCP4 192.0.2.1  10.0.0.1 1 2\r\n",
            "PROXY TCP4 ::1 ::1 1 2\r\n",
            "PROXY TCP6 192.0.2.1 192.0.2.1 1 2\r\n",
            "PROXY UDP4 192.0.2.1 10.0.0.1 1 2\r\n",
            "PROXY \r\n",
            "PROXY TCP4 \u{e9} 10.0.0.1 1 2\r\n",
        ] {
            assert_eq!(told(line), Err(Wrong::Malformed), "{line}");
        }
    }

    #[test]
    fn a_line_without_end_is_too_long_after_107_bytes() {
        let line = |len: usize| [b"PROXY UNKNOWN ".as_slice(), &b"x".repeat(len - 14)].concat();
        assert_eq!(read(&line(106)), Ok(Progress::More));
        assert_eq!(read(&line(107)), Err(Wrong::TooLong));
        assert_eq!(
            read(&[line(105), b"\r\n".to_vec()].concat()).ok(),
            Some(Progress::Whole(Header {
                length: 107,
                client: None
            }))
        );
    }

    #[test]
    fn what_begins_differently_is_none() {
        for other in [
            "NICK ann\r\n",
            "PROXYTCP4",
            "\r\n\r\nNICK",
            "\u{16}\u{3}\u{1}",
            "GET /",
        ] {
            assert_eq!(read(other.as_bytes()), Err(Wrong::Other), "{other}");
        }
        assert_eq!(read(b""), Ok(Progress::More));
    }

    #[test]
    fn addresses_of_version_2_are_read() {
        let told = Ok(Some(("192.0.2.1:51234".to_owned(), 28)));
        assert_eq!(client(&v2(0x21, 0x11, V4)), told);
        let followed = [v2(0x21, 0x11, V4), b"NICK ann\r\n".to_vec()].concat();
        assert_eq!(client(&followed), told);
        let mut v6 = [0; 36];
        v6[..2].copy_from_slice(&[0x20, 0x01]);
        v6[33] = 7;
        assert_eq!(
            client(&v2(0x21, 0x21, &v6)).unwrap().unwrap().0,
            "[2001::]:7"
        );
    }

    #[test]
    fn a_proxy_may_speak_for_itself_or_for_what_is_no_tcp() {
        assert_eq!(client(&v2(0x20, 0xff, b"anything")), Ok(None));
        for (family, length) in [(0x00, 0), (0x00, 9), (0x12, 12), (0x22, 36), (0x31, 216)] {
            assert_eq!(
                client(&v2(0x21, family, &vec![0; length])),
                Ok(None),
                "{family:x}"
            );
        }
    }

    #[test]
    fn a_header_of_version_2_that_is_not_as_specified_is_refused() {
        for (command, family, body) in [
            (0x11, 0x11, V4),
            (0x22, 0x11, V4),
            (0x21, 0x13, V4),
            (0x21, 0x41, V4),
            (0x21, 0x11, &V4[..11]),
            (0x21, 0x21, V4),
            (0x21, 0x11, &[V4, &[4, 0, 9]].concat()),
            (0x21, 0x11, &[V4, &[4]].concat()),
        ] {
            let header = v2(command, family, body);
            assert_eq!(read(&header), Err(Wrong::Malformed), "{header:?}");
        }
        let much = v2(0x21, 0x11, &vec![0; usize::from(u16::MAX)]);
        assert_eq!(read(&much), Err(Wrong::TooLong));
        assert_eq!(read(&much[..FIXED]), Err(Wrong::TooLong));
    }

    #[test]
    fn every_beginning_of_a_header_waits_for_the_rest() {
        let lines = b"PROXY TCP4 192.0.2.1 10.0.0.1 51234 6667\r\n".to_vec();
        for header in [lines, v2(0x21, 0x11, V4), v2(0x20, 0, &[])] {
            for end in 0..header.len() {
                assert_eq!(read(&header[..end]), Ok(Progress::More), "{end}");
            }
            assert!(matches!(read(&header), Ok(Progress::Whole(_))));
        }
    }

    #[test]
    fn a_proxy_may_tell_of_tls_and_add_a_checksum() {
        let tls = [V4, &[0x20, 0, 5, 1, 0, 0, 0, 0]].concat();
        let wire = |header: &[u8]| match read(header) {
            Ok(Progress::Whole(header)) => header.client.unwrap().wire,
            other => panic!("{other:?}"),
        };
        assert_eq!(wire(&v2(0x21, 0x11, &tls)), Wire::Tls);
        let clear = [V4, &[0x20, 0, 5, 0, 0, 0, 0, 0]].concat();
        assert_eq!(wire(&v2(0x21, 0x11, &clear)), Wire::Unsaid);

        let mut summed = v2(0x21, 0x11, &[&tls[..], &[3, 0, 4, 0, 0, 0, 0]].concat());
        let at = summed.len() - 4;
        let sum = checksum(&summed, at).to_be_bytes();
        summed[at..].copy_from_slice(&sum);
        assert_eq!(wire(&summed), Wire::Tls);
        summed[17] ^= 1;
        assert_eq!(read(&summed), Err(Wrong::Checksum));
    }

    #[test]
    fn the_checksum_is_the_one_of_the_rfc() {
        assert_eq!(checksum(b"123456789", 100), 0xe306_9283);
    }
}
