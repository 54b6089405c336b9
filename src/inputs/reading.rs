//! What was read as what: of every layer the file, format, encoding, sheet, header, coordinate system and columns, each with how
//! it was known, and how many rows there were. Nothing about a file is guessed without standing here.

#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
use super::Format;
use crate::crs::Crs;
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
use crate::model::{FindingCode, Findings};
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
}

impl LayerKind {
    /// Every layer, in the order in which they are told.
    pub const ALL: [LayerKind; 10] = [
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
        };
        language.pick(en, zh)
    }

    /// The same as [`Words`].
    #[must_use]
    pub fn words(self) -> Words {
        Words::new(self.word(Language::En), self.word(Language::Zh))
    }
}

/// How something about a layer is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KnownBy {
    /// It was given for this layer.
    Layer,
    /// It was given for all layers that do not say for themselves.
    General,
    /// The file says it, or one that belongs to it: a byte-order mark, a `.cpg`, a `.prj`, a member `crs`.
    File,
    /// The format's standard says it.
    Standard,
    /// A column's name says it.
    Name,
    /// What stands in the file shows it.
    Content,
    /// Nothing says otherwise.
    Default,
}

impl KnownBy {
    /// The stable name in `run.json`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            KnownBy::Layer => "given_for_layer",
            KnownBy::General => "given_for_all",
            KnownBy::File => "file",
            KnownBy::Standard => "standard",
            KnownBy::Name => "column_name",
            KnownBy::Content => "content",
            KnownBy::Default => "default",
        }
    }

    /// How it is known, in words that stand behind what is known.
    #[must_use]
    pub const fn word(self, language: Language) -> &'static str {
        let (en, zh) = match self {
            KnownBy::Layer => ("as given for this layer", "按本图层所给"),
            KnownBy::General => ("as given for all layers", "按通用参数所给"),
            KnownBy::File => ("the file says so", "文件自身声明"),
            KnownBy::Standard => ("the format's standard", "格式标准规定"),
            KnownBy::Name => ("by its name", "按列名识别"),
            KnownBy::Content => ("by its content", "按内容判断"),
            KnownBy::Default => ("nothing says otherwise", "无其他说明，取默认"),
        };
        language.pick(en, zh)
    }
}

/// Something with how it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known<T> {
    /// What is known.
    pub value: T,
    /// How.
    pub by: KnownBy,
}

impl Known<Crs> {
    /// OpenStreetMap's: WGS84 by definition of its format.
    #[cfg(feature = "osm")]
    pub(super) const OPENSTREETMAP: Self = Self::new(Crs::Wgs84, KnownBy::Standard);
}

impl<T> Known<T> {
    /// A value known so.
    #[must_use]
    pub const fn new(value: T, by: KnownBy) -> Self {
        Self { value, by }
    }
}

/// A column or property and what it was taken as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenColumn {
    /// What it was taken as: `id`, `lon`, `population`, `tier`, …
    pub role: String,
    /// Its name in the file.
    pub column: String,
    /// How it was known: given, or by its name.
    pub by: KnownBy,
}

/// How the records of one file were read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The encoding of its text; none where the format has no choice.
    pub encoding: Option<Known<String>>,
    /// The sheet of a workbook.
    pub sheet: Option<Known<String>>,
    /// The first and last row of the header, counted from 1; none where the format has no header.
    pub header: Option<(u64, u64)>,
    /// The columns that were taken, and as what.
    pub taken: Vec<TakenColumn>,
    /// The columns that were not, in the order of the file; at most [`Reading::MOST_UNUSED`].
    pub unused: Vec<String>,
    /// How many rows or features were looked at, those that are no records among them.
    pub rows: u64,
}

impl Reading {
    /// The most columns that are listed as not used.
    pub const MOST_UNUSED: usize = 200;

    /// Says which of a table's columns were taken.
    #[cfg(feature = "text")]
    pub(super) fn with_columns<'n>(
        mut self,
        taken: Vec<(usize, String, KnownBy)>,
        names: &(impl Iterator<Item = &'n str> + Clone),
    ) -> Self {
        let column = |at: usize| names.clone().nth(at).unwrap_or_default().trim().to_owned();
        self.unused = names
            .clone()
            .enumerate()
            .filter(|(at, name)| {
                !name.trim().is_empty() && taken.iter().all(|(column, ..)| column != at)
            })
            .map(|(_, name)| name.trim().to_owned())
            .take(Self::MOST_UNUSED)
            .collect();
        let taken = taken.into_iter().map(|(at, role, by)| TakenColumn {
            role,
            column: column(at),
            by,
        });
        self.taken = taken.collect();
        self
    }
}

/// The record of how one layer was read.
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerReading {
    /// Which layer.
    pub layer: LayerKind,
    /// What it is called among others of its kind: the name of a further demand.
    pub name: Option<String>,
    /// The file without folders, or the selector.
    pub source: String,
    /// The format of the file; none for objects of the network's file.
    pub format: Option<Format>,
    /// The coordinate system; none where there are no places.
    pub crs: Option<Known<String>>,
    /// How its file was read.
    pub reading: Reading,
    /// How many records came of it, those that cannot be used among them.
    pub records: u64,
    /// What was found while it was read, with the number of rows each touches.
    pub found: Vec<(FindingCode, u64)>,
}

#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
impl LayerReading {
    /// Rows that are no records, by the reason.
    pub fn left_out(&self) -> impl Iterator<Item = (FindingCode, u64)> + '_ {
        let found = self.found.iter().copied();
        found.filter(|(code, _)| code.leaves_out_a_row())
    }
}

/// Findings as codes and counts, each code once.
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
pub(super) fn counts_of(findings: &Findings) -> Vec<(FindingCode, u64)> {
    let worst_first = findings.worst_first().into_iter();
    let mut codes: Vec<FindingCode> = worst_first.map(|finding| finding.code).collect();
    codes.dedup();
    let counts = codes.into_iter().map(|code| (code, findings.count(code)));
    counts.collect()
}

/// What a coordinate system is called.
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
pub(super) fn crs_name(crs: &Known<Crs>) -> Known<String> {
    Known::new(crs.value.to_string(), crs.by)
}
