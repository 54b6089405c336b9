//! Why something is left out of the network.

use crate::model::FindingCode;
use crate::text::language::Language;

/// Why a way, or a place on it, is left out of the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum CutReason {
    /// A kind of way that is not for walking: motorways, race tracks, what is only planned.
    Kind,
    /// `foot` or `access` says no.
    Forbidden,
    /// Harder than hiking (`sac_scale`).
    Alpine,
    /// `impassable` or `status` says that nobody gets through.
    Impassable,
    /// A footway of its own joins both ends of the street: `sidewalk=separate`, `foot=use_sidepath`.
    Sidepath,
    /// A barrier on the way that lets nobody pass.
    Barrier,
    /// A private gate on the way: what has no other way to the rest of the network is a pocket entered there.
    PrivateGate,
    /// The extract lacks a vertex of the way.
    MissingVertex,
}

impl CutReason {
    /// Every reason, in the order of reports.
    pub const ALL: [CutReason; 8] = [
        CutReason::Kind,
        CutReason::Forbidden,
        CutReason::Alpine,
        CutReason::Impassable,
        CutReason::Sidepath,
        CutReason::Barrier,
        CutReason::PrivateGate,
        CutReason::MissingVertex,
    ];

    /// The finding that counts it.
    pub(in crate::inputs) const fn finding(self) -> FindingCode {
        match self {
            CutReason::Kind | CutReason::Forbidden | CutReason::Alpine | CutReason::Impassable => {
                FindingCode::NotWalkable
            }
            CutReason::Sidepath => FindingCode::Sidepath,
            CutReason::Barrier => FindingCode::BarrierCut,
            CutReason::PrivateGate => FindingCode::PrivateGate,
            CutReason::MissingVertex => FindingCode::MissingVertex,
        }
    }

    /// In words.
    #[must_use]
    pub const fn words(self, language: Language) -> &'static str {
        let (en, zh) = match self {
            CutReason::Kind => ("not for walking", "不供步行的道路"),
            CutReason::Forbidden => ("foot or access says no", "禁止步行或通行"),
            CutReason::Alpine => ("harder than hiking", "难度超过徒步"),
            CutReason::Impassable => ("impassable", "无法通行"),
            CutReason::Sidepath => ("beside a footway of its own", "旁有独立步道"),
            CutReason::Barrier => ("cut by a barrier", "被障碍物阻断"),
            CutReason::PrivateGate => ("cut by a private gate", "被私有门禁阻断"),
            CutReason::MissingVertex => ("cut at a missing vertex", "因缺失节点而截断"),
        };
        language.pick(en, zh)
    }
}
