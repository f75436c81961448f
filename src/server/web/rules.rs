//! By which names the server may be called, and whose pages may ask it: without these rules, a page of anybody
//! could talk to a server in the network of whoever looks at it.

use crate::config::Config;
use hyper::header::{HOST, HeaderMap, ORIGIN};
use hyper::http::uri::{Authority, Scheme, Uri};
use std::net::{IpAddr, Ipv6Addr};

/// Where a request goes, as it says itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    /// In small letters, without a dot at its end.
    host: String,
    port: Option<u16>,
}

/// Why a request is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrong {
    /// It does not say where it goes, or says it twice.
    NoHost,
    /// It calls the server by a name that is not its own.
    OtherHost,
    /// A page of another site asks.
    OtherSite,
}

impl Target {
    /// Where a request goes.
    pub(super) fn of(uri: &Uri, headers: &HeaderMap) -> Result<Self, Wrong> {
        let mut hosts = headers.get_all(HOST).into_iter();
        let host = hosts.next().filter(|_| hosts.next().is_none());
        let host = host.and_then(|host| host.to_str().ok());
        let host = host.and_then(Self::parse).ok_or(Wrong::NoHost)?;
        match uri.authority() {
            Some(other) if Self::parse(other.as_str()).as_ref() != Some(&host) => {
                Err(Wrong::NoHost)
            }
            _ => Ok(host),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let authority: Authority = text.parse().ok()?;
        let host = authority.host();
        let rest = text.strip_prefix(host).filter(|_| !host.is_empty())?;
        let port = match rest.strip_prefix(':') {
            None if rest.is_empty() => None,
            None => return None,
            Some(port) => Some(port.parse().ok()?),
        };
        let host = host.strip_suffix('.').unwrap_or(host);
        Some(Self {
            host: host.to_ascii_lowercase(),
            port,
        })
    }

    /// Whether the server goes by this name; every address is one of its own.
    pub(super) fn is_ours(&self, config: &Config, names: &[String]) -> bool {
        let host = self.host.as_str();
        let is_local = host == "localhost" || host.ends_with(".localhost");
        let url = config.web.url.as_deref().and_then(site);
        let configured = [&config.server.name].into_iter().chain(&config.web.hosts);
        is_address(host)
            || is_local
            || configured.into_iter().any(|name| covers(name, host))
            || names.iter().any(|name| covers(name, host))
            || url.is_some_and(|(_, url)| url.host == host)
    }

    /// Whether a page of this site may ask: it is our own, or one that was named.
    fn admits(&self, origin: &str, is_tls: bool, config: &Config) -> bool {
        let Some(asking) = site(origin) else {
            return false;
        };
        let named = config.web.origins.iter().chain(&config.web.url);
        let mut named = named.filter_map(|named| site(named));
        let own = scheme(is_tls);
        let own_port = self.port.or(port_of(&own));
        let is_own = asking.0 == own && asking.1.host == self.host && asking.1.port == own_port;
        is_own || named.any(|named| named == asking)
    }

    /// Whether whoever asks may, if it is a page that asks; programs that are no browsers do not say.
    pub(super) fn check_origin(
        &self,
        headers: &HeaderMap,
        is_tls: bool,
        config: &Config,
    ) -> Result<(), Wrong> {
        let mut origins = headers.get_all(ORIGIN).into_iter();
        let Some(origin) = origins.next() else {
            return Ok(());
        };
        let origin = origin.to_str().ok().filter(|_| origins.next().is_none());
        match origin.is_some_and(|origin| self.admits(origin, is_tls, config)) {
            true => Ok(()),
            false => Err(Wrong::OtherSite),
        }
    }
}

/// The scheme and place of a site, with its port.
fn site(text: &str) -> Option<(Scheme, Target)> {
    let uri: Uri = text.parse().ok()?;
    let is_bare = matches!(uri.path(), "" | "/") && uri.query().is_none() && !text.ends_with('/');
    let scheme = uri.scheme().filter(|_| is_bare)?.clone();
    let mut target = Target::parse(uri.authority()?.as_str())?;
    target.port = Some(target.port.or(port_of(&scheme))?);
    Some((scheme, target))
}

fn scheme(is_tls: bool) -> Scheme {
    match is_tls {
        true => Scheme::HTTPS,
        false => Scheme::HTTP,
    }
}

fn port_of(scheme: &Scheme) -> Option<u16> {
    match scheme.as_str() {
        "http" => Some(80),
        "https" => Some(443),
        _ => None,
    }
}

fn is_address(host: &str) -> bool {
    let v6 = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    match v6 {
        Some(v6) => v6.parse::<Ipv6Addr>().is_ok(),
        None => host.parse::<IpAddr>().is_ok(),
    }
}

/// Whether a name is this host; `*.` stands for one label.
fn covers(name: &str, host: &str) -> bool {
    match name.strip_prefix("*.") {
        Some(parent) => host
            .split_once('.')
            .is_some_and(|(_, rest)| rest.eq_ignore_ascii_case(parent)),
        None => name.eq_ignore_ascii_case(host),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::header::HeaderValue;

    fn target(host: &str) -> Result<Target, Wrong> {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, HeaderValue::from_str(host).unwrap());
        Target::of(&Uri::from_static("/irc"), &headers)
    }

    fn config() -> Config {
        let mut config = Config::default();
        config.server.name = "irc.example.org".into();
        config.web.hosts = vec!["chat.home".into()];
        config.web.origins = vec!["https://blog.example.org".into()];
        config
    }

    #[test]
    fn the_server_goes_by_its_names_and_addresses_alone() {
        let names = ["*.cert.example".to_owned()];
        let is_ours = |host| target(host).is_ok_and(|host| host.is_ours(&config(), &names));
        for host in [
            "127.0.0.1:55555",
            "[::1]:55555",
            "192.168.1.7",
            "localhost:1",
            "LocalHost.",
            "irc.example.org:443",
            "chat.home",
            "a.cert.example",
        ] {
            assert!(is_ours(host), "{host}");
        }
        for host in [
            "evil.example",
            "127.0.0.1.evil.example",
            "a.b.cert.example",
            "cert.example",
            "localhost.evil.example",
            "user@localhost",
            "",
            "localhost:",
            "a b",
        ] {
            assert!(!is_ours(host), "{host}");
        }
    }

    #[test]
    fn only_pages_of_the_same_scheme_host_and_port_may_ask_and_those_that_are_named() {
        let here = target("127.0.0.1:55555").unwrap();
        let may = |origin, is_tls| here.admits(origin, is_tls, &config());
        assert!(may("http://127.0.0.1:55555", false) && may("https://127.0.0.1:55555", true));
        assert!(may("https://blog.example.org", false));
        for origin in [
            "https://127.0.0.1:55555",
            "http://127.0.0.1:55556",
            "http://127.0.0.1",
            "http://127.0.0.1.evil.com:55555",
            "http://localhost:55555",
            "http://evil.example",
            "null",
            "",
            "http://127.0.0.1:55555/",
            "http://user@127.0.0.1:55555",
            "https://blog.example.org:444",
            "http://blog.example.org",
        ] {
            assert!(!may(origin, false), "{origin}");
        }
        let usual = target("irc.example.org").unwrap();
        assert!(usual.admits("https://irc.example.org", true, &config()));
        assert!(usual.admits("http://irc.example.org:80", false, &config()));
    }
}
