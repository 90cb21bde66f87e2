//! callboard-load
