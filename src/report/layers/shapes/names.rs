//! Names of columns in the ten bytes that dBASE has for them.

/// Bytes of a name.
const MOST: usize = 10;

/// Names of at most ten bytes, each once, in the same order. One that fits stays; of others the words before the last are cut alike,
/// since what follows them, a cutoff or a unit, tells columns apart.
pub(super) fn short_names<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut taken: Vec<String> = Vec::new();
    for name in names {
        let short = shortened(name);
        let mut own = short.clone();
        let mut number = 1;
        while taken.contains(&own) {
            number += 1;
            let digits = number.to_string();
            let kept = short.len().min(MOST - digits.len());
            own = format!("{}{digits}", &short[..kept]);
        }
        taken.push(own);
    }
    taken
}

/// Names are in English, of letters, digits and underscores: each is one byte.
fn shortened(name: &str) -> String {
    let name: String = name.chars().filter(char::is_ascii).collect();
    if name.len() <= MOST {
        return name;
    }
    let words: Vec<&str> = name.split('_').collect();
    let Some((last, others)) = words.split_last() else {
        return name;
    };
    let room = MOST.saturating_sub(last.len());
    // At least two letters of each word.
    let letters = if others.is_empty() {
        0
    } else {
        (room / others.len()).max(2)
    };
    let mut short: String = others
        .iter()
        .map(|word| &word[..word.len().min(letters)])
        .collect();
    short.push_str(last);
    short.truncate(MOST);
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_ten_bytes_and_stay_apart() {
        let names = [
            "id",
            "population",
            "nearest_station",
            "nearest_station_name",
            "within_15min",
            "population_15min",
            "exclusive_population_15min",
            "exclusive_population_10min",
            "covered_population",
            "median_extra_seconds",
            "a_very_long_name_with_many_words_in_it",
        ];
        let short = short_names(names.into_iter());
        assert_eq!(
            short,
            [
                "id",
                "population",
                "neastation",
                "neastaname",
                "withi15min",
                "popul15min",
                "expo15min",
                "expo10min",
                "copopulati",
                "meexsecond",
                "avelonawim",
            ]
        );
        // A hundred columns that begin alike.
        let alike: Vec<String> = (0..100)
            .map(|number| format!("abcdefghijk{number}"))
            .collect();
        let short = short_names(alike.iter().map(String::as_str));
        let mut apart = short.clone();
        apart.sort_unstable();
        apart.dedup();
        assert_eq!(apart.len(), 100);
        assert!(short.iter().all(|name| name.len() <= 10));
    }
}
