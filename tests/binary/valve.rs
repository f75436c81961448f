//! Something between a client and its server that lets what people say through, and of files as much as a test allows.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

/// Bytes taken at once.
const PIECE: usize = 16 * 1024;
/// Beginnings of requests.
const REQUESTS: [&[u8]; 5] = [b"GET ", b"HEAD", b"POST", b"PATC", b"DELE"];

/// Between a client and its server.
pub(crate) struct Valve {
    pub(crate) port: u16,
    flow: Arc<Flow>,
}

/// How much of files may pass, and did.
#[derive(Default)]
struct Flow {
    counts: Mutex<(u64, u64)>,
    more: Condvar,
}

impl Flow {
    /// Waits until this may pass, and takes note of it.
    fn pass(&self, bytes: u64) {
        let counts = self.counts.lock().expect("no panic");
        let is_shut = |counts: &mut (u64, u64)| counts.1 + bytes > counts.0;
        let mut counts = self.more.wait_while(counts, is_shut).expect("no panic");
        counts.1 += bytes;
    }
}

impl Valve {
    /// Lets so many bytes of files through, to and from this port.
    pub(crate) fn before(to: u16, bytes: u64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let flow = Arc::new(Flow::default());
        flow.counts.lock().expect("no panic").0 = bytes;
        let of_thread = Arc::clone(&flow);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let flow = Arc::clone(&of_thread);
                thread::spawn(move || join(&client, to, &flow));
            }
        });
        Self { port, flow }
    }

    /// Lets everything through.
    pub(crate) fn open(&self) {
        self.flow.counts.lock().expect("no panic").0 = u64::MAX;
        self.flow.more.notify_all();
    }

    /// How many bytes of files went through.
    pub(crate) fn passed(&self) -> u64 {
        self.flow.counts.lock().expect("no panic").1
    }
}

/// Joins a client with the server; a server that is not there is a closed door.
fn join(client: &TcpStream, to: u16, flow: &Arc<Flow>) {
    let Ok(server) = TcpStream::connect(("127.0.0.1", to)) else {
        return;
    };
    let mut first = [0; 4];
    let count = client.peek(&mut first).unwrap_or(0);
    let is_file = REQUESTS.contains(&first.get(..count).unwrap_or_default());
    let flow = is_file.then(|| Arc::clone(flow));
    let (Ok(from), Ok(back)) = (client.try_clone(), server.try_clone()) else {
        return;
    };
    let there = flow.clone();
    thread::spawn(move || pump(&from, &server, there.as_deref()));
    pump(&back, client, flow.as_deref());
}

fn pump(mut from: &TcpStream, mut to: &TcpStream, flow: Option<&Flow>) {
    let mut piece = [0; PIECE];
    while let Ok(count @ 1..) = from.read(&mut piece) {
        if let Some(flow) = flow {
            flow.pass(count as u64);
        }
        if to
            .write_all(piece.get(..count).unwrap_or_default())
            .is_err()
        {
            break;
        }
    }
    let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
}
