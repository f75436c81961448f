//! What a configuration that was read again changes: at once, or only after a restart.

use crate::config::Config;
use crate::config::keys;

/// Keys that count only when the server starts: doors, names and places. Every other key counts at once.
const AFTER_RESTART: &[&str] = &[
    "server.name",
    "server.network",
    "server.bind",
    "listeners",
    "data",
    "store",
    "files.udp",
    "files.drop_dir",
    "admin.socket",
    "admin.group",
    "admin.audit",
    "metrics.address",
];

/// What to do about a new configuration.
#[derive(Debug)]
pub struct Plan {
    /// The new one, with the old values of the keys that wait.
    pub config: Config,
    /// Keys whose new value counts from now on.
    pub changed: Vec<&'static str>,
    /// Keys whose new value needs a restart.
    pub waiting: Vec<&'static str>,
}

/// Compares `new` with what counts now.
pub fn plan(old: &Config, new: Config) -> Plan {
    let mut old = old.clone();
    let mut plan = Plan {
        config: new,
        changed: Vec::new(),
        waiting: Vec::new(),
    };
    for row in keys::all() {
        if row.form.is_same(&mut old, &mut plan.config) {
            continue;
        }
        let key = shown(row.path);
        let list = if needs_restart(row.path) {
            row.form.carry(&mut old, &mut plan.config);
            &mut plan.waiting
        } else {
            &mut plan.changed
        };
        if !list.contains(&key) {
            list.push(key);
        }
    }
    plan
}

/// A key as it is told: lists as a whole.
pub(super) fn shown(path: &'static str) -> &'static str {
    let key = path.split("[]").next().unwrap_or(path);
    key.trim_end_matches(".COMMAND")
}

/// Whether a new value of this key, as the table has it, counts only after a restart.
pub fn needs_restart(path: &'static str) -> bool {
    let key = shown(path);
    AFTER_RESTART.iter().any(|known| {
        key.strip_prefix(known)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

impl Plan {
    /// What is told to who asked for it, line by line.
    pub fn words(&self) -> Vec<String> {
        let changed = self.changed.iter().map(|key| format!("{key} has changed"));
        let waiting = self
            .waiting
            .iter()
            .map(|key| format!("{key} has changed in the file and counts after a restart"));
        let lines: Vec<String> = changed.chain(waiting).collect();
        if lines.is_empty() {
            vec!["Nothing has changed".into()]
        } else {
            lines
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::read::read;

    fn plan_for(text: &str) -> Plan {
        plan(&Config::default(), read(text, Config::default()).0)
    }

    #[test]
    fn what_may_change_at_once_does_and_the_rest_keeps_its_value() {
        let plan = plan_for(
            "server: { name: other, motd: [hi], bind: 0.0.0.0 }\nlimits: { nick: 20, targets: { KICK: 3 } }\n\
             listeners: [{ address: 127.0.0.1:1 }]\nopers: [{ name: ann, password: x }]\n",
        );
        assert_eq!(
            plan.changed,
            ["server.motd", "limits.nick", "limits.targets", "opers"]
        );
        assert_eq!(plan.waiting, ["server.name", "server.bind", "listeners"]);
        assert_eq!(plan.config.server.name, Config::default().server.name);
        assert_eq!((plan.config.limits.nick, plan.config.opers.len()), (20, 1));
        assert!(plan.config.listeners.is_empty());
        assert_eq!(plan.words().len(), 7);
    }

    #[test]
    fn the_same_file_changes_nothing() {
        assert_eq!(
            plan_for("server: { motd: [] }").words(),
            ["Nothing has changed"]
        );
    }
}
