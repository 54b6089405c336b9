//! Cells as text.

use calamine::{Data, DataRef, ExcelDateTime, XlsxFormulaMetadata};

/// A cell as it would be typed: a number without decimals that it does not have; an error as it is shown.
pub(super) fn text_of(cell: &Data) -> String {
    match cell {
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::String(text) => text.trim().to_owned(),
        Data::Bool(value) => value.to_string(),
        Data::DateTime(date) => date_text(date),
        Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Error(error) => error.to_string(),
        Data::Empty => String::new(),
    }
}

/// A date as ISO 8601 has it, with its time where it has one; a duration or a time of day as the number that it is.
fn date_text(date: &ExcelDateTime) -> String {
    if !date.is_datetime() || date.as_f64() < 1.0 {
        return date.to_string();
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let day = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) {
        day
    } else {
        format!("{day} {hour:02}:{minute:02}:{second:02}")
    }
}

/// The same of a cell that is still in the file.
pub(super) fn text_of_ref(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::SharedString(text) => text.trim().to_owned(),
        other => text_of(&Data::from(other.clone())),
    }
}

/// A formula as it would be typed.
pub(super) fn formula_text(formula: &XlsxFormulaMetadata) -> String {
    match formula {
        XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. } => {
            format!("={formula}")
        }
        _ => "=".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    #[test]
    fn dates_are_read_as_dates_and_durations_as_numbers() {
        let cell =
            |days: f64, kind| text_of(&Data::DateTime(ExcelDateTime::new(days, kind, false)));
        // Excel shows 43831 as 2020-01-01, and 43831.75 with 18:00.
        let date = ExcelDateTimeType::DateTime;
        assert_eq!(cell(43_831.0, date), "2020-01-01");
        assert_eq!(cell(43_831.75, date), "2020-01-01 18:00:00");
        assert_eq!(cell(0.5, date), "0.5");
        assert_eq!(cell(1.5, ExcelDateTimeType::TimeDelta), "1.5");
    }
}
