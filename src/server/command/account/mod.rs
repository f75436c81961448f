//! Accounts: registering, logging in, and what their owners do with them.

pub(crate) mod authenticate;
pub(crate) mod certificate;
pub(crate) mod login;
pub(crate) mod manage;
pub(crate) mod nickserv;
pub(crate) mod no;
pub(crate) mod persistence;
pub(crate) mod register;

use crate::server::command::spec::Ctx;
use crate::server::world::event::Found;
use crate::server::world::login::Wish;
use crate::server::world::refusal::Refusal;

/// Goes on, now that a password is hashed.
pub(super) fn resume(cx: &mut Ctx<'_>, found: Found, wish: Wish) -> Result<(), Refusal> {
    match wish {
        Wish::Login { tried, way } => login::finish(cx, &found, &tried, way),
        Wish::Register { name, email, way } => {
            return register::finish(cx, found, &name, email, way);
        }
        Wish::Change { tried, new, way } => manage::change(cx, &found, &tried, new, way),
        Wish::Changed { account, way } => return manage::changed(cx, found, account, way),
        Wish::Drop { tried, way } => return manage::dropped(cx, &found, &tried, way),
    }
    Ok(())
}
