// While a flood comes, a form has room for a little work (rules/work.py): a number that makes SHA-256 of the token and
// itself begin with zero bits. It begins with the first letter typed and takes a few milliseconds at a time. Without it,
// or before it is done, the letter goes as it is: nothing here waits, asks or says anything.
const SLICE_MS = 6; // well below what a finger on a key would feel
const REST_MS = 24;
let job = null; // the field that is being worked for

const PRIMES = [];
for (let n = 2; PRIMES.length < 64; n++) if (PRIMES.every((prime) => n % prime)) PRIMES.push(n);
const fraction = (value) => ((value % 1) * 2 ** 32) | 0; // the first 32 bits behind the point (FIPS 180-4)
const START = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const ROUND = Int32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));
const w = new Int32Array(64);
const turn = (x, by) => (x >>> by) | (x << (32 - by));

// One block of 64 bytes, beginning at `from`, folded into the state.
function fold(state, bytes, from) {
  for (let i = 0; i < 16; i++) {
    const at = from + i * 4;
    w[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
  }
  for (let i = 16; i < 64; i++) {
    const low = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ (w[i - 15] >>> 3);
    const high = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ (w[i - 2] >>> 10);
    w[i] = (w[i - 16] + low + w[i - 7] + high) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i++) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUND[i] + w[i]) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  return [a, b, c, d, e, f, g, h].map((word, place) => (word + state[place]) | 0);
}

// The first 32 bits of SHA-256 of `text` (plain signs only), from the 64 bytes on that `head` already holds.
function first(head, done, text) {
  const size = text.length - done;
  const bytes = new Uint8Array(Math.ceil((size + 9) / 64) * 64);
  for (let i = 0; i < size; i++) bytes[i] = text.charCodeAt(done + i);
  bytes[size] = 0x80;
  new DataView(bytes.buffer).setUint32(bytes.length - 4, text.length * 8);
  let state = head;
  for (let from = 0; from < bytes.length; from += 64) state = fold(state, bytes, from);
  return state[0];
}

function begin(field) {
  const start = `${field.form.elements.token.value}.`;
  const bits = Number(field.dataset.work);
  const bytes = Uint8Array.from(start, (sign) => sign.charCodeAt(0));
  const done = start.length - (start.length % 64);
  let head = START;
  for (let from = 0; from < done; from += 64) head = fold(head, bytes, from);
  let number = 0;
  job = field;

  function slice() {
    if (job !== field || !field.isConnected) return;
    const end = performance.now() + SLICE_MS;
    while (performance.now() < end) {
      if (first(head, done, start + number) >>> (32 - bits) === 0) {
        field.value = number;
        job = null;
        return;
      }
      number += 1;
    }
    setTimeout(slice, REST_MS);
  }
  setTimeout(slice, REST_MS);
}

addEventListener("input", () => {
  const field = document.querySelector("main [data-work]");
  if (field && field !== job && !field.value) begin(field);
});
// すぐ隠す: nothing goes on behind the page that is left.
addEventListener("left", () => {
  job = null;
});
