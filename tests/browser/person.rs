//! Somebody at the page of a server: how they come in, talk and listen.

use crate::process::Served;
use crate::window::{Window, key};
use std::ops::Deref;

/// One person at the page, in a window of their own.
pub(crate) struct Person {
    window: Window,
}

impl Deref for Person {
    type Target = Window;

    fn deref(&self) -> &Window {
        &self.window
    }
}

impl Person {
    /// Somebody who has the page before them and has not come in. `host` is a name of this machine: a browser keeps what
    /// belongs to one apart from what belongs to another, as if they were two people's browsers.
    pub(crate) fn before(server: &Served, host: &str) -> Self {
        let window = Window::at(&format!("http://{host}:{}/", server.port));
        window.until("document.querySelector('#signin-nick')?.checkVisibility()");
        Self { window }
    }

    /// Somebody who came in under this name.
    pub(crate) fn at(server: &Served, host: &str, nick: &str) -> Self {
        let person = Self::before(server, host);
        person.come_in(nick);
        person.sees("#lobby");
        person.until("document.querySelector('#composer-text')?.checkVisibility()");
        person
    }

    pub(crate) fn come_in(&self, nick: &str) {
        self.rewrite("#signin-nick", nick);
        self.click("#signin-enter");
    }

    /// Writes a line where one writes, and sends it.
    pub(crate) fn say(&self, text: &str) {
        self.write("#composer-text", text);
        self.chord(&[key::ENTER]);
    }
}
