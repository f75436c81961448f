//! KLINE and UNKLINE: the verbs `ban --kick` and `unban` of `chat admin`, as operators on IRC are used to type them.

use crate::admin::command::Command;
use crate::admin::command::moderate::{Ban, Consent, Moderate, Term, term};
use crate::server::command::operator::request;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::refusal::Refusal;
use crate::server::world::right::Right;
use crate::server::world::session::Reader;

pub(crate) const KLINE: Spec = Spec {
    verb: "KLINE",
    min_params: 1,
    who: Who::User,
    usage: "[<minutes, or a time like 2h>] <target> [<reason>]",
    help: "Let somebody in no more and disconnect them; for operators with the role moderator",
    run: kline,
};

pub(crate) const UNKLINE: Spec = Spec {
    verb: "UNKLINE",
    min_params: 1,
    who: Who::User,
    usage: "<target or id>",
    help: "Lift a ban of the server; for operators with the role moderator",
    run: unkline,
};

fn kline(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    cx.need(0)?;
    cx.must_have(Right::Ban)?;
    let (duration, words) = parted(cx.msg.params());
    let Some((target, reason)) = words.split_first() else {
        return Err(Refusal::NeedMoreParams(KLINE.verb.to_owned()));
    };
    let ban = Ban {
        target: (*target).to_owned(),
        duration,
        reason: (!reason.is_empty()).then(|| reason.join(" ")),
        kick: true,
        consent: Consent::default(),
    };
    request::begin(cx, Command::Moderate(Moderate::Ban(ban)), Reader::Person)
}

fn unkline(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let target = cx.need(0)?.to_owned();
    cx.must_have(Right::Ban)?;
    request::begin(
        cx,
        Command::Moderate(Moderate::Unban { target }),
        Reader::Person,
    )
}

/// How long, if that is said before something else, and the rest.
fn parted<'a, 'b>(words: &'a [&'b str]) -> (Term, &'a [&'b str]) {
    let minutes = |text: &str| Some(text.parse::<u64>().ok()?.saturating_mul(60));
    let span = |text: &str| match minutes(text) {
        Some(0) => Some(Term(None)),
        Some(seconds) => term(&format!("{seconds}s")).ok(),
        None => term(text).ok().filter(|term| term.0.is_some()),
    };
    match words {
        [first, rest @ ..] if !rest.is_empty() => match span(first) {
            Some(term) => (term, rest),
            None => (Term(None), words),
        },
        _ => (Term(None), words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_counts_only_before_a_target() {
        let seconds = |words: &[&str]| {
            let (term, rest) = parted(words);
            (term.0, rest.len())
        };
        assert_eq!(seconds(&["60", "bob", "spam"]), (Some(3600), 2));
        assert_eq!(seconds(&["2h", "bob"]), (Some(7200), 1));
        assert_eq!(seconds(&["0", "bob"]), (None, 1));
        assert_eq!(seconds(&["bob", "2h"]), (None, 2));
        assert_eq!(seconds(&["10.0.0.1", "spam"]), (None, 2));
        assert_eq!(seconds(&["perm", "spam"]), (None, 2));
        assert_eq!(seconds(&["60"]), (None, 1));
    }
}
