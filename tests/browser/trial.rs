//! The harness itself, tried on pages that need no server of ours.

use crate::window::{Window, key};
use serde_json::json;

const PAGE: &str = "data:text/html,<title>x</title><input id=name><button onclick='document.body.append(document.querySelector(`input`).value)'>Go</button>";

#[test]
fn what_is_typed_and_pressed_arrives() {
    let window = Window::at(PAGE);
    window.write("#name", "hello there");
    window.press_button("Go");
    window.sees("hello there");
    window.rewrite("#name", "");
    window.chord(&[key::SHIFT, 'A']);
    window.keys("bc");
    assert_eq!(
        window.run("return document.activeElement.value"),
        json!("Abc")
    );
    window.is_clean();
    window.size(390, 844);
    assert_eq!(window.run("return innerWidth"), json!(390));
    window.picture("trial");
}

#[test]
#[should_panic(expected = "violations")]
fn what_must_not_happen_is_noticed() {
    let window = Window::at("data:text/html,<script>alert(1)</script>");
    window.until("window.seen.alerts.length");
    window.is_clean();
}

#[test]
fn two_windows_at_once_do_not_mix() {
    let one = Window::at("data:text/html,one");
    let two = Window::at("data:text/html,two");
    one.sees("one");
    two.sees("two");
    assert!(!one.shows("two"));
}
