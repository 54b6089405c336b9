//! Which files were written.

use std::path::Path;

use pedshed::language::Language;
use pedshed::report::columns;

use crate::terminal::{say, say_in};

/// Says which files were written, in lines that fit a terminal, and where.
pub(crate) fn print_written(files: &[impl AsRef<str>], out: &Path, language: Language) {
    let head = language.pick("written:", "已写出：");
    let mut line = head.to_owned();
    for (number, file) in files.iter().enumerate() {
        let file = file.as_ref();
        let comma = match language {
            _ if number + 1 == files.len() => "",
            Language::En => ",",
            Language::Zh => "、",
        };
        if columns(&line) + columns(file) + 2 > 80 {
            say!("{line}");
            line = " ".repeat(columns(head));
        }
        let space = if line.ends_with(['：', '、']) {
            ""
        } else {
            " "
        };
        line = format!("{line}{space}{file}{comma}");
    }
    say!("{line}");
    let out = out.display();
    say_in!(language, "     in: {out}", "    位于：{out}");
}
