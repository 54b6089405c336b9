//! `pedshed demo`: the whole job on Liechtenstein, from data that is compiled in, or on the model district.

use pedshed::Options;
use pedshed::inputs::osm::Selector;
use pedshed::inputs::{LayerSource, LayerSpec, Request};
use pedshed::language::Language;
use pedshed::study::Study;

use super::coverage::study_to_files;
use super::demo_yingze;
use crate::args::{DemoArg, DemoArgs};
use crate::exit::Exit;
use crate::session::Session;
use crate::shipped::liechtenstein;
use crate::study::demo_outputs;
use crate::terminal::say_in;

/// Public service places: where people meet the state, the post, learning and care.
const STATIONS: &[&str] = &[
    "osm:amenity=townhall",
    "osm:amenity=public_building",
    "osm:amenity=library",
    "osm:amenity=post_office",
    "osm:amenity=police",
    "osm:amenity=hospital",
    "osm:amenity=pharmacy",
    "osm:amenity=kindergarten",
    "osm:amenity=preschool",
    "osm:amenity=school",
];
const RESIDENTS: &str = "osm:building";
const AREAS: &str = "osm:boundary=administrative,admin_level=8";

/// Liechtenstein's population at the end of 2012: Amt für Statistik, Bevölkerungsstatistik 31 December 2012.
const PUBLISHED_POPULATION: u64 = 36_838;

pub(crate) fn run(args: &DemoArgs, session: Session<'_>) -> anyhow::Result<Exit> {
    if args.place == DemoArg::Yingze {
        return demo_yingze::run(args, session);
    }
    let language = session.language;
    let (title, note) = match language {
        Language::En => (
            "Liechtenstein, 3 August 2013",
            "The people are estimated from the buildings in the map. Stations are public service places.",
        ),
        Language::Zh => (
            "列支敦士登（2013 年 8 月 3 日）",
            "人口由地图中的建筑推算，非实测；站点为各类公共服务场所。",
        ),
    };
    let mut study = study()?;
    study.outputs = demo_outputs(title, language);
    study.outputs.note = Some(note.to_owned());
    let directory = study.outputs.open(&args.out)?;
    if !args.run.quiet {
        say_in!(
            language,
            "Liechtenstein on 3 August 2013. Map data © OpenStreetMap contributors, ODbL 1.0",
            "列支敦士登，2013 年 8 月 3 日。地图数据 © OpenStreetMap 贡献者，ODbL 1.0"
        );
        say_in!(
            language,
            "Stations are its public service places, residents its homes.\n",
            "站点取其公共服务设施，居民取其住宅。\n"
        );
    }
    study_to_files(&study, directory, &args.run, session)?;
    if !args.run.quiet {
        let published = language.whole(PUBLISHED_POPULATION);
        say_in!(
            language,
            "\nThe people are estimated from the buildings in the map. The country had",
            "\n人口由地图中的建筑推算。该国 2012 年末人口为"
        );
        say_in!(
            language,
            "{published} at the end of 2012 (Amt für Statistik): docs/src/homes.md says why.",
            "{published} 人（该国统计局）；差异原因见 docs/src/homes.md。"
        );
    }
    Ok(Exit::Done)
}

fn study() -> anyhow::Result<Study> {
    let layer = |text: &str| -> anyhow::Result<LayerSpec> {
        Ok(LayerSpec::new(LayerSource::Osm(text.parse::<Selector>()?)))
    };
    let layers = Request {
        stations: STATIONS
            .iter()
            .map(|text| layer(text))
            .collect::<anyhow::Result<_>>()?,
        residents: vec![layer(RESIDENTS)?],
        areas: Some(layer(AREAS)?),
        ..Request::new(liechtenstein())
    };
    Ok(Study::new(layers, Options::minutes(&Options::MINUTES)?))
}
