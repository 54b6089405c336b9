//! A prepared network with its checksum put right, opened and counted on.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../shared.rs"]
mod shared;
use shared::{drive, oracle};

fuzz_target!(|data: &[u8]| drive::prepared(data));
