//! What a column can hold, and the names by which it is known.

use crate::text::language::Words;

/// The names of a longitude or an easting.
const LON: &[&str] = &[
    "lon",
    "lng",
    "long",
    "longitude",
    "经度",
    "x",
    "东经",
    "横坐标",
    "东坐标",
    "easting",
    "point_x",
    "x坐标",
    "坐标x",
];

/// The names of a latitude or a northing.
const LAT: &[&str] = &[
    "lat",
    "latitude",
    "纬度",
    "y",
    "北纬",
    "纵坐标",
    "北坐标",
    "northing",
    "point_y",
    "y坐标",
    "坐标y",
];

/// The names of a column with both in one cell.
const LON_LAT: &[&str] = &[
    "经纬度",
    "坐标",
    "location",
    "lnglat",
    "lonlat",
    "lng_lat",
    "lon_lat",
    "longlat",
    "latlng",
    "latlon",
    "lat_lng",
    "lat_lon",
    "latlong",
    "coordinates",
    "coordinate",
    "coords",
    "coord",
    "wkt",
    "wkt_geom",
    "geometry",
    "geom",
    "the_geom",
    "gps",
    "gps坐标",
    "经纬度坐标",
    "坐标点",
    "坐标位置",
    "位置坐标",
    "地理坐标",
    "高德坐标",
    "百度坐标",
    "腾讯坐标",
    "wgs84坐标",
    "gcj02坐标",
    "bd09坐标",
    "点位坐标",
    "position",
    "latitudelongitude",
    "longitudelatitude",
    "位置",
    "地理位置",
    "定位",
    "点位",
    "point",
    "shape",
];

/// The names of a number of people.
const POPULATION: &[&str] = &[
    "population",
    "people",
    "pop",
    "persons",
    "人口",
    "人数",
    "常住人口",
    "常住人口数",
    "人口数",
    "人口数量",
    "总人口",
    "居住人口",
    "户籍人口",
];

/// What a column can hold.
#[cfg_attr(
    not(all(feature = "csv", feature = "geojson")),
    allow(
        dead_code,
        reason = "tables hold no areas, vector files no columns of coordinates"
    )
)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Id,
    Lon,
    Lat,
    /// Both in one cell.
    LonLat,
    Population,
    Name,
    Address,
}

impl Field {
    pub(super) const ALL: [Field; 7] = [
        Field::Id,
        Field::Lon,
        Field::Lat,
        Field::LonLat,
        Field::Population,
        Field::Name,
        Field::Address,
    ];

    /// The role of a gate's name, which is that of its compound.
    pub(super) const COMPOUND: &'static str = "compound";

    /// The names by which the column is recognised, in order of preference, as [`plain`](super::column_names::plain) makes them.
    ///
    /// In Chinese surveying x is the northing. Which of `x坐标` and `y坐标` is which is decided by where they lie; 横坐标
    /// and 纵坐标 are always the easting and the northing.
    pub(super) const fn names(self) -> &'static [&'static str] {
        match self {
            Field::Id => &["id", "code", "编号", "代码", "编码", "代号"],
            Field::Lon => LON,
            Field::Lat => LAT,
            Field::LonLat => LON_LAT,
            Field::Population => POPULATION,
            Field::Name => &["name", "名称", "title", "名字"],
            Field::Address => &["address", "addr", "地址", "详细地址", "位置"],
        }
    }

    /// The ends by which a Chinese column is recognised when it has no such name: 小区名称, 站点经度.
    pub(super) const fn endings(self) -> &'static [&'static str] {
        match self {
            Field::Id => &["编号", "编码", "代码"],
            Field::Lon => &["经度"],
            Field::Lat => &["纬度"],
            Field::Population => &["人口", "人口数", "人数"],
            Field::Name => &["名称"],
            Field::Address => &["地址"],
            Field::LonLat => &["经纬度", "经纬度坐标", "坐标"],
        }
    }

    /// What a column is taken as when it is this one: the role's stable name.
    pub(super) const fn role(self) -> &'static str {
        match self {
            Field::Id => "id",
            Field::Lon => "lon",
            Field::Lat => "lat",
            Field::LonLat => "lon_lat",
            Field::Population => "population",
            Field::Name => "name",
            Field::Address => "address",
        }
    }

    /// What it holds, in words.
    pub(super) fn words(self) -> Words {
        let (en, zh) = match self {
            Field::Id => ("the id", "编号"),
            Field::Lon => ("the longitude", "经度"),
            Field::Lat => ("the latitude", "纬度"),
            Field::LonLat => ("the coordinate", "坐标"),
            Field::Population => ("the population", "人口"),
            Field::Name => ("the name", "名称"),
            Field::Address => ("the address", "地址"),
        };
        Words::new(en, zh)
    }

    /// The option that names it.
    pub(super) const fn option(self) -> &'static str {
        match self {
            Field::Id => "‹id_column›",
            Field::Lon | Field::LonLat => "‹lon_column›",
            Field::Lat => "‹lat_column›",
            Field::Population => "‹population_column›",
            Field::Name => "‹name_column›",
            Field::Address => "an address column",
        }
    }
}
