// The official npm library's own typings as a judge of every document a call is told:
//   node judge.mjs FOLDER     judges FOLDER/*.xml; exits with 1 and names file and fault
// The rules are read from lib/twiml/VoiceResponse.d.ts: its methods say which element may stand
// in which, its interfaces which attributes there are, its literal types which values they take.

import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { SaxesParser } from 'saxes';

const BYTES_MAX = 64 * 1024;
const SAY_CHARACTERS_MAX = 4096;
const METHODS = ['GET', 'POST'];
const KEY = /^[0-9*#]*$/;
const ADDRESSES = ['action', 'url', 'statusCallback', 'recordingStatusCallback'];

const element = (name) => (name.startsWith('Ssml') ? name.slice(4).replace(/\B[A-Z]/g, '-$&').toLowerCase() : name);

/** Reads the typings into { values, attributes, children }. */
function rules(source) {
  const values = {};
  for (const [, name, union] of source.matchAll(/^\s*type (\w+) = ([^;]+);/gm)) {
    values[name] = new Set([...union.matchAll(/"([^"]*)"/g)].map(([, value]) => value));
  }
  // An interface of one name may be written several times; it then has all their members.
  const attributes = {};
  for (const [, name, body] of source.matchAll(/^\s*export interface (\w+)Attributes \{([^}]*)\}/gm)) {
    const members = (attributes[name] ??= {});
    for (const [, key, type] of body.matchAll(/^\s*"?([\w:-]+)"?\?: ([^;]+);/gm)) members[key] = type.trim();
  }
  // A method adds an element of the class it returns; those of SSML are written in lower case.
  const children = {};
  for (const [, name, body] of source.matchAll(/^\s*(?:declare|export) class (\w+) extends TwiML \{([\s\S]*?)^\s*\}$/gm)) {
    const inside = (children[name === 'VoiceResponse' ? 'Response' : name] ??= new Map());
    for (const [, result] of body.matchAll(/^\s*\w+\([^;]*\): VoiceResponse\.(\w+);/gm)) inside.set(element(result), result);
  }
  return { values, attributes, children };
}

/** Says what is wrong with a value of a type; nothing where it fits. */
function misfit(type, value, { values }) {
  if (type === 'number') return /^\d+$/.test(value) ? null : 'is no number';
  if (type === 'boolean') return ['true', 'false'].includes(value) ? null : 'is neither true nor false';
  const [, name, list] = /^(\w+)(\[\])?$/.exec(type) ?? [];
  if (!values[name]) return type === 'string' || type === 'object' ? null : `has a type the judge does not know: ${type}`;
  const told = list ? value.split(' ') : [value];
  const stranger = told.find((one) => !values[name].has(one));
  return stranger === undefined ? null : `is not one of ${name}`;
}

const address = (text) => URL.canParse(text) && /^https?:/.test(text);

/** What typings call a string and the documentation narrows. */
function narrower(element, key, value) {
  if (/method$/i.test(key) && !METHODS.includes(value)) return 'is neither GET nor POST';
  if (key === 'finishOnKey' && !KEY.test(value)) return 'is no key';
  if (ADDRESSES.includes(key) && !address(value)) return 'is no absolute address';
  return null;
}

/** Judges one document; returns its faults. */
function faults(xml, known) {
  const found = [];
  if (Buffer.byteLength(xml) > BYTES_MAX) found.push('larger than 64 kB');
  const parser = new SaxesParser({ position: true });
  const open = [];
  parser.on('error', (error) => found.push(`not well formed: ${error.message}`));
  parser.on('opentag', ({ name, attributes }) => {
    const parent = open.at(-1);
    const kind = parent ? known.children[parent.kind]?.get(name) : name === 'Response' ? 'Response' : undefined;
    if (!kind) found.push(parent ? `<${name}> may not stand in <${parent.name}>` : `<${name}> is no document`);
    for (const [key, value] of Object.entries(attributes)) {
      const type = known.attributes[kind]?.[key];
      const fault = type ? (misfit(type, value, known) ?? narrower(name, key, value)) : 'is not known';
      if (kind && fault) found.push(`${key}="${value}" of <${name}> ${fault}`);
    }
    open.push({ name, kind, text: '', inside: 0 });
    if (parent) parent.inside += 1;
  });
  parser.on('text', (text) => open.at(-1) && (open.at(-1).text += text));
  parser.on('closetag', () => {
    const { name, text, inside } = open.pop();
    if (name === 'Say' && !text.trim() && !inside) found.push('<Say> says nothing');
    if (name === 'Say' && [...text].length > SAY_CHARACTERS_MAX) found.push('<Say> says too much');
    if (['Play', 'Redirect'].includes(name) && !address(text)) found.push(`<${name}> leads to no absolute address`);
    if (name === 'Number' && !/^\+\d{6,15}$/.test(text)) found.push('<Number> is none');
    if (['Response', 'Gather', 'Dial'].includes(name) && inside && text.trim()) found.push(`words between the elements of <${name}>`);
  });
  try {
    parser.write(xml).close();
  } catch (error) {
    found.push(`not well formed: ${error.message}`);
  }
  return found;
}

/** Documents a judge must refuse; if one passes, the judge sleeps. */
const BROKEN = [
  '<Response><Hangup></Response>',
  '<Response><Say>a & b</Say></Response>',
  '<Response><Say voice="Google.cs-CZ-Wavenet-Z">a</Say></Response>',
  '<Response><Say language="cz">a</Say></Response>',
  '<Response><Say></Say></Response>',
  '<Response><Gather><Dial>+420719000001</Dial></Gather></Response>',
  '<Response><Gather numDigits="one"/></Response>',
  '<Response><Gather input="keys"/></Response>',
  '<Response><Gather actionOnEmptyResult="yes"/></Response>',
  '<Response><Gather action="/step"/></Response>',
  '<Response><Dial><Say>a</Say></Dial></Response>',
  '<Response><Dial><Number statusCallbackEvent="initiated, answered">+420719000001</Number></Dial></Response>',
  '<Response><Dial ringTone="cs"/></Response>',
  '<Response><Record trim="yes"/></Response>',
  '<Response><Record recordingStatusCallbackEvent="done"/></Response>',
  '<Response><Reject reason="no"/></Response>',
  '<Response><Redirect method="PUT">https://line.example.org/</Redirect></Response>',
  '<Response><Redirect>step</Redirect></Response>',
  '<Response><Hello/></Response>',
  '<Response><Hangup now="true"/></Response>',
  '<Say>a</Say>',
  '',
];
const SOUND = '<Response><Gather input="dtmf" numDigits="1"><Say voice="Google.cs-CZ-Wavenet-A">a <say-as interpret-as="characters">1</say-as></Say><Pause length="1"/></Gather></Response>';

const folder = process.argv[2];
const library = dirname(createRequire(import.meta.url).resolve('twilio'));
const known = rules(readFileSync(join(library, 'twiml/VoiceResponse.d.ts'), 'utf8'));
const slept = [...BROKEN.filter((xml) => faults(xml, known).length === 0), ...faults(SOUND, known)];
if (slept.length > 0) {
  console.error('the judge sleeps over', slept);
  process.exit(1);
}
const files = readdirSync(folder).filter((name) => name.endsWith('.xml')).sort();
const judged = files.map((name) => [name, faults(readFileSync(join(folder, name), 'utf8'), known)]);
for (const [name, found] of judged) for (const fault of found) console.error(`${basename(name)}: ${fault}`);
if (files.length === 0) console.error(`no documents in ${folder}`);
if (files.length === 0 || judged.some(([, found]) => found.length > 0)) process.exit(1);
console.log(`the npm library's typings allow ${files.length} documents; ${BROKEN.length} broken ones were refused`);
