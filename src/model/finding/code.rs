//! What can be found: its stable name and what it is, as data. The words for it stand in one file for each language, in
//! `text/words`.

use crate::text::language::Language;
use crate::text::words::{self, FindingWords};

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

impl Severity {
    /// In a word.
    #[must_use]
    pub const fn word(self, language: Language) -> &'static str {
        words::of(language).severities[self as usize]
    }
}

/// What else is true of a code.
#[derive(Clone, Copy)]
enum Trait {
    /// A row with it is no record of its layer: it was read, and left out.
    LeavesOutARow,
    /// Every record is listed, and not only the first: findings that somebody has to work through.
    Listed,
}

/// A code as data.
struct Kind {
    name: &'static str,
    severity: Severity,
    traits: &'static [Trait],
}

macro_rules! finding_codes {
    ($(
        $(#[$doc:meta])*
        $code:ident = $name:literal, $severity:ident $(, $trait:ident)*;
    )*) => {
        /// What was found. Each code has a stable name, a severity, an effect on the answer and a cure.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[non_exhaustive]
        pub enum FindingCode {
            $($(#[$doc])* $code,)*
        }

        impl FindingCode {
            /// Every code.
            pub const ALL: &'static [FindingCode] = &[$(FindingCode::$code),*];

            /// By code.
            const KINDS: &'static [Kind] = &[$(Kind {
                name: $name,
                severity: Severity::$severity,
                traits: &[$(Trait::$trait),*],
            }),*];
        }
    };
}

finding_codes! {
    /// Resident records that cannot be used.
    InvalidResident = "invalid_resident", Error;
    /// Station records that cannot be used.
    InvalidStation = "invalid_station", Error;
    /// Records with an address and no coordinate.
    Unlocated = "unlocated", Error, Listed;
    /// Resident records of several points.
    SeveralPlaces = "several_places", Error;
    /// Stations with no usable street within the snapping distance.
    StationOffNetwork = "station_off_network", Error;
    /// Residents with no usable street within the snapping distance.
    ResidentOffNetwork = "resident_off_network", Warning;
    /// Layers that look shifted as Chinese maps are.
    ShiftedLayer = "shifted_layer", Warning, Listed;
    /// Tables with several pairs of coordinate columns.
    SeveralCoordinates = "several_coordinates", Warning;
    /// Layers that lie elsewhere than the network but for a few records.
    Elsewhere = "elsewhere", Warning, Listed;
    /// Layers whose coordinate system is known by the name of a column.
    SystemByName = "system_by_name", Note;
    /// Tables with a column that says coordinate systems and was not used.
    SystemsNotUsed = "systems_not_used", Warning;
    /// Layers whose column says another coordinate system than was given.
    SystemContradicted = "system_contradicted", Warning;
    /// Tables whose northing or latitude comes first, as Chinese surveyors write it.
    NorthingFirst = "northing_first", Warning;
    /// Stations within 50 m of another one that may be the same site: of a similar name, or point and area.
    RepeatedSite = "repeated_site", Warning, Listed;
    /// Shapefiles without the .dbf of their attributes.
    NoAttributes = "no_attributes", Warning;
    /// Layers without a column that was taken as population.
    NoPopulation = "no_population", Warning;
    /// Layers with several columns of population.
    SeveralPopulations = "several_populations", Warning;
    /// Records whose population is blank.
    BlankPopulation = "blank_population", Warning;
    /// Records with as many people as all others of their layer together.
    SumOfOthers = "sum_of_others", Warning;
    /// Records whose text was damaged before, by an encoding that was read wrongly.
    DamagedText = "damaged_text", Warning;
    /// Areas whose boundary is not closed in the input.
    AreaNotClosed = "area_not_closed", Warning, LeavesOutARow;
    /// Area records that cannot be used.
    InvalidArea = "invalid_area", Error, LeavesOutARow;
    /// Residents in none of the areas.
    ResidentOutsideAreas = "resident_outside_areas", Note;
    /// Residents in more than one area.
    OverlappingAreas = "overlapping_areas", Note;
    /// Network features that are not lines on the earth.
    InvalidLine = "invalid_line", Warning, LeavesOutARow;
    /// Lines without length.
    DegenerateLine = "degenerate_line", Note, LeavesOutARow;
    /// Line ends within 2 m of a line that they do not touch.
    Dangle = "dangle", Warning;
    /// Places where lines cross or touch without a vertex in common.
    Crossing = "crossing", Note;
    /// Line ends that were moved onto the line beside them.
    JoinedEnd = "joined_end", Note;
    /// Streets that are cut at the 180th meridian and go on at the same latitude on its other side.
    JoinedAtAntimeridian = "joined_at_antimeridian", Note;
    /// Places where crossing lines were given a junction.
    NodedCrossing = "noded_crossing", Note;
    /// Ways cut where the extract lacks a vertex.
    MissingVertex = "missing_vertex", Note;
    /// Islands: short pieces of street cut off from the rest.
    Island = "island", Warning;
    /// Pockets: connected private ways, such as gated compounds.
    Pocket = "pocket", Note;
    /// Pockets without a gate: private ways that touch no public way.
    ClosedPocket = "closed_pocket", Warning;
    /// Private gates on public ways.
    PrivateGate = "private_gate", Note;
    /// Streets left out because footways join both their ends.
    Sidepath = "sidepath", Note;
    /// Compound records that cannot be used.
    InvalidCompound = "invalid_compound", Error, LeavesOutARow;
    /// Gates that are not in the wall of a compound.
    StrayGate = "stray_gate", Warning;
    /// Gates of the map that are locked or closed to everybody on foot.
    GateShut = "gate_shut", Note;
    /// Objects of the map with a tag that says they are closed, or until when they were open.
    TaggedClosed = "tagged_closed", Warning;
    /// Compounds without a gate.
    CompoundWithoutGate = "compound_without_gate", Warning;
    /// Ways that nobody may walk.
    NotWalkable = "not_walkable", Note;
    /// Residents whose nearest street is a bridge.
    OnBridge = "on_bridge", Note;
    /// Stretches of way that this walker cannot take.
    ClosedToWalker = "closed_to_walker", Note;
    /// Stretches of street that are too steep for this walker.
    TooSteep = "too_steep", Note;
    /// Ferries that are not taken.
    FerryNotTaken = "ferry_not_taken", Note;
    /// Kilometres of street without a height.
    HeightsUnknown = "heights_unknown", Warning;
    /// Kilometres of street on which heights were missing between two that are known.
    HeightsFilled = "heights_filled", Note;
    /// Kilometres of street whose heights rise more steeply than any street.
    SlopeBeyondStreets = "slope_beyond_streets", Note;
    /// Files of heights that lie elsewhere than the streets.
    HeightsElsewhere = "heights_elsewhere", Note;
    /// Ways and gates that are open or closed at times, by tags that are not used.
    UnusedCondition = "unused_condition", Note;
    /// Ways and gates that are open at some hours only.
    OpenAtTimes = "open_at_times", Note;
    /// Those of them that are closed at the time that is asked for.
    ClosedThen = "closed_then", Note;
    /// Barriers that cut a way.
    BarrierCut = "barrier_cut", Note;
    /// Station rows that repeat an id.
    RepeatedStation = "repeated_station", Note;
    /// Station rows more than 500 m from the first row with their id.
    FarEntrance = "far_entrance", Warning;
    /// Records whose id a spreadsheet has cut, such as 1.40106E+17.
    CutCode = "cut_code", Warning;
    /// Resident rows that repeat an id.
    RepeatedResident = "repeated_resident", Warning;
    /// Rows without an id.
    MissingId = "missing_id", Note;
    /// Stations at the same place under different ids.
    SamePlace = "same_place", Note, Listed;
    /// Files that are not UTF-8.
    Encoding = "encoding", Note;
    /// Rows above the records beside the header: titles, headings, units.
    HeaderRows = "header_rows", Note;
    /// Rows that are no records: totals, notes, repeated titles and headers.
    TotalRow = "total_row", Note, LeavesOutARow;
    /// Rows with fewer or more cells than the header.
    RaggedRow = "ragged_row", Warning;
    /// Records that were deleted and not yet removed from their file.
    DeletedRecord = "deleted_record", Note, LeavesOutARow;
    /// Cells that are merged with one above.
    MergedCell = "merged_cell", Note;
    /// Records in rows of a workbook that are hidden, by a filter or by hand.
    HiddenRow = "hidden_row", Warning;
    /// Numbers that are read as codes with the zeros in front with which the workbook shows them.
    CodeAsShown = "code_as_shown", Note;
    /// Sheets with a table that are not read.
    UnreadSheet = "unread_sheet", Note;
    /// Buildings that are not homes.
    NotAHome = "not_a_home", Note;
    /// Buildings whose outline is not closed or not in the extract.
    BuildingWithoutShape = "building_without_shape", Warning;
    /// Stations that are not open on the day that is asked for.
    StationNotOpen = "station_not_open", Note;
    /// Stations that are closed at the time that is asked for.
    StationClosed = "station_closed", Note;
    /// Stations of which it is not known when they are open.
    HoursNotKnown = "hours_not_known", Warning;
    /// Stations whose rows say different opening hours.
    HoursContradict = "hours_contradict", Warning;
    /// Stations that are never open by their opening hours.
    NeverOpen = "never_open", Warning;
    /// Stations whose opening hours follow the season or the sun.
    HoursByDate = "hours_by_date", Warning;
    /// Stations that keep other hours on holidays.
    HoursOnHolidays = "hours_on_holidays", Note;
    /// Hours of services that the station does not offer.
    HoursOfNoService = "hours_of_no_service", Warning;
    /// Services that are open at times when their station is not.
    ServiceHoursOutside = "service_hours_outside", Warning;
    /// Cells that are filled and were not understood.
    CellNotUnderstood = "cell_not_understood", Warning, Listed;
    /// Columns of people or floor area whose unit is not understood.
    UnitNotUnderstood = "unit_not_understood", Warning;
    /// Columns of people or floor area whose unit stands above the table.
    UnitAbove = "unit_above", Note;
    /// Numbers of people whose points were taken to part thousands.
    PointsPartThousands = "points_part_thousands", Warning;
    /// Stations whose tier is not understood.
    TierNotUnderstood = "tier_not_understood", Warning;
    /// Stations whose tier is not stated, though others' is.
    TierNotStated = "tier_not_stated", Warning;
    /// Stations that name the one above them by what was not taken as the id.
    ParentNotAnId = "parent_not_an_id", Warning;
    /// Stations whose services are not stated, though others' are.
    ServicesNotStated = "services_not_stated", Warning;
    /// Services of stations that the standard does not list.
    ServiceNotListed = "service_not_listed", Warning;
    /// Stations of which it is not stated whether they have a sign, rules or facilities, though others' is.
    HaveNotStated = "have_not_stated", Warning;
    /// Stations with a closing date, and no day that is asked for.
    ClosingDate = "closing_date", Warning;
    /// Residents whose community is not known, where only stations of the own community serve.
    NoCommunity = "no_community", Warning;
    /// Cells of a group's people that are no number.
    GroupNotANumber = "group_not_a_number", Warning;
    /// Cells of people that are blank.
    BlankPeople = "blank_people", Warning;
    /// Rows of the register that say a community again.
    RepeatedCommunity = "repeated_community", Warning, LeavesOutARow, Listed;
    /// Communities of the register whose code another one has under another name.
    SharedCode = "shared_code", Warning, Listed;
    /// Communities whose people are not known.
    InvalidCommunity = "invalid_community", Error, Listed;
    /// Communities with people and without a home to allocate them to.
    PeopleWithoutHomes = "people_without_homes", Warning;
    /// Homes in none of the communities whose people are allocated.
    HomeWithoutCommunity = "home_without_community", Warning;
    /// Communities whose homes have no floor area, or too few of them.
    NoFloorArea = "no_floor_area", Warning;
    /// Communities whose homes have no floor area, or too few of them, but footprints and storeys.
    AllocatedByFootprint = "allocated_by_footprint", Note;
    /// Communities of whose homes no size is known.
    AllocatedEqually = "allocated_equally", Warning;
    /// Homes without the name or code of their community, which lie in the outline of one.
    HomeByOutline = "home_by_outline", Note;
    /// Polygons with people whose people are put onto the buildings inside.
    PeopleOnBuildings = "people_on_buildings", Note;
    /// Polygons with people and without a home inside, whose people are put along the streets inside.
    PeopleOnStreets = "people_on_streets", Warning;
    /// Polygons with people and without a home or a street inside, whose people are put at one point inside.
    PeopleAtPoint = "people_at_point", Warning;
    /// Homes without people of their own in none of the polygons with people.
    HomeOutsidePolygons = "home_outside_polygons", Note;
    /// Homes of unknown size among others that are known.
    HomeWithoutSize = "home_without_size", Note;
    /// Residents whose straight leg to the street crosses a motorway, a railway, a river or other water.
    LegCrosses = "leg_crosses", Warning;
    /// Station entrances whose straight leg to the street crosses a motorway, a railway, a river or other water.
    StationLegCrosses = "station_leg_crosses", Warning;
    /// Residents within one cutoff of where the data end.
    NearDataEdge = "near_data_edge", Note;
    /// Residents with no path to any station.
    Unreachable = "unreachable", Warning;
    /// Residents who cannot take the stairs at home, and have no lift that leads the whole way.
    StairsAtHome = "stairs_at_home", Warning;
    /// Residents above the first storey of whom it is not known whether they have a lift.
    LiftNotKnown = "lift_not_known", Warning;
    /// Residents whose storey is not known, where that of others is.
    StoreyNotKnown = "storey_not_known", Warning;
    /// Buildings of several storeys over which their people are spread evenly.
    StoreysEstimated = "storeys_estimated", Note;
    /// Residents whose stairwell the table of stairwells does not have.
    StairwellNotFound = "stairwell_not_found", Warning;
    /// Residents of whom the table of stairwells says something else than their own row.
    StairwellContradicted = "stairwell_contradicted", Warning;
    /// Rows of the table of stairwells that say one again.
    RepeatedStairwell = "repeated_stairwell", Warning, LeavesOutARow;
    /// Stairwells whose stage says that a lift runs and whose lift that there is none, or the other way round.
    LiftStageContradicted = "lift_stage_contradicted", Warning;
    /// Stations whose cell of how many people they can take is blank, where others have one.
    StationWithoutCapacity = "station_without_capacity", Warning;
    /// Stations whose capacity is blank or cannot be read, where supply is asked about.
    StationWithoutSupply = "station_without_supply", Warning;
    /// Candidate sites with no usable street within the snapping distance, or without a place.
    CandidateOffNetwork = "candidate_off_network", Error;
    /// Candidate sites whose cost is blank or cannot be read, where others have one.
    CandidateWithoutCost = "candidate_without_cost", Error;
    /// Sites of none of the tiers that are asked for.
    SiteWithoutTier = "site_without_tier", Error;
    /// Sites whose capacity is blank or cannot be read, where capacities count.
    SiteWithoutCapacity = "site_without_capacity", Error;
    /// Candidate sites of a list that no walk leads to.
    CandidateWithoutWalks = "candidate_without_walks", Warning;
    /// Stations that stand by a list and that no walk leads to.
    StandingWithoutWalks = "standing_without_walks", Warning;
    /// Sites whose community is not known, where a site serves its own community alone.
    SiteWithoutCommunity = "site_without_community", Warning;
    /// Residents whose community is not known, where it counts for siting.
    ResidentWithoutCommunity = "resident_without_community", Warning;
    /// Candidate sites whose cell of the year when they are ready is not understood.
    CandidateYearNotRead = "candidate_year_not_read", Error;
    /// Candidate sites that are ready after the last year of the plan.
    CandidateTooLate = "candidate_too_late", Note;
    /// Communities that no choice lifts to the floor that was asked for.
    CommunityBelowFloor = "community_below_floor", Warning;
    /// Measures that take coverage from somebody.
    MeasureTakesAway = "measure_takes_away", Warning;
    /// Residents who can walk to no candidate and to no station that stands.
    OutOfReach = "out_of_reach", Warning;
    /// Rows of a table of walks whose time or ids cannot be read.
    WalkNotRead = "walk_not_read", Error;
    /// Rows of a table of walks without a time.
    WalkWithoutTime = "walk_without_time", Note;
    /// Rows of a table of walks with a pair that an earlier row has.
    RepeatedWalk = "repeated_walk", Warning;
    /// Walks of a table to stations that are neither candidates nor stand.
    WalkToOther = "walk_to_other", Warning;
    /// Residents of a table of walks whose people no list says.
    WalkerWithoutPeople = "walker_without_people", Warning;
    /// Sessions of a calendar whose place is no station, or several.
    SessionWithoutPlace = "session_without_place", Error;
    /// Sessions of a calendar of which nothing says when they are.
    SessionWithoutTime = "session_without_time", Error;
    /// Sessions of a calendar whose day or time is not understood.
    SessionTimeNotUnderstood = "session_time_not_understood", Error;
    /// Sessions of a calendar that end before they begin.
    SessionEndsFirst = "session_ends_first", Error;
    /// Edits of a scenario that changed nothing.
    EditWithoutEffect = "edit_without_effect", Warning;
    /// Stations of a scenario with no usable street within the snapping distance.
    EditOffNetwork = "edit_off_network", Error;
    /// Records that are in one of two compared folders alone.
    InOneFolder = "in_one_folder", Warning;
    /// Parameters in which two compared folders differ.
    OtherParameter = "other_parameter", Warning;
}

impl FindingCode {
    /// The stable name in `summary.json`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.kind().name
    }

    /// How much it matters.
    #[must_use]
    pub const fn severity(self) -> Severity {
        self.kind().severity
    }

    /// What was found, in a few words that follow its count.
    #[must_use]
    pub const fn title(self, language: Language) -> &'static str {
        self.words(language).title
    }

    /// What it does to the answer.
    #[must_use]
    pub const fn effect(self, language: Language) -> &'static str {
        self.words(language).effect
    }

    /// What to do about it.
    #[must_use]
    pub const fn cure(self, language: Language) -> &'static str {
        self.words(language).cure
    }

    /// Whether a row with it is no record of its layer: it was read, and left out.
    #[must_use]
    pub const fn leaves_out_a_row(self) -> bool {
        self.has(Trait::LeavesOutARow)
    }

    /// Whether every record is listed, and not only the first: findings that somebody has to work through.
    #[must_use]
    pub(crate) const fn is_listed(self) -> bool {
        self.has(Trait::Listed)
    }

    const fn has(self, wanted: Trait) -> bool {
        let mut traits = self.kind().traits;
        while let [first, rest @ ..] = traits {
            if *first as u8 == wanted as u8 {
                return true;
            }
            traits = rest;
        }
        false
    }

    const fn kind(self) -> &'static Kind {
        &Self::KINDS[self as usize]
    }

    const fn words(self, language: Language) -> &'static FindingWords {
        &words::of(language).findings[self as usize]
    }
}

// A language that lacks the words of a code, or has them in another place, does not compile.
const _: () = {
    let mut language = 0;
    while language < Language::ALL.len() {
        let findings = words::of(Language::ALL[language]).findings;
        assert!(
            findings.len() == FindingCode::ALL.len(),
            "a language has words for every code"
        );
        let mut code = 0;
        while code < findings.len() {
            assert!(
                is_same(findings[code].code, FindingCode::ALL[code].name()),
                "words of findings stand in the order of the codes"
            );
            code += 1;
        }
        language += 1;
    }
};

const fn is_same(one: &str, other: &str) -> bool {
    let (mut one, mut other) = (one.as_bytes(), other.as_bytes());
    while let ([first, one_rest @ ..], [second, other_rest @ ..]) = (one, other) {
        if *first != *second {
            return false;
        }
        (one, other) = (one_rest, other_rest);
    }
    one.is_empty() && other.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The options that a text names, each as often as it does.
    fn options(text: &str) -> Vec<&str> {
        let marked = text.split('‹').skip(1);
        let mut keys: Vec<&str> = marked
            .map(|rest| rest.split_once('›').expect("both marks").0)
            .collect();
        keys.sort_unstable();
        keys
    }

    #[test]
    fn every_language_says_all_of_every_code_and_names_the_same_options() {
        for code in FindingCode::ALL {
            let english = code.words(Language::En);
            for language in Language::ALL {
                let words = code.words(language);
                for (text, in_english) in [
                    (words.title, english.title),
                    (words.effect, english.effect),
                    (words.cure, english.cure),
                ] {
                    assert!(!text.trim().is_empty(), "{code:?} in {language}");
                    assert_eq!(options(text), options(in_english), "{code:?} in {language}");
                }
            }
        }
    }

    #[test]
    fn a_code_is_listed_or_leaves_out_a_row_as_its_line_says() {
        let said = |code: FindingCode| (code.is_listed(), code.leaves_out_a_row());
        assert_eq!(said(FindingCode::InvalidResident), (false, false));
        assert_eq!(said(FindingCode::Elsewhere), (true, false));
        assert_eq!(said(FindingCode::TotalRow), (false, true));
        assert_eq!(said(FindingCode::RepeatedCommunity), (true, true));
    }
}
