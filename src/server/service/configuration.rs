//! The configuration as operators ask for it: checked, shown, compared with what counts now.

use crate::admin::command::service::ConfigAct;
use crate::admin::command::{Answer, Code};
use crate::config::Config;
use crate::config::fault::{Fault, Report, Weight};
use crate::config::file::load;
use crate::config::reload::{needs_restart, plan as compare};
use crate::config::show::{Shown, shown};
use crate::server::tls::keyring::Keyring;
use serde_json::{Value, json};

/// Does one of the things that are done with it.
pub(super) fn perform(act: &ConfigAct, config: &Config) -> Answer {
    match act {
        ConfigAct::Check { file: None } => checked(&config.origin.read().1),
        ConfigAct::Check { file: Some(path) } => {
            let mut base = Config::default();
            base.server.name.clone_from(&config.origin.host_name);
            checked(&load(path, base).1)
        }
        ConfigAct::Show { effective } => {
            let keys = shown(config).into_iter();
            let keys = keys.filter(|key| *effective || !key.is_default);
            Answer::ok(keys.map(|key| described(&key)).collect())
        }
        ConfigAct::Diff => difference(config),
    }
}

/// What reading the file again would change.
pub(super) fn plan(config: &Config, keyring: &Keyring) -> Answer {
    let (new, mut report) = config.origin.read();
    if !report.is_fatal()
        && let Err(why) = keyring.read(&new)
    {
        report.faults.push(Fault::error(format!("TLS: {why}")));
    }
    if report.is_fatal() {
        return checked(&report);
    }
    let plan = compare(config, new);
    let mut data = about(&report);
    if let Some(data) = data.as_object_mut() {
        data.insert("changed".into(), json!(plan.changed));
        data.insert("waiting".into(), json!(plan.waiting));
        data.insert("applied".into(), false.into());
    }
    Answer::ok(data)
}

fn checked(report: &Report) -> Answer {
    let data = about(report);
    if !report.is_fatal() {
        return Answer::ok(data);
    }
    let text = format!("The configuration has faults: {}", report.summary());
    Answer::failed(Code::BadConfig, text, Vec::new()).with(data)
}

/// What is to be said about a file.
fn about(report: &Report) -> Value {
    let faults = report.faults.iter().map(|fault| {
        json!({
            "weight": match fault.weight {
                Weight::Error => "error",
                Weight::Warning => "warning",
            },
            "line": fault.place.map(|place| place.line),
            "column": fault.place.map(|place| place.column),
            "text": fault.text,
        })
    });
    json!({
        "file": report.file.as_ref().map(|file| file.display().to_string()),
        "errors": report.count(Weight::Error),
        "warnings": report.count(Weight::Warning),
        "faults": faults.collect::<Vec<Value>>(),
    })
}

/// Every key that has another value in the file.
fn difference(config: &Config) -> Answer {
    let (new, report) = config.origin.read();
    if report.is_fatal() {
        return checked(&report);
    }
    let (old_values, new_values) = (shown(config), shown(&new));
    let plan = compare(config, new);
    let value = |values: &[Shown], key: &str| {
        let found = values.iter().find(|shown| shown.key == key);
        found.map_or(Value::Null, |shown| shown.value.clone())
    };
    let keys = plan.changed.iter().chain(&plan.waiting);
    let rows = keys.map(|key| {
        json!({
            "key": key,
            "now": value(&old_values, key),
            "file": value(&new_values, key),
            "restart": needs_restart(key),
        })
    });
    Answer::ok(rows.collect())
}

fn described(key: &Shown) -> Value {
    json!({"key": key.key, "value": key.value, "default": key.is_default})
}
