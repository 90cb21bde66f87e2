//! callboard-catalog-index
