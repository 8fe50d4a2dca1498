//! The built-in flows, the coordinator's page, and properties of the engine.

use super::step::ABOUTS;
use super::{Flow, FlowSet};

/// The step kinds' own descriptions name exactly the keys the file may have.
#[test]
fn descriptions_name_every_key() {
    for about in ABOUTS {
        let source = format!("format=1\nname.cs=''\nname.en=''\nstart='a'\non_channels=[]\n[{}.a]\nzzz = 1\n", about.table);
        let error = toml::from_str::<super::step::File>(&source).unwrap_err();
        let mut keys: Vec<&str> = error.message().split('`').skip(1).step_by(2).skip(1).collect();
        let mut described: Vec<&str> = about.keys.iter().map(|(key, _)| *key).collect();
        keys.sort_unstable();
        described.sort_unstable();
        assert_eq!(described, keys, "{}: {error}", about.table);
    }
}

/// Each description's example is a step that can be read.
#[test]
fn examples_are_readable() {
    for about in ABOUTS {
        let source = format!("format=1\nname.cs=''\nname.en=''\nstart='a'\non_channels=[]\n{}\n", about.example);
        let file = toml::from_str::<super::step::File>(&source);
        assert!(file.is_ok(), "{}: {:?}", about.table, file.err());
    }
}

pub(super) fn builtin() -> FlowSet {
    FlowSet::builtin().unwrap_or_else(|problems| panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))
}

#[test]
fn built_in_flows_have_no_mistake() {
    let set = builtin();
    assert_eq!(set.flows().map(|flow| flow.name.as_str()).collect::<Vec<_>>(), ["worker"]);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "UPDATE=1 is how a person asks a test to rewrite what it compares")]
fn the_coordinators_page_is_fresh() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/flows/README.md");
    let page = super::document();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &page).unwrap();
    }
    assert!(std::fs::read_to_string(path).unwrap_or_default() == page, "flows/README.md is stale: run the tests with UPDATE=1");
}

#[test]
fn drawings_name_every_step_and_stand_alone() {
    let set = builtin();
    let flow: &Flow = set.current("worker").unwrap();
    let (mermaid, svg) = (super::mermaid(flow), super::svg(flow));
    for name in flow.steps.keys() {
        assert!(mermaid.contains(&format!("  {}", name.get_ref())), "{}", name.get_ref());
        assert!(svg.contains(&format!(">{}</text>", name.get_ref())), "{}", name.get_ref());
    }
    assert!(svg.starts_with("<svg xmlns=") && svg.ends_with("</svg>\n") && !svg.contains("href"));
}

mod engine {
    use super::builtin;
    use crate::domain::{Destination, FLOW_STEPS_MAX, FLOW_TURNS_MAX, Flag, Lang, Medium, Place, Places, Region, Topic, Understood};
    use crate::flow::{Act, EndReason, FlowSet, Hand, Input, Known, LineFacts, Listing, OperatorOutcome, Position, Turn, advance};
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static SET: LazyLock<FlowSet> = LazyLock::new(builtin);

    fn turn(set: &FlowSet, position: Position, input: Input<'_>) -> Turn {
        let known = Known {
            line: &|place, _| LineFacts { name: "Linka".into(), open: place.is_none(), ..LineFacts::default() },
            search: &|need, skip, _, _| Listing {
                text: "Služba".into(),
                services: vec!["a".into()],
                more: skip < 4,
                found: need.topics.len() == 1 && skip < 5,
            },
            describe: &|place, lang| place.region().map_or("jinde", |region| region.name(lang)).to_owned(),
            postcode: &|digits| (digits == "43401").then(|| Place::region(Region::Ustecky)),
        };
        advance(set, position, input, &known, &Hand::default())
    }

    fn start(medium: Medium) -> Position {
        Position::start(&SET, "worker", medium, Lang::Cs).unwrap()
    }

    /// What can happen, as a value proptest can make.
    #[derive(Debug, Clone)]
    enum Deed {
        Begin(Option<Understood>),
        Text(Understood),
        Key(String),
        Press(u8),
        Late(String),
        Silence,
        Recorded(u32),
        Operator(OperatorOutcome),
        HungUp,
    }

    fn understood() -> impl Strategy<Value = Understood> {
        let place = prop::sample::select(Region::ALL.to_vec()).prop_map(Place::region);
        let words = prop::sample::select(vec![
            "",
            "1",
            "7",
            "0",
            "*",
            "#",
            "9",
            "8",
            "další",
            "zpět",
            "english",
            "operátor",
            "Práce",
            "nevím co s tím dál",
            "ne",
            "{{ x }}",
            "Ústecký kraj",
            "🙂",
        ]);
        let flags = prop::collection::vec(prop::sample::select(Flag::ALL.to_vec()), 0..2);
        let topics = prop::collection::vec(prop::sample::select(Topic::ALL.to_vec()), 0..3);
        let places = (prop::option::of(place.clone()), prop::collection::vec(place, 0..9), prop::bool::weighted(0.1)).prop_map(
            |(destination, candidates, abroad)| Places {
                destination,
                candidates: if candidates.len() > 1 { candidates } else { Vec::new() },
                abroad: abroad.then(|| "SK".to_owned()),
                ..Places::default()
            },
        );
        (places, topics, flags, words, prop::option::of(prop::sample::select(Lang::ALL.to_vec()))).prop_map(
            |(places, topics, flags, words, lang)| Understood {
                places,
                topics,
                flags,
                masked: words.to_owned(),
                lang,
                ..Understood::default()
            },
        )
    }

    fn deed() -> impl Strategy<Value = Deed> {
        use OperatorOutcome::{Done, NoAnswer, Taken};
        prop_oneof![
            1 => prop::option::of(understood()).prop_map(Deed::Begin),
            8 => understood().prop_map(Deed::Text),
            8 => "[0-9*#]{0,2}".prop_map(Deed::Key),
            6 => (0u8..9).prop_map(Deed::Press),
            1 => "[a-z.]{0,9}".prop_map(Deed::Late),
            3 => Just(Deed::Silence),
            2 => (0u32..200).prop_map(Deed::Recorded),
            3 => prop::sample::select(vec![Taken, Done, NoAnswer]).prop_map(Deed::Operator),
            1 => Just(Deed::HungUp),
        ]
    }

    fn input<'a>(deed: &'a Deed, last: &Turn) -> Input<'a> {
        match deed {
            Deed::Begin(said) => Input::Begin { said: said.as_ref() },
            Deed::Text(heard) => Input::Text(heard),
            Deed::Key(key) => Input::Key(key.clone()),
            Deed::Late(step) => Input::Choice { step: step.clone(), value: "1".into() },
            Deed::Press(at) => {
                let options =
                    last.acts.iter().filter_map(|act| if let Act::Say(prompt) = act { Some(&prompt.options) } else { None }).next_back();
                let value =
                    options.and_then(|options| options.get(usize::from(*at))).map_or_else(|| at.to_string(), |option| option.value.clone());
                Input::Choice { step: last.position.question(), value }
            }
            Deed::Silence => Input::Silence,
            Deed::Recorded(seconds) => Input::Recorded { seconds: *seconds, reference: "vzkaz".into() },
            Deed::Operator(outcome) => Input::Operator(*outcome),
            Deed::HungUp => Input::HungUp,
        }
    }

    fn waits(position: &Position) -> bool {
        let step = SET.current("worker").and_then(|flow| flow.step(&position.step));
        step.is_some_and(|step| matches!(step.kind(), "menu" | "locate" | "ask" | "operator"))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn whatever_happens_it_waits_or_ends(medium in prop::sample::select(Medium::ALL.to_vec()), deeds in prop::collection::vec(deed(), 1..40)) {
            let mut last = turn(&SET, start(medium), Input::Begin { said: None });
            for deed in &deeds {
                let was_ended = last.position.ended;
                let next = turn(&SET, last.position.clone(), input(deed, &last));
                prop_assert!(next.walked.len() <= FLOW_STEPS_MAX);
                prop_assert!(next.position.ended || waits(&next.position), "{deed:?} left it at {}", next.position.step);
                prop_assert!(!was_ended || next.position.ended);
                let ends = next.acts.iter().filter(|act| matches!(act, Act::Ended { .. })).count();
                prop_assert_eq!(ends, usize::from(next.position.ended && !was_ended));
                let stored = serde_json::to_string(&next.position).unwrap();
                prop_assert_eq!(&serde_json::from_str::<Position>(&stored).unwrap(), &next.position);
                last = next;
            }
        }

        #[test]
        fn whoever_stays_silent_comes_to_an_end(deeds in prop::collection::vec(deed(), 0..12)) {
            let mut last = turn(&SET, start(Medium::Voice), Input::Begin { said: None });
            for deed in &deeds {
                last = turn(&SET, last.position.clone(), input(deed, &last));
            }
            for _ in 0..12 {
                last = turn(&SET, last.position.clone(), Input::Silence);
                if !last.position.ended && SET.current("worker").unwrap().step(&last.position.step).unwrap().kind() == "operator" {
                    last = turn(&SET, last.position, Input::Operator(OperatorOutcome::NoAnswer));
                }
            }
            prop_assert!(last.position.ended, "still at {}", last.position.step);
        }
    }

    #[test]
    fn a_conversation_has_a_last_turn() {
        let mut last = turn(&SET, start(Medium::Voice), Input::Begin { said: None });
        for _ in 0..=FLOW_TURNS_MAX {
            last = turn(&SET, last.position, Input::Key("*".into()));
            if last.position.ended {
                break;
            }
        }
        assert!(last.acts.contains(&Act::Ended { reason: EndReason::TooLong }), "{:?}", last.acts);
        assert!(last.acts.iter().any(|act| matches!(act, Act::Promise { .. })));
    }

    const SHARED: &str = include_str!("../../flows/_common.toml");
    const REGIONS: &str = include_str!("../../flows/regions.toml");
    const WORKER: &str = include_str!("../../flows/worker.toml");

    fn read(worker: &str) -> FlowSet {
        FlowSet::read(&[("_common.toml", SHARED), ("regions.toml", REGIONS), ("worker.toml", worker)]).unwrap()
    }

    #[test]
    fn a_running_conversation_keeps_its_version() {
        let newer = read(&WORKER.replace("Co klient potřebuje?", "S čím pomůžeme?"));
        let position = turn(&SET, start(Medium::Chat), Input::Begin { said: None }).position;
        let most = Understood {
            places: Places { destination: Some(Place::region(Region::Ustecky)), ..Places::default() },
            masked: "Ústecký".into(),
            ..Understood::default()
        };
        let said = |set: &FlowSet| format!("{:?}", turn(set, position.clone(), Input::Text(&most)).acts);
        assert!(said(&newer).contains("S čím pomůžeme?"), "a version nobody keeps is replaced by the current one");
        assert!(said(&newer.clone().with_older(&SET)).contains("Co klient potřebuje?"));
    }

    #[test]
    fn a_step_that_is_gone_leads_to_a_person() {
        let mut position = turn(&SET, start(Medium::Chat), Input::Begin { said: None }).position;
        position.step = "gone".into();
        let next = turn(&SET, position, Input::Key("1".into()));
        assert_eq!(next.position.step, "operator");
        assert!(next.acts.iter().any(|act| matches!(act, Act::HandOver { .. })));
    }

    #[test]
    fn a_flow_that_is_gone_still_promises_an_answer() {
        let mut position = start(Medium::Chat);
        position.flow = "gone".into();
        let next = turn(&SET, position, Input::Key("1".into()));
        assert_eq!(next.acts, [Act::Promise { body: String::new() }, Act::Ended { reason: EndReason::Lost }]);
    }

    #[test]
    fn a_destination_is_saved_as_a_code() {
        let mut last = turn(&SET, start(Medium::Voice), Input::Begin { said: None });
        for key in ["3", "1"] {
            last = turn(&SET, last.position, Input::Key(key.into()));
        }
        assert!(last.acts.contains(&Act::Saved { name: "destination".into(), value: "CZ042".into() }));
        assert_eq!(last.position.need.destination, Some(Destination::Place(Place::region(Region::Ustecky))));
    }
}
