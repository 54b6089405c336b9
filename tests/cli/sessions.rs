//! `pedshed sessions`.

use serde_json::Value;

use crate::support::command::{Folder, Ran};

/// A street of 2.2 km with a clinic at 9.50 and a school at 9.515, as the crow flies 1,138 m: `near` (2 people) is within 15 minutes
/// of both, `far` (4) of the school alone, `north` (3.5) and `sea` (5) of neither.
fn town() -> Folder {
    let folder = Folder::town();
    folder.write(
        "stations.csv",
        "id,name,lon,lat\nclinic,诊所,9.50,47.10\nschool,School; East,9.515,47.10\n",
    );
    folder.write(
        "calendar.csv",
        "地点,日期,时间,主题,席位,讲师\n\
         clinic,2026-11-03,9:00-11:00,健康,20,王\n\
         School; East,2026年11月5日,下午3:30-5:30,法律,4,李\n\
         school,2026-11-12,15:30-17:30,健康,,李\n\
         诊所,2026-12-01,9:00-10:00,健康,20,王\n\
         nowhere,2026-11-06,9:00-10:00,健康,5,王\n\
         school,2026-11-07,11:00-10:00,健康,5,王\n\
         school,2026-11-08,noon,健康,5,王\n\
         school,,,健康,5,王\n\
         school,2026-11-09,9:00-10:00,健康,many,王\n",
    );
    folder
}

fn sessions(folder: &Folder, more: &[&str]) -> Ran {
    let mut all = vec![
        "sessions",
        "--network",
        "streets.geojson",
        "--stations",
        "stations.csv",
        "--residents",
        "residents.csv",
        "--calendar",
        "calendar.csv",
        "--out",
        "out",
    ];
    all.extend(more);
    folder.run(&all)
}

fn rows(folder: &Folder, file: &str) -> Vec<String> {
    let text = folder.read(file);
    text.lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn the_page_shows_who_had_one_week_by_week() {
    let folder = town();
    let ran = sessions(&folder, &["--from", "2026-11", "--to", "2026-11"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let page = folder.read("out/index.html");
    assert!(
        page.contains("6 of 15 people had a session within their walk: 41.38"),
        "{page}"
    );
    // Two weeks, each with a switch. In the second both homes near the school had one: two homes, and one place.
    assert!(page.contains("<label class=\"tab\" for=\"week-2\">2026-11-09</label>"));
    assert!(!page.contains("week-3"));
    let week = page
        .split("<g class=\"week w2\">")
        .nth(1)
        .expect("a second week");
    let week = week.split("</g>").next().unwrap_or_default();
    let dots: usize = week
        .split("data-count=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next()?.parse::<usize>().ok())
        .sum();
    assert_eq!(dots, 3, "{week}");
}

#[test]
fn a_month_of_sessions_says_who_had_one_and_who_had_none() {
    let folder = town();
    let ran = sessions(&folder, &["--from", "2026-11", "--to", "2026-11"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(
        ran.stdout
            .contains("4 sessions count. Of other days or topics: 1; not to be counted: 4."),
        "{}",
        ran.stdout
    );
    // By time: both had one in the first week; 2 people are a tenth of 20 seats, 6 are one and a half times 4.
    let found = rows(&folder, "out/sessions.csv");
    let tail = |row: &str| row.split(',').skip(9).collect::<Vec<_>>().join(",");
    let tails: Vec<String> = found.iter().map(|row| tail(row)).collect();
    assert_eq!(
        tails,
        ["20,1,2,0.100,2", "4,2,6,1.500,4", ",2,6,,0", ",2,6,,0"]
    );
    assert!(found[1].starts_with("2026-11-05 15:30,2026-11-05 17:30,school,School; East,"));
    assert_eq!(
        rows(&folder, "out/session_weeks.csv"),
        ["2026-11-02,2,6,0.413793", "2026-11-09,2,6,0.413793"]
    );
    assert_eq!(
        rows(&folder, "out/session_residents.csv"),
        [
            "near,2,4,2026-11-03 09:00",
            "north,3.5,0,",
            "far,4,3,2026-11-05 15:30",
            "sea,5,0,"
        ]
    );
    let missed = rows(&folder, "out/missed.csv");
    assert_eq!(missed.len(), 2);
    assert!(missed[0].starts_with("north,3.5,"), "{}", missed[0]);
    assert!(
        missed[1].starts_with("sea,5,8.0000000,47.1000000,,"),
        "{}",
        missed[1]
    );
    let summary: Value = serde_json::from_str(&folder.read("out/summary.json")).expect("JSON");
    let found = &summary["sessions"];
    for (key, value) in [
        ("population", 14.5),
        ("had_a_session", 6.0),
        ("had_none", 8.5),
        ("seats", 24.0),
        ("sessions", 4.0),
        ("places", 2.0),
        // 2 people had four sessions and 4 had three: 20 of 14.5.
        ("mean_sessions", 1.379),
    ] {
        assert_eq!(found[key].as_f64(), Some(value), "{key}");
    }
    let codes: Vec<&str> = summary["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter_map(|finding| finding["code"].as_str())
        .collect();
    for code in [
        "session_without_place",
        "session_without_time",
        "session_time_not_understood",
        "session_ends_first",
        "cell_not_understood",
    ] {
        assert!(codes.contains(&code), "{code} in {codes:?}");
    }
    let calendar = folder.read("out/calendar.ics");
    assert!(calendar.contains("DTSTART:20261105T153000\r\nDTEND:20261105T173000\r\n"));
    assert!(calendar.contains("LOCATION:School\\; East\r\n"));
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 4);
    let record = folder.read("out/run.json");
    assert!(
        record.contains("\"from\": \"2026-11-01\"") && record.contains("\"to\": \"2026-11-30\"")
    );
}

#[test]
fn topics_groups_and_areas_are_summed_apart() {
    let folder = town();
    folder.write(
        "residents.csv",
        "id,lon,lat,population,old\nnear,9.505,47.10,2,1\nfar,9.53,47.10,4,3\n",
    );
    folder.write(
        "areas.geojson",
        r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"w","name":"West"},"geometry":{"type":"Polygon","coordinates":[[[9.49,47.09],[9.52,47.09],[9.52,47.12],[9.49,47.12],[9.49,47.09]]]}},
{"type":"Feature","properties":{"id":"e","name":"East"},"geometry":{"type":"Polygon","coordinates":[[[9.52,47.09],[9.54,47.09],[9.54,47.12],[9.52,47.12],[9.52,47.09]]]}}]}"#,
    );
    let more = [
        "--topic",
        "法律",
        "--group",
        "old",
        "--areas",
        "areas.geojson",
    ];
    let ran = sessions(&folder, &more);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    // One session on law, at the school: everybody can walk to it.
    assert_eq!(
        rows(&folder, "out/session_groups.csv"),
        ["old,4,4,0,1.000000,1.000"]
    );
    assert_eq!(
        rows(&folder, "out/session_areas.csv"),
        ["w,West,2,2,0,1.000000,1.000", "e,East,4,4,0,1.000000,1.000"]
    );
    // Health at the clinic alone, in December: only `near`.
    let ran = sessions(
        &folder,
        &[
            "--topic",
            "健康",
            "--from",
            "2026-12",
            "--areas",
            "areas.geojson",
        ],
    );
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(
        rows(&folder, "out/session_areas.csv"),
        ["w,West,2,2,0,1.000000,1.000", "e,East,4,0,4,0.000000,0.000"]
    );
    // In metres the cutoff is that of metres.
    let ran = sessions(&folder, &["--metres", "500"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(
        rows(&folder, "out/session_residents.csv"),
        ["near,2,2,2026-11-03 09:00", "far,4,0,"]
    );
}

#[test]
fn a_calendar_is_read_as_any_table_and_refused_where_it_says_nothing() {
    let folder = town();
    let utf16: Vec<u8> = "\u{feff}站点编号;开始时间;结束时间\nschool;2026-11-05 15:30;17:30\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    folder.write("calendar.csv", utf16);
    let ran = sessions(&folder, &["--lang", "zh"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stdout.contains("计入 1 个场次"), "{}", ran.stdout);
    folder.write(
        "calendar.csv",
        "place,day,hours\nschool,2026-11-05,9:00-10:00\n",
    );
    let named = ["--calendar-columns", "id=place,time=hours"];
    let ran = sessions(&folder, &named);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(
        folder
            .read("out/sessions.csv")
            .contains("2026-11-05 09:00,2026-11-05 10:00")
    );
    folder.write("calendar.csv", "id,date,time\n");
    let ran = sessions(&folder, &[]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    let ran = sessions(&folder, &["--from", "soon"]);
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
    assert!(ran.stderr.contains("soon"), "{}", ran.stderr);
    let backwards = [
        &["--from", "2026-12", "--to", "2026-11"][..],
        &[
            "--next",
            "1",
            "--next-from",
            "2026-12",
            "--next-to",
            "2026-11",
        ],
    ];
    for more in backwards {
        let ran = sessions(&folder, more);
        assert_eq!(ran.code, Some(2), "{}", ran.stderr);
        assert!(
            ran.stderr
                .contains("2026-11-30 is before the first day, 2026-12-01"),
            "{}",
            ran.stderr
        );
    }
    let map = ["--network", "streets.geojson", "--stations", "stations.csv"];
    let more = [
        "--residents",
        "residents.csv",
        "--calendar",
        "osm:amenity=cafe",
    ];
    let ran = folder.run(&[&["sessions", "--out", "out"][..], &map, &more].concat());
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("a calendar is a file"),
        "{}",
        ran.stderr
    );
    // The same from a study file.
    folder.write(
        "calendar.csv",
        "id,date,time\nclinic,2026-11-05,9:00-10:00\n",
    );
    folder.write(
        "study.toml",
        "network = \"streets.geojson\"\nstations = \"stations.csv\"\nresidents = \"residents.csv\"\nminutes = [15]\n\n\
         [sessions]\ncalendar = \"calendar.csv\"\nfrom = \"2026-11\"\nout = \"month\"\n",
    );
    let ran = folder.run(&["sessions", "study.toml"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(
        folder
            .read("month/summary.json")
            .contains("\"had_a_session\": 2")
    );
}

#[test]
fn the_next_sessions_are_where_most_people_had_none_and_when_somebody_can_come() {
    let folder = town();
    // A third station by `north`, which nobody else reaches; the clinic has had its session.
    folder.write(
        "stations.csv",
        "id,name,lon,lat\nclinic,诊所,9.50,47.10\nschool,School,9.515,47.10\nhall,Hall,9.51,47.1095\n",
    );
    folder.write(
        "calendar.csv",
        "id,date,time\nclinic,2026-11-03,9:00-11:00\n",
    );
    folder.write(
        "lecturers.csv",
        "姓名,星期,每周最多\n王,周三,1\n李,工作日,\n",
    );
    let next = [
        "--next",
        "5",
        "--next-from",
        "2026-12-01",
        "--next-to",
        "2026-12-02",
    ];
    let more = [
        &next[..],
        &["--slot", "9:00-11:00", "--lecturers", "lecturers.csv"],
    ]
    .concat();
    let ran = sessions(&folder, &more);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    // `near` (2) had one. The school reaches `far` (4), the hall `north` (3.5); nobody reaches `sea` (5). On Tuesday the 1st
    // only the second can come, on Wednesday both.
    let found = rows(&folder, "out/next_sessions.csv");
    let short = |row: &str| {
        let cells: Vec<&str> = row.split(',').collect();
        [cells[1], cells[3], cells[7], cells[8], cells[9], cells[10]].join(",")
    };
    let found: Vec<String> = found.iter().map(|row| short(row)).collect();
    assert_eq!(
        found,
        [
            "2026-12-01 09:00,school,李,4,4,0.320000",
            "2026-12-02 09:00,hall,王,3.5,7.5,0.600000"
        ]
    );
    let missed = rows(&folder, "out/missed.csv");
    let last: Vec<&str> = missed
        .iter()
        .filter_map(|row| row.rsplit(',').next())
        .collect();
    assert_eq!(last, ["2026-12-02 09:00", "2026-12-01 09:00", ""]);
    let summary: Value = serde_json::from_str(&folder.read("out/summary.json")).expect("JSON");
    let found = &summary["sessions"]["next"];
    assert_eq!(
        (
            &found["people"],
            &found["still_none"],
            &found["proven"],
            &found["openings"]
        ),
        (&7.5.into(), &5.into(), &true.into(), &3.into())
    );
    assert!(
        ran.stdout.contains("No other places reach more: proven."),
        "{}",
        ran.stdout
    );
    assert_eq!(
        folder
            .read("out/calendar.ics")
            .matches("STATUS:TENTATIVE")
            .count(),
        2
    );
    assert!(folder.read("out/run.json").contains("lecturers.csv"));
    // A day that is none, or somebody whose days are none, is refused with what it is.
    folder.write("lecturers.csv", "name,days\n王,某日\n");
    let ran = sessions(&folder, &more);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert!(ran.stderr.contains("某日"), "{}", ran.stderr);
    let ran = sessions(&folder, &["--next", "5"]);
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
}

#[test]
fn sessions_are_held_on_squares_and_in_areas_too_which_are_no_stations() {
    let folder = town();
    // An area by `north`, and a place on no street.
    folder.write(
        "squares.geojson",
        r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"sq","name":"Hall Square"},"geometry":{"type":"Polygon","coordinates":[[[9.5099,47.1094],[9.5101,47.1094],[9.5101,47.1096],[9.5099,47.1096],[9.5099,47.1094]]]}}]}"#,
    );
    folder.write("halls.csv", "id,lon,lat\nisland,20.0,47.1\n");
    folder.write(
        "calendar.csv",
        "place,date,time\nHall Square,2026-11-03,9:00-11:00\nclinic,2026-11-03,9:00-11:00\n",
    );
    let places = [
        "--candidates",
        "squares.geojson",
        "--candidates",
        "halls.csv",
    ];
    let next = [
        "--next",
        "5",
        "--next-from",
        "2026-12-01",
        "--next-to",
        "2026-12-02",
    ];
    let ran = sessions(&folder, &[&places[..], &next].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    // The square reaches `north` (3.5), the clinic `near` (2); the school is left for `far` (4).
    let found = rows(&folder, "out/sessions.csv");
    assert!(
        found[0]
            .starts_with("2026-11-03 09:00,2026-11-03 11:00,sq,Hall Square,9.5100000,47.1095000,"),
        "{found:?}"
    );
    assert!(found[0].ends_with(",1,3.5,,3.5"), "{found:?}");
    let proposed = rows(&folder, "out/next_sessions.csv");
    assert_eq!(proposed.len(), 1, "{proposed:?}");
    assert!(proposed[0].contains(",school,"), "{proposed:?}");
    let summary: Value = serde_json::from_str(&folder.read("out/summary.json")).expect("JSON");
    assert_eq!(summary["sessions"]["had_a_session"], 5.5);
    assert_eq!(summary["sessions"]["next"]["twice_a_day"], 0);
    let findings = summary["findings"].as_array().expect("findings");
    let off = findings
        .iter()
        .find(|one| one["code"] == "candidate_off_network");
    assert!(off.is_some(), "{findings:?}");
    // The nearest station of those who missed one is still a station.
    let missed = folder.read("out/missed.csv");
    assert!(!missed.contains("sq"), "{missed}");
    // An option of a layer that is not there is refused.
    let ran = sessions(&folder, &["--candidates-crs", "EPSG:4326"]);
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
}

#[test]
fn a_layer_of_nothing_but_areas_is_as_good_as_one_of_points() {
    let folder = town();
    let area = |number: usize| {
        let (west, east) = (9.50 + 0.001 * number as f64, 9.5004 + 0.001 * number as f64);
        format!(
            r#"{{"type":"Feature","properties":{{"id":"c{number}"}},"geometry":{{"type":"Polygon","coordinates":[[[{west},47.1001],[{east},47.1001],[{east},47.1003],[{west},47.1003],[{west},47.1001]]]}}}}"#
        )
    };
    let areas: Vec<String> = (0..20).map(area).collect();
    folder.write(
        "compounds.geojson",
        format!(
            r#"{{"type":"FeatureCollection","features":[{}]}}"#,
            areas.join(",")
        ),
    );
    folder.write(
        "calendar.csv",
        "place,date,time\nc4,2026-11-03,9:00-11:00\n",
    );
    let ran = sessions(&folder, &["--candidates", "compounds.geojson"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let found = rows(&folder, "out/sessions.csv");
    assert!(found[0].contains(",c4,,9.504"), "{found:?}");
}

#[test]
fn a_calendar_without_days_is_refused_and_not_counted_as_empty() {
    let folder = town();
    folder.write(
        "calendar.csv",
        "place,day of it,time\nclinic,2026-11-03,9:00-11:00\n",
    );
    let ran = sessions(&folder, &[]);
    assert_ne!(ran.code, Some(0), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("neither a column of days"),
        "{}",
        ran.stderr
    );
    let ran = sessions(&folder, &["--calendar-columns", "date=day of it"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stdout.contains("1 sessions count"), "{}", ran.stdout);
}
