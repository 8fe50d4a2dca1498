//! One line of a file for a spreadsheet: `;` between cells as Czech Excel expects, quotes
//! where needed, and no cell that a spreadsheet would take for a formula.

/// What a file starts with so that Excel reads it as UTF-8.
pub(super) const BOM: &str = "\u{feff}";

/// Writes one line, ended as RFC 4180 wants it.
#[must_use]
pub(super) fn line<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let mut line = cells.into_iter().map(cell).collect::<Vec<_>>().join(";");
    line.push_str("\r\n");
    line
}

/// Writes one cell. A cell whose first sign could start a formula gets an apostrophe before it
/// (OWASP, CSV injection), also when blanks hide that sign; NUL is dropped after that.
fn cell(text: &str) -> String {
    let first = text.trim_start_matches([' ', '\u{a0}', '\n']).chars().next();
    let dangerous = matches!(first, Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\0' | '＝' | '＋' | '－' | '＠'));
    let apostrophe = if dangerous { "'" } else { "" };
    let plain = format!("{apostrophe}{}", text.replace('\0', ""));
    if plain.contains([';', '"', '\n', '\r', ',', '\t']) { format!("\"{}\"", plain.replace('"', "\"\"")) } else { plain }
}

#[cfg(test)]
mod tests {
    use super::{cell, line};

    #[test]
    fn no_cell_is_a_formula() {
        let table = [
            ("Most", "Most"),
            ("", ""),
            ("=1+1", "'=1+1"),
            ("+420719000101", "'+420719000101"),
            ("-5", "'-5"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "\"'\t=1\""),
            ("\r=1", "\"'\r=1\""),
            ("\0=1", "'=1"),
            (" =1", "' =1"),
            ("\n=1", "\"'\n=1\""),
            ("＝1", "'＝1"),
            ("a=b", "a=b"),
            ("řekl „ano“; a \"ne\"", "\"řekl „ano“; a \"\"ne\"\"\""),
        ];
        for (text, expected) in table {
            assert_eq!(cell(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_line_has_as_many_cells_as_were_given() {
        assert_eq!(line(["4821", "a;b", "=x"]), "4821;\"a;b\";'=x\r\n");
    }
}
