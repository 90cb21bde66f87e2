//! What changed between two reports, check by check.

use std::{cmp::Ordering, collections::BTreeMap};

use serde::Deserialize;

use super::well_formed::with_whole_characters;

/// Differences of scores below this are noise of floating point.
const SAME: f64 = 0.0005;

#[derive(Deserialize)]
struct Report {
    audits: BTreeMap<String, Check>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Check {
    #[serde(default)]
    title: String,
    score: Option<f64>,
    numeric_value: Option<f64>,
    numeric_unit: Option<String>,
}

/// How one check came out in two audits.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckDifference {
    /// The check, `unused-javascript` say.
    pub id: String,
    /// As the later report prints it.
    pub title: String,
    /// 0 to 1; none where it did not apply.
    pub base_score: Option<f64>,
    /// The same of the other audit.
    pub other_score: Option<f64>,
    /// What it measured.
    pub base_value: Option<f64>,
    /// The same of the other audit.
    pub other_value: Option<f64>,
    /// In which unit.
    pub numeric_unit: String,
}

impl CheckDifference {
    fn score_change(&self) -> f64 {
        // A check that applies to one of two only has come or gone: as much as a change can be.
        match (self.base_score, self.other_score) {
            (Some(base), Some(other)) => (other - base).abs(),
            (None, None) => 0.0,
            _ => 1.0,
        }
    }

    fn differs(&self) -> bool {
        self.score_change() > SAME || self.base_value != self.other_value
    }
}

/// The checks that came out differently, the largest change of score first, then by id.
pub fn compare(base: &[u8], other: &[u8]) -> Result<Vec<CheckDifference>, serde_json::Error> {
    let read = |json: &[u8]| serde_json::from_slice::<Report>(&with_whole_characters(json));
    let (mut base, other) = (read(base)?.audits, read(other)?.audits);
    let mut differences: Vec<CheckDifference> = other
        .into_iter()
        .map(|(id, check)| difference(base.remove(&id).unwrap_or_default(), check, id))
        .collect();
    differences.extend(
        base.into_iter()
            .map(|(id, check)| difference(check, Check::default(), id)),
    );
    differences.retain(CheckDifference::differs);
    differences.sort_by(|left, right| {
        let by_change = right.score_change().partial_cmp(&left.score_change());
        by_change
            .unwrap_or(Ordering::Equal)
            .then_with(|| left.id.cmp(&right.id))
    });
    Ok(differences)
}

fn difference(base: Check, other: Check, id: String) -> CheckDifference {
    CheckDifference {
        id,
        title: if other.title.is_empty() {
            base.title
        } else {
            other.title
        },
        base_score: base.score,
        other_score: other.score,
        base_value: base.numeric_value,
        other_value: other.numeric_value,
        numeric_unit: other.numeric_unit.or(base.numeric_unit).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_is_told_largest_first() {
        let base = br#"{"audits": {
            "same": {"title": "Same", "score": 1},
            "worse": {"title": "Worse \ud800", "score": 0.9, "numericValue": 100, "numericUnit": "millisecond"},
            "gone": {"title": "Gone", "score": 0},
            "value": {"title": "Value", "score": null, "numericValue": 1}
        }}"#;
        let other = br#"{"audits": {
            "same": {"title": "Same", "score": 1},
            "worse": {"title": "Worse", "score": 0.4, "numericValue": 900, "numericUnit": "millisecond"},
            "value": {"title": "Value", "score": null, "numericValue": 2, "numericUnit": "byte"}
        }}"#;
        let differences = compare(base, other).unwrap();
        let ids: Vec<&str> = differences.iter().map(|difference| difference.id.as_str()).collect();
        assert_eq!(ids, ["gone", "worse", "value"]);
        assert_eq!(
            (differences[1].base_value, differences[1].other_value),
            (Some(100.0), Some(900.0))
        );
        assert_eq!(differences[1].numeric_unit, "millisecond");
        assert!(compare(base, base).unwrap().is_empty());
        assert!(compare(b"{}", base).is_err());
    }
}
