//! What is seen, and what keys do.

use super::*;
use crate::admin::command::moderate::{Ban, Moderate, Mute};
use crate::admin::command::top::TopOrder;
use crate::admin::print::{Format, Header};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use serde_json::json;

fn screen(names: &[&str]) -> Screen {
    let look = Look {
        format: Format::Text,
        header: Header::Plain,
        width: None,
    };
    let mut screen = Screen::new(Top::default(), look);
    screen.seen(&answer(names));
    screen
}

fn answer(names: &[&str]) -> Answer {
    let row = |name| json!({ "name": name, "in_per_s": 1.0, "rooms": 1 });
    let rows: Vec<Value> = names.iter().map(row).collect();
    Answer::ok(json!({ "ts": "2026-11-20T08:52:10.000Z", "connections": 3, "rows": rows }))
}

fn press(screen: &mut Screen, key: KeyCode) -> Deed {
    screen.press(KeyEvent::from(key))
}

fn typed(screen: &mut Screen, text: &str) {
    for c in text.chars() {
        press(screen, KeyCode::Char(c));
    }
}

fn picture(screen: &mut Screen, height: u16) -> Vec<String> {
    let mut terminal = Terminal::new(TestBackend::new(100, height)).unwrap();
    terminal.draw(|frame| screen.draw(frame)).unwrap();
    let buffer = terminal.backend().buffer();
    let lines = buffer.content().chunks(100);
    lines
        .map(|cells| cells.iter().map(|cell| cell.symbol()).collect::<String>())
        .map(|line| line.trim_end().to_owned())
        .collect()
}

#[test]
fn the_server_the_users_and_the_keys_are_shown() {
    let mut screen = screen(&["ann", "b\u{1b}[2Jb"]);
    let picture = picture(&mut screen, 8);
    assert!(picture[0].contains("08:52:10 · 3 conn"), "{picture:?}");
    assert!(picture[1].starts_with("NAME"), "{picture:?}");
    assert!(picture[2].starts_with("ann"), "{picture:?}");
    assert!(picture[3].starts_with("b␛[2Jb"), "{picture:?}");
    let keys = "[k]ick [m]ute [b]an [s]ort:in [f]ilter [p]ause [q]uit";
    assert_eq!(picture[7], keys);
    assert_eq!(screen.asked().limit, 5);
}

#[test]
fn the_smallest_terminal_is_survived() {
    let mut screen = screen(&["ann"]);
    for height in 1..4 {
        picture(&mut screen, height);
    }
    assert_eq!(screen.asked().limit, 1);
}

#[test]
fn nobody_is_hit_without_a_clear_yes() {
    let mut screen = screen(&["ann", "bob"]);
    for (key, question) in [
        ('k', "Disconnect: bob? [y/N]"),
        ('m', "Mute for 10 minutes: bob? [y/N]"),
        ('b', "Ban for 1 hour and disconnect: bob? [y/N]"),
    ] {
        press(&mut screen, KeyCode::Down);
        press(&mut screen, KeyCode::Char(key));
        assert_eq!(picture(&mut screen, 8)[7], question);
        assert!(matches!(press(&mut screen, KeyCode::Enter), Deed::Nothing));
        assert_eq!(picture(&mut screen, 8)[7], "Nothing was done.");
        press(&mut screen, KeyCode::Char(key));
        let Deed::Act(command) = press(&mut screen, KeyCode::Char('y')) else {
            panic!("nothing is done");
        };
        let is_bob = match *command {
            Command::Kick(kick) => kick.names == ["bob"],
            Command::Moderate(
                Moderate::Ban(Ban { target, .. }) | Moderate::Mute(Mute { target, .. }),
            ) => target == "bob",
            _ => false,
        };
        assert!(is_bob);
    }
}

#[test]
fn a_question_stays_about_the_one_it_named() {
    let mut screen = screen(&["ann", "bob"]);
    press(&mut screen, KeyCode::Char('k'));
    screen.seen(&answer(&["bob"]));
    let Deed::Act(command) = press(&mut screen, KeyCode::Char('y')) else {
        panic!("nothing is done");
    };
    assert_eq!(*command, kick("ann".to_owned()));
}

#[test]
fn the_selected_one_stays_selected_wherever_it_moves() {
    let mut screen = screen(&["ann", "bob", "carol"]);
    press(&mut screen, KeyCode::End);
    screen.seen(&answer(&["carol", "ann", "bob"]));
    assert_eq!(screen.place(), Some(0));
    screen.seen(&answer(&["ann", "bob"]));
    assert_eq!(screen.selected.as_deref(), Some("ann"));
    screen.seen(&answer(&[]));
    assert!(screen.selected.is_none());
    press(&mut screen, KeyCode::Down);
    press(&mut screen, KeyCode::Char('k'));
    assert!(matches!(
        press(&mut screen, KeyCode::Char('y')),
        Deed::Nothing
    ));
}

#[test]
fn keys_sort_filter_pause_and_leave() {
    let mut screen = screen(&["ann"]);
    for order in [
        TopOrder::Out,
        TopOrder::Queue,
        TopOrder::Lag,
        TopOrder::Name,
        TopOrder::In,
    ] {
        assert!(matches!(press(&mut screen, KeyCode::Char('s')), Deed::Look));
        assert_eq!(screen.asked().sort, order);
    }
    press(&mut screen, KeyCode::Char('f'));
    typed(&mut screen, "kqx");
    press(&mut screen, KeyCode::Backspace);
    assert!(picture(&mut screen, 8)[7].ends_with("Enter: kq_"));
    assert!(matches!(press(&mut screen, KeyCode::Enter), Deed::Look));
    assert_eq!(screen.asked().pattern.as_deref(), Some("kq"));
    press(&mut screen, KeyCode::Char('p'));
    assert!(screen.is_paused() && picture(&mut screen, 8)[0].starts_with("PAUSED"));
    press(&mut screen, KeyCode::Char('p'));
    assert!(!screen.is_paused());
    assert!(matches!(
        press(&mut screen, KeyCode::Char('q')),
        Deed::Leave
    ));
    let interrupt = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
    press(&mut screen, KeyCode::Char('f'));
    assert!(matches!(screen.press(interrupt), Deed::Leave));
}

#[test]
fn what_came_of_it_is_told_until_the_next_key() {
    let mut screen = screen(&["ann"]);
    let no = Answer::failed(Code::NeedsConsent, "It would hit you.", Vec::new());
    screen.done(&mute("ann".to_owned()), &no);
    let told = &picture(&mut screen, 8)[7];
    assert!(
        told.starts_with("It would hit you. Do it with chat admin"),
        "{told}"
    );
    press(&mut screen, KeyCode::Up);
    assert!(picture(&mut screen, 8)[7].starts_with("[k]ick"));
}
