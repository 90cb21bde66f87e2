//! Headers of `http` and of the contract.

use bytes::Bytes;
use callboard_proto::proxy::v1::Header;
use http::{HeaderMap, HeaderName, HeaderValue};

/// A map as headers of the contract.
pub(super) fn to_proto(headers: &HeaderMap) -> Vec<Header> {
    headers
        .iter()
        .map(|(name, value)| Header {
            name: name.as_str().to_owned(),
            value: Bytes::copy_from_slice(value.as_bytes()),
        })
        .collect()
}

/// Headers of the contract as a map; what is no header is left out.
pub(super) fn of_proto(list: Vec<Header>) -> HeaderMap {
    let mut headers = HeaderMap::with_capacity(list.len());
    for Header { name, value } in list {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_maybe_shared(value)) {
            headers.append(name, value);
        }
    }
    headers
}
