//! The model district: its sums, its ground, who walks where, its files and its commands.

mod command;
mod figures;
mod ground;
mod walking;
mod walls;

use std::sync::OnceLock;

use pedshed::district::{District, DistrictFile, DistrictOptions};
use pedshed::inputs::{Inputs, LayerSource, LayerSpec, Request, Source};

/// The preset, generated once.
pub(crate) fn yingze() -> &'static District {
    static YINGZE: OnceLock<District> = OnceLock::new();
    YINGZE.get_or_init(|| District::generate(DistrictOptions::yingze()).expect("the preset"))
}

pub(crate) fn generated(options: DistrictOptions) -> District {
    District::generate(options).expect("a size that is allowed")
}

/// The district's files as the ordinary readers read them.
pub(crate) fn read(district: &District) -> Inputs {
    let source = |file: DistrictFile| Source::from_bytes(file.name(), district.bytes(file));
    let layer = |file| LayerSpec::new(LayerSource::File(source(file)));
    let request = Request {
        stations: vec![layer(DistrictFile::Stations)],
        residents: vec![layer(DistrictFile::Residents)],
        areas: Some(layer(DistrictFile::Areas)),
        ..Request::new(source(DistrictFile::Network))
    };
    Inputs::read(&request).expect("sound files")
}
