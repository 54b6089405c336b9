use super::*;
use crate::report::workbook::sheet::ColumnKind;
use crate::text::language::is_chinese;

fn table(file: &str, text: &str) -> WrittenTable {
    WrittenTable {
        file: file.to_owned(),
        text: text.to_owned(),
    }
}

#[test]
fn a_table_is_a_sheet_with_names_for_its_columns() {
    let text = "cohort,profile,population,within_5_percent,over 70_freed,own\nold,elder,1250,61.54,3,007\n";
    let sheet = sheet(&table("cohorts.csv", text), Language::Zh).expect("a table");
    let heads: Vec<&str> = sheet.columns.iter().map(|one| one.head.as_str()).collect();
    let known = [
        "人群",
        "出行人群",
        "人口",
        "覆盖率（5分钟）",
        "over 70：恢复出行人口",
        "own",
    ];
    assert_eq!(heads, known);
    assert_eq!(sheet.name, "分人群覆盖");
    let row = &sheet.rows[0];
    assert_eq!(row[1], Cell::text("老年人"));
    assert_eq!(row[2], Cell::count(1250));
    assert_eq!(row[3], Cell::Number(0.6154, NumberFormat::Percent));
    // A code keeps its zeros.
    assert_eq!(row[5], Cell::text("007"));
    assert_eq!(sheet.columns[3].kind, ColumnKind::Share);
}

#[test]
fn what_looks_like_a_number_is_one_only_where_nothing_is_lost() {
    for (text, known) in [
        ("12", Some((12.0, 0))),
        ("-3.50", Some((-3.5, 2))),
        ("0", Some((0.0, 0))),
        ("0.25", Some((0.25, 2))),
        ("007", None),
        ("140107001001001", Some((140_107_001_001_001.0, 0))),
        ("1401070010010012", None),
        ("1e5", None),
        ("+5", None),
        (".5", None),
        ("5.", None),
        ("", None),
        ("nan", None),
        ("1,000", None),
    ] {
        assert_eq!(number(text), known, "{text}");
    }
}

#[test]
fn a_table_of_ones_own_has_a_sheet_with_a_name_that_is_allowed() {
    for (file, name) in [
        ("mine.csv", "mine"),
        ("a/b:c[d]*?.csv", "a_b_c_d___"),
        ("'quoted'.csv", "quoted"),
        (".csv", "Table"),
    ] {
        assert_eq!(sheet_name(file, Language::En), name);
        assert_eq!(TablePlace::of(file), TablePlace::Sheet);
    }
    let long = format!("{}.csv", "x".repeat(40));
    assert_eq!(sheet_name(&long, Language::En).len(), 31);
}

#[test]
fn names_of_sheets_are_allowed_and_in_the_language() {
    for known in &SHEETS {
        let [en, zh] = known.words;
        for name in known.words {
            assert!(
                name.chars().count() <= LONGEST_NAME && !name.contains(FORBIDDEN),
                "{name}"
            );
        }
        assert!(is_chinese(zh) && !is_chinese(en), "{zh}");
        assert_eq!(TablePlace::of(known.file), TablePlace::Sheet);
    }
}

#[test]
fn no_column_is_named_twice() {
    let mut keys: Vec<&str> = COLUMNS.iter().map(|column| column.key).collect();
    keys.sort_unstable();
    let all = keys.len();
    keys.dedup();
    assert_eq!(keys.len(), all);
    assert!(COLUMNS.iter().all(|column| is_chinese(column.words[1])));
}
