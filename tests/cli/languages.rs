//! The command in Chinese: what it prints for people, and that files stay as they are.

use std::fs;

use pedshed::report::columns;

use crate::support::command::{Folder, Ran};
use crate::support::{has_english_sentence, is_chinese, liechtenstein};

const TOWN: [&str; 6] = [
    "--network",
    "streets.geojson",
    "--stations",
    "stations.csv",
    "--residents",
    "residents.csv",
];

fn zh(folder: &Folder, verb: &[&str], more: &[&str]) -> Ran {
    let mut arguments = verb.to_vec();
    arguments.extend(TOWN);
    arguments.extend(["--lang", "zh"]);
    arguments.extend(more);
    folder.run(&arguments)
}

/// Everything printed is Chinese but for names, numbers, files and flags.
fn check(text: &str) {
    assert!(is_chinese(text), "no Chinese in\n{text}");
    for line in text.lines() {
        assert!(
            !has_english_sentence(line),
            "English in {line:?} of\n{text}"
        );
    }
}

#[test]
fn coverage_speaks_chinese_and_writes_the_same_tables() {
    let folder = Folder::town();
    let ran = zh(
        &folder,
        &["coverage"],
        &["--out", "zh", "--verbose", "--metres", "500"],
    );
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    check(&ran.stdout);
    check(&ran.stderr);
    for word in [
        "覆盖率",
        "已覆盖",
        "超出范围",
        "路网不连通",
        "远离路网",
        "无效记录",
        "读取数据",
    ] {
        assert!(ran.stdout.contains(word), "{word} in\n{}", ran.stdout);
    }
    assert_eq!(folder.coverage(&["--metres", "500"]).code, Some(0));
    // A table for a Chinese office begins with a byte order mark; without it the bytes are the same.
    for name in ["residents.csv", "stations.csv"] {
        let zh = folder.read(&format!("zh/{name}"));
        let rest = zh.strip_prefix('\u{feff}').expect("a byte order mark");
        assert_eq!(rest, folder.read(&format!("out/{name}")), "{name}");
    }
    let parameters = |of: &str| {
        let run = folder.read(&format!("{of}/run.json"));
        let run: serde_json::Value = serde_json::from_str(&run).expect("JSON");
        run["parameters"].clone()
    };
    assert_eq!(parameters("zh"), parameters("out"));
    let findings = |of: &str| {
        let summary = folder.read(&format!("{of}/summary.json"));
        let summary: serde_json::Value = serde_json::from_str(&summary).expect("JSON");
        summary["findings"].clone()
    };
    assert_eq!(findings("zh"), findings("out"));
    assert!(!is_chinese(&folder.read("zh/summary.json")));
    let gate = zh(
        &folder,
        &["coverage"],
        &["--out", "zh", "--quiet", "--require-share", "0.99"],
    );
    assert_eq!((gate.code, gate.stdout.as_str()), (Some(3), ""));
    check(&gate.stderr);
}

#[test]
fn the_summary_in_chinese_is_aligned_and_fits_a_terminal() {
    let folder = Folder::new();
    let ran = folder.run(&["demo", "--lang", "zh", "--verbose"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    check(&ran.stdout);
    for line in ran.stdout.lines() {
        assert!(columns(line) <= 80, "{} columns: {line}", columns(line));
    }
    // The rows of the three tables end in the same column.
    let rows = ran
        .stdout
        .lines()
        .filter(|line| line.ends_with('%') && line.starts_with("  "));
    let ends: Vec<usize> = rows.map(columns).collect();
    assert!(
        ends.len() >= 19 && ends.iter().all(|end| *end == 60),
        "{ends:?}\n{}",
        ran.stdout
    );
}

#[test]
fn check_explain_isochrone_and_network_info_speak_chinese() {
    let folder = Folder::town();
    folder.write(
        "residents.csv",
        "id,lon,lat,population,address\nnear,9.505,47.10,2,\nfar,9.53,47.10,4,\nsea,8.0,47.10,5,\nless,9.505,47.1,-3,\n\
         near,,,1,\nhome,,,1,Aeule 1\nhut,,,1,Aeule 2\n合计,,,9,\nwild,here,47.1,1,\noff,900,47.1,1,\n",
    );
    let ran = zh(&folder, &["check"], &[]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    check(&ran.stdout);
    for text in [
        "错误：4 条人口记录无法使用 [invalid_resident]",
        "residents.csv 第 5 行（编号 less）：人口：-3 为负数",
        "影响",
        "处理",
    ] {
        assert!(ran.stdout.contains(text), "{text} in\n{}", ran.stdout);
    }
    let json = |lang: &str| folder.run(&[&["check", "--json", "--lang", lang], &TOWN[..]].concat());
    assert_eq!(json("zh").stdout, json("en").stdout);
    for (resident, text) in [
        ("near", "接驳段"),
        ("far", "超出 15 分钟阈值"),
        ("sea", "远离路网"),
        ("less", "无效记录：人口：-3 为负数"),
        ("wild", "经度不是数字"),
    ] {
        let ran = zh(
            &folder,
            &["explain", "--resident", resident],
            &["--direction", "round-trip"],
        );
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        check(&ran.stdout);
        assert!(ran.stdout.contains(text), "{text} in\n{}", ran.stdout);
    }
    let gaps = zh(&folder, &["gaps"], &["--out", "gaps"]);
    assert_eq!(gaps.code, Some(0), "{}", gaps.stderr);
    check(&gaps.stdout);
    assert!(gaps.stdout.contains("处覆盖盲区"), "{}", gaps.stdout);
    let walk = |lang| {
        let more = [
            "explain",
            "--resident",
            "near",
            "--geojson",
            "-",
            "--lang",
            lang,
        ];
        folder.run(&[&more[..], &TOWN[..]].concat()).stdout
    };
    assert_eq!(walk("zh"), walk("en"));
    let ran = folder.run(&[
        "isochrone",
        "--network",
        "streets.geojson",
        "--stations",
        "stations.csv",
        "--out",
        "iso",
        "--lang",
        "zh",
    ]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    check(&ran.stdout);
    let network = liechtenstein();
    let network = network.to_str().expect("a path");
    let info = |lang| {
        let arguments = [
            "network",
            "info",
            "--network",
            network,
            "--residents",
            "osm:building",
            "--lang",
            lang,
        ];
        folder.run(&arguments)
    };
    let ran = info("zh");
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    check(&ran.stdout);
    for text in ["孤立路段", "封闭片区", "未纳入路网", "不供步行的道路"] {
        assert!(ran.stdout.contains(text), "{text} in\n{}", ran.stdout);
    }
    assert_eq!(
        ran.stdout.lines().count(),
        info("en").stdout.lines().count()
    );
}

/// What the command says in Chinese about a town with one file replaced.
fn complaint(file: &str, content: impl AsRef<[u8]>) -> String {
    let folder = Folder::town();
    folder.write(file, content);
    let ran = zh(&folder, &["coverage"], &["--out", "out", "--quiet"]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    check(&ran.stderr);
    assert!(ran.stderr.starts_with("错误："), "{}", ran.stderr);
    ran.stderr
}

#[test]
fn errors_say_in_chinese_what_is_wrong_where_and_what_to_do() {
    for (file, content, words) in [
        (
            "residents.csv",
            "id,lon,lat\na,9.5,47.1\n\"b,9.5,47.1\n",
            "residents.csv：第 3 行：本行起始的引号没有闭合",
        ),
        (
            "residents.csv",
            "id,x坐标\na,9.5\n",
            "没有纬度列；现有的列：id, x坐标；请用 --lat-column 指定",
        ),
        ("residents.csv", "", "residents.csv：文件为空；应为点记录"),
        (
            "residents.csv",
            "id,lon,lat\n",
            "居民：residents.csv 中没有人口记录",
        ),
        (
            "stations.csv",
            "id,lon,lat\nclinic,47.10,9.50\n",
            "经度与纬度疑似颠倒",
        ),
        (
            "streets.geojson",
            "{\"type\":\"FeatureCollection\",\"features\":[\n",
            "streets.geojson：第 2 行第 0 列：文件不完整",
        ),
        (
            "streets.geojson",
            "{\"type\":\"FeatureCollection\"}",
            "最外层：缺少 \"features\"",
        ),
        (
            "streets.geojson",
            r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[9.5,47.1]}}]}"#,
            "路网：streets.geojson 中没有可步行道路；但有 1 个路网要素不是有效线状要素（streets.geojson 第 1 个要素：几何类型为点，应为线）",
        ),
    ] {
        let said = complaint(file, content);
        assert!(said.contains(words), "{words} in {said}");
    }
    let folder = Folder::town();
    for (more, code, words) in [
        (
            ["--leg-factor", "0.5"],
            2,
            "错误：--leg-factor 0.5 超出 1 至 10 的范围",
        ),
        (
            ["--minutes", "0"],
            2,
            "阈值 0 分钟不可用；应大于 0，且不超过 ",
        ),
        (["--profile", "robot"], 2, "没有名为 \"robot\" 的出行人群"),
        (
            ["--profile", "nowhere.toml"],
            1,
            "nowhere.toml：无法读取：文件不存在",
        ),
        (["--areas", "osm:"], 2, "不是有效的 OpenStreetMap 选择式"),
        (["--areas", "osm:place"], 1, "不是 .osm.pbf"),
        (["--areas", "stations.csv"], 1, "此处不能读取该格式"),
        (["--encoding", "morse"], 2, "不是文本编码"),
    ] {
        let arguments = [&["--out", "out", "--quiet"][..], &more[..]].concat();
        let ran = zh(&folder, &["coverage"], &arguments);
        assert_eq!(ran.code, Some(code), "{}", ran.stderr);
        check(&ran.stderr);
        assert!(ran.stderr.contains(words), "{words} in {}", ran.stderr);
    }
    fs::write(folder.join("taken"), "").expect("a file");
    let ran = zh(&folder, &["coverage"], &["--out", "taken", "--quiet"]);
    assert!(
        ran.stderr.contains("taken：不能用作输出文件夹"),
        "{}",
        ran.stderr
    );
    let ran = zh(&folder, &["explain", "--resident", "nobody"], &["--quiet"]);
    assert!(
        ran.stderr.contains("没有编号为 \"nobody\" 的居民"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_study_file_may_ask_for_chinese_and_a_flag_goes_before_it() {
    let folder = Folder::town();
    let layers = "network = 'streets.geojson'\nstations = 'stations.csv'\nresidents = 'residents.csv'\nout = 'out'\n";
    folder.write("town.toml", format!("lang = 'zh'\n{layers}"));
    let ran = folder.run(&["run", "town.toml"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    check(&ran.stdout);
    for english in [
        &["run", "town.toml", "--lang", "en"][..],
        &["run", "town.toml", "--table", "--lang", "en"],
        &["run", "--lang=en", "town.toml"],
    ] {
        let ran = folder.run(english);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        assert!(!is_chinese(&ran.stdout), "{}", ran.stdout);
    }
    for (line, words) in [
        (
            "max_snapp = 1",
            "没有“max_snapp”这个键；最接近的是 max_snap",
        ),
        ("max_snap = 'near'", "max_snap 应为十进制数字"),
        ("max_snap = -1", "--max-snap -1 超出"),
        (
            "direction = 'up'",
            "direction = 'up'：可选：to-station、from-station、round-trip",
        ),
        ("minutes = []", "minutes 是空列表"),
        ("max_snap =", "此处不符合 TOML 写法"),
    ] {
        folder.write("town.toml", format!("lang = 'zh'\n{layers}{line}\n"));
        let ran = folder.run(&["run", "town.toml"]);
        assert_eq!(ran.code, Some(2), "{}", ran.stderr);
        assert!(
            ran.stderr.starts_with("错误：town.toml：第 6 行："),
            "{}",
            ran.stderr
        );
        assert!(ran.stderr.contains(words), "{words} in {}", ran.stderr);
    }
    folder.write("town.toml", "lang = 'zh'\n");
    let ran = folder.run(&["run", "town.toml"]);
    assert!(
        ran.stderr.contains("town.toml：缺少 network"),
        "{}",
        ran.stderr
    );
    folder.write("town.toml", "lang = 'de'\n");
    let ran = folder.run(&["run", "town.toml"]);
    assert!(
        ran.stderr.contains("line 1: lang = 'de': use en, zh"),
        "{}",
        ran.stderr
    );
}

/// Every verb, as it stands on the command line.
const VERBS: [&[&str]; 14] = [
    &[],
    &["demo"],
    &["coverage"],
    &["run"],
    &["check"],
    &["gaps"],
    &["isochrone"],
    &["explain"],
    &["network"],
    &["network", "info"],
    &["network", "build"],
    &["standards"],
    &["district"],
    &["help"],
];

#[test]
fn help_is_chinese_for_every_verb_and_fits_a_terminal() {
    let folder = Folder::new();
    for verb in VERBS.iter().filter(|verb| **verb != ["help"]) {
        for flag in ["--help", "-h"] {
            let ran = folder.run(&[&["--lang", "zh"][..], verb, &[flag]].concat());
            assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{verb:?}");
            check(&ran.stdout);
            assert!(ran.stdout.contains("用法：pedshed"), "{}", ran.stdout);
            for english in [
                "Usage",
                "Options",
                "[default",
                "[possible",
                "[OPTIONS]",
                "<FILE",
            ] {
                assert!(!ran.stdout.contains(english), "{english} in {}", ran.stdout);
            }
            for line in ran.stdout.lines().filter(|line| !line.contains("--help")) {
                assert!(columns(line) <= 80, "{} columns: {line}", columns(line));
            }
        }
        // The same by the verb `help`.
        if !verb.is_empty() {
            let ran = folder.run(&[&["--lang", "zh", "help"][..], verb].concat());
            assert_eq!(ran.code, Some(0));
            check(&ran.stdout);
        }
    }
    // English stays what it was, whatever the environment says.
    let ran = folder
        .command()
        .env("LANG", "zh_CN.UTF-8")
        .arg("--help")
        .output()
        .expect("help");
    let ran = Ran::from(ran);
    assert!(ran.stdout.contains("Usage: pedshed"), "{}", ran.stdout);
}

#[test]
fn usage_errors_are_chinese_and_say_what_there_is() {
    let folder = Folder::town();
    for (arguments, words) in [
        (
            &["coverage"][..],
            &[
                "错误：缺少必填参数：--network <文件>、",
                "用法：pedshed coverage",
            ][..],
        ),
        (
            &["covrage"],
            &["没有“covrage”这个命令", "相近的命令：compare、coverage"],
        ),
        (
            &["coverage", "--statons", "a.csv"],
            &["没有“--statons”这个参数", "相近的参数：--stations"],
        ),
        (
            &["coverage", "--minutes", "5,abc"],
            &["“abc”无效：不是数字；请写阿拉伯数字，如 15 或 7.5"],
        ),
        (&["coverage", "--threads", "-1"], &["没有“-1”这个参数"]),
        (
            &["coverage", "--direction", "up"],
            &["“up”无效", "可选：to-station、from-station、round-trip"],
        ),
        (&["coverage", "--out"], &["参数 --out <文件夹> 缺少取值"]),
        (&["network"], &["用法：pedshed network", "之后应给出命令"]),
        (&[], &["用法：pedshed"]),
        (&["coverage", "--quiet", "--verbose"], &["不能与 --"]),
    ] {
        let ran = folder.run(&[arguments, &["--lang", "zh"]].concat());
        assert_eq!(
            (ran.code, ran.stdout.as_str()),
            (Some(2), ""),
            "{arguments:?}"
        );
        check(&ran.stderr);
        for words in words {
            assert!(ran.stderr.contains(words), "{words} in {}", ran.stderr);
        }
        for english in ["error:", "tip:", "Usage", "For more", "<FILE"] {
            assert!(!ran.stderr.contains(english), "{english} in {}", ran.stderr);
        }
    }
    let english = folder.run(&["coverage", "--minutes", "5,abc"]);
    assert_eq!(english.code, Some(2));
    assert!(
        english.stderr.contains(
            "invalid value 'abc' for '--minutes <LIST>': not a number; write it in digits"
        ),
        "{}",
        english.stderr
    );
}

#[test]
fn what_stands_behind_a_study_file_is_refused_in_its_language() {
    let folder = Folder::town();
    folder.write("town.toml", "lang = 'zh'\nnetwork = 'streets.geojson'\nstations = 'stations.csv'\nresidents = 'residents.csv'\nout = 'out'\n");
    let ran = folder.run(&["run", "--lang", "zh", "town.toml", "--minutes", "never"]);
    assert_eq!(ran.code, Some(2));
    check(&ran.stderr);
    folder.write("walker.toml", "level_kph = 4\n");
    let ran = zh(
        &folder,
        &["coverage"],
        &["--out", "out", "--profile", "walker.toml"],
    );
    check(ran.stderr.lines().last().unwrap_or_default());
    assert!(
        ran.stderr.contains("此处没有“level_kph”这一项"),
        "{}",
        ran.stderr
    );
}

#[test]
fn tables_with_a_byte_order_mark_are_read_back() {
    let folder = Folder::town();
    assert_eq!(folder.coverage(&[]).code, Some(0));
    let plain = folder.read("out/residents.csv");
    for name in ["residents.csv", "stations.csv"] {
        let marked = format!("\u{feff}{}", folder.read(name));
        folder.write(name, marked);
    }
    assert_eq!(folder.coverage(&[]).code, Some(0));
    assert_eq!(folder.read("out/residents.csv"), plain);
}
