//! Keys about accounts: logging in, registering, being present.

use crate::config::form::Form;
use crate::config::keys::Row;

/// Their rows.
pub(super) const KEYS: &[Row] = &[
    Row {
        path: "accounts.enabled",
        form: Form::Truth(|c| &mut c.accounts.enabled),
        default: "true",
        help: "Whether there are accounts.",
    },
    Row {
        path: "accounts.required",
        form: Form::Truth(|c| &mut c.accounts.required),
        default: "false",
        help: "Whether nobody is let in without an account.",
    },
    Row {
        path: "accounts.sasl",
        form: Form::Mechanisms(|c| &mut c.accounts.sasl),
        default: "[PLAIN, SCRAM-SHA-256, EXTERNAL]",
        help: "Ways to log in; EXTERNAL is offered where TLS is spoken.",
    },
    Row {
        path: "accounts.reauthentication",
        form: Form::Truth(|c| &mut c.accounts.reauthentication),
        default: "true",
        help: "Whether one who has arrived may log in, again or as somebody else.",
    },
    Row {
        path: "accounts.clear_passwords",
        form: Form::Truth(|c| &mut c.accounts.clear_passwords),
        default: "false",
        help: "Whether passwords are taken over connections in clear that do not come from this host.",
    },
    Row {
        path: "accounts.hash_cost",
        form: Form::Choice(|c| &mut c.accounts.hash_cost),
        default: "normal",
        help: "Cost of hashing passwords; test is the cheapest, and no protection if the data is stolen.",
    },
    Row {
        path: "accounts.max_password_bytes",
        form: Form::Count(|c| &mut c.accounts.max_password_bytes, 16, 4096),
        default: "1024",
        help: "Bytes of a password.",
    },
    Row {
        path: "accounts.login_throttle.failures",
        form: Form::MaybeNumber(|c| &mut c.accounts.login_throttle.failures, 1, 10_000),
        default: "5",
        help: "Failed logins before a pause; null here, or for the whole section: there are no pauses.",
    },
    Row {
        path: "accounts.login_throttle.wait",
        form: Form::Time(|c| &mut c.accounts.login_throttle.wait),
        default: "30s",
        help: "First pause; each further failure doubles it.",
    },
    Row {
        path: "accounts.login_throttle.max",
        form: Form::Time(|c| &mut c.accounts.login_throttle.max),
        default: "15m",
        help: "Longest pause.",
    },
    Row {
        path: "accounts.default_user_modes",
        form: Form::Text(|c| &mut c.accounts.default_user_modes),
        default: "none",
        help: "Modes that a user gets by logging in, like +i or +RT.",
    },
    Row {
        path: "accounts.registration.enabled",
        form: Form::Truth(|c| &mut c.accounts.registration.enabled),
        default: "true",
        help: "Whether people may register; if not, chat admin accounts create does it.",
    },
    Row {
        path: "accounts.registration.before_connect",
        form: Form::Truth(|c| &mut c.accounts.registration.before_connect),
        default: "true",
        help: "Whether they may do so before they arrive.",
    },
    Row {
        path: "accounts.registration.require_email",
        form: Form::Truth(|c| &mut c.accounts.registration.require_email),
        default: "false",
        help: "Whether an address must be given. It is kept for the operator; the server sends no mail and does not check it.",
    },
    Row {
        path: "accounts.registration.custom_name",
        form: Form::Truth(|c| &mut c.accounts.registration.custom_name),
        default: "false",
        help: "Whether an account may be called other than the nick of who registers it.",
    },
    Row {
        path: "accounts.multiclient",
        form: Form::Truth(|c| &mut c.accounts.multiclient),
        default: "true",
        help: "Whether one account may be present with several devices, as one user.",
    },
    Row {
        path: "accounts.always_on",
        form: Form::Choice(|c| &mut c.accounts.always_on),
        default: "opt-in",
        help: "Whether an account stays present without a device.",
    },
    Row {
        path: "accounts.nick_reservation",
        form: Form::Choice(|c| &mut c.accounts.nick_reservation),
        default: "strict",
        help: "Who may use a registered nick. strict: its owner; optional: others too, who are told so; none: anyone.",
    },
];
