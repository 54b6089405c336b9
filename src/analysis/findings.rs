//! What the steps find out about their inputs.

mod ways;

pub(crate) use ways::{bridge_findings, closed_findings, ferry_findings, steep_findings};

use crate::coverage::{Areas, Coverage, Status};
use crate::geometry::{Location, geodesic_m};
use crate::id::{ResidentId, StationId};
use crate::model::{CityRecords, Compounds, Dwelling, FindingCode, Findings, Resident, Station};
use crate::network::{Islands, Network};
use crate::snap::{NearStreet, Snapped, Snapping, StationTree, Walls, leave_crowds};
use crate::text::language::{InLanguage, Words, place_zh, words};
use crate::units::People;
use crate::walker::Placed;

/// What the network says about the streets: lines without length, islands, pockets.
#[must_use]
pub(crate) fn network_findings(network: &Network, islands: &Islands) -> Findings {
    let mut findings = Findings::default();
    findings.add_many(
        FindingCode::DegenerateLine,
        network.source().degenerate_ways,
        || words!("a line whose vertices all coincide", "各折点重合的线"),
    );
    let list = islands.list();
    if let Some(largest) = list.iter().max_by(|a, b| a.length_m.total_cmp(&b.length_m)) {
        let way = network.edge(largest.edge).way;
        findings.add_many(FindingCode::Island, list.len() as u64, || {
            let length_m = largest.length_m;
            words!(
                "the longest has {length_m:.0} m, at way {way}",
                "最长的有 {length_m:.0} 米，位于道路 {way}"
            )
        });
    }
    for pocket in islands.pockets().list() {
        let closed = pocket.gates == 0;
        let code = if closed {
            FindingCode::ClosedPocket
        } else {
            FindingCode::Pocket
        };
        findings.add(code, || {
            let way = network.edge(pocket.edge).way;
            let length_m = pocket.length_m;
            words!(
                "{length_m:.0} m with way {way}",
                "{length_m:.0} 米，含道路 {way}"
            )
        });
    }
    findings
}

/// What snapping says about the points.
#[must_use]
pub(crate) fn snap_findings(city: CityRecords<'_>, snapped: &Snapped) -> Findings {
    let mut findings = Findings::default();
    for station in snapped.stations() {
        let entrances = snapped.entrances(station);
        let off = |entrance: &&crate::snap::Entrance| {
            matches!(entrance.snapping, Snapping::OffNetwork(_))
        };
        if snapped.station_snaps(station).next().is_none()
            && let Some(entrance) = entrances.iter().find(off)
        {
            let Station { id, source, .. } = &city.stations[entrance.row as usize];
            findings.add(FindingCode::StationOffNetwork, || {
                far_off(id, source, &entrance.snapping)
            });
        }
    }
    for (resident, snapping) in city.residents.iter().zip(snapped.residents()) {
        if matches!(snapping, Snapping::OffNetwork(_)) {
            findings.add(FindingCode::ResidentOffNetwork, || {
                far_off(&resident.id, &resident.source, snapping)
            });
        }
    }
    findings.extend(same_place_findings(city.stations));
    findings.extend(repeated_site_findings(city.stations));
    findings
}

/// What the walls say about themselves: gates that are in none, compounds that have none.
pub(crate) fn wall_findings(compounds: &Compounds, walls: &Walls) -> Findings {
    let mut findings = Findings::default();
    for gate in &compounds.gates {
        if let Err(fault) = &gate.place {
            findings.add(FindingCode::StrayGate, || {
                let (id, source) = (&gate.id, place_zh(&gate.source));
                let (at, fault_zh) = (&gate.source, fault.zh());
                words!("{id} ({at}): {fault}", "{id}（{source}）：{fault_zh}")
            });
        }
    }
    for gate in walls.stray_gates() {
        findings.add(FindingCode::StrayGate, || {
            let gate = compounds.gate(*gate);
            let (id, at, source) = (&gate.id, &gate.source, place_zh(&gate.source));
            match &gate.compound {
                Some(of) => words!("{id} ({at}) of {of}", "{id}（{source}），属于 {of}"),
                None => words!("{id} ({at})", "{id}（{source}）"),
            }
        });
    }
    for compound in walls.open_compounds() {
        findings.add(FindingCode::CompoundWithoutGate, || {
            Words::same(compounds.list[compound.index()].id.as_str())
        });
    }
    findings
}

/// A record and how far it is from the streets.
fn far_off(id: &str, source: &str, snapping: &Snapping) -> Words {
    let far = match snapping {
        Snapping::OffNetwork(Some(NearStreet {
            metres,
            in_island: true,
            ..
        })) => words!(
            "nearest street, {metres:.0} m away, is on an island",
            "最近道路在 {metres:.0} 米外，属孤立路段"
        ),
        Snapping::OffNetwork(Some(NearStreet {
            metres,
            behind_wall: true,
            ..
        })) => words!(
            "nearest street, {metres:.0} m away, is behind a wall",
            "最近道路在 {metres:.0} 米外，隔有围墙"
        ),
        Snapping::OffNetwork(Some(NearStreet { metres, .. })) => words!(
            "nearest usable street {metres:.0} m away",
            "最近可用道路在 {metres:.0} 米外"
        ),
        _ => words!("no usable street", "没有可用道路"),
    };
    let (place, far_zh) = (place_zh(source), far.zh());
    words!("{id} ({source}): {far}", "{id}（{place}）：{far_zh}")
}

/// Stations that stand at one place under different ids.
fn same_place_findings(stations: &[Station]) -> Findings {
    let mut places: Vec<(Location, &str, usize)> = stations
        .iter()
        .enumerate()
        .filter_map(|(row, station)| {
            let place = station.place.as_ref().ok().copied()?;
            Some((Location::from_degrees(place)?, station.id.as_str(), row))
        })
        .collect();
    places.sort_unstable();
    places.dedup_by_key(|(place, id, _)| (*place, *id));
    let mut findings = Findings::default();
    for pair in places.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
        findings.add(FindingCode::SamePlace, || {
            let (one, other) = (pair[0].1, pair[1].1);
            words!("{one} and {other}", "{one} 与 {other}")
        });
    }
    findings
}

/// Stations within this many metres of each other under different ids may be one site.
const SITE_M: f64 = 50.0;

/// Stations near each other that may be one site which was registered several times: their names are alike, or they are a point
/// and an area of a map and one of them has no name. Those at the very same place are a finding of their own. Of a crowd at one place only
/// the first are compared with others.
fn repeated_site_findings(stations: &[Station]) -> Findings {
    let known = |row: usize| {
        let station = &stations[row];
        let may_be_said = station.name.is_some() || is_point(station) || is_area(station);
        let place = station.place.as_ref().ok().filter(|_| may_be_said)?;
        Some((*place, station))
    };
    let rows = (0..stations.len()).filter_map(|row| Some((StationId(row as u32), known(row)?.0)));
    let rows = leave_crowds(rows, |_, _| ());
    let tree = StationTree::new(rows.iter().copied());
    let mut findings = Findings::default();
    for row in rows.iter().map(|(row, _)| row.index()) {
        let Some((place, station)) = known(row) else {
            continue;
        };
        for near in tree.stations_within(place, SITE_M) {
            let later = near.index() > row;
            let Some((other_place, other)) = known(near.index()) else {
                continue;
            };
            if later && other.id != station.id && other_place != place && may_be_one(station, other)
            {
                findings.add(FindingCode::RepeatedSite, || {
                    let called = |station: &Station| {
                        station.name.clone().unwrap_or_else(|| station.id.clone())
                    };
                    let (name, other_name) = (called(station), called(other));
                    let (at, other_at) = (&station.source, &other.source);
                    let (at_zh, other_at_zh) = (place_zh(at), place_zh(other_at));
                    let metres = geodesic_m(place, other_place);
                    words!(
                        "{name} ({at}) and {other_name} ({other_at}), {metres:.0} m apart",
                        "{name}（{at_zh}）与 {other_name}（{other_at_zh}），相距 {metres:.0} 米"
                    )
                });
            }
        }
    }
    findings
}

/// Whether a station is a node of a map.
fn is_point(station: &Station) -> bool {
    station.id.starts_with("node/")
}

/// Whether a station is an outline of a map.
fn is_area(station: &Station) -> bool {
    station.id.starts_with("way/") || station.id.starts_with("relation/")
}

/// Whether two stations near each other may be one site.
fn may_be_one(one: &Station, other: &Station) -> bool {
    if let (Some(name), Some(other_name)) = (&one.name, &other.name) {
        return are_alike(name, other_name);
    }
    is_point(one) && is_area(other) || is_area(one) && is_point(other)
}

/// A longer text is no name that was written twice in two ways; comparing two takes time with the product of their lengths.
const LONGEST_NAME: usize = 200;

/// Whether two names may be of one site: one holds the other, or more than half of their pairs of letters are the same.
fn are_alike(one: &str, other: &str) -> bool {
    let letters = |name: &str| -> Vec<char> {
        let lower = name.to_lowercase();
        lower
            .chars()
            .filter(|letter| letter.is_alphanumeric())
            .collect()
    };
    let (one, other) = (letters(one), letters(other));
    let (short, long) = if one.len() <= other.len() {
        (&one, &other)
    } else {
        (&other, &one)
    };
    if short.len() < 2 || long.len() > LONGEST_NAME {
        return short == long && !short.is_empty();
    }
    if long.windows(short.len()).any(|part| part == short) {
        return true;
    }
    // Dice's coefficient of the pairs, each pair of one name used once.
    let mut rest: Vec<&[char]> = long.windows(2).collect();
    let pairs = short.len() + long.len() - 2;
    let common = short.windows(2).filter(|pair| {
        let found = rest.iter().position(|other| other == pair);
        found.map(|position| rest.swap_remove(position)).is_some()
    });
    4 * common.count() > pairs
}

fn who(resident: &Resident) -> Words {
    let Resident { id, source, .. } = resident;
    let place = place_zh(source);
    words!("{id} ({source})", "{id}（{place}）")
}

/// What coverage says about the residents.
pub(crate) fn coverage_findings(
    city: CityRecords<'_>,
    snapped: &Snapped,
    coverage: &Coverage,
    areas: &Areas,
) -> Findings {
    let mut findings = Findings::default();
    let residents = || (0..).map(ResidentId).zip(city.residents);
    for (id, resident) in residents() {
        let is_shut_in = matches!(snapped.residents()[id.index()], Snapping::ShutIn(_));
        if coverage.statuses()[id.index()] == Status::Unreachable && !is_shut_in {
            findings.add(FindingCode::Unreachable, || who(resident));
        }
        let outside = areas.area_of()[id.index()].is_none() && resident.valid_place().is_some();
        if !city.areas.is_empty() && outside {
            findings.add(FindingCode::ResidentOutsideAreas, || who(resident));
        }
    }
    findings.extend(overlap_findings(city, areas));
    findings
}

/// Who is shut in by stairs, and of whom the storey or the lift is not known: nothing where no storey is known, or none counts.
pub(crate) fn stairs_findings(city: CityRecords<'_>, placed: &Placed) -> Findings {
    let mut findings = Findings::default();
    if !placed.counts_storeys(city.residents) {
        return findings;
    }
    let snapped = placed.snapped().residents().iter();
    for (resident, snapping) in city.residents.iter().zip(snapped) {
        let Dwelling { storey, lift } = resident.dwelling;
        let is_up = resident.dwelling.flights() > 0;
        let is_shut_in = matches!(snapping, Snapping::ShutIn(_));
        for (is_so, code) in [
            (is_shut_in, FindingCode::StairsAtHome),
            (is_up && lift.is_none(), FindingCode::LiftNotKnown),
            (storey.is_none(), FindingCode::StoreyNotKnown),
        ] {
            if is_so && resident.fault().is_none() {
                findings.add(code, || who(resident));
            }
        }
    }
    findings
}

/// Who counts in several areas.
fn overlap_findings(city: CityRecords<'_>, areas: &Areas) -> Findings {
    let mut findings = Findings::default();
    let residents: Vec<ResidentId> = areas.in_several().collect();
    let Some(first) = residents.first() else {
        return findings;
    };
    let people = residents.iter().map(|id| city.residents[id.index()].people);
    let people: People = people.sum();
    let names = areas.areas_of(*first);
    let names: Vec<&str> = names
        .map(|area| city.areas[area as usize].name.as_str())
        .collect();
    findings.add_many(
        FindingCode::OverlappingAreas,
        residents.len() as u64,
        || {
            let who = who(&city.residents[first.index()]);
            let (who_zh, joined) = (who.zh(), names.join(", "));
            let joined_zh = names.join("、");
            words!(
                "{who} in {joined}; {people} people in all",
                "{who_zh}同属{joined_zh}；共 {people} 人"
            )
        },
    );
    findings
}
