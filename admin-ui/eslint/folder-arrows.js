import path from 'node:path';

/** Which folder of src/app may import which: the arrows of the architecture. */
const ARROWS = {
  model: [],
  backend: ['model'],
  session: ['backend', 'model'],
  live: ['session', 'backend', 'model'],
  ui: ['model'],
  fields: ['ui', 'backend', 'model'],
  tables: ['fields', 'ui', 'live', 'session', 'backend', 'model'],
  records: ['fields', 'ui', 'live', 'session', 'backend', 'model'],
  shell: ['ui', 'live', 'session', 'backend', 'model'],
};

/** Libraries that are no business of other folders: HttpClient and STOMP speak RxJS, nothing else. */
const HOMES = [
  { library: '@stomp/', folders: ['live'] },
  { library: 'rxjs', folders: ['live', 'session', 'backend'] },
];

/** `['model', 'delta']` for `…/src/app/model/delta.ts`; undefined outside src/app. */
function segments(file) {
  const parts = file.split(path.sep);
  const app = parts.lastIndexOf('app');
  return app > 0 && parts[app - 1] === 'src' ? parts.slice(app + 1) : undefined;
}

/** Whether the import goes to the entry file of a folder or of a folder right below it. */
function entersByTheDoor(target) {
  return target.length <= 2;
}

/** Folders import along the arrows only, and other folders only through their entry file. */
export const folderArrows = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      arrow: "'{{from}}' may not import '{{to}}'.",
      inside: "Import '{{to}}' through its entry file.",
      library: "'{{name}}' belongs to the folders {{homes}} only.",
    },
  },
  create(context) {
    const from = segments(context.filename);
    if (from === undefined || from.length < 2 || from[0] === 'testing') {
      return {};
    }
    const isSpec = context.filename.endsWith('.spec.ts');
    const check = (node) => {
      const name = node.source?.value;
      if (typeof name !== 'string') {
        return;
      }
      const homes = HOMES.find(({ library }) => name.startsWith(library))?.folders;
      if (!isSpec && homes !== undefined && !homes.includes(from[0])) {
        context.report({ node, messageId: 'library', data: { name, homes: homes.join(', ') } });
      }
      if (!name.startsWith('.')) {
        return;
      }
      const target = segments(path.resolve(path.dirname(context.filename), name));
      const to = target?.[0];
      if (to === undefined || to === from[0] || (isSpec && to === 'testing')) {
        return;
      }
      if (!ARROWS[from[0]]?.includes(to)) {
        context.report({ node, messageId: 'arrow', data: { from: from[0], to } });
      } else if (!entersByTheDoor(target)) {
        context.report({ node, messageId: 'inside', data: { to } });
      }
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};
