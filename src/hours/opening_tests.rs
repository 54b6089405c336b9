//! Writings of opening hours beside the minutes of a week that each means, counted by hand.

use super::*;
use crate::model::Date;

/// Minutes from one time of a day to another.
fn span(from: (u16, u16), to: (u16, u16)) -> u16 {
    to.0 * 60 + to.1 - from.0 * 60 - from.1
}

fn minutes(text: &str) -> u16 {
    let hours = OpeningHours::read(text).unwrap_or_else(|error| panic!("{error}"));
    hours.open_times(None).certain.minutes()
}

#[test]
fn each_writing_means_the_minutes_of_a_week_that_were_counted_by_hand() {
    let morning = span((8, 30), (12, 0));
    let office = morning + span((14, 30), (18, 0));
    let eight = 8 * 60;
    for (text, expected) in [
        // In OpenStreetMap's grammar.
        ("24/7", 10_080),
        ("Mo-Fr 08:30-12:00,14:30-18:00", 5 * office),
        ("Mo-Fr 08:30-12:00, 14:30-18:00; PH off", 5 * office),
        ("Mo-Fr 08:00-18:00; We off", 4 * 600),
        ("Mo-Su 08:00-20:00", 7 * 720),
        ("08:00-20:00", 7 * 720),
        ("Sa,Su 10:00-16:00", 2 * 360),
        ("Fr 22:00-04:00", 360),
        ("Su 22:00-04:00", 360),
        ("Mo-Fr 09:00-17:00; Sa 09:00-12:00", 5 * eight + 180),
        ("Mo-Fr 09:00-12:00, We 14:00-16:00", 5 * 180 + 120),
        ("off", 0),
        ("closed", 0),
        ("Mo-Fr 09:00-17:00 \"ring the bell\"", 5 * eight),
        ("mo-fr 09:00-17:00", 5 * eight),
        ("Tu[1-5] 10:00-12:00", 120),
        // As offices write them.
        ("周一至周五 8:30-12:00, 14:30-18:00", 5 * office),
        ("周一至周五 8:30-12:00，14:30-18:00", 5 * office),
        ("周一至周五8:30-12:00、14:30-18:00", 5 * office),
        (
            "周一至周五　８：３０－１２：００，１４：３０－１８：００",
            5 * office,
        ),
        ("周一到周五 8：30—12：00；14：30—18：00", 5 * office),
        ("星期一至星期五 8:30-12:00 14:30-18:00", 5 * office),
        ("星期一至五 8:30-12:00 14:30-18:00", 5 * office),
        ("周一至五：8:30-12:00，14:30-18:00", 5 * office),
        ("週一至週五 8:30-12:00", 5 * morning),
        ("礼拜一到礼拜五 上午8:30-12:00 下午2:30-6:00", 5 * office),
        ("周一至周五 上午8:30至12:00，下午14:30至18:00", 5 * office),
        (
            "周一至周五（上午：8:30-12:00，下午：2:30-6:00）",
            5 * office,
        ),
        ("周一至周五（8:30-12:00，14:30-18:00）", 5 * office),
        ("周一至周五 8点半-12点，14点30分-18点", 5 * office),
        ("工作日 8:30-12:00，14:30-18:00", 5 * office),
        ("工作日8时30分至12时", 5 * morning),
        (
            "周一至周五 8:30-12:00，14:30-18:00（节假日除外）",
            5 * office,
        ),
        (
            "周一至周五 8:30-12:00，14:30-18:00，法定节假日除外",
            5 * office,
        ),
        ("周一至周五 8:30-12:00，14:30-18:00；节假日休息", 5 * office),
        ("办公时间：周一至周五 8:30-12:00，14:30-18:00", 5 * office),
        ("8:30-12:00，14:30-18:00（周一至周五）", 5 * office),
        ("8:30-12:00，14:30-18:00（周末休息）", 5 * office),
        ("每天 8:00-20:00", 7 * 720),
        ("每日8:00～20:00", 7 * 720),
        ("全年无休 8:00-20:00", 7 * 720),
        ("每天8:00-20:00，节假日不休", 7 * 720),
        ("8:00-20:00", 7 * 720),
        ("24小时", 10_080),
        ("24小时营业", 10_080),
        ("全天开放", 10_080),
        ("周一至周五全天", 5 * 1_440),
        ("周末 9:00-17:00", 2 * eight),
        ("周六、周日 9:00-17:00", 2 * eight),
        ("周六日 9:00-17:00", 2 * eight),
        ("双休日9:00-17:00", 2 * eight),
        ("周二、四 14:00-16:00", 2 * 120),
        ("周一、三、五 9:00-11:00", 3 * 120),
        ("每周三 14:00-16:30", 150),
        ("周二至周日 9:00-17:00，周一闭馆", 6 * eight),
        ("周二至周日 9:00-17:00（周一闭馆）", 6 * eight),
        ("每天9:00-17:00（周一除外）", 6 * eight),
        ("除周一外每天9:00-17:00", 6 * eight),
        (
            "周一至周日 9:00-17:00，中午12:00-13:00休息",
            7 * (eight - 60),
        ),
        ("周一至周五 8:30-12:00；周六 9:00-11:00", 5 * morning + 120),
        ("周一至周五 8:30-12:00；周一至周五 14:30-18:00", 5 * office),
        ("每天 8:00-18:00；周六 9:00-12:00", 6 * 600 + 180),
        ("周五至周一 10:00-12:00", 4 * 120),
        ("周一至周五 18:00-2:00", 5 * eight),
        ("周末及节假日 9:00-17:00", 2 * eight),
        ("闭馆", 0),
        // In English.
        ("Mon-Fri 9am-5pm", 5 * eight),
        ("Mon - Fri: 9:00 am - 5:00 pm", 5 * eight),
        ("Monday to Friday 9am to 5pm", 5 * eight),
        ("weekdays 9:00-17:00", 5 * eight),
        ("daily 8am-8pm", 7 * 720),
        ("Mon-Fri 9am-5pm, Sat 9am-12pm", 5 * eight + 180),
        ("Mon-Fri 9am-5pm except public holidays", 5 * eight),
        ("Tue-Sun 9am-5pm, closed on Mondays", 6 * eight),
        ("24 hours", 10_080),
        ("Weekends and holidays 10am-4pm", 2 * 360),
    ] {
        assert_eq!(minutes(text), expected, "{text}");
    }
}

#[test]
fn what_may_mean_several_things_or_nothing_is_not_read() {
    for text in [
        "",
        "soon",
        "见公告",
        "预约",
        "daily",
        "周一至周五",
        "8:30",
        "9-17",
        "周一至周五 9-5",
        "周一至周五 9:00-5:00",
        "周一至周五 14:30-6:00",
        "夏季 8:00-12:00，冬季 9:00-12:00",
        "周一至周五 8:30-12:00，14:30-18:00 雨天除外",
        "周一至周五 8:30-25:00",
        "周一至周五 8:70-12:00",
        "周八 8:30-12:00",
        "周一至 8:30-12:00",
        "周一至周五 8:30-12:00-14:00",
        "周一至周五（8:30-12:00",
        "周一至周五 8:30-17:30；周一至周五 9:00-18:00",
        "2024-05-01",
        "2024年5月",
        "20240501",
        "2020",
        "10:00-16:00/01:30",
        "!!!",
        "\u{0}",
        "Mo-Fr 08:00-18:00; ;",
    ] {
        let read = OpeningHours::read(text);
        assert!(
            read.is_err(),
            "{text}: {:?}",
            read.map(|hours| hours.in_osm_grammar().to_owned())
        );
    }
    let long = "Mo 08:00-09:00; ".repeat(10_000);
    assert!(OpeningHours::read(&long).is_err());
    let deep = "(".repeat(1_900);
    assert!(OpeningHours::read(&deep).is_err());
}

#[test]
fn what_was_read_is_said_in_one_grammar() {
    for (text, osm) in [
        (
            "周一至周五 8:30-12:00，14:30-18:00（节假日除外）",
            "Mo-Fr 08:30-12:00,14:30-18:00; PH closed",
        ),
        ("周二、四 14:00-16:00", "Tu,Th 14:00-16:00"),
        ("24小时", "Mo-Su"),
        ("除周一外每天9:00-17:00", "Mo-Su 09:00-17:00; Mo closed"),
        ("Mon-Fri 9am-5pm", "Mo-Fr 09:00-17:00"),
    ] {
        let hours = OpeningHours::read(text).expect("hours");
        assert_eq!(hours.in_osm_grammar(), osm, "{text}");
        assert_eq!(hours.writing(), Writing::Office);
        // What is said is read as it was meant.
        let again = OpeningHours::read(osm).expect("hours");
        assert_eq!(again.open_times(None), hours.open_times(None));
    }
}

#[test]
fn hours_over_midnight_and_over_the_end_of_the_week_go_on_where_they_should() {
    let friday = OpeningHours::read("Fr 22:00-04:00")
        .expect("hours")
        .open_times(None)
        .certain;
    let day = 24 * 60;
    assert_eq!(friday.spans(), [[4 * day + 22 * 60, 5 * day + 4 * 60]]);
    let sunday = OpeningHours::read("Su 22:00-04:00")
        .expect("hours")
        .open_times(None)
        .certain;
    assert_eq!(sunday.spans(), [[0, 4 * 60], [6 * day + 22 * 60, WEEK]]);
}

#[test]
fn what_is_not_known_is_neither_open_nor_closed() {
    let times = |text: &str, day| OpeningHours::read(text).expect("hours").open_times(day);
    let by_appointment = times("Mo-Fr 09:00-12:00; Sa 09:00-12:00 unknown", None);
    assert_eq!(by_appointment.certain.minutes(), 5 * 180);
    assert_eq!(by_appointment.possible.minutes(), 6 * 180);
    // Of the season nothing is known without a day.
    let summer = "May-Sep: Mo-Fr 09:00-12:00";
    assert_eq!(times(summer, None), OpenTimes::unknown());
    let july = times(summer, Date::new(2026, 7, 15).ok());
    assert_eq!(july.certain.minutes(), 5 * 180);
    let december = times(summer, Date::new(2026, 12, 1).ok());
    assert_eq!(december.possible.minutes(), 0);
    // The first Saturday of August 2026 is the first.
    let first = times("Sa[1] 10:00-12:00", Date::new(2026, 7, 28).ok());
    assert_eq!(first.certain.minutes(), 120);
    assert_eq!(times("Sa[1] 10:00-12:00", None), OpenTimes::unknown());
    assert_eq!(times("sunrise-sunset", None), OpenTimes::unknown());
    let holidays = OpeningHours::read("Mo-Fr 09:00-12:00; PH off").expect("hours");
    assert!(holidays.asks_for_holidays() && !holidays.asks_for_date());
}
