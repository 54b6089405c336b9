//! From arguments to what is asked of the network, and the record of all parameters.

use pedshed::Options;
use pedshed::coverage::Tests;
use pedshed::inputs::{InputError, Source, read_study_profile};
use pedshed::language::{InLanguage, Language};
use pedshed::model::Profile;
use pedshed::search::Trip;
use pedshed::snap::SnapOptions;
use pedshed::units::{Cutoff, OptionError};

use crate::args::{DirectionArg, RunArgs, WalkArgs};
use crate::exit::{UsageError, usage};
use crate::names::profile;
use crate::terminal::words;

/// The profile that stands in a study file.
fn own_profile(source: &Source) -> anyhow::Result<Profile> {
    read_study_profile(source).map_err(|error| match error {
        // The text's own mistakes are named with their line; a number's line is that of the table.
        InputError::Malformed { place, reason, .. }
            if !place.get(Language::En).starts_with("line ") =>
        {
            let (place_zh, reason_zh) = (place.zh(), reason.zh());
            let words = words!("{place}: {reason}", "{place_zh}：{reason_zh}");
            UsageError::with_flag("profile", words).into()
        }
        error => error.into(),
    })
}

pub(crate) fn options(walk: &WalkArgs) -> anyhow::Result<Options> {
    // Metres decide where no minutes are given; the usual minutes are then shown beside them.
    let given = walk.minutes.as_deref();
    let minutes = given.unwrap_or(&Options::MINUTES);
    let minutes = minutes.iter().map(|minutes| Cutoff::minutes(*minutes));
    let metres = walk.metres.iter().map(|metres| Cutoff::metres(*metres));
    let cutoffs = minutes
        .map(|cutoff| cutoff.map_err(usage("minutes")))
        .chain(metres.map(|cutoff| cutoff.map_err(usage("metres"))))
        .collect::<Result<Vec<_>, _>>()?;
    let mut tests = Tests::new(cutoffs).map_err(usage("minutes"))?;
    if given.is_none() && !walk.metres.is_empty() {
        tests = tests.decided_by_metres().map_err(usage("metres"))?;
    }
    let mut profile = match &walk.own_profile {
        Some(source) => own_profile(source)?,
        None => profile(&walk.profile)?,
    };
    if let Some(kmh) = walk.speed_kmh {
        profile = profile.with_speed_kmh(kmh).map_err(usage("speed-kmh"))?;
    }
    let mut straight_m = vec![Options::STRAIGHT_M];
    straight_m.extend(
        walk.metres
            .iter()
            .filter(|metres| **metres != Options::STRAIGHT_M),
    );
    straight_m.sort_by(f64::total_cmp);
    straight_m.dedup();
    Ok(Options {
        profile,
        trip: match walk.direction {
            DirectionArg::ToStation => Trip::ToStation,
            DirectionArg::FromStation => Trip::FromStation,
            DirectionArg::RoundTrip => Trip::RoundTrip,
        },
        snap: snap_options(walk.max_snap, walk.leg_factor)?,
        min_island_m: in_range("min-island", walk.min_island, 0.0, 1e9)?,
        street_level: walk.street_level,
        straight_m,
        ..Options::new(tests)
    })
}

/// How points snap, from the numbers of `--max-snap` and `--leg-factor`.
pub(crate) fn snap_options(max_snap: f64, leg_factor: f64) -> Result<SnapOptions, UsageError> {
    let options = SnapOptions::default()
        .with_max_snap_m(max_snap)
        .map_err(outside("max-snap"))?;
    options
        .with_leg_factor(leg_factor)
        .map_err(outside("leg-factor"))
}

/// More threads than this are a slip of the hand: no machine has so many processors, and every one takes memory.
const MOST_THREADS: usize = 1024;

/// How many threads to use.
pub(crate) fn threads(run: &RunArgs) -> Result<usize, UsageError> {
    let (threads, most) = (run.threads, MOST_THREADS);
    if threads <= most {
        return Ok(threads);
    }
    let message = words!(
        "--threads {threads} is more than {most}; 0 is as many as the machine has",
        "--threads {threads} 超过上限 {most}；0 表示使用本机全部处理器"
    );
    Err(UsageError::with_flag("threads", message))
}

/// Refuses what is not a number or makes no sense.
pub(crate) fn in_range(
    flag: &'static str,
    value: f64,
    min: f64,
    max: f64,
) -> Result<f64, UsageError> {
    if (min..=max).contains(&value) {
        Ok(value)
    } else {
        Err(outside(flag)(OptionError {
            option: flag,
            value,
            min,
            max,
        }))
    }
}

/// What the library refuses, in the words of the command.
pub(crate) fn outside(flag: &'static str) -> impl Fn(OptionError) -> UsageError {
    move |OptionError {
              value, min, max, ..
          }| {
        let message = words!(
            "--{flag} {value} is outside {min} to {max}",
            "--{flag} {value} 超出 {min} 至 {max} 的范围"
        );
        UsageError::with_flag(flag, message)
    }
}
