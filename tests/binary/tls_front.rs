//! A server's end of TLS, as a test wants it: it takes the encryption off and passes everything on to another port.

use crate::process::Home;
use async_std::net::{TcpListener, TcpStream};
use async_std::task;
use futures_lite::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, split};
use futures_rustls::TlsAcceptor;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, SupportedProtocolVersion};
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// An authority of the test's own.
pub(crate) struct Authority(CertifiedIssuer<'static, KeyPair>);

/// A certificate and its key.
#[derive(Clone)]
pub(crate) struct Pair {
    pub(crate) certificate: CertificateDer<'static>,
    key: Vec<u8>,
}

/// When a certificate counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Time {
    Now,
    Past,
    Future,
}

fn params(name: &str, time: Time) -> CertificateParams {
    let mut params = CertificateParams::new([name.to_owned()]).expect("a name");
    let (from, to) = match time {
        Time::Now => (2020, 2100),
        Time::Past => (2020, 2021),
        Time::Future => (2099, 2100),
    };
    params.not_before = rcgen::date_time_ymd(from, 1, 1);
    params.not_after = rcgen::date_time_ymd(to, 2, 1);
    params
}

impl Authority {
    pub(crate) fn new() -> Self {
        let mut params = params("authority", Time::Now);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        Self(CertifiedIssuer::self_signed(params, key).expect("an authority"))
    }

    /// Its certificate in a file, for `--ca`.
    pub(crate) fn file(&self, home: &Home) -> PathBuf {
        let path = home.path().join("authority.pem");
        fs::write(&path, self.0.pem()).expect("a file");
        path
    }

    pub(crate) fn sign(&self, name: &str, time: Time) -> Pair {
        let key = KeyPair::generate().expect("a key");
        let signed = params(name, time).signed_by(&key, &self.0);
        Pair {
            certificate: signed.expect("a certificate").der().clone(),
            key: key.serialize_der(),
        }
    }
}

/// A certificate that nobody else signed.
pub(crate) fn self_signed(name: &str) -> Pair {
    let key = KeyPair::generate().expect("a key");
    let signed = params(name, Time::Now).self_signed(&key);
    Pair {
        certificate: signed.expect("a certificate").der().clone(),
        key: key.serialize_der(),
    }
}

/// A port that speaks TLS.
pub(crate) struct Front {
    pub(crate) port: u16,
    /// Handshakes that were finished.
    pub(crate) shaken: Arc<AtomicUsize>,
    acceptor: Arc<Mutex<TlsAcceptor>>,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl Front {
    /// Everything goes on to the server on this port.
    pub(crate) fn start(pair: &Pair, behind: u16) -> Self {
        Self::start_with(pair, behind, rustls::ALL_VERSIONS)
    }

    pub(crate) fn start_with(
        pair: &Pair,
        behind: u16,
        versions: &[&'static SupportedProtocolVersion],
    ) -> Self {
        let listener = task::block_on(TcpListener::bind("127.0.0.1:0")).expect("a free port");
        let front = Self {
            port: listener.local_addr().expect("an address").port(),
            shaken: Arc::default(),
            acceptor: Arc::new(Mutex::new(acceptor(pair, versions))),
            open: Arc::default(),
        };
        let (shaken, acceptors) = (Arc::clone(&front.shaken), Arc::clone(&front.acceptor));
        let open = Arc::clone(&front.open);
        task::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                open.lock().expect("whole").push(stream.clone());
                let acceptor = acceptors.lock().expect("whole").clone();
                task::spawn(serve(acceptor, stream, behind, Arc::clone(&shaken)));
            }
        });
        front
    }

    /// Shows another certificate from now on.
    pub(crate) fn show(&self, pair: &Pair) {
        *self.acceptor.lock().expect("whole") = acceptor(pair, rustls::ALL_VERSIONS);
    }

    /// Breaks all connections off.
    pub(crate) fn drop_all(&self) {
        for stream in self.open.lock().expect("whole").drain(..) {
            let _ = stream.shutdown(std::net::Shutdown::Both);
        }
    }

    pub(crate) fn shaken(&self) -> usize {
        self.shaken.load(Ordering::SeqCst)
    }
}

fn acceptor(pair: &Pair, versions: &[&'static SupportedProtocolVersion]) -> TlsAcceptor {
    let key = PrivateKeyDer::try_from(pair.key.clone()).expect("a key");
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(versions)
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![pair.certificate.clone()], key)
        .expect("a certificate");
    TlsAcceptor::from(Arc::new(config))
}

/// The handshake, then bytes both ways until one end closes.
async fn serve(acceptor: TlsAcceptor, stream: TcpStream, behind: u16, shaken: Arc<AtomicUsize>) {
    let Ok(safe) = acceptor.accept(stream).await else {
        return;
    };
    shaken.fetch_add(1, Ordering::SeqCst);
    let Ok(plain) = TcpStream::connect(("127.0.0.1", behind)).await else {
        return;
    };
    let (from_client, to_client) = split(safe);
    let there = pass(from_client, plain.clone());
    let back = pass(plain, to_client);
    futures_lite::future::zip(there, back).await;
}

async fn pass(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin) {
    let mut bytes = [0; 4096];
    while let Ok(count @ 1..) = from.read(&mut bytes).await {
        let passed = bytes.get(..count).expect("it was read");
        if to.write_all(passed).await.is_err() || to.flush().await.is_err() {
            break;
        }
    }
    let _ = to.close().await;
}
