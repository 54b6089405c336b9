//! What the columns say of the stations.

use geo::{BoundingRect, Intersects};
use geo_types::Point;

use crate::id::StationId;
use crate::inputs::size;
use crate::model::{
    Area, Attribute, AttributeColumn, Attributes, FindingCode, Findings, Station, Tier, TierReader,
};
use crate::planning::provision::{AskedStation, StationGroup, TierCircle};
use crate::planning::register::{Community, Date, RegisteredStation, is_open};
use crate::planning::services::{offered_in, services_of};
use crate::planning::standards::{By, Clause, Standard, Term, is_any};
use crate::snap::Snapped;
use crate::text::language::{InLanguage, Words, words};
use crate::text::names::{Listed, Naming, Places};
use crate::text::plain::{letters, yes_or_no};
use crate::units::Unit;

/// The stations with what stands beside them; a station is what its first row says.
pub(super) struct Stations<'a> {
    pub(super) attributes: &'a Attributes,
    rows: Vec<usize>,
    records: &'a [Station],
    /// By station what its cell says of its tier.
    tiers: Vec<TierCell>,
    /// What numbers stand for among the tiers.
    numbers: TierReader,
    /// By station whether it is open on the day that is asked for.
    open: Vec<bool>,
}

/// What a station's cell says of its tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TierCell {
    /// Nothing: it is empty, or there is no such column.
    Silent,
    /// This one.
    Of(Tier),
    /// What no register counts: every tier, or one of a standard's own.
    Other,
    /// Nothing that is understood.
    NotUnderstood,
}

impl<'a> Stations<'a> {
    pub(super) fn new(
        (records, attributes): (&'a [Station], &'a Attributes),
        snapped: &Snapped,
        (as_of, standards): (Option<Date>, &[Standard]),
    ) -> Self {
        let rows = snapped
            .stations()
            .map(|station| snapped.entrances(station)[0].row as usize);
        let column = attributes.of(Attribute::Tier);
        let texts = column.map_or(&[][..], AttributeColumn::texts).iter();
        let numbers = TierReader::from_cells(texts.map(String::as_str));
        let mut stations = Self {
            attributes,
            rows: rows.collect(),
            records,
            tiers: Vec::new(),
            numbers,
            open: Vec::new(),
        };
        let said = |cell: &str| tier_cell(cell, standards, numbers);
        let tiers = stations.each_text(Attribute::Tier, said).into_iter();
        stations.tiers = tiers.map(|said| said.unwrap_or(TierCell::Silent)).collect();
        stations.open = stations
            .all()
            .map(|station| as_of.is_none_or(|day| stations.is_open(station, day)))
            .collect();
        stations
    }

    pub(super) fn count(&self) -> usize {
        self.rows.len()
    }

    /// What they are called, and where they stand.
    pub(super) fn asked(&self, snapped: &Snapped) -> Vec<AskedStation> {
        let place = |row: u32| self.records[row as usize].place.as_ref().ok().copied();
        self.all()
            .map(|station| {
                let record = &self.records[self.rows[station.index()]];
                let entrances = snapped.entrances(station).iter();
                AskedStation {
                    id: record.id.clone(),
                    name: record.name.clone(),
                    places: entrances
                        .filter_map(|entrance| place(entrance.row))
                        .collect(),
                }
            })
            .collect()
    }

    fn all(&self) -> impl Iterator<Item = StationId> + use<> {
        (0..self.rows.len() as u32).map(StationId)
    }

    /// What a column says of a station.
    fn text(&self, station: StationId, attribute: Attribute) -> Option<&str> {
        self.attributes
            .of(attribute)?
            .get(self.rows[station.index()])
    }

    /// Whether a station was there on a day.
    fn is_open(&self, station: StationId, day: Date) -> bool {
        let (opened, closed) = opening(self.attributes, self.rows[station.index()]);
        is_open(opened, closed, day)
    }

    /// The stations that are there on the day that is asked for.
    pub(super) fn open(&self) -> StationGroup {
        StationGroup::new(self.count(), |station| self.open[station.index()])
    }

    /// The stations of these that were there on another day.
    pub(super) fn open_on(&self, group: &StationGroup, day: Date) -> StationGroup {
        StationGroup::new(self.count(), |station| {
            group.has(station) && self.is_open(station, day)
        })
    }

    pub(super) fn tier(&self, station: StationId) -> Option<Tier> {
        match self.tiers[station.index()] {
            TierCell::Of(tier) => Some(tier),
            _ => None,
        }
    }

    /// The tier under which a register counts a station: without a column of tiers all are of communities.
    fn registered_tier(&self, station: StationId) -> Option<Tier> {
        if self.says(Attribute::Tier) {
            self.tier(station)
        } else {
            Some(Tier::Community)
        }
    }

    /// Whether a column says something of any station: one that is missing is as empty as one that nobody filled.
    fn says(&self, attribute: Attribute) -> bool {
        let column = self.attributes.of(attribute);
        column.is_some_and(|column| !column.texts().is_empty())
    }

    /// The texts of a column, each once; `None` without any.
    pub(super) fn texts(&self, attribute: Attribute) -> Option<Vec<String>> {
        let column = self.attributes.of(attribute)?;
        self.says(attribute).then(|| column.texts().to_vec())
    }

    /// The services that stations offer, each once, as their cells name them.
    pub(super) fn offered(&self) -> Vec<String> {
        let column = self.attributes.of(Attribute::Services);
        offered_in(column.map_or(&[][..], AttributeColumn::texts))
    }

    /// Cells that say something of a station and are not understood, and stations of which a filled column says nothing.
    pub(super) fn findings(&self, asks_services: bool) -> Findings {
        let mut findings = Findings::default();
        if asks_services {
            findings.extend(self.silent_services());
        }
        for station in self.all() {
            let record = &self.records[self.rows[station.index()]];
            let (id, text) = (&record.id, self.text(station, Attribute::Tier));
            let code = match self.tiers[station.index()] {
                TierCell::NotUnderstood => FindingCode::TierNotUnderstood,
                TierCell::Silent if self.says(Attribute::Tier) => FindingCode::TierNotStated,
                _ => continue,
            };
            let place = Words::place(&record.source);
            let place_zh = place.zh();
            findings.add(code, || match text {
                Some(text) => words!("{place}: {id}: \"{text}\"", "{place_zh}：{id}：“{text}”"),
                None => words!("{place}: {id}", "{place_zh}：{id}"),
            });
        }
        findings
    }

    /// The open stations whose cell of services is blank, where others' is filled.
    fn silent_services(&self) -> Findings {
        let mut findings = Findings::default();
        let is_silent = |station: &StationId| {
            self.open[station.index()] && self.text(*station, Attribute::Services).is_none()
        };
        let silent = self.all().filter(|_| self.says(Attribute::Services));
        for station in silent.filter(is_silent) {
            let record = &self.records[self.rows[station.index()]];
            let (place, id) = (Words::place(&record.source), &record.id);
            let place_zh = place.zh();
            findings.add(FindingCode::ServicesNotStated, || {
                words!("{place}: {id}", "{place_zh}：{id}")
            });
        }
        findings
    }

    /// What every station's cell of a column means: each text is asked about once, as few are many.
    fn each_text<T: Clone>(
        &self,
        attribute: Attribute,
        means: impl Fn(&str) -> T,
    ) -> Vec<Option<T>> {
        let Some(column) = self.attributes.of(attribute) else {
            return vec![None; self.count()];
        };
        let by_row = column.map(|text| means(text));
        self.rows.iter().map(|row| by_row[*row].clone()).collect()
    }

    /// The stations that a clause is about, open or not.
    pub(super) fn of_clause_ever(&self, clause: &Clause) -> StationGroup {
        let is_so = |attribute, is: &dyn Fn(&str) -> bool| -> Vec<Option<bool>> {
            self.each_text(attribute, is)
        };
        let is_of_tier = |cell: &str| {
            let numbered = || self.numbers.numbered(cell);
            clause.is_of_tier(cell) || numbered().is_some_and(|tier| clause.is_of_tier(tier.name()))
        };
        let tiers = is_so(Attribute::Tier, &is_of_tier);
        let kinds = [Attribute::Kind, Attribute::Services]
            .map(|attribute| is_so(attribute, &|cell| clause.is_of_kind(cell)));
        StationGroup::new(self.count(), |station| {
            // A clause about a tier is about those of whom the table says so.
            let is_of_tier = tiers[station.index()].unwrap_or(clause.tier.is_none());
            let is_of_kind = || kinds.iter().any(|kind| kind[station.index()] == Some(true));
            is_of_tier && (clause.facility.is_none() || is_of_kind())
        })
    }

    /// The stations that a clause is about and that are open.
    pub(super) fn of_clause(&self, clause: &Clause) -> StationGroup {
        self.of_clause_ever(clause).and(&self.open())
    }

    /// The circles of a standard's tiers: the clauses that ask for a tier and for no facility.
    pub(super) fn circles(&self, standard: &Standard) -> Vec<TierCircle> {
        if !self.says(Attribute::Tier) {
            return Vec::new();
        }
        let of_tier = standard
            .clauses
            .iter()
            .filter(|clause| clause.facility.is_none());
        of_tier
            .filter_map(|clause| {
                let tier = clause.tier.as_ref()?;
                Some(TierCircle {
                    key: tier.key.clone(),
                    clause: clause.number.clone(),
                    name: tier.name.clone(),
                    stations: self.of_clause(clause),
                    minutes: clause.minutes,
                    metres: clause.metres,
                    decides: match clause.decides {
                        By::Minutes => Unit::Milliseconds,
                        By::Metres => Unit::Millimetres,
                    },
                    target: clause
                        .target
                        .map(|target| f64::from(target.ten_thousandths()) / 10_000.0),
                })
            })
            .collect()
    }

    /// The services of each station: those that are asked for, by the names that are asked; all of them where none is. A
    /// station that is not open offers nothing; of one whose cell says nothing that is understood nobody knows: `None`.
    pub(super) fn services(&self, asked: &[String], terms: &[Term]) -> Vec<Option<Vec<String>>> {
        let named = |cell: &str| -> Option<Vec<String>> {
            let offered = services_of(cell)?;
            if asked.is_empty() && terms.is_empty() {
                return Some(offered);
            }
            let is_offered = |name: &String| {
                let plain = letters(name);
                let term = terms.iter().find(|term| term.matches(name));
                offered.iter().any(|offered| {
                    letters(offered) == plain || term.is_some_and(|term| term.matches(offered))
                })
            };
            Some(if asked.is_empty() {
                let zh = |term: &&Term| offered.iter().any(|offered| term.matches(offered));
                let names = terms.iter().filter(zh);
                names
                    .map(|term| {
                        term.name
                            .get(crate::text::language::Language::Zh)
                            .to_owned()
                    })
                    .collect()
            } else {
                asked
                    .iter()
                    .filter(|name| is_offered(name))
                    .cloned()
                    .collect()
            })
        };
        let offered = self.each_text(Attribute::Services, named);
        let offered = offered.into_iter().zip(&self.open);
        offered
            .map(|(offered, is_open)| {
                if *is_open {
                    offered.flatten()
                } else {
                    Some(Vec::new())
                }
            })
            .collect()
    }

    /// The stations as a register holds them. Without a column of tiers all are of communities.
    pub(super) fn registered(&self, grounds: &Grounds<'_>) -> Vec<RegisteredStation> {
        self.all()
            .map(|station| {
                let record = &self.records[self.rows[station.index()]];
                let text = |attribute| self.text(station, attribute).map(str::to_owned);
                let name = record.name.clone().unwrap_or_else(|| record.id.clone());
                let tier = self.registered_tier(station);
                let is_of_street = tier == Some(Tier::Street);
                let is_unread = self.tiers[station.index()] == TierCell::NotUnderstood;
                let place = record.place.as_ref().ok().copied();
                let (opened, closed) = opening(self.attributes, self.rows[station.index()]);
                let of_street = is_of_street.then(|| text(Attribute::Street)).flatten();
                RegisteredStation {
                    row: self.rows[station.index()] as u32,
                    community_code: text(Attribute::CommunityCode).or_else(|| {
                        let of_street = is_of_street.then(|| text(Attribute::StreetCode));
                        of_street.flatten()
                    }),
                    unread_tier: is_unread.then(|| text(Attribute::Tier)).flatten(),
                    community_name: of_street.or_else(|| text(Attribute::Community)),
                    parent: text(Attribute::Parent),
                    kinds: text(Attribute::Kind).into_iter().collect(),
                    opened,
                    closed,
                    floor_area_m2: self.text(station, Attribute::FloorArea).and_then(size),
                    haves: [Attribute::Sign, Attribute::Rules, Attribute::Facilities]
                        .map(|attribute| self.text(station, attribute).and_then(yes_or_no)),
                    place,
                    stands_in: place.and_then(|place| grounds.of(Point(place))),
                    ..RegisteredStation::new(record.id.clone(), name, tier)
                }
            })
            .collect()
    }
}

/// What a cell says of a tier: a standard's own words go before those that every reader knows.
fn tier_cell(cell: &str, standards: &[Standard], numbers: TierReader) -> TierCell {
    if is_any(cell) {
        return TierCell::Other;
    }
    let of_standard = standards.iter().find_map(|one| one.tier_term(cell));
    match (of_standard, numbers.read(cell)) {
        (Some(term), read) => term
            .as_tier()
            .or(read)
            .map_or(TierCell::Other, TierCell::Of),
        (None, Some(tier)) => TierCell::Of(tier),
        (None, None) => TierCell::NotUnderstood,
    }
}

/// Whether a cell names a tier, or every one.
pub(super) fn names_tier(cell: &str, standards: &[Standard], numbers: TierReader) -> bool {
    tier_cell(cell, standards, numbers) != TierCell::NotUnderstood
}

/// When the station of a row opened and closed, as far as its columns say.
pub(super) fn opening(attributes: &Attributes, row: usize) -> (Option<Date>, Option<Date>) {
    let text = |attribute: Attribute| attributes.of(attribute)?.get(row);
    let opened = text(Attribute::Opened).and_then(|text| Date::first_of(text).ok());
    let closed = text(Attribute::Closed).and_then(|text| Date::last_of(text).ok());
    (opened, closed)
}

/// The grounds of communities, where an area layer has areas of their names or codes.
pub(super) struct Grounds<'a> {
    list: Vec<(&'a Area, u32)>,
}

impl<'a> Grounds<'a> {
    pub(super) fn new(areas: &'a [Area], communities: &[Community]) -> Self {
        let listed = communities.iter().map(|community| Listed {
            code: &community.code,
            name: &community.name,
            street: &community.street_name,
        });
        let places = Places::new(listed, Naming::Communities);
        let community_of = |area: &Area| {
            places.meant(Listed {
                code: &area.id,
                name: &area.name,
                street: "",
            })
        };
        let list = areas
            .iter()
            .filter_map(|area| Some((area, community_of(area)?)));
        Self {
            list: list.collect(),
        }
    }

    fn of(&self, place: Point<f64>) -> Option<u32> {
        let holds = |area: &Area| {
            area.shape
                .bounding_rect()
                .is_some_and(|bounds| bounds.intersects(&place))
                && area.shape.intersects(&place)
        };
        let found = self.list.iter().find(|(area, _)| holds(area));
        found.map(|(_, community)| *community)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_and_words_say_yes_or_no() {
        for (cell, said) in [
            ("√", Some(true)),
            (" 有 ", Some(true)),
            ("ＹＥＳ", Some(true)),
            ("×", Some(false)),
            ("不具备", Some(false)),
            ("待查", None),
        ] {
            assert_eq!(yes_or_no(cell), said, "{cell}");
        }
    }
}
