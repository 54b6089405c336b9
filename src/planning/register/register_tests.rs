//! The register against the official list of a district, and against small ones worked out by hand.

use geo_types::coord;
use proptest::prelude::*;

use super::*;
use crate::planning::register::*;
use crate::text::language::{InLanguage as _, is_chinese};

/// The 112 entries of Yingze, as the official list writes them.
fn yingze() -> Vec<Community> {
    let lines = include_str!("../../../data/yingze-communities.csv")
        .lines()
        .skip(1);
    let community = |line: &str| {
        let cells: Vec<String> = line.split(',').map(str::to_owned).collect();
        let [street_code, street_name, code, name] = cells.try_into().unwrap();
        Community {
            code,
            name,
            street_code,
            street_name,
        }
    };
    lines.map(community).collect()
}

fn station(name: &str) -> RegisteredStation {
    RegisteredStation::new(name, name, Tier::Community)
}

fn coded(name: &str, code: &str) -> RegisteredStation {
    RegisteredStation {
        community_code: Some(code.to_owned()),
        ..station(name)
    }
}

fn at(name: &str, lon: f64) -> RegisteredStation {
    RegisteredStation {
        place: Some(coord! { x: lon, y: 37.86 }),
        ..station(name)
    }
}

fn day(text: &str) -> Date {
    Date::first_of(text).unwrap()
}

#[test]
fn every_entry_of_the_official_list_is_found_by_its_code_and_by_its_name() {
    let communities = yingze();
    assert_eq!(communities.len(), 112);
    let mut stations = Vec::new();
    for community in &communities {
        let own = community
            .name
            .trim_end_matches("居委会")
            .trim_end_matches("委会");
        stations.push(coded("一号站", &community.code));
        stations.push(station(&format!("{own}党群服务中心")));
        stations.push(station(&format!(
            " {}{own}党群服务站",
            community.street_name
        )));
    }
    let register = Register::new(&communities, &stations);
    assert_eq!(register.streets().len(), 7);
    for (index, matches) in (0u32..).zip(register.matches().chunks(3)) {
        assert_eq!(matches[0], Matched::Code(index));
        for by_name in &matches[1..] {
            assert_eq!(
                *by_name,
                Matched::Name(index),
                "{}",
                communities[index as usize].name
            );
        }
    }
    // All have a centre, and every one has three.
    let built = register.built(Tier::Community, None);
    assert_eq!((built.met, built.all), (112, 112));
    let has = register.has(Tier::Community, None);
    assert!(
        has.iter()
            .all(|has| has.presence(Tier::Community) == Presence::Duplicate)
    );
    assert_eq!(
        register.built(Tier::Street, None),
        Proportion { met: 0, all: 7 }
    );
}

#[test]
fn codes_come_as_spreadsheets_leave_them() {
    let communities = yingze();
    // 察院后 is 140106001001, the first; 柴市巷 140106001003, the third.
    let stations = [
        coded("甲", "１４０１０６００１００３"),
        coded("乙", "'140106001003"),
        coded("丙", "1.40106001003E+11"),
        coded("丁", "140106001003.0"),
        // Rounded: the name decides.
        coded("柴市巷社区党群服务中心", "1.40106E+11"),
        // Of no community: the name decides.
        coded("柴市巷社区党群服务中心", "999999999999"),
        // Code and name disagree: the code counts, and it is listed.
        coded("察院后社区党群服务中心", "140106001003"),
    ];
    let register = Register::new(&communities, &stations);
    let expected = [
        Matched::Code(2),
        Matched::Code(2),
        Matched::Code(2),
        Matched::Code(2),
        Matched::Name(2),
        Matched::Name(2),
        Matched::Code(2),
    ];
    assert_eq!(register.matches(), expected);
    assert_eq!(register.disagreements(), [(6, 0)]);
}

#[test]
fn stations_of_streets_are_matched_with_streets() {
    let communities = yingze();
    let of_street = |station: RegisteredStation| RegisteredStation {
        tier: Some(Tier::Street),
        ..station
    };
    let stations = [
        of_street(coded("甲", "140106001")),
        of_street(coded("乙", "140106002000")),
        // The code of a community in the third street.
        of_street(coded("丙", "140106003001")),
        of_street(station("迎泽街道党群服务中心")),
        of_street(station("郝庄镇党群服务中心")),
    ];
    let register = Register::new(&communities, &stations);
    let found: Vec<_> = register.matches().iter().map(Matched::sure).collect();
    let named = |name: &str| {
        register
            .streets()
            .iter()
            .position(|street| street.name == name)
    };
    let by_name = ["迎泽街道", "郝庄镇"].map(|name| named(name).map(|index| index as u32));
    assert_eq!(found, [Some(0), Some(1), Some(2), by_name[0], by_name[1]]);
    assert_eq!(register.built(Tier::Street, None).all, 7);
}

#[test]
fn a_name_that_is_nearly_one_is_listed_and_never_taken() {
    let communities = yingze();
    // 校尉营 for 校蔚营: two of three characters are the same, so Jaro's similarity is (2/3 + 2/3 + 1) / 3 = 7/9 and
    // Winkler's, with one character in common at the beginning, 7/9 + 0.1 · 2/9 = 0.8.
    let stations = [station("校尉营社区党群服务中心"), station("Elsewhere")];
    let register = Register::new(&communities, &stations);
    let Matched::ToReview(candidates) = &register.matches()[0] else {
        panic!("{:?}", register.matches());
    };
    assert_eq!(
        candidates[0],
        Candidate {
            unit: 3,
            per_mille: 800
        }
    );
    assert_eq!(register.matches()[1], Matched::None);
    let has = register.has(Tier::Community, None);
    assert_eq!(has[3].presence(Tier::Community), Presence::ToReview);
    assert_eq!(has[4].presence(Tier::Community), Presence::Missing);
    assert_eq!(register.built(Tier::Community, None).met, 0);
}

#[test]
fn a_name_of_two_streets_is_listed_unless_the_street_is_said() {
    let community = |street: &str, name: &str| Community {
        name: name.to_owned(),
        street_name: street.to_owned(),
        ..Community::default()
    };
    let communities = [
        community("东街道", "东街道第1社区"),
        community("西街道", "西街道第1社区"),
    ];
    let stations = [station("第1社区服务站"), station("西街道第1社区服务站")];
    let register = Register::new(&communities, &stations);
    let both = [0, 1].map(|unit| Candidate {
        unit,
        per_mille: 1000,
    });
    assert_eq!(
        register.matches(),
        [Matched::ToReview(both.to_vec()), Matched::Name(1)]
    );
    assert_eq!(register.street_of(), [0, 1]);
}

#[test]
fn a_station_in_another_community_than_its_own_is_found() {
    let communities = yingze();
    let standing = |station: RegisteredStation, stands_in| RegisteredStation {
        stands_in: Some(stands_in),
        ..station
    };
    let last = communities.len() as u32 - 1;
    let of_street = RegisteredStation {
        tier: Some(Tier::Street),
        ..station("柳巷街道党群服务中心")
    };
    let stations = [
        standing(station("察院后社区"), 0),
        standing(station("察院后社区"), 1),
        station("察院后社区"),
        standing(of_street.clone(), 1),
        standing(of_street, last),
        // Out of range, as of another list: not in any ground of this one.
        standing(station("校尉营社区"), 3),
    ];
    let register = Register::new(&communities, &stations);
    let found: Vec<_> = register
        .wrong_communities()
        .iter()
        .map(|wrong| (wrong.station, wrong.registered, wrong.stands_in))
        .collect();
    assert_eq!(found, [(1, 0, 1), (4, 0, 6)]);
}

#[test]
fn a_place_counts_once_however_often_it_is_registered() {
    // At 37.86° N a thousandth of a degree of longitude is 88 m.
    let stations = [
        at("柳巷社区党群服务中心", 112.5600),
        at("柳巷社区居委会", 112.5602),       // 18 m, the same name
        at("柳巷社区调解室", 112.5615),       // 114 m from the one before, the same name
        at("柳巷社区党群服务中心", 112.5800), // the same name, 1.6 km away: another place
        at("文庙图书馆", 112.56021),          // 1 m from the second, another name
        station("柳巷社区矛盾调解室"),        // no place, and no community to be of
    ];
    let register = Register::new(&[], &stations);
    let sites = Sites::new(&register);
    assert_eq!(sites.place_of(), [0, 0, 0, 1, 0, 2]);
    assert_eq!(sites.places(), 3);
    let pairs: Vec<_> = sites
        .pairs()
        .iter()
        .map(|pair| (pair.first, pair.second, pair.is_same_name))
        .collect();
    assert_eq!(
        pairs,
        [
            (0, 1, true),
            (0, 2, true),
            (0, 4, false),
            (1, 2, true),
            (1, 4, false)
        ]
    );
    assert_eq!(
        sites.pairs()[0].because().to_string(),
        "one name, 18 m apart"
    );
    assert!(is_chinese(&sites.pairs()[0].because().zh()));
}

#[test]
fn a_station_without_a_place_is_at_the_one_of_its_name_in_its_community() {
    let communities = yingze();
    let stations = [
        station("察院后社区居委会"),
        at("察院后社区党群服务中心", 112.56),
        station("察院后社区调解室"),
        station("宁化府社区居委会"),
        // A street of the same name as nothing else.
        RegisteredStation {
            tier: Some(Tier::Street),
            ..station("柳巷街道党群服务中心")
        },
    ];
    let sites = Sites::new(&Register::new(&communities, &stations));
    assert_eq!(sites.place_of(), [0, 0, 0, 1, 2]);
    let pairs: Vec<_> = sites
        .pairs()
        .iter()
        .map(|pair| (pair.first, pair.second))
        .collect();
    assert_eq!(pairs, [(0, 1), (1, 2)]);
}

#[test]
fn faulty_links_are_told_apart() {
    let under = |id: &str, tier, parent: Option<&str>| RegisteredStation {
        parent: parent.map(str::to_owned),
        ..RegisteredStation::new(id, id, tier)
    };
    let stations = [
        under("s", Tier::Street, None),
        under("c", Tier::Community, Some(" s ")),
        under("g", Tier::Grid, Some("c")),
        under("direct", Tier::Grid, Some("s")),
        under("alone", Tier::Grid, None),
        under("orphan", Tier::Grid, Some("x")),
        under("low", Tier::Community, Some("g")),
        under("peer", Tier::Grid, Some("g")),
        // a → b → a, and one that hangs on them.
        under("a", Tier::Community, Some("b")),
        under("b", Tier::Grid, Some("a")),
        under("own", Tier::Grid, Some("own")),
        under("below", Tier::Grid, Some("a")),
    ];
    let links = ParentLinks::new(&stations);
    let expected = [
        (4, LinkFault::Missing),
        (5, LinkFault::NotFound("x".to_owned())),
        (6, LinkFault::NotHigher(2)),
        (7, LinkFault::NotHigher(2)),
        (8, LinkFault::Cycle),
        (9, LinkFault::Cycle),
        (10, LinkFault::Cycle),
    ];
    assert_eq!(links.faults(), expected);
    assert_eq!(links.chain(2), [2, 1, 0]);
    assert_eq!(links.chain(3), [3, 0]);
    assert_eq!(links.chain(11), [11, 8]);
    for (_, fault) in links.faults() {
        assert!(is_chinese(&fault.zh()) && !fault.to_string().is_empty());
    }
}

#[test]
fn whole_communities_are_counted_apart_from_built_ones() {
    let communities = &yingze()[..3];
    let kind = |name: &str, kinds: &[&str], area| RegisteredStation {
        kinds: kinds.iter().copied().map(str::to_owned).collect(),
        floor_area_m2: area,
        ..station(name)
    };
    let stations = [
        // 察院后: a large centre that is also the pharmacy.
        kind("察院后社区党群服务中心", &["服务站", "药店"], Some(800.0)),
        // 宁化府: the centre is too small. Its pharmacy is closed from the middle of 2023 on.
        kind("宁化府社区党群服务中心", &["服务站"], Some(799.9)),
        RegisteredStation {
            closed: Some(day("2023-06-30")),
            ..kind("宁化府社区药店", &["药店"], None)
        },
    ];
    let requirements =
        [("服务站", Some(800.0)), (" 药店", None)].map(|(kind, floor_area_m2)| Requirement {
            kind: kind.to_owned(),
            floor_area_m2,
        });
    let register = Register::new(communities, &stations);
    assert_eq!(
        register.built(Tier::Community, None),
        Proportion { met: 2, all: 3 }
    );
    let found = register.completeness(&requirements, Some(day("2023-06-30")));
    assert_eq!(found.lacking, [vec![], vec![0, 1], vec![0, 1]]);
    assert_eq!(found.complete, Proportion { met: 1, all: 3 });
    // Without a day nothing is left out because of a date.
    let found = register.completeness(&requirements, None);
    assert_eq!(found.lacking, [vec![], vec![0], vec![0, 1]]);
    assert_eq!(found.complete, Proportion { met: 1, all: 3 });
}

#[test]
fn the_register_is_asked_as_of_a_day_and_year_by_year() {
    let communities = &yingze()[..4];
    let opened = |name: &str, opened: &str, closed: Option<&str>| RegisteredStation {
        opened: (!opened.is_empty()).then(|| day(opened)),
        closed: closed.map(day),
        ..station(name)
    };
    let stations = [
        opened("察院后社区", "2020-05-01", None),
        opened("宁化府社区", "2021-01-01", Some("2022-12-31")),
        opened("柴市巷社区", "2023-03-01", None),
        opened("校蔚营社区", "", None),
    ];
    let register = Register::new(communities, &stations);
    let built = |text: &str| register.built(Tier::Community, Some(day(text))).met;
    // On its last day before it is closed the second is open, on the day of its closing no more.
    assert_eq!(
        [
            "2020-04-30",
            "2020-05-01",
            "2022-12-30",
            "2022-12-31",
            "2023-03-01"
        ]
        .map(built),
        [1, 2, 3, 2, 3]
    );
    // Without a day all four count.
    assert_eq!(register.built(Tier::Community, None).met, 4);
    let counts = |as_of| stations.iter().filter(|one| one.counts(as_of)).count();
    assert_eq!([counts(None), counts(Some(day("2022-12-31")))], [4, 2]);
    let years: Vec<_> = register
        .by_year(Tier::Community, day("2023-06-30"))
        .iter()
        .map(|year| (year.day.to_string(), year.open, year.built.met))
        .collect();
    let expected = [
        ("2020-12-31", 2, 2),
        ("2021-12-31", 3, 3),
        ("2022-12-31", 2, 2),
        ("2023-06-30", 3, 3),
    ]
    .map(|(day, open, built)| (day.to_owned(), open, built));
    assert_eq!(years, expected);
    assert!(register.by_year(Tier::Community, day("2019")).is_empty());
    assert!(register.by_year(Tier::Grid, day("2024")).is_empty());
    // A year that ends on the day itself is there once.
    assert_eq!(
        register.by_year(Tier::Community, day("2020-12-31")).len(),
        1
    );
}

#[test]
fn an_audit_counts_what_complies_what_does_not_and_what_is_not_stated() {
    let audited =
        |haves, floor_area_m2, opened: Option<&str>, closed: Option<&str>| RegisteredStation {
            haves,
            floor_area_m2,
            opened: opened.map(day),
            closed: closed.map(day),
            ..station("甲")
        };
    let all = [Some(true); 3];
    let stations = [
        audited(all, Some(800.0), Some("2020"), None),
        audited(
            [Some(true), Some(false), None],
            Some(799.5),
            Some("2020"),
            Some("2019"),
        ),
        audited(all, None, None, None),
        // A grid's station is asked for no area.
        RegisteredStation {
            tier: Some(Tier::Grid),
            ..audited(all, None, Some("2020"), Some("2021"))
        },
    ];
    let rules = AuditRules {
        floor_area_m2: [None, Some(800.0), None],
        ..AuditRules::default()
    };
    let audit = Audit::new(&stations, rules);
    let counts = audit
        .counts()
        .map(|count| (count.complies.met, count.complies.all, count.not_stated));
    assert_eq!(
        counts,
        [(4, 4, 0), (3, 4, 0), (3, 3, 1), (1, 2, 1), (2, 3, 1)]
    );
    let verdicts = [Some(true), Some(false), None, Some(true)];
    assert_eq!(audit.compliant(), verdicts);
    assert_eq!(audit.share(), Proportion { met: 2, all: 3 });
    assert_eq!(audit.not_stated(), 1);
    // Only the sign is asked for, and no area: the second and the third have it, and dates that do not comply.
    let sign = AuditRules {
        haves: [true, false, false],
        ..AuditRules::default()
    };
    let sign = Audit::new(&stations, sign);
    let counts = sign
        .counts()
        .map(|count| (count.complies.met, count.complies.all));
    assert_eq!(counts, [(4, 4), (0, 0), (0, 0), (0, 0), (2, 3)]);
    let why: Vec<String> = audit
        .failures()
        .iter()
        .map(|failure| failure.why.to_string())
        .collect();
    let expected = [
        "lacking",
        "not stated",
        "799.5 m², at least 800 m² are asked for",
        "closed on 2019-01-01, opened on 2020-01-01",
        "not stated",
        "not stated",
    ];
    assert_eq!(why, expected);
    assert!(
        audit
            .failures()
            .iter()
            .all(|failure| is_chinese(&failure.why.zh()))
    );
}

#[test]
fn what_a_register_has_no_column_for_is_not_stated_and_held_against_nobody() {
    let silent = [station("甲"), station("乙")];
    let audit = Audit::new(&silent, AuditRules::default());
    assert_eq!(audit.compliant(), [None, None]);
    assert_eq!(audit.share(), Proportion::default());
    assert!(audit.counts().iter().all(|count| !count.is_stated()));
    // Openings alone are stated, of one of the two: the three haves are asked of nobody.
    let dated = RegisteredStation {
        opened: Some(day("2020")),
        ..station("丙")
    };
    let audit = Audit::new(&[dated, station("丁")], AuditRules::default());
    assert_eq!(audit.compliant(), [Some(true), None]);
    let links = ParentLinks::new(&silent);
    assert_eq!(links.faults(), []);
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(text in "\\PC{0,14}", code in "[0-9１.eE+' ]{0,14}") {
        let _ = (Date::first_of(&text), Date::last_of(&code), Tier::read(&text));
        let communities = [Community { code: code.clone(), name: text.clone(), ..Community::default() }];
        let stations = [coded(&text, &code), station(&code)];
        let register = Register::new(&communities, &stations);
        let has = &register.has(Tier::Community, None)[0];
        prop_assert!(has.stations.len() + has.to_review.len() <= 2);
        prop_assert_eq!(Sites::new(&register).place_of().len(), 2);
    }

    #[test]
    fn links_end_at_the_top(parents in prop::collection::vec(prop::option::of(0usize..12), 12), tiers in prop::collection::vec(0usize..3, 12)) {
        let stations: Vec<RegisteredStation> = parents.iter().zip(&tiers).enumerate().map(|(index, (parent, tier))| RegisteredStation {
            parent: parent.map(|parent| parent.to_string()),
            ..RegisteredStation::new(index.to_string(), "", Tier::ALL[*tier])
        }).collect();
        let links = ParentLinks::new(&stations);
        for index in 0..12u32 {
            // A cycle is what leads back within as many steps as there are stations.
            let mut at = index as usize;
            let returns = (0..12).any(|_| {
                at = parents[at].unwrap_or(at);
                parents[index as usize].is_some() && at == index as usize
            });
            let fault = links.faults().iter().find(|(station, _)| *station == index).map(|(_, fault)| fault);
            prop_assert_eq!(fault == Some(&LinkFault::Cycle), returns);
            let chain = links.chain(index);
            prop_assert!(chain.windows(2).all(|pair| stations[pair[1] as usize].tier < stations[pair[0] as usize].tier));
        }
    }
}

#[test]
fn a_parent_with_decimals_is_the_station_of_that_number() {
    let under = |id: &str, tier, parent: &str| RegisteredStation {
        parent: Some(parent.into()),
        ..RegisteredStation::new(id, id, tier)
    };
    let stations = [
        RegisteredStation::new("1", "street", Tier::Street),
        under("2", Tier::Community, "1.0"),
        under("3", Tier::Community, "1.5"),
    ];
    let links = ParentLinks::new(&stations);
    assert_eq!(links.chain(1), [1, 0]);
    assert_eq!(links.faults(), [(2, LinkFault::NotFound("1.5".to_owned()))]);
}
