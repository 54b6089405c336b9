//! What may be said of how a layer is read: the same for every layer, and for all of them at once.

use super::TextEncoding;
use crate::crs::Crs;

/// One thing that may be said of how a layer is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LayerSetting {
    /// Its coordinate system.
    Crs,
    /// The encoding of its text.
    Encoding,
    /// The sheet of its workbook.
    Sheet,
    /// Which of its columns are taken as what.
    Columns,
}

impl LayerSetting {
    /// All of them.
    pub const ALL: [LayerSetting; 4] = [
        LayerSetting::Crs,
        LayerSetting::Encoding,
        LayerSetting::Sheet,
        LayerSetting::Columns,
    ];

    /// What it is called in files, behind the layer: `stations_crs`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            LayerSetting::Crs => "crs",
            LayerSetting::Encoding => "encoding",
            LayerSetting::Sheet => "sheet",
            LayerSetting::Columns => "columns",
        }
    }
}

/// What is said of how a layer is read, or how all of them are. What is not said is told by the file, or is as usual.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LayerSettings {
    /// The coordinate system.
    pub crs: Option<Crs>,
    /// The encoding of the text.
    pub encoding: Option<TextEncoding>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// Which columns are taken as what.
    pub columns: RoleColumns,
}

impl LayerSettings {
    pub(super) const NONE: Self = Self {
        crs: None,
        encoding: None,
        sheet: None,
        columns: RoleColumns(Vec::new()),
    };

    /// Whether this is said.
    #[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
    pub(super) fn says(&self, setting: LayerSetting) -> bool {
        match setting {
            LayerSetting::Crs => self.crs.is_some(),
            LayerSetting::Encoding => self.encoding.is_some(),
            LayerSetting::Sheet => self.sheet.is_some(),
            LayerSetting::Columns => !self.columns.0.is_empty(),
        }
    }
}

/// A column of a layer that is taken as something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RoleColumn {
    /// What it is taken as.
    pub(crate) role: String,
    /// What it is called in the file.
    pub(crate) column: String,
}

/// Columns by what they are taken as, one of [`LayerKind::roles`](super::LayerKind::roles): each role once, in the order in which
/// they were named.
///
/// ```
/// use pedshed::inputs::RoleColumns;
/// let columns = RoleColumns::default().with("id", "站点编码").with("tier", "层级");
/// assert_eq!((columns.of("tier"), columns.of("name")), (Some("层级"), None));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleColumns(Vec<RoleColumn>);

impl RoleColumns {
    /// The same with a column that is taken as this; it goes in the place of another one.
    #[must_use]
    pub fn with(mut self, role: impl Into<String>, column: impl Into<String>) -> Self {
        let (role, column) = (role.into(), column.into());
        match self.0.iter_mut().find(|known| known.role == role) {
            Some(known) => known.column = column,
            None => self.0.push(RoleColumn { role, column }),
        }
        self
    }

    /// The column that is taken as this.
    #[must_use]
    pub fn of(&self, role: &str) -> Option<&str> {
        let named = self.0.iter().find(|named| named.role == role);
        named.map(|named| named.column.as_str())
    }

    /// All of them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &RoleColumn> {
        self.0.iter()
    }
}
