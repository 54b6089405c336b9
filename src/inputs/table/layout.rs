//! Where the fields stand in a row.

use crate::crs::Crs;
use crate::inputs::cells;
use crate::inputs::column_names::{is_doubtful_pair, listed};
use crate::inputs::column_units::{Quantity, Unit};
use crate::inputs::field::Field;
use crate::inputs::header::{Cells, Header, best_pair, coordinate_pairs};
use crate::inputs::population::{ColumnNumbers, population_read};
use crate::inputs::said::{PlaceNames, places_by_system};
use crate::inputs::service_hours::{role_of, service_of};
use crate::inputs::thousands::CountColumn;
use crate::inputs::units_above::UnitAbove;
use crate::inputs::{
    InputError, KeptColumn, KnownBy, PointRecord, PopulationRead, ReadOptions, Reading, Source,
};
use crate::model::{FindingCode, Findings};
use crate::text::language::{Words, words};

/// Where the fields stand in a row.
pub(super) struct Layout {
    pub(super) id: Option<usize>,
    pub(super) name: Option<usize>,
    /// Whether names are kept.
    pub(super) keeps_names: bool,
    pub(super) place: PlaceColumns,
    pub(super) population: Option<usize>,
    pub(super) people_unit: Option<Unit>,
    pub(super) address: Option<usize>,
    /// By column that is kept, where it stands.
    pub(super) kept: Vec<Option<usize>>,
    /// By column that is kept, the unit of its numbers where it matters.
    pub(super) kept_units: Vec<Option<Unit>>,
    /// The columns that hold the hours of single services, with these.
    pub(super) service_hours: Vec<(usize, String)>,
    /// Those that count people.
    pub(super) counts: Vec<CountColumn>,
    /// The columns whose unit stands above the table.
    pub(super) units_above: Vec<(usize, UnitAbove)>,
    /// Whether one of them is that of the parents.
    pub(super) names_parents: bool,
    /// The header itself, which long tables repeat on every printed page.
    pub(super) header: Header,
    /// What the columns' names say of the coordinate system.
    pub(super) said: Option<PlaceNames>,
    /// The position of the header's first row.
    pub(super) first_row: usize,
    /// Further pairs of columns with coordinates.
    pub(super) other_pairs: Vec<String>,
    /// The rows above it: titles, which are repeated too.
    pub(super) titles: Vec<Vec<String>>,
}

/// Where the coordinates stand.
pub(super) enum PlaceColumns {
    Two { lon: usize, lat: usize, named: bool },
    One(usize),
    None,
}

/// A header in which columns are looked for.
#[derive(Clone, Copy)]
struct Named<'a> {
    source: &'a Source,
    header: &'a Header,
    options: &'a ReadOptions,
}

/// Where the coordinates stand, and what else could have been taken for them.
struct Placing {
    place: PlaceColumns,
    /// What the columns' names say of the coordinate system.
    said: Option<PlaceNames>,
    /// Further pairs of columns with coordinates.
    other_pairs: Vec<String>,
}

impl Named<'_> {
    fn find(self, field: Field) -> Result<Option<usize>, InputError> {
        let found = self.options.find(field, &self.header.names());
        found.map_err(|()| self.missing(field))
    }

    fn missing(self, field: Field) -> InputError {
        self.without(field.words(), self.options.option_of(field))
    }

    fn without(self, field: Words, option: &'static str) -> InputError {
        InputError::Column {
            file: self.source.path().to_owned(),
            field,
            found: listed(self.header.names()),
            option,
        }
    }

    /// By column that is kept, where it stands.
    fn kept(self) -> Result<Vec<Option<usize>>, InputError> {
        let names = || self.header.names();
        let keep = |kept: &KeptColumn| match (kept.position(names()), kept.missing()) {
            (None, Some(field)) => Err(self.without(field, self.options.option_of_kept(kept))),
            (position, _) => Ok(position),
        };
        self.options.kept.iter().map(keep).collect()
    }

    /// The columns that hold the hours of single services, with these; none of them is kept as something else.
    fn service_hours(self, kept: &[Option<usize>]) -> Vec<(usize, String)> {
        if !self.options.keeps_service_hours {
            return Vec::new();
        }
        let columns = self.header.names().enumerate();
        let others = columns.filter(|(at, _)| !kept.contains(&Some(*at)));
        others
            .filter_map(|(at, name)| Some((at, service_of(name)?)))
            .collect()
    }

    /// By column that is kept, the unit of its numbers where it matters.
    fn units(self) -> Vec<Option<Unit>> {
        let unit = |kept: &KeptColumn| {
            let (quantity, column) = (Quantity::new(kept)?, kept.position(self.header.names())?);
            Some(self.header.unit(column, quantity))
        };
        self.options.kept.iter().map(unit).collect()
    }

    fn placing<C: Cells>(self, below: &[&C]) -> Result<Placing, InputError> {
        let options = self.options;
        let is_named = options.is_named(Field::Lon) || options.is_named(Field::Lat);
        let said = places_by_system(options, &self.header.names_with_systems());
        let said = said.filter(|_| !options.has_no_places());
        let found = (self.find(Field::Lon)?, self.find(Field::Lat)?);
        let pairs = if is_named || said.is_some() {
            Vec::new()
        } else {
            coordinate_pairs(self.header)
        };
        let taken = match (&said, found) {
            (Some(said), _) => said.columns.1.map(|lat| (said.columns.0, lat)),
            (None, (Some(lon), Some(lat))) => Some((lon, lat)),
            (None, _) => best_pair(self.header, &pairs),
        };
        let place = match (taken, found) {
            _ if options.has_no_places() => PlaceColumns::None,
            (Some((lon, lat)), _) => PlaceColumns::Two {
                lon,
                lat,
                named: is_named,
            },
            (None, _) if said.is_some() => {
                let both = said.as_ref().map(|said| said.columns.0);
                PlaceColumns::One(both.ok_or_else(|| self.missing(Field::Lon))?)
            }
            // `经纬度` ends as a latitude's name does.
            (None, (lon, lat)) => {
                let missing_one = match (lon, lat) {
                    (Some(_), _) => Field::Lat,
                    _ => Field::Lon,
                };
                let both = pair_column(self.header, options, below);
                PlaceColumns::One(both.ok_or_else(|| self.missing(missing_one))?)
            }
        };
        let other_pairs = pairs
            .into_iter()
            .filter(|pair| taken != Some(*pair) && taken.is_some());
        let other_pairs = other_pairs.map(|(lon, lat)| {
            format!(
                "{}, {}",
                self.header.full_name(lon),
                self.header.full_name(lat)
            )
        });
        let other_pairs: Vec<String> = other_pairs.collect();
        Ok(Placing {
            place,
            said,
            other_pairs,
        })
    }
}

/// As many columns are looked at for coordinates in cells.
const MOST_LOOKED_AT: usize = 500;

/// The column that holds both coordinates: one that is called so and does, else one that is surely called so, else the only
/// one whose cells all do.
fn pair_column<C: Cells>(header: &Header, options: &ReadOptions, below: &[&C]) -> Option<usize> {
    let cells = |column: usize| below.iter().filter_map(move |row| row.cell(column));
    let holds = |column: &usize| cells(*column).any(cells::is_surely_pair);
    let is_full = |column: &usize| {
        cells(*column).next().is_some() && cells(*column).all(cells::is_surely_pair)
    };
    let looked_at = || 0..header.names().count().min(MOST_LOOKED_AT);
    let name = |column: usize| header.names().nth(column).unwrap_or_default();
    let is_called_so = |column: &usize| {
        let found = options.find(Field::LonLat, &[name(*column)].into_iter());
        matches!(found, Ok(Some(_)))
    };
    let is_sure = |column: &usize| !is_doubtful_pair(name(*column));
    looked_at()
        .filter(is_called_so)
        .find(holds)
        .or_else(|| {
            options
                .find(Field::LonLat, &header.names())
                .ok()
                .flatten()
                .filter(is_sure)
        })
        .or_else(|| looked_at().find(is_full))
}

impl Layout {
    /// `below` are some of the rows below the header: what stands in them shows where both coordinates are in one cell.
    pub(super) fn new<C: Cells>(
        source: &Source,
        header: Header,
        options: &ReadOptions,
        below: &[&C],
    ) -> Result<Self, InputError> {
        let named = Named {
            source,
            header: &header,
            options,
        };
        let find = |field: Field| named.find(field);
        let Placing {
            place,
            said,
            other_pairs,
        } = named.placing(below)?;
        let population = find(Field::Population)?.or_else(|| header.under(Field::Population));
        let (id, name) = (find(Field::Id)?, find(Field::Name)?);
        if options.has_no_places() && (id, name) == (None, None) {
            return Err(named.missing(Field::Name));
        }
        let kept = named.kept()?;
        Ok(Self {
            id,
            name,
            service_hours: named.service_hours(&kept),
            keeps_names: !options.passes_over_names(),
            counts: CountColumn::from_columns(options),
            kept,
            names_parents: options.names_parents(),
            place,
            population,
            people_unit: population.map(|column| header.unit(column, Quantity::People)),
            kept_units: named.units(),
            units_above: Vec::new(),
            address: find(Field::Address)?,
            header,
            said,
            first_row: 0,
            titles: Vec::new(),
            other_pairs,
        })
    }

    /// The system that the names of the coordinates' columns say: one of degrees, so that it is not that of metres.
    pub(super) fn system(&self, records: &[PointRecord]) -> Option<Crs> {
        let said = self.said.as_ref()?.crs.clone()?;
        let mut pairs = records.iter().filter_map(|record| record.xy.as_ref().ok());
        let is_degrees = |(x, y): &(f64, f64)| x.abs() <= 360.0 && y.abs() <= 360.0;
        pairs.next().is_none_or(is_degrees).then_some(said)
    }

    /// Says which of several pairs of columns was taken.
    pub(super) fn say_other_pairs(&self, source: &Source, findings: &mut Findings) {
        if let (PlaceColumns::Two { lon, lat, .. }, [other, ..]) = (&self.place, &*self.other_pairs)
        {
            findings.add(FindingCode::SeveralCoordinates, || {
                let name = |column: usize| self.header.full_name(column);
                let (file, lon, lat) = (source.name(), name(*lon), name(*lat));
                words!(
                    "{file}: {lon}, {lat} were taken, {other} were not",
                    "{file}：采用“{lon}, {lat}”，未采用“{other}”"
                )
            });
        }
    }

    /// Says which of several columns of coordinates were taken.
    pub(super) fn say_others(&self, source: &Source, findings: &mut Findings) {
        let Some(PlaceNames {
            columns: (taken, _),
            others,
            ..
        }) = &self.said
        else {
            return;
        };
        let Some(other) = others.first() else { return };
        let (name, taken, other) = (
            source.name(),
            self.header.full_name(*taken),
            self.header.full_name(*other),
        );
        findings.add(FindingCode::SeveralCoordinates, || {
            words!(
                "{name}: its coordinates are taken from {taken}, not from {other}",
                "{name}：坐标取自“{taken}”，未取“{other}”"
            )
        });
    }

    /// Where a column that counts people stands.
    pub(super) fn column_of(&self, count: CountColumn) -> Option<usize> {
        match count {
            CountColumn::Everybody => self.population,
            CountColumn::Kept(at) => self.kept[at],
        }
    }

    /// The unit of a column that counts people.
    pub(super) fn unit_of(&self, count: CountColumn) -> Option<&Unit> {
        match count {
            CountColumn::Everybody => self.people_unit.as_ref(),
            CountColumn::Kept(at) => self.kept_units[at].as_ref(),
        }
    }

    /// Which columns were taken, and as what.
    pub(super) fn reading(&self, options: &ReadOptions) -> Reading {
        let place = match self.place {
            PlaceColumns::Two { lon, lat, .. } => {
                vec![(Field::Lon, Some(lon)), (Field::Lat, Some(lat))]
            }
            PlaceColumns::One(both) => vec![(Field::LonLat, Some(both))],
            PlaceColumns::None => Vec::new(),
        };
        let fields = [
            (Field::Id, self.id),
            (Field::Name, self.name),
            (Field::Population, self.population),
            (Field::Address, self.address),
        ];
        let fields = place.into_iter().chain(fields);
        let fields = fields.filter_map(|(field, column)| {
            let column = column?;
            let by = options.known_by(field, self.header.name(column));
            let role = options.role_in(field, self.header.name(column));
            Some((column, role.to_owned(), by))
        });
        let kept = options.kept.iter().zip(&self.kept);
        let kept = kept.filter_map(|(kept, column)| {
            Some(((*column)?, kept.key().to_owned(), kept.known_by()))
        });
        let of_services = self.service_hours.iter();
        let of_services =
            of_services.map(|(column, service)| (*column, role_of(service), KnownBy::Name));
        let taken = fields.chain(kept).chain(of_services).collect();
        let names = self.header.full_names();
        Reading::default().with_columns(taken, &names.iter().map(String::as_str))
    }

    pub(super) fn place_columns(&self) -> impl Iterator<Item = usize> {
        let (first, second) = match self.place {
            PlaceColumns::Two { lon, lat, .. } => (Some(lon), Some(lat)),
            PlaceColumns::One(both) => (Some(both), None),
            PlaceColumns::None => (None, None),
        };
        first.into_iter().chain(second)
    }

    /// What the layer says of people.
    pub(super) fn population_read(&self, numbers: &ColumnNumbers) -> PopulationRead {
        let name = |column: usize| self.header.full_name(column);
        let kept = self.kept.iter().flatten().copied();
        let used = self.known_columns().chain(self.place_columns()).chain(kept);
        let used: Vec<String> = used.map(name).collect();
        let taken = self.population.map(name);
        population_read(taken.as_deref(), &used, numbers)
    }

    /// The columns of the id, the name and the address.
    pub(super) fn known_columns(&self) -> impl Iterator<Item = usize> {
        [self.id, self.name, self.address].into_iter().flatten()
    }
}
