"""Tables of an HTML mail: data become a Markdown table, layout becomes lines, label and value one line."""

from __future__ import annotations

from .lines import PICTURE, Line

COLUMNS = 40
"""A table with more columns is read as layout."""


class Table:
    """A table while it is read: its cells, each a list of lines, and the lines that stood before it."""

    def __init__(self, ruled: bool, outside: list[Line]) -> None:
        self.ruled, self.outside = ruled, outside
        self.rows: list[list[list[Line]]] = []
        self.loose: list[Line] = []

    def row(self) -> None:
        """Begins a row."""
        self.rows.append([])

    def cell(self, *, header: bool) -> list[Line]:
        """Begins a cell and gives the list that its lines go to."""
        if not self.rows:
            self.row()
        self.ruled = self.ruled or header
        self.rows[-1].append([])
        return self.rows[-1][-1]


def table_lines(table: Table, *, nested: bool) -> list[Line]:
    """A table's lines: a Markdown table where it holds data, else its cells one after the other."""
    rows = [row for row in table.rows if any(not line.blank for cell in row for line in cell)]
    if not nested and _holds_data(rows, ruled=table.ruled):
        return _data(rows)
    lines: list[Line] = []
    for row in rows:
        lines.extend(_layout(row))
    return lines


def _words(cell: list[Line]) -> list[Line]:
    return [line for line in cell if not line.blank]


def _holds_data(rows: list[list[list[Line]]], *, ruled: bool) -> bool:
    if len(rows) < 2 or not 2 <= len(rows[0]) <= COLUMNS:
        return False
    if any(len(row) != len(rows[0]) for row in rows):
        return False
    cells = [_words(cell) for row in rows for cell in row]
    if any(len(cell) > 1 or (cell and cell[0].markdown.startswith(("```", "- ", "#"))) for cell in cells):
        return False
    if all(row[0] and _words(row[0]) and _words(row[0])[0].text.endswith((":", "：")) for row in rows):
        return False
    return ruled or all(cell and PICTURE not in cell[0].text for cell in cells)


def _data(rows: list[list[list[Line]]]) -> list[Line]:
    first = next(line for row in rows for cell in row for line in _words(cell))
    lines = []
    for number, row in enumerate(rows):
        cells = [" ".join(line.markdown for line in _words(cell)).replace("|", "\\|") for cell in row]
        words = " ".join(line.text for cell in row for line in _words(cell))
        lines.append(Line(words, "| " + " | ".join(cells) + " |", first.depth, first.hint, paragraph=True))
        if number == 0:
            rule = "| " + " | ".join("---" for _ in row) + " |"
            lines.append(Line(words, rule, first.depth, first.hint, paragraph=True))
    return lines


def _layout(row: list[list[Line]]) -> list[Line]:
    if len(row) == 2 and len(_words(row[0])) == len(_words(row[1])) == 1:
        label, value = _words(row[0])[0], _words(row[1])[0]
        if label.text.endswith((":", "：")):
            text, markdown = f"{label.text} {value.text}", f"{label.markdown} {value.markdown}"
            return [Line(text, markdown, label.depth, label.hint, paragraph=True)]
    lines: list[Line] = []
    for cell in row:
        lines.extend(cell)
    return lines
