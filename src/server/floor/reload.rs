//! A configuration that was read again: what of it counts at once, for the desk, the doors and the sockets.

use crate::config::Config;
use crate::config::fault::Report;
use crate::config::reload::plan;
use crate::server::floor::{Floor, unfinished};
use crate::server::kept::retention;
use crate::server::log;
use crate::server::sockets::Bounds;
use crate::server::tls::terms::Terms;
use crate::server::world::event::Event;
use std::sync::Arc;

impl Floor {
    /// Lets a configuration that was read again count, if it is good; returns what came of it, in words.
    pub(super) fn reload(
        &mut self,
        config: Config,
        report: &Report,
        terms: Result<Option<Terms>, String>,
    ) -> Vec<String> {
        let mut lines: Vec<String> = report.to_string().lines().map(str::to_owned).collect();
        if report.is_fatal() {
            lines.push("The configuration has faults; nothing changes".into());
        } else {
            match terms {
                Ok(terms) => {
                    let plan = plan(self.desk.config(), config);
                    lines.extend(plan.words());
                    self.adopt(plan.config);
                    lines.extend(self.adopt_terms(terms));
                }
                Err(why) => {
                    lines.push(format!("TLS: {why}"));
                    lines.push("The configuration has faults; nothing changes".into());
                }
            }
        }
        for line in &lines {
            log::info(format_args!("{line}"));
        }
        lines
    }

    /// Lets limits that an operator has set count here too.
    pub(super) fn overrule(&mut self) {
        let config = self.desk.config().clone();
        self.adopt(config);
    }

    fn adopt(&mut self, config: Config) {
        let config = self.desk.overruled(config);
        if let Err(why) = log::open(&config.log) {
            log::warn(format_args!("log.target cannot be opened: {why}"));
        }
        self.desk.adopt(&config.limits);
        self.desk.stage.set_retention(retention(&config.history));
        self.doorway.adopt(&config);
        self.unfinished = unfinished(&config.limits);
        self.sockets.adopt(Bounds::of(&config.limits));
        for socket in self.sockets.all_mut() {
            socket.throttle.set_pace(self.doorway.pace(socket.distance));
        }
        let config = Arc::new(config);
        self.web.adopt(&config);
        self.desk.tell(Event::Reload(config));
    }
}
