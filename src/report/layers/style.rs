//! How layers look when they are opened: colours that colour-blind eyes tell apart, and what is drawn first.

use crate::coverage::Status;
use crate::text::language::Words;
use crate::units::{Cutoff, Unit};

/// The look of a layer.
#[derive(Clone, Debug)]
pub(super) enum Style {
    /// Points by their status.
    ByStatus,
    /// Points, one look for all.
    Stations,
    /// Ground by the share of its people who are covered.
    ByShare,
    /// Ground or streets by their cutoff: those of all stations together; those of each at the reader's wish.
    ByCutoff(Vec<Cutoff>),
    /// Ground with a circle in its middle that grows with its people.
    Gaps,
    /// Lines that would help.
    Links,
    /// Points that would help.
    Gates,
    /// Points of what is wrong.
    Problems,
}

/// One line of a legend.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    /// Which rows, as an expression of QGIS; all where it is empty.
    pub(super) filter: String,
    pub(super) label: Words,
    pub(super) colour: Colour,
    pub(super) symbol: Symbol,
    /// Whether it is drawn before the reader asks for it.
    pub(super) is_shown: bool,
}

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Symbol {
    Circle,
    Square,
    Triangle,
    Dashes,
    Fill,
    /// Ground with a circle in its middle that grows with a column.
    FillWithCircle(&'static str),
}

/// Red, green and blue, and how solid, from 0 to 255.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Colour(pub(super) [u8; 4]);

impl Colour {
    const fn solid([red, green, blue]: [u8; 3]) -> Self {
        Self([red, green, blue, 255])
    }

    const fn clear([red, green, blue]: [u8; 3]) -> Self {
        Self([red, green, blue, 120])
    }
}

// Okabe and Ito, Color Universal Design (2008): colours that people with any kind of colour vision tell apart.
const ORANGE: [u8; 3] = [230, 159, 0];
const BLUE: [u8; 3] = [0, 114, 178];
const VERMILLION: [u8; 3] = [213, 94, 0];
const PURPLE: [u8; 3] = [204, 121, 167];
const GREY: [u8; 3] = [153, 153, 153];
const BLACK: [u8; 3] = [0, 0, 0];

// From dark to light, so that they are told apart in black and white: cividis (Nuñez, Anderton and Renslow 2018) at five places.
const CIVIDIS: [[u8; 3]; 5] = [
    [0, 34, 78],
    [65, 77, 107],
    [124, 123, 120],
    [188, 175, 111],
    [254, 232, 56],
];

impl Style {
    pub(super) fn rules(&self) -> Vec<Rule> {
        match self {
            Style::ByStatus => by_status(),
            Style::Stations => one("stations", "站点", BLACK, Symbol::Square),
            Style::ByShare => by_share(),
            Style::ByCutoff(cutoffs) => by_cutoff(cutoffs),
            Style::Gaps => one(
                "gaps",
                "覆盖盲区",
                VERMILLION,
                Symbol::FillWithCircle("people"),
            ),
            Style::Links => one("missing links", "缺失通道", BLUE, Symbol::Dashes),
            Style::Gates => one(
                "gates that would help",
                "建议增设的出入口",
                PURPLE,
                Symbol::Triangle,
            ),
            Style::Problems => one("problems", "台账问题", VERMILLION, Symbol::Triangle),
        }
    }
}

/// The same look for all rows.
fn one(en: &str, zh: &str, colour: [u8; 3], symbol: Symbol) -> Vec<Rule> {
    vec![Rule {
        filter: String::new(),
        label: Words::new(en, zh),
        colour: Colour::solid(colour),
        symbol,
        is_shown: true,
    }]
}

fn by_status() -> Vec<Rule> {
    use crate::text::language::Language::{En, Zh};
    let rule = |status: Status| Rule {
        filter: format!("\"status\" = '{}'", status.name()),
        label: Words::new(status.word(En), status.word(Zh)),
        colour: Colour::solid(match status {
            Status::Covered => BLUE,
            Status::Beyond => ORANGE,
            Status::Unreachable => VERMILLION,
            Status::OffNetwork => PURPLE,
            Status::Invalid => GREY,
        }),
        symbol: Symbol::Circle,
        is_shown: true,
    };
    Status::ALL.map(rule).to_vec()
}

fn by_share() -> Vec<Rule> {
    // Light where few are covered. The upper end is part of the last one.
    let steps = [
        ("< 25 %", "\"share\" < 0.25"),
        ("25–50 %", "\"share\" >= 0.25 AND \"share\" < 0.5"),
        ("50–75 %", "\"share\" >= 0.5 AND \"share\" < 0.75"),
        ("75–95 %", "\"share\" >= 0.75 AND \"share\" < 0.95"),
        ("≥ 95 %", "\"share\" >= 0.95"),
    ];
    let colours = CIVIDIS.iter().rev();
    let mut rules: Vec<Rule> = steps
        .into_iter()
        .zip(colours)
        .map(|((label, filter), colour)| Rule {
            filter: filter.to_owned(),
            label: Words::same(label),
            colour: Colour::clear(*colour),
            symbol: Symbol::Fill,
            is_shown: true,
        })
        .collect();
    rules.push(Rule {
        filter: "\"share\" IS NULL".to_owned(),
        label: Words::new("nobody lives here", "无居民"),
        colour: Colour::clear(GREY),
        symbol: Symbol::Fill,
        is_shown: true,
    });
    rules
}

/// Of each unit the longest first, so that shorter ones lie on it; metres only where the reader wants them, beside minutes.
fn by_cutoff(cutoffs: &[Cutoff]) -> Vec<Rule> {
    use crate::text::language::Language::{En, Zh};
    let has_minutes = cutoffs
        .iter()
        .any(|cutoff| cutoff.unit() == Unit::Milliseconds);
    let mut rules = Vec::new();
    for (is_merged, en, zh) in [
        (true, "of all stations", "全部站点"),
        (false, "of each station", "逐站"),
    ] {
        for unit in [Unit::Milliseconds, Unit::Millimetres] {
            let column = match unit {
                Unit::Milliseconds => "minutes",
                Unit::Millimetres => "metres",
            };
            let of_unit = cutoffs.iter().filter(|cutoff| cutoff.unit() == unit);
            let of_unit: Vec<&Cutoff> = of_unit.collect();
            for (place, cutoff) in of_unit.iter().enumerate().rev() {
                let (own_en, own_zh) = (cutoff.in_words(En), cutoff.in_words(Zh));
                // By the station, since not every program reads flags as such.
                let of = if is_merged { "IS NULL" } else { "IS NOT NULL" };
                let value = (cutoff.value() * 1000.0).round() / 1000.0;
                rules.push(Rule {
                    filter: format!("\"station\" {of} AND round(\"{column}\", 3) = {value}"),
                    label: Words::new(format!("{own_en} {en}"), format!("{own_zh}（{zh}）")),
                    colour: Colour::clear(at_place(place, of_unit.len())),
                    symbol: Symbol::Fill,
                    is_shown: is_merged && (unit == Unit::Milliseconds || !has_minutes),
                });
            }
        }
    }
    rules
}

/// The colour of the one at a place among so many: dark for the nearest.
fn at_place(place: usize, of: usize) -> [u8; 3] {
    let last = CIVIDIS.len() - 1;
    CIVIDIS[if of < 2 {
        1
    } else {
        (place * last).div_euclid(of - 1)
    }]
}
