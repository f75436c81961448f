//! LUSERS: how many are here. Modern, "LUSERS message". Exact at the moment of asking.

use crate::proto::numeric::Numeric;
use crate::server::command::spec::{Ctx, Spec, Who};

pub(crate) const LUSERS: Spec = Spec {
    verb: "LUSERS",
    min_params: 0,
    who: Who::User,
    usage: "",
    help: "Count who is here",
    run: |cx| {
        tell(cx);
        Ok(())
    },
};

/// 251 to 255, 265, 266.
pub(crate) fn tell(cx: &mut Ctx<'_>) {
    let counts = cx.world.counts;
    let (users, rooms) = (cx.world.user_count(), cx.world.room_count());
    let (invisible, unknown) = (counts.invisible, cx.world.newcomers());
    let visible = users - invisible;
    let text = format!("There are {visible} users and {invisible} invisible on 1 servers");
    cx.numeric(Numeric::RPL_LUSERCLIENT, &[], &text);
    for (numeric, count, text) in [
        (Numeric::RPL_LUSEROP, counts.operators, "operator(s) online"),
        (
            Numeric::RPL_LUSERUNKNOWN,
            unknown,
            "connection(s) not yet registered",
        ),
        (Numeric::RPL_LUSERCHANNELS, rooms, "room(s) formed"),
    ] {
        if count > 0 {
            cx.numeric(numeric, &[&count.to_string()], text);
        }
    }
    cx.numeric(
        Numeric::RPL_LUSERME,
        &[],
        &format!("I have {users} clients and 0 servers"),
    );
    let (now, most) = (users.to_string(), counts.peak_users.to_string());
    for (numeric, scope) in [
        (Numeric::RPL_LOCALUSERS, "local"),
        (Numeric::RPL_GLOBALUSERS, "global"),
    ] {
        cx.numeric(
            numeric,
            &[&now, &most],
            &format!("Current {scope} users {now}, max {most}"),
        );
    }
}
