//! Reading with building, and the whole way from the file to the answer in memory.

use divan::Bencher;
use pedshed::control::Control;
use pedshed::inputs::{Inputs, Request, Source};
use pedshed::model::CityRecords;
use pedshed::{Options, analyse, parallel};

use crate::CITY;
use crate::city::path;

#[divan::bench(args = [1, 2])]
fn read(bencher: Bencher<'_, '_>, threads: usize) {
    let source = Source::open(path()).expect("the extract is there");
    let request = Request::new(source);
    bencher.bench_local(|| {
        parallel::with_threads(threads, || Inputs::read(&request).expect("a city"))
            .expect("threads")
    });
}

#[divan::bench(args = [1, 2])]
fn from_file_to_answer(bencher: Bencher<'_, '_>, threads: usize) {
    bencher.bench_local(|| {
        let whole = || {
            let request = Request::new(Source::open(path()).expect("the extract is there"));
            let inputs = Inputs::read(&request).expect("a city");
            let city = CityRecords {
                stations: &CITY.stations,
                residents: &CITY.residents,
                areas: &[],
            };
            let options = Options::minutes(&Options::MINUTES).expect("cutoffs");
            analyse(&inputs.network, city, options, Control::default())
                .expect("a city")
                .coverage
                .share()
        };
        parallel::with_threads(threads, whole).expect("threads")
    });
}
