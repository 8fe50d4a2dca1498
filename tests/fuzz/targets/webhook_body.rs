#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| linka_fuzz::property::webhook_body(input));
