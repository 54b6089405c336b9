//! Streets from the lines of vector files. They join wherever vertices round to the same 10⁻⁷ degrees, and nowhere else.

#[cfg(feature = "osm")]
use super::Timetable;
use super::access::{
    CutReason, Role, Tags, Walkable, condition, is_set, is_street, is_understood, is_way_key,
    structure, walkable,
};
use super::cells;
use super::column_names::listed;
use super::cuts::CutReport;
use super::features::{Feature, Gather, NamesMet, Places, Shape, Value, Xy, at_place};
use super::mend::{self, Mending, Part};
use super::sidepaths::{Beside, with_footways_beside};
use super::unread::LookedAt;
use super::{
    InputError, Known, KnownBy, LayerKind, Reading, RoleColumn, RoleColumns, Source, StreetsRead,
};
use crate::crs::{Converter, Crs};
use crate::geometry::Location;
use crate::model::{Fault, FindingCode, Findings, StreetsBuilder, Structure, WayKind};
use crate::text::language::{Language, Words, place_zh, words};

/// A line of the network, beside its places.
struct Line {
    number: i64,
    walkable: Walkable,
    structure: Structure,
    name: Option<String>,
}

/// The lines of a file as ways, in the file's coordinates until all is known of it.
pub(super) struct Digitised<'a> {
    ways: Vec<(i64, Result<Way, Fault>)>,
    met: NamesMet,
    /// Tags that stand in properties of other names: the tag and the property.
    tags: &'a RoleColumns,
}

/// A feature as a way.
pub(super) struct Way {
    verdict: Result<Walkable, CutReason>,
    parts: Vec<Vec<Xy>>,
    name: Option<String>,
    structure: Structure,
    level: i32,
    /// A tag that opens or closes it at times only.
    condition: Option<String>,
    /// What stands in properties that are looked at and means nothing there: the property and its text.
    strange: Vec<(String, String)>,
}

/// What is kept of a feature that should be a line.
pub(super) struct KeptWay {
    number: i64,
    way: Result<Way, Fault>,
    /// The names of its properties where some were not met before.
    new: Vec<String>,
}

impl Gather for Digitised<'_> {
    type Kept = KeptWay;

    fn kept(&self, feature: Feature) -> Self::Kept {
        let new = self.met.new_of(&feature);
        KeptWay {
            number: feature.number,
            way: way(feature, self.tags),
            new,
        }
    }

    fn keep(&mut self, kept: Self::Kept) {
        self.ways.push((kept.number, kept.way));
        self.met.note(kept.new);
    }
}

/// Tags that say something about walking on a line without a kind.
const ACCESS_KEYS: &[&str] = &[
    "foot",
    "access",
    "foot:forward",
    "foot:backward",
    "foot:both_ways",
    "access:forward",
    "access:backward",
    "access:both_ways",
    "oneway:foot",
    "motorroad",
    "conveying",
    "sac_scale",
    "impassable",
    "wheelchair",
    "smoothness",
];

impl<'a> Digitised<'a> {
    pub(super) fn new(tags: &'a RoleColumns) -> Self {
        Self {
            ways: Vec::new(),
            met: NamesMet::default(),
            tags,
        }
    }

    /// A property that is named must be in some feature.
    ///
    /// # Errors
    /// [`InputError::Column`].
    pub(super) fn check(&self, source: &Source) -> Result<(), InputError> {
        let is_missing = |tag: &&RoleColumn| self.met.iter().all(|name| name != tag.column);
        match self.tags.iter().find(is_missing) {
            None => Ok(()),
            Some(RoleColumn { role: tag, column }) => Err(InputError::Column {
                file: source.path().to_owned(),
                field: words!("{tag}, named {column}", "{tag}（指定为 {column}）"),
                found: listed(self.met.iter()),
                option: LayerKind::Network.columns_option(),
            }),
        }
    }

    /// Makes streets of features. Properties named like OpenStreetMap tags (`highway`, `foot`, `access`, `oneway:foot`, …) are
    /// taken at their word; a line without any is a way for walking.
    ///
    /// # Errors
    /// [`InputError::TooLarge`].
    pub(super) fn streets(
        self,
        places: Places<'_>,
        mut findings: Findings,
        converter: &Converter,
        mending: Mending,
    ) -> Result<StreetsRead, InputError> {
        let mut cuts = CutReport::default();
        let (lines, drawn) = self.located(places, converter, &mut cuts, &mut findings);
        joined(&lines, drawn, places, mending, cuts, findings)
    }

    /// What was read: the properties that are tags of streets.
    pub(super) fn reading(&self) -> Reading {
        let is_tag = |name: &str| {
            let is_named = self.tags.iter().any(|tag| tag.column == name);
            is_looked_at(name) || is_named
        };
        self.met.reading_of_tags(is_tag)
    }

    /// Every part of a way that may be walked with its places on earth; the others are found or cut.
    fn located(
        self,
        at: Places<'_>,
        converter: &Converter,
        cuts: &mut CutReport,
        findings: &mut Findings,
    ) -> (Vec<Line>, Vec<Part>) {
        let mut lines: Vec<Line> = Vec::new();
        let mut drawn: Vec<Part> = Vec::new();
        for (number, way) in self.ways {
            let place = || at.place(number);
            let located = way.and_then(|way| Ok((located(&way.parts, converter)?, way)));
            let (parts, way) = match located {
                Ok(located) => located,
                Err(fault) => {
                    findings.add(FindingCode::InvalidLine, || at_place(&place(), &fault));
                    continue;
                }
            };
            way.tell(&place(), findings);
            let walkable = match way.verdict {
                Ok(walkable) => walkable,
                Err(reason) => {
                    let noun = at.noun;
                    cuts.add_way(reason, parts, || Words::place(&format!("{noun} {number}")));
                    findings.add(reason.finding(), || {
                        let (en, zh) = (place(), place_zh(&place()));
                        let [why, why_zh] = Language::ALL.map(|language| reason.words(language));
                        words!("{en}: {why}", "{zh}：{why_zh}")
                    });
                    continue;
                }
            };
            for places in parts {
                if places.len() < 2 {
                    findings.add(FindingCode::DegenerateLine, || {
                        let (en, zh) = (place(), place_zh(&place()));
                        words!("{en}: fewer than two vertices", "{zh}：少于两个折点")
                    });
                    continue;
                }
                lines.push(Line {
                    number,
                    walkable,
                    structure: way.structure,
                    name: way.name.clone(),
                });
                drawn.push(Part {
                    places,
                    level: way.level,
                });
            }
        }
        (lines, drawn)
    }
}

impl Way {
    /// Tells of its properties that are not understood, and of those that hold at times only.
    fn tell(&self, place: &str, findings: &mut Findings) {
        for (property, text) in &self.strange {
            let looked_at = LookedAt::new(LayerKind::Network, property);
            looked_at.tell(findings, FindingCode::CellNotUnderstood, place, text);
        }
        if let (Ok(_) | Err(CutReason::Forbidden), Some(tag)) = (&self.verdict, &self.condition) {
            findings.add(FindingCode::UnusedCondition, || {
                let (en, zh) = (place, place_zh(place));
                words!("{en}: {tag}", "{zh}：{tag}")
            });
        }
    }
}

fn located(parts: &[Vec<Xy>], converter: &Converter) -> Result<Vec<Vec<Location>>, Fault> {
    let locate = |(x, y): &Xy| -> Result<Location, Fault> {
        let place = converter.place(*x, *y)?;
        // Lines that are cut at the antimeridian go on there.
        let location = Location::from_degrees(place).map(Location::on_one_antimeridian);
        location.ok_or(Fault::OffTheEarth { lon: *x, lat: *y })
    };
    let part = |part: &Vec<Xy>| part.iter().map(locate).collect();
    parts.iter().map(part).collect()
}

/// Mends the lines and joins them where their vertices are one place.
fn joined(
    lines: &[Line],
    mut drawn: Vec<Part>,
    places: Places<'_>,
    mending: Mending,
    mut cuts: CutReport,
    mut findings: Findings,
) -> Result<StreetsRead, InputError> {
    let Places { source, noun } = places;
    let at = |line: &Line| places.place(line.number);
    findings.extend(mend(&mut drawn, mending, |part| at(&lines[part])));
    let count = drawn.iter().map(|part| part.places.len() as u64).sum();
    if count >= u64::from(u32::MAX) {
        return Err(InputError::TooLarge {
            file: source.path().to_owned(),
            count,
            what: Words::new("vertices", "折点"),
        });
    }
    let (unique, refs) = join(&drawn);
    let ways = ways_of(lines, &drawn, &refs);
    drop(drawn);
    let left_out = with_footways_beside(&ways, |vertex| unique.get(vertex as usize).copied());
    let all = || lines.iter().zip(&ways).zip(&left_out);
    for ((line, way), _) in all().filter(|(_, out)| **out) {
        let places = way.refs.iter().map(|vertex| unique[*vertex as usize]);
        let example = || Words::place(&format!("{noun} {}", line.number));
        cuts.add_way(CutReason::Sidepath, vec![places.collect()], example);
        findings.add(CutReason::Sidepath.finding(), || Words::place(&at(line)));
    }
    let mut builder = StreetsBuilder::new(unique);
    for ((line, way), _) in all().filter(|(_, out)| !**out) {
        if way.refs.iter().all(|vertex| *vertex == way.refs[0]) {
            findings.add(FindingCode::DegenerateLine, || {
                let (en, zh) = (at(line), place_zh(&at(line)));
                words!("{en}: its vertices are one place", "{zh}：各折点位于同一处")
            });
            continue;
        }
        let passage = line.walkable.passage;
        let name = line.name.as_deref();
        builder.add_way_on(line.structure, line.number, way.refs, passage, name);
    }
    Ok(StreetsRead {
        streets: builder.finish(Vec::new()),
        cuts,
        cut_at: Vec::new(),
        crs: Known::new(Crs::Wgs84, KnownBy::Default),
        reading: Reading::default(),
        findings,
        #[cfg(feature = "osm")]
        timetable: Timetable::default(),
    })
}

/// The ways that stand beside others: each line with its own vertices of all.
fn ways_of<'r>(lines: &[Line], drawn: &[Part], refs: &'r [u32]) -> Vec<Beside<'r>> {
    let mut rest = refs;
    let ways = lines.iter().zip(drawn).map(|(line, part)| {
        let (refs, after) = rest.split_at(part.places.len());
        rest = after;
        Beside {
            refs,
            role: line.walkable.role,
        }
    });
    ways.collect()
}

fn way(feature: Feature, named: &RoleColumns) -> Result<Way, Fault> {
    let parts = match feature.shape {
        Ok(Shape::Lines(lines)) => lines,
        Ok(other) => return Err(other.is_not("LineString")),
        Err(fault) => return Err(fault),
    };
    let all = || {
        let properties = feature.properties.iter();
        properties.filter_map(|(key, value)| match value {
            Value::Text(text) | Value::Other(text) => Some((key.as_str(), text.as_str())),
            Value::Empty => None,
        })
    };
    let strange = strange(all(), named);
    // A lost value says nothing.
    let texts = || all().filter(|(_, text)| !cells::is_lost(text));
    // A tag that is named goes before a property of the tag's own name.
    let named = named.iter().filter_map(|RoleColumn { role: tag, column }| {
        let (_, text) = texts().find(|(key, _)| key == column)?;
        Some((tag.as_str(), text))
    });
    let pairs: Vec<(&str, &str)> = named.chain(texts()).collect();
    let tags = Tags(&pairs);
    let verdict = if is_street(tags) || pairs.iter().any(|(key, _)| ACCESS_KEYS.contains(key)) {
        walkable(tags)
    } else {
        Ok(Walkable {
            passage: WayKind::Street.into(),
            role: Role::Street,
        })
    };
    Ok(Way {
        verdict,
        parts,
        name: tags.get("name").map(str::to_owned),
        structure: structure(tags),
        level: level(tags),
        condition: condition(tags).map(|(key, value)| format!("{key}={value}")),
        strange,
    })
}

/// Whether a property of a line is looked at.
fn is_looked_at(name: &str) -> bool {
    name == "name" || is_way_key(name)
}

/// What stands in properties that are looked at and means nothing there.
fn strange<'p>(
    properties: impl Iterator<Item = (&'p str, &'p str)>,
    named: &'p RoleColumns,
) -> Vec<(String, String)> {
    let tag_of = |property: &'p str| {
        let mut named = named.iter();
        let tag = named.find(|tag| tag.column == property);
        tag.map_or(property, |tag| tag.role.as_str())
    };
    let strange = properties.filter(|(property, text)| {
        let tag = tag_of(property);
        is_looked_at(tag) && (cells::is_lost(text) || !is_understood(tag, text.trim()))
    });
    strange
        .map(|(property, text)| (property.to_owned(), text.to_owned()))
        .collect()
}

/// The level of a line beside others: its `layer`, else one up on a bridge and one down in a tunnel.
fn level(tags: Tags<'_>) -> i32 {
    let is_set = |key| i32::from(is_set(tags, key));
    let layer = tags.get("layer").and_then(|layer| layer.parse().ok());
    layer.unwrap_or_else(|| is_set("bridge") - is_set("tunnel"))
}

/// Mends the lines as asked, or counts what could be mended.
fn mend(drawn: &mut [Part], mending: Mending, at: impl Fn(usize) -> String) -> Findings {
    let mut findings = Findings::default();
    if mending.join_tolerance_m > 0.0 {
        let moved = mend::join_ends(drawn, mending.join_tolerance_m);
        findings.add_many(FindingCode::JoinedEnd, moved, || {
            let metres = mending.join_tolerance_m;
            words!(
                "{moved} ends within {metres} m of a line",
                "{moved} 个端点距其他线不超过 {metres} 米"
            )
        });
    }
    if mending.node_crossings {
        let noded = mend::node_crossings(drawn);
        findings.add_many(FindingCode::NodedCrossing, noded, || {
            words!("at {noded} places", "共 {noded} 处")
        });
    }
    if mending.look {
        let (dangles, first) = mend::dangles(drawn);
        findings.add_many(FindingCode::Dangle, dangles, || {
            Words::place(&first.map(&at).unwrap_or_default())
        });
        let (crossings, first) = mend::crossings(drawn);
        findings.add_many(FindingCode::Crossing, crossings, || {
            Words::place(&first.map(&at).unwrap_or_default())
        });
    }
    findings
}

/// Every location once, ascending, and for each vertex its position there.
fn join(drawn: &[Part]) -> (Vec<Location>, Vec<u32>) {
    let vertices = drawn.iter().flat_map(|part| part.places.iter().copied());
    let mut order: Vec<(Location, u32)> = vertices.zip(0..).collect();
    order.sort_unstable();
    let mut unique: Vec<Location> = Vec::new();
    let mut refs = vec![0; order.len()];
    for (location, vertex) in order {
        if unique.last() != Some(&location) {
            unique.push(location);
        }
        refs[vertex as usize] = unique.len() as u32 - 1;
    }
    (unique, refs)
}
