//! What each verb of the operator's needs: one table for the admin socket, for sessions and for the audit.

use crate::admin::command::accounts::Accounts;
use crate::admin::command::files::Files;
use crate::admin::command::look::Show;
use crate::admin::command::service::ConfigAct;
use crate::admin::command::{Answer, Code, Command};
use crate::config::oper::Role;
use crate::server::command::admin::{govern, moderate};
use crate::server::world::event::{Officer, Origin};

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
        | Command::Files(Files::List { .. })
        | Command::Accounts(
            Accounts::List { .. } | Accounts::Show { .. } | Accounts::Sessions { .. },
        ) => Role::Viewer,
        Command::Kick(_) | Command::Broadcast(_) | Command::Files(Files::Rm { .. }) => {
            Role::Moderator
        }
        Command::Files(Files::Gc { .. } | Files::Verify | Files::Import { .. }) => Role::Admin,
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
        Command::Files(act) => !act.is_question(),
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
        Command::Show(Show::File { .. }) => "show file",
        Command::Accounts(act) => account_verb(act),
        Command::Files(act) => file_verb(act),
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

fn file_verb(act: &Files) -> &'static str {
    match act {
        Files::List { .. } => "files list",
        Files::Rm { .. } => "files rm",
        Files::Gc { .. } => "files gc",
        Files::Verify => "files verify",
        Files::Import { .. } => "files import",
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

/// Whether it names a file of this machine, which the server would read or write, or run.
fn names_a_file(command: &Command) -> bool {
    match command {
        Command::Backup(_) | Command::Upgrade(_) | Command::Files(Files::Import { .. }) => true,
        Command::Verify(asked) => asked.file.is_some(),
        Command::Config(act) => matches!(act, ConfigAct::Check { file: Some(_) }),
        _ => false,
    }
}

/// Whoever may say what the server's process reads, writes or runs may do all that its user may: its user
/// `owner`, and root.
fn is_owner(by: &Officer, owner: u32) -> bool {
    match by.from {
        Origin::Socket { uid, .. } => uid == 0 || uid == owner,
        Origin::Session(_) => false,
    }
}

/// Whether `by` may have this done by the server of the user `owner`; if not, the answer to that.
pub fn check(command: &Command, by: &Officer, owner: u32) -> Result<(), Answer> {
    if by.role >= needs(command) {
        return match names_a_file(command) && !is_owner(by, owner) {
            true => {
                let text = "Not allowed: only who runs the server, and root, say what it reads, writes and runs";
                Err(Answer::failed(Code::NotAllowed, text, Vec::new()))
            }
            false => Ok(()),
        };
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
    use crate::admin::command::backup::{Backup, Verify};
    use crate::admin::command::people::Kick;
    use crate::server::world::event::SessionId;

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
        let denied = check(&kick, &eve(Role::Viewer), 7).unwrap_err();
        let failure = denied.error.unwrap();
        assert_eq!(failure.code, Code::NotAllowed);
        assert_eq!(failure.code.exit().code(), 4);
        assert_eq!(
            failure.text,
            "Not allowed: you are eve (uid 1001); role \"viewer\" can list, not kick."
        );
        assert!(check(&kick, &eve(Role::Moderator), 7).is_ok());
        assert!(check(&Command::Status, &eve(Role::Viewer), 7).is_ok());
    }

    #[test]
    fn only_the_highest_role_stops_the_server() {
        let stop = Command::Stop {
            within: None,
            now: false,
        };
        assert!(check(&stop, &eve(Role::Moderator), 7).is_err());
        assert!(check(&stop, &eve(Role::Admin), 7).is_ok());
    }

    #[test]
    fn only_who_runs_the_server_names_files_on_its_machine() {
        let backup = Command::Backup(Backup {
            file: "/srv/chat/.profile".into(),
            force: true,
        });
        let copy = Some("/etc/shadow".to_owned());
        let check_file = ConfigAct::Check {
            file: Some("/etc/shadow".into()),
        };
        let session = SessionId {
            index: 1,
            generation: 1,
        };
        let online = Officer {
            from: Origin::Session(session),
            ..eve(Role::Admin)
        };
        for wanted in [
            backup,
            Command::Verify(Verify { file: copy }),
            Command::Config(check_file),
        ] {
            let refused = check(&wanted, &eve(Role::Admin), 7).unwrap_err();
            assert_eq!(refused.error.unwrap().code, Code::NotAllowed);
            assert!(check(&wanted, &online, 7).is_err());
            assert!(check(&wanted, &eve(Role::Admin), 1001).is_ok());
        }
        let stored = Command::Verify(Verify { file: None });
        assert!(check(&stored, &online, 7).is_ok());
    }
}
