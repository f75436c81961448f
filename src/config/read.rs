//! The text of a configuration file made into a [`Config`]; every fault is found in one go.

use crate::config::fault::{Fault, Report};
use crate::config::keys;
use crate::config::oper::{self, Oper};
use crate::config::password::Password;
use crate::config::place::{Place, find};
use crate::config::{Config, Listener, check, proxy, syntax, tls, value};
use serde_yaml::{Mapping, Value};

/// Most faults that are told; the rest are counted.
const MOST_FAULTS: usize = 100;

/// Reads `text` over the values of `base`. The configuration counts only if the report is not fatal.
pub fn read(text: &str, base: Config) -> (Config, Report) {
    let mut reading = Reading {
        text,
        config: base,
        faults: Vec::new(),
        untold: 0,
    };
    match serde_yaml::from_str::<Value>(text) {
        Ok(Value::Null) => {}
        Ok(Value::Mapping(root)) => reading.file(&root),
        Ok(other) => {
            let kind = value::kind(&other);
            reading.tell(Fault::error(format!(
                "must hold keys and values, not {kind}"
            )));
        }
        Err(error) => reading.tell(syntax::fault(text, &error)),
    }
    reading.faults.sort_by_key(|fault| {
        fault
            .place
            .map_or((usize::MAX, 0), |place| (place.line, place.column))
    });
    if reading.untold > 0 {
        let rest = format!("and {} more of the kind", reading.untold);
        reading.faults.push(Fault::error(rest));
    }
    let report = Report {
        file: None,
        faults: reading.faults,
    };
    (reading.config, report)
}

/// A key on the way down: as it stands in the table, and as it is shown.
#[derive(Clone)]
struct Path {
    /// Items of lists as `[]`.
    shape: String,
    /// Items of lists as `[0]`, `[1]` and so on.
    shown: String,
}

struct Reading<'a> {
    text: &'a str,
    config: Config,
    faults: Vec<Fault>,
    untold: usize,
}

impl Reading<'_> {
    fn file(&mut self, root: &Mapping) {
        let top = Path {
            shape: String::new(),
            shown: String::new(),
        };
        self.section(&top, root);
        if let Some(listeners) = root.get("listeners") {
            self.listeners(listeners);
        }
        if let Some(opers) = root.get("opers") {
            self.opers(opers);
        }
        if let Some(gateways) = root.get("proxy").and_then(|proxy| proxy.get("webirc")) {
            self.gateways(gateways);
        }
        if let Some(pairs) = root.get("server").and_then(|server| server.get("tls")) {
            self.certificates(pairs.get("certificates"));
        }
        for (key, wrong) in check::check(&self.config) {
            self.error(key, &wrong);
        }
    }

    fn section(&mut self, above: &Path, section: &Mapping) {
        for (key, value) in section {
            let Value::String(name) = key else {
                let kind = value::kind(key);
                self.tell(Fault::error(format!(
                    "{}key must be text, not {kind}",
                    above.shown
                )));
                continue;
            };
            let path = Path {
                shape: format!("{}{name}", above.shape),
                shown: format!("{}{name}", above.shown),
            };
            self.key(&path, name, value);
        }
    }

    fn key(&mut self, path: &Path, name: &str, value: &Value) {
        if let Some(row) = keys::row(&path.shape) {
            match row.form.put(&mut self.config, name, value) {
                Err(wrong) => self.error(&path.shown, &wrong),
                Ok(()) if !row.form.is_built() => {
                    self.warning(&path.shown, "is not built yet and has no effect");
                }
                Ok(()) => {}
            }
        } else if keys::is_section(&format!("{}.", path.shape)) {
            self.below(path, value);
        } else if keys::is_section(&format!("{}[].", path.shape)) {
            self.items(path, value);
        } else {
            self.unknown(path);
        }
    }

    fn below(&mut self, path: &Path, value: &Value) {
        let inside = Path {
            shape: format!("{}.", path.shape),
            shown: format!("{}.", path.shown),
        };
        match value {
            Value::Mapping(section) => self.section(&inside, section),
            Value::Null => keys::switch_off(&path.shape, &mut self.config),
            other => {
                let wrong = format!("must be a section of keys, not {}", value::kind(other));
                self.error(&path.shown, &wrong);
            }
        }
    }

    fn items(&mut self, path: &Path, value: &Value) {
        let items = match value {
            Value::Sequence(items) => items.as_slice(),
            Value::Null => &[],
            other => {
                let wrong = format!("must be a list, not {}", value::kind(other));
                return self.error(&path.shown, &wrong);
            }
        };
        for (index, item) in items.iter().enumerate() {
            let item_path = Path {
                shape: format!("{}[]", path.shape),
                shown: format!("{}[{index}]", path.shown),
            };
            self.below(&item_path, item);
        }
    }

    /// The doors, each of which is one item.
    fn listeners(&mut self, value: &Value) {
        self.config.listeners.clear();
        for (index, item) in value.as_sequence().into_iter().flatten().enumerate() {
            match listener(item) {
                Ok(listener) => self.config.listeners.push(listener),
                Err(wrong) => self.error(&format!("listeners[{index}]"), wrong),
            }
        }
    }

    /// The certificates, each of which is one item.
    fn certificates(&mut self, value: Option<&Value>) {
        self.config.server.tls.certificates.clear();
        let items = value.and_then(Value::as_sequence).into_iter().flatten();
        for (index, item) in items.enumerate() {
            match tls::pair(item) {
                Ok(pair) => self.config.server.tls.certificates.push(pair),
                Err(wrong) => self.error(&format!("server.tls.certificates[{index}]"), wrong),
            }
        }
    }

    /// The operators, each of whom is one item.
    fn opers(&mut self, value: &Value) {
        self.config.opers.clear();
        for (index, item) in value.as_sequence().into_iter().flatten().enumerate() {
            match oper::read(item) {
                Ok(Some(oper)) => self.oper(index, oper),
                Ok(None) => {
                    let now = "has neither password nor account: nobody can be this operator yet";
                    self.warning(&format!("opers[{index}]"), now);
                }
                Err((key, wrong)) => self.error(&format!("opers[{index}].{key}"), wrong),
            }
        }
    }

    fn oper(&mut self, index: usize, oper: Oper) {
        let opers = &mut self.config.opers;
        if opers.iter().any(|other| other.name == oper.name) {
            return self.error(
                &format!("opers[{index}].name"),
                "is the name of another one too",
            );
        }
        let is_plain = oper.password.as_ref().is_some_and(Password::is_plain);
        opers.push(oper);
        if is_plain {
            let key = format!("opers[{index}].password");
            self.warning(
                &key,
                "is plain text: better an argon2 hash of it (PHC string)",
            );
        }
    }

    /// The gateways, each of which is one item.
    fn gateways(&mut self, value: &Value) {
        self.config.proxy.webirc.clear();
        for (index, item) in value.as_sequence().into_iter().flatten().enumerate() {
            match proxy::gateway(item) {
                Ok(gateway) => self.config.proxy.webirc.push(gateway),
                Err((key, wrong)) => self.error(&format!("proxy.webirc[{index}].{key}"), &wrong),
            }
        }
    }

    fn tell(&mut self, fault: Fault) {
        match self.is_full() {
            false => self.faults.push(fault),
            true => self.untold += 1,
        }
    }

    /// Whether so much is wrong that nobody reads on: then places and near keys are not looked for.
    fn is_full(&self) -> bool {
        self.faults.len() >= MOST_FAULTS
    }

    fn place(&self, key: &str) -> Option<Place> {
        (!self.is_full()).then(|| find(self.text, key)).flatten()
    }

    fn unknown(&mut self, path: &Path) {
        let shown: String = path
            .shown
            .chars()
            .take(64)
            .flat_map(char::escape_debug)
            .collect();
        let mut text = format!("unknown key \"{shown}\"");
        let near = (!self.is_full())
            .then(|| keys::nearest(&path.shape))
            .flatten();
        if let Some(near) = near {
            text.push_str(&format!(" (did you mean \"{near}\"?)"));
        }
        let place = self.place(&path.shown);
        self.tell(Fault::error(text).at(place));
    }

    fn error(&mut self, key: &str, wrong: &str) {
        let place = self.place(key);
        self.tell(Fault::error(format!("{key} {wrong}")).at(place));
    }

    fn warning(&mut self, key: &str, what: &str) {
        let place = self.place(key);
        self.tell(Fault::warning(format!("{key} {what}")).at(place));
    }
}

/// One door.
fn listener(item: &Value) -> Result<Listener, &'static str> {
    let text = |key| item.get(key).and_then(Value::as_str);
    let truth = |key| match item.get(key) {
        None | Some(Value::Null) => Some(false),
        Some(value) => value.as_bool(),
    };
    let is_tls = truth("tls").ok_or("tls must be true or false")?;
    let is_web = truth("websocket").ok_or("websocket must be true or false")?;
    let tcp = match (is_tls, is_web) {
        (false, false) => Listener::Tcp,
        (true, false) => Listener::Tls,
        (false, true) => Listener::Web,
        (true, true) => Listener::WebTls,
    };
    match (text("address"), text("unix")) {
        (Some(address), None) => address
            .parse()
            .map(tcp)
            .map_err(|_| "address must be an address with port, like 127.0.0.1:6667"),
        (None, Some(_)) if is_tls => Err("must have an address: a Unix socket has no TLS"),
        (None, Some(_)) if is_web => Err("must have an address: a Unix socket is for every client"),
        (None, Some(path)) if !path.is_empty() => Ok(Listener::Unix(path.into())),
        (Some(_), Some(_)) => Err("must have address or unix, not both"),
        (None, _) => Err("must have address (like 127.0.0.1:6667) or unix (a path)"),
    }
}
