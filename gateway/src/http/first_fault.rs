//! What is wrong with a request. Of several things upstream's schema check names one: what is missing before what is wrong, and of
//! either the first.

use crate::error::ApiError;

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct FirstFault {
    missing: Option<String>,
    wrong: Option<String>,
}

impl FirstFault {
    /// Notes that `place` has no member of this name.
    pub(super) fn missing(&mut self, place: &str, name: &str) {
        self.missing
            .get_or_insert_with(|| format!("{place} must have required property '{name}'"));
    }

    /// Notes what is wrong.
    pub(super) fn wrong(&mut self, problem: impl FnOnce() -> String) {
        self.wrong.get_or_insert_with(problem);
    }

    /// Notes what is worse than whatever else is wrong.
    pub(super) fn wrong_above_all(&mut self, problem: String) {
        self.wrong = Some(problem);
    }

    /// What is to be told.
    pub(super) fn problem(self) -> Option<String> {
        self.missing.or(self.wrong)
    }

    /// An error if there is any.
    pub(super) fn finish(self) -> Result<(), ApiError> {
        match self.problem() {
            None => Ok(()),
            Some(problem) => Err(ApiError::input(problem)),
        }
    }
}
