#![no_main]
//! Any bytes, in pieces that the first of them choose: what must hold is in tests/support/property.rs.

#[path = "../../tests/support/property.rs"]
mod property;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some((cuts, bytes)) = bytes.split_first_chunk() {
        property::head(bytes, u64::from_le_bytes(*cuts));
    }
});
