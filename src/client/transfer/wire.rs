//! HTTP over a connection that is made and believed as that of the conversation is.

use crate::both::Both;
use crate::client::link;
use crate::client::tls::Tls;
use crate::client::transfer::fault::{Fault, why};
use crate::client::transfer::place::Place;
use crate::exit::Exit;
use async_std::future::timeout;
use async_std::task;
use futures_lite::io::{AsyncRead, AsyncWrite};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Empty, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::{self, SendRequest};
use hyper::http::request::Builder;
use hyper::{Response, StatusCode};
use smol_hyper::rt::FuturesIo;
use std::io;
use std::time::Duration;

/// Longest wait for the head of an answer, once all was sent.
pub(super) const ANSWER: Duration = Duration::from_secs(60);
/// Most bytes read at once, and kept of what was read.
const BUFFER: usize = 256 * 1024;
/// Most bytes of what a server says in words.
const WORDS: usize = 4096;
/// Most of them shown.
const SHOWN: usize = 200;

/// What is sent behind the head of a request.
pub(super) type Outgoing = UnsyncBoxBody<Bytes, io::Error>;

/// A connection for requests, one after the other.
pub(super) struct Wire {
    sender: SendRequest<Outgoing>,
}

impl Wire {
    /// Connects to the server of `place`.
    pub(super) async fn open(place: &Place, tls: &Tls, patience: Duration) -> Result<Self, Fault> {
        let made = link::connect(&place.route, tls, patience).await;
        let (reader, speaker) = made.map_err(|failed| match failed.ending.exit {
            Exit::Unreachable => Fault::Again(first_line(&failed.ending.words)),
            exit => Fault::last(exit, failed.ending.words),
        })?;
        Self::over(Both::new(reader, speaker.writer, ())).await
    }

    /// A connection over something that was connected.
    pub(super) async fn over(
        both: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    ) -> Result<Self, Fault> {
        let shaken = http1::Builder::new()
            .max_buf_size(BUFFER)
            .handshake(FuturesIo::new(both))
            .await;
        let (sender, connection) = shaken.map_err(|error| broken(&error))?;
        task::spawn(async move { drop(connection.await) });
        Ok(Self { sender })
    }

    /// No body.
    pub(super) fn nothing() -> Outgoing {
        Empty::new().map_err(|never| match never {}).boxed_unsync()
    }

    /// Asks, and waits for the head of the answer.
    pub(super) async fn ask(
        &mut self,
        request: Builder,
        body: Outgoing,
    ) -> Result<Response<Incoming>, Fault> {
        let answer = timeout(ANSWER, self.begin(request, body)).await;
        answer.unwrap_or_else(|_| Err(Fault::Again("the server does not answer".to_owned())))
    }

    /// The same without an end to the waiting.
    pub(super) async fn begin(
        &mut self,
        request: Builder,
        body: Outgoing,
    ) -> Result<Response<Incoming>, Fault> {
        let request = request.body(body).map_err(|_| {
            Fault::last(
                Exit::NotChat,
                "The server named a place that cannot be asked for.",
            )
        })?;
        // What was asked before may not be over on this side yet.
        let ready = self.sender.ready().await;
        ready.map_err(|error| broken(&error))?;
        let sent = self.sender.send_request(request).await;
        sent.map_err(|error| broken(&error))
    }
}

/// Reads an answer to its end, so that the connection can be used again.
pub(super) async fn drain(answer: Response<Incoming>) {
    let body = Limited::new(answer.into_body(), WORDS);
    let _ = timeout(ANSWER, body.collect()).await;
}

/// What went wrong on the way.
pub(super) fn broken(error: &hyper::Error) -> Fault {
    if error.is_parse() {
        return Fault::last(
            Exit::NotChat,
            "The server answers in a way that is not HTTP.",
        );
    }
    let mut source = std::error::Error::source(error).filter(|_| !error.is_incomplete_message());
    while let Some(inner) = source {
        if let Some(error) = inner.downcast_ref::<io::Error>()
            && error.kind() != io::ErrorKind::UnexpectedEof
        {
            return Fault::Again(why(error));
        }
        source = inner.source();
    }
    Fault::Again("the connection was lost".to_owned())
}

/// Why an answer is not the one that was hoped for.
pub(super) async fn refused(what: &str, answer: Response<Incoming>) -> Fault {
    let status = answer.status();
    let said = said(answer).await;
    let because = if said.is_empty() {
        String::new()
    } else {
        format!(": {said}")
    };
    let (exit, words) = match status {
        StatusCode::UNAUTHORIZED => return Fault::Unproven,
        StatusCode::FORBIDDEN => (Exit::NotAllowed, format!("{what} may not be sent{because}")),
        StatusCode::NOT_FOUND | StatusCode::GONE => (Exit::NotFound, format!("{what}{because}")),
        StatusCode::PAYLOAD_TOO_LARGE => (Exit::Refused, format!("{what} is too large{because}")),
        StatusCode::INSUFFICIENT_STORAGE => (
            Exit::Refused,
            format!("There is no room for {what} on the server{because}"),
        ),
        StatusCode::SERVICE_UNAVAILABLE
        | StatusCode::TOO_MANY_REQUESTS
        | StatusCode::BAD_GATEWAY => {
            return Fault::Again(format!("the server is busy{because}"));
        }
        StatusCode::MISDIRECTED_REQUEST => (
            Exit::Refused,
            format!("The server does not go by this name{because}"),
        ),
        status => (
            Exit::Refused,
            format!("{what} was not taken ({}{because})", status.as_u16()),
        ),
    };
    Fault::last(exit, format!("{}.", words.trim_end_matches('.')))
}

/// What the server says in words: the beginning of a short text.
async fn said(answer: Response<Incoming>) -> String {
    let kind = answer.headers().get("content-type");
    let is_text = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"));
    if !is_text {
        return String::new();
    }
    let body = Limited::new(answer.into_body(), WORDS);
    let read = timeout(Duration::from_secs(5), body.collect()).await;
    let bytes = read.ok().and_then(Result::ok).map(|body| body.to_bytes());
    let words = String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned();
    first_line(&words).chars().take(SHOWN).collect()
}

fn first_line(words: &str) -> String {
    words.trim().lines().next().unwrap_or_default().to_owned()
}

/// A header of an answer, as text.
pub(super) fn header<'a>(answer: &'a Response<Incoming>, name: &str) -> Option<&'a str> {
    answer.headers().get(name)?.to_str().ok()
}
