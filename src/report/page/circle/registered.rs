//! The sections of the register, the services, own and other communities' stations, and the walls.

use super::super::html::Html;
use super::super::words::Words;
use super::table::{Cell, Row, Table, head, number};
use crate::coverage::WallCosts;
use crate::id::StationId;
use crate::model::Tier;
use crate::planning::indicators::Share;
use crate::planning::membership::Membership;
use crate::planning::provision::{ProblemKind, RegisterReport, ServiceReport};
use crate::planning::register::Proportion;
use crate::planning::services::ByArea;
use crate::report::Report;
use crate::units::People;

/// Problems of the register that the page lists; `register.csv` has all.
const PROBLEMS_LISTED: usize = 200;
/// Stations of which the page says what they should add; `service_additions.csv` has all.
const ADDITIONS_LISTED: usize = 20;

/// A share of things with two decimals, and how many they are.
fn built(words: &Words, part: Proportion) -> [Cell; 2] {
    let percent = Share::from(part).in_table();
    let shown = if percent.is_empty() {
        "–".to_owned()
    } else {
        words.language.with_percent(&percent)
    };
    let (met, all) = (
        words.language.whole(part.met),
        words.language.whole(part.all),
    );
    [
        Cell::number(words.have_one(&met, &all), &part.met),
        Cell::number(shown, &percent).deciding(true),
    ]
}

const fn tier_word(words: &Words, tier: Tier) -> &'static str {
    match tier {
        Tier::District => words.either("district", "区县级"),
        Tier::Street => words.either("subdistrict", "街镇级"),
        Tier::Community => words.either("community", "社区级"),
        Tier::Grid => words.either("grid", "小区（网格）级"),
    }
}

const fn problem_word(words: &Words, kind: ProblemKind) -> &'static str {
    match kind {
        ProblemKind::Missing => words.either("missing", "缺失"),
        ProblemKind::Duplicate => words.either("duplicate", "重复"),
        ProblemKind::ToReview => words.either("to be reviewed", "待核对"),
        ProblemKind::Unmatched => words.either("of no community", "无所属社区"),
        ProblemKind::WrongCommunity => words.either("wrong community", "社区不符"),
        ProblemKind::SameSite => words.either("one site", "同一场所"),
        ProblemKind::Link => words.either("link upwards", "上级关联"),
        ProblemKind::Audit => words.either("does not comply", "不达标"),
        ProblemKind::Tier => words.either("tier not known", "层级不明"),
    }
}

/// 建有率 by tier, what stations are held to, the years, and what there is to work through.
pub(super) fn register(
    report: &Report<'_>,
    found: &RegisterReport,
    words: &Words,
    html: &mut Html,
) {
    let whole = |count: u64| words.language.whole(count);
    let mut rows: Vec<Row> = Vec::new();
    for tier in &found.tiers {
        let [count, share] = built(words, tier.built);
        let stations = words.count_stations(&whole(tier.stations));
        let name = Cell::name(tier_word(words, tier.tier), &stations);
        rows.push(Row::Cells(
            tier.tier.name().to_owned(),
            vec![name, count, share],
        ));
    }
    // What no station is held to is no row.
    let audit = || found.audit.iter().filter(|count| count.is_asked());
    if audit().next().is_some() {
        let heading = words.either("⟦Stations⟧ that comply", "达标⟦站点⟧");
        rows.push(Row::Heading(heading.to_owned()));
    }
    for count in audit() {
        let [met, share] = if count.is_stated() {
            built(words, count.complies)
        } else {
            let nothing = words.either("not stated", "未填写");
            [Cell::text(nothing), Cell::text("–")]
        };
        let title = count.item.title(words.language);
        let name = match count.not_stated {
            0 => Cell::text(title),
            _ if !count.is_stated() => Cell::text(title),
            some => Cell::name(title, &words.not_stated(&whole(some))),
        };
        let key = count.item.title(crate::text::language::Language::En);
        rows.push(Row::Cells(key.to_owned(), vec![name, met, share]));
    }
    let table = Table {
        id: "register",
        title: words.either("The register", "台账核对：建有率"),
        note: words.register_note(
            &whole(found.places as u64),
            (found.compliant, found.compliance_not_stated),
        ),
        heads: vec![
            head(words.either("Tier", "层级")),
            number(words.either("Have one", "已建")),
            number(words.either("Share", "比例")),
        ],
        is_sortable: false,
        rows,
    };
    table.write(html);
    years(report, found, words, html);
    problems(found, words, html);
}

fn years(report: &Report<'_>, found: &RegisterReport, words: &Words, html: &mut Html) {
    if found.years.is_empty() {
        return;
    }
    let total = report.coverage.total().people;
    let rows = found.years.iter().map(|year| {
        let [_, share] = built(words, year.built);
        let within = year.within.map_or_else(
            || Cell::text("–"),
            |within| Cell::share(words, within, total),
        );
        let day = year.day.to_string();
        Row::Cells(
            format!("{}/{day}", year.tier.name()),
            vec![
                Cell::text(tier_word(words, year.tier)),
                Cell::day(&day),
                Cell::number(words.language.whole(year.stations), &year.stations),
                share,
                within,
            ],
        )
    });
    let table = Table {
        id: "register-by-year",
        title: words.either("Year by year", "历年建设与覆盖"),
        note: String::new(),
        heads: vec![
            head(words.either("Tier", "层级")),
            head(words.either("Day", "日期")),
            number(words.stations),
            number(words.either("Have one", "建有率")),
            number(words.either("Covered on foot", "步行覆盖率")),
        ],
        is_sortable: true,
        rows: rows.collect(),
    };
    table.write(html);
}

fn problems(found: &RegisterReport, words: &Words, html: &mut Html) {
    if found.problems.is_empty() {
        return;
    }
    let listed = found.problems.iter().take(PROBLEMS_LISTED);
    let rows = listed.map(|problem| {
        Row::Cells(
            problem.kind.name().to_owned(),
            vec![
                Cell::text(problem_word(words, problem.kind)),
                Cell::name(
                    &problem.name,
                    problem.tier.map_or("", |tier| tier_word(words, tier)),
                ),
                Cell::name(problem.what.get(words.language), ""),
            ],
        )
    });
    let more = found.problems.len().saturating_sub(PROBLEMS_LISTED);
    let note = if more > 0 {
        words.more_in_file(&words.language.whole(more as u64), "register.csv")
    } else {
        String::new()
    };
    let table = Table {
        id: "register-problems",
        title: words.either("To be worked through in the register", "台账待处理事项"),
        note,
        heads: vec![
            head(words.either("Problem", "问题")),
            head(words.either("Whose", "对象")),
            head(words.either("What", "说明")),
        ],
        is_sortable: true,
        rows: rows.collect(),
    };
    table.write(html);
}

/// Each service, all of them, and all at one place.
pub(super) fn services(report: &Report<'_>, found: &ServiceReport, words: &Words, html: &mut Html) {
    let coverage = &found.coverage;
    let has_week = found.least_in_week().is_some();
    let row = |name: Cell, key: &str, places: Option<usize>, by_area: &ByArea| {
        let places = places.map_or_else(
            || Cell::text("–"),
            |places| Cell::number(words.language.whole(places as u64), &places),
        );
        let sums = by_area.all;
        let mut cells = vec![
            name,
            places,
            Cell::people(words, sums.covered),
            Cell::share(words, sums.covered, sums.people).deciding(true),
        ];
        cells.extend(has_week.then(|| week_of(found, key, words)));
        Row::Cells(key.to_owned(), cells)
    };
    let each = found.names.iter().zip(&found.stations);
    let each = each.zip(&coverage.services);
    let mut rows: Vec<Row> = each
        .map(|((name, stations), by_area)| {
            row(Cell::name(name, ""), name, Some(*stations), by_area)
        })
        .collect();
    let all = words.either("all of them", "全部服务");
    let at_one = words.either("all at one place", "同一场所提供全部服务");
    rows.push(row(
        Cell::text(all),
        "all within",
        None,
        &coverage.all_within,
    ));
    rows.push(row(
        Cell::text(at_one),
        "all at one place",
        Some(found.places_with_all),
        &coverage.all_at_one,
    ));
    let table = Table {
        id: "services",
        title: words.either("Services", "分项服务覆盖情况"),
        note: services_note(found, words),
        heads: services_heads(has_week, words),
        is_sortable: false,
        rows,
    };
    table.write(html);
    additions(report, found, words, html);
}

/// The heads of the table of services.
fn services_heads(has_week: bool, words: &Words) -> Vec<(String, bool)> {
    let mut heads = vec![
        head(words.either("Service", "服务")),
        number(words.either("Offered at", "提供⟦站点⟧")),
        number(words.people),
        number(words.share),
    ];
    if has_week {
        heads.push(number(words.either("Over the week", "全周人时占比")));
    }
    heads
}

/// The share of people-hours of the week in which a service is within reach.
fn week_of(found: &ServiceReport, service: &str, words: &Words) -> Cell {
    let mut of_service = found.names.iter().zip(&found.times);
    let times = of_service.find(|(name, _)| *name == service);
    match times.and_then(|(_, times)| times.week.as_ref()) {
        Some(week) => {
            let sums = week.week();
            Cell::share(words, sums.people_minutes, sums.all_people_minutes)
        }
        None => Cell::text("–"),
    }
}

/// What the services are judged by, what is not stated, and which of them most people lack.
fn services_note(found: &ServiceReport, words: &Words) -> String {
    let mut note = words.services_note(&words.language.cutoff(found.cutoff));
    let moments = found.times.iter().filter_map(|times| times.moment);
    if let Some(moment) = moments.into_iter().next() {
        note.push_str(&words.at_time(moment.at));
    }
    if found.not_stated > 0 {
        note.push_str(&words.services_not_stated(found.not_stated as u64));
    }
    if let Some((service, people)) = found.coverage.missing_most() {
        let people = words.language.people(people);
        note.push_str(&words.missing_most(&found.names[service as usize], &people));
    }
    note
}

/// The stations whose one more service would cover most people anew.
fn additions(report: &Report<'_>, found: &ServiceReport, words: &Words, html: &mut Html) {
    let each = (0..).map(StationId).zip(&found.additions);
    let mut list: Vec<_> = each
        .filter_map(|(station, addition)| Some((station, (*addition)?)))
        .collect();
    if list.is_empty() {
        return;
    }
    list.sort_by_key(|(station, addition)| (std::cmp::Reverse(addition.people), *station));
    let stations = report.asked_stations();
    let rows = list
        .iter()
        .take(ADDITIONS_LISTED)
        .map(|(station, addition)| {
            Row::Cells(
                stations[station.index()].id.clone(),
                vec![
                    Cell::name(
                        stations[station.index()]
                            .name
                            .as_deref()
                            .unwrap_or_default(),
                        "",
                    ),
                    Cell::name(&found.names[addition.service as usize], ""),
                    Cell::people(words, addition.people),
                ],
            )
        });
    let table = Table {
        id: "service-additions",
        title: words.either("The service to add", "建议增设服务"),
        note: words
            .either(
                "By ⟦station⟧ the service whose addition there covers most people anew; all are in service_additions.csv.",
                "各⟦站点⟧增设后新增覆盖人口最多的服务；完整清单见 service_additions.csv。",
            )
            .to_owned(),
        heads: vec![
            head(words.station),
            head(words.either("Service", "服务")),
            number(words.either("Gain", "可新增覆盖")),
        ],
        is_sortable: true,
        rows: rows.collect(),
    };
    table.write(html);
}

/// By tier the stations of the own community, and those of all.
pub(super) fn memberships(
    memberships: &[(String, Membership)],
    total: People,
    words: &Words,
    html: &mut Html,
) {
    if memberships.is_empty() {
        return;
    }
    let rows = memberships.iter().map(|(tier, membership)| {
        let name = match Tier::read(tier) {
            Some(tier) => Cell::text(tier_word(words, tier)),
            None => Cell::name(tier, ""),
        };
        Row::Cells(
            tier.clone(),
            vec![
                name,
                Cell::share(words, membership.own(), total),
                Cell::share(words, membership.any(), total),
                Cell::people(words, membership.gain()).deciding(true),
                Cell::people(words, membership.across()),
            ],
        )
    });
    let table = Table {
        id: "membership",
        title: words.either("Own community or any", "跨社区服务"),
        note: words
            .either(
                "Covered by the ⟦stations⟧ of one's own community, and by those of all; the gain is what opening every counter to all covers anew.",
                "仅计本社区⟦站点⟧与计入全部⟦站点⟧的覆盖率；增量为各社区⟦站点⟧互相开放后新增覆盖人口。",
            )
            .to_owned(),
        heads: vec![
            head(words.either("Tier", "层级")),
            number(words.either("own", "本社区")),
            number(words.either("any", "任一社区")),
            number(words.either("Gain", "增量")),
            number(words.either("Served by another", "由他社区服务")),
        ],
        is_sortable: false,
        rows: rows.collect(),
    };
    table.write(html);
}

/// By how many people one sum is more than another.
fn more(sum: People, than: People) -> People {
    People::from_thousandths(sum.thousandths().saturating_sub(than.thousandths()))
}

/// What walls cost, in sum.
pub(super) fn walls(report: &Report<'_>, costs: &WallCosts, words: &Words, html: &mut Html) {
    let total = report.coverage.total().people;
    let row = |key: &str, name: &str, of: (People, People, People)| {
        let (people, covered, open) = of;
        Row::Cells(
            key.to_owned(),
            vec![
                Cell::text(name),
                Cell::people(words, people),
                Cell::share(words, covered, people).deciding(true),
                Cell::share(words, open, people),
                Cell::people(words, more(open, covered)),
            ],
        )
    };
    let inside = costs.inside;
    let table = Table {
        id: "walls",
        title: words.either("What walls cost", "小区围墙的影响"),
        note: words
            .either(
                "Covered with the gates as they are, and with all walls open; compound by compound in compounds.csv.",
                "按现有出入口与围墙全部敞开分别计算；分小区结果见 compounds.csv。",
            )
            .to_owned(),
        heads: vec![
            head(""),
            number(words.people),
            number(words.either("as it is", "现状")),
            number(words.either("walls open", "围墙敞开")),
            number(words.either("Gain", "增量")),
        ],
        is_sortable: false,
        rows: vec![
            row(
                "compounds",
                words.either("people in compounds", "小区内居民"),
                (inside.people, inside.covered, inside.covered_open),
            ),
            row(
                "city",
                words.either("everybody", "全部居民"),
                (total, costs.covered, costs.covered_open),
            ),
        ],
    };
    table.write(html);
}
