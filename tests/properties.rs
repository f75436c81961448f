//! Properties of what parses input, fed with random bytes in the gate; the same functions are the fuzz targets in `fuzz/`.

#[path = "support/property.rs"]
mod property;

use proptest::prelude::any;
use proptest::{collection, proptest};

proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 4000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_message_survives_writing_and_reading(line in collection::vec(any::<u8>(), 0..700)) {
        property::message(&line);
    }

    #[test]
    fn a_likely_message_survives_writing_and_reading(
        line in "(@[a-z+=;\\\\:]{0,20} )?(:[a-z!@]{1,9} )?[A-Z0-9]{1,8}( [ -~é]{0,12}){0,17}( :[ -~é:]{0,40})?",
    ) {
        property::message(line.as_bytes());
    }

    #[test]
    fn framing_does_not_depend_on_how_bytes_arrive(bytes in collection::vec(any::<u8>(), 0..400), cuts in any::<u64>()) {
        property::framing(&bytes, cuts);
    }

    #[test]
    fn framing_of_many_lines_does_not_depend_on_how_bytes_arrive(text in "[a-c\r\n]{0,300}", cuts in any::<u64>()) {
        property::framing(text.as_bytes(), cuts);
    }

    #[test]
    fn mode_words_are_read_in_order(words in collection::vec("[-+a-zA-Z:]{0,6}", 0..6)) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        property::mode(&words);
    }

    #[test]
    fn a_mask_matches_like_its_definition(mask in "[ab*?]{0,8}", text in "[abA]{0,8}") {
        property::mask(&mask, &text);
    }
}
