//! What a selector that matches nothing may have been meant for: keys and values of the file that are written nearly so.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Selector;
use super::block::{Block, Kinds, Pair};
use super::frames::OsmFile;
use crate::inputs::InputError;
use crate::text::language::{Words, words};

/// So many near ones are named.
const NAMED: usize = 5;

/// How often each text stands in the file.
type Counts = BTreeMap<String, u64>;

/// What there is near a selector that matches nothing, as a clause that goes on with the sentence.
///
/// # Errors
/// As [`read_points`](super::read_points).
///
/// # Complexity
/// One sweep for each kind of object and condition: it is for a selector that failed.
pub(crate) fn near(file: &OsmFile<'_>, selector: &Selector) -> Result<Words, InputError> {
    for (key, value) in selector.conditions() {
        let values = counted(file, |tags, counts| {
            for (_, value) in tags.iter().filter(|(name, _)| *name == key) {
                *counts.entry((*value).to_owned()).or_default() += 1;
            }
        })?;
        if values.is_empty() {
            let keys = counted(file, |tags, counts| {
                for (key, _) in tags {
                    *counts.entry((*key).to_owned()).or_default() += 1;
                }
            })?;
            let (en, zh) = listed(&keys, key, "");
            return Ok(words!(
                ": no object has the key {key}; near it: {en}",
                "：没有任何对象带键 {key}；相近的有：{zh}"
            ));
        }
        if let Some(value) = value
            && !values.contains_key(value)
        {
            let (en, zh) = listed(&values, value, &format!("{key}="));
            return Ok(words!(
                ": no object has {key}={value}; near it: {en}",
                "：没有任何对象带 {key}={value}；相近的有：{zh}"
            ));
        }
    }
    Ok(match selector.conditions().count() {
        0 | 1 => Words::same(""),
        _ => Words::new(
            ": objects have each of these tags, but none has all of them",
            "：各标签分别存在，但没有对象同时具备",
        ),
    })
}

/// What `count` counts of every object's tags.
fn counted(
    file: &OsmFile<'_>,
    count: impl Fn(&[(&str, &str)], &mut Counts) + Sync + Send,
) -> Result<Counts, InputError> {
    let mut all = Counts::new();
    for kind in [Kinds::NODES, Kinds::WAYS, Kinds::RELATIONS] {
        let swept = file.map_blocks(kind, |block| {
            let mut counts = Counts::new();
            each(block, kind, |pairs| {
                if !pairs.is_empty() {
                    count(&block.tags(pairs), &mut counts);
                }
            });
            counts
        })?;
        for (text, times) in swept.into_iter().flatten() {
            *all.entry(text).or_default() += times;
        }
    }
    Ok(all)
}

/// Visits the tags of every object of one kind.
fn each(block: &Block<'_>, kind: Kinds, mut visit: impl FnMut(&[Pair])) {
    if kind == Kinds::NODES {
        block.each_node(|node| visit(node.pairs));
    } else if kind == Kinds::WAYS {
        block.each_way(|way| visit(way.pairs));
    } else {
        block.each_relation(|relation| visit(relation.pairs));
    }
}

/// The nearest texts with how often they stand there, in English and in Chinese: by edit distance, then the more frequent
/// first. Where none is near it is the most frequent ones.
fn listed(counts: &Counts, wanted: &str, before: &str) -> (String, String) {
    let mut near: Vec<(usize, Reverse<u64>, &str)> = counts
        .iter()
        .map(|(text, times)| {
            let distance = strsim::damerau_levenshtein(&text.to_lowercase(), wanted);
            (distance, Reverse(*times), text.as_str())
        })
        .collect();
    let farthest = (wanted.chars().count() / 3).max(2);
    near.sort_unstable();
    let close = near.partition_point(|(distance, ..)| *distance <= farthest);
    if close == 0 {
        near.sort_unstable_by_key(|(_, times, text)| (*times, *text));
    } else {
        near.truncate(close);
    }
    near.truncate(NAMED);
    let names = |open: &str, close: &str, comma: &str| {
        let names = near.iter();
        let names =
            names.map(|(_, Reverse(times), text)| format!("{before}{text}{open}{times}{close}"));
        names.collect::<Vec<_>>().join(comma)
    };
    (names(" (", ")", ", "), names("（", "）", "、"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_come_first_and_of_equals_the_more_frequent() {
        let counts: Counts = [
            ("pharmacy", 3),
            ("bank", 9),
            ("bench", 40),
            ("parking", 7),
            ("Pharmacies", 1),
            ("school", 2),
        ]
        .map(|(text, times)| (text.to_owned(), times))
        .into_iter()
        .collect();
        // Edits to "pharmcy": one letter; of what is farther than two nothing is named.
        let (en, zh) = listed(&counts, "pharmcy", "amenity=");
        assert_eq!(
            (en.as_str(), zh.as_str()),
            ("amenity=pharmacy (3)", "amenity=pharmacy（3）")
        );
        // Three of five letters of "bench" and "bank" are those of "banch": one edit and two.
        let (en, _) = listed(&counts, "banch", "");
        assert_eq!(en, "bench (40), bank (9)");
        // Nothing is near: the most frequent.
        let (en, _) = listed(&counts, "townhall", "");
        assert_eq!(
            en,
            "bench (40), bank (9), parking (7), pharmacy (3), school (2)"
        );
    }
}
