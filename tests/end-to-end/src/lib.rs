//! callboard-end-to-end
