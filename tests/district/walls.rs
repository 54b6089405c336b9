//! The compounds of the preset behind their walls.

use pedshed::control::Control;
use pedshed::coverage::Status;
use pedshed::district::DistrictFile;
use pedshed::id::{CompoundId, ResidentId};
use pedshed::inputs::{Inputs, LayerSource, LayerSpec, Request, Source};
use pedshed::model::FindingCode;
use pedshed::units::People;
use pedshed::{Options, analyse};

use super::yingze;

#[test]
fn the_homes_of_a_compound_without_mapped_roads_leave_by_its_gates() {
    let district = yingze();
    let source = |file: DistrictFile| Source::from_bytes(file.name(), district.bytes(file));
    let layer = |file| LayerSpec::new(LayerSource::File(source(file)));
    let request = Request {
        stations: vec![layer(DistrictFile::Centres)],
        residents: vec![layer(DistrictFile::Residents)],
        compounds: Some(layer(DistrictFile::Compounds)),
        gates: Some(layer(DistrictFile::Gates)),
        ..Request::new(source(DistrictFile::Network))
    };
    let inputs = Inputs::read(&request).expect("sound files");
    let options = Options {
        compounds: inputs.compounds.clone(),
        ..Options::minutes(&[5.0, 10.0]).expect("cutoffs")
    };
    let control = Control::default();
    let analysis = analyse(&inputs.network, inputs.city(), options, control).expect("streets");
    // Every gate is in the wall of its compound, and every compound has one.
    let found = analysis.findings.worst_first();
    let codes: Vec<FindingCode> = found.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [FindingCode::Pocket]);
    assert_eq!(analysis.coverage.with_status(Status::OffNetwork).records, 0);

    let costs = analysis
        .wall_costs(inputs.city(), control)
        .expect("nobody cancels");
    let costs = costs.expect("there are walls");
    let mut leaving = 0;
    let mut inside = People::ZERO;
    for (index, home) in district.homes.iter().enumerate() {
        let stairwell = &district.stairwells[home.stairwell as usize];
        let building = &district.buildings[stairwell.building as usize];
        let accesses = analysis
            .snapped()
            .gate_accesses(ResidentId::new(index))
            .count();
        assert_eq!(costs.compound_of[index], building.compound.map(CompoundId));
        let Some(compound) = building.compound else {
            assert_eq!(accesses, 0, "nobody outside leaves by a gate");
            continue;
        };
        inside += inputs.residents[index].people;
        // Where inner roads are mapped they are near.
        if district.compounds[compound as usize].is_mapped {
            assert_eq!(accesses, 0);
        } else {
            let gates = district
                .gates
                .iter()
                .filter(|gate| gate.compound == compound);
            assert_eq!(accesses, gates.count());
            leaving += 1;
        }
    }
    assert!(leaving > 1000, "{leaving}");
    assert_eq!(costs.inside.people, inside);
    assert!(costs.covered < costs.covered_open);
}
