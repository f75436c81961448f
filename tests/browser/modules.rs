//! The tests that the page's own modules have, run where they will run: in the browser, under the same rules.

use crate::window::Window;
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::thread;

/// What the real server allows its page to do.
const RULES: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; \
    require-trusted-types-for 'script'";

/// Serves the files of `web/` from the disk, with its tests; ends with the process.
fn serve_modules() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || answer(stream));
        }
    });
    port
}

/// Answers one request, and closes.
fn answer(mut stream: TcpStream) {
    let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
    let first = lines.next().unwrap_or_default();
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let _head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("web")
        .join(path.trim_start_matches('/'));
    let media = match file.extension().and_then(|end| end.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css",
        _ => "text/javascript",
    };
    let (status, bytes) = match fs::read(&file) {
        Ok(bytes) => ("200 OK", bytes),
        Err(_) => ("404 Not Found", Vec::new()),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {media}\r\nContent-Length: {}\r\nContent-Security-Policy: {RULES}\r\nConnection: close\r\n\r\n",
        bytes.len()
    );
    let _ = stream.write_all(&[head.as_bytes(), &bytes].concat());
}

#[test]
fn the_modules_of_the_page_pass_their_own_tests() {
    let port = serve_modules();
    let window = Window::at(&format!("http://127.0.0.1:{port}/tests/index.html"));
    window.until("document.title !== 'running' && document.querySelector('#result').textContent");
    let result = window.run("return document.querySelector('#result').textContent");
    let result: Value = serde_json::from_str(result.as_str().expect("text")).expect("JSON");
    assert_eq!(result["failed"], json!([]), "{result:#}");
    assert!(result["passed"].as_u64() > Some(20), "{result:#}");
    window.is_clean();
}
