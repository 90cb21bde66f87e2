//! callboard-catalog-model
