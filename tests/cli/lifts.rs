//! `pedshed lifts`.

use serde_json::Value;

use crate::support::command::{Folder, Ran};
use crate::support::{has_english_sentence, is_chinese};

/// From the clinic to the door of the house are 0.01 degrees of the equator: 834.896 s at 4.8 km/h, 1,113.195 s at 3.6 km/h.
const STREETS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"Main Street"},"geometry":{"type":"LineString","coordinates":[[0,0],[0.01,0]]}}
]}"#;

/// Six stairwells of one house: at the survey; too low; with a lift; with a title in dispute; ready; being built.
const STAIRWELLS: &str = "编号,楼栋,电梯,层数,户数,阶段,产权,结构安全,是否列入拆迁,参与表决户数占比,参与表决面积占比,同意户数占比,同意面积占比,造价,社区,责任人\n\
1,H,no,6,12,摸排,清晰,安全,未列入,,,,,,柳巷,\n\
2,H,no,3,6,摸排,清晰,安全,未列入,,,,,,柳巷,\n\
3,H,yes,6,12,维护,,,,,,,,,文庙,\n\
4,H,no,6,12,意见,有争议,安全,未列入,,,,,,柳巷,\n\
5,H,no,6,12,方案,清晰,安全,否,80%,0.8,90,76%,500000,柳巷,王五\n\
6,H,no,6,12,施工,,,,,,,,,文庙,\n";

/// Ten people on each of the six storeys of the first and the fifth stairwell, three of those on the sixth over seventy; two on the
/// fourth storey of the third, and one who lives elsewhere.
fn house() -> Folder {
    let folder = Folder::new();
    folder.write("streets.geojson", STREETS);
    folder.write("stations.csv", "id,lon,lat\nclinic,0,0\n");
    let mut rows = String::from("id,lon,lat,population,over_70,storey,building,stairwell\n");
    for stairwell in [1, 5] {
        let row = |storey: u8| {
            let old = if storey == 6 { 3 } else { 0 };
            format!("s{stairwell}-{storey},0.01,0,10,{old},{storey},H,{stairwell}\n")
        };
        rows.extend((1..=6).map(row));
    }
    rows += "s3-4,0.01,0,2,0,4,H,3\nelsewhere,0.01,0,1,0,,,\n";
    folder.write("residents.csv", rows);
    folder.write("stairwells.csv", STAIRWELLS);
    folder
}

fn run(folder: &Folder, verb: &str, more: &[&str]) -> Ran {
    let layers = [
        verb,
        "--network",
        "streets.geojson",
        "--stations",
        "stations.csv",
        "--residents",
        "residents.csv",
        "--stairwells",
        "stairwells.csv",
        "--out",
        "out",
    ];
    folder.run(&[&layers[..], more].concat())
}

fn lifts(folder: &Folder, more: &[&str]) -> Ran {
    let ran = run(folder, "lifts", more);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    ran
}

fn summary(folder: &Folder) -> Value {
    serde_json::from_str(&folder.read("out/summary.json")).expect("JSON")
}

/// The cells of these columns, row by row.
fn cells(folder: &Folder, file: &str, columns: &[&str]) -> Vec<Vec<String>> {
    let text = folder.read(file);
    let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = lines.next().expect("a header");
    let places = columns.iter().map(|column| {
        let place = header.iter().position(|name| name == column);
        place.unwrap_or_else(|| panic!("{column} in {header:?}"))
    });
    let places: Vec<usize> = places.collect();
    lines
        .map(|row| places.iter().map(|place| row[*place].to_owned()).collect())
        .collect()
}

const PLAN: [&str; 6] = [
    "--from",
    "2027Q1",
    "--quarters",
    "8",
    "--lifts-a-quarter",
    "1",
];

#[test]
fn one_house_by_hand_what_a_lift_brings_and_when_it_comes() {
    let folder = house();
    let ran = lifts(
        &folder,
        &[&PLAN[..], &["--group", "over 70=over_70"]].concat(),
    );
    let line = "Stairwells: 6. With a lift: 1, being built: 1.";
    assert!(ran.stdout.contains(line), "{}", ran.stdout);
    assert!(
        ran.stdout
            .contains("ready 1, open 1 (something is not known or not yet met), refused 2.")
    );

    // Down and up: from the fifth storey 54 + 70 s by the stairs, 54 + 57 s with a lift; from the sixth 67.5 + 87.5 s and 60 + 60 s.
    // Ten people on each save 10 x (13 + 35) s = 8 minutes. The sixth storey is 902.396 s from the clinic, and 894.896 s with the lift.
    let columns = [
        "rank",
        "begins",
        "runs",
        "stairwell",
        "status",
        "cost",
        "public",
        "owners",
        "people_above_first_storey",
        "newly_covered",
        "person_minutes_a_day",
        "freed",
        "step_free",
        "over 70_newly_covered",
        "over 70_person_minutes_a_day",
    ];
    assert_eq!(
        cells(&folder, "out/lift_plan.csv", &columns),
        [
            // One stage of three months is left: from the second quarter on. Building and acceptance take four months.
            [
                "1", "2027Q2", "2027Q4", "5", "ready", "500000", "250000", "250000", "50", "10",
                "8.000", "0", "50", "3", "1.750"
            ],
            // 1 + 12 + 3 months until building: six quarters.
            [
                "2", "2028Q3", "2029Q1", "1", "open", "590000", "250000", "340000", "50", "10",
                "8.000", "0", "50", "3", "1.750"
            ],
        ]
    );
    let columns = [
        "quarter",
        "begun",
        "finished",
        "cost",
        "province",
        "owners",
        "running_newly_covered",
    ];
    let timetable = cells(&folder, "out/lift_timetable.csv", &columns);
    // The season is eight quarters, and the last lift is finished in the ninth.
    assert_eq!(timetable.len(), 9);
    assert_eq!(timetable[0], ["2027Q1", "0", "0", "0", "0", "0", "0"]);
    assert_eq!(
        timetable[1],
        ["2027Q2", "1", "0", "500000", "100000", "250000", "0"]
    );
    assert_eq!(timetable[3], ["2027Q4", "0", "1", "0", "0", "0", "10"]);
    assert_eq!(timetable[8], ["2029Q1", "0", "1", "0", "0", "0", "20"]);
}

#[test]
fn one_house_by_hand_what_is_missing_who_pays_and_how_far_it_is() {
    let folder = house();
    lifts(
        &folder,
        &[&PLAN[..], &["--group", "over 70=over_70"]].concat(),
    );
    let columns = [
        "stairwell",
        "status",
        "stage",
        "next_stage",
        "responsible",
        "missing",
        "against",
    ];
    let votes = "voting_households; voting_area; agreeing_households; agreeing_area";
    assert_eq!(
        cells(&folder, "out/lift_tasks.csv", &columns),
        [
            ["1", "open", "survey", "consent", "community", votes, ""],
            [
                "2",
                "refused",
                "survey",
                "consent",
                "community",
                votes,
                "storeys"
            ],
            ["3", "built", "maintenance", "", "owners", "", ""],
            [
                "4",
                "refused",
                "consent",
                "design",
                "community",
                votes,
                "title"
            ],
            ["5", "ready", "design", "construction", "王五", "", ""],
            [
                "6",
                "under_way",
                "construction",
                "acceptance",
                "district",
                "",
                ""
            ],
        ]
    );
    // 250,000 in the proportion 6 : 12 : 20 : 28 : 36, two households on a storey.
    let columns = ["stairwell", "storey", "amount", "amount_a_household"];
    let owners = cells(&folder, "out/lift_owners.csv", &columns);
    assert_eq!(owners[0], ["5", "1", "0", "0.00"]);
    assert_eq!(owners[1], ["5", "2", "14705.88", "7352.94"]);
    let amounts: Vec<&str> = owners[2..6].iter().map(|row| row[2].as_str()).collect();
    assert_eq!(amounts, ["29411.77", "49019.61", "68627.45", "88235.29"]);
    let columns = [
        "community",
        "stairwells",
        "built",
        "under_way",
        "ready",
        "open",
        "refused",
        "planned",
        "people",
        "step_free",
        "step_free_with_plan",
    ];
    assert_eq!(
        cells(&folder, "out/lift_progress.csv", &columns),
        [
            ["文庙", "2", "1", "1", "0", "0", "0", "0", "2", "2", "2"],
            [
                "柳巷", "4", "0", "0", "1", "1", "2", "2", "120", "20", "120"
            ],
        ]
    );
    let lifts = &summary(&folder)["lifts"];
    let plan = &lifts["plan"];
    for (found, wanted) in [
        (&lifts["people_behind_no_stairwell"], 1.0),
        (&plan["lifts"], 2.0),
        (&plan["worth"], 16.0),
        (&plan["bound"], 16.0),
        (&plan["cost"], 1_090_000.0),
        (&plan["by_payer"]["city"], 150_000.0),
        (&plan["owners"], 590_000.0),
        (&plan["groups"]["over 70"]["newly_covered"], 6.0),
    ] {
        assert_eq!(found.as_f64(), Some(wanted), "{lifts}");
    }
    assert_eq!(plan["proven"], true);
    let map: Value = serde_json::from_str(&folder.read("out/lifts.geojson")).expect("JSON");
    // Of the stairwells in which somebody lives.
    assert_eq!(map["features"].as_array().map(Vec::len), Some(3));
}

#[test]
fn what_is_shown_is_what_coverage_counts_once_the_lifts_are_there() {
    let folder = house();
    for (more, minutes, gain) in [
        (vec![], "15", 20.0),
        (vec!["--profile", "wheelchair"], "20", 100.0),
    ] {
        let walk = [&more[..], &["--minutes", minutes]].concat();
        lifts(
            &folder,
            &[&walk[..], &["--lifts", "2", "--goal", "covered"]].concat(),
        );
        let plan = summary(&folder)["lifts"]["plan"].clone();
        assert_eq!(plan["benefit"]["newly_covered"].as_f64(), Some(gain));
        assert_eq!(
            plan["benefit"]["freed"].as_f64(),
            Some(if more.is_empty() { 0.0 } else { 100.0 })
        );
        let covered = |folder: &Folder| {
            let ran = run(folder, "coverage", &walk);
            assert_eq!(ran.code, Some(0), "{}", ran.stderr);
            summary(folder)["population"]["covered"]
                .as_f64()
                .expect("people")
        };
        let before = covered(&folder);
        let built = STAIRWELLS
            .replace("1,H,no", "1,H,yes")
            .replace("5,H,no", "5,H,yes");
        folder.write("stairwells.csv", built);
        assert_eq!(covered(&folder) - before, gain, "{walk:?}");
        folder.write("stairwells.csv", STAIRWELLS);
    }
}

#[test]
fn a_lift_that_stops_at_half_landings_saves_less_and_frees_nobody() {
    let folder = house();
    lifts(&folder, &["--lifts", "1", "--entry", "half_landing"]);
    // Down and up from the fifth storey 54 + 64.25 s, from the sixth 65.25 + 67.25 s: 10 x (5.75 + 22.5) s are 4.708 minutes. The sixth
    // storey is 900.146 s from the clinic then.
    let columns = [
        "newly_covered",
        "person_minutes_a_day",
        "step_free",
        "entry",
    ];
    let plan = cells(&folder, "out/lift_plan.csv", &columns);
    assert_eq!(plan[0], ["0", "4.708", "0", "half_landing"]);
}

#[test]
fn only_what_is_ready_is_built_where_that_is_asked_and_money_is_money() {
    let folder = house();
    lifts(&folder, &["--lifts", "5", "--ready-only"]);
    let ranks = |folder: &Folder| cells(folder, "out/lift_plan.csv", &["rank", "stairwell"]);
    assert_eq!(ranks(&folder), [["1", "5"], ["", "1"]]);
    // A quarter's money is not enough for one, two quarters' is.
    let season = [
        "--from",
        "2027Q1",
        "--quarters",
        "9",
        "--budget-a-quarter",
        "125000",
    ];
    lifts(&folder, &season);
    let plan = cells(&folder, "out/lift_plan.csv", &["stairwell", "begins"]);
    assert_eq!(plan, [["5", "2027Q2"], ["1", "2028Q3"]]);
    lifts(&folder, &["--budget", "499999"]);
    assert_eq!(ranks(&folder)[1][0], "");
    // Without a limit nothing is chosen, and what each is worth is there all the same.
    let ran = lifts(&folder, &[]);
    assert!(ran.stdout.contains("Nothing is chosen"), "{}", ran.stdout);
    assert_eq!(ranks(&folder), [["", "1"], ["", "5"]]);
    assert_eq!(summary(&folder)["lifts"]["plan"], Value::Null);
}

#[test]
fn cells_that_are_not_understood_and_contradictions_are_counted() {
    let folder = house();
    let table = STAIRWELLS
        .replace("1,H,no,6,12,摸排,清晰", "1,H,no,6,12,someday,perhaps")
        .replace("3,H,yes,6,12,维护", "3,H,yes,6,12,摸排")
        .replace("80%,0.8", "800%,0.8")
        .replace("500000", "cheap");
    folder.write("stairwells.csv", table);
    lifts(&folder, &["--lifts", "1"]);
    let summary = summary(&folder);
    let findings = summary["findings"].as_array().expect("a list");
    let count = |code: &str| -> u64 {
        let of = findings.iter().filter(|finding| finding["code"] == code);
        of.filter_map(|finding| finding["count"].as_u64()).sum()
    };
    assert_eq!(count("cell_not_understood"), 4, "{findings:?}");
    assert_eq!(count("lift_stage_contradicted"), 1, "{findings:?}");
    // A stage that is not understood is not known, and so is a share of eight.
    let columns = ["stairwell", "status", "stage", "missing"];
    let tasks = cells(&folder, "out/lift_tasks.csv", &columns);
    assert_eq!(tasks[0][1..3], ["open", ""]);
    assert!(
        tasks[0][3].starts_with("stage; title; voting"),
        "{:?}",
        tasks[0]
    );
    assert_eq!(tasks[4][1..], ["open", "design", "voting_households"]);
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let folder = house();
    for (more, wanted) in [
        (
            vec!["--policy", "atlantis"],
            "there is no policy \"atlantis\"",
        ),
        (
            vec!["--count-group", "old", "--group", "over_70"],
            "there is no group \"old\"",
        ),
        (
            vec!["--from", "2027", "--quarters", "2"],
            "no quarter of a year",
        ),
        (vec!["--budget=-1"], "not an amount of money"),
    ] {
        let ran = run(&folder, "lifts", &more);
        assert_ne!(ran.code, Some(0), "{more:?}");
        assert!(ran.stderr.contains(wanted), "{more:?}: {}", ran.stderr);
    }
    folder.write("residents.csv", "id,lon,lat,stairwell\na,0.01,0,1\n");
    let ran = run(&folder, "lifts", &[]);
    assert!(
        ran.stderr
            .contains("no resident has a storey that is known"),
        "{}",
        ran.stderr
    );
    let ran = folder.run(&[
        "lifts",
        "--network",
        "streets.geojson",
        "--stations",
        "stations.csv",
        "--residents",
        "residents.csv",
        "--out",
        "out",
    ]);
    assert!(
        ran.stderr.contains("name one with --stairwells"),
        "{}",
        ran.stderr
    );
}

#[test]
fn everything_is_said_in_chinese() {
    let folder = house();
    let ran = lifts(&folder, &[&PLAN[..], &["--lang", "zh"]].concat());
    assert!(ran.stdout.contains("计划加装 2 部"), "{}", ran.stdout);
    assert!(is_chinese(&ran.stdout), "{}", ran.stdout);
    assert!(!has_english_sentence(&ran.stdout), "{}", ran.stdout);
    let tasks = folder.read("out/lift_tasks.csv");
    assert!(tasks.contains(",社区,"), "{tasks}");
}
