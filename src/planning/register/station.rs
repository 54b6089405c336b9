//! A station as a register holds it.

use geo_types::Coord;

use super::Date;
use crate::model::Tier;

/// A station as a register holds it.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct RegisteredStation {
    /// Its row in the register.
    pub row: u32,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its tier; `None` where the register does not say, or not so that it is understood.
    pub tier: Option<Tier>,
    /// What the register says of its tier, where that is not understood.
    pub unread_tier: Option<String>,
    /// The code of its community, or of its street.
    pub community_code: Option<String>,
    /// The name of its community, or of its street.
    pub community_name: Option<String>,
    /// The id of the station above it.
    pub parent: Option<String>,
    /// What it is: service station, kindergarten, pharmacy, …
    pub kinds: Vec<String>,
    /// Its first day.
    pub opened: Option<Date>,
    /// The first day on which it is no longer there.
    pub closed: Option<Date>,
    /// Its floor area.
    pub floor_area_m2: Option<f64>,
    /// The three haves (三有): a common sign, rules, facilities.
    pub haves: [Option<bool>; 3],
    /// Where it stands: longitude and latitude.
    pub place: Option<Coord<f64>>,
    /// The position of the community in whose ground it stands, by point in polygon.
    pub stands_in: Option<u32>,
}

impl RegisteredStation {
    /// A station of which nothing but its name, and perhaps its tier, is known.
    #[must_use]
    pub fn new(
        id: impl Into<String>,
        name: impl Into<String>,
        tier: impl Into<Option<Tier>>,
    ) -> Self {
        Self {
            row: 0,
            id: id.into(),
            name: name.into(),
            tier: tier.into(),
            unread_tier: None,
            community_code: None,
            community_name: None,
            parent: None,
            kinds: Vec::new(),
            opened: None,
            closed: None,
            floor_area_m2: None,
            haves: [None; 3],
            place: None,
            stands_in: None,
        }
    }

    /// Whether it is there on a day: on its first and after, before the day that it is closed. A station without an opening
    /// has always been there.
    ///
    /// ```
    /// use pedshed::model::Tier;
    /// use pedshed::planning::register::{Date, RegisteredStation};
    /// let mut station = RegisteredStation::new("s1", "察院后社区党群服务中心", Tier::Community);
    /// station.opened = Some(Date::new(2020, 5, 1)?);
    /// assert!(station.open_on(Date::new(2020, 5, 1)?));
    /// assert!(!station.open_on(Date::new(2020, 4, 30)?));
    /// # Ok::<(), pedshed::planning::register::DateError>(())
    /// ```
    #[must_use]
    pub fn open_on(&self, day: Date) -> bool {
        is_open(self.opened, self.closed, day)
    }

    /// Whether it counts: open on the day. Where no day is asked for, every station does, as in coverage.
    #[must_use]
    pub fn counts(&self, as_of: Option<Date>) -> bool {
        as_of.is_none_or(|day| self.open_on(day))
    }
}

/// Whether what opened and closed on these days is there on another: on its first and after, before the day that it is closed.
#[must_use]
pub(crate) fn is_open(opened: Option<Date>, closed: Option<Date>, day: Date) -> bool {
    opened.is_none_or(|opened| opened <= day) && closed.is_none_or(|closed| day < closed)
}
