// Makes every call of @supabase/postgrest-js, a client that is not ours, and checks what comes back.
// At the end it looks whether a method of the client was left out.
// node postgrest-calls.mjs <modules folder> <address of the REST interface>
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const [modules, address] = process.argv.slice(2);
const {
  PostgrestClient,
  PostgrestQueryBuilder,
  PostgrestFilterBuilder,
  PostgrestTransformBuilder,
  PostgrestBuilder,
} = createRequire(`${modules}/`)('@supabase/postgrest-js');

const called = new Set();
const classes = {
  PostgrestClient,
  PostgrestQueryBuilder,
  PostgrestFilterBuilder,
  PostgrestTransformBuilder,
  PostgrestBuilder,
};
const publicMethods = Object.entries(classes).flatMap(([name, type]) =>
  Object.getOwnPropertyNames(type.prototype)
    .filter((method) => !['constructor', 'then', ...privateMethods(name)].includes(method))
    .map((method) => [type.prototype, method]),
);
for (const [prototype, method] of publicMethods) {
  const original = prototype[method];
  prototype[method] = function (...args) {
    called.add(method);
    return original.apply(this, args);
  };
}

/** What is marked as private in the client's sources, which is gone when they are compiled. */
function privateMethods(type) {
  return {
    PostgrestClient: ['decorateFetch'],
    PostgrestQueryBuilder: ['cloneRequestState'],
    PostgrestBuilder: ['processResponse'],
  }[type] ?? [];
}

const headers = { Authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}` };
const db = new PostgrestClient(address, { headers });

/** The rows of an answer without an error. */
async function rows(call) {
  const { data, error, status } = await call;
  assert.equal(error, null, `${status}: ${JSON.stringify(error)}`);
  return data;
}
/** The names of the users that a filter leaves, in the order of the alphabet. */
async function names(filter) {
  const found = await rows(filter(db.from('users').select('username')).order('username'));
  return found.map((user) => user.username).join(' ');
}
const users = () => db.from('users');
const undone = (call) => rows(call.rollback().select());

const filters = {
  eq: ['ann', (q) => q.eq('username', 'ann')],
  neq: ['bob cid', (q) => q.neq('username', 'ann')],
  gt: ['cid', (q) => q.gt('score', 2)],
  gte: ['bob cid', (q) => q.gte('score', 2)],
  lt: ['ann', (q) => q.lt('score', 2)],
  lte: ['ann bob', (q) => q.lte('score', 2)],
  like: ['ann', (q) => q.like('username', 'a%')],
  likeAllOf: ['ann', (q) => q.likeAllOf('username', ['%a%', '%n%'])],
  likeAnyOf: ['ann bob', (q) => q.likeAnyOf('username', ['a%', 'b%'])],
  ilike: ['ann', (q) => q.ilike('username', 'A%')],
  ilikeAllOf: ['bob', (q) => q.ilikeAllOf('username', ['B%', '%B'])],
  ilikeAnyOf: ['ann cid', (q) => q.ilikeAnyOf('username', ['A%', 'C%'])],
  regexMatch: ['bob', (q) => q.regexMatch('username', '^b.b$')],
  regexIMatch: ['bob', (q) => q.regexIMatch('username', '^B.B$')],
  'is null': ['cid', (q) => q.is('tags', null)],
  'is true': ['ann', (q) => q.is('admin', true)],
  isDistinct: ['ann cid', (q) => q.isDistinct('status', 'OFFLINE')],
  in: ['ann cid', (q) => q.in('username', ['ann', 'cid', 'with "quotes", and commas'])],
  notIn: ['bob', (q) => q.notIn('username', ['ann', 'cid'])],
  'contains array': ['ann', (q) => q.contains('tags', ['red', 'blue'])],
  'contains object': ['bob', (q) => q.contains('data', { age: 30 })],
  'contains range': ['bob', (q) => q.contains('age_range', '[25,26)')],
  containedBy: ['bob', (q) => q.containedBy('tags', ['green', 'red'])],
  rangeGt: ['cid', (q) => q.rangeGt('age_range', '[1,30)')],
  rangeGte: ['bob cid', (q) => q.rangeGte('age_range', '[20,30)')],
  rangeLt: ['ann', (q) => q.rangeLt('age_range', '[20,30)')],
  rangeLte: ['ann bob', (q) => q.rangeLte('age_range', '[10,30)')],
  rangeAdjacent: ['cid', (q) => q.rangeAdjacent('age_range', '[20,40)')],
  overlaps: ['ann bob', (q) => q.overlaps('tags', ['green', 'blue'])],
  'textSearch plain text': ['bob', (q) => q.textSearch('phrase', `'fat' & 'rat'`, { config: 'english' })],
  'textSearch plain': ['bob', (q) => q.textSearch('phrase', 'fat rats', { type: 'plain', config: 'english' })],
  'textSearch phrase': ['ann', (q) => q.textSearch('phrase', 'black cats', { type: 'phrase', config: 'english' })],
  'textSearch websearch': ['ann bob', (q) => q.textSearch('phrase', 'rat or cat', { type: 'websearch', config: 'english' })],
  match: ['ann', (q) => q.match({ username: 'ann', status: 'ONLINE' })],
  not: ['ann bob', (q) => q.not('tags', 'is', null)],
  or: ['ann cid', (q) => q.or('status.eq.ONLINE,and(score.gt.2,tags.is.null)')],
  filter: ['bob', (q) => q.filter('username', 'in', '("bob","eve")')],
  'json path': ['bob', (q) => q.eq('data->age', 30)],
};

const calls = {
  async 'select with columns, aliases and casts'() {
    const [ann] = await rows(users().select('name:username, score::text').eq('username', 'ann'));
    assert.deepEqual(ann, { name: 'ann', score: '1.50' });
  },
  async 'order, limit and range'() {
    const order = await rows(users().select('username').order('status', { ascending: false }).order('username'));
    assert.deepEqual(order.map((user) => user.username), ['ann', 'cid', 'bob']);
    const nulls = await rows(users().select('username').order('tags', { nullsFirst: true }).limit(1));
    assert.deepEqual(nulls, [{ username: 'cid' }]);
    assert.deepEqual(await rows(users().select('username').order('username').range(1, 2)), [
      { username: 'bob' },
      { username: 'cid' },
    ]);
  },
  async 'single and maybeSingle'() {
    assert.deepEqual(await rows(users().select('username').eq('username', 'ann').single()), { username: 'ann' });
    const { error, status } = await users().select().single();
    assert.deepEqual([status, error.code, error.details], [406, 'PGRST116', 'The result contains 3 rows']);
    assert.deepEqual(await rows(users().select('username').eq('username', 'ann').maybeSingle()), { username: 'ann' });
    assert.equal(await rows(users().select().eq('username', 'eve').maybeSingle()), null);
    assert.equal((await users().select().maybeSingle()).error.code, 'PGRST116');
  },
  async csv() {
    assert.equal(await rows(users().select('username,tags').order('username').csv()),
      'username,tags\nann,"{red,blue}"\nbob,{green}\ncid,');
  },
  async 'geojson, which needs PostGIS'() {
    const { error, status } = await users().select().geojson();
    assert.deepEqual([status, error.code], [406, 'PGRST107']);
  },
  async explain() {
    assert.match(await rows(users().select().explain({ analyze: true, verbose: true, buffers: true })), /actual time/);
    const [{ Plan }] = await rows(users().select().explain({ format: 'json', settings: true }));
    assert.equal(typeof Plan['Total Cost'], 'number');
    assert.match(await rows(users().select().explain({ analyze: true, wal: true })), /Execution Time/);
  },
  async rollback() {
    assert.equal((await rows(users().delete().neq('username', '').rollback().select())).length, 3);
    assert.equal((await rows(users().select())).length, 3);
  },
  async 'stripNulls'() {
    const call = users().select('username,tags').eq('username', 'cid').stripNulls();
    assert.deepEqual(await rows(call), [{ username: 'cid' }]);
    assert.deepEqual(await rows(users().select('username,tags').eq('username', 'cid').single().stripNulls()), {
      username: 'cid',
    });
  },
  async 'returns, overrideTypes, setHeader and retry'() {
    assert.equal((await rows(users().select('username').returns())).length, 3);
    assert.equal((await rows(users().select('username').overrideTypes())).length, 3);
    const zone = await rows(users().select('joined').eq('username', 'ann').setHeader('Prefer', 'timezone=Asia/Tokyo').retry(false));
    assert.deepEqual(zone, [{ joined: '2024-01-01T09:00:00+09:00' }]);
  },
  async abortSignal() {
    const { error } = await users().select().abortSignal(AbortSignal.abort());
    assert.match(error.message, /AbortError/);
    assert.equal((await rows(users().select().abortSignal(new AbortController().signal))).length, 3);
  },
  async throwOnError() {
    await assert.rejects(async () => await db.from('user').select().throwOnError(), (error) => {
      assert.deepEqual([error.code, error.hint], ['PGRST205', "Perhaps you meant the table 'public.users'"]);
      return true;
    });
  },
  async 'counts'() {
    for (const count of ['exact', 'planned', 'estimated']) {
      const head = await users().select('*', { count, head: true });
      assert.deepEqual([head.error, head.data, head.count], [null, null, 3]);
    }
    const page = await users().select('username', { count: 'exact' }).limit(1);
    assert.deepEqual([page.status, page.count, page.data.length], [206, 3, 1]);
    const updated = await users().update({ score: 1 }, { count: 'exact' }).gt('score', 1).rollback();
    assert.deepEqual([updated.status, updated.count, updated.data], [204, 3, null]);
    const removed = await users().delete({ count: 'exact' }).eq('username', 'ann').rollback();
    assert.deepEqual([removed.status, removed.count], [204, 1]);
    const added = await users().insert([{ username: 'x' }, { username: 'y' }], { count: 'exact' }).rollback();
    assert.deepEqual([added.status, added.count], [201, 2]);
  },
  async 'referenced tables'() {
    const [general] = await rows(
      db.from('channels').select('slug, messages(message, users(username))').eq('slug', 'general')
        .order('id', { referencedTable: 'messages', ascending: false }).limit(1, { referencedTable: 'messages' }),
    );
    assert.deepEqual(general, { slug: 'general', messages: [{ message: 'second', users: { username: 'bob' } }] });
    const paged = await rows(db.from('channels').select('messages(message)').eq('slug', 'general')
      .order('id', { referencedTable: 'messages' }).range(1, 1, { referencedTable: 'messages' }));
    assert.deepEqual(paged, [{ messages: [{ message: 'second' }] }]);
    const either = await rows(db.from('channels').select('slug, messages!inner(message)').order('slug')
      .or('message.eq.first,message.eq.other', { referencedTable: 'messages' }));
    assert.deepEqual(either.map((channel) => channel.slug), ['general', 'random']);
    const filtered = await rows(db.from('messages').select('message, users!inner()').eq('users.username', 'bob'));
    assert.deepEqual(filtered, [{ message: 'second' }]);
    assert.deepEqual(await rows(db.from('messages').select('message, ...users(name:username)').eq('message', 'first')), [
      { message: 'first', name: 'ann' },
    ]);
  },
  async 'aggregates'() {
    assert.deepEqual(await rows(users().select('score.sum(), score.max(), count()')), [{ sum: 6.5, max: 3, count: 3 }]);
  },
  async schema() {
    assert.deepEqual(await rows(db.schema('personal').from('users').select()), [{ username: 'eve', status: null }]);
    assert.equal((await db.schema('nowhere').from('users').select()).error.code, 'PGRST106');
    assert.equal((await undone(db.schema('personal').from('users').insert({ username: 'zoe' }))).length, 1);
  },
  async 'insert one and several'() {
    const added = await db.from('channels').insert({ slug: 'new' }).rollback();
    assert.deepEqual([added.error, added.data, added.status], [null, null, 201]);
    const several = await rows(db.from('notes').insert([{ note: 'a' }, { level: 7 }]).rollback().select('note,level'));
    assert.deepEqual(several, [{ note: 'a', level: null }, { note: null, level: 7 }]);
    const one = await rows(db.from('notes').insert({ note: 'a' }).rollback().select('note,level').single());
    assert.deepEqual(one, { note: 'a', level: 1 });
    const defaults = await rows(db.from('notes')
      .insert([{ note: 'a' }, { level: 7 }, { note: 'c' }], { defaultToNull: false }).rollback().select('note,level'));
    assert.deepEqual(defaults, [{ note: 'a', level: 1 }, { note: 'none', level: 7 }, { note: 'c', level: 1 }]);
    assert.equal((await users().insert({ username: 'ann' })).error.code, '23505');
    assert.equal((await users().insert({ usrname: 'ann' })).error.code, 'PGRST204');
  },
  async upsert() {
    const merged = await undone(users().upsert([{ username: 'ann', status: 'AWAY' }, { username: 'new', status: 'NEW' }]));
    assert.deepEqual(merged.map((user) => [user.username, user.status, Number(user.score)]), [['ann', 'AWAY', 1.5], ['new', 'NEW', 0]]);
    const one = await undone(users().upsert({ username: 'ann', status: 'AWAY' }, { count: 'exact' }));
    assert.equal(one.length, 1);
    const ignored = await undone(users().upsert([{ username: 'ann' }, { username: 'new' }], { ignoreDuplicates: true }));
    assert.deepEqual(ignored.map((user) => user.username), ['new']);
    const conflict = await rows(db.from('channels').upsert({ slug: 'general' }, { onConflict: 'slug' }).rollback().select('slug'));
    assert.deepEqual(conflict, [{ slug: 'general' }]);
    const defaults = await rows(db.from('notes').upsert([{ id: 1, note: 'x' }, { note: 'y', level: 3 }], { defaultToNull: false })
      .rollback().select('note,level'));
    assert.deepEqual(defaults, [{ note: 'x', level: 1 }, { note: 'y', level: 3 }]);
  },
  async 'update and delete'() {
    assert.deepEqual((await undone(users().update({ status: 'AWAY' }).eq('username', 'ann'))).map((user) => user.status), ['AWAY']);
    assert.equal((await undone(users().delete().in('username', ['ann', 'bob']))).length, 2);
    assert.equal((await users().delete()).error.code, '21000');
  },
  async maxAffected() {
    const refused = await users().update({ status: 'AWAY' }).neq('username', '').maxAffected(2);
    assert.deepEqual([refused.status, refused.error.code], [400, 'PGRST124']);
    assert.equal((await undone(users().delete().eq('username', 'ann').maxAffected(1))).length, 1);
    assert.equal((await db.rpc('get_users').maxAffected(1)).error.code, 'PGRST124');
    assert.equal((await db.rpc('add', { a: 1, b: 2 }).maxAffected(1)).error.code, 'PGRST128');
  },
  async rpc() {
    assert.equal(await rows(db.rpc('add', { a: 1, b: 2 })), 3);
    assert.equal(await rows(db.rpc('add', { a: 1, b: 2 }, { get: true })), 3);
    assert.equal(await rows(db.rpc('total', { numbers: [1, 2, 3] }, { get: true })), 6);
    assert.equal(await rows(db.rpc('total', { numbers: [1, 2, 3] })), 6);
    const nothing = await db.rpc('nothing');
    assert.deepEqual([nothing.error, nothing.data, nothing.status], [null, null, 204]);
    const head = await db.rpc('get_users', {}, { head: true, count: 'exact' });
    assert.deepEqual([head.error, head.data, head.count], [null, null, 3]);
    const counted = await db.rpc('get_users', {}, { count: 'exact', get: true }).limit(2);
    assert.deepEqual([counted.status, counted.count, counted.data.length], [206, 3, 2]);
    const found = await rows(db.rpc('get_users').select('username').gt('score', 1.5).order('username').limit(1));
    assert.deepEqual(found, [{ username: 'bob' }]);
    assert.deepEqual(await rows(db.rpc('get_users').select('username').eq('username', 'cid').single()), { username: 'cid' });
    const wrong = await db.rpc('ad', { a: 1 });
    assert.deepEqual([wrong.status, wrong.error.code, wrong.error.hint], [404, 'PGRST202', 'Perhaps you meant to call the function public.add']);
    assert.equal((await db.rpc('described', { it: { deep: [1] } }, { head: true })).error, null);
  },
  async getOpenApiSpec() {
    const spec = await rows(db.getOpenApiSpec());
    assert.match(spec.openapi, /^3\.1/);
    assert.ok(spec.paths['/users'].get);
  },
  async 'wrong names'() {
    const column = await users().select('usernme');
    assert.deepEqual([column.status, column.error.code, column.error.hint],
      [400, '42703', 'Perhaps you meant to reference the column "users.username".']);
    const relationship = await users().select('username, channel(slug)');
    assert.deepEqual([relationship.status, relationship.error.code], [400, 'PGRST200']);
  },
};
for (const [name, [expected, filter]] of Object.entries(filters)) {
  calls[`filter ${name}`] = async () => assert.equal(await names(filter), expected);
}

let failures = 0;
for (const [name, call] of Object.entries(calls)) {
  try {
    await call();
  } catch (error) {
    failures++;
    console.log(`failed: ${name}: ${error.message}`);
  }
}
const missing = [...new Set(publicMethods.map(([, method]) => method))].filter((method) => !called.has(method));
if (missing.length > 0) {
  console.log(`never called: ${missing.join(', ')}`);
}
console.log(`${Object.keys(calls).length} kinds of calls, ${failures} failed`);
process.exit(failures + missing.length > 0 ? 1 : 0);
