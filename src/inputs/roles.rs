//! What the columns of each layer may be taken as, and the columns that are named for it.

use super::{Columns, KeptColumn, LayerKind};
use crate::model::Attribute;

/// What is kept beside residents.
const OF_RESIDENTS: [Attribute; 8] = [
    Attribute::Street,
    Attribute::Community,
    Attribute::CommunityCode,
    Attribute::Building,
    Attribute::FloorArea,
    Attribute::Dwellings,
    Attribute::Footprint,
    Attribute::Storeys,
];

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
            LayerKind::Stations | LayerKind::AllStations => &Attribute::ALL,
            LayerKind::Residents | LayerKind::Demand => &OF_RESIDENTS,
            LayerKind::Communities => &OF_COMMUNITIES,
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
            LayerKind::Stations | LayerKind::AllStations => {
                &["id", "lon", "lat", "lon_lat", "name"]
            }
            LayerKind::Residents | LayerKind::Demand => {
                &["id", "lon", "lat", "lon_lat", "population", "name"]
            }
            LayerKind::Communities => &["id", "population", "name"],
            LayerKind::Gates => &["id", "lon", "lat", "lon_lat", "compound"],
            _ => &["id", "name"],
        };
        let attributes = self.attributes().iter().map(|attribute| attribute.key());
        fields.iter().copied().chain(attributes).collect()
    }
}

impl Columns {
    /// Names the column of a layer that is taken as this, one of [`LayerKind::roles`]; `false`, and nothing is named, where the
    /// layer's columns are not taken as that.
    pub fn name_role(&mut self, kind: LayerKind, role: &str, column: impl Into<String>) -> bool {
        if !kind.roles().contains(&role) {
            return false;
        }
        let column = Some(column.into());
        match role {
            "id" => self.id = column,
            "lon" => self.lon = column,
            "lat" => self.lat = column,
            "lon_lat" => self.lon_lat = column,
            "population" => self.population = column,
            // The compound of a gate is read in the place of its name.
            "name" | "compound" => self.name = column,
            _ => {
                let attribute = kind.attributes().iter().find(|known| known.key() == role);
                let given = attribute.copied().zip(column);
                let given = given.map(|(attribute, column)| KeptColumn::Given(attribute, column));
                self.kept.extend(given);
            }
        }
        true
    }

    /// The column that is named for this layer to be taken as this.
    #[must_use]
    pub(crate) fn named_for(&self, role: &str) -> Option<&str> {
        let field = match role {
            "id" => &self.id,
            "lon" => &self.lon,
            "lat" => &self.lat,
            "lon_lat" => &self.lon_lat,
            "population" => &self.population,
            "name" | "compound" => &self.name,
            _ => {
                return self.kept.iter().find_map(|kept| match kept {
                    KeptColumn::Given(attribute, column) if attribute.key() == role => {
                        Some(column.as_str())
                    }
                    _ => None,
                });
            }
        };
        field.as_deref()
    }

    /// Keeps these attributes beside the records, in the columns that were named for them where some were.
    pub(crate) fn keep(&mut self, attributes: &[Attribute]) {
        for attribute in attributes {
            let key = attribute.key();
            if self.kept.iter().all(|kept| kept.key() != key) {
                self.kept.push(KeptColumn::Known(*attribute));
            }
        }
    }
}
