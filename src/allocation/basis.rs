//! By what people are shared among homes: the best that is known of most homes of a community.

use crate::model::FindingCode;
use crate::text::words::sentences;

/// What is known about a home, which may be a building, a stairwell, or a storey of it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct HomeSize {
    /// The position of its community; `None` where it lies in none.
    pub community: Option<u32>,
    /// Its floor area (建筑面积); what is negative or no number counts as unknown.
    pub floor_area_m2: Option<f64>,
    /// The ground that its building stands on; what is negative or no number counts as unknown.
    pub footprint_m2: Option<f64>,
    /// Its dwellings.
    pub dwellings: Option<u32>,
    /// Its storeys; what is negative or no number counts as unknown.
    pub storeys: Option<f64>,
}

/// By what the people of a community were allocated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Basis {
    /// Floor area.
    FloorArea,
    /// Footprint times storeys, as too few floor areas are known.
    FootprintStoreys,
    /// Dwellings, as too few footprints or storeys are known.
    Dwellings,
    /// Storeys, as dwellings are not known either.
    Storeys,
    /// Footprints alone.
    Footprint,
    /// Nothing is known: every home alike.
    Equal,
}

impl Basis {
    /// Every one, in the order in which they are tried.
    pub const ALL: [Basis; 6] = [
        Basis::FloorArea,
        Basis::FootprintStoreys,
        Basis::Dwellings,
        Basis::Storeys,
        Basis::Footprint,
        Basis::Equal,
    ];

    /// A home's weight; `None` where it is not known. Areas count in hundredths of a square metre, storeys in hundredths.
    fn weight(self, home: &HomeSize) -> Option<u64> {
        let known = |number: Option<f64>| number.filter(|size| size.is_finite() && *size >= 0.0);
        let hundredths = |number: f64| (number * 100.0).round() as u64;
        match self {
            Basis::FloorArea => known(home.floor_area_m2).map(hundredths),
            Basis::FootprintStoreys => {
                let (footprint, storeys) = known(home.footprint_m2).zip(known(home.storeys))?;
                Some(hundredths(footprint * storeys))
            }
            Basis::Dwellings => home.dwellings.map(u64::from),
            Basis::Storeys => known(home.storeys).map(hundredths),
            Basis::Footprint => known(home.footprint_m2).map(hundredths),
            Basis::Equal => Some(1),
        }
    }

    /// What is found of a community whose people are allocated by this; nothing where it is as it should be.
    pub(super) const fn finding(self) -> Option<FindingCode> {
        match self {
            Basis::FloorArea => None,
            Basis::FootprintStoreys => Some(FindingCode::AllocatedByFootprint),
            Basis::Dwellings | Basis::Storeys | Basis::Footprint => Some(FindingCode::NoFloorArea),
            Basis::Equal => Some(FindingCode::AllocatedEqually),
        }
    }
}

sentences!(Basis {
    FloorArea;
    FootprintStoreys;
    Footprint;
    Dwellings;
    Storeys;
    Equal;
});

/// The weights of a community's homes, what they are, and how many of them had to be estimated.
pub(super) fn weights(homes: &[HomeSize], of_it: &[u32]) -> (Basis, Vec<u64>, u32) {
    for basis in Basis::ALL {
        let found: Vec<Option<u64>> = of_it
            .iter()
            .map(|home| basis.weight(&homes[*home as usize]))
            .collect();
        let mut known: Vec<u64> = found.iter().copied().flatten().collect();
        if 2 * known.len() < found.len() || known.iter().all(|weight| *weight == 0) {
            continue;
        }
        let estimated = found.len() - known.len();
        let middle = (known.len() - 1) / 2;
        let (_, median, _) = known.select_nth_unstable(middle);
        let weights = found
            .iter()
            .map(|weight| weight.unwrap_or(*median))
            .collect();
        return (basis, weights, estimated as u32);
    }
    (Basis::Equal, vec![1; of_it.len()], 0)
}
