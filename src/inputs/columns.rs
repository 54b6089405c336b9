//! Which column holds what: recognised in English and Chinese, or named by the user.

use super::column_names::{RUNNING, is_cut, is_of_other, is_same, plain, position_of};
use super::column_units::{Quantity, Unit};
use super::field::Field;
use super::whole::{says_above, says_division, says_everybody};
use super::{KnownBy, LayerKind, ReadOptions};

/// The columns that may say whose gate it is, in order of preference.
const OF_COMPOUND: [&str; 5] = ["compound", "所属小区", "小区编号", "小区", "compound_id"];

/// The columns that may name the place of a session or somebody who holds it, in order of preference; the usual names of names come after them.
const OF_PLACE: [&str; 9] = [
    "place",
    "venue",
    "地点",
    "场所",
    "活动地点",
    "宣讲地点",
    "地点名称",
    "服务地点",
    "姓名",
];

/// The only one of some.
fn only<T>(mut of: impl Iterator<Item = T>) -> Option<T> {
    of.next().filter(|_| of.next().is_none())
}

impl ReadOptions {
    /// How a field's column of this name is known.
    pub(super) fn known_by(&self, field: Field, column: &str) -> KnownBy {
        let is_it = |name: &str| is_same(name, column);
        if self.is_named(field) {
            KnownBy::Layer
        } else if self.usual_of_layer(field).iter().copied().any(is_it) {
            KnownBy::Name
        } else if self.named_for_all(field).is_some_and(is_it) {
            KnownBy::General
        } else {
            KnownBy::Name
        }
    }

    /// What a column of this name is taken as where it is taken as this field.
    pub(super) fn role_in(&self, field: Field, column: &str) -> &'static str {
        let is_it = |name: &&str| is_same(name, column);
        let is_of_layer = self.is_named(field) || self.usual_of_layer(field).iter().any(is_it);
        if is_of_layer {
            self.role_of(field)
        } else {
            field.role()
        }
    }

    /// The usual names that a field's column has in this layer alone; they go before those that it has in every layer.
    fn usual_of_layer(&self, field: Field) -> &'static [&'static str] {
        if self.role_of(field) == Field::COMPOUND {
            &OF_COMPOUND
        } else if field == Field::Name && self.is_of(&[LayerKind::Calendar]) {
            &OF_PLACE
        } else {
            &[]
        }
    }

    /// The position of a field among column names: the named one, or the first that is recognised. A named column that is
    /// not there is `Err`. Where several columns only end like the field's name, none is taken: it would be a guess.
    pub(super) fn find<'n>(
        &self,
        field: Field,
        names: &(impl Iterator<Item = &'n str> + Clone),
    ) -> Result<Option<usize>, ()> {
        if let Some(named) = self.named(field) {
            return position_of(named, names).map(Some).ok_or(());
        }
        let usual = self.usual_of_layer(field).iter().copied();
        let mut wanted = usual.chain(self.named_for_all(field));
        if let Some(position) = wanted.find_map(|wanted| position_of(wanted, names)) {
            return Ok(Some(position));
        }
        Ok(self.recognised(field, names))
    }

    /// The position of the column that is recognised by its name alone.
    fn recognised<'n>(
        &self,
        field: Field,
        names: &(impl Iterator<Item = &'n str> + Clone),
    ) -> Option<usize> {
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
        exact
            .or_else(|| position(&is_cut))
            .or_else(|| only(own()).and_then(at))
            .or_else(|| in_register().and_then(at))
            .or_else(running)
            .or_else(|| only(ending()).and_then(at))
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
    use crate::inputs::{KeptColumn, LayerKind, LayerSettings, RoleColumns};
    use crate::model::Attribute;

    fn find(field: Field, names: &[&str]) -> Option<usize> {
        let found = ReadOptions::default().find(field, &names.iter().copied());
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
        let register = ReadOptions::of(LayerKind::Communities);
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
        let own = LayerSettings {
            columns: RoleColumns::default().with("lon", "经度(GCJ)"),
            ..LayerSettings::default()
        };
        let columns = ReadOptions::default().with_own(own);
        let names = ["经度(WGS)", "经度(gcj)"];
        assert_eq!(columns.find(Field::Lon, &names.into_iter()), Ok(Some(1)));
        assert_eq!(columns.find(Field::Lon, &["经度"].into_iter()), Err(()));
    }
}
