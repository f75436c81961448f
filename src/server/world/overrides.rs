//! Limits that an operator set while the server runs: they count instead of what the file says, until it stops.

use crate::config::Config;
use std::collections::BTreeMap;

/// A limit that can be set.
#[derive(Debug)]
pub struct Key {
    /// As in the file.
    pub name: &'static str,
    /// `None`: there is no such limit.
    get: fn(&Config) -> Option<u64>,
    set: fn(&mut Config, Option<u64>),
    /// What it may be.
    range: (u64, u64),
}

fn small(value: u64) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

fn large(value: u64) -> usize {
    usize::try_from(value).unwrap_or(usize::MAX)
}

/// All of them.
pub const KEYS: &[Key] = &[
    Key {
        name: "connections.max",
        get: |config| config.connections.max.map(|it| it as u64),
        set: |config, value| config.connections.max = value.map(large),
        range: (1, 10_000_000),
    },
    Key {
        name: "connections.per_ip",
        get: |config| config.connections.per_ip.map(|it| it as u64),
        set: |config, value| config.connections.per_ip = value.map(large),
        range: (1, 10_000_000),
    },
    Key {
        name: "connections.new_per_minute",
        get: |config| config.connections.new_per_minute.map(u64::from),
        set: |config, value| config.connections.new_per_minute = value.map(small),
        range: (1, 10_000_000),
    },
    Key {
        name: "flood.burst",
        get: |config| Some(u64::from(config.flood.burst)),
        set: |config, value| config.flood.burst = value.map_or(config.flood.burst, small),
        range: (1, 10_000),
    },
    Key {
        name: "flood.per_second",
        get: |config| Some(u64::from(config.flood.per_second)),
        set: |config, value| config.flood.per_second = value.map_or(config.flood.per_second, small),
        range: (1, 10_000),
    },
    Key {
        name: "limits.rooms_per_user",
        get: |config| Some(config.limits.rooms_per_user as u64),
        set: |config, value| {
            config.limits.rooms_per_user = value.map_or(config.limits.rooms_per_user, large)
        },
        range: (1, 10_000),
    },
    Key {
        name: "limits.members_per_room",
        get: |config| Some(config.limits.members_per_room as u64),
        set: |config, value| {
            config.limits.members_per_room = value.map_or(config.limits.members_per_room, large)
        },
        range: (1, 10_000_000),
    },
];

impl Key {
    /// The limit of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        KEYS.iter().find(|key| key.name == name)
    }

    /// What counts by this configuration; `None`: nothing.
    pub fn of(&self, config: &Config) -> Option<u64> {
        (self.get)(config)
    }

    /// The value in this text, or what it may be.
    pub fn parse(&self, text: &str) -> Result<u64, String> {
        let (least, most) = self.range;
        let value = text.parse().ok();
        value
            .filter(|value| (least..=most).contains(value))
            .ok_or_else(|| format!("{} is a number from {least} to {most}", self.name))
    }
}

/// Those that are set, with what the file says instead.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overrides(BTreeMap<&'static str, Set>);

/// One that is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Set {
    pub value: u64,
    /// What counts without it.
    pub before: Option<u64>,
}

impl Overrides {
    /// Lets this value count.
    pub fn set(&mut self, key: &Key, value: u64, config: &Config) {
        let before = self.of(key).map_or(key.of(config), |set| set.before);
        self.0.insert(key.name, Set { value, before });
    }

    /// Lets the file's value count again; tells which that is, if another one did.
    pub fn clear(&mut self, key: &Key) -> Option<Set> {
        self.0.remove(key.name)
    }

    /// What is set for this.
    pub fn of(&self, key: &Key) -> Option<Set> {
        self.0.get(key.name).copied()
    }

    /// The configuration of a file as it counts with all that is set.
    pub fn apply(&mut self, mut config: Config) -> Config {
        for (name, set) in &mut self.0 {
            if let Some(key) = Key::named(name) {
                let says = key.of(&config);
                if says != Some(set.value) {
                    set.before = says;
                }
                (key.set)(&mut config, Some(set.value));
            }
        }
        config
    }

    /// What another process has to know of them.
    pub fn freeze(&self) -> Vec<(String, u64)> {
        let set = self.0.iter();
        set.map(|(name, set)| ((*name).to_owned(), set.value))
            .collect()
    }

    /// What another process has set, over this configuration of a file.
    pub fn thaw(set: &[(String, u64)], config: &Config) -> Self {
        let mut overrides = Self::default();
        for (name, value) in set {
            if let Some(key) = Key::named(name) {
                overrides.set(key, *value, config);
            }
        }
        overrides
    }

    /// Lets one value count in this configuration.
    pub fn put(config: &mut Config, key: &Key, value: Option<u64>) {
        (key.set)(config, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_counts_over_a_file_that_was_read_again() {
        let mut overrides = Overrides::default();
        let key = Key::named("flood.burst").unwrap();
        let file = Config::default();
        overrides.set(key, 77, &file);
        let counts = overrides.apply(file.clone());
        assert_eq!(
            (counts.flood.burst, counts.flood.per_second),
            (77, file.flood.per_second)
        );
        overrides.set(key, 78, &counts);
        assert_eq!(
            overrides.of(key).unwrap().before,
            Some(u64::from(file.flood.burst))
        );
        let other = Overrides::thaw(&overrides.freeze(), &file);
        assert_eq!(other, overrides);
        assert_eq!(overrides.clear(key).unwrap().value, 78);
        assert_eq!(overrides.apply(file.clone()).flood.burst, file.flood.burst);
    }

    #[test]
    fn every_limit_is_set_and_read_by_its_name() {
        for key in KEYS {
            let mut config = Config::default();
            Overrides::put(&mut config, key, Some(5));
            assert_eq!(key.of(&config), Some(5), "{}", key.name);
            assert!(key.parse("0").is_err() && key.parse("x").is_err());
            assert_eq!(key.parse("5"), Ok(5));
        }
    }
}
