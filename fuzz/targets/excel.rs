//! A spreadsheet, new or old.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../shared.rs"]
mod shared;
use shared::{drive, oracle};

fuzz_target!(
    init: {
        // The reader makes an error of a panic in calamine; a panic that gets out is still a crash here.
        std::panic::set_hook(Box::new(|_| {}));
    },
    |data: &[u8]| drive::excel(data)
);
