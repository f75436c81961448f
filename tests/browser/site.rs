//! A server of the test's own making: its home, its configuration, its end and its return.

use crate::person::Person;
use crate::process::{Client, Home, Served};
use std::fs;
use std::os::unix::fs::PermissionsExt;

/// A server on a free port that it keeps over restarts.
pub(crate) struct Site {
    pub(crate) home: Home,
    pub(crate) server: Option<Served>,
    pub(crate) port: u16,
}

impl Site {
    /// A server with this configuration.
    pub(crate) fn new(yaml: &str) -> Self {
        let home = Home::new();
        let file = home.path().join("chat.yaml");
        fs::write(&file, yaml).expect("a file");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("a file of ours");
        let server = home.serve(&["--config", &file.to_string_lossy()]);
        let port = server.port;
        Self {
            home,
            server: Some(server),
            port,
        }
    }

    fn server(&self) -> &Served {
        self.server.as_ref().expect("it runs")
    }

    /// Ends the server as a power cut would.
    pub(crate) fn fall(&mut self) {
        self.server = None;
    }

    /// Starts it again, on the same port and with the same data.
    pub(crate) fn rise(&mut self) {
        let file = self.home.path().join("chat.yaml");
        let mut command = self.home.chat(&["serve", &self.port.to_string()]);
        command.args(["--config", &file.to_string_lossy()]);
        self.server = Some(Home::start(command));
    }

    /// Somebody with another program.
    pub(crate) fn client(&self, nick: &str) -> Client {
        self.server().client(nick)
    }

    /// Somebody at the page, under this name; the first and the second have browsers of their own.
    pub(crate) fn first(&self, nick: &str) -> Person {
        Person::at(self.server(), "127.0.0.1", nick)
    }

    pub(crate) fn second(&self, nick: &str) -> Person {
        Person::at(self.server(), "localhost", nick)
    }

    /// Somebody who has not come in yet.
    pub(crate) fn newcomer(&self) -> Person {
        Person::before(self.server(), "127.0.0.1")
    }
}
