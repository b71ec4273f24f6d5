import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const COMPRESSIBLE = /\.(?:js|css|svg|json|txt|ico)$/;
const WORTH_IT = 1024;
const NOT_SERVED = new Set(['prerendered-routes.json', 'browser-stats.json']);

/**
 * Copies what Angular built to where the jar takes it from, each file with its compressed siblings.
 * The index has none: the server writes the base path into it.
 */
export function publish(from, to) {
  const fresh = `${to}.new`;
  rmSync(fresh, { recursive: true, force: true });
  for (const file of readdirSync(from, { recursive: true, withFileTypes: true })) {
    if (file.isFile() && !NOT_SERVED.has(file.name)) {
      const source = path.join(file.parentPath ?? file.path, file.name);
      copy(source, path.join(fresh, path.relative(from, source)));
    }
  }
  rmSync(to, { recursive: true, force: true });
  renameSync(fresh, to);
}

function copy(source, target) {
  const content = readFileSync(source);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, content);
  if (COMPRESSIBLE.test(target) && content.length >= WORTH_IT) {
    writeFileSync(`${target}.gz`, gzipSync(content, { level: 9 }));
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    };
    writeFileSync(`${target}.br`, brotliCompressSync(content, { params }));
  }
}
