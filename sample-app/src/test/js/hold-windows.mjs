// Signs in by the login form, subscribes to windows with @stomp/stompjs, a client that is not ours,
// and at each line on standard input compares what it holds with what a GET answers.
// node hold-windows.mjs <modules folder> <origin> <schema> <query>…
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const [modules, origin, schema, ...queries] = process.argv.slice(2);
const { Client } = createRequire(`${modules}/`)('@stomp/stompjs');

const cookies = new Map();
const remember = (response) => {
  for (const cookie of response.headers.getSetCookie()) {
    const [pair] = cookie.split(';');
    cookies.set(pair.slice(0, pair.indexOf('=')), pair);
  }
  return response;
};
const cookieHeader = () => [...cookies.values()].join('; ');
const request = async (path, options = {}) =>
  remember(
    await fetch(origin + path, {
      redirect: 'manual',
      ...options,
      headers: { cookie: cookieHeader(), ...options.headers },
    }),
  );

async function signIn() {
  const page = await (await request('/login')).text();
  const token = /name="_csrf"[^>]*value="([^"]+)"/.exec(page)[1];
  await request('/login', {
    method: 'POST',
    body: new URLSearchParams({ username: 'admin', password: 'admin', _csrf: token }),
  });
  return (await request('/admin/api/session')).json();
}

/** The rows of one window, kept by snapshots and deltas alone. */
class Held {
  version = 0;
  rows = [];

  accept(message) {
    if (message.type === 'snapshot') {
      this.version = message.version;
      this.rows = [...message.rows];
    } else if (message.type === 'delta') {
      if (message.from !== this.version) {
        throw new Error(`A delta from version ${message.from} came to version ${this.version}`);
      }
      message.changes.forEach((change) => this.apply(change));
      this.version = message.to;
    } else {
      throw new Error(JSON.stringify(message));
    }
  }

  apply({ op, at, from, row }) {
    if (op === 'insert') {
      this.rows.splice(at, 0, row);
    } else if (op === 'update') {
      this.rows[at] = row;
    } else if (op === 'move') {
      this.rows.splice(at, 0, ...this.rows.splice(from, 1));
    } else {
      this.rows.splice(at, 1);
    }
  }
}

const session = await signIn();
const held = new Map(queries.map((query) => [query, new Held()]));
const client = new Client({
  webSocketFactory: () =>
    new WebSocket(`${origin.replace('http', 'ws')}/admin/live`, {
      protocols: ['v12.stomp'],
      headers: { cookie: cookieHeader(), origin },
    }),
  connectHeaders: { [session.csrf.header]: session.csrf.token },
  onStompError: (frame) => fail(`refused: ${frame.headers.message}`),
  onConnect: () => {
    for (const query of queries) {
      const headers = { schema };
      client.subscribe(`/topic/rows/${query}`, (frame) => receive(query, frame), headers);
    }
  },
});

function fail(reason) {
  console.log(`failed: ${reason}`);
  process.exit(1);
}

function receive(query, frame) {
  try {
    const first = held.get(query).version === 0;
    held.get(query).accept(JSON.parse(frame.body));
    if (first && [...held.values()].every((window) => window.version > 0)) {
      console.log('ready');
    }
  } catch (error) {
    fail(`${query}: ${error.message}`);
  }
}

async function compare() {
  for (const [query, window] of held) {
    const answer = await request(`/admin/api/rest/${query}`, { headers: { 'accept-profile': schema } });
    const expected = JSON.stringify(await answer.json());
    const actual = JSON.stringify(window.rows);
    if (expected !== actual) {
      return `different: ${query}\n  GET  ${expected.slice(0, 400)}\n  held ${actual.slice(0, 400)}`;
    }
  }
  return `equal: ${[...held.values()].map((window) => window.version).join(',')}`;
}

client.activate();
for await (const line of createInterface({ input: process.stdin })) {
  console.log(line === 'compare' ? await compare() : `unknown: ${line}`);
}
process.exit(0);
