//! Services of random small towns, minute by minute of the week.

use std::collections::BTreeSet;
use std::fmt::Write;

use pedshed::Options;
use pedshed::control::Control;
use pedshed::hours::WEEK;
use pedshed::id::StationId;
use pedshed::inputs::{LayerSource, LayerSpec, Request, Source};
use pedshed::planning::provision::Provision;
use pedshed::study::{Study, StudyError};

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
}

const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const SERVICES: [&str; 3] = ["hall", "canteen", "library"];
const STREET: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},
    "geometry":{"type":"LineString","coordinates":[[9.5,47.1],[9.55,47.1]]}}]}"#;

/// What a cell of hours is, and whether it says that something is open in each minute: `None` where it is not known.
#[derive(Clone)]
struct Cell {
    text: String,
    open: Vec<Option<bool>>,
}

impl Cell {
    fn random(dice: &mut Dice) -> Self {
        if dice.below(6) == 0 {
            return Self {
                text: "whenever".into(),
                open: vec![None; WEEK.into()],
            };
        }
        let mut open = vec![Some(false); WEEK.into()];
        let mut rules = Vec::new();
        let mut days: Vec<usize> = (0..7).filter(|_| dice.below(3) > 0).collect();
        if days.is_empty() {
            days.push(2);
        }
        for day in days {
            let begins = dice.below(1_300);
            let ends = begins + 1 + dice.below(1_439 - begins);
            let clock = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
            rules.push(format!("{} {}-{}", DAYS[day], clock(begins), clock(ends)));
            let from = day * 1_440;
            open[from + begins as usize..from + ends as usize].fill(Some(true));
        }
        Self {
            text: rules.join("; "),
            open,
        }
    }
}

/// A station: what it offers, its own hours, and those of its services; `None` where a cell is blank.
struct Town {
    offers: Vec<BTreeSet<usize>>,
    own: Vec<Option<Cell>>,
    of_services: Vec<[Option<Cell>; 3]>,
    people: Vec<u64>,
    stations: String,
    residents: String,
}

impl Town {
    fn random(dice: &mut Dice) -> Self {
        let count = 5;
        let cell = |dice: &mut Dice| (dice.below(3) > 0).then(|| Cell::random(dice));
        let mut town = Self {
            offers: Vec::new(),
            own: Vec::new(),
            of_services: Vec::new(),
            people: Vec::new(),
            stations:
                "id,lon,lat,services,opening_hours,opening_hours:canteen,remark,开放时间:library\n"
                    .into(),
            residents: "id,lon,lat,population\n".into(),
        };
        for station in 0..count {
            let offers = (0..3)
                .filter(|_| dice.below(2) == 0)
                .collect::<BTreeSet<_>>();
            let own = cell(dice);
            let of_services = [None, cell(dice), cell(dice)];
            let names: Vec<&str> = offers.iter().map(|service| SERVICES[*service]).collect();
            // The first station offers all, so that each is a service.
            let (offers, names) = match station {
                0 => ((0..3).collect(), SERVICES.to_vec()),
                _ => (offers, names),
            };
            let text = |cell: &Option<Cell>| cell.as_ref().map_or("", |cell| &cell.text).to_owned();
            let at = 9.5 + f64::from(dice.below(500)) / 10_000.0;
            writeln!(
                town.stations,
                "s{station},{at},47.1,{},{},{},,{}",
                names.join("|"),
                text(&own),
                text(&of_services[1]),
                text(&of_services[2]),
            )
            .expect("text");
            town.offers.push(offers);
            town.own.push(own);
            town.of_services.push(of_services);
        }
        for resident in 0..20 {
            let at = 9.5 + f64::from(dice.below(500)) / 10_000.0;
            let people = u64::from(1 + dice.below(9));
            writeln!(town.residents, "r{resident},{at},47.1,{people}").expect("text");
            town.people.push(people);
        }
        town
    }

    /// Whether a service is open at a station in a minute; `None` where it is not known.
    fn is_open(&self, station: usize, service: usize, minute: usize) -> Option<bool> {
        if !self.offers[station].contains(&service) {
            return Some(false);
        }
        let own = self.of_services[station][service].as_ref();
        let hours = own.or(self.own[station].as_ref());
        hours.and_then(|cell| cell.open[minute])
    }
}

fn layer(name: &str, text: &str) -> LayerSpec {
    LayerSpec::new(LayerSource::File(Source::from_bytes(
        name,
        text.as_bytes().to_vec(),
    )))
}

#[test]
fn services_over_the_week_are_what_asking_in_every_minute_gives() {
    let mut checked = 0;
    for seed in 0..8 {
        let town = Town::random(&mut Dice(seed));
        let layers = Request {
            stations: vec![layer("stations.csv", &town.stations)],
            residents: vec![layer("residents.csv", &town.residents)],
            ..Request::new(Source::from_bytes("streets.geojson", STREET.as_bytes()))
        };
        let mut study = Study::new(layers, Options::minutes(&[8.0]).expect("options"));
        study.questions.plan.services = Some(Vec::new());
        study.questions.hours.week = true;
        study.questions.hours.at = Some("Wed 12:34".parse().expect("a time"));
        let result = match study.run(Control::default()) {
            // No station has hours.
            Err(StudyError::NoHours(_)) => continue,
            run => run.expect("a run"),
        };
        checked += 1;
        let provision: &Provision = result.provision.as_ref().expect("services");
        let services = provision.services.as_ref().expect("services");
        // Everybody's stations, whatever their hours: by a study without a time.
        let mut all = study.clone();
        all.questions.hours.at = None;
        let all = all.run(Control::default()).expect("a run");
        let mut near = vec![Vec::new(); town.people.len()];
        for station in 0..town.offers.len() {
            let row = all
                .analysis
                .times
                .row(StationId(station as u32))
                .expect("a row");
            for (resident, _) in row {
                near[resident.index()].push(station);
            }
        }
        for (name, times) in services.names.iter().zip(&services.times) {
            let service = SERVICES
                .iter()
                .position(|known| known == name)
                .expect("known");
            let week = times.week.as_ref().expect("a week");
            let within = |minute: usize, counts: &dyn Fn(Option<bool>) -> bool| -> u64 {
                let has = |stations: &Vec<usize>| {
                    let mut stations = stations.iter();
                    stations.any(|station| counts(town.is_open(*station, service, minute)))
                };
                let people = near.iter().zip(&town.people);
                people
                    .filter(|(near, _)| has(near))
                    .map(|(_, people)| people)
                    .sum()
            };
            let [mut possible, mut certain] = [0, 0];
            for minute in 0..usize::from(WEEK) {
                let may = within(minute, &|open| open != Some(false));
                let must = within(minute, &|open| open == Some(true));
                let then = week.at(minute as u16);
                assert_eq!(
                    then.covered.thousandths(),
                    may * 1_000,
                    "{seed} {name} {minute}"
                );
                assert_eq!(
                    then.surely_covered.thousandths(),
                    must * 1_000,
                    "{seed} {name} {minute}"
                );
                possible += may;
                certain += must;
            }
            let sums = week.week();
            assert_eq!(sums.people_minutes.thousandths(), possible * 1_000);
            assert_eq!(sums.sure_people_minutes.thousandths(), certain * 1_000);
            let moment = times.moment.expect("a moment");
            let at = 2 * 1_440 + 12 * 60 + 34;
            let may = within(at, &|open| open != Some(false));
            assert_eq!(moment.within.thousandths(), may * 1_000);
            // The tables of services are those of that minute.
            let by_area = &services.coverage.services[services
                .names
                .iter()
                .position(|own| own == name)
                .expect("known")];
            assert_eq!(by_area.all.covered, moment.within, "{seed} {name}");
        }
    }
    assert!(checked >= 6, "{checked}");
}
