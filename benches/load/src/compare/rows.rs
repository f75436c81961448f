//! The rows of the table: a figure of a case, and what chat must reach and aims at.

/// What counts as good enough.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    Most(f64),
    Least(f64),
    /// It is only told.
    None,
}

use Bound::{Least, Most};

impl Bound {
    pub fn holds(self, value: f64) -> bool {
        match self {
            Most(most) => value <= most,
            Least(least) => value >= least,
            Self::None => true,
        }
    }

    pub fn text(self) -> String {
        match self {
            Most(most) => format!("≤ {most}"),
            Least(least) => format!("≥ {least}"),
            Self::None => String::new(),
        }
    }
}

pub struct Row {
    pub title: &'static str,
    /// `*` adds up all cases.
    pub case: &'static str,
    pub figure: &'static str,
    /// Factor from the figure to the unit of the title.
    pub factor: f64,
    /// The column for which the bounds count.
    pub column: &'static str,
    pub must: Bound,
    pub aim: Bound,
}

const fn row(title: &'static str, case: &'static str, figure: &'static str) -> Row {
    Row {
        title,
        case,
        figure,
        factor: 1.0,
        column: "chat",
        must: Bound::None,
        aim: Bound::None,
    }
}

/// A figure in microseconds, told in milliseconds.
const fn ms(title: &'static str, case: &'static str, figure: &'static str) -> Row {
    Row {
        factor: 1e-3,
        ..row(title, case, figure)
    }
}

impl Row {
    const fn most(self, must: f64) -> Self {
        Self {
            must: Most(must),
            ..self
        }
    }

    const fn least(self, must: f64) -> Self {
        Self {
            must: Least(must),
            ..self
        }
    }

    const fn aim(self, aim: f64) -> Self {
        let aim = match self.must {
            Least(_) => Least(aim),
            Most(_) | Bound::None => Most(aim),
        };
        Self { aim, ..self }
    }

    const fn of(self, column: &'static str) -> Self {
        Self { column, ..self }
    }
}

pub const ROWS: &[Row] = &[
    row(
        "µs per delivery, room of 100",
        "fanout100",
        "cpu_us_per_delivery",
    )
    .most(0.40)
    .aim(0.20),
    row(
        "µs per delivery, room of 1000",
        "fanout1000",
        "cpu_us_per_delivery",
    )
    .most(0.50)
    .aim(0.25),
    row(
        "µs per delivery, server-time and message-tags",
        "caps100",
        "cpu_us_per_delivery",
    ),
    row("µs per direct message", "direct", "cpu_us_per_delivery")
        .most(3.7)
        .aim(2.6),
    row(
        "µs per delivery, 40 rooms of 50, 1000 msg/s",
        "rooms",
        "cpu_us_per_delivery",
    )
    .most(7.3)
    .aim(6.5),
    row("µs per registration", "connect", "cpu_us_per_registration")
        .most(45.0)
        .aim(30.0),
    row(
        "µs per session: connect, join, say, quit",
        "churn",
        "cpu_us_per_session",
    )
    .most(82.0)
    .aim(60.0),
    row(
        "bytes per client, 2000 just registered",
        "connect",
        "rss_bytes_per_client",
    )
    .most(1900.0)
    .aim(1200.0),
    row(
        "bytes per idle client in rooms of 50, 10 000",
        "idle",
        "rss_bytes_per_client",
    )
    .most(1900.0)
    .aim(1200.0),
    row(
        "CPU s of 3 s in silence, 10 000 clients",
        "idle",
        "idle_server_cpu_s",
    ),
    row(
        "CPU s, 1000 join one room, 32 at a time",
        "fanout1000",
        "join_server_cpu_s",
    )
    .most(0.4)
    .aim(0.2),
    row(
        "CPU s, 1000 join one room at once",
        "joinstorm",
        "server_cpu_s",
    )
    .most(0.4)
    .aim(0.2),
    ms(
        "ms latency p50, 40 rooms of 50, 1000 msg/s",
        "rooms",
        "latency_us_p50",
    ),
    ms(
        "ms latency p99, 40 rooms of 50, 1000 msg/s",
        "rooms",
        "latency_us_p99",
    )
    .most(4.6)
    .aim(2.5),
    row(
        "deliveries/s at full load, rooms of 50",
        "halfload50",
        "capacity_deliveries_per_s",
    ),
    ms(
        "ms p50 at half load, rooms of 50",
        "halfload50",
        "latency_us_p50",
    ),
    ms(
        "ms p99 at half load, rooms of 50",
        "halfload50",
        "latency_us_p99",
    ),
    ms(
        "ms p99.9 at half load, rooms of 50",
        "halfload50",
        "latency_us_p999",
    ),
    row(
        "deliveries/s at full load, room of 2000",
        "halfload2000",
        "capacity_deliveries_per_s",
    ),
    ms(
        "ms p50 at half load, room of 2000",
        "halfload2000",
        "latency_us_p50",
    ),
    ms(
        "ms p99 at half load, room of 2000",
        "halfload2000",
        "latency_us_p99",
    ),
    ms(
        "ms p99.9 at half load, room of 2000",
        "halfload2000",
        "latency_us_p999",
    ),
    row("lost of 10 000 who come at once", "storm", "lost").most(0.0),
    row(
        "registrations/s, 10 000 at once",
        "storm",
        "registrations_per_s",
    ),
    ms(
        "ms until the last of them is in",
        "storm",
        "registration_us_max",
    ),
    row(
        "lost of 5000 who come back after a restart",
        "reconnect",
        "lost",
    )
    .most(0.0),
    row("returns/s after a restart", "reconnect", "returns_per_s"),
    ms(
        "ms for NAMES of 2000 members",
        "questions",
        "names_answer_us_p50",
    ),
    row("µs per line of NAMES", "questions", "names_cpu_us_per_line"),
    ms(
        "ms for WHO of 2000 members",
        "questions",
        "who_room_answer_us_p50",
    ),
    row(
        "µs per line of WHO",
        "questions",
        "who_room_cpu_us_per_line",
    ),
    row(
        "lines of WHO *, 10 000 online",
        "questions",
        "who_all_lines",
    ),
    ms("ms for WHO *", "questions", "who_all_answer_us_p50"),
    row("lines of LIST", "questions", "list_lines"),
    ms("ms for LIST", "questions", "list_answer_us_p50"),
    row(
        "others' p99 beside an abuser, of what is allowed",
        "abuser",
        "p99_of_allowed",
    )
    .most(1.0),
    ms(
        "ms others' p99 beside an abuser",
        "abuser",
        "abused_latency_us_p99",
    ),
    ms(
        "ms p99 beside one who does not read",
        "slow",
        "slow_latency_us_p99",
    ),
    row(
        "KiB that one who does not read costs",
        "slow",
        "slow_rss_growth_kib",
    ),
    row(
        "slope of CPU per delivery, 10 to 10 000 members",
        "growth",
        "members_cpu_us_per_delivery_slope",
    )
    .most(0.1)
    .aim(0.0),
    row(
        "µs per delivery, 10 000 members",
        "growth",
        "members_cpu_us_per_delivery_last",
    ),
    row(
        "slope of bytes per member, 10 to 10 000",
        "growth",
        "members_rss_bytes_per_member_slope",
    )
    .most(0.1)
    .aim(0.0),
    row(
        "slope of CPU per delivery, 1 to 10 000 rooms",
        "growth",
        "rooms_cpu_us_per_delivery_slope",
    )
    .most(0.1)
    .aim(0.0),
    row("acknowledged messages/s", "acks", "acks_per_s")
        .least(10_000.0)
        .aim(50_000.0)
        .of("chat-full"),
    ms("ms acknowledgement p99, 500 msg/s", "acks", "ack_us_p99")
        .most(12.0)
        .of("chat-full"),
    row(
        "µs per registration with TLS 1.3",
        "tls-connect",
        "cpu_us_per_registration",
    ),
    row(
        "µs per delivery with TLS, room of 100",
        "tls-fanout100",
        "cpu_us_per_delivery",
    ),
    ms(
        "ms from exec of chat connect to its first byte",
        "program",
        "start_us_p50",
    )
    .most(15.0),
    row("MiB of the binary", "program", "binary_mib").most(15.0),
    row("lost lines, all cases", "*", "lost").most(0.0),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::cases::CASES;

    #[test]
    fn every_row_is_of_a_case_that_there_is() {
        for row in ROWS {
            let is_known = row.case == "*" || CASES.iter().any(|case| case.name == row.case);
            assert!(is_known, "{}", row.title);
        }
    }

    #[test]
    fn a_bound_says_which_side_is_good() {
        assert!(Most(1.0).holds(1.0) && !Most(1.0).holds(1.1));
        assert!(Least(1.0).holds(1.0) && !Least(1.0).holds(0.9));
        assert!(Bound::None.holds(f64::MAX));
    }
}
