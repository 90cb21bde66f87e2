//! Reports.

pub(super) mod compare_reports;
pub(super) mod get_report;
