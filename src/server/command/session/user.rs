//! USER: user name and real name. Modern, "USER message"; the second and third parameter are ignored.

use crate::proto::text::cut;
use crate::server::command::session::register;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::refusal::Refusal;

pub(crate) const USER: Spec = Spec {
    verb: "USER",
    min_params: 4,
    who: Who::Newcomer,
    usage: "<username> 0 * <realname>",
    help: "Say who you are",
    run,
};

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let limits = &cx.world.config.limits;
    let username = username(cx.need(0)?, limits.user);
    let realname = cut(cx.need(3)?, limits.realname).to_owned();
    let Some(registering) = cx
        .world
        .session_mut(cx.session)
        .and_then(|me| me.registering())
    else {
        return Err(Refusal::AlreadyRegistered);
    };
    if registering.user.is_some() {
        return Err(Refusal::AlreadyRegistered);
    }
    registering.user = Some((username, realname));
    register::try_complete(cx)
}

/// What can stand between `!` and `@`: no more than `limit` bytes, and nothing that would end it early.
fn username(wanted: &str, limit: usize) -> String {
    let kept: String = wanted
        .chars()
        .filter(|c| !c.is_control() && !c.is_whitespace() && !"!@*?:,".contains(*c))
        .collect();
    let kept = cut(&kept, limit);
    if kept.is_empty() {
        "user".to_owned()
    } else {
        kept.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_username_holds_nothing_that_would_end_it() {
        assert_eq!(username("a!b@c d", 20), "abcd");
        assert_eq!(username("@", 20), "user");
        assert_eq!(username(&"😀".repeat(10), 20), "😀".repeat(5));
    }
}
