#![no_main]
//! Any text of a search: what must hold is in tests/support/property.rs.

#[path = "../../tests/support/property.rs"]
mod property;

libfuzzer_sys::fuzz_target!(|text: &str| property::search(text));
