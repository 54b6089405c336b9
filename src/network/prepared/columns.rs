//! A network's columns as sections.

use super::container::HEIGHTS;
use super::{Container, PreparedError, Sections};
use crate::network::height_samples::Heights;
use crate::network::{HeightMetres, Network, SourceCounts};

impl Network {
    /// Adds its columns to the sections of a file.
    pub(crate) fn add_sections<'a>(&'a self, sections: &mut Sections<'a>) {
        sections.column("tails", &self.tails);
        sections.column("heads", &self.heads);
        sections.column("lengths", &self.lengths);
        sections.column("passages", &self.passages);
        sections.column("lifts", &self.lifts);
        sections.column("firstway", &self.first_ways);
        sections.column("laterway", &self.later_ways);
        sections.column("shapes", &self.shape_start);
        sections.column("vertices", &self.shape);
        sections.column("bridges", &self.bridges);
        sections.column("below", &self.below);
        sections.column("ways", &self.ways);
        sections.column("waynames", &self.way_names);
        sections.column("names", &self.name_start);
        sections.column("nametext", &self.name_text);
        sections.column("crossing", &self.crossings);
        sections.column("lone", &self.lone_nodes);
        sections.column("loneat", &self.lone_places);
        sections.column("arcstart", &self.arc_start);
        sections.column("arcs", &self.arcs);
        let SourceCounts {
            ways,
            vertices,
            degenerate_ways,
        } = self.source;
        let counts = [ways, vertices, degenerate_ways].map(u64::to_ne_bytes);
        sections.bytes("counts", counts.concat());
        if let Some(heights) = &self.heights {
            sections.column(HEIGHTS, &heights.samples);
            sections.column("heightat", &heights.starts);
            let metres = heights.metres.to_array().map(f64::to_ne_bytes);
            sections.bytes("heighted", metres.concat());
        }
    }

    /// The network of a file.
    ///
    /// # Errors
    /// [`PreparedError::Inconsistent`]: every index is looked at.
    ///
    /// # Complexity
    /// One pass over the columns.
    pub(crate) fn from_sections(file: &Container) -> Result<Self, PreparedError> {
        let counts = numbers(file, "counts")?;
        let [ways, vertices, degenerate_ways] = counts[..] else {
            return Err(PreparedError::inconsistent("its counts", "计数有误"));
        };
        let network = Self {
            tails: file.column("tails")?,
            heads: file.column("heads")?,
            lengths: file.column("lengths")?,
            passages: file.column("passages")?,
            lifts: file.column("lifts")?,
            first_ways: file.column("firstway")?,
            later_ways: file.column("laterway")?,
            shape_start: file.column("shapes")?,
            shape: file.column("vertices")?,
            bridges: file.column("bridges")?,
            below: file.column("below")?,
            ways: file.column("ways")?,
            way_names: file.column("waynames")?,
            name_start: file.column("names")?,
            name_text: file.column("nametext")?,
            crossings: file.column("crossing")?,
            lone_nodes: file.column("lone")?,
            lone_places: file.column("loneat")?,
            arc_start: file.column("arcstart")?,
            arcs: file.column("arcs")?,
            source: SourceCounts {
                ways,
                vertices,
                degenerate_ways,
            },
            heights: read_heights(file)?,
        };
        network.check()?;
        Ok(network)
    }
}

/// Eight bytes after eight of a section, as numbers.
fn numbers(file: &Container, name: &'static str) -> Result<Vec<u64>, PreparedError> {
    let bytes = file.bytes(name)?.chunks_exact(8);
    let numbers = bytes.filter_map(|number| number.try_into().ok());
    Ok(numbers.map(u64::from_ne_bytes).collect())
}

/// The heights of a file that has them.
fn read_heights(file: &Container) -> Result<Option<Heights>, PreparedError> {
    if !file.has_heights() {
        return Ok(None);
    }
    let metres: Vec<f64> = numbers(file, "heighted")?
        .into_iter()
        .map(f64::from_bits)
        .collect();
    let metres = <[f64; 5]>::try_from(metres);
    let metres = metres.map_err(|_| PreparedError::inconsistent("its heights", "高程有误"))?;
    Ok(Some(Heights {
        starts: file.column("heightat")?,
        samples: file.column(HEIGHTS)?,
        metres: HeightMetres::from_array(metres),
    }))
}
