//! The Lighthouse audit service.

use bytes::{Bytes, BytesMut};
use callboard_proto::lighthouse_audit::v1::{
    self as proto, lighthouse_audit_service_client::LighthouseAuditServiceClient,
};
use callboard_service_kit::grpc::{RequestExt, channel::BalancedChannel};
use tonic::Streaming;

use super::{
    CallContext,
    unary::{on_behalf_of, read, unary, write},
};
use crate::error::ApiError;

type Client = LighthouseAuditServiceClient<BalancedChannel>;

/// A report, whole.
#[derive(Debug)]
pub(crate) struct Report {
    /// `text/html; charset=utf-8`, for example.
    pub(crate) content_type: String,
    /// `gzip`, or empty.
    pub(crate) content_encoding: String,
    pub(crate) body: Bytes,
}

/// Calls the service.
#[derive(Clone, Debug)]
pub(crate) struct LighthouseAuditService {
    channel: BalancedChannel,
}

impl LighthouseAuditService {
    pub(crate) fn new(channel: BalancedChannel) -> Self {
        Self { channel }
    }

    unary! {
        /// Queues an audit.
        write create_audit(CreateAuditRequest) -> CreateAuditResponse;
        /// One audit.
        read get_audit(GetAuditRequest) -> GetAuditResponse;
        /// A page of audits.
        read list_audits(ListAuditsRequest) -> ListAuditsResponse;
        /// Deletes an audit.
        write delete_audit(DeleteAuditRequest) -> DeleteAuditResponse;
        /// Ends an audit.
        write cancel_audit(CancelAuditRequest) -> CancelAuditResponse;
        /// What changed between two audits.
        read compare_reports(CompareReportsRequest) -> CompareReportsResponse;
        /// A page of websites.
        read list_websites(ListWebsitesRequest) -> ListWebsitesResponse;
        /// One website.
        read get_website(GetWebsiteRequest) -> GetWebsiteResponse;
        /// The website of an audit.
        read get_website_by_audit(GetWebsiteByAuditRequest) -> GetWebsiteByAuditResponse;
        /// Scores over time.
        read get_website_trend(GetWebsiteTrendRequest) -> GetWebsiteTrendResponse;
        /// Adds a schedule.
        write create_schedule(CreateScheduleRequest) -> CreateScheduleResponse;
        /// One schedule.
        read get_schedule(GetScheduleRequest) -> GetScheduleResponse;
        /// A page of schedules.
        read list_schedules(ListSchedulesRequest) -> ListSchedulesResponse;
        /// Changes a schedule.
        write update_schedule(UpdateScheduleRequest) -> UpdateScheduleResponse;
        /// Deletes a schedule.
        write delete_schedule(DeleteScheduleRequest) -> DeleteScheduleResponse;
        /// Counts.
        read get_status(GetStatusRequest) -> GetStatusResponse;
    }

    /// An audit now, then as it changes, until it has ended. There is no deadline.
    pub(crate) async fn watch_audit(
        &self,
        context: &CallContext,
        id: &str,
    ) -> Result<Streaming<proto::WatchAuditResponse>, ApiError> {
        let request = on_behalf_of(context, proto::WatchAuditRequest { id: id.to_owned() });
        Ok(self.client().watch_audit(request).await?.into_inner())
    }

    /// The report of an audit.
    pub(crate) async fn get_report(
        &self,
        context: &CallContext,
        request: proto::GetReportRequest,
    ) -> Result<Report, ApiError> {
        let started = std::time::Instant::now();
        let request = on_behalf_of(context, request).within(context.remaining());
        let mut parts = self.client().get_report(request).await?.into_inner();
        let first = parts.message().await?.unwrap_or_default();
        let mut report = Report {
            content_type: first.content_type,
            content_encoding: first.content_encoding,
            body: first.chunk,
        };
        if let Some(second) = parts.message().await? {
            let mut body = BytesMut::from(report.body);
            body.extend_from_slice(&second.chunk);
            while let Some(part) = parts.message().await? {
                body.extend_from_slice(&part.chunk);
            }
            report.body = body.freeze();
        }
        context.exchange.add_upstream(started.elapsed());
        Ok(report)
    }

    fn client(&self) -> Client {
        Client::new(self.channel.clone())
    }
}
