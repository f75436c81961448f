//! The JSON of `chat admin accounts …`, `inbox` and `verify`.

use crate::accounts::{home, log_in};
use crate::schema::{Form, all_have, data, must_have};
use serde_json::Value;

const ACCOUNT: Form = &[
    ("name", "text"),
    ("online", "bool"),
    ("sessions", "number"),
    ("created", "text"),
    ("disabled", "text|null"),
    ("rooms", "number"),
    ("unread", "number"),
    ("blocked_s", "number|null"),
];
const MORE: Form = &[
    ("id", "number"),
    ("email", "text|null"),
    ("always_on", "bool|null"),
    ("has_password", "bool"),
    ("belongs_to", "list"),
    ("founded", "list"),
    ("unread_bytes", "number"),
    ("silenced", "number"),
    ("metadata", "number"),
    ("blocked", "list"),
    ("devices", "list"),
];
pub(crate) const BLOCKED: Form = &[
    ("from", "text"),
    ("failures", "number"),
    ("left_s", "number"),
];
const SESSION: Form = &[
    ("id", "text"),
    ("name", "text|null"),
    ("address", "text"),
    ("idle_s", "number"),
    ("connected_s", "number"),
    ("since", "text"),
];
const INBOX: Form = &[
    ("account", "text"),
    ("messages", "number"),
    ("most_messages", "number"),
    ("bytes", "number"),
    ("most_bytes", "number"),
    ("senders", "number"),
    ("oldest", "text|null"),
];

#[test]
fn each_verb_about_accounts_answers_in_json_of_a_fixed_form() {
    let home = home();
    let server = home.serve(&[]);
    let json = |words: &[&str]| data(&home.run(&[&["admin", "--json"], words].concat()));
    let with = |words: &[&str]| {
        data(&home.run_with(&[&["admin", "--json"], words].concat(), "correct horse\n"))
    };
    assert_eq!(json(&["accounts", "list"]), Value::Array(Vec::new()));
    let created = with(&["accounts", "create", "ann"]);
    must_have(&created, &[("created", "text"), ("id", "number")]);
    let (_ann, outcome) = log_in(&server, "ann", "correct horse");
    assert_eq!(outcome, "in");
    all_have(&json(&["accounts", "list"]), ACCOUNT);
    let shown = json(&["accounts", "show", "ann"]);
    must_have(&shown, ACCOUNT);
    must_have(&shown, MORE);
    all_have(&shown["devices"], SESSION);
    all_have(&json(&["accounts", "sessions", "ann"]), SESSION);
    must_have(&json(&["inbox", "ann"]), INBOX);
    must_have(
        &with(&["accounts", "passwd", "ann"]),
        &[("changed", "text"), ("sessions", "number")],
    );
    must_have(
        &json(&["accounts", "disable", "ann"]),
        &[
            ("disabled", "text"),
            ("reason", "text"),
            ("sessions", "number"),
        ],
    );
    must_have(
        &json(&["accounts", "enable", "ann"]),
        &[("enabled", "text"), ("was_disabled", "text")],
    );
    must_have(
        &json(&["accounts", "unblock", "ann"]),
        &[("unblocked", "text"), ("networks", "number")],
    );
    must_have(
        &json(&["accounts", "delete", "ann", "--yes"]),
        &[
            ("deleted", "text"),
            ("sessions", "number"),
            ("founded", "list"),
        ],
    );
    let status = json(&["status"]);
    assert_eq!(status["accounts"], 0);
    must_have(&json(&["verify"]), &[("kind", "text"), ("damaged", "list")]);
    for (words, code) in [
        (&["accounts", "show", "ann"][..], "no_such_account"),
        (&["inbox", "ann"], "no_such_account"),
    ] {
        let ran = home.run(&[&["admin", "--json"], words].concat());
        data(&ran);
        assert_eq!(ran.json()["error"]["code"], code);
    }
    let ran = home.run_with(&["admin", "--json", "accounts", "create", "ann"], "short\n");
    data(&ran);
    assert_eq!(ran.json()["error"]["code"], "bad_password");
}
