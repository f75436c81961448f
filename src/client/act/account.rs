//! The account: keeping a name, logging in and out, the password, the other devices.

use crate::client::act::{because, first_word, usage};
use crate::client::asked::{Order, What};
use crate::client::caps;
use crate::client::deed::Refusal;
use crate::client::dialog::{self, Dialog};
use crate::client::item::Item;
use crate::client::login::{Identity, Purpose};
use crate::client::secret::Secret;
use crate::client::settings::Safety;
use crate::client::state::{Phase, State};
use crate::exit::Exit;

const ABOUT: &str = "A name that is yours has an inbox: what is said to you while you are away is kept.\n\
    Whoever runs this server can read what is said here: it is not encrypted from end to end.";
const NO_ACCOUNTS: &str = "This server keeps no names.";
const NOT_LOGGED_IN: &str = "You are not logged in. /login logs in, /register keeps your name.";
const NOT_IT: &str = "That is not the password. Once more; an empty answer ends it.";
const CANCELLED: &str = "nothing was changed";

/// `/register`
pub fn register(state: &mut State, words: &str) -> Result<(), Refusal> {
    must_be_alone(words, "register")?;
    if let Some(account) = &state.account {
        return Err(Refusal::usage(format!(
            "You are logged in as {account} already."
        )));
    }
    if !state.has(caps::ACCOUNT_REGISTRATION) {
        return Err(Refusal::refused(format!("{NO_ACCOUNTS} Nothing was sent.")));
    }
    must_be_safe(state)?;
    state.show(Item::Text(ABOUT.to_owned()));
    state.dialog = Some(Dialog::Register(state.me.clone()));
    Ok(())
}

/// `/login [ACCOUNT]`
pub fn login(state: &mut State, words: &str) -> Result<(), Refusal> {
    let (name, rest) = first_word(words);
    must_be_alone(rest, "login")?;
    if !state.has(caps::SASL) {
        return Err(Refusal::refused(format!("{NO_ACCOUNTS} Nothing was sent.")));
    }
    must_be_safe(state)?;
    let account = if name.is_empty() { &state.me } else { name };
    state.dialog = Some(Dialog::Password {
        account: account.to_owned(),
        purpose: Purpose::Word,
        wrong: 0,
    });
    Ok(())
}

/// `/logout`
pub fn logout(state: &mut State, words: &str) -> Result<(), Refusal> {
    must_be_alone(words, "logout")?;
    must_be_logged_in(state)?;
    state.ask(What::Account(Order::Logout), "NICKSERV", &["LOGOUT"], None);
    Ok(())
}

/// `/passwd`
pub fn passwd(state: &mut State, words: &str) -> Result<(), Refusal> {
    must_be_alone(words, "passwd")?;
    must_be_logged_in(state)?;
    must_be_safe(state)?;
    state.dialog = Some(Dialog::Current);
    Ok(())
}

/// `/sessions [end N|others]`
pub fn sessions(state: &mut State, words: &str) -> Result<(), Refusal> {
    must_be_logged_in(state)?;
    let rows = Vec::new();
    let (verb, which) = first_word(words);
    match (verb, which) {
        ("", _) => {
            let what = What::Account(Order::Sessions(rows));
            state.ask(what, "NICKSERV", &["SESSIONS"], None);
        }
        ("end", "others") => {
            state.ask(What::Account(Order::End), "NICKSERV", &["END", which], None)
        }
        ("end", number) if number.parse::<u32>().is_ok() => {
            state.ask(
                What::Account(Order::End),
                "NICKSERV",
                &["END", number],
                None,
            );
        }
        _ => return Err(usage("sessions")),
    }
    Ok(())
}

/// `/forget`
pub fn forget(state: &mut State, words: &str) -> Result<(), Refusal> {
    must_be_alone(words, "forget")?;
    let account = must_be_logged_in(state)?;
    must_be_safe(state)?;
    state.show(Item::Warned(format!(
        "This deletes {account}: its inbox, its settings, its right to the name. Nobody can bring it back."
    )));
    state.dialog = Some(Dialog::Forget(account));
    Ok(())
}

/// A password in the line would stand in plain sight.
fn must_be_alone(words: &str, name: &str) -> Result<(), Refusal> {
    if words.is_empty() {
        return Ok(());
    }
    Err(because(
        "Passwords are asked for, never typed into the line.",
        name,
    ))
}

fn must_be_logged_in(state: &State) -> Result<String, Refusal> {
    state
        .account
        .clone()
        .ok_or_else(|| Refusal::refused(NOT_LOGGED_IN))
}

/// Whether a password may be sent, and somebody can be asked for it.
fn must_be_safe(state: &State) -> Result<(), Refusal> {
    if state.is_pipe() {
        return Err(Refusal::usage(
            "A password can only be asked for on a terminal; --account NAME with --password-file logs in.",
        ));
    }
    state.must_be_private()
}

/// Whether a password that is known can be said on the wire as one word.
fn is_word(secret: &str) -> bool {
    !secret.contains(char::is_whitespace) && !secret.starts_with(':')
}

impl State {
    /// A password never goes where others can read it on its way.
    pub fn must_be_private(&self) -> Result<(), Refusal> {
        match self.settings.safety {
            Safety::Local | Safety::Private(_) => Ok(()),
            Safety::Open => Err(Refusal::new(
                Exit::Tls,
                format!(
                    "The way to {} is not encrypted: a password could be read by others, and was not sent. \
                     Connect without --no-tls to send it.",
                    self.settings.place
                ),
            )),
        }
    }

    /// Takes the answer to a question of a command.
    pub fn answer(&mut self, dialog: Dialog, answer: &str) {
        let next = match dialog {
            Dialog::Password {
                purpose: Purpose::Name,
                ..
            } if answer.is_empty() => {
                self.phase = Phase::Naming;
                return;
            }
            Dialog::Password {
                purpose: Purpose::Word,
                ..
            } if answer.is_empty() => return self.event(CANCELLED),
            Dialog::Password {
                account,
                purpose,
                wrong,
            } => {
                self.wrong_passwords = wrong;
                let password = Secret::new(answer);
                self.began = self.now;
                return self.log_in(Identity { account, password }, purpose);
            }
            Dialog::Forget(name) if self.server.same(&name, answer.trim()) => {
                Some(Dialog::ForgetPassword(name))
            }
            Dialog::Forget(_) => return self.event("the name was not typed: nothing was deleted"),
            Dialog::ForgetPassword(_) | Dialog::Current if answer.is_empty() => {
                return self.event(CANCELLED);
            }
            Dialog::Current | Dialog::ForgetPassword(_) if !is_word(answer) => {
                self.refuse(Refusal::new(Exit::NotAllowed, NOT_IT));
                Some(dialog)
            }
            Dialog::ForgetPassword(name) => {
                return self.order_keeper(Order::Drop, &["DROP", &name, answer]);
            }
            Dialog::Current => Some(Dialog::New(Secret::new(answer))),
            Dialog::Register(_) | Dialog::New(_) => self.with_new(dialog, answer),
            Dialog::RegisterAgain(_, ref password) if self.is_same(password, answer) => {
                return self.send_register(password);
            }
            Dialog::RegisterAgain(name, _) => Some(Dialog::Register(name)),
            Dialog::NewAgain(ref current, ref new) if self.is_same(new, answer) => {
                let words = ["PASSWD", current.reveal(), new.reveal()];
                let order = Order::Passwd {
                    current: current.clone(),
                    new: new.clone(),
                };
                return self.order_keeper(order, &words);
            }
            Dialog::NewAgain(current, _) => Some(Dialog::New(current)),
            Dialog::CancelTransfer(..) | Dialog::Leave(..) => {
                return self.answer_about_transfers(dialog, answer);
            }
        };
        self.dialog = next;
    }

    /// A question is left without an answer.
    pub fn cancel(&mut self, dialog: &Dialog) {
        match dialog {
            Dialog::Password {
                purpose: Purpose::Name,
                ..
            } => self.phase = Phase::Naming,
            Dialog::CancelTransfer(..) | Dialog::Leave(..) => self.event("it goes on"),
            _ => self.event(CANCELLED),
        }
    }

    /// The question after the one for a new password: the same one after a password that cannot be, because
    /// a prompt for words there would have the second try said to everybody.
    fn with_new(&mut self, dialog: Dialog, password: &str) -> Option<Dialog> {
        if password.is_empty() {
            self.event("no password: nothing was changed");
            return None;
        }
        if let Some(words) = dialog::fault(password) {
            self.refuse(Refusal::usage(words));
            return Some(dialog);
        }
        let password = Secret::new(password);
        match dialog {
            Dialog::Register(name) => Some(Dialog::RegisterAgain(name, password)),
            Dialog::New(current) => Some(Dialog::NewAgain(current, password)),
            other => Some(other),
        }
    }

    fn is_same(&mut self, first: &Secret, second: &str) -> bool {
        let is_same = first.reveal() == second;
        if !is_same {
            self.refuse(Refusal::usage("The two are not the same."));
        }
        is_same
    }

    fn send_register(&mut self, password: &Secret) {
        let what = What::Register(password.clone());
        self.ask(what, "REGISTER", &["*", "*"], Some(password.reveal()));
    }

    /// Asks the account's keeper.
    fn order_keeper(&mut self, order: Order, words: &[&str]) {
        self.ask(What::Account(order), "NICKSERV", words, None);
    }
}
