//! The page about files names every file that a run can write, and every column of every table.

use std::collections::BTreeMap;

use super::page::Page;
use crate::support::command::Folder;

/// What a city is asked, so that every file is written.
const EVERYTHING: &str = "coverage --network model/district.osm.pbf --stations model/centres.csv --residents model/residents.csv \
    --areas model/areas.geojson --compounds model/compounds.geojson --gates model/gates.geojson --minutes 5,10 --metres 500 \
    --standard party-centre-tiers --all-stations model/stations.csv --communities model/communities.csv --services all \
    --as-of 2024-02-26 --group children:child --demand workers=model/residents.csv --sensitivity --table \
    --supply 2sfca,e2sfca,3sfca --stations-columns capacity=floor_area_m2 --quiet --out out";

/// The sections of a page, by the headings that begin them.
fn sections(page: &Page) -> BTreeMap<&str, String> {
    let mut sections: BTreeMap<&str, String> = BTreeMap::new();
    let mut heading = "";
    for (_, line) in page.prose() {
        match line.strip_prefix("## ") {
            Some(name) => heading = name,
            None => sections.entry(heading).or_default().push_str(line),
        }
    }
    sections
}

/// A column with `N` in the place of a cutoff: `within_5` and `within_500m` are `within_N`.
fn of_any_cutoff(column: &str) -> String {
    let is_cutoff = |piece: &&str| {
        let number = piece.strip_suffix('m').unwrap_or(piece);
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    let piece = |piece| if is_cutoff(&piece) { "N" } else { piece };
    let pieces: Vec<&str> = column.split('_').map(piece).collect();
    pieces.join("_")
}

#[test]
fn every_file_and_every_column_has_its_place_in_the_guide() {
    let folder = Folder::new();
    for arguments in ["district --junctions 1000 --out model --quiet", EVERYTHING] {
        let arguments: Vec<&str> = arguments.split_whitespace().collect();
        let ran = folder.run(&arguments);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    }
    let page = Page::open("docs/src/outputs.md");
    let sections = sections(&page);
    let mut missing = Vec::new();
    for file in folder.list("out") {
        let Some(section) = sections.get(file.as_str()) else {
            missing.push(file);
            continue;
        };
        let text = folder.read(&format!("out/{file}"));
        let is_table = file.split('.').nth(1) == Some("csv");
        let header = text.lines().next().filter(|_| is_table);
        let columns = header.into_iter().flat_map(|header| header.split(','));
        let named = |column: &str| section.contains(&format!("`{}`", of_any_cutoff(column)));
        let ditto = |column: &&str| !named(column) && !is_said_elsewhere(&file, column);
        missing.extend(
            columns
                .filter(ditto)
                .map(|column| format!("{file}: {column}")),
        );
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

/// The columns of a group's gaps are those of all gaps, as the page says.
fn is_said_elsewhere(file: &str, column: &str) -> bool {
    file == "gaps_by_group.csv" && !column.contains("cohort")
}
