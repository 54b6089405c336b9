//! Walkers of your own: a TOML file of the numbers of a profile.

use super::{InputError, Source, toml_words};
use crate::model::{Ferry, Pace, Profile, Slope, SlopeFactor, SlopeRule, Smoothness, Steep};
use crate::text::language::{InLanguage, Words, words};

/// A profile as it stands in a file: every number is optional, and `base` gives those that are not there.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ProfileFile {
    name: Option<String>,
    base: Option<String>,
    level_kmh: Option<f64>,
    steps_factor: Option<f64>,
    steps: Option<bool>,
    signal_s: Option<f64>,
    crossing_s: Option<f64>,
    lift_wait_s: Option<f64>,
    lift_storey_s: Option<f64>,
    storey_up_s: Option<f64>,
    storey_down_s: Option<f64>,
    smoothness: Option<Smoothness>,
    ferry_wait_s: Option<f64>,
    ferry_kmh: Option<f64>,
    slope: Option<SlopeInFile>,
    steep_percent: Option<f64>,
    steep_factor: Option<f64>,
    closed_percent: Option<f64>,
}

/// A slope rule: its name, or the rows of a table, each a slope in per cent and a factor on the speed.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum SlopeInFile {
    Named(String),
    Table(Vec<[f64; 2]>),
}

/// A study file, of which the walker alone is looked at.
#[derive(serde::Deserialize)]
struct StudyWithProfile {
    profile: ProfileFile,
}

/// Reads a profile. Numbers that are not given are those of `base`, or of an adult; `steps = false` closes stairs,
/// `smoothness` (intermediate, bad or any) names the worst surface that is then open, and `ferry_wait_s` with `ferry_kmh` opens
/// ferries. `slope` is `tobler`, `none` or a table such as `[[-10, 1.1], [0, 1.0], [10, 0.7]]` of per cent and factor; above
/// `steep_percent` the speed is `steep_factor` of that, and above `closed_percent` ways are closed. Without a name it is called as
/// the file.
///
/// ```
/// use pedshed::inputs::{Source, read_profile};
/// use pedshed::model::WayKind;
/// let text = "name = \"pram\"\nbase = \"adult\"\nlevel_kmh = 4.0\nsteps = false\n";
/// let profile = read_profile(&Source::from_bytes("pram.toml", text.as_bytes()))?;
/// assert_eq!((profile.name(), profile.level_kmh()), ("pram", 4.0));
/// assert_eq!(profile.seconds_per_metre(WayKind::Steps), None);
/// # Ok::<(), pedshed::inputs::InputError>(())
/// ```
///
/// # Errors
/// [`InputError::Empty`]; [`InputError::Malformed`] with the line for what is no TOML, names no number of a profile, or is no walker's number.
pub fn read_profile(source: &Source) -> Result<Profile, InputError> {
    source.check_not_empty(Words::new("a walker's numbers", "出行人群参数"))?;
    let text = source.utf_8()?;
    let file = toml::from_str(&text).map_err(|error| toml_error(source, &text, &error))?;
    profile_of(source, file)
}

/// Reads the profile that stands in a study file, as its table `profile`. Without a name it is called as the file.
///
/// # Errors
/// As [`read_profile`]; also where there is no such table.
pub fn read_study_profile(source: &Source) -> Result<Profile, InputError> {
    let text = source.utf_8()?;
    let study: StudyWithProfile =
        toml::from_str(&text).map_err(|error| toml_error(source, &text, &error))?;
    profile_of(source, study.profile)
}

fn profile_of(source: &Source, file: ProfileFile) -> Result<Profile, InputError> {
    let base = match &file.base {
        None => Profile::adult(),
        Some(name) => Profile::named(name).ok_or_else(|| {
            let names = Profile::NAMES.join(", ");
            source.malformed(
                Words::same("base"),
                words!(
                    "no profile is called {name:?}; use {names}",
                    "没有名为 {name:?} 的出行人群；请用 {names}"
                ),
            )
        })?,
    };
    let contradiction = |reason| source.malformed(Words::new("profile", "出行人群"), reason);
    let pace = file.pace(*base.pace()).map_err(contradiction)?;
    let steep = file.steep(base.slope().steep()).map_err(contradiction)?;
    let rule = file
        .slope_rule(base.slope().rule())
        .map_err(contradiction)?;
    let name = file.name.unwrap_or_else(|| {
        let name = source.name();
        name.strip_suffix(".toml").unwrap_or(name).to_owned()
    });
    let profile = Profile::new(name, pace).and_then(|profile| {
        let slope = Slope::new(rule, steep)?;
        Ok(profile.with_slope(slope))
    });
    profile.map_err(|error| {
        source.malformed(
            Words::same(error.field),
            Words::new(error.to_string(), error.zh()),
        )
    })
}

impl ProfileFile {
    fn slope_rule(&self, base: &SlopeRule) -> Result<SlopeRule, Words> {
        match &self.slope {
            None => Ok(base.clone()),
            Some(SlopeInFile::Table(rows)) => {
                let rows = rows.iter();
                let rows = rows.map(|[percent, factor]| SlopeFactor {
                    percent: *percent,
                    factor: *factor,
                });
                Ok(SlopeRule::Table(rows.collect()))
            }
            Some(SlopeInFile::Named(name)) => match name.as_str() {
                "tobler" => Ok(SlopeRule::Tobler),
                "none" => Ok(SlopeRule::None),
                other => Err(words!(
                    "slope = {other:?} is no rule; write \"tobler\", \"none\" or a table such as [[-10, 1.1], [0, 1.0], [10, 0.7]]",
                    "slope = {other:?} 不是规则；请写 \"tobler\"、\"none\" 或表格，例如 [[-10, 1.1], [0, 1.0], [10, 0.7]]"
                )),
            },
        }
    }

    /// What is steep: as the base has it, unless something is said. What is said of the speed needs both numbers.
    fn steep(&self, base: Option<Steep>) -> Result<Option<Steep>, Words> {
        // Nothing is steeper than the steepest street, so nothing is slower.
        let nothing = Steep {
            percent: 100.0,
            factor: 1.0,
            closed_percent: None,
        };
        let steep = base.unwrap_or(nothing);
        let (percent, factor) = match (self.steep_percent, self.steep_factor) {
            (Some(percent), Some(factor)) => (percent, factor),
            (None, None) => (steep.percent, steep.factor),
            (Some(percent), None) if base.is_some() => (percent, steep.factor),
            (None, Some(factor)) if base.is_some() => (steep.percent, factor),
            _ => {
                return Err(words!(
                    "what is steep needs both, steep_percent and steep_factor",
                    "陡坡须同时给出 steep_percent 和 steep_factor"
                ));
            }
        };
        let said = Steep {
            percent,
            factor,
            closed_percent: self.closed_percent.or(steep.closed_percent),
        };
        Ok((said != nothing).then_some(said))
    }

    fn pace(&self, base: Pace) -> Result<Pace, Words> {
        let steps_factor = match (self.steps, self.steps_factor) {
            (Some(false), Some(_)) => {
                return Err(words!(
                    "steps = false and steps_factor contradict",
                    "steps = false 与 steps_factor 相互矛盾"
                ));
            }
            (Some(false), None) => None,
            (Some(true), None) => base.steps_factor.or(Pace::ADULT.steps_factor),
            (_, given) => given.or(base.steps_factor),
        };
        let ferry = match (self.ferry_wait_s, self.ferry_kmh) {
            (Some(wait_s), Some(kmh)) => Some(Ferry { wait_s, kmh }),
            (None, None) => base.ferry,
            _ => {
                return Err(words!(
                    "a ferry needs both, ferry_wait_s and ferry_kmh",
                    "轮渡须同时给出 ferry_wait_s 和 ferry_kmh"
                ));
            }
        };
        Ok(Pace {
            level_kmh: self.level_kmh.unwrap_or(base.level_kmh),
            steps_factor,
            signal_s: self.signal_s.unwrap_or(base.signal_s),
            crossing_s: self.crossing_s.unwrap_or(base.crossing_s),
            lift_wait_s: self.lift_wait_s.unwrap_or(base.lift_wait_s),
            lift_storey_s: self.lift_storey_s.unwrap_or(base.lift_storey_s),
            storey_up_s: self.storey_up_s.unwrap_or(base.storey_up_s),
            storey_down_s: self.storey_down_s.unwrap_or(base.storey_down_s),
            smoothness: self.smoothness.unwrap_or(base.smoothness),
            ferry,
        })
    }
}

/// The line of an error, and its first words; toml's own text repeats the file.
pub(crate) fn toml_error(source: &Source, text: &str, error: &toml::de::Error) -> InputError {
    let line = error.span().map_or(1, |span| {
        1 + text.as_bytes()[..span.start.min(text.len())]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count()
    });
    source.malformed(
        words!("line {line}", "第 {line} 行"),
        toml_words(error.message()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Profile, String> {
        let source = Source::from_bytes("mine.toml", text.as_bytes().to_vec());
        read_profile(&source).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_not_given_is_the_base_s() {
        let wheelchair = Profile::named("wheelchair").expect("a named profile");
        assert_eq!(
            read("base = 'wheelchair'").expect("a file").pace(),
            wheelchair.pace()
        );
        assert_eq!(
            read("# an adult").expect("a file"),
            Profile::new("mine", Pace::ADULT).expect("adult")
        );
        let open = read("base = 'wheelchair'\nsteps = true").expect("a file");
        assert_eq!(open.pace().steps_factor, Some(0.5));
        let rough = read("base = 'wheelchair'\nsmoothness = 'bad'").expect("a file");
        assert_eq!(rough.pace().smoothness, Smoothness::Bad);
        let ferry = read("ferry_wait_s = 600\nferry_kmh = 10").expect("a file");
        assert_eq!(
            ferry.pace().ferry,
            Some(Ferry {
                wait_s: 600.0,
                kmh: 10.0
            })
        );
    }

    #[test]
    fn mistakes_are_named_with_their_line_or_number() {
        for (text, expected) in [
            ("name = 'x'\nlevel_kph = 4\n", "line 2"),
            ("name = 'x'\nlevel_kmh = fast\n", "line 2"),
            ("level_kmh = 48", "level_kmh = 48 is outside 0.1 to 20"),
            ("level_kmh = nan", "level_kmh = NaN"),
            ("base = 'robot'", "no profile is called"),
            ("level_kmh = 4\nsmoothness = 'horrible'", "line 2"),
            ("steps = false\nsteps_factor = 0.5", "contradict"),
            ("ferry_kmh = 10", "needs both"),
        ] {
            let error = read(text).expect_err(text);
            assert!(
                error.starts_with("mine.toml: ") && error.contains(expected),
                "{error}"
            );
        }
    }
}
