//! Longer opening as a scenario: `[[stations.hours]]`, `--at` and `--week` of `pedshed scenario`.

use serde_json::Value;

use crate::support::command::{Folder, Ran};

/// A clinic at 9.50 with a hall and a canteen, a school at 9.515 with a hall alone: `near` (2 people) is within 15 minutes of both,
/// `far` (4) of the school alone, 8.5 people of neither.
const STATIONS: &str = "id,lon,lat,services,opening_hours,opening_hours:canteen\n\
    clinic,9.50,47.10,hall;canteen,Mo-Fr 08:30-17:00,Mo-Fr 11:00-13:00\n\
    school,9.515,47.10,hall,Tu-Su 09:00-17:00,\n";

fn town() -> Folder {
    let folder = Folder::town();
    folder.write("stations.csv", STATIONS);
    folder
}

fn ran(folder: &Folder, verb: &[&str], more: &[&str]) -> Ran {
    let city = [
        "--network",
        "streets.geojson",
        "--stations",
        "stations.csv",
        "--residents",
        "residents.csv",
    ];
    let mut all = verb.to_vec();
    all.extend(city);
    if !more.contains(&"--formats") {
        all.extend(["--formats", "csv"]);
    }
    all.extend(more);
    folder.run(&all)
}

fn scenario(folder: &Folder, edits: &str, more: &[&str]) -> Ran {
    folder.write("longer.toml", format!("name = \"longer\"\n{edits}"));
    ran(
        folder,
        &["scenario", "--edits", "longer.toml", "--out", "out"],
        more,
    )
}

fn summary(folder: &Folder, out: &str) -> Value {
    serde_json::from_str(&folder.read(&format!("{out}/summary.json"))).expect("JSON")
}

/// An edit of hours.
fn hours(id: &str, service: &str, opening_hours: &str) -> String {
    let service = match service {
        "" => String::new(),
        service => format!("service = \"{service}\"\n"),
    };
    format!("[[stations.hours]]\nid = \"{id}\"\n{service}opening_hours = \"{opening_hours}\"\n")
}

#[test]
fn longer_opening_gains_the_people_hours_that_are_counted_by_hand() {
    let folder = town();
    let edits = hours("clinic", "", "周一至周五 8:30-20:00");
    let ran = scenario(&folder, &edits, &["--at", "Tue 19:00"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    // As it is 2 people for 58.5 hours and 4 for 48; then two for three hours more on five days.
    assert_eq!(
        folder.read("out/scenario_hours.csv"),
        "scenario,people_hours,share_of_week,sure_people_hours,more_people_hours,more_sure_people_hours,covered_at,\
         surely_covered_at,more_covered_at\n\
         base,309,0.126847,309,0,0,0,0,0\n\
         longer,339,0.139163,339,30,30,2,2,2\n"
    );
    let summary = summary(&folder, "out");
    assert_eq!(summary["base"]["hours"]["people_hours"], 309);
    assert_eq!(summary["scenarios"][0]["hours"]["people_hours"], 339);
    assert_eq!(summary["scenarios"][0]["hours"]["at"]["covered"], 2);
    // Who is covered at whatever time does not change.
    assert_eq!(summary["scenarios"][0]["gained"], 0);
    assert_eq!(summary["scenarios"][0]["edits"][0]["changed"], 1);
    for line in [
        "base: 309 people-hours over the week",
        "longer: 339 people-hours over the week, 30 more",
        "  Tue 19:00: 2 people covered, 2 more",
        "stations.hours clinic: open for 57.5 hours a week, before for 42.5",
    ] {
        assert!(ran.stdout.contains(line), "{line}: {}", ran.stdout);
    }
    let ran = scenario(&folder, &edits, &["--lang", "zh", "--at", "周二 19:00"]);
    assert!(
        ran.stdout.contains("longer：全周 339 人时，增加 30"),
        "{}",
        ran.stdout
    );
}

#[test]
fn a_rerun_with_the_longer_hours_in_the_table_gives_what_the_scenario_said() {
    let school = "[[stations.close]]\nid = \"school\"\n";
    let moved = "[[stations.move]]\nid = \"clinic\"\nlon = 9.504\nlat = 47.10\n";
    let added = "[[stations.add]]\nid = \"new\"\nlon = 9.52\nlat = 47.10\n";
    let fewer = "[[population]]\nfactor = 0.5\n";
    let clinic = hours("clinic", "", "Mo-Sa 07:15-21:40");
    for (edits, stations, halves) in [
        (
            clinic.clone(),
            "clinic,9.50,47.10,Mo-Sa 07:15-21:40\nschool,9.515,47.10,Tu-Su 09:00-17:00\n",
            false,
        ),
        (
            format!("{school}{moved}{clinic}"),
            "clinic,9.504,47.10,Mo-Sa 07:15-21:40\n",
            false,
        ),
        (
            format!(
                "{added}{clinic}{}{fewer}",
                hours("new", "", "Sa-Su 20:00-26:00")
            ),
            "clinic,9.50,47.10,Mo-Sa 07:15-21:40\nschool,9.515,47.10,Tu-Su 09:00-17:00\nnew,9.52,47.10,Sa-Su 20:00-26:00\n",
            true,
        ),
        // Of a station that is added without hours nothing is known.
        (
            format!("{added}{school}"),
            "clinic,9.50,47.10,Mo-Fr 08:30-17:00\nnew,9.52,47.10,\n",
            false,
        ),
        // Hours that nobody can tell from the time of the week.
        (
            hours("clinic", "", "sunrise-sunset"),
            "clinic,9.50,47.10,sunrise-sunset\nschool,9.515,47.10,Tu-Su 09:00-17:00\n",
            false,
        ),
    ] {
        let folder = town();
        let said = scenario(&folder, &edits, &["--week", "--at", "Sat 20:30"]);
        assert_eq!(said.code, Some(0), "{edits}: {}", said.stderr);
        let said = summary(&folder, "out")["scenarios"][0]["hours"].clone();
        folder.write(
            "stations.csv",
            format!("id,lon,lat,opening_hours\n{stations}"),
        );
        if halves {
            let residents = folder.read("residents.csv");
            assert!(residents.contains("near"), "{residents}");
            let half = |row: &str| {
                let cells: Vec<&str> = row.split(',').collect();
                let people: f64 = cells[3].parse().expect("people");
                format!("{},{},{},{}\n", cells[0], cells[1], cells[2], people / 2.0)
            };
            let rows = residents.lines().skip(1).filter(|row| !row.is_empty());
            let rows: String = rows.map(half).collect();
            folder.write("residents.csv", format!("id,lon,lat,population\n{rows}"));
        }
        let again = ran(&folder, &["coverage", "--out", "again"], &["--week"]);
        assert_eq!(again.code, Some(0), "{edits}: {}", again.stderr);
        let week = summary(&folder, "again")["hours"]["week"].clone();
        for key in ["people_hours", "sure_people_hours", "share"] {
            assert_eq!(said[key], week[key], "{edits}: {key}");
        }
        let again = ran(
            &folder,
            &["coverage", "--out", "then"],
            &["--at", "Sat 20:30"],
        );
        assert_eq!(again.code, Some(0), "{edits}: {}", again.stderr);
        let at = &summary(&folder, "then")["hours"]["at"];
        assert_eq!(said["at"]["covered"], at["covered"], "{edits}");
        assert_eq!(said["at"]["not_sure"], at["not_sure"], "{edits}");
    }
}

#[test]
fn a_service_is_opened_longer_where_it_is_asked_about() {
    let folder = town();
    let edits = hours("clinic", "canteen", "Mo-Fr 11:00-19:00");
    let ran = scenario(&folder, &edits, &["--service", "canteen"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let found = summary(&folder, "out");
    assert_eq!(found["base"]["hours"]["people_hours"], 20);
    assert_eq!(found["scenarios"][0]["hours"]["people_hours"], 80);
    for (edits, service, why) in [
        // The canteen has hours of its own, which hold.
        (
            hours("clinic", "", "Mo-Fr 08:00-20:00"),
            "canteen",
            "canteen has hours of its own there",
        ),
        (
            hours("clinic", "hall", "Mo-Fr 08:00-20:00"),
            "canteen",
            "canteen is asked about",
        ),
        (
            hours("school", "canteen", "Mo-Fr 08:00-20:00"),
            "canteen",
            "does not offer canteen",
        ),
        (
            hours("clinic", "canteen", "Mo-Fr 11:00-13:00"),
            "canteen",
            "open at these times as it is",
        ),
        (
            hours("clinic", "canteen", "Mo-Fr 11:00-19:00"),
            "",
            "no service is asked about",
        ),
        (
            hours("school", "", "Tu-Su 9:00-17:00"),
            "",
            "open at these times as it is",
        ),
    ] {
        let more = ["--service", service];
        let more = if service.is_empty() {
            &[][..]
        } else {
            &more[..]
        };
        let ran = scenario(&folder, &edits, more);
        assert_eq!(ran.code, Some(0), "{edits}: {}", ran.stderr);
        assert!(ran.stdout.contains(why), "{why}: {}", ran.stdout);
        let found = summary(&folder, "out");
        let findings = found["findings"].to_string();
        assert!(
            findings.contains("edit_without_effect"),
            "{edits}: {findings}"
        );
        assert_eq!(
            found["scenarios"][0]["hours"]["people_hours"],
            found["base"]["hours"]["people_hours"]
        );
    }
    // Where the service follows the station, so do its longer hours.
    let ran = scenario(
        &folder,
        &hours("school", "", "Tu-Su 09:00-18:00"),
        &["--service", "hall"],
    );
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let found = summary(&folder, "out");
    assert_eq!(found["base"]["hours"]["people_hours"], 309);
    assert_eq!(found["scenarios"][0]["hours"]["people_hours"], 309 + 6 * 6);
}

#[test]
fn hours_that_cannot_be_are_errors_that_say_so() {
    let folder = town();
    let clinic = hours("clinic", "", "Mo-Fr 08:00-20:00");
    for (edits, words) in [
        (
            hours("clinc", "", "Mo-Fr 08:00-20:00"),
            "did you mean clinic?",
        ),
        (
            hours("clinic", "", "all evening"),
            "is not understood as opening hours",
        ),
        (
            hours("clinic", "", "2026-05-01"),
            "is not understood as opening hours",
        ),
        (
            hours("clinic", "", ""),
            "is not understood as opening hours",
        ),
        (
            format!("{clinic}{clinic}"),
            "another edit of the scenario is about the same station",
        ),
        (
            "[[stations.hours]]\nid = \"clinic\"\n".into(),
            "opening_hours is missing",
        ),
        (
            "[[stations.hours]]\nstation = \"clinic\"\nopening_hours = \"24/7\"\n".into(),
            "there is no station here; there is id, service, opening_hours",
        ),
    ] {
        let ran = scenario(&folder, &edits, &[]);
        assert_ne!(ran.code, Some(0), "{edits}");
        assert!(ran.stderr.contains(words), "{edits}: {}", ran.stderr);
    }
    // A station that the scenario closes is open at no time.
    let edits = format!("[[stations.close]]\nid = \"clinic\"\n{clinic}");
    let ran = scenario(&folder, &edits, &[]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(
        ran.stdout.contains("the scenario closes it"),
        "{}",
        ran.stdout
    );
}

#[test]
fn without_hours_there_is_no_such_file_and_no_byte_more() {
    let moved = "[[stations.move]]\nid = \"clinic\"\nlon = 9.511\nlat = 47.10\n";
    let files = [
        STATIONS,
        "id,lon,lat,services\nclinic,9.50,47.10,hall;canteen\nschool,9.515,47.10,hall\n",
    ]
    .map(|stations| {
        let folder = town();
        folder.write("stations.csv", stations);
        let ran = scenario(&folder, moved, &[]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        assert!(
            !folder
                .list("out")
                .contains(&"scenario_hours.csv".to_owned())
        );
        assert!(!summary(&folder, "out").to_string().contains("people_hours"));
        (
            folder.read("out/scenarios.csv"),
            folder.read("out/edits.csv"),
            ran.stdout,
        )
    });
    assert_eq!(files[0], files[1]);
}

#[test]
fn the_page_has_the_people_hours_beside_each_scenario() {
    let folder = town();
    let edits = hours("clinic", "", "Mo-Fr 08:30-20:00");
    for (lang, head) in [("en", "People-hours a week"), ("zh", "每周人时")] {
        let ran = scenario(&folder, &edits, &["--formats", "html", "--lang", lang]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let page = folder.read("out/index.html");
        assert!(page.contains(head), "{lang}");
        assert!(
            page.contains("<td class=\"r\">339</td><td class=\"r up\">+30</td></tr>"),
            "{lang}"
        );
    }
    let moved = "[[stations.move]]\nid = \"clinic\"\nlon = 9.511\nlat = 47.10\n";
    let ran = scenario(&folder, moved, &["--formats", "html"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(!folder.read("out/index.html").contains("People-hours"));
}
