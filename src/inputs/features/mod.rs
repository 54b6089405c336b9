//! Features of vector files, whatever the format: properties and a geometry, in the file's own coordinates. From them come
//! the points and areas of a city; `lines` makes the streets.

mod areas;
mod feature;
mod gather;
mod named;
mod points;

pub(super) use areas::Areas;
pub(super) use feature::{Feature, Shape, Value, Xy};
pub(super) use gather::{About, Gather, Places, at_place};
pub(super) use named::NamesMet;
pub(super) use points::Points;
