//! A way to a server that is slow, gives bytes in odd pieces, and can be cut.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// Passes on what comes, late.
pub(crate) struct Relay {
    pub(crate) port: u16,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl Relay {
    /// A way to the server on this port.
    pub(crate) fn to(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let open: Arc<Mutex<Vec<TcpStream>>> = Arc::default();
        let of_thread = Arc::clone(&open);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let Ok(server) = TcpStream::connect(("127.0.0.1", server)) else {
                    continue;
                };
                let copy = |stream: &TcpStream| stream.try_clone().expect("a socket");
                let mut open = of_thread.lock().expect("whole");
                open.extend([copy(&client), copy(&server)]);
                let (from, to) = (copy(&client), copy(&server));
                thread::spawn(move || pass(from, to));
                thread::spawn(move || pass(server, client));
            }
        });
        Self { port, open }
    }

    /// Ends every connection that there is, in the middle of whatever it was about.
    pub(crate) fn cut(&self) {
        for stream in self.open.lock().expect("whole").drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

/// In pieces of other sizes than they came, down to a single byte.
fn pass(mut from: TcpStream, mut to: TcpStream) {
    let mut piece = [0; 257];
    for turn in 0.. {
        let most = 1 + turn * 7 % piece.len();
        let room = piece.get_mut(..most).expect("it is no longer");
        let Ok(count @ 1..) = from.read(room) else {
            break;
        };
        if to
            .write_all(piece.get(..count).expect("it was read"))
            .is_err()
        {
            return;
        }
    }
    let _ = to.shutdown(Shutdown::Both);
}
