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
    fn headers_of_files_are_read_within_bounds(bytes in collection::vec(any::<u8>(), 0..200), length in any::<u64>()) {
        property::files(&bytes, length);
    }

    #[test]
    fn likely_headers_of_files_are_read_within_bounds(
        text in "(attachment|inline)?(;? ?(file)?name\\*?=(UTF-8''|\"|')?[a-c%0-9\\\\/.é\"]{0,9}){0,3}|[0-9]{0,20}-[0-9]{0,20}(,[0-9]-)?",
        length in 0..20u64,
    ) {
        property::files(text.as_bytes(), length);
    }

    #[test]
    fn a_mask_matches_like_its_definition(mask in "[ab*?]{0,8}", text in "[abA]{0,8}") {
        property::mask(&mask, &text);
    }
}

proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 1000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_line_of_authenticate_is_bounded_and_lets_nobody_in(lines in collection::vec(any::<u8>(), 0..500)) {
        property::sasl(&lines);
    }

    #[test]
    fn a_likely_line_of_authenticate_lets_nobody_in(
        lines in "((n|y|p=x),(a=a)?,)?(n=[a-c=2CD3]{0,6}|c=biws|r=x),r=x(server)?[a-z,]{0,3}(,s=[A-D=]{0,8})?(,i=[0-9]{1,4}|,p=[A-Za-z0-9=]{0,44})?|[a-z]{0,4}(\0[a-z]{0,4}){0,4}",
    ) {
        property::sasl(lines.as_bytes());
        for chunk in chat::proto::sasl::chunks_of(lines.as_bytes()) {
            property::sasl(chunk.as_bytes());
        }
    }

    #[test]
    fn what_is_asked_of_history_is_bounded(line in "\\PC{0,120}") {
        property::chathistory(&line);
    }

    #[test]
    fn what_is_likely_asked_of_history_is_bounded(
        line in "(BEFORE|AFTER|LATEST|AROUND|BETWEEN|TARGETS|FROB)( #a| \\*| timestamp=[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9]\\.[0-9]{3}Z| msgid=[a-z0-9]{0,9}){0,4}( [-+]?[0-9]{0,25})?",
    ) {
        property::chathistory(&line);
    }

    #[test]
    fn a_search_is_read_literally_within_bounds(text in "\\PC{0,200}") {
        property::search(&text);
    }

    #[test]
    fn a_likely_search_is_read_literally_within_bounds(
        text in "(\"?[a-cé%*]{0,3}\"?( |  )|(in|from|before|after):(#a|2026-[01][0-9]-[0-3][0-9](T[0-9:]{1,8}Z?)?|x)? ){0,20}",
    ) {
        property::search(&text);
    }

    #[test]
    fn whatever_is_shown_is_harmless_bounded_and_stays_so(
        bytes in collection::vec(any::<u8>(), 0..300),
        text in "[a\u{301}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2066}-\u{206f}\u{fe0f}\u{1f468}\x00-\x1f\u{80}-\u{9f}ا \n]{0,200}",
    ) {
        property::sanitise(&bytes);
        property::sanitise(text.as_bytes());
    }

    #[test]
    fn any_text_is_a_configuration_or_is_told_what_is_wrong(
        text in "((server|limits|opers|listeners|flood|cloak|proxy|admin|tls|x)(: |:\n|\\.)|[ ]{2}|- |[a-z]{1,6}: |[0-9]{1,9}|[{}\\[\\],&*!\"'\n#]){0,30}",
        bytes in collection::vec(any::<u8>(), 0..60),
    ) {
        property::config(text.as_bytes());
        property::config(&bytes);
    }

    #[test]
    fn a_header_of_version_1_is_waited_for_and_ends_where_it_says(
        line in "PROXY (TCP4|TCP6|UNKNOWN|UDP4) [0-9.:a-f]{0,12} [0-9.]{0,12} [0-9]{0,6} [0-9]{0,6}\r?\n?.{0,9}",
    ) {
        property::proxy(line.as_bytes());
    }

    #[test]
    fn a_header_of_version_2_is_waited_for_and_ends_where_it_says(
        command in 0x1e..0x23u8, family in any::<u8>(), length in 0..70u16, body in collection::vec(any::<u8>(), 0..80),
    ) {
        let start = b"\r\n\r\n\0\r\nQUIT\n".to_vec();
        let family = [0x00, 0x11, 0x21, 0x31, family][usize::from(family % 5)];
        let fixed = vec![command, family, 0, u8::try_from(length).expect("fits")];
        property::proxy(&[start, fixed, body].concat());
    }

    #[test]
    fn a_likely_head_of_http_passes_whole_or_up_to_what_is_wrong(
        text in "((GET|POST) /[a-z%.]{0,4} HTTP/1\\.1(\r\n|\n)|Host: [a-z]{0,3}\r\n|(?i)content-length(: | ?:)[0-9+, ]{0,3}\r?\n|\
            Transfer-Encoding: chunked\r\n|[A-Z:]{0,3}(\r\n| )|\r\n|\0|x{0,70}){0,12}",
        cuts in any::<u64>(),
    ) {
        property::head(text.as_bytes(), cuts);
    }

    #[test]
    fn likely_frames_are_lines_or_the_end(
        parts in collection::vec((0x80..0x90u8, collection::vec(any::<u8>(), 0..9)), 0..6), cuts in any::<u64>(),
    ) {
        let texts = parts.iter().map(|(head, payload)| {
            let first = [0x81, 0x82, 0x01, 0x80, 0x89, *head][usize::from(*head % 6)];
            let text = payload.iter().map(|byte| b"ab \n\r\xc3\xa9\0".get(usize::from(*byte % 8)).copied().unwrap_or(b' '));
            (first, text.collect())
        });
        property::websocket(&property::frames(&texts.collect::<Vec<_>>()), cuts);
        property::websocket(&property::frames(&parts), cuts);
    }

    #[test]
    fn any_bytes_are_frames_or_the_end(bytes in collection::vec(any::<u8>(), 0..60), cuts in any::<u64>()) {
        property::websocket(&bytes, cuts);
        property::head(&bytes, cuts);
    }

    #[test]
    fn any_line_on_the_admin_socket_is_a_request_or_refused(line in collection::vec(any::<u8>(), 0..200)) {
        property::admin_frame(&line);
    }

    #[test]
    fn a_likely_line_on_the_admin_socket_is_a_request_or_refused(
        line in "\\{\"v\":[01],\"request\":\\{\"command\":\"(list|kick|broadcast|audit|log|stop|ban|room|top|show)\"\
            (,\"(names|text|target|act|deed|reason|lines|follow|of|user|within|now|what|name|duration)\":\
            (\\[\"[a-z#]{0,4}\"\\]|\"[a-z#*\u{e9}]{0,6}\"|[0-9]{1,3}|true|false|null|\\{\\})){0,4}\\}\\}",
    ) {
        property::admin_frame(line.as_bytes());
    }

    #[test]
    fn a_skeleton_does_not_depend_on_case(name in "[!-~]{0,30}|\\PC{0,12}") {
        property::skeleton(&name);
    }
}

proptest! {
    // Each builds the whole tree of verbs.
    #![proptest_config(proptest::test_runner::Config { cases: 200, failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_likely_line_of_the_console_is_a_verb_or_refused(
        line in "(kick|ban|list|log|audit|stop|room topic|slow|why|broadcast|history|limits|dump client|config show)\
            ( (-[a-z]|--[a-z-]{2,9}|\"[^\"]{0,5}\"|'|\\\\|[a-z#0-9.*~@!/]{1,6}|2h|7d|\\PC{1,3})){0,4}",
    ) {
        property::admin_line(&line);
    }
}
