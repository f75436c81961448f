#![no_main]
//! Any lines of AUTHENTICATE: what must hold is in tests/support/property.rs.

#[path = "../../tests/support/property.rs"]
mod property;

libfuzzer_sys::fuzz_target!(|lines: &[u8]| property::sasl(lines));
