//! The door for monitoring: /metrics for Prometheus and /healthz, by HTTP on an address of its own.
//!
//! It answers one request for each connection, and bounds what anybody can make it do: connections at
//! once, bytes of a request, time. Nothing can be changed here, and nobody is named.

mod page;

use crate::server::error::Error;
use crate::server::log;
use crate::server::metrics::page::{Page, page};
use crate::server::world::gauges::Gauges;
use async_channel::Sender;
use async_io::{Async, Timer};
use futures_lite::future::or;
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use smol_hyper::rt::FuturesIo;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::io::{self, ErrorKind};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

/// Most connections at once; for one more the oldest ends.
const MAX_PARALLEL: usize = 16;
/// Most bytes of a request; hyper takes no less.
const MAX_HEAD: usize = 8192;
/// Most header lines of a request.
const MAX_HEADERS: usize = 32;
/// Longest that a connection lasts.
const PATIENCE: Duration = Duration::from_secs(10);
/// Rest after a connection could not be accepted.
const REST: Duration = Duration::from_millis(100);

/// The door, before it is served.
#[derive(Debug)]
pub(super) enum Monitor {
    Open(TcpListener),
    /// Another process of this server has it still, and leaves soon.
    Later(SocketAddr),
}

impl Monitor {
    /// Opens it.
    pub(super) fn open(address: SocketAddr) -> Result<Self, Error> {
        let wrong = |why: io::Error| Error::cannot_listen(&address.to_string(), &why);
        TcpListener::bind(address).map(Self::Open).map_err(wrong)
    }

    /// Waits until it is open.
    async fn listener(self) -> io::Result<Async<TcpListener>> {
        let address = match self {
            Self::Open(listener) => return Async::new(listener),
            Self::Later(address) => address,
        };
        loop {
            match TcpListener::bind(address) {
                Err(why) if why.kind() == ErrorKind::AddrInUse => Timer::after(REST).await,
                bound => return Async::new(bound?),
            };
        }
    }
}

/// Every number, as Prometheus reads it.
pub(super) fn text(gauges: &Gauges) -> Option<String> {
    page::text(gauges)
}

/// Begins to answer, if there is a door.
pub(super) fn start(monitor: Option<Monitor>, gauges: &Arc<Gauges>) {
    if let Some(monitor) = monitor {
        async_std::task::spawn(serve(monitor, Arc::clone(gauges)));
    }
}

/// Answers until the process ends.
async fn serve(monitor: Monitor, gauges: Arc<Gauges>) {
    let listener = match monitor.listener().await {
        Ok(listener) => listener,
        Err(why) => {
            return log::error(format_args!("Nobody can ask for metrics: {why}"));
        }
    };
    let mut open: VecDeque<Sender<()>> = VecDeque::new();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                open.retain(|one| !one.is_closed());
                if open.len() >= MAX_PARALLEL {
                    // Who asks is answered at once, so the oldest is one who does not ask: it ends.
                    open.pop_front();
                }
                let (stay, told) = async_channel::bounded(1);
                open.push_back(stay);
                let gauges = Arc::clone(&gauges);
                async_std::task::spawn(async move {
                    let ended = async {
                        let _ = told.recv().await;
                    };
                    or(attend(stream, &gauges), ended).await;
                });
            }
            Err(_) => {
                Timer::after(REST).await;
            }
        }
    }
}

/// One connection, from its first byte to its end.
async fn attend(stream: Async<TcpStream>, gauges: &Gauges) {
    let mut server = http1::Builder::new();
    server
        .keep_alive(false)
        .max_buf_size(MAX_HEAD)
        .max_headers(MAX_HEADERS);
    let answered =
        service_fn(|request| async move { Ok::<_, Infallible>(answer(&request, gauges)) });
    let served = server.serve_connection(FuturesIo::new(stream), answered);
    let served = async {
        // Whoever speaks no HTTP has been told so by hyper.
        let _ = served.await;
    };
    or(served, async {
        Timer::after(PATIENCE).await;
    })
    .await;
}

fn answer(request: &Request<Incoming>, gauges: &Gauges) -> Response<Full<Bytes>> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut refused = response(page(
            StatusCode::METHOD_NOT_ALLOWED,
            "Only GET is answered here\n",
        ));
        let allowed = hyper::header::HeaderValue::from_static("GET, HEAD");
        refused.headers_mut().insert(ALLOW, allowed);
        return refused;
    }
    response(match request.uri().path() {
        "/metrics" => page::metrics(gauges),
        "/healthz" => page::health(gauges),
        _ => page(StatusCode::NOT_FOUND, "Here are /metrics and /healthz\n"),
    })
}

fn response(page: Page) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(page.text)));
    *response.status_mut() = page.status;
    let headers = response.headers_mut();
    let value = hyper::header::HeaderValue::from_static;
    headers.insert(CONTENT_TYPE, value(page.kind));
    headers.insert(CACHE_CONTROL, value("no-store"));
    response
}
