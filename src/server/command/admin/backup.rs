//! Copies of everything that lasts, and whether they are whole.

use crate::admin::command::Answer;
use crate::admin::command::backup::{Backup, Verify};
use crate::server::command::admin::{Errand, service};
use crate::server::world::World;
use crate::server::world::effects::Effects;
use crate::server::world::event::{Ask, Chore, Now};
use crate::server::world::task::Task;

/// Has everything copied.
pub(super) fn make(out: &mut Effects, errand: Errand<'_>, asked: &Backup) -> Option<Answer> {
    let ask = Ask::Service(Task::Backup(asked.clone()));
    out.ask_for(errand.ticket, Chore::Backup, ask);
    None
}

/// It was copied, or could not be.
pub(super) fn made(world: &mut World, answer: Answer, now: Now) -> Answer {
    // A copy of what is damaged is one too.
    if answer.data.is_some() {
        world.identity.backed_up_ms = Some(now.unix_ms);
    }
    answer
}

/// Has everything that is stored read again, or a backup.
pub(super) fn verify(out: &mut Effects, errand: Errand<'_>, asked: &Verify) -> Option<Answer> {
    match &asked.file {
        Some(file) => service::look_up(out, errand, Task::Check(file.clone())),
        None => {
            out.ask_for(errand.ticket, Chore::Verify, Ask::Verify);
            None
        }
    }
}
