//! From sections to Markdown.

use super::{Section, rows::Row};

/// What `docs/configuration.md` says of a section: the text of its type, and the table of its keys.
pub fn page(section: &Section) -> String {
    let mut text = section.description();
    let rows = section.rows();
    if !rows.is_empty() {
        text.push_str("\n\n| Key | Type | Default | Meaning |\n| --- | --- | --- | --- |\n");
        for row in &rows {
            text.push_str(&line(row));
        }
    }
    text.trim().to_owned()
}

fn line(row: &Row) -> String {
    let mut line = format!("| `{}` |", row.key);
    for cell in [&row.kind, &row.default, &row.meaning] {
        if !cell.is_empty() {
            line.push(' ');
            line.push_str(&cell.replace('|', "\\|"));
        }
        line.push_str(" |");
    }
    line.push('\n');
    line
}
