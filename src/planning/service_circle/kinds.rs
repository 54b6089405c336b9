//! Whether a community is urban or a village, as a register's column of kinds says it.

use crate::text::plain::letters;

/// What a kind of community is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CommunityKind {
    /// Of a town: its residents' committee (居委会) asks for a centre.
    Urban,
    /// A village: its villagers' committee (村委会).
    Village,
}

/// The kind that a cell names; `None` where it names none.
pub(super) fn community_kind(cell: &str) -> Option<CommunityKind> {
    match letters(cell).as_str() {
        "village" | "rural" | "countryside" | "村" | "农村" | "乡村" | "行政村" | "建制村"
        | "自然村" | "村委会" | "村民委员会" | "农村社区" | "村庄" => {
            Some(CommunityKind::Village)
        }
        "urban" | "city" | "town" | "community" | "neighbourhood" | "neighborhood" | "城市"
        | "城镇" | "城区" | "社区" | "居委会" | "居民委员会" | "社区居委会" | "城市社区"
        | "城镇社区" | "村改居" | "村改居社区" | "村转居" | "村转居社区" | "村改社区" => {
            Some(CommunityKind::Urban)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn villages_and_towns_are_told_apart_and_nothing_else_is_either() {
        use CommunityKind::{Urban, Village};
        for cell in [
            "农村",
            "村委会",
            "行政村",
            "rural",
            "Village",
            "村",
            " 村 委 会 ",
        ] {
            assert_eq!(community_kind(cell), Some(Village), "{cell}");
        }
        for cell in ["村改居", "城市", "居委会", "urban", "社区", "城镇社区"] {
            assert_eq!(community_kind(cell), Some(Urban), "{cell}");
        }
        for cell in ["V", "2", "混合", "x"] {
            assert_eq!(community_kind(cell), None, "{cell}");
        }
    }
}
