//! One statement for many rows: what is written and read for a whole batch travels at once.

/// A statement that repeats a group of values: `before ($1, $2), ($3, $4) after`.
pub(super) struct Rows {
    pub(super) before: &'static str,
    /// Values of one row.
    pub(super) columns: usize,
    pub(super) after: &'static str,
}

/// Most rows of one statement. Sizes are powers of two, so that there are few texts to prepare.
const ROWS_MAX: usize = 64;

impl Rows {
    /// Writes the statement for `n` rows.
    pub(super) fn text(&self, n: usize) -> String {
        let mut text = String::with_capacity(self.before.len() + n * self.columns * 6 + self.after.len());
        text.push_str(self.before);
        for value in 0..n * self.columns {
            let begins = value.checked_rem(self.columns) == Some(0);
            text.push_str(match (begins, value) {
                (true, 0) => "($",
                (true, _) => "), ($",
                (false, _) => ", $",
            });
            text.push_str(&(value + 1).to_string());
        }
        text.push(')');
        text.push_str(self.after);
        text
    }
}

/// Cuts items into the pieces that are written by one statement each.
pub(super) fn pieces<T>(items: &[T]) -> impl Iterator<Item = &[T]> {
    let mut rest = items;
    std::iter::from_fn(move || {
        let size = (1_usize << rest.len().checked_ilog2()?).min(ROWS_MAX);
        let (piece, after) = rest.split_at(size);
        rest = after;
        Some(piece)
    })
}

/// Cuts items into pieces to look up, each filled up to a power of two by repeating its last item.
pub(super) fn filled<T: Clone>(items: &[T]) -> impl Iterator<Item = Vec<T>> {
    items.chunks(ROWS_MAX).map(|chunk| {
        let mut piece = chunk.to_vec();
        if let Some(last) = chunk.last() {
            piece.resize(chunk.len().next_power_of_two(), last.clone());
        }
        piece
    })
}

/// Reads what [`Rows`] find for one piece: `read_rows!(batch, &ROWS, piece, |query, item| query.bind(item.id))`.
macro_rules! read_rows {
    ($batch:expr, $rows:expr, $piece:expr, |$query:ident, $item:ident| $bound:expr) => {{
        let text = match &$batch.writer {
            $crate::store::dialect::Side::Sqlite(_) => $crate::store::script::nameless(&$rows.text($piece.len())),
            $crate::store::dialect::Side::Postgres(_) => $rows.text($piece.len()),
        };
        let text = sqlx::AssertSqlSafe(text);
        $crate::store::dialect::on!(&mut $batch.writer, writing => {
            let mut $query = sqlx::query_as(text);
            for $item in $piece {
                $query = $bound;
            }
            $query.fetch_all(&mut *writing.tx).await
        })
    }};
}
pub(super) use read_rows;

#[cfg(test)]
mod tests {
    use super::{Rows, filled, pieces};

    #[test]
    fn values_are_numbered_row_by_row() {
        let rows = Rows { before: "insert into a values ", columns: 2, after: " returning b" };
        assert_eq!(rows.text(1), "insert into a values ($1, $2) returning b");
        assert_eq!(rows.text(3), "insert into a values ($1, $2), ($3, $4), ($5, $6) returning b");
    }

    #[test]
    fn every_item_is_in_one_piece() {
        for n in [0, 1, 2, 3, 37, 64, 65, 200] {
            let items: Vec<_> = (0..n).collect();
            assert_eq!(pieces(&items).flatten().copied().collect::<Vec<_>>(), items);
            assert!(pieces(&items).all(|piece| piece.len().is_power_of_two()));
            assert!(filled(&items).all(|piece| piece.len().is_power_of_two()));
            let mut looked_up: Vec<_> = filled(&items).flatten().collect();
            looked_up.dedup();
            assert_eq!(looked_up, items);
        }
    }
}
