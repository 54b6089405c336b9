//! Which column holds what: recognised in English and Chinese, or named by the user.

/// What a column can hold.
#[cfg_attr(
    not(all(feature = "csv", feature = "geojson")),
    allow(
        dead_code,
        reason = "tables have no names of areas, GeoJSON no columns of coordinates"
    )
)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Id,
    Lon,
    Lat,
    Population,
    Name,
}

impl Field {
    /// The names by which the column is recognised, in order of preference, lower case.
    const fn names(self) -> &'static [&'static str] {
        match self {
            Field::Id => &["id", "code", "编号", "代码", "编码"],
            Field::Lon => &["lon", "lng", "long", "longitude", "经度", "x"],
            Field::Lat => &["lat", "latitude", "纬度", "y"],
            Field::Population => &["population", "people", "pop", "persons", "人口", "人数"],
            Field::Name => &["name", "名称", "title"],
        }
    }

    /// What it holds, in words.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Field::Id => "the id",
            Field::Lon => "the longitude",
            Field::Lat => "the latitude",
            Field::Population => "the population",
            Field::Name => "the name",
        }
    }

    /// The flag that names it.
    pub(super) const fn flag(self) -> &'static str {
        match self {
            Field::Id => "--id-column",
            Field::Lon => "--lon-column",
            Field::Lat => "--lat-column",
            Field::Population => "--population-column",
            Field::Name => "--area-name",
        }
    }
}

/// Columns or properties that the user names; the others are recognised by their usual names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// The record's id.
    pub id: Option<String>,
    /// Longitude or easting.
    pub lon: Option<String>,
    /// Latitude or northing.
    pub lat: Option<String>,
    /// The number of people.
    pub population: Option<String>,
    /// The name, of areas.
    pub name: Option<String>,
}

impl Columns {
    fn given(&self, field: Field) -> Option<&str> {
        let given = match field {
            Field::Id => &self.id,
            Field::Lon => &self.lon,
            Field::Lat => &self.lat,
            Field::Population => &self.population,
            Field::Name => &self.name,
        };
        given.as_deref()
    }

    /// Whether the user named the field's column.
    #[cfg(feature = "geojson")]
    pub(super) fn is_named(&self, field: Field) -> bool {
        self.given(field).is_some()
    }

    /// The position of a field among column names: the named one, or the first that is recognised. A named column that is
    /// not there is `Err`.
    pub(super) fn find<'n>(
        &self,
        field: Field,
        names: &(impl Iterator<Item = &'n str> + Clone),
    ) -> Result<Option<usize>, ()> {
        let position = |wanted: &str| {
            names
                .clone()
                .position(|name| name.trim().to_lowercase() == wanted.trim().to_lowercase())
        };
        match self.given(field) {
            Some(given) => position(given).map(Some).ok_or(()),
            None => Ok(field.names().iter().find_map(|name| position(name))),
        }
    }
}
