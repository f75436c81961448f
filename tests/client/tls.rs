//! TLS as the client's state knows it: being called another way, promises of the server, logging in by a certificate.

use crate::talk::Talk;
use chat::client::deed::Wanted;
use chat::client::secret::Secret;
use chat::client::settings::{Badge, Manner, Safety, Version};
use chat::exit::Exit;

const PRIVATE: Safety = Safety::Private(Version::Tls13);

/// A client whose connection can be read by these.
fn with(safety: Safety) -> Talk {
    let mut talk = Talk::begin_with(|settings| settings.safety = safety);
    talk.clear();
    talk
}

/// A client with a certificate of its own.
fn with_badge(manner: Manner, account: Option<&str>, password: Option<&str>) -> Talk {
    let mut talk = Talk::begin_with(|settings| {
        (settings.safety, settings.badge) = (PRIVATE, Badge::Certificate);
        settings.manner = manner;
        settings.account = account.map(str::to_owned);
        settings.account_password = password.map(Secret::new);
    });
    talk.clear();
    talk
}

#[test]
fn a_server_that_wants_tls_is_called_again_and_not_listened_to_any_more() {
    let mut talk = with(Safety::Open);
    talk.hear(":s CAP * LS :batch sts=port=6697,duration=100");
    talk.sent(&["(by TLS on port 6697)"]);
    talk.hear(":s 001 me :Welcome").hear("PING :x").sent(&[]);
    talk.wait(3600).sent(&[]);
    assert_eq!(talk.exit, None);
    let now = talk.now;
    talk.state.settings.safety = PRIVATE;
    let deeds = talk.state.connected(now);
    talk.note(deeds);
    talk.sent(&["CAP LS 302", "NICK me", "USER me 0 * :me"]);
    talk.hear(":s CAP * LS :sts=port=6697,duration=100");
    talk.sent(&["(TLS for 100 s)", "CAP END"]);
}

#[test]
fn a_promise_counts_over_tls_alone_and_a_call_for_tls_without_it_alone() {
    for (safety, offer) in [
        (Safety::Open, "sts=duration=100"),
        (Safety::Open, "sts=port=0"),
        (Safety::Open, "sts"),
        (Safety::Local, "sts=port=6697,duration=100"),
        (PRIVATE, "sts=port=6697"),
        (PRIVATE, "sts=duration=x"),
    ] {
        let mut talk = with(safety);
        talk.hear(&format!(":s CAP * LS :{offer}"));
        talk.sent(&["CAP END"]);
    }
    let mut talk = with(PRIVATE);
    talk.hear(":s CAP * LS :sts=duration=0");
    talk.sent(&["(TLS for 0 s)", "CAP END"]);
    talk.hear(":s CAP * DEL :sts").sent(&[]);
}

#[test]
fn the_password_of_a_server_is_not_sent_in_plain_text_either() {
    let mut talk = Talk::begin_with(|settings| {
        settings.password = Some(Secret::new("sesame"));
        settings.safety = Safety::Open;
    });
    assert_eq!(talk.exit, Some(Exit::Tls));
    assert_eq!(talk.all_sent(), "");
}

#[test]
fn a_certificate_logs_in_and_names_the_account_that_is_wanted() {
    for (account, message) in [(None, "+"), (Some("ann"), "YW5u")] {
        let mut talk = with_badge(Manner::Pipe, account, None);
        talk.hear(":s CAP * LS :sasl=PLAIN,EXTERNAL").clear();
        talk.hear(":s CAP * ACK :sasl");
        talk.sent(&["AUTHENTICATE EXTERNAL"]);
        talk.hear("AUTHENTICATE +");
        talk.sent(&[&format!("AUTHENTICATE {message}")]);
        talk.hear(":s 900 me me!u@h ann :You are now logged in as ann");
        talk.hear(":s 903 me :Done").sent(&["CAP END"]);
        assert_eq!(talk.state.account.as_deref(), Some("ann"));
        assert_eq!(talk.state.identity, None);
    }
}

#[test]
fn where_a_certificate_does_not_log_in_a_password_may() {
    for offer in ["sasl=PLAIN,EXTERNAL", "sasl=PLAIN"] {
        let refuse = |talk: &mut Talk| {
            talk.hear(&format!(":s CAP * LS :{offer}")).clear();
            talk.hear(":s CAP * ACK :sasl");
            if offer.ends_with("EXTERNAL") {
                talk.sent(&["AUTHENTICATE EXTERNAL"]);
                talk.hear("AUTHENTICATE +").clear();
                talk.hear(":s 904 me :No account has this certificate");
            }
        };
        let mut talk = with_badge(Manner::Person, None, None);
        refuse(&mut talk);
        talk.sent(&["CAP END"]);
        assert!(talk.all_shown().contains("does not log you in"));
        let mut talk = with_badge(Manner::Pipe, Some("ann"), Some("pencil"));
        refuse(&mut talk);
        talk.sent(&["AUTHENTICATE PLAIN"]);
        let mut talk = with_badge(Manner::Person, Some("ann"), None);
        refuse(&mut talk);
        let question = Wanted::Secret("Password of ann: ".to_owned());
        assert_eq!(talk.state.wanted(), question);
        let mut talk = with_badge(Manner::Pipe, Some("ann"), None);
        refuse(&mut talk);
        assert_eq!(talk.exit, Some(Exit::NotAllowed));
    }
}

#[test]
fn a_certificate_is_not_tried_where_none_was_shown() {
    let mut talk = with_badge(Manner::Pipe, None, None);
    talk.state.settings.safety = Safety::Local;
    talk.hear(":s CAP * LS :sasl=PLAIN,EXTERNAL").clear();
    talk.hear(":s CAP * ACK :sasl").sent(&["CAP END"]);
}
