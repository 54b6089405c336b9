//! Names: of the preset from the register, of others by number.

use crate::text::names::without_committee;

/// The register of 2023: street code, street, community code, community; see data/README.md.
static REGISTER: &str = include_str!("../../data/yingze-communities.csv");

/// What a community is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub enum CommunityKind {
    /// An urban community (社区), which has a centre.
    Urban,
    /// A village (村), which has none.
    Village,
}

impl CommunityKind {
    /// As it stands in the tables.
    #[must_use]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            CommunityKind::Urban => "urban",
            CommunityKind::Village => "village",
        }
    }
}

/// A community of the register.
#[derive(Clone, Copy, Debug)]
pub(super) struct Registered {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) kind: CommunityKind,
}

/// A subdistrict of the register with its communities.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) communities: Vec<Registered>,
}

/// The register, in its order.
pub(super) fn register() -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for line in REGISTER.lines().skip(1) {
        let cells: Vec<&'static str> = line.split(',').collect();
        let &[code, name, community_code, committee] = cells.as_slice() else {
            continue; // none: a test counts the lines
        };
        if entries.last().is_none_or(|entry| entry.code != code) {
            entries.push(Entry {
                code,
                name,
                communities: Vec::new(),
            });
        }
        let community = Registered {
            code: community_code,
            name: without_committee(committee),
            kind: if committee.ends_with("村委会") {
                CommunityKind::Village
            } else {
                CommunityKind::Urban
            },
        };
        if let Some(entry) = entries.last_mut() {
            entry.communities.push(community);
        }
    }
    entries
}

/// A subdistrict of a district that is not the preset: code and name.
pub(super) fn numbered_subdistrict(number: usize) -> (String, String) {
    (format!("M{number:03}"), format!("模型第{number}街道"))
}

/// One of its communities: code and name.
pub(super) fn numbered_community(subdistrict: usize, number: usize) -> (String, String) {
    (
        format!("M{subdistrict:03}-{number:03}"),
        format!("模型第{subdistrict}街道第{number}社区"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_register_has_seven_streets_103_communities_and_nine_villages() {
        let register = register();
        assert_eq!(register.len(), 7);
        let kinds = register.iter().flat_map(|entry| &entry.communities);
        let of = |kind| kinds.clone().filter(move |c| c.kind == kind).count();
        assert_eq!(of(CommunityKind::Urban), 103);
        assert_eq!(of(CommunityKind::Village), 9);
        let town = &register[6];
        assert_eq!(town.name, "郝庄镇");
        assert_eq!(town.communities.len(), 23 + 9);
    }

    #[test]
    fn names_are_those_of_places_and_fit_into_a_table() {
        let register = register();
        let names: Vec<&str> = register
            .iter()
            .flat_map(|entry| entry.communities.iter().map(|community| community.name))
            .collect();
        assert!(names.contains(&"劲松社区") && names.contains(&"孟家井村"));
        for name in names {
            assert!(name.ends_with("社区") || name.ends_with('村'), "{name}");
            assert!(!name.contains([',', '"', '\n']), "{name}");
        }
    }
}
