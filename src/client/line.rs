//! The way to the server, from one connection to the next.

use crate::client::link::{self, Listener, Speaker, Tidings};
use crate::client::tls::{Route, Tls};
use crate::client::transfer::Porter;
use async_channel::{Receiver, Sender, bounded};
use async_std::net::{Shutdown, TcpStream};
use async_std::task::{self, JoinHandle};
use jiff::Timestamp;
use std::sync::Arc;
use std::time::Duration;

/// Batches of lines that may wait for the socket: answers to what one read brought, or one typed line.
const MOST_UNSENT: usize = 256;
/// Tidings that may wait for the loop.
const MOST_TIDINGS: usize = 16;

/// The way to the server.
pub(super) struct Line {
    pub(super) route: Route,
    tls: Arc<Tls>,
    patience: Duration,
    /// For how many seconds from its end the server wants TLS alone.
    promise: Option<u64>,
    /// What comes from it.
    pub(super) tidings: Receiver<Tidings>,
    socket: Option<TcpStream>,
    /// What goes to it.
    unsent: Option<Sender<Vec<u8>>>,
    writer: Option<JoinHandle<()>>,
}

impl Line {
    /// A connection that has just been made.
    pub(super) fn new(
        route: Route,
        tls: Arc<Tls>,
        patience: Duration,
        made: (Listener, Speaker),
    ) -> Self {
        let (listener, speaker) = made;
        let (tell, tidings) = bounded(MOST_TIDINGS);
        task::spawn(link::read(listener, tell));
        let mut line = Self {
            route,
            tls,
            patience,
            promise: None,
            tidings,
            socket: None,
            unsent: None,
            writer: None,
        };
        line.speak_by(speaker);
        line
    }

    pub(super) fn speak_by(&mut self, speaker: Speaker) {
        let (unsent, lines) = bounded(MOST_UNSENT);
        // A writer that cannot go on closes the socket: its reader tells.
        let (tell, _) = bounded(1);
        self.writer = Some(task::spawn(link::write(speaker.writer, lines, tell)));
        self.unsent = Some(unsent);
        self.socket = Some(speaker.socket);
    }

    /// Somebody who carries files, believing whom this does.
    pub(super) fn porter(&self) -> Porter {
        Porter::new(Arc::clone(&self.tls), self.patience)
    }

    /// Connects once more; what comes of it is told later.
    pub(super) fn call(&mut self) {
        self.hang_up();
        let (tell, tidings) = bounded(MOST_TIDINGS);
        self.tidings = tidings;
        let (route, tls) = (self.route.clone(), Arc::clone(&self.tls));
        task::spawn(link::call(route, tls, self.patience, tell));
    }

    /// Connects once more, by TLS on this port.
    pub(super) fn upgrade(&mut self, port: u16) {
        self.hang_up();
        self.route = self.route.upgraded(port);
        self.call();
    }

    /// Has the connection closed once all is written. Nothing more is heard from it.
    pub(super) fn part(&mut self) {
        self.tidings = bounded(1).1;
        (self.unsent, self.writer, self.socket) = (None, None, None);
        let _ = self.keep_promise();
    }

    /// Closes the connection. Nothing more is heard from it.
    pub(super) fn hang_up(&mut self) {
        self.tidings = bounded(1).1;
        (self.unsent, self.writer) = (None, None);
        if let Some(socket) = self.socket.take() {
            let _ = socket.shutdown(Shutdown::Both);
        }
        let _ = self.keep_promise();
    }

    /// Notes for how long the server wants TLS alone: from now on, and again when the connection ends.
    pub(super) fn promise(&mut self, seconds: u64) -> Result<(), String> {
        self.promise = Some(seconds);
        self.keep_promise()
    }

    fn keep_promise(&self) -> Result<(), String> {
        let address = &self.route.address;
        let Some(seconds) = self.promise.filter(|_| !address.is_local()) else {
            return Ok(());
        };
        let (policies, now) = (&self.tls.policies, Timestamp::now());
        policies.note(&address.host, address.port, seconds, now)
    }

    /// Has bytes written; no, if too much waits already.
    pub(super) fn say(&self, bytes: Vec<u8>) -> bool {
        let unsent = self.unsent.as_ref();
        unsent.is_none_or(|unsent| unsent.try_send(bytes).is_ok())
    }

    /// Waits a little until all is written.
    pub(super) async fn finish(self) {
        let _ = self.keep_promise();
        drop(self.unsent);
        if let Some(writer) = self.writer {
            let _ = async_std::future::timeout(Duration::from_millis(200), writer).await;
        }
    }
}
