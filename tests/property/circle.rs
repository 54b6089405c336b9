//! Groups of stations and of people in random towns.

use super::invariants::towns;
use pedshed::control::Control;
use pedshed::coverage::Tests;
use pedshed::id::{ResidentId, StationId};
use pedshed::language::Words;
use pedshed::model::{CityRecords, Profile, Resident, Station};
use pedshed::network::Network;
use pedshed::planning::provision::{
    GroupQuestion, PeopleGroup, StationGroup, Survey, TierCircle, Tiers,
};
use pedshed::search::Trip;
use pedshed::units::{Cutoff, People, Unit};
use pedshed::walker::{Placed, WalkOptions, Walker};
use pedshed::{Options, analyse};
use proptest::prelude::*;

const TRIPS: [Trip; 3] = [Trip::ToStation, Trip::FromStation, Trip::RoundTrip];

fn placed(network: &Network, city: CityRecords<'_>, trip: Trip) -> Placed {
    let options = WalkOptions {
        min_island_m: 0.0,
        ..WalkOptions::default()
    };
    let walker = Walker::new(network, &Profile::plain(), options).expect("a walker");
    let placed = Placed::new(
        &walker,
        city.stations,
        city.residents,
        trip,
        Control::default(),
    );
    placed.expect("nobody cancels")
}

/// People of one to nine by record, so that sums tell records apart.
fn with_people(residents: Vec<Resident>) -> Vec<Resident> {
    let each = residents.into_iter().zip(1u64..);
    each.map(|(resident, number)| {
        resident.with_people(People::from_thousandths(1000 * (1 + number % 9)))
    })
    .collect()
}

fn circle(key: &str, stations: StationGroup, minutes: f64, metres: f64) -> TierCircle {
    TierCircle {
        key: key.into(),
        clause: key.into(),
        name: Words::same(key),
        stations,
        minutes: Cutoff::minutes(minutes).ok(),
        metres: Cutoff::metres(metres).ok(),
        decides: Unit::Milliseconds,
        target: None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// A group's nearest station is that of a run with its stations alone.
    #[test]
    fn a_group_answers_like_a_run_with_its_stations_alone(town in towns(), picks in any::<u8>(), trip in 0usize..3) {
        let (stations, residents) = (town.stations(), town.residents());
        let Ok(network) = Network::build(&town.streets()) else { return Ok(()) };
        let city = CityRecords { stations: &stations, residents: &residents, areas: &[] };
        let trip = TRIPS[trip];
        let placed = placed(&network, city, trip);
        let survey = Survey::new(&placed, city, Control::default()).expect("lengths");
        let is_in = |station: usize| picks >> (station % 8) & 1 == 1;
        let group = StationGroup::new(stations.len(), |station| is_in(station.index()));
        let found = survey.nearest(&group, Control::default()).expect("nearest");

        let some: Vec<(usize, Station)> = stations.iter().cloned().enumerate().filter(|(i, _)| is_in(*i)).collect();
        let (numbers, some): (Vec<usize>, Vec<Station>) = some.into_iter().unzip();
        let alone = CityRecords { stations: &some, ..city };
        let options = Options {
            profile: Profile::plain(),
            trip,
            min_island_m: 0.0,
            ..Options::minutes(&[5.0]).expect("a cutoff")
        };
        let alone = analyse(&network, alone, options, Control::default()).expect("an analysis");
        for (resident, nearest) in alone.times.nearest().iter().enumerate() {
            let expected = nearest.map(|nearest| (numbers[nearest.station.index()], nearest.cost));
            let found = found.times[resident].map(|nearest| (nearest.station.index(), nearest.cost));
            prop_assert_eq!(found, expected, "resident {}", resident);
        }
    }

    /// Who is within some metres on foot is within a straight line of as many; every tier's circle holds no more than each, and
    /// any no fewer.
    #[test]
    fn a_straight_line_never_covers_fewer_and_all_tiers_together_never_more(
        town in towns(),
        picks in any::<u8>(),
        metres in 50.0f64..900.0,
    ) {
        let (stations, residents) = (town.stations(), with_people(town.residents()));
        let Ok(network) = Network::build(&town.streets()) else { return Ok(()) };
        let city = CityRecords { stations: &stations, residents: &residents, areas: &[] };
        let placed = placed(&network, city, Trip::ToStation);
        let survey = Survey::new(&placed, city, Control::default()).expect("lengths");
        let cutoff = Cutoff::metres(metres).expect("a cutoff");
        let group = |wanted: bool| {
            StationGroup::new(stations.len(), |station: StationId| (picks >> (station.0 % 8) & 1 == 1) == wanted)
        };
        for group in [group(true), group(false), survey.all_stations()] {
            let nearest = survey.nearest(&group, Control::default()).expect("nearest");
            let straight = survey.straight(&group, cutoff.value());
            for (resident, inside) in (0u32..).zip(&straight) {
                let walked = nearest.is_within(ResidentId(resident), cutoff);
                prop_assert!(*inside || !walked, "resident {resident} within {metres} m on foot alone");
            }
        }
        let circles = vec![circle("a", group(true), 3.0, metres), circle("b", group(false), 8.0, metres)];
        let tiers = Tiers::new(&survey, circles, Vec::new(), Control::default()).expect("tiers");
        for found in &tiers.list {
            prop_assert!(tiers.within_every <= found.within && found.within <= tiers.within_any);
            prop_assert!(found.within_metres <= found.within_straight);
        }
        prop_assert!(tiers.within_any <= tiers.total);
    }

    /// Groups that are parts of everybody, with one walker, add up to everybody, status by status and cutoff by cutoff; and to
    /// what an ordinary run counts.
    #[test]
    fn groups_that_are_parts_add_up_to_everybody(town in towns(), trip in 0usize..3) {
        let (stations, residents) = (town.stations(), with_people(town.residents()));
        let Ok(network) = Network::build(&town.streets()) else { return Ok(()) };
        let city = CityRecords { stations: &stations, residents: &residents, areas: &[] };
        let tests = Tests::new([3.0, 9.0].map(|minutes| Cutoff::minutes(minutes).expect("a cutoff"))).expect("tests");
        let share = |third: u64| -> Vec<People> {
            let parts = residents.iter().map(|resident| {
                let all = resident.people.thousandths();
                let part = all / 3;
                if third < 2 { part } else { all - 2 * part }
            });
            parts.map(People::from_thousandths).collect()
        };
        let groups = (0..3).map(|third| PeopleGroup {
            name: third.to_string(),
            profile: Profile::plain(),
            people: share(third),
        });
        let trip = TRIPS[trip];
        let question = GroupQuestion { placed: &placed(&network, city, trip), city, tests: &tests, gaps: None };
        let found = question.ask(&groups.collect::<Vec<_>>(), Control::default()).expect("cohorts");
        let options = Options { profile: Profile::plain(), trip, min_island_m: 0.0, ..Options::new(tests.clone()) };
        let whole = analyse(&network, city, options, Control::default()).expect("an analysis").coverage;
        let sum = |part: &dyn Fn(usize) -> People| (0..3).map(part).sum::<People>();
        for (status, wanted) in pedshed::coverage::Status::ALL.into_iter().enumerate() {
            prop_assert_eq!(sum(&|group| found[group].by_status[status]), whole.with_status(wanted).people);
        }
        for (cutoff, tally) in whole.by_cutoff().iter().enumerate() {
            prop_assert_eq!(sum(&|group| found[group].within[cutoff]), tally.people);
        }
    }
}
