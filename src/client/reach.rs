//! Reaching the server the first time: if nobody vouches for its certificate, the person is asked.

use crate::client::ending::Ending;
use crate::client::item::Item;
use crate::client::link::{Listener, Speaker, connect};
use crate::client::settings::Tongue;
use crate::client::tls::known::Belief;
use crate::client::tls::{Route, Tls};
use crate::client::view::View;
use crate::client::{Options, Talk};
use crate::exit::Exit;
use crate::proto::fingerprint::Fingerprint;
use crate::terminal::editor::{Editor, Read};
use crate::terminal::mode;

const BELIEVE: &str = "Believe it from now on? [y/N] ";

/// Connects by `route`, and tells what there is to tell of the connection.
pub(super) async fn reach(
    options: &Options,
    route: &Route,
    editor: &mut Editor,
    view: &mut View,
) -> Result<(Listener, Speaker), Ending> {
    loop {
        let failed = match connect(route, &options.tls, options.patience).await {
            Ok((listener, speaker)) => {
                let is_told = options.talk == Talk::Usual && options.tongue == Tongue::Words;
                if let Some(note) = speaker.note.clone().filter(|_| is_told) {
                    tell(Item::Status(note), editor, view);
                }
                return Ok((listener, speaker));
            }
            Err(failed) => failed,
        };
        let Some(stranger) = failed.stranger.filter(|_| options.is_person()) else {
            return Err(failed.ending);
        };
        believe(route, &options.tls, stranger, editor, view)?;
    }
}

/// Asks whether a certificate that no authority signed is believed, and notes it.
fn believe(
    route: &Route,
    tls: &Tls,
    found: Fingerprint,
    editor: &mut Editor,
    view: &mut View,
) -> Result<(), Ending> {
    let words = format!(
        "The certificate of {} is signed by no authority that is known here.\nIts fingerprint is\n  {found}\n\
         Whoever runs the server can tell you whether that is right.",
        route.address
    );
    tell(Item::Warned(words), editor, view);
    let not_believed = "Not connecting: the certificate is not believed.";
    match editor.ask(BELIEVE) {
        Read::Line(line) if is_yes(&line) => {
            let noted = tls.known.note(&route.address, found, Belief::Trusted);
            noted.map_err(|words| Ending::new(Exit::Tls, words))
        }
        Read::Interrupted | Read::Wiped(_) => Err(Ending::quiet(Exit::Interrupted)),
        _ => Err(Ending::new(Exit::Tls, not_believed)),
    }
}

fn is_yes(line: &str) -> bool {
    matches!(line.trim().to_ascii_lowercase().as_str(), "y" | "yes")
}

/// Tells something before the conversation begins.
pub(super) fn tell(item: Item, editor: &Editor, view: &mut View) {
    editor.printer().note(view.render(&item, mode::columns()));
}
