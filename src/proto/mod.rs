//! The words of the wire: IRC (RFC 1459, RFC 2812, Modern) with IRCv3.
//!
//! Pure: no socket, clock, file or random number, and nothing of ours is imported here. What parses
//! input returns values that borrow from it; what writes lines cannot write a second one.

pub mod attachment;
pub mod byte_range;
pub mod cap;
pub mod cloak;
pub mod confusable;
pub mod file_name;
pub mod fingerprint;
pub mod formatting;
pub mod framing;
pub mod handed;
pub mod head;
pub mod mask;
pub mod message;
pub mod mode;
pub mod msgid;
pub mod name;
pub mod numeric;
pub mod percent;
pub mod proxy;
pub mod reference;
pub mod sanitise;
pub mod sasl;
pub mod scram;
pub mod scram_client;
pub mod search_words;
pub mod subnet;
pub mod text;
pub mod time;
pub mod tus;
pub mod user_mode;
pub mod weak;
pub mod websocket;
pub mod write;
