//! Prices of cures from a TOML file. A key that is none is refused with its line, and with those that there are.

use serde::Deserialize;

use super::{CurePrice, CurePrices};
use crate::gaps::CureKind;
use crate::inputs::{InputError, Source, toml_error};
use crate::siting::Money;
use crate::text::language::{Words, words};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PricesFile {
    #[serde(default)]
    cure: Vec<PriceTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PriceTable {
    kind: String,
    mode: Option<String>,
    cost: Option<f64>,
    cost_per_metre: Option<f64>,
    responsible: Option<String>,
    deadline: Option<String>,
}

/// Reads what cures cost:
///
/// ```
/// use pedshed::gaps::CureKind;
/// use pedshed::inputs::Source;
/// use pedshed::planning::cures::read_cure_prices;
/// let text = "[[cure]]\nkind = 'link'\ncost = 10\ncost_per_metre = 0.8\nresponsible = 'street office'\n";
/// let prices = read_cure_prices(&Source::from_bytes("prices.toml", text.as_bytes()))?;
/// assert!(!prices.is_empty());
/// # Ok::<(), pedshed::inputs::InputError>(())
/// ```
///
/// # Errors
/// [`InputError`] with the line: no TOML, a key or kind that there is not, a table without a cost, a cost that is no amount of money.
pub fn read_cure_prices(source: &Source) -> Result<CurePrices, InputError> {
    source.check_not_empty(Words::new("prices of cures", "对策单价"))?;
    let text = source.utf_8()?;
    let file: PricesFile =
        toml::from_str(&text).map_err(|error| toml_error(source, &text, &error))?;
    if file.cure.is_empty() {
        let reason = words!("there is no [[cure]] in it", "文件中没有 [[cure]]");
        return Err(source.malformed(Words::new("prices of cures", "对策单价"), reason));
    }
    let prices = file.cure.into_iter().map(PriceTable::price);
    let prices = prices.collect::<Result<_, Words>>();
    let prices = prices.map_err(|reason| source.malformed(Words::same("[[cure]]"), reason))?;
    Ok(CurePrices::new(prices))
}

impl PriceTable {
    fn price(self) -> Result<CurePrice, Words> {
        let given = self.kind.as_str();
        let kind = CureKind::ALL.into_iter().find(|kind| kind.name() == given);
        let kind = kind.ok_or_else(|| {
            words!(
                "kind \"{given}\" is none of opening, gate, link, station",
                "kind “{given}”不是 opening、gate、link、station 之一"
            )
        })?;
        if self.cost.is_none() && self.cost_per_metre.is_none() {
            return Err(words!(
                "{given} says neither cost nor cost_per_metre",
                "{given} 既没有 cost 也没有 cost_per_metre"
            ));
        }
        let has_metres = [CureKind::Gate, CureKind::Link].contains(&kind);
        if self.cost_per_metre.is_some() && !has_metres {
            return Err(words!(
                "{given} has no metres: leave out cost_per_metre",
                "{given} 没有长度：请去掉 cost_per_metre"
            ));
        }
        Ok(CurePrice {
            kind,
            mode: self.mode,
            cost: amount("cost", self.cost)?,
            cost_per_metre: amount("cost_per_metre", self.cost_per_metre)?,
            responsible: self.responsible,
            deadline: self.deadline,
        })
    }
}

fn amount(key: &str, number: Option<f64>) -> Result<Money, Words> {
    let Some(number) = number else {
        return Ok(Money::ZERO);
    };
    number.to_string().parse().map_err(|_| {
        words!(
            "{key} = {number} is no amount of money",
            "{key} = {number} 不是金额"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<CurePrices, String> {
        let source = Source::from_bytes("prices.toml", text.as_bytes().to_vec());
        read_cure_prices(&source).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_no_price_is_refused_with_the_reason() {
        for (text, reason) in [
            ("", "prices"),
            ("cures = 1\n", "cures"),
            ("[[cure]]\nkind = 'bridge'\ncost = 1\n", "bridge"),
            ("[[cure]]\nkind = 'gate'\n", "neither cost"),
            ("[[cure]]\nkind = 'gate'\ncost = -1\n", "-1"),
            ("[[cure]]\nkind = 'gate'\ncost = nan\n", "NaN"),
            ("[[cure]]\nkind = 'gate'\ncost = 1\nprice = 2\n", "price"),
            ("[[cure]]\nkind = 'station'\ncost_per_metre = 1\n", "metres"),
        ] {
            let error = read(text).expect_err("it is refused");
            assert!(error.contains(reason), "{text:?}: {error}");
        }
    }
}
