//! Rows of cells become point records, whatever file they come from: the header is found below titles, also in two rows
//! with merged cells; totals and repeated headers are no records and are counted.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::cells::{self, Comma};
use super::column_units::{Quantity, Unit, tell_unknown, with_unit};
use super::columns::{Columns, Field, KeptColumn, is_doubtful_pair, listed};
use super::header::{Cells, Header, best_pair, coordinate_pairs, is_note, is_of_header, is_same};
use super::population::{ColumnNumbers, SAMPLED, population_read};
use super::said::{PlaceNames, places_by_system, system_said_by};
use super::system_column::{self, SystemColumn};
use super::text::is_damaged;
use super::thousands::{CountColumn, Parted, PointedNumbers};
use super::totals::{is_only_total, is_total};
use super::units_above::{UnitAbove, UnitsAbove, states_unit};
use super::{
    InputError, LostCell, OtherColumns, PointRecord, PointRecords, PopulationRead, Reading, Source,
};
use crate::crs::Crs;
use crate::model::{AttributeWriter, Attributes, Fault, FindingCode, Findings};
use crate::text::language::{Words, words};
use crate::units::{ParsePeopleError, People};

/// How far down a header is looked for: below a title, a unit, a date and a note.
const HEADER_ROWS: usize = 30;

#[cfg(feature = "csv")]
impl Cells for csv::StringRecord {
    fn cells(&self) -> impl Iterator<Item = &str> + Clone {
        self.iter()
    }

    fn cell(&self, column: usize) -> Option<&str> {
        let text = self.get(column)?.trim();
        (!text.is_empty()).then_some(text)
    }
}

/// A row and where it stands.
pub(super) struct Row<C> {
    /// Counted from 1.
    pub(super) number: u64,
    pub(super) cells: C,
}

/// How the rows of a file are named and written.
#[derive(Clone, Copy)]
pub(super) struct Dialect<'a> {
    /// What stands before a row's number: `line`, `sheet 站点 row`.
    pub(super) row: &'a str,
    pub(super) comma: Comma,
    /// Whether each row has a cell for each column, also an empty one.
    pub(super) is_whole: bool,
}

/// Where the fields stand in a row.
struct Layout {
    id: Option<usize>,
    name: Option<usize>,
    /// Whether names are kept.
    keeps_names: bool,
    place: PlaceColumns,
    population: Option<usize>,
    people_unit: Option<Unit>,
    address: Option<usize>,
    /// By column that is kept, where it stands.
    kept: Vec<Option<usize>>,
    /// By column that is kept, the unit of its numbers where it matters.
    kept_units: Vec<Option<Unit>>,
    /// Those that count people.
    counts: Vec<CountColumn>,
    /// The columns whose unit stands above the table.
    units_above: Vec<(usize, UnitAbove)>,
    /// Whether one of them is that of the parents.
    names_parents: bool,
    /// The header itself, which long tables repeat on every printed page.
    header: Header,
    /// What the columns' names say of the coordinate system.
    said: Option<PlaceNames>,
    /// The position of the header's first row.
    first_row: usize,
    /// Further pairs of columns with coordinates.
    other_pairs: Vec<String>,
    /// The rows above it: titles, which are repeated too.
    titles: Vec<Vec<String>>,
}

enum PlaceColumns {
    Two { lon: usize, lat: usize, named: bool },
    One(usize),
    None,
}

/// Reads the point records of a table. A row that cannot be used is a record with a [`Fault`].
///
/// # Errors
/// [`InputError::Column`] without a row that names the coordinates, or one that was named; errors of `rows`.
pub(super) fn read_points<C: Cells>(
    source: &Source,
    mut rows: impl Iterator<Item = Result<Row<C>, InputError>>,
    columns: &Columns,
    dialect: Dialect<'_>,
) -> Result<PointRecords, InputError> {
    let mut top: Vec<Row<C>> = rows.by_ref().take(HEADER_ROWS).collect::<Result<_, _>>()?;
    if top.first().is_some_and(|row| names_separator(&row.cells)) {
        top.remove(0);
    }
    let (layout, header_rows) = find_header(source, &top, columns)?;
    let number = |row: usize| top.get(row).map_or(0, |row| row.number);
    let mut reading = Reading {
        header: Some((number(layout.first_row), number(header_rows - 1))),
        ..layout.reading(columns)
    };
    let mut findings = Findings::default();
    let beside = header_rows - 1;
    findings.add_many(FindingCode::HeaderRows, beside as u64, || {
        Words::place(&format!(
            "{} {} {}",
            source.name(),
            dialect.row,
            number(usize::from(layout.first_row == 0))
        ))
    });
    layout.say_other_pairs(source, &mut findings);
    let (mut records, mut lost) = (Vec::new(), Vec::new());
    let mut others = OtherColumns::default();
    let mut kept: Vec<AttributeWriter> = layout
        .kept
        .iter()
        .map(|_| AttributeWriter::default())
        .collect();
    let mut numbers = ColumnNumbers::of(layout.header.full_names().iter().map(String::as_str));
    let full_names = layout.header.full_names();
    let mut systems =
        SystemColumn::of(full_names.iter().map(String::as_str)).filter(|_| !columns.without_places);
    let mut pointed = PointedNumbers::default();
    let below = top.into_iter().skip(header_rows).map(Ok).chain(rows);
    for row in below {
        let row = row?;
        reading.rows += 1;
        let place = || format!("{} {} {}", source.name(), dialect.row, row.number);
        if layout.is_no_record(&row.cells) {
            findings.add(FindingCode::TotalRow, || Words::place(&place()));
            continue;
        }
        if dialect.is_whole && layout.header.is_ragged(&row.cells) {
            findings.add(FindingCode::RaggedRow, || Words::place(&place()));
        }
        if row.cells.cells().any(is_damaged) {
            findings.add(FindingCode::DamagedText, || Words::place(&place()));
        }
        if layout.population.is_none() && records.len() < SAMPLED {
            for (column, cell) in row.cells.cells().enumerate() {
                numbers.look_at(column, cell);
            }
        }
        if let Some(systems) = &mut systems {
            systems.look_at(row.cells.cell(systems.column()));
        }
        if layout.names_parents {
            layout.add_others(&row.cells, &mut others);
        }
        let record = layout.record(&row.cells, dialect.comma, place());
        lost.extend(layout.lost(&row.cells, &record));
        layout.look_at_points(&row.cells, records.len(), &mut pointed);
        records.push(record);
        for (at, writer) in kept.iter_mut().enumerate() {
            writer.push(layout.kept_cell(at, &row.cells, dialect.comma).as_deref());
        }
    }
    let keys = columns.kept.iter().map(|kept| kept.key().to_owned());
    let kept = keys.zip(kept.into_iter().map(AttributeWriter::finish));
    let mut attributes = Attributes::new(records.len(), kept.collect());
    layout.say_others(source, &mut findings);
    let by_name = layout.system(&records);
    let crs = system_column::taken(by_name, systems.as_ref(), (source, columns), &mut findings);
    layout.say_units(source, dialect, &mut findings);
    layout.part_all(
        source,
        columns,
        pointed,
        &mut records,
        &mut attributes,
        &mut findings,
    );
    Ok(PointRecords {
        attributes,
        has_ids: layout.id.is_some(),
        crs,
        outlines: Vec::new(),
        lost,
        others,
        records,
        axes_by_name: matches!(layout.place, PlaceColumns::Two { named: false, .. }),
        pair_in_cell: matches!(layout.place, PlaceColumns::One(_)),
        reading,
        population: layout.population_read(&numbers),
        findings,
    })
}

/// Whether a row is that by which a spreadsheet is told the separator: `sep=;`.
fn names_separator(row: &impl Cells) -> bool {
    let mut filled = row.cells().filter(|cell| !cell.trim().is_empty());
    let is_it = filled.next().is_some_and(|cell| {
        let rest = cell.trim().to_lowercase();
        rest.strip_prefix("sep=").is_some_and(|rest| rest.len() < 2)
    });
    is_it && filled.next().is_none()
}

/// What a table should hold.
pub(super) fn header_and_records() -> Words {
    Words::new("a header row and records", "表头和记录")
}

/// The first row, or rows one below the other, whose cells name the coordinates; and how many rows end with it.
fn find_header<C: Cells>(
    source: &Source,
    top: &[Row<C>],
    columns: &Columns,
) -> Result<(Layout, usize), InputError> {
    // Of the row that is most like a header: with the most cells.
    let mut error_of_widest: Option<(usize, InputError)> = None;
    for (position, row) in top.iter().enumerate() {
        let below = top[position + 1..].iter();
        // The rows right below this one.
        let below = below
            .zip(row.number + 1..)
            .take_while(|(next, number)| next.number == *number);
        let below: Vec<&C> = below.map(|(next, _)| &next.cells).collect();
        match header_at(source, &row.cells, &below, columns) {
            Ok(mut layout) => {
                let titles = top[..position].iter();
                layout.titles = titles
                    .map(|row| row.cells.cells().map(str::to_owned).collect())
                    .collect();
                layout.first_row = position;
                layout.take_units_above(&top[..position], row.number, columns);
                let rows = position + layout.header.height();
                return Ok((layout, rows));
            }
            Err(error) => {
                let filled = row.cells.cells().filter(|cell| !cell.trim().is_empty());
                let filled = filled.count();
                if error_of_widest
                    .as_ref()
                    .is_none_or(|(most, _)| filled > *most)
                {
                    error_of_widest = Some((filled, error));
                }
            }
        }
    }
    let nothing = || InputError::Empty {
        layer: None,
        file: source.path().to_owned(),
        wanted: header_and_records(),
    };
    Err(error_of_widest.map_or_else(nothing, |(_, error)| error))
}

/// The layout by a header that begins with this row.
fn header_at<C: Cells>(
    source: &Source,
    row: &C,
    below: &[&C],
    columns: &Columns,
) -> Result<Layout, InputError> {
    let header = Header::of(row);
    let mut layout = Layout::new(source, header.clone(), columns, below);
    // One heading over two columns is not one column with both.
    let is_whole = matches!(
        layout,
        Ok(Layout {
            place: PlaceColumns::Two { .. } | PlaceColumns::None,
            ..
        })
    );
    let mut rest = below.iter();
    if let (false, Some(lower)) = (is_whole || is_title(row), below.first())
        && header.has_names_in(*lower)
        && let Ok(both) = Layout::new(source, header.with_row(*lower), columns, below)
        && matches!(both.place, PlaceColumns::Two { .. })
    {
        layout = Ok(both);
        rest.next();
    }
    let mut layout = layout?;
    for lower in rest {
        let is_part = is_of_header(*lower, layout.known_columns(), layout.place_columns());
        if !is_part || !layout.header.may_grow() {
            break;
        }
        let header = if layout.header.has_names_in(*lower) {
            layout.header.with_row(*lower)
        } else {
            layout.header.with_units(*lower)
        };
        layout = Layout::new(source, header, columns, below)?;
    }
    Ok(layout)
}

/// Whether a row is a title, and no row of headings: nothing stands in it but its first cell, which says no coordinate system,
/// and the unit of the table.
fn is_title(row: &impl Cells) -> bool {
    let cells = row.cells().map(str::trim).enumerate();
    let mut others = cells.filter(|(_, cell)| !cell.is_empty() && !states_unit(cell));
    others.all(|(column, cell)| column == 0 && system_said_by(cell).is_none())
}

/// As many columns are looked at for coordinates in cells.
const MOST_LOOKED_AT: usize = 500;

/// The column that holds both coordinates: one that is called so and does, else one that is surely called so, else the only
/// one whose cells all do.
fn pair_column<C: Cells>(header: &Header, columns: &Columns, below: &[&C]) -> Option<usize> {
    let cells = |column: usize| below.iter().filter_map(move |row| row.cell(column));
    let holds = |column: &usize| cells(*column).any(cells::is_surely_pair);
    let is_full = |column: &usize| {
        cells(*column).next().is_some() && cells(*column).all(cells::is_surely_pair)
    };
    let looked_at = || 0..header.names().count().min(MOST_LOOKED_AT);
    let name = |column: usize| header.names().nth(column).unwrap_or_default();
    let is_called_so = |column: &usize| {
        let found = columns.find(Field::LonLat, &[name(*column)].into_iter());
        matches!(found, Ok(Some(_)))
    };
    let is_sure = |column: &usize| !is_doubtful_pair(name(*column));
    looked_at()
        .filter(is_called_so)
        .find(holds)
        .or_else(|| {
            columns
                .find(Field::LonLat, &header.names())
                .ok()
                .flatten()
                .filter(is_sure)
        })
        .or_else(|| looked_at().find(is_full))
}

/// By column that is kept, the unit of its numbers where it matters.
fn units_of(header: &Header, columns: &Columns) -> Vec<Option<Unit>> {
    let names = || header.names();
    let unit = |kept: &KeptColumn| {
        let (quantity, column) = (Quantity::of(kept)?, kept.position(names())?);
        Some(header.unit(column, quantity))
    };
    columns.kept.iter().map(unit).collect()
}

impl Layout {
    /// `below` are some of the rows below the header: what stands in them shows where both coordinates are in one cell.
    fn new<C: Cells>(
        source: &Source,
        header: Header,
        columns: &Columns,
        below: &[&C],
    ) -> Result<Self, InputError> {
        let names = || header.names();
        let missing = |field: Field| InputError::Column {
            file: source.path().to_owned(),
            field: field.words(),
            found: listed(names()),
            option: field.option(),
        };
        let find = |field: Field| columns.find(field, &names()).map_err(|()| missing(field));
        let is_named = columns.is_named(Field::Lon) || columns.is_named(Field::Lat);
        let said = places_by_system(columns, &header.names_with_systems());
        let said = said.filter(|_| !columns.without_places);
        let found = (find(Field::Lon)?, find(Field::Lat)?);
        let pairs = if is_named || said.is_some() {
            Vec::new()
        } else {
            coordinate_pairs(&header)
        };
        let taken = match (&said, found) {
            (Some(said), _) => said.columns.1.map(|lat| (said.columns.0, lat)),
            (None, (Some(lon), Some(lat))) => Some((lon, lat)),
            (None, _) => best_pair(&header, &pairs),
        };
        let place = match (taken, found) {
            _ if columns.without_places => PlaceColumns::None,
            (Some((lon, lat)), _) => PlaceColumns::Two {
                lon,
                lat,
                named: is_named,
            },
            (None, _) if said.is_some() => {
                let both = said.as_ref().map(|said| said.columns.0);
                PlaceColumns::One(both.ok_or_else(|| missing(Field::Lon))?)
            }
            // `经纬度` ends as a latitude's name does.
            (None, (lon, lat)) => {
                let missing_one = match (lon, lat) {
                    (Some(_), _) => Field::Lat,
                    _ => Field::Lon,
                };
                let both = pair_column(&header, columns, below);
                PlaceColumns::One(both.ok_or_else(|| missing(missing_one))?)
            }
        };
        let other_pairs = pairs
            .into_iter()
            .filter(|pair| taken != Some(*pair) && taken.is_some());
        let other_pairs = other_pairs
            .map(|(lon, lat)| format!("{}, {}", header.full_name(lon), header.full_name(lat)));
        let other_pairs: Vec<String> = other_pairs.collect();
        let population = find(Field::Population)?.or_else(|| header.under(Field::Population));
        let (id, name) = (find(Field::Id)?, find(Field::Name)?);
        if columns.without_places && (id, name) == (None, None) {
            return Err(missing(Field::Name));
        }
        let keep = |kept: &KeptColumn| match (kept.position(names()), kept.missing()) {
            (None, Some(field)) => Err(InputError::Column {
                file: source.path().to_owned(),
                field,
                found: listed(names()),
                option: "‹group›",
            }),
            (position, _) => Ok(position),
        };
        Ok(Self {
            id,
            name,
            keeps_names: !columns.without_names,
            counts: CountColumn::of(columns),
            kept: columns.kept.iter().map(keep).collect::<Result<_, _>>()?,
            names_parents: columns.names_parents(),
            place,
            population,
            people_unit: population.map(|column| header.unit(column, Quantity::People)),
            kept_units: units_of(&header, columns),
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
    fn system(&self, records: &[PointRecord]) -> Option<Crs> {
        let said = self.said.as_ref()?.crs.clone()?;
        let mut pairs = records.iter().filter_map(|record| record.xy.as_ref().ok());
        let is_degrees = |(x, y): &(f64, f64)| x.abs() <= 360.0 && y.abs() <= 360.0;
        pairs.next().is_none_or(is_degrees).then_some(said)
    }

    /// Says which of several pairs of columns was taken.
    fn say_other_pairs(&self, source: &Source, findings: &mut Findings) {
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
    fn say_others(&self, source: &Source, findings: &mut Findings) {
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

    /// Looks at the points and commas of a row's numbers.
    fn look_at_points(&self, row: &impl Cells, record: usize, pointed: &mut PointedNumbers) {
        let counts = self.counts.iter().copied();
        let filled = counts.filter_map(|count| Some((count, row.cell(self.column_of(count)?)?)));
        let filled: Vec<(CountColumn, &str)> = filled.collect();
        if filled.is_empty() {
            return;
        }
        if matches!(self.place, PlaceColumns::Two { .. }) {
            let places = self.place_columns().filter_map(|column| row.cell(column));
            places.for_each(|text| pointed.look_at_coordinate(text));
        }
        for (column, text) in filled {
            pointed.look(record, column, text);
        }
    }

    /// Where a column that counts people stands.
    fn column_of(&self, count: CountColumn) -> Option<usize> {
        match count {
            CountColumn::Everybody => self.population,
            CountColumn::Kept(at) => self.kept[at],
        }
    }

    /// The unit of a column that counts people.
    fn unit_of(&self, count: CountColumn) -> Option<&Unit> {
        match count {
            CountColumn::Everybody => self.people_unit.as_ref(),
            CountColumn::Kept(at) => self.kept_units[at].as_ref(),
        }
    }

    /// What is kept of a row: a number of people as all of them are read, whatever its unit and its commas; any other text as it
    /// stands, with the unit that its column gives.
    fn kept_cell<'r>(&self, at: usize, row: &'r impl Cells, comma: Comma) -> Option<Cow<'r, str>> {
        let cell = row.cell(self.kept[at]?)?;
        let count = CountColumn::Kept(at);
        if self.counts.contains(&count)
            && let Some(Ok(people)) = self.people_in(count, row, comma)
        {
            return Some(Cow::Owned(people.to_string()));
        }
        Some(match &self.kept_units[at] {
            Some(unit) => with_unit(cell, unit),
            None => Cow::Borrowed(cell),
        })
    }

    /// Reads numbers of people again whose points part thousands.
    fn part_all(
        &self,
        source: &Source,
        columns: &Columns,
        pointed: PointedNumbers,
        records: &mut [PointRecord],
        attributes: &mut Attributes,
        findings: &mut Findings,
    ) {
        let mut of_groups: BTreeMap<usize, BTreeMap<usize, String>> = BTreeMap::new();
        for parted in pointed.numbers() {
            let record = &mut records[parted.record];
            let people = self.part_thousands(source, record, &parted, findings);
            match (parted.column, people) {
                (_, None) => {}
                (CountColumn::Everybody, people) => record.people = Ok(people),
                (CountColumn::Kept(at), Some(people)) => {
                    let cells = of_groups.entry(at).or_default();
                    cells.insert(parted.record, people.to_string());
                }
            }
        }
        for (at, cells) in &of_groups {
            attributes.replace(columns.kept[*at].key(), cells);
        }
    }

    /// The people of a cell whose points part thousands, and says so.
    fn part_thousands(
        &self,
        source: &Source,
        record: &PointRecord,
        parted: &Parted,
        findings: &mut Findings,
    ) -> Option<People> {
        // 1.200 of a column in 万人 is no whole number of people.
        if !matches!(
            self.unit_of(parted.column),
            Some(Unit::Of { size: 1.0, .. })
        ) {
            return None;
        }
        // More than there can be is no number of people before either.
        let people: People = parted.number.parse().ok()?;
        findings.add(FindingCode::PointsPartThousands, || {
            let column = self.column_of(parted.column);
            let column = column.map(|column| self.header.full_name(column));
            let (name, column) = (source.name(), column.unwrap_or_default());
            let place = record.source.as_str();
            let place = place.strip_prefix(name).map_or(place, str::trim);
            let place_zh = crate::text::language::place_zh(place);
            words!(
                "{name}, {place}, column {column}: {people} people",
                "{name}，{place_zh}，“{column}”列：{people} 人"
            )
        });
        Some(people)
    }

    /// Takes the units that titles give for the columns of people and of floor area that give none themselves; `first` is the
    /// number of the header's first row.
    fn take_units_above<C: Cells>(&mut self, titles: &[Row<C>], first: u64, columns: &Columns) {
        let mut above = UnitsAbove::default();
        for title in titles {
            above.look_at(&title.cells, title.number);
        }
        for (row, number) in self.header.upper_rows().iter().zip(first..) {
            above.look_at_headings(row, number);
        }
        let found = |column: Option<usize>, quantity: Option<Quantity>| {
            let (column, quantity) = (column?, quantity?);
            let gives_none = self.header.own_unit(column, quantity).is_none();
            Some((column, above.of(quantity).filter(|_| gives_none)?))
        };
        let of_people = found(self.population, Some(Quantity::People));
        let kept = columns.kept.iter().zip(&self.kept);
        let of_kept: Vec<_> = kept
            .map(|(kept, column)| found(*column, Quantity::of(kept)))
            .collect();
        let units = std::iter::once(&mut self.people_unit).chain(&mut self.kept_units);
        for (unit, found) in units.zip(std::iter::once(&of_people).chain(&of_kept)) {
            if let Some((_, above)) = found {
                *unit = Some(above.unit.clone());
            }
        }
        let all = of_people.into_iter().chain(of_kept.into_iter().flatten());
        self.units_above = all.collect();
    }

    /// Names the columns of people and of floor area whose unit is not understood, and those whose unit stands above the table.
    fn say_units(&self, source: &Source, dialect: Dialect<'_>, findings: &mut Findings) {
        for (column, UnitAbove { unit, text, row }) in &self.units_above {
            if !matches!(unit, Unit::Of { size, .. } if *size != 1.0) {
                continue;
            }
            let (column, place) = (
                self.header.name(*column),
                format!("{} {} {row}", source.name(), dialect.row),
            );
            findings.add(FindingCode::UnitAbove, || {
                let zh = crate::text::language::place_zh(&place);
                words!(
                    "{place}: column {column} is in {text}",
                    "{zh}：“{column}”列单位为{text}"
                )
            });
        }
        let population = (self.population, &self.people_unit);
        let kept = self.kept.iter().copied().zip(&self.kept_units);
        for (column, unit) in std::iter::once(population).chain(kept) {
            if let (Some(column), Some(unit)) = (column, unit) {
                let is_above = self.units_above.iter().any(|(own, _)| *own == column);
                // A title that gives the unit is no heading of the column.
                let name = if is_above {
                    self.header.name(column).to_owned()
                } else {
                    self.header.full_name(column)
                };
                tell_unknown(findings, source, &name, unit);
            }
        }
    }

    /// Which columns were taken, and as what.
    fn reading(&self, columns: &Columns) -> Reading {
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
            let by = columns.known_by(field, self.header.name(column));
            Some((column, field.role().to_owned(), by))
        });
        let kept = columns.kept.iter().zip(&self.kept);
        let kept = kept.filter_map(|(kept, column)| {
            Some(((*column)?, kept.key().to_owned(), kept.known_by()))
        });
        let taken = fields.chain(kept).collect();
        let names = self.header.full_names();
        Reading::default().with_columns(taken, &names.iter().map(String::as_str))
    }

    fn place_columns(&self) -> impl Iterator<Item = usize> {
        let (first, second) = match self.place {
            PlaceColumns::Two { lon, lat, .. } => (Some(lon), Some(lat)),
            PlaceColumns::One(both) => (Some(both), None),
            PlaceColumns::None => (None, None),
        };
        first.into_iter().chain(second)
    }

    /// What the layer says of people.
    fn population_read(&self, numbers: &ColumnNumbers) -> PopulationRead {
        let name = |column: usize| self.header.full_name(column);
        let kept = self.kept.iter().flatten().copied();
        let used = self.known_columns().chain(self.place_columns()).chain(kept);
        let used: Vec<String> = used.map(name).collect();
        let taken = self.population.map(name);
        population_read(taken.as_deref(), &used, numbers)
    }

    /// The columns of the id, the name and the address.
    fn known_columns(&self) -> impl Iterator<Item = usize> {
        [self.id, self.name, self.address].into_iter().flatten()
    }

    /// Totals and notes, and titles and headers that are repeated further down. What only begins or ends as a total is one
    /// without a coordinate: a place may be called so.
    fn is_no_record(&self, row: &impl Cells) -> bool {
        let first = row.cells().map(str::trim).find(|cell| !cell.is_empty());
        let known = [self.id, self.name].into_iter().flatten();
        let mut said = first
            .into_iter()
            .chain(known.filter_map(|column| row.cell(column)));
        if said.clone().any(is_only_total) {
            return true;
        }
        let mut places = self.place_columns();
        let has_no_place = places.all(|column| row.cell(column).is_none());
        if has_no_place && (said.any(is_total) || is_note(row)) {
            return true;
        }
        self.header.is_repeated_by(row)
            || has_no_place && self.titles.iter().any(|title| is_same(title, row))
    }

    fn record(&self, row: &impl Cells, comma: Comma, source: String) -> PointRecord {
        let known = |text: &&str| !cells::is_lost(text);
        let text = |column: Option<usize>| column.and_then(|column| row.cell(column)).filter(known);
        PointRecord {
            id: text(self.id).map(str::to_owned),
            name: text(self.name.filter(|_| self.keeps_names)).map(str::to_owned),
            xy: self.xy(row, comma),
            people: self.people(row, comma),
            source,
        }
    }

    /// Adds the cells of a row that are neither its id nor its place.
    fn add_others(&self, row: &impl Cells, others: &mut OtherColumns) {
        let is_taken =
            |column| self.id == Some(column) || self.place_columns().any(|at| at == column);
        let columns = (0..self.header.names().count()).filter(|column| !is_taken(*column));
        for column in columns {
            if let Some(text) = row.cell(column) {
                others.add(&self.header.full_name(column), text);
            }
        }
    }

    /// The cells of the id and the name whose value is lost.
    fn lost(&self, row: &impl Cells, record: &PointRecord) -> impl Iterator<Item = LostCell> {
        let lost = [self.id, self.name].map(|column| {
            let column = column?;
            let text = row.cell(column).filter(|text| cells::is_lost(text))?;
            Some(LostCell {
                text: text.to_owned(),
                column: self.header.full_name(column),
                source: record.source.clone(),
            })
        });
        lost.into_iter().flatten()
    }

    fn xy(&self, row: &impl Cells, comma: Comma) -> Result<(f64, f64), Fault> {
        let no_coordinate = || match self.address.and_then(|column| row.cell(column)) {
            Some(address) => Fault::Unlocated {
                address: address.to_owned(),
            },
            None => Fault::NoCoordinate,
        };
        let not_a_number = |field: &str, text: &str| Fault::NotANumber {
            field: field.to_owned(),
            text: text.to_owned(),
        };
        let number = |column: usize, field: &str| {
            let text = row.cell(column).ok_or_else(no_coordinate)?;
            cells::coordinate(text, comma).ok_or_else(|| not_a_number(field, text))
        };
        match self.place {
            PlaceColumns::Two { lon, lat, .. } => {
                Ok((number(lon, "longitude")?, number(lat, "latitude")?))
            }
            PlaceColumns::One(both) => {
                let text = row.cell(both).ok_or_else(no_coordinate)?;
                cells::pair(text).ok_or_else(|| not_a_number("coordinate", text))
            }
            PlaceColumns::None => Err(no_coordinate()),
        }
    }

    fn people(&self, row: &impl Cells, comma: Comma) -> Result<Option<People>, Fault> {
        let people = self.people_in(CountColumn::Everybody, row, comma);
        people
            .transpose()
            .map_err(|reason| Fault::Population { reason })
    }

    /// The number of people in a row's cell, where one is filled.
    fn people_in(
        &self,
        count: CountColumn,
        row: &impl Cells,
        comma: Comma,
    ) -> Option<Result<People, ParsePeopleError>> {
        let text = row.cell(self.column_of(count)?)?;
        // Where a row's coordinates have points for decimals, so has its number of people.
        let has_point = |column| row.cell(column).is_some_and(|cell| cell.contains('.'));
        let comma = if self.place_columns().any(has_point) {
            Comma::Thousands
        } else {
            comma
        };
        let text = match self.unit_of(count) {
            Some(unit) => with_unit(text, unit),
            None => text.into(),
        };
        Some(cells::people(&text, comma))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIALECT: Dialect<'_> = Dialect {
        row: "row",
        comma: Comma::Thousands,
        is_whole: false,
    };

    fn read(rows: &[&[&str]]) -> Result<PointRecords, InputError> {
        let rows = rows.iter().zip(1..).map(|(row, number)| {
            let cells = row
                .iter()
                .map(|cell| (*cell).to_owned())
                .collect::<Vec<_>>();
            Ok(Row { number, cells })
        });
        let source = Source::from_bytes("homes", Vec::new());
        read_points(&source, rows, &Columns::default(), DIALECT)
    }

    fn ids(read: &PointRecords) -> Vec<&str> {
        let ids = read.records.iter().map(|record| record.id.as_deref());
        ids.map(Option::unwrap_or_default).collect()
    }

    #[test]
    fn the_header_is_found_below_titles_and_in_two_rows() {
        let read = read(&[
            &["迎泽区社区卫生服务站一览表"],
            &["", "单位：人", "2024-12-31"],
            &["编号", "名称", "坐标", "", "人口"],
            &["", "", "经度", "纬度", ""],
            &["1", "柳巷", "112.55", "37.86", "1,200"],
            &["2", "老军营", "112.54", "37.85", "800人"],
        ])
        .expect("a header in two rows");
        assert_eq!(ids(&read), ["1", "2"]);
        assert_eq!(read.records[0].name.as_deref(), Some("柳巷"));
        assert_eq!(read.records[0].xy, Ok((112.55, 37.86)));
        assert_eq!(read.records[0].source, "homes row 5");
        let people: Vec<_> = read
            .records
            .iter()
            .map(|record| record.people.clone())
            .collect();
        assert_eq!(
            people,
            [1_200_000, 800_000].map(|n| Ok(Some(People::from_thousandths(n))))
        );
    }

    #[test]
    fn totals_and_repeated_headers_are_counted_and_no_records() {
        let header: &[&str] = &["编号", "经度", "纬度", "人口"];
        let read = read(&[
            header,
            &["1", "112.55", "37.86", "1"],
            &["小　计", "", "", "1"],
            header,
            &["2", "112.54", "37.85", "1"],
            &["Total", "2.35", "48.85", "1"],
            &["合计", "112.56", "37.86", "2"],
            &["本页合计：", "", "", "2"],
            &["", "", "", "3"],
        ])
        .expect("a table");
        assert_eq!(
            ids(&read),
            ["1", "2", "Total", ""],
            "a place that is called as a total stays"
        );
        assert_eq!(read.findings.count(FindingCode::TotalRow), 4);
        assert_eq!(read.records[3].xy, Err(Fault::NoCoordinate));
    }

    #[test]
    fn a_total_is_none_by_its_name_or_first_cell_whatever_its_coordinates() {
        let read = read(&[
            &["序号", "编号", "经度", "纬度", "名称", "人口"],
            &["1", "H1", "112.53", "37.84", "一号楼", "120"],
            &["2", "", "112.56", "37.86", "合 计", "120"],
            &["小计", "H2", "112.56", "37.86", "", "120"],
            &["3", "总计", "112.56", "37.86", "", "120"],
            &["4", "H3", "112.56", "37.86", "合计门诊", "35"],
        ])
        .expect("a table");
        assert_eq!(ids(&read), ["H1", "H3"]);
        assert_eq!(read.findings.count(FindingCode::TotalRow), 3);
    }

    #[test]
    fn an_address_without_a_coordinate_is_said() {
        let read = read(&[
            &["名称", "地址", "经度", "纬度"],
            &["药店", "迎泽大街1号", "", ""],
            &["诊所", "", "", ""],
        ])
        .expect("a table");
        let address = "迎泽大街1号".to_owned();
        assert_eq!(read.records[0].xy, Err(Fault::Unlocated { address }));
        assert_eq!(read.records[1].xy, Err(Fault::NoCoordinate));
    }

    #[test]
    fn one_column_may_hold_both_coordinates() {
        let read = read(&[
            &["name", "location"],
            &["a", "112.55,37.86"],
            &["b", "park"],
        ])
        .expect("a table");
        assert_eq!(read.records[0].xy, Ok((112.55, 37.86)));
        assert!(matches!(read.records[1].xy, Err(Fault::NotANumber { .. })));
        assert!(!read.axes_by_name);
    }

    #[test]
    fn a_unit_of_ten_thousand_multiplies() {
        let read = read(&[&["x", "y", "人口（万人）"], &["1", "2", "1.5"]]).expect("a table");
        assert_eq!(
            read.records[0].people,
            Ok(Some(People::from_thousandths(15_000_000)))
        );
    }

    #[test]
    fn a_cell_with_a_unit_of_its_own_is_not_multiplied_by_that_of_its_column() {
        let read = read(&[
            &["x", "y", "人口（万人）"],
            &["1", "2", "1200人"],
            &["1", "2", "1.2万"],
            &["1", "2", "1.2"],
        ])
        .expect("a table");
        let people = read.records.iter().map(|record| record.people.clone());
        let expected =
            [1_200_000, 12_000_000, 12_000_000].map(|n| Ok(Some(People::from_thousandths(n))));
        assert_eq!(people.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn points_part_thousands_where_the_table_shows_it() {
        let people = |numbers: &[&str], lon: &str| {
            let header = ["x", "y", "people"];
            let lat = if lon.contains(',') { "37,86" } else { "37.86" };
            let rows: Vec<[&str; 3]> = numbers.iter().map(|number| [lon, lat, number]).collect();
            let rows: Vec<&[&str]> = std::iter::once(&header[..])
                .chain(rows.iter().map(|row| &row[..]))
                .collect();
            let read = read(&rows).expect("a table");
            let people = read.records.iter().map(|record| match &record.people {
                Ok(Some(people)) => people.thousandths() / 1000,
                _ => panic!("{record:?}"),
            });
            (
                people.sum::<u64>(),
                read.findings.count(FindingCode::PointsPartThousands),
            )
        };
        assert_eq!(people(&["1.200", "35"], "112,5534"), (1235, 1));
        assert_eq!(people(&["1.200", "35"], "112.5534"), (36, 0));
        assert_eq!(people(&["1.20", "3.5", "2.300"], "112,5534").1, 1);
        // Estimates have three decimals.
        assert_eq!(people(&["94.769", "81.608", "64.762"], "112.55"), (239, 0));
    }

    #[test]
    fn a_unit_that_is_not_understood_is_said_with_its_column() {
        let read = read(&[&["x", "y", "人口（打）"], &["1", "2", "3"]]).expect("a table");
        let said = read.findings.worst_first();
        assert_eq!(said[0].code, FindingCode::UnitNotUnderstood);
        assert_eq!(said[0].example.to_string(), "homes, column 人口（打）: 打");
    }

    #[test]
    fn groups_and_floor_areas_have_the_unit_of_their_column() {
        let columns = Columns {
            kept: vec![
                KeptColumn::Named("老人(万人)".into()),
                KeptColumn::Known(crate::model::Attribute::FloorArea),
            ],
            ..Columns::default()
        };
        let rows = [
            ["x", "y", "老人(万人)", "建筑面积（亩）"],
            ["1", "2", "0.012", "1.5"],
        ];
        let rows = rows.iter().zip(1..).map(|(row, number)| {
            let cells = row.iter().map(|cell| (*cell).to_owned());
            let cells = cells.collect::<Vec<_>>();
            Ok(Row { number, cells })
        });
        let source = Source::from_bytes("homes", Vec::new());
        let read = read_points(&source, rows, &columns, DIALECT).expect("a table");
        let cell = |key| read.attributes.named(key).and_then(|column| column.get(0));
        let elders = cells::people(cell("老人(万人)").expect("a group"), Comma::Thousands);
        assert_eq!(elders, Ok(People::from_thousandths(120_000)));
        assert_eq!(
            cells::size(cell("floor_area").expect("an area")),
            Some(1000.0)
        );
    }

    #[test]
    fn a_table_without_coordinates_shows_its_first_row() {
        let error = read(&[&["名称", "地址"], &["a", "b"]]).expect_err("no coordinates");
        assert!(error.to_string().contains("名称, 地址"), "{error}");
        let error = read(&[&["一览表", ""], &["名称", "地址"], &["a", "b"]]);
        let error = error.expect_err("no coordinates");
        assert!(error.to_string().contains("名称, 地址"), "{error}");
    }
}
