//! Names of columns that hold people, and of those that hold anything but people, in the languages of those who publish tables.

use super::column_names::plain;

/// Parts of names by which people are meant, in the languages of those who publish tables: in narrow lower case, without
/// spaces and signs.
const PEOPLE_WORDS: &[&str] = &[
    "popul",
    "people",
    "person",
    "inhabit",
    "resident",
    "headcount",
    "census", // English, and Latin roots
    "人口",
    "人数",
    "户籍",
    "常住",
    "居民",
    "住民",
    "人员",
    "户数人",
    "총인구",
    "인구",
    "주민",
    "einwohner",
    "bewohner",
    "bevölkerung",
    "bevoelkerung",
    "bevolkerung", // German
    "habitant",
    "poblacio",
    "població",
    "populaç",
    "populac",
    "pessoas",
    "personas",
    "popolazione",
    "abitanti",
    "residenti",
    "bevolking",
    "inwoner", // Dutch
    "asukas",
    "asukk",
    "asukait",
    "väestö",
    "vaesto",
    "väkiluku",
    "vakiluku", // Finnish
    "befolkning",
    "invånare",
    "invanare",
    "innbyggere",
    "indbygger",
    "folkmängd",
    "folkmangd",
    "folketall", // Nordic
    "íbúa",
    "íbúi",
    "rahvaarv",
    "elanik",
    "iedzīvot",
    "iedzivot",
    "gyventoj", // Icelandic, Baltic
    "ludno",
    "mieszka",
    "obyvat",
    "stanovni",
    "stanovništ",
    "prebival",
    "locuitor",
    "populaţie",
    "populație",
    "népess",
    "nepess",
    "lakos", // Central Europe
    "насел",
    "жител",
    "людей",
    "человек",
    "мешкан",
    "становни",
    "πληθυσμ",
    "κατοικ",
    "nüfus",
    "nufus", // East and south
    "سكان",
    "جمعیت",
    "אוכלוס",
    "जनसंख्या",
    "ประชากร",
    "dânsố",
    "danso",
    "penduduk",
    "populasi",
];

/// Whole names that mean people and are too short to be looked for inside others.
const PEOPLE_NAMES: &[&str] = &[
    "pop",
    "pops",
    "popn",
    "poptot",
    "totpop",
    "poptotal",
    "popsum",
    "sumpop",
    "pob",
    "pobtot",
    "pers",
    "hab",
    "habs",
    "habit",
    "ew",
    "einw",
    "bev",
    "inw",
    "inwon",
    "ind",
    "vaki",
    "vakiyht",
    "heyht",
    "nbpers",
    "nbhab",
    "residents",
    "lud",
    "obyv",
    "kpl",
    "人",
    "住户人数",
];

/// Parts of names by which something else is meant, whatever the numbers are.
const OTHER_WORDS: &[&str] = &[
    "residential",
    "lon",
    "lat",
    "lng",
    "coord",
    "east",
    "north",
    "year",
    "date",
    "time",
    "area",
    "height",
    "floor",
    "storey",
    "level",
    "length",
    "leng",
    "dist",
    "price",
    "rent",
    "code",
    "zip",
    "post",
    "phone",
    "tel",
    "index",
    "objectid",
    "fid",
    "gid",
    "number",
    "street",
    "room",
    "build",
    "house",
    "unit",
    "dwelling",
    "lift",
    "shape",
    "order",
    "rank",
    "经度",
    "纬度",
    "坐标",
    "年",
    "日期",
    "时间",
    "面积",
    "高",
    "层",
    "长",
    "距",
    "价",
    "编",
    "码",
    "号",
    "邮",
    "电话",
    "序",
    "楼",
    "栋",
    "单元",
    "套",
    "户数",
    "x",
    "y",
    "z",
    "id",
    "no",
    "nr",
    "oid",
];

/// Whether a column's name says that it holds people, in any of many languages.
pub(super) fn is_named_like_people(name: &str) -> bool {
    let name = letters_of(name);
    if name.contains("residential") {
        return false;
    }
    let bare = name.trim_matches(|letter: char| letter.is_ascii_digit());
    PEOPLE_NAMES.contains(&bare) || PEOPLE_WORDS.iter().any(|word| name.contains(word))
}

/// Whether a column's name says that it holds anything but people.
pub(super) fn is_named_otherwise(name: &str) -> bool {
    let name = letters_of(name);
    let bare = name.trim_matches(|letter: char| letter.is_ascii_digit());
    OTHER_WORDS.iter().any(|word| {
        let is_short = word.is_ascii() && word.len() < 4;
        if is_short {
            bare == *word
        } else {
            name.contains(word)
        }
    })
}

/// A column's name in narrow lower case, letters and digits alone.
pub(super) fn letters_of(name: &str) -> String {
    plain(name)
        .chars()
        .filter(|l| l.is_alphanumeric())
        .collect()
}
