//! README and guide do as they say: every command in them runs, prints what they show, and every link leads somewhere.

#[cfg(unix)]
mod commands;
mod links;
mod outputs;
mod page;

use std::collections::BTreeSet;

use page::Page;

use crate::support::project;

/// Bytes of a README that is read to its end.
const README_MOST: usize = 7_000;

#[test]
fn the_readme_is_short() {
    let bytes = Page::open("README.md").text.len();
    assert!(bytes <= README_MOST, "{bytes} bytes");
}

#[cfg(unix)]
#[test]
fn every_command_of_the_readme_runs_and_prints_what_it_shows() {
    let pages = Page::for_users();
    let ran = commands::run(&pages[0], &commands::files(&pages));
    assert!(ran.is_ok(), "{}", ran.unwrap_err().join("\n\n"));
}

#[cfg(unix)]
#[test]
fn every_command_of_the_guide_runs_and_prints_what_it_shows() {
    let pages = Page::for_users();
    let files = commands::files(&pages);
    let guide = pages[1..].iter();
    let faults: Vec<String> = guide
        .filter_map(|page| commands::run(page, &files).err())
        .flatten()
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[cfg(unix)]
#[test]
fn the_commands_that_are_not_run_are_those_that_fetch_build_or_install() {
    let pages = Page::for_users();
    let blocks = pages.iter().flat_map(|page| &page.blocks);
    let found: BTreeSet<String> = blocks
        .filter(|block| block.language == "sh")
        .flat_map(commands::commands)
        .filter(|command| !command.is_run())
        .map(|command| command.text)
        .collect();
    let known = commands::NOT_RUN.map(|(text, _)| text.to_owned());
    assert_eq!(found, BTreeSet::from(known));
}

#[test]
fn every_block_says_what_it_is_in() {
    for page in Page::for_users() {
        for block in &page.blocks {
            let known = ["sh", "text", "rust", "rust,no_run", "toml", "csv", "json"];
            let place = format!("{}:{}", page.path, block.line);
            assert!(
                known.contains(&block.language.as_str()),
                "{place}: {block:?}"
            );
        }
    }
}

#[test]
fn every_link_leads_to_a_page_a_heading_or_a_file() {
    let pages = Page::all();
    let faults: Vec<String> = pages.iter().flat_map(links::broken).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn links_of_the_guide_stay_in_the_book() {
    for page in Page::for_users().iter().skip(1) {
        for (line, target) in page.links() {
            let leaves = target.starts_with("../") || target.starts_with('/');
            assert!(!leaves, "{}:{line}: {target}", page.path);
        }
    }
}

#[test]
fn the_contents_of_the_guide_list_every_page_once() {
    let contents = Page::open("docs/src/SUMMARY.md");
    let mut listed: Vec<&str> = contents.links().iter().map(|(_, target)| *target).collect();
    listed.sort_unstable();
    let pages = Page::for_users();
    let paths = pages
        .iter()
        .filter_map(|page| page.path.strip_prefix("docs/src/"));
    let paths: Vec<&str> = paths.filter(|path| *path != "SUMMARY.md").collect();
    assert_eq!(listed, paths);
    assert!(project().join("docs/book.toml").exists());
}

#[test]
fn files_that_pages_name_are_there() {
    let pages = Page::all();
    let faults: Vec<String> = pages.iter().flat_map(links::not_there).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn figures_beside_other_tools_are_those_of_the_benchmarks() {
    let measured = Page::open("BENCHMARKS.md");
    let readme = Page::open("README.md");
    let rows = readme.text.lines().filter(|line| line.contains(" µs |"));
    let rows: Vec<&str> = rows.collect();
    assert_eq!(rows.len(), 5);
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let engine = format!("| {}", cells[0]);
        let has = |line: &str, cell: &str| line.contains(&format!("| {cell} |"));
        let mut lines = measured
            .text
            .lines()
            .filter(|line| line.starts_with(&engine));
        let found = lines.any(|line| cells[2..5].iter().all(|cell| has(line, cell)));
        assert!(found, "{row}");
    }
}
