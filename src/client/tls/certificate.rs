//! What a certificate says of itself: for whom it is, and how long it counts.

use crate::proto::sanitise;
use std::net::{Ipv4Addr, Ipv6Addr};
use x509_parser::extensions::GeneralName;
use x509_parser::parse_x509_certificate;

/// Most names that are told.
const MOST_NAMES: usize = 3;

/// What is told of a certificate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Certificate {
    /// Names and addresses for which it was made.
    pub names: Vec<String>,
    /// The first and the last day on which it counts.
    pub from: String,
    pub to: String,
}

impl Certificate {
    /// Reads one in DER; what cannot be read stays empty.
    pub fn read(der: &[u8]) -> Self {
        let Ok((_, certificate)) = parse_x509_certificate(der) else {
            return Self::default();
        };
        let day = |seconds: i64| {
            let time = jiff::Timestamp::from_second(seconds).unwrap_or_default();
            time.strftime("%Y-%m-%d").to_string()
        };
        let names = certificate.subject_alternative_name().ok().flatten();
        let names = names.map(|names| names.value.general_names.as_slice());
        let names = names.unwrap_or_default().iter().filter_map(name).collect();
        Self {
            names,
            from: day(certificate.validity().not_before.timestamp()),
            to: day(certificate.validity().not_after.timestamp()),
        }
    }

    /// For whom it is, in a sentence.
    pub fn owner(&self) -> String {
        let shown = self.names.iter().take(MOST_NAMES);
        let mut shown: Vec<String> = shown
            .map(|name| sanitise::text(name).into_owned())
            .collect();
        match self.names.len().checked_sub(MOST_NAMES) {
            Some(more) if more > 0 => shown.push(format!("{more} more")),
            _ if shown.is_empty() => shown.push("nobody".to_owned()),
            _ => {}
        }
        shown.join(", ")
    }
}

fn name(name: &GeneralName<'_>) -> Option<String> {
    match name {
        GeneralName::DNSName(name) => Some((*name).to_owned()),
        GeneralName::IPAddress(bytes) => <[u8; 4]>::try_from(*bytes)
            .map(|four| Ipv4Addr::from(four).to_string())
            .or_else(|_| <[u8; 16]>::try_from(*bytes).map(|all| Ipv6Addr::from(all).to_string()))
            .ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_times_are_read() {
        let names = ["a.example.org", "127.0.0.1", "::1", "b.example.org"].map(str::to_owned);
        let mut params = rcgen::CertificateParams::new(names).unwrap();
        params.not_after = rcgen::date_time_ymd(2027, 2, 1);
        let key = rcgen::KeyPair::generate().unwrap();
        let certificate = Certificate::read(params.self_signed(&key).unwrap().der());
        assert_eq!(certificate.owner(), "a.example.org, 127.0.0.1, ::1, 1 more");
        assert_eq!(certificate.to, "2027-02-01");
    }

    #[test]
    fn nonsense_is_no_certificate() {
        let certificate = Certificate::read(b"nonsense");
        assert_eq!(certificate, Certificate::default());
        assert_eq!(certificate.owner(), "nobody");
    }
}
