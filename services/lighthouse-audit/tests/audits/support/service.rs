//! A running service with a client.

use std::{path::Path, time::Duration};

use callboard_local::Unit;
use callboard_proto::lighthouse_audit::v1::{
    Audit, AuditStatus, CreateAuditRequest, GetAuditRequest, GetReportRequest, ReportFormat,
    lighthouse_audit_service_client::LighthouseAuditServiceClient,
};
use callboard_unit_process::UnitProcess;
use tonic::{Request, Status, transport::Channel};

/// How long an audit may take in a test before something is wrong.
const PATIENCE: Duration = Duration::from_mins(3);

pub(crate) struct Service {
    pub(crate) process: UnitProcess,
    pub(crate) client: LighthouseAuditServiceClient<Channel>,
}

impl Service {
    /// With the real runner, and this machine's addresses allowed.
    pub(crate) async fn real(lighthouse: &str) -> Self {
        let runner = Path::new(env!("CARGO_MANIFEST_DIR")).join("runner");
        assert!(
            runner.join("node_modules").is_dir(),
            "run `npm ci` in {}",
            runner.display()
        );
        Self::start(&runner, lighthouse).await
    }

    /// With a runner, and this machine's addresses allowed unless `lighthouse` (YAML, the inside of an object) says otherwise.
    pub(crate) async fn start(runner: &Path, lighthouse: &str) -> Self {
        let own = format!(
            "lighthouse: {{catalog: {{enabled: false}}, runner: {{directory: {:?}}}, targets: {{allowPrivate: [127.0.0.0/8]}}}}",
            runner.display().to_string()
        );
        let given = format!("lighthouse: {{{lighthouse}}}");
        let process = UnitProcess::start(Unit::LighthouseAudit, &[&own, &given]).await;
        let client = client_of(&process).await;
        Self { process, client }
    }

    /// After the process was started again, on another connection.
    pub(crate) async fn reconnect(&mut self) {
        self.client = client_of(&self.process).await;
    }

    pub(crate) fn signed<T>(&self, message: T) -> Request<T> {
        self.process.signed(message)
    }

    pub(crate) async fn create(&mut self, url: &str) -> Result<Audit, Status> {
        self.create_with(CreateAuditRequest {
            url: url.to_owned(),
            ..CreateAuditRequest::default()
        })
        .await
    }

    pub(crate) async fn create_with(&mut self, request: CreateAuditRequest) -> Result<Audit, Status> {
        let request = self.signed(request);
        let answer = self.client.create_audit(request).await?;
        Ok(answer.into_inner().audit.unwrap())
    }

    pub(crate) async fn get(&mut self, id: &str) -> Result<Audit, Status> {
        let request = self.signed(GetAuditRequest { id: id.to_owned() });
        Ok(self.client.get_audit(request).await?.into_inner().audit.unwrap())
    }

    /// Waits until an audit has ended.
    pub(crate) async fn ended(&mut self, id: &str) -> Audit {
        self.until(id, |audit| audit.status() != AuditStatus::Running).await
    }

    /// Waits until an audit is as it should be.
    pub(crate) async fn until(&mut self, id: &str, is_so: impl Fn(&Audit) -> bool) -> Audit {
        let waiting = async {
            loop {
                let audit = self.get(id).await.unwrap();
                if is_so(&audit) {
                    return audit;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(PATIENCE, waiting).await.unwrap()
    }

    /// Audits a page and waits for the end.
    pub(crate) async fn audit(&mut self, url: &str) -> Audit {
        let id = self.create(url).await.unwrap().id;
        self.ended(&id).await
    }

    pub(crate) async fn report(&mut self, id: &str, format: ReportFormat) -> Result<Vec<u8>, Status> {
        let request = self.signed(GetReportRequest {
            id: id.to_owned(),
            format: format.into(),
            accept_gzip: false,
        });
        let mut parts = self.client.get_report(request).await?.into_inner();
        let mut report = Vec::new();
        while let Some(part) = parts.message().await? {
            report.extend_from_slice(&part.chunk);
        }
        Ok(report)
    }
}

async fn client_of(process: &UnitProcess) -> LighthouseAuditServiceClient<Channel> {
    LighthouseAuditServiceClient::new(process.channel().await).max_decoding_message_size(64 * 1024 * 1024)
}
