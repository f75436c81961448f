//! Where files are found from outside, and the words in which one is told of.

use crate::config::Config;
use crate::config::tls::Enabled;
use crate::proto::file_name::{escaped, size};
use crate::proto::text::cut;
use crate::server::world::World;
use crate::server::world::session::Session;
use crate::store::record::file::FileId;
use std::net::SocketAddr;

/// Longest escaped name in a link; a longer one is left out, for a link is found by its id.
const LONGEST: usize = 64;
/// Bytes of a name in a message.
const SHOWN: usize = 80;
/// The path under which files are.
pub(super) const PATH: &str = "/files";

/// The link of a file.
pub(crate) fn of(world: &World, id: FileId, name: &str) -> String {
    let (base, name) = (base(world, speaks_tls(&world.config)), escaped(name));
    match name.len() <= LONGEST {
        true => format!("{base}{PATH}/{id}/{name}"),
        false => format!("{base}{PATH}/{id}"),
    }
}

/// Where a session uploads to: over TLS if that is how it came.
pub(crate) fn uploads(world: &World, session: Option<&Session>) -> String {
    let is_secured = session.is_some_and(|session| session.peer.secured.is_some());
    let base = base(world, is_secured || speaks_tls(&world.config));
    format!("{base}{PATH}")
}

/// What is said in a room or to a person about a file: name, size and link.
pub(super) fn words(name: &str, bytes: u64, link: &str) -> String {
    let shown = match name.len() > SHOWN {
        true => format!("{}…", cut(name, SHOWN)),
        false => name.to_owned(),
    };
    format!("{shown} ({}) {link}", size(bytes))
}

/// Whether links speak TLS: where a certificate is given, or it is wanted.
fn speaks_tls(config: &Config) -> bool {
    config.server.tls.enabled == Enabled::Yes
        || config.speaks_tls() && !config.server.tls.pairs().is_empty()
}

/// The server as a link names it: as the configuration says, or by the first door that has a port.
fn base(world: &World, is_secure: bool) -> String {
    if let Some(url) = &world.config.web.url {
        return url.trim_end_matches('/').to_owned();
    }
    let doors = world.identity.addresses.iter();
    let door = doors
        .filter_map(|door| door.parse::<SocketAddr>().ok())
        .next();
    let (scheme, usual) = match is_secure {
        true => ("https", 443),
        false => ("http", 80),
    };
    let name = world.config.server.name.as_str();
    let Some(door) = door else {
        return format!("{scheme}://{name}");
    };
    let ip = door.ip().to_canonical();
    let is_named = ip.is_unspecified() || !ip.is_loopback() && name.contains('.');
    let host = match (is_named, ip.is_ipv6()) {
        (true, _) => name.to_owned(),
        (false, true) => format!("[{ip}]"),
        (false, false) => ip.to_string(),
    };
    match door.port() {
        port if port == usual => format!("{scheme}://{host}"),
        port => format!("{scheme}://{host}:{port}"),
    }
}
