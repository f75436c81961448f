//! What is measured: one scenario with its numbers, and which servers it suits.

use crate::compare::Column;
use crate::compare::server::Kind;

/// What a case is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// A server that runs.
    Server,
    /// The command that starts one.
    Command,
    /// The binary of chat.
    Binary,
}

/// Whom a case suits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    Everybody,
    /// All but the floor.
    Real,
    /// Those who have capabilities: not the floor, and not ngIRCd.
    Modern,
    /// chat, also where it stores.
    Chat,
    /// chat, once.
    ChatOnce,
}

pub struct Case {
    pub name: &'static str,
    pub needs: Needs,
    pub whom: Whom,
    /// `{ramp}` is how many registrations at a time suit the server.
    arguments: &'static str,
}

const fn case(name: &'static str, whom: Whom, arguments: &'static str) -> Case {
    Case {
        name,
        needs: Needs::Server,
        whom,
        arguments,
    }
}

pub const CASES: &[Case] = &[
    case("connect", Whom::Everybody, "connect -n 2000"),
    case("fanout100", Whom::Everybody, "fanout -n 100 -m 1500"),
    case("fanout1000", Whom::Everybody, "fanout -n 1000 -m 150"),
    case(
        "caps100",
        Whom::Modern,
        "fanout -n 100 -m 1500 --cap server-time,message-tags",
    ),
    case("direct", Whom::Everybody, "direct -n 1000 -m 300"),
    case("rooms", Whom::Everybody, "rooms -n 2000 -r 40 --rate 1000"),
    case("churn", Whom::Everybody, "churn -s 5000 -c {ramp}"),
    case("idle", Whom::Everybody, "idle -n 10000"),
    case(
        "slow",
        Whom::Everybody,
        "slow -n 12 --rate 4000 --payload 400",
    ),
    case("storm", Whom::Everybody, "storm -n 10000 --limit 30"),
    case("joinstorm", Whom::Everybody, "joinstorm -n 1000"),
    case("questions", Whom::Real, "questions -n 10000"),
    Case {
        needs: Needs::Command,
        ..case("reconnect", Whom::Everybody, "reconnect -n 5000")
    },
    case(
        "abuser",
        Whom::Everybody,
        "abuser -n 1000 -r 20 --rate 1000",
    ),
    case("halfload50", Whom::Everybody, "halfload -n 2000 -r 40"),
    case("halfload2000", Whom::Everybody, "halfload -n 2000 -r 1"),
    case("growth", Whom::Chat, "growth --limit 300"),
    case("acks", Whom::Chat, "acks"),
    case("tls-connect", Whom::ChatOnce, "connect -n 1000 --tls"),
    case(
        "tls-fanout100",
        Whom::ChatOnce,
        "fanout -n 100 -m 1500 --tls",
    ),
    Case {
        needs: Needs::Binary,
        ..case("program", Whom::ChatOnce, "program")
    },
];

impl Case {
    pub fn suits(&self, column: &Column) -> bool {
        let Column::Ours(kind) = column else {
            return self.needs == Needs::Server
                && matches!(self.whom, Whom::Everybody | Whom::Real);
        };
        match self.whom {
            Whom::Everybody => true,
            Whom::Real => *kind != Kind::Floor,
            Whom::Modern => !matches!(kind, Kind::Floor | Kind::Ngircd),
            Whom::Chat => matches!(kind, Kind::Chat | Kind::ChatFull),
            Whom::ChatOnce => *kind == Kind::Chat,
        }
    }

    /// The words of its command line.
    pub fn words(&self, ramp: u32) -> Vec<String> {
        let words = self.arguments.split(' ');
        let mut words: Vec<String> = words
            .map(|word| word.replace("{ramp}", &ramp.to_string()))
            .collect();
        if self.needs != Needs::Binary {
            words.extend(["--ramp".to_owned(), ramp.to_string()]);
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Cli;
    use clap::Parser;

    #[test]
    fn every_case_is_a_command_line() {
        for case in CASES {
            let more: &[&str] = match case.needs {
                Needs::Server => &[],
                Needs::Command => &["--start=chat serve 1"],
                Needs::Binary => &["--binary=chat"],
            };
            let words = case.words(8);
            let words = words.iter().map(String::as_str);
            let words = ["load"]
                .into_iter()
                .chain(words)
                .chain(more.iter().copied());
            assert!(Cli::try_parse_from(words).is_ok(), "{}", case.name);
        }
    }

    #[test]
    fn names_are_distinct() {
        let names: std::collections::HashSet<&str> = CASES.iter().map(|case| case.name).collect();
        assert_eq!(names.len(), CASES.len());
    }
}
