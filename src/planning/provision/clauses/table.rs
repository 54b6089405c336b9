//! `indicators.csv`.

use std::io;

use super::Clauses;
use crate::planning::answer::{Answer, Table};
use crate::planning::indicators::Indicator;
use crate::text::language::Language;
use crate::text::table::TableWriter;

impl Answer for Clauses {
    const TABLES: &'static [Table<Self>] = &[Table {
        file_name: "indicators.csv",
        is_there: |clauses| !clauses.standards.is_empty(),
        write: |clauses, context, table| write(&clauses.indicators(), context.language, table),
    }];
}

const HEADER: [&str; 16] = [
    "standard",
    "clause",
    "meaning",
    "facility",
    "denominator",
    "measure",
    "by",
    "limit",
    "within",
    "all",
    "percent",
    "target_percent",
    "verdict",
    "decides",
    "checked",
    "source",
];

/// One row per indicator, in the given order; `meaning` and `source` are in the given language.
///
/// # Units
/// `limit` in metres or minutes, as `by` says; `within` and `all` in people, buildings, or square metres, as `denominator` says.
/// What is not known is empty, as is the facility of a clause about any station.
fn write(
    indicators: &[Indicator<'_>],
    language: Language,
    table: &mut TableWriter<'_>,
) -> io::Result<()> {
    table.row(HEADER)?;
    for row in indicators {
        let clause = row.clause;
        let facility = clause.facility.as_ref();
        let amount = |weight| row.denominator.amount(weight);
        let share = row.share().map(|share| share.percent().to_string());
        let target = clause.target.map(|target| target.to_string());
        table.row([
            row.standard.id.as_str(),
            &clause.number,
            clause.meaning.get(language),
            facility.map_or("", |facility| &facility.key),
            row.denominator.name(),
            row.measure.name(),
            row.by.name(),
            &row.limit.to_string(),
            &row.within.map(amount).unwrap_or_default(),
            &amount(row.all),
            &share.unwrap_or_default(),
            &target.unwrap_or_default(),
            row.verdict.name(),
            truth(row.decides()),
            truth(clause.is_checked),
            clause.source.get(language),
        ])?;
    }
    Ok(())
}

const fn truth(is_so: bool) -> &'static str {
    if is_so { "true" } else { "false" }
}

/// A standard of two clauses, and its rows.
#[cfg(test)]
pub(crate) mod sample {
    use crate::inputs::Source;
    use crate::planning::indicators::{Denominator, Indicator, Reach, Units, Within};
    use crate::planning::standards::Standard;

    pub(crate) fn standard() -> Standard {
        let text = "
id = '=ours'
name = { en = 'Ours', zh = '本地规定' }
source = 'page 1'
[[facility]]
key = 'clinic'
name = 'clinic'
[[clause]]
number = '-1a'
facility = 'clinic'
meaning = { en = 'near, \"or\" far', zh = '近' }
measure = 'network'
metres = 1000
minutes = 12.5
decides = 'minutes'
target = 0.6
source = '@page 2'
checked = false
[[clause]]
number = '2'
meaning = { en = '+radius', zh = '半径' }
measure = 'straight'
metres = 500
source = 'page 3'
checked = true
";
        Standard::read(&Source::from_bytes("ours.toml", text.as_bytes())).expect("a good file")
    }

    /// 2.5 and 4 people, 6.5 in all: 2.5 are 38.4615… %, 4 are 61.538… %.
    pub(crate) fn rows(standard: &Standard) -> Vec<Indicator<'_>> {
        let people = Units {
            denominator: Denominator::People,
            weights: &[2500, 4000],
        };
        let within = Within {
            straight: Some(&[true, true]),
            metres: Some(&[true, false]),
            minutes: Some(&[false, true]),
        };
        let [first, second] = &standard.clauses[..] else {
            panic!("two clauses");
        };
        let mut rows = Indicator::from_clause(standard, first, people, Reach::Within(within));
        rows.extend(Indicator::from_clause(
            standard,
            second,
            people,
            Reach::NoStations,
        ));
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::sample::{rows, standard};
    use super::*;

    #[test]
    fn the_file_has_every_row_and_no_cell_that_a_spreadsheet_runs() {
        let standard = standard();
        let mut file = Vec::new();
        let mut table = TableWriter::new(&mut file);
        write(&rows(&standard), Language::En, &mut table).expect("a file in memory");
        table.finish().expect("a file in memory");
        assert_eq!(
            String::from_utf8(file).expect("UTF-8"),
            "\
standard,clause,meaning,facility,denominator,measure,by,limit,within,all,percent,target_percent,verdict,decides,checked,source
'=ours,'-1a,\"near, \"\"or\"\" far\",clinic,people,straight,metres,1000,6.5,6.5,100.00,60.00,beside,false,false,'@page 2
'=ours,'-1a,\"near, \"\"or\"\" far\",clinic,people,network,metres,1000,2.5,6.5,38.46,60.00,beside,false,false,'@page 2
'=ours,'-1a,\"near, \"\"or\"\" far\",clinic,people,network,minutes,12.5,4,6.5,61.54,60.00,pass,true,false,'@page 2
'=ours,2,'+radius,,people,straight,metres,500,,6.5,,,no_stations,true,true,page 3
'=ours,2,'+radius,,people,network,metres,500,,6.5,,,no_stations,false,true,page 3
"
        );
    }
}
