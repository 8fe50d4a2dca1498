//! The commands as scripts use them: stable JSON, exit status, friendly errors.

use serde_json::Value;
use std::io::Write;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

struct Shell {
    data: TempDir,
}

impl Shell {
    fn open() -> Self {
        Self { data: tempfile::tempdir().expect("a folder") }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_linka"));
        command.arg("--data").arg(self.data.path());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command().args(arguments).output().expect("a run")
    }

    /// Runs a command that must answer with one JSON value.
    fn json(&self, arguments: &[&str]) -> Value {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {}", String::from_utf8_lossy(&output.stdout)))
    }

    /// Runs a command that must fail with `status` and say `parts`.
    fn refuses(&self, arguments: &[&str], status: i32, parts: &[&str]) {
        let output = self.run(arguments);
        let said = format!("{}{}", String::from_utf8_lossy(&output.stderr), String::from_utf8_lossy(&output.stdout));
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {said}");
        for part in parts {
            assert!(said.contains(part), "{arguments:?} should say “{part}”:\n{said}");
        }
        assert!(!said.contains("panicked"), "{said}");
    }
}

#[test]
fn place_answers_in_its_stable_shape() {
    let shell = Shell::open();
    let value = shell.json(&["place", "z Plzně do Děčína", "--json"]);
    assert_eq!(value["destination"]["region"], "CZ042");
    assert_eq!(value["destination"]["district"], "CZ0421");
    assert_eq!(value["destination"]["orp"], "4202");
    assert_eq!(value["destination"]["municipality"]["name"], "Děčín");
    assert_eq!(value["origin"]["municipality"]["name"], "Plzeň");
    assert_eq!((&value["candidates"], &value["excluded"], &value["abroad"]), (&Value::Array(vec![]), &Value::Array(vec![]), &Value::Null));
    let value = shell.json(&["place", "", "--json"]);
    assert_eq!(value["destination"], Value::Null);
}

#[test]
fn understand_answers_in_its_stable_shape() {
    let shell = Shell::open();
    let text = "klient z plzne do decina ubytko od pondeli, r. c. 800101/0019";
    let value = shell.json(&["understand", text, "--at", "2026-02-04T09:00:00+01:00", "--json"]);
    assert_eq!(value["destination"]["municipality"]["name"], "Děčín");
    assert_eq!(value["topics"], serde_json::json!(["housing"]));
    assert_eq!(value["who"]["sex"], "m");
    assert_eq!(value["flags"], serde_json::json!(["personal_data"]));
    assert!(!value.to_string().contains("800101"), "{value}");
    for key in ["destination", "candidates", "origin", "excluded", "abroad", "topics", "who", "release_on", "flags", "masked"] {
        assert!(value.get(key).is_some(), "{key} is missing");
    }
}

#[test]
fn ask_answers_from_the_demo_catalogue() {
    let shell = Shell::open();
    let value = shell.json(&["ask", "azylový dům Most, muž", "--at", "2026-02-04T09:00:00+01:00", "--json"]);
    let first = &value["services"][0];
    assert_eq!((first["kind"].as_str(), first["region"].as_str()), (Some("asylum_house"), Some("CZ042")));
    assert_eq!(first["capacity"]["count"], 2);
    for key in ["id", "name", "confirmed_at", "why"] {
        assert!(first.get(key).is_some(), "{key} is missing");
    }
    assert!(value["fallback"].as_array().is_some_and(|fallback| !fallback.is_empty()));
    let text = value["text"].as_str().expect("a text");
    assert!(text.contains("volno 2 místa") && text.contains("ověřeno včera"), "{text}");
    let sms = shell.json(&["ask", "azylový dům Most, muž", "--at", "2026-02-04T09:00:00+01:00", "--channel", "sms", "--json"]);
    assert!(sms["sms_parts"].as_u64().is_some_and(|parts| parts <= 2), "{sms}");
    let english = shell.json(&["ask", "azylový dům Most, muž", "--lang", "en", "--json"]);
    assert!(english["text"].as_str().is_some_and(|text| text.contains("Understood")), "{english}");
}

#[test]
fn ask_answers_what_was_asked() {
    let shell = Shell::open();
    let text = |question: &[&str]| {
        let asked = [&["ask"], question, &["--at", "2026-11-18T10:00:00+01:00", "--json"]].concat();
        shell.json(&asked)["text"].as_str().expect("a text").to_owned()
    };
    let table: [(&[&str], &[&str], &[&str]); 12] = [
        (&["chci se zabít"], &["112", "116 123"], &["Nic vhodného", "Rozumím"]),
        (&["chci se zabít, Most", "--channel", "sms"], &["112", "116 123"], &["Nocleharna"]),
        (&["chci se zabít", "--channel", "voice"], &["jedna jedna dva", "Operátor: nula."], &["112"]),
        (&["hostel Brno man"], &["Understood: Brno", "hostel, man"], &["Rozumím"]),
        (&["noclehárna Brno muž"], &["Rozumím: Brno, Jihomoravský kraj – noclehárna, muž.", "Noclehárna"], &[]),
        (&["ubytovna nebo azylový dům, Děčín"], &["– ubytovna, azylový dům.\n"], &["s dětmi.\n\n"]),
        (&["dům na půl cesty Liberec, 40 let"], &["Vhodný dům na půl cesty v kraji neznáme"], &["1. Dům na půl cesty"]),
        (&["ahoj"], &["Napište prosím, kam se klient vrací a co potřebuje"], &["Nic vhodného", "Linka Praha"]),
        (&["bydlení muž"], &["Napište prosím, kam se klient vrací;"], &["Linka Praha"]),
        (&["návrat do Německa, práce"], &["návrat do zahraničí – práce"], &["Linka Praha", "Nic vhodného"]),
        (&["sociální kurátor Písek"], &["Sociální kurátor", "Tel. 719"], &["Nic vhodného"]),
        (&["sociální kurátor Jeseník"], &["ústředna"], &["Nic vhodného"]),
    ];
    for (question, said, unsaid) in table {
        let text = text(question);
        assert!(said.iter().all(|words| text.contains(words)) && !unsaid.iter().any(|words| text.contains(words)), "{question:?}: {text}");
    }
    for town in ["Olomouc", "Praha", "Zlín", "Ostrava", "Jihlava", "Plzeň", "Liberec"] {
        let question = format!("azylový dům, bezdětný muž 45 let, {town}");
        let value = shell.json(&["ask", &question, "--at", "2026-11-18T10:00:00+01:00", "--json"]);
        assert!(!value["services"].to_string().contains("mothers_house"), "{value}");
    }
}

#[test]
fn route_says_who_and_why() {
    let shell = Shell::open();
    let open = shell.json(&["route", "--region", "CZ042", "--at", "2026-02-04T10:00:00+01:00", "--json"]);
    assert_eq!((&open["open"], &open["on_duty"][0]["operator"], &open["on_duty"][0]["order"]), (&Value::Bool(true), &Value::from("jana"), &Value::from(1)));
    assert!(open["why"].as_array().is_some_and(|why| !why.is_empty()));
    let closed = shell.json(&["route", "--region", "CZ042", "--at", "2026-12-24T10:00:00+01:00", "--json"]);
    assert_eq!((&closed["open"], &closed["next_open"]), (&Value::Bool(false), &Value::from("2026-12-28T09:00:00+01:00")));
}

#[test]
fn many_texts_are_answered_in_their_order() {
    let shell = Shell::open();
    let mut child = shell.command().args(["place", "--json-lines"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a run");
    child.stdin.take().expect("its input").write_all("do Mostu\n\nv Brně\n".as_bytes()).expect("written texts");
    let output = child.wait_with_output().expect("an end");
    let lines: Vec<Value> = String::from_utf8(output.stdout).expect("UTF-8").lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let names: Vec<_> = lines.iter().map(|line| line["destination"]["municipality"]["name"].as_str()).collect();
    assert_eq!(names, [Some("Most"), None, Some("Brno")]);
}

#[test]
fn options_stand_before_or_after_the_command() {
    let shell = Shell::open();
    let data = shell.data.path().display().to_string();
    let output = Command::new(env!("CARGO_BIN_EXE_linka")).args(["place", "do Mostu", "--json", "--data", &data]).output().expect("a run");
    assert!(output.status.success());
}

#[test]
fn a_calendar_is_looked_at_then_imported() {
    let shell = Shell::open();
    let lines = concat!(env!("CARGO_MANIFEST_DIR"), "/config/demo/lines.toml");
    assert!(shell.run(&["import", "lines", lines]).status.success());
    let file = |name: &str, events: &str| {
        let path = shell.data.path().join(name);
        std::fs::write(&path, format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}END:VCALENDAR\r\n", events.replace('|', "\r\n"))).expect("a file");
        path.to_string_lossy().into_owned()
    };
    let calendar = file(
        "rozpis.ics",
        "BEGIN:VEVENT|UID:1|SUMMARY:Jana|DTSTART;TZID=Europe/Prague:20990106T090000|DTEND;TZID=Europe/Prague:20990106T150000|RRULE:FREQ=WEEKLY;BYDAY=TU|END:VEVENT|\
         BEGIN:VEVENT|UID:2|SUMMARY:Eva Pohádková|DTSTART:20990107T090000|DTEND:20990107T120000|END:VEVENT|\
         BEGIN:VEVENT|UID:3|SUMMARY:Jnaa|DTSTART:20990108T090000|DTEND:20990108T120000|END:VEVENT|",
    );
    let asked: &[&str] = &["import", "roster", &calendar, "--line", "ustecky"];
    let preview = shell.json(&[asked, &["--json"]].concat());
    assert_eq!((&preview["line"], &preview["written"], &preview["changes"], &preview["past"]), (&Value::from("ustecky"), &false.into(), &true.into(), &0.into()));
    let rules = preview["rules"].as_array().expect("rules");
    assert_eq!((rules.len(), &rules[0]["fate"], &rules[0]["at"], &rules[0]["summary"]), (2, &Value::from("added"), &3.into(), &Value::from("Jana")));
    assert_eq!(rules[0]["rule"]["cs"], "každý týden Út 9:00–15:00: Jana Vzorová, od 6. 1. 2099");
    assert_eq!(rules[1]["rule"]["en"], "also serves: Eva Pohádková, Wed 7 January 2099 9:00–12:00");
    assert_eq!((&rules[1]["before"], &rules[0]["notes"][0]["cs"]), (&Value::Null, &Value::from("mimo provozní dobu")));
    let unread = &preview["unread"][0];
    assert_eq!((&unread["at"], &unread["summary"], &unread["why"]["cs"]), (&16.into(), &Value::from("Jnaa"), &Value::from("operátora „Jnaa“ nikdo nezná")));
    assert_eq!(unread["hint"]["en"], "did you mean `Jana Vzorová`?");
    let said = |arguments: &[&str]| String::from_utf8(shell.run(&[asked, arguments].concat()).stdout).expect("UTF-8");
    let text = said(&[]);
    for part in ["Přibude (2):", "Nepřevezmeme (1):", "řádek 16, „Jnaa“", "mysleli jste „Jana Vzorová“?", "s --write"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(said(&["--lang", "en"]).contains("Nothing is written yet"));
    // Nothing was written so far; now it is, and a second time there is nothing to do.
    assert_eq!(shell.json(&[asked, &["--json"]].concat()), preview);
    assert!(said(&["--write"]).ends_with("Zapsáno.\n"));
    let again = shell.json(&[asked, &["--write", "--json"]].concat());
    assert_eq!((&again["written"], &again["changes"], &again["rules"][0]["fate"]), (&false.into(), &false.into(), &Value::from("stays")));
    let duty = shell.json(&["route", "--region", "CZ042", "--at", "2099-01-07T10:00:00+01:00", "--json"]);
    assert!(duty["on_duty"].as_array().is_some_and(|people| people.iter().any(|person| person["operator"] == "eva")), "{duty}");
    let (wrong, nothing) = (file("wrong.ics", ""), file("none.ics", "BEGIN:VEVENT|SUMMARY:Jnaa|END:VEVENT|"));
    std::fs::write(&wrong, "jméno;den").expect("a file");
    shell.refuses(&["import", "roster", &wrong, "--line", "ustecky"], 1, &["was not read", "no calendar"]);
    shell.refuses(&["import", "roster", &nothing, "--line", "ustecky"], 1, &["událost nemá začátek"]);
    shell.refuses(&["import", "roster", &calendar, "--line", "usteky"], 1, &["no line “usteky”", "ustecky"]);
    shell.refuses(&["import", "roster", &calendar], 2, &["--line"]);
}

#[test]
fn the_official_list_is_imported_and_used() {
    let list = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/cz_municipalities.csv");
    if !std::path::Path::new(list).exists() {
        println!("left out: {list} is not here");
        return;
    }
    let shell = Shell::open();
    let before = shell.json(&["place", "v obci Křešice", "--json"]);
    let output = shell.run(&["import", "places", list]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stdout).contains("6258"));
    let after = shell.json(&["place", "do Mostu", "--json"]);
    assert_eq!(after["destination"]["municipality"]["code"], "567027");
    drop(before);
}

#[test]
fn bad_input_gets_advice_and_its_exit_status() {
    let shell = Shell::open();
    let file = |name: &str, text: &[u8]| {
        let path = shell.data.path().join(name);
        std::fs::write(&path, text).expect("a file");
        path.display().to_string()
    };
    let broken = file("broken.toml", b"[[line]\nid = ");
    let wrong_time = file("time.toml", b"coordinator = \"a\"\n[[operator]]\nid = \"a\"\nname = \"A\"\n[[line]]\nid = \"x\"\nname = { cs = \"X\", en = \"X\" }\nregions = [\"CZ999\"]\nhours = [\"Mo 25:00-26:00\"]\n");
    let latin = file("latin.csv", b"kod_obec,obec\n1,\xe8esk\xfd\n");
    let empty = file("empty.csv", b"");
    let lines = concat!(env!("CARGO_MANIFEST_DIR"), "/config/demo/lines.toml");
    let services = file("services.csv", b"name,kind,region\n");
    let config = file("linka.toml", b"[databse]\nurl = \"x\"\n");
    let table: [(&[&str], i32, &[&str]); 19] = [
        (&["route", "--region", "CZ999"], 1, &["CZ999", "write one of CZ010"]),
        (&["route", "--region", "jihomoravsky"], 1, &["did you mean CZ064 (Jihomoravský kraj)?"]),
        (&["route", "--region", "CZ042", "--at", "9999-12-31T09:00:00+01:00"], 1, &["9999", "1970 to 2199"]),
        (&["understand", "zítra Most", "--at", "9999-12-31T09:00:00+01:00"], 1, &["9999", "1970 to 2199"]),
        (&["route", "--region", "CZ042", "--at", "včera"], 1, &["včera", "2026-02-04T09:00:00+01:00"]),
        (&["route", "--region", "CZ042", "--at", "2026-02-30T09:00:00+01:00"], 1, &["2026-02-30"]),
        (&["place"], 2, &["give a text"]),
        (&["nonsense"], 2, &["nonsense"]),
        (&["route"], 2, &["--region"]),
        (&["place", "x", "--jsn"], 2, &["--json"]),
        (&["import", "lines", &broken], 1, &["not imported", "1:"]),
        (&["import", "lines", &wrong_time], 1, &["25:00", "CZ999"]),
        (&["import", "places", &latin], 1, &["UTF-8"]),
        (&["import", "places", &empty], 1, &["not imported"]),
        (&["import", "services", lines], 1, &["not imported", "services and places are tables (CSV", "`linka import lines`"]),
        (&["import", "lines", &services], 1, &["not imported", "lines are TOML", "`linka import services`"]),
        (&["import", "places", "/does/not/exist.csv"], 1, &["/does/not/exist.csv"]),
        (&["place", "x", "--config", &config], 0, &[]),
        (&["prison", "add", "příliš dlouhé", "x"], 1, &["letters and digits"]),
    ];
    for (arguments, status, parts) in table {
        if status == 0 {
            shell.refuses(arguments, 1, &["databse", "database"]);
        } else {
            shell.refuses(arguments, status, parts);
        }
    }
}

#[test]
fn flows_are_checked_drawn_and_played() {
    let shell = Shell::open();
    assert!(shell.run(&["flow", "check"]).status.success());
    let drawn = shell.run(&["flow", "graph"]);
    assert!(String::from_utf8_lossy(&drawn.stdout).contains("flowchart"), "{}", String::from_utf8_lossy(&drawn.stdout));
    let folder = shell.data.path().join("flows");
    std::fs::create_dir(&folder).expect("a folder");
    for name in ["worker.toml", "_common.toml", "regions.toml"] {
        let text = std::fs::read_to_string(format!("{}/flows/{name}", env!("CARGO_MANIFEST_DIR"))).expect("a flow");
        std::fs::write(folder.join(name), text.replace("goto = \"topic\"", "goto = \"topik\"")).expect("a flow");
    }
    shell.refuses(&["flow", "check", &folder.display().to_string()], 1, &["worker.toml:", "topik", "topic"]);
    let output = shell.run(&["flow", "check", &folder.display().to_string()]);
    let listed = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(!listed.is_empty() && listed.lines().all(|line| line.starts_with("worker.toml:") && line.contains(" — ")), "{listed}");
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&shell.run(&["flow", "check"]).stdout).trim(), "1 flow, no mistakes");
}

#[test]
fn a_backup_is_a_whole_database() {
    let shell = Shell::open();
    let lines = concat!(env!("CARGO_MANIFEST_DIR"), "/config/demo/lines.toml");
    assert!(shell.run(&["import", "lines", lines]).status.success());
    let copy = shell.data.path().join("copy.db").display().to_string();
    let backup = shell.run(&["backup", &copy]);
    let said = String::from_utf8_lossy(&backup.stdout).into_owned();
    assert!(backup.status.success() && said.contains("key is not in the copy"), "{said}");
    shell.refuses(&["backup", &copy], 1, &["copy.db"]);
    let output = shell.run(&["check"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && said.contains("Koordinátorka: not verified (chat, SMS, phone)"), "{said}");
}

#[test]
fn recorded_prompts_are_counted_and_lost_ones_named() {
    let shell = Shell::open();
    let folder = shell.data.path();
    std::fs::create_dir_all(folder.join("audio/cs")).expect("a folder");
    for file in ["audio/cs/hello.mp3", "audio/cs/destinatio.mp3"] {
        std::fs::write(folder.join(file), b"ID3").expect("a recording");
    }
    let config = folder.join("linka.toml");
    let phone = "[phone]\npublic_url = \"https://linka.example\"\naudio = \"audio\"\n[[phone.numbers]]\nnumber = \"+420719880001\"\nvoice = true\n";
    std::fs::write(&config, phone).expect("a configuration");
    assert!(shell.run(&["import", "lines", concat!(env!("CARGO_MANIFEST_DIR"), "/config/demo/lines.toml")]).status.success());
    let mut check = shell.command();
    check.args(["check", "--config", &config.display().to_string()]);
    let output = check.env("LINKA_TWILIO_ACCOUNT_SID", format!("AC{}", "0".repeat(32))).env("LINKA_TWILIO_AUTH_TOKEN", "a token").output().expect("a run");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("prompts recorded: cs 1, en 0"), "{said}");
    assert!(said.contains("cs/destinatio.mp3 is never played") && said.contains("did you mean `destination`?"), "{said}");
}

#[test]
fn a_mistyped_folder_is_not_backed_up() {
    let shell = Shell::open();
    let typo = shell.data.path().join("typo");
    let copy = shell.data.path().join("copy.db");
    let (typo, copy) = (typo.display().to_string(), copy.display().to_string());
    let output = Command::new(env!("CARGO_BIN_EXE_linka")).args(["backup", &copy, "--data", &typo]).output().expect("a run");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(1) && said.contains(&typo) && said.contains("no database"), "{said}");
    assert!(!std::path::Path::new(&typo).exists() && !std::path::Path::new(&copy).exists(), "nothing was made");
}

#[test]
fn without_a_database_the_demo_answers_and_says_so() {
    let shell = Shell::open();
    let output = shell.run(&["check"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && said.contains("built-in demo") && said.contains("linka import lines FILE"), "{said}");
    assert!(!said.contains("not verified"), "nobody of the demo was asked: {said}");
    assert!(!shell.data.path().join("linka.db").exists());
}

#[test]
fn a_folder_s_own_lines_and_services_answer() {
    let shell = Shell::open();
    let lines = concat!(env!("CARGO_MANIFEST_DIR"), "/config/demo/lines.toml");
    assert!(shell.run(&["import", "lines", lines]).status.success());
    assert_eq!(shell.json(&["route", "--region", "CZ042", "--at", "2026-02-04T10:00:00+01:00", "--json"])["open"], Value::Bool(true));
    shell.refuses(&["ask", "azylový dům Most, muž"], 1, &["no services", "linka import services FILE"]);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the command keeps its changes by the machine's clock")]
fn who_was_on_duty_stays_true_after_a_change() {
    let shell = Shell::open();
    let lines = |who: &str, absence: &str| {
        let file = shell.data.path().join("lines.toml");
        let text = format!(
            "coordinator = \"jana\"\n[[operator]]\nid = \"jana\"\nname = \"Jana Vzorová\"\naddresses = [\"chat:jana\"]\n\
             [[operator]]\nid = \"petr\"\nname = \"Petr Smyšlený\"\naddresses = [\"chat:petr\"]\n\
             [[line]]\nid = \"stale\"\nname = {{ cs = \"Stále\", en = \"Always\" }}\nregions = [\"CZ042\"]\nholidays = false\n\
             hours = \"Mo-Su 00:00-24:00\"\n[[line.shift]]\noperator = \"{who}\"\nwindow = \"Mo-Su 00:00-24:00\"\n{absence}"
        );
        std::fs::write(&file, text).expect("a file");
        file.display().to_string()
    };
    let served = |at: &str| shell.json(&["route", "--region", "CZ042", "--at", at, "--json"])["on_duty"][0]["operator"].clone();
    assert!(shell.run(&["import", "lines", &lines("jana", "")]).status.success());
    let between = chrono::Utc::now();
    assert!(shell.run(&["import", "lines", &lines("petr", "")]).status.success());
    let after = chrono::Utc::now();
    let away = format!("[[absence]]\nid = \"a\"\noperator = \"petr\"\nfrom = {0}\nto = {0}\nsubstitute = \"jana\"\n", after.date_naive() + chrono::Days::new(2));
    assert!(shell.run(&["import", "lines", &lines("petr", &away)]).status.success());
    // Before anything was written, what was written first is the best that is known.
    assert_eq!(served("2026-02-04T10:00:00+01:00"), "jana");
    assert_eq!(served(&between.to_rfc3339()), "jana");
    assert_eq!(served(&after.to_rfc3339()), "petr");
    let noon = |days| format!("{}T12:00:00+01:00", after.date_naive() + chrono::Days::new(days));
    assert_eq!((served(&noon(2)), served(&noon(5))), (Value::from("jana"), Value::from("petr")));
    let told = shell.json(&["route", "--region", "CZ042", "--at", &noon(2), "--json"])["why"].to_string();
    assert!(told.contains("Petr má nepřítomnost do") && told.contains("zástup Jana → Jana do"), "{told}");
    // A slip in a name is refused whole, with what was probably meant.
    shell.refuses(&["import", "lines", &lines("Petr Smišlený", "")], 1, &["was not imported", "unknown operator `Petr Smišlený` — did you mean `Petr Smyšlený`?"]);
    // An import that contradicts what is stored is refused whole.
    let other = lines("jana", &away.replace("id = \"a\"", "id = \"b\""));
    shell.refuses(&["import", "lines", &other], 1, &["was not imported", "absence", "of Petr Smyšlený overlaps absence"]);
    assert_eq!(served(&noon(5)), "petr");
}

#[tokio::test]
async fn a_stored_chain_that_cannot_be_is_a_problem() {
    let shell = Shell::open();
    let lines = concat!(env!("CARGO_MANIFEST_DIR"), "/config/demo/lines.toml");
    assert!(shell.run(&["import", "lines", lines]).status.success());
    assert!(shell.run(&["check"]).status.success());
    let store = linka::store::Store::open(&format!("sqlite:{}", shell.data.path().join("linka.db").display())).await.expect("the database");
    let mut book = linka::app::stored_book(&store, None).await.expect("the lines");
    book.lines[0].escalation.steps.reverse();
    linka::app::save_book(&store, &book, linka::app::Clock::System.now(), "test").await.expect("a changed line");
    store.close().await;
    shell.refuses(&["check"], 1, &["problem: ", "escalation: nobody is asked after the coordinator"]);
}

#[test]
fn understanding_is_told_in_words_too() {
    let shell = Shell::open();
    let output = shell.run(&["understand", "klient z Plzně do Děčína, ubytování, jen ne do Mostu, muž s dětmi", "--at", "2026-02-04T09:00:00+01:00"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    for part in ["místo návratu: Děčín", "odkud: Plzeň", "tam ne: Most", "klient: muž, s dětmi", "potřeba: Bydlení"] {
        assert!(said.contains(part), "“{part}” is missing:\n{said}");
    }
    assert!(!said.contains("topic:"), "{said}");
}

#[test]
fn a_bad_line_is_named_and_the_rest_goes_on() {
    let shell = Shell::open();
    for command in ["place", "understand"] {
        let mut child = shell.command().args([command, "--json-lines"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("a run");
        let mut input = child.stdin.take().expect("its input");
        let writer = std::thread::spawn(move || {
            let long = vec![b'a'; 10 * 1_024 * 1_024];
            for part in [b"do Mostu\n".as_slice(), b"v Br\xecn\xff\n", &long, b"\n", b"do Kladna"] {
                input.write_all(part).expect("written texts");
            }
        });
        let output = child.wait_with_output().expect("an end");
        writer.join().expect("everything written");
        let lines: Vec<Value> = String::from_utf8(output.stdout).expect("UTF-8").lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        let names: Vec<_> = lines.iter().map(|line| line["destination"]["municipality"]["name"].as_str()).collect();
        assert_eq!(names, [Some("Most"), None, None, Some("Kladno")]);
        assert_eq!((&lines[1]["line"], lines[1]["error"].as_str()), (&Value::from(2), Some("line 2 is not UTF-8")));
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(1) && said.contains("1 line of 4") && said.contains("line 3 is longer"), "{said}");
    }
}

#[test]
fn an_argument_in_another_encoding_is_a_problem_of_the_input() {
    use std::os::unix::ffi::OsStrExt;
    let shell = Shell::open();
    let latin = std::ffi::OsStr::from_bytes(b"d\xecti Most");
    let output = shell.command().arg("place").arg(latin).output().expect("a run");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(1) && said.contains("not UTF-8"), "{:?}: {said}", output.status);
}

#[test]
fn a_problem_is_said_once() {
    let shell = Shell::open();
    let file = |name: &str, text: &str| {
        let path = shell.data.path().join(name);
        std::fs::write(&path, text).expect("a file");
        path.display().to_string()
    };
    let (broken, key) = (file("broken.toml", "[log\n"), file("key.toml", "[databse]\n"));
    let (lines, lexicon) = (file("lines.toml", "[[line]\n"), file("lexicon.toml", "[topic\n"));
    let with_lexicon = file("with.toml", "[files]\nlexicon = \"lexicon.toml\"\n");
    let gone = shell.data.path().join("gone.toml").display().to_string();
    let obce = file("obce.csv", "kod_obec,obec,kod_orp\r\nx,Most,4208\r\n");
    let services = file("services.csv", "name,kind,region\r\nDům,hostel,CZ999\r\n");
    let table: [(&[&str], &str); 7] = [
        (&["place", "x", "--config", &broken], "TOML parse error"),
        (&["place", "x", "--config", &key], "unknown field"),
        (&["place", "x", "--config", &gone], "cannot read the configuration"),
        (&["understand", "x", "--config", &with_lexicon], "line 1"),
        (&["import", "lines", &lines], "1:8: unclosed"),
        (&["import", "places", &obce], "line 2:"),
        (&["import", "services", &services], "line 2, column region"),
    ];
    for (arguments, part) in table {
        let said = String::from_utf8_lossy(&shell.run(arguments).stderr).into_owned();
        assert_eq!(said.matches(part).count(), 1, "{arguments:?}:\n{said}");
    }
    assert!(!lexicon.is_empty());
}

#[test]
fn nobody_of_the_line_is_blocked_by_a_slip() {
    let shell = Shell::open();
    let lines = concat!(env!("CARGO_MANIFEST_DIR"), "/config/demo/lines.toml");
    assert!(shell.run(&["import", "lines", lines]).status.success());
    let config = shell.data.path().join("linka.toml");
    std::fs::write(&config, "[phone]\npublic_url = \"https://linka.example\"\n[[phone.numbers]]\nnumber = \"+420228880001\"\nvoice = true\n").expect("a configuration");
    let config = config.display().to_string();
    let add = |number| ["block", "add", number, "--reason", "volá naprázdno", "--config", &config];
    shell.refuses(&["block", "add", "+2357*", "--reason", "volá naprázdno"], 1, &["--config FILE"]);
    for (slip, part) in [
        ("+4*", "the line's own number; write a longer beginning"),
        ("+420228880001", "is the line's own number"),
        ("+4207190001*", "would shut out operators (Eva, Hana, Jana and 13 more)"),
        ("+420719000101", "would shut out Jana, an operator; take the number out"),
    ] {
        shell.refuses(&add(slip), 1, &[slip, part]);
    }
    assert!(shell.run(&add("+2357*")).status.success());
}

#[test]
fn people_are_invited_by_a_code() {
    let shell = Shell::open();
    shell.refuses(&["operator", "invite", "jana"], 1, &["no operator has the id or the name “jana”", "no line is set up"]);
    shell.refuses(&["prison", "invite", "bel"], 1, &["no prison has the code BEL", "linka prison add"]);
    assert!(shell.run(&["import", "lines", "config/demo/lines.toml"]).status.success());
    assert!(shell.run(&["prison", "add", "BEL", "Věznice Bělušice"]).status.success());
    let jana = shell.json(&["operator", "invite", "jana vzorova", "--json"]);
    assert_eq!((jana["for"].as_str(), jana["uses_max"].as_i64()), (Some("Jana Vzorová"), Some(1)));
    let code = jana["code"].as_str().expect("a code");
    assert!(code.len() == 9 && jana["words"] == format!("kód {code}"), "{jana}");
    let prison = shell.json(&["prison", "invite", "bel", "--json"]);
    assert_eq!((prison["for"].as_str(), prison["uses_max"].as_i64()), (Some("Věznice Bělušice"), Some(100)));
    let said = String::from_utf8_lossy(&shell.run(&["operator", "invite", "petr"]).stdout).into_owned();
    assert!(said.contains("Petr Smyšlený") && said.contains("once") && said.contains("only now"), "{said}");
}

#[test]
fn a_prison_s_pin_is_not_replaced_by_a_slip() {
    let shell = Shell::open();
    let add = |more: &[&str]| {
        let output = shell.run(&[&["prison", "add", "bel"], more].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let list = || String::from_utf8_lossy(&shell.run(&["prison", "list"]).stdout).into_owned();
    let pin = |said: &str| said.split("PIN ").nth(1).and_then(|rest| rest.split_whitespace().next()).expect("a PIN").to_owned();
    assert!(list().contains("no prison is there"));
    shell.refuses(&["prison", "add", "BEL", "Věznice Bělušice", "--replace"], 1, &["no prison has the code BEL", "without --replace"]);
    let first = pin(&add(&["Věznice Bělušice"]));
    assert!(shell.run(&["prison", "phone", "add", "BEL", "+420719000601"]).status.success());
    shell.refuses(&["prison", "add", "bel", "Věznice Jiná"], 1, &["BEL is there already", "Věznice Bělušice", "--replace"]);
    assert_eq!(list(), "BEL  235  Věznice Bělušice  +420719000601\n");
    let second = pin(&add(&["Věznice Nová", "--replace"]));
    assert_ne!(first, second);
    assert_eq!(list(), "BEL  235  Věznice Nová  +420719000601\n");
}
