//! Other people's clients, as Debian ships them: they arrive, talk, and show nothing odd.

use crate::process::Home;
use crate::terminal::Terminal;

/// Words by which clients show what they did not expect.
const ODD: &[&str] = &[
    "nknown",
    "rror",
    "421",
    "461",
    "nvalid",
    "ot enough",
    "BATCH",
    "@time",
    "@msgid",
];

fn must_be_plain(screen: &str) {
    for word in ODD {
        assert!(!screen.contains(word), "{word:?} on the screen:\n{screen}");
    }
}

#[test]
fn irssi_and_weechat_talk_in_the_lobby() {
    let home = Home::new();
    let server = home.serve(&[]);
    let port = server.port;
    let irssi = Terminal::shell(
        &home,
        "irssi",
        &format!("irssi -c 127.0.0.1 -p {port} -n ann"),
    );
    irssi.wait_for("There is no message of the day");
    must_be_plain(&irssi.screen());
    let orders = format!("/server add chat 127.0.0.1/{port} -nicks=wee;/connect chat");
    let weechat = Terminal::shell(&home, "weechat", &format!("weechat -r '{orders}'"));
    weechat.wait_for("Channel #lobby: 2 nicks");
    must_be_plain(&weechat.screen());

    irssi.keys(&["M-2"]);
    irssi.wait_for("wee");
    irssi.keys(&["hello from irssi", "Enter"]);
    weechat.wait_for("ann | hello from irssi");
    weechat.keys(&["hello from weechat", "Enter"]);
    irssi.wait_for("hello from weechat");
    must_be_plain(&irssi.screen());
    must_be_plain(&weechat.screen());

    assert_eq!(home.run(&["admin", "broadcast", "to all"]).code, 0);
    assert_eq!(home.run(&["admin", "kick", "wee", "-r", "enough"]).code, 0);
    irssi.wait_for("wee");
    irssi.wait_for("enough");
    irssi.keys(&["M-1"]);
    irssi.wait_for("to all");
    must_be_plain(&irssi.screen());
}
