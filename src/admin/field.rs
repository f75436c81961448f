//! Fields of an answer's data; what is absent or of another kind counts as empty.

use crate::proto::sanitise;
use serde_json::Value;

/// A text of an object; empty if it is absent. Tables clean it.
pub(super) fn word(object: &Value, key: &str) -> String {
    object
        .get(key)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

/// A text of an object made harmless.
pub(super) fn clean(object: &Value, key: &str) -> String {
    sanitise::text(&word(object, key)).into_owned()
}

/// The texts of a list; empty if it is absent.
pub(super) fn words(object: &Value, key: &str) -> Vec<String> {
    let items = object
        .get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    items.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// A number of an object; 0 if it is absent.
pub(super) fn number(object: &Value, key: &str) -> u64 {
    object.get(key).and_then(Value::as_u64).unwrap_or(0)
}
