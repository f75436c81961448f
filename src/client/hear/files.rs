//! What the server says about files: which there are, and who may fetch them; and messages that share one.

use super::Heard;
use crate::client::asked::What;
use crate::client::deed::{Deed, Refusal};
use crate::client::fact;
use crate::client::files::entry::{Entry, Shared};
use crate::client::files::listing::{Listing, MOST, Why, Wish};
use crate::client::files::order::{Download, Grant};
use crate::client::files::told::File;
use crate::client::files::transfer::Stage;
use crate::client::files::words::quoted;
use crate::client::input::guess::to_say;
use crate::client::item::{FileRow, Item};
use crate::client::secret::Secret;
use crate::client::spoken::Spoken;
use crate::client::state::{Phase, State};
use crate::client::when::when;
use crate::proto::file_name::size;

impl State {
    /// `FILE …`
    pub(super) fn hear_file(&mut self, heard: &Heard<'_>) {
        match heard.param(0).to_ascii_uppercase().as_str() {
            "TOKEN" => self.hear_token(heard),
            "ENTRY" => self.hear_entry(heard),
            "END" => {
                let listing = self.answered(heard, |what| matches!(what, What::Files(_)));
                if let Some(what) = listing {
                    self.conclude(what);
                }
            }
            _ => {}
        }
    }

    fn hear_token(&mut self, heard: &Heard<'_>) {
        let asked = self.answered(heard, |what| matches!(what, What::Proof(_)));
        let Some(What::Proof(number)) = asked else {
            return;
        };
        let is_wanted = |stage: &Stage| *stage == Stage::Unproven;
        if let Some(transfer) = self.files.find_mut(number)
            && is_wanted(&transfer.stage)
        {
            transfer.stage = Stage::Begun;
            let grant = Grant {
                number,
                token: Secret::new(heard.param(1)),
                base: heard.param(3).to_owned(),
            };
            self.deeds.push(Deed::Grant(Box::new(grant)));
        }
    }

    fn hear_entry(&mut self, heard: &Heard<'_>) {
        let params = heard.message.params();
        let Some(entry) = params.get(1..).and_then(Entry::read) else {
            return;
        };
        let label = heard.label.as_deref();
        let is_listing = |what: &What| matches!(what, What::Files(_));
        if let Some(What::Files(listing)) = self.asked.find(label, is_listing) {
            listing.add(entry.clone());
        }
        self.files.learn(entry);
    }

    /// A list is complete.
    pub(super) fn conclude_files(&mut self, listing: Listing) {
        match listing.why {
            Why::Show(pattern) => self.show_files(&pattern, listing.entries),
            Why::Fetch(wish) => self.fetch_wish(wish, listing.entries),
        }
    }

    fn show_files(&mut self, pattern: &str, mut entries: Vec<Entry>) {
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.at));
        let like = match pattern {
            "" => String::new(),
            pattern => format!(" like {pattern}"),
        };
        let title = match entries.len() {
            0 if pattern.is_empty() => {
                "No files here yet. /upload PATH puts one where you talk".to_owned()
            }
            0 => format!("No file{like}"),
            1 => format!("1 file{like}"),
            MOST => format!("The newest {MOST} files{like}"),
            many => format!("{many} files{like}"),
        };
        if self.is_json() {
            for entry in &entries {
                self.tell(entry.at, fact::What::File(File::of(entry)));
            }
        }
        let (now, zone) = (self.now, self.settings.zone.clone());
        let row = |entry: Entry| FileRow {
            size: size(entry.bytes),
            by: entry.by,
            at: when(entry.at, now, &zone),
            place: entry.place.unwrap_or_default(),
            name: entry.name,
        };
        let rows = entries.into_iter().map(row).collect();
        self.show(Item::Files { title, rows });
    }

    fn fetch_wish(&mut self, wish: Wish, entries: Vec<Entry>) {
        let Some((entry, count)) = wish.find(entries) else {
            return self.no_file(&wish);
        };
        if count > 1 {
            let at = when(entry.at, self.now, &self.settings.zone);
            self.event(format!(
                "{count} files are called {}; this is the newest, from {} ({at})",
                entry.name, entry.by
            ));
        }
        self.fetch(Download {
            id: entry.id,
            name: entry.name,
            bytes: Some(entry.bytes),
            sha256: Some(entry.sha256),
            to: wish.to,
            by: wish.by,
        });
    }

    fn no_file(&mut self, wish: &Wish) {
        let name = wish.name.as_str();
        let far = |own: &&str| strsim::osa_distance(&own.to_lowercase(), &name.to_lowercase());
        let near = self
            .files
            .names()
            .min_by_key(far)
            .filter(|own| far(own) <= 2);
        let near = near.map(str::to_owned);
        let guess = near.as_ref().map_or(String::new(), |near| {
            format!(" Did you mean {}?", quoted(near))
        });
        let blank = match (&near, &wish.to) {
            (None, Some(_)) => " A name with spaces stands in quotes.",
            _ => "",
        };
        let say = wish.text.as_deref().filter(|_| !wish.looks_like_a_file());
        let say = say.map_or(String::new(), |line| format!(" {}", to_say(line)));
        let words = format!(
            "There is no file named \"{name}\".{guess}{blank} show files lists what is there.{say}"
        );
        self.refuse(Refusal::no_target(words).with_hint(near));
    }

    /// Asks for what proves who is asking, for each transfer that waits for it.
    pub(super) fn ask_proofs(&mut self) {
        for number in self.files.unproven() {
            self.ask_proof(number);
        }
    }

    /// Asks for a proof, now or as soon as there is a connection.
    pub(super) fn ask_proof(&mut self, number: u32) {
        let is_asked = self.asked.iter().any(|own| own.what == What::Proof(number));
        if self.phase == Phase::Here && !is_asked {
            self.asked.about = self.files.find(number).and_then(|own| own.about.clone());
            self.ask(What::Proof(number), "FILE", &["TOKEN"], None);
            self.asked.about = None;
        }
    }

    /// No proof was given: what waited for it ends.
    pub fn proof_failed(&mut self, number: u32) {
        let now = self.now;
        let transfer = self.files.find_mut(number);
        if let Some(transfer) = transfer.filter(|own| own.is_running()) {
            transfer.end(Stage::Failed, now);
            self.deeds.push(Deed::Abandon(number));
            self.tell_progress(number, None);
        }
    }

    /// Takes note of a file that was shared just now.
    pub(super) fn note_shared(&mut self, spoken: &Spoken) {
        let Some(shared) = spoken.file.as_ref().filter(|_| self.server.is_ours()) else {
            return;
        };
        let place = self.place_of(spoken);
        self.files.learn(Entry {
            id: shared.id.clone(),
            place: Some(place.clone()),
            bytes: shared.bytes,
            sha256: shared.sha256.clone(),
            by: spoken.from.clone(),
            at: spoken.at,
            until: None,
            name: shared.name.clone(),
        });
        let told = File::shared(shared, &spoken.from, &place);
        self.tell(spoken.at, fact::What::File(told));
    }
}

/// The file that a message shares.
pub(super) fn shared(heard: &Heard<'_>) -> Option<Box<Shared>> {
    let tag = heard.message.tags.get("+chat/file")?;
    Shared::read(&tag, heard.param(1)).map(Box::new)
}

/// What a message that shares a file says to a person.
pub(super) fn words(shared: &Shared) -> String {
    let (name, size) = (&shared.name, size(shared.bytes));
    format!("{name} ({size}) · download {}", quoted(name))
}
