//! The point files of a request, read side by side.

use super::{Layer, LayerSource, Request};
use crate::control::{Cancelled, Control};
use crate::inputs::formats::read_points_of;
use crate::inputs::watched::Watched;
use crate::inputs::{Columns, InputError, Known, PointRecords, Source};
use crate::parallel;

/// Reads the point files of a request: stations, then residents, in the order of their layers.
///
/// # Errors
/// [`Cancelled`], and none of the files is read on; what is wrong with a file stands in its place.
pub(super) fn read_tables(
    request: &Request,
    control: Control<'_>,
) -> Result<Vec<Result<PointRecords, InputError>>, Cancelled> {
    // A column of people that is named for the residents need not be with the stations.
    let of_station = |layer: &Layer| Columns {
        population: None,
        entrances: true,
        ..layer.columns.clone()
    };
    let stations = request.stations.iter().map(|s| (s, of_station(s)));
    let of_people = |layer: &Layer| Columns {
        without_names: true,
        ..layer.columns.clone()
    };
    let residents = request.residents.iter().map(|r| (r, of_people(r)));
    let every = request.every_station.iter().map(|s| (s, of_station(s)));
    let demand = request.demand.iter();
    let demand = demand.map(|(_, layer)| (layer, of_people(layer)));
    let files: Vec<(&Source, Columns, Option<&Known<String>>)> = stations
        .chain(residents)
        .chain(every)
        .chain(demand)
        .filter_map(|(layer, columns)| match &layer.source {
            LayerSource::File(source) => {
                let columns = Columns {
                    system: layer.crs.own.clone(),
                    ..columns
                };
                Some((source, columns, layer.sheet.as_ref()))
            }
            LayerSource::Osm(_) => None,
        })
        .collect();
    let read = parallel::map(&files, 1, |(source, columns, sheet)| {
        control.check()?;
        let source = Watched::new(source, control);
        Ok(read_points_of(source, columns, *sheet))
    });
    read.into_iter().collect()
}
