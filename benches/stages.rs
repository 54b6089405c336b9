//! The engine and the stages around it on one real city, each beside its rivals. Answers are checked equal before anything is
//! timed. Compare rows of one run with each other, not runs; BENCHMARKS.md has the tables.

mod city;
mod coverage;
mod edit;
mod held;
mod isochrone;
mod nearest;
mod pipeline;
#[path = "grid_city/random.rs"]
mod random;
mod rivals;
mod search;
mod snap;

use std::sync::LazyLock;

use city::RealCity;

static CITY: LazyLock<RealCity> = LazyLock::new(RealCity::read);

fn main() {
    divan::main();
}
