//! What the columns of each layer may be taken as.

use super::LayerKind;
use crate::model::Attribute;

/// What is looked for beside candidate sites.
const OF_CANDIDATES: [Attribute; 7] = [
    Attribute::Tier,
    Attribute::Community,
    Attribute::CommunityCode,
    Attribute::Capacity,
    Attribute::Cost,
    Attribute::Mode,
    Attribute::Year,
];

/// What is looked for in a calendar of sessions.
const OF_CALENDARS: [Attribute; 8] = [
    Attribute::Tier,
    Attribute::Capacity,
    Attribute::Date,
    Attribute::Time,
    Attribute::Start,
    Attribute::End,
    Attribute::Topic,
    Attribute::Team,
];

/// How many are of candidates, of calendars and lecturers, of lifts to be built, or of flats alone: the last ones among all.
const OF_NO_STATION: usize = 3 + 8 + 9 + 4;

/// What is looked for beside stations: all that is of none of these alone, which stand last.
const OF_STATIONS: &[Attribute] = Attribute::ALL
    .split_at(Attribute::ALL.len() - OF_NO_STATION)
    .0;

/// What is kept beside residents; where in their buildings they live stands last.
const OF_RESIDENTS: [Attribute; 12] = [
    Attribute::Street,
    Attribute::Community,
    Attribute::CommunityCode,
    Attribute::Building,
    Attribute::FloorArea,
    Attribute::Dwellings,
    Attribute::Footprint,
    Attribute::Storeys,
    Attribute::Storey,
    Attribute::Stairwell,
    Attribute::Lift,
    Attribute::Entry,
];

/// What is kept beside further demand: all that but where in their buildings people live.
const OF_DEMAND: &[Attribute] = OF_RESIDENTS.split_at(OF_RESIDENTS.len() - 4).0;

/// What is kept beside stairwells; what is asked of lifts to be built alone stands behind the first four.
const OF_STAIRWELLS: [Attribute; 17] = [
    Attribute::Building,
    Attribute::Lift,
    Attribute::Entry,
    Attribute::Storeys,
    Attribute::Street,
    Attribute::Community,
    Attribute::Dwellings,
    Attribute::Cost,
    Attribute::Stage,
    Attribute::Responsible,
    Attribute::Title,
    Attribute::Structure,
    Attribute::Demolition,
    Attribute::VotingHouseholds,
    Attribute::VotingArea,
    Attribute::AgreeingHouseholds,
    Attribute::AgreeingArea,
];

/// What every walk takes from a table of stairwells.
pub(super) const OF_WALKS: &[Attribute] = OF_STAIRWELLS.split_at(4).0;

/// What is kept beside communities.
const OF_COMMUNITIES: [Attribute; 3] = [Attribute::Street, Attribute::StreetCode, Attribute::Kind];

/// The tags that properties of lines may stand for.
const OF_STREETS: [&str; 10] = [
    "highway",
    "foot",
    "access",
    "oneway:foot",
    "name",
    "bridge",
    "tunnel",
    "layer",
    "wheelchair",
    "sac_scale",
];

impl LayerKind {
    /// The attributes that may be kept beside the layer's records, beyond what every layer of its kind has.
    #[must_use]
    pub(crate) const fn attributes(self) -> &'static [Attribute] {
        match self {
            LayerKind::Stations | LayerKind::AllStations => OF_STATIONS,
            LayerKind::Candidates => &OF_CANDIDATES,
            LayerKind::Residents => &OF_RESIDENTS,
            LayerKind::Demand => OF_DEMAND,
            LayerKind::Stairwells => &OF_STAIRWELLS,
            LayerKind::Communities => &OF_COMMUNITIES,
            LayerKind::Calendar => &OF_CALENDARS,
            _ => &[],
        }
    }

    /// What the layer's columns may be taken as; of the network, the tags that properties of lines may stand for.
    ///
    /// ```
    /// use pedshed::inputs::LayerKind;
    /// assert_eq!(LayerKind::Areas.roles(), ["id", "name"]);
    /// assert!(LayerKind::Stations.roles().contains(&"tier"));
    /// ```
    #[must_use]
    pub fn roles(self) -> Vec<&'static str> {
        let fields: &[&str] = match self {
            LayerKind::Network => return OF_STREETS.to_vec(),
            LayerKind::Stations | LayerKind::AllStations | LayerKind::Candidates => {
                &["id", "lon", "lat", "lon_lat", "name"]
            }
            LayerKind::Residents | LayerKind::Demand => {
                &["id", "lon", "lat", "lon_lat", "population", "name"]
            }
            LayerKind::Communities => &["id", "population", "name"],
            LayerKind::Stairwells => &["id"],
            LayerKind::Gates => &["id", "lon", "lat", "lon_lat", "compound"],
            _ => &["id", "name"],
        };
        let attributes = self.attributes().iter().map(|attribute| attribute.key());
        fields.iter().copied().chain(attributes).collect()
    }
}
