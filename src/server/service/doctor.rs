//! What needs the operator's hand, each with its remedy: the machine, the files, the settings.

mod settings;

use crate::admin::command::{Answer, Code};
use crate::config::{Config, StoreKind};
use crate::server::clock::unix_ms;
use crate::server::log;
use crate::server::service::backup;
use crate::server::tls::keyring::Keyring;
use crate::server::worker::Place;
use crate::server::world::task::Symptoms;
use rustix::fs::statvfs;
use rustix::process::{Resource, geteuid, getrlimit};
use serde_json::{Value, json};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Fine,
    /// To be mended some day.
    Warning,
    /// To be mended now.
    Error,
}

/// What was found about one thing.
#[derive(Debug)]
struct Finding {
    about: &'static str,
    verdict: Verdict,
    text: String,
    remedy: Option<String>,
}

impl Finding {
    fn fine(about: &'static str, text: impl Into<String>) -> Self {
        Self {
            about,
            verdict: Verdict::Fine,
            text: text.into(),
            remedy: None,
        }
    }

    fn new(
        about: &'static str,
        verdict: Verdict,
        text: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            about,
            verdict,
            text: text.into(),
            remedy: Some(remedy.into()),
        }
    }

    fn described(&self) -> Value {
        json!({
            "about": self.about,
            "verdict": match self.verdict {
                Verdict::Fine => "ok",
                Verdict::Warning => "warning",
                Verdict::Error => "error",
            },
            "text": self.text,
            "remedy": self.remedy,
        })
    }
}

/// Looks at everything.
pub(super) fn examine(symptoms: &Symptoms, config: &Config, place: &Place) -> Answer {
    let data = &place.data;
    let mut findings = vec![
        storage(symptoms),
        disk(data),
        descriptors(symptoms),
        clock(symptoms),
        logging(),
        panics(symptoms),
        backup_age(config, data),
        user(),
    ];
    findings.extend(certificates(config, &place.keyring));
    findings.extend(permissions(data, config));
    findings.extend(settings::examine(config));
    let count = |verdict| findings.iter().filter(|f| f.verdict == verdict).count();
    let (errors, warnings) = (count(Verdict::Error), count(Verdict::Warning));
    let rows: Vec<Value> = findings.iter().map(Finding::described).collect();
    let data = json!({"errors": errors, "warnings": warnings, "findings": rows});
    if errors == 0 {
        return Answer::ok(data);
    }
    let text = format!("{errors} of {} checks found an error", findings.len());
    Answer::failed(Code::Ailing, text, Vec::new()).with(data)
}

fn storage(symptoms: &Symptoms) -> Finding {
    match symptoms.is_read_only {
        false => Finding::fine("storage", "what is said can be stored"),
        true => Finding::new(
            "storage",
            Verdict::Error,
            "nothing can be stored, so nothing new is acknowledged",
            "chat admin log --level error tells why; the server goes on by itself when it can",
        ),
    }
}

/// Free bytes below which the disk is an error, and a warning.
const DISK_BYTES: [u64; 2] = [64 << 20, 1 << 30];

fn disk(data: &Path) -> Finding {
    let shown = data.display();
    let about = match statvfs(data) {
        Ok(about) => about,
        Err(why) => {
            let text = format!("nothing is known of the disk of {shown}: {why}");
            let remedy = "look whether the directory is still there and mounted";
            return Finding::new("disk", Verdict::Error, text, remedy);
        }
    };
    let free = about.f_bavail.saturating_mul(about.f_frsize);
    let percent = about.f_bavail.saturating_mul(100) / about.f_blocks.max(1);
    let text = format!("{} MiB ({percent} %) are free for {shown}", free >> 20);
    let remedy =
        "make room, or shorten history.retention; the server stops storing when it is full";
    let [least, little] = DISK_BYTES;
    match free {
        _ if free < least => Finding::new("disk", Verdict::Error, text, remedy),
        _ if free < little || percent < 5 => Finding::new("disk", Verdict::Warning, text, remedy),
        _ => Finding::fine("disk", text),
    }
}

/// A copy that is older tells of one that was forgotten.
const OLD_BACKUP_HOURS: u64 = 7 * 24;

fn backup_age(config: &Config, data: &Path) -> Finding {
    if config.store.kind == StoreKind::Memory {
        return Finding::fine("backup", "nothing is kept that could be copied");
    }
    let remedy =
        "chat admin backup FILE, every day by a timer; keep it where others cannot read it";
    let Some(at_ms) = backup::last(data) else {
        return Finding::new("backup", Verdict::Warning, "none was ever made", remedy);
    };
    let hours = unix_ms().saturating_sub(at_ms) / 3_600_000;
    let text = match hours {
        0 => "the last one was made within the last hour".to_owned(),
        hours @ 1..=47 => format!("the last one was made {hours} h ago"),
        hours => format!("the last one was made {} days ago", hours / 24),
    };
    match hours > OLD_BACKUP_HOURS {
        true => Finding::new("backup", Verdict::Warning, text, remedy),
        false => Finding::fine("backup", text),
    }
}

fn descriptors(symptoms: &Symptoms) -> Finding {
    let limit = getrlimit(Resource::Nofile).current;
    let shown = limit.map_or("any number of".to_owned(), |limit| limit.to_string());
    let (now, most) = (symptoms.connections, symptoms.most);
    let text = format!("{now} of at most {most} connections; {shown} descriptors are allowed");
    let remedy = "raise LimitNOFILE of the service, or ulimit -n, and connections.max";
    match (now, most) {
        _ if now.saturating_mul(100) >= most.saturating_mul(95) => {
            Finding::new("descriptors", Verdict::Error, text, remedy)
        }
        _ if now.saturating_mul(100) >= most.saturating_mul(80) || most < 1000 => {
            Finding::new("descriptors", Verdict::Warning, text, remedy)
        }
        _ => Finding::fine("descriptors", text),
    }
}

/// The clock is taken to be wrong before this: 2026-01-01.
const NOT_BEFORE_MS: u64 = 1_767_225_600_000;
/// Messages may be this far ahead of the clock.
const AHEAD_MS: u64 = 5000;

fn clock(symptoms: &Symptoms) -> Finding {
    let remedy =
        "set the clock, and let it be kept right: systemctl enable --now systemd-timesyncd";
    if unix_ms() < NOT_BEFORE_MS {
        let text = "the clock stands in the past";
        return Finding::new("clock", Verdict::Error, text, remedy);
    }
    if symptoms.ahead_ms > AHEAD_MS {
        let seconds = symptoms.ahead_ms / 1000;
        let text = format!(
            "the clock was set back: it is {seconds} s behind the last message, and times stand still till then"
        );
        return Finding::new("clock", Verdict::Warning, text, remedy);
    }
    Finding::fine("clock", "the clock is not behind what was said")
}

/// Days before its end on which a certificate is mentioned.
const SOON_DAYS: i64 = 21;

fn certificates(config: &Config, keyring: &Keyring) -> Vec<Finding> {
    const ABOUT: &str = "certificate";
    let terms = match keyring.read(config) {
        Ok(Some(terms)) => terms,
        Ok(None) => return vec![Finding::fine(ABOUT, "the doors speak no TLS")],
        Err(why) => {
            let remedy = "correct server.tls; chat admin config check tells more";
            return vec![Finding::new(ABOUT, Verdict::Error, why, remedy)];
        }
    };
    let now_s = i64::try_from(unix_ms() / 1000).unwrap_or(i64::MAX);
    let all = terms.certificates.iter();
    all.map(|certificate| {
        let days = certificate.ends_s.saturating_sub(now_s).div_euclid(86_400);
        let names = certificate.names.join(", ");
        let text = format!("the certificate for {names} is good for {days} days");
        let remedy = match certificate.is_own {
            true => "remove cert.pem and key.pem in the directory tls of the data, then chat admin reload",
            false => "renew it, then chat admin reload",
        };
        match days {
            ..0 => {
                let text = format!("the certificate for {names} has expired");
                Finding::new(ABOUT, Verdict::Error, text, remedy)
            }
            0..SOON_DAYS => Finding::new(ABOUT, Verdict::Warning, text, remedy),
            _ => Finding::fine(ABOUT, text),
        }
    })
    .collect()
}

fn logging() -> Finding {
    match log::lost() {
        0 => Finding::fine("log", "every line of the log was written"),
        lost => Finding::new(
            "log",
            Verdict::Error,
            format!("{lost} lines of the log could not be written"),
            "look whether log.target is full or its reader gone; chat admin log has the last lines",
        ),
    }
}

fn panics(symptoms: &Symptoms) -> Finding {
    match symptoms.panics {
        0 => Finding::fine("bugs", "none was met since the start"),
        count => Finding::new(
            "bugs",
            Verdict::Warning,
            format!("{count} were met since the start, each of which cost a connection"),
            "report what chat admin log --level error shows",
        ),
    }
}

fn user() -> Finding {
    match geteuid().is_root() {
        false => Finding::fine("user", "the server is not root"),
        true => Finding::new(
            "user",
            Verdict::Warning,
            "the server runs as root, which it never needs",
            "run it as a user of its own, as contrib/chat.service does",
        ),
    }
}

/// Who else can read what is kept, and the file with passwords in it.
fn permissions(data: &Path, config: &Config) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    let mut look = |path: &Path, forbidden: u32, remedy: &str| {
        let Ok(about) = path.metadata() else {
            return;
        };
        let shown = path.display();
        if about.mode() & forbidden != 0 {
            let text = format!("others may read or change {shown}");
            let remedy = format!("{remedy} {shown}");
            findings.push(Finding::new("permissions", Verdict::Error, text, remedy));
        }
        if about.uid() != geteuid().as_raw() {
            let text = format!("{shown} belongs to uid {}", about.uid());
            let remedy = format!("chown {} {shown}", geteuid().as_raw());
            findings.push(Finding::new("permissions", Verdict::Warning, text, remedy));
        }
    };
    look(data, 0o077, "chmod 700");
    let files = std::fs::read_dir(data).into_iter().flatten().flatten();
    for file in files {
        look(&file.path(), 0o077, "chmod go=");
    }
    let tls = [data.join("tls")];
    for directory in &tls {
        let files = std::fs::read_dir(directory).into_iter().flatten().flatten();
        for file in files {
            // A certificate is shown to everybody who connects.
            match file.path().extension().is_some_and(|end| end == "pem")
                && file.file_name().to_string_lossy().contains("cert")
            {
                true => look(&file.path(), 0o022, "chmod go-w"),
                false => look(&file.path(), 0o077, "chmod go="),
            }
        }
    }
    if let Some(file) = &config.origin.file {
        let holds_secret = config.server.password.is_some() || !config.opers.is_empty();
        let forbidden = if holds_secret { 0o026 } else { 0o022 };
        if file
            .metadata()
            .is_ok_and(|about| about.mode() & forbidden != 0)
        {
            let text = format!("others may change or read {}", file.display());
            let remedy = format!("chmod 600 {}", file.display());
            findings.push(Finding::new("permissions", Verdict::Error, text, remedy));
        }
    }
    if findings.is_empty() {
        let text = format!("only the server's user gets at {}", data.display());
        findings.push(Finding::fine("permissions", text));
    }
    findings
}
