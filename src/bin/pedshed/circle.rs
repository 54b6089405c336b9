//! What is asked beside coverage: the flags, and the plan that they make.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap::{Args, ValueEnum};
use pedshed::inputs::{Inputs, KeptColumn, Request, Source};
use pedshed::model::{Attribute, AttributeColumn, Profile, Tier};
use pedshed::register::{AuditRules, Date};
use pedshed::standards::{FloorArea, Standard};
use pedshed::units::Cutoff;
use pedshed::{CohortPlan, MembershipRule, Plan};
use serde_json::{Map, Value, json};

use crate::asked::{profile, shown, usage};
use crate::exit::UsageError;
use crate::layer_options::{
    COMMUNITY_ATTRIBUTES, CircleLayers, DATES, LayerOptions, RESIDENT_ATTRIBUTES, keep,
    refuse_unasked,
};
use crate::terminal::words;

/// The service circle as planners practise it.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Service circle")]
pub(crate) struct CircleArgs {
    /// Measure by a standard: its name (`pedshed standards` lists them) or a .toml file. Its tiers are scored where the
    /// stations have a column of tiers. May be given several times
    #[arg(long, value_name = "NAME|FILE")]
    pub(crate) standard: Vec<OsString>,
    /// Stations of every tier, for tiers, services and the register, if --stations holds only some of them
    #[arg(long, value_name = "FILE|SELECTOR")]
    pub(crate) all_stations: Vec<OsString>,
    /// The register of communities: .csv or .xlsx with code, name and population, with or without places
    #[arg(long, value_name = "FILE")]
    pub(crate) communities: Option<OsString>,
    /// Residential land, for indicators that count it: .geojson, .shp, or from the network file (osm:landuse=residential)
    #[arg(long, value_name = "FILE|SELECTOR")]
    pub(crate) land: Option<OsString>,
    /// How each of these layers is read.
    #[command(flatten)]
    pub(crate) options: LayerOptions<CircleLayers>,
    /// Distribute each community's people over its homes, keeping every total: by floor area, else by footprint times storeys,
    /// else evenly. A home belongs to the community that its columns name, else to the one whose outline (--areas) it lies in
    #[arg(long)]
    pub(crate) allocate: bool,
    /// A group of people with its own walker: COLUMN, COLUMN:PROFILE or NAME=COLUMN+COLUMN:PROFILE, where the columns of the
    /// residents count its people. May be given several times
    #[arg(long, value_name = "GROUP")]
    pub(crate) group: Vec<String>,
    /// Ask about services, as the stations' column of services names them: all, or a LIST
    #[arg(long, value_name = "all|LIST", value_delimiter = ',')]
    pub(crate) services: Vec<String>,
    /// Whose stations of a tier count for a resident
    #[arg(long, value_enum, default_value_t)]
    pub(crate) membership: MembershipArg,
    /// Count only stations that are open on this day, and show what there was year by year; without a day, dates leave no
    /// station out
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<String>,
    /// The least floor area of a station, whatever the standard says: M2 for every tier, or TIER=M2 with street, community or
    /// grid. May be given several times
    #[arg(long, value_name = "M2|TIER=M2", value_delimiter = ',')]
    pub(crate) min_floor_area: Vec<String>,
    /// Further demand with a layer of its own: NAME=FILE, such as workers=offices.csv. May be given several times
    #[arg(long, value_name = "NAME=FILE|SELECTOR")]
    pub(crate) demand: Vec<OsString>,
    /// The circle of such a layer, if it is not the study's: NAME=10min or NAME=800m
    #[arg(long, value_name = "NAME=CIRCLE")]
    pub(crate) demand_circle: Vec<String>,
    /// Also say how coverage changes with the walking speed and with the cutoff
    #[arg(long)]
    pub(crate) sensitivity: bool,
}

/// Whose stations count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum MembershipArg {
    /// Any station of the tier
    #[default]
    Any,
    /// Only those of the resident's own community, for tiers of communities and grids
    Own,
}

/// What is asked beside coverage, and what has to be read for it.
#[derive(Debug, Default)]
pub(crate) struct Circle {
    pub(crate) plan: Plan,
    /// Whether the communities' people are allocated to homes.
    pub(crate) allocate: bool,
    /// Files beside the layers: standards of one's own.
    pub(crate) files: Vec<Source>,
}

impl Circle {
    /// Makes a plan of the flags; `main` is the walker of groups that name none.
    ///
    /// # Errors
    /// When a standard, a group or its walker cannot be used.
    pub(crate) fn new(args: &CircleArgs, main: &Profile) -> anyhow::Result<Self> {
        let mut circle = Self {
            allocate: args.allocate,
            ..Self::default()
        };
        for name in &args.standard {
            let standard = circle.standard(name)?;
            circle.plan.standards.push(standard);
        }
        for group in &args.group {
            let group = cohort(group, main)?;
            let mut cohorts = circle.plan.cohorts.iter();
            if cohorts.any(|known| known.name == group.name) {
                return Err(named_twice("group", &group.name).into());
            }
            circle.plan.cohorts.push(group);
        }
        circle.plan.sensitivity = args.sensitivity;
        circle.plan.register = args.communities.is_some();
        circle.plan.services = match args.services.as_slice() {
            [] => None,
            [all] if all == "all" => Some(Vec::new()),
            list => Some(list.to_vec()),
        };
        circle.plan.membership = match args.membership {
            MembershipArg::Any => MembershipRule::Any,
            MembershipArg::Own => MembershipRule::Own,
        };
        for layer in &args.demand {
            let (name, _) = named_layer(layer)?;
            if circle.plan.demand.iter().any(|(known, _)| known == name) {
                return Err(named_twice("demand", name).into());
            }
            circle.plan.demand.push((name.to_owned(), None));
        }
        for circle_of in &args.demand_circle {
            let (name, cutoff) = demand_circle(circle_of)?;
            let mut layers = circle.plan.demand.iter_mut();
            match layers.find(|(known, _)| *known == name) {
                Some((_, own)) => *own = Some(cutoff),
                None => return Err(no_demand(&name).into()),
            }
        }
        let day = args.as_of.as_deref().map(Date::last_of).transpose();
        circle.plan.as_of = day.map_err(usage("as-of"))?;
        circle.plan.audit = audit(&args.min_floor_area, circle.plan.audit_rules())?;
        circle.check_used(args)?;
        Ok(circle)
    }

    /// Refuses what nothing that is asked looks at.
    fn check_used(&self, args: &CircleArgs) -> Result<(), UsageError> {
        let has_standard = !self.plan.standards.is_empty();
        let has_tiers = self.plan.standards.iter().any(|one| !one.tiers.is_empty());
        let has_list = args.communities.is_some();
        let asks_every = has_standard || self.plan.services.is_some() || has_list;
        let refusals = [
            (
                !args.all_stations.is_empty() && !asks_every,
                "all-stations",
                words!(
                    "--all-stations is for tiers, services and the register; give --standard, --services or --communities",
                    "--all-stations 用于层级、服务和名册统计；请给出 --standard、--services 或 --communities"
                ),
            ),
            (
                args.allocate && !has_list,
                "allocate",
                words!(
                    "--allocate puts communities' people into homes; give them with --communities",
                    "--allocate 将社区人口分配到住宅；请用 --communities 给出社区人口"
                ),
            ),
            (
                args.land.is_some() && !has_standard,
                "land",
                words!(
                    "--land is counted by the indicators of a standard; give one with --standard",
                    "--land 由标准的指标统计；请用 --standard 给出标准"
                ),
            ),
            (
                args.membership == MembershipArg::Own && !has_tiers,
                "membership",
                words!(
                    "--membership own is for tiers of stations; give a standard with tiers, such as --standard party-centre-tiers",
                    "--membership own 用于分级站点；请给出含层级的标准，例如 --standard party-centre-tiers"
                ),
            ),
            (
                !args.min_floor_area.is_empty() && !has_list && !has_tiers,
                "min-floor-area",
                words!(
                    "--min-floor-area is for the register and its tiers; give --communities, or a --standard with tiers",
                    "--min-floor-area 用于名册和层级统计；请给出 --communities 或含层级的 --standard"
                ),
            ),
        ];
        let mut refusals = refusals.into_iter();
        match refusals.find(|(is_unused, ..)| *is_unused) {
            Some((_, flag, message)) => Err(UsageError::of(flag, message)),
            None => Ok(()),
        }
    }

    /// Refuses a day where no station says when it opened or closed.
    ///
    /// # Errors
    /// Naming the columns that would say it.
    pub(crate) fn check_day(&self, inputs: &Inputs) -> Result<(), UsageError> {
        let every = inputs
            .every_station
            .iter()
            .map(|(_, attributes)| attributes);
        let attributes = std::iter::once(&inputs.station_attributes).chain(every);
        let columns =
            attributes.flat_map(|kept| DATES.into_iter().filter_map(move |date| kept.of(date)));
        let columns: Vec<&AttributeColumn> = columns.collect();
        let texts = || columns.iter().flat_map(|column| column.texts());
        let is_date = |text: &String| Date::first_of(text).is_ok();
        if self.plan.as_of.is_none() || texts().any(is_date) {
            return Ok(());
        }
        if !columns.is_empty() {
            let first: Vec<&str> = texts().take(3).map(String::as_str).collect();
            let (first, first_zh) = (first.join(", "), first.join("、"));
            let message = if first.is_empty() {
                words!(
                    "--as-of reaches nothing: the columns that say when stations opened or closed are blank",
                    "--as-of 无效：站点的开放或停用日期列为空"
                )
            } else {
                words!(
                    "--as-of reaches nothing: no station says when it opened or closed in a way that is understood ({first}); write 2021-05-31, 2021-05 or 2021",
                    "--as-of 无效：站点的开放或停用日期均无法识别（{first_zh}）；请写作 2021-05-31、2021-05 或 2021"
                )
            };
            return Err(UsageError::of("as-of", message));
        }
        let names = DATES.map(|date| date.names().join(", ")).join(", ");
        let message = words!(
            "--as-of reaches nothing: no station has a column that says when it opened or closed ({names})",
            "--as-of 无效：站点没有开放或停用日期列（{names}）"
        );
        Err(UsageError::of("as-of", message))
    }

    fn standard(&mut self, name: &OsStr) -> anyhow::Result<Standard> {
        let path = Path::new(name);
        let shipped = name.to_str().and_then(Standard::named);
        if shipped.is_none() && path.is_file() {
            self.files.push(Source::open(path)?);
        }
        Ok(Standard::open(name)?)
    }

    /// Adds to a request what the plan needs of its layers.
    ///
    /// # Errors
    /// Where nothing is asked beside coverage, and columns are named that only that would look at.
    pub(crate) fn add_to(&self, request: &mut Request) -> Result<(), UsageError> {
        if self.plan.is_empty() && request.communities.is_none() {
            return refuse_unasked(request);
        }
        let stations = request.stations.iter_mut();
        for layer in stations.chain(&mut request.every_station) {
            keep(&mut layer.columns, &Attribute::ALL);
        }
        let columns = self.plan.cohorts.iter().flat_map(|cohort| &cohort.columns);
        let mut named: Vec<KeptColumn> = Vec::new();
        for column in columns.map(|column| KeptColumn::Named(column.clone())) {
            if !named.contains(&column) {
                named.push(column);
            }
        }
        for layer in &mut request.residents {
            keep(&mut layer.columns, &RESIDENT_ATTRIBUTES);
            // Where people are allocated, the groups' columns are those of the communities.
            if !self.allocate {
                layer.columns.kept.extend(named.iter().cloned());
            }
        }
        if let Some(layer) = &mut request.communities {
            keep(&mut layer.columns, &COMMUNITY_ATTRIBUTES);
            if self.allocate {
                layer.columns.kept.extend(named);
            }
        }
        Ok(())
    }

    /// The columns of all groups, each once.
    pub(crate) fn group_columns(&self) -> Vec<String> {
        let mut columns: Vec<String> = Vec::new();
        for column in self.plan.cohorts.iter().flat_map(|cohort| &cohort.columns) {
            if !columns.contains(column) {
                columns.push(column.clone());
            }
        }
        columns
    }

    /// Writes the plan's parameters beside the others; none where nothing is asked.
    pub(crate) fn record(args: &CircleArgs, parameters: &mut Map<String, Value>) {
        let name = |path: &OsString| Path::new(path).file_name().map(shown);
        let standards: Vec<String> = args
            .standard
            .iter()
            .map(
                |text| match text.to_str().filter(|text| Standard::named(text).is_some()) {
                    Some(known) => known.to_owned(),
                    None => name(text).unwrap_or_default(),
                },
            )
            .collect();
        let mut put = |key: &str, value: Value, is_asked: bool| {
            if is_asked {
                parameters.insert(key.to_owned(), value);
            }
        };
        put("standard", json!(standards), !standards.is_empty());
        let communities = args.communities.as_ref().and_then(name);
        put("communities", json!(communities), communities.is_some());
        let every: Vec<_> = args.all_stations.iter().filter_map(name).collect();
        put("all_stations", json!(every), !every.is_empty());
        let land = args.land.as_deref().map(shown);
        put("land", json!(land), land.is_some());
        put("allocate", json!(true), args.allocate);
        put("group", json!(args.group), !args.group.is_empty());
        put("services", json!(args.services), !args.services.is_empty());
        put(
            "membership",
            json!("own"),
            args.membership == MembershipArg::Own,
        );
        put("as_of", json!(args.as_of), args.as_of.is_some());
        put(
            "min_floor_area",
            json!(args.min_floor_area),
            !args.min_floor_area.is_empty(),
        );
        let demand: Vec<String> = args.demand.iter().map(|text| shown(text)).collect();
        put("demand", json!(demand), !demand.is_empty());
        put(
            "demand_circle",
            json!(args.demand_circle),
            !args.demand_circle.is_empty(),
        );
        put("sensitivity", json!(true), args.sensitivity);
        args.options.record(parameters);
    }
}

/// The rules with floor areas of one's own, each `M2` or `TIER=M2`; none where none is given.
fn audit(given: &[String], mut rules: AuditRules) -> anyhow::Result<Option<AuditRules>> {
    for text in given {
        let wrong = || {
            UsageError::of(
                "min-floor-area",
                words!(
                    "--min-floor-area {text:?} is no floor area; write M2, or TIER=M2 with street, community or grid",
                    "--min-floor-area {text:?} 不是建筑面积；写作 平方米数，或 层级=平方米数，层级为 street、community 或 grid"
                ),
            )
        };
        let (tiers, area) = match text.split_once('=') {
            Some((tier, area)) => (vec![tier_of(tier).ok_or_else(wrong)?], area),
            None => (Tier::ALL.to_vec(), text.as_str()),
        };
        let area: FloorArea = area.trim().parse().map_err(|_| wrong())?;
        for (least, tier) in rules.floor_area_m2.iter_mut().zip(Tier::ALL) {
            if tiers.contains(&tier) {
                *least = Some(area.m2());
            }
        }
    }
    Ok((!given.is_empty()).then_some(rules))
}

/// A tier whose stations have a floor area of their own: a village is none of them, though a station may be a village's.
fn tier_of(text: &str) -> Option<Tier> {
    let is_village = matches!(
        text.trim().to_lowercase().as_str(),
        "village" | "村" | "行政村" | "村委会"
    );
    Tier::read(text).filter(|tier| !is_village && Tier::ALL.contains(tier))
}

/// Reads `NAME=10min` or `NAME=800m`.
fn demand_circle(text: &str) -> anyhow::Result<(String, Cutoff)> {
    let wrong = || {
        UsageError::of(
            "demand-circle",
            words!(
                "--demand-circle {text:?} is no circle; write NAME=10min or NAME=800m",
                "--demand-circle {text:?} 不是服务圈；写作 名称=10min 或 名称=800m"
            ),
        )
    };
    let (name, circle) = text.split_once('=').ok_or_else(wrong)?;
    let circle = circle.trim();
    let number = |text: &str| text.trim().parse::<f64>().map_err(|_| wrong());
    let cutoff = if let Some(minutes) = circle.strip_suffix("min") {
        Cutoff::minutes(number(minutes)?).map_err(usage("demand-circle"))?
    } else if let Some(metres) = circle.strip_suffix('m') {
        Cutoff::metres(number(metres)?).map_err(usage("demand-circle"))?
    } else {
        return Err(wrong().into());
    };
    Ok((name.trim().to_owned(), cutoff))
}

/// Two that are called the same could not be told apart in what is written.
fn named_twice(flag: &str, name: &str) -> UsageError {
    let message = words!(
        "--{flag} {name}: two of them are called {name}; give each a name of its own",
        "--{flag} {name}：有两个同名项 {name}；请分别命名"
    );
    UsageError::of(flag, message)
}

fn no_demand(name: &str) -> UsageError {
    UsageError::of(
        "demand-circle",
        words!(
            "--demand-circle {name}: no --demand is called {name}",
            "--demand-circle {name}：没有名为 {name} 的 --demand"
        ),
    )
}

/// Splits `NAME=FILE`.
///
/// # Errors
/// When there is no name.
pub(crate) fn named_layer(text: &OsStr) -> anyhow::Result<(&str, &OsStr)> {
    let parts = named_file(text).filter(|(name, _)| !name.trim().is_empty());
    let (name, file) = parts.ok_or_else(|| {
        let text = shown(text);
        UsageError::of(
            "demand",
            words!(
                "--demand {text:?} has no name; write NAME=FILE",
                "--demand {text:?} 缺少名称；写作 名称=文件"
            ),
        )
    })?;
    Ok((name.trim(), file))
}

/// What stands before the first `=`, and the file behind it, whose name may be no text.
#[cfg(unix)]
fn named_file(text: &OsStr) -> Option<(&str, &OsStr)> {
    use std::os::unix::ffi::OsStrExt;
    let bytes = text.as_bytes();
    let at = bytes.iter().position(|byte| *byte == b'=')?;
    let name = std::str::from_utf8(&bytes[..at]).ok()?;
    Some((name, OsStr::from_bytes(&bytes[at + 1..])))
}

/// What stands before the first `=`, and the file behind it.
#[cfg(not(unix))]
fn named_file(text: &OsStr) -> Option<(&str, &OsStr)> {
    let (name, file) = text.to_str()?.split_once('=')?;
    Some((name, OsStr::new(file)))
}

/// Reads `NAME=COLUMN+COLUMN:PROFILE`, of which only a column must be there.
fn cohort(text: &str, main: &Profile) -> anyhow::Result<CohortPlan> {
    let (name, rest) = match text.split_once('=') {
        Some((name, rest)) => (Some(name.trim()), rest),
        None => (None, text),
    };
    let (columns, walker) = match rest.rsplit_once(':') {
        Some((columns, walker)) => (columns, Some(walker.trim())),
        None => (rest, None),
    };
    let columns: Vec<String> = columns
        .split('+')
        .map(|column| column.trim().to_owned())
        .collect();
    let is_whole = columns.iter().all(|column| !column.is_empty());
    if !is_whole || name.is_some_and(str::is_empty) {
        let message = words!(
            "--group {text:?} names no column; write COLUMN, COLUMN:PROFILE or NAME=COLUMN+COLUMN:PROFILE",
            "--group {text:?} 缺少列名；写作 列名、列名:出行人群 或 名称=列名+列名:出行人群"
        );
        return Err(UsageError::of("group", message).into());
    }
    Ok(CohortPlan {
        name: name.map_or_else(|| columns.join("+"), str::to_owned),
        columns,
        profile: match walker {
            Some(walker) => profile(OsStr::new(walker))?,
            None => main.clone(),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_floor_area_is_every_tiers_or_ones_and_the_later_counts() {
        let given = |list: &[&str]| {
            let list: Vec<String> = list.iter().map(|text| (*text).to_owned()).collect();
            let rules = AuditRules {
                floor_area_m2: [Some(1.0), None, None],
                haves: [true, false, true],
            };
            audit(&list, rules)
        };
        assert_eq!(given(&[]).expect("nothing"), None);
        for (list, areas) in [
            (&["800"][..], [Some(800.0); 3]),
            (&["community=500"], [Some(1.0), Some(500.0), None]),
            (
                &["50", "社区级 = 99.5"],
                [Some(50.0), Some(99.5), Some(50.0)],
            ),
        ] {
            let rules = given(list).expect("areas").expect("rules");
            assert_eq!(rules.floor_area_m2, areas);
            assert_eq!(rules.haves, [true, false, true]);
        }
        for wrong in [
            "",
            "0",
            "-1",
            "nowhere=5",
            "=5",
            "grid=",
            "5 m",
            "village=3",
            "村=3",
            "district=3",
        ] {
            assert!(given(&[wrong]).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_group_is_a_column_with_or_without_a_name_and_a_walker() {
        let main = Profile::adult();
        let plan = |text| cohort(text, &main).expect("a group");
        let alone = plan("children");
        assert_eq!(
            (alone.name.as_str(), alone.profile.name()),
            ("children", "adult")
        );
        let old = plan("over 70=aged_70_79+aged_80_plus:elder");
        assert_eq!(old.name, "over 70");
        assert_eq!(old.columns, ["aged_70_79", "aged_80_plus"]);
        assert_eq!(old.profile.name(), "elder");
        for wrong in ["", "=children", "a+", ":elder"] {
            assert!(cohort(wrong, &main).is_err(), "{wrong}");
        }
        assert!(cohort("a:runner", &main).is_err());
    }
}
