//! What the ordinary analysis makes of a district.

use pedshed::control::Control;
use pedshed::coverage::Status;
use pedshed::district::{District, DistrictOptions, Tier};
use pedshed::inputs::Inputs;
use pedshed::model::{CityRecords, FindingCode, Station};
use pedshed::{Analysis, Options, analyse};

use super::{generated, read, yingze};

/// The analysis with the stations of some tiers alone.
fn analysis(district: &District, inputs: &Inputs, tiers: &[Tier]) -> Analysis {
    let rows = inputs.stations.iter().zip(&district.stations);
    let stations: Vec<Station> = rows
        .filter(|(_, site)| tiers.contains(&site.tier))
        .map(|(station, _)| station.clone())
        .collect();
    let city = CityRecords {
        stations: &stations,
        ..inputs.city()
    };
    let options = Options::minutes(&[5.0, 10.0, 15.0]).expect("cutoffs");
    analyse(&inputs.network, city, options, Control::default()).expect("streets")
}

fn shares(analysis: &Analysis) -> Vec<f64> {
    let coverage = &analysis.coverage;
    let total = coverage.total().people;
    coverage
        .by_cutoff()
        .iter()
        .map(|tally| tally.people.share_of(total))
        .collect()
}

#[test]
fn everybody_has_a_way_to_a_station() {
    let sizes = [1_000, 10_000].map(DistrictOptions::junctions);
    let mut districts: Vec<District> = sizes.map(generated).into();
    districts.push(generated(DistrictOptions::yingze().with_seed(8)));
    districts.push(yingze().clone());
    for district in &districts {
        let inputs = read(district);
        let analysis = analysis(district, &inputs, &[Tier::Street]);
        for status in [Status::Unreachable, Status::OffNetwork, Status::Invalid] {
            let tally = analysis.coverage.with_status(status);
            assert_eq!(tally.records, 0, "{status:?}");
        }
    }
}

#[test]
fn nothing_of_the_preset_is_cut_off_but_its_compounds() {
    let inputs = read(yingze());
    let analysis = analysis(
        yingze(),
        &inputs,
        &[Tier::Street, Tier::Community, Tier::Grid],
    );
    let found = analysis.findings.worst_first();
    let codes: Vec<FindingCode> = found.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [FindingCode::Pocket]);
    let pockets = analysis.islands().pockets().list();
    let mapped = yingze()
        .compounds
        .iter()
        .filter(|compound| compound.is_mapped)
        .count();
    assert_eq!(pockets.len(), mapped, "a pocket is a compound");
    assert!(pockets.iter().all(|pocket| (1..=3).contains(&pocket.gates)));
}

#[test]
fn a_station_everywhere_is_not_everybody_near_one() {
    let inputs = read(yingze());
    let [street, community, grid] = [Tier::Street, Tier::Community, Tier::Grid]
        .map(|tier| shares(&analysis(yingze(), &inputs, &[tier])));
    // All seven streets have their centre, and half the people are beyond 15 minutes.
    assert!((0.3..0.65).contains(&street[2]), "{street:?}");
    // Every community has its own: 10 minutes reach nearly all of the city, 5 about half of it.
    assert!((0.3..0.7).contains(&community[0]), "{community:?}");
    assert!((0.9..0.999).contains(&community[2]), "{community:?}");
    assert!(grid[0] > 0.95, "{grid:?}");
}

#[test]
fn villages_are_beyond_the_centres_of_the_city() {
    let inputs = read(yingze());
    let analysis = analysis(yingze(), &inputs, &[Tier::Community]);
    let statuses = analysis.coverage.statuses();
    let district = yingze();
    for (home, status) in district.homes.iter().zip(statuses) {
        let stairwell = &district.stairwells[home.stairwell as usize];
        let building = &district.buildings[stairwell.building as usize];
        // Houses are those of villages alone.
        if building.flats == 0 {
            assert_eq!(*status, Status::Beyond);
        }
    }
}
