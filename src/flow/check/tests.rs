//! Every mistake a coordinator can make, one broken file each.

use crate::flow::FlowSet;

const SHARED: &str = include_str!("../../../flows/_common.toml");
const REGIONS: &str = include_str!("../../../flows/regions.toml");

/// A small conversation without a mistake.
const FLOW: &str = r#"format = 1
name.cs = "Zkouška"
name.en = "Trial"
start = "hello"
person = "hand_over"
back = "topic"
asks = "place"
on_channels = ["chat", "web", "sms", "voice"]
expire = { chat = "7d", voice = "10m" }

[message.hello]
text.cs = "Dobrý den."
text.en = "Hello."
goto = "place"

[locate.place]
text.cs = "Kam se klient vrací?"
text.en = "Where does the client return to?"
list = "regions"
abroad = "hand_over"
goto = "topic"

[menu.topic]
text.cs = "Co klient potřebuje?"
text.en = "What does the client need?"
save = "topic"
goto = "hand_over"
options = [
  { key = "1", value = "housing", cs = "Bydlení", en = "Housing" },
  { key = "2", value = "work", cs = "Práce", en = "Work" },
]

[branch.hand_over]
when = [{ if = "line.open", goto = "question" }]
else = "closed"

[message.closed]
text.cs = "Otevíráme {{ line.next_open }}."
text.en = "We open {{ line.next_open }}."
goto = "question"

[ask.question]
text.cs = "Napište dotaz."
text.en = "Write the question."
record = { seconds_max = 180, silence = 5, finish_key = "\#" }
save = "question"
empty = "bye"
goto = "bye"

[end.bye]
text.cs = "Hezký den."
text.en = "Good bye."
"#;

fn problems(shared: &str, regions: &str, flow: &str) -> Vec<String> {
    let files = [("_common.toml", shared), ("regions.toml", regions), ("trial.toml", flow)];
    FlowSet::read(&files).err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

/// Breaks a file at one place; the place must be there once.
fn broken(source: &str, from: &str, to: &str) -> String {
    assert_eq!(source.matches(from).count(), 1, "{from:?} must stand in the file once");
    source.replace(from, to)
}

fn flow() -> String {
    FLOW.replace("\\#", "#")
}

#[test]
fn the_sound_files_have_no_mistake() {
    assert_eq!(problems(SHARED, REGIONS, &flow()), Vec::<String>::new());
}

#[test]
fn each_mistake_in_a_flow_is_found_where_it_is() {
    let long_label = "x".repeat(41);
    let long_spoken = "Dlouhá věta, kterou nikdo nedoposlouchá. ".repeat(8);
    let long_sms = "Dlouhá zpráva, která stojí mnoho částí. ".repeat(12);
    let four = ["legal", "health", "family", "debts"];
    let four =
        four.iter().zip(3..).map(|(topic, key)| format!("{{ key = \"{key}\", value = \"{topic}\", cs = \"{topic}\", en = \"{topic}\" }},"));
    let six = format!("voice_max = 6\noptions = [\n{}\n", four.collect::<Vec<_>>().join("\n"));
    let table: Vec<(&str, &str, String, &str)> = vec![
        (
            "dangling goto",
            "asks = \"place\"",
            "asks = \"plase\"".into(),
            "trial.toml:7:8: there is no step `plase` — did you mean `place`?",
        ),
        (
            "dangling goto of a step",
            "goto = \"bye\"",
            "goto = \"by\"".into(),
            "trial.toml:48:8: there is no step `by` — did you mean `bye`?",
        ),
        (
            "dangling goto of an option",
            "en = \"Work\" }",
            "en = \"Work\", goto = \"questoin\" }".into(),
            "trial.toml:30:66: there is no step `questoin` — did you mean `question`?",
        ),
        (
            "dangling start",
            "start = \"hello\"",
            "start = \"helo\"".into(),
            "trial.toml:4:9: there is no step `helo` — did you mean `hello`?",
        ),
        (
            "unreachable step",
            "[end.bye]",
            "[message.lonely]\ntext.cs = \"a\"\ntext.en = \"a\"\ngoto = \"bye\"\n\n[end.bye]".into(),
            "trial.toml:50:10: the step `lonely` is never reached — lead a goto to it or delete it",
        ),
        (
            "no way to an end",
            "save = \"topic\"\ngoto = \"hand_over\"",
            "save = \"topic\"\ngoto = \"trap\"".into(),
            "trial.toml:54:10: whoever comes to `trap` can never reach an end — lead a way from here to an [end.…] step",
        ),
        (
            "loop that never waits",
            "else = \"closed\"",
            "else = \"round\"".into(),
            "trial.toml:48:8: the way from `round` to `around` closes a loop that never waits — put a question into the loop or leave it",
        ),
        (
            "reserved key",
            "key = \"2\"",
            "key = \"8\"".into(),
            "trial.toml:30:11: the key `8` is reserved: it means the same everywhere — use 1 to 7",
        ),
        ("duplicate key", "key = \"2\"", "key = \"1\"".into(), "trial.toml:30:11: the key `1` is used twice in one menu"),
        ("not a key", "key = \"2\"", "key = \"12\"".into(), "trial.toml:30:11: `12` is not a key — use 1 to 7"),
        (
            "duplicate value",
            "value = \"work\"",
            "value = \"housing\"".into(),
            "trial.toml:30:24: the value `housing` is used twice in one menu",
        ),
        (
            "unknown topic",
            "value = \"work\"",
            "value = \"wrok\"".into(),
            "trial.toml:30:24: there is no topic `wrok` — did you mean `work`?",
        ),
        ("missing language", "text.en = \"Hello.\"\n", String::new(), "trial.toml:12:11: the wording in `en` is missing — add en = \"…\""),
        (
            "missing language of an option",
            ", en = \"Work\"",
            String::new(),
            "trial.toml:30:11: the wording in `en` is missing — add en = \"…\"",
        ),
        (
            "missing language of the name",
            "name.en = \"Trial\"\n",
            String::new(),
            "trial.toml:2:11: the wording in `en` is missing — add en = \"…\"",
        ),
        (
            "unknown variable",
            "Otevíráme {{ line.next_open }}",
            "Otevíráme {{ line.nextopen }}".into(),
            "trial.toml:38:25: there is no variable `line.nextopen` — did you mean `line.next_open`?",
        ),
        (
            "unknown variable in a condition",
            "if = \"line.open\"",
            "if = \"line.opened\"".into(),
            "trial.toml:34:17: there is no variable `line.opened` — did you mean `line.open`?",
        ),
        (
            "unknown filter",
            "Otevíráme {{ line.next_open }}",
            "Otevíráme {{ line.next_open | loud }}".into(),
            "trial.toml:38:11: the text cannot be filled in: filter loud is unknown — the filters are `digits` and `sentence`",
        ),
        (
            "broken template",
            "Otevíráme {{ line.next_open }}",
            "Otevíráme {{ line.next_open ".into(),
            "trial.toml:38:11: the text is not a template: ",
        ),
        (
            "opt-out word",
            "cs = \"Práce\"",
            "cs = \"Konec\"".into(),
            "trial.toml:30:37: `Konec` is a word SMS networks keep for opting out or help — use another word",
        ),
        (
            "opt-out word in English",
            "en = \"Work\"",
            "en = \"Help\"".into(),
            "trial.toml:30:51: `Help` is a word SMS networks keep for opting out or help — use another word",
        ),
        (
            "too many spoken lines",
            "options = [\n",
            six,
            "trial.toml:28:13: `topic` reads 6 options at once, a listener remembers 5 — voice_max = 5 puts the rest behind key 8",
        ),
        (
            "too long spoken text",
            "text.cs = \"Dobrý den.\"",
            format!("text.cs = \"Dobrý den.\"\nvoice.en = \"Hello.\"\nvoice.cs = \"{long_spoken}\""),
            "trial.toml:14:12: the spoken text has 328 characters, 20 seconds hold about 300 — add a shorter voice.cs and voice.en",
        ),
        (
            "too long SMS",
            "text.cs = \"Napište dotaz.\"",
            format!("text.cs = \"Napište dotaz.\"\nsms.en = \"a\"\nsms.cs = \"{long_sms}\""),
            "trial.toml:45:10: the SMS has 4 parts, 3 is the most — add a shorter sms.cs and sms.en",
        ),
        (
            "too long label",
            "cs = \"Práce\"",
            format!("cs = \"{long_label}\""),
            "trial.toml:30:37: the label has 41 characters, a button holds 40 — shorten it",
        ),
        (
            "address read aloud",
            "text.cs = \"Hezký den.\"",
            "text.cs = \"Vše je na www.linka.example.\"".into(),
            "trial.toml:51:11: a web address is read aloud — add voice.cs and voice.en without it",
        ),
        (
            "unknown list",
            "list = \"regions\"",
            "list = \"region\"".into(),
            "trial.toml:19:8: there is no list `region` — did you mean `regions`?",
        ),
        ("unknown key", "empty = \"bye\"", "emtpy = \"bye\"".into(), "trial.toml:47:1: unknown field `emtpy` — did you mean `empty`?"),
        ("unknown step kind", "[end.bye]", "[ned.bye]".into(), "trial.toml:50:2: unknown field `ned` — did you mean `end`?"),
        ("missing key", "list = \"regions\"\n", String::new(), "trial.toml:16:1: missing field `list` — add it to this step"),
        ("broken TOML", "goto = \"place\"", "goto = place".into(), "trial.toml:14:8: string values must be quoted"),
        ("table not closed", "[end.bye]", "[end.bye".into(), " — close the name with `]`"),
        (
            "the same key of a table twice",
            "abroad = \"hand_over\"",
            "abroad = \"hand_over\"\nabroad = \"bye\"".into(),
            "trial.toml:21:1: duplicate key — delete one of the two, or give one of them another name",
        ),
        (
            "step name twice",
            "[end.bye]",
            "[end.closed]\ntext.cs = \"a\"\ntext.en = \"a\"\n\n[end.bye]".into(),
            "the step `closed` exists twice — give one of them another name",
        ),
        (
            "unknown channel",
            "expire = { chat = \"7d\",",
            "expire = { chta = \"7d\",".into(),
            "trial.toml:9:19: there is no channel `chta` — did you mean `chat`?",
        ),
        (
            "not a time",
            "voice = \"10m\"",
            "voice = \"soon\"".into(),
            "trial.toml:9:33: `soon` is not a time — write minutes, hours or days: 10m, 2h, 7d",
        ),
        ("unknown format", "format = 1", "format = 2".into(), "trial.toml:1:10: format 2 is not known — write format = 1"),
        (
            "name of a variable",
            "save = \"question\"",
            "save = \"line\"".into(),
            "trial.toml:46:8: `line` is the name of a variable — save it under another name",
        ),
        (
            "no such way to a person",
            "person = \"hand_over\"",
            "person = \"hand_ovre\"".into(),
            "trial.toml:5:10: there is no step `hand_ovre` — did you mean `hand_over`?",
        ),
    ];
    let mut missed = Vec::new();
    for (mistake, from, to, expected) in table {
        let mut source = broken(&flow(), from, &to);
        match mistake {
            "no way to an end" => source.push_str("\n[message.trap]\ntext.cs = \"a\"\ntext.en = \"a\"\ngoto = \"trap2\"\n[menu.trap2]\ntext.cs = \"a\"\ntext.en = \"a\"\nfail = \"trap\"\noptions = [{ key = \"1\", value = \"a\", cs = \"a\", en = \"a\", goto = \"trap\" }]\n"),
            "loop that never waits" => source = source.replace("[end.bye]", "[message.round]\ntext.cs = \"a\"\ntext.en = \"a\"\ngoto = \"around\"\n\n[message.around]\ntext.cs = \"a\"\ntext.en = \"a\"\ngoto = \"hand_over\"\n\n[end.bye]").replace("[message.closed]\ntext.cs = \"Otevíráme {{ line.next_open }}.\"\ntext.en = \"We open {{ line.next_open }}.\"\ngoto = \"question\"\n\n", ""),
            _ => {}
        }
        let found = problems(SHARED, REGIONS, &source);
        if !found.iter().any(|problem| problem.contains(expected)) || found.len() > 2 {
            missed.push(format!("{mistake}: expected\n  {expected}\nfound\n  {}", found.join("\n  ")));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn each_mistake_in_the_shared_file_is_found() {
    let table = [
        (
            "fail is missing where retries are bounded",
            "fail = \"hand_over\"",
            "",
            "trial.toml:16:9: `fail` is missing in `place`: after too many misses there is no way on",
        ),
        (
            "fail leads nowhere",
            "fail = \"hand_over\"",
            "fail = \"hand_ovre\"",
            "trial.toml:4:9: there is no step `hand_ovre`, where _common.toml sends people after too many misses — did you mean `hand_over`?",
        ),
        (
            "a phrase is missing",
            "more.cs = \"Další možnosti\"\nmore.en = \"More choices\"",
            "moer.cs = \"Další možnosti\"\nmoer.en = \"More choices\"",
            "the phrase `more` is missing — did you mean `moer`?",
        ),
        ("a phrase lacks a language", "more.en = \"More choices\"\n", "", "the wording in `en` is missing"),
        ("an opt-out word", "\"operátor\", ", "\"pomoc\", ", "`pomoc` is a word SMS networks keep for opting out or help"),
        ("a word with two meanings", "\"zpět\", ", "\"znovu\", ", "the word `znovu` means two things — leave it at one of them"),
        ("a key twice", "key = \"8\"", "key = \"9\"", "the key `9` is used twice — give one of them another key"),
        ("an unknown deed", "does = \"repeat\"", "does = \"repaet\"", "unknown variant `repaet` — did you mean `repeat`?"),
        ("too many lines at once", "voice_max = 5 ", "voice_max = 9 ", "voice_max is 9, a listener remembers 5"),
        (
            "no prompts at silence",
            "noinput.en = [\"We did not catch anything. Please press a number on the keypad.\", \"We still cannot hear you, so let us get you a person.\"]\n",
            "",
            "the wording of `noinput` in `en` is missing",
        ),
    ];
    for (mistake, from, to, expected) in table {
        let found = problems(&broken(SHARED, from, to), REGIONS, &flow());
        assert!(found.iter().any(|problem| problem.contains(expected)), "{mistake}: expected {expected}\nfound:\n{}", found.join("\n"));
    }
    let missing = FlowSet::read(&[("trial.toml", &flow())]).unwrap_err();
    assert_eq!(missing[0].to_string(), "_common.toml:1:1: the file is missing — every set of flows needs it");
}

#[test]
fn each_mistake_in_a_list_is_found() {
    let table = [
        ("an unknown region", "CZ042", "CZ024", "there is no region `CZ024` — did you mean `CZ042`?"),
        ("a region twice", "CZ042", "CZ051", "the region `CZ051` is listed twice — delete one of the two"),
        ("a reserved key", "key = \"4\", value", "key = \"9\", value", "the key `9` is reserved"),
        ("an unknown key", "[[area]]\nkey = \"2\"", "[[area]]\nkye = \"2\"", "unknown field `kye` — did you mean `key`?"),
    ];
    for (mistake, from, to, expected) in table {
        let found = problems(SHARED, &broken(REGIONS, from, to), &flow());
        assert!(found.iter().any(|problem| problem.contains(expected)), "{mistake}: expected {expected}\nfound:\n{}", found.join("\n"));
    }
}

#[test]
fn the_usual_stands_in_for_what_is_left_out() {
    let phrases = SHARED.split("[phrases]").nth(1).and_then(|rest| rest.split("[keys]").next()).unwrap();
    let few = broken(SHARED, phrases, "\noption_voice.cs = \"{{ label }}: {{ key }}.\"\noption_voice.en = \"{{ label }}: {{ key }}.\"\n\n");
    let plain = ["person = \"hand_over\"\n", "back = \"topic\"\n", "asks = \"place\"\n"].iter().fold(flow(), |flow, line| broken(&flow, line, ""));
    let documented = [
        ("goto = \"topic\"", "save = \"destination\"\ngoto = \"topic\""),
        ("save = \"question\"", "accept = [\"text\", \"voice\"]\nsave = \"question\""),
    ];
    let plain = documented.iter().fold(plain, |flow, (from, to)| broken(&flow, from, to));
    let set = FlowSet::read(&[("_common.toml", &few), ("regions.toml", REGIONS), ("trial.toml", &plain)]);
    let set = set.unwrap_or_else(|problems| panic!("{problems:?}"));
    let ways = &set.current("trial").unwrap().ways;
    let name = |way: &Option<toml::Spanned<String>>| way.as_ref().map(|way| way.get_ref().clone());
    assert_eq!([name(&ways.person), name(&ways.back), name(&ways.asks)].map(Option::unwrap), ["hand_over", "topic", "place"]);
    let (menu, ask) = (set.current("trial").unwrap().links(), "question");
    assert!(menu.iter().filter(|link| link.from == ask).all(|link| !link.silent), "both kinds of answer are taken: it always waits");
    let written = broken(&plain, "accept = [\"text\", \"voice\"]", "accept = [\"text\"]");
    let set = FlowSet::read(&[("_common.toml", &few), ("regions.toml", REGIONS), ("trial.toml", &written)]).unwrap();
    let links = set.current("trial").unwrap().links();
    assert!(links.iter().any(|link| link.from == ask && link.silent && link.to.get_ref() == "bye"), "a caller is not asked for a written answer");
}

/// An example of the format lies beside the project, not in it.
#[test]
fn the_example_of_the_format_is_accepted() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/examples/flows");
    let read = |name: &str| std::fs::read_to_string(format!("{folder}/{name}"));
    let (Ok(shared), Ok(regions), Ok(worker)) = (read("_common.toml"), read("regions.toml"), read("worker.toml")) else {
        println!("left out: {folder} is not here");
        return;
    };
    let problems = FlowSet::read(&[("_common.toml", &shared), ("regions.toml", &regions), ("worker.toml", &worker)]).err().unwrap_or_default();
    assert!(problems.is_empty(), "{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
}
