//! `/api/events/stream`: what changes, told to browsers and programs as it happens (server-sent events).
//!
//! Streams that want the same of the catalog share one [`CatalogFeed`](catalog_feed::CatalogFeed), which follows the catalog's
//! change feed once. A stream costs a connection and a place in a broadcast; what a
//! change looks like on the wire is made once for all of them. A stream that falls behind is told to read anew instead of
//! being given what it missed, so a slow client costs no memory.
//!
//! To add a kind of event: a source of frames like [`audit_feed`], and a parameter that asks for it in [`stream_events`].

mod audit_feed;
mod catalog_feed;
mod event_stream;
mod feeds;
pub(crate) mod frame;
pub(crate) mod stream_events;

pub(crate) use self::feeds::Feeds;
