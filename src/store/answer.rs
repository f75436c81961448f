//! How questions are answered, whatever keeps the rows: which part of a conversation is meant, and who may
//! read it. A store only has to know how to walk over the rows of one buffer.

use crate::proto::msgid::{Moment, MsgId};
use crate::proto::name::fold;
use crate::store::query::{Answer, Kinds, Page, Point, Span, Wanted};
use crate::store::record::account::Party;
use crate::store::record::said::{Reader, Said, Verb};
use crate::store::trouble::Trouble;
use std::ops::ControlFlow;
use std::sync::Arc;

/// Rows that are looked at for one answer, at most.
pub const LOOKED: usize = 20_000;
/// Rows that are looked at to find when something was last said in one conversation, at most.
const LOOKED_PER_TARGET: usize = 1_000;

/// The moments strictly between two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Between {
    pub after: Moment,
    pub before: Moment,
}

/// In which order rows are walked over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    Rising,
    Falling,
}

/// What is told of each row; it says when it has enough.
pub type Each<'a> = dyn FnMut(Arc<Said>) -> ControlFlow<()> + 'a;

/// What was said, as a store keeps it.
pub trait Rows {
    /// Walks over a buffer.
    fn walk(
        &mut self,
        buffer: &str,
        between: Between,
        order: Order,
        kinds: Kinds,
        each: &mut Each<'_>,
    ) -> Result<(), Trouble>;

    /// What was said at this moment.
    fn at(&mut self, moment: Moment) -> Result<Option<Arc<Said>>, Trouble>;

    /// The buffers of direct conversations of somebody.
    fn direct(&mut self, party: Party) -> Result<Vec<Box<str>>, Trouble>;
}

/// Whether this is one of them.
pub fn is_of_kind(verb: Verb, kinds: Kinds) -> bool {
    kinds == Kinds::Everything || is_searched(verb)
}

/// Answers [`crate::store::query::Query::Page`].
pub fn page(rows: &mut impl Rows, page: &Page) -> Result<Answer, Trouble> {
    for point in points(page.span).into_iter().flatten() {
        if let Point::Id(id) = point
            && !is_in(rows, id, page)?
        {
            return Ok(Answer::NoSuchPoint);
        }
    }
    let (start, end) = (Moment::START, Moment::END);
    let falling = |after, before| (Between { after, before }, Order::Falling);
    let rising = |after, before| (Between { after, before }, Order::Rising);
    let (between, order) = match page.span {
        Span::Latest { after: None } => falling(start, end),
        Span::Latest { after: Some(point) } => falling(last_of(point), end),
        Span::Before(point) => falling(start, first_of(point)),
        Span::After(point) => rising(last_of(point), end),
        Span::Between(from, to) if first_of(from) <= first_of(to) => {
            rising(last_of(from), first_of(to))
        }
        Span::Between(from, to) => falling(last_of(to), first_of(from)),
        Span::Around(point) => return around(rows, page, first_of(point)),
    };
    gather(rows, page, between, order).map(Answer::Said)
}

/// Answers [`crate::store::query::Query::One`].
pub fn one(rows: &mut impl Rows, reader: &Reader, id: MsgId) -> Result<Answer, Trouble> {
    let said = rows.at(id.moment)?;
    let readable = said.filter(|said| said.id == id && reader.may_read(said));
    Ok(Answer::Said(readable.into_iter().collect()))
}

/// Answers [`crate::store::query::Query::Whole`].
pub fn whole(rows: &mut impl Rows, id: MsgId) -> Result<Answer, Trouble> {
    let said = rows.at(id.moment)?.filter(|said| said.id == id);
    Ok(Answer::Said(said.into_iter().collect()))
}

/// Answers [`crate::store::query::Query::Targets`].
pub fn targets(
    rows: &mut impl Rows,
    reader: &Reader,
    between: Between,
    limit: usize,
) -> Result<Answer, Trouble> {
    let rooms = reader.rooms.iter().map(|(room, _)| room.clone());
    let mut buffers: Vec<Box<str>> = rooms.collect();
    buffers.extend(rows.direct(reader.who)?);
    let mut found = Vec::new();
    for buffer in buffers {
        if let Some(moment) = latest(rows, reader, &buffer, between)? {
            let peer = buffer.split_once(' ').map(|(_, peer)| peer.into());
            found.push((peer.unwrap_or(buffer), moment));
        }
    }
    found.sort_unstable_by(|(a, at), (b, bt)| (at, a).cmp(&(bt, b)));
    found.truncate(limit);
    Ok(Answer::Targets(found))
}

/// Whether this is wanted, apart from its words, and may be read.
pub fn is_wanted(said: &Said, wanted: &Wanted, reader: &Reader) -> bool {
    let is_there = |buffer: &str| said.is_in(buffer);
    let at = said.id.moment;
    is_searched(said.verb)
        && wanted.after.is_none_or(|after| at > after)
        && wanted.before.is_none_or(|before| at < before)
        && wanted.buffer.as_deref().is_none_or(is_there)
        && wanted
            .from
            .as_deref()
            .is_none_or(|from| folded_nick(&said.source) == from)
        && reader.may_read(said)
}

/// Whether its text can be searched.
pub fn is_searched(verb: Verb) -> bool {
    matches!(verb, Verb::Privmsg | Verb::Notice)
}

/// The folded nick of `nick!user@host`.
pub fn folded_nick(source: &str) -> String {
    fold(source.split('!').next().unwrap_or(source))
}

fn points(span: Span) -> [Option<Point>; 2] {
    match span {
        Span::Latest { after } => [after, None],
        Span::Before(point) | Span::After(point) | Span::Around(point) => [Some(point), None],
        Span::Between(from, to) => [Some(from), Some(to)],
    }
}

fn first_of(point: Point) -> Moment {
    match point {
        Point::Time(ms) => Moment::first_of(ms),
        Point::Id(id) => id.moment,
    }
}

fn last_of(point: Point) -> Moment {
    match point {
        Point::Time(ms) => Moment::last_of(ms),
        Point::Id(id) => id.moment,
    }
}

/// Whether this message is in the conversation of the page, and may be read.
fn is_in(rows: &mut impl Rows, id: MsgId, page: &Page) -> Result<bool, Trouble> {
    let Some(said) = rows.at(id.moment)? else {
        return Ok(false);
    };
    Ok(said.is_in(&page.buffer) && said.id == id && page.reader.may_read(&said))
}

/// What may be read between two moments, the first ones in this order, told as it was said.
fn gather(
    rows: &mut impl Rows,
    page: &Page,
    between: Between,
    order: Order,
) -> Result<Vec<Arc<Said>>, Trouble> {
    let mut found = Vec::new();
    if page.limit == 0 || between.after >= between.before {
        return Ok(found);
    }
    let mut looked = 0;
    rows.walk(&page.buffer, between, order, page.kinds, &mut |said| {
        looked += 1;
        if page.reader.may_read(&said) {
            found.push(said);
        }
        match found.len() >= page.limit || looked >= LOOKED {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    })?;
    if order == Order::Falling {
        found.reverse();
    }
    Ok(found)
}

/// Half of the page from before a moment and half from then on; where one side has less, the other has more.
fn around(rows: &mut impl Rows, page: &Page, pivot: Moment) -> Result<Answer, Trouble> {
    let earlier = Between {
        after: Moment::START,
        before: pivot,
    };
    let later = Between {
        after: Moment(pivot.0.saturating_sub(1)),
        before: Moment::END,
    };
    let mut found = gather(rows, page, earlier, Order::Falling)?;
    let mut rest = gather(rows, page, later, Order::Rising)?;
    let kept = (page.limit / 2).max(page.limit - rest.len());
    found.drain(..found.len().saturating_sub(kept));
    rest.truncate(page.limit - found.len());
    found.append(&mut rest);
    Ok(Answer::Said(found))
}

/// When something was last said in a buffer that the reader may read.
fn latest(
    rows: &mut impl Rows,
    reader: &Reader,
    buffer: &str,
    between: Between,
) -> Result<Option<Moment>, Trouble> {
    let (mut found, mut looked) = (None, 0);
    let mut each = |said: Arc<Said>| {
        looked += 1;
        if reader.may_read(&said) {
            found = Some(said.id.moment);
        }
        match found.is_some() || looked >= LOOKED_PER_TARGET {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    };
    rows.walk(buffer, between, Order::Falling, Kinds::Messages, &mut each)?;
    Ok(found)
}
