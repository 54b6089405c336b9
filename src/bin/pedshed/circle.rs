//! What is asked beside coverage: the flags, and the plan that they make.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap::{Args, ValueEnum};
use pedshed::inputs::Source;
use pedshed::model::{Profile, Tier};
use pedshed::planning::cures::read_cure_prices;
use pedshed::planning::provision::SupplyPlan;
use pedshed::planning::register::{AuditRules, Date};
use pedshed::planning::standards::{FloorArea, Standard};
use pedshed::planning::supply::{Decay, SupplyMethod};
use pedshed::study::Questions;
use pedshed::units::Cutoff;
use pedshed::{GroupPlan, MembershipRule, Options};

use crate::exit::{UsageError, usage};
use crate::hours_args::HoursArgs;
use crate::layer_options::{CircleLayers, LayerOptions};
use crate::names::{profile, shown};
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
    /// What cures of gaps cost, who does them and by when (.toml): gaps.csv then names the one that covers most people for its cost
    #[arg(long, value_name = "FILE")]
    pub(crate) cure_prices: Option<OsString>,
    /// Hold what stations can take (their column `capacity`) against the people around them, and say how much everybody gets: by one
    /// or more forms of floating catchments
    #[arg(long, value_enum, value_name = "METHODS", value_delimiter = ',')]
    pub(crate) supply: Vec<SupplyArg>,
    /// What walks weigh for --supply, in minutes or metres as the cutoff that decides: zones such as
    /// 0-5:1,5-10:0.68,10-15:0.22, or gaussian:5. Three equal zones of 1, 0.68 and 0.22 if not given
    #[arg(long, value_name = "ZONES|gaussian:WIDTH")]
    pub(crate) decay: Option<String>,
    /// Also say how coverage changes with the walking speed and with the cutoff
    #[arg(long)]
    pub(crate) sensitivity: bool,
    #[command(flatten)]
    pub(crate) hours: HoursArgs,
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

/// A form of floating catchments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SupplyArg {
    /// Two steps: all within the cutoff alike
    #[value(name = "2sfca")]
    Plain,
    /// Two steps: longer walks weigh less
    #[value(name = "e2sfca")]
    Enhanced,
    /// Three steps: and everybody chooses between the stations within the cutoff
    #[value(name = "3sfca")]
    Choosing,
}

/// Makes questions of the flags for a study with these options; its walker is that of groups that name none.
///
/// # Errors
/// When a standard, a group or its walker cannot be used.
pub(crate) fn questions(args: &CircleArgs, options: &Options) -> anyhow::Result<Questions> {
    let main = &options.profile;
    let mut questions = Questions::default();
    questions.allocate = args.allocate;
    questions.hours = args.hours.plan()?;
    for name in &args.standard {
        let standard = standard(name, &mut questions.standard_files)?;
        questions.plan.standards.push(standard);
    }
    add_cure_prices(&mut questions, args.cure_prices.as_deref())?;
    let plan = &mut questions.plan;
    plan.groups = groups(&args.group, main)?;
    plan.sensitivity = args.sensitivity;
    plan.supply = supply(args, options.tests.deciding())?;
    plan.register = args.communities.is_some();
    plan.services = match args.services.as_slice() {
        [] => None,
        [all] if all == "all" => Some(Vec::new()),
        list => Some(list.to_vec()),
    };
    plan.membership = match args.membership {
        MembershipArg::Any => MembershipRule::Any,
        MembershipArg::Own => MembershipRule::Own,
    };
    plan.demand = demand(args)?;
    let day = args.as_of.as_deref().map(Date::last_of).transpose();
    plan.as_of = day.map_err(usage("as-of"))?;
    plan.audit = audit(&args.min_floor_area, plan.audit_rules())?;
    Ok(questions)
}

/// What is asked about supply, up to the cutoff that decides.
fn supply(args: &CircleArgs, deciding: Cutoff) -> anyhow::Result<SupplyPlan> {
    let mut plan = SupplyPlan::default();
    for method in &args.supply {
        let method = match method {
            SupplyArg::Plain => SupplyMethod::TwoStep,
            SupplyArg::Enhanced => SupplyMethod::EnhancedTwoStep,
            SupplyArg::Choosing => SupplyMethod::ThreeStep,
        };
        if plan.methods.contains(&method) {
            return Err(named_twice("supply", method.name()).into());
        }
        plan.methods.push(method);
    }
    let decay = args.decay.as_deref();
    let decay = decay.map(|text| Decay::read(text, deciding)).transpose();
    plan.decay = decay.map_err(usage("decay"))?;
    Ok(plan)
}

/// Reads what cures cost, where a file says so.
///
/// # Errors
/// When it cannot be read.
pub(crate) fn add_cure_prices(
    questions: &mut Questions,
    file: Option<&OsStr>,
) -> anyhow::Result<()> {
    if let Some(file) = file {
        let source = Source::open(Path::new(file))?;
        questions.cure_prices = read_cure_prices(&source)?;
        questions.cure_price_files.push(source);
    }
    Ok(())
}

/// A standard by its name or file, which is kept for the record.
fn standard(name: &OsStr, files: &mut Vec<Source>) -> anyhow::Result<Standard> {
    let path = Path::new(name);
    let shipped = name.to_str().and_then(Standard::named);
    if shipped.is_none() && path.is_file() {
        files.push(Source::open(path)?);
    }
    Ok(Standard::open(name)?)
}

/// The groups of people who walk as everybody does.
pub(crate) fn groups_of_all(given: &[String], main: &Profile) -> anyhow::Result<Vec<GroupPlan>> {
    let groups = groups(given, main)?;
    if let Some(group) = groups.iter().find(|group| group.profile != *main) {
        let name = &group.name;
        let message = words!(
            "--group {name}: these groups walk as everybody does; run it again with --profile for others",
            "--group {name}：这些人群按同一种方式步行；其他出行人群请用 --profile 另行运行"
        );
        return Err(UsageError::with_flag("group", message).into());
    }
    Ok(groups)
}

/// The groups that are named.
///
/// # Errors
/// When one is none, or named twice.
pub(crate) fn groups(given: &[String], main: &Profile) -> anyhow::Result<Vec<GroupPlan>> {
    let mut groups: Vec<GroupPlan> = Vec::new();
    for text in given {
        let group = group(text, main)?;
        if groups.iter().any(|known| known.name == group.name) {
            return Err(named_twice("group", &group.name).into());
        }
        groups.push(group);
    }
    Ok(groups)
}

/// The layers of further demand by their names, with their own circles.
fn demand(args: &CircleArgs) -> anyhow::Result<Vec<(String, Option<Cutoff>)>> {
    let mut layers: Vec<(String, Option<Cutoff>)> = Vec::new();
    for layer in &args.demand {
        let (name, _) = named_layer(layer)?;
        if layers.iter().any(|(known, _)| known == name) {
            return Err(named_twice("demand", name).into());
        }
        layers.push((name.to_owned(), None));
    }
    for circle in &args.demand_circle {
        let (name, cutoff) = demand_circle(circle)?;
        match layers.iter_mut().find(|(known, _)| *known == name) {
            Some((_, own)) => *own = Some(cutoff),
            None => return Err(no_demand(&name).into()),
        }
    }
    Ok(layers)
}

/// The rules with floor areas of one's own, each `M2` or `TIER=M2`; none where none is given.
fn audit(given: &[String], mut rules: AuditRules) -> anyhow::Result<Option<AuditRules>> {
    for text in given {
        let wrong = || {
            UsageError::with_flag(
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
        UsageError::with_flag(
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
    UsageError::with_flag(flag, message)
}

fn no_demand(name: &str) -> UsageError {
    UsageError::with_flag(
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
        UsageError::with_flag(
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
fn group(text: &str, main: &Profile) -> anyhow::Result<GroupPlan> {
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
        return Err(UsageError::with_flag("group", message).into());
    }
    Ok(GroupPlan {
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
        let plan = |text| group(text, &main).expect("a group");
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
            assert!(group(wrong, &main).is_err(), "{wrong}");
        }
        assert!(group("a:runner", &main).is_err());
    }
}
