//! What a run tells: measured stretches, and figures by name.

use crate::clock::{self, seconds};
use crate::hist::Hist;
use crate::net::Stats;
use crate::process::Sample;
use serde_json::{Map, Value, json};

/// Figures by name, as the JSON object of a run.
#[derive(Clone, Debug, Default)]
pub struct Figures(pub Map<String, Value>);

impl Figures {
    pub fn set(&mut self, name: &str, value: impl Into<Value>) {
        self.0.insert(name.to_owned(), value.into());
    }

    /// A measured number, to four places behind the point; what is no number is null.
    pub fn number(&mut self, name: &str, value: f64) {
        self.set(name, rounded(value));
    }

    /// Percentiles in microseconds.
    pub fn percentiles(&mut self, name: &str, hist: &Hist) {
        for (label, part) in [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p999", 0.999)] {
            let ns = hist.percentile(part);
            self.number(&format!("{name}_us_{label}"), ns as f64 / 1e3);
        }
        self.number(&format!("{name}_us_max"), hist.max() as f64 / 1e3);
        self.number(&format!("{name}_us_mean"), hist.mean() / 1e3);
    }

    /// What a stretch has used; the names begin with `prefix`.
    pub fn usage(&mut self, prefix: &str, usage: &Usage) {
        let mut number = |name: &str, value| self.number(&format!("{prefix}{name}"), value);
        number("wall_s", usage.wall_s);
        number("gen_cpu_fraction", usage.own_cpu_s / usage.wall_s);
        number(
            "lines_per_read",
            usage.lines as f64 / usage.reads.max(1) as f64,
        );
        let Some(server) = &usage.server else { return };
        number("server_cpu_s", server.cpu_s);
        number("server_cpu_fraction", server.cpu_s / usage.wall_s);
        number("rss_before_kib", server.rss_before_kib as f64);
        number("rss_after_kib", server.rss_after_kib as f64);
        number("rss_peak_kib", server.rss_peak_kib as f64);
    }
}

pub fn rounded(value: f64) -> Value {
    match value.is_finite() {
        true => json!((value * 1e4).round() / 1e4),
        false => Value::Null,
    }
}

/// The state before a stretch.
#[derive(Debug)]
pub struct Meter {
    pid: Option<u32>,
    wall: u64,
    own: u64,
    server: Option<Sample>,
    net: Stats,
}

/// What a stretch has used.
#[derive(Clone, Debug)]
pub struct Usage {
    pub wall_s: f64,
    pub own_cpu_s: f64,
    pub server: Option<ServerUsage>,
    reads: u64,
    lines: u64,
}

#[derive(Clone, Copy, Debug)]
pub struct ServerUsage {
    pub cpu_s: f64,
    pub rss_before_kib: u64,
    pub rss_after_kib: u64,
    pub rss_peak_kib: u64,
}

impl Meter {
    pub fn start(pid: Option<u32>, net: &Stats) -> Self {
        Self {
            pid,
            server: pid.and_then(Sample::of),
            own: clock::own_cpu(),
            net: *net,
            wall: clock::now(),
        }
    }

    pub fn stop(&self, net: &Stats) -> Usage {
        let wall_s = seconds(clock::now() - self.wall);
        let own_cpu_s = seconds(clock::own_cpu() - self.own);
        let after = self.pid.and_then(Sample::of);
        let server = self
            .server
            .as_ref()
            .zip(after)
            .map(|(before, after)| ServerUsage {
                cpu_s: seconds(after.cpu_since(before)),
                rss_before_kib: before.rss_kib,
                rss_after_kib: after.rss_kib,
                rss_peak_kib: after.peak_kib,
            });
        Usage {
            wall_s,
            own_cpu_s,
            server,
            reads: net.reads - self.net.reads,
            lines: net.lines - self.net.lines,
        }
    }
}

impl Usage {
    pub fn server_cpu_s(&self) -> f64 {
        self.server.map_or(f64::NAN, |server| server.cpu_s)
    }

    /// The server's microseconds for each of so many things.
    pub fn us_per(&self, count: u64) -> f64 {
        self.server_cpu_s() * 1e6 / count as f64
    }

    /// The bytes by which the server has grown for each of so many things.
    pub fn bytes_per(&self, count: usize) -> f64 {
        let grown =
            |server: ServerUsage| server.rss_after_kib as f64 - server.rss_before_kib as f64;
        self.server.map_or(f64::NAN, grown) * 1024.0 / count as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_and_never_break_json() {
        assert_eq!(rounded(1.0 / 3.0), json!(0.3333));
        assert_eq!(rounded(f64::NAN), Value::Null);
        assert_eq!(rounded(f64::INFINITY), Value::Null);
    }

    #[test]
    fn percentiles_have_names() {
        let mut hist = Hist::default();
        hist.record(2_000);
        let mut figures = Figures::default();
        figures.percentiles("latency", &hist);
        assert_eq!(figures.0["latency_us_p50"], json!(2.0));
        assert_eq!(figures.0["latency_us_max"], json!(2.0));
    }

    #[test]
    fn a_stretch_without_a_server_tells_nothing_of_it() {
        let usage = Meter::start(None, &Stats::default()).stop(&Stats::default());
        assert!(usage.us_per(1).is_nan() && usage.bytes_per(1).is_nan());
        let mut figures = Figures::default();
        figures.usage("x_", &usage);
        assert!(figures.0.contains_key("x_wall_s") && !figures.0.contains_key("x_server_cpu_s"));
    }
}
