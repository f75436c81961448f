//! Who asks over the admin socket, and what role the configuration gives them.

use crate::config::admin::Admin;
use crate::config::oper::Role;
use crate::server::world::event::{Officer, Origin};

/// Who asks over the admin socket, as the system knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    pub name: Box<str>,
    pub uid: u32,
    pub pid: i32,
    /// Names of their groups.
    pub groups: Vec<Box<str>>,
    pub standing: Standing,
}

/// Why somebody may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is their server, or they are root.
    Owner,
    /// They are of the group that the configuration names; their role stands there, too.
    Guest,
}

impl Caller {
    /// Them as an operator. A row of their own counts before those of their groups, of which the highest counts.
    pub fn officer(&self, admin: &Admin) -> Officer {
        Officer {
            name: self.name.clone(),
            role: self.role(admin),
            from: Origin::Socket {
                uid: self.uid,
                pid: self.pid,
            },
        }
    }

    fn role(&self, admin: &Admin) -> Role {
        if self.standing == Standing::Owner {
            return Role::Admin;
        }
        let of = |name: &str| admin.roles.get(name).copied();
        let own = of(&self.name).or_else(|| of(&self.uid.to_string()));
        let groups = self
            .groups
            .iter()
            .filter_map(|group| of(&format!("@{group}")));
        own.or_else(|| groups.max()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_own_row_counts_then_the_highest_of_the_groups_then_viewer() {
        let mut admin = Admin::default();
        for (name, role) in [
            ("@wheel", Role::Admin),
            ("@staff", Role::Moderator),
            ("eve", Role::Moderator),
            ("7", Role::Admin),
        ] {
            admin.roles.insert(name.into(), role);
        }
        let role = |name: &str, uid, groups: &[&str]| {
            let caller = Caller {
                name: name.into(),
                uid,
                pid: 1,
                groups: groups.iter().map(|group| (*group).into()).collect(),
                standing: Standing::Guest,
            };
            caller.officer(&admin).role
        };
        assert_eq!(role("eve", 1, &["wheel"]), Role::Moderator);
        assert_eq!(role("bob", 7, &[]), Role::Admin);
        assert_eq!(role("bob", 1, &["staff", "wheel"]), Role::Admin);
        assert_eq!(role("bob", 1, &["users"]), Role::Viewer);
    }
}
