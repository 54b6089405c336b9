use super::*;
use crate::id::EdgeId;
use crate::search::Trip;
use crate::search::random::{Random, town};
use crate::snap::{SnapOptions, Snapping};
use crate::units::{Cutoff, Unit};

/// Any place of a town, the ends of streets too.
fn place(random: &mut Random, edges: u32) -> Snapping {
    Snapping::On(Snap::new(
        EdgeId(random.below(edges)),
        f64::from(random.below(5)) / 4.0,
        f64::from(random.below(3)),
    ))
}

/// Everybody's nearest station by a table of all pairs.
fn of_table(engine: &Engine<'_>) -> Vec<Option<NearestStation>> {
    let any = Cutoff::from_long_cost(100_000_000, Unit::Milliseconds);
    let table = engine.travel_times(Some(any), Control::default());
    let table = table.expect("nobody cancels");
    let mut nearest: Vec<Option<NearestStation>> = vec![None; table.nearest().len()];
    for station in engine.snapped().stations() {
        for &(resident, cost) in table.row_of(station) {
            let cost = u64::from(cost);
            let known = &mut nearest[resident.index()];
            if known.is_none_or(|known| cost < known.cost) {
                *known = Some(NearestStation { station, cost });
            }
        }
    }
    nearest
}

#[test]
fn a_search_from_residents_gives_the_least_of_the_whole_table() {
    let mut random = Random(11);
    let (mut differing, mut without) = (0, 0);
    for round in 0..400 {
        let (network, impedance) = town(&mut random, [3, 300, 200_000][round % 3]);
        let edges = network.edge_count() as u32;
        let homes = (0..30).map(|_| place(&mut random, edges)).collect();
        let rows: Vec<Snapping> = (0..=random.below(9))
            .map(|_| place(&mut random, edges))
            .collect();
        // Some stations have several entrances.
        let ids: Vec<String> = (0..rows.len())
            .map(|_| random.below(6).to_string())
            .collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let snapped = Snapped::from_snappings(homes, &ids, &rows, SnapOptions::default());
        let engine = Engine::new(&network, &impedance, &snapped, Trip::RoundTrip);
        let there = engine.nearest_one_way();
        let back = engine.nearest_on_the_way_back();
        let ways = OneWays {
            there: &there,
            back: &back,
        };
        let mut found = vec![None; 30];
        let control = Control::default();
        let all = engine.ask_from_residents(ways, &mut found, usize::MAX, control);
        assert_eq!(all, Ok(true));
        assert_eq!(found, of_table(&engine), "town {round}");
        for (resident, found) in found.iter().enumerate() {
            let ways = ways.of(resident);
            differing += u32::from(ways.is_some_and(|(one, other)| one.station != other.station));
            without += u32::from(ways.is_some() && found.is_none());
        }
    }
    assert!(differing > 500, "only {differing} have two stations");
    assert!(without > 50, "only {without} have no round trip");
}

#[test]
fn who_may_not_be_asked_from_waits_on_and_those_before_have_their_answer() {
    let mut random = Random(5);
    let (network, impedance) = town(&mut random, 300);
    let edges = network.edge_count() as u32;
    let homes = (0..200).map(|_| place(&mut random, edges)).collect();
    let rows = [0, 1, 2].map(|_| place(&mut random, edges));
    let snapped = Snapped::from_snappings(homes, &["a", "b", "c"], &rows, SnapOptions::default());
    let engine = Engine::new(&network, &impedance, &snapped, Trip::RoundTrip);
    let there = engine.nearest_one_way();
    let back = engine.nearest_on_the_way_back();
    let ways = OneWays {
        there: &there,
        back: &back,
    };
    let expected = of_table(&engine);
    for most in [0, 20, 2000] {
        let mut found = vec![None; 200];
        let all = engine.ask_from_residents(ways, &mut found, most, Control::default());
        let missing = (0..200).filter(|index| found[*index] != expected[*index]);
        let missing: Vec<usize> = missing.collect();
        // With no label but those of the first search there are some who wait.
        assert!(missing.iter().all(|index| found[*index].is_none()));
        assert_eq!(all, Ok(missing.is_empty()), "{most}");
        assert!(!missing.is_empty(), "{most}");
    }
}
