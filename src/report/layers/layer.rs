//! What a layer of results is: a name, columns with types, one kind of geometry, and rows that are handed over one by one, so
//! that ten millions of them are never in memory at once. Every format for maps is written from this.

use std::borrow::Cow;
use std::io;

use geo_types::{Coord, MultiPolygon};

use super::style::Style;
use crate::crs::WrittenSystem;
use crate::text::language::Words;
use crate::units::{Cutoff, People};

/// A layer of results.
pub(crate) struct Layer<'a> {
    /// Its name in files.
    pub(crate) name: &'static str,
    /// Its name for people.
    pub(crate) title: Words,
    pub(crate) geometry: GeometryKind,
    pub(crate) fields: Vec<Field>,
    pub(super) style: Style,
    pub(super) rows: GiveRows<'a>,
}

/// Hands over the rows of a layer.
pub(super) type GiveRows<'a> = Box<dyn Fn(&mut dyn Rows) -> io::Result<()> + 'a>;

/// What takes the rows of a layer.
pub(crate) trait Rows {
    /// Takes one: a cell for each field, and where it is.
    ///
    /// # Errors
    /// What the writer says.
    fn row(&mut self, cells: &[Cell<'_>], shape: Shape<'_>) -> io::Result<()>;
}

/// The geometry that all rows of a layer have, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GeometryKind {
    Point,
    MultiPoint,
    MultiLineString,
    MultiPolygon,
}

/// A column of a layer.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    /// Its name in files, in English.
    pub(crate) name: String,
    pub(crate) kind: FieldKind,
    /// Its name for people.
    pub(crate) title: Words,
}

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FieldKind {
    Text,
    Integer,
    /// With so many decimals at most, by how the numbers are made.
    Real(u8),
    Flag,
}

/// A cell; of another kind than its column none ever is, but empty.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell<'a> {
    /// Nothing is known.
    Empty,
    Text(Cow<'a, str>),
    Integer(i64),
    Real(f64),
    Flag(bool),
}

/// Where a row is.
#[derive(Clone, Debug)]
pub(crate) enum Shape<'a> {
    /// Nowhere: a record without a place, a station that reaches no ground.
    Nowhere,
    Point(Coord<f64>),
    Points(Vec<Coord<f64>>),
    Lines(Vec<Vec<Coord<f64>>>),
    Ground(Cow<'a, MultiPolygon<f64>>),
}

impl Field {
    pub(super) fn new(name: &str, kind: FieldKind, title: [&str; 2]) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            title: Words::new(title[0], title[1]),
        }
    }

    /// A column for each cutoff: its name with the cutoff's behind it.
    pub(super) fn of_cutoff(name: &str, kind: FieldKind, title: [&str; 2], cutoff: Cutoff) -> Self {
        use crate::text::language::Language::{En, Zh};
        let (en, zh) = (cutoff.in_words(En), cutoff.in_words(Zh));
        Self {
            name: format!("{name}_{}", cutoff.label()),
            kind,
            title: Words::new(
                format!("{}, {en}", title[0]),
                format!("{}（{zh}）", title[1]),
            ),
        }
    }
}

impl<'a> Cell<'a> {
    /// A text, or nothing.
    pub(super) fn text(text: Option<&'a str>) -> Self {
        text.map_or(Cell::Empty, Cell::from)
    }

    /// A number with decimals, or nothing.
    pub(super) fn real(number: Option<f64>) -> Self {
        number.map_or(Cell::Empty, Cell::Real)
    }

    /// A cost as seconds or metres with one decimal, rounded as in tables.
    pub(super) fn tenths(cost: Option<u64>) -> Self {
        Cell::real(cost.map(|cost| ((cost + 50) / 100) as f64 / 10.0))
    }

    /// A number with so many decimals, rounded as in tables: what stands there is read back, since halves go elsewhere otherwise.
    pub(super) fn rounded(number: Option<f64>, decimals: usize) -> Self {
        let written = number.map(|number| format!("{number:.decimals$}"));
        Cell::real(written.and_then(|written| written.parse().ok()))
    }

    /// How many.
    pub(super) fn count(count: usize) -> Self {
        Cell::Integer(count as i64)
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Cell::Text(without_nul(text))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        match without_nul(&text) {
            Cow::Borrowed(_) => Cell::Text(Cow::Owned(text)),
            Cow::Owned(shown) => Cell::Text(Cow::Owned(shown)),
        }
    }
}

impl From<People> for Cell<'_> {
    fn from(people: People) -> Self {
        Cell::Real(people.as_f64())
    }
}

/// Text as formats hold it whose readers take a NUL for its end: its picture stands in its place.
fn without_nul(text: &str) -> Cow<'_, str> {
    if text.contains('\0') {
        Cow::Owned(text.replace('\0', "\u{2400}"))
    } else {
        Cow::Borrowed(text)
    }
}

impl Layer<'_> {
    /// Hands over its rows in a system.
    ///
    /// # Errors
    /// What takes them says; and where a place has no coordinates in the system.
    pub(super) fn give(&self, system: &WrittenSystem, rows: &mut dyn Rows) -> io::Result<()> {
        if system.is_wgs84() {
            return (self.rows)(rows);
        }
        (self.rows)(&mut InSystem { system, rows })
    }
}

/// Converts the places of rows on their way.
struct InSystem<'a> {
    system: &'a WrittenSystem,
    rows: &'a mut dyn Rows,
}

impl Rows for InSystem<'_> {
    fn row(&mut self, cells: &[Cell<'_>], shape: Shape<'_>) -> io::Result<()> {
        let shape = shape.converted(self.system)?;
        self.rows.row(cells, shape)
    }
}

impl<'a> Shape<'a> {
    /// Ground; none where it is empty.
    pub(super) fn ground(ground: &'a MultiPolygon<f64>) -> Self {
        if ground.0.is_empty() {
            Shape::Nowhere
        } else {
            Shape::Ground(Cow::Borrowed(ground))
        }
    }

    /// Points; none where there are none.
    pub(super) fn points(points: Vec<Coord<f64>>) -> Self {
        if points.is_empty() {
            Shape::Nowhere
        } else {
            Shape::Points(points)
        }
    }

    /// Lines; none where there are none.
    pub(super) fn lines(lines: Vec<Vec<Coord<f64>>>) -> Self {
        if lines.is_empty() {
            Shape::Nowhere
        } else {
            Shape::Lines(lines)
        }
    }

    /// The point, where it is known.
    pub(super) fn point(place: Option<Coord<f64>>) -> Self {
        place.map_or(Shape::Nowhere, Shape::Point)
    }

    fn converted(self, system: &WrittenSystem) -> io::Result<Shape<'static>> {
        let convert = |place: Coord<f64>| {
            system.convert(place).ok_or_else(|| {
                let (lon, lat, name) = (place.x, place.y, &system.name);
                io::Error::other(format!("{lon}, {lat} has no coordinates in {name}"))
            })
        };
        Ok(match self {
            Shape::Nowhere => Shape::Nowhere,
            // One record far off, which the system has no coordinates for, stands there without a place as in its table.
            Shape::Point(place) => Shape::point(system.convert(place)),
            Shape::Points(places) => {
                let places = places.into_iter();
                Shape::points(places.filter_map(|place| system.convert(place)).collect())
            }
            Shape::Lines(lines) => {
                let line = |line: Vec<Coord<f64>>| line.into_iter().map(convert).collect();
                Shape::Lines(lines.into_iter().map(line).collect::<Result<_, _>>()?)
            }
            Shape::Ground(ground) => {
                let mut ground = ground.into_owned();
                geo::MapCoordsInPlace::try_map_coords_in_place(&mut ground, convert)?;
                Shape::Ground(Cow::Owned(ground))
            }
        })
    }

    /// All its places, in order.
    pub(super) fn each(&self, mut look: impl FnMut(Coord<f64>)) {
        match self {
            Shape::Nowhere => {}
            Shape::Point(place) => look(*place),
            Shape::Points(places) => places.iter().copied().for_each(look),
            Shape::Lines(lines) => lines.iter().flatten().copied().for_each(look),
            Shape::Ground(ground) => {
                for polygon in &ground.0 {
                    let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
                    rings.flat_map(|ring| &ring.0).copied().for_each(&mut look);
                }
            }
        }
    }

    /// The box around it; `None` of what is nowhere.
    pub(super) fn extent(&self) -> Option<Extent> {
        let mut extent = Extent::NOTHING;
        self.each(|place| extent.take(place));
        (extent.west <= extent.east).then_some(extent)
    }
}

/// A box around places, in the coordinates that are written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Extent {
    pub(super) west: f64,
    pub(super) south: f64,
    pub(super) east: f64,
    pub(super) north: f64,
}

impl Extent {
    pub(super) const NOTHING: Self = Self {
        west: f64::INFINITY,
        south: f64::INFINITY,
        east: f64::NEG_INFINITY,
        north: f64::NEG_INFINITY,
    };

    pub(super) fn take(&mut self, place: Coord<f64>) {
        self.west = self.west.min(place.x);
        self.south = self.south.min(place.y);
        self.east = self.east.max(place.x);
        self.north = self.north.max(place.y);
    }

    pub(super) fn join(&mut self, other: Self) {
        for (x, y) in [(other.west, other.south), (other.east, other.north)] {
            self.take(Coord { x, y });
        }
    }
}

impl Cell<'_> {
    /// Writes it as text, numbers with the decimals of their column.
    pub(super) fn write_text(&self, kind: FieldKind, text: &mut String) {
        use std::fmt::Write as _;
        let written = match (self, kind) {
            (Cell::Empty, _) => Ok(()),
            (Cell::Text(own), _) => text.write_str(own),
            (Cell::Integer(number), _) => write!(text, "{number}"),
            (Cell::Real(number), FieldKind::Real(decimals)) => {
                write!(text, "{number:.*}", usize::from(decimals))
            }
            (Cell::Real(number), _) => write!(text, "{number}"),
            (Cell::Flag(flag), _) => text.write_str(if *flag { "T" } else { "F" }),
        };
        debug_assert!(written.is_ok(), "a text takes everything");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_rounded_as_tables_are() {
        use crate::text::table::tenths;
        for cost in [0, 49, 50, 949, 950, 900_049, 900_050, u64::from(u32::MAX)] {
            let Cell::Real(number) = Cell::tenths(Some(cost)) else {
                panic!("a number");
            };
            let mut text = String::new();
            Cell::Real(number).write_text(FieldKind::Real(1), &mut text);
            assert_eq!(text, tenths(cost));
        }
    }

    #[test]
    fn a_nul_is_shown_and_no_other_letter_is_touched() {
        assert_eq!(Cell::from("a\0b"), Cell::Text(Cow::Borrowed("a\u{2400}b")));
        let hostile = "\u{1b}[2J\"'\u{202e}🚉";
        assert_eq!(
            Cell::from(hostile.to_owned()),
            Cell::Text(Cow::Borrowed(hostile))
        );
        assert_eq!(Cell::text(None), Cell::Empty);
    }

    #[test]
    fn the_box_of_a_shape_holds_its_places_and_nothing_has_none() {
        let at = |x: f64, y: f64| Coord { x, y };
        let lines = Shape::lines(vec![vec![at(1.0, 5.0), at(-2.0, 6.0)], vec![at(0.0, -7.0)]]);
        let extent = lines.extent().expect("somewhere");
        let sides = [extent.west, extent.south, extent.east, extent.north];
        assert_eq!(sides, [-2.0, -7.0, 1.0, 6.0]);
        assert_eq!(Shape::lines(Vec::new()).extent(), None);
        assert_eq!(Shape::ground(&MultiPolygon(Vec::new())).extent(), None);
    }
}
