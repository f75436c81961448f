//! The forms of JSON that programs may rely on.

use crate::process::Ran;
use serde_json::Value;

/// Fields of an object, each with the kinds that it may be of.
pub(crate) type Form = &'static [(&'static str, &'static str)];

const LINE: Form = &[("v", "number"), ("ok", "bool"), ("truncated", "bool")];
const ERROR: Form = &[("code", "text"), ("text", "text"), ("hint", "list")];
pub(crate) fn must_have(object: &Value, form: Form) {
    for (field, kinds) in form {
        let kind = match object.get(field) {
            None => "missing",
            Some(Value::Null) => "null",
            Some(Value::Bool(_)) => "bool",
            Some(Value::Number(number)) if number.is_u64() => "number",
            Some(Value::Number(_)) => "float",
            Some(Value::String(_)) => "text",
            Some(Value::Array(_)) => "list",
            Some(Value::Object(_)) => "object",
        };
        assert!(
            kinds.split('|').any(|allowed| allowed == kind),
            "{field} is {kind}: {object}"
        );
    }
}

/// The data of an answer whose frame is as it must be.
pub(crate) fn data(ran: &Ran) -> Value {
    let line = ran.json();
    must_have(&line, LINE);
    assert!(ran.out.starts_with("{\"v\":1,\"ok\":"), "{}", ran.out);
    assert_eq!(line.get("ok"), Some(&Value::Bool(ran.code == 0)));
    assert_eq!(line.get("error").is_some(), ran.code != 0);
    if let Some(error) = line.get("error") {
        must_have(error, ERROR);
    }
    line.get("data").cloned().unwrap_or_default()
}

pub(crate) fn all_have(list: &Value, form: Form) {
    let items = list.as_array().expect("a list");
    assert!(!items.is_empty());
    items.iter().for_each(|item| must_have(item, form));
}
