//! Putting a file where another network wants it (FILEHOST): one request, and its link is said in the room.

use crate::client::files::entry::escaped;
use crate::client::files::order::{Check, Outcome, Post};
use crate::client::transfer::errand::Errand;
use crate::client::transfer::fault::Fault;
use crate::client::transfer::place::Place;
use crate::client::transfer::source::{Sending, Source};
use crate::client::transfer::upload::watch;
use crate::client::transfer::wire::{Wire, header, refused};
use crate::exit::Exit;
use crate::proto::sasl;
use futures_lite::FutureExt;
use hyper::{Method, StatusCode};

/// Kinds of files that browsers show, by the end of their names.
const KINDS: [(&str, &str); 8] = [
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("txt", "text/plain; charset=utf-8"),
    ("pdf", "application/pdf"),
    ("mp4", "video/mp4"),
];

/// Puts a file there.
pub(super) async fn run(errand: &mut Errand, post: &Post) -> Result<Outcome, Fault> {
    let source = Source::of(post.content.clone()).await?;
    let place = Place::of(&post.url, &errand.route)?;
    let bytes = source.bytes;
    let mut wire = Wire::open(&place, &errand.tls, errand.patience).await?;
    let path = if place.path.is_empty() {
        "/"
    } else {
        &place.path
    };
    let name = escaped(&source.name);
    let mut request = place
        .request(Method::POST, path)
        .header("content-type", kind(&source.name))
        .header(
            "content-disposition",
            format!("attachment; filename*=UTF-8''{name}"),
        )
        .header("content-length", bytes);
    if let Some((account, password)) = &post.account {
        let words = format!("{account}:{}", password.reveal());
        request = request.header(
            "authorization",
            format!("Basic {}", sasl::encode(words.as_bytes())),
        );
    }
    errand.began(0, bytes).await;
    let (body, sent, reader) = source.send(0).parts();
    let answer = wire.begin(request, body);
    let answer = answer.or(watch(errand, &sent, bytes)).await;
    drop(wire);
    let source = Sending::end(reader).await;
    let answer = answer?;
    if answer.status() == StatusCode::UNAUTHORIZED {
        let words = "This network takes files of those who are logged in, by TLS. /login logs in.";
        return Err(Fault::last(Exit::NotAllowed, words));
    }
    if answer.status() != StatusCode::CREATED {
        return Err(refused(&source.name, answer).await);
    }
    let link = header(&answer, "location").and_then(|location| place.url_of(location));
    let link = link.ok_or_else(|| {
        Fault::last(
            Exit::NotChat,
            "The file was taken, but nobody says where it is.",
        )
    })?;
    Ok(Outcome::Sent {
        bytes,
        link: Some(link),
        check: Check::Unknown,
    })
}

/// What kind of file it is, by its name.
fn kind(name: &str) -> &'static str {
    let end = name
        .rsplit_once('.')
        .map_or("", |(_, end)| end)
        .to_ascii_lowercase();
    let known = KINDS.iter().find(|(own, _)| *own == end);
    known.map_or("application/octet-stream", |(_, kind)| kind)
}
