//! How layers look when they are opened: colours that colour-blind eyes tell apart, and what is drawn first.

use crate::coverage::Status;
use crate::text::language::Words;

/// The look of a layer.
#[derive(Clone, Debug)]
pub(super) enum Style {
    /// Points by their status.
    ByStatus,
    /// Points, one look for all.
    Stations,
    /// Ground by the share of its people who are covered.
    ByShare,
    /// Ground or streets within cutoffs, dark where few minutes reach.
    Within(Vec<LegendPart>),
    /// Ground with a circle in its middle that grows with its people.
    Gaps(Vec<LegendPart>),
    /// Lines that would help.
    Links(Vec<LegendPart>),
    /// Points that would help.
    Gates(Vec<LegendPart>),
    /// Points of what is wrong.
    Problems,
    /// Points that are to be built.
    Sites,
}

/// Some rows of a layer, as its legend tells them apart.
#[derive(Clone, Debug)]
pub(super) struct LegendPart {
    /// Which rows, as an expression of QGIS; all where it is empty.
    pub(super) filter: String,
    pub(super) label: Words,
    /// Whether they are drawn before the reader asks for them.
    pub(super) is_shown: bool,
}

/// One line of a legend, with its look.
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
            Style::Within(parts) => within(parts),
            Style::Gaps(parts) => alike(parts, VERMILLION, Symbol::FillWithCircle("people")),
            Style::Links(parts) => alike(parts, BLUE, Symbol::Dashes),
            Style::Gates(parts) => alike(parts, PURPLE, Symbol::Triangle),
            Style::Sites => one("chosen sites", "选定站址", ORANGE, Symbol::Square),
            Style::Problems => one("problems", "台账问题", VERMILLION, Symbol::Triangle),
        }
    }
}

/// The same look for all rows.
fn one(en: &str, zh: &str, colour: [u8; 3], symbol: Symbol) -> Vec<Rule> {
    let all = LegendPart {
        filter: String::new(),
        label: Words::new(en, zh),
        is_shown: true,
    };
    alike(&[all], colour, symbol)
}

/// The same look for all parts.
fn alike(parts: &[LegendPart], colour: [u8; 3], symbol: Symbol) -> Vec<Rule> {
    let rule = |part: &LegendPart| part.with(Colour::solid(colour), symbol);
    parts.iter().map(rule).collect()
}

impl LegendPart {
    fn with(&self, colour: Colour, symbol: Symbol) -> Rule {
        Rule {
            filter: self.filter.clone(),
            label: self.label.clone(),
            colour,
            symbol,
            is_shown: self.is_shown,
        }
    }
}

/// Light to dark, over those that are drawn at first and again over the others.
fn within(parts: &[LegendPart]) -> Vec<Rule> {
    let (shown, others): (Vec<&LegendPart>, Vec<&LegendPart>) =
        parts.iter().partition(|part| part.is_shown);
    let mut rules = Vec::with_capacity(parts.len());
    for group in [shown, others] {
        for (place, part) in group.iter().enumerate() {
            let colour = Colour::clear(at_place(group.len() - 1 - place, group.len()));
            rules.push(part.with(colour, Symbol::Fill));
        }
    }
    rules
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

/// The colour of the one at a place among so many: dark for the nearest.
fn at_place(place: usize, of: usize) -> [u8; 3] {
    let last = CIVIDIS.len() - 1;
    CIVIDIS[if of < 2 {
        1
    } else {
        (place * last).div_euclid(of - 1)
    }]
}
