// The same dialogue as a line on Express with the official library: each request is verified, written
// durably with its answer, and a repeat gets the answer it got.
//
//   node server.js PORT FILE        (PUBLIC_URL and AUTH_TOKEN in the environment)

import Database from "better-sqlite3";
import express from "express";
import twilio from "twilio";

const [port, file] = process.argv.slice(2);
const { PUBLIC_URL: base, AUTH_TOKEN: token } = process.env;

const db = new Database(file);
db.pragma("journal_mode = WAL");
db.pragma("synchronous = FULL");
db.exec("create table event (key text primary key, at text, kind text, sender text, body text) without rowid");
db.exec("create table reply (key text primary key, document text) without rowid");
const known = db.prepare("select document from reply where key = ?").pluck();
const event = db.prepare("insert into event values (?, ?, ?, ?, ?)");
const reply = db.prepare("insert into reply values (?, ?)");
const store = db.transaction((key, kind, form, document) => {
  const before = known.get(key);
  if (before !== undefined) return before;
  event.run(key, new Date().toISOString(), kind, form.From, form.Digits ?? form.Body ?? "");
  reply.run(key, document);
  return document;
});

const app = express();
app.disable("x-powered-by");
app.disable("etag");
app.use(express.urlencoded({ extended: false }));
app.use("/twilio", (request, response, next) => {
  const signature = request.get("x-twilio-signature");
  if (!signature) return response.status(400).send("not signed");
  if (!twilio.validateRequest(token, signature, base + request.originalUrl, request.body)) return response.status(403).send("wrong signature");
  next();
});

const question = (sid, n) => {
  const voice = new twilio.twiml.VoiceResponse();
  const action = `${base}/twilio/voice/step?c=${sid}&n=${n}`;
  const gather = voice.gather({ input: "dtmf", numDigits: 1, finishOnKey: "", timeout: 6, actionOnEmptyResult: true, method: "POST", action });
  gather.say({ language: "cs-CZ", voice: "Google.cs-CZ-Wavenet-A" }, `Otázka ${n}. Bydlení: jedna. Práce: dva. Dluhy: tři. Doklady: čtyři. Operátor: nula.`);
  voice.redirect({ method: "POST" }, `${action}&ev=silence`);
  return voice.toString();
};
const answer = (response, document) => response.type("text/xml").send(document);

app.post("/twilio/voice", ({ body }, response) => {
  answer(response, store(`voice:${body.CallSid}:called`, "called", body, question(body.CallSid, 1)));
});
app.post("/twilio/voice/step", ({ body, query }, response) => {
  answer(response, store(`voice:${body.CallSid}:${query.n}`, "keys", body, question(body.CallSid, Number(query.n) + 1)));
});
app.post("/twilio/sms", ({ body }, response) => {
  answer(response, store(`sms:${body.MessageSid}`, "text", body, new twilio.twiml.MessagingResponse().toString()));
});
app.listen(Number(port), "127.0.0.1");
