//! Data that come back from where they were kept, after they were damaged there: refused, or as good as any.
//!
//! Of a value of every public type that deserialises, each part is removed, emptied, cut, repeated, and put out of range, one
//! at a time. What is still taken is used, and must not end the program.

use std::panic::{AssertUnwindSafe, catch_unwind};

use geo_types::{Rect, coord};
use pedshed::control::{Control, Stage, Timings};
use pedshed::coverage::{Coverage, Status, Tests};
use pedshed::district::{District, DistrictOptions, Size};
use pedshed::gaps::GapOptions;
use pedshed::geometry::Location;
use pedshed::id::{ResidentId, StationId};
use pedshed::language::Language;
use pedshed::model::{
    Area, Attribute, CityRecords, Compound, Compounds, Crossing, Dwelling, FindingCode, Gate, Lift,
    Pace, Profile, Resident, Severity, Slope, SlopeFactor, SlopeRule, Station, Steep, Streets,
    StreetsBuilder, Tier, WayKind,
};
use pedshed::network::{Impedance, Network};
use pedshed::search::{TravelTimes, Trip};
use pedshed::snap::SnapOptions;
use pedshed::units::{Cutoff, People, Unit};
use pedshed::{Analysis, Options, analyse};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

/// What is put in the place of one part.
fn damages(part: &Value) -> Vec<Value> {
    let mut damages = vec![Value::Null];
    match part {
        Value::Array(list) => {
            let (half, last) = (list.len() / 2, list.len().saturating_sub(1));
            let twice = [list.as_slice(), list.as_slice()].concat();
            damages.extend([&[][..], &list[..half], &list[..last], &twice].map(|list| json!(list)));
        }
        Value::Number(_) => damages.extend([
            json!(0),
            json!(1),
            json!(-1),
            json!(-0.5),
            json!(7),
            json!(4_000_000_000_u32),
            json!(u32::MAX),
            json!(i32::MIN),
            json!(u64::MAX),
            json!(1e300),
            json!(-1e300),
        ]),
        Value::String(_) => damages.extend([json!(""), json!("x"), json!(7)]),
        Value::Bool(is_so) => damages.push(json!(!is_so)),
        Value::Object(_) | Value::Null => {}
    }
    damages
}

/// The whole with each of its parts damaged in each way.
fn damaged(whole: &Value) -> Vec<Value> {
    let mut all = damages(whole);
    match whole {
        Value::Array(list) => {
            for (index, part) in list.iter().enumerate() {
                let with = |part| {
                    let mut list = list.clone();
                    list[index] = part;
                    Value::Array(list)
                };
                all.extend(damaged(part).into_iter().map(with));
            }
        }
        Value::Object(fields) => {
            for (key, part) in fields {
                let with = |part: Option<Value>| {
                    let mut fields: Map<String, Value> = fields.clone();
                    match part {
                        Some(part) => fields.insert(key.clone(), part),
                        None => fields.remove(key),
                    };
                    Value::Object(fields)
                };
                all.push(with(None));
                all.extend(damaged(part).into_iter().map(|part| with(Some(part))));
            }
        }
        _ => {}
    }
    all
}

/// Damages a value in every way and uses what is taken. At least so many damages must be refused.
fn each_damage<T: Serialize + DeserializeOwned>(value: &T, refused: usize, use_it: impl Fn(T)) {
    let whole = serde_json::to_value(value).expect("serialises");
    use_it(serde_json::from_value(whole.clone()).expect("comes back"));
    let name = std::any::type_name::<T>();
    let mut errors = 0;
    for damaged in damaged(&whole) {
        let text = damaged.to_string();
        match serde_json::from_str::<T>(&text) {
            Err(_) => errors += 1,
            Ok(taken) => {
                let used = catch_unwind(AssertUnwindSafe(|| use_it(taken)));
                assert!(used.is_ok(), "{name} was taken and cannot be used: {text}");
            }
        }
    }
    assert!(errors >= refused, "{name}: {errors} refused");
}

/// Two streets that cross, a path beside one of them, and a ring road.
fn streets() -> Streets {
    let at = |x, y| Location {
        lon_e7: x * 10_000,
        lat_e7: y * 10_000,
    };
    let places = [
        (0, 0),
        (10, 0),
        (20, 0),
        (10, 10),
        (10, -10),
        (0, 10),
        (15, 5),
    ];
    let mut streets = StreetsBuilder::new(places.map(|(x, y)| at(x, y)).to_vec());
    streets.add_way(1, &[0, 1, 2], WayKind::Street, Some("Main Street"));
    streets.add_way(2, &[3, 1, 4], WayKind::Street, Some("High Street"));
    streets.add_way(3, &[0, 5, 3], WayKind::Steps, None);
    streets.add_way(4, &[2, 6, 3], WayKind::Street, None);
    streets.finish(vec![(1, Crossing::Signal)])
}

fn stations() -> Vec<Station> {
    vec![
        Station::new("a", 0.0005, 0.0001),
        Station::new("b", 0.019, 0.0),
    ]
}

fn residents() -> Vec<Resident> {
    let at = |n: u32| {
        let dwelling = Dwelling {
            storey: Some(n as u8 + 1),
            lift: Some(Lift::HalfLanding),
        };
        Resident::new(n.to_string(), 0.001 * f64::from(n), 0.0002).with_dwelling(dwelling)
    };
    let mut residents: Vec<Resident> = (0..6).map(at).collect();
    residents.push(Resident::new("nowhere", 999.0, 0.0));
    residents.push(Resident::new("north", 0.010, 0.008));
    residents
}

fn square(west: f64, south: f64) -> geo_types::MultiPolygon<f64> {
    let (low, high) = (
        coord! { x: west, y: south },
        coord! { x: west + 0.0025, y: south + 0.0006 },
    );
    geo_types::MultiPolygon::from(Rect::new(low, high).to_polygon())
}

fn options() -> Options {
    Options {
        compounds: Compounds {
            list: vec![Compound::new("court", square(0.002, 0.0001))],
            gates: vec![Gate::new("gate", 0.003, 0.0007)],
        },
        min_island_m: 0.0,
        ..Options::minutes(&[2.0, 5.0]).expect("cutoffs")
    }
}

fn network() -> Network {
    Network::build(&streets()).expect("streets")
}

/// Every outcome of an analysis, where it is one.
fn run(network: &Network, city: CityRecords<'_>, options: Options) -> Option<Analysis> {
    let analysis = analyse(network, city, options, Control::default()).ok()?;
    let control = Control::default();
    analysis
        .gaps(city.residents, GapOptions::default(), control)
        .ok()?;
    analysis.isochrones(&[], control).ok()?;
    analysis.reached_streets(control).ok()?;
    analysis.wall_costs(city, control).ok()?;
    for resident in 0..city.residents.len() {
        let id = ResidentId::new(resident);
        analysis.reason(city, id).ok()?;
    }
    Some(analysis)
}

fn city<'a>(
    stations: &'a [Station],
    residents: &'a [Resident],
    areas: &'a [Area],
) -> CityRecords<'a> {
    CityRecords {
        stations,
        residents,
        areas,
    }
}

fn analysed() -> Analysis {
    let (stations, residents) = (stations(), residents());
    let options = Options {
        tests: Tests::new([
            Cutoff::minutes(5.0).expect("a cutoff"),
            Cutoff::metres(500.0).expect("a cutoff"),
        ])
        .expect("tests"),
        ..options()
    };
    run(&network(), city(&stations, &residents, &[]), options).expect("an analysis")
}

#[test]
fn damaged_streets_are_refused_or_make_a_network() {
    let (stations, residents) = (stations(), residents());
    each_damage(&streets(), 100, |streets: Streets| {
        streets.vertices_in_use().count();
        for way in &streets.ways {
            let _ = streets.refs_of(way);
        }
        if let Ok(network) = Network::build(&streets) {
            run(&network, city(&stations, &residents, &[]), options());
        }
    });
}

#[test]
fn damaged_records_are_refused_or_analysed() {
    let network = network();
    let (stations, residents) = (stations(), residents());
    let areas = vec![Area {
        id: "1".to_owned(),
        name: "West".to_owned(),
        shape: square(0.0, 0.0),
    }];
    each_damage(&stations, 20, |stations: Vec<Station>| {
        run(&network, city(&stations, &residents, &areas), options());
    });
    let some = residents[residents.len() - 4..].to_vec();
    each_damage(&some, 50, |residents: Vec<Resident>| {
        run(&network, city(&stations, &residents, &areas), options());
    });
    each_damage(&areas, 10, |areas: Vec<Area>| {
        run(&network, city(&stations, &residents, &areas), options());
    });
}

#[test]
fn damaged_options_are_refused_or_analysed_by() {
    let network = network();
    let (stations, residents) = (stations(), residents());
    let at = city(&stations, &residents, &[]);
    each_damage(&options(), 100, |options: Options| {
        run(&network, at, options);
    });
    each_damage(&GapOptions::default(), 10, |gaps: GapOptions| {
        let analysis = analyse(&network, at, options(), Control::default()).expect("an analysis");
        analysis
            .gaps(&residents, gaps, Control::default())
            .expect("gaps");
    });
    each_damage(&SnapOptions::default(), 10, |snap: SnapOptions| {
        run(&network, at, Options { snap, ..options() }).expect("an analysis");
    });
    each_damage(&Profile::adult(), 40, |profile: Profile| {
        Impedance::times(&network, &profile).expect("a walker's times");
        run(
            &network,
            at,
            Options {
                profile,
                ..options()
            },
        )
        .expect("an analysis");
    });
    let row = |percent, factor| SlopeFactor { percent, factor };
    let table = SlopeRule::Table(vec![row(-10.0, 1.1), row(10.0, 0.7)]);
    let slope = Slope::new(table, Some(Steep::WHEELCHAIR)).expect("a slope");
    let hill = network
        .clone()
        .with_heights(|places| places.iter().map(|at| 7e3 * at.x).collect());
    each_damage(
        &Profile::adult().with_slope(slope),
        60,
        |profile: Profile| {
            Impedance::times(&hill, &profile).expect("a walker's times");
        },
    );
    each_damage(&Pace::WHEELCHAIR, 15, |pace: Pace| {
        if let Ok(profile) = Profile::new("own", pace) {
            run(
                &network,
                at,
                Options {
                    profile,
                    ..options()
                },
            )
            .expect("an analysis");
        }
    });
    each_damage(&options().tests, 20, |tests: Tests| {
        assert!(!tests.is_empty());
        assert_eq!(tests.cutoffs().count(), tests.len());
        let deciding = tests.deciding();
        assert!(tests.cutoffs().any(|cutoff| cutoff == deciding));
        run(&network, at, Options { tests, ..options() }).expect("an analysis");
    });
}

#[test]
fn damaged_coverage_is_refused_or_answers_for_all_that_it_has() {
    each_damage(&analysed().coverage, 400, |coverage: Coverage| {
        let cutoffs = coverage.tests().len();
        for resident in (0..coverage.statuses().len()).map(ResidentId::new) {
            assert_eq!(coverage.within(resident).map(<[_]>::len), Ok(cutoffs));
            let nearest = coverage.nearest()[resident.index()];
            assert!(
                nearest.is_none_or(|nearest| nearest.station.index() < coverage.stations().len())
            );
        }
        for station in (0..coverage.stations().len()).map(StationId::new) {
            assert_eq!(coverage.catchments(station).map(<[_]>::len), Ok(cutoffs));
        }
        let records = Status::ALL.map(|status| coverage.with_status(status).records);
        assert_eq!(records.iter().sum::<u64>(), coverage.total().records);
        assert_eq!(coverage.by_cutoff().len(), cutoffs);
        assert!((0.0..=1.0).contains(&coverage.share()));
    });
}

#[test]
fn damaged_travel_times_are_refused_or_counted() {
    each_damage(&analysed().times, 150, |times: TravelTimes| {
        let rows = (0..times.station_count()).map(StationId::new);
        let rows = rows.map(|station| times.sorted_row(station).expect("its own"));
        assert_eq!(rows.map(|row| row.len()).sum::<usize>(), times.pair_count());
    });
}

#[test]
fn damaged_units_are_refused_or_shown() {
    each_damage(
        &Cutoff::minutes(15.0).expect("a cutoff"),
        8,
        |cutoff: Cutoff| {
            assert!(cutoff.value() > 0.0);
            assert!(!cutoff.label().is_empty());
        },
    );
    each_damage(&People::ONE, 4, |people: People| {
        let sum = people + people + People::ONE;
        assert!(sum >= people);
        assert!((0.0..=1.0).contains(&people.share_of(sum)));
    });
    each_damage(
        &Location {
            lon_e7: 95_000_000,
            lat_e7: 471_000_000,
        },
        4,
        |place: Location| {
            let _ = pedshed::geometry::is_on_earth(place.degrees());
        },
    );
    let timings = Timings::default();
    each_damage(&timings, 10, |timings: Timings| {
        let _ = format!("{timings:?}");
    });
}

#[test]
fn damaged_names_of_things_are_refused() {
    fn named<T: Serialize + DeserializeOwned>(value: &T) {
        each_damage(value, 3, |_: T| {});
    }
    named(&Trip::RoundTrip);
    named(&Unit::Milliseconds);
    named(&Language::Zh);
    named(&Stage::Search);
    named(&Severity::Note);
    named(&FindingCode::MissingId);
    named(&Attribute::Tier);
    named(&Tier::Street);
    named(&Status::Covered);
}

#[test]
fn a_damaged_district_is_refused_or_built() {
    each_damage(
        &DistrictOptions::junctions(1000),
        10,
        |options: DistrictOptions| {
            // Others are refused, or as large as they say.
            if !matches!(
                options.size,
                Size::Junctions(1_001..=20_000_000) | Size::Yingze
            ) {
                let _ = District::generate(options);
            }
        },
    );
}

/// JSON has no NaN; TOML has.
#[test]
fn no_option_is_no_number() {
    let snap = |text: &str| toml::from_str::<SnapOptions>(text).map_err(|error| error.to_string());
    assert_eq!(
        snap("max_snap_m = 200.0\nleg_factor = 1.0"),
        Ok(SnapOptions::default())
    );
    for number in ["nan", "inf", "-inf", "-3.0"] {
        let error = snap(&format!("max_snap_m = 200.0\nleg_factor = {number}")).expect_err(number);
        assert!(error.contains("leg_factor = "), "{error}");
        let error = snap(&format!("max_snap_m = {number}\nleg_factor = 1.0")).expect_err(number);
        assert!(error.contains("max_snap_m = "), "{error}");
        let gaps = format!("link_m = 1.0\nmissing_link_m = {number}\nwith_outlines = true");
        assert!(toml::from_str::<GapOptions>(&gaps).is_err(), "{number}");
    }
}

#[test]
fn an_analysis_refuses_options_that_are_no_numbers() {
    let network = network();
    let (stations, residents) = (stations(), residents());
    let refused = |options: Options| {
        let at = city(&stations, &residents, &[]);
        let error = analyse(&network, at, options, Control::default()).expect_err("refused");
        std::error::Error::source(&error).expect("why").to_string()
    };
    for number in [f64::NAN, f64::INFINITY, -1.0] {
        let island = refused(Options {
            min_island_m: number,
            ..options()
        });
        assert_eq!(
            island,
            format!(
                "min_island_m = {number} cannot be used; it has to be a number from 0 to 1000000000"
            )
        );
        let straight = refused(Options {
            straight_m: vec![1000.0, number],
            ..options()
        });
        assert_eq!(
            straight,
            format!("straight_m = {number} cannot be used; it has to be a number from 0 to 200000")
        );
    }
}
