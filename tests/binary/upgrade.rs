//! Another process takes over: nobody who is connected notices.

use crate::process::{Home, Served};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

/// The process that serves now; killed when dropped.
struct Heir(u32);

impl Drop for Heir {
    fn drop(&mut self) {
        if let Some(pid) = i32::try_from(self.0).ok().and_then(Pid::from_raw) {
            let _ = kill_process(pid, Signal::KILL);
        }
    }
}

/// Has another process take over.
fn upgrade(home: &Home, served: &Served) -> Heir {
    let port = served.port.to_string();
    let ran = home.run(&["admin", "--port", &port, "--json", "upgrade"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let answer = ran.json();
    let pid = answer["data"]["pid"].as_u64();
    let pid = pid.and_then(|pid| u32::try_from(pid).ok()).expect("a pid");
    assert_eq!(answer["data"]["upgraded"], Value::Bool(true), "{answer}");
    Heir(pid)
}

#[test]
fn two_who_talk_go_on_talking_with_the_new_process() {
    let home = Home::new();
    let mut served = home.serve(&[]);
    let (mut ann, mut bob) = (served.client("ann"), served.client("bob"));
    for client in [&mut ann, &mut bob] {
        client.send("JOIN #x\r\nPING joined");
        client.until("joined");
    }
    ann.until("JOIN #x");
    ann.send("PRIVMSG #x :before");
    bob.until("PRIVMSG #x :before");
    let old = served.pid();
    let heir = upgrade(&home, &served);
    assert_ne!(heir.0, old);
    ann.send("PRIVMSG #x :after");
    bob.until("PRIVMSG #x :after");
    bob.send("PRIVMSG #x :so it is");
    let heard = ann.until("PRIVMSG #x :so it is");
    assert_eq!(heard.len(), 1, "{heard:?}");
    assert!(served.wait().success());
}
