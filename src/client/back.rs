//! Coming back after the connection was lost: what was lost, and how far all is as before.

use crate::client::asked::{Saying, What};
use crate::client::batches::Batches;
use crate::client::caps;
use crate::client::deed::Deed;
use crate::client::ending::{Ending, Then};
use crate::client::item::Item;
use crate::client::past::MOST;
use crate::client::server::Server;
use crate::client::settings::{Loyalty, Manner};
use crate::client::state::{Phase, State};
use crate::exit::Exit;
use jiff::{SignedDuration, Timestamp};
use std::collections::VecDeque;

/// Seconds before each try; the last counts for all that follow.
const PAUSES: [i64; 7] = [1, 2, 4, 8, 15, 30, 60];
/// Most messages on their way at once when those that waited are sent.
const WINDOW: usize = 20;
/// Most lines kept back while what was missed is fetched, and most of their bytes.
const MOST_HELD: usize = 10_000;
const MOST_HELD_BYTES: usize = 16 << 20;

/// What belongs to one coming back.
#[derive(Debug, Default)]
pub struct Back {
    /// When the connection was lost.
    pub since: Timestamp,
    /// The server's clock at that time.
    pub heard: Option<Timestamp>,
    /// Tries so far.
    pub tries: u32,
    /// Names that were not free.
    pub names: u32,
    /// Why the server did not take us back, as it was told last.
    pub refused: String,
    /// The rooms to be entered again.
    pub rooms: Vec<String>,
    /// Places whose missed messages are still to be fetched.
    pub queue: VecDeque<String>,
    /// Missed messages were asked for.
    pub is_catching_up: bool,
    /// Places whose missed messages are all here.
    pub fetched: Vec<String>,
    /// Messages that may have arrived: what was missed tells.
    pub doubtful: Vec<Saying>,
    /// What was said in the meantime, to be shown behind what was missed.
    pub held: Vec<Vec<u8>>,
    /// Bytes of that.
    pub held_bytes: usize,
    /// Batches kept back.
    pub held_batches: Vec<String>,
    /// Missed messages by place.
    pub new: Vec<(String, usize)>,
    /// Places where more was missed than is shown.
    pub gaps: Vec<String>,
    /// How many of them call me.
    pub calls: usize,
    /// Messages on their way that had waited, and those that arrived.
    pub flying: usize,
    pub delivered: usize,
}

impl State {
    /// Whether a lost connection is made again.
    fn is_loyal(&self) -> bool {
        self.settings.loyalty == Loyalty::ComesBack && self.settings.manner == Manner::Person
    }

    /// The connection is gone: what is to be done.
    pub fn lost(&mut self, why: &str, now: Timestamp) -> Vec<Deed> {
        self.now = now;
        self.lose(why);
        std::mem::take(&mut self.deeds)
    }

    /// The connection is gone, or given up.
    pub fn lose(&mut self, why: &str) {
        if self.may_come_back() {
            self.part_company(Some(why));
        } else {
            let ending = self.end_of(why);
            self.leave(ending);
        }
    }

    /// Whether there is something to come back to.
    pub fn may_come_back(&self) -> bool {
        let has_begun = matches!(self.phase, Phase::Arriving | Phase::Here | Phase::Lost(_));
        let is_over = self.fate.is_some() || self.input_ended.is_some();
        self.is_loyal() && (has_begun || self.back.is_some()) && !is_over
    }

    /// Notes the loss, and plans the next try.
    pub fn part_company(&mut self, why: Option<&str>) {
        let is_news = self.back.is_none() || self.phase == Phase::Here;
        self.deeds.push(Deed::HangUp);
        self.tell_moves();
        let doubtful = self.keep_unacknowledged();
        self.batches = Batches::default();
        (self.login, self.dialog, self.inbox) = (None, None, None);
        let mut back = self.back.take().unwrap_or_else(|| Back {
            since: self.now,
            heard: self.track.clock,
            ..Back::default()
        });
        if is_news {
            back.rooms = self.rooms.iter().map(|room| room.name.clone()).collect();
        }
        if let Some(why) = why.filter(|_| is_news) {
            let after = "Trying again; you can keep typing, messages wait here.";
            let place = &self.settings.place;
            self.show(match self.is_stopping {
                true => Item::Warned(format!("The server {place} was stopped. {after}")),
                false => Item::Refused(format!("Connection lost ({why}). {after}")),
            });
        }
        self.rooms.empty();
        (back.is_catching_up, back.flying) = (false, 0);
        back.queue.clear();
        back.held.clear();
        back.held_bytes = 0;
        back.held_batches.clear();
        back.fetched.clear();
        back.doubtful.extend(doubtful);
        back.names = 0;
        let pause = self.pause(back.tries);
        back.tries = back.tries.saturating_add(1);
        self.back = Some(back);
        self.is_stopping = false;
        self.phase = Phase::Lost(Some(self.now.checked_add(pause).unwrap_or(self.now)));
    }

    /// How long to wait before a try: longer each time, and not the same for everybody.
    fn pause(&self, tries: u32) -> SignedDuration {
        let [first @ .., last] = PAUSES;
        let pause = first.get(tries as usize).copied().unwrap_or(last);
        let byte = self.settings.entropy.iter().cycle().nth(tries as usize);
        let percent = 80 + i32::from(byte.copied().unwrap_or_default()) * 40 / 255;
        SignedDuration::from_secs(pause) * percent / 100
    }

    /// Messages without acknowledgement wait again, if the server will know them again; else what was missed has
    /// to tell whether they arrived. Of other requests nothing can be known.
    fn keep_unacknowledged(&mut self) -> Vec<Saying> {
        let knows_again = self.server.takes_ids && self.account.is_some();
        let (mut sayings, mut doubtful) = (Vec::new(), Vec::new());
        for what in self.asked.take_all() {
            match what {
                What::Say(mut saying) if !saying.is_shown => {
                    saying.has_waited = true;
                    saying.receipt = None;
                    match knows_again {
                        true => sayings.push(saying),
                        false => doubtful.push(saying),
                    }
                }
                what => self.doubt(what.unshown().map(str::to_owned)),
            }
        }
        self.outbox.put_back(sayings);
        if !self.has(caps::CHATHISTORY) {
            for saying in doubtful.drain(..) {
                self.doubt(Some(saying.text));
            }
        }
        doubtful
    }

    fn doubt(&mut self, text: Option<String>) {
        if let Some(text) = text {
            let words = format!("It is not known whether this arrived: {text}");
            self.show(Item::Warned(words));
        }
    }

    /// A message of mine is among what was missed: it arrived.
    pub fn note_arrived(&mut self, target: &str, text: &str) {
        let Some(back) = &mut self.back else { return };
        let is_it = |own: &Saying| own.text == text && self.server.same(&own.to, target);
        if let Some(at) = back.doubtful.iter().position(is_it) {
            back.doubtful.remove(at);
            back.delivered += 1;
        }
    }

    /// All that was missed is here: what is not among it did not arrive, and goes out again.
    pub fn settle_doubts(&mut self) {
        let Some(back) = &mut self.back else { return };
        let (doubtful, fetched) = (
            std::mem::take(&mut back.doubtful),
            std::mem::take(&mut back.fetched),
        );
        let is_sure = |own: &Saying| fetched.iter().any(|name| self.server.same(name, &own.to));
        let (lost, unknown): (Vec<_>, Vec<_>) = doubtful.into_iter().partition(is_sure);
        self.outbox.put_back(lost);
        for saying in unknown {
            self.doubt(Some(saying.text));
        }
    }

    /// When the next try is due, the seat is asked to connect.
    pub fn try_again(&mut self) {
        if let Phase::Lost(Some(at)) = self.phase
            && at <= self.now
        {
            self.phase = Phase::Lost(None);
            self.deeds.push(Deed::Connect);
        }
    }

    /// Tries at once.
    pub fn reconnect(&mut self) {
        match self.phase {
            Phase::Lost(Some(_)) => self.phase = Phase::Lost(Some(self.now)),
            Phase::Lost(None) => {}
            _ => {
                self.part_company(Some("by /reconnect"));
                self.phase = Phase::Lost(Some(self.now));
            }
        }
        self.try_again();
    }

    /// A try failed. Who the server is not certain to be is not tried again.
    pub fn not_connected(&mut self, ending: Ending, now: Timestamp) -> Vec<Deed> {
        self.now = now;
        let is_final = ending.exit == Exit::Tls && ending.then != Then::ComeBack;
        if matches!(self.phase, Phase::Lost(_)) && !is_final {
            self.part_company(Some(""));
        } else {
            self.leave(ending);
        }
        std::mem::take(&mut self.deeds)
    }

    /// Connected again: the beginning once more.
    pub fn connected(&mut self, now: Timestamp) -> Vec<Deed> {
        self.now = now;
        (self.began, self.last_heard, self.last_answer) = (now, now, now);
        self.phase = Phase::Greeting;
        self.server = Server::default();
        self.account = None;
        self.greeted = 0;
        self.settings.nick.clone_from(&self.me);
        self.greet()
    }

    /// Seconds until the next try, for the prompt.
    pub fn seconds_to_try(&self) -> Option<i64> {
        match self.phase {
            Phase::Lost(Some(at)) if at == Timestamp::MAX => Some(i64::MAX),
            Phase::Lost(Some(at)) => {
                let left = at.duration_since(self.now).as_millis();
                i64::try_from(left)
                    .ok()
                    .map(|left| (left.max(0) + 999) / 1000)
            }
            Phase::Lost(None) => Some(0),
            _ if self.back.is_some() => Some(0),
            _ => None,
        }
    }

    /// Keeps a line back that would be shown before what was missed.
    pub fn hold(&mut self, line: &[u8]) -> bool {
        let Some(back) = self.back.as_mut().filter(|back| back.is_catching_up) else {
            return false;
        };
        if back.held.len() < MOST_HELD && back.held_bytes < MOST_HELD_BYTES {
            back.held_bytes += line.len();
            back.held.push(line.to_vec());
            return true;
        }
        false
    }

    /// Sends what waited, a few at a time, in its order.
    pub fn flush(&mut self) {
        let is_ready = |back: &Back| !back.is_catching_up;
        while self.phase == Phase::Here
            && !self.outbox.is_empty()
            && self.back.as_ref().is_none_or(is_ready)
            && self.flying() < WINDOW
        {
            let Some(saying) = self.outbox.remove(0) else {
                return;
            };
            if let Some(back) = &mut self.back {
                back.flying += 1;
            }
            self.transmit(saying);
        }
    }

    fn flying(&self) -> usize {
        let is_message = |what: &What| matches!(what, What::Say(_));
        self.asked
            .iter()
            .filter(|own| is_message(&own.what))
            .count()
    }

    /// A message that had waited is stored.
    pub fn note_delivered(&mut self) {
        if let Some(back) = &mut self.back {
            back.delivered += 1;
        }
        self.note_landed();
    }

    /// What became of a message that had waited is known.
    pub fn note_landed(&mut self) {
        if let Some(back) = &mut self.back {
            back.flying = back.flying.saturating_sub(1);
        }
        self.flush();
        self.finish_back();
    }

    /// If all is as before, tells what there was.
    pub fn finish_back(&mut self) {
        let is_done = |back: &mut Back| !back.is_catching_up && back.flying == 0;
        if self.phase != Phase::Here || !self.outbox.is_empty() {
            return;
        }
        let Some(back) = self.back.take_if(is_done) else {
            return;
        };
        let parts = self.summary(&back);
        self.show(Item::Rule(parts));
    }

    fn summary(&self, back: &Back) -> Vec<String> {
        let away = self.now.duration_since(back.since);
        let mut parts = vec![format!("back after {}", crate::client::when::spell(away))];
        let is_room = |name: &str| self.server.is_room(name);
        let rooms = back.new.iter().filter(|(name, _)| is_room(name));
        let rooms: Vec<String> = rooms
            .map(|(name, count)| match back.gaps.contains(name) {
                true => format!("over {MOST} new in {name}"),
                false => format!("{count} new in {name}"),
            })
            .collect();
        let talks: usize = back
            .new
            .iter()
            .filter(|(name, _)| !is_room(name))
            .map(|(_, count)| count)
            .sum();
        let mut news = rooms;
        match talks {
            0 => {}
            1 => news.push("1 private message".to_owned()),
            many => news.push(format!("{many} private messages")),
        }
        if !news.is_empty() {
            parts.push(news.join(", "));
        }
        match back.calls {
            0 => {}
            1 => parts.push("1 calls you".to_owned()),
            many => parts.push(format!("{many} call you")),
        }
        match back.delivered {
            0 => {}
            1 => parts.push("1 unsent message delivered".to_owned()),
            many => parts.push(format!("{many} unsent messages delivered")),
        }
        parts
    }
}
