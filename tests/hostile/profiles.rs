//! Walkers of one's own, in TOML.

use super::Expected::{self, Read, Refused};
use super::{Case, Role};

pub(super) fn cases() -> Vec<Case> {
    let case = |name: &str, text: &[u8], expected: Expected| {
        Case::new(
            format!("profile: {name}"),
            (Role::Profile, "toml"),
            text,
            expected,
        )
    };
    let refused = |words| Refused("Malformed", words);
    let deep = format!("a = {}", "[".repeat(10_000));
    vec![
        case("nothing", b"", Refused("Empty", "is empty")),
        case(
            "a comment",
            b"# nothing\n",
            Read("hostile 4.8 km/h, steps true", ""),
        ),
        case(
            "a byte-order mark",
            b"\xef\xbb\xbflevel_kmh = 3\n",
            Read("hostile 3 km/h, steps true", ""),
        ),
        case(
            "CRLF",
            b"name = \"a\"\r\nlevel_kmh = 3\r\n",
            Read("a 3 km/h, steps true", ""),
        ),
        case("GBK", b"name = \"\xc0\xcf\xc8\xcb\"\n", refused("UTF-8")),
        case("a zero byte", b"level_kmh = 4\0\n", refused("line 1")),
        case("JSON", b"{\"level_kmh\": 4}", refused("line 1")),
        case(
            "a key twice",
            b"level_kmh = 4\nlevel_kmh = 5\n",
            refused("line 2"),
        ),
        case("a misspelt key", b"level_khm = 4\n", refused("level_khm")),
        case("a table", b"[walker]\nlevel_kmh = 4\n", refused("walker")),
        case(
            "a speed in text",
            b"level_kmh = \"4.8\"\n",
            refused("line 1"),
        ),
        case(
            "a whole number",
            b"level_kmh = 4\n",
            Read("hostile 4 km/h, steps true", ""),
        ),
        case("zero speed", b"level_kmh = 0\n", refused("level_kmh = 0")),
        case(
            "speed below zero",
            b"level_kmh = -4.8\n",
            refused("level_kmh = -4.8"),
        ),
        case(
            "speed of NaN",
            b"level_kmh = nan\n",
            refused("level_kmh = NaN"),
        ),
        case(
            "infinite speed",
            b"level_kmh = inf\n",
            refused("level_kmh = inf"),
        ),
        case(
            "metres a second for kilometres an hour, 80",
            b"level_kmh = 80\n",
            refused("outside"),
        ),
        case(
            "a wait of a day",
            b"signal_s = 86400\n",
            refused("signal_s = 86400"),
        ),
        case(
            "a wait below zero",
            b"crossing_s = -1\n",
            refused("crossing_s = -1"),
        ),
        case(
            "stairs that contradict",
            b"steps = false\nsteps_factor = 0.5\n",
            refused("contradict"),
        ),
        case(
            "no stairs",
            b"steps = false\n",
            Read("hostile 4.8 km/h, steps false", ""),
        ),
        case("half a ferry", b"ferry_kmh = 20\n", refused("ferry")),
        case("an unknown base", b"base = \"bird\"\n", refused("bird")),
        case(
            "a base that is a file",
            b"base = \"../../etc/passwd\"\n",
            refused("no profile is called"),
        ),
        case("10,000 brackets", deep.as_bytes(), refused("line 1")),
        case(
            "a number of 64 bits",
            b"level_kmh = 9223372036854775808\n",
            refused("outside 0.1 to 20"),
        ),
        case("cut in a text", b"name = \"eld", refused("line 1")),
    ]
}
