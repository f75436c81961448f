//! Files on their way: which there are, and giving one up.

use crate::client::act::{because, usage};
use crate::client::deed::{Deed, Refusal};
use crate::client::dialog::Dialog;
use crate::client::files::transfer::Transfer;
use crate::client::item::Item;
use crate::client::settings::Manner;
use crate::client::state::{Phase, State};

/// `/transfers`
pub fn transfers(state: &mut State, _: &str) -> Result<(), Refusal> {
    let rows: Vec<Vec<String>> = state.files.transfers().iter().map(Transfer::row).collect();
    let title = match (rows.len(), state.files.running().count()) {
        (0, _) => "Nothing was sent or fetched yet. /upload PATH, download FILE".to_owned(),
        (_, 0) => "No transfer runs".to_owned(),
        (_, 1) => "1 transfer runs".to_owned(),
        (_, many) => format!("{many} transfers run"),
    };
    state.show(Item::List { title, rows });
    state.acknowledge();
    Ok(())
}

/// `/cancel [N]`
pub fn cancel(state: &mut State, words: &str) -> Result<(), Refusal> {
    let running: Vec<u32> = state.files.running().map(|own| own.number).collect();
    let number = match (words.trim(), running.as_slice()) {
        (_, []) => return Err(Refusal::usage("No transfer runs.")),
        ("", [only]) => *only,
        ("", _) => return Err(because("Several transfers run.", "cancel")),
        (number, _) => match number.parse() {
            Ok(number) if running.contains(&number) => number,
            Ok(number) => {
                let why = format!("No transfer {number} runs. /transfers shows them.");
                return Err(Refusal::no_target(why));
            }
            Err(_) => return Err(usage("cancel")),
        },
    };
    state.deeds.push(Deed::Abandon(number));
    state.acknowledge();
    Ok(())
}

impl State {
    /// Ctrl-C on an empty line: the person may mean the transfer. Whether that is asked.
    pub(super) fn ask_to_cancel(&mut self) -> bool {
        let newest = self.files.running().last().map(|own| own.number);
        let may_ask = matches!(self.phase, Phase::Here | Phase::Lost(_)) && self.is_person();
        match newest.filter(|_| may_ask) {
            Some(number) => {
                self.dialog = Some(Dialog::CancelTransfer(number, self.running_in_words()));
                true
            }
            None => false,
        }
    }

    /// Leaving gives up what runs: the person is asked. Whether that is so.
    pub(super) fn ask_to_give_up(&mut self, goodbye: &str) -> bool {
        let runs = self.files.running().next().is_some();
        if runs && self.is_person() {
            let words = format!("{} is on its way", self.running_in_words());
            self.dialog = Some(Dialog::Leave(goodbye.to_owned(), words));
        }
        runs && self.is_person()
    }

    /// Whether a person who leaves by a mere key is asked first, because something was not sent.
    pub(super) fn ask_to_leave_unsent(&mut self) -> bool {
        let unsent = match self.outbox.len() {
            0 => return false,
            1 => "1 message is unsent".to_owned(),
            many => format!("{many} messages are unsent"),
        };
        let asks = self.is_person();
        if asks {
            self.dialog = Some(Dialog::Leave(String::new(), unsent));
        }
        asks
    }

    fn is_person(&self) -> bool {
        self.settings.manner == Manner::Person && !self.is_json()
    }

    /// What runs, in a few words: `r.pdf (54 %)`.
    fn running_in_words(&self) -> String {
        let shown = |own: &Transfer| format!("{} ({} %)", own.name, own.percent());
        let running: Vec<String> = self.files.running().map(shown).collect();
        running.join(", ")
    }

    /// The answer to a question about transfers.
    pub(super) fn answer_about_transfers(&mut self, dialog: Dialog, answer: &str) {
        let is_yes = matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes");
        match dialog {
            Dialog::CancelTransfer(number, _) if is_yes => {
                self.deeds.push(Deed::Abandon(number));
            }
            Dialog::Leave(goodbye, _) if is_yes => self.take_leave(&goodbye),
            _ => self.event("it goes on"),
        }
    }
}
