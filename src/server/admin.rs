//! The operator's door: a Unix socket on which one JSON object per line is asked and answered.
//!
//! Only this user and root get in: the directory is closed to others, and each peer's uid is checked.
//! What is asked goes to the hub through [`Control`]; nothing here knows what a verb means.

use crate::admin::command::{Answer, Code, Command, Request, VERSION};
use crate::admin::socket::MAX_PATH;
use crate::config::oper::Role;
use crate::server::control::Control;
use crate::server::log;
use crate::server::world::event::{Officer, Origin};
use async_channel::Sender;
use async_io::{Async, Timer};
use futures_lite::future::or;
use futures_lite::io::{AsyncReadExt, AsyncWriteExt};
use rustix::fd::OwnedFd;
use rustix::fs::Mode;
use rustix::net::sockopt::socket_peercred;
use rustix::net::{UCred, listen};
use rustix::process::{geteuid, umask};
use std::fmt;
use std::fs::{DirBuilder, remove_file, symlink_metadata};
use std::io::ErrorKind;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, FileTypeExt, MetadataExt};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

/// Longest request.
const MAX_LINE: usize = 1 << 20;
/// Connections that the kernel holds until they are accepted.
const BACKLOG: i32 = 128;
/// Longest wait for a whole request, and then for its answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// Most connections at once.
const MAX_PARALLEL: usize = 16;
/// Longest wait for an answer that takes reading everything that is stored.
const LONG_PATIENCE: Duration = Duration::from_secs(3600);
/// Longest that answers under way are waited for when the server stops.
const LAST_WORD: Duration = Duration::from_millis(500);

/// Why there is no admin socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// The path or its directory is not fit: a matter of configuration.
    Unfit(String),
    /// Another server answers there.
    Taken(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Unfit(text) | Self::Taken(text)) = self;
        f.write_str(text)
    }
}

impl std::error::Error for Error {}

/// A bound socket; its file goes when this goes.
#[derive(Debug)]
pub struct Door {
    listener: UnixListener,
    path: PathBuf,
    /// Device and inode of our file: nobody else's is removed.
    identity: Option<(u64, u64)>,
    /// Another process has it too: the file stays.
    is_given: Arc<AtomicBool>,
}

/// The door as the server sees it when another process takes over.
#[derive(Debug)]
pub struct Share {
    pub(super) listener: OwnedFd,
    pub(super) path: PathBuf,
    is_given: Arc<AtomicBool>,
}

impl Share {
    /// Leaves the door to another process.
    pub(super) fn give(&self) {
        self.is_given.store(true, Ordering::Release);
    }
}

impl Door {
    /// The same door for the server, to be handed over; `None` if no descriptor is left.
    pub fn share(&self) -> Option<Share> {
        Some(Share {
            listener: self.listener.try_clone().ok()?.into(),
            path: self.path.clone(),
            is_given: Arc::clone(&self.is_given),
        })
    }

    /// A door that was open before, in another process.
    fn again(path: &Path, listener: OwnedFd) -> Result<Self, Error> {
        // Whoever connects from now on is told that it is this process that listens.
        let listening = listen(&listener, BACKLOG);
        listening.map_err(|error| unfit(path, &error.to_string()))?;
        Ok(Self {
            listener: listener.into(),
            path: path.to_owned(),
            identity: identity(path),
            is_given: Arc::default(),
        })
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        let is_given = self.is_given.load(Ordering::Acquire);
        if !is_given && self.identity.is_some() && identity(&self.path) == self.identity {
            let _ = remove_file(&self.path);
        }
    }
}

fn identity(path: &Path) -> Option<(u64, u64)> {
    symlink_metadata(path)
        .ok()
        .map(|about| (about.dev(), about.ino()))
}

/// Binds the socket, unless it is this one, which another process had bound and which goes on.
pub fn open_again(path: &Path, before: Option<(PathBuf, OwnedFd)>) -> Result<Door, Error> {
    match before {
        Some((known, listener)) if known == path => Door::again(path, listener),
        Some((known, listener)) => {
            drop(Door::again(&known, listener));
            bind(path)
        }
        None => bind(path),
    }
}

/// Binds the socket in a directory that is ours alone. Call before threads make files: the umask is the process's.
pub fn bind(path: &Path) -> Result<Door, Error> {
    if path.as_os_str().as_bytes().len() > MAX_PATH {
        let shown = path.display();
        return Err(Error::Unfit(format!(
            "the path of the admin socket, {shown}, has more than {MAX_PATH} bytes; set a shorter admin.socket"
        )));
    }
    prepare_directory(path)?;
    clear_stale(path)?;
    let before = umask(Mode::from_raw_mode(0o177));
    let bound = UnixListener::bind(path);
    umask(before);
    let listener = bound.map_err(|error| unfit(path, &error.to_string()))?;
    Ok(Door {
        listener,
        path: path.to_owned(),
        identity: identity(path),
        is_given: Arc::default(),
    })
}

fn unfit(path: &Path, why: &str) -> Error {
    let shown = path.display();
    Error::Unfit(format!(
        "the admin socket {shown} cannot be made: {why}; set another admin.socket"
    ))
}

/// Makes the directory if it is missing, and refuses one in which others could put things.
fn prepare_directory(path: &Path) -> Result<(), Error> {
    let directory = match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => return Err(unfit(path, "it has no directory")),
    };
    match DirBuilder::new().mode(0o700).create(directory) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => return Err(unfit(path, &format!("{}: {error}", directory.display()))),
    }
    let about = symlink_metadata(directory).map_err(|error| unfit(path, &error.to_string()))?;
    let shown = directory.display();
    if !about.is_dir() {
        return Err(unfit(path, &format!("{shown} is a link or no directory")));
    }
    if about.uid() != geteuid().as_raw() {
        return Err(unfit(
            path,
            &format!("{shown} belongs to uid {}", about.uid()),
        ));
    }
    if about.mode() & 0o022 != 0 {
        return Err(unfit(
            path,
            &format!("others may write to {shown} (chmod 700 mends it)"),
        ));
    }
    Ok(())
}

/// Removes a socket that a dead server of ours left; nothing else.
fn clear_stale(path: &Path) -> Result<(), Error> {
    let about = match symlink_metadata(path) {
        Ok(about) => about,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(unfit(path, &error.to_string())),
    };
    if !about.file_type().is_socket() {
        return Err(unfit(path, "something that is no socket stands there"));
    }
    if about.uid() != geteuid().as_raw() {
        return Err(unfit(
            path,
            &format!("a socket of uid {} stands there", about.uid()),
        ));
    }
    match UnixStream::connect(path) {
        Err(error) if error.kind() == ErrorKind::ConnectionRefused => {
            remove_file(path).map_err(|error| unfit(path, &error.to_string()))
        }
        _ => Err(Error::Taken(format!(
            "another chat server answers on the admin socket {}; stop it with chat admin stop, or set another admin.socket",
            path.display()
        ))),
    }
}

/// Answers operators until nobody listens to `control` any more; then the socket is gone.
pub async fn serve(door: Door, control: Sender<Control>) {
    let Ok(listener) = door.listener.try_clone().and_then(Async::new) else {
        return;
    };
    let open = Arc::new(AtomicUsize::new(0));
    while let Some(accepted) = or(async { Some(listener.accept().await) }, async {
        control.closed().await;
        None
    })
    .await
    {
        match accepted {
            Ok((stream, _)) => {
                let place = Place::take(&open);
                async_std::task::spawn(attend(stream, place, control.clone()));
            }
            // No descriptors are left: some may come back.
            Err(_) => {
                Timer::after(Duration::from_millis(100)).await;
            }
        }
    }
    let done = async {
        while open.load(Ordering::Acquire) > 0 {
            Timer::after(Duration::from_millis(5)).await;
        }
    };
    let limit = async {
        Timer::after(LAST_WORD).await;
    };
    or(done, limit).await;
}

/// One of the places for connections, given back when the connection ends.
struct Place {
    open: Arc<AtomicUsize>,
    number: usize,
}

impl Place {
    fn take(open: &Arc<AtomicUsize>) -> Self {
        Self {
            open: Arc::clone(open),
            number: open.fetch_add(1, Ordering::AcqRel),
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.open.fetch_sub(1, Ordering::AcqRel);
    }
}

/// One operator's connection, from the check of who it is to its end.
async fn attend(mut stream: Async<UnixStream>, place: Place, control: Sender<Control>) {
    if place.number >= MAX_PARALLEL {
        let busy = format!("more than {MAX_PARALLEL} requests at once; try again");
        let _ = say(&mut stream, &Answer::failed(Code::Busy, busy, Vec::new())).await;
        return;
    }
    let who = match must_be_ours(&stream) {
        Ok(who) => who,
        Err(answer) => {
            let _ = say(&mut stream, &answer).await;
            return;
        }
    };
    let mut waiting = Vec::new();
    loop {
        let line = or(next_line(&mut stream, &mut waiting), async {
            Timer::after(PATIENCE).await;
            Next::End
        });
        let answer = match line.await {
            Next::End => return,
            Next::TooLong => bad("a request has at most 1 MiB"),
            Next::Line(line) => answer(&line, &control, who).await,
        };
        let is_over = waiting.len() > MAX_LINE;
        if say(&mut stream, &answer).await.is_err() || is_over {
            return;
        }
    }
}

/// Only the user who runs the server, and root: the uid, and the process.
fn must_be_ours(stream: &Async<UnixStream>) -> Result<UCred, Answer> {
    let own = geteuid();
    let refused = |text: String| {
        log::warn(format_args!("admin socket: {text}"));
        Answer::failed(Code::NotAllowed, text, Vec::new())
    };
    match socket_peercred(stream) {
        Ok(peer) if peer.uid == own || peer.uid.is_root() => Ok(peer),
        Ok(peer) => Err(refused(format!(
            "Not allowed: you are uid {}; only uid {} and root may",
            peer.uid.as_raw(),
            own.as_raw()
        ))),
        Err(error) => Err(refused(format!(
            "Not allowed: nobody knows who you are ({error})"
        ))),
    }
}

/// What comes next on a connection.
enum Next {
    Line(Vec<u8>),
    TooLong,
    End,
}

/// Reads up to the next end of line; `waiting` keeps what came beyond it.
async fn next_line(stream: &mut Async<UnixStream>, waiting: &mut Vec<u8>) -> Next {
    let mut chunk = [0; 4096];
    loop {
        if let Some(end) = waiting.iter().position(|byte| *byte == b'\n') {
            let rest = waiting.split_off(end + 1);
            return Next::Line(std::mem::replace(waiting, rest));
        }
        if waiting.len() > MAX_LINE {
            return Next::TooLong;
        }
        match stream.read(&mut chunk).await {
            Ok(0) | Err(_) => return Next::End,
            Ok(count) => waiting.extend_from_slice(chunk.get(..count).unwrap_or_default()),
        }
    }
}

/// Has the hub carry out one request.
async fn answer(line: &[u8], control: &Sender<Control>, who: UCred) -> Answer {
    let request: Request = match serde_json::from_slice(line) {
        Ok(request) => request,
        Err(error) => return bad(&format!("not a request: {error}")),
    };
    if request.v != VERSION {
        return bad(&format!(
            "this server speaks version {VERSION} of the admin protocol"
        ));
    }
    let act = request.request.clone();
    let patience = match act {
        Command::Verify | Command::Upgrade(_) => LONG_PATIENCE,
        _ => PATIENCE,
    };
    let (reply, replied) = async_channel::bounded(1);
    let by = Officer {
        name: format!("uid {}", who.uid.as_raw()).into(),
        role: Role::Admin,
        from: Origin::Socket {
            uid: who.uid.as_raw(),
            pid: who.pid.as_raw_nonzero().get(),
        },
    };
    let asked = control.send(Control::Admin { request, by, reply }).await;
    let stopping = || Answer::failed(Code::Failed, "the server is stopping", Vec::new());
    if asked.is_err() {
        return stopping();
    }
    let answer = or(
        async { replied.recv().await.unwrap_or_else(|_| stopping()) },
        async {
            Timer::after(patience).await;
            Answer::failed(
                Code::NoAnswer,
                "the server is too busy to answer",
                Vec::new(),
            )
        },
    )
    .await;
    note(who, &act, &answer);
    answer
}

/// Logs who did what and what came of it; mere questions only where everything is logged.
fn note(who: UCred, act: &Command, answer: &Answer) {
    let (uid, pid) = (who.uid.as_raw(), who.pid);
    let came = match &answer.error {
        None => "done",
        Some(failure) => failure.text.as_str(),
    };
    let words = match act {
        Command::Kick { names, reason } => {
            let reason = reason.as_deref().unwrap_or_default();
            format!("kick {}, reason \"{reason}\"", names.join(" "))
        }
        Command::Broadcast { text } => format!("broadcast \"{}\"", text.join(" ")),
        Command::Stop { .. } => "stop".to_owned(),
        Command::Verify => "verify".to_owned(),
        Command::Upgrade(upgrade) => upgrade.words(),
        Command::Accounts(act) if !act.is_question() => format!("accounts {}", act.words()),
        Command::Moderate(act) if !act.is_question() => {
            format!("{} {}", act.verb(), act.target())
        }
        Command::List(_)
        | Command::Moderate(_)
        | Command::Rooms(_)
        | Command::Show(_)
        | Command::Stats(_)
        | Command::Accounts(_)
        | Command::Inbox { .. }
        | Command::Status => {
            return log::debug(format_args!(
                "admin: a question of uid {uid} (pid {pid}): {came}"
            ));
        }
    };
    log::info(format_args!(
        "admin: uid {uid} (pid {pid}): {words}: {came}"
    ));
}

fn bad(why: &str) -> Answer {
    let short: String = why.chars().filter(|c| !c.is_control()).take(200).collect();
    Answer::failed(Code::BadRequest, short, Vec::new())
}

/// Writes an answer to somebody who reads it in time.
async fn say(stream: &mut Async<UnixStream>, answer: &Answer) -> std::io::Result<()> {
    let mut line = serde_json::to_vec(answer)?;
    line.push(b'\n');
    or(stream.write_all(&line), async {
        Timer::after(PATIENCE).await;
        Err(ErrorKind::TimedOut.into())
    })
    .await
}
