//! Remote text made harmless.
