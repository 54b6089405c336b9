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

/// Walks in two communities: `a` has X and Y, `b` has Z alone, and `c`, of the second, only W.
const TWO_COMMUNITIES: &str = "resident,station,seconds\n\
    a1,X,60\na2,X,60\na2,Y,60\na3,Y,60\nb1,Z,60\nb1,X,60\nb2,Z,60\nc1,W,60\n";
const THEIR_PEOPLE: &str = "id,population,over_70,社区\n\
    a1,50,0,甲\na2,40,10,甲\na3,20,0,甲\nb1,10,10,乙\nb2,10,10,乙\nc1,4,4,丙\n";
const THEIR_SITES: &str =
    "id,cost,year,community\nX,30,2028,甲\nY,20,2027,甲\nZ,20,,乙\nW,10,2027年,丙\n";

fn in_communities(folder: &Folder, more: &[&str]) -> Ran {
    folder.write("walks.csv", TWO_COMMUNITIES);
    folder.write("people.csv", THEIR_PEOPLE);
    folder.write("candidates.csv", THEIR_SITES);
    let mut arguments = vec!["--travel-times", "walks.csv", "--residents", "people.csv"];
    arguments.extend([
        "--candidates",
        "candidates.csv",
        "--problem",
        "max-coverage",
    ]);
    arguments.extend(more);
    site(folder, &arguments)
}

fn ids_and_years(folder: &Folder) -> Vec<(String, String)> {
    let rows = rows(folder, "out/sites.csv").into_iter();
    rows.map(|row| (row[1].clone(), row[6].clone())).collect()
}

#[test]
fn groups_count_more_by_weight_and_people_are_counted_once() {
    let folder = Folder::new();
    let ran = in_communities(&folder, &["--sites", "1"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    // X has a1, a2 and b1: 100 people. Z has b1 and b2, 20 of 20 over 70.
    let siting = &summary(&folder, "out")["siting"];
    assert_eq!(
        (&siting["objective"], &siting["objective_unit"]),
        (&100.into(), &"people".into())
    );
    let ran = in_communities(&folder, &["--sites", "1", "--weight", "over_70=10"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    // X: 50 + 40 + 90 + 10 + 90 = 280, Z: 20 + 180 = 200, Y: 40 + 90 + 20 = 150.
    let siting = &summary(&folder, "out")["siting"];
    assert_eq!(siting["objective"], 280);
    assert_eq!(siting["objective_unit"], "weighted_people");
    assert_eq!(rows(&folder, "out/sites.csv")[0][8], "100");
    let ran = in_communities(&folder, &["--sites", "1", "--weight", "over_70=1001"]);
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
}

#[test]
fn a_site_serves_its_own_community_alone_where_that_is_asked() {
    let folder = Folder::new();
    let ran = in_communities(&folder, &["--sites", "1", "--own-community"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    // Without b1, who is of another community, X has 90.
    assert_eq!(summary(&folder, "out")["siting"]["objective"], 90);
    let communities = rows(&folder, "out/site_communities.csv");
    assert_eq!(
        communities[0],
        ["甲", "110", "0", "90", "0.000000", "0.818182"]
    );
    assert_eq!(
        communities[1],
        ["乙", "20", "0", "0", "0.000000", "0.000000"]
    );
}

#[test]
fn the_worst_communities_are_lifted_first() {
    let folder = Folder::new();
    let ran = in_communities(&folder, &["--sites", "3", "--floor", "worst-first"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    // With Z and W the second and the third have all; of the first X covers 90 of 110, 81.8 %.
    let siting = &summary(&folder, "out")["siting"];
    let mut ids: Vec<String> = ids_and_years(&folder)
        .into_iter()
        .map(|one| one.0)
        .collect();
    ids.sort_unstable();
    assert_eq!(ids, ["W", "X", "Z"]);
    assert_eq!(siting["floor"]["share"].as_f64(), Some(0.818));
    assert_eq!(siting["floor"]["bound"].as_f64(), Some(0.818));
    assert_eq!(
        (&siting["objective"], &siting["proven"]),
        (&114.into(), &true.into())
    );
    let ran = in_communities(&folder, &["--sites", "1", "--floor", "0.5"]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    let ran = in_communities(&folder, &["--sites", "1", "--floor", "half"]);
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
}

#[test]
fn who_needs_two_sites_is_covered_by_two() {
    let folder = Folder::new();
    let ran = in_communities(&folder, &["--sites", "2", "--times", "2"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    // X and Y both have a2, 40 people; X and Z both have b1, 10.
    let siting = &summary(&folder, "out")["siting"];
    assert_eq!(
        (&siting["objective"], &siting["proven"]),
        (&40.into(), &true.into())
    );
}

#[test]
fn sites_are_built_when_they_are_ready_and_there_is_money() {
    let folder = Folder::new();
    let budgets = ["--year-budget", "2027=20", "--year-budget", "2028=30"];
    let ran = in_communities(&folder, &budgets);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    // 50 in all: X with Y covers 120, X with Z 110. X is ready in 2028, Y in 2027.
    let years = ids_and_years(&folder);
    let pair = |id: &str, year: &str| (id.to_owned(), year.to_owned());
    assert_eq!(years, [pair("Y", "2027"), pair("X", "2028")]);
    let siting = &summary(&folder, "out")["siting"];
    assert_eq!(
        (&siting["objective"], &siting["schedule_proven"]),
        (&120.into(), &true.into())
    );
    // In 2027 alone X is not ready: with 30 Y and W, 64 people.
    let ran = in_communities(&folder, &["--year-budget", "2027=30"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(summary(&folder, "out")["siting"]["objective"], 64);
    assert!(
        ran.stdout.contains("ready after the last year"),
        "{}",
        ran.stdout
    );
}

#[test]
fn a_study_file_asks_where_to_build() {
    let folder = Folder::town();
    folder.write(
        "study.toml",
        "network = \"streets.geojson\"\nstations = \"stations.csv\"\nresidents = \"residents.csv\"\nminutes = [10]\nout = \"all\"\n\n\
         [site]\nproblem = \"max-coverage\"\nsites = 1\ncandidates = \"streets:100\"\nout = \"built\"\n",
    );
    let ran = folder.run(&["site", "study.toml"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let siting = &summary(&folder, "built")["siting"];
    let by_flags = folder.run(&[
        "site",
        "--network",
        "streets.geojson",
        "--stations",
        "stations.csv",
        "--residents",
        "residents.csv",
        "--minutes",
        "10",
        "--problem",
        "max-coverage",
        "--sites",
        "1",
        "--candidates",
        "streets:100",
        "--out",
        "out",
    ]);
    assert_eq!(by_flags.code, Some(0), "{}", by_flags.stderr);
    assert_eq!(siting, &summary(&folder, "out")["siting"]);
    // A problem without a cutoff leaves the study's to the other questions, and says so; one that is given to it is refused.
    let median = folder
        .read("study.toml")
        .replace("max-coverage", "p-median");
    folder.write("median.toml", &median);
    let ran = folder.run(&["site", "median.toml"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("not used by site: minutes\n"),
        "{}",
        ran.stderr
    );
    let ran = folder.run(&["site", "median.toml", "--minutes", "10"]);
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
    let ran = folder.run(&["site", "study.toml", "--problem", "p-center"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    // `run` has no use for the table, and says so.
    let ran = folder.run(&["run", "study.toml"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("not used by run: site.problem"),
        "{}",
        ran.stderr
    );
    let wrong = folder.read("study.toml").replace("sites = 1", "site = 1");
    folder.write("wrong.toml", &wrong);
    let ran = folder.run(&["site", "wrong.toml"]);
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
    assert!(
        ran.stderr
            .contains("there is no key \"site\"; the nearest one is sites"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("line 9"), "{}", ran.stderr);
}

/// A station in the west, people in the east beyond a gap of 76 m in the street, and some far out.
fn two_streets(folder: &Folder) {
    let line = |from: f64, to: f64| {
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{}},\"geometry\":{{\"type\":\"LineString\",\"coordinates\":[[{from},47.1],[{to},47.1]]}}}}"
        )
    };
    let lines = [line(9.500, 9.505), line(9.506, 9.531)].join(",");
    folder.write(
        "streets.geojson",
        format!("{{\"type\":\"FeatureCollection\",\"features\":[{lines}]}}"),
    );
    folder.write("stations.csv", "id,lon,lat\nwest,9.5,47.1\n");
    folder.write(
        "people.csv",
        "id,lon,lat,population\nnear,9.502,47.1,5\nmiddle,9.510,47.1,30\nfar,9.530,47.1,8\n",
    );
    folder.write(
        "candidates.csv",
        "id,lon,lat,cost,mode\neast,9.52,47.1,100,new\n",
    );
    folder.write(
        "link.toml",
        "cost = 20\nmode = \"shared\"\n[[streets.draw]]\nfrom = [9.505, 47.1]\nto = [9.506, 47.1]\n",
    );
    folder.write(
        "close.toml",
        "cost = 1\n[[stations.close]]\nid = \"west\"\n",
    );
}

fn with_measures(folder: &Folder, more: &[&str]) -> Ran {
    let mut arguments = vec![
        "--problem",
        "max-coverage",
        "--network",
        "streets.geojson",
        "--stations",
        "stations.csv",
        "--residents",
        "people.csv",
        "--candidates",
        "candidates.csv",
        "--measures",
        "link.toml",
        "--min-island",
        "0",
    ];
    arguments.extend(more);
    site(folder, &arguments)
}

#[test]
fn measures_and_sites_are_chosen_together_under_one_budget() {
    let folder = Folder::new();
    two_streets(&folder);
    // The link brings `middle`, 760 m from the station, for 20; the site brings `middle` and `far` for 100.
    for (budget, ids, people) in [("50", ["link"], 35), ("110", ["east"], 43)] {
        let ran = with_measures(&folder, &["--budget", budget]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let siting = &summary(&folder, "out")["siting"];
        assert_eq!(siting["objective"], people);
        assert_eq!(siting["recounted"].as_f64(), Some(f64::from(people)));
        let sites = rows(&folder, "out/sites.csv");
        let chosen: Vec<&str> = sites.iter().map(|row| row[1].as_str()).collect();
        assert_eq!(chosen, ids);
    }
    // What changes once the site is built is written too: `middle` had no walk to a station.
    let changes = rows(&folder, "out/changes.csv");
    let newly: Vec<&str> = changes
        .iter()
        .filter(|row| row[2] == "newly_covered")
        .map(|row| row[1].as_str())
        .collect();
    assert_eq!(newly, ["middle", "far"]);
    assert!(folder.read("out/index.html").contains("class=\"plan\""));
    assert!(folder.read("out/edits.csv").contains("stations.add"));
}

#[test]
fn a_measure_that_takes_coverage_away_is_counted_and_never_chosen() {
    let folder = Folder::new();
    two_streets(&folder);
    let ran = with_measures(&folder, &["--budget", "50", "--measures", "close.toml"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let summary = summary(&folder, "out");
    let findings = summary["findings"].as_array().expect("a list").iter();
    let mut codes = findings.filter_map(|one| one["code"].as_str());
    assert!(codes.any(|code| code == "measure_takes_away"));
    assert_eq!(summary["siting"]["sites"], 1);
    // A scenario has no cost, and a measure no place beside a table of walks.
    let scenario = folder.run(&[
        "scenario",
        "--network",
        "streets.geojson",
        "--stations",
        "stations.csv",
        "--residents",
        "people.csv",
        "--edits",
        "link.toml",
        "--out",
        "what-if",
    ]);
    assert_eq!(scenario.code, Some(1), "{}", scenario.stderr);
    assert!(scenario.stderr.contains("cost"), "{}", scenario.stderr);
    folder.write("walks.csv", WALKS);
    let arguments = [
        "--problem",
        "max-coverage",
        "--sites",
        "1",
        "--travel-times",
        "walks.csv",
        "--measures",
        "link.toml",
    ];
    let ran = site(&folder, &arguments);
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
}

#[test]
fn sites_take_only_as_many_as_their_column_says() {
    let folder = Folder::new();
    folder.write("walks.csv", WALKS);
    folder.write("people.csv", "id,population\na,4\nb,3\nc,2\nd,5\ne,1\n");
    folder.write("halls.csv", "id,容量\nW,5\nX,2\nY,\nZ,six\n");
    let arguments = [
        "--problem",
        "max-coverage",
        "--sites",
        "2",
        "--travel-times",
        "walks.csv",
        "--residents",
        "people.csv",
        "--candidates",
        "halls.csv",
        "--capacities",
    ];
    let ran = site(&folder, &arguments);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    // By hand: W makes room for 5 of a and b; Y, whose capacity is not known, for d and e, 6 in all. X would take 2 more alone.
    let said = summary(&folder, "out");
    let siting = &said["siting"];
    assert_eq!(
        (&siting["objective"], &siting["proven"]),
        (&11.into(), &true.into())
    );
    let sites = rows(&folder, "out/sites.csv");
    let cells: Vec<[&str; 3]> = sites
        .iter()
        .map(|row| [1, 8, 13].map(|column| row[column].as_str()))
        .collect();
    assert_eq!(cells, [["Y", "6", ""], ["W", "5", "5"]]);
    // A blank and a word are no numbers of people.
    let found = said["findings"].as_array().expect("findings");
    let found = found
        .iter()
        .find(|one| one["code"] == "site_without_capacity");
    assert_eq!(found.map(|one| &one["count"]), Some(&2.into()), "{said}");

    let refused = site(&folder, &[&arguments[..], &["--times", "2"]].concat());
    assert_eq!(refused.code, Some(1), "{}", refused.stderr);
    let without = site(
        &folder,
        &arguments[..8]
            .iter()
            .copied()
            .chain(["--capacities"])
            .collect::<Vec<_>>(),
    );
    assert_eq!(without.code, Some(1), "{}", without.stderr);
    assert!(without.stderr.contains("capacity"), "{}", without.stderr);
}

#[test]
fn tiers_have_circles_of_their_own_and_everybody_counts_once_for_each() {
    let folder = Folder::new();
    folder.write(
        "walks.csv",
        "resident,station,seconds\na,X,200\nb,X,500\nb,Y,250\nc,Y,280\na,Z,100\nc,W,10\n",
    );
    folder.write("people.csv", "id,population\na,10\nb,5\nc,2\n");
    folder.write(
        "halls.csv",
        "id,tier\nX,社区\nY,community、grid\nZ,网格\nW,\n",
    );
    let arguments = [
        "--problem",
        "max-coverage",
        "--sites",
        "2",
        "--travel-times",
        "walks.csv",
        "--residents",
        "people.csv",
        "--candidates",
        "halls.csv",
        "--tier-circle",
        "community=10min",
        "--tier-circle",
        "grid=5min",
    ];
    let ran = site(&folder, &arguments);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    // By hand. Communities within 600 s: X has a and b, Y has b and c. Grids within 300 s: Y has b and c, Z has a.
    // X and Y: 17 + 7; Y and Z: 7 + 17; X and Z: 15 + 10. W is of no tier and serves nobody.
    let said = summary(&folder, "out");
    let siting = &said["siting"];
    assert_eq!(
        (&siting["objective"], &siting["proven"]),
        (&25.into(), &true.into())
    );
    let ids: Vec<String> = rows(&folder, "out/sites.csv")
        .into_iter()
        .map(|row| row[1].clone())
        .collect();
    assert_eq!(ids, ["X", "Z"]);
    let tiers = siting["tiers"].as_array().expect("tiers");
    let after: Vec<(&Value, &Value, &Value)> = tiers
        .iter()
        .map(|tier| (&tier["tier"], &tier["people"], &tier["covered_after"]))
        .collect();
    assert_eq!(
        after,
        [
            (&"community".into(), &17.0.into(), &15.0.into()),
            (&"grid".into(), &17.0.into(), &10.0.into())
        ]
    );
    let found = said["findings"].as_array().expect("findings");
    let found = found.iter().find(|one| one["code"] == "site_without_tier");
    assert_eq!(found.map(|one| &one["count"]), Some(&1.into()), "{said}");

    for wrong in [
        ["--tier-circle", "community=5min"],
        ["--tier-circle", "street=800m"],
        ["--tier-circle", "town"],
        ["--minutes", "10"],
    ] {
        let refused = site(&folder, &[&arguments[..], &wrong].concat());
        assert_eq!(refused.code, Some(2), "{wrong:?}: {}", refused.stderr);
    }
}

#[test]
fn candidates_that_all_have_something_against_them_are_refused_with_what_that_is() {
    let folder = Folder::town();
    // One in metres, and one whose cost is a word.
    folder.write(
        "candidates.csv",
        "id,lon,lat,cost\nsea,8.0,47.1,5\nfree,9.505,47.10,cheap\n",
    );
    let ran = folder.run(&[
        "site",
        "--network",
        "streets.geojson",
        "--residents",
        "residents.csv",
        "--candidates",
        "candidates.csv",
        "--problem",
        "max-coverage",
        "--sites",
        "1",
        "--out",
        "out",
    ]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    for told in [
        "none of the 2 candidates can be chosen",
        "(sea)",
        "(free: \"cheap\")",
    ] {
        assert!(ran.stderr.contains(told), "{}", ran.stderr);
    }
}
