//! What goes into the hub: [`Event`]. What comes out is in [`effects`](super::effects).
//!
//! This is the one narrow door between the pure core and the doors that carry bytes. Nothing here
//! refers to a socket, only to a [`SessionId`].

use crate::admin::command::govern::Govern;
use crate::admin::command::{Answer, Command, Request};
use crate::config::Config;
use crate::config::oper::Role;
use crate::config::password::HashCost;
use crate::config::password::Password;
use crate::proto::message::{Fault, Message};
use crate::server::world::deed::{Deed, DeedId, Deeds, Wanted};
use crate::server::world::file::FileAsk;
use crate::server::world::load::Loads;
use crate::server::world::raw::Dumped;
use crate::server::world::secured::{Certificate, Secured};
use crate::server::world::task::Task;
use crate::store::Snapshot;
use crate::store::query::{self, Query};
use crate::store::record::account::{AccountId, ScramKeys, Secret};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;

/// One device's connection. The door that accepted it chose the index; the generation makes a reused index a new session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SessionId {
    pub index: u32,
    pub generation: u32,
}

impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.index, self.generation)
    }
}

/// Time as a value: the core reads no clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Now {
    /// Milliseconds since 1970-01-01 UTC; may jump.
    pub unix_ms: u64,
    /// Milliseconds since the process began; never goes back. Timeouts count by it.
    pub uptime_ms: u64,
}

/// Who is at the other end of a connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Peer {
    /// Address without port, as shown in `nick!user@host`; `localhost` for a Unix socket.
    pub host: String,
    /// Address with port, for the operator.
    pub address: String,
    /// The address itself; `None` for a Unix socket.
    pub ip: Option<IpAddr>,
    /// How it is secured, if it is.
    pub secured: Option<Box<Secured>>,
    /// Who opened the connection for them, if it was not they themselves.
    pub via: Option<Box<Via>>,
    /// They speak WebSocket, as browsers do.
    pub is_web: bool,
}

/// Somebody who opens connections for others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Via {
    /// Its address with port, for the operator.
    pub address: String,
    /// What it calls itself, if it does.
    pub gateway: Option<Box<str>>,
    /// Nobody can read along, neither before it nor behind it.
    pub is_secure: bool,
}

impl Peer {
    /// Whether nobody between us can read along: it speaks TLS, is on this machine, or whoever speaks for it
    /// vouches for it.
    pub fn is_private(&self) -> bool {
        let is_vouched_for = self.via.as_ref().is_some_and(|via| via.is_secure);
        self.secured.is_some() || is_vouched_for || self.is_near()
    }

    /// Whether it is on this machine, with nobody between us.
    pub fn is_near(&self) -> bool {
        self.via.is_none() && self.ip.is_none_or(|ip| ip.to_canonical().is_loopback())
    }
}

/// Something that happened outside the world.
#[derive(Debug)]
pub enum Event<'a> {
    /// A connection was accepted.
    Opened(SessionId, Peer),
    /// A connection that has said nothing yet speaks TLS, and its handshake is done.
    Secured(SessionId, Secured),
    /// The doors speak TLS with these certificates from now on; none: they speak none.
    Certificates(Vec<Certificate>),
    /// A line came, or something that is no line.
    Line(SessionId, Result<Message<'a>, Fault<'a>>),
    /// A line came beyond what the session may send and wait for: it is refused, not executed.
    Flooded(SessionId, Result<Message<'a>, Fault<'a>>),
    /// A connection ended, or has to end for this reason.
    Closed(SessionId, Why),
    /// An operator asks something, over the admin socket or as a session.
    Admin(Ticket, &'a Request, &'a Officer),
    /// What a command of this session asked for is known.
    Found(SessionId, Found),
    /// What an operator's request needed to know is known.
    FoundFor(Ticket, Chore, Found, &'a Officer),
    /// A door for files asks something.
    File(Ticket, FileAsk),
    /// What it needed to know is known.
    FoundForFile(Ticket, Found),
    /// What a line of this session, or an operator's request, wanted kept could not be stored; nobody was told of it.
    Unstored(&'a Culprit),
    /// The store failed: nothing more is promised until it works, and this is what it holds, if that can be read.
    StoreFailed(Option<&'a Snapshot>),
    /// The store works again, and holds this.
    StoreWorks(&'a Snapshot),
    /// The configuration was read again and is good.
    Reload(Arc<Config>),
    /// About once a second: timeouts.
    Tick,
    /// The server is going to stop: everybody is told.
    Stop { seconds: u64 },
}

/// Why a connection ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The other end closed it.
    Eof,
    /// Reading or writing failed.
    Broken(String),
    /// More bytes than allowed came without an end of line.
    LineTooLong,
    /// The client reads too slowly: too many bytes wait for it, or none were taken for too long.
    SendQueue,
    /// The first line was HTTP's.
    Http,
    /// Another process took over, to which it could not be handed.
    Replaced,
    /// What came was no TLS, or none that is spoken here.
    Tls(&'static str),
    /// What came breaks the rules of WebSocket.
    Frames(&'static str),
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Eof => "Connection closed",
            Self::Broken(what) => what,
            Self::LineTooLong => "Line too long",
            Self::SendQueue => "SendQ exceeded",
            Self::Http => "This is not a web server",
            Self::Replaced => "The server was upgraded",
            Self::Tls(_) => "TLS failed",
            Self::Frames(_) => "WebSocket failed",
        })
    }
}

/// Names one admin request until it is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ticket(pub u64);

/// Somebody who asks as an operator: over the admin socket, or as a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Officer {
    /// The system's name of the user, or the operator's in the configuration.
    pub name: Box<str>,
    pub role: Role,
    pub from: Origin,
}

/// Where an operator asks from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The admin socket: this user's process.
    Socket { uid: u32, pid: i32 },
    /// A connection for chatting.
    Session(SessionId),
}

impl Officer {
    /// The session that asks, if it is one.
    pub fn session(&self) -> Option<SessionId> {
        match self.from {
            Origin::Socket { .. } => None,
            Origin::Session(session) => Some(session),
        }
    }
}

impl fmt::Display for Officer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.from {
            Origin::Socket { uid, .. } => write!(f, "{} (uid {uid})", self.name),
            Origin::Session(_) => write!(f, "{}", self.name),
        }
    }
}

/// What is done for an operator when something slow is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chore {
    /// There is a new account of this name, with this password.
    CreateAccount {
        name: Box<str>,
    },
    /// This account has another password.
    ChangePassword {
        account: AccountId,
    },
    /// The outcome is told.
    Verify,
    Upgrade {
        is_question: bool,
    },
    /// What is known of each connection goes into the answer.
    WithLoads(Box<Command>),
    /// The next portion of the answer is made.
    GoOn,
    /// It goes on with what is known.
    Govern(Box<Govern>),
    /// What was found is the answer.
    Service,
    /// The same, with the names of files.
    Files,
    /// What was found is the answer, with what is set over the configuration.
    Compared,
    /// The size of the store goes into the answer.
    Status,
    /// The outcome is told, and when it was.
    Backup,
    /// This would change; then the configuration is read again.
    Plan,
    /// The configuration was read again, to change this.
    Reload(Box<Value>),
    /// What was found in the record is told.
    LookUp,
}

/// Who waits for something slow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asker {
    Session(SessionId),
    Operator(Ticket, Chore),
    /// A door for files.
    File(Ticket),
}

/// Something slow that a command has to know before it can go on. Until then its session says nothing more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// Whether what was given is the password.
    Password { password: Password, given: Secret },
    /// What is to be kept of a new password.
    Hash { password: Secret, cost: HashCost },
    /// What the configuration is now.
    Reload,
    /// When nothing waits for the session any more.
    Drain,
    /// Whether one more from this address may come in: the session turns out to be from there.
    Admit(IpAddr),
    /// What is kept of this; the answer knows everything that was said before.
    Read(Box<Query>),
    /// Whether everything that is kept is as it was stored.
    Verify,
    /// Whether another process can take over; unless that is all that is asked for, it does.
    Upgrade {
        is_question: bool,
        /// `None`: the binary that this process was started from.
        binary: Option<PathBuf>,
    },
    /// What goes over each connection and waits for it.
    Loads,
    /// Nothing: others have their turn before it goes on.
    Turn,
    /// The limits that are set count, at the doors and for the sockets too; it is then its turn.
    Overrule,
    /// The last lines of these connections, which are recorded from now on; no count: they are recorded no more.
    Raw {
        sessions: Vec<SessionId>,
        count: Option<usize>,
    },
    /// Something of the process that the server is.
    Service(Task),
    /// That this is recorded, before it is done.
    Audit(Box<Deed>),
    /// What operators did.
    LookUp(Wanted),
    /// The answer to a request that a session makes as an operator.
    Admin(Box<Inquiry>),
}

/// A request of a session that is an operator's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inquiry {
    pub request: Request,
    pub by: Officer,
}

/// What became of an [`Ask`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Whether it is the password.
    Password(bool),
    /// What is to be kept of it.
    Hashed(Box<Kept>),
    /// What reading the configuration again brought about, in words, and whether it counts now.
    Reloaded(Vec<String>, bool),
    /// Too much is asked at the moment.
    Busy,
    /// Nothing waits for the session any more.
    Drained,
    /// Whether it may come in.
    Admitted(bool),
    /// What is kept.
    Read(query::Answer),
    /// What is not as it was stored, or why that cannot be told.
    Verified(Result<Vec<Damage>, String>),
    Loads(Loads),
    /// Lines of connections.
    Raw(Box<Dumped>),
    /// It is its turn.
    Turn,
    /// What an operator is answered.
    Service(Box<Answer>),
    /// Under which number it is recorded, or why it cannot be.
    Recorded(Result<DeedId, String>),
    /// What operators did, or why that cannot be told.
    Deeds(Result<Deeds, String>),
    /// The answer.
    Answered(Box<Answer>),
    /// Which process takes over, or could, or why none does.
    Upgraded(Result<Successor, String>),
}

/// A process that takes over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Successor {
    pub binary: String,
    pub version: String,
    pub pid: u32,
}

/// Something that is not as it was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    pub table: String,
    /// Its key, as far as it can be read.
    pub row: String,
    pub what: String,
}

/// What is kept of a password: nobody can log in with it alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// argon2id, as a PHC string.
    pub password: Secret,
    pub scram: ScramKeys,
}

/// Who wanted something kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Culprit {
    /// A line of this verb, with its label.
    Line {
        session: SessionId,
        verb: &'static str,
        label: Option<Box<str>>,
        /// Whether it has asked something, and waits.
        asks: bool,
    },
    Operator(Ticket),
    /// A door for files.
    File(Ticket),
    /// Nobody: it was time.
    Nobody,
}
