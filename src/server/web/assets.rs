//! What the server brings along for browsers.

/// One file.
#[derive(Debug)]
pub(super) struct Asset {
    /// Where it is asked for.
    pub(super) path: &'static str,
    /// Its type, as browsers are told.
    pub(super) kind: &'static str,
    pub(super) bytes: &'static [u8],
}

/// All of them.
pub(super) const ASSETS: &[Asset] = &[Asset {
    path: "/",
    kind: "text/html; charset=utf-8",
    bytes: b"<!doctype html>\n<html lang=\"en\"><title>chat</title><p>This is a chat server.</p></html>\n",
}];
