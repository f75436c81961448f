//! What is known from before: saved servers, settings, and the server used last.

use crate::client::habits::Habits;
use crate::client::taste::{self, KEYS, Taste};
use crate::cmd::connect::Connect;
use crate::cmd::say;
use crate::config::client::{self, File, Saved};
use crate::config::fault::{Fault, Report};
use std::fs::{DirBuilder, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::PathBuf;

/// The person's file; what is wrong with it is told.
pub(super) fn read() -> File {
    let Some(path) = client::path() else {
        return File::default();
    };
    let (file, report) = client::load(&path);
    say(&report.to_string());
    file
}

/// What stands in `client.yaml`, for the manual.
pub(super) fn manual() -> String {
    let keys = client::KEYS.iter();
    let keys = keys.map(|(key, help)| format!("\n  {key:<16}  {help}"));
    let settings = KEYS.iter().map(|key| {
        let (name, help, form, default) = (key.name, key.help, key.form, key.default());
        format!("\n  {name:<16}  {help}; {form} (default: {default})")
    });
    format!(
        "client.yaml has three sections. What is wrong there is told at the start and passed over.\n\n\
         servers: under the name of each (chat connect NAME):{}\n\n\
         ui: what /set changes, and keeps here:{}\n\n\
         alias: other names for lines (/alias), like wb: \"/say welcome back, $1\"; $1 to $9 are the words behind it, $* all of them",
        keys.collect::<String>(),
        settings.collect::<String>(),
    )
}

/// Takes what is not given from the environment, the server used last, and the saved server of that name. What
/// names the server next time.
pub(super) fn fill(args: &mut Connect, file: &File) -> Result<Used, String> {
    if args.host.is_none() {
        let named = std::env::var("CHAT_SERVER").ok();
        let words = named.filter(|words| !words.trim().is_empty()).or_else(last);
        let words = words.unwrap_or_default();
        let mut words = words.split_whitespace();
        args.host = words.next().map(str::to_owned);
        let port = words.next().and_then(|port| port.parse().ok());
        args.port = args.port.or(port);
    }
    let used = Used::of(args);
    let name = args.host.clone().unwrap_or_default();
    if let Some(saved) = file.servers.get(&name) {
        take_tls(args, saved).map_err(|wrong| format!("client.yaml: servers.{name}.{wrong}"))?;
        take(args, saved.clone());
    }
    Ok(used)
}

/// Takes what is said about TLS. A pin that cannot be read is not passed over: somebody relies on it.
fn take_tls(args: &mut Connect, saved: &Saved) -> Result<(), String> {
    if !args.tls && !args.no_tls {
        (args.tls, args.no_tls) = (saved.tls == Some(true), saved.tls == Some(false));
    }
    if args.pin.is_none() {
        let pin = saved.pin.as_deref().map(super::pin).transpose();
        args.pin = pin.map_err(|wrong| format!("pin: {wrong}"))?;
    }
    args.ca = args.ca.take().or_else(|| saved.ca.clone());
    args.client_cert = args
        .client_cert
        .take()
        .or_else(|| saved.client_cert.clone());
    Ok(())
}

fn take(args: &mut Connect, saved: Saved) {
    args.host = Some(saved.host);
    args.port = args.port.or(saved.port);
    args.nick = args.nick.take().or(saved.nick);
    args.account = args.account.take().or(saved.account);
    args.to = args.to.take().or(saved.to);
    if args.join.is_empty() {
        args.join = saved.join;
    }
    let is_given = args.password_file.is_some() || args.password_command.is_some();
    if !is_given && !args.password_stdin {
        args.password_file = saved.password_file;
        args.password_command = saved.password_command;
    }
}

/// The ways of the person; what cannot be set is told.
pub(super) fn habits(file: &File, history: Option<u16>) -> Habits {
    let mut taste = Taste::default();
    let mut report = Report {
        file: client::path(),
        faults: Vec::new(),
    };
    for ((name, value), place) in file.ui.iter().zip(&file.ui_places) {
        let wrong = match taste::key(name) {
            Some(key) => key.put(&mut taste, value).err(),
            None => {
                let known: Vec<&str> = KEYS.iter().map(|key| key.name).collect();
                Some(client::is_unknown(name, &known))
            }
        };
        if let Some(wrong) = wrong {
            let wrong = wrong.strip_prefix(name.as_str()).unwrap_or(&wrong).trim();
            let fault = Fault::warning(format!("ui.{name} {wrong}"));
            report.faults.push(fault.at(*place));
        }
    }
    say(&report.to_string());
    if let Some(history) = history {
        taste.history = usize::from(history);
    }
    Habits {
        taste,
        aliases: file.aliases.clone(),
        file: client::path().map(|path| (path, client::keep as _)),
    }
}

/// The server that is used now.
pub(super) struct Used(Option<String>);

impl Used {
    fn of(args: &Connect) -> Self {
        let port = args.port.map_or(String::new(), |port| format!(" {port}"));
        Self(args.host.as_ref().map(|host| format!("{host}{port}\n")))
    }

    /// Notes it for the next time. Where that cannot be done, the next time needs a word more.
    pub(super) fn remember_if(&self, is_good: bool) {
        let (Some(words), Some(path)) = (&self.0, place()) else {
            return;
        };
        let Some(directory) = path.parent().filter(|_| is_good) else {
            return;
        };
        let _ = DirBuilder::new()
            .mode(0o700)
            .recursive(true)
            .create(directory);
        let mut options = OpenOptions::new();
        let file = options
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&path);
        let _ = file.and_then(|mut file| file.write_all(words.as_bytes()));
    }
}

fn last() -> Option<String> {
    let words = std::fs::read_to_string(place()?).ok()?;
    let line = words.lines().next()?;
    (!line.starts_with('-') && line.len() < 300).then(|| line.to_owned())
}

fn place() -> Option<PathBuf> {
    super::history().map(|path| path.with_file_name("server"))
}
