//! The pairs of numbers in a vector file, whatever its features are: what is looked at where they make no places.

use super::features::{Feature, Gather, Shape, Xy};
use super::formats::gather;
use super::{InputError, Source};
use crate::text::language::Words;

/// Positions that are kept of one feature.
const OF_ONE: usize = 100;

/// Some of the positions of every feature.
#[derive(Default)]
struct Corners(Vec<Xy>);

impl Gather for Corners {
    type Kept = Vec<Xy>;

    fn kept(&self, feature: Feature) -> Self::Kept {
        let all: Vec<Xy> = match feature.shape {
            Ok(Shape::Point(xy)) => vec![xy],
            Ok(Shape::Lines(lines)) => lines.into_iter().flatten().collect(),
            Ok(Shape::Polygons(polygons)) => polygons.into_iter().flatten().flatten().collect(),
            _ => Vec::new(),
        };
        let step = all.len().div_ceil(OF_ONE).max(1);
        all.into_iter().step_by(step).collect()
    }

    fn keep(&mut self, kept: Self::Kept) {
        self.0.extend(kept);
    }
}

/// Some of the positions in a vector file, up to a hundred of every feature, as they stand there.
///
/// # Errors
/// What its reader refuses.
pub(super) fn corners_of(source: &Source) -> Result<Vec<Xy>, InputError> {
    let wanted = Words::new("a .geojson or .shp", " .geojson、.shp 文件");
    let (corners, _) = gather(source.into(), wanted, Corners::default)?;
    Ok(corners.0)
}
