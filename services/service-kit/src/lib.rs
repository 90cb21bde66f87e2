//! callboard-service-kit
