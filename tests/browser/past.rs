//! What was said before, what is said while nobody answers, and what becomes of it.

use crate::site::Site;

/// How often these words stand among the messages.
fn count(words: &str) -> String {
    format!(
        "[...document.querySelectorAll('#log .words')].filter((one) => one.textContent === {words:?}).length"
    )
}

#[test]
fn what_was_said_before_comes_as_one_scrolls_up() {
    let site = Site::new("flood: { enabled: false }\n");
    let mut mia = site.client("mia");
    for number in 1..=250 {
        mia.send(&format!("PRIVMSG #lobby :line {number}"));
    }
    mia.send("PING done");
    mia.until("done");
    let alice = site.first("alice");
    alice.sees("line 250");
    assert!(!alice.shows("line 3\n"));
    for _ in 0..40 {
        if alice.shows("This is the beginning") {
            break;
        }
        alice.wheel("#log-frame", -4000);
        alice.until("!document.querySelector('#log-top').textContent.includes('Loading')");
    }
    alice.until(&format!("{} === 1", count("line 1")));
    let all = alice.run(
        "return [...document.querySelectorAll('#log .words')].map((one) => one.textContent).filter((text) => text.startsWith('line '))",
    );
    let expected: Vec<String> = (1..=250).map(|number| format!("line {number}")).collect();
    assert_eq!(all, serde_json::json!(expected));
    alice.is_clean();
}

#[test]
fn nothing_is_lost_or_said_twice_when_the_server_falls() {
    let mut site = Site::new("");
    let (alice, bob) = (site.first("alice"), site.second("bob"));
    alice.say("before");
    bob.sees("before");
    site.fall();
    alice.sees("connection is lost");
    alice.say("while nobody heard");
    alice.sees("waits for the connection");
    alice.picture("lost");
    site.rise();
    alice.press_button("Try now");
    bob.press_button("Try now");
    alice.until(&format!("{} === 1", count("while nobody heard")));
    bob.until(&format!("{} === 1", count("while nobody heard")));
    alice.say("after");
    bob.until(&format!("{} === 1", count("after")));
    for person in [&alice, &bob] {
        for words in ["before", "while nobody heard", "after"] {
            person.until(&format!("{} === 1", count(words)));
        }
        person.is_clean();
    }
    alice.until("!document.querySelector('#banner')?.checkVisibility()");
    alice.until("!document.querySelector('#log .pending')");
}
