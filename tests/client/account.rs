//! Accounts: logging in at the beginning and later, keeping a name, the password, other devices.

use crate::talk::Talk;
use chat::client::deed::Wanted;
use chat::client::secret::Secret;
use chat::client::settings::{Manner, Safety};
use chat::exit::Exit;

const CAPS: &str = ":s CAP * ACK :batch labeled-response message-tags standard-replies sasl";

/// A client that wants to be ann, with this password.
fn ann(password: Option<&str>) -> Talk {
    let mut talk = Talk::begin_with(|settings| {
        settings.nick = "ann".to_owned();
        settings.account = Some("ann".to_owned());
        settings.account_password = password.map(Secret::new);
    });
    talk.clear();
    talk.hear(":s CAP * LS :batch labeled-response message-tags standard-replies sasl=PLAIN");
    talk.clear();
    talk
}

#[test]
fn the_account_is_logged_in_to_before_anything_else() {
    let mut talk = ann(Some("pencil"));
    talk.hear(CAPS).sent(&["AUTHENTICATE PLAIN"]);
    talk.hear("AUTHENTICATE +")
        .sent(&["AUTHENTICATE AGFubgBwZW5jaWw="]);
    talk.hear(":s 900 ann ann!u@h ann :You are now logged in as ann")
        .sent(&[]);
    talk.hear(":s 903 ann :Welcome").sent(&["CAP END"]);
    assert_eq!(talk.state.account.as_deref(), Some("ann"));
    assert!(!format!("{:?}", talk.state).contains("pencil"));
}

#[test]
fn the_safer_way_is_taken_where_it_is_offered() {
    let mut talk = ann(Some("pencil"));
    talk.hear(":s CAP * NEW :sasl=PLAIN,SCRAM-SHA-256").clear();
    talk.hear(CAPS).sent(&["AUTHENTICATE SCRAM-SHA-256"]);
    talk.hear(":s 908 ann PLAIN :are available SASL mechanisms")
        .hear(":s 904 ann :SASL authentication failed")
        .sent(&["AUTHENTICATE PLAIN"]);
}

#[test]
fn a_wrong_password_from_a_file_ends_it_and_a_typed_one_is_asked_for_again() {
    let mut talk = ann(Some("wrong"));
    talk.hear(CAPS)
        .hear("AUTHENTICATE +")
        .hear(":s 904 ann :SASL authentication failed");
    assert_eq!(talk.exit, Some(Exit::NotAllowed));
    assert_eq!(talk.shown, ["Wrong password for ann."]);

    let mut talk = ann(None);
    talk.hear(CAPS).sent(&[]);
    for left in ["2 tries left.", "1 try left."] {
        let question = Wanted::Secret("Password of ann: ".to_owned());
        assert_eq!(talk.state.wanted(), question);
        talk.says("wrong")
            .hear("AUTHENTICATE +")
            .hear(":s 904 ann :SASL authentication failed");
        assert!(talk.all_shown().ends_with(left));
        assert_eq!(talk.exit, None);
    }
    talk.says("wrong")
        .hear("AUTHENTICATE +")
        .hear(":s 904 ann :SASL authentication failed");
    assert_eq!(talk.exit, Some(Exit::NotAllowed));
}

#[test]
fn a_password_never_leaves_this_machine_unencrypted() {
    let mut talk = Talk::begin_with(|settings| {
        settings.account = Some("me".to_owned());
        settings.account_password = Some(Secret::new("pencil"));
        settings.safety = Safety::Open;
    });
    talk.hear(":s CAP * LS :sasl").clear();
    talk.hear(":s CAP * ACK :sasl");
    assert_eq!(talk.exit, Some(Exit::Tls));
    assert_eq!(talk.all_sent(), "");
    let mut talk = Talk::begin_with(|settings| settings.safety = Safety::Open);
    talk.welcome(":s NOTICE * :x").clear();
    for command in ["/register", "/login"] {
        talk.says(command).sent(&[]);
        assert_eq!(talk.state.wanted(), Wanted::Line);
        assert!(talk.all_shown().contains("is not encrypted"), "{command}");
    }
}

#[test]
fn a_server_without_accounts_says_so() {
    let mut talk = Talk::begin_with(|settings| settings.account = Some("me".to_owned()));
    talk.hear(":s CAP * LS :batch").hear(":s CAP * ACK :batch");
    assert_eq!(talk.exit, Some(Exit::NotAllowed));
    let mut talk = Talk::arrived();
    talk.says("/register").sent(&[]);
    talk.shown(&["✗ This server keeps no names. Nothing was sent."]);
}

#[test]
fn a_name_is_kept_with_a_password_typed_twice() {
    let mut talk = Talk::begin_with(|_| {});
    talk.welcome(":s NOTICE * :x").clear();
    talk.says("/register sesame").sent(&[]);
    assert!(talk.all_shown().contains("never typed into the line"));
    talk.says("/register").sent(&[]);
    assert!(
        talk.all_shown()
            .contains("Whoever runs this server can read")
    );
    assert_eq!(
        talk.state.wanted(),
        Wanted::Secret("A password for me: ".to_owned())
    );
    talk.says("sesame").says("sesam").sent(&[]);
    talk.shown(&["✗ The two are not the same."]);
    talk.says("sesame").clear();
    talk.says("sesame")
        .sent(&["@label=c3 REGISTER * * :sesame"]);
    talk.hear("@label=c3 :s REGISTER SUCCESS me :Account created");
    assert!(talk.all_shown().contains("me is yours now"));
    assert_eq!(talk.state.account.as_deref(), Some("me"));
}

#[test]
fn a_name_that_is_kept_for_somebody_asks_for_the_password() {
    let mut talk = Talk::begin(Manner::Person);
    talk.hear(":s CAP * LS :sasl=PLAIN")
        .hear(":s CAP * ACK :sasl");
    talk.clear();
    talk.hear(":s 433 * me :This nickname is registered to somebody");
    talk.shown(&["me is registered. Its password, please; Enter alone to take another name."]);
    talk.says("pencil").sent(&["AUTHENTICATE PLAIN"]);
    talk.hear("AUTHENTICATE +").clear();
    talk.hear(":s 903 * :ok").sent(&["NICK me"]);
    let mut talk = Talk::begin(Manner::Person);
    talk.hear(":s CAP * LS :sasl=PLAIN")
        .hear(":s CAP * ACK :sasl");
    talk.hear(":s 433 * me :This nickname is registered")
        .clear();
    talk.says("").sent(&[]);
    assert_eq!(
        talk.state.wanted(),
        Wanted::Answer("Your name: ".to_owned())
    );
}

#[test]
fn logging_in_later_and_out_again() {
    let mut talk = Talk::begin_with(|_| {});
    talk.welcome(":s NOTICE * :x").clear();
    talk.says("/login ann").says("pencil");
    assert_eq!(talk.all_sent(), "AUTHENTICATE SCRAM-SHA-256");
    // Who says the next line is not known yet.
    assert_eq!(talk.wait(2).state.wanted(), Wanted::Nothing);
    talk.hear(":s 900 me me!u@h ann :You are now logged in as ann")
        .hear(":s 903 me :ok");
    talk.shown(&["08:00          * │ you are logged in as ann"]);
    talk.clear();
    assert_eq!(talk.state.wanted(), Wanted::Line);
    talk.says("/logout").sent(&["@label=c5 NICKSERV LOGOUT"]);
    talk.hear("@label=c5 :s NOTE NICKSERV LOGGED_OUT :You are logged out")
        .shown(&["               * │ you are logged out, and a guest now"]);
    talk.says("/logout").sent(&[]);
    assert!(talk.all_shown().contains("You are not logged in."));
}

#[test]
fn in_a_room_a_wrong_password_is_asked_for_again_until_an_empty_answer() {
    let mut talk = Talk::begin_with(|_| {});
    talk.welcome(":s NOTICE * :x").clear();
    talk.says("/login ann");
    for _ in 0..5 {
        let question = Wanted::Secret("Password of ann: ".to_owned());
        assert_eq!(talk.state.wanted(), question);
        talk.says("wrong");
        // First by SCRAM, of which this server knows nothing, then by PLAIN.
        for _ in 0..2 {
            talk.hear("AUTHENTICATE +")
                .hear(":s 904 me :SASL authentication failed");
        }
    }
    assert!(talk.all_shown().ends_with("an empty answer ends it."));
    talk.clear();
    talk.says("").sent(&[]);
    assert_eq!(talk.state.wanted(), Wanted::Line);
}

#[test]
fn no_password_at_all_is_no_try_to_log_in() {
    let mut talk = Talk::begin_with(|_| {});
    talk.welcome(":s NOTICE * :x").clear();
    talk.says("/login ann").says("").sent(&[]);
    talk.shown(&["08:00          * │ nothing was changed"]);
    assert_eq!(talk.state.wanted(), Wanted::Line);
}

#[test]
fn a_name_of_an_account_is_told_from_one_that_somebody_uses() {
    let mut talk = Talk::begin_with(|_| {});
    talk.welcome(":s NOTICE * :x").clear();
    talk.says("/nick ann").clear();
    talk.hear("@label=c3 :s 433 me ann :ACCOUNT_REQUIRED: this name is registered. Free: ann2")
        .shown(&["✗ The name ann is registered, or looks like one that is. Free: ann2."]);
}

#[test]
fn the_password_is_changed_and_a_wrong_one_changes_nothing() {
    let mut talk = Talk::at_home();
    talk.says("/passwd").says("old").says("new").sent(&[]);
    talk.says("new")
        .sent(&["@label=c4 NICKSERV PASSWD old new"]);
    talk.hear("@label=c4 :s FAIL NICKSERV WRONG_PASSWORD :Wrong password")
        .shown(&["✗ Wrong password. Once more; an empty answer ends it."]);
    talk.says("old").says("two words").sent(&[]);
    talk.says("new").says("new").clear();
    talk.hear("@label=c5 :s NOTE NICKSERV PASSWORD_CHANGED :Changed");
    assert!(talk.all_shown().contains("the password is changed"));
    assert!(!format!("{:?}", talk.state).contains("\"new\""));
}

#[test]
fn the_devices_are_listed_and_ended() {
    let mut talk = Talk::at_home();
    talk.says("/sessions")
        .sent(&["@label=c4 NICKSERV SESSIONS"]);
    talk.hear("@label=c4 :s BATCH +1 labeled-response");
    for line in [
        "NOTE NICKSERV SESSION 1 this 127.0.0.1 2026-11-20T07:55:00.000Z :chat",
        "NOTE NICKSERV SESSION 2 - 10.0.0.2 2026-11-19T18:20:00.000Z :other",
        "NOTE NICKSERV SESSIONS 2 :End",
    ] {
        talk.hear(&format!("@batch=1 :s {line}"));
    }
    talk.hear(":s BATCH -1");
    talk.shown(
        &["You are here with 2 devices (/sessions end N ends one)\n  \
        1  127.0.0.1  since 07:55            this one  chat\n  \
        2  10.0.0.2   since yesterday 18:20            other"],
    );
    talk.says("/sessions end 2")
        .sent(&["@label=c5 NICKSERV END 2"]);
    talk.says("/sessions end x").sent(&[]);
    talk.says("/sessions end others")
        .sent(&["@label=c6 NICKSERV END others"]);
}

#[test]
fn an_account_is_deleted_only_by_name_and_password() {
    let mut talk = Talk::at_home();
    talk.says("/forget").says("you").sent(&[]);
    assert!(talk.all_shown().ends_with("nothing was deleted"));
    talk.says("/forget").says("me").clear();
    assert_eq!(
        talk.state.wanted(),
        Wanted::Secret("Password of me: ".to_owned())
    );
    talk.says("pencil")
        .sent(&["@label=c4 NICKSERV DROP me pencil"]);
    talk.hear("@label=c4 :s NOTE NICKSERV ACCOUNT_DROPPED me :Gone");
    assert_eq!(talk.state.account, None);
}

#[test]
fn a_password_that_cannot_be_is_asked_for_again_and_never_said() {
    let mut talk = Talk::begin_with(|_| {});
    talk.welcome(":s NOTICE * :x").says("/register").clear();
    let question = talk.state.wanted();
    assert!(matches!(question, Wanted::Secret(_)), "{question:?}");
    talk.says("correct horse").sent(&[]);
    talk.shown(&["✗ A password has no spaces and begins with no colon."]);
    assert_eq!(talk.state.wanted(), question);
    talk.says("").sent(&[]);
    talk.shown(&["08:00          * │ no password: nothing was changed"]);
    assert_eq!(talk.state.wanted(), Wanted::Line);

    let mut talk = Talk::at_home();
    talk.says("/passwd").says("old").clear();
    for unlike in ["two words", "new-one", "new-two"] {
        talk.says(unlike).sent(&[]);
        assert!(matches!(talk.state.wanted(), Wanted::Secret(_)), "{unlike}");
    }
    talk.says("new-one").says("new-one");
    assert!(talk.all_sent().ends_with("NICKSERV PASSWD old new-one"));
}

#[test]
fn ctrl_c_at_a_question_changes_nothing() {
    let mut talk = Talk::at_home();
    talk.says("/passwd").says("old").clear();
    let deeds = talk.state.interrupted(talk.now);
    talk.note(deeds)
        .sent(&[])
        .shown(&["08:00          * │ nothing was changed"]);
    assert_eq!(talk.state.wanted(), Wanted::Line);
}

#[test]
fn who_tried_too_often_is_told_to_wait_and_not_that_the_password_is_wrong() {
    let mut talk = ann(None);
    talk.hear(CAPS);
    talk.says("wrong")
        .hear("AUTHENTICATE +")
        .hear(":s 904 ann :SASL authentication failed: Too many failed logins; try again in 29 s");
    talk.shown(&["✗ Not logged in to ann: too many failed logins; try again in 29 s."]);
    let question = Wanted::Secret("Password of ann: ".to_owned());
    assert_eq!(talk.state.wanted(), question);
}

#[test]
fn a_password_that_the_server_refuses_is_asked_for_again_and_never_said() {
    let mut talk = Talk::begin_with(|_| {});
    talk.welcome(":s NOTICE * :x").says("/register").clear();
    let question = talk.state.wanted();
    for label in ["c3", "c4"] {
        talk.says("123456").says("123456").clear();
        talk.hear(&format!(
            "@label={label} :s FAIL REGISTER WEAK_PASSWORD * :It is guessed first"
        ));
        talk.shown(&["✗ It is guessed first. Once more; an empty answer ends it."]);
        assert_eq!(talk.state.wanted(), question);
    }
    talk.says("").sent(&[]);
    assert_eq!(talk.state.wanted(), Wanted::Line);

    let mut talk = Talk::at_home();
    talk.says("/passwd")
        .says("old")
        .says("new")
        .says("new")
        .clear();
    talk.hear("@label=c4 :s FAIL NICKSERV WEAK_PASSWORD :Too short");
    assert_eq!(
        talk.state.wanted(),
        Wanted::Secret("The new password: ".to_owned())
    );
    talk.says("better")
        .says("better")
        .sent(&["@label=c5 NICKSERV PASSWD old better"]);
    talk.hear("@label=c5 :s FAIL NICKSERV WRONG_PASSWORD :Wrong password");
    let question = Wanted::Secret("The password until now: ".to_owned());
    assert_eq!(talk.state.wanted(), question);
    talk.says("two words").sent(&[]);
    assert_eq!(talk.state.wanted(), question);
    talk.says("").sent(&[]);
    assert_eq!(talk.state.wanted(), Wanted::Line);
}

#[test]
fn a_wrong_password_for_a_deletion_is_asked_for_again_and_never_said() {
    let mut talk = Talk::at_home();
    talk.says("/forget").says("me");
    let question = talk.state.wanted();
    talk.says("not it").sent(&[]);
    assert_eq!(talk.state.wanted(), question);
    talk.says("wrong")
        .sent(&["@label=c4 NICKSERV DROP me wrong"]);
    talk.hear("@label=c4 :s FAIL NICKSERV WRONG_PASSWORD :Wrong password");
    assert_eq!(talk.state.wanted(), question);
}

#[test]
fn a_password_too_long_to_log_in_is_asked_for_again() {
    let mut talk = Talk::begin_with(|_| {});
    talk.welcome(":s NOTICE * :x").says("/login ann");
    let question = talk.state.wanted();
    talk.says("long");
    talk.hear(":s 904 me :no SCRAM")
        .hear("AUTHENTICATE +")
        .hear(":s 905 me :Too long");
    assert_eq!(talk.state.wanted(), question);
}

#[test]
fn a_device_that_is_not_there_is_told_by_its_number() {
    let mut talk = Talk::at_home();
    talk.says("/sessions end 7").clear();
    talk.hear(":s FAIL NICKSERV NO_SUCH_SESSION 7 :There is no session of that number");
    talk.shown(&["✗ There is no device number 7. /sessions shows them."]);
}
