//! callboard-catalog
