//! What inputs hold beside their numbers of records: texts, and the corners of shapes.

use geo::CoordsIter;

use crate::inputs::{Inputs, PointRecords};
use crate::model::{Area, Attributes};

/// The bytes of texts that are kept: ids, names, and what stands in the columns beside them, which is there twice while it is
/// read.
pub(super) fn text_bytes(inputs: &Inputs) -> u64 {
    let every = inputs.every_station.as_ref();
    let stations = inputs.stations.iter();
    let candidates = inputs.candidates.as_ref();
    let beside = every.into_iter().chain(candidates);
    let stations = stations.chain(beside.flat_map(|(stations, _)| stations));
    let demand = inputs.demand.iter().flat_map(|(_, layer)| layer);
    let residents = inputs.residents.iter().chain(demand);
    let of_layers = [&inputs.station_attributes, &inputs.resident_attributes];
    let attributes = of_layers
        .into_iter()
        .chain(every.map(|(_, attributes)| attributes))
        .chain(candidates.map(|(_, attributes)| attributes))
        .chain(inputs.communities.as_ref().map(|list| &list.attributes));
    let compounds = &inputs.compounds;
    let bytes = stations
        .map(|station| length(&station.id, station.name.as_ref()))
        .sum::<usize>()
        + residents.map(|resident| resident.id.len()).sum::<usize>()
        + areas(inputs)
            .map(|area| length(&area.id, Some(&area.name)))
            .sum::<usize>()
        + compounds
            .list
            .iter()
            .map(|compound| compound.id.len())
            .sum::<usize>()
        + compounds
            .gates
            .iter()
            .map(|gate| gate.id.len())
            .sum::<usize>()
        + inputs.communities.as_ref().map_or(0, of_register)
        + attributes.map(Attributes::text_bytes).sum::<usize>() * 2;
    bytes as u64
}

fn length(id: &str, name: Option<&String>) -> usize {
    id.len() + name.map_or(0, String::len)
}

fn of_register(list: &PointRecords) -> usize {
    let texts = list
        .records
        .iter()
        .flat_map(|record| [&record.id, &record.name]);
    texts.flatten().map(String::len).sum()
}

fn areas(inputs: &Inputs) -> impl Iterator<Item = &Area> {
    inputs.areas.iter().chain(&inputs.land)
}

/// The corners of areas, land, compounds and communities, of water and of lines that nobody walks across.
pub(super) fn shape_vertices(inputs: &Inputs) -> u64 {
    let compounds = inputs.compounds.list.iter();
    let register = inputs.communities.iter().flat_map(|list| &list.outlines);
    let around = &inputs.surroundings;
    let corners = areas(inputs)
        .map(|area| area.shape.coords_count())
        .sum::<usize>()
        + compounds
            .map(|compound| compound.shape.coords_count())
            .sum::<usize>()
        + register
            .map(|(_, outline)| outline.coords_count())
            .sum::<usize>()
        + around
            .water
            .iter()
            .map(CoordsIter::coords_count)
            .sum::<usize>()
        + around
            .obstacles
            .iter()
            .map(|obstacle| obstacle.line.len())
            .sum::<usize>();
    corners as u64
}
