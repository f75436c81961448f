//! Keys for the people who run the server: operators, the admin socket, the log.

use crate::config::form::Form;
use crate::config::keys::Row;

/// Their rows.
pub(super) const KEYS: &[Row] = &[
    Row {
        path: "opers[].name",
        form: Form::Oper("a word"),
        default: "none",
        help: "Name of an operator of the server, for OPER.",
    },
    Row {
        path: "opers[].password",
        form: Form::Oper("an argon2 PHC string, or text"),
        default: "null",
        help: "Password of the operator; text is taken with a warning.",
    },
    Row {
        path: "opers[].account",
        form: Form::Oper("text or null"),
        default: "null",
        help: "Account of the operator: whoever is logged in to it needs no password for OPER, and may use ADMIN.",
    },
    Row {
        path: "opers[].hosts",
        form: Form::Oper("a list of masks"),
        default: "[]",
        help: "Where the operator may come from, like ann@10.0.0.* or localhost; none: anywhere.",
    },
    Row {
        path: "opers[].role",
        form: Form::Oper("viewer, moderator or admin"),
        default: "viewer",
        help: "What the operator may do: see more; also remove people and speak to all; everything.",
    },
    Row {
        path: "admin.socket",
        form: Form::MaybePath(|c| &mut c.admin.socket),
        default: "found by rule",
        help: "Path of the socket for chat admin; see chat-admin(1).",
    },
    Row {
        path: "admin.group",
        form: Form::MaybeText(|c| &mut c.admin.group),
        default: "null",
        help: "Group of the system whose members may use the admin socket, too.",
    },
    Row {
        path: "admin.roles",
        form: Form::Roles(|c| &mut c.admin.roles),
        default: "{}",
        help: "What each of them may do, like ann: moderator or \"@wheel\": admin; else viewer.",
    },
    Row {
        path: "admin.audit",
        form: Form::Truth(|c| &mut c.admin.audit),
        default: "true",
        help: "Whether what operators do is recorded in audit.log of the data directory.",
    },
    Row {
        path: "log.level",
        form: Form::Choice(|c| &mut c.log.level),
        default: "info",
        help: "How much is logged.",
    },
    Row {
        path: "log.target",
        form: Form::Target(|c| &mut c.log.target),
        default: "stderr",
        help: "Where the log goes; a file is opened anew when the configuration is read again.",
    },
    Row {
        path: "log.format",
        form: Form::Choice(|c| &mut c.log.format),
        default: "text",
        help: "How the log is written: lines of text, or one JSON object per line with time, level and text.",
    },
];
