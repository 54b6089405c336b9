//! Names on the map: subdistricts, communities or areas, main streets, stations. What would cover a name of more weight waits
//! until there is room.

use geo_types::Coord;

use super::escape::text;
use super::ground::Ground;
use super::html::{Html, put};
use super::streets;
use crate::model::Area;
use crate::report::{Report, columns, fit};
use crate::units::People;

/// The widest name, in columns of half a character's height; a longer one is cut.
const WIDEST: usize = 26;
/// Pixels of a column, and of a line, of a name.
const COLUMN_PX: f64 = 6.6;
const LINE_PX: f64 = 28.0;
/// Pixels that are left free at each side of a name: a map of names alone shows nothing.
const ROOM_PX: f64 = 12.0;
/// Half of what a gap's number takes.
const NUMBER_PX: f64 = 9.0;
/// So far below its place a name is tried, in pixels, one after the other.
const SHIFTS_PX: [f64; 3] = [0.0, 24.0, -22.0];
/// Most names of each kind.
const MOST: [usize; 4] = [40, 160, 60, 200];

/// What a name is of, the first before the others where there is room for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// A subdistrict, or an area of the study.
    District,
    /// A community.
    Community,
    /// A main street.
    Street,
    /// A station.
    Station,
}

impl Kind {
    const fn css(self) -> &'static str {
        match self {
            Kind::District => "ld",
            Kind::Community => "lc",
            Kind::Street => "ls",
            Kind::Station => "lp",
        }
    }
}

/// A name and where it stands.
struct Label {
    kind: Kind,
    weight: u64,
    name: String,
    place: Coord<f64>,
}

impl Label {
    /// Half its width and height in pixels, with a little room.
    fn half_px(&self) -> (f64, f64) {
        let wide = columns(&self.name) as f64 * COLUMN_PX / 2.0 + ROOM_PX;
        (wide, LINE_PX / 2.0)
    }

    /// By how many units it is moved across, so that it is whole on a map of a width.
    fn across(&self, width: f64, unit: f64) -> f64 {
        let half = self.half_px().0 * unit;
        if 2.0 * half > width {
            return 0.0;
        }
        self.place.x.clamp(half, width - half) - self.place.x
    }

    /// The box that it takes, moved so many units across and so many pixels down, where a pixel shows so many units.
    fn taken(&self, across: f64, down_px: f64, unit: f64) -> Taken {
        let (wide, high) = self.half_px();
        Taken {
            middle: Coord {
                x: self.place.x + across,
                y: self.place.y + down_px * unit,
            },
            half: (wide * unit, high * unit),
        }
    }
}

/// A box that is taken on the map.
struct Taken {
    middle: Coord<f64>,
    /// Half its width and height.
    half: (f64, f64),
}

impl Taken {
    fn covers(&self, other: &Taken) -> bool {
        (self.middle.x - other.middle.x).abs() < self.half.0 + other.half.0
            && (self.middle.y - other.middle.y).abs() < self.half.1 + other.half.1
    }
}

/// The names, those of most weight first; `unit` is how many units a pixel shows where the whole map is seen, `numbers` are the
/// places of the gaps' numbers, which come before names.
pub(super) fn write(
    report: &Report<'_>,
    ground: &Ground,
    (unit, numbers): (f64, &[Coord<f64>]),
    html: &mut Html,
) {
    let mut labels = units(report, ground);
    if !labels.iter().any(|label| label.kind == Kind::District) {
        labels.extend(areas(report, ground));
    }
    labels.extend(main_streets(report, ground));
    labels.extend(stations(report, ground));
    labels.retain(|label| !label.name.is_empty() && ground.holds(label.place, 0.0));
    labels.sort_by(|one, other| {
        let rank = |label: &Label| (label.kind, std::cmp::Reverse(label.weight));
        rank(one)
            .cmp(&rank(other))
            .then_with(|| one.name.cmp(&other.name))
    });
    let mut counts = [0_usize; MOST.len()];
    labels.retain(|label| {
        let count = &mut counts[label.kind as usize];
        *count += 1;
        *count <= MOST[label.kind as usize]
    });
    let number = |middle: &Coord<f64>| Taken {
        middle: *middle,
        half: (NUMBER_PX * unit, NUMBER_PX * unit),
    };
    let mut shown: Vec<Taken> = numbers.iter().map(number).collect();
    put!(html, "<g class=\"labels\" aria-hidden=\"true\">\n");
    for label in &labels {
        let across = label.across(ground.size.x, unit);
        let tried = SHIFTS_PX.map(|down| (down, label.taken(across, down, unit)));
        let free = tried
            .into_iter()
            .find(|(_, taken)| !shown.iter().any(|other| taken.covers(other)));
        let (late, down) = match free {
            Some((down, taken)) => {
                shown.push(taken);
                ("", down)
            }
            None => (" late", 0.0),
        };
        let (half, _) = label.half_px();
        put!(
            html,
            "<g class=\"{}{late}\" data-half=\"{half:.0}\" transform=\"translate({:.0} {:.0})\"><text x=\"{:.0}\" y=\"{down}\">{}</text></g>\n",
            label.kind.css(),
            label.place.x,
            label.place.y,
            across / unit,
            text(&label.name)
        );
    }
    put!(html, "</g>\n");
}

/// Subdistricts and communities, in the middle of their people.
fn units(report: &Report<'_>, ground: &Ground) -> Vec<Label> {
    let Some(study) = report.study() else {
        return Vec::new();
    };
    let mut labels = Vec::new();
    for level in &study.tiers.levels {
        let kind = match level.key.as_str() {
            "street" => Kind::District,
            _ => Kind::Community,
        };
        let mut sums = vec![(0.0, 0.0, 0_u64); level.units.len()];
        for (resident, unit) in report.city.residents.iter().zip(&level.of) {
            let (Some(unit), Some(place)) = (unit, resident.valid_place()) else {
                continue;
            };
            let people = resident.people.thousandths();
            let at = ground.place(place);
            let (x, y, weight) = &mut sums[*unit as usize];
            *x += at.x * people as f64;
            *y += at.y * people as f64;
            *weight = weight.saturating_add(people);
        }
        let each = level.units.iter().zip(sums);
        labels.extend(each.filter(|(_, (.., weight))| *weight > 0).map(
            |(name, (x, y, weight))| Label {
                kind,
                weight,
                name: fit(name, WIDEST),
                place: Coord {
                    x: x / weight as f64,
                    y: y / weight as f64,
                },
            },
        ));
    }
    labels
}

/// The areas of the study, at a place inside.
fn areas(report: &Report<'_>, ground: &Ground) -> Vec<Label> {
    let sums = report.areas.sums();
    let each = report.city.areas.iter().zip(sums);
    each.filter_map(|(area, sum)| {
        let place = inside(area)?;
        Some(Label {
            kind: Kind::District,
            weight: sum.people.thousandths(),
            name: fit(&area.name, WIDEST),
            place: ground.place(place),
        })
    })
    .collect()
}

fn inside(area: &Area) -> Option<Coord<f64>> {
    use geo::InteriorPoint;
    Some(area.shape.interior_point()?.into())
}

/// Main streets, at the middle of their longest piece; the longest of one name counts.
fn main_streets(report: &Report<'_>, ground: &Ground) -> Vec<Label> {
    let named = streets::main_names(report.network);
    let labels = named.into_iter().map(|(name, length_m, place)| Label {
        kind: Kind::Street,
        weight: length_m as u64,
        name: fit(name, WIDEST),
        place: ground.place(place),
    });
    labels.collect()
}

/// Stations, beside their dots.
fn stations(report: &Report<'_>, ground: &Ground) -> Vec<Label> {
    let deciding = report.deciding_column();
    let each = report.snapped.stations().filter_map(|station| {
        let row = report.snapped.entrances(station)[0].row as usize;
        let place = *report.city.stations[row].place.as_ref().ok()?;
        let people: People = report.coverage.catchments_of(station)[deciding].people;
        Some(Label {
            kind: Kind::Station,
            weight: people.thousandths(),
            name: fit(report.station_name(station), WIDEST),
            place: ground.place(place),
        })
    });
    each.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_at_the_edge_of_the_map_is_moved_in() {
        let label = |x: f64| Label {
            kind: Kind::Station,
            weight: 0,
            name: "柳巷".to_owned(),
            place: Coord { x, y: 0.0 },
        };
        // 25.2 pixels to each side, two units each.
        assert!((label(10.0).across(400.0, 2.0) - 40.4).abs() < 1e-9);
        assert!((label(390.0).across(400.0, 2.0) + 40.4).abs() < 1e-9);
        assert_eq!(label(200.0).across(400.0, 2.0), 0.0);
        // On a map that is too narrow for it, it stays.
        assert_eq!(label(10.0).across(80.0, 2.0), 0.0);
    }

    #[test]
    fn names_that_would_cover_each_other_are_known() {
        let label = |x: f64, y: f64, name: &str| Label {
            kind: Kind::Station,
            weight: 0,
            name: name.to_owned(),
            place: Coord { x, y },
        };
        // Two characters are four columns: 13.2 pixels and 12 to each side, 14 up and down.
        let covers = |x: f64, y: f64, unit: f64| {
            let one = label(0.0, 0.0, "柳巷").taken(0.0, 0.0, unit);
            one.covers(&label(x, y, "桥头").taken(0.0, 0.0, unit))
        };
        assert!(covers(50.0, 0.0, 1.0) && !covers(51.0, 0.0, 1.0));
        assert!(covers(0.0, 27.0, 1.0) && !covers(0.0, 28.0, 1.0));
        assert!(!covers(26.0, 0.0, 0.5));
        let below = label(0.0, 0.0, "柳巷").taken(0.0, 24.0, 2.0);
        assert_eq!(below.middle, Coord { x: 0.0, y: 48.0 });
    }
}
