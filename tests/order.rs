//! Words and their places, compared with the standard library's map.

use proptest::prelude::*;
use std::collections::BTreeMap;
use wa_preflight::order::Words;

proptest! {
    #[test]
    fn words_are_a_map(given in proptest::collection::vec("[ab]{0,4}", 0..200)) {
        let (mut words, mut map) = (Words::new(), BTreeMap::new());
        for (place, word) in given.iter().enumerate() {
            let is_new = map.insert(word.as_str(), place).is_none();
            prop_assert_eq!(words.insert(word, place), is_new);
            prop_assert_eq!(words.len(), map.len());
        }
        for word in given.iter().map(String::as_str).chain(["", "c", "abab", "bbbbb"]) {
            prop_assert_eq!(words.get(word), map.get(word).copied());
        }
        prop_assert_eq!(words.is_empty(), map.is_empty());
    }
}
