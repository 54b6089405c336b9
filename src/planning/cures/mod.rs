//! The best single cure of each gap: by the people whom it would cover, and by what it costs, where that is known.

#[cfg(feature = "config")]
mod read;

use std::cmp::Ordering;

#[cfg(feature = "config")]
pub use read::read_cure_prices;

use crate::gaps::{Cure, CureKind, Gap};
use crate::siting::Money;

/// What cures of one kind cost, by one mode.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CurePrice {
    /// Of what kind.
    pub kind: CureKind,
    /// How it would be had: new, shared, leased; in the file's own words.
    pub mode: Option<String>,
    /// What each costs.
    pub cost: Money,
    /// What each metre of a link, or of the way through a gate, costs beside.
    pub cost_per_metre: Money,
    /// Who is responsible: a tier, an office.
    pub responsible: Option<String>,
    /// By when it is to be done.
    pub deadline: Option<String>,
}

impl CurePrice {
    /// What a cure costs by it, to a thousandth.
    #[must_use]
    pub fn of(&self, cure: &Cure) -> Money {
        let metres = cure.metres * self.cost_per_metre.thousandths() as f64;
        self.cost + Money::from_thousandths(metres.round() as u64)
    }
}

/// What cures cost; nothing is known where it is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CurePrices {
    list: Vec<CurePrice>,
}

/// Where nothing is known of costs.
pub(crate) static NO_PRICES: CurePrices = CurePrices { list: Vec::new() };

/// A cure with what it costs.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct PricedCure<'p> {
    /// What is done.
    pub cure: Cure,
    /// What it costs and who does it; `None` where that is not known.
    pub price: Option<&'p CurePrice>,
    /// The cost.
    pub cost: Option<Money>,
}

impl CurePrices {
    /// From prices, in the order in which they are looked at: of equally good ones the first is taken.
    #[must_use]
    pub fn new(list: Vec<CurePrice>) -> Self {
        Self { list }
    }

    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The best single cure of a gap: the one that covers most people for its cost; where no cost of any is known, the one that covers
    /// most. Of equals the cheaper one, then the smaller measure: a station's longer opening before a gate before a link before a new station.
    ///
    /// # Complexity
    /// Linear in the prices.
    #[must_use]
    pub fn best(&self, gap: &Gap) -> Option<PricedCure<'_>> {
        let cures = gap.cures();
        let priced = cures.iter().flat_map(|cure| {
            let of_kind = self.list.iter().filter(|price| price.kind == cure.kind);
            of_kind.map(|price| PricedCure {
                cure: *cure,
                price: Some(price),
                cost: Some(price.of(cure)),
            })
        });
        let priced = priced.reduce(|best, next| if is_better(&next, &best) { next } else { best });
        let most = || {
            let cures = cures.iter().copied();
            let most = cures.reduce(|best, next| if next.gain > best.gain { next } else { best });
            most.map(|cure| PricedCure {
                cure,
                price: None,
                cost: None,
            })
        };
        priced.or_else(most)
    }
}

/// Whether one cure covers more people for its cost; free ones are compared by people alone.
fn is_better(one: &PricedCure<'_>, other: &PricedCure<'_>) -> bool {
    let cost = |cure: &PricedCure<'_>| cure.cost.map_or(0, Money::thousandths);
    let (one_cost, other_cost) = (u128::from(cost(one)), u128::from(cost(other)));
    let gain = |cure: &PricedCure<'_>| u128::from(cure.cure.gain.thousandths());
    let by_cost = match (one_cost, other_cost) {
        (0, 0) => gain(one).cmp(&gain(other)),
        (0, _) => Ordering::Greater,
        (_, 0) => Ordering::Less,
        _ => (gain(one) * other_cost).cmp(&(gain(other) * one_cost)),
    };
    by_cost.then(other_cost.cmp(&one_cost)) == Ordering::Greater
}

#[cfg(test)]
mod tests {
    use geo_types::{Coord, MultiPolygon};

    use super::*;
    use crate::gaps::{GapReason, MissingLink, NewStation};
    use crate::units::People;

    fn people(count: u64) -> People {
        People::from_thousandths(count * 1000)
    }

    fn money(amount: u64) -> Money {
        Money::from_thousandths(amount * 1000)
    }

    /// A gap of 100 people: a link of 40 m would cover 60 of them, a station 90.
    fn gap() -> Gap {
        let place = Coord { x: 9.5, y: 47.1 };
        Gap {
            residents: Vec::new(),
            people: people(100),
            centre: place,
            outline: MultiPolygon::new(Vec::new()),
            median_extra: None,
            nearest_station: None,
            reason: GapReason::TooFar,
            link: Some(MissingLink {
                from: place,
                to: place,
                metres: 40.0,
                gain: people(60),
            }),
            gate: None,
            opening: None,
            station: Some(NewStation {
                place,
                gain: people(90),
                elsewhere: People::ZERO,
            }),
            street: None,
        }
    }

    fn price(kind: CureKind, cost: u64, per_metre: u64) -> CurePrice {
        CurePrice {
            kind,
            mode: None,
            cost: money(cost),
            cost_per_metre: money(per_metre),
            responsible: None,
            deadline: None,
        }
    }

    fn best(list: Vec<CurePrice>) -> (CureKind, Option<Money>) {
        let prices = CurePrices::new(list);
        let gap = gap();
        let best = prices.best(&gap).expect("there are cures");
        (best.cure.kind, best.cost)
    }

    #[test]
    fn the_best_cure_covers_most_people_for_its_cost_or_most_where_none_is_known() {
        assert_eq!(best(Vec::new()), (CureKind::Station, None));
        // 60 people for 10 + 40 × 2 = 90 against 90 for 200.
        let link = price(CureKind::Link, 10, 2);
        let dear = price(CureKind::Station, 200, 0);
        assert_eq!(
            best(vec![dear.clone(), link.clone()]),
            (CureKind::Link, Some(money(90)))
        );
        // A lease for 120: 90 people for 120 are more than 60 for 90.
        let lease = price(CureKind::Station, 120, 0);
        let all = vec![dear.clone(), link.clone(), lease];
        assert_eq!(best(all), (CureKind::Station, Some(money(120))));
        // As many for the same money each: the cheaper one.
        let fair = price(CureKind::Station, 135, 0);
        assert_eq!(
            best(vec![fair, link.clone()]),
            (CureKind::Link, Some(money(90)))
        );
        let free = price(CureKind::Link, 0, 0);
        assert_eq!(
            best(vec![dear.clone(), free]),
            (CureKind::Link, Some(Money::ZERO))
        );
        // What has no price cannot be weighed against what has one.
        assert_eq!(best(vec![dear]), (CureKind::Station, Some(money(200))));
    }

    #[test]
    fn a_gap_that_nothing_helps_has_no_cure() {
        let helpless = Gap {
            link: None,
            station: None,
            ..gap()
        };
        assert_eq!(CurePrices::default().best(&helpless), None);
    }
}
