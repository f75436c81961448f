//! PANIC: a handler that fails, for tests of what happens then.

use crate::server::command::spec::{Spec, Who};

pub(super) const PANIC: Spec = Spec {
    verb: "PANIC",
    min_params: 0,
    who: Who::Anyone,
    usage: "",
    help: "Fail",
    run: |cx| {
        if cx.msg.get(0) == Some("half-way") {
            let (me, room) = (cx.user_id()?, cx.room("#x")?);
            if let Some(room) = cx.world.room_mut(room) {
                room.members.retain(|member| member.user != me);
            }
        }
        panic!("a handler failed on purpose")
    },
};
