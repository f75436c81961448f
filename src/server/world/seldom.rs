//! A collection that is empty for almost everybody: then it costs one word, not three or four.
//!
//! It reads like the collection. Whatever takes it by `&mut` makes room for it, so what only takes something away
//! asks for [`Seldom::if_any`] first.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::{BTreeMap, VecDeque};
use std::ops::{Deref, DerefMut};

/// A collection of which most have none.
#[derive(Debug, PartialEq, Eq)]
pub struct Seldom<T>(Option<Box<T>>);

/// What can be there without anything in it.
pub trait Emptiness: Default + 'static {
    const EMPTY: &'static Self;

    fn holds_nothing(&self) -> bool;
}

impl<T: 'static> Emptiness for Vec<T> {
    const EMPTY: &'static Self = &Self::new();

    fn holds_nothing(&self) -> bool {
        self.is_empty()
    }
}

impl<T: 'static> Emptiness for VecDeque<T> {
    const EMPTY: &'static Self = &Self::new();

    fn holds_nothing(&self) -> bool {
        self.is_empty()
    }
}

impl<K: 'static, V: 'static> Emptiness for BTreeMap<K, V> {
    const EMPTY: &'static Self = &Self::new();

    fn holds_nothing(&self) -> bool {
        self.is_empty()
    }
}

impl<T> Seldom<T> {
    /// The collection, if there ever was anything in it.
    pub fn if_any(&mut self) -> Option<&mut T> {
        self.0.as_deref_mut()
    }
}

impl<T> Default for Seldom<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Emptiness> From<T> for Seldom<T> {
    fn from(all: T) -> Self {
        Self((!all.holds_nothing()).then(|| Box::new(all)))
    }
}

impl<T: Emptiness> Deref for Seldom<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_deref().unwrap_or(T::EMPTY)
    }
}

impl<T: Emptiness> DerefMut for Seldom<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_or_insert_default()
    }
}

// Told to another process like the collection itself.
impl<T: Emptiness + Serialize> Serialize for Seldom<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).serialize(serializer)
    }
}

impl<'de, T: Emptiness + Deserialize<'de>> Deserialize<'de> for Seldom<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_takes_a_word_and_no_memory() {
        let mut none = Seldom::<Vec<u64>>::default();
        assert_eq!(size_of_val(&none), size_of::<usize>());
        assert!(none.is_empty() && none.if_any().is_none());
        assert!(Seldom::from(Vec::<u64>::new()).0.is_none());
    }

    #[test]
    fn what_is_put_in_is_there() {
        let mut some = Seldom::<Vec<u64>>::default();
        some.push(7);
        assert_eq!(*some, [7]);
        some.if_any().unwrap().clear();
        assert!(some.is_empty());
    }

    #[test]
    fn another_process_is_told_the_collection() {
        let some = Seldom::from(vec![1, 2]);
        let told = serde_json::to_string(&some).unwrap();
        assert_eq!(told, "[1,2]");
        assert_eq!(
            serde_json::from_str::<Seldom<Vec<u64>>>(&told).unwrap(),
            some
        );
        let none = serde_json::from_str::<Seldom<Vec<u64>>>("[]").unwrap();
        assert!(none.0.is_none());
    }
}
