//! Totals among records: 合计, Total, and what else a spreadsheet works out below a column.

use crate::text::plain::letters;

/// Words with which the row of a total begins, in narrow lower case without spaces.
const TOTALS: &[&str] = &[
    "合计",
    "小计",
    "总计",
    "共计",
    "总和",
    "累计",
    "汇总",
    "합계",
    "총계",
    "소계",
    "total",
    "totals",
    "subtotal",
    "grandtotal",
    "sum",
    "overall",
    "summe",
    "gesamt",
    "insgesamt",
    "zwischensumme",
    "totale",
    "subtotale",
    "totaal",
    "subtotaal",
    "soustotal",
    "totalgénéral",
    "totalgeneral",
    "suma",
    "razem",
    "ogółem",
    "итого",
    "всего",
    "yhteensä",
    "summa",
    "totalt",
    "ialt",
    "celkem",
    "toplam",
    "összesen",
    "σύνολο",
];

/// Further words that are no record where they stand alone: what a spreadsheet works out below a column.
const SUMS: &[&str] = &[
    "计",
    "总数",
    "总人口",
    "总人数",
    "平均",
    "平均值",
    "均值",
    "average",
    "mean",
    "durchschnitt",
    "mittelwert",
    "promedio",
    "moyenne",
];

/// What may stand before a total's word: what it is the total of.
const TOTAL_OF: &[&str] = &[
    "全区",
    "全市",
    "全县",
    "全省",
    "全街道",
    "全镇",
    "全乡",
    "全社区",
    "全部",
    "本页",
    "本表",
    "本区",
    "以上",
];

/// Whether a cell is a total's word and nothing else, so that its row is none whatever else stands in it. Words in Latin letters
/// may be names where the row has a place: a chain of filling stations is called Total.
pub(super) fn is_only_total(cell: &str) -> bool {
    let plain = letters(cell);
    let mut starts = TOTAL_OF.iter();
    let bare = starts
        .find_map(|start| plain.strip_prefix(start))
        .unwrap_or(&plain);
    let is_word = |text: &str| !text.is_ascii() && (TOTALS.contains(&text) || SUMS.contains(&text));
    let unit = ["人口", "人数", "人"];
    let mut counted = unit.iter().filter_map(|unit| bare.strip_suffix(unit));
    is_word(bare) || counted.any(is_word)
}

/// Whether a cell says that its row is a total.
pub(super) fn is_total(cell: &str) -> bool {
    let plain = letters(cell);
    let chinese =
        |word: &&str| !word.is_ascii() && (plain.starts_with(*word) || plain.ends_with(*word));
    TOTALS.iter().any(|word| plain == *word || chinese(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_known_by_their_words() {
        for cell in [
            "合计",
            "小　计",
            "郝庄镇 小计",
            "Total:",
            "SUM",
            "Итого",
            "Zwischensumme",
            "本页合计：",
        ] {
            assert!(is_total(cell), "{cell}");
        }
        for cell in ["总部", "Totalstation", "", "合作社"] {
            assert!(!is_total(cell), "{cell}");
        }
        for cell in [
            "合 计",
            "总计",
            "小计：",
            "合计（人）",
            "全区合计",
            "本页小计",
            "计",
            "平均",
            "总人口",
            "Total général",
            "Итого",
        ] {
            assert!(is_only_total(cell), "{cell}");
        }
        for cell in [
            "郝庄镇 小计",
            "总部",
            "人",
            "全区",
            "累计学校",
            "Total",
            "Totalstation",
            "",
        ] {
            assert!(!is_only_total(cell), "{cell}");
        }
    }
}
