//! How the process ends: one table of exit codes for every face of the binary.

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    Done,
    Failed,
    Usage,
    Unreachable,
    NotAllowed,
    Tls,
    Refused,
    NotChat,
    NotFound,
    Partly,
    NoAnswer,
    Interrupted,
}

/// Every code with its meaning, as `--help` shows them.
const TABLE: &[(Exit, u8, &str)] = &[
    (
        Exit::Done,
        0,
        "done and acknowledged; also when the reader of a pipe went away",
    ),
    (Exit::Failed, 1, "failed"),
    (Exit::Usage, 2, "wrong usage or configuration"),
    (
        Exit::Unreachable,
        3,
        "cannot reach the server: refused, no socket, port taken",
    ),
    (Exit::NotAllowed, 4, "no permission, or not who one says"),
    (Exit::Tls, 5, "TLS or certificate"),
    (Exit::Refused, 6, "refused: kicked, name taken, a limit"),
    (
        Exit::NotChat,
        7,
        "the peer speaks something else, or another version",
    ),
    (Exit::NotFound, 8, "no such user, room or account"),
    (Exit::Partly, 9, "partly done: some targets failed"),
    (
        Exit::NoAnswer,
        10,
        "no acknowledgement in time; whether it was done is unknown",
    ),
    (Exit::Interrupted, 130, "interrupted"),
];

impl Exit {
    /// Its name, for programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Usage => "usage",
            Self::Unreachable => "unreachable",
            Self::NotAllowed => "not_allowed",
            Self::Tls => "tls",
            Self::Refused => "refused",
            Self::NotChat => "not_chat",
            Self::NotFound => "not_found",
            Self::Partly => "partly",
            Self::NoAnswer => "no_answer",
            Self::Interrupted => "interrupted",
        }
    }

    /// The number that the shell sees.
    pub fn code(self) -> u8 {
        let row = TABLE.iter().find(|(exit, ..)| *exit == self);
        row.map_or(1, |(_, code, _)| *code)
    }
}

/// Every code with its meaning.
pub fn rows() -> impl Iterator<Item = (u8, &'static str)> {
    TABLE.iter().map(|(_, code, meaning)| (*code, *meaning))
}

/// The table for `--help`.
pub fn help() -> String {
    let lines = rows().map(|(code, meaning)| format!("\n  {code:<4} {meaning}"));
    format!("Exit codes:{}", lines.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_exit_has_a_code_of_its_own() {
        let mut codes: Vec<u8> = TABLE.iter().map(|(exit, ..)| exit.code()).collect();
        codes.dedup();
        assert_eq!(codes, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 130]);
    }
}
