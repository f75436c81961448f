//! Logging in: how far a session's SASL exchange has come, what each state does with what comes, and what
//! is wanted while a password is hashed. Who is logged in to what is told by the functions of the world.

use crate::proto::sasl::{Chunks, Mechanism};
use crate::proto::scram::Challenge;
use crate::server::world::World;
use crate::server::world::effects::Effects;
use crate::server::world::event::{Now, SessionId};
use crate::server::world::id::UserId;
use crate::server::world::session::{Session, Stage};
use crate::server::world::user::Login;
use crate::store::record::account::{AccountId, Secret};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// A SASL exchange of one session.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Exchange {
    pub state: State,
    /// Lines of the message that is on its way.
    pub chunks: Chunks,
}

/// How far an exchange has come. While a password is compared the session asks, and says nothing.
#[derive(Debug, Default, Serialize, Deserialize)]
pub enum State {
    /// None is going on: the next word is a mechanism.
    #[default]
    Idle,
    /// The client's first message is to come.
    First(Mechanism),
    /// SCRAM: the client's proof is to come.
    Proof(Box<Proof>),
    /// SCRAM: the client knows that the server knew the password, and has to say so. The key is the one that was
    /// proved: whoever waits here does not outlive a change of the password.
    Confirm(AccountId, Secret),
}

/// What a SCRAM proof is verified with.
#[derive(Debug, Serialize, Deserialize)]
pub struct Proof {
    pub challenge: Challenge,
    /// Name as it was typed.
    pub name: String,
    /// The account of that name, if there is one.
    pub account: Option<AccountId>,
}

/// What one AUTHENTICATE brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// A mechanism that is offered.
    Offered(Mechanism),
    NotOffered,
    Abort,
    /// The message goes on.
    Part,
    Message,
    /// One line is too long.
    LongLine,
    /// The message is too long: there was no end of it.
    LongMessage,
    Malformed,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Ask for the first message.
    Invite(Mechanism),
    /// Tell which mechanisms there are, and fail.
    TellMechanisms,
    /// Say that it was aborted.
    Abort,
    Wait,
    /// Have the password compared.
    Compare,
    /// Ask for the proof.
    Challenge,
    /// Look at the proof.
    Verify,
    /// Look at the certificate of the connection.
    Certify,
    /// They are logged in.
    Succeed,
    Fail,
    FailTooLong,
    /// The same, and enough of it: the connection ends.
    End,
}

impl State {
    /// The table: what is done in each state with each word. Whatever fails leads back to the beginning.
    pub fn act(&self, word: Word) -> Act {
        use Mechanism::{External, Plain, ScramSha256};
        match (self, word) {
            (Self::Idle, Word::Offered(mechanism)) => Act::Invite(mechanism),
            (Self::Idle, Word::NotOffered) => Act::TellMechanisms,
            (Self::Idle | Self::First(_) | Self::Proof(_) | Self::Confirm(..), Word::Abort) => {
                Act::Abort
            }
            (Self::First(_) | Self::Proof(_) | Self::Confirm(..), Word::Part) => Act::Wait,
            (Self::First(Plain), Word::Message) => Act::Compare,
            (Self::First(ScramSha256), Word::Message) => Act::Challenge,
            (Self::First(External), Word::Message) => Act::Certify,
            (Self::Proof(_), Word::Message) => Act::Verify,
            (Self::Confirm(..), Word::Message) => Act::Succeed,
            (_, Word::LongLine) => Act::FailTooLong,
            (_, Word::LongMessage) => Act::End,
            (_, Word::Malformed) => Act::Fail,
            (Self::Idle, Word::Part | Word::Message) => Act::Fail,
            (
                Self::First(_) | Self::Proof(_) | Self::Confirm(..),
                Word::Offered(_) | Word::NotOffered,
            ) => Act::Fail,
        }
    }

    /// Whether an exchange is going on.
    pub fn is_busy(&self) -> bool {
        !matches!(self, Self::Idle)
    }
}

/// How somebody talks about their account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Way {
    Sasl,
    /// REGISTER.
    Register,
    /// The command NICKSERV.
    Command,
    /// A message to NickServ.
    Message,
}

/// What is wanted of an account while a password is hashed.
#[derive(Debug, Serialize, Deserialize)]
pub enum Wish {
    /// To be logged in, if the password fits.
    Login { tried: Tried, way: Way },
    /// A new account of this name.
    Register {
        name: String,
        email: Option<Box<str>>,
        way: Way,
    },
    /// Another password, if the present one fits.
    Change { tried: Tried, new: Secret, way: Way },
    /// The new password is hashed.
    Changed { account: AccountId, way: Way },
    /// The account is to be gone, if the password fits.
    Drop { tried: Tried, way: Way },
}

/// Which password was tried.
#[derive(Debug, Serialize, Deserialize)]
pub struct Tried {
    /// Name as it was typed.
    pub name: String,
    /// The account of that name with the hash that was compared, if there is one.
    pub account: Option<(AccountId, Secret)>,
}

/// A secret that outlives the process, so that a name without an account is answered alike after a restart.
#[derive(Clone, Default)]
pub struct Decoy(pub [u8; 32]);

impl fmt::Debug for Decoy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Decoy")
    }
}

impl World {
    /// The account that a session is logged in to.
    pub fn login_of(&self, session: &Session) -> Option<Login> {
        match &session.stage {
            Stage::Registering(said) => said.login.clone(),
            Stage::Ready(user) => self.user(*user)?.account.clone(),
        }
    }

    /// Every session that is logged in to the account, the oldest first.
    pub fn sessions_of(&self, account: AccountId) -> Vec<SessionId> {
        let is_theirs = |session: &Session| {
            self.login_of(session)
                .is_some_and(|login| login.id == account)
        };
        let mut all: Vec<(u64, SessionId)> = self
            .sessions()
            .filter(|(_, session)| is_theirs(session))
            .map(|(id, session)| (session.opened.uptime_ms, id))
            .collect();
        all.sort_unstable();
        all.into_iter().map(|(_, id)| id).collect()
    }

    /// Everybody who is here and logged in to the account; who is called like it comes first.
    pub fn presences_of(&self, account: AccountId) -> Vec<UserId> {
        let mut all: Vec<UserId> = self
            .users()
            .filter(|(_, user)| {
                user.account
                    .as_ref()
                    .is_some_and(|login| login.id == account)
            })
            .map(|(id, _)| id)
            .collect();
        let named = self.accounts.get(account);
        let named = named.and_then(|holding| self.nick_owner(&holding.account.name));
        all.sort_unstable_by_key(|id| (Some(*id) != named, *id));
        all
    }

    /// What nobody else knows, and no other process: for nonces.
    pub fn secret(&self) -> [u8; 32] {
        let mut secret = [0; 32];
        let bytes = self
            .identity
            .seed
            .iter()
            .flat_map(|seed| seed.to_be_bytes());
        for (place, byte) in secret.iter_mut().zip(bytes) {
            *place = byte;
        }
        secret
    }

    /// A number that no other exchange has.
    pub fn next_exchange(&mut self) -> u64 {
        self.exchanges += 1;
        self.exchanges
    }

    /// When the store failed: nobody is logged in to an account that it does not hold.
    pub(super) fn review_logins(&mut self) {
        let accounts = &self.accounts;
        let is_gone = |login: &Option<Login>| {
            login
                .as_ref()
                .is_some_and(|login| accounts.get(login.id).is_none())
        };
        for user in self.users.values_mut() {
            if is_gone(&user.account) {
                user.account = None;
            }
        }
        for session in self.sessions.values_mut() {
            if let Some(said) = session.registering().filter(|said| is_gone(&said.login)) {
                said.login = None;
            }
        }
    }

    /// Lets a user be logged in, with what their account brings along.
    pub fn enter_account(&mut self, out: &mut Effects, id: UserId, login: Login, now: Now) {
        self.set_account(out, id, Some(login), now);
        self.adopt_account(id);
    }

    /// Gives a user what belongs to the account that they are logged in to.
    pub fn adopt_account(&mut self, id: UserId) {
        let account = self.user(id).and_then(|user| user.account.as_ref());
        let holding = account.and_then(|login| self.accounts.get(login.id));
        let silenced = holding.map(|holding| holding.account.silenced.clone());
        if let (Some(user), Some(silenced)) = (self.user_mut(id), silenced) {
            user.silenced = silenced.into();
        }
    }

    /// Who is logged in to an account, as they are told of.
    pub fn login(&self, account: AccountId) -> Option<Login> {
        let holding = self.accounts.get(account)?;
        Some(Login {
            id: account,
            name: Arc::from(&*holding.account.name),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proto::scram::ClientFirst;

    fn proof() -> State {
        let first = ClientFirst::parse(b"n,,n=ann,r=x").unwrap();
        State::Proof(Box::new(Proof {
            challenge: first.challenge("y", b"salt", 4096),
            name: "ann".into(),
            account: None,
        }))
    }

    /// Each state with each word, as a table.
    #[test]
    fn every_state_knows_what_to_do_with_every_word() {
        use Act::{
            Abort, Certify, Challenge, Compare, End, Fail, FailTooLong, Invite, Succeed, Verify,
            Wait,
        };
        let plain = Mechanism::Plain;
        let words = [
            Word::Offered(plain),
            Word::NotOffered,
            Word::Abort,
            Word::Part,
            Word::Message,
            Word::LongLine,
            Word::LongMessage,
            Word::Malformed,
        ];
        let rest = [FailTooLong, End, Fail];
        for (state, first) in [
            (
                State::Idle,
                [Invite(plain), Act::TellMechanisms, Abort, Fail, Fail],
            ),
            (State::First(plain), [Fail, Fail, Abort, Wait, Compare]),
            (
                State::First(Mechanism::ScramSha256),
                [Fail, Fail, Abort, Wait, Challenge],
            ),
            (
                State::First(Mechanism::External),
                [Fail, Fail, Abort, Wait, Certify],
            ),
            (proof(), [Fail, Fail, Abort, Wait, Verify]),
            (
                State::Confirm(AccountId(1), Secret("key".into())),
                [Fail, Fail, Abort, Wait, Succeed],
            ),
        ] {
            let acts: Vec<Act> = words.iter().map(|word| state.act(*word)).collect();
            let expected: Vec<Act> = first.into_iter().chain(rest).collect();
            assert_eq!(acts, expected, "{state:?}");
        }
    }
}
