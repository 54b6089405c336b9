#!/usr/bin/env python3
"""Makes the workbooks of tests/reads/files: one table, as the programs write it that people use.

    pip install xlwt==1.3.0 openpyxl==3.1.5 msoffcrypto-tool
    apt-get install libreoffice-calc
    python3 tests/reads/make.py

The table is that of tests/reads/mod.rs. The files are kept, so that the tests need none of these programs.
"""

import io
import shutil
import struct
import subprocess
import tempfile
from pathlib import Path

import openpyxl
import xlwt
from openpyxl.chart import BarChart, Reference

HERE = Path(__file__).parent / "files"
HEADER = ["编号", "名称", "经度", "纬度", "人口"]
ROWS = [
    ["a1", "平安里", 112.5501, 37.8601, 120],
    ["a2", "迎泽街道", 112.5502, 37.8602, 0],
    ["a3", "Alley 3", 112.5503, 37.8603, 37.5],
    ["a4", "文庙", 112.5504, 37.8604, 1200],
]


def fill(write):
    for row, cells in enumerate([HEADER, *ROWS]):
        for column, cell in enumerate(cells):
            write(row, column, cell)


def with_xlwt(name, before=None):
    """One table; `before` adds sheets that stand before it."""
    book = xlwt.Workbook(encoding="utf-8")
    if before:
        before(book)
    fill(book.add_sheet("居民").write)
    book.save(str(HERE / name))


def hidden_and_empty(book):
    book.add_sheet("空")
    stale = book.add_sheet("旧表")
    fill(lambda row, column, cell: stale.write(row, column, cell if row == 0 or column != 4 else 9999))
    stale.visibility = 1


def with_openpyxl(name, chart_first=False):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "居民"
    fill(lambda row, column, cell: sheet.cell(row + 1, column + 1, cell))
    if chart_first:
        chart = BarChart()
        chart.add_data(Reference(sheet, min_col=5, min_row=1, max_row=5), titles_from_data=True)
        book.create_chartsheet("图表", 0).add_chart(chart)
    book.save(HERE / name)


def with_libreoffice(source, ending, output_filter, name):
    with tempfile.TemporaryDirectory() as folder:
        convert = f"{ending}:{output_filter}"
        subprocess.run(
            ["soffice", "--headless", "--convert-to", convert, "--outdir", folder, str(source)],
            check=True, capture_output=True, stdin=subprocess.DEVNULL)
        shutil.copy(next(Path(folder).glob(f"*.{ending}")), HERE / name)


def excel_95(name):
    """A workbook of Excel 95 in Chinese, record by record (BIFF5, code page 936), in a compound file as xlwt makes it."""
    def record(kind, body=b""):
        return struct.pack("<HH", kind, len(body)) + body

    def sheet():
        cells = []
        for row, line in enumerate([HEADER, *ROWS]):
            for column, cell in enumerate(line):
                place = struct.pack("<HHH", row, column, 15)
                if isinstance(cell, str):
                    text = cell.encode("gbk")
                    cells.append(record(0x0204, place + struct.pack("<H", len(text)) + text))
                else:
                    cells.append(record(0x0203, place + struct.pack("<d", cell)))
        return record(0x0809, struct.pack("<HHHH", 0x0500, 0x0010, 0, 0)) + b"".join(cells) + record(0x000A)

    def globals_(position):
        title = "居民".encode("gbk")
        return b"".join([
            record(0x0809, struct.pack("<HHHH", 0x0500, 0x0005, 0, 0)),
            record(0x0042, struct.pack("<H", 936)),
            record(0x0085, struct.pack("<IBBB", position, 0, 0, len(title)) + title),
            record(0x000A),
        ])

    stream = globals_(len(globals_(0))) + sheet()
    stream += b"\0" * (-len(stream) % 4096)
    file = io.BytesIO()
    document = xlwt.CompoundDoc.XlsDoc()
    document.save(file, stream)
    # The stream of those days had a shorter name: nine and five characters with their ends, in UTF-16.
    long, short = "Workbook".encode("utf-16-le"), "Book".encode("utf-16-le")
    bytes_ = file.getvalue()
    at = bytes_.index(long)
    entry = bytearray(bytes_[at:at + 128])
    entry[:16] = short.ljust(16, b"\0")
    entry[64:66] = struct.pack("<H", len(short) + 2)
    (HERE / name).write_bytes(bytes_[:at] + bytes(entry) + bytes_[at + 128:])


def encrypted(source, name):
    from msoffcrypto.format.ooxml import OOXMLFile
    with open(source, "rb") as plain, open(HERE / name, "wb") as locked:
        OOXMLFile(plain).encrypt("secret", locked)


def main():
    HERE.mkdir(exist_ok=True)
    with_xlwt("xlwt.xls")
    with_xlwt("xlwt_hidden_first.xls", hidden_and_empty)
    with_openpyxl("openpyxl.xlsx")
    with_openpyxl("openpyxl_chart_first.xlsx", chart_first=True)
    with_libreoffice(HERE / "openpyxl.xlsx", "xls", "MS Excel 97", "libreoffice_97.xls")
    with_libreoffice(HERE / "openpyxl_chart_first.xlsx", "xls", "MS Excel 97", "libreoffice_97_chart.xls")
    with_libreoffice(HERE / "xlwt.xls", "xlsx", "Calc MS Excel 2007 XML", "libreoffice.xlsx")
    excel_95("excel_95.xls")
    encrypted(HERE / "openpyxl.xlsx", "password.xlsx")


if __name__ == "__main__":
    main()
