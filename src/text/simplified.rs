//! Traditional characters as simplified ones.

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

fn simplified_letter(letter: char) -> char {
    let found = TRADITIONAL.binary_search_by_key(&letter, |(traditional, _)| *traditional);
    found.map_or(letter, |at| TRADITIONAL[at].1)
}

/// Traditional characters, and those that Hong Kong and Japan write, with their simplified ones, in the order of the former.
#[rustfmt::skip]
const TRADITIONAL: [(char, char); 161] = [
    ('佈', '布'), ('佔', '占'), ('來', '来'), ('係', '系'), ('個', '个'), ('備', '备'), ('價', '价'), ('億', '亿'),
    ('兒', '儿'), ('內', '内'), ('冊', '册'), ('別', '别'), ('劃', '划'), ('動', '动'), ('務', '务'), ('勞', '劳'),
    ('匯', '汇'), ('區', '区'), ('參', '参'), ('員', '员'), ('啓', '启'), ('啟', '启'), ('單', '单'), ('國', '国'),
    ('圍', '围'), ('圖', '图'), ('報', '报'), ('場', '场'), ('塊', '块'), ('墻', '墙'), ('實', '实'), ('審', '审'),
    ('寫', '写'), ('層', '层'), ('屬', '属'), ('嵗', '岁'), ('廳', '厅'), ('彙', '汇'), ('復', '复'), ('戶', '户'),
    ('戸', '户'), ('採', '采'), ('據', '据'), ('擬', '拟'), ('數', '数'), ('於', '于'), ('時', '时'), ('書', '书'),
    ('會', '会'), ('東', '东'), ('柵', '栅'), ('條', '条'), ('棟', '栋'), ('構', '构'), ('樓', '楼'), ('標', '标'),
    ('機', '机'), ('橫', '横'), ('歲', '岁'), ('歸', '归'), ('沒', '没'), ('測', '测'), ('滙', '汇'), ('為', '为'),
    ('無', '无'), ('爲', '为'), ('牆', '墙'), ('狀', '状'), ('現', '现'), ('畝', '亩'), ('県', '县'), ('碼', '码'),
    ('礎', '础'), ('種', '种'), ('稱', '称'), ('積', '积'), ('築', '筑'), ('約', '约'), ('紅', '红'), ('級', '级'),
    ('細', '细'), ('経', '经'), ('統', '统'), ('經', '经'), ('綜', '综'), ('綫', '线'), ('網', '网'), ('総', '总'),
    ('線', '线'), ('編', '编'), ('緯', '纬'), ('縣', '县'), ('縱', '纵'), ('總', '总'), ('羣', '群'), ('聯', '联'),
    ('與', '与'), ('莊', '庄'), ('萬', '万'), ('處', '处'), ('號', '号'), ('裏', '里'), ('裡', '里'), ('製', '制'),
    ('複', '复'), ('規', '规'), ('覽', '览'), ('計', '计'), ('訊', '讯'), ('記', '记'), ('設', '设'), ('註', '注'),
    ('話', '话'), ('詳', '详'), ('說', '说'), ('説', '说'), ('調', '调'), ('請', '请'), ('識', '识'), ('議', '议'),
    ('讀', '读'), ('負', '负'), ('責', '责'), ('貳', '贰'), ('資', '资'), ('轄', '辖'), ('轉', '转'), ('辦', '办'),
    ('農', '农'), ('達', '达'), ('郵', '邮'), ('鄉', '乡'), ('銷', '销'), ('錄', '录'), ('録', '录'), ('錶', '表'),
    ('鎮', '镇'), ('長', '长'), ('門', '门'), ('閉', '闭'), ('開', '开'), ('間', '间'), ('閱', '阅'), ('閲', '阅'),
    ('關', '关'), ('陣', '阵'), ('際', '际'), ('隸', '隶'), ('電', '电'), ('頁', '页'), ('頃', '顷'), ('項', '项'),
    ('預', '预'), ('類', '类'), ('駐', '驻'), ('騰', '腾'), ('驛', '驿'), ('體', '体'), ('點', '点'), ('黨', '党'),
    ('齊', '齐'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_and_leads_to_nothing_that_is_in_it() {
        assert!(TRADITIONAL.is_sorted_by(|one, other| one.0 < other.0));
        for (traditional, plain) in TRADITIONAL {
            assert_eq!(simplified_letter(traditional), plain);
            assert_eq!(simplified_letter(plain), plain);
        }
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
    }
}
