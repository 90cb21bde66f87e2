//! The gRPC surface. One RPC is one file, named after it; this is the table of contents.

mod audits;
mod convert;
mod get_status;
mod page_token;
mod reports;
mod schedules;
mod websites;

use std::{pin::Pin, sync::Arc};

use callboard_proto::lighthouse_audit::v1::{self as proto, lighthouse_audit_service_server::LighthouseAuditService};
use callboard_service_kit::{cache::CacheNamespace, clock::SharedClock, error::ServiceError};
use futures::Stream;
use sqlx::PgPool;
use tonic::{Request, Response, Status};
use uuid::Uuid;

use crate::{changes::Changes, config::LighthouseConfig, report::Pages};

/// What the handlers share.
#[derive(Clone)]
pub struct LighthouseAuditServer {
    pub(crate) pool: PgPool,
    /// Answers of `GetStatus`, for a moment.
    pub(crate) status_cache: CacheNamespace,
    pub(crate) changes: Changes,
    pub(crate) pages: Pages,
    pub(crate) config: Arc<LighthouseConfig>,
    pub(crate) clock: SharedClock,
}

impl LighthouseAuditServer {
    /// Serves from a database that is up to date.
    pub fn new(
        pool: PgPool,
        status_cache: CacheNamespace,
        changes: Changes,
        config: Arc<LighthouseConfig>,
        clock: SharedClock,
    ) -> Self {
        Self {
            pool,
            status_cache,
            changes,
            pages: Pages::new(config.browser.runner.clone()),
            config,
            clock,
        }
    }
}

type ResponseStream<T> = Pin<Box<dyn Stream<Item = Result<T, Status>> + Send>>;

/// What was looked for under an id; text that is no id names nothing either.
fn audit_id(text: &str) -> Result<Uuid, Status> {
    text.parse().map_err(|_| no_such_audit(text))
}

fn no_such_audit(id: &str) -> Status {
    ServiceError::not_found(format!("audit not found for id \"{id}\"")).into()
}

fn database(error: sqlx::Error) -> Status {
    ServiceError::from(error).into()
}

/// The answer of a handler.
macro_rules! answer {
    ($handler:expr) => {
        $handler.await.map(Response::new)
    };
}

#[tonic::async_trait]
impl LighthouseAuditService for LighthouseAuditServer {
    type WatchAuditStream = ResponseStream<proto::WatchAuditResponse>;
    type GetReportStream = ResponseStream<proto::GetReportResponse>;

    async fn create_audit(
        &self,
        request: Request<proto::CreateAuditRequest>,
    ) -> Result<Response<proto::CreateAuditResponse>, Status> {
        answer!(audits::create_audit::create_audit(self, request.into_inner()))
    }

    async fn get_audit(
        &self,
        request: Request<proto::GetAuditRequest>,
    ) -> Result<Response<proto::GetAuditResponse>, Status> {
        answer!(audits::get_audit::get_audit(self, request.into_inner()))
    }

    async fn list_audits(
        &self,
        request: Request<proto::ListAuditsRequest>,
    ) -> Result<Response<proto::ListAuditsResponse>, Status> {
        answer!(audits::list_audits::list_audits(self, request.into_inner()))
    }

    async fn delete_audit(
        &self,
        request: Request<proto::DeleteAuditRequest>,
    ) -> Result<Response<proto::DeleteAuditResponse>, Status> {
        answer!(audits::delete_audit::delete_audit(self, request.into_inner()))
    }

    async fn cancel_audit(
        &self,
        request: Request<proto::CancelAuditRequest>,
    ) -> Result<Response<proto::CancelAuditResponse>, Status> {
        answer!(audits::cancel_audit::cancel_audit(self, request))
    }

    async fn watch_audit(
        &self,
        request: Request<proto::WatchAuditRequest>,
    ) -> Result<Response<Self::WatchAuditStream>, Status> {
        answer!(audits::watch_audit::watch_audit(self, request.into_inner()))
    }

    async fn get_report(
        &self,
        request: Request<proto::GetReportRequest>,
    ) -> Result<Response<Self::GetReportStream>, Status> {
        answer!(reports::get_report::get_report(self, request.into_inner()))
    }

    async fn compare_reports(
        &self,
        request: Request<proto::CompareReportsRequest>,
    ) -> Result<Response<proto::CompareReportsResponse>, Status> {
        answer!(reports::compare_reports::compare_reports(self, request.into_inner()))
    }

    async fn list_websites(
        &self,
        request: Request<proto::ListWebsitesRequest>,
    ) -> Result<Response<proto::ListWebsitesResponse>, Status> {
        answer!(websites::list_websites::list_websites(self, request.into_inner()))
    }

    async fn get_website(
        &self,
        request: Request<proto::GetWebsiteRequest>,
    ) -> Result<Response<proto::GetWebsiteResponse>, Status> {
        answer!(websites::get_website::get_website(self, request.into_inner()))
    }

    async fn get_website_by_audit(
        &self,
        request: Request<proto::GetWebsiteByAuditRequest>,
    ) -> Result<Response<proto::GetWebsiteByAuditResponse>, Status> {
        answer!(websites::get_website_by_audit::get_website_by_audit(
            self,
            request.into_inner()
        ))
    }

    async fn get_website_trend(
        &self,
        request: Request<proto::GetWebsiteTrendRequest>,
    ) -> Result<Response<proto::GetWebsiteTrendResponse>, Status> {
        answer!(websites::get_website_trend::get_website_trend(
            self,
            request.into_inner()
        ))
    }

    async fn create_schedule(
        &self,
        request: Request<proto::CreateScheduleRequest>,
    ) -> Result<Response<proto::CreateScheduleResponse>, Status> {
        answer!(schedules::create_schedule::create_schedule(self, request.into_inner()))
    }

    async fn get_schedule(
        &self,
        request: Request<proto::GetScheduleRequest>,
    ) -> Result<Response<proto::GetScheduleResponse>, Status> {
        answer!(schedules::get_schedule::get_schedule(self, request.into_inner()))
    }

    async fn list_schedules(
        &self,
        request: Request<proto::ListSchedulesRequest>,
    ) -> Result<Response<proto::ListSchedulesResponse>, Status> {
        answer!(schedules::list_schedules::list_schedules(self, request.into_inner()))
    }

    async fn update_schedule(
        &self,
        request: Request<proto::UpdateScheduleRequest>,
    ) -> Result<Response<proto::UpdateScheduleResponse>, Status> {
        answer!(schedules::update_schedule::update_schedule(self, request.into_inner()))
    }

    async fn delete_schedule(
        &self,
        request: Request<proto::DeleteScheduleRequest>,
    ) -> Result<Response<proto::DeleteScheduleResponse>, Status> {
        answer!(schedules::delete_schedule::delete_schedule(self, request.into_inner()))
    }

    async fn get_status(
        &self,
        _: Request<proto::GetStatusRequest>,
    ) -> Result<Response<proto::GetStatusResponse>, Status> {
        answer!(get_status::get_status(self))
    }
}
