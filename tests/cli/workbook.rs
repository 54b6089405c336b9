//! `--formats xlsx`: what a workbook says is what the tables beside it say, by our own reader of workbooks.

use std::fs;

use pedshed::inputs::{
    KeptColumn, LayerKind, LayerSettings, PointRecords, ReadOptions, RoleColumns, Source,
    read_points,
};

use crate::support::command::Folder;
use crate::support::is_chinese;

/// A street from west to east; a station of each tier, one whose name a spreadsheet would run; three homes.
const STREETS: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"东街"},"geometry":{"type":"LineString","coordinates":[[0,0],[0.02,0]]}}]}"#;
const STATIONS: &str = "\
id,name,tier,lon,lat,street,community,services
007,\"=HYPERLINK(\"\"x\"\")\",street,0,0,X街道,,hall;library
C1,+甲👨‍👩‍👧,社区级,0.004,0,X街道,甲社区,hall
C2,@乙,community,0.016,0,X街道,乙社区,library
";
const RESIDENTS: &str = "\
id,lon,lat,population,community,street
r1,0.001,0,10,甲社区,X街道
r2,0.008,0,20.5,乙社区,X街道
r3,0.0195,0,5,乙社区,X街道
r4,0.010,0.001,7,乙社区,X街道
";
const AREAS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"012","name":"西区"},"geometry":{"type":"Polygon","coordinates":[[[-0.01,-0.01],[0.009,-0.01],[0.009,0.01],[-0.01,0.01],[-0.01,-0.01]]]}},
{"type":"Feature","properties":{"id":"013","name":"东区"},"geometry":{"type":"Polygon","coordinates":[[[0.009,-0.01],[0.03,-0.01],[0.03,0.01],[0.009,0.01],[0.009,-0.01]]]}}]}"#;
const PRICES: &str = "\
[[cure]]
kind = \"station\"
mode = \"新建\"
cost = 120.5
responsible = \"街道\"
deadline = \"2027-06\"
";

fn town() -> Folder {
    let folder = Folder::new();
    folder.write("streets.geojson", STREETS);
    folder.write("stations.csv", STATIONS);
    folder.write("residents.csv", RESIDENTS);
    folder.write("areas.geojson", AREAS);
    folder
}

/// Covers the town within 3 and 6 minutes, by tiers and services, as a workbook too.
fn cover(folder: &Folder, more: &[&str]) {
    cover_into("csv,xlsx", folder, more);
}

fn cover_into(formats: &str, folder: &Folder, more: &[&str]) {
    let formats = &format!("--formats={formats}");
    let all = [
        "--areas=areas.geojson",
        "--standard=party-centre-tiers",
        "--services=all",
        "--minutes=3,6",
        formats,
    ];
    let ran = folder.coverage(&[&all[..], more].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
}

/// The cells of these columns of a sheet, row by row, as our own reader gives them.
fn sheet(folder: &Folder, sheet: &str, heads: &[&str]) -> Vec<Vec<String>> {
    let read = read(folder, "out/report.xlsx", sheet, heads);
    let columns = heads.iter().map(|head| {
        let column = read.attributes.named(head);
        column.unwrap_or_else(|| panic!("{sheet}: {head}"))
    });
    let columns: Vec<_> = columns.collect();
    let rows = 0..read.records.len();
    let cells = |row: usize| {
        let cells = columns
            .iter()
            .map(|column| column.get(row).unwrap_or_default());
        cells.map(str::to_owned).collect()
    };
    rows.map(cells).collect()
}

fn read(folder: &Folder, file: &str, sheet: &str, heads: &[&str]) -> PointRecords {
    let bytes = fs::read(folder.join(file)).expect("a workbook");
    let source = Source::from_bytes("report.xlsx", bytes);
    let kept = heads
        .iter()
        .map(|head| KeptColumn::Named((*head).to_owned()));
    let own = LayerSettings {
        sheet: Some(sheet.to_owned()),
        columns: RoleColumns::default().with("name", heads[0]),
        ..LayerSettings::default()
    };
    let options = ReadOptions::of(LayerKind::Calendar).with_own(own);
    let read = read_points(&source, &options.keeping(kept));
    read.unwrap_or_else(|error| panic!("{sheet}: {error}"))
}

/// The cells of these columns of a table, with text as it was before a spreadsheet was kept from running it.
fn table(folder: &Folder, file: &str, columns: &[&str]) -> Vec<Vec<String>> {
    let text = folder.read(&format!("out/{file}"));
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().expect("a header").clone();
    let places = columns.iter().map(|column| {
        let place = header.iter().position(|name| name == *column);
        place.unwrap_or_else(|| panic!("{file}: {column} in {header:?}"))
    });
    let places: Vec<usize> = places.collect();
    let cells = |row: Result<csv::StringRecord, csv::Error>| {
        let row = row.expect("a row");
        let cells = places
            .iter()
            .map(|place| row[*place].trim_start_matches('\''));
        cells.map(str::to_owned).collect()
    };
    reader.records().map(cells).collect()
}

/// Numbers are equal as numbers, the rest as text; a sheet's share is the table's percentage, by a hundred.
fn assert_same(sheet: &[Vec<String>], table: &[Vec<String>], percent: bool) {
    assert_eq!(sheet.len(), table.len(), "{sheet:?} {table:?}");
    assert!(!sheet.is_empty());
    for (shown, written) in sheet.iter().flatten().zip(table.iter().flatten()) {
        let numbers = (shown.parse::<f64>(), written.parse::<f64>());
        if let (Ok(shown), Ok(written)) = numbers {
            // Our reader gives a share as it is shown: in per cent with one decimal.
            let (written, room) = if percent {
                (written / 100.0, 5.001e-4)
            } else {
                (written, 1e-9)
            };
            assert!((shown - written).abs() < room, "{shown} {written}");
        } else {
            assert_eq!(shown, written);
        }
    }
}

#[test]
fn stations_tiers_services_and_gaps_of_the_workbook_are_those_of_the_tables() {
    let folder = town();
    cover(&folder, &[]);
    let heads = [
        "Id",
        "People, 3 min",
        "Only here, 3 min",
        "Records, 6 min",
        "People, 6 min",
    ];
    let columns = [
        "id",
        "population_3",
        "exclusive_population_3",
        "residents_6",
        "population_6",
    ];
    let stations = sheet(&folder, "Stations", &heads);
    assert_same(&stations, &table(&folder, "stations.csv", &columns), false);
    // Codes keep their zeros: the sheet of stations is a layer of stations as it stands.
    let bytes = fs::read(folder.join("out/report.xlsx")).expect("a workbook");
    let own = LayerSettings {
        sheet: Some("Stations".to_owned()),
        ..LayerSettings::default()
    };
    let options = ReadOptions::of(LayerKind::Stations).with_own(own);
    let read = read_points(&Source::from_bytes("report.xlsx", bytes), &options);
    let ids: Vec<_> = read
        .expect("stations")
        .records
        .into_iter()
        .map(|one| one.id)
        .collect();
    assert_eq!(ids, ["007", "C1", "C2"].map(|id| Some(id.to_owned())));

    let heads = ["Tier", "Stations", "People", "Within"];
    let columns = ["stations", "population", "within"];
    let tiers = sheet(&folder, "Tiers", &heads[1..]);
    assert_same(&tiers, &table(&folder, "tiers.csv", &columns), false);
    let shares = sheet(&folder, "Tiers", &["Share", "By straight line"]);
    let percents = table(
        &folder,
        "tiers.csv",
        &["percent", "within_straight_percent"],
    );
    assert_same(&shares, &percents, true);

    let heads = ["Service", "Stations", "Area", "People", "Within"];
    let columns = ["service", "stations", "area", "population", "within"];
    let services = sheet(&folder, "Services", &heads);
    assert_same(&services, &table(&folder, "services.csv", &columns), false);

    let heads = [
        "No.",
        "People",
        "Records",
        "Street",
        "Longitude",
        "Latitude",
        "Gain, people",
    ];
    let columns = [
        "gap",
        "people",
        "residents",
        "street",
        "lon",
        "lat",
        "cure_gain",
    ];
    let gaps = sheet(&folder, "Problem list", &heads);
    assert_same(&gaps, &table(&folder, "gaps.csv", &columns), false);

    let heads = ["Id", "Name", "Records", "People", "Covered", "Share"];
    let columns = [
        "id",
        "name",
        "residents",
        "population",
        "covered_population",
        "share",
    ];
    let mut areas = sheet(&folder, "By place", &heads);
    areas.retain(|row| !row[0].is_empty());
    let known = table(&folder, "areas.csv", &columns);
    for (shown, written) in areas.iter_mut().zip(&known) {
        let [shown, written] = [shown.pop(), written.last().cloned()].map(|share| {
            let share = share.and_then(|share| share.parse::<f64>().ok());
            share.expect("a share")
        });
        assert!((shown - written).abs() < 5.51e-4, "{shown} {written}");
    }
    let columns = &columns[..columns.len() - 1];
    assert_same(&areas, &table(&folder, "areas.csv", columns), false);
}

/// By hand: r2 lies 0.004 degrees of 111.32 km from C1, 445 m, and 890 m from C2; at 4.8 km/h (80 m a minute) 5.6 minutes. r3 is 390 m
/// from C2, r4 668 m and 111 m more.
#[test]
fn the_headline_is_what_can_be_derived_by_hand_and_places_add_up() {
    let folder = town();
    cover(&folder, &["--profile=plain"]);
    let figures = sheet(
        &folder,
        "Indicators",
        &["Indicator", "Value", "Unit", "Share"],
    );
    let figure = |name: &str| {
        let found = figures.iter().find(|row| row[0] == name);
        found
            .unwrap_or_else(|| panic!("{name}: {figures:?}"))
            .clone()
    };
    let value = |name: &str| figure(name)[1].parse::<f64>().expect("a number");
    assert_eq!(value("People"), 42.5);
    // r1 is 111 m from the station of the street.
    assert_eq!(value("Covered within 3 min"), 10.0);
    assert_eq!(value("Covered within 6 min"), 35.5);
    assert_eq!(value("Beyond the cutoff"), 7.0);
    let share: f64 = figure("Covered within 6 min")[3].parse().expect("a share");
    assert!((share - 35.5 / 42.5).abs() < 5.001e-4);

    let heads = [
        "Level",
        "Name",
        "Sub-district",
        "People",
        "Within, 6 min",
        "Left out",
    ];
    let places = sheet(&folder, "By place", &heads);
    let known = |name: &str| places.iter().find(|row| row[1] == name).expect("a place");
    assert_eq!(known("乙社区")[2..], ["X街道", "32.5", "25.5", "7"]);
    assert_eq!(known("X街道")[3..], ["42.5", "35.5", "7"]);
    assert_eq!(known("西区")[3..], ["30.5", "30.5", "0"]);
}

#[test]
fn names_that_a_spreadsheet_would_run_are_text_and_emoji_stay() {
    let folder = town();
    cover(&folder, &["--lang=zh"]);
    let stations = sheet(&folder, "站点一览", &["名称", "状态", "层级"]);
    let known = [
        ["=HYPERLINK(\"x\")", "正常", "街镇级"],
        ["+甲👨‍👩‍👧", "正常", "社区级"],
        ["@乙", "正常", "社区级"],
    ];
    assert_eq!(stations, known);
}

#[test]
fn the_ledger_names_cure_cost_and_who_is_responsible_where_prices_say_it() {
    let folder = town();
    folder.write("prices.toml", PRICES);
    cover(
        &folder,
        &[
            "--cure-prices=prices.toml",
            "--lang=zh",
            "--title=迎泽 & 试点",
        ],
    );
    let heads = [
        "街道",
        "社区",
        "涉及人口",
        "措施",
        "建设方式",
        "费用",
        "可新增覆盖人口",
        "责任层级",
        "完成时限",
        "是否完成",
    ];
    let ledger = sheet(&folder, "问题台账", &heads);
    let known = [
        "X街道",
        "乙社区",
        "7",
        "就近增设站点",
        "新建",
        "120.5",
        "7",
        "街道",
        "2027-06",
        "",
    ];
    assert_eq!(ledger[0], known);
    let heads = ["顺序", "盲区编号", "费用", "可新增覆盖人口", "人均费用"];
    let measures = sheet(&folder, "措施清单", &heads);
    let each: f64 = measures[0][4].parse().expect("a number");
    // To a thousandth, as it is shown at most.
    assert!((each - 120.5 / 7.0).abs() < 1e-3, "{each}");
    let data = sheet(&folder, "数据说明", &["类别", "项目", "内容"]);
    let record = folder.record("out");
    let files = record["inputs"].as_array().expect("a list");
    for file in files {
        let sha256 = file["sha256"].as_str().expect("a text");
        assert!(data.iter().any(|row| row[2] == sha256), "{file}");
    }
    assert!(
        data.iter()
            .any(|row| row[1] == "residents.csv" && is_chinese(&row[2]))
    );
}

#[test]
fn a_workbook_is_the_same_bytes_again_and_no_other_file_is_another_for_it() {
    let folder = town();
    cover(&folder, &["--threads=1"]);
    let first = fs::read(folder.join("out/report.xlsx")).expect("a workbook");
    let tables = ["residents.csv", "gaps.csv", "tiers.csv"];
    let with: Vec<String> = tables
        .iter()
        .map(|file| folder.read(&format!("out/{file}")))
        .collect();
    cover(&folder, &["--threads=2"]);
    assert!(first == fs::read(folder.join("out/report.xlsx")).expect("a workbook"));
    fs::remove_dir_all(folder.join("out")).expect("a folder");
    cover_into("csv", &folder, &[]);
    assert!(!folder.join("out/report.xlsx").exists());
    let without = tables
        .iter()
        .map(|file| folder.read(&format!("out/{file}")));
    assert!(without.eq(with));
}

#[test]
fn a_city_without_anybody_has_a_workbook_too() {
    let folder = town();
    folder.write(
        "residents.csv",
        "id,lon,lat,population,community,street\nr1,0.001,0,0,,\n",
    );
    cover(&folder, &[]);
    let figures = sheet(&folder, "Indicators", &["Indicator", "Value", "Share"]);
    let people = figures
        .iter()
        .find(|row| row[0] == "People")
        .expect("a row");
    assert_eq!(people[1..], ["0", ""]);
}

/// Every verb that writes tables writes the same into a workbook, under names in the language.
#[test]
fn other_verbs_write_their_tables_into_a_workbook() {
    let folder = town();
    folder.write(
        "candidates.csv",
        "id,lon,lat,cost\nP1,0.010,0.0005,3\nP2,0.012,0,5\n",
    );
    let layers = [
        "--network=streets.geojson",
        "--stations=stations.csv",
        "--residents=residents.csv",
        "--minutes=6",
        "--out=out",
        "--quiet",
        "--formats=csv,xlsx",
        "--lang=zh",
    ];
    let run = |verb: &str, more: &[&str]| {
        let ran = folder.run(&[&[verb][..], &layers, more].concat());
        assert_eq!(ran.code, Some(0), "{verb}: {}", ran.stderr);
    };
    run(
        "site",
        &[
            "--candidates=candidates.csv",
            "--problem=max-coverage",
            "--sites=1",
        ],
    );
    let sites = sheet(&folder, "措施清单", &["顺序", "编号", "费用", "人口"]);
    let columns = ["order", "id", "cost", "people"];
    assert_same(&sites, &table(&folder, "sites.csv", &columns), false);

    run("resilience", &[]);
    let closures = sheet(&folder, "站点停用影响", &["顺序", "编号", "人口"]);
    let columns = ["rank", "id", "people"];
    assert_same(
        &closures,
        &table(&folder, "station_closures.csv", &columns),
        false,
    );

    folder.write(
        "calendar.csv",
        "name,date,time\nC1,2026-11-05,15:30-17:30\nC2,2026-11-12,9:00-10:00\n",
    );
    run("sessions", &["--calendar=calendar.csv"]);
    let sessions = sheet(&folder, "宣讲日程", &["开始", "站点", "人口"]);
    let columns = ["begins", "station", "people"];
    assert_same(&sessions, &table(&folder, "sessions.csv", &columns), false);
    let missed = sheet(&folder, "未覆盖名单", &["编号", "人口"]);
    assert_same(
        &missed,
        &table(&folder, "missed.csv", &["id", "population"]),
        false,
    );
}
