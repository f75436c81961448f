//! What the door for monitoring shows: every number of the server, and whether it is well.

use crate::gauge::Spread;
use crate::server::log;
use crate::server::world::gauges::{Gauges, Rejected};
use hyper::StatusCode;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric, NoLabelSet};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::Registry;
use std::fmt;

const TEXT: &str = "text/plain; charset=utf-8";
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// An answer.
pub(super) struct Page {
    pub(super) status: StatusCode,
    pub(super) kind: &'static str,
    pub(super) text: String,
}

/// A page of a few words.
pub(super) fn page(status: StatusCode, text: &str) -> Page {
    Page {
        status,
        kind: TEXT,
        text: text.to_owned(),
    }
}

/// Whether the server does all that it should, in words.
pub(super) fn health(gauges: &Gauges) -> Page {
    let ailments = [
        (
            gauges.store.is_failing.get(),
            "read-only: nothing can be stored at the moment\n",
        ),
        (gauges.is_draining.get(), "draining: nobody is let in\n"),
    ];
    let mut found = ailments.into_iter().filter(|(is_so, _)| *is_so > 0);
    match found.next() {
        Some((_, words)) => page(StatusCode::SERVICE_UNAVAILABLE, words),
        None => page(StatusCode::OK, "ok\n"),
    }
}

/// Every number.
pub(super) fn metrics(gauges: &Gauges) -> Page {
    match text(gauges) {
        Some(text) => Page {
            status: StatusCode::OK,
            kind: OPEN_METRICS,
            text,
        },
        None => page(
            StatusCode::INTERNAL_SERVER_ERROR,
            "The numbers cannot be told\n",
        ),
    }
}

/// The text of every number.
pub(super) fn text(gauges: &Gauges) -> Option<String> {
    let mut registry = Registry::default();
    registry.register_collector(Box::new(Numbers::of(gauges)));
    let mut text = String::new();
    encode(&mut text, &registry).ok()?;
    Some(text)
}

/// A number with its name and what it is.
type Number = (&'static str, &'static str, u64);

/// The numbers at one moment.
#[derive(Debug)]
struct Numbers {
    counters: Vec<Number>,
    gauges: Vec<Number>,
    rejected: Vec<(&'static str, u64)>,
    spreads: [(&'static str, &'static str, Spread); 2],
}

impl Numbers {
    fn of(all: &Gauges) -> Self {
        let rejected = Rejected::ALL.map(|(why, word)| (word, all.rejected(why)));
        Self {
            counters: counters(all),
            gauges: levels(all),
            rejected: rejected.to_vec(),
            spreads: [
                (
                    "chat_acknowledge_seconds",
                    "From carrying something out until it is stored and acknowledged",
                    all.store.acknowledged.spread(),
                ),
                (
                    "chat_commit_seconds",
                    "One commit of the store",
                    all.store.committed.spread(),
                ),
            ],
        }
    }
}

/// Those that only rise.
fn counters(all: &Gauges) -> Vec<Number> {
    let store = &all.store;
    vec![
        (
            "chat_connections_accepted",
            "Connections that were let in",
            all.accepted.get(),
        ),
        (
            "chat_messages",
            "Messages taken from users",
            all.messages.get(),
        ),
        ("chat_lines_in", "Lines that came", all.lines_in.get()),
        (
            "chat_lines_refused",
            "Lines beyond what their sender may send",
            all.lines_refused.get(),
        ),
        (
            "chat_lines_out",
            "Lines that left, for each connection",
            all.lines_out.get(),
        ),
        ("chat_bytes_in", "Bytes that came", all.bytes_in.get()),
        (
            "chat_bytes_out",
            "Bytes that were to leave",
            all.bytes_out.get(),
        ),
        (
            "chat_records_stored",
            "Records that were stored",
            store.records.get(),
        ),
        (
            "chat_commits_failed",
            "Commits that failed",
            store.failed.get(),
        ),
        (
            "chat_panics",
            "Bugs that cost a connection",
            all.panics.get(),
        ),
        (
            "chat_log_lines_lost",
            "Lines of the log that could not be written",
            log::lost(),
        ),
    ]
}

/// Those that rise and fall.
fn levels(all: &Gauges) -> Vec<Number> {
    let store = &all.store;
    vec![
        ("chat_connections", "Connections", all.connections.get()),
        (
            "chat_connections_peak",
            "Most connections at one time",
            all.peak_connections.get(),
        ),
        (
            "chat_http_connections",
            "Connections that speak HTTP",
            all.guests.get(),
        ),
        ("chat_users", "Users", all.users.get()),
        ("chat_rooms", "Rooms", all.rooms.get()),
        ("chat_accounts", "Accounts", all.accounts.get()),
        (
            "chat_queue_bytes",
            "Bytes that wait for those who read slowly",
            all.queued.get(),
        ),
        (
            "chat_slow_connections",
            "Connections that read slowly",
            all.slow.get(),
        ),
        (
            "chat_store_waiting_bytes",
            "Bytes that wait to be stored",
            store.waiting.get(),
        ),
        (
            "chat_store_failing",
            "Whether nothing can be stored: 1 or 0",
            store.is_failing.get(),
        ),
        (
            "chat_draining",
            "Whether nobody is let in: 1 or 0",
            all.is_draining.get(),
        ),
        (
            "chat_uptime_seconds",
            "Seconds since the start",
            all.uptime_ms.get() / 1000,
        ),
        (
            "process_resident_memory_bytes",
            "Memory of the process",
            resident_bytes(),
        ),
        (
            "process_open_fds",
            "Descriptors of the process",
            open_descriptors(),
        ),
    ]
}

impl Collector for Numbers {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), fmt::Error> {
        for (name, help, value) in &self.counters {
            let counter = ConstCounter::new(*value);
            let kind = counter.metric_type();
            counter.encode(encoder.encode_descriptor(name, help, None, kind)?)?;
        }
        let help = "Connections that were not let in, by reason";
        let name = "chat_connections_refused";
        let mut family = encoder.encode_descriptor(name, help, None, MetricType::Counter)?;
        for (word, value) in &self.rejected {
            let labels = [("reason", *word)];
            ConstCounter::new(*value).encode(family.encode_family(&labels)?)?;
        }
        for (name, help, value) in &self.gauges {
            let gauge = ConstGauge::new(*value);
            let kind = gauge.metric_type();
            gauge.encode(encoder.encode_descriptor(name, help, None, kind)?)?;
        }
        for (name, help, spread) in &self.spreads {
            let (sum, mut rows) = (spread.sum_us as f64 / 1e6, spread.coarse());
            if let Some((limit, _)) = rows.last_mut() {
                *limit = f64::INFINITY;
            }
            let mut metric = encoder.encode_descriptor(name, help, None, MetricType::Histogram)?;
            metric.encode_histogram::<NoLabelSet>(sum, spread.count(), &rows, None)?;
        }
        Ok(())
    }
}

/// Memory that the process has in use; 0 where that is not told.
fn resident_bytes() -> u64 {
    let told = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = told.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    number.map_or(0, |kib| kib.saturating_mul(1024))
}

/// Descriptors that the process holds; 0 where that is not told.
fn open_descriptors() -> u64 {
    std::fs::read_dir("/proc/self/fd").map_or(0, |entries| entries.count() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn every_number_has_its_help_and_its_value() {
        let gauges = Gauges::default();
        gauges.lines_in.add(7);
        gauges.reject(Rejected::Banned);
        gauges.store.committed.note(Duration::from_millis(3));
        let text = metrics(&gauges).text;
        for part in [
            "# HELP chat_lines_in Lines that came\n",
            "# TYPE chat_lines_in counter\n",
            "chat_lines_in_total 7\n",
            "chat_connections_refused_total{reason=\"ban\"} 1\n",
            "chat_commit_seconds_count 1\n",
            "chat_commit_seconds_sum 0.003\n",
            "le=\"+Inf\"} 1\n",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(text.ends_with("# EOF\n"));
    }

    #[test]
    fn a_server_that_cannot_store_is_not_well_and_says_why() {
        let gauges = Gauges::default();
        let well = health(&gauges);
        assert_eq!((well.status, &*well.text), (StatusCode::OK, "ok\n"));
        gauges.is_draining.set(1);
        assert!(health(&gauges).text.starts_with("draining"));
        gauges.store.is_failing.set(1);
        let ill = health(&gauges);
        assert_eq!(ill.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(ill.text.starts_with("read-only"));
    }
}
