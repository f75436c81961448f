//! A certificate that the server makes for itself, when nobody gave it one: kept, so that clients that trust
//! it once know it again.

use jiff::civil::Date;
use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair, date_time_ymd};
use std::fs::{DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

/// How long it counts.
const YEARS: i16 = 10;

/// A certificate and its key as PEM.
pub(super) struct Made {
    pub(super) cert: String,
    pub(super) key: String,
}

/// Makes one for these names.
pub(super) fn make(names: &[String], today: Date) -> Result<Made, String> {
    let cannot = |why: rcgen::Error| format!("no certificate can be made: {why}");
    let key = KeyPair::generate().map_err(cannot)?;
    let fit: Vec<String> = names
        .iter()
        .filter(|name| CertificateParams::new(vec![(*name).clone()]).is_ok())
        .cloned()
        .collect();
    let mut params = CertificateParams::new(fit).map_err(cannot)?;
    let mut subject = DistinguishedName::new();
    let name = names.first().map_or("chat", String::as_str);
    subject.push(DnType::CommonName, name);
    params.distinguished_name = subject;
    let day = |date: Date| {
        let [month, day] = [date.month(), date.day()].map(|part| u8::try_from(part).unwrap_or(1));
        date_time_ymd(date.year().into(), month, day)
    };
    // From yesterday on: clocks differ. A leap day is no day of most years.
    params.not_before = day(today.yesterday().unwrap_or(today));
    params.not_after = day(Date::constant(today.year().saturating_add(YEARS), 1, 1));
    let certificate = params.self_signed(&key).map_err(cannot)?;
    Ok(Made {
        cert: certificate.pem(),
        key: key.serialize_pem(),
    })
}

/// Writes it to these files, the certificate last: when it is there, so is its key.
pub(super) fn keep(made: &Made, cert: &Path, key: &Path) -> io::Result<()> {
    if let Some(directory) = cert.parent() {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(directory)?;
    }
    write(key, &made.key, 0o600)?;
    write(cert, &made.cert, 0o600)
}

/// Writes a file whole under another name, so that there is never half of it.
fn write(path: &Path, text: &str, mode: u32) -> io::Result<()> {
    let draft = path.with_extension("new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(mode);
    let mut file = options.open(&draft)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&draft, path)
}
