#![no_main]
//! Any bytes: what must hold is in tests/support/property.rs.

#[path = "../../tests/support/property.rs"]
mod property;

libfuzzer_sys::fuzz_target!(|input: (&[u8], u64)| property::files(input.0, input.1));
