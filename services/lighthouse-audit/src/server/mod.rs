//! The gRPC surface. One RPC is one file, named after it; this is the table of contents.

mod get_status;

use std::pin::Pin;

use callboard_proto::lighthouse_audit::v1::{self as proto, lighthouse_audit_service_server::LighthouseAuditService};
use callboard_service_kit::{
    cache::CacheNamespace,
    error::{ErrorCode, ServiceError},
};
use futures::Stream;
use sqlx::PgPool;
use tonic::{Request, Response, Status};

/// What the handlers share.
#[derive(Debug, Clone)]
pub struct LighthouseAuditServer {
    pub(crate) pool: PgPool,
    /// Answers of `GetStatus`, for a moment.
    pub(crate) status_cache: CacheNamespace,
}

impl LighthouseAuditServer {
    /// Serves from a database that is up to date.
    pub fn new(pool: PgPool, status_cache: CacheNamespace) -> Self {
        Self { pool, status_cache }
    }
}

type ResponseStream<T> = Pin<Box<dyn Stream<Item = Result<T, Status>> + Send>>;

/// The answer of an RPC that the contract has and this release does not.
fn not_in_this_release(rpc: &'static str) -> Status {
    ServiceError::new(
        ErrorCode::NotImplementedError,
        format!("{rpc} is not part of this release"),
    )
    .with("rpc", rpc)
    .into()
}

#[tonic::async_trait]
impl LighthouseAuditService for LighthouseAuditServer {
    type WatchAuditStream = ResponseStream<proto::WatchAuditResponse>;
    type GetReportStream = ResponseStream<proto::GetReportResponse>;

    async fn create_audit(
        &self,
        _: Request<proto::CreateAuditRequest>,
    ) -> Result<Response<proto::CreateAuditResponse>, Status> {
        Err(not_in_this_release("CreateAudit"))
    }

    async fn get_audit(&self, _: Request<proto::GetAuditRequest>) -> Result<Response<proto::GetAuditResponse>, Status> {
        Err(not_in_this_release("GetAudit"))
    }

    async fn list_audits(
        &self,
        _: Request<proto::ListAuditsRequest>,
    ) -> Result<Response<proto::ListAuditsResponse>, Status> {
        Err(not_in_this_release("ListAudits"))
    }

    async fn delete_audit(
        &self,
        _: Request<proto::DeleteAuditRequest>,
    ) -> Result<Response<proto::DeleteAuditResponse>, Status> {
        Err(not_in_this_release("DeleteAudit"))
    }

    async fn cancel_audit(
        &self,
        _: Request<proto::CancelAuditRequest>,
    ) -> Result<Response<proto::CancelAuditResponse>, Status> {
        Err(not_in_this_release("CancelAudit"))
    }

    async fn watch_audit(
        &self,
        _: Request<proto::WatchAuditRequest>,
    ) -> Result<Response<Self::WatchAuditStream>, Status> {
        Err(not_in_this_release("WatchAudit"))
    }

    async fn get_report(&self, _: Request<proto::GetReportRequest>) -> Result<Response<Self::GetReportStream>, Status> {
        Err(not_in_this_release("GetReport"))
    }

    async fn compare_reports(
        &self,
        _: Request<proto::CompareReportsRequest>,
    ) -> Result<Response<proto::CompareReportsResponse>, Status> {
        Err(not_in_this_release("CompareReports"))
    }

    async fn list_websites(
        &self,
        _: Request<proto::ListWebsitesRequest>,
    ) -> Result<Response<proto::ListWebsitesResponse>, Status> {
        Err(not_in_this_release("ListWebsites"))
    }

    async fn get_website(
        &self,
        _: Request<proto::GetWebsiteRequest>,
    ) -> Result<Response<proto::GetWebsiteResponse>, Status> {
        Err(not_in_this_release("GetWebsite"))
    }

    async fn get_website_by_audit(
        &self,
        _: Request<proto::GetWebsiteByAuditRequest>,
    ) -> Result<Response<proto::GetWebsiteByAuditResponse>, Status> {
        Err(not_in_this_release("GetWebsiteByAudit"))
    }

    async fn get_website_trend(
        &self,
        _: Request<proto::GetWebsiteTrendRequest>,
    ) -> Result<Response<proto::GetWebsiteTrendResponse>, Status> {
        Err(not_in_this_release("GetWebsiteTrend"))
    }

    async fn create_schedule(
        &self,
        _: Request<proto::CreateScheduleRequest>,
    ) -> Result<Response<proto::CreateScheduleResponse>, Status> {
        Err(not_in_this_release("CreateSchedule"))
    }

    async fn get_schedule(
        &self,
        _: Request<proto::GetScheduleRequest>,
    ) -> Result<Response<proto::GetScheduleResponse>, Status> {
        Err(not_in_this_release("GetSchedule"))
    }

    async fn list_schedules(
        &self,
        _: Request<proto::ListSchedulesRequest>,
    ) -> Result<Response<proto::ListSchedulesResponse>, Status> {
        Err(not_in_this_release("ListSchedules"))
    }

    async fn update_schedule(
        &self,
        _: Request<proto::UpdateScheduleRequest>,
    ) -> Result<Response<proto::UpdateScheduleResponse>, Status> {
        Err(not_in_this_release("UpdateSchedule"))
    }

    async fn delete_schedule(
        &self,
        _: Request<proto::DeleteScheduleRequest>,
    ) -> Result<Response<proto::DeleteScheduleResponse>, Status> {
        Err(not_in_this_release("DeleteSchedule"))
    }

    async fn get_status(
        &self,
        _: Request<proto::GetStatusRequest>,
    ) -> Result<Response<proto::GetStatusResponse>, Status> {
        get_status::get_status(self).await.map(Response::new)
    }
}
