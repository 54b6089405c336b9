//! Opening hours: `--at` and `--week`.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::command::{Folder, Ran};
use crate::support::pbf;

/// A street of 2.2 km with a clinic at 9.50 and a school at 9.515, as the crow flies 1,138 m: `near` (2 people) is within 15 minutes
/// of both, `far` (4) of the school alone, `north` (3.5) and `sea` (5) of neither.
fn town(stations: &str) -> Folder {
    let folder = Folder::town();
    folder.write("stations.csv", stations);
    folder
}

/// The clinic is open for seven hours on working days, the school for eight on all days but Monday.
const STATIONS: &str = "id,lon,lat,营业时间\n\
    clinic,9.50,47.10,\"周一至周五 8:30-12:00，14:30-18:00（节假日除外）\"\n\
    school,9.515,47.10,Tu-Su 10:00-18:00\n";

fn coverage(folder: &Folder, more: &[&str]) -> Ran {
    let mut all = vec![
        "coverage",
        "--network",
        "streets.geojson",
        "--stations",
        "stations.csv",
    ];
    all.extend(["--residents", "residents.csv", "--out", "out"]);
    all.extend(more);
    if !more.contains(&"--formats") {
        all.extend(["--formats", "csv"]);
    }
    folder.run(&all)
}

fn summary(folder: &Folder) -> Value {
    serde_json::from_str(&folder.read("out/summary.json")).expect("JSON")
}

fn found(folder: &Folder, code: &str) -> u64 {
    let summary = summary(folder);
    let findings = summary["findings"].as_array().expect("a list");
    let mut counts = findings.iter().filter(|one| one["code"] == code);
    counts
        .next()
        .map_or(0, |one| one["count"].as_u64().expect("a count"))
}

#[test]
fn a_week_of_two_stations_is_counted_as_by_hand() {
    let folder = town(STATIONS);
    let ran = coverage(&folder, &["--week"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let week = &summary(&folder)["hours"]["week"];
    // `far` for 6 × 8 hours; `near` for 7 on Monday, 4 × 9.5 from Tuesday to Friday, 2 × 8 at the weekend: 4 × 48 + 2 × 61.
    assert_eq!(week["people_hours"], 314, "{week}");
    assert_eq!(week["sure_people_hours"], 314);
    // Of 14.5 people for 168 hours.
    assert_eq!(week["share"], 0.128_900);
    for (name, time, open, covered) in [
        ("weekday", "Tue 10:00", 2, 6),
        ("evening", "Tue 19:00", 0, 0),
        ("weekend", "Sat 10:00", 1, 6),
    ] {
        assert_eq!(week[name]["time"], time);
        assert_eq!(week[name]["open"], open, "{name}");
        assert_eq!(week[name]["covered"], covered, "{name}");
    }
    let hours = folder.read("out/hours.csv");
    let rows: Vec<&str> = hours.lines().skip(1).collect();
    assert_eq!(rows.len(), 168);
    // An hour in which a station is open for half of it counts half.
    for (hour, row) in [
        (0, "Mo,0,0,0,0.00,0"),
        (8, "Mo,8,0.5,1,6.90,1"),
        (14, "Mo,14,0.5,1,6.90,1"),
        (24 + 8, "Tu,8,0.5,1,6.90,1"),
        (24 + 10, "Tu,10,2,6,41.38,6"),
        (24 + 12, "Tu,12,1,6,41.38,6"),
        (24 + 18, "Tu,18,0,0,0.00,0"),
        (5 * 24 + 9, "Sa,9,0,0,0.00,0"),
        (6 * 24 + 17, "Su,17,1,6,41.38,6"),
    ] {
        assert_eq!(rows[hour], row);
    }
    assert_eq!(
        folder.read("out/station_hours.csv"),
        "id,kind,written,opening_hours,open_minutes\n\
         clinic,office,周一至周五 8:30-12:00，14:30-18:00（节假日除外）,\"Mo-Fr 08:30-12:00,14:30-18:00; PH closed\",2100\n\
         school,osm,Tu-Su 10:00-18:00,Tu-Su 10:00-18:00,2880\n"
    );
    assert_eq!(found(&folder, "hours_on_holidays"), 1);
    // Who is covered without a time is not touched by the week.
    assert_eq!(summary(&folder)["population"]["covered"], 6);
    assert!(
        ran.stdout.contains(
            "Over the week 12.89 %; Tue 10:00 41.38 %, Tue 19:00 0.00 %, Sat 10:00 41.38 %"
        ),
        "{}",
        ran.stdout
    );
}

#[test]
fn at_a_time_closed_stations_serve_nobody_and_who_is_near_them_is_told() {
    let folder = town(STATIONS);
    let ran = coverage(&folder, &["--at", "周一 10:00"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let residents = folder.read("out/residents.csv");
    let row = |id: &str| {
        let mut rows = residents.lines();
        let row = rows
            .find(|row| row.starts_with(&format!("{id},")))
            .expect("a row");
        row.to_owned()
    };
    assert!(row("near").starts_with("near,2,covered,"), "{residents}");
    assert!(row("far").starts_with("far,4,beyond,"), "{residents}");
    assert!(
        row("far").ends_with(",every station within the cutoff is closed then"),
        "{residents}"
    );
    assert!(!row("north").contains("closed"), "{residents}");
    let stations = folder.read("out/stations.csv");
    assert!(stations.contains("\nschool,closed,"), "{stations}");
    assert!(stations.contains("\nclinic,ok,"), "{stations}");
    let summary = summary(&folder);
    assert_eq!(
        summary["hours"]["at"],
        serde_json::json!({
            "time": "Mon 10:00", "open": 1, "closed": 1, "covered": 2, "not_sure": 0, "when_all_open": 6
        })
    );
    assert_eq!(summary["stations"]["closed"], 1);
    assert_eq!(found(&folder, "station_closed"), 1);
    assert_eq!(folder.record("out")["parameters"]["at"], "Mon 10:00");
    assert!(
        ran.stdout
            .contains("Mon 10:00: 1 of 2 stations are open; with all it would be 41.38 %"),
        "{}",
        ran.stdout
    );
    // A city without the school is the same, but for what is said of it.
    let statuses = |text: &str| {
        let rows = text
            .lines()
            .map(|row| row.split(',').take(8).collect::<Vec<_>>().join(","));
        rows.collect::<Vec<_>>()
    };
    let at = statuses(&residents);
    folder.write("stations.csv", "id,lon,lat\nclinic,9.50,47.10\n");
    let alone = coverage(&folder, &[]);
    assert_eq!(alone.code, Some(0), "{}", alone.stderr);
    assert_eq!(statuses(&folder.read("out/residents.csv")), at);
}

/// The cells of the row of a table that has this in one of its columns, by the names of the columns.
fn row_with(table: &str, column: &str, cell: &str) -> BTreeMap<String, String> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let heads = reader.headers().expect("a header").clone();
    let rows = reader.records().map(|row| row.expect("a row"));
    let mut rows = rows.map(|row| {
        let cells = heads.iter().zip(row.iter());
        cells
            .map(|(head, cell)| (head.to_owned(), cell.to_owned()))
            .collect::<BTreeMap<_, _>>()
    });
    rows.find(|row| row[column] == cell).expect("a row with it")
}

#[test]
fn a_gap_near_closed_stations_says_so_and_longer_opening_cures_it_as_a_rerun_confirms() {
    let folder = town(STATIONS);
    folder.write(
        "prices.toml",
        "[[cure]]\nkind = 'opening'\ncost = 2\nresponsible = 'the school'\n\n[[cure]]\nkind = 'station'\ncost = 100\n",
    );
    let asked = [
        "--at",
        "Mon 10:00",
        "--cure-prices",
        "prices.toml",
        "--formats",
        "csv,html,geojson",
    ];
    let ran = coverage(&folder, &asked);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    // Of 14.5 people the clinic has 2; of the rest the 4 of `far` are within 15 minutes of the school, which is closed on Mondays.
    let gaps = folder.read("out/gaps.csv");
    let far = row_with(&gaps, "people", "4");
    for (column, cell) in [
        ("reason", "stations_closed"),
        ("opening_station", "school"),
        ("opening_gain", "4"),
        ("opening_gain_elsewhere", "0"),
        ("cure", "opening"),
        ("cure_gain", "4"),
        ("cure_cost", "2"),
        ("cure_responsible", "the school"),
    ] {
        assert_eq!(far[column], cell, "{column}: {gaps}");
    }
    let sea = row_with(&gaps, "people", "5");
    assert_ne!(sea["reason"], "stations_closed");
    assert_eq!(sea["opening_station"], "");
    let page = folder.read("out/report.html");
    assert!(page.contains("the stations near are closed then"), "{page}");
    assert!(page.contains("if it were open"), "no cure on the page");
    // The cure by a rerun: the school is open then, too.
    let before = summary(&folder)["population"]["covered"].as_u64();
    folder.write("stations.csv", STATIONS.replace("Tu-Su", "Mo-Su"));
    let ran = coverage(&folder, &["--at", "Mon 10:00"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let after = summary(&folder)["population"]["covered"].as_u64();
    assert_eq!((before, after), (Some(2), Some(6)));
    assert!(!folder.read("out/gaps.csv").contains("stations_closed"));
    // Without a time there are no such columns.
    let ran = coverage(&folder, &[]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(!folder.read("out/gaps.csv").contains("opening_"));
}

#[test]
fn hours_that_are_not_known_or_contradict_are_counted_and_told() {
    let folder = town(
        "id,lon,lat,hours\n\
         clinic,9.50,47.10,Mo-Fr 08:00-12:00\n\
         clinic,9.5001,47.10,Mo-Fr 09:00-12:00\n\
         school,9.515,47.10,\n\
         north,9.52,47.20,whenever\n\
         shut,9.53,47.20,off\n\
         summer,9.54,47.20,May-Sep: 10:00-12:00\n\
         sun,9.55,47.20,sunrise-sunset\n",
    );
    let ran = coverage(&folder, &["--at", "Mon 10:00", "--week"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    for (code, count) in [
        ("hours_contradict", 1),
        ("hours_not_known", 2),
        ("never_open", 1),
        ("hours_by_date", 2),
        ("cell_not_understood", 1),
        ("station_closed", 1),
    ] {
        assert_eq!(found(&folder, code), count, "{code}");
    }
    let at = &summary(&folder)["hours"]["at"];
    // `far` has the school alone, of which nothing is known.
    assert_eq!(at["covered"], 6);
    assert_eq!(at["not_sure"], 4);
    let week = &summary(&folder)["hours"]["week"];
    // The school is taken as open at every time; the clinic by its first row, for 20 hours.
    assert_eq!(week["people_hours"], 6 * 168);
    assert_eq!(week["sure_people_hours"], 40);
    // With a day the season is known.
    let ran = coverage(&folder, &["--at", "2026-12-01 10:00"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(found(&folder, "hours_by_date"), 1);
    assert_eq!(found(&folder, "station_closed"), 2);
}

#[test]
fn a_column_of_days_is_none_of_hours_and_a_column_of_hours_none_of_days() {
    let folder =
        town("id,lon,lat,开放时间\nclinic,9.50,47.10,2019-05-01\nschool,9.515,47.10,2020年\n");
    let ran = coverage(&folder, &["--week"]);
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("--at and --week reach nothing"),
        "{}",
        ran.stderr
    );
    folder.write(
        "stations.csv",
        "id,lon,lat,开放时间\nclinic,9.50,47.10,周一至周五 8:30-12:00\nschool,9.515,47.10,每天 9:00-17:00\n",
    );
    let ran = coverage(&folder, &["--week"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(found(&folder, "cell_not_understood"), 0);
    let hours = folder.read("out/station_hours.csv");
    assert!(hours.contains(",Mo-Fr 08:30-12:00,1050"), "{hours}");
}

#[test]
fn what_cannot_be_asked_of_hours_is_refused() {
    let folder = town(STATIONS);
    for (more, code, words) in [
        (&["--at", "noon"][..], 2, "is no day and time"),
        (&["--at", "Tue 25:00"], 2, "is no day and time"),
        (
            &["--at", "2026-02-30 10:00"],
            2,
            "there is no day 2026-02-30",
        ),
        (
            &["--at", "Tue 10:00", "--sensitivity"],
            2,
            "--at asks who is covered at one time",
        ),
        (
            &["--stations-columns", "opening_hours=营业时间"],
            2,
            "opening_hours",
        ),
    ] {
        let ran = coverage(&folder, more);
        assert_eq!(ran.code, Some(code), "{more:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(words), "{more:?}: {}", ran.stderr);
    }
    let named = coverage(
        &folder,
        &["--week", "--stations-columns", "opening_hours=营业时间"],
    );
    assert_eq!(named.code, Some(0), "{}", named.stderr);
    folder.write("stations.csv", "id,lon,lat\nclinic,9.50,47.10\n");
    for more in [["--at", "evening"], ["--week", "--quiet"]] {
        let ran = coverage(&folder, &more);
        assert_eq!(ran.code, Some(2), "{}", ran.stderr);
        assert!(
            ran.stderr
                .contains("no station has a column of opening hours"),
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn the_page_shows_the_week_hour_by_hour() {
    let folder = town(STATIONS);
    let ran = coverage(&folder, &["--formats", "html", "--week", "--lang", "zh"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let page = folder.read("out/report.html");
    assert!(page.contains("<section id=\"hours\""), "no week");
    assert_eq!(page.matches("<title>周").count(), 168);
    assert!(page.contains("<title>周二 10:00: 6 (41.38"), "no Tuesday");
    assert!(ran.stdout.contains("全周 12.89%"), "{}", ran.stdout);
    // Without the week there is nothing of it.
    let folder = town(STATIONS);
    let ran = coverage(&folder, &["--formats", "html"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(!folder.read("out/report.html").contains("id=\"hours\""));
    assert!(!folder.list("out").contains(&"hours.csv".to_owned()));
}

/// A street with a gate between a clinic in its west and a school in its east: `near` (2 people) lives west of the gate, `far` (4)
/// east of it.
fn gated() -> Folder {
    let folder = Folder::new();
    let mut block = pbf::Block::default();
    let gate = [("barrier", "gate"), ("opening_hours", "06:00-20:00")];
    let tags: [&[(&str, &str)]; 3] = [&[], &gate, &[]];
    for ((id, lon), tags) in (1..).zip([95_000_000, 95_050_000, 95_150_000]).zip(tags) {
        block.node(id, lon, 471_000_000, tags);
    }
    block.way(1, &[1, 2, 3], &[("highway", "footway")]);
    folder.write("city.osm.pbf", pbf::file(&block));
    folder.write(
        "stations.csv",
        "id,lon,lat,opening_hours\nclinic,9.50,47.10,Mo-Su 07:00-22:00\nschool,9.515,47.10,Mo-Fr 09:00-21:00\n",
    );
    folder.write(
        "residents.csv",
        "id,lon,lat,population\nnear,9.502,47.10,2\nfar,9.508,47.10,4\n",
    );
    folder
}

fn gated_coverage(folder: &Folder, network: &str, more: &[&str]) -> Ran {
    let mut all = vec![
        "coverage",
        "--network",
        network,
        "--stations",
        "stations.csv",
    ];
    all.extend([
        "--residents",
        "residents.csv",
        "--out",
        "out",
        "--formats",
        "csv",
    ]);
    all.extend(more);
    folder.run(&all)
}

#[test]
fn a_gate_obeys_the_time_and_the_week_is_counted_as_by_hand() {
    let folder = gated();
    // Without a time it is as at 10:00 on a Tuesday, and said so.
    let ran = gated_coverage(&folder, "city.osm.pbf", &["--week"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(found(&folder, "open_at_times"), 1);
    assert_eq!(found(&folder, "closed_then"), 0);
    assert_eq!(found(&folder, "unused_condition"), 0);
    let week = &summary(&folder)["hours"]["week"];
    // `near` has the clinic for 7 × 15 hours. `far` has it for 13 hours a day while the gate is open, and the school until 21:00
    // from Monday to Friday: 5 × 14 + 2 × 13 hours.
    assert_eq!(week["people_hours"], 2 * 105 + 4 * 96, "{week}");
    assert_eq!(week["evening"]["covered"], 6);
    let hours = folder.read("out/hours.csv");
    let rows: Vec<&str> = hours.lines().skip(1).collect();
    assert!(rows[20].starts_with("Mo,20,2,6,"), "{}", rows[20]);
    assert!(rows[21].starts_with("Mo,21,1,2,"), "{}", rows[21]);
    assert!(rows[5 * 24 + 19].starts_with("Sa,19,1,6,"), "{}", rows[139]);
    assert!(rows[5 * 24 + 20].starts_with("Sa,20,1,2,"), "{}", rows[140]);

    let ran = gated_coverage(&folder, "city.osm.pbf", &["--at", "Sat 20:00"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(found(&folder, "closed_then"), 1);
    assert_eq!(summary(&folder)["population"]["covered"], 2);
    assert_eq!(summary(&folder)["population"]["unreachable"], 4);
    // The gate is asked even where no station has hours.
    folder.write("stations.csv", "id,lon,lat\nclinic,9.50,47.10\n");
    let ran = gated_coverage(&folder, "city.osm.pbf", &["--at", "Mon 19:59"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(summary(&folder)["population"]["covered"], 6);
}

#[test]
fn walls_are_counted_at_a_time_at_which_a_station_is_closed() {
    let folder = town(STATIONS);
    folder.write(
        "walls.geojson",
        r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"w"},"geometry":{"type":"Polygon",
        "coordinates":[[[9.507,47.099],[9.509,47.099],[9.509,47.101],[9.507,47.101],[9.507,47.099]]]}}]}"#,
    );
    folder.write(
        "gates.csv",
        "id,lon,lat\nwest,9.507,47.1\neast,9.509,47.1\n",
    );
    let mut asked = vec!["--at", "Mon 10:00", "--compounds", "walls.geojson"];
    asked.extend(["--gates", "gates.csv"]);
    let ran = coverage(&folder, &asked);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(found(&folder, "station_closed"), 1);
    assert!(folder.read("out/compounds.csv").starts_with("id,"));
}

#[test]
fn a_prepared_network_knows_one_time_and_refuses_others() {
    let folder = gated();
    let built = folder.run(&["network", "build", "city.osm.pbf", "-o", "city.pedshed"]);
    assert_eq!(built.code, Some(0), "{}", built.stderr);
    let ran = gated_coverage(&folder, "city.pedshed", &["--at", "weekday"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(found(&folder, "open_at_times"), 1);
    for more in [&["--at", "Sat 20:00"][..], &["--week"]] {
        let ran = gated_coverage(&folder, "city.pedshed", more);
        assert_eq!(ran.code, Some(2), "{}", ran.stderr);
        assert!(
            ran.stderr.contains("prepared as at 10:00 on a Tuesday"),
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn longer_hours_behind_a_gate_that_closes_are_counted_state_by_state() {
    let folder = gated();
    folder.write(
        "longer.toml",
        "[[stations.hours]]\nid = \"school\"\nopening_hours = \"Mo-Su 09:00-22:00\"\n",
    );
    let mut all = vec![
        "scenario",
        "--network",
        "city.osm.pbf",
        "--stations",
        "stations.csv",
    ];
    all.extend([
        "--residents",
        "residents.csv",
        "--edits",
        "longer.toml",
        "--out",
        "what-if",
        "--formats",
        "csv",
    ]);
    let ran = folder.run(&all);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let said: Value = serde_json::from_str(&folder.read("what-if/summary.json")).expect("JSON");
    // As it is, as in the week above. Then `far` has one of both from 7:00 to 22:00 every day.
    assert_eq!(said["base"]["hours"]["people_hours"], 2 * 105 + 4 * 96);
    assert_eq!(said["scenarios"][0]["hours"]["people_hours"], 6 * 105);
    folder.write(
        "stations.csv",
        "id,lon,lat,opening_hours\nclinic,9.50,47.10,Mo-Su 07:00-22:00\nschool,9.515,47.10,Mo-Su 09:00-22:00\n",
    );
    let ran = gated_coverage(&folder, "city.osm.pbf", &["--week"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(summary(&folder)["hours"]["week"]["people_hours"], 6 * 105);
    // A prepared network is that of one time.
    let built = folder.run(&["network", "build", "city.osm.pbf", "-o", "city.pedshed"]);
    assert_eq!(built.code, Some(0), "{}", built.stderr);
    all[2] = "city.pedshed";
    let ran = folder.run(&all);
    assert_ne!(ran.code, Some(0));
    assert!(
        ran.stderr.contains("prepared as at 10:00 on a Tuesday"),
        "{}",
        ran.stderr
    );
}
