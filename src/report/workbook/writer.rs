//! Sheets as the bytes of a workbook: the only place that knows the crate that makes them.

use std::collections::BTreeMap;
use std::io::{self, Write};

use rust_xlsxwriter::{
    Color, ConditionalFormatDataBar, ConditionalFormatDataBarDirection, ConditionalFormatType,
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, IgnoreError,
    Workbook, Worksheet, XlsxError,
};

use super::book::Book;
use super::sheet::{Cell, Column, ColumnKind, MOST_DECIMALS, NumberFormat, Sheet, lines};
use super::text::holdable;
use crate::report::{columns, fit};
use crate::text::language::Language;
use crate::text::table::is_run;

/// The rows above the table: its title, its note and its head.
const TITLE: u32 = 0;
const NOTE: u32 = 1;
const HEAD: u32 = 2;
/// The narrowest and the widest column, and the widest of a head that has no wider cells below it, in characters.
const NARROWEST: usize = 7;
const WIDEST: usize = 46;
const WIDEST_HEAD: usize = 16;
/// What Excel's filter button and margins take.
const ROOM: usize = 4;
/// What of a column no text takes.
const MARGIN: usize = 2;
/// The height of a line, and the most lines of a row that are shown, in points.
const LINE: f64 = 15.0;
const MOST_LINES: usize = 24;
/// Sheets that are wider than this go on A3.
const WIDE: usize = 190;
/// The paper sizes of the format (ECMA-376, 18.3.1.63).
const A4: u8 = 9;
const A3: u8 = 8;
/// Footers hold 255 characters.
const FOOTER_COLUMNS: usize = 80;
/// Cells below which bars, lists and filters have a row even where there is none.
const HEAD_FILL: u32 = 0x00DC_E6F1;
const BAR: u32 = 0x009D_C3E6;
const NOTE_GREY: u32 = 0x0059_5959;

/// Writes a workbook. The same sheets give the same bytes.
pub(super) fn write(book: &Book, writer: &mut dyn Write) -> io::Result<()> {
    let bytes = bytes(book).map_err(io::Error::other)?;
    writer.write_all(&bytes)
}

fn bytes(book: &Book) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // No clock: the same input gives the same bytes. The first day that every spreadsheet knows alike.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let title = holdable(&book.title);
    let properties = DocProperties::new()
        .set_title(title.as_ref())
        .set_author("")
        .set_creation_datetime(&made);
    workbook.set_properties(&properties);
    let looks = Looks::new(book.language);
    for sheet in &book.sheets {
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(&sheet.name)?;
        OnSheet {
            worksheet,
            looks: &looks,
            book,
            sheet,
        }
        .write()?;
    }
    workbook.save_to_buffer()
}

/// The formats of a workbook, each made once.
struct Looks {
    title: Format,
    note: Format,
    head: Format,
    text: Format,
    /// Text that a spreadsheet would take for a formula once somebody edits it.
    quoted: Format,
    numbers: BTreeMap<NumberFormat, Format>,
    /// Below numbers where none is known.
    blank: Format,
    by_hand: Format,
}

impl Looks {
    fn new(language: Language) -> Self {
        let plain = || match language {
            // What every office program in Chinese has, with characters of exactly two widths.
            Language::Zh => Format::new().set_font_name("宋体").set_font_size(10.5),
            Language::En => Format::new(),
        };
        let body = || {
            plain()
                .set_border(FormatBorder::Thin)
                .set_border_color(Color::RGB(0x00BF_BFBF))
                .set_align(FormatAlign::VerticalCenter)
        };
        let text = body().set_text_wrap().set_indent(1).set_num_format("@");
        let decimals = || {
            (0..=MOST_DECIMALS)
                .flat_map(|places| [NumberFormat::Grouped(places), NumberFormat::Plain(places)])
        };
        let formats = decimals().chain([NumberFormat::Percent]);
        Self {
            title: plain().set_bold().set_font_size(16),
            note: plain().set_font_color(Color::RGB(NOTE_GREY)),
            head: body()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_background_color(Color::RGB(HEAD_FILL)),
            quoted: text.clone().set_quote_prefix(),
            text,
            numbers: formats
                .map(|format| (format, body().set_num_format(format.code())))
                .collect(),
            blank: body(),
            by_hand: body().set_align(FormatAlign::Center),
        }
    }
}

/// One sheet under way.
struct OnSheet<'w, 'b> {
    worksheet: &'w mut Worksheet,
    looks: &'b Looks,
    book: &'b Book,
    sheet: &'b Sheet,
}

impl OnSheet<'_, '_> {
    fn write(mut self) -> Result<(), XlsxError> {
        self.put_heads()?;
        for (row, cells) in (HEAD + 1..).zip(&self.sheet.rows) {
            for (column, cell) in (0..).zip(cells) {
                self.put_cell(row, column, cell)?;
            }
        }
        let widths = widths(self.sheet);
        for (column, width) in (0..).zip(&widths) {
            self.worksheet.set_column_width(column, *width as f64)?;
        }
        let heads = self.sheet.columns.iter().zip(&widths);
        let heads = heads.map(|(of, width)| lines(&of.head, width - MARGIN));
        self.set_height(HEAD, heads.max())?;
        for (row, cells) in (HEAD + 1..).zip(&self.sheet.rows) {
            let cells = cells.iter().zip(&widths);
            let cells = cells.map(|(cell, width)| cell.lines(width - MARGIN));
            self.set_height(row, cells.max())?;
        }
        for (column, of) in (0..).zip(&self.sheet.columns) {
            self.help(column, of)?;
        }
        self.set_out(widths.iter().sum())
    }

    /// Room for so many lines: not every program makes it where text is wrapped.
    fn set_height(&mut self, row: u32, lines: Option<usize>) -> Result<(), XlsxError> {
        let lines = lines.unwrap_or(1).min(MOST_LINES);
        if lines > 1 {
            self.worksheet.set_row_height(row, lines as f64 * LINE)?;
        }
        Ok(())
    }

    fn put_heads(&mut self) -> Result<(), XlsxError> {
        let Self {
            worksheet,
            looks,
            sheet,
            ..
        } = self;
        worksheet.set_row_height(TITLE, 28)?;
        worksheet.write_string_with_format(TITLE, 0, holdable(&sheet.title), &looks.title)?;
        if !sheet.note.is_empty() {
            worksheet.write_string_with_format(NOTE, 0, holdable(&sheet.note), &looks.note)?;
        }
        for (column, of) in (0..).zip(&sheet.columns) {
            worksheet.write_string_with_format(HEAD, column, holdable(&of.head), &looks.head)?;
        }
        Ok(())
    }

    fn put_cell(&mut self, row: u32, column: u16, cell: &Cell) -> Result<(), XlsxError> {
        let looks = self.looks;
        match cell {
            Cell::Blank => {
                // What is filled in by hand below numbers is a number.
                let look = match self.sheet.columns[usize::from(column)].kind {
                    ColumnKind::Text => &looks.text,
                    ColumnKind::Number => &looks.blank,
                    ColumnKind::Share => &looks.numbers[&NumberFormat::Percent],
                    ColumnKind::YesOrNo => &looks.by_hand,
                };
                self.worksheet.write_blank(row, column, look)?;
            }
            Cell::Text(text) => {
                let look = if is_run(text) {
                    &looks.quoted
                } else {
                    &looks.text
                };
                self.worksheet
                    .write_string_with_format(row, column, holdable(text), look)?;
            }
            Cell::Number(value, format) => {
                let look = looks.numbers.get(format).unwrap_or(&looks.text);
                self.worksheet
                    .write_number_with_format(row, column, *value, look)?;
            }
        }
        Ok(())
    }

    /// The last row of the table; the first below the head where it has none.
    fn last_row(&self) -> u32 {
        HEAD + (self.sheet.rows.len() as u32).max(1)
    }

    /// Bars behind shares, a list where something is filled in, and no mark at ids that look like numbers.
    fn help(&mut self, column: u16, of: &Column) -> Result<(), XlsxError> {
        let (first, last) = (HEAD + 1, self.last_row());
        let worksheet = &mut *self.worksheet;
        match of.kind {
            ColumnKind::Share => {
                let bar = ConditionalFormatDataBar::new()
                    .set_minimum(ConditionalFormatType::Number, 0)
                    .set_maximum(ConditionalFormatType::Number, 1)
                    .set_direction(ConditionalFormatDataBarDirection::LeftToRight)
                    .set_solid_fill(true)
                    .set_fill_color(Color::RGB(BAR));
                worksheet.add_conditional_format(first, column, last, column, &bar)?;
            }
            ColumnKind::YesOrNo => {
                let answers = self.book.language.pick("yes,no", "是,否");
                let answers: Vec<&str> = answers.split(',').collect();
                let list = DataValidation::new().allow_list_strings(&answers)?;
                worksheet.add_data_validation(first, column, last, column, &list)?;
            }
            ColumnKind::Text => {
                let mark = IgnoreError::NumberStoredAsText;
                worksheet.ignore_error_range(first, column, last, column, mark)?;
            }
            ColumnKind::Number => {}
        }
        Ok(())
    }

    /// What stays in sight, the filter, and the paper.
    fn set_out(&mut self, width: usize) -> Result<(), XlsxError> {
        let last_row = self.last_row();
        let last_column = (self.sheet.columns.len() as u16).saturating_sub(1);
        let language = self.book.language;
        let worksheet = &mut *self.worksheet;
        worksheet.set_freeze_panes(HEAD + 1, self.sheet.frozen)?;
        worksheet.autofilter(HEAD, 0, last_row, last_column)?;
        worksheet.set_landscape();
        worksheet.set_paper_size(if width > WIDE { A3 } else { A4 });
        worksheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
        worksheet.set_print_area(TITLE, 0, last_row, last_column)?;
        worksheet.set_print_fit_to_pages(1, 0);
        worksheet.set_repeat_rows(HEAD, HEAD)?;
        worksheet.set_print_center_horizontally(true);
        let title = fit(&self.book.title, FOOTER_COLUMNS).replace('&', "&&");
        let title = holdable(&title);
        worksheet.set_footer(match language {
            Language::En => format!("&L&8 {title}&C&8 &A&R&8 Page &P of &N"),
            Language::Zh => format!("&L&8 {title}&C&8 &A&R&8 第 &P 页，共 &N 页"),
        });
        Ok(())
    }
}

/// How wide the columns are: as wide as their widest cell or what of the head stands in a line of its own, within limits.
fn widths(sheet: &Sheet) -> Vec<usize> {
    let width = |(at, column): (usize, &Column)| {
        let cells = sheet.rows.iter().filter_map(|row| row.get(at));
        let cells = cells.map(Cell::width).max().unwrap_or(0);
        let head = columns(&column.head).min(WIDEST_HEAD);
        (cells.max(head) + ROOM).clamp(NARROWEST, WIDEST)
    };
    sheet.columns.iter().enumerate().map(width).collect()
}
