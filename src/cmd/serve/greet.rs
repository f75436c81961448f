//! What a server says when it can be connected to.

use crate::cmd::answer;
use crate::config::{Config, StoreKind, Sync};
use crate::server::kept::Kept;
use crate::server::listen::Doors;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, UdpSocket};
use std::path::Path;

/// What the operator needs to know, the ready line last.
pub(super) fn greet(config: &Config, doors: &Doors, data: &Path, admin: &Path, stored: &Kept) {
    let kept = match (config.store.kind, config.store.sync) {
        (StoreKind::Memory, _) => "in memory: a restart forgets them",
        (StoreKind::Sqlite, Sync::Full) => "in the data directory",
        (StoreKind::Sqlite, Sync::Normal) => {
            "in the data directory, sync normal: a power cut may lose the last 30 s"
        }
        (StoreKind::Sqlite, Sync::Off) => {
            "in the data directory, sync off: a power cut may lose or damage them"
        }
    };
    let ready = match doors.has_port() {
        true => format!(
            "Ready. Connect with: chat connect {} {}",
            reachable(config.server.bind),
            doors.port()
        ),
        false => "Ready.".to_owned(),
    };
    let certificates = stored.certificates().into_iter();
    let tls: String = certificates
        .map(|line| format!("TLS           {line}\n"))
        .collect();
    let lines = format!(
        "chat {}\nData          {}\nMessages      {kept}\nListening on  {}\n{tls}Admin socket  {}\n{ready}\n",
        env!("CARGO_PKG_VERSION"),
        data.display(),
        doors.addresses().join(", "),
        admin.display(),
    );
    answer(&lines);
}

/// The address to connect to: for a door on every address, the one that others most likely see.
fn reachable(bind: IpAddr) -> IpAddr {
    if !bind.is_unspecified() {
        return bind;
    }
    let (far, near): (IpAddr, IpAddr) = match bind {
        IpAddr::V4(_) => (
            Ipv4Addr::new(192, 0, 2, 1).into(),
            Ipv4Addr::LOCALHOST.into(),
        ),
        IpAddr::V6(_) => (
            Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1).into(),
            Ipv6Addr::LOCALHOST.into(),
        ),
    };
    // Connecting a datagram socket sends nothing; the system only chooses the address to send from.
    let chosen = UdpSocket::bind((bind, 0)).and_then(|socket| {
        socket.connect((far, 9))?;
        socket.local_addr()
    });
    chosen.map_or(near, |address| address.ip())
}
