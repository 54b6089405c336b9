//! Names and codes of communities and streets as registers write them, made comparable: one rule for residents, stations,
//! areas and the generator of districts.

mod code;
mod places;

use crate::text::plain::letters;

pub(crate) use code::Code;
pub(crate) use places::{Listed, Places};

/// What the committee of a place is called, longest first.
const COMMITTEES: &[&str] = &[
    "neighbourhoodcommittee",
    "neighborhoodcommittee",
    "residentscommittee",
    "人民调解委员会",
    "居民委员会",
    "调解委员会",
    "居委会",
    // A village keeps its 村, so that it is not the community of its name.
    "民委员会",
    "居委",
    "委会",
];

/// What the facility of a place is called, longest first.
const FACILITIES: &[&str] = &[
    "communitycentre",
    "communitycenter",
    "servicestation",
    "servicecentre",
    "servicecenter",
    "服务中心",
    "党群中心",
    "服务站",
    "服务点",
    "办事处",
    "调解室",
    "便民",
    "党群",
    "综合",
];

/// What a community is called.
const COMMUNITY: &[&str] = &["community", "社区"];
/// What a street is called. Only streets go without: 桥东街道 is not the community 桥东社区.
const STREET: &[&str] = &["subdistrict", "街道"];

/// What parts of a community are called.
const GRIDS: &[&str] = &["网格", "小区"];

/// What a name is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Naming {
    /// A community, or what stands in one.
    Communities,
    /// A street or town.
    Streets,
}

/// A name, taken apart. All of it is in narrow lower case, letters and digits alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PlaceName {
    /// All of it.
    whole: String,
    /// So many bytes at its beginning are the place's own name.
    own: usize,
    /// Whether it says that it is a community's.
    is_community: bool,
    /// The street that stood before it.
    street: Option<String>,
}

impl PlaceName {
    /// Takes a name apart; where nothing but endings is left, the last of them is the name.
    pub(crate) fn read(name: &str, naming: Naming) -> Self {
        let whole = letters(name);
        let streets = match naming {
            Naming::Communities => &[][..],
            Naming::Streets => STREET,
        };
        let mut own = whole.as_str();
        let mut is_community = false;
        while let Some((rest, end)) =
            without_one(own, &[COMMITTEES, FACILITIES, COMMUNITY, streets])
        {
            is_community |= COMMUNITY.contains(&end);
            own = rest;
        }
        // 孟家井村 has a 村民委员会 or 村委会, in short a 村委; with the whole name before, that is 孟家井村村委会.
        own = own
            .strip_suffix("委")
            .filter(|own| own.ends_with('村'))
            .unwrap_or(own);
        if own.ends_with("村村") {
            own = &own[..own.len() - "村".len()];
        }
        let own = own.len();
        Self {
            whole,
            own,
            is_community,
            street: None,
        }
    }

    /// The place's own name: `察院后社区党群服务中心` is `察院后`.
    pub(crate) fn own(&self) -> &str {
        &self.whole[..self.own]
    }

    /// All of it.
    pub(crate) fn whole(&self) -> &str {
        &self.whole
    }

    /// Without the street, town or whatever stands before it: of the streets that there are, in narrow letters, the first that
    /// is in it and not its end, at its beginning or behind a city or district. `太原市柳巷街道察院后社区` is `察院后社区`.
    fn without_street(&self, streets: &[String]) -> Self {
        let own = self.own();
        let streets = streets.iter().filter(|street| !street.is_empty());
        let mut parted = streets.filter_map(|street| {
            let (before, rest) = own.rsplit_once(street.as_str())?;
            let rest = rest.strip_prefix("办事处").unwrap_or(rest);
            // 南街道 is not in 城南街道南社区.
            let is_whole =
                before.is_empty() || before.ends_with(['省', '市', '区', '县', '州', '盟', '旗']);
            (is_whole && !rest.is_empty()).then_some((street, rest))
        });
        let Some((street, rest)) = parted.next() else {
            return self.clone();
        };
        Self {
            whole: self.whole[self.own - rest.len()..].to_owned(),
            own: rest.len(),
            is_community: self.is_community,
            street: Some(street.clone()),
        }
    }

    /// The community before it, where the name of a grid or a compound follows: `察院后社区` of `察院后社区第3网格党群服务站`. What
    /// ends in `社区` itself, and is no grid's, is a community of its own: `新建社区一社区`.
    fn before_grid(&self) -> Option<Self> {
        let own = self.own();
        let is_grid = !self.is_community || GRIDS.iter().any(|grid| own.contains(grid));
        let (before, _) = own.split_once("社区").filter(|_| is_grid)?;
        let before = format!("{before}社区");
        let name = Self::read(&before, Naming::Communities);
        (name.own < before.len()).then_some(name)
    }

    /// The names under which a station or a resident may be of a community, the surest first: its whole name, the community
    /// before a grid, and both without the street.
    fn variants(self, streets: &[String]) -> Vec<Self> {
        let mut names = vec![self];
        names.extend(names[0].before_grid());
        let short: Vec<Self> = names
            .iter()
            .map(|name| name.without_street(streets))
            .collect();
        names.extend(short);
        names.dedup();
        names.retain(|name| !name.own().is_empty());
        names
    }
}

/// A name without the first of these endings that it has, and the ending; not where nothing would be left.
fn without_one<'n>(
    name: &'n str,
    lists: &[&'static [&'static str]],
) -> Option<(&'n str, &'static str)> {
    let mut ends = lists.iter().flat_map(|ends| ends.iter().copied());
    let (rest, end) = ends.find_map(|end| Some((name.strip_suffix(end)?, end)))?;
    (!rest.is_empty()).then_some((rest, end))
}

/// The name of the place whose committee this is, as it is written: `察院后社区` of `察院后社区居委会`, `孟家井村` of `孟家井村委会`.
#[cfg(feature = "district")]
pub(crate) fn without_committee(name: &str) -> &str {
    without_one(name, &[COMMITTEES]).map_or(name, |(rest, _)| rest)
}

#[cfg(test)]
#[path = "names_tests.rs"]
mod tests;
