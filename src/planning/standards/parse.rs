//! From a TOML file to a standard. Every mistake has its line.

use std::path::Path;

use toml::de::DeTable;

use super::fields::{At, Fields, File};
use super::{
    By, Clause, FloorArea, Measure, Mistake, Standard, StandardError, StationAudit, Target, Term,
};
use crate::model::Tier;
use crate::text::language::{Words, words};
use crate::units::{Cutoff, CutoffError};

const STANDARD: &[&str] = &[
    "id", "name", "edition", "source", "norm", "note", "tier", "facility", "service", "audit",
    "clause",
];
const AUDIT: &[&str] = &["min_floor_area_m2", "haves", "source", "checked"];
const TIERS: &[&str] = &[
    Tier::Street.name(),
    Tier::Community.name(),
    Tier::Grid.name(),
];
const TERM: &[&str] = &["key", "name", "words", "note"];
const CLAUSE: &[&str] = &[
    "number", "facility", "tier", "meaning", "measure", "metres", "minutes", "decides", "target",
    "source", "checked",
];
const MEASURES: &[(&str, Measure)] = &[
    (Measure::Straight.name(), Measure::Straight),
    (Measure::Network.name(), Measure::Network),
];
const DECIDES: &[(&str, By)] = &[
    (By::Metres.name(), By::Metres),
    (By::Minutes.name(), By::Minutes),
];

/// Reads a standard. The file's name is for messages, and for a standard without an id.
pub(super) fn standard(file: &str, text: &str) -> Result<Standard, StandardError> {
    let file = File { name: file, text };
    let (table, errors) = DeTable::parse_recoverable(text);
    if let Some(error) = errors.first() {
        let byte = error.span().map_or(0, |span| span.start);
        let mistake = Mistake::Toml(error.message().to_owned());
        return Err(file.wrong(byte, Words::new("TOML", "TOML 语法"), mistake));
    }
    let table = table.into_inner();
    let fields = Fields::new(file, None, &table, 0, STANDARD)?;
    let tiers = terms(&fields, "tier")?;
    let facilities = terms(&fields, "facility")?;
    let clauses = clauses(&fields, &tiers, &facilities)?;
    let id = fields.text("id")?.map(|id| id.value.to_owned());
    let stem = Path::new(file.name).file_stem();
    let stem = || stem.map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    Ok(Standard {
        id: id.unwrap_or_else(stem),
        name: fields.required("name", fields.words("name")?)?,
        edition: fields.text("edition")?.map(|text| text.value.to_owned()),
        source: fields.required("source", fields.words("source")?)?,
        is_norm: fields.switch("norm")?.unwrap_or(true),
        note: fields.words("note")?,
        tiers,
        facilities,
        services: terms(&fields, "service")?,
        audit: audit(&fields)?,
        clauses,
    })
}

/// Refuses what stands twice, and remembers where each stands first.
struct Once<'a> {
    field: &'static str,
    seen: Vec<(&'a str, usize)>,
}

impl<'a> Once<'a> {
    fn check(&mut self, fields: &Fields<'_>, text: &At<&'a str>) -> Result<(), StandardError> {
        if let Some((_, at)) = self.seen.iter().find(|(seen, _)| *seen == text.value) {
            let mistake = Mistake::Duplicate {
                found: text.value.to_owned(),
                line: fields.file.line(*at),
            };
            return Err(fields.wrong(self.field, text.at, mistake));
        }
        self.seen.push((text.value, text.at));
        Ok(())
    }
}

/// The terms of `[[tier]]`, `[[facility]]` or `[[service]]`.
fn terms(standard: &Fields<'_>, kind: &'static str) -> Result<Vec<Term>, StandardError> {
    let mut keys = Once {
        field: "key",
        seen: Vec::new(),
    };
    let tables = standard.tables(kind)?;
    let terms = (1..).zip(&tables).map(|(number, table)| {
        let place = match name_of(table.value, "key") {
            Some(key) => Words::same(format!("{kind} {key}")),
            None => Words::same(format!("{kind} {number}")),
        };
        let fields = Fields::new(standard.file, Some(place), table.value, table.at, TERM)?;
        let key = fields.required("key", fields.text("key")?)?;
        keys.check(&fields, &key)?;
        Ok(Term {
            key: key.value.to_owned(),
            name: fields.required("name", fields.words("name")?)?,
            words: fields.texts("words")?,
            note: fields.words("note")?,
        })
    });
    terms.collect()
}

/// What a table calls itself, for messages about it.
fn name_of<'a>(table: &'a DeTable<'_>, field: &str) -> Option<&'a str> {
    table.get(field)?.get_ref().as_str()
}

fn clauses(
    standard: &Fields<'_>,
    tiers: &[Term],
    facilities: &[Term],
) -> Result<Vec<Clause>, StandardError> {
    let tables = standard.tables("clause")?;
    if tables.is_empty() {
        return Err(standard.wrong("[[clause]]", 0, Mistake::Missing));
    }
    let mut numbers = Once {
        field: "number",
        seen: Vec::new(),
    };
    let clauses = (1..).zip(&tables).map(|(count, table)| {
        let place = match name_of(table.value, "number") {
            Some(number) => words!("clause {number}", "条款 {number}"),
            None => words!("the clause no. {count}", "第 {count} 个条款"),
        };
        let fields = Fields::new(standard.file, Some(place), table.value, table.at, CLAUSE)?;
        let number = fields.required("number", fields.text("number")?)?;
        numbers.check(&fields, &number)?;
        let limits = Limits::read(&fields)?;
        Ok(Clause {
            number: number.value.to_owned(),
            facility: declared(&fields, "facility", facilities)?,
            tier: declared(&fields, "tier", tiers)?,
            meaning: fields.required("meaning", fields.words("meaning")?)?,
            measure: limits.measure,
            metres: limits.metres,
            minutes: limits.minutes,
            decides: limits.decides,
            target: target(&fields)?,
            source: fields.required("source", fields.words("source")?)?,
            is_checked: fields.required("checked", fields.switch("checked")?)?,
        })
    });
    clauses.collect()
}

/// The table `[audit]`.
fn audit(standard: &Fields<'_>) -> Result<Option<StationAudit>, StandardError> {
    let Some(fields) = standard.table("audit", AUDIT)? else {
        return Ok(None);
    };
    Ok(Some(StationAudit {
        min_floor_area: floor_areas(&fields)?,
        haves: haves(&fields)?,
        source: fields.required("source", fields.words("source")?)?,
        is_checked: fields.required("checked", fields.switch("checked")?)?,
    }))
}

/// One number for every tier, or a table of tiers.
fn floor_areas(audit: &Fields<'_>) -> Result<[Option<FloorArea>; 3], StandardError> {
    let of = |fields: &Fields<'_>, field: &str| {
        let number = fields.number(field)?;
        let area = number.map(|number| {
            let area = number.value.parse();
            area.map_err(|_| {
                let mistake = Mistake::FloorArea(number.value.to_owned());
                fields.wrong(field, number.at, mistake)
            })
        });
        area.transpose()
    };
    let field = AUDIT[0];
    if !audit.is_table(field) {
        return Ok([of(audit, field)?; 3]);
    }
    let mut areas = [None; 3];
    if let Some(tiers) = audit.table(field, TIERS)? {
        for (area, tier) in areas.iter_mut().zip(Tier::ALL) {
            *area = of(&tiers, tier.name())?;
        }
    }
    Ok(areas)
}

/// The haves that are asked for: those of the list; all where there is no list.
fn haves(audit: &Fields<'_>) -> Result<[bool; 3], StandardError> {
    let Some(asked) = audit.choices("haves", &StationAudit::HAVES)? else {
        return Ok([true; 3]);
    };
    Ok(StationAudit::HAVES.map(|have| asked.contains(&have)))
}

/// The term that a clause names.
fn declared(
    fields: &Fields<'_>,
    table: &'static str,
    terms: &[Term],
) -> Result<Option<Term>, StandardError> {
    let Some(text) = fields.text(table)? else {
        return Ok(None);
    };
    let term = terms.iter().find(|term| term.key == text.value);
    let undeclared = || {
        let found = text.value.to_owned();
        fields.wrong(table, text.at, Mistake::Undeclared { found, table })
    };
    term.cloned().map(Some).ok_or_else(undeclared)
}

fn target(fields: &Fields<'_>) -> Result<Option<Target>, StandardError> {
    let Some(number) = fields.number("target")? else {
        return Ok(None);
    };
    let target = number.value.parse().map(Some);
    target.map_err(|_| {
        let mistake = Mistake::Target(number.value.to_owned());
        fields.wrong("target", number.at, mistake)
    })
}

/// What a clause measures, and which limit decides.
struct Limits {
    measure: Measure,
    metres: Option<Cutoff>,
    minutes: Option<Cutoff>,
    decides: By,
}

impl Limits {
    fn read(fields: &Fields<'_>) -> Result<Self, StandardError> {
        let measure = fields
            .required("measure", fields.choice("measure", MEASURES)?)?
            .value;
        let metres = limit(fields, "metres", Cutoff::metres)?;
        let minutes = limit(fields, "minutes", Cutoff::minutes)?;
        let given = fields.choice("decides", DECIDES)?;
        let decides = match (given, metres, minutes) {
            (_, None, None) => {
                return Err(fields.wrong("metres", fields.at, Mistake::NoLimit));
            }
            (None, Some(_), Some(_)) => {
                return Err(fields.wrong("decides", fields.at, Mistake::Undecided));
            }
            (None, Some(_), None) => At {
                value: By::Metres,
                at: fields.at,
            },
            (None, None, Some(_)) => At {
                value: By::Minutes,
                at: fields.at,
            },
            (Some(given), ..) => given,
        };
        let mistake = match (decides.value, metres, minutes) {
            (By::Minutes, ..) if measure == Measure::Straight => Mistake::StraightMinutes,
            (By::Metres, None, _) | (By::Minutes, _, None) => {
                Mistake::DecidesNothing(decides.value)
            }
            (decides, ..) => {
                return Ok(Self {
                    measure,
                    metres,
                    minutes,
                    decides,
                });
            }
        };
        Err(fields.wrong("decides", decides.at, mistake))
    }
}

fn limit(
    fields: &Fields<'_>,
    field: &str,
    cutoff: impl Fn(f64) -> Result<Cutoff, CutoffError>,
) -> Result<Option<Cutoff>, StandardError> {
    let Some(number) = fields.number(field)? else {
        return Ok(None);
    };
    // TOML's numbers are those of Rust, once their underscores are gone.
    let value = number.value.parse().unwrap_or(f64::NAN);
    let cutoff = cutoff(value).map(Some);
    cutoff.map_err(|error| fields.wrong(field, number.at, Mistake::Limit(error)))
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
