#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| linka_fuzz::property::update(input));
