//! Section `web`, and `websocket`: what browsers get, and from where.

/// What browsers get.
#[derive(Debug, Clone)]
pub struct Web {
    /// Whether HTTP and WebSocket are spoken at all.
    pub enabled: bool,
    /// Further names that the server goes by.
    pub hosts: Vec<String>,
    /// Where people find the server, like `https://chat.example.org`, if something stands before it.
    pub url: Option<String>,
    /// Web sites whose pages may connect, beside the server's own.
    pub origins: Vec<String>,
}

impl Default for Web {
    fn default() -> Self {
        Self {
            enabled: true,
            hosts: Vec::new(),
            url: None,
            origins: Vec::new(),
        }
    }
}

/// Whether this is the address of a web site: scheme, host, perhaps a port, and nothing else.
pub(super) fn is_site(text: &str) -> bool {
    let rest = text.strip_prefix("http://");
    let host = rest.or_else(|| text.strip_prefix("https://"));
    host.is_some_and(|host| {
        let fits = |c: char| c.is_ascii_alphanumeric() || "-.:[]".contains(c);
        (1..=253).contains(&host.len()) && host.chars().all(fits) && !host.starts_with(':')
    })
}

/// Whether this is the name of a host.
pub(super) fn is_host(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-.".contains(c);
    (1..=253).contains(&text.len()) && text.chars().all(fits)
}
