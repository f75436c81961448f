//! The door for monitoring: /metrics for Prometheus and /healthz, by HTTP on an address of its own.
//!
//! It answers one request for each connection, and bounds what anybody can make it do: connections at
//! once, bytes of a request, time. Nothing can be changed here, and nobody is named.

mod page;

use crate::server::error::Error;
use crate::server::log;
use crate::server::metrics::page::{Page, page};
use crate::server::world::gauges::Gauges;
use async_io::{Async, Timer};
use futures_lite::future::or;
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use smol_hyper::rt::FuturesIo;
use socket2::{Domain, Socket, Type};
use std::convert::Infallible;
use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Connections that may wait to be accepted.
const BACKLOG: i32 = 128;
/// Most connections at once.
const MAX_PARALLEL: usize = 16;
/// Most bytes of a request; hyper takes no less.
const MAX_HEAD: usize = 8192;
/// Most header lines of a request.
const MAX_HEADERS: usize = 32;
/// Longest that a connection lasts.
const PATIENCE: Duration = Duration::from_secs(10);
/// Rest after a connection could not be accepted.
const REST: Duration = Duration::from_millis(100);

/// Binds the address.
pub(super) fn bind(address: SocketAddr) -> Result<TcpListener, Error> {
    listen(address).map_err(|why| Error::cannot_listen(&address.to_string(), &why))
}

/// Two processes may listen here for a moment: one that takes over, and the one before it.
fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
    socket.set_reuse_address(true)?;
    socket.set_reuse_port(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}

/// Answers until the process ends.
pub(super) async fn serve(listener: TcpListener, gauges: Arc<Gauges>) {
    let listener = match Async::new(listener) {
        Ok(listener) => listener,
        Err(why) => {
            return log::error(format_args!("Nobody can ask for metrics: {why}"));
        }
    };
    let open = Arc::new(AtomicUsize::new(0));
    loop {
        match listener.accept().await {
            Ok((stream, _)) if open.load(Ordering::Acquire) < MAX_PARALLEL => {
                let place = Place::take(&open);
                let gauges = Arc::clone(&gauges);
                async_std::task::spawn(async move {
                    attend(stream, &gauges).await;
                    drop(place);
                });
            }
            Ok(_) => {}
            Err(_) => {
                Timer::after(REST).await;
            }
        }
    }
}

/// One of the places for connections, given back when the connection ends.
struct Place(Arc<AtomicUsize>);

impl Place {
    fn take(open: &Arc<AtomicUsize>) -> Self {
        open.fetch_add(1, Ordering::AcqRel);
        Self(Arc::clone(open))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
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
