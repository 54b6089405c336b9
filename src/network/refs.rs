//! The vertices of ways, where the streets have them.

use geo_types::Coord;

use super::NetworkError;
use crate::geometry::is_on_earth;
use crate::model::{Streets, Way};

/// The vertices of a way that is one of these streets, all of them on the earth.
pub(super) fn refs_of<'s>(streets: &'s Streets, way: &Way) -> Result<&'s [u32], NetworkError> {
    let names = streets.names.len();
    if let Some(name) = way.name.filter(|name| *name as usize >= names) {
        let way = way.id;
        return Err(NetworkError::UnknownName { way, name, names });
    }
    let refs = streets.refs_of(way);
    if refs.len() != way.ref_count as usize {
        return Err(NetworkError::UnknownRefs {
            way: way.id,
            first: way.first_ref,
            last: u64::from(way.first_ref) + u64::from(way.ref_count),
            refs: streets.refs.len(),
        });
    }
    let mut vertices = refs.iter();
    vertices.try_for_each(|vertex| check_vertex(streets, way, *vertex))?;
    Ok(refs)
}

fn check_vertex(streets: &Streets, way: &Way, vertex: u32) -> Result<(), NetworkError> {
    let Some(location) = streets.vertices.get(vertex as usize) else {
        return Err(NetworkError::UnknownVertex {
            way: way.id,
            vertex,
            vertices: streets.vertices.len(),
        });
    };
    let place = location.degrees();
    if is_on_earth(place) {
        return Ok(());
    }
    let Coord { x: lon, y: lat } = place;
    let node = vertex as usize;
    Err(NetworkError::OffTheEarth { node, lon, lat })
}
