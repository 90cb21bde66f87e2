//! Times sorted into steps, so that many replicas and stretches of time can be added up.

use std::time::Duration;

/// Steps for each doubling: a percentile is right within a tenth.
const STEPS_PER_DOUBLING: usize = 4;
/// The first step ends here; the last begins at some four minutes.
const FIRST_STEP: Duration = Duration::from_micros(250);
const DOUBLINGS: usize = 20;
/// How many steps there are.
pub const STEPS: usize = STEPS_PER_DOUBLING * DOUBLINGS + 1;

/// How many requests fell into each step. The steps at the end that nothing fell into may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Histogram {
    counts: Vec<u64>,
}

impl Histogram {
    /// A histogram from what is stored.
    pub fn from_counts(counts: impl IntoIterator<Item = i64>) -> Self {
        let counts = counts
            .into_iter()
            .take(STEPS)
            .map(|count| u64::try_from(count).unwrap_or(0));
        Self {
            counts: counts.collect(),
        }
    }

    /// Its counts, for the store.
    pub fn counts(&self) -> impl Iterator<Item = i64> + '_ {
        self.counts
            .iter()
            .map(|count| i64::try_from(*count).unwrap_or(i64::MAX))
    }

    /// Adds a time.
    pub fn add(&mut self, time: Duration) {
        let step = step_of(time);
        if self.counts.len() <= step {
            self.counts.resize(step + 1, 0);
        }
        self.counts[step] += 1;
    }

    /// Adds the counts of another.
    pub fn merge(&mut self, other: &Self) {
        if self.counts.len() < other.counts.len() {
            self.counts.resize(other.counts.len(), 0);
        }
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count += more;
        }
    }

    /// The time within which this share of the requests stayed, in milliseconds; 0 without any.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        clippy::cast_possible_truncation,
        reason = "counts of requests are far below 2^52, and a share of one is no more"
    )]
    pub fn percentile_ms(&self, share: f64) -> f64 {
        let total: u64 = self.counts.iter().sum();
        if total == 0 {
            return 0.0;
        }
        let rank = ((total as f64 * share).ceil() as u64).clamp(1, total);
        let mut before = 0;
        for (step, count) in self.counts.iter().enumerate() {
            if before + count >= rank {
                // As if the requests of a step were spread evenly over it.
                let within = (rank - before) as f64 / *count as f64;
                let (start, end) = (bound_ms(step), bound_ms(step + 1));
                return start + (end - start) * within;
            }
            before += count;
        }
        bound_ms(STEPS)
    }
}

fn step_of(time: Duration) -> usize {
    let ratio = time.as_secs_f64() / FIRST_STEP.as_secs_f64();
    if ratio < 1.0 {
        return 0;
    }
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        clippy::cast_possible_truncation,
        reason = "the logarithm of a ratio of at least one is small and not negative"
    )]
    let step = (ratio.log2() * STEPS_PER_DOUBLING as f64).floor() as usize;
    (step + 1).min(STEPS - 1)
}

/// Where a step begins, in milliseconds.
#[expect(clippy::cast_precision_loss, reason = "there are less than a hundred steps")]
fn bound_ms(step: usize) -> f64 {
    let first = FIRST_STEP.as_secs_f64() * 1000.0;
    match step {
        0 => 0.0,
        _ => first * ((step - 1) as f64 / STEPS_PER_DOUBLING as f64).exp2(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(milliseconds: &[u64]) -> Histogram {
        let mut histogram = Histogram::default();
        for time in milliseconds {
            histogram.add(Duration::from_millis(*time));
        }
        histogram
    }

    #[test]
    fn percentiles_are_right_within_a_step() {
        let histogram = of(&(1..=1000).collect::<Vec<_>>());
        for (share, expected) in [(0.5, 500.0), (0.9, 900.0), (0.99, 990.0)] {
            let found = histogram.percentile_ms(share);
            assert!((found - expected).abs() / expected < 0.1, "{share}: {found}");
        }
        assert!(Histogram::default().percentile_ms(0.5).abs() < f64::EPSILON);
    }

    #[test]
    fn extremes_have_a_step() {
        let mut histogram = of(&[0, u64::from(u32::MAX)]);
        histogram.add(Duration::MAX);
        assert_eq!(histogram.counts.len(), STEPS);
        assert!(histogram.percentile_ms(1.0) > 200_000.0);
    }

    #[test]
    fn what_is_added_up_is_what_was_counted_together() {
        let mut left = of(&[1, 50, 3]);
        left.merge(&of(&[700]));
        assert_eq!(left, of(&[1, 3, 50, 700]));
        assert_eq!(Histogram::from_counts(left.counts()), left);
    }
}
