// While a flood comes, a form has room for a little work (rules/work.py): a number that makes SHA-256 of the token and
// itself begin with zero bits. It begins with the first letter typed and takes a few milliseconds at a time. Without it,
// or before it is done, the letter goes as it is: nothing here waits, asks or says anything.
const SLICE_MS = 8; // well below what a finger on a key would feel
const SLICE_TRIES = 2000; // some browsers blur the clock
const REST_MS = 16;
const BLOCK = 64; // bytes SHA-256 takes at a time
let job = null; // the field that is being worked for

const PRIMES = [];
for (let n = 2; PRIMES.length < 64; n++) if (PRIMES.every((prime) => n % prime)) PRIMES.push(n);
const fraction = (value) => ((value % 1) * 2 ** 32) | 0; // the first 32 bits behind the point (FIPS 180-4)
const START = Int32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
const ROUND = Int32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));
const w = new Int32Array(64);
const turn = (x, by) => (x >>> by) | (x << (32 - by));

// One block of `bytes`, beginning at `from`, folded into the state in place.
function fold(state, bytes, from) {
  for (let i = 0, at = from; i < 16; i++, at += 4) {
    w[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
  }
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15];
    const y = w[i - 2];
    const low = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3);
    const high = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10);
    w[i] = w[i - 16] + low + w[i - 7] + high;
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
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

// Gives a function: the first 32 bits of SHA-256 of `start` and a number. Whole blocks of `start` are folded once.
function hasher(start) {
  const head = START.slice();
  const bytes = Uint8Array.from(start, (sign) => sign.charCodeAt(0));
  const done = start.length - (start.length % BLOCK);
  for (let from = 0; from < done; from += BLOCK) fold(head, bytes, from);
  const rest = bytes.slice(done);
  const tail = new Uint8Array(2 * BLOCK);
  const state = new Int32Array(8);
  return (number) => {
    const digits = String(number);
    const size = rest.length + digits.length;
    const blocks = Math.ceil((size + 9) / BLOCK);
    const end = blocks * BLOCK;
    tail.fill(0);
    tail.set(rest);
    for (let i = 0; i < digits.length; i++) tail[rest.length + i] = digits.charCodeAt(i);
    tail[size] = 0x80;
    tail[end - 2] = ((done + size) * 8) >>> 8;
    tail[end - 1] = (done + size) * 8;
    state.set(head);
    for (let from = 0; from < end; from += BLOCK) fold(state, tail, from);
    return state[0];
  };
}

function begin(field) {
  const start = `${field.form.elements.token.value}.`;
  const short = (BLOCK - (start.length % BLOCK)) % BLOCK;
  const zeros = short < 4 ? "0".repeat(short) : ""; // a token of ours fills its blocks so: half the work for each try
  const hash = hasher(start + zeros);
  const bits = Number(field.dataset.work);
  let number = 0;
  job = field;

  function slice() {
    if (job !== field || !field.isConnected) return;
    const end = performance.now() + SLICE_MS;
    for (let left = SLICE_TRIES; left && performance.now() < end; left--) {
      if (hash(number) >>> (32 - bits) === 0) {
        field.value = zeros + number;
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
