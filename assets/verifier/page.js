"use strict";
// The reading of a paper, as `kiosk/services/check` does it; what is shown stands further down.
// Everything is computed here: nothing is fetched and nothing is sent.

const told = JSON.parse(document.getElementById("told").textContent);

// --- SHA-2 (FIPS 180-4): crypto.subtle is not there on every phone's address of a file ------------

const Sha2 = (() => {
  const primes = [];
  for (let n = 2; primes.length < 80; n++) if (primes.every(p => n % p)) primes.push(n);
  // The first 64 bits of the fractional part of a root, by Newton's steps in whole numbers.
  const root = (value, k) => {
    let x = 1n << BigInt(Math.ceil(value.toString(2).length / Number(k)) + 1);
    for (;;) {
      const y = ((k - 1n) * x + value / x ** (k - 1n)) / k;
      if (y >= x) return x;
      x = y;
    }
  };
  const fraction = (p, k) => root(BigInt(p) << (64n * k), k) & 0xffffffffffffffffn;
  const H512 = primes.slice(0, 8).map(p => fraction(p, 2n)), K512 = primes.map(p => fraction(p, 3n));
  const H256 = H512.map(each => Number(each >> 32n)), K256 = K512.slice(0, 64).map(each => Number(each >> 32n));
  const padded = (bytes, block, length) => {
    const whole = new Uint8Array(Math.ceil((bytes.length + 1 + length) / block) * block);
    whole.set(bytes);
    whole[bytes.length] = 0x80;
    new DataView(whole.buffer).setBigUint64(whole.length - 8, BigInt(bytes.length) * 8n);
    return new DataView(whole.buffer);
  };
  const sha256 = bytes => {
    const view = padded(bytes, 64, 8), h = Int32Array.from(H256), w = new Int32Array(64);
    const turn = (x, n) => (x >>> n) | (x << (32 - n));
    for (let at = 0; at < view.byteLength; at += 64) {
      for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + 4 * i);
      for (let i = 16; i < 64; i++) {
        const a = w[i - 15], b = w[i - 2];
        w[i] = w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
      }
      let [a, b, c, d, e, f, g, k] = h;
      for (let i = 0; i < 64; i++) {
        const one = (k + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K256[i] + w[i]) | 0;
        const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        k = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
      }
      [a, b, c, d, e, f, g, k].forEach((each, i) => { h[i] += each; });
    }
    const out = new DataView(new ArrayBuffer(32));
    h.forEach((each, i) => out.setInt32(4 * i, each));
    return new Uint8Array(out.buffer);
  };
  const sha512 = bytes => {
    const view = padded(bytes, 128, 16), h = BigUint64Array.from(H512), w = new BigUint64Array(80);
    const turn = (x, n) => BigInt.asUintN(64, (x >> n) | (x << (64n - n)));
    for (let at = 0; at < view.byteLength; at += 128) {
      for (let i = 0; i < 16; i++) w[i] = view.getBigUint64(at + 8 * i);
      for (let i = 16; i < 80; i++) {
        const a = w[i - 15], b = w[i - 2];
        w[i] = w[i - 16] + (turn(a, 1n) ^ turn(a, 8n) ^ (a >> 7n)) + w[i - 7] + (turn(b, 19n) ^ turn(b, 61n) ^ (b >> 6n));
      }
      let [a, b, c, d, e, f, g, k] = h;
      for (let i = 0; i < 80; i++) {
        const not = e ^ 0xffffffffffffffffn;
        const one = k + (turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n)) + ((e & f) ^ (not & g)) + K512[i] + w[i];
        const two = (turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c));
        k = g; g = f; f = e; e = BigInt.asUintN(64, d + one); d = c; c = b; b = a; a = BigInt.asUintN(64, one + two);
      }
      [a, b, c, d, e, f, g, k].forEach((each, i) => { h[i] += each; });
    }
    const out = new DataView(new ArrayBuffer(64));
    h.forEach((each, i) => out.setBigUint64(8 * i, each));
    return new Uint8Array(out.buffer);
  };
  return { sha256, sha512 };
})();
Ed25519.hashes.sha512 = Sha2.sha512;

// --- Notes and checkpoints (C2SP signed-note and tlog-checkpoint) ----------------------------------

const LONGEST = 4296;
class Malformed extends Error {}

const utf8 = text => new TextEncoder().encode(text);
const bytesOf = binary => Uint8Array.from(binary, sign => sign.charCodeAt(0));
const base64 = bytes => btoa(String.fromCharCode(...bytes));
const hex = bytes => Array.from(bytes, each => each.toString(16).padStart(2, "0")).join("");
const same = (a, b) => a.length === b.length && a.every((each, i) => each === b[i]);

function strict(text) {
  let bytes;
  try {
    bytes = bytesOf(atob(text));
  } catch (_) {
    throw new Malformed("not base64");
  }
  if (base64(bytes) !== text) throw new Malformed("not canonical base64");
  return bytes;
}

function parted(text, gap, last) {
  const at = last ? text.lastIndexOf(gap) : text.indexOf(gap);
  if (at < 0) return last ? ["", "", text] : [text, "", ""];
  return [text.slice(0, at), gap, text.slice(at + gap.length)];
}

function keyOf(verifier) {
  const [name, shown, encoded] = [verifier.slice(0, verifier.indexOf("+")), ...verifier.slice(verifier.indexOf("+") + 1).split(/\+(.*)/s)];
  const material = strict(encoded);
  const id = Sha2.sha256(new Uint8Array([...utf8(name + "\n"), ...material])).slice(0, 4);
  if (material.length !== 33 || material[0] !== 1 || hex(id) !== shown) throw new Malformed("a key");
  return { name, id, publicKey: material.slice(1), text: verifier };
}
const keys = told.keys.map(keyOf);

function signatureOf(line) {
  if (!line.startsWith("\u2014 ")) throw new Malformed("no dash");
  const [name, space, encoded] = parted(line.slice(2), " ", false);
  if (!name || !space || name.includes("+")) throw new Malformed("no key name");
  const raw = strict(encoded);
  if (raw.length < 5) throw new Malformed("too short");
  return { name, id: raw.slice(0, 4), signature: raw.slice(4) };
}

function parseNote(note) {
  if ([...note].length > LONGEST) throw new Malformed("too long");
  const [text, gap, signatures] = parted(note, "\n\n", true);
  if (!gap || !text || !signatures.endsWith("\n")) throw new Malformed("no signature block");
  for (const sign of note) if (sign < " " && sign !== "\n") throw new Malformed("a control character");
  return { text: text + "\n", signatures: signatures.slice(0, -1).split("\n").map(signatureOf) };
}

function fits(key, text, signature) {
  if (signature.length !== 64) return false;
  try {
    return Ed25519.verify(signature, utf8(text), key.publicKey, { zip215: false });
  } catch (_) {
    return false;
  }
}

function signerOf(note) {
  let good = null;
  for (const each of note.signatures)
    for (const key of keys.filter(key => key.name === each.name && same(key.id, each.id))) {
      if (!fits(key, note.text, each.signature)) throw new Malformed("a signature does not fit the text");
      good = good || key;
    }
  return good;
}

function parseCheckpoint(text) {
  const lines = text.slice(0, -1).split("\n");
  if (lines.length < 3 || lines.some(line => !line)) throw new Malformed("too few lines");
  const root = strict(lines[2]);
  if (!/^(0|[1-9][0-9]{0,17})$/.test(lines[1]) || root.length !== 32) throw new Malformed("no size or root");
  return { origin: lines[0], size: Number(lines[1]), root, extension: lines.slice(3) };
}

const wordsLine = words => "words " + base64(Sha2.sha256(utf8(words)).slice(0, 18));

function takeWords(text) {
  const [body, gap, signatures] = parted(text, "\n\n", true);
  const [words, between, rest] = parted(body, "\n\n", false);
  return between ? [words, rest + gap + signatures] : ["", text];
}

function namesOurKey(text) {
  return (text.match(/[A-Za-z0-9+/]{91}=/g) || []).some(found => {
    const id = bytesOf(atob(found)).slice(0, 4);
    return keys.some(key => same(key.id, id));
  });
}

function mangled(text) {
  if (namesOurKey(text)) return { verdict: "altered" };
  return { verdict: text.includes(told.origin) ? "unreadable" : "not_ours" };
}

// --- A card, which is no paper ------------------------------------------------------------------

function isCard(text) {
  const found = /^VHK1C-([0-9A-TV-Z]{27})$/i.exec(text.trim());
  if (!found) return false;
  const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const signs = found[1].toUpperCase().replace(/[IL]/g, "1").replace(/O/g, "0");
  let product = 32, number = 0n;
  for (const sign of signs.slice(0, -1)) {
    product = (((product + alphabet.indexOf(sign)) % 32 || 32) * 2) % 33;
    number = number * 32n + BigInt(alphabet.indexOf(sign));
  }
  return alphabet[(33 - product) % 32] === signs.slice(-1) && number >> 128n === 0n;
}

// --- What a paper is ------------------------------------------------------------------------------

const kinds = told.kinds.map(kind => ({ ...kind, grammar: new RegExp(`^(?:${kind.grammar})$`) }));

function kindOf(lines) {
  for (const kind of kinds) {
    const read = kind.openEnd ? lines.slice(0, kind.lines) : lines;
    const found = kind.grammar.exec(read.join("\n"));
    if (found) return { kind, values: found.groups || {} };
  }
  return null;
}

function lastDay(found, lines) {
  if (!found) return "";
  if (["voucher", "letter"].includes(found.kind.name)) return found.values.day;
  const valid = found.kind.name === "sign" ? lines.map(line => /^valid until (\d{4}-\d{2}-\d{2})$/.exec(line)).find(Boolean) : null;
  return valid ? valid[1] : "";
}

// Say what a text is: its verdict, the kind of paper, what it says, and what it was signed for.
function judge(scanned, today) {
  const text = scanned.replace(/\r\n/g, "\n").replace(/\r/g, "\n").replace(/^[\n \t\0]+|[\n \t\0]+$/g, "") + "\n";
  if (!text.trim() || [...text].length > LONGEST) return { verdict: "unreadable" };
  if (isCard(text)) return { verdict: "not_ours", kind: "card" };
  const [words, bare] = takeWords(text);
  let note, signer, checkpoint;
  try {
    note = parseNote(bare);
    signer = signerOf(note);
  } catch (trouble) {
    if (!(trouble instanceof Malformed)) throw trouble;
    return mangled(text);
  }
  if (!signer) return { verdict: "not_ours" };
  const [signed] = note.signatures;
  const plain = `${note.text}\n\u2014 ${signer.name} ${base64([...signed.id, ...signed.signature])}\n`;
  if (bare !== plain) return { verdict: "altered" };
  const textLines = note.text.split("\n");
  if (words && textLines[textLines.length - 2] !== wordsLine(words)) return mangled(text);
  try {
    checkpoint = parseCheckpoint(note.text);
  } catch (_) {
    return { verdict: "unreadable" };
  }
  const { size, root, extension } = checkpoint;
  const until = told.until[signer.text];
  if (until !== undefined && size > until) return { verdict: "key_ended", size };
  const ends = extension.length && extension[extension.length - 1].startsWith("words ");
  const lines = ends ? extension.slice(0, -1) : extension;
  const found = kindOf(lines), day = lastDay(found, lines);
  return {
    verdict: day && today > day ? "expired" : "genuine",
    kind: found ? found.kind.toldAs : "slip",
    lines: words ? words.split("\n") : lines,
    size, root, day,
  };
}

// --- The log beside it (RFC 6962 section 2.1) -------------------------------------------------------

const node = (prefix, ...parts) => {
  const whole = new Uint8Array(1 + parts.reduce((sum, each) => sum + each.length, 0));
  whole[0] = prefix;
  parts.reduce((at, each) => (whole.set(each, at), at + each.length), 1);
  return Sha2.sha256(whole);
};

function rootOf(commitments, size) {
  if (!size) return Sha2.sha256(new Uint8Array());
  const stack = [];
  for (let i = 0; i < size; i++) {
    stack.push([1, node(0, commitments[i])]);
    while (stack.length > 1 && stack[stack.length - 1][0] === stack[stack.length - 2][0]) {
      const [width, right] = stack.pop(), [, left] = stack.pop();
      stack.push([2 * width, node(1, left, right)]);
    }
  }
  let found = stack.pop()[1];
  while (stack.length) found = node(1, stack.pop()[1], found);
  return found;
}

// What lies beside the paper: an exported log, or one checkpoint; null for any other file.
function readBeside(text) {
  if (text.startsWith("{")) {
    const lines = text.replace(/\n$/, "").split("\n");
    try {
      if (JSON.parse(lines[0]).origin !== told.origin) return null;
      const commitments = lines.slice(1).map(strict);
      return commitments.every(each => each.length === 32) ? { commitments } : null;
    } catch (_) {
      return null;
    }
  }
  const found = judge(text, "");
  return found.verdict === "genuine" ? { checkpoint: found } : null;
}

// Whether a paper fits: fits, log_shorter, log_rewritten; cannot_tell beside another checkpoint.
function against(paper, beside) {
  if (!beside || !paper.root) return "";
  if (beside.checkpoint) {
    if (beside.checkpoint.size !== paper.size) return "cannot_tell";
    return same(beside.checkpoint.root, paper.root) ? "fits" : "log_rewritten";
  }
  if (paper.size > beside.commitments.length) return "log_shorter";
  return same(rootOf(beside.commitments, paper.size), paper.root) ? "fits" : "log_rewritten";
}

// --- What is shown ------------------------------------------------------------------------------

const at = name => document.getElementById(name);
const dayOf = now => [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(each => String(each).padStart(2, "0")).join("-");

function say(element, key, ...values) {
  element.replaceChildren();
  for (const language of told.languages) {
    const span = document.createElement("span");
    span.lang = language;
    span.className = language;
    span.textContent = told.words[language][key].replace(/%(\d)/g, (_, n) => values[n - 1]);
    element.append(span);
  }
}

let beside = null, shown = null;
const TONES = { genuine: "", expired: "gold", not_ours: "voice", unreadable: "voice" };

function show(text) {
  shown = text;
  const found = judge(text, dayOf(new Date())), log = against(found, beside);
  const broken = log === "log_rewritten";
  const key = found.kind === "card" ? "card" : found.verdict;
  const signed = ["genuine", "expired"].includes(key);
  at("result").hidden = false;
  at("result").className = broken ? "care" : TONES[key] ?? "care";
  say(at("heading"), signed ? `${key}_${found.kind}` : key);
  say(at("detail"), `detail_${key}`, found.day || "");
  if (log || signed) say(at("log"), log || "no_log", found.size);
  else at("log").replaceChildren();
  at("said").hidden = !found.lines;
  at("said").textContent = (found.lines || []).join("\n");
  at("result").scrollIntoView({ block: "nearest" });
}

function codeOf(picture, width, height) {
  const most = 1600, scale = Math.min(1, most / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const textDecoder = bytes => new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  try {
    return QrReader.decodeQR(context.getImageData(0, 0, canvas.width, canvas.height), { textDecoder });
  } catch (_) {
    return "";
  }
}

async function readPicture(file) {
  const image = new Image();
  image.src = URL.createObjectURL(file);
  try {
    await image.decode();
    return codeOf(image, image.naturalWidth, image.naturalHeight);
  } catch (_) {
    return "";
  } finally {
    URL.revokeObjectURL(image.src);
  }
}

function take(text) {
  at("text").value = text;
  show(text);
}

let stream = null;
function stop() {
  if (stream) stream.getTracks().forEach(track => track.stop());
  stream = null;
  at("seen").hidden = true;
  say(at("camera"), "camera");
}

async function look() {
  if (stream) return stop();
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1920 } } });
  } catch (_) {
    say(at("against"), "no_camera");
    return;
  }
  say(at("camera"), "camera_off");
  const video = at("seen");
  video.hidden = false;
  video.srcObject = stream;
  await video.play();
  const watch = () => {
    if (!stream) return;
    const text = video.videoWidth ? codeOf(video, video.videoWidth, video.videoHeight) : "";
    if (text) {
      stop();
      take(text);
    } else setTimeout(watch, 200);
  };
  watch();
}

document.querySelectorAll("[data-say]").forEach(element => say(element, element.dataset.say));
say(at("village"), "of_village", told.exported);
at("check").addEventListener("click", () => show(at("text").value));
at("camera").addEventListener("click", look);
at("picture").addEventListener("change", async event => {
  const [file] = event.target.files;
  if (file) take(await readPicture(file));
});
at("beside").addEventListener("change", async event => {
  const [file] = event.target.files;
  if (!file) return;
  beside = readBeside(file.type.startsWith("image/") ? await readPicture(file) : await file.text());
  say(at("against"), beside ? "beside_taken" : "beside_refused");
  if (shown !== null) show(shown);
});
// For who tries the page from outside: what it does with a text, without showing it.
window.paper = { judge, against, readBeside };
