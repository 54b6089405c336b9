//! What is wrong with a workbook.

use crate::inputs::{InputError, Source};
use crate::text::language::{Words, words};

/// What is wrong is wrong with the workbook as a whole.
pub(in crate::inputs) fn the_workbook() -> Words {
    Words::new("the workbook", "工作簿")
}

/// It cannot be read.
pub(super) fn broken(source: &Source, error: &dyn std::fmt::Display) -> InputError {
    let reason = words!(
        "{error}; save it as .xlsx or as CSV",
        "读取失败（{error}）；请另存为 .xlsx 或 CSV"
    );
    source.malformed(the_workbook(), reason)
}

/// A cell that no sheet has.
pub(super) fn beyond() -> Words {
    Words::new(
        "it names a cell beyond a sheet's last row or column (XFD1048576)",
        "含有超出工作表最后一行或最后一列（XFD1048576）的单元格",
    )
}
