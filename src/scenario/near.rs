//! The name that is most like one that there is not.

/// The name that is most like a text; none where none is.
pub(super) fn nearest_name<'n>(text: &str, names: impl Iterator<Item = &'n str>) -> Option<String> {
    let wanted = text.to_lowercase();
    let farthest = (wanted.chars().count() / 3).max(1);
    let distance = |name: &str| strsim::damerau_levenshtein(&wanted, &name.to_lowercase());
    let near = names.map(|name| (distance(name), name));
    let near = near.filter(|(distance, _)| *distance <= farthest);
    near.min().map(|(_, name)| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_found_and_nothing_far() {
        let names = ["post-1", "post-12", "library"];
        let near = |text| nearest_name(text, names.into_iter());
        assert_eq!(near("Post-1"), Some("post-1".to_owned()));
        assert_eq!(near("libary"), Some("library".to_owned()));
        assert_eq!(near("hospital"), None);
    }
}
