//! Findings in Chinese: what was found, what it does to the answer, what to do about it.

use crate::model::FindingCode;

/// Title, effect and cure.
pub(super) const fn of(code: FindingCode) -> (&'static str, &'static str, &'static str) {
    match code {
        FindingCode::InvalidResident => (
            "条人口记录无法使用",
            "计为无效记录，不计入已覆盖",
            "更正这些记录",
        ),
        FindingCode::InvalidStation => ("条站点记录无法使用", "无人能到达这些站点", "更正这些记录"),
        FindingCode::Unlocated => (
            "条记录只有地址、没有坐标",
            "计为无效记录",
            "补充坐标，或剔除这些记录",
        ),
        FindingCode::StationOffNetwork => (
            "个站点在最大接驳距离内没有可用道路",
            "这些站点不服务任何人",
            "核对坐标，或调大 --max-snap",
        ),
        FindingCode::ResidentOffNetwork => (
            "条人口记录在最大接驳距离内没有可用道路",
            "计为远离路网",
            "核对坐标，或调大 --max-snap",
        ),
        FindingCode::ShiftedLayer => (
            "个图层疑似存在坐标偏移（GCJ-02 或 BD-09）",
            "点位偏离实际位置，最大约700米",
            "用 --stations-crs 或 --residents-crs 指明坐标系 GCJ-02 或 BD-09",
        ),
        FindingCode::NorthingFirst => (
            "张表的 x 为北坐标（测绘习惯）",
            "已按对调后的坐标读入，点位落在路网范围内",
            "用 --lon-column 和 --lat-column 指明坐标列",
        ),
        FindingCode::RepeatedSite => (
            "个站点与50米内另一站点名称相近",
            "各自按独立站点统计",
            "如为同一场所，请使用同一编号",
        ),
        FindingCode::NoAttributes => (
            "个 Shapefile 缺少 .dbf 属性表",
            "只有位置，每条人口记录按1人计",
            "将 .dbf 与 .shp 放在一起",
        ),
        FindingCode::DamagedText => (
            "条记录的文字此前已因编码错误受损",
            "名称和编号可能有误或重复",
            "以 UTF-8 重新导出数据",
        ),
        FindingCode::AreaNotClosed => (
            "个分区的边界在输入数据中未闭合",
            "该分区未纳入统计",
            "使用包含完整边界的数据",
        ),
        FindingCode::InvalidArea => (
            "条分区记录无法使用",
            "其中居民不计入任何分区",
            "更正这些记录",
        ),
        FindingCode::ResidentOutsideAreas => (
            "条人口记录不在任何分区内",
            "计入总数，不计入分区表",
            "核对分区边界",
        ),
        FindingCode::InvalidLine => ("个路网要素不是有效线状要素", "未纳入路网", "更正这些要素"),
        FindingCode::DegenerateLine => ("条线长度为零", "未纳入路网", "删除这些线"),
        FindingCode::Dangle => (
            "处线端距另一条线不足2米而未相接",
            "此处不能通行",
            "用 --join-tolerance 2 连接，或修改数据",
        ),
        FindingCode::Crossing => (
            "处道路相交或相接而无公共节点",
            "此处不能转向",
            "如为平面相交，请加 --node-crossings",
        ),
        FindingCode::JoinedEnd => (
            "处线端已移接到相邻线上",
            "此处可以通行",
            "如有误，请减小 --join-tolerance",
        ),
        FindingCode::NodedCrossing => (
            "处相交道路已生成交叉节点",
            "此处可以转向",
            "如为桥梁等立体交叉，请去掉 --node-crossings",
        ),
        FindingCode::MissingVertex => (
            "处道路因数据缺少节点而截断",
            "道路在此中断",
            "如位于研究范围内，请使用更大范围的数据",
        ),
        FindingCode::Island => (
            "处孤立路段：与主路网不连通的短小路段",
            "不作为接驳道路",
            "在地图数据中补充连接，或调小 --min-island",
        ),
        FindingCode::Pocket => (
            "处内部道路组团，如封闭小区",
            "内部居民经出入口通行，外部不能穿行",
            "见 network info",
        ),
        FindingCode::ClosedPocket => (
            "处内部道路组团没有出入口",
            "不作为接驳道路",
            "补绘出入口：内部道路与公共道路的公共节点",
        ),
        FindingCode::PrivateGate => (
            "处公共道路上的内部门禁",
            "不能穿行，门后按内部道路组团处理",
            "见 network info",
        ),
        FindingCode::Sidepath => (
            "条道路两端均有人行道相连，未重复采用",
            "步行与接驳均使用人行道",
            "见 network info",
        ),
        FindingCode::NotWalkable => ("条道路禁止步行", "未纳入路网", "见 network info"),
        FindingCode::BarrierCut => ("处障碍物阻断道路", "此处不能通行", "见 network info"),
        FindingCode::RepeatedStation => (
            "条站点记录编号重复",
            "视为同一站点的多个出入口",
            "如非同一站点，请分别编号",
        ),
        FindingCode::RepeatedResident => (
            "条人口记录编号重复",
            "仍按独立记录统计",
            "为每条记录单独编号",
        ),
        FindingCode::MissingId => ("条记录没有编号", "以行号代替编号", "为每条记录编号"),
        FindingCode::SamePlace => (
            "处不同编号的站点位于同一位置",
            "各自按独立站点统计",
            "如为同一场所，请使用同一编号",
        ),
        FindingCode::Encoding => (
            "个文件不是 UTF-8 编码",
            "名称显示正常则无影响",
            "如名称乱码，请用 --encoding 指明编码",
        ),
        FindingCode::TotalRow => (
            "行不是记录：合计行或重复表头",
            "未计入",
            "删除这些行；如为有效记录，请补充坐标",
        ),
        FindingCode::DeletedRecord => (
            "条记录已标记删除但仍留在文件中",
            "未计入",
            "如确需删除，请压缩整理该表",
        ),
        FindingCode::UnreadSheet => (
            "个含表格的工作表未读取",
            "只读取第一个工作表",
            "用 --sheet 指明工作表",
        ),
        FindingCode::NotAHome => (
            "栋建筑不是住宅",
            "按无人居住处理",
            "见 README 中由建筑推算居住人口的说明",
        ),
        FindingCode::BuildingWithoutShape => (
            "栋建筑轮廓未闭合或不在数据范围内",
            "按无人居住处理",
            "使用包含完整建筑的数据",
        ),
        FindingCode::Unreachable => (
            "条人口记录没有通往任何站点的路径",
            "计为路网不连通",
            "检查附近的孤立路段和单向道路",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_finding_has_a_chinese_title_effect_and_cure() {
        for code in FindingCode::ALL {
            let (title, effect, cure) = of(*code);
            for words in [title, effect, cure] {
                assert!(
                    words
                        .chars()
                        .any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)),
                    "{}: {words}",
                    code.name()
                );
            }
        }
    }
}
