//! What browsers are given: the files of `web/`, which stand in the binary. Nothing is read from disk, and no other path
//! exists. The service worker learns here what belongs to this version.

use crate::proto::fingerprint::Fingerprint;
use miniz_oxide::deflate::compress_to_vec_zlib;
use std::borrow::Cow;
use std::sync::LazyLock;

/// One file of the web client.
#[derive(Debug)]
pub(super) struct Asset {
    /// Its path in an address, like `/main.js`.
    pub(super) path: &'static str,
    /// What stands in `Content-Type`.
    pub(super) media: &'static str,
    pub(super) plain: Form,
    /// For those who accept `deflate`, as every browser does.
    pub(super) packed: Form,
}

/// The bytes of a file as they are sent.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) bytes: Cow<'static, [u8]>,
    /// What stands in `ETag`, with its quotes.
    pub(super) etag: String,
}

impl Asset {
    fn new(path: &'static str, bytes: Cow<'static, [u8]>) -> Self {
        Self {
            path,
            media: media(path),
            packed: Form::new(Cow::Owned(compress_to_vec_zlib(&bytes, EFFORT))),
            plain: Form::new(bytes),
        }
    }
}

impl Form {
    fn new(bytes: Cow<'static, [u8]>) -> Self {
        Self {
            etag: format!("\"{}\"", hash(&bytes)),
            bytes,
        }
    }
}

/// How hard files are packed, once when the first is asked for.
const EFFORT: u8 = 8;
/// The page itself, which is also what `/` shows.
const PAGE: &str = "/index.html";
/// Told what belongs to this version; never kept by itself.
const WORKER: &str = "/sw.js";

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$((
            concat!("/", $name),
            include_bytes!(concat!("../../../web/", $name)),
        )),*]
    };
}

/// Each file of `web/`, but for its tests.
const FILES: &[(&str, &[u8])] = files![
    "acts.js",
    "icons/chat-192.png",
    "icons/chat-512.png",
    "icons/chat.svg",
    "index.html",
    "irc/batch.js",
    "irc/caps.js",
    "irc/connection.js",
    "irc/isupport.js",
    "irc/message.js",
    "irc/sasl.js",
    "keys.js",
    "main.js",
    "manifest.webmanifest",
    "model/commands.js",
    "model/hear.js",
    "model/hear/answers.js",
    "model/hear/rooms.js",
    "model/hear/said.js",
    "model/hear/start.js",
    "model/history.js",
    "model/names.js",
    "model/outbox.js",
    "model/room.js",
    "model/state.js",
    "offline.js",
    "operator/acts.js",
    "operator/page.css",
    "operator/page.js",
    "operator/table.js",
    "operator/views.js",
    "operator/words.js",
    "session.js",
    "store.js",
    "style.css",
    "sw.js",
    "transfers/download.js",
    "transfers/files.js",
    "transfers/picture.js",
    "transfers/tus.js",
    "view/composer.js",
    "view/dialog.js",
    "view/dialogs.js",
    "view/dom.js",
    "view/item.js",
    "view/keyed.js",
    "view/log.js",
    "view/notify.js",
    "view/sidebar.js",
    "view/signin.js",
    "view/signs.js",
    "view/text.js",
];

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    let all = FILES.iter().map(|(path, bytes)| match *path {
        WORKER => Asset::new(path, Cow::Owned(worker(bytes))),
        path => Asset::new(path, Cow::Borrowed(*bytes)),
    });
    all.collect()
});

/// The file at this path of an address. The path counts letter by letter.
pub(super) fn find(path: &str) -> Option<&'static Asset> {
    let path = match path {
        "/" => PAGE,
        path => path,
    };
    ASSETS.iter().find(|asset| asset.path == path)
}

fn media(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

fn hash(bytes: &[u8]) -> String {
    Fingerprint::of(bytes)
        .to_string()
        .split_off("sha256:".len())
}

/// The service worker, told before its own text what this version is and which paths belong to it.
fn worker(text: &[u8]) -> Vec<u8> {
    let paths = FILES.iter().map(|(path, _)| *path);
    let shell: Vec<&str> = paths.filter(|path| *path != WORKER).collect();
    let shell = [&["/"], shell.as_slice()].concat();
    let every: Vec<u8> = FILES
        .iter()
        .flat_map(|(_, bytes)| *bytes)
        .copied()
        .collect();
    let shell = serde_json::to_string(&shell).expect("paths are plain text");
    let head = format!(
        "const VERSION = \"{}\";\nconst SHELL = {shell};\n",
        hash(&every)
    );
    [head.as_bytes(), text].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use miniz_oxide::inflate::decompress_to_vec_zlib;
    use std::fs;
    use std::path::{Path, PathBuf};

    /// What the whole web client may weigh on its way.
    const MOST: usize = 150 * 1024;

    fn names_below(directory: &Path, names: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => names_below(&path, names),
                false => names.push(path),
            }
        }
    }

    #[test]
    fn each_file_of_the_web_client_is_in_the_binary_and_all_are_small() {
        let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("web");
        let mut names = Vec::new();
        names_below(&web, &mut names);
        let paths = names.iter().map(|name| {
            let name = name.strip_prefix(&web).unwrap();
            format!("/{}", name.to_str().unwrap())
        });
        let mut there: Vec<String> = paths
            .filter(|path| !path.starts_with("/tests/") && path != "/README.md")
            .collect();
        there.sort();
        let mut known: Vec<&str> = ASSETS.iter().map(|asset| asset.path).collect();
        known.sort_unstable();
        assert_eq!(known, there);
        let weight: usize = ASSETS.iter().map(|asset| asset.packed.bytes.len()).sum();
        assert!(weight <= MOST, "{weight} bytes");
    }

    #[test]
    fn paths_count_letter_by_letter() {
        assert!(find("/icons/chat.svg").is_some());
        for path in ["", "icons/chat.svg", "/ICONS/icon.svg", "/icons/../sw.js"] {
            assert!(find(path).is_none(), "{path}");
        }
    }

    #[test]
    fn browsers_are_told_what_each_file_is() {
        for asset in ASSETS.iter() {
            assert_ne!(asset.media, "application/octet-stream", "{}", asset.path);
            assert_eq!(asset.plain.etag.len(), 66, "{}", asset.path);
            assert_ne!(asset.plain.etag, asset.packed.etag, "{}", asset.path);
            let unpacked = decompress_to_vec_zlib(&asset.packed.bytes).unwrap();
            assert_eq!(unpacked, *asset.plain.bytes, "{}", asset.path);
        }
    }

    #[test]
    fn the_worker_knows_its_version_and_what_belongs_to_it() {
        let text = String::from_utf8(find("/sw.js").unwrap().plain.bytes.to_vec()).unwrap();
        assert!(text.starts_with("const VERSION = \""), "{text}");
        assert!(text.contains("\"/manifest.webmanifest\""), "{text}");
        assert!(!text.contains("\"/sw.js\""), "{text}");
    }
}
