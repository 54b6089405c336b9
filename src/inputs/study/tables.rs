//! The tables and layers of points of a request, read side by side.

use super::Request;
use crate::control::{Cancelled, Control};
use crate::inputs::formats::read_points_watched;
use crate::inputs::{InputError, LayerKind, PointRecords, ReadOptions, Source};
use crate::parallel;

/// Reads the files of points and lists of a request, in the order in which their layers are read.
///
/// # Errors
/// [`Cancelled`], and none of the files is read on; what is wrong with a file stands in its place.
pub(super) fn read_tables(
    request: &Request,
    control: Control<'_>,
) -> Result<Vec<Result<PointRecords, InputError>>, Cancelled> {
    let of_points = request.asked().filter(|asked| is_of_points(asked.kind));
    let files = of_points.filter_map(|asked| Some((asked.spec.file()?, asked.options())));
    let files: Vec<(&Source, ReadOptions)> = files.collect();
    let read = parallel::map(&files, 1, |(source, options)| {
        control.check()?;
        Ok(read_points_watched(source, options, control))
    });
    read.into_iter().collect()
}

/// Whether the records of a layer are points, or those of a list.
const fn is_of_points(kind: LayerKind) -> bool {
    match kind {
        LayerKind::Network | LayerKind::Areas | LayerKind::Land | LayerKind::Compounds => false,
        LayerKind::Stations
        | LayerKind::Residents
        | LayerKind::AllStations
        | LayerKind::Demand
        | LayerKind::Communities
        | LayerKind::Gates
        | LayerKind::Stairwells
        | LayerKind::Candidates
        | LayerKind::Calendar => true,
    }
}
