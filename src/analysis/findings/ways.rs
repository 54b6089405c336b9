//! What the ways say about who walks them: who starts on a bridge, whom a ferry would bring to a station.

use super::who;
use crate::coverage::{Coverage, Status};
use crate::id::{EdgeId, NodeId};
use crate::model::{CityRecords, FindingCode, Findings, Resident, Structure, WayKind};
use crate::network::{Ferries, Impedance, Network};
use crate::snap::{Snap, Snapped};
use crate::text::language::{InLanguage, words};
use crate::units::People;
use crate::walker::Placed;

/// Some residents: how many, their people, and the first of them.
#[derive(Default)]
struct Group<'a> {
    records: u64,
    people: People,
    first: Option<&'a Resident>,
}

impl<'a> Group<'a> {
    fn new(residents: impl Iterator<Item = &'a Resident>) -> Self {
        residents.fold(Self::default(), |group, resident| Self {
            records: group.records + 1,
            people: group.people + resident.people,
            first: group.first.or(Some(resident)),
        })
    }
}

/// Who starts on a bridge: they may live below it.
pub(crate) fn bridge_findings(
    city: CityRecords<'_>,
    network: &Network,
    snapped: &Snapped,
) -> Findings {
    let mut findings = Findings::default();
    let is_on_bridge =
        |snap: &Snap| network.structure_at(snap.edge, snap.fraction) == Structure::Bridge;
    let residents = city.residents.iter().zip(snapped.residents());
    let on_bridges = residents.filter(|(_, snapping)| snapping.snap().is_some_and(is_on_bridge));
    let group = Group::new(on_bridges.map(|(resident, _)| resident));
    if let Some(first) = group.first {
        findings.add_many(FindingCode::OnBridge, group.records, || {
            let (people, first) = (group.people, who(first));
            let first_zh = first.zh();
            words!(
                "{people} people; the first are {first}",
                "共 {people} 人，首条为 {first_zh}"
            )
        });
    }
    findings
}

/// The stretches that others walk and this walker cannot take in any direction: for wheels steps, kerbs, what is too rough.
pub(crate) fn closed_findings(network: &Network, impedance: &Impedance) -> Findings {
    let mut findings = Findings::default();
    let is_closed = |edge: &EdgeId| {
        !impedance.is_usable(*edge) && network.passage(*edge).kind != WayKind::Ferry
    };
    let edges = (0..network.edge_count() as u32).map(EdgeId);
    let closed: Vec<EdgeId> = edges.filter(is_closed).collect();
    let Some(first) = closed.first() else {
        return findings;
    };
    // The sum of nothing is -0.0.
    let metres: f64 = closed
        .iter()
        .map(|edge| network.edge(*edge).length_m)
        .sum::<f64>()
        + 0.0;
    let way = network.edge(*first).way;
    findings.add_many(FindingCode::ClosedToWalker, closed.len() as u64, || {
        words!(
            "the first is of way {way}; {metres:.0} m in all, kerbs and stiles without length among them",
            "首处位于道路 {way}；合计 {metres:.0} 米（路缘石、翻越式栅栏等不计长度）"
        )
    });
    findings
}

/// The streets that this walker cannot take for their slope alone.
pub(crate) fn steep_findings(placed: &Placed) -> Findings {
    let mut findings = Findings::default();
    let (walker, network) = (placed.walker(), placed.network());
    let Some(profile) = walker
        .profile()
        .filter(|_| network.height_metres().is_some())
    else {
        return findings;
    };
    let is_too_steep = |edge: &EdgeId| {
        let would_walk = profile
            .seconds_per_metre_on(network.passage(*edge))
            .is_some();
        would_walk && !walker.times().is_usable(*edge)
    };
    let edges = network.edge_ids();
    let steep: Vec<EdgeId> = edges.filter(is_too_steep).collect();
    let Some(first) = steep.first() else {
        return findings;
    };
    let metres: f64 = steep.iter().map(|edge| network.edge_length_m(*edge)).sum();
    let way = network.edge(*first).way;
    findings.add_many(FindingCode::TooSteep, steep.len() as u64, || {
        words!(
            "the first is of way {way}; {metres:.0} m in all",
            "首处位于道路 {way}；合计 {metres:.0} 米"
        )
    });
    findings
}

/// The ferries that this walker does not take, and those whom no way leads to a station and who would get to one by ferry.
pub(crate) fn ferry_findings(
    city: CityRecords<'_>,
    placed: &Placed,
    coverage: &Coverage,
) -> Findings {
    let mut findings = Findings::default();
    let (network, snapped) = (placed.network(), placed.snapped());
    let ferries = Ferries::left_out(network, placed.walker().times());
    let Some(first) = ferries.list().first() else {
        return findings;
    };
    let tail = |snap: &Snap| network.edge(snap.edge).tail;
    let stations = snapped
        .stations()
        .flat_map(|station| snapped.station_snaps(station).map(tail));
    let mut shores: Vec<NodeId> = stations.map(|node| ferries.shore(node)).collect();
    shores.sort_unstable();
    shores.dedup();
    let snappings = snapped.residents().iter().zip(coverage.statuses());
    let would_cross = city.residents.iter().zip(snappings);
    let would_cross = would_cross.filter(|(_, (snapping, status))| {
        let shore = snapping.snap().map(|snap| ferries.shore(tail(snap)));
        **status == Status::Unreachable
            && shore.is_some_and(|shore| shores.binary_search(&shore).is_ok())
    });
    let group = Group::new(would_cross.map(|(resident, _)| resident));
    let (way, people) = (network.edge(*first).way, group.people);
    let count = ferries.list().len() as u64;
    findings.add_many(FindingCode::FerryNotTaken, count, || match group.first {
        None => words!(
            "way {way}; nobody depends on them",
            "道路 {way}；没有居民须靠轮渡到达站点"
        ),
        Some(_) => words!(
            "way {way}; {people} people get to a station by ferry alone",
            "道路 {way}；有 {people} 人只能靠轮渡到达站点"
        ),
    });
    findings
}
