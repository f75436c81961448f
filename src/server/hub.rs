//! The hub owns the world: events go in one after the other, effects come out in batches.
//!
//! It reads no clock and holds no socket. Whoever drives it (the shard) takes a batch, lets the
//! store commit it, and only then carries out its effects. A panic in a handler costs the session
//! that caused it, and the whole server only if the world is no longer sound.

use crate::admin::command::{Answer, Code};
use crate::config::Config;
use crate::server::command::admin::Errand;
use crate::server::command::reply::Replies;
use crate::server::command::{self, Mood};
use crate::server::world::deliver::{Filter, Outgoing};
use crate::server::world::effects::Effects;
use crate::server::world::event::{Culprit, Event, Now, SessionId, Ticket, Why};
use crate::server::world::file::{FileAnswer, Refused};
use crate::server::world::frozen::Frozen;
use crate::server::world::{Identity, World};
use crate::store::Snapshot;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// The world and what it has to say since the last batch.
#[derive(Debug)]
pub struct Hub {
    world: World,
    effects: Effects,
    replies: Replies,
}

/// Whose event it is, for whom a panic has consequences.
enum Cause {
    Session(SessionId),
    Operator(Ticket),
    File(Ticket),
    Nobody,
}

impl Hub {
    /// A hub over an empty world.
    pub fn new(config: Arc<Config>, identity: Identity, now: Now) -> Self {
        Self {
            world: World::new(config, identity, now),
            effects: Effects::default(),
            replies: Replies::default(),
        }
    }

    /// Lets one event happen.
    pub fn on(&mut self, event: Event<'_>, now: Now) {
        let cause = match &event {
            Event::Opened(session, _)
            | Event::Secured(session, _)
            | Event::Line(session, _)
            | Event::Flooded(session, _)
            | Event::Found(session, _)
            | Event::Closed(session, _) => Cause::Session(*session),
            Event::Admin(ticket, ..)
            | Event::FoundFor(ticket, ..)
            | Event::Unstored(Culprit::Operator(ticket)) => Cause::Operator(*ticket),
            Event::File(ticket, _)
            | Event::FoundForFile(ticket, _)
            | Event::Unstored(Culprit::File(ticket)) => Cause::File(*ticket),
            Event::Unstored(Culprit::Line { session, .. }) => Cause::Session(*session),
            Event::StoreFailed(_)
            | Event::StoreWorks(_)
            | Event::Unstored(Culprit::Nobody)
            | Event::Certificates(_)
            | Event::Reload(_)
            | Event::Tick
            | Event::Stop { .. } => Cause::Nobody,
        };
        if catch_unwind(AssertUnwindSafe(|| self.happen(event, now))).is_err() {
            self.recover(cause, now);
        }
    }

    /// Whether the session is let in.
    pub fn is_registered(&self, session: SessionId) -> bool {
        self.world
            .session(session)
            .is_some_and(|session| session.user().is_some())
    }

    /// Whether a line of the session waits for something slow.
    pub fn is_asking(&self, session: SessionId) -> bool {
        self.world
            .session(session)
            .is_some_and(|session| session.asking.is_some())
    }

    /// What is true now, to be looked at.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// This configuration, with the limits that an operator has set.
    pub fn overruled(&mut self, config: Config) -> Config {
        self.world.overrides.apply(config)
    }

    /// Takes in what an earlier life of the server left.
    pub fn restore(&mut self, snapshot: &Snapshot) {
        self.world.restore(snapshot);
    }

    /// What another process has to know to go on where this one stands.
    pub fn freeze(&self) -> Frozen<'_> {
        self.world.freeze()
    }

    /// A hub that goes on where another one stood. `None`: that is not known.
    pub fn thaw(
        frozen: Frozen<'_>,
        config: Arc<Config>,
        identity: Identity,
        kept: &Snapshot,
        now: Now,
    ) -> Option<Self> {
        Some(Self {
            world: frozen.thaw(config, identity, kept, now)?,
            effects: Effects::default(),
            replies: Replies::default(),
        })
    }

    /// Whether anything was caused since the last [`take`](Self::take).
    pub fn has_effects(&self) -> bool {
        !self.effects.is_empty()
    }

    /// Bytes of lines said since the last [`take`](Self::take), each counted once.
    pub fn pending(&self) -> usize {
        self.effects.size()
    }

    /// Takes what was caused since the last call; `spent` is a batch done with, whose memory is used again.
    pub fn take(&mut self, mut spent: Effects) -> Effects {
        spent.clear();
        std::mem::replace(&mut self.effects, spent)
    }

    fn happen(&mut self, event: Event<'_>, now: Now) {
        let (world, out, replies) = (&mut self.world, &mut self.effects, &mut self.replies);
        match event {
            Event::Opened(session, peer) => world.open(session, peer, now),
            Event::Secured(session, how) => world.secure(session, how),
            Event::Certificates(certificates) => world.certificates = certificates,
            Event::Line(session, line) => {
                command::dispatch(world, out, replies, session, &line, now, Mood::Execute);
            }
            Event::Flooded(session, line) => {
                command::dispatch(
                    world,
                    out,
                    replies,
                    session,
                    &line,
                    now,
                    Mood::RefuseAsFlood,
                );
            }
            Event::Closed(session, why) => closed(world, out, session, &why, now),
            Event::Admin(ticket, request, by) => {
                command::admin::handle(world, out, Errand { ticket, by }, request, now);
            }
            Event::Found(session, found) => {
                command::resume(world, out, replies, session, found, now);
            }
            Event::FoundFor(ticket, chore, found, by) => {
                command::admin::resume(world, out, Errand { ticket, by }, chore, found, now);
            }
            Event::File(ticket, ask) => {
                command::files::handle(world, out, replies, ticket, ask, now);
            }
            Event::FoundForFile(ticket, found) => {
                command::files::resume(world, out, replies, ticket, &found, now);
            }
            Event::Unstored(by) => command::promise::unstored(world, out, replies, by, now),
            Event::StoreFailed(snapshot) => {
                world.is_read_only = true;
                if let Some(snapshot) = snapshot {
                    world.restore(snapshot);
                    world.dismiss_absent(out, now);
                }
            }
            Event::StoreWorks(snapshot) => {
                world.is_read_only = false;
                world.restore(snapshot);
                world.dismiss_absent(out, now);
            }
            Event::Reload(config) => reload(world, out, config, now),
            Event::Tick => {
                command::tick(world, out, replies, now);
                world.tick(out, now);
            }
            Event::Stop { seconds } => world.send_away(out, seconds, now),
        }
    }

    fn recover(&mut self, cause: Cause, now: Now) {
        let (world, out) = (&mut self.world, &mut self.effects);
        self.replies = Replies::default();
        world.counts.panics += 1;
        match cause {
            Cause::Session(session) => {
                world.expel(out, session, "The server failed on your last line", now);
            }
            Cause::Operator(ticket) => {
                let text = "the server failed on this request, and goes on";
                out.answer(ticket, Answer::failed(Code::Failed, text, Vec::new()));
            }
            Cause::File(ticket) => out.answer_file(ticket, FileAnswer::Refused(Refused::Busy)),
            Cause::Nobody => {}
        }
        if self.world.check().is_err() {
            self.effects.stop(0);
        }
    }
}

fn closed(world: &mut World, out: &mut Effects, session: SessionId, why: &Why, now: Now) {
    let reason = why.to_string();
    match why {
        Why::Eof | Why::Broken(_) | Why::Http | Why::Tls(_) | Why::Frames(_) => {
            world.depart(out, session, &reason, now)
        }
        Why::Replaced => world.hold(out, session, &reason, now),
        Why::LineTooLong | Why::SendQueue => world.expel(out, session, &reason, now),
    }
}

/// Lets other values count; operators who are none any more are told.
fn reload(world: &mut World, out: &mut Effects, config: Arc<Config>, now: Now) {
    let before = std::mem::replace(&mut world.config, config);
    command::tell_capabilities(world, out, &before, now);
    world.dismiss_absent(out, now);
    let time = world.stamps.time(now.unix_ms);
    for id in world.review_operators() {
        let Some(user) = world.user(id) else {
            continue;
        };
        let (source, nick) = (user.source(), user.nick.clone());
        let words = [nick.as_str(), "-o"];
        let line = Outgoing::new(&source, "MODE", &words, None, &time);
        world.deliver(out, &line, [id].into_iter(), None, Filter::Everybody);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::oper::{Oper, Role};
    use crate::config::password::Password;
    use crate::proto::message::{LineLimits, Message};
    use crate::server::world::effects::Effect;
    use crate::server::world::event::Peer;
    use crate::server::world::right::Operator;

    const ANN: SessionId = SessionId {
        index: 0,
        generation: 1,
    };
    const BOB: SessionId = SessionId {
        index: 1,
        generation: 1,
    };
    const NOW: Now = Now {
        unix_ms: 1,
        uptime_ms: 1,
    };

    /// Ann and bob, together in a room.
    fn hub() -> Hub {
        let mut config = Config::default();
        config.history.replay_on_join = 0;
        let mut hub = Hub::new(Arc::new(config), Identity::default(), NOW);
        for (session, name) in [(ANN, "ann"), (BOB, "bob")] {
            let peer = Peer {
                host: "h".into(),
                address: "h:1".into(),
                ip: None,
                via: None,
                secured: None,
                is_web: false,
            };
            hub.on(Event::Opened(session, peer), NOW);
            say(&mut hub, session, &format!("NICK {name}"));
            say(&mut hub, session, &format!("USER {name} 0 * :{name}"));
            say(&mut hub, session, "JOIN #x");
        }
        hub.take(Effects::default());
        hub
    }

    fn say(hub: &mut Hub, session: SessionId, line: &str) {
        let message = Message::parse(line.as_bytes(), LineLimits::CLIENT);
        hub.on(Event::Line(session, message), NOW);
    }

    #[test]
    fn a_panic_costs_the_session_that_caused_it_and_nobody_else() {
        let mut hub = hub();
        say(&mut hub, ANN, "PANIC");
        say(&mut hub, BOB, "PING still-here");
        let effects = hub.take(Effects::default());
        let to_bob: Vec<_> = effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Send { line, to } if to.contains(&BOB) => {
                    Some(String::from_utf8_lossy(line).into_owned())
                }
                _ => None,
            })
            .collect();
        assert!(to_bob[0].contains("ann!ann@h QUIT"), "{to_bob:?}");
        assert!(to_bob[1].contains("PONG"), "{to_bob:?}");
        assert!(effects.iter().any(|effect| effect == Effect::Close(ANN)));
        assert!(
            !effects
                .iter()
                .any(|effect| matches!(effect, Effect::Stop { .. }))
        );
        assert_eq!(hub.world().counts.panics, 1);
    }

    #[test]
    fn a_panic_over_an_operators_request_is_answered() {
        let mut hub = hub();
        hub.recover(Cause::Operator(Ticket(7)), NOW);
        let effects = hub.take(Effects::default());
        let answered = |effect| matches!(effect, Effect::Answer(Ticket(7), answer) if !answer.ok);
        assert!(effects.iter().any(answered));
    }

    #[test]
    fn an_operator_has_the_role_that_the_configuration_gives_now() {
        let mut hub = hub();
        let ann = hub.world.nick_owner("ann").unwrap();
        let config = |role| {
            let oper = Oper {
                name: "root".into(),
                role,
                password: Some(Password::Plain("horse".into())),
                account: None,
                hosts: Vec::new(),
            };
            Arc::new(Config {
                opers: vec![oper],
                ..Config::default()
            })
        };
        let operator = Operator {
            name: "root".into(),
            role: Role::Viewer,
        };
        hub.world.promote(ann, operator);
        for role in [Role::Admin, Role::Moderator] {
            hub.on(Event::Reload(config(role)), NOW);
            let operator = hub.world.user(ann).and_then(|ann| ann.operator.clone());
            assert_eq!(operator.map(|operator| operator.role), Some(role));
        }
        hub.on(Event::Reload(Arc::new(Config::default())), NOW);
        assert!(!hub.world.user(ann).unwrap().is_operator());
    }

    #[test]
    fn a_world_that_is_no_longer_sound_stops_the_server() {
        let mut hub = hub();
        say(&mut hub, ANN, "PANIC half-way");
        let effects = hub.take(Effects::default());
        assert!(
            effects
                .iter()
                .any(|effect| matches!(effect, Effect::Stop { .. }))
        );
    }
}
