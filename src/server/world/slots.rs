//! Things with ids: a slab whose ids go stale when what they name is gone.

use serde::{Deserialize, Serialize};

/// An id made of a place and the generation of what lives there.
pub trait Key: Copy {
    /// Builds the id.
    fn new(index: u32, generation: u32) -> Self;
    /// Its place.
    fn index(self) -> usize;
    /// Its generation; a place that is used again has a higher one.
    fn generation(self) -> u32;
}

/// Gives a struct with `index` and `generation` the behaviour of an id.
macro_rules! key {
    ($name:ident) => {
        impl $crate::server::world::slots::Key for $name {
            fn new(index: u32, generation: u32) -> Self {
                Self { index, generation }
            }
            fn index(self) -> usize {
                self.index as usize
            }
            fn generation(self) -> u32 {
                self.generation
            }
        }
    };
}
pub(crate) use key;

#[derive(Debug, Serialize, Deserialize)]
struct Entry<T> {
    generation: u32,
    value: Option<T>,
}

/// Values by id. Reading with a stale id finds nothing.
#[derive(Debug, Serialize, Deserialize)]
pub struct Slots<T> {
    entries: Vec<Entry<T>>,
    free: Vec<u32>,
    len: usize,
}

impl<T> Default for Slots<T> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            free: Vec::new(),
            len: 0,
        }
    }
}

impl<T> Slots<T> {
    /// Puts `value` in a free place and names it.
    pub fn insert<K: Key>(&mut self, value: T) -> K {
        self.len += 1;
        if let Some(index) = self.free.pop()
            && let Some(entry) = self.entries.get_mut(index as usize)
        {
            entry.generation = entry.generation.wrapping_add(1);
            entry.value = Some(value);
            return K::new(index, entry.generation);
        }
        self.entries.push(Entry {
            generation: 1,
            value: Some(value),
        });
        let index =
            u32::try_from(self.entries.len() - 1).expect("fewer than 2^32 things fit in memory");
        K::new(index, 1)
    }

    /// Puts `value` where somebody else's id says, over whatever was there.
    pub fn insert_at<K: Key>(&mut self, key: K, value: T) {
        while self.entries.len() <= key.index() {
            self.entries.push(Entry {
                generation: 0,
                value: None,
            });
        }
        if let Some(entry) = self.entries.get_mut(key.index()) {
            self.len += usize::from(entry.value.is_none());
            *entry = Entry {
                generation: key.generation(),
                value: Some(value),
            };
        }
    }

    /// What `key` names.
    pub fn get<K: Key>(&self, key: K) -> Option<&T> {
        let entry = self.entries.get(key.index())?;
        if entry.generation == key.generation() {
            entry.value.as_ref()
        } else {
            None
        }
    }

    /// What `key` names, to change it.
    pub fn get_mut<K: Key>(&mut self, key: K) -> Option<&mut T> {
        let entry = self.entries.get_mut(key.index())?;
        if entry.generation == key.generation() {
            entry.value.as_mut()
        } else {
            None
        }
    }

    /// Takes out what `key` names. The place is free for [`insert`](Self::insert).
    pub fn remove<K: Key>(&mut self, key: K) -> Option<T> {
        let value = self.take(key)?;
        self.free.push(u32::try_from(key.index()).ok()?);
        Some(value)
    }

    /// Takes out what `key` names, whose place somebody else governs.
    pub fn take<K: Key>(&mut self, key: K) -> Option<T> {
        let entry = self.entries.get_mut(key.index())?;
        if entry.generation != key.generation() {
            return None;
        }
        let value = entry.value.take()?;
        self.len -= 1;
        Some(value)
    }

    /// Everything with its id, in the order of places.
    pub fn iter<K: Key>(&self) -> impl Iterator<Item = (K, &T)> {
        self.entries
            .iter()
            .zip(0u32..)
            .filter_map(|(entry, index)| {
                entry
                    .value
                    .as_ref()
                    .map(|value| (K::new(index, entry.generation), value))
            })
    }

    /// Everything, to change it.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.entries
            .iter_mut()
            .filter_map(|entry| entry.value.as_mut())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::world::event::SessionId;

    #[test]
    fn a_stale_id_finds_nothing() {
        let mut slots = Slots::default();
        let first: SessionId = slots.insert("a");
        assert_eq!(slots.remove(first), Some("a"));
        let second: SessionId = slots.insert("b");
        assert_eq!(second.index, first.index);
        assert_eq!((slots.get(first), slots.get(second)), (None, Some(&"b")));
        assert_eq!(slots.remove(first), None);
        assert_eq!(slots.len(), 1);
    }

    #[test]
    fn a_place_may_be_chosen_by_somebody_else() {
        let mut slots = Slots::default();
        let key = SessionId {
            index: 5,
            generation: 9,
        };
        slots.insert_at(key, "x");
        assert_eq!(slots.iter().collect::<Vec<(SessionId, _)>>(), [(key, &"x")]);
        assert_eq!(slots.take(key), Some("x"));
        assert!(slots.is_empty());
    }
}
