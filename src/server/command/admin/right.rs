//! What each verb of the operator's needs: one table for the admin socket, for sessions and for the audit.

use crate::admin::command::accounts::Accounts;
use crate::admin::command::look::Show;
use crate::admin::command::service::ConfigAct;
use crate::admin::command::{Answer, Code, Command};
use crate::config::oper::Role;
use crate::server::command::admin::{govern, moderate};
use crate::server::world::event::Officer;

/// The lowest role that may have this done.
pub fn needs(command: &Command) -> Role {
    match command {
        Command::List(_)
        | Command::Rooms(_)
        | Command::Show(_)
        | Command::Stats(_)
        | Command::Top(_)
        | Command::Inbox { .. }
        | Command::Status
        | Command::Audit(_)
        | Command::Accounts(
            Accounts::List { .. } | Accounts::Show { .. } | Accounts::Sessions { .. },
        ) => Role::Viewer,
        Command::Kick(_) | Command::Broadcast(_) => Role::Moderator,
        Command::Moderate(act) => moderate::needs(act),
        Command::Govern(act) => govern::needs(act),
        Command::Doctor => Role::Viewer,
        Command::Log(_)
        | Command::Config(_)
        | Command::Reload(_)
        | Command::Drain(_)
        | Command::Undrain => Role::Admin,
        Command::Accounts(
            Accounts::Create { .. }
            | Accounts::Passwd { .. }
            | Accounts::Enable { .. }
            | Accounts::Disable { .. }
            | Accounts::Delete { .. }
            | Accounts::Unblock { .. },
        )
        | Command::Verify(_)
        | Command::Backup(_)
        | Command::Upgrade(_)
        | Command::Stop { .. } => Role::Admin,
    }
}

/// Whether it changes or discloses something, so that it is recorded before it is done.
pub fn is_act(command: &Command) -> bool {
    match command {
        Command::Kick(_)
        | Command::Broadcast(_)
        | Command::Verify(_)
        | Command::Backup(_)
        | Command::Upgrade(_)
        | Command::Drain(_)
        | Command::Undrain
        | Command::Stop { .. } => true,
        Command::Reload(reload) => !reload.dry_run,
        Command::Log(_) | Command::Config(_) | Command::Doctor => false,
        Command::Accounts(act) => !act.is_question(),
        Command::Moderate(act) => !act.is_question(),
        Command::Govern(act) => !act.is_question(),
        Command::List(_)
        | Command::Rooms(_)
        | Command::Show(_)
        | Command::Stats(_)
        | Command::Top(_)
        | Command::Inbox { .. }
        | Command::Status
        | Command::Audit(_) => false,
    }
}

/// Its words, as they are typed.
pub fn verb(command: &Command) -> &'static str {
    match command {
        Command::List(_) => "list",
        Command::Kick(_) => "kick",
        Command::Broadcast(_) => "broadcast",
        Command::Rooms(_) => "rooms",
        Command::Show(Show::User { .. }) => "show user",
        Command::Show(Show::Room { .. }) => "show room",
        Command::Stats(_) => "stats",
        Command::Top(_) => "top",
        Command::Accounts(act) => account_verb(act),
        Command::Moderate(act) => act.verb(),
        Command::Govern(act) => act.verb(),
        Command::Inbox { .. } => "inbox",
        Command::Verify(_) => "verify",
        Command::Backup(_) => "backup",
        Command::Upgrade(_) => "upgrade",
        Command::Status => "status",
        Command::Log(_) => "log",
        Command::Config(ConfigAct::Check { .. }) => "config check",
        Command::Config(ConfigAct::Show { .. }) => "config show",
        Command::Config(ConfigAct::Diff) => "config diff",
        Command::Reload(_) => "reload",
        Command::Drain(_) => "drain",
        Command::Undrain => "undrain",
        Command::Doctor => "doctor",
        Command::Audit(_) => "audit",
        Command::Stop { .. } => "stop",
    }
}

fn account_verb(act: &Accounts) -> &'static str {
    match act {
        Accounts::List { .. } => "accounts list",
        Accounts::Show { .. } => "accounts show",
        Accounts::Sessions { .. } => "accounts sessions",
        Accounts::Create { .. } => "accounts create",
        Accounts::Passwd { .. } => "accounts passwd",
        Accounts::Enable { .. } => "accounts enable",
        Accounts::Disable { .. } => "accounts disable",
        Accounts::Delete { .. } => "accounts delete",
        Accounts::Unblock { .. } => "accounts unblock",
    }
}

/// Whether `by` may have this done; if not, the answer to that.
pub fn check(command: &Command, by: &Officer) -> Result<(), Answer> {
    if by.role >= needs(command) {
        return Ok(());
    }
    let (role, verb) = (by.role.name(), verb(command));
    let can = match by.role {
        Role::Viewer => "list",
        Role::Moderator | Role::Admin => "kick",
    };
    let text = format!("Not allowed: you are {by}; role \"{role}\" can {can}, not {verb}.");
    Err(Answer::failed(Code::NotAllowed, text, Vec::new()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::admin::command::people::Kick;
    use crate::server::world::event::Origin;

    fn eve(role: Role) -> Officer {
        Officer {
            name: "eve".into(),
            role,
            from: Origin::Socket { uid: 1001, pid: 7 },
        }
    }

    #[test]
    fn a_viewer_is_told_who_they_are_and_what_they_can() {
        let kick = Command::Kick(Kick {
            names: vec!["bob".into()],
            ..Kick::default()
        });
        let denied = check(&kick, &eve(Role::Viewer)).unwrap_err();
        let failure = denied.error.unwrap();
        assert_eq!(failure.code, Code::NotAllowed);
        assert_eq!(failure.code.exit().code(), 4);
        assert_eq!(
            failure.text,
            "Not allowed: you are eve (uid 1001); role \"viewer\" can list, not kick."
        );
        assert!(check(&kick, &eve(Role::Moderator)).is_ok());
        assert!(check(&Command::Status, &eve(Role::Viewer)).is_ok());
    }

    #[test]
    fn only_the_highest_role_stops_the_server() {
        let stop = Command::Stop {
            within: None,
            now: false,
        };
        assert!(check(&stop, &eve(Role::Moderator)).is_err());
        assert!(check(&stop, &eve(Role::Admin)).is_ok());
    }
}
