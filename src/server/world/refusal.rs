//! Every way to say no, and how each is said: one numeric or standard reply per variant.
//!
//! Numerics: <https://modern.ircdocs.horse/#numerics>. FAIL: IRCv3 standard-replies.

use crate::config::oper::Role;
use crate::proto::numeric::Numeric;
use std::borrow::Cow;

/// Why a command is not carried out. Its answer goes to the asker; nothing else happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    NoSuchNick(String),
    /// Nobody of this name is here, and nothing can wait for them.
    NobodyHere(String),
    NoSuchRoom(String),
    CannotSend {
        room: String,
        why: Cow<'static, str>,
    },
    TooManyRooms(String),
    TooManyTargets(String),
    NoOrigin,
    BadCapCommand(String),
    NoRecipient(&'static str),
    NoText,
    LineTooLong,
    UnknownCommand(String),
    NoMotd,
    NoNickGiven,
    BadNick {
        nick: String,
        why: Cow<'static, str>,
    },
    NickInUse {
        nick: String,
        free: String,
    },
    /// The name belongs to an account that they are not logged in to.
    NickReserved {
        nick: String,
        free: String,
    },
    UserNotInRoom {
        nick: String,
        room: String,
    },
    NotInRoom(String),
    AlreadyInRoom {
        nick: String,
        room: String,
    },
    NotRegistered,
    NeedMoreParams(String),
    AlreadyRegistered,
    WrongPassword,
    RoomFull(String),
    UnknownMode {
        letter: char,
        room: String,
    },
    InviteOnly(String),
    NeedAccount(String),
    Banned(String),
    /// By a ban from the whole server.
    NotHere {
        room: String,
        why: Cow<'static, str>,
    },
    WrongKey(String),
    ListFull {
        room: String,
        letter: char,
    },
    BadRoomName(String),
    LongRoomName(String),
    NoPrivilege,
    /// Of an operator of the server: a higher role than theirs.
    NeedsRole(Role),
    NoSuchServer(String),
    NoAdminInfo(String),
    NoHelp(String),
    SummonDisabled,
    UsersDisabled,
    WrongOperPassword,
    NoOperHost,
    NotOperator(String),
    UnknownUserMode,
    /// They take messages only from people with an account (`+R`).
    RegisteredOnly(String),
    /// They take no CTCP (`+T`).
    NoCtcp(String),
    NotYourModes,
    BadModeParam {
        room: String,
        letter: char,
        param: String,
        why: &'static str,
    },
    /// Something that has no numeric.
    Fail(Fail),
}

/// A standard reply of type FAIL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fail {
    /// The command that failed, or `*`.
    pub verb: String,
    pub code: &'static str,
    pub context: Vec<String>,
    pub text: Cow<'static, str>,
}

impl Fail {
    /// Whether it goes to clients without standard-replies too: IRCv3 utf8-only knows no other answer.
    pub fn is_for_everybody(&self) -> bool {
        self.code == "INVALID_UTF8"
    }
}

/// A refusal as it goes over the wire.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer<'a> {
    /// Numeric, what it is about, and the text.
    Numeric(Numeric, Vec<Cow<'a, str>>, Cow<'a, str>),
    Fail(&'a Fail),
}

impl Refusal {
    /// What was to be found out for the command cannot be found out now.
    pub fn busy(verb: &str) -> Self {
        let text = "Too much is asked at the moment; try again";
        Self::fail(verb, "TEMPORARILY_UNAVAILABLE", text)
    }

    /// Nothing can be stored, so nothing was done.
    pub fn storage(verb: &str) -> Self {
        let text =
            "The server cannot store anything at the moment; nothing was done or sent. Try again";
        Self::fail(&verb.to_ascii_uppercase(), "STORAGE", text)
    }

    /// A FAIL with nothing but a text.
    pub fn fail(verb: &str, code: &'static str, text: impl Into<Cow<'static, str>>) -> Self {
        Self::Fail(Fail {
            verb: verb.into(),
            code,
            context: Vec::new(),
            text: text.into(),
        })
    }

    /// How it is said.
    pub fn answer(&self) -> Answer<'_> {
        let (numeric, about, text): (Numeric, Vec<Cow<'_, str>>, Cow<'_, str>) = match self {
            Self::Fail(fail) => return Answer::Fail(fail),
            Self::NoSuchNick(nick) => told(Numeric::ERR_NOSUCHNICK, &[nick], "No such nick"),
            Self::NobodyHere(nick) => {
                let text = "Nobody of this name is here; only registered names have an inbox";
                told(Numeric::ERR_NOSUCHNICK, &[nick], text)
            }
            Self::NoSuchRoom(room) => told(Numeric::ERR_NOSUCHCHANNEL, &[room], "No such room"),
            Self::CannotSend { room, why } => told(Numeric::ERR_CANNOTSENDTOCHAN, &[room], why),
            Self::TooManyRooms(room) => told(
                Numeric::ERR_TOOMANYCHANNELS,
                &[room],
                "You are in too many rooms",
            ),
            Self::TooManyTargets(target) => told(
                Numeric::ERR_TOOMANYTARGETS,
                &[target],
                "Too many targets; nothing was sent to this one",
            ),
            Self::NoOrigin => told(Numeric::ERR_NOORIGIN, &[], "No origin specified"),
            Self::BadCapCommand(word) => {
                told(Numeric::ERR_INVALIDCAPCMD, &[word], "Invalid CAP command")
            }
            Self::NoRecipient(verb) => (
                Numeric::ERR_NORECIPIENT,
                Vec::new(),
                format!("No recipient given ({verb})").into(),
            ),
            Self::NoText => told(Numeric::ERR_NOTEXTTOSEND, &[], "No text to send"),
            Self::LineTooLong => told(Numeric::ERR_INPUTTOOLONG, &[], "Input line was too long"),
            Self::UnknownCommand(verb) => {
                told(Numeric::ERR_UNKNOWNCOMMAND, &[verb], "Unknown command")
            }
            Self::NoMotd => told(Numeric::ERR_NOMOTD, &[], "There is no message of the day"),
            Self::NoNickGiven => told(Numeric::ERR_NONICKNAMEGIVEN, &[], "No nickname given"),
            Self::BadNick { nick, why } => (
                Numeric::ERR_ERRONEUSNICKNAME,
                vec![nick.into()],
                Cow::Borrowed(why),
            ),
            Self::NickInUse { nick, free } => (
                Numeric::ERR_NICKNAMEINUSE,
                vec![nick.into()],
                format!("Nickname is already in use. Free: {free}").into(),
            ),
            Self::NickReserved { nick, free } => (
                Numeric::ERR_NICKNAMEINUSE,
                vec![nick.into()],
                format!(
                    "ACCOUNT_REQUIRED: this name is registered, or looks like one that is. \
                     Its owner logs in first (/login). Free: {free}"
                )
                .into(),
            ),
            other => return other.answer_about_rooms(),
        };
        Answer::Numeric(numeric, about, text)
    }

    fn answer_about_rooms(&self) -> Answer<'_> {
        let (numeric, about, text) = match self {
            Self::UserNotInRoom { nick, room } => told(
                Numeric::ERR_USERNOTINCHANNEL,
                &[nick, room],
                "They are not in that room",
            ),
            Self::NotInRoom(room) => told(
                Numeric::ERR_NOTONCHANNEL,
                &[room],
                "You are not in that room",
            ),
            Self::AlreadyInRoom { nick, room } => told(
                Numeric::ERR_USERONCHANNEL,
                &[nick, room],
                "is already in that room",
            ),
            Self::RoomFull(room) => told(
                Numeric::ERR_CHANNELISFULL,
                &[room],
                "Cannot join: the room is full (+l)",
            ),
            Self::InviteOnly(room) => told(
                Numeric::ERR_INVITEONLYCHAN,
                &[room],
                "Cannot join: an invitation is needed (+i)",
            ),
            Self::NeedAccount(room) => told(
                Numeric::ERR_NEEDREGGEDNICK,
                &[room],
                "Cannot join: only registered people may (+R)",
            ),
            Self::Banned(room) => told(
                Numeric::ERR_BANNEDFROMCHAN,
                &[room],
                "Cannot join: you are banned (+b)",
            ),
            Self::NotHere { room, why } => told(Numeric::ERR_BANNEDFROMCHAN, &[room], why),
            Self::WrongKey(room) => told(
                Numeric::ERR_BADCHANNELKEY,
                &[room],
                "Cannot join: the key is wrong (+k)",
            ),
            Self::ListFull { room, letter } => (
                Numeric::ERR_BANLISTFULL,
                vec![room.into(), letter.to_string().into()],
                "The list is full".into(),
            ),
            Self::BadRoomName(room) => told(
                Numeric::ERR_BADCHANNAME,
                &[room],
                "Not the name of a room: it begins with # and holds no space, comma, colon, * or ?",
            ),
            Self::NotOperator(room) => told(
                Numeric::ERR_CHANOPRIVSNEEDED,
                &[room],
                "You are not an operator of that room",
            ),
            other => return other.answer_about_modes_and_session(),
        };
        Answer::Numeric(numeric, about, text)
    }

    fn answer_about_modes_and_session(&self) -> Answer<'_> {
        let (numeric, about, text) = match self {
            Self::UnknownMode { letter, room } => (
                Numeric::ERR_UNKNOWNMODE,
                vec![letter.to_string().into()],
                format!("is no mode of a room ({room})").into(),
            ),
            Self::BadModeParam {
                room,
                letter,
                param,
                why,
            } => (
                Numeric::ERR_INVALIDMODEPARAM,
                vec![room.into(), letter.to_string().into(), param.into()],
                (*why).into(),
            ),
            Self::LongRoomName(room) => told(
                Numeric::ERR_NOSUCHCHANNEL,
                &[room],
                "The name of a room is not that long",
            ),
            Self::NotRegistered => told(
                Numeric::ERR_NOTREGISTERED,
                &[],
                "You have not registered: NICK and USER first",
            ),
            Self::NeedMoreParams(verb) => told(
                Numeric::ERR_NEEDMOREPARAMS,
                &[verb],
                "Not enough parameters",
            ),
            Self::AlreadyRegistered => told(
                Numeric::ERR_ALREADYREGISTERED,
                &[],
                "You may not register again",
            ),
            Self::WrongPassword => told(
                Numeric::ERR_PASSWDMISMATCH,
                &[],
                "The server's password is wrong or missing",
            ),
            Self::UnknownUserMode => told(Numeric::ERR_UMODEUNKNOWNFLAG, &[], "Unknown user mode"),
            Self::NotYourModes => told(
                Numeric::ERR_USERSDONTMATCH,
                &[],
                "You can see and change only your own modes",
            ),
            Self::RegisteredOnly(nick) => told(
                Numeric::ERR_NEEDREGGEDNICK,
                &[nick],
                "They take messages only from people with an account (+R)",
            ),
            Self::NoCtcp(nick) => told(Numeric::ERR_NOCTCP, &[nick], "They take no CTCP (+T)"),
            other => return other.answer_about_the_server(),
        };
        Answer::Numeric(numeric, about, text)
    }

    fn answer_about_the_server(&self) -> Answer<'_> {
        let (numeric, about, text) = match self {
            Self::NeedsRole(role) => (
                Numeric::ERR_NOPRIVILEGES,
                Vec::new(),
                format!("Permission denied: this needs the role {}", role.name()).into(),
            ),
            Self::NoSuchServer(name) => told(Numeric::ERR_NOSUCHSERVER, &[name], "No such server"),
            Self::NoAdminInfo(server) => told(
                Numeric::ERR_NOADMININFO,
                &[server],
                "Nobody is named who runs this server",
            ),
            Self::NoHelp(subject) => told(
                Numeric::ERR_HELPNOTFOUND,
                &[subject],
                "There is no help on this; HELP alone lists what there is",
            ),
            Self::SummonDisabled => told(
                Numeric::ERR_SUMMONDISABLED,
                &[],
                "SUMMON is not available here; INVITE asks people into a room",
            ),
            Self::UsersDisabled => told(
                Numeric::ERR_USERSDISABLED,
                &[],
                "USERS is not available here; WHO * lists who is online",
            ),
            Self::WrongOperPassword => told(
                Numeric::ERR_PASSWDMISMATCH,
                &[],
                "The name or the password is wrong",
            ),
            Self::NoOperHost => told(
                Numeric::ERR_NOOPERHOST,
                &[],
                "No operator can come from your host",
            ),
            _ => told(
                Numeric::ERR_NOPRIVILEGES,
                &[],
                "Permission denied: you are not an operator of the server",
            ),
        };
        Answer::Numeric(numeric, about, text)
    }
}

fn told<'a>(
    numeric: Numeric,
    about: &[&'a String],
    text: &'a str,
) -> (Numeric, Vec<Cow<'a, str>>, Cow<'a, str>) {
    (
        numeric,
        about
            .iter()
            .map(|word| Cow::Borrowed(word.as_str()))
            .collect(),
        Cow::Borrowed(text),
    )
}
