//! Files by QUIC, where the configuration wants it (`files.udp`): on the numbers of the doors, but by UDP. Each stream
//! carries one request for files and its answer, served as over TCP.
//!
//! A connection counts as a guest and among those from its address. How many there are, how many streams each has, and
//! what may wait in each, is bounded. Before anything is counted, a sender shows that the address is its own.

use crate::config::Config;
use crate::server::log;
use crate::server::tls::keyring::Keyring;
use crate::server::tls::terms::Terms;
use crate::server::web::clock::Clock;
use crate::server::web::word::{Ticket, Word};
use crate::server::web::{BUFFER, Body, HEADERS, House, Leave, PATIENCE, Visitor, route};
use crate::server::world::address::in_source;
use crate::server::world::event::Peer;
use async_channel::Receiver;
use async_std::future::timeout;
use async_std::task;
use futures_lite::future::or;
use futures_lite::io::{AsyncRead, AsyncWrite};
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
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

/// Streams of one connection at once.
const STREAMS: u32 = 8;
/// Most bytes of one stream, and of one connection, that wait to be taken.
const STREAM_WINDOW: u32 = 512 * 1024;
const WINDOW: u32 = 1024 * 1024;
/// Most bytes of one connection that wait to be acknowledged.
const SENDING: u64 = 2 * 1024 * 1024;
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
        config: &Config,
        keyring: &Keyring,
        current: &Current,
        stay: &Receiver<Infallible>,
    ) -> Self {
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
                    let accepting = accept(endpoint.clone(), current.clone(), stay.clone());
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
        .stream_receive_window(VarInt::from_u32(STREAM_WINDOW))
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
        let (house, stay) = (current.house(), stay.clone());
        task::spawn(async move {
            let address = incoming.remote_address();
            let Some(leave) = enter(&house, address).await else {
                return incoming.refuse();
            };
            let Ok(connecting) = incoming.accept() else {
                return;
            };
            if let Ok(Ok(connection)) = timeout(PATIENCE, connecting).await {
                attend(connection, address, &house, stay).await;
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
async fn attend(
    connection: Connection,
    address: SocketAddr,
    house: &Arc<House>,
    stay: Receiver<Infallible>,
) {
    let ip = address.ip().to_canonical();
    let visitor = Arc::new(Visitor {
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
    });
    let busy = Arc::new(AtomicUsize::new(0));
    loop {
        let asked = timeout(REST, connection.accept_bi());
        let next = or(async { Some(asked.await) }, async {
            let _ = stay.recv().await;
            None
        });
        match next.await {
            Some(Ok(Ok((send, receive)))) => {
                busy.fetch_add(1, Ordering::SeqCst);
                let (busy, house, visitor) =
                    (Arc::clone(&busy), Arc::clone(house), Arc::clone(&visitor));
                task::spawn(async move {
                    serve(Stream { send, receive }, &house, &visitor).await;
                    busy.fetch_sub(1, Ordering::SeqCst);
                });
            }
            // Somebody still fetches something.
            Some(Err(_)) if busy.load(Ordering::SeqCst) > 0 => {}
            Some(Ok(Err(_)) | Err(_)) => break,
            None => {
                // What was begun is answered, as long as the other side takes it.
                while busy.load(Ordering::SeqCst) > 0 && connection.close_reason().is_none() {
                    task::sleep(Duration::from_millis(100)).await;
                }
                break;
            }
        }
    }
    connection.close(VarInt::from_u32(0), b"");
}

/// One request and its answer.
async fn serve(stream: Stream, house: &House, visitor: &Visitor) {
    let answered = service_fn(|request: Request<Incoming>| async {
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
    // Whoever speaks no HTTP has been told so by hyper.
    let _ = server
        .serve_connection(FuturesIo::new(stream), answered)
        .await;
}

/// Both directions of a stream in one.
struct Stream {
    send: SendStream,
    receive: RecvStream,
}

impl AsyncRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut [u8],
    ) -> Poll<io::Result<usize>> {
        AsyncRead::poll_read(Pin::new(&mut self.receive), cx, buffer)
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        AsyncWrite::poll_write(Pin::new(&mut self.send), cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        AsyncWrite::poll_flush(Pin::new(&mut self.send), cx)
    }

    fn poll_close(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        AsyncWrite::poll_close(Pin::new(&mut self.send), cx)
    }
}
