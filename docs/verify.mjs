#!/usr/bin/env node
// Checks an export of the journal, independently of the service: written from docs/audit.md, with nothing but Node's own modules.
//
//   node verify.mjs <export.ndjson or .ndjson.gz> --key <public.pem> [--key <older.pem>] [--checkpoint <file>]
//
// Exit code 0 good, 1 tampered (the first wrong entry is named), 2 unusable (it cannot be told).

import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto';
import { closeSync, createReadStream, openSync, readFileSync, readSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { createGunzip } from 'node:zlib';

const FORMAT = 'signal-to-order-export/1';
const LONGEST_LINE = 64 * 1024 * 1024;
const MOST_SIGNATURES = 16;
const MOST_CHECKPOINTS_EACH = 10_000;
const CANDIDATES = 50;
const LONGEST_NOTE = 65_536;
const TIME = /^[0-9TZ:.+-]{1,40}$/;
const FIELDS = {
  export: [['type', 'format', 'exportedAt', 'from', 'to', 'account', 'journals'], []],
  journal: [['type', 'account', 'origin', 'first', 'edge'], ['contradiction']],
  fact: [['type', 'account', 'seq', 'leafHash', 'raw'], ['canonical', 'canonicalBase64', 'contradicting']],
  checkpoint: [['type', 'account', 'note'], []],
  'journal-end': [['type', 'account', 'next', 'consistency', 'checkpoint'], []],
  end: [['type', 'facts', 'sha256'], []],
};

class Verdict extends Error {
  constructor(exitCode, account, seq, what) {
    super(what);
    Object.assign(this, { exitCode, account, seq, what });
  }
}
const tampered = (account, seq, what) => new Verdict(1, account, seq, what);
const unusable = (what) => new Verdict(2, null, null, what);

// --- Hashes of RFC 6962 ------------------------------------------------------------------------------------------------

const sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);
const leaf = (bytes) => sha256(LEAF, bytes);
const node = (left, right) => sha256(NODE, left, right);

/** A tree that grows at its right edge: [number of leaves, root] of each complete subtree, largest first. */
class Tree {
  constructor(size, roots) {
    this.size = size;
    this.edge = [];
    let rest = size;
    for (const root of roots) {
      let leaves = 1;
      while (leaves * 2 <= rest) leaves *= 2;
      this.edge.push([leaves, root]);
      rest -= leaves;
    }
    if (rest !== 0 || roots.length !== ones(size)) throw new RangeError('no edge of such a tree');
  }

  append(hash) {
    let subtree = [1, hash];
    while (this.edge.length > 0 && this.edge.at(-1)[0] === subtree[0]) {
      subtree = [subtree[0] * 2, node(this.edge.pop()[1], subtree[1])];
    }
    this.edge.push(subtree);
    this.size++;
  }

  root() {
    return this.edge.length === 0 ? sha256() : this.edge.map(([, hash]) => hash).reduceRight((right, left) => node(left, right));
  }
}

const ones = (number) => [...number.toString(2)].filter((digit) => digit === '1').length;

/** RFC 6962, section 2.1.4.2 of RFC 9162, by recursion: the pair of roots that a proof leads to, or null. */
function consistent(first, firstRoot, second, secondRoot, proof) {
  if (first > second) return false;
  if (first === second) return proof.length === 0 && firstRoot.equals(secondRoot);
  if (first === 0) return proof.length === 0;
  let used = proof.length;
  const roots = (m, n, whole) => {
    if (m === n) {
      if (whole) return [firstRoot, firstRoot];
      if (used === 0) throw new RangeError('too short');
      used--;
      return [proof[used], proof[used]];
    }
    let k = 1;
    while (k * 2 < n) k *= 2;
    if (used === 0) throw new RangeError('too short');
    const last = proof[--used];
    if (m <= k) {
      const [old, now] = roots(m, k, whole);
      return [old, node(now, last)];
    }
    const [old, now] = roots(m - k, n - k, false);
    return [node(last, old), node(last, now)];
  };
  try {
    const [old, now] = roots(first, second, true);
    return used === 0 && old.equals(firstRoot) && now.equals(secondRoot);
  } catch (e) {
    if (e instanceof RangeError) return false;
    throw e;
  }
}

// --- Signed checkpoints (C2SP signed-note and tlog-checkpoint) -----------------------------------------------------------

function base64(text, length) {
  if (typeof text !== 'string') return null;
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text && (length === undefined || bytes.length === length) ? bytes : null;
}

export function publicKey(pem) {
  const key = createPublicKey(pem);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('no Ed25519 key');
  return { key, raw: Buffer.from(key.export({ format: 'jwk' }).x, 'base64url') };
}

/** The checkpoint of a note with a good signature of one of the keys, or null. */
export function open(note, keys) {
  const blank = note.lastIndexOf('\n\n');
  if (blank < 0 || !note.endsWith('\n')) return null;
  const text = note.slice(0, blank + 1);
  const signatures = note.slice(blank + 2, -1).split('\n');
  const [origin, size, rootText, rest, ...more] = text.split('\n');
  const root = base64(rootText, 32);
  if (!origin || !/^(0|[1-9][0-9]{0,17})$/.test(size ?? '') || !root || rest !== '' || more.length > 0) return null;
  if (!Number.isSafeInteger(Number(size)) || signatures.length > MOST_SIGNATURES) return null;
  for (const { key, raw } of keys) {
    const id = sha256(origin, '\n', Buffer.from([1]), raw).subarray(0, 4);
    let good = false;
    let bad = false;
    for (const line of signatures) {
      if (!line.startsWith('\u2014 ')) bad = true;
      if (!line.startsWith(`\u2014 ${origin} `)) continue;
      const both = base64(line.slice(origin.length + 3)) ?? Buffer.alloc(0);
      if (both.length > 4 && both.subarray(0, 4).equals(id)) {
        if (verifySignature(null, Buffer.from(text), key, both.subarray(4))) good = true;
        else bad = true;
      }
    }
    if (good && !bad) return { origin, size: Number(size), root };
  }
  return null;
}

/** What a note says, whoever signed it, and whether a signature says to be one of the keys': then it is worth opening. */
function unopened(note, keys) {
  const [origin, size] = note.split('\n', 2);
  const number = Number(size);
  if (!origin || !note.includes('\n\n') || !/^(0|[1-9][0-9]{0,17})$/.test(size ?? '') || !Number.isSafeInteger(number)) return null;
  const ids = keys.map(({ raw }) => sha256(origin, '\n', Buffer.from([1]), raw).subarray(0, 4));
  const start = `\u2014 ${origin} `;
  const claims = note.split('\n').some((line) => {
    const both = line.startsWith(start) ? base64(line.slice(start.length)) : null;
    return both !== null && both.length > 4 && ids.some((id) => both.subarray(0, 4).equals(id));
  });
  return claims ? { origin, size: number } : null;
}

/** Notes that stand one after the other. */
async function* notesOf(chunks) {
  let note = '';
  let signed = false;
  for await (const { bytes } of lines(chunks)) {
    const line = bytes.toString('utf8');
    const signature = line.startsWith('\u2014 ');
    if (signed && !signature) {
      yield note;
      note = '';
    }
    signed = signature;
    if (note !== '' || line !== '') note += line + '\n';
    if (note.length > LONGEST_NOTE) throw unusable('the checkpoint file holds no checkpoints: a note is too long');
  }
  if (note) yield note;
}

/** Takes one note in; of more than so many sizes the smallest goes. */
class Newest {
  constructor(most) {
    this.most = most;
    this.bySize = new Map();
  }

  add(size, note) {
    const same = this.bySize.get(size);
    if (same) {
      same.add(note);
      return;
    }
    this.bySize.set(size, new Set([note]));
    // Sorted out now and then: each time would take as long as there are many.
    if (this.bySize.size > 2 * this.most) this.cut();
  }

  cut() {
    this.bySize = new Map([...this.bySize].sort(([a], [b]) => a - b).slice(-this.most));
    return this.bySize;
  }
}

/**
 * Kept checkpoints by origin and size: of each origin the newest that lie in the export, and the largest of all, which tells how many
 * facts there are at least. Only signatures of these are checked. `parts`: what partsOf() found; of an origin without one all are kept.
 */
export async function keptCheckpoints(chunks, keys, parts = new Map()) {
  const found = new Map();
  let any = false;
  for await (const note of notesOf(chunks)) {
    any ||= note.includes('\n\n');
    const says = unopened(note, keys);
    if (!says) continue;
    const { inPart, largest } = found.get(says.origin) ?? { inPart: new Newest(MOST_CHECKPOINTS_EACH), largest: new Newest(CANDIDATES) };
    found.set(says.origin, { inPart, largest });
    const part = parts.get(says.origin);
    if (!part || (says.size >= part.first && says.size <= part.next) || says.size === part.head) inPart.add(says.size, note);
    largest.add(says.size, note);
  }
  if (!any) throw unusable('the checkpoint file holds no checkpoint');
  const kept = new Map();
  const take = (notes) => {
    let good = false;
    for (const note of notes) {
      const checkpoint = open(note, keys);
      if (!checkpoint) continue;
      good = true;
      const bySize = kept.get(checkpoint.origin) ?? new Map();
      kept.set(checkpoint.origin, bySize);
      const other = bySize.get(checkpoint.size);
      if (other && !other.root.equals(checkpoint.root)) throw tampered(null, null, `fork: two checkpoints of ${checkpoint.origin} with size ${checkpoint.size}`);
      bySize.set(checkpoint.size, checkpoint);
    }
    return good;
  };
  for (const { inPart, largest } of found.values()) {
    for (const notes of inPart.cut().values()) take(notes);
    for (const notes of [...largest.cut().values()].reverse()) {
      if (take(notes)) break;
    }
  }
  if (kept.size === 0) throw tampered(null, null, 'no checkpoint of the checkpoint file has a good signature of the key');
  return kept;
}

const BEGIN = Buffer.from('"type":"journal"}');
const END = Buffer.from('"type":"journal-end"}');

/** Which facts of which log an export holds, as its own lines say: by origin. What is odd is left to the check. */
async function partsOf(chunks) {
  const parts = new Map();
  let begin = null;
  try {
    for await (const { bytes } of lines(chunks)) {
      if (bytes.subarray(-BEGIN.length).equals(BEGIN)) {
        begin = JSON.parse(bytes.toString('utf8'));
      } else if (begin && bytes.subarray(-END.length).equals(END)) {
        const end = JSON.parse(bytes.toString('utf8'));
        const head = Number(text(end.checkpoint).split('\n')[1] ?? end.next);
        parts.set(begin.origin, parts.has(begin.origin) ? { first: 0, next: Infinity, head } : { first: begin.first, next: end.next, head });
        begin = null;
      }
    }
  } catch {
    // Told by the check that follows.
  }
  return parts;
}

// --- Lines ---------------------------------------------------------------------------------------------------------------

/** RFC 8785 for what an export holds: JSON.stringify is its definition, with keys in order. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}

async function* lines(chunks) {
  let parts = [];
  let length = 0;
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      parts.push(chunk.subarray(from, at));
      yield { bytes: parts.length === 1 ? parts[0] : Buffer.concat(parts), whole: true };
      parts = [];
      length = 0;
      from = at + 1;
    }
    if (from < chunk.length) {
      parts.push(chunk.subarray(from));
      length += chunk.length - from;
      if (length > LONGEST_LINE) throw unusable('a line is longer than 64 MiB');
    }
  }
  if (parts.length > 0) yield { bytes: Buffer.concat(parts), whole: false };
}

/** Whether a line has the fields of its type and no others. */
function fits(line) {
  if (!Object.hasOwn(FIELDS, line.type)) return false;
  const [required, optional] = FIELDS[line.type];
  return required.every((field) => field in line)
    && Object.keys(line).every((field) => required.includes(field) || optional.includes(field))
    && ['journals', 'edge', 'consistency'].every((list) => !(list in line) || Array.isArray(line[list]))
    && ['from', 'to'].every((time) => !(time in line) || line[time] === null || (typeof line[time] === 'string' && TIME.test(line[time])))
    && (!('checkpoint' in line) || line.checkpoint === null || typeof line.checkpoint === 'string');
}

class Reader {
  constructor(chunks) {
    this.lines = lines(chunks);
    this.digest = createHash('sha256');
    this.number = 0;
    this.previous = null;
  }

  /** The next line: its object, or null when it is not in the one form that an export has; undefined at the end. */
  async next() {
    if (this.previous) this.digest.update(this.previous).update('\n');
    this.previous = null;
    const { value, done } = await this.lines.next();
    if (done) return undefined;
    this.number++;
    this.previous = value.bytes;
    try {
      const text = value.bytes.toString('utf8');
      const object = JSON.parse(text);
      const same = Buffer.from(canonical(object)).equals(value.bytes);
      return value.whole && same && object !== null && typeof object === 'object' && !Array.isArray(object) ? object : null;
    } catch (e) {
      if (e instanceof SyntaxError) return null;
      throw e;
    }
  }

  hashBefore() {
    return this.digest.copy().digest('hex');
  }
}

// --- One journal -----------------------------------------------------------------------------------------------------------

class Journal {
  constructor(line, account, keys, kept) {
    this.account = account;
    this.keys = keys;
    this.origin = text(line.origin);
    this.kept = kept.get(this.origin) ?? new Map();
    this.first = this.whole(line.first, 'first');
    if ('contradiction' in line) throw tampered(account, null, `the exporter says: ${line.contradiction}`);
    const edge = this.hashes(line.edge);
    try {
      this.tree = new Tree(this.first, edge);
    } catch (e) {
      if (e instanceof RangeError) throw tampered(account, this.first, 'the edge before the first fact is damaged');
      throw e;
    }
    this.covered = 0;
    this.agreeing = 0;
    this.keptAgreeing = 0;
    this.disputed = false; // a kept checkpoint that the facts up to here do not lead to
    this.compareKept();
  }

  wrong(seq, what) {
    return tampered(this.account, seq, what);
  }

  whole(number, field) {
    if (!Number.isSafeInteger(number) || number < 0) throw this.wrong(null, `"${field}" is damaged`);
    return number;
  }

  hashes(texts) {
    return (Array.isArray(texts) ? texts : []).map((each) => {
      const hash = base64(each, 32);
      if (!hash) throw this.wrong(null, 'a hash of a proof is damaged');
      return hash;
    });
  }

  fact(line) {
    this.settleDispute(null);
    const expected = this.tree.size;
    if (text(line.account) !== this.account) throw this.wrong(expected, 'a fact of another account stands here');
    const seq = this.whole(line.seq, 'seq');
    if (seq < expected) throw this.wrong(seq, 'is here a second time, or out of order');
    if (seq > expected) throw this.wrong(expected, 'is missing here: deleted, or out of order');
    const bytes = 'canonical' in line ? Buffer.from(text(line.canonical)) : base64(line.canonicalBase64);
    if (!bytes) throw this.wrong(seq, 'its bytes are damaged');
    const hash = base64(line.leafHash, 32);
    if (!hash) throw this.wrong(seq, 'its hash is damaged');
    if (!hash.equals(leaf(bytes))) throw this.wrong(seq, 'was changed: its bytes do not have its hash');
    this.placeAndRaw(line, seq, bytes);
    if ('contradicting' in line) throw this.wrong(seq, `was changed in the database: columns that contradict its bytes: ${line.contradicting}`);
    this.tree.append(hash);
    this.compareKept();
  }

  placeAndRaw(line, seq, bytes) {
    let fact;
    try {
      fact = JSON.parse(bytes.toString('utf8'));
    } catch {
      throw this.wrong(seq, 'was changed: its bytes are no JSON');
    }
    if (fact?.account !== this.account || fact?.seq !== seq) {
      throw this.wrong(seq, 'belongs to another place: its bytes name another account or number');
    }
    const raw = line.raw === null ? null : base64(line.raw);
    const same = line.raw === null ? fact.rawSha256 === null : raw !== null && sha256(raw).toString('hex') === fact.rawSha256;
    if (!same) throw this.wrong(seq, 'was changed: its raw bytes do not have the hash in its bytes');
  }

  open(note) {
    const checkpoint = typeof note === 'string' ? open(note, this.keys) : null;
    if (!checkpoint || checkpoint.origin !== this.origin) {
      throw this.wrong(this.tree.size, `the checkpoint before it has no good signature of the key for ${this.origin}`);
    }
    return checkpoint;
  }

  checkpoint(line) {
    const checkpoint = this.open(line.note);
    if (text(line.account) !== this.account || checkpoint.size !== this.tree.size) {
      throw this.wrong(this.tree.size, 'a checkpoint of another place stands before it');
    }
    this.settleDispute(checkpoint);
    this.compare(checkpoint);
  }

  compareKept() {
    const here = this.kept.get(this.tree.size);
    if (here && !here.root.equals(this.tree.root())) this.disputed = true;
    else if (here) {
      this.compare(here);
      this.keptAgreeing++;
    }
  }

  /** Facts that do not lead to a kept checkpoint were changed; or they were signed as well: then two histories were signed. */
  settleDispute(signed) {
    if (!this.disputed) return;
    if (signed && signed.size === this.tree.size && signed.root.equals(this.tree.root())) throw this.fork(signed.size);
    throw this.otherRoot();
  }

  compare(checkpoint) {
    if (!checkpoint.root.equals(this.tree.root())) {
      const kept = this.kept.get(checkpoint.size);
      if (kept && !kept.root.equals(checkpoint.root)) throw this.fork(checkpoint.size);
      throw this.otherRoot();
    }
    this.covered = this.tree.size;
    this.agreeing++;
  }

  otherRoot() {
    return this.wrong(this.covered, `this or a later fact, up to ${this.tree.size - 1}, was changed: they do not have the root that was signed`);
  }

  fork(size) {
    return this.wrong(this.covered, `fork: two checkpoints of ${size} facts with different roots`);
  }

  end(line, open) {
    const size = this.tree.size;
    if (this.whole(line.next, 'next') !== size || text(line.account) !== this.account) {
      throw this.wrong(size, "is missing: the facts end here, and the journal's part does not");
    }
    let attested = size;
    if (typeof line.checkpoint === 'string') {
      const head = this.open(line.checkpoint);
      attested = head.size;
      this.settleDispute(head);
      if (head.size < size || (open && head.size !== size)) throw this.wrong(size, `the newest checkpoint is one of ${head.size} facts`);
      if (head.size === size) this.compare(head);
      if (!consistent(size, this.tree.root(), head.size, head.root, this.hashes(line.consistency))) {
        throw this.wrong(this.covered, `this or a later fact, up to ${size - 1}, was changed: they do not lead to the checkpoint`);
      }
      this.covered = size;
      const same = this.kept.get(head.size);
      if (same && !same.root.equals(head.root)) throw this.fork(head.size);
      if (same && head.size > size) this.keptAgreeing++;
    }
    this.settleDispute(null);
    const largest = [...this.kept.keys()].reduce((a, b) => Math.max(a, b), 0);
    const atLeast = Math.max(attested, largest);
    if (open && atLeast > attested) {
      throw this.wrong(attested, `is missing: a checkpoint that was kept attests ${atLeast} facts. The tail was cut off, or the export is older than that checkpoint`);
    }
    if (this.covered < size) throw unusable(`the facts of ${this.account} from ${this.covered} on are under no signed checkpoint`);
    return this.said(size, attested, atLeast, largest);
  }

  /** What is good, and how far it goes: beyond its end a part proves nothing. */
  said(size, attested, atLeast, largest) {
    if (this.keptAgreeing === 0 && this.kept.size > 0 && size > this.first) {
      throw unusable(`no kept checkpoint of ${this.account} can be compared: the export holds its facts ${this.first} to ${size - 1},`
        + ` and none that was kept ends in them; the largest attests ${largest} facts`);
    }
    const facts = size === this.first ? 'no facts here' : `${size - this.first} facts, ${this.first} to ${size - 1}, good`;
    const kept = this.kept.size === 0 ? '' : `; kept checkpoints that agree: ${this.keptAgreeing}`;
    const end = size === 0 ? `; none of at least ${atLeast}` : `; only up to fact ${size - 1} of at least ${atLeast}`;
    return `${this.account}: ${facts}; under ${this.agreeing} checkpoints, the newest of ${attested} facts${kept}${atLeast === size ? '' : end}`;
  }
}

const text = (value) => (typeof value === 'string' ? value : '');

// --- The export ----------------------------------------------------------------------------------------------------------

async function check(chunks, keys, kept) {
  const reader = new Reader(chunks);
  let account = null;
  let journal = null;
  const wrong = (what) => tampered(account, journal ? journal.tree.size : null, what);
  const next = async () => {
    const line = await reader.next();
    if (line === undefined) throw wrong('the export was cut off here');
    if (line === null || !fits(line)) throw wrong(`line ${reader.number} was changed`);
    return line;
  };

  const header = await reader.next();
  if (header === undefined) throw unusable('the export is empty');
  if (header?.type !== 'export') {
    const second = await reader.next();
    throw second?.type === 'journal' ? wrong('the first line was changed') : unusable('this is no export');
  }
  if (header.format !== FORMAT) throw unusable(`its format is not ${FORMAT}`);
  if (!fits(header)) throw wrong('the first line was changed');
  const found = [];
  const origins = new Set();
  let facts = 0;
  for (const name of Array.isArray(header.journals) ? header.journals : []) {
    account = text(name);
    const begin = await next();
    if (begin.type !== 'journal' || begin.account !== account) throw wrong('the part of this journal is missing');
    journal = new Journal(begin, account, keys, kept);
    if (header.from === null && journal.first !== 0) throw tampered(account, 0, 'is missing: the export begins later');
    origins.add(journal.origin);
    for (let line = await next(); ; line = await next()) {
      if (line.type === 'fact') {
        journal.fact(line);
        facts++;
      } else if (line.type === 'checkpoint') {
        journal.checkpoint(line);
      } else if (line.type === 'journal-end') {
        found.push(journal.end(line, header.to === null));
        break;
      } else {
        throw wrong(`line ${reader.number} does not belong here`);
      }
    }
    journal = null;
  }
  account = null;
  if (found.length === 0) throw unusable('it holds no journal');
  const end = await next();
  if (end.type !== 'end' || end.facts !== facts || end.sha256 !== reader.hashBefore()) {
    throw wrong(`line ${reader.number} is no end that fits what stands before it`);
  }
  if ((await reader.next()) !== undefined) throw wrong('something follows the end of the export');
  if (header.account === null) {
    for (const origin of kept.keys()) {
      if (!origins.has(origin)) throw wrong(`the journal ${origin}, of which a checkpoint was kept, is missing`);
    }
  }
  const part = [];
  if (header.from !== null) part.push(`recorded from ${header.from} on`);
  if (header.to !== null) part.push(`recorded before ${header.to}`);
  if (header.account !== null) part.push(`account ${text(header.account)}`);
  return { found, part: part.join(', ') };
}

/** Checks an export. `chunks`: buffers, in order; `kept`: what keptCheckpoints() returned, or an empty map. */
export async function verify(chunks, keys, kept) {
  try {
    const { found, part } = await check(chunks, keys, kept);
    return { exitCode: 0, account: null, seq: null, what: part === '' ? 'good' : `good as a part: ${part}`, found };
  } catch (e) {
    if (e instanceof Verdict) return e;
    throw e;
  }
}

async function main(words) {
  const files = [];
  const keyFiles = [];
  let checkpointFile = null;
  for (let i = 0; i < words.length; i++) {
    if (words[i] === '--key') keyFiles.push(words[++i]);
    else if (words[i] === '--checkpoint') checkpointFile = words[++i];
    else files.push(words[i]);
  }
  if (files.length !== 1 || keyFiles.length === 0) throw unusable('usage: verify.mjs <export.ndjson> --key <public.pem> [--checkpoint <file>]');
  const keys = keyFiles.map((file) => publicKey(readFileSync(file)));
  const kept = checkpointFile === null ? new Map()
    : await keptCheckpoints(createReadStream(checkpointFile), keys, await partsOf(unpacked(files[0])));
  return verify(unpacked(files[0]), keys, kept);
}

/** The file's bytes; archives are kept compressed, which their first two bytes tell. */
function unpacked(file) {
  const begin = Buffer.alloc(2);
  const descriptor = openSync(file, 'r');
  readSync(descriptor, begin);
  closeSync(descriptor);
  const bytes = createReadStream(file);
  if (begin[0] !== 0x1f || begin[1] !== 0x8b) return bytes;
  const plain = createGunzip();
  bytes.on('error', (e) => plain.destroy(e));
  return bytes.pipe(plain);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  let verdict;
  try {
    verdict = await main(process.argv.slice(2));
  } catch (e) {
    verdict = e instanceof Verdict ? e : unusable(e.message);
  }
  // Names in an export are its maker's: they must not look like lines of ours.
  const printable = (line) => line.replace(/[\u0000-\u001f\u007f]/g, '?');
  for (const line of verdict.found ?? []) console.log(printable(line));
  const place = (verdict.account === null ? '' : `account ${verdict.account}, `) + (verdict.seq === null ? '' : `seq ${verdict.seq}: `);
  if (verdict.exitCode === 0) console.log(printable(verdict.what));
  else if (verdict.exitCode === 1) console.log(printable(`tampered: ${place}${verdict.what}`));
  else console.error(printable(`unusable: ${verdict.what}`));
  process.exitCode = verdict.exitCode;
}
