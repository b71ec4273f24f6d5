import { jsonObject, NumberText, writeJson } from '../../model';
import type { Cell } from '../../model';
import { changesOf, draftValue, edit, NEW_DRAFT, rebase, resolve, wholeOf } from './record-draft';
import type { Draft } from './record-draft';

function row(values: Record<string, Cell>) {
  return jsonObject(Object.entries(values));
}

const SHOWN: Draft = rebase(
  NEW_DRAFT,
  row({ id: new NumberText('1'), name: 'Ada', note: null, amount: new NumberText('1.50') }),
);

describe('edit', () => {
  it('sends only what changed', () => {
    const draft = edit(SHOWN, 'name', 'Grace');
    expect(writeJson(changesOf(draft))).toBe('{"name":"Grace"}');
  });

  it('forgets a change that was taken back', () => {
    const draft = edit(edit(SHOWN, 'name', 'Grace'), 'name', 'Ada');
    expect(draft.edits.size).toBe(0);
  });

  it('tells NULL, empty and the default apart', () => {
    expect(changesOf(edit(SHOWN, 'note', ''))).toEqual(row({ note: '' }));
    expect(edit(SHOWN, 'note', null).edits.size).toBe(0);
    expect(changesOf(edit(NEW_DRAFT, 'note', null))).toEqual(row({ note: null }));
    expect(changesOf(edit(NEW_DRAFT, 'note', undefined))).toEqual(row({}));
  });

  it('sends numbers as they were typed', () => {
    const draft = edit(SHOWN, 'amount', new NumberText('12345678901234567890.10'));
    expect(writeJson(changesOf(draft))).toBe('{"amount":12345678901234567890.10}');
  });
});

describe('rebase', () => {
  const edited = edit(SHOWN, 'name', 'Grace');

  it('takes over what the user has not touched', () => {
    const draft = rebase(edited, row({ ...SHOWN.base, note: 'new' }));
    expect(draftValue(draft, 'note')).toBe('new');
    expect(draftValue(draft, 'name')).toBe('Grace');
    expect(draft.conflicts).toEqual([]);
  });

  it('keeps what the user typed and notes what somebody else did to it', () => {
    const draft = rebase(edited, row({ ...SHOWN.base, name: 'Alan' }));
    expect(draftValue(draft, 'name')).toBe('Grace');
    expect(draft.conflicts).toEqual([{ column: 'name', mine: 'Grace', theirs: 'Alan' }]);
  });

  it('sees no conflict where both did the same', () => {
    const draft = rebase(edited, row({ ...SHOWN.base, name: 'Grace' }));
    expect(draft.edits.size).toBe(0);
    expect(draft.conflicts).toEqual([]);
  });

  it('keeps a conflict while other columns change, and follows the last change', () => {
    const once = rebase(edited, row({ ...SHOWN.base, name: 'Alan' }));
    const twice = rebase(once, row({ ...SHOWN.base, name: 'Alan', note: 'x' }));
    const thrice = rebase(twice, row({ ...SHOWN.base, name: 'Linus', note: 'x' }));
    expect(twice.conflicts).toHaveLength(1);
    expect(thrice.conflicts).toEqual([{ column: 'name', mine: 'Grace', theirs: 'Linus' }]);
  });

  it('ends a conflict when the row goes back to what the user typed', () => {
    const conflict = rebase(edited, row({ ...SHOWN.base, name: 'Alan' }));
    expect(rebase(conflict, row({ ...SHOWN.base, name: 'Grace' })).conflicts).toEqual([]);
  });
});

describe('resolve', () => {
  const conflict = rebase(edit(SHOWN, 'name', 'Grace'), row({ ...SHOWN.base, name: 'Alan' }));

  it('keeps mine, to be sent', () => {
    const draft = resolve(conflict, 'name', 'mine');
    expect(draft.conflicts).toEqual([]);
    expect(changesOf(draft)).toEqual(row({ name: 'Grace' }));
  });

  it('takes theirs, with nothing left to send', () => {
    const draft = resolve(conflict, 'name', 'theirs');
    expect(draftValue(draft, 'name')).toBe('Alan');
    expect(draft.edits.size).toBe(0);
  });

  it('shows what is typed after the conflict arose', () => {
    expect(edit(conflict, 'name', 'Grace H.').conflicts[0]?.mine).toBe('Grace H.');
    expect(edit(conflict, 'name', 'Alan').conflicts).toEqual([]);
  });
});

describe('wholeOf', () => {
  it('is the row with the changes, for the columns named', () => {
    const draft = edit(SHOWN, 'name', 'Grace');
    expect(wholeOf(draft, ['name', 'note'])).toEqual(row({ name: 'Grace', note: null }));
  });
});
