//! Where the server is, in every form in which a person may write it.

use crate::proto::percent::decode;

/// The port where `chat serve` listens unless told otherwise.
pub const PORT: u16 = 55555;

/// Host, port, and what a link says besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    pub host: String,
    pub port: u16,
    pub room: Option<String>,
    /// The link says `ircs` or `chats`: by TLS.
    pub is_safe: bool,
}

impl Address {
    /// Reads `HOST`, `HOST:PORT`, `[IPv6]:PORT`, `irc://HOST:PORT/ROOM` or `chat://…`, with an `s`
    /// for TLS; a port given apart from it must not contradict it.
    pub fn parse(text: &str, port: Option<u16>) -> Result<Self, String> {
        let (rest, room, is_safe) = without_scheme(text)?;
        let (host, own) = split_port(rest)?;
        if host.is_empty() || host.contains(|c: char| c.is_whitespace() || c == '/' || c == '@') {
            return Err(format!("\"{text}\" names no host; an example: 127.0.0.1"));
        }
        let port = match (own, port) {
            (Some(own), Some(port)) if own != port => {
                return Err(format!("two ports are given: {own} and {port}"));
            }
            (own, port) => own.or(port).unwrap_or(PORT),
        };
        if port == 0 {
            return Err("port 0 cannot be connected to".to_owned());
        }
        Ok(Self {
            host: host.to_owned(),
            port,
            room,
            is_safe,
        })
    }

    /// Whether it is this machine.
    pub fn is_local(&self) -> bool {
        self.host == "localhost"
            || self
                .host
                .parse()
                .is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.host.contains(':') {
            write!(f, "[{}]:{}", self.host, self.port)
        } else {
            write!(f, "{}:{}", self.host, self.port)
        }
    }
}

/// What stands between the scheme and the path, the room in the path, and whether it is to be TLS.
fn without_scheme(text: &str) -> Result<(&str, Option<String>, bool), String> {
    let Some((scheme, rest)) = text.split_once("://") else {
        return Ok((text, None, false));
    };
    let is_safe = match scheme.to_ascii_lowercase().as_str() {
        "irc" | "chat" => false,
        "ircs" | "chats" => true,
        _ => {
            return Err(format!(
                "{scheme}:// is not a chat address; use irc:// or chat://"
            ));
        }
    };
    let (place, path) = rest.split_once('/').unwrap_or((rest, ""));
    let path = decode(path).and_then(|path| String::from_utf8(path).ok());
    let path = path.filter(|path| !path.contains(|c: char| c.is_whitespace() || c.is_control()));
    let path = path.ok_or_else(|| format!("\"{text}\" names no room behind the host"))?;
    let room = path.trim_start_matches('#');
    let room = (!room.is_empty()).then(|| format!("#{room}"));
    Ok((place, room, is_safe))
}

fn split_port(text: &str) -> Result<(&str, Option<u16>), String> {
    let (host, port) = match text.strip_prefix('[') {
        Some(rest) => {
            let (host, after) = rest
                .split_once(']')
                .ok_or_else(|| format!("\"{text}\" lacks a ]"))?;
            (host, after.strip_prefix(':').unwrap_or(after))
        }
        None if text.matches(':').count() == 1 => text.split_once(':').unwrap_or((text, "")),
        None => (text, ""),
    };
    if port.is_empty() {
        return Ok((host, None));
    }
    let number = port
        .parse()
        .map_err(|_| format!("\"{port}\" is not a port; a port is a number from 1 to 65535"))?;
    Ok((host, Some(number)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read() {
        for (text, port, shown, room) in [
            ("127.0.0.1", Some(55555), "127.0.0.1:55555", None),
            ("chat.example.org", None, "chat.example.org:55555", None),
            ("localhost:6667", None, "localhost:6667", None),
            ("localhost:6667", Some(6667), "localhost:6667", None),
            ("::1", None, "[::1]:55555", None),
            ("[::1]:6667", None, "[::1]:6667", None),
            ("[::1]", Some(1), "[::1]:1", None),
            ("irc://h", None, "h:55555", None),
            ("IRC://h:1/%23x", None, "h:1", Some("#x")),
            ("irc://h:1/caf%C3%A9", None, "h:1", Some("#café")),
            ("chat://h/dev", None, "h:55555", Some("#dev")),
            ("chat://h/#dev", None, "h:55555", Some("#dev")),
            ("ircs://h:6697/dev", None, "h:6697", Some("#dev")),
        ] {
            let address = Address::parse(text, port).unwrap();
            assert_eq!(address.to_string(), shown);
            assert_eq!(address.room.as_deref(), room);
            assert_eq!(address.is_safe, text.starts_with("ircs"));
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for (text, port) in [
            ("", None),
            ("a b", None),
            ("h:x", None),
            ("h:70000", None),
            ("h:1", Some(2)),
            ("h:0", None),
            ("[::1", None),
            ("http://h", None),
            ("ftps://h", None),
            ("user@h", None),
            ("irc://h/%2", None),
            ("irc://h/%FF", None),
            ("irc://h/a%0D%0AQUIT", None),
        ] {
            assert!(Address::parse(text, port).is_err(), "{text}");
        }
    }
}
