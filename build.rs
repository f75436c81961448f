//! How the binary is linked: its relocations packed, which makes it a tenth smaller. Built on Linux with glibc it needs
//! glibc 2.36 or newer to run, which is what Debian has had since 12.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |key: &str, wanted: &str| env::var(key).is_ok_and(|value| value == wanted);
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}
