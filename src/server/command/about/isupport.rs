//! ISUPPORT: what the server supports, as 005. IRCv3 extended-isupport; Modern, "RPL_ISUPPORT".

use crate::config::Config;
use crate::config::files::Uploads;
use crate::proto::cap::Cap;
use crate::proto::mode::{Kind, RANKS, ROOM_MODES};
use crate::proto::numeric::Numeric;
use crate::server::command::files::link;
use crate::server::command::people::message;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::ban::{ACCOUNTEXTBAN, EXTBAN};
use crate::server::world::deliver::Outgoing;
use crate::server::world::refusal::Refusal;

pub(crate) const ISUPPORT: Spec = Spec {
    verb: "ISUPPORT",
    min_params: 0,
    who: Who::Anyone,
    usage: "",
    help: "Tell what the server supports",
    run,
};

/// Most tokens on one line (Modern, "RPL_ISUPPORT").
const TOKENS_PER_LINE: usize = 13;

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    if cx.user_id().is_err() && !cx.has(Cap::ExtendedIsupport) {
        return Err(Refusal::NotRegistered);
    }
    tell(cx);
    Ok(())
}

/// 005 for each few tokens; a batch for clients with extended-isupport.
pub(crate) fn tell(cx: &mut Ctx<'_>) {
    let tokens = tokens(cx);
    let (nick, server, time) = (cx.nick(), cx.world.config.server.name.clone(), cx.time());
    let verb = Numeric::RPL_ISUPPORT.to_string();
    let rows: Vec<Vec<&str>> = tokens
        .chunks(TOKENS_PER_LINE)
        .map(|chunk| {
            let tokens = chunk.iter().map(String::as_str);
            [&*nick].into_iter().chain(tokens).collect()
        })
        .collect();
    let text = Some("are supported by this server");
    let lines: Vec<Outgoing<'_>> = rows
        .iter()
        .map(|words| Outgoing::new(&server, &verb, words, text, &time))
        .collect();
    if cx.has(Cap::Batch) && cx.has(Cap::ExtendedIsupport) {
        cx.batch("draft/isupport", &lines);
    } else {
        lines.iter().for_each(|line| cx.echo(line));
    }
}

/// What this server supports, one token each.
fn tokens(cx: &Ctx<'_>) -> Vec<String> {
    let config = &cx.world.config;
    let limits = &config.limits;
    let letters = |wanted: fn(&Kind) -> bool| -> String {
        ROOM_MODES
            .iter()
            .filter(|row| wanted(&row.kind))
            .map(|row| row.letter)
            .collect()
    };
    let lists = letters(|kind| matches!(kind, Kind::List(_)));
    let keys = letters(|kind| matches!(kind, Kind::Key));
    let limited = letters(|kind| matches!(kind, Kind::Limit | Kind::Forward));
    let flags = letters(|kind| matches!(kind, Kind::Flag(_)));
    let ranks: String = RANKS.iter().map(|(_, letter, _)| *letter).collect();
    let symbols: String = RANKS.iter().map(|(.., symbol)| *symbol).collect();
    let most = |verb| format!("{verb}:{}", message::max_targets(limits, verb));
    let targets = ["NOTICE", "PRIVMSG", "TAGMSG"].map(most).join(",");
    let mut tokens = optional(config);
    tokens.extend(of_files(cx));
    tokens.extend([
        format!("ACCEPT={}", limits.accept),
        format!("ACCOUNTEXTBAN={ACCOUNTEXTBAN}"),
        format!("AWAYLEN={}", limits.away),
        "BOT=B".into(),
        "CASEMAPPING=ascii".into(),
        format!("CHANLIMIT=#:{}", limits.rooms_per_user),
        format!("CHANMODES={lists},{keys},{limited},{flags}"),
        format!("CHANNELLEN={}", limits.room),
        "CHANTYPES=#".into(),
        "CHAT/ID".into(),
        "CLIENTTAGDENY=".into(),
        "ELIST=CMNTU".into(),
        "EXCEPTS=e".into(),
        format!("EXTBAN={EXTBAN}"),
        format!("HOSTLEN={}", 64),
        "INVEX=I".into(),
        format!("KEYLEN={}", limits.key),
        format!("KICKLEN={}", limits.kick),
        format!("MAXLIST={lists}:{}", limits.list_modes),
        format!("MAXTARGETS={}", message::max_targets(limits, "PRIVMSG")),
        "MODES".into(),
        format!("MONITOR={}", limits.monitor),
        format!("NAMELEN={}", limits.realname),
        format!("NETWORK={}", config.server.network.replace(' ', "\\x20")),
        format!("NICKLEN={}", limits.nick),
        format!("PREFIX=({ranks}){symbols}"),
        "SAFELIST".into(),
        format!("SILENCE={}", limits.silence),
        format!("TARGMAX=JOIN:,KICK:,LIST:,NAMES:1,PART:,WHOIS:1,{targets}"),
        format!("STATUSMSG={symbols}"),
        format!("TOPICLEN={}", limits.topic),
        format!("USERLEN={}", limits.user),
        "UTF8ONLY".into(),
        "WHOX".into(),
    ]);
    tokens
}

/// What not every configuration has.
fn optional(config: &Config) -> Vec<String> {
    let mut tokens = Vec::new();
    if config.accounts.required {
        tokens.push("draft/ACCOUNTREQUIRED".into());
    }
    tokens.extend(of_history(config));
    tokens
}

/// What history needs to be known of it.
fn of_history(config: &Config) -> Vec<String> {
    if !config.history.enabled {
        return Vec::new();
    }
    vec![
        format!("CHATHISTORY={}", config.history.max_per_request),
        "MSGREFTYPES=msgid,timestamp".into(),
    ]
}

/// Where people may upload files, if not only operators may.
fn of_files(cx: &Ctx<'_>) -> Vec<String> {
    let rules = &cx.world.config.files;
    let is_open = matches!(rules.uploads, Uploads::Everyone | Uploads::Registered);
    if !rules.enabled || !is_open || !cx.world.config.web.enabled {
        return Vec::new();
    }
    let place = link::uploads(cx.world, cx.me());
    ["draft/FILEHOST", "soju.im/FILEHOST"]
        .map(|token| format!("{token}={place}"))
        .into()
}
