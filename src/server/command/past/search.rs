//! SEARCH: what was said with these words. `soju.im/search` as deployed, with our own grammar within its text.
//!
//! The newest come first. What one may not read is not found.

use crate::proto::cap::Cap;
use crate::proto::message::Tags;
use crate::proto::msgid::Moment;
use crate::proto::name::fold;
use crate::proto::reference;
use crate::proto::search_words::SearchWords;
use crate::server::command::past::chathistory::conversation;
use crate::server::command::past::tell;
use crate::server::command::portion::Progress;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::cursor::{Cursor, Past, Telling};
use crate::server::world::refusal::{Fail, Refusal};
use crate::store::query::{Answer, Query, Wanted};
use crate::store::record::said::Reader;

const VERB: &str = "SEARCH";

pub(crate) const SEARCH: Spec = Spec {
    verb: VERB,
    min_params: 0,
    who: Who::User,
    usage: "in=<target>;from=<nick>;after=<time>;before=<time>;limit=<number>;text=<words>",
    help: "Find what was said; the text takes \"phrases\", in:, from:, before: and after:",
    run,
};

/// What was asked for; the store is asked for all of it at once.
#[derive(Default)]
struct Asked {
    wanted: Wanted,
    limit: Option<usize>,
    /// Two filters contradict each other, or name what the asker cannot read: nothing can be found.
    is_vain: bool,
    is_anything: bool,
}

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    if !cx.world.config.history.enabled {
        return Err(Refusal::UnknownCommand(VERB.into()));
    }
    let most = cx.world.config.history.max_per_request;
    let me = cx.user_id()?;
    let reader = cx.world.reader(me).ok_or(Refusal::NotRegistered)?;
    let attributes = cx.msg.params().join(" ");
    let asked = read(cx, &reader, &attributes)?;
    if !asked.is_anything {
        return Err(invalid("*", "Nothing to search for"));
    }
    let limit = asked.limit.unwrap_or(most).min(most);
    if asked.is_vain || limit == 0 {
        nothing(cx);
        return Ok(());
    }
    let query = Query::Search {
        reader,
        wanted: asked.wanted,
        limit,
    };
    let past = Past::new(query, Telling::Found);
    cx.tell_all(Cursor::Past(Box::new(past)));
    Ok(())
}

fn read(cx: &Ctx<'_>, reader: &Reader, attributes: &str) -> Result<Asked, Refusal> {
    let mut asked = Asked::default();
    let tags = Tags::new(attributes);
    for (key, _) in tags.iter() {
        let value = tags.get(key).unwrap_or_default();
        let time = || reference::unix_ms(&value).ok_or_else(|| invalid(key, "Not a time"));
        match key {
            "in" => asked.in_place(cx, reader, &value),
            "from" => asked.from(&value),
            // At or after, at or before.
            "after" => asked.after_ms(time()?),
            "before" => asked.before_ms(time()?.saturating_add(1)),
            "limit" => {
                let is_number = !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
                if !is_number {
                    return Err(invalid(key, "Not a number"));
                }
                asked.limit = Some(value.parse().unwrap_or(usize::MAX));
            }
            "text" => asked.text(cx, reader, &value)?,
            _ => return Err(invalid(key, "There is no such attribute")),
        }
    }
    Ok(asked)
}

impl Asked {
    fn in_place(&mut self, cx: &Ctx<'_>, reader: &Reader, target: &str) {
        self.is_anything = true;
        let buffer = conversation(cx, reader, target);
        self.is_vain |= buffer.is_none();
        let before = std::mem::replace(&mut self.wanted.buffer, buffer.clone());
        self.is_vain |= before.is_some_and(|before| Some(before) != buffer);
    }

    fn from(&mut self, nick: &str) {
        self.is_anything = true;
        let nick: Box<str> = fold(nick).into();
        let before = self.wanted.from.replace(nick.clone());
        self.is_vain |= before.is_some_and(|before| before != nick);
    }

    /// Said then or later.
    fn after_ms(&mut self, ms: u64) {
        self.is_anything = true;
        let before = Moment(Moment::first_of(ms).0.saturating_sub(1));
        let after = self.wanted.after.unwrap_or_default();
        self.wanted.after = Some(after.max(before));
    }

    /// Said earlier.
    fn before_ms(&mut self, ms: u64) {
        self.is_anything = true;
        let before = self.wanted.before.unwrap_or(Moment::END);
        self.wanted.before = Some(before.min(Moment::first_of(ms)));
    }

    fn text(&mut self, cx: &Ctx<'_>, reader: &Reader, text: &str) -> Result<(), Refusal> {
        let words = SearchWords::parse(text).map_err(|fault| {
            Refusal::Fail(Fail {
                verb: VERB.into(),
                code: "INVALID_PARAMS",
                context: vec!["text".into()],
                text: fault.to_string().into(),
            })
        })?;
        let phrases = words.phrases.iter().map(|phrase| (*phrase).into());
        self.wanted.phrases.extend(phrases);
        self.is_anything = true;
        if let Some(target) = words.target {
            self.in_place(cx, reader, target);
        }
        if let Some(nick) = words.from {
            self.from(nick);
        }
        if let Some(ms) = words.after_ms {
            self.after_ms(ms);
        }
        if let Some(ms) = words.before_ms {
            self.before_ms(ms);
        }
        Ok(())
    }
}

fn invalid(key: &str, text: &'static str) -> Refusal {
    Refusal::Fail(Fail {
        verb: VERB.into(),
        code: "INVALID_PARAMS",
        context: vec![key.chars().take(64).collect()],
        text: text.into(),
    })
}

fn nothing(cx: &mut Ctx<'_>) {
    if cx.has(Cap::Batch) {
        let batch = cx.open_batch("soju.im/search");
        cx.close_batch(&batch);
    }
}

/// Tells what was found.
pub(super) fn found(cx: &mut Ctx<'_>, past: &mut Past, answer: Answer) -> Progress {
    match answer {
        Answer::Said(said) => tell::begin(cx, past, said, &["soju.im/search"]),
        _ => {
            let text = "The search could not be run";
            cx.refuse(&Refusal::fail(VERB, "INTERNAL_ERROR", text));
            Progress::Done
        }
    }
}
