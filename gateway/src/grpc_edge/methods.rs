//! Every method of every service: what it needs, and how it may be called.

use std::{collections::HashMap, sync::LazyLock, time::Duration};

use callboard_proto::FILE_DESCRIPTOR_SET;
use callboard_service_kit::grpc::channel::BalancedChannel;
use prost::Message;
use prost_types::FileDescriptorSet;

use crate::upstream::channels::Channels;

/// What a caller needs for a method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// To be known; the service itself knows who may do what.
    Known,
    /// To be a program: one that does the gateway's work for it.
    Service,
    /// A permission, by the name Backstage has for it. Where a policy allows it for some entities only, the condition is
    /// put into the request at this place.
    Permission(&'static str, ConditionAt),
}

/// Where a request message takes a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ConditionAt {
    /// Nowhere: who may do it for some only may not do it at all.
    Nowhere,
    /// In this field.
    Field(u32),
    /// In field 2 of its `ReadOptions`, which are field 1.
    ReadOptions,
}

/// A method that is open to the outside.
#[derive(Clone, Copy, Debug)]
struct Opened {
    name: &'static str,
    access: Access,
    /// How long a call may take, where that is not `gateway.requestTimeout`.
    time_limit: Option<Duration>,
}

const fn opened(name: &'static str, access: Access) -> Opened {
    Opened {
        name,
        access,
        time_limit: None,
    }
}

const fn known(name: &'static str) -> Opened {
    opened(name, Access::Known)
}

const fn reads(name: &'static str) -> Opened {
    opened(
        name,
        Access::Permission("catalog.entity.read", ConditionAt::ReadOptions),
    )
}

const fn needs(name: &'static str, permission: &'static str) -> Opened {
    opened(name, Access::Permission(permission, ConditionAt::Nowhere))
}

const fn needs_for(name: &'static str, permission: &'static str, field: u32) -> Opened {
    opened(name, Access::Permission(permission, ConditionAt::Field(field)))
}

impl Opened {
    const fn within(mut self, time_limit: Duration) -> Self {
        self.time_limit = Some(time_limit);
        self
    }
}

const CATALOG: &[Opened] = &[
    reads("QueryEntities"),
    reads("ListEntities"),
    reads("GetEntitiesByRefs"),
    reads("GetEntityByName"),
    reads("GetEntityByUid"),
    reads("GetEntityAncestry"),
    reads("ListEntityChanges"),
    reads("GetEntityFacets"),
    reads("SearchEntities"),
    needs_for("WatchEntities", "catalog.entity.read", 4),
    needs_for("DeleteEntityByUid", "catalog.entity.delete", 2),
    needs_for("RefreshEntity", "catalog.entity.refresh", 2),
    opened("RefreshLocations", Access::Service),
    needs("ListLocations", "catalog.location.read"),
    needs("QueryLocations", "catalog.location.read"),
    needs("GetLocation", "catalog.location.read"),
    needs("GetLocationByEntity", "catalog.location.read"),
    needs("CreateLocation", "catalog.location.create"),
    needs("UpdateLocation", "catalog.location.create"),
    needs("DeleteLocation", "catalog.location.delete"),
    needs("AnalyzeLocation", "catalog.location.analyze"),
    needs("ValidateEntity", "catalog.entity.validate"),
    needs("ListUnprocessedEntities", "catalog.ingestion.read"),
    needs("ListProviders", "catalog.ingestion.read"),
    opened("RunProvider", Access::Service),
    known("GetStatus"),
];

const LIGHTHOUSE_AUDIT: &[Opened] = &[
    // It may be asked to answer when the audit has ended.
    known("CreateAudit").within(Duration::from_mins(15)),
    known("GetAudit"),
    known("ListAudits"),
    known("DeleteAudit"),
    known("CancelAudit"),
    known("WatchAudit"),
    known("GetReport"),
    known("CompareReports"),
    known("ListWebsites"),
    known("GetWebsite"),
    known("GetWebsiteByAudit"),
    known("GetWebsiteTrend"),
    known("CreateSchedule"),
    known("GetSchedule"),
    known("ListSchedules"),
    known("UpdateSchedule"),
    known("DeleteSchedule"),
    known("GetStatus"),
];

const PROXY: &[Opened] = &[
    known("Forward"),
    known("ListEndpoints"),
    known("GetEndpoint"),
    known("CreateEndpoint"),
    known("UpdateEndpoint"),
    known("DeleteEndpoint"),
    known("TestEndpoint"),
    known("PurgeEndpointCache"),
    known("GetUsage"),
    known("GetStatus"),
];

/// A service, the plugin by whose name tokens are restricted, and what its methods need.
struct Service {
    name: &'static str,
    plugin: &'static str,
    methods: &'static [Opened],
    channel: fn(&Channels) -> &BalancedChannel,
}

const SERVICES: [Service; 3] = [
    Service {
        name: "callboard.catalog.v1.CatalogService",
        plugin: "catalog",
        methods: CATALOG,
        channel: |channels| &channels.catalog,
    },
    Service {
        name: "callboard.lighthouse_audit.v1.LighthouseAuditService",
        plugin: "lighthouse",
        methods: LIGHTHOUSE_AUDIT,
        channel: |channels| &channels.lighthouse_audit,
    },
    Service {
        name: "callboard.proxy.v1.ProxyService",
        plugin: "proxy",
        methods: PROXY,
        channel: |channels| &channels.proxy,
    },
];

/// The names of all services.
pub(super) fn services() -> impl Iterator<Item = &'static str> {
    SERVICES.iter().map(|service| service.name)
}

/// The plugin a path belongs to, when it is one of a service.
pub(crate) fn plugin_of(path: &str) -> Option<&'static str> {
    let (name, _) = path.strip_prefix('/')?.split_once('/')?;
    SERVICES
        .iter()
        .find(|service| service.name == name)
        .map(|service| service.plugin)
}

/// A method that may be called from outside.
#[derive(Clone, Copy)]
pub(super) struct Method {
    pub(super) access: Access,
    time_limit: Option<Duration>,
    /// Its request is one message, and so is its response.
    pub(super) is_unary: bool,
    /// It changes nothing, so that it may be made again where a replica fails.
    pub(super) is_read: bool,
    channel: fn(&Channels) -> &BalancedChannel,
}

impl Method {
    /// The method at a path, `/package.Service/Method`.
    pub(super) fn find(path: &str) -> Option<&'static Self> {
        METHODS.get(path)
    }

    /// How long a call may take; `None` for streams, which go on as long as their caller wants.
    pub(super) fn time_limit(&self, usual: Duration) -> Option<Duration> {
        self.is_unary.then_some(self.time_limit.unwrap_or(usual))
    }

    /// The way to its service.
    pub(super) fn channel(&self, channels: &Channels) -> BalancedChannel {
        (self.channel)(channels).clone()
    }
}

/// By convention of our contracts, methods with these names only read.
const READING: [&str; 7] = ["Get", "List", "Query", "Search", "Compare", "Analyze", "Validate"];

/// All methods that are both described and opened above, by their paths.
static METHODS: LazyLock<HashMap<String, Method>> = LazyLock::new(|| {
    let mut methods = HashMap::new();
    for (path, is_unary) in described() {
        let opened = SERVICES.iter().find_map(|service| {
            let name = path.strip_prefix('/')?.strip_prefix(service.name)?.strip_prefix('/')?;
            let opened = service.methods.iter().find(|opened| opened.name == name)?;
            Some(Method {
                access: opened.access,
                time_limit: opened.time_limit,
                is_unary,
                is_read: READING.iter().any(|verb| name.starts_with(verb)),
                channel: service.channel,
            })
        });
        if let Some(method) = opened {
            methods.insert(path, method);
        }
    }
    methods
});

/// The path of every method in the contracts, and whether it is unary.
fn described() -> Vec<(String, bool)> {
    // Compiled in, and decoded by reflection too; were it broken, nothing would be open.
    let files = FileDescriptorSet::decode(FILE_DESCRIPTOR_SET).unwrap_or_default().file;
    let mut methods = Vec::new();
    for file in &files {
        for service in &file.service {
            for method in &service.method {
                let path = format!("/{}.{}/{}", file.package(), service.name(), method.name());
                methods.push((path, !method.client_streaming() && !method.server_streaming()));
            }
        }
    }
    methods
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_method_is_decided_about() {
        let described = described();
        assert!(described.len() > 40, "{}", described.len());
        let undecided: Vec<_> = described
            .iter()
            .filter(|(path, _)| Method::find(path).is_none())
            .collect();
        assert!(undecided.is_empty(), "methods.rs says nothing about {undecided:?}");
        let opened: usize = SERVICES.iter().map(|service| service.methods.len()).sum();
        assert_eq!(
            opened,
            described.len(),
            "methods.rs knows methods that are not in the contracts"
        );
    }

    #[test]
    fn paths_belong_to_plugins() {
        assert_eq!(plugin_of("/callboard.proxy.v1.ProxyService/Forward"), Some("proxy"));
        assert_eq!(plugin_of("/callboard.proxy.v1.ProxyServiceX/Forward"), None);
        assert_eq!(plugin_of("/api/catalog/entities"), None);
    }

    #[test]
    fn what_may_be_repeated_is_known() {
        let method = |name: &str| Method::find(&format!("/callboard.catalog.v1.CatalogService/{name}")).expect(name);
        assert!(method("GetEntityByName").is_read && method("GetEntityByName").is_unary);
        assert!(!method("DeleteEntityByUid").is_read);
        assert!(!method("WatchEntities").is_unary);
    }
}
