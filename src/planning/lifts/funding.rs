//! Who pays for a lift.

use crate::siting::Money;
use crate::text::language::Words;

/// The smallest part that money is split into, in thousandths: a hundredth, one fen.
const FEN: u64 = 10;

/// Somebody who pays a part of each lift.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Payer {
    /// Its name in files: `province`.
    pub key: String,
    /// What people call them.
    pub name: Words,
    /// How much they pay for a lift, as long as it costs no less than all pay together.
    pub amount: Money,
}

/// How the owners of a house share what is left.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct OwnersShares {
    /// What each storey pays, from the first on: shares, percent or coefficients. Only their proportions count.
    pub shares: Vec<f64>,
}

/// Who pays how much of one lift.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Funding {
    /// What it costs.
    pub cost: Money,
    /// What each payer of the policy pays, in its order.
    pub by_payer: Vec<Money>,
    /// What is left to the owners.
    pub owners: Money,
}

impl Funding {
    /// The payers pay their amounts; where these are more than the cost, in proportion to them.
    #[must_use]
    pub fn new(payers: &[Payer], cost: Money) -> Self {
        let amounts: Vec<Money> = payers.iter().map(|payer| payer.amount).collect();
        let all: Money = amounts.iter().copied().sum();
        let by_payer = if all <= cost {
            amounts
        } else {
            let parts: Vec<f64> = amounts.iter().map(|amount| amount.as_f64()).collect();
            split(cost, &parts)
        };
        let public: u64 = by_payer.iter().map(|amount| amount.thousandths()).sum();
        Self {
            cost,
            owners: Money::from_thousandths(cost.thousandths() - public),
            by_payer,
        }
    }

    /// What is paid by others than the owners.
    #[must_use]
    pub fn public(&self) -> Money {
        self.by_payer.iter().copied().sum()
    }
}

impl OwnersShares {
    /// What each storey of a house pays of a sum, from the first one on; `None` where nobody pays anything.
    pub(super) fn split(&self, storeys: u8, sum: Money) -> Option<Vec<Money>> {
        let shares = self.shares.get(..usize::from(storeys))?;
        let pays = shares.iter().sum::<f64>() > 0.0;
        pays.then(|| split(sum, shares))
    }
}

/// A sum in these proportions, to a hundredth: the parts add up to it. What rounding leaves goes to those who lost most by it, of
/// equals to the first.
fn split(sum: Money, parts: &[f64]) -> Vec<Money> {
    let all: f64 = parts.iter().sum();
    let whole = sum.thousandths() / FEN;
    let exact: Vec<f64> = parts.iter().map(|part| whole as f64 * part / all).collect();
    let mut units: Vec<u64> = exact.iter().map(|part| part.floor() as u64).collect();
    let mut order: Vec<usize> = (0..parts.len()).filter(|&at| parts[at] > 0.0).collect();
    order.sort_by(|&one, &other| {
        let lost = |at: usize| exact[at] - exact[at].floor();
        lost(other).total_cmp(&lost(one)).then(one.cmp(&other))
    });
    let left = whole.saturating_sub(units.iter().sum());
    for &at in order.iter().take(left as usize) {
        units[at] += 1;
    }
    let mut amounts: Vec<Money> = units
        .into_iter()
        .map(|units| Money::from_thousandths(units * FEN))
        .collect();
    // Thousandths below a hundredth.
    if let Some(&first) = order.first() {
        amounts[first] = amounts[first] + Money::from_thousandths(sum.thousandths() % FEN);
    }
    amounts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Money {
        text.parse().expect("money")
    }

    fn payers(amounts: &[&str]) -> Vec<Payer> {
        let payer = |amount: &&str| Payer {
            key: String::new(),
            name: Words::same(""),
            amount: money(amount),
        };
        amounts.iter().map(payer).collect()
    }

    #[test]
    fn a_lift_is_paid_by_its_payers_and_what_is_left_by_the_owners() {
        let all = payers(&["100000", "75000", "75000"]);
        let funding = Funding::new(&all, money("600000"));
        assert_eq!(funding.public(), money("250000"));
        assert_eq!(funding.owners, money("350000"));
        // Capped at the cost: 200,000 in the proportion 4 to 3 to 3.
        let cheap = Funding::new(&all, money("200000"));
        assert_eq!(cheap.by_payer, ["80000", "60000", "60000"].map(money));
        assert_eq!(cheap.owners, Money::ZERO);
        // 100 in three equal parts: 33.34, 33.33, 33.33.
        let thirds = Funding::new(&payers(&["50", "50", "50"]), money("100"));
        assert_eq!(thirds.by_payer, ["33.34", "33.33", "33.33"].map(money));
    }

    #[test]
    fn owners_pay_by_storey_and_their_parts_add_up() {
        // 6 + 12 + 20 + 28 + 36 = 102, as published: the parts are brought to the whole.
        let rule = OwnersShares {
            shares: vec![0.0, 6.0, 12.0, 20.0, 28.0, 36.0],
        };
        let parts = rule.split(6, money("351000")).expect("they pay");
        // 351,000 / 102 = 3,441.176 5 for each point: 20,647.06, 41,294.12, 68,823.53, 96,352.94, 123,882.35.
        let wanted = [
            "0",
            "20647.06",
            "41294.12",
            "68823.53",
            "96352.94",
            "123882.35",
        ];
        assert_eq!(parts, wanted.map(money));
        assert_eq!(parts.iter().copied().sum::<Money>(), money("351000"));
        // Of a house of four storeys 6, 12 and 20 of 38.
        let four = rule.split(4, money("38")).expect("they pay");
        assert_eq!(four, ["0", "6", "12", "20"].map(money));
        assert_eq!(rule.split(1, money("38")), None);
        assert_eq!(rule.split(7, money("38")), None);
    }
}
