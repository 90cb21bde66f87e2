//! callboard-lighthouse-audit
