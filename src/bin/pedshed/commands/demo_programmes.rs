//! What `demo yingze` tells of the last minutes: stairs at home, a programme of lifts, a month of sessions.

use std::path::Path;

use pedshed::control::Control;
use pedshed::hours::TimeOfWeek;
use pedshed::inputs::Source;
use pedshed::language::Language;
use pedshed::model::Profile;
use pedshed::planning::lifts::{LiftLimits, LiftPolicy, LiftStatus};
use pedshed::planning::provision::GroupPlan;
use pedshed::study::{
    LiftsAnswer, LiftsQuestion, Parts, SessionsAnswer, SessionsQuestion, Study, StudyResult,
};
use pedshed::units::People;

use crate::terminal::say_in;
use crate::words::flagged;

/// The lifts that are asked about.
const LIFTS: usize = 40;
/// The policy by which they are chosen.
const POLICY: &str = "taiyuan-2025";
/// The folders below that of the demo.
const FOLDERS: [&str; 2] = ["lifts", "sessions"];

/// What a study of old people's walks answers.
pub(super) struct Answered<'s> {
    result: StudyResult<'s>,
    lifts: LiftsAnswer,
    sessions: SessionsAnswer,
}

impl Answered<'_> {
    /// Tells it in a few lines.
    pub(super) fn tell(&self, language: Language) {
        tell_stairs(&self.result, language);
        tell_evening(&self.result, language);
        tell_lifts(&self.lifts, language);
        tell_sessions(&self.sessions, language);
    }
}

/// What is asked of lifts: where some more help this group most.
pub(super) fn lifts_question(group: GroupPlan) -> anyhow::Result<LiftsQuestion> {
    let policy = LiftPolicy::named(POLICY);
    let policy = policy.ok_or_else(|| anyhow::anyhow!("no policy {POLICY}"))?;
    let mut question = LiftsQuestion::new(policy);
    question.groups = vec![group];
    question.counted = Some(0);
    let mut limits = LiftLimits::default();
    limits.most = Some(LIFTS);
    question.limits = Some(limits);
    Ok(question)
}

/// Asks a study of old people's walks, which has the district's stairwells and calendar, and writes what it answers.
pub(super) fn answer<'s>(
    study: &'s Study,
    question: &LiftsQuestion,
    out: &Path,
    control: Control<'_>,
) -> anyhow::Result<Answered<'s>> {
    let read = study.read(control).map_err(flagged)?;
    let mut result = read.analyse(Parts::default(), control).map_err(flagged)?;
    let lifts = result.lifts(question, control)?;
    let directory = study
        .outputs
        .open_for(&out.join(FOLDERS[0]), &LiftsAnswer::FILES)?;
    result
        .write_lifts(question, &lifts, None, directory)
        .map_err(flagged)?;
    let asked = SessionsQuestion::default();
    let sessions = result.sessions(&asked, control)?;
    let directory = study
        .outputs
        .open_for(&out.join(FOLDERS[1]), &SessionsAnswer::FILES)?;
    result
        .write_sessions(&asked, &sessions, None, directory)
        .map_err(flagged)?;
    Ok(Answered {
        result,
        lifts,
        sessions,
    })
}

fn tell_stairs(result: &StudyResult<'_>, language: Language) {
    let Some(stairs) = result.analysis.stairs else {
        return;
    };
    let all = result.analysis.coverage.total().people;
    let share = |people: People| format!("{:.2} %", people.share_of(all) * 100.0);
    let (flat, street) = (share(stairs.covered), share(stairs.covered_at_street));
    say_in!(
        language,
        "\nAt the pace of the old {street} are within 10 minutes of a centre from their street door, {flat} from their flat.",
        "\n按老年人步速，10 分钟可达率：从楼门口起算 {street}，从家门口起算 {flat}。"
    );
}

fn tell_evening(result: &StudyResult<'_>, language: Language) {
    let Some(week) = result.hours.as_ref().and_then(|hours| hours.week.as_ref()) else {
        return;
    };
    let share = |time: TimeOfWeek| {
        let covered = week.at(time.minute()).covered;
        format!("{:.2} %", covered.share_of(week.total()) * 100.0)
    };
    let [morning, evening, weekend] = [
        TimeOfWeek::WEEKDAY,
        TimeOfWeek::EVENING,
        TimeOfWeek::WEEKEND,
    ]
    .map(share);
    say_in!(
        language,
        "Of open centres it is {morning} on a weekday at 10:00, {evening} in the evening at 19:00, and {weekend} on a Saturday.",
        "只计开放的中心：工作日 10:00 为 {morning}，晚间 19:00 为 {evening}，周六为 {weekend}。"
    );
}

fn tell_lifts(lifts: &LiftsAnswer, language: Language) {
    let built = lifts.with_status(LiftStatus::Built);
    let added = built.filter(|one| one.stage.is_some()).count();
    let (mut newly, mut step_free, mut minutes) = (People::ZERO, People::ZERO, 0.0);
    for &place in &lifts.planned {
        let benefit = lifts.stairwells[place].benefits[1];
        newly += benefit.newly_covered;
        step_free += benefit.step_free;
        minutes += benefit.person_minutes();
    }
    let (newly, step_free) = (language.people(newly), language.people(step_free));
    let minutes = language.whole(minutes.round() as u64);
    let more = lifts.planned.len();
    say_in!(
        language,
        "{added} lifts were added to old houses. {more} more, where they help those over 70 most, would save these {minutes} minutes a day, let {step_free} of them reach home without a step, and bring {newly} of them within the circle.",
        "既有住宅已加装电梯 {added} 部。再为 70 岁及以上居民受益最多的单元加装 {more} 部，每日可为其节省 {minutes} 分钟，其中 {step_free} 人可无障碍到家，{newly} 人新增覆盖。"
    );
}

fn tell_sessions(sessions: &SessionsAnswer, language: Language) {
    let count = sessions.sessions.len();
    let [had, missed] = [sessions.sums[0].had, sessions.sums[0].missed()];
    let [had, missed] = [had, missed].map(|people| language.people(people));
    let mut teams: Vec<&str> = sessions
        .sessions
        .iter()
        .filter_map(|one| one.team.as_deref())
        .collect();
    teams.sort_unstable();
    teams.dedup();
    let lecturers = teams.len();
    say_in!(
        language,
        "A month of {count} sessions by {lecturers} lecturers: {had} people had one within their walk, {missed} had none.",
        "{lecturers} 名讲师一个月 {count} 场宣讲：{had} 人在服务圈内有场次，{missed} 人没有。"
    );
}

/// The study of old people's walks, with the district's stairwells and calendar beside the city's layers, and what is asked of lifts.
pub(super) fn study(
    city: &Study,
    stairwells: Source,
    calendar: Source,
    question: &LiftsQuestion,
) -> anyhow::Result<Study> {
    use pedshed::inputs::{LayerSource, LayerSpec};

    let layer = |source| Some(LayerSpec::new(LayerSource::File(source)));
    let mut layers = city.layers.clone();
    layers.every_station.clear();
    layers.communities = None;
    layers.land = None;
    layers.stairwells = layer(stairwells);
    layers.calendar = layer(calendar);
    question.keep_columns(&mut layers);
    let profile = Profile::named("elder");
    let mut options = city.options.clone();
    options.profile = profile.ok_or_else(|| anyhow::anyhow!("no walker of this name"))?;
    let mut study = Study::new(layers, options);
    study.questions.hours.week = true;
    study.outputs = city.outputs.clone();
    Ok(study)
}
