//! The page on a narrow screen, by keys and for those who hear it.

use crate::site::Site;
use crate::window::key;
use serde_json::json;

#[test]
fn on_a_narrow_screen_all_is_there_and_nothing_stands_out() {
    let site = Site::new("");
    let mut mia = site.client("mia");
    let alice = site.newcomer();
    alice.size(390, 844);
    let is_within = || {
        let width = alice.run("return document.documentElement.scrollWidth");
        assert_eq!(width, json!(390));
    };
    alice.picture("narrow-signin");
    is_within();
    alice.come_in("alice");
    alice.until("document.querySelector('#composer-text')?.checkVisibility()");
    mia.send(&format!("PRIVMSG #lobby :{}", "x".repeat(300)));
    alice.sees("xxxxxxxx");
    is_within();
    alice.picture("narrow-room");
    alice.click("#open-side");
    alice.sees("Direct messages");
    alice.picture("narrow-side");
    is_within();
    alice.chord(&[key::ESCAPE]);
    alice.say("from a phone");
    mia.until("PRIVMSG #lobby :from a phone");
    alice.is_clean();
}

#[test]
fn whoever_hears_the_page_is_told_what_happens_and_what_each_thing_is() {
    let site = Site::new("");
    let mut mia = site.client("mia");
    let alice = site.first("alice");
    mia.send("PRIVMSG #lobby :hello");
    alice.sees("hello");
    alice.until("document.querySelector('[role=log][aria-live=polite]')");
    alice.until("document.documentElement.lang");
    let tree = alice.protocol("Accessibility.getFullAXTree", json!({}));
    let nodes = tree["nodes"].as_array().expect("a tree");
    let role = |node: &serde_json::Value| {
        node["role"]["value"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    let acts = [
        "button", "textbox", "link", "combobox", "checkbox", "radio", "tab",
    ];
    let shown = nodes.iter().filter(|node| node["ignored"] != json!(true));
    let all: Vec<_> = shown
        .filter(|node| acts.contains(&role(node).as_str()))
        .collect();
    assert!(all.len() > 8, "{all:#?}");
    let nameless: Vec<_> = all
        .iter()
        .filter(|node| {
            node["name"]["value"]
                .as_str()
                .unwrap_or_default()
                .trim()
                .is_empty()
        })
        .collect();
    assert!(nameless.is_empty(), "{nameless:#?}");
}
