//! The sheet of data: what was read as what, by which options, what was found, and what is in the workbook and what is not.

use serde_json::Value;

use super::WorkbookReport;
use super::sheet::{Cell, Column, NumberFormat, Sheet};
use super::tables::told;
use crate::model::{Finding, Severity};
use crate::report::readings::reading_lines;
use crate::text::language::Language;

impl WorkbookReport<'_> {
    /// The sheet of data; so many cells of the other sheets hold their text only changed.
    pub(super) fn data(&self, changed: usize) -> Sheet {
        let word = |en, zh| self.word(en, zh);
        let mut sheet = Sheet::new(
            &word("Data", "数据说明"),
            vec![
                Column::text(word("About", "类别")),
                Column::text(word("Item", "项目")),
                Column::number(word("Number", "数量")),
                Column::text(word("What", "内容")),
            ],
        );
        sheet.note = word(
            "The same files and options give the same numbers: run.json records them all.",
            "相同的文件与参数得到相同的数字，完整记录见 run.json。",
        );
        sheet.frozen = 2;
        let mut rows = self.of_program();
        rows.extend(self.of_layers());
        rows.extend(self.of_files());
        rows.extend(self.of_options());
        rows.extend(self.of_findings());
        rows.extend(self.of_book(changed));
        sheet.rows = rows;
        sheet
    }

    fn line(about: &str, item: &str, what: &str) -> Vec<Cell> {
        vec![
            Cell::text(about),
            Cell::text(item),
            Cell::Blank,
            Cell::text(what),
        ]
    }

    fn of_program(&self) -> Vec<Vec<Cell>> {
        let about = &self.word("Program", "计算程序");
        let version = concat!("pedshed ", env!("CARGO_PKG_VERSION"));
        let mut rows = vec![
            Self::line(about, &self.word("Version", "版本"), version),
            Self::line(about, &self.word("Command", "命令"), &self.record.command),
        ];
        if let Some(note) = self.report.note {
            rows.push(Self::line(about, &self.word("Note", "说明"), note));
        }
        rows
    }

    /// The reading record.
    fn of_layers(&self) -> Vec<Vec<Cell>> {
        let language = self.report.language;
        let about = &self.word("Read", "读取记录");
        let mut rows = Vec::new();
        for reading in self.readings {
            let layer = reading.layer.word(language);
            for (label, text) in reading_lines(reading, language) {
                let label = label.trim();
                let item = if label == layer {
                    layer.to_owned()
                } else {
                    format!("{layer} · {label}")
                };
                rows.push(Self::line(about, &item, &text));
            }
        }
        rows
    }

    /// The files with their checksums.
    fn of_files(&self) -> Vec<Vec<Cell>> {
        let about = &self.word("Files, bytes, SHA-256", "输入文件、字节数与 SHA-256");
        let row = |file: &crate::report::InputFile| {
            vec![
                Cell::text(about.as_str()),
                Cell::text(file.file.as_str()),
                Cell::count(file.bytes as u64),
                Cell::text(file.sha256.as_str()),
            ]
        };
        self.record.inputs.iter().map(row).collect()
    }

    fn of_options(&self) -> Vec<Vec<Cell>> {
        let about = &self.word("Options", "参数");
        let text = |value: &Value| match value {
            Value::String(text) => text.clone(),
            value => value.to_string(),
        };
        let parameters = self.record.parameters.iter();
        let known = parameters.filter(|(_, value)| !value.is_null());
        known
            .map(|(key, value)| match value.as_f64() {
                Some(number) => {
                    let number = Cell::finite(number, plain(number));
                    vec![
                        Cell::text(about.as_str()),
                        Cell::text(key.as_str()),
                        number,
                        Cell::Blank,
                    ]
                }
                None => Self::line(about, key, &text(value)),
            })
            .collect()
    }

    fn of_findings(&self) -> Vec<Vec<Cell>> {
        let language = self.report.language;
        let spell = |text: &str| self.report.options.spell(text);
        let row = |finding: &&Finding| {
            let about = match finding.code.severity() {
                Severity::Error => self.word("Finding: error", "数据检查：错误"),
                Severity::Warning => self.word("Finding: warning", "数据检查：警告"),
                Severity::Note => self.word("Finding: note", "数据检查：提示"),
            };
            let code = finding.code;
            let [effect, cure] = [code.effect(language), code.cure(language)].map(spell);
            let example = spell(finding.example.get(language));
            let what = match language {
                Language::En => format!("{effect}\n{cure}\nFor example: {example}"),
                Language::Zh => format!("{effect}\n{cure}\n示例：{example}"),
            };
            vec![
                Cell::text(about),
                Cell::text(finding.title(language)),
                Cell::count(finding.count),
                Cell::text(what),
            ]
        };
        self.findings.worst_first().iter().map(row).collect()
    }

    /// What is in this workbook and what is not.
    fn of_book(&self, changed: usize) -> Vec<Vec<Cell>> {
        let about = &self.word("Workbook", "本工作簿");
        let mut rows = Vec::new();
        for file in &self.left_out {
            let what = self.word(
                "Beside the workbook, not in it: a row for each resident, pair or point",
                "随附，不在本工作簿内：逐居民、逐组合或逐点一行",
            );
            rows.push(Self::line(about, file, &what));
        }
        let item = self.word("Cells that had to be changed", "内容有改动的单元格");
        let what = self.word(
            "Control characters, which no workbook holds, became \u{fffd}; text of more than 32,767 characters was cut",
            "工作簿不能存放的控制字符改为“\u{fffd}”；超过 32,767 个字符的文字已截断",
        );
        if changed > 0 {
            let count = Cell::count(changed as u64);
            rows.push(vec![
                Cell::text(about.as_str()),
                Cell::text(item),
                count,
                Cell::text(what),
            ]);
        }
        let yes = told("yes", self.report.language);
        let item = self.word("To be filled in by hand", "人工填写");
        let what = match self.report.language {
            Language::En => format!("Problem list: responsible, deadline, done ({yes} or no)"),
            Language::Zh => format!("问题台账：责任层级、完成时限、是否完成（{yes}或否）"),
        };
        if self.gaps.is_some() {
            rows.push(Self::line(about, &item, &what));
        }
        rows
    }
}

/// With the decimals that a number of an option has.
fn plain(number: f64) -> NumberFormat {
    let text = number.to_string();
    let decimals = text
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.len());
    NumberFormat::Plain(decimals.min(7) as u8)
}
