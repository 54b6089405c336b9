use super::*;
use crate::text::language::{InLanguage, is_chinese};

/// Lines 1-4 of every file here; the clause begins on line 5.
const HEAD: &str =
    "name = 'Ours'\nsource = 'page 1'\n[[facility]]\nkey = 'clinic'\nname = 'clinic'\n";

/// Lines of a good clause from line 6 on, of which one can be replaced.
const CLAUSE_LINES: [&str; 9] = [
    "[[clause]]",
    "number = '1'",
    "meaning = { en = 'near', zh = '近' }",
    "measure = 'network'",
    "metres = 800",
    "minutes = 12",
    "decides = 'metres'",
    "source = 'page 2'",
    "checked = true",
];

fn with_line(line: usize, text: &str) -> String {
    let mut lines = CLAUSE_LINES;
    lines[line - 6] = text;
    format!("{HEAD}{}\n", lines.join("\n"))
}

fn read(text: &str) -> Result<Standard, StandardError> {
    standard("mine.toml", text)
}

#[track_caller]
fn refused(text: &str, expected: &str) {
    let error = read(text).expect_err(text);
    assert_eq!(error.to_string(), format!("mine.toml: {expected}"));
    assert!(is_chinese(&error.zh()), "{}", error.zh());
}

#[test]
fn the_standards_that_ship_are_read_and_are_called_as_their_files() {
    for name in Standard::NAMES {
        let text = Standard::text(name).expect("it ships");
        let read = standard(name, text).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(read.id, name);
        assert_eq!(Standard::named(name), Some(read));
    }
}

/// By hand from the list of what was read and what was not.
#[test]
fn the_numbers_of_gb50180_are_those_of_the_list() {
    let standard = Standard::named("gb50180-2018").expect("it ships");
    let find = |number: &str| {
        let mut clauses = standard.clauses.iter();
        let clause = clauses.find(|clause| clause.number == number);
        clause.unwrap_or_else(|| panic!("{number}"))
    };
    for (number, measure, metres, minutes, checked) in [
        ("2.0.2-800", Measure::Network, 800.0, Some(15.0), true),
        ("2.0.2-1000", Measure::Network, 1000.0, Some(15.0), true),
        ("circle-10", Measure::Network, 500.0, Some(10.0), true),
        ("circle-5", Measure::Network, 300.0, Some(5.0), true),
        ("C-junior-school", Measure::Straight, 1000.0, None, false),
        ("C-primary-school", Measure::Straight, 500.0, None, true),
        ("C-kindergarten", Measure::Straight, 300.0, None, true),
        ("C-health-centre", Measure::Straight, 1000.0, None, false),
        ("C-service-centre", Measure::Straight, 1000.0, None, false),
        (
            "C-sub-district-office",
            Measure::Straight,
            1000.0,
            None,
            false,
        ),
        ("C-culture-centre", Measure::Straight, 1000.0, None, false),
        ("C-market", Measure::Straight, 500.0, None, false),
        (
            "C-community-service-station",
            Measure::Straight,
            300.0,
            None,
            false,
        ),
        ("C-elderly-day-care", Measure::Straight, 300.0, None, false),
        ("C-health-station", Measure::Straight, 300.0, None, false),
        ("C-bus-stop", Measure::Straight, 500.0, None, false),
        ("B-15-bank", Measure::Network, 1000.0, Some(15.0), false),
        ("B-10-market", Measure::Network, 500.0, Some(10.0), false),
        ("B-5-nursery", Measure::Network, 300.0, Some(5.0), false),
    ] {
        let clause = find(number);
        assert_eq!(clause.measure, measure, "{number}");
        assert_eq!(clause.metres.map(Cutoff::value), Some(metres), "{number}");
        assert_eq!(clause.minutes.map(Cutoff::value), minutes, "{number}");
        assert_eq!(clause.decides, By::Metres, "{number}");
        assert_eq!(clause.is_checked, checked, "{number}");
        assert_eq!(clause.target, None, "{number}");
    }
    // 4 circles, 12 radii, and lists of 13, 4 and 10.
    assert_eq!(standard.clauses.len(), 4 + 12 + 13 + 4 + 10);
}

#[test]
fn the_other_standards_have_the_minutes_and_targets_of_the_list() {
    let of = |name: &str| {
        let standard = Standard::named(name).expect("it ships");
        let clauses = standard.clauses.iter();
        let rows = clauses.map(|clause| {
            let deciding = clause.deciding().map(Cutoff::label);
            let target = clause.target.map(|target| target.to_string());
            format!(
                "{} {} {}",
                clause.number,
                deciding.unwrap_or_default(),
                target.unwrap_or_default()
            )
        });
        rows.map(|row| row.trim_end().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        of("td-t-1063-2021"),
        [
            "health-15 15",
            "middle-school-15 15",
            "culture-15 15",
            "sports-15 15",
            "primary-school-10 10",
            "market-10 10",
            "park-5 5",
            "elderly-care-5 5",
            "residential-land-1000 1000m",
        ]
    );
    assert_eq!(
        of("td-t-1062-2021"),
        ["layer-15 15", "layer-5-10-outer 10", "layer-5-10-inner 5"]
    );
    assert_eq!(
        of("shanghai-2016"),
        [
            "2025 15 85.00",
            "2035 15 99.00",
            "draft-2024-800 800m",
            "draft-2024-1000 1000m",
        ]
    );
    assert_eq!(
        of("mofcom-quarter-hour"),
        [
            "5-convenience-shop 5",
            "8-food 8",
            "8-pharmacy 8",
            "8-market 8",
            "15-supermarket 15",
            "15-general-services 15",
        ]
    );
    assert_eq!(
        of("party-centre-tiers"),
        ["street 15", "community 10", "grid 5"]
    );
    let party = Standard::named("party-centre-tiers").expect("it ships");
    let keys: Vec<&str> = party
        .services
        .iter()
        .map(|term| term.key.as_str())
        .collect();
    assert_eq!(
        keys,
        [
            "one-stop-hall",
            "deliberation-hall",
            "consultation-room",
            "reading-room",
            "recreation-room",
            "mediation-room",
        ]
    );
    let metres = party
        .clauses
        .iter()
        .map(|clause| clause.metres.map(Cutoff::value));
    assert_eq!(
        metres.collect::<Vec<_>>(),
        [Some(1000.0), Some(500.0), Some(300.0)]
    );
    let caution = party.caution(&party.clauses[0]).expect("it is unchecked");
    assert_eq!(
        caution.to_string(),
        "unchecked: common practice, not a norm"
    );
}

/// Two terms of a standard that share a word would make a station two things by accident; where that is meant, it is here.
#[test]
fn no_two_terms_of_a_kind_share_a_word() {
    for name in Standard::NAMES {
        let standard = Standard::named(name).expect("it ships");
        for terms in [&standard.tiers, &standard.facilities, &standard.services] {
            for term in terms {
                let others = terms.iter().filter(|other| other.key != term.key);
                for other in others {
                    for word in std::iter::once(&other.key).chain(&other.words) {
                        assert!(!term.matches(word), "{name}: {word} is {} too", term.key);
                    }
                }
            }
        }
    }
}

#[test]
fn a_file_of_ones_own_has_the_form_of_those_that_ship() {
    let standard = read(&with_line(6, "[[clause]]\nfacility = 'clinic'")).expect("a good file");
    assert_eq!((standard.id.as_str(), standard.is_norm), ("mine", true));
    let clause = &standard.clauses[0];
    assert_eq!(clause.meaning, Words::new("near", "近"));
    assert_eq!(clause.deciding(), Cutoff::metres(800.0).ok());
    assert_eq!(clause.limit(By::Minutes), Cutoff::minutes(12.0).ok());
    assert_eq!(standard.caution(clause), None);
    assert!(clause.serves(Some("any tier"), &["Clinic"]) && !clause.serves(None, &[]));
}

#[test]
fn with_one_limit_that_one_decides() {
    let metres = with_line(11, "").replace("decides = 'metres'\n", "");
    let standard = read(&metres).expect("metres alone");
    assert_eq!(standard.clauses[0].decides, By::Metres);
    let minutes = with_line(10, "").replace("decides = 'metres'\n", "");
    let standard = read(&minutes).expect("minutes alone");
    assert_eq!(standard.clauses[0].decides, By::Minutes);
}

#[test]
fn a_wrong_field_is_refused_with_its_line_and_those_that_are_right() {
    refused(
        &with_line(10, "metre = 800"),
        "line 10: clause 1: metre: there is no such field here; the fields are number, facility, tier, meaning, measure, metres, minutes, decides, target, source, checked",
    );
    refused(
        &format!("titel = 'x'\n{}", with_line(6, "[[clause]]")),
        "line 1: titel: there is no such field here; the fields are id, name, edition, source, norm, note, tier, facility, service, audit, clause",
    );
    refused(
        &with_line(8, "meaning = { en = 'near', de = 'nah' }"),
        "line 8: clause 1: meaning: de: there is no such field here; the fields are en, zh",
    );
    refused(
        &with_line(8, "meaning = { en = 'near' }"),
        "line 8: clause 1: meaning: zh: is missing",
    );
    let term = HEAD.replace("key = 'clinic'", "key = 'clinic'\nlabel = 'x'");
    refused(
        &term,
        "line 5: facility clinic: label: there is no such field here; the fields are key, name, words, note",
    );
}

#[test]
fn a_wrong_type_is_refused_with_what_it_should_be() {
    for (line, text, expected) in [
        (
            7,
            "number = 2.0",
            "number: takes a text in quotes, and this is a TOML float",
        ),
        (
            8,
            "meaning = 3",
            "meaning: takes a text in quotes, or { en = \"…\", zh = \"…\" }, and this is a TOML integer",
        ),
        (
            9,
            "measure = true",
            "measure: takes a text in quotes, and this is a TOML boolean",
        ),
        (
            10,
            "metres = '800'",
            "metres: takes a decimal number, and this is a TOML string",
        ),
        (
            11,
            "minutes = 0x0F",
            "minutes: takes a decimal number, and this is a TOML integer",
        ),
        (13, "source = ' '", "source: is empty"),
        (
            14,
            "checked = 'yes'",
            "checked: takes true / false, and this is a TOML string",
        ),
    ] {
        // A clause is called by its number only where that is a text.
        let clause = if line == 7 {
            "the clause no. 1"
        } else {
            "clause 1"
        };
        refused(
            &with_line(line, text),
            &format!("line {line}: {clause}: {expected}"),
        );
    }
    let words = HEAD.replace("name = 'clinic'", "name = 'clinic'\nwords = ['a', 1]");
    refused(
        &words,
        "line 6: facility clinic: words: takes a text in quotes, and this is a TOML integer",
    );
    refused(
        "name = 'x'\nsource = 'y'\nclause = 3",
        "line 3: clause: takes tables [[clause]], and this is a TOML integer",
    );
}

#[test]
fn a_clause_needs_a_limit_and_what_decides_has_to_be_there() {
    let none = with_line(10, "").replace("minutes = 12\n", "");
    refused(
        &none,
        "line 6: clause 1: metres: needs metres, minutes, or both",
    );
    refused(
        &with_line(10, ""),
        "line 12: clause 1: decides: metres decide and are not given; give metres, or let the other decide",
    );
    refused(
        &with_line(11, "").replace("'metres'", "'minutes'"),
        "line 12: clause 1: decides: minutes decide and are not given; give minutes, or let the other decide",
    );
    refused(
        &with_line(12, ""),
        "line 6: clause 1: decides: is missing; with both metres and minutes say which decides",
    );
    refused(
        &with_line(9, "measure = 'straight'").replace("'metres'", "'minutes'"),
        "line 12: clause 1: decides: a straight line has no minutes; let metres decide, or use measure = \"network\"",
    );
}

#[test]
fn numbers_that_cannot_be_are_refused() {
    for (text, field) in [
        (
            "metres = -800",
            "metres: a cutoff of -800 metres cannot be used; it has to be more than 0 and at most 200000",
        ),
        (
            "metres = 0",
            "metres: a cutoff of 0 metres cannot be used; it has to be more than 0 and at most 200000",
        ),
        (
            "metres = inf",
            "metres: a cutoff of inf metres cannot be used; it has to be more than 0 and at most 200000",
        ),
        (
            "metres = 1_000_000",
            "metres: a cutoff of 1000000 metres cannot be used; it has to be more than 0 and at most 200000",
        ),
    ] {
        refused(&with_line(10, text), &format!("line 10: clause 1: {field}"));
    }
    for target in ["85", "-0.5", "0", "0.85001", "8.5e-1"] {
        refused(
            &with_line(14, &format!("checked = true\ntarget = {target}")),
            &format!(
                "line 15: clause 1: target: {target} is not a share; write 0.85 for 85 %, above 0 and up to 1, with at most four decimals"
            ),
        );
    }
}

/// The clause ends on line 14, so that the table begins on line 15.
fn with_audit(lines: &str) -> String {
    format!("{}[audit]\n{lines}\n", with_line(6, "[[clause]]"))
}

const CHECKED: &str = "source = 'page 3'\nchecked = false";

#[test]
fn an_audit_asks_each_tier_for_its_area_and_for_the_haves_of_its_list() {
    let audit = |lines: &str| {
        let standard = read(&with_audit(&format!("{lines}\n{CHECKED}"))).expect(lines);
        let caution = standard.audit_caution().map(|words| words.to_string());
        assert_eq!(
            caution.as_deref(),
            Some("unchecked: check the printed standard")
        );
        let audit = standard.audit.expect("an audit");
        (
            audit.min_floor_area.map(|area| area.map(FloorArea::m2)),
            audit.haves,
        )
    };
    let all = [true; 3];
    assert_eq!(audit(""), ([None; 3], all));
    assert_eq!(audit("min_floor_area_m2 = 50.5"), ([Some(50.5); 3], all));
    assert_eq!(
        audit(
            "min_floor_area_m2 = { community = 800, street = 1_200 }\nhaves = ['facilities', 'sign']"
        ),
        ([Some(1200.0), Some(800.0), None], [true, false, true])
    );
    assert_eq!(audit("haves = []"), ([None; 3], [false; 3]));
    let none = read(&with_line(6, "[[clause]]")).expect("no audit");
    assert_eq!((&none.audit, none.audit_caution()), (&None, None));
    let checked = read(&with_audit("source = 'x'\nchecked = true")).expect("checked");
    assert_eq!(checked.audit_caution(), None);
}

#[test]
fn a_wrong_audit_is_refused_with_its_line_and_field() {
    for (lines, expected) in [
        (
            "min_floor_area_m2 = 0",
            "line 16: audit: min_floor_area_m2: 0 is not a floor area; write 800 for 800 m², above 0 and up to 1000000, with at most two decimals",
        ),
        (
            "min_floor_area_m2 = '800'",
            "line 16: audit: min_floor_area_m2: takes a decimal number, and this is a TOML string",
        ),
        (
            "haves = []\nmin_floor_area_m2 = { grid = -5 }",
            "line 17: audit: min_floor_area_m2: grid: -5 is not a floor area; write 800 for 800 m², above 0 and up to 1000000, with at most two decimals",
        ),
        (
            "min_floor_area_m2 = { village = 5 }",
            "line 16: audit: min_floor_area_m2: village: there is no such field here; the fields are street, community, grid",
        ),
        (
            "haves = ['sign', 'flag']",
            "line 16: audit: haves: \"flag\" cannot stand here; use sign, rules, facilities",
        ),
        (
            "haves = 'sign'",
            "line 16: audit: haves: takes a list of texts in quotes, and this is a TOML string",
        ),
        (
            "floor_area = 5",
            "line 16: audit: floor_area: there is no such field here; the fields are min_floor_area_m2, haves, source, checked",
        ),
    ] {
        refused(&with_audit(&format!("{lines}\n{CHECKED}")), expected);
    }
    refused(
        &with_audit("checked = true"),
        "line 15: audit: source: is missing",
    );
    refused(
        &with_audit("source = 'x'"),
        "line 15: audit: checked: is missing",
    );
    refused(
        &format!("audit = 3\n{}", with_line(6, "[[clause]]")),
        "line 1: audit: takes a table [audit], and this is a TOML integer",
    );
}

/// Of the shipped ones only Shanghai's draft of 2024 has floor areas, which were read in a source.
#[test]
fn only_a_figure_that_was_read_is_asked_for_by_a_standard_that_ships() {
    for name in Standard::NAMES {
        let standard = Standard::named(name).expect("it ships");
        let audit = standard.audit.map(|audit| {
            (
                audit.min_floor_area.map(|area| area.map(FloorArea::m2)),
                audit.haves,
                audit.is_checked,
            )
        });
        let expected = (name == "shanghai-2016").then_some((
            [Some(800.0), Some(50.0), None],
            [false; 3],
            true,
        ));
        assert_eq!(audit, expected, "{name}");
    }
}

#[test]
fn words_that_are_none_are_refused_with_those_that_are() {
    refused(
        &with_line(9, "measure = 'crow'"),
        "line 9: clause 1: measure: \"crow\" cannot stand here; use straight, network",
    );
    refused(
        &with_line(12, "decides = 'seconds'"),
        "line 12: clause 1: decides: \"seconds\" cannot stand here; use metres, minutes",
    );
    refused(
        &with_line(7, "number = '1'\nfacility = 'bank'"),
        "line 8: clause 1: facility: \"bank\" is not declared in this file; add a [[facility]] with this key",
    );
    refused(
        &with_line(7, "number = '1'\ntier = 'street'"),
        "line 8: clause 1: tier: \"street\" is not declared in this file; add a [[tier]] with this key",
    );
}

#[test]
fn what_stands_twice_is_refused_with_both_lines() {
    let text = with_line(6, "[[clause]]");
    let twice = format!("{text}{}", CLAUSE_LINES.join("\n"));
    refused(
        &twice,
        "line 16: clause 1: number: \"1\" stands on line 7 already; each has its own",
    );
    let terms = format!("{HEAD}[[facility]]\nkey = 'clinic'\nname = 'x'\n");
    refused(
        &terms,
        "line 7: facility clinic: key: \"clinic\" stands on line 4 already; each has its own",
    );
}

#[test]
fn what_is_missing_is_named_where_it_should_stand() {
    for (line, field) in [
        (7, "number"),
        (8, "meaning"),
        (9, "measure"),
        (13, "source"),
        (14, "checked"),
    ] {
        let clause = if line == 7 {
            "the clause no. 1"
        } else {
            "clause 1"
        };
        refused(
            &with_line(line, ""),
            &format!("line 6: {clause}: {field}: is missing"),
        );
    }
    refused(HEAD, "line 1: [[clause]]: is missing");
    refused("", "line 1: [[clause]]: is missing");
    let nameless = with_line(6, "[[clause]]").replace("name = 'Ours'", "");
    refused(&nameless, "line 1: name: is missing");
}

#[test]
fn what_is_no_toml_is_refused_with_its_line() {
    for (text, line) in [
        ("name = \n", 1),
        ("name = 'a'\nname = 'b'\n", 2),
        ("name = 'a'\n[[clause\n", 2),
    ] {
        let error = read(text).expect_err(text).to_string();
        assert!(
            error.starts_with(&format!("mine.toml: line {line}: TOML: ")),
            "{error}"
        );
    }
}
