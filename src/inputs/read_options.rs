//! How one file is read: what is said of its layer and of all layers, and what is kept of its records.

use super::field::Field;
use super::{KeptColumn, Known, KnownBy, LayerKind, LayerSettings, TextEncoding};
#[cfg(any(feature = "geojson", feature = "shapefile"))]
use crate::crs::Crs;
use crate::model::Attribute;

/// How one file is read: what is said of its layer, what is said of all, and what is kept of its records.
///
/// ```
/// use pedshed::inputs::{LayerKind, LayerSettings, ReadOptions, RoleColumns, Source, read_points};
/// let own = LayerSettings {
///     columns: RoleColumns::default().with("id", "站点编码"),
///     ..LayerSettings::default()
/// };
/// let options = ReadOptions::of(LayerKind::Stations).with_own(own);
/// let table = "编号,站点编码,lon,lat\n1,S-7,112.55,37.87\n";
/// let source = Source::from_bytes("stations.csv", table.as_bytes());
/// let points = read_points(&source, &options)?;
/// assert_eq!(points.records[0].id.as_deref(), Some("S-7"));
/// # Ok::<(), pedshed::inputs::InputError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// Which layer it is read for, where that is known: what its records are, and which options cure what is wrong with it.
    pub(super) layer: Option<LayerKind>,
    /// What is said of this very layer; it goes before what the file says.
    pub(super) own: LayerSettings,
    /// What is said of all layers; it holds where the file does not say for itself.
    pub(super) general: LayerSettings,
    /// What else is kept of every record, as text: first the columns that are named for the layer.
    pub(super) kept: Vec<KeptColumn>,
    /// Whether the hours of single services are kept too, in as many columns as there are.
    pub(super) keeps_service_hours: bool,
    /// Whether its records are a list whose places are not looked at.
    pub(super) is_list: bool,
}

impl ReadOptions {
    /// Options of a file of which nothing is said.
    pub(super) const NONE: Self = Self {
        layer: None,
        own: LayerSettings::NONE,
        general: LayerSettings::NONE,
        kept: Vec::new(),
        keeps_service_hours: false,
        is_list: false,
    };

    /// A list, whose places are not looked at and need not be there.
    #[must_use]
    pub(crate) fn without_places(self) -> Self {
        Self {
            is_list: true,
            ..self
        }
    }

    /// A file of a layer of this kind, of which nothing else is said.
    #[must_use]
    pub fn of(layer: LayerKind) -> Self {
        Self {
            layer: Some(layer),
            ..Self::NONE
        }
    }

    /// The same file with what is said of this very layer: it goes before what the file says. Its columns must be there, and
    /// those of attributes are kept.
    #[must_use]
    pub fn with_own(self, own: LayerSettings) -> Self {
        let attributes = self
            .layer
            .map_or(&Attribute::ALL[..], LayerKind::attributes);
        let given = own.columns.iter().filter_map(|named| {
            let attribute = attributes.iter().find(|one| one.key() == named.role)?;
            Some(KeptColumn::Given(*attribute, named.column.clone()))
        });
        let given: Vec<KeptColumn> = given.collect();
        let kept = self.kept;
        Self {
            own,
            kept: given,
            ..self
        }
        .keeping(kept)
    }

    /// The same file with these columns kept too, beside those that are named for the layer.
    #[must_use]
    pub fn keeping(mut self, kept: impl IntoIterator<Item = KeptColumn>) -> Self {
        for column in kept {
            match column {
                KeptColumn::OfServices(_) => self.keeps_service_hours = true,
                column => column.keep_in(&mut self.kept),
            }
        }
        self
    }

    /// The coordinate system of a file that declares one or not; WGS84 where nobody says one.
    #[cfg(any(feature = "geojson", feature = "shapefile"))]
    pub(super) fn crs(&self, declared: Option<&Known<Crs>>) -> Known<Crs> {
        let known = |crs: &Option<Crs>, by| crs.clone().map(|crs| Known::new(crs, by));
        known(&self.own.crs, KnownBy::Layer)
            .or_else(|| declared.cloned())
            .or_else(|| known(&self.general.crs, KnownBy::General))
            .unwrap_or(Known::new(Crs::Wgs84, KnownBy::Default))
    }

    /// The encoding that is said of its text. Only a mark in the file goes before one of this very layer; one of all layers
    /// stands behind whatever the file or its format says or shows.
    pub(super) fn encoding(&self) -> Option<Known<TextEncoding>> {
        let known = |encoding: Option<TextEncoding>, by| Some(Known::new(encoding?, by));
        known(self.own.encoding, KnownBy::Layer)
            .or_else(|| known(self.general.encoding, KnownBy::General))
    }

    /// The sheet of a workbook: one that is named for this very layer must be there, one that is named for all is taken where
    /// there is one.
    #[cfg(feature = "excel")]
    pub(super) fn sheet(&self) -> Option<Known<&str>> {
        let own = self.own.sheet.as_deref().zip(Some(KnownBy::Layer));
        let general = self.general.sheet.as_deref().zip(Some(KnownBy::General));
        own.or(general).map(|(sheet, by)| Known::new(sheet, by))
    }

    /// What a field is called among the roles of the layer: the compound of a gate is read in the place of its name.
    pub(super) fn role_of(&self, field: Field) -> &'static str {
        match (self.layer, field) {
            (Some(LayerKind::Gates), Field::Name) => Field::COMPOUND,
            _ => field.role(),
        }
    }

    /// The field's column that is named for this layer.
    pub(super) fn named(&self, field: Field) -> Option<&str> {
        self.own.columns.of(self.role_of(field))
    }

    /// Whether the field's column is named for this layer.
    pub(super) fn is_named(&self, field: Field) -> bool {
        self.named(field).is_some()
    }

    /// The field's column that is named for all layers.
    pub(super) fn named_for_all(&self, field: Field) -> Option<&str> {
        self.general.columns.of(field.role())
    }

    /// Whether several points of one feature are entrances of one station.
    #[cfg(any(feature = "geojson", feature = "shapefile"))]
    pub(super) fn has_entrances(&self) -> bool {
        self.is_of(&[
            LayerKind::Stations,
            LayerKind::AllStations,
            LayerKind::Candidates,
        ])
    }

    /// Whether records have no places: the list of a register.
    #[cfg(any(feature = "csv", feature = "excel"))]
    pub(super) fn has_no_places(&self) -> bool {
        self.is_list
            || self.is_of(&[
                LayerKind::Communities,
                LayerKind::Stairwells,
                LayerKind::Calendar,
            ])
    }

    /// Whether the names of points are passed over: of residents nobody asks for them. Those of polygons are kept, which are
    /// communities.
    pub(super) fn passes_over_names(&self) -> bool {
        self.is_of(&[LayerKind::Residents, LayerKind::Demand])
    }

    /// Whether records are divisions of a city, so that the code of a community or of a subdistrict is their own.
    pub(super) fn are_divisions(&self) -> bool {
        self.is_of(&[
            LayerKind::Areas,
            LayerKind::Communities,
            LayerKind::Land,
            LayerKind::Compounds,
        ])
    }

    pub(super) fn is_of(&self, kinds: &[LayerKind]) -> bool {
        self.layer.is_some_and(|layer| kinds.contains(&layer))
    }

    /// Whether the records name the station above them, so that their ids must be those by which others name them.
    pub(super) fn names_parents(&self) -> bool {
        let parent = Attribute::Parent.key();
        self.kept.iter().any(|kept| kept.key() == parent)
    }

    /// The option that names the field's column: that of the layer where it was named with that.
    pub(super) fn option_of(&self, field: Field) -> &'static str {
        match self.layer {
            Some(layer) if self.is_named(field) => layer.columns_option(),
            _ => field.option(),
        }
    }

    /// The option that named a column which is kept.
    pub(super) fn option_of_kept(&self, kept: &KeptColumn) -> &'static str {
        match (kept, self.layer) {
            (KeptColumn::Given(..), Some(layer)) => layer.columns_option(),
            _ => "‹group›",
        }
    }
}
