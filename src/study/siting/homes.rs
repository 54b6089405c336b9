//! Which community residents and sites are of.

use std::collections::HashMap;

use geo_types::Coord;

use crate::coverage::areas_at;
use crate::model::{Area, Attribute, AttributeColumn, Attributes, Resident, Station};
use crate::siting::{Communities, SitingError};
use crate::text::plain::letters;

/// The communities of the residents, and how that of a site is told.
pub(super) struct Homes<'a> {
    names: Vec<String>,
    of: Vec<Option<u32>>,
    by: By<'a>,
}

/// How a community is told.
enum By<'a> {
    /// By the area that holds the place.
    Ground(&'a [Area]),
    /// By what a column says, in plain letters.
    Column(Attribute, HashMap<String, u32>),
}

impl<'a> Homes<'a> {
    /// By areas, where there are some; `None` where there are none.
    pub(super) fn from_areas(areas: &'a [Area], residents: &[Resident]) -> Option<Self> {
        if areas.is_empty() {
            return None;
        }
        let places: Vec<Option<Coord<f64>>> = residents.iter().map(Resident::valid_place).collect();
        Some(Self {
            names: areas.iter().map(|area| area.name.clone()).collect(),
            of: areas_at(areas, &places),
            by: By::Ground(areas),
        })
    }

    /// By the columns of the residents: names of communities, else codes. `None` where they have neither.
    pub(super) fn from_columns(attributes: &Attributes) -> Option<Self> {
        let told = [Attribute::Community, Attribute::CommunityCode]
            .into_iter()
            .find_map(|attribute| Some((attribute, attributes.of(attribute)?)));
        let (attribute, column) = told.filter(|(_, column)| !column.texts().is_empty())?;
        let mut known: HashMap<String, u32> = HashMap::new();
        let mut names = Vec::new();
        let mut number = |text: &str| {
            let next = names.len() as u32;
            *known.entry(letters(text)).or_insert_with(|| {
                names.push(text.to_owned());
                next
            })
        };
        let rows = 0..attributes.rows();
        let of = rows.map(|row| column.get(row).map(&mut number)).collect();
        Some(Self {
            names,
            of,
            by: By::Column(attribute, known),
        })
    }

    /// The same for residents who are numbered in another way: by row, who it is.
    pub(super) fn numbered(self, numbers: &[Option<usize>], residents: usize) -> Self {
        let mut of = vec![None; residents];
        for (number, community) in numbers.iter().zip(self.of) {
            if let Some(number) = number {
                of[*number] = community;
            }
        }
        Self { of, ..self }
    }

    /// For so many residents who come several times, all of them before the first comes again.
    pub(super) fn repeated(mut self, residents: usize, times: usize) -> Self {
        self.of.resize(residents, None);
        let of = self.of.repeat(times);
        Self { of, ..self }
    }

    /// The community of a site.
    pub(super) fn of_site(
        &self,
        site: &Station,
        attributes: &Attributes,
        row: usize,
    ) -> Option<u32> {
        match &self.by {
            By::Ground(areas) => areas_at(areas, &[site.place.as_ref().ok().copied()])[0],
            By::Column(attribute, known) => {
                let cell = attributes
                    .of(*attribute)
                    .and_then(|column| AttributeColumn::get(column, row));
                known.get(&letters(cell?)).copied()
            }
        }
    }

    pub(super) fn of_resident(&self, resident: usize) -> Option<u32> {
        self.of.get(resident).copied().flatten()
    }

    /// For so many residents: those beyond the ones that are known are of none.
    pub(super) fn communities(mut self, residents: usize) -> Result<Communities, SitingError> {
        self.of.resize(residents, None);
        Communities::new(self.names, self.of)
    }
}
