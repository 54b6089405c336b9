//! Polygons with people as residents: an office knows how many people a community has, not where its homes stand. They are
//! put onto the homes inside that have no people of their own, else onto the buildings of the network's file, else along the
//! streets inside, else at a point inside. Every total is kept.

use geo_types::{Coord, MultiPolygon};

use crate::allocation::{Allocation, CommunityPeople, Groups, HomeSize};
use crate::inputs::cells::{self, Comma};
use crate::inputs::osm::{BuildingSize, Homes};
use crate::inputs::outlines::{Outlines, inner_point};
use crate::inputs::sizes::SizeColumns;
use crate::inputs::unread::LookedAt;
use crate::inputs::{LayerKind, LayerReading};
use crate::model::{
    Attribute, AttributeColumn, Attributes, Dwelling, FindingCode, Findings, Resident,
};
use crate::network::Network;
use crate::text::language::{InLanguage, Words, words};
use crate::units::People;
use crate::units::shares::largest_remainder;

/// A resident record that is a polygon: its row, and its outline.
pub(super) type Outlined = (usize, MultiPolygon<f64>);

/// The resident records of a study with what stands beside them.
pub(super) struct Records<'a> {
    pub(super) residents: &'a mut Vec<Resident>,
    pub(super) attributes: &'a mut Attributes,
    pub(super) findings: &'a mut Findings,
}

/// Where people may be put who are given by polygon.
pub(super) struct Grounds<'a> {
    /// The resident records that are polygons, ascending.
    pub(super) outlined: &'a [Outlined],
    /// By resident row whether it is a home without people of its own.
    pub(super) is_home: &'a [bool],
    /// The homes that the network's file knows, where no layer gives any.
    pub(super) buildings: Option<Homes>,
    pub(super) network: &'a Network,
    /// The columns that count groups of people.
    pub(super) groups: &'a [String],
    /// How each layer was read.
    pub(super) readings: &'a [LayerReading],
}

/// One record of the new list.
struct Record {
    resident: Resident,
    /// The rows whose cells it has, the first that has one.
    rows: [Option<usize>; 2],
    groups: Option<Vec<People>>,
}

/// A place in a polygon where people may be put.
struct Home {
    polygon: u32,
    size: HomeSize,
    at: At,
}

enum At {
    /// A record that is there already.
    Row(usize),
    /// A building of the network's file.
    Building(usize),
}

impl Grounds<'_> {
    /// Puts everybody who is given by polygon onto places inside, in place of the polygons' records.
    pub(super) fn settle(&self, records: &mut Records<'_>) {
        if self.outlined.is_empty() {
            return;
        }
        let outlines = Outlines::new((0..).zip(self.outlined.iter().map(|(_, outline)| outline)));
        let is_home = |row: usize| self.is_home.get(row) == Some(&true);
        let sizes = SizeColumns::new(records.attributes);
        let strange = sizes.not_understood(records.residents, self.readings, is_home);
        records.findings.extend(strange);
        let homes = self.homes(records, &outlines);
        let people = self.people(records);
        let sizes: Vec<HomeSize> = homes.iter().map(|home| home.size).collect();
        let kind = kind_of(&people);
        let Ok(allocation) = Allocation::new(&people, &sizes, kind) else {
            // Polygons have the same columns, their groups fit as `people` makes them, and homes name polygons of the list.
            return;
        };
        let mut new: Vec<Vec<Record>> = self.outlined.iter().map(|_| Vec::new()).collect();
        let own = self.put(&homes, &allocation, records, &mut new);
        self.say_bases(&allocation, records);
        self.settle_others(&allocation, &people, records, &mut new);
        self.empty_others(&own, records);
        let polygon_of = homes.iter().filter_map(|home| match home.at {
            At::Row(at) => Some((at, self.outlined[home.polygon as usize].0)),
            At::Building(_) => None,
        });
        let polygon_of: std::collections::BTreeMap<usize, usize> = polygon_of.collect();
        self.replace(records, new, |row| Record {
            resident: Resident::new("", 0.0, 0.0),
            rows: [Some(row), polygon_of.get(&row).copied()],
            groups: own[row].clone(),
        });
    }

    /// Puts people into homes: into records that are there, of which the people of the groups are given back by row, and into
    /// buildings, which become records.
    fn put(
        &self,
        homes: &[Home],
        allocation: &Allocation,
        records: &mut Records<'_>,
        new: &mut [Vec<Record>],
    ) -> Vec<Option<Vec<People>>> {
        let mut own: Vec<Option<Vec<People>>> = vec![None; records.residents.len()];
        for (number, home) in homes.iter().enumerate() {
            let people = allocation.people()[number];
            let groups = allocation.groups_of(number).to_vec();
            let polygon = home.polygon as usize;
            let row = self.outlined[polygon].0;
            match home.at {
                At::Row(at) => {
                    records.residents[at].people = people;
                    own[at] = Some(groups);
                }
                At::Building(at) => {
                    let Some(building) = &self.buildings else {
                        continue;
                    };
                    new[polygon].push(Record {
                        resident: building.residents[at].clone().with_people(people),
                        rows: [Some(row), None],
                        groups: Some(groups),
                    });
                }
            }
        }
        own
    }

    /// Leaves nobody in homes that lie in no polygon, and tells of them.
    fn empty_others(&self, own: &[Option<Vec<People>>], records: &mut Records<'_>) {
        let is_settled = |row: usize| self.is_home.get(row).copied().unwrap_or(false);
        for (row, own) in own.iter().enumerate() {
            if is_settled(row) && own.is_none() && records.residents[row].place.is_ok() {
                let resident = &mut records.residents[row];
                resident.people = People::ZERO;
                let place = Words::place(&resident.source);
                records
                    .findings
                    .add(FindingCode::HomeOutsidePolygons, || place);
            }
        }
    }

    /// The homes in the polygons: those of layers, else the buildings of the network's file.
    fn homes(&self, records: &Records<'_>, outlines: &Outlines<'_>) -> Vec<Home> {
        let sizes = SizeColumns::new(records.attributes);
        let rows = records.residents.iter().enumerate();
        let rows = rows.filter(|(row, _)| self.is_home.get(*row) == Some(&true));
        let of_layers = rows.filter_map(|(row, resident)| {
            let polygon = outlines.first_at(resident.valid_place()?)?;
            let size = sizes.home(row, Some(polygon));
            let at = At::Row(row);
            Some(Home { polygon, size, at })
        });
        let buildings = self.buildings.iter().flat_map(|homes| {
            let sized = homes.residents.iter().zip(&homes.sizes).enumerate();
            sized.filter_map(|(at, (home, building))| {
                let polygon = outlines.first_at(home.valid_place()?)?;
                let size = size_of(*building, Some(polygon));
                let at = At::Building(at);
                Some(Home { polygon, size, at })
            })
        });
        of_layers.chain(buildings).collect()
    }

    /// The people of each polygon, and its groups. One whose people cannot be read has none to settle.
    fn people(&self, records: &mut Records<'_>) -> Vec<CommunityPeople> {
        let mut list = Vec::with_capacity(self.outlined.len());
        for (row, _) in self.outlined {
            let resident = &records.residents[*row];
            let population = match resident.people_fault {
                None => resident.people,
                Some(_) => People::ZERO,
            };
            let mut groups = Vec::with_capacity(self.groups.len());
            for name in self.groups {
                let cell = records.attributes.named(name);
                let text = cell.and_then(|column| column.get(*row));
                let count = text.map(|text| cells::people(text, Comma::Thousands));
                let fits = |count: &People| *count <= population;
                // Nothing can be more than what nobody knows.
                let is_sound = |count: &People| fits(count) || resident.people_fault.is_some();
                let is_sound = count
                    .as_ref()
                    .map(|count| count.as_ref().is_ok_and(is_sound));
                if let (Some(text), Some(false)) = (text, is_sound) {
                    let (source, code) = (&resident.source, FindingCode::GroupNotANumber);
                    let of = (LayerKind::Residents, name.as_str());
                    let looked_at = LookedAt::taken(self.readings, of, source);
                    looked_at.tell(records.findings, code, source, text);
                }
                if text.is_none() {
                    let (source, code) = (&resident.source, FindingCode::BlankPeople);
                    let of = (LayerKind::Residents, name.as_str());
                    let looked_at = LookedAt::taken_if(self.readings, of, source);
                    if let Some(looked_at) = looked_at {
                        looked_at.tell(records.findings, code, source, "");
                    }
                }
                let count = count.and_then(Result::ok).filter(fits);
                groups.push(count.unwrap_or(People::ZERO));
            }
            list.push(CommunityPeople { population, groups });
        }
        list
    }

    /// Says by what the people of polygons with homes were shared out.
    fn say_bases(&self, allocation: &Allocation, records: &mut Records<'_>) {
        for (basis, (row, _)) in allocation.basis().iter().zip(self.outlined) {
            if let Some(basis) = basis {
                let id = &records.residents[*row].id;
                let basis_zh = basis.zh();
                records.findings.add(FindingCode::PeopleOnBuildings, || {
                    words!("{id}: by {basis}", "{id}：按{basis_zh}")
                });
            }
        }
    }

    /// Puts the people of polygons without a home along their streets, else at a point inside.
    fn settle_others(
        &self,
        allocation: &Allocation,
        people: &[CommunityPeople],
        records: &mut Records<'_>,
        new: &mut [Vec<Record>],
    ) {
        let others = allocation.unallocated().iter();
        let others: Vec<usize> = others.map(|other| other.community as usize).collect();
        let empty = (0u32..).zip(others.iter().map(|at| &self.outlined[*at].1));
        let streets = Outlines::new(empty).street_places(self.network, others.len());
        for (polygon, streets) in others.into_iter().zip(streets) {
            let (row, outline) = &self.outlined[polygon];
            let polygon_of = &records.residents[*row];
            let places = stands(&streets, outline, &people[polygon]);
            let code = if streets.is_empty() {
                FindingCode::PeopleAtPoint
            } else {
                FindingCode::PeopleOnStreets
            };
            let (id, many) = (&polygon_of.id, places.len() > 1);
            if places.is_empty() {
                // Without any ground it stays the record that cannot be used, with its people.
                new[polygon].push(Record {
                    resident: polygon_of.clone(),
                    rows: [Some(*row), None],
                    groups: None,
                });
                continue;
            }
            records.findings.add(code, || Words::same(id.clone()));
            new[polygon] = (1..)
                .zip(places)
                .map(|(number, stand)| Record {
                    resident: Resident {
                        id: if many {
                            format!("{id}/{number}")
                        } else {
                            id.clone()
                        },
                        place: Ok(stand.place),
                        people: stand.people,
                        people_fault: None,
                        dwelling: Dwelling::default(),
                        source: polygon_of.source.clone(),
                    },
                    rows: [Some(*row), None],
                    groups: Some(stand.groups),
                })
                .collect();
        }
    }

    /// Puts the new records in place of the polygons'; `kept` says what a record that stays has beside it.
    fn replace(
        &self,
        records: &mut Records<'_>,
        mut new: Vec<Vec<Record>>,
        kept: impl Fn(usize) -> Record,
    ) {
        let old = std::mem::take(records.residents);
        let mut list: Vec<Record> = Vec::with_capacity(old.len());
        let mut outlined = self
            .outlined
            .iter()
            .map(|(row, _)| *row)
            .enumerate()
            .peekable();
        for (row, resident) in old.into_iter().enumerate() {
            let is_read = resident.people_fault.is_none();
            match outlined.next_if(|(_, at)| *at == row) {
                Some((polygon, _)) if is_read => list.append(&mut new[polygon]),
                _ => list.push(Record {
                    resident,
                    ..kept(row)
                }),
            }
        }
        *records.attributes = beside(records.attributes, &list, self.groups);
        *records.residents = list.into_iter().map(|record| record.resident).collect();
    }
}

/// What stands beside the new records: of each the cells of its rows, and the people of its groups.
fn beside(old: &Attributes, list: &[Record], groups: &[String]) -> Attributes {
    let mut new = Attributes::none(list.len());
    for key in old.keys() {
        let Some(column) = old.named(key) else {
            continue;
        };
        let group = groups.iter().position(|name| name == key);
        let cells = list.iter().map(|record| {
            let counted = record.groups.as_ref().zip(group);
            let cell = |row: &Option<usize>| column.get((*row)?).map(str::to_owned);
            match counted {
                Some((groups, group)) => groups[group].to_string(),
                None => record.rows.iter().find_map(cell).unwrap_or_default(),
            }
        });
        new.set(key, cells);
    }
    new
}

/// How large a building is as a home.
pub(super) fn size_of(building: BuildingSize, community: Option<u32>) -> HomeSize {
    HomeSize {
        community,
        footprint_m2: Some(building.footprint_m2),
        storeys: Some(building.storeys),
        ..HomeSize::default()
    }
}

/// Columns that say of buildings how large they are.
pub(super) fn columns_of(sizes: &[BuildingSize]) -> Attributes {
    let texts = |of: &dyn Fn(&BuildingSize) -> String| {
        let texts: Vec<String> = sizes.iter().map(of).collect();
        AttributeColumn::from_cells(texts.iter().map(String::as_str))
    };
    let footprints = texts(&|size| format!("{:.2}", size.footprint_m2));
    let storeys = texts(&|size| size.storeys.to_string());
    let columns = [
        (Attribute::Footprint, footprints),
        (Attribute::Storeys, storeys),
    ];
    let columns = columns.map(|(attribute, column)| (attribute.key().to_owned(), column));
    Attributes::new(sizes.len(), columns.into())
}

/// Parts where nobody can be in two groups, as they are no more than everybody; else they overlap.
fn kind_of(people: &[CommunityPeople]) -> Groups {
    let fits = |one: &CommunityPeople| one.groups.iter().copied().sum::<People>() <= one.population;
    if people.iter().all(fits) {
        Groups::Parts
    } else {
        Groups::Overlapping
    }
}

/// People at a place where no home is known.
pub(in crate::inputs) struct Stand {
    pub(in crate::inputs) place: Coord<f64>,
    pub(in crate::inputs) people: People,
    pub(in crate::inputs) groups: Vec<People>,
}

/// Where the people of an outline without homes stand: along its streets, by their length, else at a point inside. Nobody is
/// put where nobody is due.
pub(in crate::inputs) fn stands(
    streets: &[crate::inputs::outlines::StreetPlace],
    outline: &MultiPolygon<f64>,
    people: &CommunityPeople,
) -> Vec<Stand> {
    let inner = || inner_point(outline).map(|place| (place, 1));
    let mut places: Vec<(Coord<f64>, u64)> = streets
        .iter()
        .map(|street| (street.place, street.millimetres.max(1)))
        .collect();
    if places.is_empty() {
        places.extend(inner());
    }
    let weights: Vec<u64> = places.iter().map(|(_, weight)| *weight).collect();
    let whole = |people: People| people.thousandths().is_multiple_of(1000);
    let is_whole = whole(people.population) && people.groups.iter().copied().all(whole);
    let unit = if is_whole { 1000 } else { 1 };
    let share = |total: People, weights: &[u64]| -> Vec<People> {
        let shares = largest_remainder(total.thousandths() / unit, weights).into_iter();
        shares
            .map(|share| People::from_thousandths(share * unit))
            .collect()
    };
    let population = share(people.population, &weights);
    let living: Vec<u64> = population
        .iter()
        .map(|people| people.thousandths())
        .collect();
    let groups: Vec<Vec<People>> = people
        .groups
        .iter()
        .map(|group| share(*group, &living))
        .collect();
    let stands = places.into_iter().zip(population).enumerate();
    stands
        .filter(|(_, (_, people))| *people > People::ZERO)
        .map(|(at, ((place, _), people))| Stand {
            place,
            people,
            groups: groups.iter().map(|group| group[at]).collect(),
        })
        .collect()
}
