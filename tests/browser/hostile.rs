//! What others write is text: no script of theirs runs, wherever it stands.

use crate::process::Client;
use crate::site::Site;
use crate::window::{Window, key};
use serde_json::json;

/// Texts that would do something if a page took them for more than text.
const TEXTS: &[&str] = &[
    "<script>alert('a')</script>",
    "<img src=x onerror=alert('b')>",
    "\"><svg onload=alert('c')>",
    "'-alert('d')-'",
    "javascript:alert('e')",
    "data:text/html,<script>alert('f')</script>",
    "{{7*7}} ${7*7} <%= 7*7 %>",
    "https://example.org/\"onmouseover=\"alert('g')",
    "<iframe srcdoc=\"<script>parent.alert('h')</script>\"></iframe>",
    "\u{202e}<b>turned</b>\u{202c}",
    "\u{2}<i>\u{3}04,05<style>*{display:none}</style>",
    "<a href=javascript:alert('i')>click</a> <base href=//example.org>",
];

/// What of theirs may never become part of the page.
const PARTS: &str = "document.querySelectorAll('script:not([src=\"main.js\"]), iframe, base, style, object, embed, \
    [onerror], [onload], [onmouseover], a[href^=\"javascript:\"], a[href^=\"data:\"], img:not(.picture), #log b:not(.nick), #log i:not(.i)').length";

fn attack(mallory: &mut Client) {
    for text in TEXTS {
        mallory.send(&format!("PRIVMSG #lobby :{text}"));
        mallory.send(&format!("PRIVMSG alice :{text}"));
        mallory.send(&format!("PRIVMSG #lobby :\u{1}ACTION {text}\u{1}"));
        mallory.send(&format!("NOTICE #lobby :{text}"));
        mallory.send(&format!("TOPIC #evil :{text}"));
        mallory.send(&format!("AWAY :{text}"));
        mallory.send(&format!("PART #evil2 :{text}"));
        mallory.send("JOIN #evil2");
        mallory.send(&format!("SETNAME :{text}"));
        mallory.send(&format!(
            "@+draft/react={};+typing=active TAGMSG #lobby",
            text.replace([' ', ';'], "\\s")
        ));
        mallory.send(&format!(
            "@+reply={};+draft/react={} TAGMSG #lobby",
            "x<img>", "<b>"
        ));
        let room: String = text.chars().filter(|c| !" ,\u{7}".contains(*c)).collect();
        mallory.send(&format!("JOIN #{room}"));
        mallory.send(&format!("INVITE alice #{room}"));
    }
    mallory.send("PING done");
    mallory.until("done");
}

fn is_harmless(alice: &Window) {
    alice.is_clean();
    assert_eq!(alice.run(&format!("return {PARTS}")), json!(0));
    assert_eq!(
        alice.run("return document.title.includes('alert')"),
        json!(false)
    );
}

#[test]
fn what_others_write_is_shown_as_text_wherever_it_stands() {
    let site = Site::new("flood: { enabled: false }\nlimits: { rooms_per_user: 100 }\n");
    let mut mallory = site.client("mallory");
    mallory.send("CAP REQ :message-tags setname");
    mallory.send("JOIN #evil,#evil2");
    let alice = site.first("alice");
    alice.say("/join #evil");
    alice.until("document.querySelector('#place-name').textContent.includes('evil')");
    alice.say("/join #evil2");
    alice.until("document.querySelector('#place-name').textContent.includes('evil2')");
    attack(&mut mallory);
    alice.say("/join #lobby");
    alice.sees("<img src=x onerror=alert('b')>");
    alice.sees("{{7*7}} ${7*7}");
    alice.picture("hostile");
    is_harmless(&alice);
    // What they say to one alone, what is told of them, and their rooms.
    alice.click(".room.unread");
    alice.until("document.querySelector('#place-name').textContent.includes('mallory')");
    alice.sees("<iframe srcdoc=");
    is_harmless(&alice);
    alice.say("/whois mallory");
    alice.until("document.querySelector('dialog[open]')?.innerText.includes('base href')");
    alice.picture("hostile-whois");
    is_harmless(&alice);
    alice.chord(&[key::ESCAPE]);
    alice.until("!document.querySelector('dialog')");
    alice.say("/list");
    alice.until("document.querySelector('dialog[open]')?.innerText.includes('alert(')");
    alice.picture("hostile-rooms");
    is_harmless(&alice);
}
