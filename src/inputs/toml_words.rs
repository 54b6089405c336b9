//! What is wrong in a TOML file, in words: the parser's own are English, and name types of the programming language.

use crate::text::language::{Words, words};

/// A message of the TOML parser as people say it. What has no words of its own here stays as it is in English, and is a
/// mistake in how the line is written in other languages.
///
/// ```
/// use pedshed::inputs::toml_words;
/// let words = toml_words("invalid type: string \"fast\", expected f64");
/// assert_eq!(words.to_string(), "a number is needed here, not string \"fast\"");
/// ```
#[must_use]
pub fn toml_words(message: &str) -> Words {
    let message = message.trim();
    if let Some(rest) = message.strip_prefix("unknown field ") {
        let (found, expected) = rest.split_once(", expected ").unwrap_or((rest, ""));
        let found = bare(found);
        let allowed = names(expected);
        if allowed.is_empty() {
            return words!("there is no {found} here", "此处没有“{found}”这一项");
        }
        let (en, zh) = (allowed.join(", "), allowed.join("、"));
        return words!(
            "there is no {found} here; there is {en}",
            "此处没有“{found}”这一项；可用的有：{zh}"
        );
    }
    if let Some(rest) = message.strip_prefix("missing field ") {
        let field = bare(rest);
        return words!("{field} is missing", "缺少 {field}");
    }
    if let Some(rest) = message.strip_prefix("duplicate ") {
        let name = rest
            .rsplit_once('`')
            .and_then(|(head, _)| head.rsplit_once('`'));
        return match name {
            Some((_, name)) => words!("{name} stands here twice", "{name} 重复出现"),
            None => Words::new("duplicate key", "该键重复出现"),
        };
    }
    let wrong = ["invalid type: ", "invalid value: "];
    if let Some(rest) = wrong.iter().find_map(|start| message.strip_prefix(start))
        && let Some((found, expected)) = rest.rsplit_once(", expected ")
    {
        let (wanted, wanted_zh) = kind(expected);
        let found_zh = found_in_chinese(found);
        return words!(
            "{wanted} is needed here, not {found}",
            "此处应为{wanted_zh}，而不是{found_zh}"
        );
    }
    Words::new(
        message,
        "此处不符合 TOML 写法；请检查等号、引号与括号，文本须加引号",
    )
}

/// A name without the marks around it.
fn bare(text: &str) -> &str {
    text.trim().trim_matches('`')
}

/// The names between marks.
fn names(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// What the parser's name of a type is called.
fn kind(expected: &str) -> (&str, &str) {
    match expected {
        "f64" | "f32" => ("a number", "数字"),
        "u64" | "u32" | "usize" | "i64" | "i32" => ("a whole number", "整数"),
        "a boolean" => ("true or false", "逻辑值（true 或 false）"),
        "a string" => ("a text in quotes", "加引号的文本"),
        "a sequence" => ("a list", "列表"),
        other if other.starts_with("struct") || other == "a map" => ("a table", "表"),
        other => (other, "其他类型"),
    }
}

/// What was found, as the parser says it: a string, a floating point number and its value.
fn found_in_chinese(found: &str) -> String {
    let kinds = [
        ("string", "文本"),
        ("floating point", "小数"),
        ("integer", "整数"),
        ("boolean", "逻辑值"),
        ("sequence", "列表"),
        ("map", "表"),
    ];
    let known = kinds.iter().find_map(|(english, chinese)| {
        let rest = found.strip_prefix(english)?;
        Some(format!("{chinese} {}", rest.trim().trim_matches('`')))
    });
    known.map_or_else(|| "其他内容".to_owned(), |found| found.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::language::InLanguage;

    #[test]
    fn what_the_parser_says_is_said_in_both_languages() {
        for (message, en, zh) in [
            (
                "unknown field `level_kph`, expected one of `name`, `level_kmh`",
                "there is no level_kph here; there is name, level_kmh",
                "此处没有“level_kph”这一项；可用的有：name、level_kmh",
            ),
            (
                "invalid type: string \"fast\", expected f64",
                "a number is needed here, not string \"fast\"",
                "此处应为数字，而不是文本 \"fast\"",
            ),
            (
                "invalid type: integer `3`, expected a boolean",
                "true or false is needed here, not integer `3`",
                "此处应为逻辑值（true 或 false），而不是整数 3",
            ),
            (
                "missing field `profile`",
                "profile is missing",
                "缺少 profile",
            ),
            ("duplicate key", "duplicate key", "该键重复出现"),
            (
                "key with no value, expected `=`",
                "key with no value, expected `=`",
                "此处不符合 TOML 写法；请检查等号、引号与括号，文本须加引号",
            ),
        ] {
            let words = toml_words(message);
            assert_eq!((words.to_string().as_str(), words.zh().as_str()), (en, zh));
        }
    }
}
