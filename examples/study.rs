//! A whole study through the library: it writes into a folder what `pedshed demo` writes.

use pedshed::inputs::{LayerSpec, Request, Source};
use pedshed::{Options, control::Control, study::Study, text::OptionNames};
use std::{error::Error, path::Path};

const PLACES: &str = "townhall public_building library post_office police hospital pharmacy kindergarten preschool school";
const AREAS: &str = "osm:boundary=administrative,admin_level=8";
const NOTE: &str =
    "The people are estimated from the buildings in the map. Stations are public service places.";

pub(crate) fn write(folder: &Path) -> Result<(), Box<dyn Error>> {
    let map = Path::new("data/liechtenstein-2013-08-03.osm.pbf");
    let mut layers = Request::new(Source::open(map)?);
    for place in PLACES.split(' ') {
        layers
            .stations
            .push(LayerSpec::selected(&format!("osm:amenity={place}"))?);
    }
    layers.residents = vec![LayerSpec::selected("osm:building")?];
    layers.areas = Some(LayerSpec::selected(AREAS)?);
    let mut study = Study::new(layers, Options::minutes(&Options::MINUTES)?);
    study.outputs.title = Some("Liechtenstein, 3 August 2013".to_owned());
    study.outputs.note = Some(NOTE.to_owned());
    study.outputs.options = OptionNames::Flags;
    "demo".clone_into(&mut study.outputs.command);
    let files = study.outputs.open(folder)?;
    study
        .run(Control::default())?
        .write(files, Control::default())?;
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    write(Path::new("demo-output"))
}
