//! The socket: found, connected, read in lines, written in pieces.
//!
//! All of it runs beside the keyboard and never waits for it. Memory is bounded: a line that does not end
//! and a server that does not read both end the connection.

use crate::client::address::Address;
use crate::client::ending::Ending;
use crate::exit::Exit;
use crate::proto::framing::Framer;
use async_channel::{Receiver, Sender};
use async_std::future::timeout;
use async_std::io::{ReadExt, WriteExt};
use async_std::net::{TcpStream, ToSocketAddrs};
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// Longest line, tags and all, that a server may send.
const LONGEST: usize = 16 * 1024;
/// Bytes read at once.
const CHUNK: usize = 16 * 1024;
/// Longest wait to be able to write.
const WRITE: Duration = Duration::from_secs(20);

/// What the link tells.
#[derive(Debug)]
pub enum Tidings {
    /// Whole lines, in order.
    Heard(Vec<Vec<u8>>),
    /// The connection is gone, and why.
    Lost(String),
    /// Connected once more.
    Connected(TcpStream),
    /// Nobody could be connected to.
    Unreachable(Ending),
}

/// Connects once more, and reads until the end.
pub async fn call(address: Address, patience: Duration, tell: Sender<Tidings>) {
    match connect(&address, patience).await {
        Ok(stream) => {
            let connected = Tidings::Connected(stream.clone());
            if tell.send(connected).await.is_ok() {
                read(stream, tell).await;
            }
        }
        Err(ending) => {
            let _ = tell.send(Tidings::Unreachable(ending)).await;
        }
    }
}

/// Connects to one of the host's addresses.
pub async fn connect(address: &Address, patience: Duration) -> Result<TcpStream, Ending> {
    let began = Instant::now();
    let found = timeout(
        patience,
        (address.host.as_str(), address.port).to_socket_addrs(),
    )
    .await;
    let addresses: Vec<SocketAddr> = match found {
        Ok(Ok(found)) => found.collect(),
        Ok(Err(_)) | Err(_) => Vec::new(),
    };
    if addresses.is_empty() {
        return Err(not_found(address));
    }
    let mut worst = None;
    for one in &addresses {
        let left = patience.saturating_sub(began.elapsed());
        match timeout(left, TcpStream::connect(one)).await {
            Ok(Ok(stream)) => {
                let _ = stream.set_nodelay(true);
                return Ok(stream);
            }
            Ok(Err(error)) => worst = Some(error),
            Err(_) => {}
        }
    }
    Err(not_connected(address, worst.as_ref(), &addresses, patience))
}

fn not_found(address: &Address) -> Ending {
    let words = format!(
        "Cannot find a host named {}.\nCheck the spelling, or use the IP address.",
        address.host
    );
    Ending::new(Exit::Unreachable, words)
}

fn not_connected(
    address: &Address,
    error: Option<&io::Error>,
    tried: &[SocketAddr],
    patience: Duration,
) -> Ending {
    let Address { host, port, .. } = address;
    let words = match error.map(io::Error::kind) {
        Some(ErrorKind::ConnectionRefused) => format!(
            "Cannot connect to {host} port {port}: connection refused{}.\nNothing listens there. \
             Check address and port, and that the server runs (chat serve {port}).",
            tried_at(host, tried)
        ),
        Some(ErrorKind::TimedOut) | None => {
            let (seconds, tried) = (patience.as_secs(), tried_at(host, tried));
            format!("{address} did not answer within {seconds} s{tried}.")
        }
        Some(_) => {
            let why = error.map(ToString::to_string).unwrap_or_default();
            let why = why
                .split(" (os error")
                .next()
                .unwrap_or_default()
                .to_lowercase();
            format!(
                "Cannot connect to {host} port {port}: {why}.\n\
                 Check address and port, and that this machine has a way to it."
            )
        }
    };
    Ending::new(Exit::Unreachable, words)
}

/// Which addresses a name stands for, in brackets; nothing if the address itself was given.
fn tried_at(host: &str, tried: &[SocketAddr]) -> String {
    let tried: Vec<String> = tried.iter().map(|one| one.ip().to_string()).collect();
    if tried.iter().any(|one| one == host) {
        String::new()
    } else {
        format!(" (tried {})", tried.join(", "))
    }
}

/// Reads until the connection ends; tells lines as they come.
pub async fn read(mut stream: TcpStream, tell: Sender<Tidings>) {
    let mut framer = Framer::default();
    let mut chunk = vec![0; CHUNK];
    loop {
        let count = match stream.read(&mut chunk).await {
            Ok(0) => return lost(&tell, "the server closed it").await,
            Ok(count) => count,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) if error.kind() == ErrorKind::ConnectionReset => {
                return lost(&tell, "the server broke it off").await;
            }
            Err(error) => return lost(&tell, &error.to_string()).await,
        };
        let mut lines = Vec::new();
        let bytes = chunk.get(..count).unwrap_or_default();
        let fed = framer.feed(bytes, LONGEST, |line| lines.push(line.to_vec()));
        if !lines.is_empty() && tell.send(Tidings::Heard(lines)).await.is_err() {
            return;
        }
        if fed.is_err() {
            return lost(&tell, "a line without end came").await;
        }
    }
}

async fn lost(tell: &Sender<Tidings>, why: &str) {
    let _ = tell.send(Tidings::Lost(why.to_owned())).await;
}

/// Writes what comes, joined, until nothing more can come or the connection ends.
pub async fn write(mut stream: TcpStream, lines: Receiver<Vec<u8>>, tell: Sender<Tidings>) {
    while let Ok(mut bytes) = lines.recv().await {
        while let Ok(more) = lines.try_recv() {
            bytes.extend_from_slice(&more);
        }
        match timeout(WRITE, stream.write_all(&bytes)).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => return,
            Err(_) => return lost(&tell, "the server takes nothing more").await,
        }
    }
}
