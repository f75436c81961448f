//! What the client knows about the server it talks to.

use crate::client::caps::Caps;
use crate::proto::name;

/// Most messages of one page of history, unless the server says less.
const PAGE: usize = 100;

/// The server's facts: as RFC 1459 has them until it says otherwise.
#[derive(Debug)]
pub struct Server {
    pub caps: Caps,
    pub room_signs: String,
    /// Signs of ranks before names, highest first.
    pub rank_signs: String,
    pub folding: Folding,
    pub software: String,
    /// A message sent again under the same name (`+chat/id`) is known again.
    pub takes_ids: bool,
    /// WHO tells what it is asked for.
    pub has_whox: bool,
    /// Most messages of one page of history.
    pub page: usize,
    /// Where it wants files to be put (FILEHOST).
    pub file_host: Option<String>,
    /// It is called again another way: nothing that it still says counts.
    pub is_left: bool,
    /// It logs nobody in by the certificate that was shown.
    pub is_badge_refused: bool,
}

/// Which letters are the same in names (ISUPPORT CASEMAPPING).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Folding {
    Ascii,
    /// `{}|^` are the lower case of `[]\~`.
    Rfc1459,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            caps: Caps::default(),
            room_signs: "#&".to_owned(),
            rank_signs: "~&@%+".to_owned(),
            folding: Folding::Rfc1459,
            software: String::new(),
            takes_ids: false,
            has_whox: false,
            page: PAGE,
            file_host: None,
            is_left: false,
            is_badge_refused: false,
        }
    }
}

impl Server {
    /// Takes a token of ISUPPORT.
    pub fn supports(&mut self, token: &str) {
        let (key, value) = token.split_once('=').unwrap_or((token, ""));
        match key {
            "CHANTYPES" => value.clone_into(&mut self.room_signs),
            "PREFIX" => {
                if let Some((_, signs)) = value.split_once(')') {
                    signs.clone_into(&mut self.rank_signs);
                }
            }
            "CHAT/ID" => self.takes_ids = true,
            "FILEHOST" | "draft/FILEHOST" | "soju.im/FILEHOST" => self.file_host = file_host(value),
            "WHOX" => self.has_whox = true,
            "CHATHISTORY" => {
                let most = value.parse().unwrap_or(0);
                self.page = if most == 0 { PAGE } else { PAGE.min(most) };
            }
            "CASEMAPPING" if value == "ascii" => self.folding = Folding::Ascii,
            _ => {}
        }
    }

    /// Whether the words of our own server are understood.
    pub fn is_ours(&self) -> bool {
        self.software.starts_with("chat")
    }

    /// Whether `target` names a room.
    pub fn is_room(&self, target: &str) -> bool {
        target.starts_with(|c| self.room_signs.contains(c))
    }

    /// The one spelling that all spellings of a name share.
    pub fn fold(&self, name: &str) -> String {
        let folded = name::fold(name);
        match self.folding {
            Folding::Ascii => folded,
            Folding::Rfc1459 => folded
                .chars()
                .map(|c| match c {
                    '[' => '{',
                    ']' => '}',
                    '\\' => '|',
                    '~' => '^',
                    other => other,
                })
                .collect(),
        }
    }

    /// Whether two names are the same person or room.
    pub fn same(&self, a: &str, b: &str) -> bool {
        self.fold(a) == self.fold(b)
    }
}

/// The first place of a list of places for files that is one for HTTP; spaces stand as `\x20`.
fn file_host(value: &str) -> Option<String> {
    let value = value.replace("\\x20", " ").replace("\\x3D", "=");
    let is_web = |url: &&str| url.starts_with("https://") || url.starts_with("http://");
    value.split(' ').find(is_web).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_folded_as_the_server_says() {
        let mut server = Server::default();
        assert!(server.same("A[x]", "a{X}"));
        server.supports("CASEMAPPING=ascii");
        assert!(!server.same("A[x]", "a{X}"));
        assert!(server.same("Ab", "aB"));
    }

    #[test]
    fn isupport_is_taken_and_nonsense_passes() {
        let mut server = Server::default();
        for token in ["CHANTYPES=#", "PREFIX=(ov)@+", "PREFIX=", "=", "", "X=Y=Z"] {
            server.supports(token);
        }
        assert!(server.is_room("#a") && !server.is_room("&a"));
        assert_eq!(server.rank_signs, "@+");
    }
}
