use super::*;

/// The own name of a community's.
fn own_name(name: &str) -> String {
    PlaceName::read(name, Naming::Communities).own().to_owned()
}

/// Asks a list of communities, each `name` or `name@street`, for a name, written in the same way.
fn meant(list: &[&str], asked: &str) -> Option<u32> {
    let split = |text: &str| -> (String, String) {
        let (name, street) = text.split_once('@').unwrap_or((text, ""));
        (name.to_owned(), street.to_owned())
    };
    let list: Vec<(String, String)> = list.iter().map(|text| split(text)).collect();
    let listed = list.iter().map(|(name, street)| Listed {
        code: "",
        name,
        street,
    });
    let (name, street) = split(asked);
    Places::new(listed, Naming::Communities).meant(Listed {
        code: "",
        name: &name,
        street: &street,
    })
}

#[test]
fn facilities_of_one_place_have_one_name() {
    for name in [
        "察院后",
        "察院后社区",
        "察院后社区居委会",
        "察院后居委会",
        "察院后社区居委",
        "察院后社区居民委员会",
        "察院后居民委员会",
        " 察院后 社区 党群服务中心 ",
        "察院后社区党群服务站",
        "察院后（社区）",
        "察院后社区人民调解委员会",
        "察院后社区调解室",
        "察院后社区综合便民服务站",
        "\u{feff}察院后　社区\u{200b}",
    ] {
        assert_eq!(own_name(name), "察院后", "{name}");
        assert_eq!(
            meant(&["察院前社区", "察院后社区居委会"], name),
            Some(1),
            "{name}"
        );
        assert_eq!(
            meant(&["察院前社区", name], "察院后社区"),
            Some(1),
            "{name}"
        );
    }
    for village in [
        "孟家井村",
        "孟家井村委会",
        "孟家井村委",
        "孟家井村村委会",
        "孟家井村民委员会",
        "孟家井村村民委员会",
        "孟家井村党群服务站",
    ] {
        assert_eq!(own_name(village), "孟家井村");
        assert_eq!(
            meant(&["孟家井社区", "孟家井村委会"], village),
            Some(1),
            "{village}"
        );
    }
    assert_eq!(own_name("Ｎｏ．3 Community Centre"), "no3");
    // Nothing but an end is a name after all.
    assert_eq!(own_name("党群服务中心"), "党群");
    assert_eq!(own_name("社区"), "社区");
}

#[test]
fn a_street_is_no_community_of_its_name() {
    let street = |name| PlaceName::read(name, Naming::Streets).own().to_owned();
    for name in [
        "柳巷",
        "柳巷街道",
        "柳巷街道办事处",
        "柳巷街道党群服务中心",
        "柳巷街道社区服务中心",
    ] {
        assert_eq!(street(name), "柳巷", "{name}");
    }
    assert_eq!(own_name("柳巷街道办事处"), own_name("柳巷街道党群服务中心"));
    assert_eq!(meant(&["桥东社区", "文庙社区"], "桥东街道"), None);
    assert_eq!(meant(&["桥东社区@桥东街道"], "桥东街道党群服务中心"), None);
}

#[test]
fn names_that_are_nearly_one_are_two() {
    let list = [
        "新建一社区",
        "新建二社区",
        "新建社区",
        "五龙口一社区",
        "上马街社区",
        "东村社区",
        "郝庄村",
    ];
    let asked = [
        "新建一社区居委会",
        "新建二",
        "新建居委会",
        "五龙口一社区党群服务中心",
        "上马街",
        "东村",
        "郝庄村村委会",
    ];
    for (index, name) in (0..).zip(asked) {
        assert_eq!(meant(&list, name), Some(index), "{name}");
    }
    for other in [
        "新建三社区",
        "新",
        "五龙口社区",
        "五龙口二社区",
        "上马街一社区",
        "上马",
        "西村",
        "郝庄社区",
        "郝庄",
        "",
    ] {
        assert_eq!(meant(&list, other), None, "{other}");
    }
    assert_eq!(
        meant(
            &["老军营小区一社区", "老军营小区二社区"],
            "老军营小区二社区居委会"
        ),
        Some(1)
    );
    assert_eq!(meant(&["新建社区"], "新建社区一社区"), None);
}

#[test]
fn the_exact_name_wins_and_what_is_not_sure_is_none() {
    let list = ["东村社区", "东村"];
    for (name, index) in [
        ("东村", 1),
        ("东村村委会", 1),
        ("东村社区", 0),
        ("东村社区居委会", 0),
    ] {
        assert_eq!(meant(&list, name), Some(index), "{name}");
    }
    // The same in two streets: only with the street is it sure.
    let list = ["幸福社区@文庙街道", "幸福社区@桥东街道"];
    assert_eq!(meant(&list, "幸福社区"), None);
    assert_eq!(meant(&list, "幸福@桥东街道"), Some(1));
    assert_eq!(meant(&list, "幸福@桥东街道办事处"), Some(1));
    assert_eq!(meant(&list, "桥东街道幸福社区居委会"), Some(1));
    assert_eq!(meant(&list, "幸福社区@庙前街道"), None);
    // One that is listed twice is one; one that is written in two ways may be two.
    assert_eq!(
        meant(&["幸福社区@文庙街道", "幸福社区@文庙街道"], "幸福"),
        Some(0)
    );
    assert_eq!(meant(&["东村村委会", "东村居委会"], "东村"), None);
    assert_eq!(meant(&["东村村委会", "东村居委会"], "东村居委会"), Some(1));
}

#[test]
fn streets_and_towns_before_a_name_are_no_part_of_it() {
    let list = [
        "察院后社区居委会@柳巷街道办事处",
        "朝阳一社区@郝庄镇",
        "古镇北社区@郝庄镇",
        "街道口社区@柳巷街道",
    ];
    for (name, index) in [
        ("柳巷街道察院后社区", Some(0)),
        ("柳巷街道办事处察院后社区", Some(0)),
        ("太原市迎泽区柳巷街道察院后", Some(0)),
        ("太原市迎泽区郝庄镇朝阳一社区党群服务站", Some(1)),
        ("郝庄镇", None),
        ("古镇北", Some(2)),
        ("柳巷街道察院后社区第3网格党群服务站", Some(0)),
        ("察院后社区第3网格社区服务站", Some(0)),
        ("街道口", Some(3)),
    ] {
        assert_eq!(meant(&list, name), index, "{name}");
    }
    // The register has the street in its names.
    let list = ["太原市柳巷街道察院后社区居委会@柳巷街道"];
    for name in ["察院后", "柳巷街道察院后社区", "太原市柳巷街道察院后社区"]
    {
        assert_eq!(meant(&list, name), Some(0), "{name}");
    }
}

#[test]
fn codes_go_first_and_columns_may_be_mixed_up() {
    let list = [
        ("140106001001", "察院后社区"),
        ("140106001002", "宁化府社区"),
        ("140106001002", "柴市巷社区"),
    ];
    let listed = list.map(|(code, name)| Listed {
        code,
        name,
        street: "",
    });
    let places = Places::new(listed, Naming::Communities);
    let meant = |code, name| {
        places.meant(Listed {
            code,
            name,
            street: "",
        })
    };
    assert_eq!(meant("'１４０１０６００１００１.0", "宁化府社区"), Some(0));
    // Two have that code: the name says which.
    assert_eq!(meant("140106001002", "柴市巷"), Some(2));
    assert_eq!(meant("140106001002", ""), None);
    assert_eq!(meant("1.40106E+11", "宁化府"), Some(1));
    assert_eq!(meant("察院后社区", ""), Some(0));
    assert_eq!(meant("", "140106001001"), Some(0));
    assert_eq!(meant("", ""), None);
}

#[test]
fn a_name_that_says_another_street_is_another_place() {
    let list = ["文庙社区@文庙街道", "桥头社区@柳巷街道", "南社区@南街道"];
    assert_eq!(meant(&list, "文庙街道文庙社区"), Some(0));
    assert_eq!(meant(&list, "太原市文庙街道办事处文庙社区"), Some(0));
    assert_eq!(meant(&list, "柳巷街道文庙社区"), None);
    assert_eq!(meant(&list, "南街道南社区"), Some(2));
    // A street that is not listed, whose name ends as another's.
    assert_eq!(meant(&list, "城南街道南社区"), None);
}
