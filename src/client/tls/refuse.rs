//! What is said when there is no safe connection, and how to go on.

use crate::client::ending::Ending;
use crate::client::tls::certificate::Certificate;
use crate::client::tls::verify::{Fault, Seen};
use crate::client::tls::{Route, Way};
use crate::exit::Exit;
use rustls::{AlertDescription, Error};
use std::io::{self, ErrorKind};
use std::time::Duration;

/// A certificate that does not count.
pub fn certificate(route: &Route, seen: &Seen, fault: &Fault, known_hosts: &str) -> Ending {
    let certificate = Certificate::read(&seen.certificate);
    let (host, place, found) = (&route.address.host, &route.address, seen.fingerprint);
    let pin = format!(
        "If this is intended: --pin {found}\n(ask the operator to confirm the fingerprint)"
    );
    let words = match fault {
        Fault::Expired => format!(
            "The certificate of {place} expired on {}. Not connecting.\n\
             Its operator has to renew it, unless the clock of this machine is wrong.\n{pin}",
            certificate.to
        ),
        Fault::NotYet => format!(
            "The certificate of {place} counts from {} only. Not connecting.\n\
             The clock of this machine may be wrong.\n{pin}",
            certificate.from
        ),
        Fault::OtherName => format!(
            "{host} presents a certificate for {}. Not connecting.\n{pin}",
            certificate.owner()
        ),
        Fault::Stranger => format!(
            "The certificate of {place} is signed by no authority that is known here. Not connecting.\n{pin}\n\
             Or --ca FILE, if an authority of your own signed it."
        ),
        Fault::Changed(known) => format!(
            "The certificate of {place} is not the one of {}, and no authority signed it. Not connecting.\n\
             Somebody may listen on the way, or the operator made a new one.\nBefore: {}\nNow:    {found}\n\
             If the operator confirms the new one: take the row of {place} out of {known_hosts}",
            known.since, known.fingerprint
        ),
        Fault::NotPinned(pin) => format!(
            "The certificate of {place} is not the pinned one. Not connecting.\nPinned: {pin}\nFound:  {found}"
        ),
        Fault::Other(why) => {
            format!("The certificate of {place} is no good: {why}. Not connecting.")
        }
    };
    Ending::new(Exit::Tls, words)
}

/// A handshake that came to nothing, for another reason than the certificate.
pub fn handshake(route: &Route, error: &io::Error) -> Ending {
    let place = &route.address;
    let inner = error.get_ref().and_then(|error| error.downcast_ref());
    match inner {
        Some(Error::InvalidMessage(_)) => Ending::new(Exit::Tls, not_tls(route)),
        Some(
            Error::PeerIncompatible(_) | Error::AlertReceived(AlertDescription::ProtocolVersion),
        ) => Ending::new(
            Exit::Tls,
            format!(
                "{place} speaks no version of TLS that is safe; 1.2 is the oldest. Not connecting."
            ),
        ),
        Some(Error::AlertReceived(alert)) => Ending::new(
            Exit::Tls,
            format!("{place} refused the TLS handshake ({}).", of_alert(*alert)),
        ),
        Some(other) => Ending::new(
            Exit::Tls,
            format!("The TLS handshake with {place} failed: {other}."),
        ),
        None if is_closed(error) => Ending::new(
            Exit::Tls,
            format!(
                "{place} closed the connection in the TLS handshake. {}",
                perhaps_not_tls(route)
            ),
        )
        .and_come_back(),
        None => Ending::new(
            Exit::Tls,
            format!("The TLS handshake with {place} failed: {error}."),
        )
        .and_come_back(),
    }
}

/// A handshake that was not answered.
pub fn silence(route: &Route, patience: Duration) -> Ending {
    let words = format!(
        "{} did not answer in TLS within {} s. {}",
        route.address,
        patience.as_secs(),
        perhaps_not_tls(route)
    );
    Ending::new(Exit::Tls, words).and_come_back()
}

fn is_closed(error: &io::Error) -> bool {
    let kind = error.kind();
    let signs = [
        ErrorKind::UnexpectedEof,
        ErrorKind::ConnectionReset,
        ErrorKind::ConnectionAborted,
        ErrorKind::BrokenPipe,
    ];
    signs.contains(&kind)
}

fn not_tls(route: &Route) -> String {
    let place = &route.address;
    format!("{place} does not speak TLS. {}", instead(route))
}

fn perhaps_not_tls(route: &Route) -> String {
    format!("Perhaps it does not speak TLS. {}", instead(route))
}

/// What can be done where TLS is not spoken.
fn instead(route: &Route) -> &'static str {
    match route.way {
        Way::Strict => {
            "It asked to be called by TLS alone, so nothing else is tried;\nits operator has to set that right."
        }
        Way::Tls | Way::Plain => "To send everything readable: --no-tls",
    }
}

/// What an alert means to a person.
fn of_alert(alert: AlertDescription) -> String {
    match alert {
        AlertDescription::CertificateRequired => {
            "it wants a certificate of yours: --client-cert FILE".to_owned()
        }
        AlertDescription::UnrecognisedName => "it has no certificate for this name".to_owned(),
        AlertDescription::HandshakeFailure => "no way to talk is known to both".to_owned(),
        other => format!("{other:?}"),
    }
}
