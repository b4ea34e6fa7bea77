//! What a plugin keeps between runs: read from the last run, changed here, told only when the run completes.

use std::collections::BTreeMap;

use kaizend_core::domain::Said;

use super::Stop;
use crate::limits::bytes;

#[derive(Debug)]
pub(crate) struct Keep {
    limit: usize,
    /// Bytes of all keys and values as they would be kept now.
    size: usize,
    before: BTreeMap<String, Vec<u8>>,
    changes: BTreeMap<String, Option<Vec<u8>>>,
}

impl Keep {
    pub(crate) fn new(before: BTreeMap<String, Vec<u8>>, limit: usize) -> Self {
        let size = before.iter().map(|(key, value)| key.len() + value.len()).sum();
        Self { limit, size, before, changes: BTreeMap::new() }
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Vec<u8>> {
        self.changes.get(key).map_or_else(|| self.before.get(key), Option::as_ref)
    }

    pub(crate) fn set(&mut self, key: String, value: Option<Vec<u8>>) -> Result<(), Stop> {
        let weight = |value: Option<&Vec<u8>>| value.map_or(0, |value| key.len() + value.len());
        let (old, new) = (weight(self.get(&key)), weight(value.as_ref()));
        let size = self.size - old + new;
        if size > self.limit && new > old {
            return Err(Stop::limit(format!(
                "the plugin wants to keep {} between runs, and may keep {}: raise `limits.state`, or keep less",
                bytes(size),
                bytes(self.limit)
            )));
        }
        self.size = size;
        // A removal of what was never kept says nothing, and must not fill memory key by key.
        if value.is_none() && !self.before.contains_key(&key) {
            self.changes.remove(&key);
        } else {
            self.changes.insert(key, value);
        }
        Ok(())
    }

    pub(crate) fn take_changes(&mut self) -> impl Iterator<Item = Said> + use<> {
        std::mem::take(&mut self.changes).into_iter().map(|(key, value)| Said::State { key, value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_holds_for_all_keys_together() {
        let mut keep = Keep::new(BTreeMap::from([("a".to_owned(), vec![0; 5])]), 10);
        assert!(keep.set("b".to_owned(), Some(vec![0; 4])).is_err());
        keep.set("a".to_owned(), Some(vec![1])).unwrap();
        keep.set("b".to_owned(), Some(vec![0; 4])).unwrap();
        keep.set("gone".to_owned(), None).unwrap();
        assert_eq!(keep.get("a"), Some(&vec![1]));
        assert_eq!(keep.take_changes().count(), 2);
    }
}
