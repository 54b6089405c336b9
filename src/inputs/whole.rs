//! Names that are made of known words alone: 年末常住人口 says everybody, 流动人口 says some, 社区编码 is the code of a community
//! and 社区服务站编码 is not.

/// Words that say of people that all of them are counted, and by whom, where and when.
const WHOLE: &[&str] = &[
    "常住",
    "常驻",
    "长住",
    "户籍",
    "总",
    "总计",
    "合计",
    "共计",
    "全",
    "全部",
    "全体",
    "居住",
    "居民",
    "住户",
    "入住",
    "在住",
    "实住",
    "实有",
    "实际",
    "实",
    "登记",
    "在册",
    "现有",
    "现状",
    "现",
    "社区",
    "小区",
    "村",
    "村民",
    "行政村",
    "自然村",
    "村居",
    "居委会",
    "街道",
    "街镇",
    "镇街",
    "乡镇",
    "镇",
    "乡",
    "区",
    "区县",
    "县",
    "市",
    "省",
    "辖区",
    "片区",
    "区域",
    "地区",
    "分区",
    "本",
    "各",
    "所有",
    "楼栋",
    "楼",
    "栋",
    "幢",
    "建筑",
    "建筑物",
    "住宅",
    "网格",
    "格网",
    "栅格",
    "单元",
    "地块",
    "房屋",
    "院落",
    "宗地",
    "街区",
    "普查",
    "人口普查",
    "七普",
    "六普",
    "第七次",
    "第六次",
    "全国",
    "统计",
    "估算",
    "估计",
    "预测",
    "规划",
    "测算",
    "推算",
    "模拟",
    "分配",
    "模型",
    "上报",
    "数",
    "数量",
    "数据",
    "年末",
    "年底",
    "年初",
    "期末",
    "月末",
    "月底",
    "末",
    "底",
    "年",
    "年度",
    "月",
    "日",
    "截至",
    "约",
    "的",
    "内",
    "内的",
    "人口",
    "人数",
];

/// Words that begin the name of a code that is that of something above the record.
const ABOVE: &[&str] = &["所属", "所在", "上级", "父", "隶属", "归属", "主管"];

/// Words that say a division of a city, and its code where they are all that a code's name says.
const DIVISIONS: &[&str] = &[
    "街道",
    "街道办",
    "街道办事处",
    "街镇",
    "镇街",
    "乡镇",
    "镇",
    "乡",
    "区划",
    "行政区",
    "行政区划",
    "行政",
    "统计用",
    "统计",
    "区县",
    "县区",
    "城市",
    "省",
    "市",
    "县",
    "区",
    "社区",
    "村",
    "村居",
    "居委会",
    "村委会",
    "社区居委会",
];

/// Whether what a name says beside 人口 means everybody: it is made of such words, digits and signs, or is nothing.
pub(super) fn says_everybody(text: &str) -> bool {
    let is_plain = |letter: char| !letter.is_alphabetic() || letter.is_ascii_digit();
    consists_of(text, WHOLE, is_plain)
}

/// Whether what the name of a code says beside 编码 begins with what is above the record.
pub(super) fn says_above(text: &str) -> bool {
    ABOVE.iter().any(|word| text.starts_with(word))
}

/// Whether what the name of a code says beside 编码 is a division of a city and nothing else.
pub(super) fn says_division(text: &str) -> bool {
    !text.is_empty() && consists_of(text, DIVISIONS, |_| false)
}

/// Whether a text is made of some words alone, and of letters that count for nothing.
fn consists_of(text: &str, words: &[&str], is_plain: impl Fn(char) -> bool) -> bool {
    // Up to which bytes it can be taken apart.
    let mut reached = vec![false; text.len() + 1];
    reached[0] = true;
    for (at, letter) in text.char_indices() {
        if !reached[at] {
            continue;
        }
        if is_plain(letter) {
            reached[at + letter.len_utf8()] = true;
        }
        for word in words.iter().filter(|word| text[at..].starts_with(**word)) {
            reached[at + word.len()] = true;
        }
    }
    reached[text.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_is_said_by_words_of_the_whole_alone() {
        for text in [
            "",
            "常住",
            "2025年末常住",
            "社区现状总",
            "第七次全国人口普查",
            "小区_居住",
            "楼栋估算",
            "2030年规划",
        ] {
            assert!(says_everybody(text), "{text}");
        }
        for text in [
            "户均",
            "60岁以上",
            "老年",
            "儿童",
            "流动",
            "就业",
            "男性",
            "女性",
            "学龄",
            "服务",
            "总流动",
            "外来",
            "城镇",
            "elderly",
        ] {
            assert!(!says_everybody(text), "{text}");
        }
    }

    #[test]
    fn the_code_of_a_division_says_nothing_else() {
        for text in ["社区", "街道", "乡镇街道", "统计用区划", "行政区划"] {
            assert!(says_division(text), "{text}");
        }
        for text in ["", "社区服务站", "站点", "街道中心", "小区"] {
            assert!(!says_division(text), "{text}");
        }
        assert!(says_above("所属街道") && says_above("上级"));
        assert!(!says_above("街道") && !says_above(""));
    }
}
