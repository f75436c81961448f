//! Files by QUIC, where the configuration wants it (`files.udp`): on the numbers of the doors, but by UDP. Each stream
//! carries one request for files and its answer, served as over TCP.
//!
//! A connection counts as a guest and among those from its address. How many there are, how many streams each has, and
//! what may wait in each, is bounded. Before anything is counted, a sender shows that the address is its own.

use crate::both::Both;
use crate::server::log;
use crate::server::tls::keyring::Keyring;
use crate::server::tls::terms::Terms;
use crate::server::web::clock::Clock;
use crate::server::web::motion::{Motion, Patience, Patient, SOON, STALLED};
use crate::server::web::word::{Ticket, Word};
use crate::server::web::{BUFFER, Body, HEADERS, House, Leave, PATIENCE, Visitor, route};
use crate::server::world::address::in_source;
use crate::server::world::event::Peer;
use async_channel::Receiver;
use async_std::future::timeout;
use async_std::task;
use futures_lite::future::or;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use quinn::{
    AsyncStdRuntime, Connection, Endpoint, EndpointConfig, RecvStream, SendStream, ServerConfig,
    TransportConfig, VarInt,
};
use smol_hyper::rt::FuturesIo;
use socket2::{Domain, Protocol, Socket, Type};
use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Streams of one connection at once.
const STREAMS: u32 = 8;
/// Most bytes of one connection, be it in one stream or in several, that wait to be taken.
const WINDOW: u32 = 512 * 1024;
/// Most bytes of one connection that wait to be acknowledged.
const SENDING: u64 = 1024 * 1024;
/// Longest silence of a connection, in milliseconds.
const SILENCE_MS: u32 = 30_000;
/// Longest rest between two requests.
const REST: Duration = Duration::from_secs(60);
/// Connections that have begun and are not known yet.
const BEGUN: usize = 64;

/// What answers now; the floor changes it with the configuration.
#[derive(Debug, Clone)]
pub(in crate::server) struct Current(Arc<Mutex<Arc<House>>>);

impl Current {
    pub(in crate::server) fn new(house: Arc<House>) -> Self {
        Self(Arc::new(Mutex::new(house)))
    }

    /// This answers from now on.
    pub(in crate::server) fn set(&self, house: &Arc<House>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Arc::clone(house);
    }

    fn house(&self) -> Arc<House> {
        Arc::clone(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The doors by UDP.
#[derive(Debug, Default)]
pub(in crate::server) struct Udp(Vec<Endpoint>);

impl Udp {
    /// Opens one beside each door, if files come by UDP. What cannot be opened is told; files go by TCP in any case.
    pub(in crate::server) fn open(
        doors: &[SocketAddr],
        keyring: &Keyring,
        current: &Current,
    ) -> Self {
        let house = current.house();
        let config = &house.config;
        if !config.files.udp || !config.files.enabled {
            return Self::default();
        }
        let terms = match keyring.quic(config) {
            Ok(terms) => with_limits(terms),
            Err(why) => {
                log::error(format_args!("Files go by TCP alone: {why}"));
                return Self::default();
            }
        };
        let mut endpoints = Vec::new();
        for address in doors {
            match bind(*address, terms.clone()) {
                Ok(endpoint) => {
                    let accepting = accept(endpoint.clone(), current.clone(), house.stay.clone());
                    task::spawn(accepting);
                    endpoints.push(endpoint);
                }
                Err(why) => log::error(format_args!(
                    "Files go by TCP alone at {address}: UDP cannot be had there: {why}"
                )),
            }
        }
        Self(endpoints)
    }

    /// Secures those who come from now on by these terms.
    pub(in crate::server) fn secure(&self, terms: &Terms) {
        match terms.quic().map(with_limits) {
            Ok(terms) => {
                for endpoint in &self.0 {
                    endpoint.set_server_config(Some(terms.clone()));
                }
            }
            Err(why) => log::error(format_args!("UDP keeps its certificate: {why}")),
        }
    }
}

fn with_limits(mut terms: ServerConfig) -> ServerConfig {
    let mut transport = TransportConfig::default();
    transport
        .max_concurrent_bidi_streams(VarInt::from_u32(STREAMS))
        .max_concurrent_uni_streams(VarInt::from_u32(0))
        .max_idle_timeout(Some(VarInt::from_u32(SILENCE_MS).into()))
        .datagram_receive_buffer_size(None)
        .stream_receive_window(VarInt::from_u32(WINDOW))
        .receive_window(VarInt::from_u32(WINDOW))
        .send_window(SENDING);
    terms
        .transport_config(Arc::new(transport))
        .migration(false)
        .max_incoming(BEGUN)
        .incoming_buffer_size(64 * 1024)
        .incoming_buffer_size_total(1024 * 1024);
    terms
}

/// Another process that takes over opens the same number while this one still has it.
fn bind(address: SocketAddr, terms: ServerConfig) -> io::Result<Endpoint> {
    let domain = Domain::for_address(address);
    let socket = Socket::new(
        domain,
        Type::DGRAM.nonblocking().cloexec(),
        Some(Protocol::UDP),
    )?;
    if let IpAddr::V6(v6) = address.ip() {
        socket.set_only_v6(!v6.is_unspecified())?;
    }
    socket.set_reuse_port(true)?;
    socket.bind(&address.into())?;
    let config = EndpointConfig::default();
    Endpoint::new(
        config,
        Some(terms),
        UdpSocket::from(socket),
        Arc::new(AsyncStdRuntime),
    )
}

/// Takes those in who come, until no more are to come.
async fn accept(endpoint: Endpoint, current: Current, stay: Receiver<Infallible>) {
    loop {
        let next = or(async { endpoint.accept().await }, async {
            let _ = stay.recv().await;
            None
        });
        let Some(incoming) = next.await else {
            return;
        };
        if !incoming.remote_address_validated() {
            // It comes again, with the proof. A forged address would else take the places of those whose it is.
            let _ = incoming.retry();
            continue;
        }
        let house = current.house();
        task::spawn(async move {
            let address = incoming.remote_address();
            let Some(leave) = enter(&house, address).await else {
                return incoming.refuse();
            };
            let Ok(connecting) = incoming.accept() else {
                return;
            };
            if let Ok(Ok(connection)) = timeout(PATIENCE, connecting).await {
                attend(connection, address, &house).await;
            }
            drop(leave);
        });
    }
}

/// Asks the shard whether one more may come in from there; what it returns says goodbye when it is dropped.
async fn enter(house: &House, address: SocketAddr) -> Option<Leave> {
    let (reply, answer) = async_channel::bounded(1);
    let words = house.words.clone();
    words.try_send(Word::Knock { address, reply }).ok()?;
    let ticket: Ticket = answer.recv().await.ok()?;
    Some(Leave { ticket, words })
}

/// Serves the streams of one connection.
async fn attend(connection: Connection, address: SocketAddr, house: &Arc<House>) {
    let visitor = Arc::new(visitor(address));
    let (busy, motion) = (Arc::new(AtomicUsize::new(0)), Motion::default());
    loop {
        let asked = timeout(REST, connection.accept_bi());
        let next = or(async { Some(asked.await) }, async {
            let _ = house.stay.recv().await;
            None
        });
        match next.await {
            Some(Ok(Ok((send, receive)))) => {
                busy.fetch_add(1, Ordering::SeqCst);
                let (busy, house, visitor) =
                    (Arc::clone(&busy), Arc::clone(house), Arc::clone(&visitor));
                let motion = motion.clone();
                task::spawn(async move {
                    serve(send, receive, &house, &visitor, motion).await;
                    busy.fetch_sub(1, Ordering::SeqCst);
                });
            }
            // Somebody still fetches something.
            Some(Err(_)) if busy.load(Ordering::SeqCst) > 0 => {}
            Some(Ok(Err(_)) | Err(_)) => break,
            None => {
                finish(&connection, &busy, &motion).await;
                break;
            }
        }
    }
    connection.close(VarInt::from_u32(0), b"");
}

/// What was begun is answered, as long as the other side takes it.
async fn finish(connection: &Connection, busy: &AtomicUsize, motion: &Motion) {
    let answered = async {
        while busy.load(Ordering::SeqCst) > 0 && connection.close_reason().is_none() {
            task::sleep(Duration::from_millis(100)).await;
        }
    };
    or(answered, motion.rests(SOON)).await;
}

fn visitor(address: SocketAddr) -> Visitor {
    let ip = address.ip().to_canonical();
    Visitor {
        peer: Peer {
            host: in_source(ip),
            address: SocketAddr::new(ip, address.port()).to_string(),
            ip: Some(ip),
            secured: None,
            via: None,
            is_web: false,
        },
        is_tls: true,
        is_for_chat_only: false,
    }
}

/// One request and its answer.
async fn serve(
    send: SendStream,
    receive: RecvStream,
    house: &House,
    visitor: &Visitor,
    motion: Motion,
) {
    let thinking = motion.clone();
    let answered = service_fn(|request: Request<Incoming>| async {
        let _thought = thinking.answer();
        let answer = route::answer_files(request, visitor, house).await;
        Ok::<Response<Body>, Infallible>(answer)
    });
    let mut server = http1::Builder::new();
    server
        .timer(Clock)
        .keep_alive(false)
        .header_read_timeout(PATIENCE)
        .max_buf_size(BUFFER)
        .max_headers(HEADERS);
    let taken = send.stopped();
    let both = Both::new(receive, send, ());
    let patient = Patient::new(both, Patience::new(STALLED, motion));
    // Whoever speaks no HTTP has been told so by hyper.
    let served = server
        .serve_connection(FuturesIo::new(patient), answered)
        .await;
    // The last bytes of an answer are still on their way.
    if served.is_ok() {
        let _ = timeout(STALLED, taken).await;
    }
}
