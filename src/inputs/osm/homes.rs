//! Homes from building footprints: who lives where, estimated from area, storeys and floor area per person.

use std::collections::BTreeSet;

use geo::GeodesicArea;
use geo_types::{Coord, MultiPolygon};

use super::Selector;
use super::block::Kinds;
use super::frames::OsmFile;
use super::home_storeys::{FrontDoors, LEVELS, ONE_HOME, storeys_said};
use super::objects::{Objects, OwnedTags, borrowed, value};
use super::rings::{assemble, closed_way, interior};
use crate::inputs::InputError;
use crate::model::{Fault, FindingCode, Findings, Resident};
use crate::parallel;
use crate::text::language::{Language, Words, place_zh, words};
use crate::units::People;

/// Buildings per parallel task when their shapes are measured.
const SHAPE_CHUNK: usize = 64;

/// How many people a building holds: footprint × storeys × `net_share` / `net_m2_per_person`.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct HomeModel {
    /// Living floor area per person in m². Default: 45, Switzerland's mean for 2012-2022 (Federal Statistical Office,
    /// *Buildings and Dwellings*: 45 m² in 2012, 46.6 m² in 2022). China's census of 2020 gives 41.76 m² of building area.
    pub net_m2_per_person: f64,
    /// The share of a building's floor area that is lived in: the rest is walls, stairs and cellars. Default: 0.8, common
    /// practice for housing (net to gross floor area; general knowledge, no single source).
    pub net_share: f64,
    /// Storeys of a building that does not say (`building:levels`), by its kind; the last, `""`, is any other kind.
    /// Default: 2, and 4 for apartment blocks (general knowledge of European small towns; not measured).
    pub storeys: Vec<(String, f64)>,
    /// The smallest footprint of a home in m². Default: 40: below it are sheds and garages (a double garage is 6 × 6 m).
    pub min_footprint_m2: f64,
    /// The largest footprint in m² of a home whose kind is not told (`building=yes`). Default: 1,000: beyond it are halls,
    /// barns and schools, and one would count as a village (general knowledge; not measured).
    pub max_untold_footprint_m2: f64,
    /// Whether each storey of a building is a record of its own, with its [`Dwelling`](crate::model::Dwelling): an estimate, by
    /// `building:levels`, `building:flats`, `addr:floor` and `elevator`. Default: no.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "std::ops::Not::not"))]
    pub by_storey: bool,
}

impl Default for HomeModel {
    fn default() -> Self {
        let storeys = [
            ("apartments", 4.0),
            ("dormitory", 4.0),
            ("bungalow", 1.0),
            ("cabin", 1.0),
            ("", 2.0),
        ];
        Self {
            net_m2_per_person: 45.0,
            net_share: 0.8,
            storeys: storeys
                .map(|(kind, storeys)| (kind.to_owned(), storeys))
                .to_vec(),
            min_footprint_m2: 40.0,
            max_untold_footprint_m2: 1000.0,
            by_storey: false,
        }
    }
}

/// Why a building is not a home.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub(crate) enum NotHome {
    /// Its `building` value names another use.
    Kind,
    /// Another tag does: an office, a shop, a school.
    Use,
    /// Its footprint is too small.
    Small,
    /// Its kind is not told and its footprint is a hall's.
    Large,
    /// Its size makes no number of people.
    Impossible,
}

/// What became of the buildings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HomesReport {
    /// Buildings that are homes.
    pub homes: u64,
    /// The people in them.
    pub people: People,
    /// Homes whose storeys come from their tags.
    pub with_storeys: u64,
    /// Buildings of another kind.
    pub other_kind: u64,
    /// Buildings of another use.
    pub other_use: u64,
    /// Buildings too small.
    pub too_small: u64,
    /// Buildings of untold kind and the size of a hall.
    pub too_large: u64,
    /// Buildings without a closed outline in the file, or with an impossible one.
    pub without_shape: u64,
}

impl HomesReport {
    /// How many buildings were looked at.
    #[must_use]
    pub(crate) fn buildings(&self) -> u64 {
        let left_out = [
            self.other_kind,
            self.other_use,
            self.too_small,
            self.too_large,
            self.without_shape,
        ];
        self.homes + left_out.iter().sum::<u64>()
    }

    /// Adds the buildings of another layer.
    #[cfg(all(feature = "geojson", feature = "csv"))]
    pub(in crate::inputs) fn add(&mut self, other: Self) {
        self.homes += other.homes;
        self.people += other.people;
        self.with_storeys += other.with_storeys;
        self.other_kind += other.other_kind;
        self.other_use += other.other_use;
        self.too_small += other.too_small;
        self.too_large += other.too_large;
        self.without_shape += other.without_shape;
    }
}

/// Kinds of buildings where people live, beside those that are one home; `yes` says nothing and counts unless another tag does.
const HOMES: &[&str] = &["yes", "residential", "apartments", "dormitory"];
/// Keys that give a building another use.
const OTHER_USE: &[&str] = &[
    "amenity",
    "shop",
    "office",
    "tourism",
    "leisure",
    "man_made",
    "power",
    "railway",
    "aeroway",
    "military",
    "historic",
    "craft",
    "industrial",
    "emergency",
    "public_transport",
    "sport",
];

impl HomeModel {
    /// The people in a building of this footprint and these tags, or why it is not a home.
    ///
    /// # Errors
    /// A [`NotHome`].
    pub(crate) fn people(
        &self,
        footprint_m2: f64,
        tags: &[(&str, &str)],
    ) -> Result<People, NotHome> {
        let get = |key: &str| {
            tags.iter()
                .find(|(name, _)| *name == key)
                .map(|(_, value)| *value)
        };
        let kind = get("building").unwrap_or_default();
        if !HOMES.contains(&kind) && !ONE_HOME.contains(&kind) {
            return Err(NotHome::Kind);
        }
        // A kind that says home wins over a shop on its ground floor.
        if kind == "yes"
            && OTHER_USE
                .iter()
                .any(|key| get(key).is_some_and(|value| value != "no"))
        {
            return Err(NotHome::Use);
        }
        if footprint_m2 < self.min_footprint_m2 {
            return Err(NotHome::Small);
        }
        if kind == "yes" && footprint_m2 > self.max_untold_footprint_m2 {
            return Err(NotHome::Large);
        }
        let people = footprint_m2 * self.storeys(tags) * self.net_share / self.net_m2_per_person;
        People::from_f64(people).map_err(|_| NotHome::Impossible)
    }

    /// The storeys of a building with these tags: what it says, else the usual ones of its kind.
    #[must_use]
    pub(crate) fn storeys(&self, tags: &[(&str, &str)]) -> f64 {
        let get = |key: &str| tags.iter().find(|(name, _)| *name == key);
        let said = get(LEVELS).and_then(|(_, value)| storeys_said(value));
        let kind = || get("building").map_or("", |(_, kind)| *kind);
        said.unwrap_or_else(|| self.usual_storeys(kind()))
    }

    fn usual_storeys(&self, kind: &str) -> f64 {
        let of = |wanted: &str| {
            self.storeys
                .iter()
                .find(|(name, _)| name == wanted)
                .map(|(_, storeys)| *storeys)
        };
        of(kind).or_else(|| of("")).unwrap_or(1.0)
    }
}

/// How large a building is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct BuildingSize {
    /// The ground that it stands on.
    pub footprint_m2: f64,
    /// Its storeys: what it says, else the usual ones of its kind.
    pub storeys: f64,
}

/// Homes that were read from buildings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Homes {
    /// One record each, with its estimated people.
    pub residents: Vec<Resident>,
    /// How large each is, in the same order.
    pub sizes: Vec<BuildingSize>,
    /// What became of the buildings.
    pub report: HomesReport,
    /// What was found.
    pub findings: Findings,
}

/// Reads homes from the buildings that a selector matches: ways, then multipolygons, ascending by id. The other buildings
/// are counted. A way that is the outline of a selected multipolygon is not a building of its own.
///
/// # Errors
/// [`InputError::Malformed`] naming the blob.
pub(crate) fn read_homes(
    file: &OsmFile<'_>,
    selector: &Selector,
    model: &HomeModel,
) -> Result<Homes, InputError> {
    let objects = Objects::collect(file, Kinds::WAYS_AND_RELATIONS, &selector.keys(), |tags| {
        selector.matches(tags)
    })?;
    let mut census = Census {
        model,
        file,
        homes: Homes::default(),
    };
    let relations = parallel::map(&objects.relations, SHAPE_CHUNK, |relation| {
        Ground::new(&assemble(&objects, relation)?)
    });
    let whole = objects.relations.iter().zip(&relations);
    let outlines: BTreeSet<i64> = whole
        .filter(|(_, ground)| ground.is_some())
        .flat_map(|(relation, _)| relation.members(false))
        .collect();
    let ways = parallel::map(&objects.ways, SHAPE_CHUNK, |way| {
        let polygon = closed_way(&objects, &way.refs)?;
        Ground::new(&MultiPolygon(vec![polygon]))
    });
    for (way, ground) in objects.ways.iter().zip(ways) {
        if !outlines.contains(&way.id) {
            census.add("way", way.id, &way.tags, ground);
        }
    }
    for (relation, ground) in objects.relations.iter().zip(relations) {
        census.add("relation", relation.id, &relation.tags, ground);
    }
    Ok(census.homes)
}

/// What matters of a building's shape.
#[derive(Clone, Copy, Debug)]
struct Ground {
    footprint_m2: f64,
    place: Coord<f64>,
}

impl Ground {
    fn new(shape: &MultiPolygon<f64>) -> Option<Self> {
        Some(Self {
            footprint_m2: footprint_m2(shape),
            place: interior(shape)?,
        })
    }
}

/// The area on the ellipsoid, whichever way round the outline was drawn.
fn footprint_m2(shape: &MultiPolygon<f64>) -> f64 {
    shape
        .0
        .iter()
        .map(|polygon| polygon.geodesic_area_signed().abs())
        .sum()
}

struct Census<'a> {
    model: &'a HomeModel,
    file: &'a OsmFile<'a>,
    homes: Homes,
}

impl Census<'_> {
    fn add(&mut self, kind: &str, id: i64, tags: &OwnedTags, ground: Option<Ground>) {
        let Some(ground) = ground else {
            self.homes.report.without_shape += 1;
            self.homes
                .findings
                .add(FindingCode::BuildingWithoutShape, || {
                    Words::place(&format!("{kind} {id}"))
                });
            return;
        };
        let report = &mut self.homes.report;
        match self.model.people(ground.footprint_m2, &borrowed(tags)) {
            Ok(people) => {
                report.homes += 1;
                report.people += people;
                match value(tags, LEVELS).map(|said| (said, storeys_said(said))) {
                    Some((_, Some(_))) => report.with_storeys += 1,
                    Some((said, None)) => {
                        let place = format!("{kind} {id}");
                        let place_zh = place_zh(&place);
                        self.homes.findings.add(FindingCode::CellNotUnderstood, || {
                            words!("{place}: {LEVELS}={said}", "{place_zh}：{LEVELS}={said}")
                        });
                    }
                    None => {}
                }
                self.keep(&format!("{kind}/{id}"), tags, ground, people);
            }
            Err(reason) => {
                *match reason {
                    NotHome::Kind => &mut report.other_kind,
                    NotHome::Use => &mut report.other_use,
                    NotHome::Small => &mut report.too_small,
                    NotHome::Large => &mut report.too_large,
                    NotHome::Impossible => &mut report.without_shape,
                } += 1;
                let building = value(tags, "building").unwrap_or_default();
                self.homes.findings.add(FindingCode::NotAHome, || {
                    let zh = place_zh(&format!("{kind} {id}"));
                    words!(
                        "{kind} {id} (building={building})",
                        "{zh}（building={building}）"
                    )
                });
            }
        }
    }
}

impl Census<'_> {
    /// Keeps the people of a building: in one record, or in one for each storey with a front door.
    fn keep(&mut self, id: &str, tags: &OwnedTags, ground: Ground, people: People) {
        let tags = &borrowed(tags);
        let storeys = self.model.storeys(tags);
        let by_storey = self.model.by_storey;
        let doors = by_storey.then(|| FrontDoors::new(tags));
        let doors = doors.unwrap_or_default();
        let words = place_words(id);
        let findings = &mut self.homes.findings;
        if doors.storeys.last().is_some_and(|last| *last > 1) {
            findings.add(FindingCode::StoreysEstimated, || words.clone());
        }
        if let Some(key) = doors.not_understood {
            let (en, zh) = (words.get(Language::En), words.get(Language::Zh));
            findings.add(FindingCode::CellNotUnderstood, || {
                words!("{en}: {key}", "{zh}：{key}")
            });
        }
        let split = doors.split(people);
        let several = split.len() > 1;
        let size = BuildingSize {
            footprint_m2: ground.footprint_m2,
            storeys: storeys / split.len() as f64,
        };
        let place = ground.place;
        let source = format!("{} {}", self.file.source().name(), id.replace('/', " "));
        for (dwelling, people) in split {
            let storey = dwelling.storey.filter(|_| several);
            let id = storey.map_or_else(|| id.to_owned(), |storey| format!("{id}#{storey}"));
            self.homes.sizes.push(size);
            self.homes.residents.push(Resident {
                source: source.clone(),
                place: Ok::<_, Fault>(place),
                dwelling,
                ..Resident::new(id, place.x, place.y).with_people(people)
            });
        }
    }
}

/// `way/5` as a place in words.
fn place_words(id: &str) -> Words {
    Words::place(&id.replace('/', " "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inputs::Source;
    use crate::inputs::osm::pbf::{self, Block, Tags};

    fn people(footprint_m2: f64, tags: &[(&str, &str)]) -> Result<u64, NotHome> {
        HomeModel::default()
            .people(footprint_m2, tags)
            .map(People::thousandths)
    }

    #[test]
    fn people_are_floor_area_over_floor_area_per_person() {
        // 150 m² × 2 storeys × 0.8 / 45 m² = 5.333 people.
        assert_eq!(people(150.0, &[("building", "yes")]), Ok(5333));
        // 150 m² × 5 storeys × 0.8 / 45 m² = 13.333 people.
        assert_eq!(
            people(150.0, &[("building", "house"), ("building:levels", "3;5")]),
            Ok(13_333)
        );
        // A decimal comma: 150 m² × 2.5 storeys × 0.8 / 45 m² = 6.667 people.
        assert_eq!(
            people(150.0, &[("building", "house"), ("building:levels", "2,5")]),
            Ok(6667)
        );
        assert_eq!(
            people(
                150.0,
                &[("building", "apartments"), ("building:levels", "many")]
            ),
            Ok(10_667)
        );
    }

    #[test]
    fn a_footprint_is_the_same_drawn_either_way_round() {
        // 0.001° square on the equator: 111.319 m × 110.574 m.
        let square = [(0.0, 0.0), (0.001, 0.0), (0.001, 0.001), (0.0, 0.001)];
        let area = |ring: Vec<(f64, f64)>| {
            footprint_m2(&MultiPolygon(vec![geo_types::Polygon::new(
                ring.into(),
                Vec::new(),
            )]))
        };
        let (left, right) = (
            area(square.to_vec()),
            area(square.iter().rev().copied().collect()),
        );
        assert!(
            (left - 12_309.0).abs() < 1.0 && (left - right).abs() < 1e-6,
            "{left} {right}"
        );
    }

    #[test]
    fn other_uses_and_sheds_are_no_homes() {
        assert_eq!(
            people(150.0, &[("building", "industrial")]),
            Err(NotHome::Kind)
        );
        assert_eq!(
            people(150.0, &[("building", "yes"), ("amenity", "school")]),
            Err(NotHome::Use)
        );
        assert_eq!(people(20.0, &[("building", "yes")]), Err(NotHome::Small));
        assert_eq!(
            people(13_000.0, &[("building", "yes")]),
            Err(NotHome::Large)
        );
        assert!(people(13_000.0, &[("building", "apartments")]).is_ok());
        assert!(people(150.0, &[("building", "apartments"), ("shop", "bakery")]).is_ok());
    }

    /// Four corner nodes from `first` and the closed way `first`, of 0.001° times `side` at 0.001° times (x, y).
    fn square(block: &mut Block, first: i64, (x, y): (i64, i64), side: i64, tags: Tags<'_>) {
        let corners = [(0, 0), (side, 0), (side, side), (0, side)];
        for (node, (dx, dy)) in (first..).zip(corners) {
            block.node(node, (x + dx) * 10_000, (y + dy) * 10_000, &[]);
        }
        block.way(
            first,
            &[first, first + 1, first + 2, first + 3, first],
            tags,
        );
    }

    #[test]
    fn a_multipolygon_is_one_home_without_its_court_and_a_house_in_the_court_is_another() {
        const APARTMENTS: Tags<'_> = &[("building", "apartments"), ("building:levels", "1")];
        let mut block = Block::default();
        // 3 × 3 squares with a court of one square, in which a house stands; the outline has the relation's tags too.
        square(&mut block, 10, (1, 1), 3, APARTMENTS);
        square(&mut block, 20, (2, 2), 1, APARTMENTS);
        let tags = [APARTMENTS, &[("type", "multipolygon")]].concat();
        block.relation(7, &[(10, "outer"), (20, "inner")], &tags);
        // A relation whose outline is not whole leaves its way a building of its own.
        square(&mut block, 30, (9, 1), 1, APARTMENTS);
        block.relation(8, &[(30, "outer"), (99, "outer")], &tags);
        let source = Source::from_bytes("court.osm.pbf", pbf::file(&block));
        let file = OsmFile::open(&source).expect("sound frames");
        let selector = "osm:building".parse().expect("a selector");
        let Homes {
            residents: homes,
            report,
            ..
        } = read_homes(&file, &selector, &HomeModel::default()).expect("sound blocks");
        let ids: Vec<&str> = homes.iter().map(|home| home.id.as_str()).collect();
        assert_eq!(ids, ["way/20", "way/30", "relation/7"]);
        assert_eq!((report.homes, report.without_shape), (3, 1));
        // 0.001° squared at the equator is 111.319 m × 110.574 m = 12,309 m² (see above), eight of them without the court.
        let people = 12_309.0 * 0.8 / 45.0;
        for (home, squares) in homes.iter().zip([1.0, 1.0, 8.0]) {
            let expected = people * squares;
            assert!(
                (home.people.as_f64() - expected).abs() < 0.01 * squares,
                "{home:?}"
            );
        }
        let place = homes[2].place.as_ref().expect("a place");
        let in_court = |at: f64| (0.002..0.003).contains(&at);
        assert!(
            !(in_court(place.x) && in_court(place.y)),
            "{place:?} is in the court"
        );
    }
}
