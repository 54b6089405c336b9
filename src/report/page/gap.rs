//! What the page says of a gap: where it is, and how much too far.

use super::Page;
use super::escape::Name;
use super::html::{Html, put};
use super::words::Words;
use crate::gaps::Gap;
use crate::report::Report;
use crate::units::{COST_SCALE, Cost, Unit};

/// Where a gap is: its name, and the area that this does not say.
pub(super) fn gap_place(report: &Report<'_>, gap: &Gap, words: &Words, html: &mut Html) {
    put!(html, "{}", Name(&report.gap_name(gap, words)));
    let area = report.gap_area(gap).filter(|_| gap.street.is_some());
    if let Some(area) = area {
        put!(html, " <small>{}</small>", Name(area));
    }
}

/// How much too far: minutes with a decimal, metres without.
pub(super) fn over(extra: Cost, page: &Page<'_>) -> String {
    let seconds_or_metres = f64::from(extra) / COST_SCALE;
    match page.gaps.deciding.unit() {
        Unit::Milliseconds => format!("{:.1}", seconds_or_metres / 60.0),
        Unit::Millimetres => page.language.whole(seconds_or_metres.round() as u64),
    }
}

impl Report<'_> {
    /// The area in which a gap lies: that of its first resident.
    pub(super) fn gap_area(&self, gap: &Gap) -> Option<&str> {
        let resident = gap.residents.first()?;
        let area = self
            .areas
            .area_of()
            .get(resident.index())
            .copied()
            .flatten()?;
        Some(&self.city.areas[area as usize].name)
    }

    /// What a gap is called: by its street, else by its area, else by the station that is nearest.
    pub(super) fn gap_name(&self, gap: &Gap, words: &Words) -> String {
        let place = gap.street.as_deref().or_else(|| self.gap_area(gap));
        match (place, gap.nearest_station) {
            (Some(place), _) => place.to_owned(),
            (None, Some(station)) => format!("{} {}", words.near_place, self.station_name(station)),
            (None, None) => words.unnamed_place.to_owned(),
        }
    }
}
