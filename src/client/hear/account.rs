//! The account: how logging in went, and what its keeper answers.

use super::Heard;
use super::start::sentence;
use crate::client::asked::{Order, What};
use crate::client::caps;
use crate::client::deed::Refusal;
use crate::client::dialog::Dialog;
use crate::client::ending::Ending;
use crate::client::item::Item;
use crate::client::login::{Identity, Login, Next, Purpose};
use crate::client::state::{Phase, State};
use crate::client::when::when;
use crate::exit::Exit;
use crate::proto::sasl::Mechanism;
use crate::proto::scram;

/// Wrong passwords after which nobody is asked again.
const MOST_WRONG: u8 = 3;

impl State {
    /// Begins to log in.
    pub fn log_in(&mut self, identity: Identity, purpose: Purpose) {
        if let Err(refusal) = self.must_be_private() {
            return match purpose {
                Purpose::Word => self.refuse(refusal),
                Purpose::Arrival | Purpose::Name => {
                    self.leave(Ending::new(Exit::Tls, refusal.words))
                }
            };
        }
        let offered = self.server.caps.value(caps::SASL).unwrap_or_default();
        let is_offered = |one: Mechanism| {
            offered.is_empty()
                || offered
                    .split(',')
                    .any(|name| Mechanism::of(name) == Some(one))
        };
        let mechanism = [Mechanism::ScramSha256, Mechanism::Plain]
            .into_iter()
            .find(|one| is_offered(*one));
        match mechanism {
            Some(mechanism) => self.log_in_by(identity, purpose, mechanism),
            None => self.not_logged_in(
                purpose,
                "The server offers no way to log in with a password.",
            ),
        }
    }

    pub(super) fn log_in_by(&mut self, identity: Identity, purpose: Purpose, mechanism: Mechanism) {
        self.uttered += 1;
        let mut entropy = self.settings.entropy;
        for (byte, more) in entropy.iter_mut().zip(self.uttered.to_le_bytes()) {
            *byte ^= more;
        }
        let nonce = scram::nonce(&entropy);
        self.login = Some(Login::new(identity, purpose, mechanism, nonce));
        if purpose == Purpose::Word {
            self.asked.take(None, |what| *what == What::Login);
            self.asked.push(What::Login, self.now);
        }
        self.send("AUTHENTICATE", &[mechanism.name()], None);
    }

    pub(super) fn hear_authenticate(&mut self, heard: &Heard<'_>) {
        let Some(login) = &mut self.login else {
            return;
        };
        match login.hear(heard.param(0)) {
            Next::Wait => {}
            Next::Send(chunks) => {
                for chunk in chunks {
                    self.send("AUTHENTICATE", &[&chunk], None);
                }
            }
            Next::Stop(why) => {
                let purpose = login.purpose;
                self.login = None;
                self.send("AUTHENTICATE", &["*"], None);
                self.not_logged_in(purpose, &format!("Not logged in: {why}."));
            }
        }
    }

    /// 900: logged in to this account; 901: no longer.
    pub(super) fn hear_logged_in(&mut self, heard: &Heard<'_>, number: u16) {
        let account = heard.param(2).to_owned();
        let is_new = self.account.is_none() && self.phase == Phase::Here;
        self.account = (number == 900 && !account.is_empty()).then_some(account);
        if is_new && self.account.is_some() {
            self.track.forget_markers();
        }
    }

    /// 903, 907: the exchange is over, and it went well.
    pub(super) fn hear_login_done(&mut self) {
        let Some(login) = self.login.take() else {
            return;
        };
        self.asked.take(None, |what| *what == What::Login);
        let account = self
            .account
            .get_or_insert(login.identity.account.clone())
            .clone();
        if login.mechanism != Mechanism::External {
            self.identity = Some(login.identity);
        }
        match login.purpose {
            Purpose::Arrival => self.end_caps(),
            Purpose::Name => {
                self.phase = Phase::Greeting;
                self.began = self.now;
                let me = self.me.clone();
                self.send("NICK", &[&me], None);
            }
            Purpose::Word => {
                self.event(format!("you are logged in as {account}"));
                self.look_into_inbox();
            }
        }
    }

    /// 902, 904, 905, 906, 908: it did not go well.
    pub(super) fn hear_login_refused(&mut self, heard: &Heard<'_>, number: u16) {
        if number == 908 {
            let offered = format!("sasl={}", heard.param(1));
            return self.server.caps.offer(&offered);
        }
        let Some(login) = self.login.take() else {
            return;
        };
        let Login {
            identity,
            purpose,
            mechanism,
            ..
        } = &login;
        if !login.has_said() && *mechanism == Mechanism::ScramSha256 {
            return self.log_in_by(identity.clone(), *purpose, Mechanism::Plain);
        }
        let account = &identity.account;
        if *mechanism == Mechanism::External {
            return self.hear_badge_refused(account, heard.last());
        }
        let words = match number {
            904 if !login.has_said() => {
                "The server offers no way to log in with a password.".to_owned()
            }
            904 => self.about_wrong(account, *purpose, heard.last()),
            905 => format!(
                "The password for {account} is too long for this server. Once more; an empty answer ends it."
            ),
            906 => "Logging in was broken off.".to_owned(),
            _ => sentence(heard.last()),
        };
        self.forget_wrong(account);
        self.not_logged_in(*purpose, &words);
        let is_no = number == 904 || (number == 905 && *purpose == Purpose::Word);
        let was_said = is_no && login.has_said();
        // In a room the next line could be another attempt: it must not be said aloud.
        let has_tries = *purpose == Purpose::Word || self.wrong_passwords + 1 < MOST_WRONG;
        let may_ask = !self.is_pipe() && was_said && has_tries;
        if may_ask && (*purpose != Purpose::Arrival || self.may_ask_for_password()) {
            self.dialog = Some(Dialog::Password {
                account: account.clone(),
                purpose: *purpose,
                wrong: self.wrong_passwords.saturating_add(1),
            });
        }
    }

    fn forget_wrong(&mut self, account: &str) {
        let is_it = |identity: &Identity| identity.account == account;
        self.identity = self.identity.take().filter(|identity| !is_it(identity));
    }

    /// Whether somebody types passwords, rather than a file holding one.
    fn may_ask_for_password(&self) -> bool {
        self.settings.account_password.is_none()
    }

    fn about_wrong(&self, account: &str, purpose: Purpose, said: &str) -> String {
        let left = MOST_WRONG.saturating_sub(self.wrong_passwords + 1);
        let small = said.to_ascii_lowercase();
        let why = said.split_once("failed: ").map_or(said, |(_, why)| why);
        if small.contains("too many") {
            // The password was not looked at, right or wrong.
            let again = match purpose == Purpose::Word && !self.is_pipe() {
                true => " An empty answer ends it.",
                false => "",
            };
            return format!(
                "Not logged in to {account}: {}{again}",
                sentence(&lowered(why))
            );
        }
        let wait = match small.contains("wait") {
            true => format!(" {}", sentence(why)),
            false => String::new(),
        };
        match left {
            _ if purpose == Purpose::Word && !self.is_pipe() => {
                format!("Wrong password for {account}.{wait} Once more; an empty answer ends it.")
            }
            1 | 2 if !self.is_pipe() && self.may_ask_for_password() => {
                let tries = if left == 1 { "try" } else { "tries" };
                format!("Wrong password for {account}.{wait} {left} {tries} left.")
            }
            _ => format!("Wrong password for {account}.{wait}"),
        }
    }

    /// Logging in failed: the connection ends, or the person goes on as before.
    fn not_logged_in(&mut self, purpose: Purpose, words: &str) {
        self.asked.take(None, |what| *what == What::Login);
        let tries_again = !self.is_pipe()
            && self.may_ask_for_password()
            && self.wrong_passwords + 1 < MOST_WRONG
            && ["Wrong password", "Not logged in to"]
                .iter()
                .any(|start| words.starts_with(start));
        let refusal = Refusal::new(Exit::NotAllowed, words.to_owned());
        match purpose {
            Purpose::Arrival if !tries_again => self.leave(Ending::new(Exit::NotAllowed, words)),
            Purpose::Name if !tries_again => {
                self.phase = Phase::Naming;
                self.refuse(refusal);
            }
            Purpose::Arrival | Purpose::Name | Purpose::Word => self.refuse(refusal),
        }
    }

    /// Capabilities are settled: logs in first, if that is wanted. Whether the beginning waits for it.
    pub(super) fn log_in_first(&mut self) -> bool {
        if self.phase != Phase::Greeting || self.login.is_some() || self.account.is_some() {
            return false;
        }
        let known = self.identity.clone();
        let of_known = known.as_ref().map(|own| own.account.clone());
        let account = self.settings.account.clone().or(of_known);
        if self.log_in_by_badge(account.as_deref()) {
            return true;
        }
        let Some(account) = account else {
            return false;
        };
        if !self.has(caps::SASL) {
            let words = format!(
                "{} knows no accounts, so nobody can be logged in to {account}.",
                self.settings.place
            );
            self.leave(Ending::new(Exit::NotAllowed, words));
            return true;
        }
        let given = self.settings.account_password.clone();
        let given = given.map(|password| Identity {
            account: account.clone(),
            password,
        });
        match known.or(given) {
            Some(identity) => self.log_in(identity, Purpose::Arrival),
            None if self.must_be_private().is_err() => {
                let words = self.must_be_private().err().map(|refusal| refusal.words);
                self.leave(Ending::new(Exit::Tls, words.unwrap_or_default()));
            }
            None => {
                self.dialog = Some(Dialog::Password {
                    account,
                    purpose: Purpose::Arrival,
                    wrong: 0,
                });
            }
        }
        true
    }

    /// `REGISTER SUCCESS account :words`, `VERIFY …` likewise.
    pub(super) fn hear_register(&mut self, heard: &Heard<'_>) {
        let (code, account) = (heard.param(0).to_owned(), heard.param(1).to_owned());
        let what = self.answered(heard, |what| matches!(what, What::Register(_)));
        if !code.eq_ignore_ascii_case("SUCCESS") {
            return self.show(Item::Warned(heard.last().to_owned()));
        }
        if let Some(What::Register(password)) = what {
            self.identity = Some(Identity {
                account: account.clone(),
                password,
            });
        }
        self.event(format!(
            "{account} is yours now: nobody else can take the name. /login gets it back on any device"
        ));
        self.account = Some(account);
    }

    /// `NOTE NICKSERV code …`
    pub(super) fn hear_keeper(&mut self, heard: &Heard<'_>) {
        let code = heard.param(1).to_owned();
        let is_order = |what: &What| matches!(what, What::Account(_));
        if code == "SESSION" {
            let row = self.session(heard);
            let label = heard.label.as_deref();
            if let Some(What::Account(Order::Sessions(rows))) = self.asked.find(label, is_order) {
                rows.push(row);
            }
            return;
        }
        let what = self.answered(heard, is_order);
        match (code.as_str(), what) {
            ("SESSIONS", Some(What::Account(Order::Sessions(rows)))) => {
                let title = match rows.len() {
                    1 => "You are here with this device alone".to_owned(),
                    many => format!("You are here with {many} devices (/sessions end N ends one)"),
                };
                self.show(Item::List { title, rows });
            }
            ("PASSWORD_CHANGED", Some(What::Account(Order::Passwd { new, .. }))) => {
                if let Some(identity) = &mut self.identity {
                    identity.password = new;
                }
                self.event("the password is changed; other devices were logged out");
            }
            ("LOGGED_OUT", _) => {
                (self.account, self.identity) = (None, None);
                self.event("you are logged out, and a guest now");
            }
            ("ACCOUNT_DROPPED", _) => {
                (self.account, self.identity) = (None, None);
                self.event(format!("{} is deleted", heard.param(2)));
            }
            _ => self.event(heard.last().to_owned()),
        }
    }

    /// A password was refused: the question for it again, because a prompt for words there would have the next
    /// try said to everybody. Whether there is one.
    pub(super) fn ask_again(&mut self, code: &str, what: Option<&What>) -> bool {
        let is_weak = code.contains("PASSWORD") && code != "WRONG_PASSWORD";
        let is_wrong = code == "WRONG_PASSWORD";
        let again = match what {
            _ if self.is_pipe() => None,
            Some(What::Register(_)) if is_weak => Some(Dialog::Register(self.me.clone())),
            Some(What::Account(Order::Passwd { current, .. })) if is_weak => {
                Some(Dialog::New(current.clone()))
            }
            Some(What::Account(Order::Passwd { .. })) if is_wrong => Some(Dialog::Current),
            Some(What::Account(Order::Drop)) if is_wrong => {
                self.account.clone().map(Dialog::ForgetPassword)
            }
            _ => None,
        };
        let asks = again.is_some();
        self.dialog = again.or_else(|| self.dialog.take());
        asks
    }

    /// A row of the list of devices.
    fn session(&self, heard: &Heard<'_>) -> Vec<String> {
        let is_this = heard.param(3).eq_ignore_ascii_case("this");
        let since = heard.param(5).parse().map_or(String::new(), |at| {
            format!("since {}", when(at, self.now, &self.settings.zone))
        });
        let mark = if is_this { "this one" } else { "" };
        let client = heard.last().to_owned();
        vec![
            heard.param(2).to_owned(),
            heard.param(4).to_owned(),
            since,
            mark.to_owned(),
            client,
        ]
    }
}

/// The words as they stand within a sentence.
fn lowered(words: &str) -> String {
    let mut all = words.chars();
    let first = all.next().map(|first| first.to_lowercase().to_string());
    first.unwrap_or_default() + all.as_str()
}
