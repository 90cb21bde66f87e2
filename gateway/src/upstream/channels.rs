//! The way to each service behind the gateway.

use callboard_service_kit::{
    config::Config,
    grpc::channel::{BalancedChannel, ChannelError},
};

/// A channel to all replicas of each unit. They connect when they are used.
#[derive(Clone, Debug)]
pub(crate) struct Channels {
    pub(crate) catalog: BalancedChannel,
    pub(crate) lighthouse_audit: BalancedChannel,
    pub(crate) proxy: BalancedChannel,
}

impl Channels {
    pub(crate) fn connect(config: &Config) -> Result<Self, ChannelError> {
        Ok(Self {
            catalog: BalancedChannel::connect(config, "catalog")?,
            lighthouse_audit: BalancedChannel::connect(config, "lighthouse-audit")?,
            proxy: BalancedChannel::connect(config, "proxy")?,
        })
    }
}
