//! Small towns against the brute-force reference of the contract.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../shared.rs"]
mod shared;
use shared::{drive, oracle};

fuzz_target!(|data: &[u8]| drive::search(data));
