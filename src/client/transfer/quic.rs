//! HTTP over a stream of QUIC, to the number of the conversation by UDP.

use crate::both::Both;
use crate::client::address::Address;
use crate::client::tls::Tls;
use crate::client::transfer::fault::Fault;
use crate::client::transfer::place::Place;
use crate::client::transfer::wire::Wire;
use async_std::future::timeout;
use async_std::net::ToSocketAddrs;
use quinn::{
    AsyncStdRuntime, Connection, Endpoint, EndpointConfig, IdleTimeout, TransportConfig, VarInt,
};
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::sync::Arc;
use std::time::Duration;

/// Longest wait for the first answer: a way that is blocked says nothing.
pub(super) const BLOCKED: Duration = Duration::from_secs(4);
/// Longest silence, in milliseconds.
const SILENCE_MS: u32 = 20_000;
/// Between two signs of life.
const ALIVE: Duration = Duration::from_secs(5);
/// Most bytes that wait to be taken.
const WINDOW: u32 = 2 * 1024 * 1024;

/// Why there is no such connection.
#[derive(Debug)]
pub(super) enum NoWay {
    /// Nothing comes through, or nobody is there.
    Blocked,
    Fault(Fault),
}

/// Connects to the server of `place` by UDP.
pub(super) async fn open(place: &Place, tls: &Tls) -> Result<Wire, NoWay> {
    let route = &place.route;
    let Address { host, port, .. } = &route.address;
    let found = timeout(BLOCKED, (host.as_str(), *port).to_socket_addrs()).await;
    let addresses: Vec<SocketAddr> = match found {
        Ok(Ok(found)) => found.map(reachable).collect(),
        Ok(Err(_)) | Err(_) => Vec::new(),
    };
    let handshake = tls
        .quic(route)
        .map_err(|ending| NoWay::Fault(Fault::last(ending.exit, ending.words)))?;
    let mut config = handshake.config.clone();
    config.transport_config(Arc::new(transport()));
    for address in addresses {
        let Ok(endpoint) = endpoint(address) else {
            continue;
        };
        let name = host.split('%').next().unwrap_or(host);
        let Ok(connecting) = endpoint.connect_with(config.clone(), address, name) else {
            continue;
        };
        if let Ok(Ok(connection)) = timeout(BLOCKED, connecting).await {
            return over(endpoint, connection).await;
        }
        if let Some(ending) = handshake.refusal(tls, route) {
            return Err(NoWay::Fault(Fault::last(ending.exit, ending.words)));
        }
    }
    Err(NoWay::Blocked)
}

/// What is sent to no address in particular is answered by this machine, which has one.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

fn transport() -> TransportConfig {
    let mut transport = TransportConfig::default();
    let silence: IdleTimeout = VarInt::from_u32(SILENCE_MS).into();
    transport
        .max_idle_timeout(Some(silence))
        .keep_alive_interval(Some(ALIVE))
        .max_concurrent_bidi_streams(VarInt::from_u32(0))
        .max_concurrent_uni_streams(VarInt::from_u32(0))
        .datagram_receive_buffer_size(None)
        .stream_receive_window(VarInt::from_u32(WINDOW))
        .receive_window(VarInt::from_u32(WINDOW));
    transport
}

fn endpoint(to: SocketAddr) -> io::Result<Endpoint> {
    let any: SocketAddr = match to {
        SocketAddr::V4(_) => (Ipv4Addr::UNSPECIFIED, 0).into(),
        SocketAddr::V6(_) => (Ipv6Addr::UNSPECIFIED, 0).into(),
    };
    let socket = UdpSocket::bind(any)?;
    Endpoint::new(
        EndpointConfig::default(),
        None,
        socket,
        Arc::new(AsyncStdRuntime),
    )
}

async fn over(endpoint: Endpoint, connection: Connection) -> Result<Wire, NoWay> {
    let lost = |_| NoWay::Fault(Fault::Again("the connection was lost".to_owned()));
    let (send, receive) = connection.open_bi().await.map_err(lost)?;
    let both = Both::new(receive, send, (connection, endpoint));
    Wire::over(both).await.map_err(NoWay::Fault)
}
