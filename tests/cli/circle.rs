//! The service circle on one street, with every number worked out by hand.
//!
//! The street lies on the equator: 0.001° are 111.3195 m, which take an adult of 4.8 km/h 83.49 s. Main stations and homes
//! stand on it, so there are no legs.
//!
//! | from | S 0.000 | C1 0.004 | G 0.005 | C2 0.016 |
//! |--|--|--|--|--|
//! | r1 0.001, community A, 10 people | 111 m 83 s | 334 m 250 s | 445 m 334 s | 1670 m 1252 s |
//! | r2 0.008, community B, 20 people | 891 m 668 s | 445 m 334 s | 334 m 250 s | 891 m 668 s |
//! | r3 0.0195, community B, 5 people | 2171 m 1628 s | 1725 m 1294 s | 1614 m 1211 s | 390 m 292 s |

use serde_json::Value;

use crate::support::command::{Folder, Ran};
use crate::support::has_english_sentence;

const STREET: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"Main Street"},"geometry":{"type":"LineString","coordinates":[[0,0],[0.02,0]]}}
]}"#;
const STATIONS: &str = "\
id,name,tier,lon,lat,street,community,parent,services,has_sign,has_rules,has_facilities,opened
S,X街道党群服务中心,street,0,0,X街道,,,hall;library;mediation,1,1,1,2015-01
C1,甲社区党群服务中心,社区级,0.004,0,X街道,甲社区,S,hall,1,1,1,2018-05-01
C2,乙社区党群服务中心,community,0.016,0,X街道,乙社区,nowhere,library,1,1,0,2021
G,甲社区第1网格党群服务站,grid,0.005,0,X街道,甲社区,C1,,1,1,1,2019
";
const RESIDENTS: &str = "\
id,lon,lat,population,young,old,community,building
r1,0.001,0,10,8,2,甲社区,b1
r2,0.008,0,20,10,10,乙社区,b2
r3,0.0195,0,5,0,5,乙社区,b2
";
const COMMUNITIES: &str = "\
code,name,street,population
001,甲社区居委会,X街道,10
002,乙社区居委会,X街道,25
003,丙社区居委会,X街道,1
";

fn town() -> Folder {
    let folder = Folder::new();
    folder.write("street.geojson", STREET);
    folder.write("stations.csv", STATIONS);
    folder.write("residents.csv", RESIDENTS);
    folder.write("communities.csv", COMMUNITIES);
    folder
}

const LAYERS: [&str; 7] = [
    "coverage",
    "--network",
    "street.geojson",
    "--stations",
    "stations.csv",
    "--residents",
    "residents.csv",
];

fn run(folder: &Folder, more: &[&str]) -> Ran {
    let output = ["--profile", "plain", "--formats", "csv", "--out", "out"];
    let ran = folder.run(&[&LAYERS[..], &output, more].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    ran
}

/// The rows of a table as maps from column to cell.
fn rows(folder: &Folder, file: &str) -> Vec<Vec<(String, String)>> {
    let text = folder.read(&format!("out/{file}"));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().expect("a header").clone();
    let row = |record: Result<csv::StringRecord, csv::Error>| {
        let record = record.expect("a row");
        let cells = header.iter().zip(&record);
        cells
            .map(|(name, cell)| (name.to_owned(), cell.to_owned()))
            .collect()
    };
    reader.records().map(row).collect()
}

/// The cells of one row, which is found by the cell of its first column.
fn cells<const N: usize>(
    rows: &[Vec<(String, String)>],
    first: &str,
    names: [&str; N],
) -> [String; N] {
    let row = rows.iter().find(|row| row[0].1 == first);
    let row = row.unwrap_or_else(|| panic!("no row {first}"));
    names.map(|name| {
        let cell = row.iter().find(|(known, _)| known == name);
        cell.unwrap_or_else(|| panic!("no column {name}")).1.clone()
    })
}

/// Street, 15 minutes: r1 and r2, 30 of 35. Community, 10 minutes: all. Grid, 5 minutes: r2 alone, 20 of 35; its 334 m are more
/// than 300. All three: r2. Of the own community, community tier: r2's is 668 s away, so 15 of 35; grid: nobody's.
#[test]
fn each_tier_has_its_own_circle_and_the_own_communitys_stations_stand_beside_any() {
    let folder = town();
    run(
        &folder,
        &[
            "--standard",
            "party-centre-tiers",
            "--communities",
            "communities.csv",
        ],
    );
    let tiers = rows(&folder, "tiers.csv");
    let names = [
        "stations",
        "within",
        "percent",
        "within_metres_percent",
        "within_straight_percent",
        "own_community_percent",
    ];
    assert_eq!(
        cells(&tiers, "street", names),
        ["1", "30", "85.71", "85.71", "85.71", ""]
    );
    assert_eq!(
        cells(&tiers, "community", names),
        ["2", "35", "100.00", "100.00", "100.00", "42.86"]
    );
    assert_eq!(
        cells(&tiers, "grid", names),
        ["1", "20", "57.14", "0.00", "0.00", "0.00"]
    );
    assert_eq!(
        cells(&tiers, "every", ["within", "percent"]),
        ["20", "57.14"]
    );
    assert_eq!(
        cells(&tiers, "any", ["within", "percent"]),
        ["35", "100.00"]
    );
    // C2 lacks the facilities: by those that comply r3 is left out.
    assert_eq!(cells(&tiers, "community", ["compliant_percent"]), ["85.71"]);

    let by_area = folder.read("out/tiers_by_area.csv");
    assert!(
        by_area.contains("community,甲社区,grid,10,0,0.00"),
        "{by_area}"
    );
    assert!(
        by_area.contains("community,乙社区,grid,25,20,80.00"),
        "{by_area}"
    );

    // r2 is served by A's centre; opening the counters covers it.
    let served = folder.read("out/membership.csv");
    assert!(
        served.contains("community,乙社区居委会,甲社区居委会,20"),
        "{served}"
    );
    let summary: Value = serde_json::from_str(&folder.read("out/summary.json")).expect("JSON");
    assert_eq!(summary["provision"]["membership"][0]["gain"], 20);
    assert_eq!(summary["provision"]["register"]["tiers"][1]["have_one"], 2);

    run(
        &folder,
        &[
            "--standard",
            "party-centre-tiers",
            "--communities",
            "communities.csv",
            "--membership",
            "own",
        ],
    );
    let tiers = rows(&folder, "tiers.csv");
    assert_eq!(cells(&tiers, "community", ["within"]), ["15"]);
    assert_eq!(cells(&tiers, "every", ["within"]), ["0"]);
}

/// Two of three communities have a centre; C's is missing, and so is a grid's of B and C. C2's parent is nowhere. G is 111 m from
/// C1, which is 445 m from S.
#[test]
fn the_register_lists_what_is_missing_and_the_walks_upwards() {
    let folder = town();
    let ran = run(
        &folder,
        &["--communities", "communities.csv", "--as-of", "2021-06-30"],
    );
    let problems = rows(&folder, "register.csv");
    let found: Vec<[&str; 3]> = problems
        .iter()
        .map(|row| [&row[0].1, &row[1].1, &row[3].1].map(String::as_str))
        .collect();
    assert_eq!(
        found,
        [
            ["missing", "community", "丙社区居委会"],
            ["missing", "grid", "乙社区居委会"],
            ["missing", "grid", "丙社区居委会"],
            ["link", "community", "乙社区党群服务中心"],
            ["audit", "community", "乙社区党群服务中心"],
        ]
    );
    let steps = rows(&folder, "steps_up.csv");
    assert_eq!(cells(&steps, "G", ["parent", "seconds"]), ["C1", "83.5"]);
    assert_eq!(cells(&steps, "C1", ["parent", "seconds"]), ["S", "334.0"]);
    // At the end of 2020 one centre of the community tier was open, half a year later two, which reach everybody in any case.
    let years = folder.read("out/register_by_year.csv");
    assert!(
        years.contains("community,2020-12-31,1,1,3,33.33"),
        "{years}"
    );
    assert!(
        years.contains("community,2021-06-30,2,2,3,66.67"),
        "{years}"
    );
    assert!(
        ran.stdout.contains("2 of 3 communities have a centre."),
        "{}",
        ran.stdout
    );
}

/// C2 opens in 2021: a year before, r3 has no station within 1,211 s.
#[test]
fn a_station_that_is_not_open_on_the_day_serves_nobody() {
    let folder = town();
    run(&folder, &["--as-of", "2020-06-30"]);
    let residents = rows(&folder, "residents.csv");
    assert_eq!(
        cells(&residents, "r3", ["status", "nearest_station"]),
        ["beyond", "G"]
    );
    let summary: Value = serde_json::from_str(&folder.read("out/summary.json")).expect("JSON");
    let findings = summary["findings"].as_array().expect("findings");
    let closed = findings
        .iter()
        .find(|one| one["code"] == "station_not_open");
    assert_eq!(closed.map(|one| &one["count"]), Some(&1.into()));
}

/// C2 closes at the end of 2022. Without a day it serves r3 all the same and B has its centre; a finding says so, of one station,
/// and names the flag. On a day it is left out of both alike. A run that asks for nothing else says so too.
#[test]
fn without_a_day_nothing_is_left_out_because_of_a_date() {
    let folder = town();
    let dated = |line: &str| match line.split_once(',') {
        Some(("id", _)) => format!("{line},closed\n"),
        Some(("C2", _)) => format!("{line},2022-12-31\n"),
        _ => format!("{line},\n"),
    };
    let stations: String = STATIONS.lines().map(dated).collect();
    folder.write("stations.csv", &stations);
    let asked = [
        "--communities",
        "communities.csv",
        "--standard",
        "party-centre-tiers",
    ];
    // Of a run: its findings about dates, the communities with a centre, the people within the tier, and r3's nearest.
    let told = |more: &[&str]| {
        run(&folder, more);
        let summary: Value = serde_json::from_str(&folder.read("out/summary.json")).expect("JSON");
        let findings = summary["findings"].as_array().expect("findings");
        let dates = findings
            .iter()
            .filter(|one| one["code"] == "closing_date" || one["code"] == "station_not_open");
        let dates: Vec<(Value, Value)> = dates
            .map(|one| (one["code"].clone(), one["count"].clone()))
            .collect();
        let built = summary["provision"]["register"]["tiers"][1]["have_one"].clone();
        let residents = rows(&folder, "residents.csv");
        let [nearest] = cells(&residents, "r3", ["nearest_station"]);
        (dates, built, nearest)
    };
    let found = |code: &str| vec![(Value::from(code), Value::from(1))];
    assert_eq!(
        told(&asked),
        (found("closing_date"), 2.into(), "C2".to_owned())
    );
    let [within] = cells(&rows(&folder, "tiers.csv"), "community", ["within"]);
    assert_eq!(within, "35");
    let summary = folder.read("out/summary.json");
    assert!(summary.contains("give the day with --as-of"), "{summary}");
    let on_day = [&asked[..], &["--as-of", "2023-01-01"]].concat();
    assert_eq!(
        told(&on_day),
        (found("station_not_open"), 1.into(), "G".to_owned())
    );
    assert_eq!(
        told(&[]),
        (found("closing_date"), Value::Null, "C2".to_owned())
    );
}

/// S has 900 m², C1 500, C2 100, and of G nothing is known. A standard of one's own asks for 300 m² of communities and for signs;
/// of two standards the first that asks for anything does; the flag goes before both; without either no area is asked for.
#[test]
fn the_floor_area_and_the_haves_are_those_of_the_standard_or_of_the_flag() {
    let folder = town();
    let with_area = |line: &str| {
        let area = match line.split_once(',') {
            Some(("id", _)) => "floor_area",
            Some(("S", _)) => "900",
            Some(("C1", _)) => "500",
            Some(("C2", _)) => "100",
            _ => "",
        };
        format!("{line},{area}\n")
    };
    let stations: String = STATIONS.lines().map(with_area).collect();
    folder.write("stations.csv", &stations);
    let clause = "[[clause]]\nnumber = '1'\nmeaning = 'x'\nmeasure = 'network'\nminutes = 9\nsource = 'x'\nchecked = true\n";
    let ours = "name = 'Ours'\nsource = 'x'\n[audit]\nmin_floor_area_m2 = { community = 300 }\nhaves = ['sign']\nsource = 'x'\nchecked = true\n";
    folder.write("ours.toml", format!("{ours}{clause}"));
    // Of each item: the stations that comply, of those that are asked.
    let audited = |more: &[&str]| {
        run(
            &folder,
            &[&["--communities", "communities.csv"], more].concat(),
        );
        let summary: Value = serde_json::from_str(&folder.read("out/summary.json")).expect("JSON");
        let items = summary["provision"]["register"]["audit"].clone();
        let items = items.as_array().expect("items").clone();
        let items: Vec<(u64, u64)> = items
            .iter()
            .map(|item| {
                [&item["complies"], &item["of"]].map(|count| count.as_u64().expect("a count"))
            })
            .map(|[met, all]| (met, all))
            .collect();
        items
    };
    let (haves, dates) = ([(4, 4), (4, 4), (3, 4)], (4, 4));
    let all = |area: (u64, u64)| [&haves[..], &[area, dates]].concat();
    assert_eq!(audited(&[]), all((0, 0)));
    let ours = [
        "--standard",
        "party-centre-tiers",
        "--standard",
        "ours.toml",
    ];
    let asked = audited(&ours);
    assert_eq!(asked, [(4, 4), (0, 0), (0, 0), (1, 2), dates]);
    assert!(
        folder
            .read("out/register.csv")
            .contains("100 m², at least 300 m² are asked for")
    );
    // With the flag the haves stay the standard's.
    let flag = ["--min-floor-area", "100,street=1000"];
    let asked = audited(&[&ours[..], &flag].concat());
    assert_eq!(asked, [(4, 4), (0, 0), (0, 0), (2, 3), dates]);
    assert_eq!(audited(&flag), all((2, 3)));
    let ran = folder.run(&[&LAYERS[..], &["--out", "out", "--min-floor-area", "big"]].concat());
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.stderr
            .contains("--min-floor-area \"big\" is no floor area"),
        "{}",
        ran.stderr
    );
}

/// The old walk at 3.3 km/h, 1.0909 s/m: r1 121 s, r2 364 s, r3 425 s; 2, 10 and 5 people. Within 5 minutes 2 of 17. Their mean
/// is (2 · 121.44 + 10 · 364.32 + 5 · 425.04) / 17 = 353.6 s, and the middle one of 17 is in r2.
#[test]
fn groups_walk_as_they_walk_and_add_up() {
    let folder = town();
    run(
        &folder,
        &["--group", "young", "--group", "the old=old:elder"],
    );
    let groups = rows(&folder, "cohorts.csv");
    let names = [
        "population",
        "within_5_percent",
        "within_10_percent",
        "mean_seconds",
        "median_seconds",
    ];
    assert_eq!(
        cells(&groups, "the old", names),
        ["17", "11.76", "100.00", "353.6", "364.3"]
    );
    assert_eq!(
        cells(&groups, "young", ["profile", "population"]),
        ["plain", "18"]
    );
    let wrong = folder.run(&[&LAYERS[..], &["--group", "elders", "--out", "out"]].concat());
    assert_eq!(wrong.code, Some(1));
    assert!(
        wrong.stderr.contains("elders") && wrong.stderr.contains("--group"),
        "{}",
        wrong.stderr
    );
}

/// Within 5 minutes as all walk, everybody; as the old walk, r2 and r3 are 64 and 125 s over, 10 and 5 of the 17.
#[test]
fn each_group_has_the_gaps_of_its_own_people_as_they_walk() {
    let folder = town();
    let groups = ["--group", "young", "--group", "the old=old:elder"];
    let output = [
        "--profile",
        "plain",
        "--formats",
        "csv,html",
        "--out",
        "out",
    ];
    let more = ["--minutes", "5", "--lang", "zh"];
    let ran = folder.run(&[&LAYERS[..], &output, &groups, &more].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(rows(&folder, "gaps.csv").is_empty());
    let gaps = rows(&folder, "gaps_by_group.csv");
    let names = [
        "cohort",
        "gap",
        "people",
        "residents",
        "lon",
        "reason",
        "median_extra_seconds",
        "nearest_station",
        "percent_of_cohort",
    ];
    let found: Vec<_> = gaps
        .iter()
        .map(|row| cells(std::slice::from_ref(row), "the old", names))
        .collect();
    assert_eq!(
        found,
        [
            [
                "the old",
                "1",
                "10",
                "1",
                "0.0080000",
                "too_far",
                "64.3",
                "G",
                "58.82"
            ],
            [
                "the old",
                "2",
                "5",
                "1",
                "0.0195000",
                "too_far",
                "125.0",
                "C2",
                "29.41"
            ],
        ]
    );
    assert_eq!(
        folder.read("out/people_in_gaps.csv"),
        "\u{feff}gap,cohort,people,percent_of_cohort\n"
    );
    let page = folder.read("out/report.html");
    assert!(page.contains("本人群最大盲区"), "{page}");
}

/// Within 15 minutes: the hall (S, C1) of r1 and r2; the library (S, C2) of all; mediation (S) of r1 and r2. All three at S. The
/// hall is the first of those that 5 people miss; C2 should add it.
#[test]
fn services_are_asked_about_one_by_one_and_at_one_place() {
    let folder = town();
    let ran = run(&folder, &["--services", "all"]);
    let services = rows(&folder, "services.csv");
    let names = ["stations", "within", "percent"];
    assert_eq!(cells(&services, "hall", names), ["2", "30", "85.71"]);
    assert_eq!(cells(&services, "library", names), ["2", "35", "100.00"]);
    assert_eq!(cells(&services, "mediation", names), ["1", "30", "85.71"]);
    assert_eq!(
        cells(&services, "all at one place", names),
        ["1", "30", "85.71"]
    );
    let additions = folder.read("out/service_additions.csv");
    assert_eq!(additions, "station,service,newly_within\nC2,hall,5\n");
    assert!(
        ran.stdout.contains("missing most: hall, 5 people"),
        "{}",
        ran.stdout
    );
}

/// People as in the tiers; buildings: b1 is r1, b2 is r2 and r3, of which one is without the street's circle.
#[test]
fn the_indicator_table_counts_people_and_buildings() {
    let folder = town();
    run(&folder, &["--standard", "party-centre-tiers"]);
    let table = folder.read("out/indicators.csv");
    let has = |row: &str| assert!(table.contains(row), "{row}\n{table}");
    has("people,network,minutes,15,30,35,85.71,,no_target,true,false");
    has("buildings,network,minutes,15,1,2,50.00,,no_target,true,false");
    has("people,straight,metres,300,0,35,0.00,,beside,false,false");
    let wrong = folder.run(&[&LAYERS[..], &["--standard", "iso", "--out", "out"]].concat());
    assert_eq!(wrong.code, Some(1), "{}", wrong.stderr);
}

/// 36 people of the register; the homes have no floor area, so the two homes of B have 12 and 13 of its 25, and C has no home but
/// an outline.
#[test]
fn the_communities_people_are_put_into_homes_with_totals_kept() {
    let folder = town();
    folder.write("areas.geojson", outline("丙社区", 0.012, 0.0125, ""));
    let more = [
        "--communities",
        "communities.csv",
        "--areas",
        "areas.geojson",
        "--allocate",
    ];
    run(&folder, &more);
    let residents = rows(&folder, "residents.csv");
    let people = |id| cells(&residents, id, ["population"])[0].clone();
    assert_eq!(people("r1"), "10");
    let of_b: u32 = ["r2", "r3"]
        .iter()
        .map(|id| people(id).parse::<u32>().expect("whole"))
        .sum();
    assert_eq!(of_b, 25);
    let summary: Value = serde_json::from_str(&folder.read("out/summary.json")).expect("JSON");
    assert_eq!(summary["population"]["total"], 36);
    // C's one person stands in the middle of the one piece of street in its outline.
    assert_eq!(people("丙社区居委会/1"), "1");
    let findings = summary["findings"].to_string();
    for code in ["people_on_streets", "allocated_equally"] {
        assert!(findings.contains(code), "{code}: {findings}");
    }
}

#[test]
fn an_allocation_that_would_lose_people_is_refused() {
    let folder = town();
    let refused = |communities: &str| {
        folder.write("list.csv", communities);
        let more = ["--communities", "list.csv", "--allocate", "--out", "out"];
        let ran = folder.run(&[&LAYERS[..], &more].concat());
        assert_eq!(ran.code, Some(1), "{}", ran.stderr);
        ran.stderr
    };
    let message = refused(COMMUNITIES);
    let expected = "1 people of 1 communities (the first is 丙社区居委会) have no home to be put into: 3 of 3 homes";
    assert!(message.contains(expected), "{message}");
    let message = refused("code,name\n001,甲社区\n002,乙社区\n");
    assert!(message.contains("no number of people"), "{message}");
    let message = refused("code,name,population\n001,甲社区,#N/A\n002,乙社区,\n");
    let expected =
        "none of the 2 communities has a number of people that can be read, the first is 甲社区";
    assert!(message.contains(expected), "{message}");
}

/// One community of 60 people in an outline with three homes of 100 m² × 3, 100 m² × 1 and 200 m² × 1, of 600 m² in all: 30, 10 and
/// 20. The homes name no community.
#[test]
fn homes_in_a_communitys_outline_share_its_people_by_footprint_and_storeys() {
    let folder = town();
    folder.write(
        "homes.csv",
        "id,lon,lat,footprint,storeys\nh1,0.001,0,100,3\nh2,0.002,0,100㎡,1层\nh3,0.003,0,200,1\n",
    );
    folder.write("one.csv", "code,name,population\n007,丁社区,60\n");
    folder.write(
        "outline.geojson",
        outline("丁社区居委会", 0.0005, 0.0035, ""),
    );
    let more = [
        "--residents",
        "homes.csv",
        "--communities",
        "one.csv",
        "--areas",
        "outline.geojson",
        "--allocate",
    ];
    let layers = [&LAYERS[..5], &more].concat();
    let output = ["--profile", "plain", "--formats", "csv", "--out", "out"];
    let ran = folder.run(&[&layers[..], &output].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let residents = rows(&folder, "residents.csv");
    let people = ["h1", "h2", "h3"].map(|id| cells(&residents, id, ["population"])[0].clone());
    assert_eq!(people, ["30", "10", "20"]);
    let summary = folder.read("out/summary.json");
    for code in ["allocated_by_footprint", "home_by_outline"] {
        assert!(summary.contains(code), "{code}");
    }
}

/// Two polygons: one of 60 people with the middles of six of the street's 45 pieces (each a 45th of 0.02°: 0.00022°, 0.00067° and so
/// on) and no home inside, 10 people each, and one of 5 people beside any street.
#[test]
fn polygons_with_people_are_residents_on_their_streets_or_at_a_point() {
    let folder = town();
    let street = outline("甲", -0.0005, 0.0025, ",\"population\":60");
    let beside = outline("乙", 0.03, 0.031, ",\"population\":5");
    let features = |text: &str| {
        let inner = text.split_once('[').map_or("", |(_, rest)| rest);
        inner.trim_end_matches("]}").to_owned()
    };
    folder.write(
        "people.geojson",
        format!(
            "{{\"type\":\"FeatureCollection\",\"features\":[{},{}]}}",
            features(&street),
            features(&beside)
        ),
    );
    let layers = [&LAYERS[..5], &["--residents", "people.geojson"]].concat();
    let output = ["--profile", "plain", "--formats", "csv", "--out", "out"];
    let ran = folder.run(&[&layers[..], &output].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let residents = rows(&folder, "residents.csv");
    let people: Vec<&str> = residents.iter().map(|row| row[1].1.as_str()).collect();
    assert_eq!(people, ["10", "10", "10", "10", "10", "10", "5"]);
    assert_eq!(cells(&residents, "2", ["population"]), ["5"]);
    let summary = folder.read("out/summary.json");
    for code in ["people_on_streets", "people_at_point"] {
        assert!(summary.contains(code), "{code}");
    }
    // Without people they are refused: each would count one.
    folder.write("people.geojson", outline("甲", 0.0, 0.01, ""));
    let ran = folder.run(&[&layers[..], &output].concat());
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert!(ran.stderr.contains("--population-column"), "{}", ran.stderr);
}

#[test]
fn a_service_or_a_standard_that_matches_nothing_is_refused_with_what_there_is() {
    let folder = town();
    let refused = |more: &[&str]| {
        let ran = folder.run(&[&LAYERS[..], more, &["--out", "out"]].concat());
        assert_eq!(ran.code, Some(1), "{}", ran.stderr);
        ran.stderr
    };
    let message = refused(&["--services", "hall,sauna"]);
    let expected = "no station offers the service \"sauna\"; the services of the stations are: hall, library, mediation";
    assert!(message.contains(expected), "{message}");
    let silent = STATIONS
        .replace("services", "remarks")
        .replace("tier", "rank");
    folder.write("stations.csv", &silent);
    let message = refused(&["--services", "all"]);
    assert!(message.contains("no column of services"), "{message}");
    let message = refused(&["--standard", "party-centre-tiers"]);
    assert!(
        message.contains("they have no column of tiers"),
        "{message}"
    );
}

/// A slip, a blank and a word of another register: one is not understood, one not stated, and both are in no tier; the others are
/// counted alike by the circles and by the register.
#[test]
fn a_tier_is_read_alike_by_circles_and_register_and_a_slip_is_said() {
    let folder = town();
    let stations = STATIONS
        .replace("心,street,", "心,街道党群服务中心,")
        .replace("心,社区级,", "心,村（社区）,")
        .replace("心,community,", "心,,")
        .replace("站,grid,", "站,gird,");
    folder.write("stations.csv", &stations);
    let asked = [
        "--communities",
        "communities.csv",
        "--standard",
        "party-centre-tiers",
    ];
    run(&folder, &asked);
    let tiers = rows(&folder, "tiers.csv");
    let counts =
        ["street", "community", "grid"].map(|tier| cells(&tiers, tier, ["stations"])[0].clone());
    assert_eq!(counts, ["1", "1", "0"]);
    let register = folder.read("out/register.csv");
    assert!(
        register.contains("its tier \"\"gird\"\" is not understood"),
        "{register}"
    );
    assert!(register.contains("its tier is not stated"), "{register}");
    let summary = folder.read("out/summary.json");
    for code in ["tier_not_understood", "tier_not_stated"] {
        assert!(summary.contains(code), "{code}");
    }
}

#[test]
fn haves_without_a_column_are_not_stated_and_nobody_fails_by_them() {
    let folder = town();
    let silent = STATIONS
        .replace("has_sign", "a")
        .replace("has_rules", "b")
        .replace("has_facilities", "c");
    folder.write("stations.csv", &silent);
    let output = ["--profile", "plain", "--out", "out"];
    let more = ["--communities", "communities.csv"];
    let ran = folder.run(&[&LAYERS[..], &output, &more].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let summary: Value = serde_json::from_str(&folder.read("out/summary.json")).expect("JSON");
    let sign = &summary["provision"]["register"]["audit"][0];
    assert_eq!(
        [&sign["complies"], &sign["of"], &sign["not_stated"]],
        [&Value::Null, &0.into(), &4.into()]
    );
    assert_eq!(summary["provision"]["register"]["complies"], 4);
    let page = folder.read("out/report.html");
    assert!(page.contains("not stated") && !page.contains("0 of 4"));
}

/// A rectangle about the street, between two longitudes.
fn outline(name: &str, west: f64, east: f64, more: &str) -> String {
    let (south, north) = (-0.001, 0.001);
    format!(
        r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{"name":"{name}"{more}}},"geometry":{{"type":"Polygon","coordinates":[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]}}}}]}}"#
    )
}

/// At 0.6 m/s r1's 111 m take 186 s and r2's 334 m 557 s; r3's 390 m take 649 s. Within 10 minutes: 30 of 35. A minute more than
/// the 292 s of r3, all are within 5 minutes at 4.8 km/h.
#[test]
fn sensitivity_is_exact_at_every_speed_and_cutoff() {
    let folder = town();
    run(&folder, &["--sensitivity"]);
    let table = folder.read("out/sensitivity.csv");
    for row in [
        "metres_per_second,0.6,10,30,85.71",
        "metres_per_second,1.5,5,35,100.00",
        "minutes,1,1,0,0.00",
        "minutes,2,2,10,28.57",
        "minutes,5,5,35,100.00",
    ] {
        assert!(table.lines().any(|line| line == row), "{row}\n{table}");
    }
}

#[test]
fn the_service_circle_is_told_in_chinese_too_and_a_plain_run_has_none_of_it() {
    let folder = town();
    let more = [
        "--standard",
        "party-centre-tiers",
        "--communities",
        "communities.csv",
        "--group",
        "old:elder",
        "--services",
        "all",
        "--lang",
        "zh",
    ];
    let ran = run(&folder, &more);
    assert!(
        ran.stdout.contains("3 个社区中 2 个建有服务中心"),
        "{}",
        ran.stdout
    );
    let told = ran.stdout.replace("r1", "");
    for line in told
        .lines()
        .filter(|line| line.contains("层级") || line.contains("名册"))
    {
        assert!(!has_english_sentence(line), "{line}");
    }
    for line in ran.stdout.lines() {
        assert!(pedshed::report::columns(line) <= 80, "{line}");
    }
    let plain = town();
    run(&plain, &[]);
    for file in [
        "tiers.csv",
        "cohorts.csv",
        "indicators.csv",
        "register.csv",
        "services.csv",
    ] {
        assert!(!plain.join("out").join(file).exists(), "{file}");
    }
    assert!(!plain.read("out/summary.json").contains("provision"));
}

/// Offices at r1's and r3's doors, 100 and 300 workers. Within 5 minutes: r1's are 83 s from S, r3's 292 s from C2; within 300 m
/// of walking: r1's alone, as r3's walk 390 m.
#[test]
fn further_demand_has_its_own_weights_and_circle_and_is_in_no_other_sum() {
    let folder = town();
    folder.write(
        "offices.csv",
        "id,lon,lat,people\no1,0.001,0,100\no2,0.0195,0,300\n",
    );
    let more = [
        "--demand",
        "workers=offices.csv",
        "--demand",
        "guests=offices.csv",
        "--demand-circle",
        "workers=5min",
        "--demand-circle",
        "guests=300m",
        "--group",
        "old",
    ];
    run(&folder, &more);
    let demand = rows(&folder, "demand.csv");
    let names = ["circle", "unit", "people", "covered", "beyond", "percent"];
    assert_eq!(
        cells(&demand, "workers", names),
        ["5", "minutes", "400", "400", "0", "100.00"]
    );
    assert_eq!(
        cells(&demand, "guests", names),
        ["300", "metres", "400", "100", "300", "25.00"]
    );
    let summary: Value = serde_json::from_str(&folder.read("out/summary.json")).expect("JSON");
    assert_eq!(summary["population"]["total"], 35);

    let unknown = ["--demand-circle", "visitors=5min", "--out", "out"];
    let refused = folder.run(&[&LAYERS[..], &unknown].concat());
    assert_eq!(refused.code, Some(2), "{}", refused.stderr);

    let study = "network = \"street.geojson\"\nstations = \"stations.csv\"\nresidents = \"residents.csv\"\nout = \"again\"\n\
        formats = [\"csv\"]\ndemand = [\"workers=offices.csv\"]\nquiet = true\n";
    folder.write("study.toml", study);
    let elsewhere = Folder::new();
    let path = folder.join("study.toml");
    let ran = elsewhere.run(&["run", path.to_str().expect("a path")]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(folder.read("again/demand.csv").contains("workers"));
}
