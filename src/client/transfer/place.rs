//! Where files are: a path on the server that is talked to, or a URL.

use crate::client::address::Address;
use crate::client::tls::{Route, Way};
use crate::client::transfer::fault::Fault;
use crate::exit::Exit;
use hyper::Method;
use hyper::http::request::Builder;

/// A web server, and where on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) route: Route,
    /// How the server is called in requests.
    host: String,
    /// Without a slash at its end, unless it was asked for as a whole.
    pub(super) path: String,
}

impl Place {
    /// From a path on the server of `route`, or a URL. A conversation that nobody can read has files that nobody can
    /// read.
    pub(super) fn of(base: &str, route: &Route) -> Result<Self, Fault> {
        if base.starts_with('/') {
            return Ok(Self {
                route: route.clone(),
                host: route.address.to_string(),
                path: base.trim_end_matches('/').to_owned(),
            });
        }
        let strange = || {
            let words =
                format!("The server keeps files at \"{base}\", which is no place on the web.");
            Fault::last(Exit::NotChat, words)
        };
        let (scheme, rest) = base.split_once("://").ok_or_else(strange)?;
        let (port, way) = match scheme.to_ascii_lowercase().as_str() {
            "https" => (443, Way::Tls),
            "http" => (80, Way::Plain),
            _ => return Err(strange()),
        };
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (host, path) = rest.split_at(end);
        let mut address = Address::parse(host, None).map_err(|_| strange())?;
        let has_port = host
            .trim_start_matches('[')
            .rsplit_once(':')
            .is_some_and(|(_, port)| !port.contains(']') && port.parse::<u16>().is_ok());
        if !has_port {
            address.port = port;
        }
        if way == Way::Plain && route.way != Way::Plain {
            let words = format!(
                "The server keeps files at {base}, where everybody on the way could read them. Nothing was sent."
            );
            return Err(Fault::last(Exit::Tls, words));
        }
        let is_same = address.host == route.address.host && address.port == route.address.port;
        Ok(Self {
            route: Route {
                way: match is_same && way != Way::Plain {
                    true => route.way,
                    false => way,
                },
                address,
                why: None,
            },
            host: host.to_owned(),
            path: path.trim_end_matches('/').to_owned(),
        })
    }

    /// A request to this server.
    pub(super) fn request(&self, method: Method, path: &str) -> Builder {
        hyper::Request::builder()
            .method(method)
            .uri(path)
            .header("host", &self.host)
    }

    /// The path that an answer names: whatever host it names, nobody goes elsewhere with a proof.
    pub(super) fn path_of(location: &str) -> Option<String> {
        let path = match location.split_once("://") {
            Some((_, rest)) => rest.get(rest.find('/')?..)?,
            None => location,
        };
        path.starts_with('/').then(|| path.to_owned())
    }

    /// The whole URL that an answer names.
    pub(super) fn url_of(&self, location: &str) -> Option<String> {
        let scheme = match self.route.way {
            Way::Plain => "http",
            Way::Tls | Way::Strict => "https",
        };
        if location.starts_with("https://") || location.starts_with("http://") {
            return Some(location.to_owned());
        }
        let path = location.starts_with('/').then_some(location)?;
        Some(format!("{scheme}://{}{path}", self.host))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route(way: Way) -> Route {
        Route {
            address: Address::parse("chat.example.org:6697", None).unwrap(),
            way,
            why: None,
        }
    }

    #[test]
    fn files_are_where_the_server_says() {
        let own = route(Way::Strict);
        for (base, address, way, path) in [
            ("/files", "chat.example.org:6697", Way::Strict, "/files"),
            (
                "https://f.example.org/up/",
                "f.example.org:443",
                Way::Tls,
                "/up",
            ),
            (
                "https://f.example.org:8443",
                "f.example.org:8443",
                Way::Tls,
                "",
            ),
            ("https://[::1]/x?a=b", "[::1]:443", Way::Tls, "/x?a=b"),
            ("https://[::1]:99/x", "[::1]:99", Way::Tls, "/x"),
            (
                "https://chat.example.org:6697/f",
                "chat.example.org:6697",
                Way::Strict,
                "/f",
            ),
        ] {
            let place = Place::of(base, &own).unwrap();
            assert_eq!(place.route.address.to_string(), address, "{base}");
            assert_eq!(
                (place.route.way, place.path.as_str()),
                (way, path),
                "{base}"
            );
        }
        for bad in ["", "ftp://h/x", "files", "https://", "https://a b/"] {
            assert!(Place::of(bad, &own).is_err(), "{bad}");
        }
    }

    #[test]
    fn files_of_a_private_conversation_go_no_open_way() {
        assert!(Place::of("http://h/files", &route(Way::Tls)).is_err());
        assert!(Place::of("http://h/files", &route(Way::Plain)).is_ok());
    }

    #[test]
    fn an_answer_leads_nowhere_else() {
        assert_eq!(Place::path_of("/files/x").as_deref(), Some("/files/x"));
        assert_eq!(
            Place::path_of("https://evil/files/x").as_deref(),
            Some("/files/x")
        );
        assert_eq!(Place::path_of("https://evil"), None);
        assert_eq!(Place::path_of("files/x"), None);
        let place = Place::of("https://f/up", &route(Way::Tls)).unwrap();
        assert_eq!(place.url_of("/x").as_deref(), Some("https://f/x"));
        assert_eq!(place.url_of("javascript:alert(1)"), None);
    }
}
