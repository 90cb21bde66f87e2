pub(crate) mod processes;
mod runner;
mod service;
mod site;

pub(crate) use self::{runner::FastRunner, service::Service, site::Site};
