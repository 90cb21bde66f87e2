//! callboard-local
