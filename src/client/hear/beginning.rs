//! Capabilities: what the server offers, what is asked for; that it wants to be called by TLS (sts); and logging
//! in by the certificate that the connection shows.

use super::Heard;
use super::start::sentence;
use crate::client::caps;
use crate::client::deed::Deed;
use crate::client::ending::Ending;
use crate::client::item::Item;
use crate::client::login::{Identity, Purpose};
use crate::client::secret::Secret;
use crate::client::settings::{Badge, Safety};
use crate::client::state::{Phase, State};
use crate::client::tls::sts;
use crate::exit::Exit;
use crate::proto::sasl::Mechanism;

/// The capability that tells when to use TLS. It is never asked for.
const STS: &str = "sts";

impl State {
    pub(super) fn hear_cap(&mut self, heard: &Heard<'_>) {
        let tokens = heard.last().split_whitespace();
        let verb = heard.param(1).to_ascii_uppercase();
        if matches!(verb.as_str(), "LS" | "NEW") {
            tokens.clone().for_each(|token| self.hear_sts(token));
            if self.server.is_left {
                return;
            }
        }
        let caps = &mut self.server.caps;
        match verb.as_str() {
            "LS" => {
                tokens.for_each(|token| caps.offer(token));
                if heard.param(2) != "*" {
                    self.ask_caps();
                }
            }
            "NEW" => {
                tokens.for_each(|token| caps.offer(token));
                self.ask_caps();
            }
            "ACK" => {
                tokens.for_each(|token| caps.acknowledge(token));
                self.settle_caps();
            }
            "DEL" => tokens.for_each(|token| caps.withdraw(token)),
            "NAK" => self.settle_caps(),
            _ => {}
        }
    }

    /// The server wants TLS: over plain text it is called again at once, over TLS its promise is noted.
    fn hear_sts(&mut self, token: &str) {
        let Some((STS, value)) = token.split_once('=') else {
            return;
        };
        match (self.settings.safety, sts::read(value)) {
            (Safety::Open, (Some(port), _)) => {
                self.server.is_left = true;
                self.began = self.now;
                let words = format!("{} wants TLS, on port {port}.", self.settings.place);
                self.show(Item::Status(words));
                self.deeds.push(Deed::Upgrade(port));
            }
            (Safety::Private(_), (_, Some(seconds))) => self.deeds.push(Deed::Promise(seconds)),
            (Safety::Local | Safety::Open | Safety::Private(_), _) => {}
        }
    }

    fn ask_caps(&mut self) {
        let wanted = self.server.caps.missing();
        if wanted.is_empty() {
            self.settle_caps();
        } else {
            self.send("CAP", &["REQ"], Some(&wanted.join(" ")));
        }
    }

    /// It is known what can be used: logs in, if that is wanted, and then goes on.
    fn settle_caps(&mut self) {
        if !self.log_in_first() {
            self.end_caps();
        }
    }

    pub(super) fn end_caps(&mut self) {
        if matches!(self.phase, Phase::Greeting | Phase::Naming) {
            self.send("CAP", &["END"], None);
        }
    }

    /// Logs in by the certificate that the connection shows. Whether the beginning waits for it.
    pub(super) fn log_in_by_badge(&mut self, account: Option<&str>) -> bool {
        let is_shown = self.settings.badge == Badge::Certificate
            && matches!(self.settings.safety, Safety::Private(_));
        if !is_shown || self.server.is_badge_refused {
            return false;
        }
        let offered = self.server.caps.value(caps::SASL).unwrap_or_default();
        let mut names = offered.split(',');
        let is_offered = self.has(caps::SASL)
            && (offered.is_empty()
                || names.any(|one| Mechanism::of(one) == Some(Mechanism::External)));
        if !is_offered {
            return self.badge_refused(account, "the server logs nobody in that way");
        }
        let identity = Identity {
            account: account.unwrap_or_default().to_owned(),
            password: Secret::new(""),
        };
        self.log_in_by(identity, Purpose::Arrival, Mechanism::External);
        true
    }

    /// The certificate logs nobody in: a password may. Whether the beginning waits for something.
    fn badge_refused(&mut self, account: Option<&str>, why: &str) -> bool {
        self.server.is_badge_refused = true;
        let words = format!("Your certificate does not log you in: {}", sentence(why));
        let has_password = self.settings.account_password.is_some() || self.identity.is_some();
        if account.is_some() && !has_password && self.is_pipe() {
            self.leave(Ending::new(Exit::NotAllowed, words));
            return true;
        }
        self.show(Item::Warned(words));
        false
    }

    /// The server said no to the certificate.
    pub(super) fn hear_badge_refused(&mut self, account: &str, why: &str) {
        let account = Some(account).filter(|account| !account.is_empty());
        if !self.badge_refused(account, why) {
            self.settle_caps();
        }
    }
}
