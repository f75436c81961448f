//! Whom sanctions are about, so that it costs little to ask about one person however many there are.
//!
//! Networks are found by each length of prefix that is in use, accounts, names and hosts by themselves. Only
//! masks with wildcards in both name and host are compared one by one, and there is room for a few hundred.

use crate::proto::mask;
use crate::proto::name::fold;
use crate::proto::subnet::Subnet;
use crate::store::record::account::AccountId;
use crate::store::record::sanction::{SanctionId, Whom};
use ahash::RandomState;
use hashbrown::HashMap;
use smallvec::SmallVec;
use std::collections::BTreeMap;
use std::net::IpAddr;

/// Masks that have to be compared with everybody, at most.
const LOOSE: usize = 200;

/// Sanctions, the later ones last.
pub type Ids = SmallVec<[SanctionId; 4]>;

/// Somebody, as far as they are known.
#[derive(Debug, Clone, Copy, Default)]
pub struct Person<'a> {
    pub nick: &'a str,
    pub username: &'a str,
    /// As others see it.
    pub host: &'a str,
    pub ip: Option<IpAddr>,
    pub account: Option<AccountId>,
}

/// Who is meant by which sanctions.
#[derive(Debug)]
pub struct Index {
    networks: HashMap<Subnet, SanctionId, RandomState>,
    /// How many networks there are of each length of prefix.
    lengths_v4: BTreeMap<u8, usize>,
    lengths_v6: BTreeMap<u8, usize>,
    accounts: HashMap<AccountId, SanctionId, RandomState>,
    /// Masks of one name, by that, and of one host, by that; folded.
    nicks: Shelves,
    hosts: Shelves,
    loose: Vec<Loose>,
}

/// A mask that is compared with everybody: first its parts, of which most differ at once.
#[derive(Debug)]
struct Loose {
    mask: Box<str>,
    nick: Box<str>,
    host: Box<str>,
    id: SanctionId,
}

impl Loose {
    fn new(mask: &str, id: SanctionId) -> Self {
        let (nick, host) = ends(mask);
        Self {
            mask: mask.into(),
            nick: nick.into(),
            host: host.into(),
            id,
        }
    }

    /// Whether somebody may be meant.
    fn is_near<'a>(&self, nick: &str, mut hosts: impl Iterator<Item = &'a str>) -> bool {
        let fits = |part: &str, text: &str| part == "*" || mask::matches(part, text);
        hosts.any(|host| fits(&self.host, host)) && fits(&self.nick, nick)
    }
}

/// The name and the host of a mask.
fn ends(mask: &str) -> (&str, &str) {
    let (nick, rest) = mask.split_once('!').unwrap_or(("*", mask));
    (nick, rest.rsplit_once('@').map_or("*", |(_, host)| host))
}

/// Masks that have something in common.
type Masks = Vec<(Box<str>, SanctionId)>;

/// Masks by that.
type Shelves = HashMap<Box<str>, Masks, RandomState>;

/// Where a mask is found.
enum Shelf {
    Nick(String),
    Host(String),
    Loose,
}

impl Shelf {
    fn of(mask: &str) -> Self {
        let is_exact = |part: &str| !part.contains(['*', '?']);
        let (nick, host) = ends(mask);
        match (is_exact(nick), is_exact(host)) {
            (true, _) => Self::Nick(fold(nick)),
            (_, true) => Self::Host(fold(host)),
            _ => Self::Loose,
        }
    }
}

impl Index {
    /// Nobody is meant yet.
    pub fn new(hasher: &RandomState) -> Self {
        Self {
            networks: HashMap::with_hasher(hasher.clone()),
            lengths_v4: BTreeMap::new(),
            lengths_v6: BTreeMap::new(),
            accounts: HashMap::with_hasher(hasher.clone()),
            nicks: HashMap::with_hasher(hasher.clone()),
            hosts: HashMap::with_hasher(hasher.clone()),
            loose: Vec::new(),
        }
    }

    /// Adds a sanction.
    pub fn put(&mut self, whom: &Whom, id: SanctionId) {
        match whom {
            Whom::Account { id: account, .. } => {
                self.accounts.insert(*account, id);
            }
            Whom::Network(network) => {
                if self.networks.insert(*network, id).is_none() {
                    *self.lengths(network).entry(network.prefix()).or_default() += 1;
                }
            }
            Whom::Mask(mask) => match Shelf::of(mask) {
                Shelf::Nick(nick) => add(&mut self.nicks, nick, mask, id),
                Shelf::Host(host) => add(&mut self.hosts, host, mask, id),
                Shelf::Loose => self.loose.push(Loose::new(mask, id)),
            },
        }
    }

    /// Takes a sanction out.
    pub fn remove(&mut self, whom: &Whom, id: SanctionId) {
        match whom {
            Whom::Account { id: account, .. } => {
                self.accounts.remove(account);
            }
            Whom::Network(network) => {
                if self.networks.remove(network).is_some() {
                    let lengths = self.lengths(network);
                    if let Some(count) = lengths.get_mut(&network.prefix()) {
                        *count -= 1;
                    }
                    lengths.retain(|_, count| *count > 0);
                }
            }
            Whom::Mask(mask) => match Shelf::of(mask) {
                Shelf::Nick(nick) => take(&mut self.nicks, &nick, id),
                Shelf::Host(host) => take(&mut self.hosts, &host, id),
                Shelf::Loose => self.loose.retain(|other| other.id != id),
            },
        }
    }

    fn lengths(&mut self, network: &Subnet) -> &mut BTreeMap<u8, usize> {
        match network.is_v4() {
            true => &mut self.lengths_v4,
            false => &mut self.lengths_v6,
        }
    }

    /// The sanction about exactly these.
    pub fn of(&self, whom: &Whom) -> Option<SanctionId> {
        match whom {
            Whom::Account { id, .. } => self.accounts.get(id).copied(),
            Whom::Network(network) => self.networks.get(network).copied(),
            Whom::Mask(mask) => {
                let masks = match Shelf::of(mask) {
                    Shelf::Nick(nick) => self.nicks.get(nick.as_str())?,
                    Shelf::Host(host) => self.hosts.get(host.as_str())?,
                    Shelf::Loose => {
                        let found = self.loose.iter().find(|other| other.mask == *mask);
                        return found.map(|other| other.id);
                    }
                };
                let found = masks.iter().find(|(other, _)| other == mask);
                found.map(|(_, id)| *id)
            }
        }
    }

    /// Whether there is no room for this one.
    pub fn is_full(&self, whom: &Whom) -> bool {
        let is_loose = |mask: &str| matches!(Shelf::of(mask), Shelf::Loose);
        matches!(whom, Whom::Mask(mask) if is_loose(mask)) && self.loose.len() >= LOOSE
    }

    /// Every sanction that is about somebody.
    pub fn about(&self, who: &Person<'_>) -> Ids {
        let mut found = Ids::new();
        if let Some(ip) = who.ip.map(|ip| ip.to_canonical()) {
            let lengths = match ip {
                IpAddr::V4(_) => &self.lengths_v4,
                IpAddr::V6(_) => &self.lengths_v6,
            };
            let networks = lengths.keys().map(|prefix| Subnet::of(ip, *prefix));
            found.extend(networks.filter_map(|network| self.networks.get(&network).copied()));
        }
        if let Some(account) = who.account {
            found.extend(self.accounts.get(&account).copied());
        }
        if !(self.nicks.is_empty() && self.hosts.is_empty() && self.loose.is_empty()) {
            self.add_masks(who, &mut found);
        }
        found
    }

    fn add_masks(&self, who: &Person<'_>, found: &mut Ids) {
        let address = who.ip.map(|ip| ip.to_canonical().to_string());
        let address = address.as_deref().filter(|address| *address != who.host);
        let seen_as = |host: &str| format!("{}!{}@{host}", who.nick, who.username);
        let shown = seen_as(who.host);
        let true_one = address.map(seen_as);
        let fits = |mask: &str| {
            mask::matches(mask, &shown)
                || true_one
                    .as_ref()
                    .is_some_and(|source| mask::matches(mask, source))
        };
        let shelves = [
            self.nicks.get(fold(who.nick).as_str()),
            self.hosts.get(fold(who.host).as_str()),
            address.and_then(|address| self.hosts.get(address)),
        ];
        for masks in shelves.into_iter().flatten() {
            let fitting = masks.iter().filter(|(mask, _)| fits(mask));
            found.extend(fitting.map(|(_, id)| *id));
        }
        let hosts = || [Some(who.host), address].into_iter().flatten();
        let near = self.loose.iter().filter(|it| it.is_near(who.nick, hosts()));
        found.extend(near.filter(|it| fits(&it.mask)).map(|it| it.id));
    }
}

/// Puts a mask on its shelf.
fn add(shelves: &mut Shelves, key: String, mask: &str, id: SanctionId) {
    let masks = shelves.entry(key.into()).or_default();
    masks.push((mask.into(), id));
}

/// Takes a mask from its shelf, and the shelf away if nothing is left on it.
fn take(shelves: &mut Shelves, key: &str, id: SanctionId) {
    if let Some(masks) = shelves.get_mut(key) {
        masks.retain(|(_, other)| *other != id);
        if masks.is_empty() {
            shelves.remove(key);
        }
    }
}

/// Whether somebody is meant.
pub fn means(whom: &Whom, who: &Person<'_>) -> bool {
    match whom {
        Whom::Account { id, .. } => who.account == Some(*id),
        Whom::Network(network) => who.ip.is_some_and(|ip| network.contains(ip)),
        Whom::Mask(mask) => {
            let fits =
                |host: &str| mask::matches(mask, &format!("{}!{}@{host}", who.nick, who.username));
            fits(who.host)
                || who
                    .ip
                    .is_some_and(|ip| fits(&ip.to_canonical().to_string()))
        }
    }
}
