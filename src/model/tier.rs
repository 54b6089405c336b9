//! The tiers of a service network.

use std::fmt;

use crate::text::language::InLanguage;
use crate::text::plain::letters;

/// The tier (层级) of a station, the highest first.
///
/// ```
/// use pedshed::model::Tier;
/// assert!(Tier::Street < Tier::Community); // a street's centre stands above a community's
/// assert_eq!(Tier::read("社区级"), Some(Tier::Community));
/// assert_eq!(Tier::read("小区（网格）级"), Some(Tier::Grid));
/// assert_eq!(Tier::read("街道党群服务中心"), Some(Tier::Street));
/// assert_eq!(Tier::read("gird"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Tier {
    /// Of the whole district, county or city (区县级), above those that a circle is asked of.
    District = -1,
    /// Of a subdistrict or town (街镇级).
    Street = 0,
    /// Of a community (社区级).
    Community,
    /// Of a neighbourhood or grid (小区、网格级).
    Grid,
}

impl Tier {
    /// The tiers that circles are asked of, the highest first.
    pub const ALL: [Tier; 3] = [Tier::Street, Tier::Community, Tier::Grid];

    /// As it stands in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Tier::District => "district",
            Tier::Street => "street",
            Tier::Community => "community",
            Tier::Grid => "grid",
        }
    }

    /// The tier that a cell names, in English or Chinese: alone (`社区`, `街镇级`, `grid`), or as that of a facility
    /// (`社区党群服务中心`, `grid station`). Numbers say it among the others of their table.
    #[must_use]
    pub fn read(cell: &str) -> Option<Self> {
        let plain = letters(cell);
        let mut word = plain.as_str();
        // The shortest writing that is known wins: 社区服务中心 is 社区, 中心 alone is nothing.
        loop {
            if let Some(tier) = Self::from_word(word) {
                return Some(tier);
            }
            let bare = |ending: &&str| word.strip_suffix(*ending).filter(|bare| !bare.is_empty());
            word = FACILITIES.iter().find_map(bare)?;
        }
    }

    /// Of a word without what kind of facility it is of.
    fn from_word(word: &str) -> Option<Self> {
        let found = WORDS.iter().find(|(_, words)| words.contains(&word));
        found.map(|(tier, _)| *tier)
    }

    /// The number that stands for a tier, from 1 for the highest of a table: `1`, `一级`, `tier 2`, `第三层`, `III`.
    fn number(cell: &str) -> Option<u32> {
        let plain = letters(cell);
        let mut word = plain.as_str();
        for beginning in ["tier", "level", "class", "grade", "no", "第", "l", "t"] {
            word = word.strip_prefix(beginning).unwrap_or(word);
        }
        for ending in [
            "层级", "级别", "等级", "tier", "level", "级", "层", "类", "等",
        ] {
            word = word.strip_suffix(ending).unwrap_or(word);
        }
        Some(match word {
            "1" | "01" | "一" | "壹" | "i" | "ⅰ" => 1,
            "2" | "02" | "二" | "贰" | "ii" | "ⅱ" => 2,
            "3" | "03" | "三" | "叁" | "iii" | "ⅲ" => 3,
            "4" | "04" | "四" | "肆" | "iv" | "ⅳ" => 4,
            _ => return None,
        })
    }
}

/// The words for each tier: letters and digits alone, in lower case and simplified characters.
const WORDS: [(Tier, &[&str]); 4] = [
    (
        Tier::District,
        &[
            "district",
            "county",
            "city",
            "municipal",
            "districtorcounty",
            "区",
            "县",
            "市",
            "区县",
            "县区",
            "县市区",
            "市县区",
            "区县市",
            "县市",
            "城区",
            "市辖区",
            "全区",
            "本区",
            "市区",
            "县域",
        ],
    ),
    (
        Tier::Street,
        &[
            "street",
            "streets",
            "subdistrict",
            "town",
            "township",
            "streettown",
            "streetortown",
            "streetandtown",
            "subdistrictortown",
            "townorsubdistrict",
            "subdistricttown",
            "towntownship",
            "jiedao",
            "街道",
            "街",
            "街镇",
            "镇街",
            "街镇乡",
            "街乡",
            "街乡镇",
            "乡镇",
            "镇乡",
            "乡",
            "镇",
            "镇街道",
            "街道镇",
            "乡镇街道",
            "街道乡镇",
            "乡镇街",
            "镇乡街道",
            "乡街道",
            "街道乡",
            "街办",
            "街道办",
            "街道办事处",
            "乡镇街道办事处",
            "街道办事处乡镇",
        ],
    ),
    (
        Tier::Community,
        &[
            "community",
            "communities",
            "village",
            "villageorcommunity",
            "communityorvillage",
            "villagecommunity",
            "communityvillage",
            "residentscommittee",
            "shequ",
            "社区",
            "村",
            "村社区",
            "社区村",
            "村居",
            "居村",
            "村居社区",
            "社区村居",
            "居委会",
            "居委",
            "社区居委会",
            "居民委员会",
            "社区居民委员会",
            "村委会",
            "村民委员会",
            "行政村",
            "社区行政村",
            "行政村社区",
        ],
    ),
    (
        Tier::Grid,
        &[
            "grid",
            "grids",
            "neighbourhood",
            "neighborhood",
            "compound",
            "estate",
            "residentialcompound",
            "residentialquarter",
            "housingestate",
            "compoundorgrid",
            "gridorcompound",
            "gridcompound",
            "compoundgrid",
            "neighbourhoodorgrid",
            "neighborhoodorgrid",
            "neighbourhoodgrid",
            "neighborhoodgrid",
            "block",
            "wangge",
            "xiaoqu",
            "网格",
            "小区",
            "小区网格",
            "网格小区",
            "微网格",
            "基础网格",
            "综合网格",
            "居民小区",
            "住宅小区",
            "片区网格",
            "楼栋",
            "楼宇",
            "楼院",
            "院落",
            "居民点",
            "小区院落",
            "小区楼院",
            "网格楼栋",
            "小区楼栋",
            "街坊",
            "居住街坊",
        ],
    ),
];

/// What a facility is called after the words of its tier, and what stands for "tier"; the longer before the shorter.
const FACILITIES: &[&str] = &[
    "党群服务综合体",
    "党群活动服务中心",
    "党群服务中心",
    "党群服务站点",
    "党群服务驿站",
    "党群服务阵地",
    "党群活动中心",
    "党群活动站",
    "党群活动室",
    "党群服务站",
    "党群服务点",
    "党群驿站",
    "党群阵地",
    "党群服务",
    "便民服务中心",
    "便民服务站",
    "便民服务点",
    "综合服务中心",
    "综合服务站",
    "红色驿站",
    "服务中心",
    "服务阵地",
    "服务驿站",
    "服务站点",
    "服务站",
    "服务点",
    "服务圈",
    "级站点",
    "级中心",
    "级别",
    "层级",
    "中心",
    "站点",
    "驿站",
    "阵地",
    "站",
    "级",
    "层",
    "partymassservicecentre",
    "partymassservicecenter",
    "partymassservicestation",
    "partyservicecentre",
    "partyservicecenter",
    "servicecentre",
    "servicecenter",
    "servicestation",
    "servicepoint",
    "servicestations",
    "servicecentres",
    "centres",
    "centers",
    "centre",
    "center",
    "stations",
    "station",
    "facility",
    "office",
    "point",
    "level",
    "tier",
];

/// Reads the tiers of one table, whose numbers are understood among each other: three tiers are those that circles are asked
/// of, and where there are four, the first is the district's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct TierReader {
    has_four: bool,
}

impl TierReader {
    /// For a table in whose column of tiers these cells stand.
    pub(crate) fn from_cells<'c>(cells: impl IntoIterator<Item = &'c str>) -> Self {
        let numbers = cells.into_iter().filter_map(Tier::number);
        Self {
            has_four: numbers.max() == Some(4),
        }
    }

    /// The tier that a cell names, by its words or by its number.
    #[must_use]
    pub(crate) fn read(self, cell: &str) -> Option<Tier> {
        Tier::read(cell).or_else(|| self.numbered(cell))
    }

    /// The tier that a cell names by its number alone.
    #[must_use]
    pub(crate) fn numbered(self, cell: &str) -> Option<Tier> {
        let number = Tier::number(cell)? + u32::from(!self.has_four);
        Some(match number {
            1 => Tier::District,
            2 => Tier::Street,
            3 => Tier::Community,
            _ => Tier::Grid,
        })
    }
}

impl fmt::Display for Tier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl InLanguage for Tier {
    fn zh(&self) -> String {
        let text = match self {
            Tier::District => "区县级",
            Tier::Street => "街镇级",
            Tier::Community => "社区级",
            Tier::Grid => "小区（网格）级",
        };
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_every_office_name_the_same_tiers() {
        for (tier, cells) in [
            (
                Tier::District,
                &[
                    "区级",
                    "县(市、区)",
                    "县（市、区）级",
                    "district",
                    "区党群服务中心",
                ][..],
            ),
            (
                Tier::Street,
                &[
                    "街道",
                    "街镇级",
                    "街道（乡镇）",
                    "乡镇(街道)",
                    "镇街",
                    "街道党群服务中心",
                    "Street",
                    "sub-district",
                    "Subdistrict centre",
                    "street or town centre",
                    "镇级党群服务中心",
                ],
            ),
            (
                Tier::Community,
                &[
                    "社区",
                    "村（社区）",
                    "社区级",
                    "社区党群服务中心",
                    "社区服务站",
                    "community centre",
                    "COMMUNITY",
                    "行政村",
                ],
            ),
            (
                Tier::Grid,
                &[
                    "网格",
                    "小区",
                    "小区/网格",
                    "小区(网格)级",
                    "网格党群服务站",
                    "grid station",
                    "Grid",
                    "neighbourhood",
                ],
            ),
        ] {
            for cell in cells {
                assert_eq!(Tier::read(cell), Some(tier), "{cell}");
            }
        }
    }

    #[test]
    fn a_slip_a_name_and_a_facility_alone_are_no_tier() {
        for cell in [
            "gird",
            "察院后社区",
            "服务中心",
            "站",
            "",
            "nan",
            "柳巷街道",
            "15",
        ] {
            assert_eq!(Tier::read(cell), None, "{cell}");
        }
    }

    #[test]
    fn numbers_are_tiers_among_those_of_their_table() {
        let three = TierReader::from_cells(["1", "2", "3"]);
        let said = ["1", "二级", "Tier 3", "第一层"].map(|cell| three.read(cell));
        let [street, community, grid] = Tier::ALL.map(Some);
        assert_eq!(said, [street, community, grid, street]);
        let four = TierReader::from_cells(["一级", "四级"]);
        let said = ["一级", "二级", "三级", "四级"].map(|cell| four.read(cell));
        assert_eq!(said, [Some(Tier::District), street, community, grid]);
        assert_eq!(three.read("15"), None);
    }
}
