//! Every setting of every layer is used, or is refused with what it could have reached.

use pedshed::crs::Crs;
use pedshed::inputs::{
    InputError, Inputs, InputsError, KnownBy, LayerKind, LayerReading, LayerSetting, LayerSettings,
    LayerSource, LayerSpec, Request, RoleColumns, Source,
};

fn layer(name: &str, text: &str) -> LayerSpec {
    let source = Source::from_bytes(name, text.as_bytes().to_vec());
    LayerSpec::new(LayerSource::File(source))
}

fn collection(geometry: &str) -> String {
    format!(
        r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{"id":"1","other":"one","name":"一"}},"geometry":{geometry}}}]}}"#
    )
}

/// A street with a layer of every kind beside it, each of whose files has a column `other`.
fn request() -> Request {
    let street =
        collection(r#"{"type":"LineString","coordinates":[[112.55,37.85],[112.57,37.85]]}"#);
    let square = collection(
        r#"{"type":"Polygon","coordinates":[[[112.55,37.84],[112.56,37.84],[112.56,37.86],[112.55,37.84]]]}"#,
    );
    let points = "id,other,name,lon,lat,population\n1,one,一,112.551,37.8501,3\n";
    let residents = "id,other,name,lon,lat,population,stairwell\n1,one,一,112.551,37.8501,3,1\n";
    let stairwells = "id,other,lift\n1,one,有\n";
    let list = "id,other,name,population\n1,one,一,3\n";
    let polygons = |name: &str| Some(layer(name, &square));
    Request {
        stations: vec![layer("stations.csv", points)],
        residents: vec![layer("residents.csv", residents)],
        every_station: vec![layer("all.csv", points)],
        demand: vec![("workers".to_owned(), layer("workers.csv", points))],
        areas: polygons("areas.geojson"),
        land: polygons("land.geojson"),
        communities: Some(layer("communities.csv", list)),
        compounds: polygons("compounds.geojson"),
        gates: Some(layer("gates.csv", points)),
        stairwells: Some(layer("stairwells.csv", stairwells)),
        candidates: vec![layer("candidates.csv", points)],
        calendar: Some(layer("calendar.csv", list)),
        ..Request::new(Source::from_bytes("streets.geojson", street.into_bytes()))
    }
}

fn settings_of(request: &mut Request, kind: LayerKind) -> &mut LayerSettings {
    let there = "every kind has its layer";
    match kind {
        LayerKind::Network => &mut request.network.settings,
        LayerKind::Stations => &mut request.stations[0].settings,
        LayerKind::Residents => &mut request.residents[0].settings,
        LayerKind::AllStations => &mut request.every_station[0].settings,
        LayerKind::Demand => &mut request.demand[0].1.settings,
        LayerKind::Areas => &mut request.areas.as_mut().expect(there).settings,
        LayerKind::Land => &mut request.land.as_mut().expect(there).settings,
        LayerKind::Communities => &mut request.communities.as_mut().expect(there).settings,
        LayerKind::Compounds => &mut request.compounds.as_mut().expect(there).settings,
        LayerKind::Gates => &mut request.gates.as_mut().expect(there).settings,
        LayerKind::Stairwells => &mut request.stairwells.as_mut().expect(there).settings,
        LayerKind::Candidates => &mut request.candidates[0].settings,
        LayerKind::Calendar => &mut request.calendar.as_mut().expect(there).settings,
        other => panic!("{other:?} is new: give it a layer here"),
    }
}

fn say(settings: &mut LayerSettings, setting: LayerSetting, role: &str) {
    match setting {
        LayerSetting::Crs => settings.crs = Some(Crs::Wgs84),
        LayerSetting::Encoding => settings.encoding = "utf-8".parse().ok(),
        LayerSetting::Sheet => settings.sheet = Some("Sheet1".to_owned()),
        LayerSetting::Columns => settings.columns = RoleColumns::default().with(role, "other"),
    }
}

/// Whether the record of how a layer was read says that this was given.
fn was_given(read: &LayerReading, setting: LayerSetting) -> bool {
    let is_given = |by: Option<KnownBy>| by == Some(KnownBy::Layer);
    match setting {
        LayerSetting::Crs => is_given(read.crs.as_ref().map(|known| known.by)),
        LayerSetting::Encoding => is_given(read.reading.encoding.as_ref().map(|known| known.by)),
        LayerSetting::Sheet => is_given(read.reading.sheet.as_ref().map(|known| known.by)),
        LayerSetting::Columns => {
            let mut taken = read.reading.taken.iter();
            taken.any(|taken| taken.column == "other")
        }
    }
}

/// The option that was refused, and why.
fn refused(error: InputsError) -> (String, String) {
    match error {
        InputsError::Input(InputError::ReachesNothing { option, reason }) => {
            (option, reason.to_string())
        }
        error => panic!("{error}"),
    }
}

#[test]
fn every_setting_of_every_layer_is_used_or_refused_with_what_it_is_for() {
    for kind in LayerKind::ALL {
        let role = if kind == LayerKind::Network {
            "name"
        } else {
            "id"
        };
        for setting in LayerSetting::ALL {
            let mut request = request();
            say(settings_of(&mut request, kind), setting, role);
            let case = format!("{}_{}", kind.key(), setting.key());
            // No file here is a workbook, and a list has no places.
            let is_of_no_use = setting == LayerSetting::Sheet
                || ([
                    LayerKind::Communities,
                    LayerKind::Stairwells,
                    LayerKind::Calendar,
                ]
                .contains(&kind)
                    && setting == LayerSetting::Crs);
            match Inputs::read(&request) {
                Ok(inputs) => {
                    assert!(!is_of_no_use, "{case} was taken");
                    let mut readings = inputs.readings.iter();
                    let read = readings.find(|read| read.layer == kind);
                    assert!(was_given(read.expect("it was read"), setting), "{case}");
                }
                Err(error) => {
                    let (option, reason) = refused(error);
                    assert_eq!(option, case, "{reason}");
                    assert!(is_of_no_use, "{case}: {reason}");
                    assert!(reason.contains("; the option is for "), "{case}: {reason}");
                }
            }
        }
    }
}

#[test]
fn a_layer_that_is_drawn_from_the_map_takes_no_setting_and_nothing_is_read_first() {
    for setting in LayerSetting::ALL {
        let map = Source::from_bytes("no-map.osm.pbf", b"".as_slice());
        let mut request = Request::new(map);
        let mut stations = LayerSpec::selected("osm:amenity=pharmacy").expect("a selector");
        say(&mut stations.settings, setting, "id");
        request.stations = vec![stations];
        let (option, reason) = refused(Inputs::read(&request).expect_err("nothing to read"));
        assert_eq!(option, format!("stations_{}", setting.key()));
        assert!(reason.contains("drawn from the network file"), "{reason}");
    }
}

#[test]
fn a_column_is_taken_as_nothing_that_no_column_of_its_layer_is() {
    for kind in LayerKind::ALL {
        let mut request = request();
        say(
            settings_of(&mut request, kind),
            LayerSetting::Columns,
            "colour",
        );
        let (option, reason) = refused(Inputs::read(&request).expect_err("no such role"));
        assert_eq!(option, format!("{}_columns", kind.key()));
        let role = kind.roles()[0];
        assert!(
            reason.contains("colour") && reason.contains(role),
            "{reason}"
        );
    }
}

#[test]
fn what_is_said_of_all_layers_is_refused_where_every_layer_says_it_itself() {
    let mut general = request();
    general.general.sheet = Some("Sheet1".to_owned());
    let (option, reason) = refused(Inputs::read(&general).expect_err("no workbook"));
    assert_eq!(option, "sheet");
    assert!(
        reason.contains("no workbook has a sheet Sheet1"),
        "{reason}"
    );

    let mut general = request();
    general.general.columns = RoleColumns::default().with("population", "leute");
    let (option, reason) = refused(Inputs::read(&general).expect_err("no such column"));
    assert_eq!(option, "population_column");
    assert!(reason.contains("other"), "{reason}");

    // A column that one layer has is taken there, and the others are as they were.
    let mut general = request();
    general.general.columns = RoleColumns::default().with("id", "other");
    let inputs = Inputs::read(&general).expect("every layer has it");
    assert_eq!(inputs.stations[0].id, "one");
}
