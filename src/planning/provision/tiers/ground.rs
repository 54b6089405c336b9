//! What the stations of one tier reach, and where its circle leaves people out: for maps.

use geo_types::Polygon;

use super::TierCircle;
use crate::control::Control;
use crate::coverage::{Coverage, Tests};
use crate::error::Error;
use crate::gaps::{GapOptions, Gaps, Population};
use crate::id::StationId;
use crate::isochrone::{Ground, Isochrones};
use crate::model::{CityRecords, Resident, Station};
use crate::planning::provision::asked_station::AskedStation;
use crate::walker::Placed;

/// The ground of one tier by the circle that decides, whatever community a station is of.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TierGround {
    /// Its name in files.
    pub(crate) key: String,
    /// Its stations that are somewhere, in the order of the ids by which the rest names them.
    pub(crate) stations: Vec<AskedStation>,
    /// What is within its circle.
    pub(crate) isochrones: Isochrones,
    /// Where people are left out of it, with what would help.
    pub(crate) gaps: Gaps,
}

/// What the ground of tiers is drawn on.
#[derive(Clone, Copy)]
pub(crate) struct TierMap<'a> {
    pub(crate) placed: &'a Placed,
    /// Those that were placed.
    pub(crate) residents: &'a [Resident],
    /// Where nobody stands.
    pub(crate) water: &'a [Polygon<f64>],
    /// How gaps are put together.
    pub(crate) gaps: GapOptions,
}

impl TierGround {
    /// Draws that of a tier of `stations`; `None` of one that has no circle.
    ///
    /// # Errors
    /// [`Error::Cancelled`], and what [`Impedance::lengths`](crate::network::Impedance::lengths) refuses.
    ///
    /// # Complexity
    /// A bounded search for each station and its outline, then those of [`Gaps`].
    pub(crate) fn new(
        tier: &TierCircle,
        stations: &[AskedStation],
        map: TierMap<'_>,
        control: Control<'_>,
    ) -> Result<Option<Self>, Error> {
        let Some(circle) = tier.deciding() else {
            return Ok(None);
        };
        let all = (0..).map(StationId).zip(stations);
        let own = all.filter(|(id, asked)| tier.stations.has(*id) && !asked.places.is_empty());
        let own: Vec<AskedStation> = own.map(|(_, asked)| asked.clone()).collect();
        let records = own.iter().flat_map(records_of);
        let records: Vec<Station> = records.collect();
        let placed = map.placed.with_stations(&records, control)?;
        let city = CityRecords {
            stations: &records,
            residents: map.residents,
            areas: &[],
        };
        let ground = Ground::new(&placed, circle.unit())?;
        let isochrones = Isochrones::draw(ground.with_water(map.water), &[circle], control)?;
        let coverage = Coverage::new(&placed, city, Tests::new([circle])?, &[], control)?;
        let everybody = Population::all(map.residents, &coverage);
        let gaps = Gaps::new(ground, everybody, map.gaps, control)?;
        let gaps = gaps.with_new_stations(&placed, everybody, control)?;
        Ok(Some(Self {
            key: tier.key.clone(),
            stations: own,
            isochrones,
            gaps,
        }))
    }
}

/// A row for each entrance.
fn records_of(asked: &AskedStation) -> impl Iterator<Item = Station> + '_ {
    let rows = asked.places.iter();
    rows.map(|place| Station::new(asked.id.as_str(), place.x, place.y))
}
