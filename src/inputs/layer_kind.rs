//! The layers of a study.

use crate::text::language::{Language, Words};

/// The layers of a study.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum LayerKind {
    /// The streets.
    Network,
    /// The stations that decide who is covered.
    Stations,
    /// The residents.
    Residents,
    /// The areas to sum by.
    Areas,
    /// Stations of every tier.
    AllStations,
    /// Further demand.
    Demand,
    /// The register of communities.
    Communities,
    /// Residential land.
    Land,
    /// Walled compounds.
    Compounds,
    /// The gates in their walls.
    Gates,
    /// The stairwells of buildings: a list without places.
    Stairwells,
    /// Sites that may be built, among which a siting problem chooses.
    Candidates,
    /// The calendar of sessions: a list of places and times.
    Calendar,
}

impl LayerKind {
    /// Every layer, in the order in which they are told.
    pub const ALL: [LayerKind; 13] = [
        LayerKind::Network,
        LayerKind::Stations,
        LayerKind::Residents,
        LayerKind::Areas,
        LayerKind::AllStations,
        LayerKind::Demand,
        LayerKind::Communities,
        LayerKind::Land,
        LayerKind::Compounds,
        LayerKind::Gates,
        LayerKind::Stairwells,
        LayerKind::Candidates,
        LayerKind::Calendar,
    ];

    /// What it is called in files: `all_stations`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            LayerKind::Network => "network",
            LayerKind::Stations => "stations",
            LayerKind::Residents => "residents",
            LayerKind::Areas => "areas",
            LayerKind::AllStations => "all_stations",
            LayerKind::Demand => "demand",
            LayerKind::Communities => "communities",
            LayerKind::Land => "land",
            LayerKind::Compounds => "compounds",
            LayerKind::Gates => "gates",
            LayerKind::Stairwells => "stairwells",
            LayerKind::Candidates => "candidates",
            LayerKind::Calendar => "calendar",
        }
    }

    /// What it is called, in words.
    #[must_use]
    pub const fn word(self, language: Language) -> &'static str {
        let (en, zh) = match self {
            LayerKind::Network => ("network", "路网"),
            LayerKind::Stations => ("stations", "站点"),
            LayerKind::Residents => ("residents", "居民"),
            LayerKind::Areas => ("areas", "分区"),
            LayerKind::AllStations => ("all stations", "各级站点"),
            LayerKind::Demand => ("demand", "其他需求"),
            LayerKind::Communities => ("communities", "社区"),
            LayerKind::Land => ("land", "居住用地"),
            LayerKind::Compounds => ("compounds", "小区围墙"),
            LayerKind::Gates => ("gates", "出入口"),
            LayerKind::Stairwells => ("stairwells", "单元"),
            LayerKind::Candidates => ("candidates", "候选点"),
            LayerKind::Calendar => ("calendar", "日程"),
        };
        language.pick(en, zh)
    }

    /// The same as [`Words`].
    #[must_use]
    pub(crate) fn words(self) -> Words {
        Words::new(self.word(Language::En), self.word(Language::Zh))
    }

    /// The option that names its columns.
    #[cfg(feature = "text")]
    pub(super) const fn columns_option(self) -> &'static str {
        match self {
            LayerKind::Network => "‹network_columns›",
            LayerKind::Stations => "‹stations_columns›",
            LayerKind::Residents => "‹residents_columns›",
            LayerKind::Areas => "‹areas_columns› / ‹area_name›",
            LayerKind::AllStations => "‹all_stations_columns›",
            LayerKind::Demand => "‹demand_columns›",
            LayerKind::Communities => "‹communities_columns›",
            LayerKind::Land => "‹land_columns›",
            LayerKind::Compounds => "‹compounds_columns›",
            LayerKind::Gates => "‹gates_columns›",
            LayerKind::Stairwells => "‹stairwells_columns›",
            LayerKind::Candidates => "‹candidates_columns›",
            LayerKind::Calendar => "‹calendar_columns›",
        }
    }
}
