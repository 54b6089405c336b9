//! The week of random small towns, minute by minute.

use geo_types::coord;
use pedshed::control::Control;
use pedshed::coverage::WeekCoverage;
use pedshed::hours::{OpenTimes, WEEK, WeekHours};
use pedshed::id::StationId;
use pedshed::model::{CityRecords, Resident, Station, WayKind};
use pedshed::network::Network;
use pedshed::units::{Cutoff, People};
use pedshed::{Options, analyse};

/// Knuth's generator of drawn numbers.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as u32 % limit
    }

    fn hours(&mut self) -> WeekHours {
        let spans = 0..self.below(5);
        let spans: Vec<[u16; 2]> = spans
            .map(|_| {
                let begins = self.below(u32::from(WEEK)) as u16;
                [begins, begins + self.below(900) as u16]
            })
            .collect();
        WeekHours::from_spans(spans)
    }

    fn times(&mut self) -> OpenTimes {
        match self.below(4) {
            0 => OpenTimes::unknown(),
            1 => {
                let certain = self.hours();
                let more = self.hours();
                let spans = certain.spans().iter().chain(more.spans()).copied();
                let possible = WeekHours::from_spans(spans);
                OpenTimes { certain, possible }
            }
            _ => OpenTimes::known(self.hours()),
        }
    }
}

#[test]
fn the_week_is_what_asking_in_every_minute_gives() {
    for seed in 0..6 {
        let mut dice = Dice(seed);
        let along = |dice: &mut Dice| f64::from(dice.below(500)) / 10_000.0;
        let stations: Vec<Station> = (0..7)
            .map(|number| Station::new(number.to_string(), along(&mut dice), 0.0))
            .collect();
        let residents: Vec<Resident> = (0..40)
            .map(|number| {
                let people = People::from_thousandths(u64::from(dice.below(9_000)));
                Resident::new(number.to_string(), along(&mut dice), 0.0).with_people(people)
            })
            .collect();
        let people: Vec<People> = residents.iter().map(|resident| resident.people).collect();
        let ends = [0.0, 0.05].map(|x| coord! { x: x, y: 0.0 });
        let network = Network::from_edges(&ends, &[(0, 1, WayKind::Street)]).expect("a street");
        let city = CityRecords {
            stations: &stations,
            residents: &residents,
            areas: &[],
        };
        let cutoff = Cutoff::minutes(10.0).expect("a cutoff");
        let options = Options::minutes(&[10.0]).expect("options");
        let analysis = analyse(&network, city, options, Control::default()).expect("an analysis");
        let walks = &analysis.times;
        let times: Vec<OpenTimes> = (0..7).map(|_| dice.times()).collect();
        let week = WeekCoverage::new(walks, cutoff, &times, &people);

        let covered = |is_open: &dyn Fn(&OpenTimes) -> bool| -> People {
            let mut near = vec![false; people.len()];
            for (station, _) in times.iter().enumerate().filter(|(_, times)| is_open(times)) {
                for (resident, _) in walks.row(StationId(station as u32)).expect("a row") {
                    near[resident.index()] = true;
                }
            }
            let near = people.iter().zip(near).filter(|(_, near)| *near);
            near.map(|(people, _)| *people).sum()
        };
        let mut by_hour = [[0_u64; 2]; 168];
        for minute in 0..WEEK {
            let then = week.at(minute);
            let possible = covered(&|times| times.possible.is_open(minute));
            let certain = covered(&|times| times.certain.is_open(minute));
            assert_eq!(then.covered, possible, "seed {seed}, minute {minute}");
            assert_eq!(then.surely_covered, certain, "seed {seed}, minute {minute}");
            let open = times.iter().filter(|times| times.possible.is_open(minute));
            assert_eq!(then.open as usize, open.count());
            let sums = &mut by_hour[usize::from(minute / 60)];
            sums[0] += possible.thousandths();
            sums[1] += certain.thousandths();
        }
        for (hour, sums) in (0..).zip(by_hour) {
            let found = week.hour(hour);
            let found = [found.people_minutes, found.sure_people_minutes];
            let found = found.map(People::thousandths);
            assert_eq!(found, sums, "seed {seed}, hour {hour}");
        }
        let whole: u64 = by_hour.iter().map(|sums| sums[0]).sum();
        assert_eq!(week.week().people_minutes.thousandths(), whole);
        assert_eq!(week.week().minutes, WEEK);
    }
}
