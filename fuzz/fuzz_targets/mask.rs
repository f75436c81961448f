#![no_main]
//! Any bytes: what must hold is in tests/support/property.rs.

#[path = "../../tests/support/property.rs"]
mod property;

libfuzzer_sys::fuzz_target!(|input: (&str, &str)| if input.0.len() + input.1.len() < 24 { property::mask(input.0, input.1) });
