#![no_main]
//! Anything that is shown to somebody: what must hold is in tests/support/property.rs.

#[path = "../../tests/support/property.rs"]
mod property;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| property::sanitise(bytes));
