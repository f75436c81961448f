//! Files: what there is, putting one there, getting one.

use crate::client::act::{because, usage};
use crate::client::asked::What;
use crate::client::deed::{Deed, Refusal};
use crate::client::files::MOST_RUNNING;
use crate::client::files::entry::{id_of_link, name_of_link};
use crate::client::files::listing::{Listing, Why, Wish, pattern};
use crate::client::files::order::{By, Content, Download, Job, Order, Post, Upload};
use crate::client::files::transfer::{Transfer, Way};
use crate::client::files::words::split;
use crate::client::input::guess::to_say;
use crate::client::settings::Safety;
use crate::client::state::{Phase, State};

const NO_FILES: &str = "This server keeps no files.";
const TOO_MANY: &str = "Eight transfers run already. /transfers shows them, /cancel N ends one.";

/// `show files [PATTERN]`
pub fn files(state: &mut State, words: &str) -> Result<(), Refusal> {
    must_have_files(state)?;
    let words = words_of(words, "files")?;
    let wanted = match words.as_slice() {
        [] => String::new(),
        [pattern] => pattern.clone(),
        _ => return Err(usage("files")),
    };
    let on_wire = match wanted.contains(['*', '?']) {
        true => wanted.clone(),
        false => format!("*{}*", pattern(&wanted)),
    };
    let on_wire = if wanted.is_empty() { "*" } else { &on_wire };
    let listing = Listing::new(Why::Show(wanted.clone()));
    state.ask_listing(listing, on_wire);
    Ok(())
}

/// `/download FILE [AS] [--udp]`
pub fn download(state: &mut State, words: &str) -> Result<(), Refusal> {
    let wish = wish(words, None)?;
    must_have_files(state)?;
    must_have_room(state)?;
    if let Some(id) = id_of_link(&wish.name) {
        let (id, name) = (id.to_owned(), name_of_link(&wish.name));
        let name = name.unwrap_or_else(|| id.clone());
        state.fetch(Download {
            id,
            name,
            bytes: None,
            sha256: None,
            to: wish.to,
            by: wish.by,
        });
        return Ok(());
    }
    let on_wire = pattern(&wish.name);
    state.ask_listing(Listing::new(Why::Fetch(wish)), &on_wire);
    Ok(())
}

/// A line that may be meant as text: how it is said.
fn not_said(why: &str, line: &str) -> Refusal {
    Refusal::refused(format!("{why} Nothing was sent. {}", to_say(line)))
}

/// `download FILE [AS]`, which may be meant as text: then it is told how to say it.
pub fn download_or_ask(state: &mut State, words: &str, line: &str) -> Result<(), Refusal> {
    let Ok(wish) = wish(words, Some(line)) else {
        return Err(not_said("In that line a quote has no end.", line));
    };
    let cannot = !state.server.is_ours() || state.phase != Phase::Here;
    match (cannot, wish.looks_like_a_file()) {
        (true, false) if state.server.is_ours() => Err(not_said("No connection.", line)),
        (true, false) => Err(not_said(NO_FILES, line)),
        (true, true) | (false, _) if id_of_link(&wish.name).is_some() => download(state, words),
        (true, true) => must_have_files(state),
        (false, _) => {
            must_have_room(state)?;
            let on_wire = pattern(&wish.name);
            state.ask_listing(Listing::new(Why::Fetch(wish)), &on_wire);
            Ok(())
        }
    }
}

/// `/upload PATH [ROOM|NAME]`
pub fn upload(state: &mut State, words: &str) -> Result<(), Refusal> {
    let words = words_of(words, "upload")?;
    let (path, to) = match words.as_slice() {
        [path] => (path.clone(), state.must_have_target()?),
        [path, to] => (path.clone(), to.clone()),
        [_, _, ..] => return Err(because("A path with spaces stands in quotes.", "upload")),
        [] => return Err(usage("upload")),
    };
    if path.is_empty() || to.is_empty() || to.contains([',', ' ']) || to.starts_with(['$', ':']) {
        return Err(usage("upload"));
    }
    must_have_room(state)?;
    let name = last_part(&path);
    state.share(Content::File(path), name, to)
}

/// An upload to where another network wants files. What goes there is not less private than what is said.
fn post(state: &State, content: Content, url: String) -> Result<Post, Refusal> {
    let is_private = url.starts_with("https://");
    if !is_private && matches!(state.settings.safety, Safety::Private(_)) {
        return Err(Refusal::refused(format!(
            "This network takes files at {url}, where everybody on the way could read them. Nothing was sent."
        )));
    }
    let identity = state.identity.as_ref().filter(|_| is_private);
    let account = identity.filter(|_| state.account.is_some());
    Ok(Post {
        content,
        url,
        account: account.map(|own| (own.account.clone(), own.password.clone())),
    })
}

fn wish(words: &str, text: Option<&str>) -> Result<Wish, Refusal> {
    let mut words = words_of(words, "download")?;
    let all = words.len();
    words.retain(|word| word != "--udp");
    let by = match words.len() < all {
        true => By::Udp,
        false => By::Tcp,
    };
    let mut words = words.into_iter();
    let (name, to) = (words.next().unwrap_or_default(), words.next());
    if name.is_empty() || words.next().is_some() || to.as_ref().is_some_and(String::is_empty) {
        return Err(usage("download"));
    }
    let text = text.map(str::to_owned);
    Ok(Wish { name, to, by, text })
}

fn words_of(words: &str, verb: &str) -> Result<Vec<String>, Refusal> {
    split(words).map_err(|why| because(&format!("In that line {why}."), verb))
}

fn must_have_files(state: &State) -> Result<(), Refusal> {
    match state.server.is_ours() {
        true => Ok(()),
        false => Err(Refusal::refused(NO_FILES)),
    }
}

fn must_have_room(state: &State) -> Result<(), Refusal> {
    match state.files.running().count() < MOST_RUNNING {
        true => Ok(()),
        false => Err(Refusal::refused(TOO_MANY)),
    }
}

/// What a path ends in.
pub fn last_part(path: &str) -> String {
    let part = path.trim_end_matches('/').rsplit('/').next();
    part.filter(|part| !part.is_empty())
        .unwrap_or(path)
        .to_owned()
}

impl State {
    fn ask_listing(&mut self, listing: Listing, pattern: &str) {
        let what = What::Files(Box::new(listing));
        self.ask(what, "FILE", &["LIST", "*"], Some(pattern));
    }

    /// Has a file fetched.
    pub fn fetch(&mut self, download: Download) {
        let to = download.to.as_deref().filter(|to| !to.ends_with('/'));
        let name = to.map_or_else(|| download.name.clone(), last_part);
        self.begin(Way::Down, name, None, Job::Download(download));
    }

    /// Has a text shared as a file where plain lines go.
    pub(super) fn upload_text(&mut self, text: String) -> Result<(), Refusal> {
        let to = self.must_have_target()?;
        must_have_room(self)?;
        let now = self.now.to_zoned(self.settings.zone.clone());
        let name = format!("paste-{}.txt", now.strftime("%Y-%m-%d-%H%M%S"));
        let content = Content::Text {
            name: name.clone(),
            text,
        };
        self.share(content, name, to)
    }

    /// Has something put where this server wants files, to be said there.
    fn share(&mut self, content: Content, name: String, to: String) -> Result<(), Refusal> {
        let job = match (self.server.is_ours(), self.server.file_host.clone()) {
            (true, _) => Job::Upload(Upload {
                content,
                to: to.clone(),
            }),
            (false, Some(url)) => Job::Post(post(self, content, url)?),
            (false, None) => {
                return Err(Refusal::refused(format!("{NO_FILES} Nothing was sent.")));
            }
        };
        self.begin(Way::Up, name, Some(to), job);
        Ok(())
    }

    /// Has something carried.
    fn begin(&mut self, way: Way, name: String, to: Option<String>, job: Job) {
        let number = self.files.next_number();
        let mut transfer = Transfer::new(number, way, name, self.now);
        transfer.to = to;
        transfer.about = self.asked.about.take();
        self.files.add(transfer);
        let order = Order { number, job };
        self.deeds.push(Deed::Carry(Box::new(order)));
    }
}
