//! callboard-proxy
