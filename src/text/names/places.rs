//! A list of communities, or of streets, to be asked by code and by name.

use std::collections::BTreeMap;

use super::{Code, Naming, PlaceName};
use crate::text::plain::letters;

/// A community, or street, as a list holds it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Listed<'a> {
    /// Its code; may be empty.
    pub(crate) code: &'a str,
    /// Its name.
    pub(crate) name: &'a str,
    /// The name of its street; may be empty.
    pub(crate) street: &'a str,
}

/// A list by code and by name.
#[derive(Debug)]
pub(crate) struct Places {
    naming: Naming,
    /// `None` where two have one code.
    by_code: BTreeMap<String, Option<u32>>,
    /// By all that is written of the name.
    by_whole: BTreeMap<String, Vec<u32>>,
    /// By the place's own name, with its street before it, as it is written, and without; whether it says that it is a
    /// community's.
    by_own: BTreeMap<String, Vec<(u32, bool)>>,
    /// All that is written of the name, by position.
    whole: Vec<String>,
    /// The own names without the street, by position.
    short: Vec<String>,
    /// The street of each.
    street_of: Vec<String>,
    /// The names of streets that may stand before a name, the longest first.
    streets: Vec<String>,
}

impl Places {
    /// Of a list, in its order.
    pub(crate) fn new<'a>(list: impl IntoIterator<Item = Listed<'a>>, naming: Naming) -> Self {
        let mut places = Self {
            naming,
            by_code: BTreeMap::new(),
            by_whole: BTreeMap::new(),
            by_own: BTreeMap::new(),
            whole: Vec::new(),
            short: Vec::new(),
            street_of: Vec::new(),
            streets: Vec::new(),
        };
        for (index, listed) in (0..).zip(list) {
            places.add(index, listed);
        }
        places.streets = places.street_of.clone();
        let offices = places
            .street_of
            .iter()
            .map(|street| before_office(street).to_owned());
        places.streets.extend(offices);
        places
            .streets
            .sort_unstable_by(|one, other| (other.len(), one).cmp(&(one.len(), other)));
        places.streets.dedup();
        places
    }

    fn add(&mut self, index: u32, listed: Listed<'_>) {
        if let Code::Whole(code) = Code::read(listed.code) {
            let known = self.by_code.entry(code);
            known
                .and_modify(|known| *known = None)
                .or_insert(Some(index));
        }
        let name = PlaceName::read(listed.name, self.naming);
        let street = letters(listed.street);
        let own_streets = [street.clone(), before_office(&street).to_owned()];
        let brief = name.without_street(&own_streets).own().to_owned();
        let mut names = vec![name.own().to_owned(), brief.clone()];
        names.extend(own_streets.iter().map(|street| format!("{street}{brief}")));
        names.sort_unstable();
        names.dedup();
        names.retain(|name| !name.is_empty() && !own_streets.contains(name));
        for own in names {
            let known = self.by_own.entry(own).or_default();
            known.push((index, name.is_community));
        }
        if !name.whole().is_empty() {
            let known = self.by_whole.entry(name.whole().to_owned()).or_default();
            known.push(index);
        }
        self.whole.push(name.whole().to_owned());
        self.short.push(brief);
        self.street_of.push(street);
    }

    /// The one that has this code, where only one has it.
    pub(crate) fn coded(&self, code: &str) -> Option<u32> {
        self.by_code.get(code).copied().flatten()
    }

    /// The names to ask for, where this is written, the surest first.
    pub(crate) fn variants(&self, name: &str) -> Vec<PlaceName> {
        let name = PlaceName::read(name, self.naming);
        match self.naming {
            Naming::Communities => name.variants(&self.streets),
            Naming::Streets if name.own().is_empty() => Vec::new(),
            Naming::Streets => vec![name],
        }
    }

    /// Those that have the first of these names that any has, ascending. The same writing wins over the same name, and what is
    /// a community of that name over what is none: `东村` and `东村社区` are two where both are listed.
    pub(crate) fn named(&self, names: &[PlaceName]) -> Vec<u32> {
        let mut found = names.iter().map(|name| self.of_name(name));
        found.find(|found| !found.is_empty()).unwrap_or_default()
    }

    fn of_name(&self, name: &PlaceName) -> Vec<u32> {
        let mut found = self.of_any_street(name);
        if let Some(street) = &name.street {
            // What says another street is another place.
            found.retain(|place| {
                let own = self.street_of[*place as usize].as_str();
                own.is_empty() || before_office(own) == before_office(street)
            });
        }
        found
    }

    fn of_any_street(&self, name: &PlaceName) -> Vec<u32> {
        if let Some(same) = self.by_whole.get(name.whole()) {
            return same.clone();
        }
        let alike = self.by_own.get(name.own()).map_or(&[][..], Vec::as_slice);
        let those = |wanted: &dyn Fn(bool) -> bool| -> Vec<u32> {
            let wanted = alike
                .iter()
                .filter(|(_, is_community)| wanted(*is_community));
            wanted.map(|(place, _)| *place).collect()
        };
        let of_kind = those(&|is_community| is_community == name.is_community);
        if of_kind.is_empty() {
            those(&|_| true)
        } else {
            of_kind
        }
    }

    /// The community that a record is surely of: by its code, else by its name; of several of one name the one in its street.
    /// Where the list has one and the same several times, the first.
    #[cfg(any(test, all(feature = "osm", feature = "geojson", feature = "csv")))]
    pub(crate) fn meant(&self, asked: Listed<'_>) -> Option<u32> {
        let named = |name: &str| self.only(self.named(&self.variants(name)), asked.street);
        let coded = |code: &str| Code::read(code).whole().and_then(|code| self.coded(code));
        // Some columns of names hold codes, and the other way round.
        coded(asked.code)
            .or_else(|| named(asked.code))
            .or_else(|| named(asked.name))
            .or_else(|| coded(asked.name))
    }

    /// The only one of these, of several the only one in a street.
    #[cfg(any(test, all(feature = "osm", feature = "geojson", feature = "csv")))]
    fn only(&self, mut found: Vec<u32>, street: &str) -> Option<u32> {
        let street = letters(street);
        let street_of = |place: &u32| before_office(&self.street_of[*place as usize]);
        let is_there = |place: &u32| street_of(place) == before_office(&street);
        if found.iter().any(is_there) {
            found.retain(is_there);
        }
        let first = found.first()?;
        let writing = |place: &u32| (&self.whole[*place as usize], street_of(place));
        let is_one = found.iter().all(|place| writing(place) == writing(first));
        is_one.then_some(*first)
    }

    /// The places' own names, without the streets, by position.
    pub(crate) fn short_names(&self) -> &[String] {
        &self.short
    }
}

/// A street's name without its office: `柳巷街道` of `柳巷街道办事处`.
fn before_office(street: &str) -> &str {
    street.strip_suffix("办事处").unwrap_or(street)
}
