//! Hours of single services: `--at` and `--week` beside `--services`.

use serde_json::Value;

use crate::support::command::{Folder, Ran};
use crate::support::pbf;

/// A clinic at 9.50 with a hall and a canteen, a school at 9.515 with a hall alone: `near` (2 people) is within 15 minutes of both,
/// `far` (4) of the school alone, 8.5 people of neither.
const STATIONS: &str = "id,lon,lat,services,opening_hours,opening_hours:canteen\n\
    clinic,9.50,47.10,hall;canteen,Mo-Fr 08:30-17:00,Mo-Fr 11:00-13:00\n\
    school,9.515,47.10,hall,Tu-Su 09:00-17:00,\n";

fn town(stations: &str) -> Folder {
    let folder = Folder::town();
    folder.write("stations.csv", stations);
    folder
}

fn asked(folder: &Folder, verb: &str, more: &[&str]) -> Ran {
    let mut all = vec![verb, "--network", "streets.geojson"];
    if !more.contains(&"--stations") {
        all.extend(["--stations", "stations.csv"]);
    }
    all.extend(["--residents", "residents.csv"]);
    if verb == "coverage" {
        all.extend(["--out", "out"]);
    }
    all.extend(more);
    if verb == "coverage" && !more.contains(&"--formats") {
        all.extend(["--formats", "csv"]);
    }
    folder.run(&all)
}

fn coverage(folder: &Folder, more: &[&str]) -> Ran {
    let ran = asked(folder, "coverage", more);
    assert_eq!(ran.code, Some(0), "{more:?}: {}", ran.stderr);
    ran
}

fn summary(folder: &Folder) -> Value {
    serde_json::from_str(&folder.read("out/summary.json")).expect("JSON")
}

fn service(folder: &Folder, name: &str) -> Value {
    let summary = summary(folder);
    let services = &summary["provision"]["services"]["services"];
    let services = services.as_array().expect("a list");
    let found = services.iter().find(|one| one["service"] == name);
    found.unwrap_or_else(|| panic!("{name}: {summary}")).clone()
}

fn found(folder: &Folder, code: &str) -> u64 {
    let summary = summary(folder);
    let findings = summary["findings"].as_array().expect("a list");
    let counts = findings.iter().filter(|one| one["code"] == code);
    counts
        .map(|one| one["count"].as_u64().expect("a count"))
        .sum()
}

#[test]
fn a_canteen_is_open_at_noon_and_its_station_all_day_as_by_hand() {
    let folder = town(STATIONS);
    for (at, hall, canteen) in [
        ("Tue 08:00", 0, 0),
        ("Tue 10:00", 6, 0),
        ("Tue 12:00", 6, 2),
        ("Tue 13:00", 6, 0),
        // The school is closed on Mondays, the clinic on Saturdays.
        ("Mon 12:00", 2, 2),
        ("Sat 12:00", 6, 0),
    ] {
        let ran = coverage(&folder, &["--services", "all", "--at", at]);
        for (name, within) in [("hall", hall), ("canteen", canteen)] {
            let one = service(&folder, name);
            assert_eq!(one["within"], within, "{at}, {name}");
            assert_eq!(one["at"]["within"], within, "{at}, {name}");
            assert_eq!(one["at"]["not_sure"], 0, "{at}, {name}");
        }
        assert_eq!(service(&folder, "hall")["at"]["when_all_open"], 6);
        assert_eq!(service(&folder, "canteen")["at"]["when_all_open"], 2);
        assert!(
            ran.stdout.contains("services: all 2 within reach"),
            "{}",
            ran.stdout
        );
    }
    coverage(
        &folder,
        &["--services", "all", "--at", "Tue 12:00", "--week"],
    );
    // The hall: `near` for 8.5 hours on five days and 8 on two, `far` for 8 on six. The canteen: `near` for two on five.
    assert_eq!(
        folder.read("out/service_times.csv"),
        "service,stations,population,open_at,within_at,surely_within_at,within_when_all_open,people_hours,percent_of_week,\
         sure_people_hours\n\
         hall,2,14.5,2,6,6,6,309,12.68,309\n\
         canteen,1,14.5,1,2,2,2,20,0.82,20\n"
    );
    assert_eq!(
        folder.read("out/service_hours.csv"),
        "service,station,kind,written,opening_hours,open_minutes\n\
         canteen,clinic,osm,Mo-Fr 11:00-13:00,Mo-Fr 11:00-13:00,600\n"
    );
    let week = folder.read("out/service_week.csv");
    let rows: Vec<&str> = week.lines().skip(1).collect();
    assert_eq!(rows.len(), 2 * 168);
    for row in [
        "hall,Mo,8,0.5,1,6.90,1",
        "hall,Tu,8,0.5,1,6.90,1",
        "hall,Sa,9,1,6,41.38,6",
        "canteen,Mo,10,0,0,0.00,0",
        "canteen,Mo,11,1,2,13.79,2",
        "canteen,Mo,13,0,0,0.00,0",
        "canteen,Sa,12,0,0,0.00,0",
    ] {
        assert!(rows.contains(&row), "{row}");
    }
    assert_eq!(service(&folder, "canteen")["week"]["people_hours"], 20);
    assert_eq!(service(&folder, "canteen")["week"]["weekday"]["within"], 0);
    assert_eq!(found(&folder, "service_hours_outside"), 0);
    // Nobody is told to add a canteen where there is one that is closed.
    coverage(&folder, &["--services", "all", "--at", "Tue 10:00"]);
    assert_eq!(
        folder.read("out/service_additions.csv"),
        "station,service,newly_within\nschool,canteen,6\n"
    );
}

#[test]
fn columns_are_named_in_chinese_too_and_in_geojson() {
    let folder = town(
        "编号,经度,纬度,服务功能,办公时间,食堂开放时间,开放时间：阅览室\n\
         clinic,9.50,47.10,食堂、阅览室,周一至周五 8:30-17:00,周一至周五 11:00-13:00,\n\
         school,9.515,47.10,阅览室,周二至周日 9:00-17:00,,周六 9:00-12:00\n",
    );
    let ran = coverage(&folder, &["--services", "all", "--week", "--lang", "zh"]);
    assert_eq!(service(&folder, "食堂")["week"]["people_hours"], 20);
    // `near` at the clinic for 42.5 hours and at the school for 3, `far` for 3.
    assert_eq!(
        service(&folder, "阅览室")["week"]["people_hours"],
        2 * 42 + 1 + 6 + 12
    );
    assert!(
        ran.stdout.contains("全周最少：食堂，人时占比 0.82%"),
        "{}",
        ran.stdout
    );
    let run: Value = serde_json::from_str(&folder.read("out/run.json")).expect("JSON");
    let taken = run["layers"].to_string();
    for (column, role) in [
        ("食堂开放时间", "opening_hours:食堂"),
        ("开放时间：阅览室", "opening_hours:阅览室"),
    ] {
        assert!(taken.contains(column) && taken.contains(role), "{taken}");
    }
    folder.write(
        "stations.geojson",
        r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","geometry":{"type":"Point","coordinates":[9.50,47.10]},"properties":{"id":"clinic",
          "services":"hall;canteen","opening_hours":"Mo-Fr 08:30-17:00","opening_hours:canteen":"Mo-Fr 11:00-13:00"}},
        {"type":"Feature","geometry":{"type":"Point","coordinates":[9.515,47.10]},"properties":{"id":"school",
          "services":"hall","opening_hours":"Tu-Su 09:00-17:00"}}]}"#,
    );
    coverage(
        &folder,
        &[
            "--services",
            "all",
            "--week",
            "--stations",
            "stations.geojson",
        ],
    );
    assert_eq!(service(&folder, "hall")["week"]["people_hours"], 309);
    assert_eq!(service(&folder, "canteen")["week"]["people_hours"], 20);
}

#[test]
fn what_is_not_known_is_neither_open_nor_closed_and_told() {
    let folder = town(
        "id,lon,lat,services,opening_hours,opening_hours:canteen,opening_hours:sauna,opening_hours:hall\n\
         clinic,9.50,47.10,hall;canteen,Mo-Fr 08:30-17:00,at noon,Mo 09:00-10:00,Mo-Fr 08:00-18:00\n\
         school,9.515,47.10,hall,,Mo-Fr 11:00-13:00,,Sa[1] 09:00-10:00\n\
         mill,9.52,47.10,canteen,off,off,,\n",
    );
    coverage(&folder, &["--services", "all", "--week"]);
    for (code, count) in [
        // The sauna of the clinic, and the canteen of the school.
        ("hours_of_no_service", 2),
        ("cell_not_understood", 1),
        // The hall of the clinic, from 8:00 and until 18:00.
        ("service_hours_outside", 1),
        ("hours_by_date", 1),
        // The mill, and its canteen.
        ("never_open", 2),
        ("hours_not_known", 1),
    ] {
        assert_eq!(found(&folder, code), count, "{code}");
    }
    let canteen = service(&folder, "canteen");
    // What is written for the canteen of the clinic is not understood: it is not held to be open with the clinic.
    assert_eq!(canteen["week"]["people_hours"], 2 * 168);
    assert_eq!(canteen["week"]["sure_people_hours"], 0);
    let hall = service(&folder, "hall");
    // That of the school is open on the first Saturday of a month: never known without a day.
    assert_eq!(hall["week"]["people_hours"], 6 * 168);
    assert_eq!(hall["week"]["sure_people_hours"], 2 * 50);
    coverage(&folder, &["--services", "hall", "--at", "2026-12-05 09:30"]);
    assert_eq!(service(&folder, "hall")["at"]["within"], 6);
    assert_eq!(service(&folder, "hall")["at"]["not_sure"], 0);
}

#[test]
fn a_service_may_be_open_when_its_station_is_closed() {
    let folder = town(
        "id,lon,lat,services,opening_hours,opening_hours:canteen\n\
         clinic,9.50,47.10,hall;canteen,Mo-Fr 08:30-17:00,Mo-Fr 17:00-19:00\n",
    );
    coverage(&folder, &["--services", "all", "--at", "Tue 18:00"]);
    assert_eq!(summary(&folder)["population"]["covered"], 0);
    assert_eq!(service(&folder, "canteen")["within"], 2);
    assert_eq!(service(&folder, "hall")["within"], 0);
    assert_eq!(found(&folder, "service_hours_outside"), 1);
}

#[test]
fn without_services_or_without_hours_such_columns_change_no_byte() {
    let plain = "id,lon,lat,services,opening_hours\n\
        clinic,9.50,47.10,hall;canteen,Mo-Fr 08:30-17:00\n\
        school,9.515,47.10,hall,Tu-Su 09:00-17:00\n";
    for more in [
        &["--services", "all"][..],
        &["--week"],
        &["--at", "Tue 10:00"],
        &[],
    ] {
        let tables = [plain, STATIONS].map(|stations| {
            let folder = town(stations);
            coverage(&folder, more);
            let names = folder.list("out").into_iter();
            let names = names.filter(|name| name.contains(".csv"));
            let files = names.map(|name| (folder.read(&format!("out/{name}")), name));
            files.collect::<Vec<_>>()
        });
        assert_eq!(tables[0], tables[1], "{more:?}");
    }
}

#[test]
fn what_is_not_asked_of_services_and_hours_is_refused() {
    let folder = town(STATIONS);
    for (more, words) in [
        (
            &["--services", "all", "--at", "Tue 10:00", "--sensitivity"][..],
            "--at asks who is covered at one time, and who has which service",
        ),
        (
            &[
                "--services",
                "all",
                "--week",
                "--stations-columns",
                "opening_hours:canteen=x",
            ],
            "opening_hours:canteen",
        ),
        (
            &[
                "--services",
                "all",
                "--all-stations",
                "stations.csv",
                "--all-stations-columns",
                "opening_hours=opening_hours",
            ],
            "opening_hours",
        ),
    ] {
        let ran = asked(&folder, "coverage", more);
        assert_eq!(ran.code, Some(2), "{more:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(words), "{more:?}: {}", ran.stderr);
    }
    // Hours of services alone are enough to ask of these.
    folder.write(
        "stations.csv",
        "id,lon,lat,services,opening_hours:canteen\nclinic,9.50,47.10,canteen,Mo 11:00-13:00\n",
    );
    coverage(&folder, &["--services", "all", "--week"]);
    assert_eq!(service(&folder, "canteen")["week"]["people_hours"], 4);
    let ran = asked(&folder, "coverage", &["--week"]);
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
    // Stations of every tier have their own.
    folder.write("all.csv", STATIONS);
    coverage(
        &folder,
        &["--services", "all", "--week", "--all-stations", "all.csv"],
    );
    assert_eq!(service(&folder, "hall")["week"]["people_hours"], 309);
    assert_eq!(found(&folder, "cell_not_understood"), 0);
    // What is not understood of them is told as it is of others.
    folder.write("all.csv", STATIONS.replace("Tu-Su 09:00-17:00", "by day"));
    coverage(
        &folder,
        &["--services", "all", "--week", "--all-stations", "all.csv"],
    );
    assert_eq!(found(&folder, "cell_not_understood"), 1);
    assert_eq!(found(&folder, "hours_not_known"), 1);
    assert_eq!(
        service(&folder, "hall")["week"]["sure_people_hours"],
        2 * 42 + 1
    );
}

#[test]
fn the_page_says_what_is_left_over_the_week() {
    // The school is closed on Mondays: the page is of the stations that are open.
    let folder = town(STATIONS);
    coverage(
        &folder,
        &[
            "--services",
            "all",
            "--week",
            "--at",
            "Mon 12:00",
            "--formats",
            "html",
        ],
    );
    let page = folder.read("out/report.html");
    assert!(page.contains("Over the week"), "no column");
    assert!(page.contains("As at Mon 12:00."), "no time");
    let folder = town(STATIONS);
    coverage(&folder, &["--services", "all", "--formats", "html"]);
    let page = folder.read("out/report.html");
    assert!(!page.contains("Over the week") && !page.contains("As at"));
}

#[test]
fn stations_of_the_map_have_their_tags_of_hours() {
    let folder = Folder::new();
    let mut block = pbf::Block::default();
    let clinic = [
        ("amenity", "clinic"),
        ("opening_hours", "Mo-Fr 08:00-18:00"),
        ("opening_hours:canteen", "Mo 11:00-13:00"),
    ];
    let tags: [&[(&str, &str)]; 2] = [&clinic, &[]];
    for ((id, lon), tags) in (1..).zip([95_000_000, 95_150_000]).zip(tags) {
        block.node(id, lon, 471_000_000, tags);
    }
    block.way(1, &[1, 2], &[("highway", "footway")]);
    folder.write("city.osm.pbf", pbf::file(&block));
    folder.write(
        "residents.csv",
        "id,lon,lat,population\nnear,9.502,47.10,2\n",
    );
    let all = [
        "coverage",
        "--network",
        "city.osm.pbf",
        "--stations",
        "osm:amenity=clinic",
        "--residents",
        "residents.csv",
        "--out",
        "out",
        "--formats",
        "csv",
        "--week",
    ];
    let ran = folder.run(&all);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(summary(&folder)["hours"]["week"]["people_hours"], 100);
    let run: Value = serde_json::from_str(&folder.read("out/run.json")).expect("JSON");
    let taken = run["layers"].to_string();
    assert!(taken.contains("opening_hours"), "{taken}");
}
