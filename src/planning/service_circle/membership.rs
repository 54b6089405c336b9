//! What the rule of own communities needs: residents and stations whose communities are one.

use std::collections::BTreeSet;

use super::asking::Asking;
use crate::inputs::{Inputs, LayerKind};
use crate::model::{Attribute, AttributeColumn, Attributes, FindingCode, Findings, Tier};
use crate::planning::provision::PlanError;
use crate::planning::register::{Matched, Register, RegisteredStation};
use crate::text::language::{InLanguage, Words, place_zh, words};
use crate::text::names::Code;
use crate::units::People;

/// So many names and codes are shown of a column.
const MOST_SHOWN: usize = 3;

impl Asking<'_> {
    /// Counts the residents of no community with their people: by the rule of own communities nobody serves them.
    ///
    /// # Errors
    /// [`PlanError::NoOwnCommunity`] where no resident's community is that of any station.
    pub(super) fn membership(
        &self,
        registered: &[RegisteredStation],
        register: &Register<'_>,
    ) -> Result<Findings, PlanError> {
        let is_of_community =
            |tier: Option<Tier>| !matches!(tier, Some(Tier::Street | Tier::District));
        let matched = registered.iter().zip(register.matches());
        let of_communities: Vec<&Matched> = matched
            .filter(|(station, _)| is_of_community(station.tier))
            .map(|(_, matched)| matched)
            .collect();
        let served: BTreeSet<u32> = of_communities.iter().filter_map(|m| m.sure()).collect();
        let mut homes = self.communities.of.iter().flatten();
        if !of_communities.is_empty() && !homes.any(|home| served.contains(home)) {
            return Err(self.no_own_community());
        }
        Ok(self.of_no_community())
    }

    /// The residents whose community is not known.
    fn of_no_community(&self) -> Findings {
        let homes = self.communities.of.iter().enumerate();
        let rows: Vec<usize> = homes
            .filter(|(_, home)| home.is_none())
            .map(|(row, _)| row)
            .collect();
        let mut findings = Findings::default();
        let people: People = rows.iter().map(|row| self.people[*row]).sum();
        if let Some(first) = rows.first() {
            findings.add_many(FindingCode::NoCommunity, rows.len() as u64, || {
                let first = &self.inputs.residents[*first];
                let (id, source, zh) = (&first.id, &first.source, place_zh(&first.source));
                words!(
                    "{people} people; the first: {id} ({source})",
                    "共 {people} 人；首条：{id}（{zh}）"
                )
            });
        }
        findings
    }

    fn no_own_community(&self) -> PlanError {
        let inputs = self.inputs;
        let stations = match &inputs.every_station {
            Some((_, attributes)) => attributes,
            None => &inputs.station_attributes,
        };
        PlanError::NoOwnCommunity {
            residents: said(inputs, LayerKind::Residents, &inputs.resident_attributes),
            stations: said(inputs, LayerKind::Stations, stations),
            register: inputs.communities.is_some(),
        }
    }
}

/// What a layer's columns say of communities.
fn said(inputs: &Inputs, kind: LayerKind, attributes: &Attributes) -> Words {
    let has = |attribute: Attribute| {
        let kinds = match kind {
            LayerKind::Residents => &[LayerKind::Residents][..],
            _ => &[LayerKind::Stations, LayerKind::AllStations],
        };
        let mut readings = inputs.readings.iter();
        readings.any(|reading| {
            let mut taken = reading.reading.taken.iter();
            kinds.contains(&reading.layer) && taken.any(|taken| taken.role == attribute.key())
        })
    };
    let column = |attribute: Attribute| {
        let texts = attributes
            .of(attribute)
            .map_or(&[][..], AttributeColumn::texts);
        let shown: Vec<&str> = texts.iter().take(MOST_SHOWN).map(String::as_str).collect();
        let is_cut = texts.iter().any(|text| Code::read(text) == Code::Rounded);
        match (has(attribute), shown.is_empty(), is_cut) {
            (false, true, _) => words!("no column", "没有该列"),
            (true, true, _) => words!("a blank column", "该列为空"),
            (_, false, false) => {
                let (shown, shown_zh) = (shown.join(", "), shown.join("、"));
                words!("{shown}", "{shown_zh}")
            }
            (_, false, true) => {
                let (shown, shown_zh) = (shown.join(", "), shown.join("、"));
                words!(
                    "{shown} (cut by a spreadsheet; save the column as text)",
                    "{shown_zh}（末几位已被表格软件截去，请将该列存为文本）"
                )
            }
        }
    };
    let [names, codes] = [Attribute::Community, Attribute::CommunityCode].map(column);
    let (names_zh, codes_zh) = (names.zh(), codes.zh());
    words!(
        "names of communities: {names}; codes: {codes}",
        "社区名称：{names_zh}；社区代码：{codes_zh}"
    )
}
