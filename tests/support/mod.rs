//! What several tests need: a writer of small PBF files, the command in a folder of its own, the project's data.

pub(crate) mod biff;
pub(crate) mod command;
pub(crate) mod files;
pub(crate) mod pbf;
pub(crate) mod searched;

use std::path::PathBuf;

/// The folder that cargo runs tests in, asked at run time: clones that share a target folder share test programs.
pub(crate) fn project() -> PathBuf {
    std::env::current_dir().expect("a folder to run in")
}

/// The extract that ships with the project.
pub(crate) fn liechtenstein() -> PathBuf {
    project().join("data/liechtenstein-2013-08-03.osm.pbf")
}

/// A file of the data that may not be shipped; `None`, with a line that says so, where it is absent.
pub(crate) fn shared(name: &str) -> Option<PathBuf> {
    let path = project().join("../shared/data").join(name);
    if !path.exists() {
        println!("skipped: {name} is not here");
        return None;
    }
    Some(path)
}

/// Whether a text holds Chinese characters.
pub(crate) fn is_chinese(text: &str) -> bool {
    let is_han = |letter: char| ('\u{4e00}'..='\u{9fff}').contains(&letter);
    text.chars().any(is_han)
}

/// Whether four words in a row are plain English ones, as no name, flag or command of ours is.
pub(crate) fn has_english_sentence(text: &str) -> bool {
    let is_word = |word: &&str| word.bytes().all(|letter| letter.is_ascii_lowercase());
    let words: Vec<&str> = text.split(' ').collect();
    words
        .windows(4)
        .any(|row| row.iter().all(|word| !word.is_empty() && is_word(word)))
}
