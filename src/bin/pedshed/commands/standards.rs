//! `pedshed standards`: which standards there are, and what one asks for.

use std::ffi::OsStr;

use pedshed::language::{InLanguage, Language, Words, counted};
use pedshed::model::Tier;
use pedshed::planning::register::AuditItem;
use pedshed::planning::standards::{
    By, Clause, FloorArea, Standard, StandardError, StationAudit, Target, Term,
};
use pedshed::report::{pad_left, pad_right};
use pedshed::units::Cutoff;
use serde_json::{Map, Value, json};

use crate::args::StandardsArgs;
use crate::exit::{Exit, UsageError};
use crate::names::shown;
use crate::session::Session;
use crate::terminal::{say, say_in, say_json, words};

/// The widths of the columns of the clauses: number, measure, metres, minutes, which decides, target.
const CLAUSE: [usize; 6] = [28, 10, 9, 9, 14, 10];

pub(crate) fn run(args: &StandardsArgs, session: Session<'_>) -> anyhow::Result<Exit> {
    let Some(name) = &args.standard else {
        list(args.json, session.language)?;
        return Ok(Exit::Done);
    };
    let standard = standard(name)?;
    if args.toml {
        print_file(name)?;
    } else if args.json {
        say_json(&as_json(&standard))?;
    } else {
        explain(&standard, session.language);
    }
    Ok(Exit::Done)
}

/// A standard by its name, or from a file.
fn standard(name: &OsStr) -> anyhow::Result<Standard> {
    Standard::open(name).map_err(|error| match error {
        unknown @ StandardError::Unknown(_) => {
            UsageError::new(Words::new(unknown.to_string(), unknown.zh())).into()
        }
        error => error.into(),
    })
}

/// The file as it is, to copy and edit.
fn print_file(name: &OsStr) -> anyhow::Result<()> {
    let Some(text) = name.to_str().and_then(Standard::text) else {
        let name = shown(name);
        let message = words!(
            "--toml prints a standard that ships with the program, and {name} is a file already",
            "--toml 用于输出程序自带的标准，而 {name} 本身就是文件"
        );
        return Err(UsageError::with_flag("toml", message).into());
    };
    say!("{}", text.trim_end());
    Ok(())
}

fn list(as_json: bool, language: Language) -> anyhow::Result<()> {
    let standards = Standard::NAMES
        .iter()
        .filter_map(|name| Standard::named(name));
    if as_json {
        let list: Vec<Value> = standards.map(|standard| heading_json(&standard)).collect();
        say_json(&list)?;
        return Ok(());
    }
    say!(
        "{}{}{}  {}",
        pad_right(language.pick("standard", "标准"), 21),
        pad_left(language.pick("clauses", "条款"), 8),
        pad_left(language.pick("unchecked", "未核对"), 11),
        language.pick("name", "名称")
    );
    for standard in standards {
        say!(
            "{}{}{}  {}",
            pad_right(&standard.id, 21),
            pad_left(&standard.clauses.len().to_string(), 8),
            pad_left(&standard.unchecked_count().to_string(), 11),
            standard.name.get(language)
        );
    }
    say_in!(
        language,
        "\npedshed standards NAME explains one; --toml prints its file, to copy and edit",
        "\npedshed standards 名称 查看其中一部；--toml 输出其文件，供复制修改"
    );
    Ok(())
}

fn explain(standard: &Standard, language: Language) {
    say!("{}  {}", standard.id, standard.name.get(language));
    if let Some(edition) = &standard.edition {
        say_in!(language, "edition: {edition}", "版本：{edition}");
    }
    let source = standard.source.get(language);
    say_in!(language, "source: {source}", "来源：{source}");
    if let Some(note) = &standard.note {
        say!("\n{}", note.get(language));
    }
    print_terms(language.pick("tiers", "层级"), &standard.tiers, language);
    print_terms(
        language.pick("services", "服务"),
        &standard.services,
        language,
    );
    if let Some(audit) = &standard.audit {
        print_audit(audit, standard.audit_caution().as_ref(), language);
    }
    let (count, unchecked) = (standard.clauses.len(), standard.unchecked_count());
    let clauses = counted(count, "clause", "clauses");
    say_in!(
        language,
        "\n{clauses}, {unchecked} of them unchecked",
        "\n共 {count} 项条款，其中 {unchecked} 项未核对"
    );
    row(match language {
        Language::En => [
            "clause", "measure", "metres", "minutes", "decides", "target",
        ],
        Language::Zh => ["条款", "量算", "米", "分钟", "判定", "目标值"],
    });
    for clause in &standard.clauses {
        print_clause(standard, clause, language);
    }
}

fn print_terms(title: &str, terms: &[Term], language: Language) {
    if terms.is_empty() {
        return;
    }
    say!("\n{title}");
    for term in terms {
        let name = term.name.get(language);
        let note = term.note.as_ref().map(|note| note.get(language));
        let row = format!("  {}{}", pad_right(&term.key, 20), pad_right(name, 26));
        match note {
            Some(note) => say!("{row}{note}"),
            None => say!("{}", row.trim_end()),
        }
    }
}

/// What stations themselves are held to.
fn print_audit(audit: &StationAudit, caution: Option<&Words>, language: Language) {
    say_in!(language, "\naudit of stations", "\n站点达标检查");
    let separator = language.pick(", ", "、");
    let areas = Tier::ALL.iter().zip(audit.min_floor_area);
    let areas: Vec<String> = areas
        .filter_map(|(tier, area)| {
            let (tier, area) = (tier.in_language(language), area?);
            Some(match language {
                Language::En => format!("{tier} {area} m²"),
                Language::Zh => format!("{tier} {area} 平方米"),
            })
        })
        .collect();
    if !areas.is_empty() {
        let areas = areas.join(separator);
        say_in!(
            language,
            "  least floor area: {areas}",
            "  最小建筑面积：{areas}"
        );
    }
    let haves = AuditItem::ALL.iter().zip(audit.haves);
    let haves: Vec<&str> = haves
        .filter(|(_, is_asked)| *is_asked)
        .map(|(item, _)| item.title(language))
        .collect();
    if !haves.is_empty() {
        let haves = haves.join(separator);
        say_in!(language, "  haves: {haves}", "  三有：{haves}");
    }
    print_source(&audit.source, caution, language);
}

fn row(cells: [&str; 6]) {
    let [number, measure, metres, minutes, decides, target] = cells;
    let row = format!(
        "{}  {}{}{}  {}{}",
        // The longest still stand apart from what follows.
        pad_right(number, CLAUSE[0] - 2),
        pad_right(measure, CLAUSE[1]),
        pad_left(metres, CLAUSE[2]),
        pad_left(minutes, CLAUSE[3]),
        pad_right(decides, CLAUSE[4] - 2),
        pad_left(target, CLAUSE[5])
    );
    say!("{}", row.trim_end());
}

fn print_clause(standard: &Standard, clause: &Clause, language: Language) {
    let limit = |by: By| {
        let limit = clause.limit(by);
        limit.map_or_else(|| "-".to_owned(), |limit| limit.to_string())
    };
    let percent = |target: Target| match language {
        Language::En => format!("{target} %"),
        Language::Zh => format!("{target}%"),
    };
    let target = clause.target.map_or_else(|| "-".to_owned(), percent);
    row([
        clause.number_in(language).unwrap_or_default(),
        clause.measure.word(language),
        &limit(By::Metres),
        &limit(By::Minutes),
        clause.decides.word(language),
        &target,
    ]);
    say!("  {}", clause.meaning.get(language));
    print_source(&clause.source, standard.caution(clause).as_ref(), language);
}

/// Where numbers were had from, and that they are not checked, where they are not.
fn print_source(source: &Words, caution: Option<&Words>, language: Language) {
    let source = source.get(language);
    match caution {
        None => say_in!(language, "  source: {source}", "  来源：{source}"),
        Some(caution) => {
            let caution = caution.in_language(language);
            say_in!(
                language,
                "  source: {source} ({caution})",
                "  来源：{source}（{caution}）"
            );
        }
    }
}

fn in_both(words: &Words) -> Value {
    json!({ "en": words.get(Language::En), "zh": words.get(Language::Zh) })
}

fn heading_json(standard: &Standard) -> Value {
    json!({
        "id": standard.id,
        "name": in_both(&standard.name),
        "edition": standard.edition,
        "source": in_both(&standard.source),
        "norm": standard.is_norm,
        "clauses": standard.clauses.len(),
        "unchecked": standard.unchecked_count(),
    })
}

fn as_json(standard: &Standard) -> Value {
    let terms = |terms: &[Term]| terms.iter().map(term_json).collect::<Vec<_>>();
    let clauses = standard.clauses.iter();
    let clauses: Vec<Value> = clauses
        .map(|clause| clause_json(standard, clause))
        .collect();
    json!({
        "id": standard.id,
        "name": in_both(&standard.name),
        "edition": standard.edition,
        "source": in_both(&standard.source),
        "norm": standard.is_norm,
        "note": standard.note.as_ref().map(in_both),
        "unchecked": standard.unchecked_count(),
        "tiers": terms(&standard.tiers),
        "facilities": terms(&standard.facilities),
        "services": terms(&standard.services),
        "audit": standard.audit.as_ref().map(|audit| audit_json(standard, audit)),
        "clauses": clauses,
    })
}

fn audit_json(standard: &Standard, audit: &StationAudit) -> Value {
    let areas = Tier::ALL.iter().zip(audit.min_floor_area);
    let areas = areas.map(|(tier, area)| (tier.name().to_owned(), json!(area.map(FloorArea::m2))));
    let haves = StationAudit::HAVES.iter().zip(audit.haves);
    let haves: Vec<&str> = haves
        .filter(|(_, is_asked)| *is_asked)
        .map(|(have, _)| *have)
        .collect();
    json!({
        "min_floor_area_m2": areas.collect::<Map<String, Value>>(),
        "haves": haves,
        "source": in_both(&audit.source),
        "checked": audit.is_checked,
        "caution": standard.audit_caution().as_ref().map(in_both),
    })
}

fn term_json(term: &Term) -> Value {
    json!({
        "key": term.key,
        "name": in_both(&term.name),
        "words": term.words,
        "note": term.note.as_ref().map(in_both),
    })
}

fn clause_json(standard: &Standard, clause: &Clause) -> Value {
    let key = |term: &Option<Term>| term.as_ref().map(|term| term.key.clone());
    let target = clause
        .target
        .map(|target| f64::from(target.ten_thousandths()) / 10_000.0);
    json!({
        "number": clause.number,
        "facility": key(&clause.facility),
        "tier": key(&clause.tier),
        "meaning": in_both(&clause.meaning),
        "measure": clause.measure.name(),
        "metres": clause.metres.map(Cutoff::value),
        "minutes": clause.minutes.map(Cutoff::value),
        "decides": clause.decides.name(),
        "target": target,
        "source": in_both(&clause.source),
        "checked": clause.is_checked,
        "caution": standard.caution(clause).as_ref().map(in_both),
    })
}
