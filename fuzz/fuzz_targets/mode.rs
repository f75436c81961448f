#![no_main]
//! Any mode words: what must hold is in tests/support/property.rs.

#[path = "../../tests/support/property.rs"]
mod property;

libfuzzer_sys::fuzz_target!(|words: Vec<&str>| property::mode(&words));
