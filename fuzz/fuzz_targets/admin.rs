#![no_main]
//! Any bytes: what must hold is in tests/support/property.rs.

#[path = "../../tests/support/property.rs"]
mod property;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    property::admin_frame(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        property::admin_line(text);
    }
});
