//! What is known, and how.

#[cfg(feature = "osm")]
use crate::crs::Crs;
use crate::text::language::Language;

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
    pub(crate) const fn key(self) -> &'static str {
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
    pub(crate) const fn word(self, language: Language) -> &'static str {
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known<T> {
    /// What is known.
    pub value: T,
    /// How.
    pub by: KnownBy,
}

#[cfg(feature = "osm")]
impl Known<Crs> {
    /// OpenStreetMap's: WGS84 by definition of its format.
    pub(super) const OPENSTREETMAP: Self = Self::new(Crs::Wgs84, KnownBy::Standard);
}

impl<T> Known<T> {
    /// A value known so.
    #[must_use]
    pub const fn new(value: T, by: KnownBy) -> Self {
        Self { value, by }
    }
}
