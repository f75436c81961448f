//! The socket: found, connected, read in lines, written in pieces.
//!
//! All of it runs beside the keyboard and never waits for it. Memory is bounded: a line that does not end
//! and a server that does not read both end the connection.

use crate::client::address::Address;
use crate::client::ending::Ending;
use crate::client::settings::Safety;
use crate::client::tls::handshake::Failed;
use crate::client::tls::{Route, Tls, Way};
use crate::exit::Exit;
use crate::proto::framing::Framer;
use async_channel::{Receiver, Sender};
use async_std::future::timeout;
use async_std::net::{TcpStream, ToSocketAddrs};
use futures_lite::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use std::fmt;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Longest line, tags and all, that a server may send.
const LONGEST: usize = 16 * 1024;
/// Bytes read at once.
const CHUNK: usize = 16 * 1024;
/// Longest wait to be able to write.
const WRITE: Duration = Duration::from_secs(20);
/// Shortest time for a handshake, however long it took to reach the host.
const LEAST: Duration = Duration::from_secs(1);

/// What the link tells.
#[derive(Debug)]
pub enum Tidings {
    /// Whole lines, in order.
    Heard(Vec<Vec<u8>>),
    /// The connection is gone, and why.
    Lost(String),
    /// Connected once more.
    Connected(Speaker),
    /// Nobody could be connected to.
    Unreachable(Ending),
}

/// What comes from the server.
pub type Listener = Box<dyn AsyncRead + Send + Unpin>;

/// What goes to the server.
pub struct Speaker {
    pub writer: Box<dyn AsyncWrite + Send + Unpin>,
    /// The socket below, to be closed at once.
    pub socket: TcpStream,
    pub safety: Safety,
    /// What the person should know of it.
    pub note: Option<String>,
}

impl fmt::Debug for Speaker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Speaker");
        shown.field("safety", &self.safety).finish_non_exhaustive()
    }
}

/// Connects once more, and reads until the end.
pub async fn call(route: Route, tls: Arc<Tls>, patience: Duration, tell: Sender<Tidings>) {
    match connect(&route, &tls, patience).await {
        Ok((listener, speaker)) => {
            if tell.send(Tidings::Connected(speaker)).await.is_ok() {
                read(listener, tell).await;
            }
        }
        Err(failed) => {
            let _ = tell.send(Tidings::Unreachable(failed.ending)).await;
        }
    }
}

/// Connects to one of the host's addresses, the way that `route` tells.
pub async fn connect(
    route: &Route,
    tls: &Tls,
    patience: Duration,
) -> Result<(Listener, Speaker), Failed> {
    let address = &route.address;
    let began = Instant::now();
    let socket = reach(address, patience).await?;
    if route.way == Way::Plain {
        let speaker = Speaker {
            writer: Box::new(socket.clone()),
            socket: socket.clone(),
            safety: match address.is_local() {
                true => Safety::Local,
                false => Safety::Open,
            },
            note: None,
        };
        return Ok((Box::new(socket), speaker));
    }
    let left = patience.saturating_sub(began.elapsed()).max(LEAST);
    let secured = tls.secure(route, socket.clone(), left).await?;
    let (listener, writer) = futures_lite::io::split(secured.stream);
    let speaker = Speaker {
        writer: Box::new(writer),
        socket,
        safety: Safety::Private(secured.version),
        note: secured.note,
    };
    Ok((Box::new(listener), speaker))
}

/// Reaches one of the host's addresses.
async fn reach(address: &Address, patience: Duration) -> Result<TcpStream, Ending> {
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
pub async fn read(mut stream: Listener, tell: Sender<Tidings>) {
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
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
                return lost(&tell, "the server closed it").await;
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
pub async fn write(
    mut stream: Box<dyn AsyncWrite + Send + Unpin>,
    lines: Receiver<Vec<u8>>,
    tell: Sender<Tidings>,
) {
    while let Ok(mut bytes) = lines.recv().await {
        while let Ok(more) = lines.try_recv() {
            bytes.extend_from_slice(&more);
        }
        let all = async {
            stream.write_all(&bytes).await?;
            stream.flush().await
        };
        match timeout(WRITE, all).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => return,
            Err(_) => return lost(&tell, "the server takes nothing more").await,
        }
    }
    // By TLS this says goodbye, so that nobody thinks that the end was cut off.
    let _ = timeout(LEAST, stream.close()).await;
}
