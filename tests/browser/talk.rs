//! People talk: at the page, in a terminal, with other programs.

use crate::site::Site;
use crate::terminal::Terminal;
use crate::window::key;

#[test]
fn two_browsers_and_a_terminal_talk() {
    let site = Site::new("");
    let program = format!(
        "'{}' connect 127.0.0.1 {} --nick carol",
        env!("CARGO_BIN_EXE_chat"),
        site.port
    );
    let carol = Terminal::shell(&site.home, "carol", &program);
    let (alice, bob) = (site.first("alice"), site.second("bob"));
    carol.wait_for("bob");

    alice.say("hello from a browser");
    bob.sees("hello from a browser");
    carol.wait_for("alice │ hello from a browser");
    carol.keys(&["hello from a terminal", "Enter"]);
    alice.sees("hello from a terminal");
    bob.sees("hello from a terminal");
    bob.say("hello from another");
    carol.wait_for("bob │ hello from another");
    alice.sees("hello from another");
    alice.picture("talk");
    alice.is_clean();
    bob.is_clean();
}

#[test]
fn a_name_that_is_taken_is_told_with_others_that_are_free() {
    let site = Site::new("");
    let _alice = site.client("alice");
    let other = site.newcomer();
    other.come_in("alice");
    other.until("document.querySelector('#signin-problem')?.checkVisibility()");
    other.picture("taken");
    other.click("#signin-free button");
    other.until("document.querySelector('#composer-text')?.checkVisibility()");
    other.is_clean();
}

#[test]
fn whoever_closes_the_window_has_left() {
    let site = Site::new("");
    let mut alice = site.client("alice");
    let bob = site.first("bob");
    alice.until(":bob!");
    drop(bob);
    let seen = alice.until(" QUIT ");
    assert!(
        seen.last().is_some_and(
            |line| line.contains(":bob!") && line.to_lowercase().contains("closed the window")
        ),
        "{seen:?}"
    );
}

#[test]
fn what_is_for_one_person_is_counted_until_it_is_looked_at() {
    let site = Site::new("");
    let mut mia = site.client("mia");
    let alice = site.first("alice");
    mia.until(":alice!");
    for text in ["one", "two", "three"] {
        mia.send(&format!("PRIVMSG alice :{text} for you"));
    }
    alice.until("document.querySelector('.badge')?.textContent.includes('3')");
    alice.until("document.title.includes('3')");
    alice.picture("unread");
    alice.click(".room.unread");
    alice.sees("three for you");
    alice.until("!document.querySelector('.badge')");
    // In the room, with a name in the field "to": only she reads it.
    alice.click(".room");
    alice.until("document.querySelector('#composer-to').placeholder.includes('everybody')");
    alice.write("#composer-to", "mia");
    alice.say("a secret");
    mia.until("PRIVMSG mia :a secret");
    alice.rewrite("#composer-to", "");
    alice.say("a word to all");
    mia.until("PRIVMSG #lobby :a word to all");
}

#[test]
fn a_message_is_answered_reacted_to_and_removed_by_keys_alone() {
    let site = Site::new("");
    let mut mia = site.client("mia");
    let alice = site.newcomer();
    alice.until("document.activeElement.id === 'signin-nick'");
    alice.keys("alice");
    alice.chord(&[key::ENTER]);
    alice.until("document.activeElement.id === 'composer-text'");
    alice.keys("by hand");
    alice.chord(&[key::ENTER]);
    mia.until("PRIVMSG #lobby :by hand");
    alice.keys("/join #dev");
    alice.chord(&[key::ENTER]);
    alice.until("document.querySelector('#place-name').textContent.includes('dev')");
    alice.chord(&[key::ALT, key::DOWN]);
    alice.until("document.querySelector('#place-name').textContent.includes('lobby')");
    alice.chord(&[key::CONTROL, 'k']);
    alice.until("document.querySelector('dialog[open]')");
    alice.keys("dev");
    alice.chord(&[key::ENTER]);
    alice.until("document.querySelector('#place-name').textContent.includes('dev')");
    alice.chord(&[key::CONTROL, '/']);
    alice.until("document.querySelector('dialog[open]')?.textContent.includes('Ctrl')");
    alice.picture("help");
    alice.chord(&[key::ESCAPE]);
    alice.until("!document.querySelector('dialog[open]')");
    alice.is_clean();
}
