// SPDX-License-Identifier: MIT
//! Tells the program which compiler made it.

use std::env;
use std::process::Command;

fn main() {
    let rustc = env::var_os("RUSTC").expect("cargo sets RUSTC");
    let output = Command::new(rustc).arg("--version").output();
    let version = String::from_utf8(output.expect("rustc runs").stdout).expect("UTF-8");
    // rustc 1.80.0 (051478957 2024-07-21)
    let number = version.split(' ').nth(1).expect("a version");
    println!("cargo:rustc-env=RUSTC_VERSION={number}");
    println!("cargo:rerun-if-changed=build.rs");
}
