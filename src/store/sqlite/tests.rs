//! What only a file can do: be of another version, and be opened again.
