//! Who is here and what is true.

pub mod event;
