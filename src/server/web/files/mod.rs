//! Files: what is asked below `/files`.

use crate::server::web::page;
use crate::server::web::{Body, House, Visitor};
use hyper::body::Incoming;
use hyper::{Request, Response, StatusCode};

/// Answers a request for a path below `/files`; whose page asks is known to be no concern.
pub(in crate::server) async fn answer(
    request: Request<Incoming>,
    visitor: &Visitor,
    house: &House,
) -> Response<Body> {
    let _ = (request, visitor, house);
    page::told(StatusCode::NOT_FOUND, "no such file")
}
