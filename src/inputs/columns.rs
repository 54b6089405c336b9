//! Which column holds what: recognised in English and Chinese, or named by the user.

use super::column_names::{RUNNING, is_cut, is_of_other, is_same, plain, position_of};
use super::column_units::{Quantity, Unit};
use super::field::Field;
use super::whole::{says_above, says_division, says_everybody};
use super::{KeptColumn, KnownBy};
use crate::crs::Crs;
use crate::model::Attribute;

/// Columns or properties that the user names; the others are recognised by their usual names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each says one thing of the layer, and any may go with any"
)]
pub struct Columns {
    /// The record's id.
    pub id: Option<String>,
    /// Longitude or easting.
    pub lon: Option<String>,
    /// Latitude or northing.
    pub lat: Option<String>,
    /// The number of people.
    pub population: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// Longitude and latitude in one cell.
    pub lon_lat: Option<String>,
    /// Columns that are named for every layer.
    pub general: GeneralColumns,
    /// The coordinate system that is given for the layer: of several columns of coordinates those whose names say it are taken.
    pub system: Option<Crs>,
    /// What else is kept of every record, as text.
    pub kept: Vec<KeptColumn>,
    /// Whether several points of one feature are entrances of one station.
    pub entrances: bool,
    /// Whether records have no places: a list, such as a register of communities.
    pub without_places: bool,
    /// Whether the names of points are passed over: of residents nobody asks for them. Those of polygons are kept, which are
    /// communities.
    pub without_names: bool,
    /// Whether records are divisions of a city, so that the code of a community or of a subdistrict is their own; those of a
    /// list without places are too.
    pub of_divisions: bool,
}

/// Columns that are named for every layer alike: each is taken where a layer has it, and no layer need have it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GeneralColumns {
    /// The record's id.
    pub id: Option<String>,
    /// Longitude or easting.
    pub lon: Option<String>,
    /// Latitude or northing.
    pub lat: Option<String>,
    /// The number of people.
    pub population: Option<String>,
    /// The name.
    pub name: Option<String>,
}

impl GeneralColumns {
    pub(super) fn given(&self, field: Field) -> Option<&str> {
        let given = match field {
            Field::Id => &self.id,
            Field::Lon => &self.lon,
            Field::Lat => &self.lat,
            Field::Population => &self.population,
            Field::Name => &self.name,
            Field::LonLat | Field::Address => &None,
        };
        given.as_deref()
    }

    /// Those that are named: role, column, and the option that names it.
    #[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
    pub(super) fn named(&self) -> impl Iterator<Item = NamedColumn<'_>> {
        let fields = [
            Field::Id,
            Field::Lon,
            Field::Lat,
            Field::Population,
            Field::Name,
        ];
        fields.into_iter().filter_map(|field| {
            Some(NamedColumn {
                role: field.role(),
                column: self.given(field)?,
                option: field.option().trim_matches(['‹', '›']),
            })
        })
    }
}

/// A column that is named for every layer.
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
pub(super) struct NamedColumn<'a> {
    pub(super) role: &'static str,
    pub(super) column: &'a str,
    pub(super) option: &'static str,
}

/// The only one of some.
fn only<T>(mut of: impl Iterator<Item = T>) -> Option<T> {
    of.next().filter(|_| of.next().is_none())
}

impl Columns {
    fn given(&self, field: Field) -> Option<&str> {
        let given = match field {
            Field::Id => &self.id,
            Field::Lon => &self.lon,
            Field::Lat => &self.lat,
            Field::Population => &self.population,
            Field::Name => &self.name,
            Field::LonLat => &self.lon_lat,
            Field::Address => &None,
        };
        given.as_deref()
    }

    /// Whether columns are named for this layer.
    #[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
    pub(super) fn names_any(&self) -> bool {
        let given = |kept: &KeptColumn| matches!(kept, KeptColumn::Given(..));
        let fields = [
            &self.id,
            &self.lon,
            &self.lat,
            &self.population,
            &self.name,
            &self.lon_lat,
        ];
        fields.iter().any(|field| field.is_some()) || self.kept.iter().any(given)
    }

    /// How a field's column of this name is known.
    pub(super) fn known_by(&self, field: Field, column: &str) -> KnownBy {
        let is_general = |general: &str| is_same(general, column);
        if self.is_named(field) {
            KnownBy::Layer
        } else if self.general.given(field).is_some_and(is_general) {
            KnownBy::General
        } else {
            KnownBy::Name
        }
    }

    /// Whether the records name the station above them, so that their ids must be those by which others name them.
    pub(super) fn names_parents(&self) -> bool {
        let parent = Attribute::Parent.key();
        self.kept.iter().any(|kept| kept.key() == parent)
    }

    /// Whether the user named the field's column.
    pub(super) fn is_named(&self, field: Field) -> bool {
        self.given(field).is_some()
    }

    /// The position of a field among column names: the named one, or the first that is recognised. A named column that is
    /// not there is `Err`. Where several columns only end like the field's name, none is taken: it would be a guess.
    pub(super) fn find<'n>(
        &self,
        field: Field,
        names: &(impl Iterator<Item = &'n str> + Clone),
    ) -> Result<Option<usize>, ()> {
        if let Some(given) = self.given(field) {
            return position_of(given, names).map(Some).ok_or(());
        }
        let general = self.general.given(field);
        if let Some(position) = general.and_then(|general| position_of(general, names)) {
            return Ok(Some(position));
        }
        // 人口（户） counts households.
        let may_be =
            |name: &str| field != Field::Population || Quantity::People.unit(name) != Unit::Other;
        let plain = |name| {
            if may_be(name) {
                plain(name)
            } else {
                String::new()
            }
        };
        let plain: Vec<String> = names.clone().map(plain).collect();
        let position = |is: &dyn Fn(&str, &str) -> bool| {
            let mut wanted = field.names().iter();
            wanted.find_map(|wanted| plain.iter().position(|name| is(name, wanted)))
        };
        let exact = position(&|name, wanted| name == wanted);
        let at = |name: &String| plain.iter().position(|own| own == name);
        let ends_so = |name: &&String| self.ends_as(field, name);
        let ending = || plain.iter().filter(ends_so);
        // 社区编码 beside 站点编码 is the code of something else; in a register of communities it is the record's own.
        let own = || ending().filter(|name| field != Field::Id || !is_of_other(name));
        let in_register = || only(ending().filter(|_| self.are_divisions()));
        let running = || {
            let mut running = RUNNING.iter().filter(|_| field == Field::Id);
            running.find_map(|wanted| plain.iter().position(|name| name == wanted))
        };
        Ok(exact
            .or_else(|| position(&is_cut))
            .or_else(|| only(own()).and_then(at))
            .or_else(|| in_register().and_then(at))
            .or_else(running)
            .or_else(|| only(ending()).and_then(at)))
    }

    /// Whether the code of a division is the record's own: areas, and registers of communities.
    fn are_divisions(&self) -> bool {
        self.of_divisions || self.without_places
    }

    /// Whether a name ends as a field's does, and begins as nothing else: 流动人口 is not who lives there, 所属街道编码 is the
    /// code of something else.
    fn ends_as(&self, field: Field, name: &str) -> bool {
        let mut endings = field.endings().iter();
        endings.any(|end| match (name.strip_suffix(end), field) {
            (None, _) => false,
            (Some(start), Field::Population) => says_everybody(start),
            (Some(start), Field::Id) => {
                !says_above(start) && (self.are_divisions() || !says_division(start))
            }
            (Some(_), _) => true,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(field: Field, names: &[&str]) -> Option<usize> {
        let found = Columns::default().find(field, &names.iter().copied());
        found.expect("no column is named")
    }

    #[test]
    fn names_are_recognised_with_units_widths_and_spaces() {
        assert_eq!(find(Field::Lon, &["名称", "经度（°）"]), Some(1));
        assert_eq!(find(Field::Lat, &["ＬＡＴ"]), Some(0));
        assert_eq!(find(Field::Population, &["人 口 (万人)"]), Some(0));
        for name in ["人口（户）", "人口（%）", "人口（人/平方公里）"] {
            assert_eq!(find(Field::Population, &[name]), None, "{name}");
        }
        assert_eq!(find(Field::Lon, &["Longitude [deg]"]), Some(0));
        assert_eq!(find(Field::Lon, &["纵坐标", "横坐标"]), Some(1));
    }

    #[test]
    fn traditional_characters_name_the_same_columns() {
        for (field, name) in [
            (Field::Lon, "經度"),
            (Field::Lat, "緯度"),
            (Field::Lon, "橫座標"),
            (Field::LonLat, "經緯度"),
            (Field::Id, "站點編號"),
            (Field::Id, "代號"),
            (Field::Name, "站點名稱"),
            (Field::Address, "詳細地址"),
            (Field::Population, "人口數"),
            (Field::Population, "戶籍人口數"),
            (Field::Population, "總人口（萬人）"),
        ] {
            assert_eq!(find(field, &["備註", name]), Some(1), "{name}");
        }
        let position = |attribute: Attribute, name: &str| {
            KeptColumn::Known(attribute).position(["備註", name].into_iter())
        };
        for (attribute, name) in [
            (Attribute::Community, "所屬社區"),
            (Attribute::FloorArea, "建築面積（㎡）"),
            (Attribute::Tier, "層級"),
            (Attribute::Services, "服務項目"),
            (Attribute::Opened, "啟用日期"),
        ] {
            assert_eq!(position(attribute, name), Some(1), "{name}");
        }
        // A population of a part is no more everybody's than in other characters.
        assert_eq!(find(Field::Population, &["流動人口數"]), None);
    }

    #[test]
    fn a_usual_name_goes_before_an_ending_and_two_endings_are_no_answer() {
        assert_eq!(find(Field::Name, &["小区名称", "地址"]), Some(0));
        assert_eq!(find(Field::Name, &["街道名称", "小区名称"]), None);
        assert_eq!(find(Field::Name, &["街道名称", "名称"]), Some(1));
        assert_eq!(find(Field::Population, &["户籍人口", "常住人口"]), Some(1));
        assert_eq!(find(Field::Lon, &["GCJ经度", "WGS经度"]), None);
    }

    #[test]
    fn people_by_an_ending_are_all_of_them() {
        for name in [
            "2025年末常住人口",
            "社区人口",
            "楼栋人数",
            "现状居住人口数",
            "实有人口（人）",
        ] {
            assert_eq!(find(Field::Population, &["编号", name]), Some(1), "{name}");
        }
        for name in [
            "户均人口",
            "60岁以上人口",
            "老年人口",
            "儿童人口",
            "流动人口",
            "就业人口",
            "男性人口",
            "女性人口",
            "学龄人口",
            "服务人口",
            "户数",
        ] {
            assert_eq!(find(Field::Population, &["编号", name]), None, "{name}");
        }
        let both = ["流动人口", "常住人口2025", "年末常住人口"];
        assert_eq!(find(Field::Population, &both), Some(2));
    }

    #[test]
    fn a_running_number_is_an_id_where_nothing_better_is_there() {
        for (names, id) in [
            (&["序号", "站点编码", "站点名称"][..], Some(1)),
            (&["OBJECTID", "code"], Some(1)),
            (&["行", "编号"], Some(1)),
            (&["序号", "名称"], Some(0)),
            (&["No.", "name"], Some(0)),
            (&["序号", "社区编码", "站点编码"], Some(2)),
            (&["序号", "社区编码", "社区名称"], Some(0)),
            (&["社区编码", "名称"], None),
            (&["所属街道编码", "名称"], None),
            (&["父级编号", "名称"], None),
            (&["行政区划代码", "名称"], None),
            (&["社区服务站编码", "名称"], Some(0)),
            (&["序号", "街道编码", "上级编号", "社区代码"], Some(0)),
        ] {
            assert_eq!(find(Field::Id, names), id, "{names:?}");
        }
        let register = Columns {
            without_places: true,
            ..Columns::default()
        };
        let names = ["序号", "社区编码", "社区名称"];
        assert_eq!(register.find(Field::Id, &names.into_iter()), Ok(Some(1)));
        let names = ["上级编码", "街道编码", "名称"];
        assert_eq!(register.find(Field::Id, &names.into_iter()), Ok(Some(1)));
    }

    #[test]
    fn a_cut_name_is_taken_and_a_whole_one_is_not_taken_for_a_longer_one() {
        let position = |attribute: Attribute, names: &[&str]| {
            KeptColumn::Known(attribute).position(names.iter().copied())
        };
        assert_eq!(
            position(Attribute::Footprint, &["id", "building_f"]),
            Some(1)
        );
        assert_eq!(position(Attribute::Storeys, &["building"]), None);
        assert_eq!(position(Attribute::Footprint, &["building"]), None);
        assert_eq!(position(Attribute::CommunityCode, &["community"]), None);
        assert_eq!(position(Attribute::CommunityCode, &["community_"]), Some(0));
        assert_eq!(find(Field::LonLat, &["latitude"]), None);
    }

    #[test]
    fn a_named_column_is_taken_as_it_is_written() {
        let columns = Columns {
            lon: Some("经度(GCJ)".into()),
            ..Columns::default()
        };
        let names = ["经度(WGS)", "经度(gcj)"];
        assert_eq!(columns.find(Field::Lon, &names.into_iter()), Ok(Some(1)));
        assert_eq!(columns.find(Field::Lon, &["经度"].into_iter()), Err(()));
    }
}
