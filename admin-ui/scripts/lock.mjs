import { readFileSync, rmSync, writeFileSync } from 'node:fs';

const PAUSE = 500;

/**
 * Waits until no other build of this folder runs, and keeps others waiting until this process
 * ends. A lock left behind by a process that is gone counts for nothing.
 */
export function lock(file) {
  while (!take(file)) {
    const pid = owner(file);
    if (pid !== undefined && !isAlive(pid)) {
      rmSync(file, { force: true });
    } else {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    }
  }
  process.on('exit', () => rmSync(file, { force: true }));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => process.exit(1));
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') {
      return false;
    }
    throw error;
  }
}

function owner(file) {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // given back a moment ago
  }
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
