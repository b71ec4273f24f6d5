// What Maven runs: node scripts/build.mjs <resources|test|checks> [--skip=true|false …]
// Each step is done again only when what it reads has changed since it last succeeded.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { lock } from './lock.mjs';
import { publish } from './publish.mjs';

const ROOT = path.resolve(
  import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname),
  '..',
);
const BUILT = path.join(ROOT, 'target/ng');
const PUBLISHED = path.join(ROOT, 'target/classes/META-INF/oriel/ui');
const LIBRARIES = ['package-lock.json', '.npmrc'];
const WORKSPACE = [...LIBRARIES, 'package.json', 'angular.json', 'tsconfig.json', 'scripts'];
const SOURCES = [...WORKSPACE, 'tsconfig.app.json', 'public', 'src'];
const TESTED = [...SOURCES, 'tsconfig.spec.json'];
const CHECKED = [...TESTED, 'eslint.config.js', 'eslint', '.prettierrc.json', '.prettierignore'];
const WINDOWS = process.platform === 'win32';

const steps = {
  resources() {
    install();
    const index = path.join(PUBLISHED, 'index.html');
    const stamp = path.join(ROOT, 'target/stamps/build');
    const sources = hash(
      SOURCES.filter((it) => it !== 'src'),
      sourceFiles(),
    );
    if (existsSync(index) && read(stamp) === sources + hash([], [index])) {
      return;
    }
    rmSync(stamp, { force: true });
    node('@angular/cli/bin/ng.js', 'build', '--no-progress');
    publish(BUILT, PUBLISHED);
    write(stamp, sources + hash([], [index]));
  },
  test() {
    once('test', TESTED, () =>
      node('@angular/cli/bin/ng.js', 'test', '--no-watch', '--no-progress'),
    );
  },
  checks() {
    once('checks', CHECKED, () => {
      node('eslint/bin/eslint.js', '.', '--max-warnings', '0');
      node('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.');
    });
  },
};

function once(name, inputs, work) {
  const stamp = path.join(ROOT, 'target/stamps', name);
  const state = hash(inputs);
  if (read(stamp) === state) {
    return;
  }
  install();
  work();
  write(stamp, state);
}

function install() {
  const stamp = path.join(ROOT, 'node_modules/.installed');
  const wanted = hash(LIBRARIES);
  if (read(stamp) === wanted && existsSync(pinnedNode())) {
    return;
  }
  // The version warnings speak of the Node that runs npm; everything else runs on the pinned one.
  const npm = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  run(WINDOWS ? 'npm.cmd' : 'npm', npm, { shell: WINDOWS });
  write(stamp, wanted);
}

function pinnedNode() {
  return path.join(ROOT, 'node_modules/node/bin', WINDOWS ? 'node.exe' : 'node');
}

function node(script, ...args) {
  run(pinnedNode(), [path.join(ROOT, 'node_modules', script), ...args]);
}

function run(command, args, options = {}) {
  const bin = path.dirname(pinnedNode());
  const env = { ...process.env, NG_CLI_ANALYTICS: 'false' };
  if (command === pinnedNode()) {
    const key = Object.keys(env).find((it) => it.toUpperCase() === 'PATH') ?? 'PATH';
    env[key] = bin + path.delimiter + (env[key] ?? '');
  }
  const { error, status } = spawnSync(command, args, {
    cwd: ROOT,
    stdio: 'inherit',
    env,
    ...options,
  });
  if (error !== undefined) {
    console.error(`${command} could not be started: ${error.message}`);
  }
  if (status !== 0) {
    process.exit(status ?? 1);
  }
}

/** The application without its specs: editing a spec does not build the application again. */
function sourceFiles() {
  return files('src').filter((it) => !it.endsWith('.spec.ts'));
}

function hash(inputs, more = []) {
  const digest = createHash('sha256');
  for (const file of [...inputs.flatMap(files), ...more].sort()) {
    digest.update(path.relative(ROOT, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return digest.digest('hex');
}

function files(input) {
  const start = path.resolve(ROOT, input);
  if (!existsSync(start)) {
    return [];
  }
  return statSync(start).isDirectory()
    ? readdirSync(start).flatMap((it) => files(path.join(start, it)))
    : [start];
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function write(file, text) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const [name, ...flags] = process.argv.slice(2);
const step = steps[name];
if (step === undefined) {
  console.error(`Unknown step '${name}', expected one of ${Object.keys(steps).join(', ')}`);
  process.exit(2);
}
if (!flags.includes('--skip=true')) {
  lock(path.join(ROOT, '.build-lock'));
  step();
}
