#![no_main]
//! Any bytes: what must hold is in tests/support/property.rs.

#[path = "../../tests/support/property.rs"]
mod property;

libfuzzer_sys::fuzz_target!(|input: (u64, &[u8])| property::framing(input.1, input.0));
