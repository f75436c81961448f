//! Section `accounts`: who may own a name, and how they show that it is theirs.

use crate::config::password::HashCost;
use crate::proto::sasl::Mechanism;
use std::time::Duration;

/// Section `accounts`.
#[derive(Debug, Clone)]
pub struct Accounts {
    pub enabled: bool,
    /// Nobody is let in without one.
    pub required: bool,
    /// Ways to log in, as they are offered.
    pub sasl: Vec<Mechanism>,
    /// One who has arrived may log in.
    pub reauthentication: bool,
    /// Passwords are taken over connections in clear from elsewhere.
    pub clear_passwords: bool,
    pub hash_cost: HashCost,
    pub max_password_bytes: usize,
    pub login_throttle: LoginThrottle,
    /// Modes that a user gets by logging in, like `+i`, or nothing.
    pub default_user_modes: String,
    pub registration: Registration,
    /// One account may be present with several devices.
    pub multiclient: bool,
    pub always_on: AlwaysOn,
    pub nick_reservation: Reservation,
}

/// Pauses after failed logins, per account and prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoginThrottle {
    /// Failures before the first pause; `None`: there are no pauses.
    pub failures: Option<u32>,
    /// The first pause; each further failure doubles it.
    pub wait: Duration,
    /// The longest one.
    pub max: Duration,
}

/// How people get an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Registration {
    pub enabled: bool,
    /// Before they have arrived.
    pub before_connect: bool,
    /// An address must be given; nothing is sent to it.
    pub require_email: bool,
    /// The account may be called other than the nick.
    pub custom_name: bool,
}

/// Whether an account stays present without a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlwaysOn {
    Disabled,
    /// If it asks for it.
    OptIn,
    /// Unless it asks not to.
    OptOut,
    Mandatory,
}

/// Who may use a registered nick.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reservation {
    /// Its owner alone.
    Strict,
    /// Others too, who are told whose it is.
    Optional,
    /// Anyone.
    None,
}

impl Default for Accounts {
    fn default() -> Self {
        Self {
            enabled: true,
            required: false,
            sasl: Mechanism::ALL.to_vec(),
            reauthentication: true,
            clear_passwords: false,
            hash_cost: HashCost::Normal,
            max_password_bytes: 1024,
            login_throttle: LoginThrottle::default(),
            default_user_modes: String::new(),
            registration: Registration::default(),
            multiclient: true,
            always_on: AlwaysOn::OptIn,
            nick_reservation: Reservation::Strict,
        }
    }
}

impl Default for LoginThrottle {
    fn default() -> Self {
        Self {
            failures: Some(5),
            wait: Duration::from_secs(30),
            max: Duration::from_secs(15 * 60),
        }
    }
}

impl Default for Registration {
    fn default() -> Self {
        Self {
            enabled: true,
            before_connect: true,
            require_email: false,
            custom_name: false,
        }
    }
}
