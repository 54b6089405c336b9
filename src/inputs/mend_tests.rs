use super::*;

/// Lines near the equator from coordinates in 10⁻⁷ degrees: 90 of them are a metre.
fn parts(lines: &[&[(i32, i32)]]) -> Vec<Part> {
    let place = |&(lon_e7, lat_e7): &(i32, i32)| Location { lon_e7, lat_e7 };
    let part = |line: &&[(i32, i32)]| Part {
        places: line.iter().map(place).collect(),
        level: 0,
    };
    lines.iter().map(part).collect()
}

fn coordinates(parts: &[Part]) -> Vec<Vec<(i32, i32)>> {
    let line = |part: &Part| {
        part.places
            .iter()
            .map(|at| (at.lon_e7, at.lat_e7))
            .collect()
    };
    parts.iter().map(line).collect()
}

#[test]
fn an_end_that_stops_short_is_moved_onto_the_line() {
    let mut lines = parts(&[&[(0, 0), (10_000, 0)], &[(5_000, 80), (5_000, 9_000)]]);
    assert_eq!(dangles(&mut lines), (1, Some(1)));
    assert_eq!(join_ends(&mut lines, 1.0), 1);
    let expected = parts(&[
        &[(0, 0), (5_000, 0), (10_000, 0)],
        &[(5_000, 0), (5_000, 9_000)],
    ]);
    assert_eq!(coordinates(&lines), coordinates(&expected));
    assert_eq!(join_ends(&mut lines, 1.0), 0, "nothing is left to mend");
}

#[test]
fn two_ends_meet_once_and_do_not_change_places() {
    let mut lines = parts(&[&[(0, 0), (5_000, 0)], &[(5_050, 0), (9_000, 0)]]);
    assert_eq!(dangles(&mut lines).0, 2);
    assert_eq!(join_ends(&mut lines, 1.0), 1);
    assert_eq!(
        coordinates(&lines),
        [[(0, 0), (5_050, 0)], [(5_050, 0), (9_000, 0)]]
    );
}

#[test]
fn what_is_too_far_or_joined_already_stays() {
    let far = parts(&[&[(0, 0), (10_000, 0)], &[(5_000, 300), (5_000, 9_000)]]);
    let mut lines = far.clone();
    assert_eq!(join_ends(&mut lines, 3.0), 0);
    assert_eq!(coordinates(&lines), coordinates(&far));
    // A short link joins the end to the long line.
    let linked = parts(&[
        &[(0, 0), (10_000, 0)],
        &[(5_000, 80), (5_000, 9_000)],
        &[(5_000, 80), (5_000, 0), (5_000, -500)],
    ]);
    let mut lines = linked.clone();
    insert(
        &mut lines,
        vec![(
            Segment { part: 0, vertex: 0 },
            Location {
                lon_e7: 5_000,
                lat_e7: 0,
            },
        )],
    );
    let before = coordinates(&lines);
    assert_eq!(join_ends(&mut lines, 1.0), 0);
    assert_eq!(coordinates(&lines), before);
}

#[test]
fn lines_that_cross_on_one_level_get_a_junction() {
    let mut lines = parts(&[
        &[(-1_000, 0), (1_000, 0)],
        &[(0, -1_000), (0, 1_000)],
        &[(500, -1_000), (500, 1_000)],
    ]);
    lines[2].level = 1;
    assert_eq!(crossings(&lines), (1, Some(0)));
    assert_eq!(node_crossings(&mut lines), 1);
    assert_eq!(coordinates(&lines)[0], [(-1_000, 0), (0, 0), (1_000, 0)]);
    assert_eq!(coordinates(&lines)[1], [(0, -1_000), (0, 0), (0, 1_000)]);
    assert_eq!(coordinates(&lines)[2].len(), 2, "the bridge passes over");
    assert_eq!(node_crossings(&mut lines), 0);
}

#[test]
fn an_end_that_lies_on_a_line_is_a_crossing_and_an_overlap_is_none() {
    let mut lines = parts(&[
        &[(0, 0), (1_000, 0)],
        &[(500, 0), (500, 900)],
        &[(200, 0), (700, 0)],
    ]);
    assert_eq!(
        node_crossings(&mut lines),
        1,
        "the two ends on the third line share one place"
    );
    assert_eq!(coordinates(&lines)[0], [(0, 0), (500, 0), (1_000, 0)]);
}

#[test]
fn a_line_across_the_world_is_found_from_every_short_one() {
    let mut all: Vec<Vec<(i32, i32)>> = vec![vec![(-1_700_000_000, 0), (1_700_000_000, 0)]];
    all.extend((-50..50).map(|x| vec![(x * 30_000_000, -500), (x * 30_000_000, 700)]));
    let lines: Vec<&[(i32, i32)]> = all.iter().map(Vec::as_slice).collect();
    let mut lines = parts(&lines);
    assert_eq!(node_crossings(&mut lines), 100);
    assert_eq!(lines[0].places.len(), 102);
    assert!(lines[0].places.is_sorted());
}
