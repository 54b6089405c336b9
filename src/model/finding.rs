//! Findings: what is wrong or noteworthy about the inputs, counted, with an example, its effect and its cure.

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "lowercase")
)]
pub enum Severity {
    /// Records do not take part in the answer.
    Error,
    /// The answer may be off.
    Warning,
    /// Worth knowing.
    Note,
}

macro_rules! finding_codes {
    ($($variant:ident $code:literal $severity:ident $title:literal, $effect:literal, $cure:literal;)*) => {
        /// What was found. Each code has a stable name, a severity, an effect on the answer and a cure.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[non_exhaustive]
        pub enum FindingCode {
            $(#[doc = $title] $variant,)*
        }

        impl FindingCode {
            /// Every code.
            pub const ALL: &'static [FindingCode] = &[$(FindingCode::$variant),*];

            /// The stable name in `summary.json`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(FindingCode::$variant => $code,)* }
            }

            /// How much it matters.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(FindingCode::$variant => Severity::$severity,)* }
            }

            /// What was found, in a few words.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(FindingCode::$variant => $title,)* }
            }

            /// What it does to the answer.
            #[must_use]
            pub const fn effect(self) -> &'static str {
                match self { $(FindingCode::$variant => $effect,)* }
            }

            /// What to do about it.
            #[must_use]
            pub const fn cure(self) -> &'static str {
                match self { $(FindingCode::$variant => $cure,)* }
            }
        }
    };
}

finding_codes! {
    InvalidResident "invalid_resident" Error "resident records that cannot be used",
        "they count as invalid, not as covered", "correct the records";
    InvalidStation "invalid_station" Error "station records that cannot be used",
        "nobody can walk to them", "correct the records";
    Unlocated "unlocated" Error "records with an address and no coordinate",
        "they count as invalid", "find the coordinates of their addresses, or leave them out";
    StationOffNetwork "station_off_network" Error "stations with no usable street within the snapping distance",
        "they serve nobody", "check their coordinates, or raise --max-snap; beside an island, lower --min-island or join it in the map data";
    ResidentOffNetwork "resident_off_network" Warning "residents with no usable street within the snapping distance",
        "they count as off_network", "check their coordinates, or raise --max-snap; beside an island, lower --min-island or join it in the map data";
    ShiftedLayer "shifted_layer" Warning "layers that look shifted as Chinese maps are",
        "points lie up to 700 m from where they are", "name the layer's system: --stations-crs or --residents-crs GCJ-02 or BD-09";
    NorthingFirst "northing_first" Warning "tables whose x is the northing, as Chinese surveyors write it",
        "the two columns are taken the other way round, as they then lie on the network", "name them with --lon-column and --lat-column";
    RepeatedSite "repeated_site" Warning "stations within 50 m of another one with a similar name",
        "each is counted as a station", "give them one id if they are one site";
    NoAttributes "no_attributes" Warning "Shapefiles without the .dbf of their attributes",
        "nothing is known but places: every resident is one person", "put the .dbf beside the .shp";
    DamagedText "damaged_text" Warning "records whose text was damaged before, by an encoding that was read wrongly",
        "names and ids may be wrong or collide", "export the data again, as UTF-8";
    AreaNotClosed "area_not_closed" Warning "areas whose boundary is not closed in the input",
        "they are left out, and their residents counted in no area", "use an extract that holds the whole boundary";
    InvalidArea "invalid_area" Error "area records that cannot be used",
        "their residents are counted in no area", "correct the records";
    ResidentOutsideAreas "resident_outside_areas" Note "residents in none of the areas",
        "they are in the totals, not in areas.csv", "check the areas' outlines";
    InvalidLine "invalid_line" Warning "network features that are not lines on the earth",
        "they are not part of the network", "correct the features";
    DegenerateLine "degenerate_line" Note "lines without length",
        "they are not part of the network", "delete them";
    Dangle "dangle" Warning "line ends within 2 m of a line that they do not touch",
        "nobody walks across the gap", "join them with --join-tolerance 2, or in the data";
    Crossing "crossing" Note "places where lines cross or touch without a vertex in common",
        "nobody turns there", "if they meet on the level, give --node-crossings";
    JoinedEnd "joined_end" Note "line ends that were moved onto the line beside them",
        "people walk across", "give a smaller --join-tolerance if that is wrong";
    NodedCrossing "noded_crossing" Note "places where crossing lines were given a junction",
        "people turn there", "leave --node-crossings out if they are bridges";
    MissingVertex "missing_vertex" Note "ways cut where the extract lacks a vertex",
        "the way ends there", "use a larger extract where this is inside the study area";
    Island "island" Warning "islands: short pieces of street cut off from the rest",
        "nothing snaps to them", "join them in the map data, or lower --min-island";
    Pocket "pocket" Note "pockets: connected private ways, such as gated compounds",
        "who lives or is served inside goes by the gates; nobody walks through", "see network info";
    ClosedPocket "closed_pocket" Warning "pockets without a gate: private ways that touch no public way",
        "nothing snaps to them", "map the gate: a vertex that the private way shares with a public one";
    PrivateGate "private_gate" Note "private gates on public ways",
        "nobody walks through them; what lies behind is a pocket entered there", "see network info";
    Sidepath "sidepath" Note "streets left out because footways join both their ends",
        "walkers and points use the footways", "see network info";
    NotWalkable "not_walkable" Note "ways that nobody may walk",
        "they are not part of the network", "see network info";
    BarrierCut "barrier_cut" Note "barriers that cut a way",
        "nobody walks through them", "see network info";
    RepeatedStation "repeated_station" Note "station rows that repeat an id",
        "they are taken as entrances of one station", "give every station an id of its own if they are not";
    RepeatedResident "repeated_resident" Warning "resident rows that repeat an id",
        "the rows stay separate records", "give every record an id of its own";
    MissingId "missing_id" Note "rows without an id",
        "they are named by their row", "give every record an id";
    SamePlace "same_place" Note "stations at the same place under different ids",
        "each is counted as a station", "give them one id if they are one site";
    Encoding "encoding" Note "files that are not UTF-8",
        "none where their names look right", "name the encoding with --encoding if they do not";
    TotalRow "total_row" Note "rows that are no records: totals and repeated headers",
        "they are left out", "delete them, or give them coordinates if they are places";
    DeletedRecord "deleted_record" Note "records that were deleted and not yet removed from their file",
        "they are left out", "pack the table if they are meant";
    UnreadSheet "unread_sheet" Note "sheets with a table that are not read",
        "only the first is", "name the sheet that is meant with --sheet";
    NotAHome "not_a_home" Note "buildings that are not homes",
        "nobody lives there", "see the README on homes from buildings";
    BuildingWithoutShape "building_without_shape" Warning "buildings whose outline is not closed or not in the extract",
        "nobody lives there", "use an extract that holds them whole";
    Unreachable "unreachable" Warning "residents with no path to any station",
        "they count as unreachable", "look at the islands and one-way ways near them";
}

/// One finding about one layer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Finding {
    /// What was found.
    pub code: FindingCode,
    /// How many records it touches.
    pub count: u64,
    /// The first of them: where it stands and what is wrong.
    pub example: String,
    /// All of them, for the codes that are [listed](FindingCode::is_listed), up to [`Finding::MOST_LISTED`].
    pub list: Vec<String>,
}

impl Finding {
    /// The most records that a finding lists.
    pub const MOST_LISTED: usize = 1000;
}

impl FindingCode {
    /// Whether every record is listed, and not only the first: findings that somebody has to work through.
    #[must_use]
    pub const fn is_listed(self) -> bool {
        matches!(
            self,
            FindingCode::Unlocated | FindingCode::RepeatedSite | FindingCode::SamePlace
        )
    }
}

/// Findings in the order in which they were met, one per code.
///
/// ```
/// use pedshed::model::{FindingCode, Findings};
/// let mut findings = Findings::default();
/// findings.add(FindingCode::MissingId, || "homes.csv line 7".into());
/// findings.add(FindingCode::InvalidResident, || "homes.csv line 9: no coordinate".into());
/// findings.add(FindingCode::MissingId, || "homes.csv line 12".into());
/// assert_eq!(findings.count(FindingCode::MissingId), 2);
/// assert_eq!(findings.worst_first()[0].code, FindingCode::InvalidResident);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// Counts one more; the first example of a code is kept.
    pub fn add(&mut self, code: FindingCode, example: impl FnOnce() -> String) {
        self.add_many(code, 1, example);
    }

    /// Counts `count` more; the first example of a code is kept. Nothing is added for none.
    pub fn add_many(&mut self, code: FindingCode, count: u64, example: impl FnOnce() -> String) {
        if count == 0 {
            return;
        }
        if let Some(known) = self.0.iter_mut().find(|known| known.code == code) {
            known.count += count;
            if code.is_listed() && known.list.len() < Finding::MOST_LISTED {
                known.list.push(example());
            }
            return;
        }
        let example = example();
        let list = if code.is_listed() {
            vec![example.clone()]
        } else {
            Vec::new()
        };
        self.0.push(Finding {
            code,
            count,
            example,
            list,
        });
    }

    /// Adds all of another list.
    pub fn extend(&mut self, other: Findings) {
        for finding in other.0 {
            match self.0.iter_mut().find(|known| known.code == finding.code) {
                Some(known) => {
                    known.count += finding.count;
                    let room = Finding::MOST_LISTED - known.list.len();
                    known.list.extend(finding.list.into_iter().take(room));
                }
                None => self.0.push(finding),
            }
        }
    }

    /// How many records one code touches.
    #[must_use]
    pub fn count(&self, code: FindingCode) -> u64 {
        self.0
            .iter()
            .find(|finding| finding.code == code)
            .map_or(0, |finding| finding.count)
    }

    /// Worst first, then in the order of the codes.
    #[must_use]
    pub fn worst_first(&self) -> Vec<&Finding> {
        let mut findings: Vec<_> = self.0.iter().collect();
        findings.sort_by_key(|finding| (finding.code.severity(), finding.code));
        findings
    }

    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
