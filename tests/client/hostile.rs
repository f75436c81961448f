//! A server that goes on for ever: the client gives up, and says little meanwhile.

use crate::talk::Talk;
use chat::client::deed::Wanted;
use chat::client::secret::Secret;
use chat::client::settings::Manner;
use chat::exit::Exit;

#[test]
fn no_name_is_free_for_ever() {
    let mut talk = Talk::begin(Manner::Person);
    for _ in 0..1000 {
        talk.hear(":s 433 * me :Nickname is already in use.");
    }
    assert_eq!(
        talk.state.wanted(),
        Wanted::Answer("Your name: ".to_owned())
    );
    assert_eq!(talk.all_shown().lines().count(), 1);
    let mut talk = Talk::at_home();
    talk.lose().wait(1).come_back().clear();
    for number in 0..1000 {
        if talk.exit.is_some() {
            break;
        }
        talk.hear(&format!(":s 433 * me{number} :Nickname is already in use."));
    }
    let tries = talk.all_sent().matches("NICK ").count();
    assert!(tries <= 5, "{tries}");
    assert_eq!(talk.exit, Some(Exit::Refused));
    assert!(talk.all_shown().lines().count() < 10);
}

#[test]
fn a_list_of_capabilities_without_end_is_waited_for_as_long_as_any_answer() {
    let mut talk = Talk::begin(Manner::Person);
    talk.clear();
    for number in 0..100_000 {
        talk.hear(&format!(":s CAP * LS * :cap{number}=x batch sasl=PLAIN"));
    }
    talk.sent(&[]).shown(&[]);
    talk.wait(11);
    assert_eq!(talk.exit, Some(Exit::Unreachable));
}

#[test]
fn an_exchange_that_never_ends_is_broken_off() {
    let mut talk = Talk::begin_with(|settings| {
        settings.account = Some("me".to_owned());
        settings.account_password = Some(Secret::new("horse".to_owned()));
    });
    talk.hear(":s CAP * LS :sasl=PLAIN,SCRAM-SHA-256 batch");
    talk.hear(":s CAP * ACK :sasl batch").clear();
    for _ in 0..1000 {
        talk.hear("AUTHENTICATE +");
    }
    let said = talk.all_sent().lines().count();
    assert!(said < 10, "{said}");
}

#[test]
fn each_ping_is_answered_once_and_nothing_else_is() {
    let mut talk = Talk::arrived();
    for number in 0..1000 {
        talk.hear(&format!("PING :{number}"));
        talk.hear(":bob!u@h PRIVMSG me :\u{1}VERSION\u{1}").clear();
    }
    talk.hear("PING :last").sent(&["PONG :last"]);
}
