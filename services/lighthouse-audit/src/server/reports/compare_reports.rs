//! `CompareReports`: what changed between two audits, check by check.

use callboard_proto::lighthouse_audit::v1::{CheckComparison, CompareReportsRequest, CompareReportsResponse};
use tonic::{Code, Status};

use super::get_report::in_background;
use crate::{
    report::{self, CheckDifference},
    server::{LighthouseAuditServer, audits::get_audit::found, convert, database},
    store::{self, AuditRow, StoredReport},
};

pub(in crate::server) async fn compare_reports(
    server: &LighthouseAuditServer,
    request: CompareReportsRequest,
) -> Result<CompareReportsResponse, Status> {
    let (base, base_report) = with_report(server, &request.base_audit_id).await?;
    let (other, other_report) = with_report(server, &request.other_audit_id).await?;
    let differences = in_background(move || {
        let (base, other) = (report::decompress(&base_report)?, report::decompress(&other_report)?);
        report::compare(&base, &other).map_err(std::io::Error::other)
    })
    .await?;
    Ok(CompareReportsResponse {
        base: Some(convert::audit(base)),
        other: Some(convert::audit(other)),
        checks: differences.into_iter().map(check).collect(),
    })
}

async fn with_report(server: &LighthouseAuditServer, id: &str) -> Result<(AuditRow, StoredReport), Status> {
    let row = found(server, id).await?;
    let report = store::get_report(&server.pool, row.id).await.map_err(database)?;
    let report = report.ok_or_else(|| {
        Status::new(
            Code::FailedPrecondition,
            format!("The audit {} has no report to compare", row.id),
        )
    })?;
    Ok((row, report))
}

fn check(difference: CheckDifference) -> CheckComparison {
    CheckComparison {
        id: difference.id,
        title: difference.title,
        base_score: difference.base_score,
        other_score: difference.other_score,
        base_value: difference.base_value,
        other_value: difference.other_value,
        numeric_unit: difference.numeric_unit,
    }
}
