//! Draws a flow: as Mermaid text and as a picture that stands alone.

use super::{Flow, Link};
use std::collections::BTreeMap;
use std::fmt::{Arguments, Write};

/// How many people walked each link, by the names of its two steps.
pub type Counts = BTreeMap<(String, String), u64>;

const BOX_WIDTH: usize = 190;
const BOX_HEIGHT: usize = 48;
const GAP_X: usize = 40;
const GAP_Y: usize = 62;
const MARGIN: usize = 24;
/// Boxes in one row of the picture.
const ROW_MAX: usize = 6;

/// Writes a flow as a Mermaid flowchart.
#[must_use]
pub fn mermaid(flow: &Flow) -> String {
    let mut text = String::from("flowchart TD\n");
    for (name, step) in &flow.steps {
        let name = name.get_ref();
        let (open, close) = match step.kind() {
            "branch" => ("{", "}"),
            "menu" | "locate" | "ask" => ("([", "])"),
            "operator" => ("[[", "]]"),
            "end" => ("((", "))"),
            _ => ("[", "]"),
        };
        put(&mut text, format_args!("  {name}{open}\"{name}<br/>{}\"{close}\n", step.kind()));
    }
    for (label, target) in anywhere(flow) {
        put(&mut text, format_args!("  anywhere{{{{kdykoli}}}} -.->|\"{label}\"| {}\n", target.get_ref()));
    }
    for (link, label) in merged(flow) {
        let label = if label.is_empty() { String::new() } else { format!("|\"{}\"|", label.replace('"', "'")) };
        put(&mut text, format_args!("  {} -->{label} {}\n", link.from, link.to.get_ref()));
    }
    text
}

/// Draws a flow as an SVG picture.
#[must_use]
pub fn svg(flow: &Flow) -> String {
    svg_counted(flow, &Counts::new())
}

/// Draws a flow with the number of people who walked each link.
#[must_use]
pub fn svg_counted(flow: &Flow, counts: &Counts) -> String {
    let (places, width, height) = layout(flow);
    let mut text = String::new();
    let style = "text{font-family:sans-serif;font-size:13px;fill:#1b2430}.kind,.way{font-size:11px;fill:#5b6776}path{fill:none;stroke:#9aa5b1;stroke-width:1.4}rect{fill:#eef3f8;stroke:#7b8794}";
    put(
        &mut text,
        format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{}\">\n<style>{style}</style>\n<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" style=\"fill:#9aa5b1\"/></marker></defs>\n",
            escaped(flow.title.get(crate::domain::Lang::Cs))
        ),
    );
    for (link, label) in merged(flow) {
        draw_link(&mut text, &link, &label, &places, counts);
    }
    for (name, step) in &flow.steps {
        draw_box(&mut text, name.get_ref(), step.kind(), &places);
    }
    text.push_str("</svg>\n");
    text
}

/// Ways that can be taken from every step.
fn anywhere(flow: &Flow) -> Vec<(&'static str, &toml::Spanned<String>)> {
    let ways = &flow.ways;
    let keys = [("0", &ways.person), ("#", &ways.back), ("nový dotaz", &ways.asks)]
        .into_iter()
        .filter_map(|(label, way)| Some((label, way.as_ref()?)));
    keys.chain(ways.on.links().into_iter().map(|(flag, target)| (flag.label(crate::domain::Lang::Cs), target))).collect()
}

type Places<'a> = BTreeMap<&'a str, (usize, usize)>;

/// Rows by the distance from the start; long rows are broken.
fn layout(flow: &Flow) -> (Places<'_>, usize, usize) {
    let mut places = Places::new();
    let (mut row, mut widest) = (0, 1);
    for layer in layers(flow) {
        for names in layer.chunks(ROW_MAX) {
            for (column, name) in names.iter().enumerate() {
                places.insert(name, (MARGIN + column * (BOX_WIDTH + GAP_X), MARGIN + row * (BOX_HEIGHT + GAP_Y)));
            }
            widest = widest.max(names.len());
            row += 1;
        }
    }
    (places, 2 * MARGIN + widest * (BOX_WIDTH + GAP_X), 2 * MARGIN + row * (BOX_HEIGHT + GAP_Y))
}

fn layers(flow: &Flow) -> Vec<Vec<&str>> {
    let links = flow.links();
    let mut left: Vec<&str> = flow.steps.keys().map(|name| name.get_ref().as_str()).collect();
    let mut layers = Vec::new();
    let mut layer = vec![flow.start.get_ref().as_str()];
    while !left.is_empty() {
        left.retain(|name| !layer.contains(name));
        let next: Vec<&str> = left
            .iter()
            .copied()
            .filter(|name| links.iter().any(|link| link.to.get_ref() == name && layer.contains(&link.from.as_str())))
            .collect();
        layers.push(std::mem::replace(&mut layer, next));
        if layer.is_empty() {
            // What is entered only from anywhere starts a layer of its own.
            layer.extend(
                flow.roots().into_iter().map(|root| root.get_ref().as_str()).find(|name| left.contains(name)).or(left.first().copied()),
            );
        }
    }
    layers
}

/// Parallel ways become one with all their labels.
fn merged(flow: &Flow) -> Vec<(Link, String)> {
    let mut whole: Vec<(Link, String)> = Vec::new();
    for link in flow.links() {
        match whole.iter_mut().find(|(known, _)| known.from == link.from && known.to == link.to) {
            Some((_, label)) if !link.label.is_empty() => {
                let between = if label.is_empty() { "" } else { " / " };
                put(label, format_args!("{between}{}", link.label));
            }
            Some(_) => {}
            None => {
                let label = link.label.clone();
                whole.push((link, label));
            }
        }
    }
    whole
}

fn draw_link(text: &mut String, link: &Link, label: &str, places: &Places<'_>, counts: &Counts) {
    let ends = (places.get(link.from.as_str()), places.get(link.to.get_ref().as_str()));
    let (Some((from_x, from_y)), Some((to_x, to_y))) = ends else { return };
    let (x1, y1) = (from_x + BOX_WIDTH / 2, from_y + BOX_HEIGHT);
    let (x2, y2) = (to_x + BOX_WIDTH / 2, *to_y);
    let path = if y2 > y1 {
        format!("M{x1} {y1}C{x1} {} {x2} {} {x2} {y2}", y1 + GAP_Y / 2, y2.saturating_sub(GAP_Y / 2))
    } else {
        let side = to_x.max(from_x) + BOX_WIDTH + GAP_X / 2;
        let (y1, y2) = (from_y + BOX_HEIGHT / 2, to_y + BOX_HEIGHT / 2);
        format!("M{} {y1}C{side} {y1} {side} {y2} {} {y2}", from_x + BOX_WIDTH, to_x + BOX_WIDTH)
    };
    let count = counts.get(&(link.from.clone(), link.to.get_ref().clone()));
    let title = count.map_or_else(|| label.to_owned(), |count| format!("{label} {count}×").trim().to_owned());
    put(
        text,
        format_args!(
            "<path d=\"{path}\" marker-end=\"url(#arrow)\"><title>{} → {}: {}</title></path>\n",
            escaped(&link.from),
            escaped(link.to.get_ref()),
            escaped(&title)
        ),
    );
    let shown = count.map(|count| format!("{count}×")).unwrap_or_default();
    if !shown.is_empty() {
        put(text, format_args!("<text class=\"way\" x=\"{}\" y=\"{}\">{shown}</text>\n", x1.midpoint(x2), y1.midpoint(y2)));
    }
}

fn draw_box(text: &mut String, name: &str, kind: &str, places: &Places<'_>) {
    let Some((x, y)) = places.get(name) else { return };
    let radius = if matches!(kind, "menu" | "locate" | "ask" | "end") { 22 } else { 5 };
    put(text, format_args!("<rect x=\"{x}\" y=\"{y}\" width=\"{BOX_WIDTH}\" height=\"{BOX_HEIGHT}\" rx=\"{radius}\"/>\n"));
    put(text, format_args!("<text x=\"{}\" y=\"{}\">{}</text>\n", x + 14, y + 21, escaped(name)));
    put(text, format_args!("<text class=\"kind\" x=\"{}\" y=\"{}\">{kind}</text>\n", x + 14, y + 38));
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn put(text: &mut String, arguments: Arguments<'_>) {
    // Writing into a string cannot fail.
    let _ = text.write_fmt(arguments);
}
