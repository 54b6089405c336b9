//! Rows of cells become point records, whatever file they come from: the header is found below titles, also in two rows
//! with merged cells; totals and repeated headers are no records and are counted.

use super::cells::{self, Comma};
use super::columns::{Columns, Field, KeptColumn, listed, people_per_unit};
use super::said::{PlaceNames, places_by_system, system_said_by};
use super::text::is_damaged;
use super::{InputError, Known, KnownBy, PointRecord, PointRecords, Reading, Source};
use crate::crs::Crs;
use crate::language::{Words, words};
use crate::model::{AttributeWriter, Attributes, Fault, FindingCode, Findings};
use crate::plain::letters;
use crate::units::People;

/// How far down a header is looked for: below a title, a unit, a date and a note.
const HEADER_ROWS: usize = 30;

/// The cells of one row.
pub(super) trait Cells {
    /// Every cell, from the left.
    fn cells(&self) -> impl Iterator<Item = &str> + Clone;

    /// One cell without spaces around it; `None` where it is empty or not there.
    fn cell(&self, column: usize) -> Option<&str> {
        let text = self.cells().nth(column)?.trim();
        (!text.is_empty()).then_some(text)
    }
}

impl Cells for Vec<String> {
    fn cells(&self) -> impl Iterator<Item = &str> + Clone {
        self.iter().map(String::as_str)
    }

    fn cell(&self, column: usize) -> Option<&str> {
        let text = self.get(column)?.trim();
        (!text.is_empty()).then_some(text)
    }
}

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
}

/// Where the fields stand in a row.
struct Layout {
    id: Option<usize>,
    name: Option<usize>,
    place: PlaceColumns,
    population: Option<usize>,
    people_per_unit: f64,
    address: Option<usize>,
    /// By column that is kept, where it stands.
    kept: Vec<Option<usize>>,
    /// The header itself, which long tables repeat on every printed page.
    header: Vec<String>,
    /// What the columns' names say of the coordinate system.
    said: Option<PlaceNames>,
    /// The position of the header's first row.
    first_row: usize,
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
    let top: Vec<Row<C>> = rows.by_ref().take(HEADER_ROWS).collect::<Result<_, _>>()?;
    let (layout, header_rows) = find_header(source, &top, columns)?;
    let number = |row: usize| top.get(row).map_or(0, |row| row.number);
    let mut reading = Reading {
        header: Some((number(layout.first_row), number(header_rows - 1))),
        ..layout.reading(columns)
    };
    let mut findings = Findings::default();
    let mut records = Vec::new();
    let mut kept: Vec<AttributeWriter> = layout
        .kept
        .iter()
        .map(|_| AttributeWriter::default())
        .collect();
    let below = top.into_iter().skip(header_rows).map(Ok).chain(rows);
    for row in below {
        let row = row?;
        reading.rows += 1;
        let place = || format!("{} {} {}", source.name(), dialect.row, row.number);
        if layout.is_no_record(&row.cells) {
            findings.add(FindingCode::TotalRow, || Words::place(&place()));
            continue;
        }
        if row.cells.cells().any(is_damaged) {
            findings.add(FindingCode::DamagedText, || Words::place(&place()));
        }
        records.push(layout.record(&row.cells, dialect.comma, place()));
        for (writer, column) in kept.iter_mut().zip(&layout.kept) {
            writer.push(column.and_then(|column| row.cells.cell(column)));
        }
    }
    let keys = columns.kept.iter().map(|kept| kept.key().to_owned());
    let kept = keys.zip(kept.into_iter().map(AttributeWriter::finish));
    layout.say_others(source, &mut findings);
    Ok(PointRecords {
        attributes: Attributes::new(records.len(), kept.collect()),
        has_ids: layout.id.is_some(),
        crs: layout
            .system(&records)
            .map(|crs| Known::new(crs, KnownBy::Name)),
        outlines: Vec::new(),
        records,
        axes_by_name: matches!(layout.place, PlaceColumns::Two { named: false, .. }),
        reading,
        findings,
    })
}

/// What a table should hold.
pub(super) fn header_and_records() -> Words {
    Words::new("a header row and records", "表头和记录")
}

/// The first row, or pair of rows, whose cells name the coordinates; and how many rows end with it.
fn find_header<C: Cells>(
    source: &Source,
    top: &[Row<C>],
    columns: &Columns,
) -> Result<(Layout, usize), InputError> {
    let names = |row: &Row<C>| row.cells.cells().map(str::to_owned).collect::<Vec<_>>();
    let mut first_error = None;
    for (position, row) in top.iter().enumerate() {
        let next = top
            .get(position + 1)
            .filter(|next| next.number == row.number + 1);
        let both = next.and_then(|next| merged(&names(row), &names(next)));
        let both = both.and_then(|both| Layout::new(source, both, columns).ok());
        match (Layout::new(source, names(row), columns), both) {
            // One heading over two columns is not one column with both.
            (
                Ok(Layout {
                    place: PlaceColumns::One(_),
                    ..
                })
                | Err(_),
                Some(layout),
            ) if matches!(layout.place, PlaceColumns::Two { .. }) => {
                return Ok((layout.from_row(position), position + 2));
            }
            (Ok(layout), _) => return Ok((layout.from_row(position), position + 1)),
            (Err(error), _) => first_error = first_error.or(Some(error)),
        }
    }
    Err(first_error.unwrap_or_else(|| InputError::Empty {
        layer: None,
        file: source.path().to_owned(),
        wanted: header_and_records(),
    }))
}

/// The names of a header in two rows: a cell that is merged over both rows holds its text in the upper one, a heading over
/// several columns stands in the upper one and their names in the lower one. `None` where no cell is merged so.
fn merged(upper: &[String], lower: &[String]) -> Option<Vec<String>> {
    let cell = |row: &[String], column: usize| {
        row.get(column)
            .map(|cell| cell.trim().to_owned())
            .unwrap_or_default()
    };
    let columns = 0..upper.len().max(lower.len());
    let pairs = columns.map(|column| (cell(upper, column), cell(lower, column)));
    let pairs: Vec<(String, String)> = pairs.collect();
    let over_columns = pairs
        .iter()
        .any(|(upper, lower)| upper.is_empty() && !lower.is_empty());
    if !over_columns {
        return None;
    }
    let mut heading = String::new();
    let names = pairs.into_iter().map(|(upper, lower)| {
        if !upper.is_empty() {
            heading.clone_from(&upper);
        }
        if lower.is_empty() {
            return upper;
        }
        // The heading over two columns may say the system of both.
        match system_said_by(&heading) {
            Some(crs) if system_said_by(&lower).is_none() && is_coordinate(&lower) => {
                format!("{lower}({crs})")
            }
            _ => lower,
        }
    });
    Some(names.collect())
}

/// Whether a name is one of a column of coordinates.
fn is_coordinate(name: &str) -> bool {
    let columns = Columns::default();
    let names = std::iter::once(name);
    [Field::Lon, Field::Lat, Field::LonLat]
        .into_iter()
        .any(|field| columns.find(field, &names) == Ok(Some(0)))
}

impl Layout {
    fn new(source: &Source, header: Vec<String>, columns: &Columns) -> Result<Self, InputError> {
        let names = || header.iter().map(String::as_str);
        let missing = |field: Field| InputError::Column {
            file: source.path().to_owned(),
            field: field.words(),
            found: listed(names()),
            flag: field.flag(),
        };
        let find = |field: Field| columns.find(field, &names()).map_err(|()| missing(field));
        let said = places_by_system(columns, &header).filter(|_| !columns.without_places);
        let place = match &said {
            Some(PlaceNames { columns: taken, .. }) => match *taken {
                (lon, Some(lat)) => PlaceColumns::Two {
                    lon,
                    lat,
                    named: columns.is_named(Field::Lon) || columns.is_named(Field::Lat),
                },
                (both, None) => PlaceColumns::One(both),
            },
            None if columns.without_places => PlaceColumns::None,
            None => match (find(Field::Lon)?, find(Field::Lat)?) {
                (Some(lon), Some(lat)) => PlaceColumns::Two {
                    lon,
                    lat,
                    named: columns.is_named(Field::Lon) || columns.is_named(Field::Lat),
                },
                (None, None) => {
                    let both = find(Field::LonLat)?;
                    PlaceColumns::One(both.ok_or_else(|| missing(Field::Lon))?)
                }
                (None, _) => return Err(missing(Field::Lon)),
                (_, None) => return Err(missing(Field::Lat)),
            },
        };
        let population = find(Field::Population)?;
        let (id, name) = (find(Field::Id)?, find(Field::Name)?);
        if columns.without_places && (id, name) == (None, None) {
            return Err(missing(Field::Name));
        }
        let keep = |kept: &KeptColumn| match (kept.position(names()), kept.missing()) {
            (None, Some(field)) => Err(InputError::Column {
                file: source.path().to_owned(),
                field,
                found: listed(names()),
                flag: "--group",
            }),
            (position, _) => Ok(position),
        };
        Ok(Self {
            id,
            name,
            kept: columns.kept.iter().map(keep).collect::<Result<_, _>>()?,
            place,
            population,
            people_per_unit: population.map_or(1.0, |column| people_per_unit(&header[column])),
            address: find(Field::Address)?,
            header,
            said,
            first_row: 0,
        })
    }

    fn from_row(self, first_row: usize) -> Self {
        Self { first_row, ..self }
    }

    /// The system that the names of the coordinates' columns say: one of degrees, so that it is not that of metres.
    fn system(&self, records: &[PointRecord]) -> Option<Crs> {
        let said = self.said.as_ref()?.crs.clone()?;
        let mut pairs = records.iter().filter_map(|record| record.xy.as_ref().ok());
        let is_degrees = |(x, y): &(f64, f64)| x.abs() <= 360.0 && y.abs() <= 360.0;
        pairs.next().is_none_or(is_degrees).then_some(said)
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
            self.header[*taken].trim(),
            self.header[*other].trim(),
        );
        findings.add(FindingCode::SeveralSystems, || {
            words!(
                "{name}: its coordinates are taken from {taken}, not from {other}",
                "{name}：坐标取自“{taken}”，未取“{other}”"
            )
        });
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
            let by = columns.known_by(field, &self.header[column]);
            Some((column, field.role().to_owned(), by))
        });
        let kept = columns.kept.iter().zip(&self.kept);
        let kept = kept.filter_map(|(kept, column)| {
            Some(((*column)?, kept.key().to_owned(), kept.known_by()))
        });
        let taken = fields.chain(kept).collect();
        Reading::default().with_columns(taken, self.header.iter().map(String::as_str))
    }

    fn place_columns(&self) -> impl Iterator<Item = usize> {
        let (first, second) = match self.place {
            PlaceColumns::Two { lon, lat, .. } => (Some(lon), Some(lat)),
            PlaceColumns::One(both) => (Some(both), None),
            PlaceColumns::None => (None, None),
        };
        first.into_iter().chain(second)
    }

    /// Totals, which have no coordinate, and headers that are repeated further down.
    fn is_no_record(&self, row: &impl Cells) -> bool {
        let mut places = self.place_columns();
        if places.all(|column| row.cell(column).is_none()) {
            let first = row.cells().map(str::trim).find(|cell| !cell.is_empty());
            let is_total = first.is_some_and(is_total);
            if is_total || !matches!(self.place, PlaceColumns::None) {
                return is_total;
            }
        }
        let mut names = self.header.iter().enumerate();
        row.cells().any(|cell| !cell.trim().is_empty())
            && names.all(|(column, name)| row.cell(column).unwrap_or_default() == name.trim())
    }

    fn record(&self, row: &impl Cells, comma: Comma, source: String) -> PointRecord {
        let text = |column: Option<usize>| column.and_then(|column| row.cell(column));
        PointRecord {
            id: text(self.id).map(str::to_owned),
            name: text(self.name).map(str::to_owned),
            xy: self.xy(row, comma),
            people: self.people(row, comma),
            source,
        }
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
        let Some(text) = self.population.and_then(|column| row.cell(column)) else {
            return Ok(None);
        };
        // Where a row's coordinates have points for decimals, so has its number of people.
        let has_point = |column| row.cell(column).is_some_and(|cell| cell.contains('.'));
        let comma = if self.place_columns().any(has_point) {
            Comma::Thousands
        } else {
            comma
        };
        let people = cells::people(text, comma, self.people_per_unit);
        people
            .map(Some)
            .map_err(|reason| Fault::Population { reason })
    }
}

/// Words with which the row of a total begins, in narrow lower case without spaces.
const TOTALS: &[&str] = &[
    "合计",
    "小计",
    "总计",
    "共计",
    "总和",
    "total",
    "subtotal",
    "grandtotal",
    "sum",
];

fn is_total(cell: &str) -> bool {
    let plain = letters(cell);
    let chinese =
        |word: &&str| !word.is_ascii() && (plain.starts_with(*word) || plain.ends_with(*word));
    TOTALS.iter().any(|word| plain == *word || chinese(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIALECT: Dialect<'_> = Dialect {
        row: "row",
        comma: Comma::Thousands,
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
            &["本页合计：", "", "", "2"],
            &["", "", "", "3"],
        ])
        .expect("a table");
        assert_eq!(
            ids(&read),
            ["1", "2", "Total", ""],
            "a place called Total stays"
        );
        assert_eq!(read.findings.count(FindingCode::TotalRow), 3);
        assert_eq!(read.records[3].xy, Err(Fault::NoCoordinate));
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
    fn a_table_without_coordinates_shows_its_first_row() {
        let error = read(&[&["名称", "地址"], &["a", "b"]]).expect_err("no coordinates");
        assert!(error.to_string().contains("名称, 地址"), "{error}");
    }
}
