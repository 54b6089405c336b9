//! Small sources, with what is in them counted by hand.

use crate::circles::Circle;
use crate::error::Error;
use crate::functions::percentile;
use crate::held::Held;
use crate::house::{House, Measure};
use crate::module::Kind;
use crate::print;
use crate::sources::Sources;

fn house(files: &[(&str, &str)]) -> House {
    House::new(&sources(files)).unwrap()
}

fn sources(files: &[(&str, &str)]) -> Sources {
    files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect()
}

/// Name and lines of code of each function.
fn lengths(house: &House) -> Vec<(&str, usize)> {
    let functions = house.tree.functions.iter();
    functions
        .map(|function| (function.name.as_str(), house.tree.length(function)))
        .collect()
}

fn value(house: &House, name: &str) -> usize {
    let measures = house.measures(&house.circles());
    measures
        .iter()
        .find(|measure| measure.name == name)
        .unwrap()
        .value
}

fn files<'a>(circles: &[Circle<'a>]) -> Vec<Vec<&'a str>> {
    circles.iter().map(|circle| circle.files.clone()).collect()
}

#[test]
fn lines_of_a_function_hold_code_and_no_words_about_it() {
    let text = r#"
/// Documentation is none,
#[must_use] // nor are attributes
pub fn long(
    a: u8, // 2, of 1 to 6; this comment is beside code

    #[expect(unused)]
    b: u8,
) -> &'static str {
    // A comment alone,
    /* and one
       of two lines. */
    #[rustfmt::skip]
    let text = "one
two";
    text
}

trait Asked { fn declared(); fn given() { } }
impl Asked for u8 { fn declared() { let closure = |x: (u8, u8)| x; } }
"#;
    // long: `pub fn long(`, `a`, `b`, `) ->`, the text's two lines, `text`, `}`.
    let expected = [("long", 8), ("given", 1), ("declared", 1)];
    assert_eq!(lengths(&house(&[("lib.rs", text)])), expected);
}

#[test]
fn a_percentile_is_a_length_that_some_function_has() {
    let ten = [1, 2, 3, 4, 5, 6, 7, 8, 9, 100];
    assert_eq!(
        [50, 90, 100].map(|percent| percentile(&ten, percent)),
        [5, 9, 100]
    );
    assert_eq!(percentile(&[7, 8, 9], 50), 8);
    assert_eq!(percentile(&[], 50), 0);
}

#[test]
fn tuples_of_things_are_told_from_lists_of_pairs() {
    let text = "
        fn pair(a: (u8, u8)) {}
        fn behind(a: &mut (u8, u8, u8)) {}
        fn taken_apart((a, b): Pair, c: u8) {}
        fn four(a: (u8, u8), &(b, _, _, c): &Four) {}
        fn list(a: &[(u8, u8)], b: Vec<(u8, u8)>, c: impl Fn((u8, u8))) {}
        fn nothing(a: (), b: (u8,)) -> (u8, u8) {}
        fn inner() { fn pair_within(a: (u8, u8)) {} }
        struct S;
        impl S { fn method(&self, a: (u8, u8)) {} }
        impl From<(u8, u8, u8)> for S { fn from(a: (u8, u8, u8)) -> S { S } }
        trait T { fn declared(a: (u8, u8)); }
    ";
    let house = house(&[("lib.rs", text)]);
    let tuples: Vec<(&str, usize)> = house
        .with_tuples(2)
        .iter()
        .map(|function| (function.name.as_str(), function.tuple))
        .collect();
    let expected = [
        ("pair", 2),
        ("behind", 3),
        ("taken_apart", 2),
        ("four", 4),
        ("pair_within", 2),
        ("method", 2),
        ("from", 3),
    ];
    assert_eq!(tuples, expected);
    // All but `declared`, which has no body.
    assert_eq!(house.tree.functions.len(), 10);
    assert_eq!(
        [value(&house, "tuples"), value(&house, "large-tuples")],
        [7, 3]
    );
}

#[test]
fn what_is_for_tests_is_left_out() {
    let text = r#"
        mod kept;
        #[cfg(test)]
        mod tests { fn in_tests() {} }
        #[cfg(all(test, feature = "x"))]
        #[path = "../elsewhere.rs"]
        mod elsewhere;
        mod kept_tests;
        #[cfg(test)]
        fn helper() {}
        #[cfg(any(feature = "x", test))]
        fn of_a_feature() {}
        #[cfg(not(test))]
        fn not_in_tests() {}
        struct S;
        impl S {
            #[cfg(test)]
            fn helping_method() {
            }
            fn method() {}
        }
    "#;
    let house = house(&[
        ("lib.rs", text),
        ("kept.rs", "fn kept() {}"),
        ("kept_tests.rs", "fn test() {}"),
    ]);
    let names: Vec<&str> = lengths(&house).iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["of_a_feature", "not_in_tests", "method", "kept"]);
    // `mod kept`, `mod kept_tests`, two functions, `struct`, `impl`, `method`, `}`.
    assert_eq!(house.tree.files[0].lines.count(), 8);
    let found: Vec<&str> = house
        .tree
        .files
        .iter()
        .map(|file| file.name.as_str())
        .collect();
    assert_eq!(found, ["lib.rs", "kept.rs"]);
}

#[test]
fn a_circle_runs_through_the_front_door_of_its_room() {
    let house = house(&[
        ("lib.rs", "pub mod room;"),
        (
            "room/mod.rs",
            "mod a;\nmod b;\npub use a::A;\npub use b::{B, help};",
        ),
        ("room/a.rs", "use super::B;\n\npub struct A(B);"),
        (
            "room/b.rs",
            "pub struct B;\npub fn help() { crate::room::A::new() }",
        ),
    ]);
    let circles = house.circles();
    assert_eq!(files(&circles), [["room/a.rs", "room/b.rs"]]);
    let example: Vec<(&str, &str, usize)> = circles[0]
        .example
        .iter()
        .map(|arrow| (arrow.from, arrow.to, arrow.reason.line))
        .collect();
    assert_eq!(
        example,
        [("room/a.rs", "room/b.rs", 1), ("room/b.rs", "room/a.rs", 2)]
    );
    assert_eq!(
        [value(&house, "circles"), value(&house, "files-in-circles")],
        [1, 2]
    );
}

#[test]
fn a_room_that_only_shows_its_files_does_not_need_them() {
    let shows = "mod a;\npub use a::A;\npub struct Shared;";
    let uses = format!("{shows}\nfn make() -> A {{ a::make() }}");
    for (room, expected) in [(shows, 0), (&uses, 1)] {
        let house = house(&[
            ("lib.rs", "mod room;"),
            ("room.rs", room),
            (
                "room/a.rs",
                "use super::Shared;\npub struct A(Shared);\npub fn make() -> A { A(Shared) }",
            ),
        ]);
        assert_eq!(house.circles().len(), expected);
    }
}

#[test]
fn three_files_in_a_row_are_a_circle_only_if_it_closes() {
    let last = ["fn c() {}", "fn c() { assert!(super::a::A::is() > 0) }"];
    for (c, expected) in last.into_iter().zip([0, 3]) {
        let house = house(&[
            ("main.rs", "mod room;"),
            ("room/mod.rs", "mod a;\nmod b;\nmod c;"),
            (
                "room/a.rs",
                "use super::b;\npub struct A;\nfn a() { b::b() }",
            ),
            (
                "room/b.rs",
                "use super::c::{self, *};\npub fn b() { c::c() }",
            ),
            ("room/c.rs", c),
        ]);
        assert_eq!(value(&house, "files-in-circles"), expected, "{c}");
    }
}

#[test]
fn circles_of_rooms_are_another_tests_matter() {
    let house = house(&[
        ("lib.rs", "mod a;\nmod b;"),
        ("a.rs", "use crate::b::B;\npub struct A(B);"),
        ("b.rs", "use crate::a::A;\npub struct B(A);"),
    ]);
    assert_eq!(house.circles(), []);
}

#[test]
fn public_items_are_those_that_a_user_can_name() {
    let room = "
        mod hidden;
        pub use hidden::{Shown, free as renamed, MadeByMacro};
        pub use hidden::deep::*;
        pub(crate) use hidden::Inner;
        pub type Alias = u8;
        pub const ONE: u8 = 1;
        pub enum Kind { A, B }
        pub(crate) struct OfTheCrate;
        struct Private;
        impl Private { pub fn unreachable() {} }
        pub trait Asked { fn asked(); }
        impl Asked for Kind { fn asked() {} }
    ";
    let hidden = "
        pub mod deep;
        pub struct Shown;
        pub struct Inner;
        pub fn free() {}
        make!(MadeByMacro);
        impl Shown { pub fn method(&self) {} fn own() {} pub(crate) fn of_the_crate() {} pub const C: u8 = 1; }
        impl super::Kind { pub fn from_below() {} }
    ";
    let house = house(&[
        (
            "lib.rs",
            "pub mod room;\nmod private;\npub use room::Shown;\n#[cfg(test)] pub fn test() {}",
        ),
        ("private.rs", "pub struct Unreachable;"),
        ("room/mod.rs", room),
        ("room/hidden.rs", hidden),
        ("room/hidden/deep.rs", "pub fn deep() {}"),
        ("bin/tool.rs", "pub struct OfTheProgram;"),
    ]);
    let expected = [
        (None, 1),                 // MadeByMacro
        (Some(Kind::Function), 4), // free, deep, Shown::method, Kind::from_below
        (Some(Kind::Struct), 1),   // Shown, once for two paths
        (Some(Kind::Enum), 1),     // Kind
        (Some(Kind::Trait), 1),    // Asked
        (Some(Kind::Const), 2),    // ONE, Shown::C
        (Some(Kind::Type), 1),     // Alias
    ];
    assert_eq!(house.interface.items(), expected.into_iter().collect());
    assert_eq!(
        [
            value(&house, "public-items"),
            value(&house, "public-modules")
        ],
        [11, 1]
    );
    // lib.rs, private.rs, room, bin.
    assert_eq!(value(&house, "entries"), 4);
}

#[test]
fn a_file_is_long_by_its_code() {
    let of = |lines: usize| "// words\n\nconst A: u8 = 1;\n".repeat(lines);
    let house = house(&[
        ("lib.rs", "mod a;\nmod b;"),
        ("a.rs", &of(500)),
        ("b.rs", &of(501)),
    ]);
    assert_eq!(house.long_files().collect::<Vec<_>>(), [("b.rs", 501)]);
}

#[test]
fn a_file_that_is_not_there_or_no_rust_is_an_error() {
    let fails = |files: &[(&str, &str)]| House::new(&sources(files)).unwrap_err().to_string();
    assert_eq!(
        fails(&[("lib.rs", "mod a;")]),
        "src/lib.rs declares `mod a`, and there is no file of it"
    );
    assert!(fails(&[("lib.rs", "fn a() {}\nfn {}")]).starts_with("src/lib.rs:2: "));
    assert!(fails(&[("lib.rs", "\nfn a( {}")]).starts_with("src/lib.rs:2: "));
    assert_eq!(
        fails(&[("other.rs", "")]),
        "src has neither lib.rs nor main.rs"
    );
}

fn measure(name: &'static str, value: usize) -> Measure {
    Measure {
        name,
        what: name,
        value,
        of: None,
        aim: None,
    }
}

#[test]
fn only_a_larger_number_is_worse() {
    let measures = [
        measure("circles", 3),
        measure("tuples", 3),
        measure("entries", 3),
    ];
    let held = Held::new("# words\n\ncircles 3\ntuples 2\nentries 4\n", &measures).unwrap();
    let worse = print::worse(&measures, &held);
    assert_eq!(worse.lines().next(), Some("worse: tuples is 3, and was 2"));
    assert_eq!(worse.lines().count(), 2, "{worse}");
    let better = print::better(&measures, &held);
    assert_eq!(better, "better: write `entries 3` into house/held.txt\n");
}

#[test]
fn every_number_is_held_and_every_held_number_is_counted() {
    let measures = [measure("circles", 3), measure("tuples", 4)];
    let missing = Held::new("circles 3", &measures).unwrap_err();
    assert!(matches!(
        missing,
        Error::NotHeld {
            name: "tuples",
            value: 4
        }
    ));
    for wrong in [
        "circles 3\nrings 1",
        "circles 3\ntuples four",
        "circles 3\ntuples",
    ] {
        let wrong = Held::new(wrong, &measures).unwrap_err();
        assert!(matches!(wrong, Error::HeldLine { line: 2, .. }), "{wrong}");
    }
}

#[test]
fn the_table_says_whether_each_aim_is_met() {
    let house = house(&[("lib.rs", "fn a() {}\nfn b(c: (u8, u8)) {}")]);
    let measures = house.measures(&house.circles());
    let held: Vec<String> = measures
        .iter()
        .map(|measure| format!("{} 7", measure.name))
        .collect();
    let held = Held::new(&held.join("\n"), &measures).unwrap();
    let table = print::table(&measures, &held);
    let words: Vec<Vec<&str>> = table
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert!(
        words[1].ends_with(&["median", "1", "6", "yes", "7"]),
        "{table}"
    );
    assert!(
        words[4].ends_with(&["1", "(50.0", "%)", "0.3", "%", "no", "7"]),
        "{table}"
    );
    let widths: Vec<usize> = table.lines().map(str::len).collect();
    assert!(widths.iter().all(|width| *width == widths[0]), "{table}");
}
