//! `callboard-catalog`: the catalog service.
