//! `pedshed site`: where to build.

use serde_json::Value;

use crate::support::command::{Folder, Ran};

fn summary(folder: &Folder, out: &str) -> Value {
    serde_json::from_str(&folder.read(&format!("{out}/summary.json"))).expect("JSON")
}

fn rows(folder: &Folder, file: &str) -> Vec<Vec<String>> {
    let text = folder.read(file);
    let rows = text.lines().skip(1);
    rows.map(|row| row.split(',').map(str::to_owned).collect())
        .collect()
}

fn site(folder: &Folder, arguments: &[&str]) -> Ran {
    let mut all = vec!["site", "--out", "out"];
    all.extend(arguments);
    folder.run(&all)
}

/// Five homes and four stations; walks of 100 s unless said.
const WALKS: &str = "resident,station,seconds\na,W,100\nb,W,100\nb,X,50\nc,X,100\nd,X,950\nd,Y,100\ne,Y,100.25\ne,Z,900\n";

#[test]
fn the_best_sites_of_a_table_are_found_and_proven() {
    let folder = Folder::new();
    folder.write("walks.csv", WALKS);
    let ran = site(
        &folder,
        &[
            "--problem",
            "max-coverage",
            "--sites",
            "2",
            "--travel-times",
            "walks.csv",
        ],
    );
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    // By hand: W has a and b, X b and c, Y d and e. Z has e as well, since a cutoff is inclusive; d is beyond it at X.
    let siting = &summary(&folder, "out")["siting"];
    assert_eq!(
        (&siting["objective"], &siting["bound"]),
        (&4.into(), &4.into())
    );
    assert_eq!(
        (&siting["gap"], &siting["proven"]),
        (&0.0.into(), &true.into())
    );
    let sites = rows(&folder, "out/sites.csv");
    let ids: Vec<&str> = sites.iter().map(|row| row[1].as_str()).collect();
    assert_eq!(ids, ["W", "Y"]);
    assert_eq!(
        rows(&folder, "out/site_curve.csv"),
        [
            ["0", "0", "0", "0.000000"],
            ["1", "0", "2", "0.400000"],
            ["2", "0", "4", "0.800000"]
        ]
    );
}

#[test]
fn every_problem_of_a_small_table_is_that_of_a_hand() {
    let folder = Folder::new();
    folder.write("walks.csv", WALKS);
    // Three sites have everybody within 15 minutes; p-center with three is 100.25 s; the sum of all least walks is
    // 100 + 50 + 100 + 100 + 100.25.
    for (problem, more, objective) in [
        ("set-cover", &[][..], 3.0),
        ("set-cover", &["--share", "0.8"], 2.0),
        ("p-center", &["--sites", "3"], 100.25),
        ("p-median", &["--sites", "3"], 450.25),
    ] {
        let mut arguments = vec!["--problem", problem, "--travel-times", "walks.csv"];
        arguments.extend(more);
        let ran = site(&folder, &arguments);
        assert_eq!(ran.code, Some(0), "{problem}: {}", ran.stderr);
        let siting = &summary(&folder, "out")["siting"];
        assert_eq!(siting["objective"].as_f64(), Some(objective), "{problem}");
        assert_eq!(siting["bound"].as_f64(), Some(objective), "{problem}");
        assert_eq!(siting["proven"], true, "{problem}");
    }
}

#[test]
fn people_costs_modes_and_standing_stations_are_joined_by_id() {
    let folder = Folder::new();
    folder.write("walks.csv", WALKS);
    folder.write("people.csv", "id,population\na,10\nb,1\nc,30\nd,2\ne,2\n");
    folder.write(
        "candidates.csv",
        "编号,名称,费用,方式\nW,西,40,新建\nX,中,30,联建\nZ,东,10,租赁\n",
    );
    folder.write("standing.csv", "id\nY\n");
    let lists = [
        "--travel-times",
        "walks.csv",
        "--residents",
        "people.csv",
        "--candidates",
        "candidates.csv",
        "--stations",
        "standing.csv",
    ];
    let with = |more: &[&str]| {
        let mut arguments = vec!["--problem", "max-coverage"];
        arguments.extend(lists);
        arguments.extend(more);
        site(&folder, &arguments)
    };
    // Y stands and has d and e, 4 people. For 60: X and Z, 31 more; W and Z only 11.
    let ran = with(&["--budget", "60"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let siting = &summary(&folder, "out")["siting"];
    assert_eq!(
        (&siting["objective"], &siting["people"]["standing"]),
        (&35.into(), &4.into())
    );
    let first = &rows(&folder, "out/sites.csv")[0];
    assert_eq!(
        first[..12],
        [
            "1", "X", "中", "", "", "联建", "", "30", "31", "35", "0.777778", "1.033"
        ]
    );
    // No shared site: W has a and b.
    let ran = with(&["--budget", "60", "--mode-limit", "shared<=0"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(summary(&folder, "out")["siting"]["objective"], 15);
    let ran = with(&["--budget", "9"]);
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.stderr
            .contains("a budget of 9 pays for no candidate: the cheapest costs 10"),
        "{}",
        ran.stderr
    );
    let ran = with(&["--sites", "1", "--mode-limit", "developer>=1"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("`developer`"), "{}", ran.stderr);
}

#[test]
fn what_was_not_understood_is_counted() {
    let folder = Folder::new();
    folder.write(
        "walks.csv",
        "resident,station,seconds\na,W,100\na,W,90\nb,W,soon\nc,X,\nc,Q,5\n",
    );
    folder.write("candidates.csv", "id,cost\nW,5\nX,\nV,7\n");
    let ran = site(
        &folder,
        &[
            "--problem",
            "set-cover",
            "--travel-times",
            "walks.csv",
            "--candidates",
            "candidates.csv",
        ],
    );
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let summary = summary(&folder, "out");
    let findings = summary["findings"].as_array().expect("a list").iter();
    let mut counts: Vec<(&str, u64)> = findings
        .map(|one| {
            (
                one["code"].as_str().expect("a code"),
                one["count"].as_u64().expect("a count"),
            )
        })
        .collect();
    counts.sort_unstable();
    let expected = [
        ("candidate_without_cost", 1),
        ("candidate_without_walks", 1),
        ("out_of_reach", 2),
        ("repeated_walk", 1),
        ("walk_not_read", 1),
        ("walk_to_other", 1),
        ("walk_without_time", 1),
    ];
    assert_eq!(counts, expected);
}

#[test]
fn on_streets_a_site_covers_whom_coverage_then_counts() {
    let folder = Folder::town();
    let streets = [
        "--network",
        "streets.geojson",
        "--residents",
        "residents.csv",
    ];
    let mut arguments = vec![
        "--problem",
        "max-coverage",
        "--sites",
        "1",
        "--stations",
        "stations.csv",
        "--candidates",
        "streets:100",
    ];
    arguments.extend(streets);
    let ran = site(&folder, &arguments);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let objective = summary(&folder, "out")["siting"]["objective"]
        .as_f64()
        .expect("people");
    let sites = rows(&folder, "out/sites.csv");
    let mut stations = folder.read("stations.csv");
    for row in &sites {
        stations += &[&row[1], ",", &row[3], ",", &row[4], "\n"].concat();
    }
    folder.write("with.csv", &stations);
    let mut all = vec![
        "coverage",
        "--stations",
        "with.csv",
        "--formats",
        "csv",
        "--out",
        "all",
    ];
    all.extend(streets);
    assert_eq!(folder.run(&all).code, Some(0));
    assert_eq!(
        summary(&folder, "all")["population"]["covered"].as_f64(),
        Some(objective)
    );
    // The clinic has `near`, 2 people; the one who lives in the sea is out of reach. One site has `north` and `far`, or not.
    assert!(objective >= 6.0, "{objective}");
}

#[test]
fn what_a_problem_has_no_use_for_is_refused() {
    let folder = Folder::new();
    folder.write("walks.csv", WALKS);
    let walks = ["--travel-times", "walks.csv"];
    for (problem, more, words) in [
        (
            "p-median",
            &["--sites", "2", "--share", "0.5"][..],
            "--share is for set-cover",
        ),
        (
            "p-center",
            &["--sites", "2", "--minutes", "10"],
            "--minutes is for set-cover and max-coverage",
        ),
        (
            "max-coverage",
            &["--sites", "2", "--reach", "10"],
            "--reach",
        ),
        (
            "max-coverage",
            &["--sites", "2", "--mode-limit", "shared"],
            "no limit on a mode",
        ),
        (
            "max-coverage",
            &["--sites", "2", "--speed-kmh", "4"],
            "--speed-kmh",
        ),
        (
            "max-coverage",
            &["--budget", "a lot"],
            "is not an amount of money",
        ),
    ] {
        let mut arguments = vec!["--problem", problem];
        arguments.extend(walks);
        arguments.extend(more);
        let ran = site(&folder, &arguments);
        assert_eq!(ran.code, Some(2), "{arguments:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(words), "{arguments:?}: {}", ran.stderr);
    }
    let ran = site(
        &folder,
        &["--problem", "max-coverage", "--travel-times", "walks.csv"],
    );
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.stderr.contains("give --sites or --budget"),
        "{}",
        ran.stderr
    );
}

#[test]
fn who_is_in_a_list_and_in_no_walk_is_counted_and_said() {
    let folder = Folder::new();
    folder.write("walks.csv", WALKS);
    folder.write(
        "people.csv",
        "id,population\na,10\nb,1\nc,30\nd,2\ne,2\nhermit,55\n",
    );
    folder.write("standing.csv", "id\nY\nGhost\n");
    let lists = [
        "--travel-times",
        "walks.csv",
        "--residents",
        "people.csv",
        "--stations",
        "standing.csv",
    ];
    let with = |more: &[&str]| {
        let mut arguments = vec!["--problem", "set-cover"];
        arguments.extend(lists);
        arguments.extend(more);
        site(&folder, &arguments)
    };
    let ran = with(&[]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let summary = summary(&folder, "out");
    let people = &summary["siting"]["people"];
    assert_eq!(
        (&people["total"], &people["out_of_reach"]),
        (&100.into(), &55.into())
    );
    let findings = summary["findings"].as_array().expect("a list").iter();
    let mut codes: Vec<&str> = findings
        .map(|one| one["code"].as_str().expect("a code"))
        .collect();
    codes.sort_unstable();
    assert_eq!(codes, ["out_of_reach", "standing_without_walks"]);
    // 45 of 100 people can be served at all.
    let ran = with(&["--share", "0.5"]);
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.stderr.contains("all candidates together cover 0.45"),
        "{}",
        ran.stderr
    );
}

#[test]
fn flags_that_reach_nothing_beside_walks_are_refused_and_lists_say_how_they_were_read() {
    let folder = Folder::new();
    folder.write("walks.csv", WALKS);
    folder.write("candidates.csv", "id,cost\nW,5\nX,6\n");
    let with = |more: &[&str]| {
        let mut arguments = vec![
            "--problem",
            "max-coverage",
            "--sites",
            "1",
            "--travel-times",
            "walks.csv",
            "--candidates",
            "candidates.csv",
        ];
        arguments.extend(more);
        site(&folder, &arguments)
    };
    for flag in [
        "--encoding",
        "--id-column",
        "--name-column",
        "--sheet",
        "--candidates-crs",
        "--network-columns",
    ] {
        let ran = with(&[flag, "x=y"]);
        assert_eq!(ran.code, Some(2), "{flag}: {}", ran.stderr);
        assert!(ran.stderr.contains(flag), "{flag}: {}", ran.stderr);
    }
    let ran = with(&["-v"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stderr.contains("candidates.csv"), "{}", ran.stderr);
    let run: Value = serde_json::from_str(&folder.read("out/run.json")).expect("JSON");
    assert_eq!(run["layers"].as_array().map(Vec::len), Some(1));
}

#[test]
fn walls_without_gates_are_refused_where_sites_are_chosen_too() {
    let folder = Folder::town();
    folder.write("walls.geojson", r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":1},"geometry":{"type":"Polygon","coordinates":[[[9.502,47.0995],[9.506,47.0995],[9.506,47.101],[9.502,47.0995]]]}}]}"#);
    let ran = site(
        &folder,
        &[
            "--problem",
            "max-coverage",
            "--sites",
            "1",
            "--network",
            "streets.geojson",
            "--residents",
            "residents.csv",
            "--candidates",
            "junctions",
            "--compounds",
            "walls.geojson",
        ],
    );
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("give their gates with --gates"),
        "{}",
        ran.stderr
    );
}
