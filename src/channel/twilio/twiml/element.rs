//! An element on its way to XML; the writer alone puts the brackets.

use super::text::{legal, legal_in_attribute};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io;

/// A name, attributes in order, and either words or children.
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    words: String,
    children: Vec<Element>,
}

impl Element {
    pub(super) const fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), words: String::new(), children: Vec::new() }
    }

    pub(super) fn attribute(mut self, name: &'static str, value: &str) -> Self {
        self.attributes.push((name, legal_in_attribute(value)));
        self
    }

    /// Adds an attribute unless there is nothing to say.
    pub(super) fn given(self, name: &'static str, value: &str) -> Self {
        if value.is_empty() { self } else { self.attribute(name, value) }
    }

    /// Adds an address and that it is called by POST, unless there is none.
    pub(super) fn called(self, names: [&'static str; 2], url: &str) -> Self {
        let [address, method] = names;
        if url.is_empty() { self } else { self.attribute(method, "POST").attribute(address, url) }
    }

    pub(super) fn words(mut self, words: &str) -> Self {
        self.words = legal(words);
        self
    }

    pub(super) fn with(mut self, children: Vec<Self>) -> Self {
        self.children = children;
        self
    }

    /// Writes a whole document with this element as its root.
    pub(super) fn document(&self) -> String {
        let mut writer = Writer::new(Vec::new());
        let declared = writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        let written = declared.and_then(|()| self.write(&mut writer));
        // Memory takes every byte; and what is written is made of texts.
        written.map_or_else(|_| String::new(), |()| String::from_utf8(writer.into_inner()).unwrap_or_default())
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
        let attributes = self.attributes.iter().map(|(name, value)| (*name, value.as_str()));
        let element = writer.create_element(self.name).with_attributes(attributes);
        if !self.words.is_empty() {
            element.write_text_content(BytesText::new(&self.words))?;
        } else if self.children.is_empty() {
            element.write_empty()?;
        } else {
            element.write_inner_content(|inside| self.children.iter().try_for_each(|child| child.write(inside)))?;
        }
        Ok(())
    }
}
