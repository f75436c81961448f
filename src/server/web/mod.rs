//! What browsers and other clients of HTTP get, on the ports where people chat.
//!
//! A connection that begins with a request leaves the shard and is served by a task of its own. One that
//! becomes a WebSocket goes back to the shard, where it is a session like any other.

mod assets;
pub(in crate::server) mod carrier;
mod clock;
pub(in crate::server) mod files;
mod join;
mod motion;
pub(in crate::server) mod page;
pub(in crate::server) mod quic;
mod route;
mod rules;
pub(in crate::server) mod word;

use crate::config::Config;
use crate::server::tls::tunnel::Tunnel;
use crate::server::web::carrier::Carrier;
use crate::server::web::clock::Clock;
use crate::server::web::files::Files;
use crate::server::web::join::Join;
use crate::server::web::motion::SOON;
use crate::server::web::word::{Ticket, Word};
use crate::server::world::event::Peer;
use async_channel::{Receiver, Sender};
use futures_lite::future::or;
use http_body_util::combinators::UnsyncBoxBody;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use rustix::fd::OwnedFd;
use smol_hyper::rt::FuturesIo;
use std::convert::Infallible;
use std::io;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Most bytes that hyper reads ahead: a head that is longer is answered with 431.
const BUFFER: usize = 16 * 1024;
/// Most header lines of a request.
const HEADERS: usize = 64;
/// Longest that the head of a request takes, and longest rest between two requests.
const PATIENCE: Duration = Duration::from_secs(10);

/// The content of an answer.
pub(in crate::server) type Body = UnsyncBoxBody<Bytes, io::Error>;

/// Who asks.
#[derive(Debug, Clone)]
pub(in crate::server) struct Visitor {
    pub(in crate::server) peer: Peer,
    /// Nobody between us can read along: TLS is spoken, here or by a proxy that vouches for it.
    pub(in crate::server) is_tls: bool,
    /// The door takes nothing but WebSocket.
    pub(in crate::server) is_for_chat_only: bool,
}

/// What answers need of the server; one whole for each connection, so that a request sees one configuration.
#[derive(Debug, Clone)]
pub(in crate::server) struct House {
    pub(in crate::server) config: Arc<Config>,
    /// Names in the server's certificates.
    pub(in crate::server) names: Arc<[String]>,
    /// To the shard.
    pub(in crate::server) words: Sender<Word>,
    /// The bytes of files, if there is a place for them.
    pub(in crate::server) files: Option<Arc<Files>>,
    /// Closed when no request is taken any more.
    pub(in crate::server) stay: Receiver<Infallible>,
}

/// A connection that has begun to speak HTTP.
#[derive(Debug)]
pub(in crate::server) struct Guest {
    pub(in crate::server) ticket: Ticket,
    pub(in crate::server) socket: OwnedFd,
    pub(in crate::server) tunnel: Option<Box<Tunnel>>,
    /// What it has said so far, deciphered.
    pub(in crate::server) said: Vec<u8>,
    pub(in crate::server) visitor: Visitor,
}

/// Serves a guest until it leaves, becomes a session, or no more is taken and all that was begun and moves is answered.
pub(in crate::server) fn receive(guest: Guest, house: Arc<House>) {
    async_std::task::spawn(async move {
        let leave = Leave {
            ticket: guest.ticket,
            words: house.words.clone(),
        };
        let Some(joined) = attend(guest, &house).await else {
            return;
        };
        // The shard counts it on.
        std::mem::forget(leave);
        let _ = house.words.try_send(Word::Joined(Box::new(joined)));
    });
}

/// Tells the shard that a guest is gone, however that came about.
#[derive(Debug)]
struct Leave {
    ticket: Ticket,
    words: Sender<Word>,
}

impl Drop for Leave {
    fn drop(&mut self) {
        let _ = self.words.try_send(Word::Left(self.ticket));
    }
}

async fn attend(guest: Guest, house: &Arc<House>) -> Option<word::Joined> {
    let Guest {
        ticket,
        socket,
        tunnel,
        said,
        visitor,
    } = guest;
    let carrier = Carrier::new(socket, tunnel, said).ok()?;
    let motion = carrier.motion();
    let visitor = Arc::new(visitor);
    let joins: Mutex<Option<Join>> = Mutex::new(None);
    {
        let answered = service_fn(|request: Request<Incoming>| async {
            let _thought = motion.answer();
            Ok::<Response<Body>, Infallible>(route::answer(request, &visitor, house, &joins).await)
        });
        let mut server = http1::Builder::new();
        server
            .timer(Clock)
            .header_read_timeout(PATIENCE)
            .max_buf_size(BUFFER)
            .max_headers(HEADERS);
        let served = server.serve_connection(FuturesIo::new(carrier), answered);
        let mut served = pin!(served.with_upgrades());
        let is_over = or(
            async {
                // Whoever speaks no HTTP has been told so by hyper.
                let _ = served.as_mut().await;
                true
            },
            async {
                let _ = house.stay.recv().await;
                false
            },
        );
        if !is_over.await {
            served.as_mut().graceful_shutdown();
            or(
                async {
                    let _ = served.await;
                },
                or(house.words.closed(), motion.rests(SOON)),
            )
            .await;
        }
    }
    let join = joins.into_inner().ok().flatten()?;
    join.finish(ticket, visitor.peer.clone()).await
}
