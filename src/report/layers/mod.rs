//! Results for maps: one model of a layer, from which a `GeoPackage`, `FlatGeobuf` and Shapefiles are written with their styles.

#[cfg(feature = "fgb")]
mod fgb;
mod gaps;
#[cfg(feature = "gpkg")]
mod gpkg;
mod ground;
mod layer;
mod measured;
mod problems;
mod qml;
mod residents;
mod results;
mod shapes;
mod sites;
mod style;
#[cfg(feature = "gpkg")]
mod wkb;

#[cfg(feature = "fgb")]
pub(crate) use fgb::write as write_flatgeobuf;
#[cfg(feature = "gpkg")]
pub(crate) use gpkg::write as write_geopackage;
pub(crate) use layer::Layer;
pub(crate) use qml::write as write_qml;
pub(crate) use results::LayersReport;
pub(crate) use shapes::{SHAPEFILE_PARTS, Shapefile, write_fields};
pub(crate) use sites::sites;

/// The names of all layers that there can be, in the order in which they are written: what people walk on and live in first, so
/// that points lie above ground on a map that is drawn in this order.
pub(crate) const LAYER_NAMES: [&str; 10] = [
    "areas",
    "isochrones",
    "reached_streets",
    "gaps",
    "missing_links",
    "gates",
    "problems",
    "residents",
    "stations",
    "sites",
];

/// The layers that the run has, in the order of [`LAYER_NAMES`].
pub(crate) fn all_layers<'a>(from: &'a LayersReport<'a>) -> Vec<Layer<'a>> {
    let has_gaps = from.gaps.is_some();
    let has_walls = !from.report.compounds.is_empty();
    let asked = from.report.provision;
    let problems = asked.and_then(|asked| asked.register.as_ref());
    let layers = [
        (!from.report.city.areas.is_empty()).then(|| residents::areas(from)),
        (!from.isochrones.is_empty()).then(|| ground::isochrones(from)),
        (!from.streets.is_empty()).then(|| ground::streets(from)),
        has_gaps.then(|| gaps::gaps(from)),
        has_gaps.then(|| gaps::links(from)),
        (has_gaps && has_walls).then(|| gaps::gates(from)),
        problems.map(|register| problems::problems(from, register)),
        (!from.report.city.residents.is_empty()).then(|| residents::residents(from)),
        Some(residents::stations(from)),
    ];
    layers.into_iter().flatten().collect()
}
