//! Text as people type it, made plain.

/// Text in narrow characters, without spaces around it and without what nobody sees: `１１６．４　` is `116.4`.
pub(crate) fn narrow(text: &str) -> String {
    let seen = text.chars().filter(|letter| !is_invisible(*letter));
    let narrowed = seen.map(|letter| match letter {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        '\u{3000}' | '\u{A0}' | '\u{202F}' | '\u{2009}' => ' ',
        '\u{2212}' => '-',
        other => other,
    });
    narrowed.collect::<String>().trim().to_owned()
}

/// A whole number without the decimals of zeros that a table of floating-point numbers adds: `1.0` is `1`. Other text stays.
pub(crate) fn without_zeros(text: &str) -> &str {
    match text.split_once('.') {
        Some((whole, zeros))
            if !whole.is_empty()
                && !zeros.is_empty()
                && whole.bytes().all(|digit| digit.is_ascii_digit())
                && zeros.bytes().all(|digit| digit == b'0') =>
        {
            whole
        }
        _ => text,
    }
}

/// Marks of order and direction, and spaces without width, as web pages and instant messages leave them in cells.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}')
}

/// The letters and digits of a text alone, in narrow lower case and simplified characters: `Ｎｏ． 3 ` is `no3`.
pub(crate) fn letters(text: &str) -> String {
    let lower = simplified(&narrow(text).to_lowercase());
    lower
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect()
}

/// A text in simplified characters, as the words stand by which columns, units and tiers are known: `經度` is `经度`. Of the
/// traditional characters those are known that such words are written with; any other stays.
pub(crate) fn simplified(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    // A coordinate is a 座標 where these characters are written.
    let folded: String = text.chars().map(simplified_letter).collect();
    folded.replace("座标", "坐标")
}

#[allow(clippy::too_many_lines, reason = "a table of characters")]
const fn simplified_letter(letter: char) -> char {
    match letter {
        '萬' => '万',
        '與' => '与',
        '東' => '东',
        '個' => '个',
        '為' | '爲' => '为',
        '鄉' => '乡',
        '書' => '书',
        '於' => '于',
        '畝' => '亩',
        '億' => '亿',
        '價' => '价',
        '會' => '会',
        '體' => '体',
        '兒' => '儿',
        '黨' => '党',
        '關' => '关',
        '內' => '内',
        '冊' => '册',
        '寫' => '写',
        '農' => '农',
        '劃' => '划',
        '別' => '别',
        '製' => '制',
        '辦' => '办',
        '務' => '务',
        '動' => '动',
        '勞' => '劳',
        '區' => '区',
        '單' => '单',
        '佔' => '占',
        '廳' => '厅',
        '縣' | '県' => '县',
        '參' => '参',
        '號' => '号',
        '啟' | '啓' => '启',
        '員' => '员',
        '圍' => '围',
        '國' => '国',
        '圖' => '图',
        '場' => '场',
        '塊' => '块',
        '牆' | '墻' => '墙',
        '處' => '处',
        '備' => '备',
        '復' | '複' => '复',
        '實' => '实',
        '審' => '审',
        '層' => '层',
        '屬' => '属',
        '歲' | '嵗' => '岁',
        '佈' => '布',
        '莊' => '庄',
        '開' => '开',
        '歸' => '归',
        '錄' | '録' => '录',
        '總' | '総' => '总',
        '戶' | '戸' => '户',
        '報' => '报',
        '擬' => '拟',
        '據' => '据',
        '數' => '数',
        '無' => '无',
        '時' => '时',
        '機' => '机',
        '條' => '条',
        '來' => '来',
        '構' => '构',
        '柵' => '栅',
        '標' => '标',
        '棟' => '栋',
        '樓' => '楼',
        '橫' => '横',
        '匯' | '彙' | '滙' => '汇',
        '沒' => '没',
        '註' => '注',
        '測' => '测',
        '點' => '点',
        '狀' => '状',
        '現' => '现',
        '電' => '电',
        '碼' => '码',
        '礎' => '础',
        '種' => '种',
        '積' => '积',
        '稱' => '称',
        '築' => '筑',
        '類' => '类',
        '係' => '系',
        '紅' => '红',
        '約' => '约',
        '級' => '级',
        '緯' => '纬',
        '縱' => '纵',
        '線' | '綫' => '线',
        '細' => '细',
        '經' | '経' => '经',
        '統' => '统',
        '綜' => '综',
        '編' => '编',
        '網' => '网',
        '羣' => '群',
        '聯' => '联',
        '騰' => '腾',
        '錶' => '表',
        '規' => '规',
        '覽' => '览',
        '計' => '计',
        '議' => '议',
        '訊' => '讯',
        '記' => '记',
        '設' => '设',
        '識' => '识',
        '話' => '话',
        '詳' => '详',
        '說' | '説' => '说',
        '請' => '请',
        '讀' => '读',
        '調' => '调',
        '負' => '负',
        '責' => '责',
        '貳' => '贰',
        '資' => '资',
        '轉' => '转',
        '轄' => '辖',
        '達' => '达',
        '郵' => '邮',
        '採' => '采',
        '裡' | '裏' => '里',
        '銷' => '销',
        '鎮' => '镇',
        '長' => '长',
        '門' => '门',
        '閉' => '闭',
        '間' => '间',
        '閱' | '閲' => '阅',
        '陣' => '阵',
        '際' => '际',
        '隸' => '隶',
        '頁' => '页',
        '頃' => '顷',
        '項' => '项',
        '預' => '预',
        '駐' => '驻',
        '驛' => '驿',
        '齊' => '齐',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_and_invisible_characters_are_made_plain() {
        assert_eq!(narrow("\u{feff}１１６．４　"), "116.4");
        assert_eq!(narrow(" −8\u{a0}km "), "-8 km");
        assert_eq!(letters("Ｎｏ． 3 （柳巷）"), "no3柳巷");
        assert_eq!(letters("·—"), "");
    }

    #[test]
    fn traditional_characters_are_those_of_the_words_that_are_known() {
        for (text, plain) in [
            ("經度", "经度"),
            ("人口數（萬人）", "人口数（万人）"),
            ("WGS84座標", "WGS84坐标"),
            ("戶籍人口總數", "户籍人口总数"),
            // Hong Kong writes some characters otherwise than Taiwan.
            ("綫羣裏", "线群里"),
            ("龍潭街", "龍潭街"),
            // And Japanese others.
            ("経度", "经度"),
            ("lon", "lon"),
        ] {
            assert_eq!(simplified(text), plain);
        }
        assert_eq!(letters("無 障礙"), letters("无障礙"));
    }

    #[test]
    fn only_decimals_of_zeros_behind_a_whole_number_are_left_out() {
        for (text, plain) in [
            ("1.0", "1"),
            ("0.00", "0"),
            ("1.5", "1.5"),
            ("1.", "1."),
            (".0", ".0"),
            ("S1.0", "S1.0"),
            ("1.0.0", "1.0.0"),
        ] {
            assert_eq!(without_zeros(text), plain);
        }
    }
}
