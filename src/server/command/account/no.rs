//! How somebody is told no about their account, whichever way they asked: with SASL by a numeric, with REGISTER
//! by FAIL, by NickServ in its own voice.

use crate::proto::cap::Cap;
use crate::proto::numeric::Numeric;
use crate::server::command::spec::Ctx;
use crate::server::world::login::Way;
use std::borrow::Cow;
use std::time::Duration;

/// A refusal about an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct No {
    pub(crate) code: &'static str,
    pub(crate) context: Vec<String>,
    pub(crate) text: Cow<'static, str>,
}

impl No {
    /// No, because of `code`.
    pub(crate) fn new(code: &'static str, text: impl Into<Cow<'static, str>>) -> Self {
        Self {
            code,
            context: Vec::new(),
            text: text.into(),
        }
    }

    /// The same about this.
    pub(crate) fn about(self, context: &str) -> Self {
        let context = vec![context.to_owned()];
        Self { context, ..self }
    }

    /// The name or the password is wrong; which of them is not told.
    pub(crate) fn wrong() -> Self {
        Self::new("WRONG_PASSWORD", "The name or the password is wrong")
    }

    /// Too many passwords wait to be hashed.
    pub(crate) fn busy() -> Self {
        let text = "Too many passwords are checked at the moment; try again";
        Self::new("TEMPORARILY_UNAVAILABLE", text)
    }

    /// Somebody could read the password on its way.
    pub(crate) fn insecure() -> Self {
        let text = "No password is taken over a connection that others can read";
        Self::new("INSECURE", text)
    }

    /// Too many failures lately.
    pub(crate) fn paused(left: Duration) -> Self {
        let seconds = left.as_secs().max(1).to_string();
        let text = format!("Too many failed logins; try again in {seconds} s");
        Self::new("RATE_LIMITED", text).about(&seconds)
    }

    /// They have to log in first.
    pub(crate) fn not_logged_in() -> Self {
        Self::new("NOT_LOGGED_IN", "You are not logged in")
    }
}

impl Ctx<'_> {
    /// Says no in the way in which they asked.
    pub(crate) fn say_no(&mut self, way: Way, no: &No) {
        let context: Vec<&str> = no.context.iter().map(String::as_str).collect();
        match way {
            Way::Sasl => {
                let numeric = match no.code {
                    "ACCOUNT_DISABLED" => Numeric::ERR_NICKLOCKED,
                    "TOO_LONG" => Numeric::ERR_SASLTOOLONG,
                    _ => Numeric::ERR_SASLFAIL,
                };
                self.numeric(
                    numeric,
                    &[],
                    &format!("SASL authentication failed: {}", no.text),
                );
            }
            Way::Register => {
                let words = [&["REGISTER", no.code], context.as_slice()].concat();
                self.reply("FAIL", &words, Some(&no.text));
            }
            Way::Command | Way::Message => {
                self.serve(way, "FAIL", no.code, &context, &no.text);
            }
        }
    }

    /// Lets NickServ say something: in words for programs to whoever used its command and understands them.
    pub(crate) fn serve(&mut self, way: Way, kind: &str, code: &str, context: &[&str], text: &str) {
        if self.is_served_in_words(way) {
            let words = [&["NICKSERV", code], context].concat();
            self.reply(kind, &words, Some(text));
        } else {
            self.notice_of_nickserv(text);
        }
    }

    /// Whether NickServ talks to the asker in words for programs.
    pub(crate) fn is_served_in_words(&self, way: Way) -> bool {
        way == Way::Command && self.has(Cap::StandardReplies)
    }

    /// A NOTICE from NickServ.
    pub(crate) fn notice_of_nickserv(&mut self, text: &str) {
        let source = format!(
            "NickServ!NickServ@services.{}",
            self.world.config.server.name
        );
        let nick = self.nick();
        self.reply_as(&source, "NOTICE", &[&nick], Some(text));
    }
}
