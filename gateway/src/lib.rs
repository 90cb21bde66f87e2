//! callboard-gateway
