//! The page without its server, and how soon it is there with it.

use crate::site::Site;
use serde_json::json;

/// Until the page is kept, and the worker that keeps it answers for it.
const KEPT: &str = "navigator.serviceWorker.controller?.state === 'activated'";

#[test]
fn the_page_opens_without_a_server_and_says_so() {
    let mut site = Site::new("");
    let alice = site.first("alice");
    alice.until(KEPT);
    let manifest = alice.run("return fetch(document.querySelector('link[rel=manifest]').href).then((found) => found.json())");
    assert_eq!(manifest["start_url"], json!("/"));
    for icon in manifest["icons"].as_array().expect("icons") {
        let source = icon["src"].as_str().expect("a path");
        let is_there = alice.run(&format!(
            "return fetch('{source}').then((found) => found.ok)"
        ));
        assert_eq!(is_there, json!(true), "{source}");
    }
    site.fall();
    alice.sees("connection is lost");
    alice.say("written on a train");
    alice.sees("waits for the connection");
    alice.reload();
    alice.until("document.querySelector('#signin-nick')?.checkVisibility()");
    alice.click("#signin-enter");
    alice.sees("does not answer");
    alice.picture("offline");
    // Only the page itself is kept.
    let kept = alice.run(
        "return caches.keys().then((names) => Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)))).then((all) => all.flat())",
    );
    let kept: Vec<&str> = kept
        .as_array()
        .expect("paths")
        .iter()
        .filter_map(|path| path.as_str())
        .collect();
    assert!(
        kept.contains(&"/") && kept.contains(&"/main.js"),
        "{kept:?}"
    );
    assert!(
        !kept
            .iter()
            .any(|path| path.starts_with("/files") || *path == "/irc"),
        "{kept:?}"
    );
    site.rise();
    let mut mia = site.client("mia");
    alice.click("#signin-enter");
    mia.until("PRIVMSG #lobby :written on a train");
}

#[test]
fn the_page_is_painted_at_once() {
    let site = Site::new("");
    let alice = site.newcomer();
    let painted =
        alice.until("performance.getEntriesByName('first-contentful-paint')[0]?.startTime");
    let loaded = alice.run("return performance.getEntriesByType('navigation')[0].loadEventEnd");
    let sent = alice.run(
        "return performance.getEntries().map((one) => one.transferSize ?? 0).reduce((one, other) => one + other, 0)",
    );
    eprintln!("first paint after {painted} ms, loaded after {loaded} ms, {sent} bytes");
    assert!(painted.as_f64().expect("a time") < 1000.0, "{painted}");
    assert!(sent.as_f64().expect("bytes") < 150.0 * 1024.0, "{sent}");
}
