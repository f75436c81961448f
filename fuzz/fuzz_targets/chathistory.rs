#![no_main]
//! Any parameters of CHATHISTORY: what must hold is in tests/support/property.rs.

#[path = "../../tests/support/property.rs"]
mod property;

libfuzzer_sys::fuzz_target!(|line: &str| property::chathistory(line));
