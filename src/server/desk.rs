//! The hub with what stands before and behind it: lines are parsed on the way in, and what comes of
//! them passes the store before it is carried out.

mod files;

use crate::admin::command::{Answer, Request};
use crate::config::{Config, Limits};
use crate::proto::message::{LineLimits, Message};
use crate::server::desk::files::Files;
use crate::server::hub::Hub;
use crate::server::log;
use crate::server::recorder::Recorder;
use crate::server::socket::Input;
use crate::server::sockets::Sockets;
use crate::server::throttle::Turn;
use crate::server::worker::{Job, Worker};
use crate::server::world::World;
use crate::server::world::caller::Caller;
use crate::server::world::effects::{Effect, Effects};
use crate::server::world::event::{
    Ask, Asker, Chore, Culprit, Event, Found, Now, Officer, SessionId, Ticket,
};
use crate::server::world::raw::Way;
use crate::store::stage::{News, Released, Stage};
use async_channel::Sender;
use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::Arc;

/// Batches whose memory is kept for others.
const SPENT: usize = 8;

/// Where lines are executed.
#[derive(Debug)]
pub(super) struct Desk {
    pub(super) hub: Hub,
    pub(super) stage: Stage<Effects, Asker>,
    /// Batches done with, whose memory is used again.
    spent: Vec<Effects>,
    /// Sessions whose question will not be answered.
    freed: Vec<SessionId>,
    /// Sessions that turn out to be from another address.
    pub(super) moved: Vec<(SessionId, IpAddr)>,
    lines: LineLimits,
    /// Bytes said in one turn after which they are carried out first.
    enough: usize,
    /// Operators who wait for an answer, by ticket.
    waiting: HashMap<u64, Waiting>,
    pub(super) tickets: u64,
    /// What is known already and is told when others had their turn.
    due: VecDeque<(Asker, Found)>,
    /// Questions that are not answered yet.
    pub(super) asked: usize,
    /// Other limits are to count.
    pub(super) is_overruled: bool,
    pub(super) recorder: Recorder,
    pub(super) worker: Worker,
    /// Doors for files that wait for an answer.
    pub(super) files: Files,
    /// The time of this pass.
    pub(super) now: Now,
}

/// An operator who waits for an answer.
#[derive(Debug)]
struct Waiting {
    by: Officer,
    reply: Reply,
}

/// Where the answer goes.
#[derive(Debug)]
enum Reply {
    Socket(Sender<Answer>),
    Session(SessionId),
}

impl Desk {
    /// A desk before this hub.
    pub(super) fn new(
        config: &Config,
        hub: Hub,
        stage: Stage<Effects, Asker>,
        worker: Worker,
        now: Now,
    ) -> Self {
        let mut desk = Self {
            hub,
            stage,
            spent: Vec::new(),
            freed: Vec::new(),
            moved: Vec::new(),
            lines: LineLimits::CLIENT,
            enough: 0,
            waiting: HashMap::new(),
            tickets: 0,
            asked: 0,
            due: VecDeque::new(),
            is_overruled: false,
            recorder: Recorder::default(),
            files: Files::default(),
            worker,
            now,
        };
        desk.adopt(&config.limits);
        desk
    }

    /// Keeps to these limits from now on.
    pub(super) fn adopt(&mut self, limits: &Limits) {
        self.lines = LineLimits {
            line: limits.line,
            tags: limits.client_tags.saturating_add(2),
        };
        self.enough = limits.send_queue / 4;
    }

    /// The configuration that counts.
    pub(super) fn config(&self) -> &Config {
        &self.hub.world().config
    }

    /// Who is here and what is true, to be looked at.
    pub(super) fn world(&self) -> &World {
        self.hub.world()
    }

    /// This configuration, with the limits that an operator has set.
    pub(super) fn overruled(&mut self, config: Config) -> Config {
        self.hub.overruled(config)
    }

    /// How many are connected.
    pub(super) fn connections(&self) -> usize {
        self.hub.world().session_count()
    }

    /// How many are connected and not let in yet.
    pub(super) fn strangers(&self) -> usize {
        self.hub.world().unregistered()
    }

    /// Lets something happen.
    pub(super) fn tell(&mut self, event: Event<'_>) {
        self.hub.on(event, self.now);
    }

    /// Executes or refuses one line.
    pub(super) fn line(&mut self, id: SessionId, input: Input<'_>) -> Turn {
        let gauges = &self.hub.world().identity.gauges;
        gauges.lines_in.add(1);
        gauges
            .lines_refused
            .add(u64::from(matches!(input, Input::Refuse(_))));
        if !self.recorder.is_idle() {
            let (Input::Run(line) | Input::Refuse(line)) = input;
            self.recorder.note(id, Way::In, line, self.now);
        }
        self.tell(match input {
            Input::Run(line) => Event::Line(id, Message::parse(line, self.lines)),
            Input::Refuse(line) => Event::Flooded(id, Message::parse(line, self.lines)),
        });
        if self.hub.is_asking(id) {
            Turn::Hold
        } else if self.hub.pending() > self.enough {
            Turn::Enough
        } else {
            Turn::GoOn
        }
    }

    /// Whether a line of the session waits for something.
    pub(super) fn is_asking(&self, id: SessionId) -> bool {
        self.hub.is_asking(id)
    }

    /// Passes an operator's request on.
    pub(super) fn ask(&mut self, request: &Request, by: &Caller, reply: Sender<Answer>) {
        let by = by.officer(&self.config().admin);
        self.begin(request, by, Reply::Socket(reply));
    }

    fn begin(&mut self, request: &Request, by: Officer, reply: Reply) {
        self.tickets += 1;
        self.tell(Event::Admin(Ticket(self.tickets), request, &by));
        self.waiting.insert(self.tickets, Waiting { by, reply });
    }

    /// Goes on with an operator's request, now that this is known.
    pub(super) fn found_for(&mut self, ticket: Ticket, chore: Chore, found: Found) {
        let Some(waiting) = self.waiting.get(&ticket.0) else {
            return;
        };
        self.hub
            .on(Event::FoundFor(ticket, chore, found, &waiting.by), self.now);
    }

    /// Whether the session is let in.
    pub(super) fn is_registered(&self, id: SessionId) -> bool {
        self.hub.is_registered(id)
    }

    /// Lets what the hub wants pass the store, and carries out what may leave; returns in how many seconds the
    /// server is to stop, if it is.
    pub(super) fn carry_out(&mut self, sockets: &mut Sockets) -> Option<u64> {
        let mut stop = None;
        loop {
            if self.hub.has_effects() {
                let mut batch = self.hub.take(self.spent.pop().unwrap_or_default());
                let (records, weight) = (batch.take_records(), batch.weight());
                self.stage.submit(records, batch, weight);
            }
            while let Some(released) = self.stage.release() {
                let mut batch = match released {
                    Released::Stored(batch) => batch,
                    Released::Broken(batch) => self.break_promises(batch),
                };
                stop = stop.or(self.execute(&mut batch, sockets));
                if self.spent.len() < SPENT {
                    self.spent.push(batch);
                }
            }
            if !self.hub.has_effects() {
                return stop;
            }
        }
    }

    /// Tells those whose records could not be stored.
    fn break_promises(&mut self, mut batch: Effects) -> Effects {
        for culprit in batch.break_promises() {
            self.tell(Event::Unstored(&culprit));
            if let Culprit::Line {
                session,
                asks: true,
                ..
            } = culprit
            {
                self.freed.push(session);
            }
        }
        batch
    }

    /// Sessions whose question will not be answered: their lines go on.
    pub(super) fn take_freed(&mut self) -> Vec<SessionId> {
        std::mem::take(&mut self.freed)
    }

    fn execute(&mut self, batch: &mut Effects, sockets: &mut Sockets) -> Option<u64> {
        let mut stop = None;
        for effect in batch.iter() {
            match effect {
                Effect::Send { line, to } => {
                    sockets.tell(to, line);
                    if !self.recorder.is_idle() {
                        for id in to {
                            self.recorder.note(*id, Way::Out, line, self.now);
                        }
                    }
                }
                Effect::Close(id) => sockets.close(id, self.now.uptime_ms),
                Effect::Ask(id, Ask::Admit(ip)) => self.moved.push((id, *ip)),
                Effect::Ask(id, Ask::Drain) => sockets.await_drain(id),
                Effect::Ask(id, Ask::Read(query)) => {
                    self.asked += 1;
                    self.stage.ask(Asker::Session(id), query.as_ref().clone());
                }
                Effect::Ask(id, Ask::Admin(inquiry)) => {
                    let by = inquiry.by.clone();
                    self.begin(&inquiry.request, by, Reply::Session(id));
                }
                Effect::Ask(id, ask) => self.find_out(Some(Asker::Session(id)), ask.clone()),
                Effect::AskFor(ticket, chore, ask) => {
                    self.ask_for(Asker::Operator(ticket, chore.clone()), ask, sockets);
                }
                // Given away whole below: it may be long.
                Effect::Answer(..) | Effect::FileAnswer(..) => {}
                Effect::AskForFile(ticket, ask) => {
                    self.find_out(Some(Asker::File(ticket)), ask.clone());
                }
                Effect::Unneeded(unneeded) => self.files.let_go(unneeded),
                Effect::Outcome(deed, outcome) => self.worker.audit.end(deed, outcome.clone()),
                Effect::Log(words) => log::info(format_args!("{words}")),
                Effect::Stop { seconds } => stop = Some(seconds),
            }
        }
        for (ticket, answer) in batch.take_answers() {
            self.answer(ticket, answer);
        }
        for (ticket, answer) in batch.take_file_answers() {
            self.files.answer(ticket, answer);
        }
        stop
    }

    /// Has something found out for an operator; what is known here already is told with the next pass.
    fn ask_for(&mut self, by: Asker, ask: &Ask, sockets: &Sockets) {
        let found = match ask {
            Ask::Loads => Found::Loads(sockets.loads(self.now.uptime_ms)),
            Ask::Overrule => {
                self.is_overruled = true;
                Found::Turn
            }
            Ask::Raw { sessions, count } => Found::Raw(Box::new(match count {
                Some(count) => self.recorder.dump(sessions, *count, self.now),
                None => self.recorder.stop(sessions),
            })),
            Ask::Turn => Found::Turn,
            Ask::Read(query) => {
                self.asked += 1;
                return self.stage.ask(by, query.as_ref().clone());
            }
            ask => return self.find_out(Some(by), ask.clone()),
        };
        self.due.push_back((by, found));
    }

    /// What is told in this pass of what is known already.
    pub(super) fn take_due(&mut self) -> Option<(Asker, Found)> {
        self.due.pop_front()
    }

    /// Whether something is known that is to be told.
    pub(super) fn has_news(&self) -> bool {
        !self.due.is_empty() || self.stage.has_news()
    }

    /// How many operators wait for an answer.
    pub(super) fn awaited(&self) -> usize {
        self.waiting.len()
    }

    /// Takes in what the store has done; gives who can go on, with what they asked for.
    pub(super) fn hear_store(&mut self) -> Option<(Asker, Found)> {
        while let Some(news) = self.stage.news() {
            match news {
                News::Answer(by, answer) => {
                    self.asked = self.asked.saturating_sub(1);
                    return Some((by, Found::Read(answer)));
                }
                News::Failed { why, snapshot } => {
                    log::error(format_args!(
                        "Nothing can be stored, so nothing is promised until it can: {why}"
                    ));
                    self.tell(Event::StoreFailed(snapshot.as_ref()));
                }
                News::Works(snapshot) => {
                    log::info(format_args!("The store works again"));
                    self.tell(Event::StoreWorks(&snapshot));
                }
                News::Warning(why) => log::warn(format_args!("{why}")),
            }
        }
        None
    }

    /// Has something found out; `by` waits for it.
    pub(super) fn find_out(&mut self, by: Option<Asker>, ask: Ask) {
        let config = Arc::clone(&self.world().config);
        self.asked += usize::from(by.is_some());
        self.worker.take(Job { by, ask, config });
    }

    /// An operator who does not wait any more gets nothing.
    fn answer(&mut self, ticket: Ticket, answer: Answer) {
        if let Some(waiting) = self.waiting.remove(&ticket.0) {
            match waiting.reply {
                Reply::Socket(reply) => {
                    let _ = reply.try_send(answer);
                }
                Reply::Session(id) => {
                    let answered = Found::Answered(Box::new(answer));
                    self.worker.tell(Asker::Session(id), answered);
                }
            }
        }
    }
}
