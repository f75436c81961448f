//! What a delivery and a member cost as a room grows, and a delivery as the number of rooms does.
//!
//! A slope is the exponent by which a cost grows: 0 is flat, 1 is in proportion. The first room has the same
//! senders and as many messages under way at every size.

use crate::report::rounded;
use crate::run::{Run, Silence};
use crate::scenario::exchange::{Exchange, Plan};
use crate::wire::{nicks, room};
use clap::Args;
use serde_json::{Value, json};

#[derive(Args, Debug)]
pub struct Growth {
    /// Members of the one room, in rising order
    #[arg(long, value_delimiter = ',', default_value = "10,100,1000,10000")]
    pub members: Vec<usize>,
    /// Rooms beside one of a hundred members, in rising order
    #[arg(long, value_delimiter = ',', default_value = "1,100,10000")]
    pub rooms: Vec<usize>,
    /// Deliveries by which each cost is measured
    #[arg(short, long, default_value_t = 1_000_000)]
    pub deliveries: u64,
}

/// Seconds before memory is looked at.
const SILENCE: u64 = 8;
const SENDERS: usize = 10;
const WINDOW: u32 = 8;
/// Members of the room in which is talked while the number of rooms grows.
const TALKERS: usize = 100;
/// Rooms of one client that stands for many.
const ROOMS_EACH: usize = 50;
const GROWS: &str = "#grows";

impl Growth {
    pub fn connections(&self) -> usize {
        let members = self.members.iter().max().copied().unwrap_or(0);
        let rooms = self.rooms.iter().max().copied().unwrap_or(0);
        members + TALKERS + rooms.div_ceil(ROOMS_EACH) + 2
    }

    pub fn act(&self, run: &mut Run) -> Result<(), String> {
        let is_rising = |list: &[usize]| list.is_sorted_by(|a, b| a < b);
        if !is_rising(&self.members) || !is_rising(&self.rooms) || self.members.first() < Some(&2) {
            return Err("sizes must rise, and a room needs two members".into());
        }
        // The rooms come first: their talkers are the first members of the room that grows.
        let ids = self.more_rooms(run)?;
        self.more_members(run, ids)
    }

    fn more_rooms(&self, run: &mut Run) -> Result<usize, String> {
        run.register(&nicks('t', TALKERS))?;
        run.join(0, &vec![room(0); TALKERS])?;
        let (mut ids, mut there, mut points) = (TALKERS, 1, Vec::new());
        for &rooms in &self.rooms {
            let numbers: Vec<usize> = (there..rooms).collect();
            let lists: Vec<String> = numbers
                .chunks(ROOMS_EACH)
                .map(|part| part.iter().map(|n| room(*n)).collect::<Vec<_>>().join(","))
                .collect();
            let names: Vec<String> = (0..lists.len()).map(|n| format!("k{ids}x{n}")).collect();
            run.register(&names)?;
            run.join(ids, &lists)?;
            ids += lists.len();
            there = there.max(rooms);
            let us = self.talk(run, &room(0), 0, TALKERS)?;
            points.push((rooms as f64, us, 0.0));
        }
        tell(run, "rooms", &points, &["cpu_us_per_delivery"]);
        Ok(ids)
    }

    fn more_members(&self, run: &mut Run, first: usize) -> Result<(), String> {
        let (mut there, mut points) = (0, Vec::new());
        for &members in &self.members {
            let added = members - there;
            let meter = run.meter();
            let names: Vec<String> = (there..members).map(|n| format!("m{n}")).collect();
            run.register(&names)?;
            run.join(first + there, &vec![GROWS.to_owned(); added])?;
            // What a server keeps for the next burst is given back in silence.
            run.drive("silence", &mut Silence::of_seconds(SILENCE))?;
            let bytes = meter.stop(&run.net.stats).bytes_per(added);
            there = members;
            let us = self.talk(run, GROWS, first, members)?;
            points.push((members as f64, us, bytes));
        }
        let names = ["cpu_us_per_delivery", "rss_bytes_per_member"];
        tell(run, "members", &points, &names);
        Ok(())
    }

    /// Cost of a delivery in a room whose members are the clients from `first` on.
    fn talk(&self, run: &mut Run, name: &str, first: usize, members: usize) -> Result<f64, String> {
        let senders = SENDERS.min(members);
        let each = self.deliveries / (members as u64 - 1) / senders as u64;
        let plan = Plan {
            clients: members,
            groups: 1,
            senders,
            messages: (each as u32).max(2 * WINDOW),
            window: WINDOW,
        };
        let mut exchange = Exchange::new(run, plan, |_| name.to_owned()).from(first);
        let (result, used) = run.metered("exchange", &mut exchange);
        result?;
        exchange.must_be_whole()?;
        Ok(used.us_per(exchange.tally.delivered))
    }
}

fn tell(run: &mut Run, name: &str, points: &[(f64, f64, f64)], figures: &[&str]) {
    let entry = |&(size, us, bytes): &(f64, f64, f64)| {
        let values = [us, bytes].into_iter().map(rounded);
        let mut entry: serde_json::Map<String, Value> = figures
            .iter()
            .map(|figure| (*figure).to_owned())
            .zip(values)
            .collect();
        entry.insert("n".into(), json!(size));
        Value::Object(entry)
    };
    let list: Vec<Value> = points.iter().map(entry).collect();
    run.figures.set(name, list);
    let costs: Vec<(f64, f64)> = points.iter().map(|p| (p.0, p.1)).collect();
    let memory: Vec<(f64, f64)> = points.iter().map(|p| (p.0, p.2)).collect();
    for (figure, pairs) in figures.iter().zip([costs, memory]) {
        run.figures
            .number(&format!("{name}_{figure}_slope"), slope(&pairs));
        if let Some((_, last)) = pairs.last() {
            run.figures.number(&format!("{name}_{figure}_last"), *last);
        }
    }
}

/// The exponent by which the second grows with the first: the least squares of the logarithms.
fn slope(points: &[(f64, f64)]) -> f64 {
    let points: Vec<(f64, f64)> = points.iter().map(|(x, y)| (x.ln(), y.ln())).collect();
    let count = points.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (x_mean, y_mean) = (mean(|p| p.0), mean(|p| p.1));
    let both: f64 = points
        .iter()
        .map(|(x, y)| (x - x_mean) * (y - y_mean))
        .sum();
    let square: f64 = points.iter().map(|(x, _)| (x - x_mean).powi(2)).sum();
    both / square
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slope_is_the_exponent() {
        let points = |power: f64| -> Vec<(f64, f64)> {
            [10.0f64, 100.0, 1000.0]
                .map(|x| (x, 3.0 * x.powf(power)))
                .to_vec()
        };
        assert!(slope(&points(0.0)).abs() < 1e-9);
        assert!((slope(&points(1.0)) - 1.0).abs() < 1e-9);
        assert!((slope(&points(-0.5)) + 0.5).abs() < 1e-9);
    }
}
