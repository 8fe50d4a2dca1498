//! A document as the network reads it: well-formed XML under the documented limits, as a tree.
//! What its verbs mean is [`super::verb`]'s.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The longest document the network takes.
pub const BYTES_MAX: usize = 64 * 1024;

/// An element with its attributes and what stands in it.
#[derive(Debug, Default)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
}

/// What stands in an element.
#[derive(Debug)]
pub enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    pub fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| if let Node::Element(element) = node { Some(element) } else { None })
    }

    /// All text, that of inner elements too.
    pub fn text(&self) -> String {
        let text = |node: &Node| match node {
            Node::Text(text) => text.clone(),
            Node::Element(element) => element.text(),
        };
        self.children.iter().map(text).collect()
    }

    /// Text of its own that is more than blanks.
    pub fn has_own_text(&self) -> bool {
        self.children.iter().any(|node| matches!(node, Node::Text(text) if !text.trim().is_empty()))
    }
}

/// Checks the wrapping of an answer and reads the document in it.
pub fn read(content_type: &str, body: &[u8]) -> Result<Element, String> {
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    if !matches!(kind, "text/xml" | "application/xml") {
        return Err(format!("12300 Invalid Content-Type: “{content_type}”"));
    }
    if body.len() > BYTES_MAX {
        return Err(format!("11750 TwiML response body too large: {} bytes", body.len()));
    }
    let text = std::str::from_utf8(body).map_err(|error| format!("12100 Document parse failure: {error}"))?;
    tree(text).map_err(|error| format!("12100 Document parse failure: {error}"))
}

fn tree(text: &str) -> Result<Element, String> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().enable_all_checks(true);
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(start) => open.push(begun(&start)?),
            Event::Empty(start) => put(&mut open, Node::Element(begun(&start)?))?,
            Event::End(_) => {
                let done = open.pop().ok_or("an end without a start")?;
                put(&mut open, Node::Element(done))?;
            }
            Event::Text(text) => put(&mut open, Node::Text(text.decode().map_err(|error| error.to_string())?.into_owned()))?,
            Event::CData(data) => put(&mut open, Node::Text(data.decode().map_err(|error| error.to_string())?.into_owned()))?,
            Event::GeneralRef(entity) => {
                let name = entity.decode().map_err(|error| error.to_string())?;
                let letter = match entity.resolve_char_ref().map_err(|error| error.to_string())? {
                    Some(letter) => letter.to_string(),
                    None => quick_xml::escape::resolve_predefined_entity(&name).ok_or_else(|| format!("unknown entity &{name};"))?.to_owned(),
                };
                put(&mut open, Node::Text(letter))?;
            }
            Event::DocType(_) => return Err("a document type is not allowed".to_owned()),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => break,
        }
    }
    root(open)
}

fn root(mut open: Vec<Element>) -> Result<Element, String> {
    let top = open.pop().filter(|_| open.is_empty()).ok_or("an element is not closed")?;
    if top.has_own_text() {
        return Err("text outside the root element".to_owned());
    }
    let mut roots: Vec<_> = top.children.into_iter().filter_map(|node| if let Node::Element(element) = node { Some(element) } else { None }).collect();
    match (roots.pop(), roots.is_empty()) {
        (Some(root), true) => Ok(root),
        _ => Err("not exactly one root element".to_owned()),
    }
}

fn begun(start: &BytesStart<'_>) -> Result<Element, String> {
    let name = String::from_utf8_lossy(start.name().as_ref()).into_owned();
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value = attribute.unescape_value().map_err(|error| error.to_string())?;
        attributes.push((String::from_utf8_lossy(attribute.key.as_ref()).into_owned(), value.into_owned()));
    }
    Ok(Element { name, attributes, children: Vec::new() })
}

fn put(open: &mut [Element], node: Node) -> Result<(), String> {
    open.last_mut().ok_or("an end without a start")?.children.push(node);
    Ok(())
}

#[test]
fn only_well_formed_documents_are_read() {
    let taken = read("text/xml; charset=utf-8", "<?xml version=\"1.0\"?>\n<Response><Say a=\"x&amp;y\">Dobrý &lt;den&gt; &#353;</Say></Response>".as_bytes()).unwrap();
    let say = taken.elements().next().unwrap();
    assert_eq!((say.text().as_str(), say.attributes[0].1.as_str()), ("Dobrý <den> š", "x&y"));
    let long = format!("<Response><Say>{}</Say></Response>", "a".repeat(BYTES_MAX));
    let refused: &[(&str, &str)] = &[
        ("text/html", "<Response/>"),
        ("text/xml", "<Response>"),
        ("text/xml", "<Response></Say>"),
        ("text/xml", "<Response/><Response/>"),
        ("text/xml", "<Response a=1/>"),
        ("text/xml", "<Response a=\"1\" a=\"2\"/>"),
        ("text/xml", "<Response>a & b</Response>"),
        ("text/xml", "<Response>&nbsp;</Response>"),
        ("text/xml", "nothing"),
        ("text/xml", ""),
        ("text/xml", &long),
    ];
    for (kind, body) in refused {
        assert!(read(kind, body.as_bytes()).is_err(), "{kind}: {body:.80}");
    }
}
