import { TestBed } from '@angular/core/testing';
import { ProblemError, Rows } from '../../backend';
import { jsonObject, readProblem } from '../../model';
import type { Cell, VersionedRow } from '../../model';
import { RecordEditor } from './record-editor';

const NAME = { schema: 's', relation: 't', primaryKey: ['id'], key: ['1'] };

function stored(version: string, values: Record<string, Cell> = {}): VersionedRow {
  const row = jsonObject(Object.entries({ id: '1', name: 'Ada', note: null, ...values }));
  return { row, version };
}

function refusal(status: number, code = 'x', column: string | null = null): ProblemError {
  return new ProblemError({ ...readProblem(status, null), code, column });
}

describe('RecordEditor', () => {
  let editor: RecordEditor;
  const rows = { row: vi.fn(), update: vi.fn(), insert: vi.fn(), remove: vi.fn() };

  beforeEach(async () => {
    vi.resetAllMocks();
    TestBed.configureTestingModule({
      providers: [RecordEditor, { provide: Rows, useValue: rows }],
    });
    editor = TestBed.inject(RecordEditor);
    rows.row.mockResolvedValueOnce(stored('1'));
    await editor.open(NAME);
  });

  it('sends only what changed, with the version it was read in', async () => {
    rows.update.mockResolvedValue(stored('2', { name: 'Grace' }));
    editor.edit('name', 'Grace');
    expect(await editor.save()).toEqual(stored('2', { name: 'Grace' }).row);
    expect(rows.update).toHaveBeenCalledWith(NAME, jsonObject([['name', 'Grace']]), '1');
    expect(editor.isDirty()).toBe(false);
  });

  it('follows the row while it is shown', () => {
    editor.receive(stored('2', { note: 'new' }));
    expect(editor.draft().base?.['note']).toBe('new');
    expect(editor.changedElsewhere()).toEqual(['note']);
  });

  it('does not mistake its own write for somebody else’s', async () => {
    rows.update.mockImplementation(() => {
      editor.receive(stored('2', { name: 'GRACE' }));
      return Promise.resolve(stored('2', { name: 'GRACE' }));
    });
    editor.edit('name', 'grace');
    await editor.save();
    expect(editor.draft().conflicts).toEqual([]);
    expect(editor.isDirty()).toBe(false);
  });

  it('keeps what was typed when the database refuses it', async () => {
    rows.update.mockRejectedValue(refusal(409, '23505', 'name'));
    editor.edit('name', 'Grace');
    expect(await editor.save()).toBeNull();
    expect(editor.problem()).toMatchObject({ code: '23505', column: 'name' });
    expect(editor.draft().edits.get('name')).toBe('Grace');
    editor.edit('name', 'Grace H.');
    expect(editor.problem()).toBeNull();
  });

  it('saves over changes to columns the user has not touched', async () => {
    rows.update
      .mockRejectedValueOnce(refusal(412))
      .mockResolvedValueOnce(stored('3', { name: 'Grace', note: 'new' }));
    rows.row.mockResolvedValueOnce(stored('2', { note: 'new' }));
    editor.edit('name', 'Grace');
    expect(await editor.save()).not.toBeNull();
    expect(rows.update).toHaveBeenLastCalledWith(NAME, jsonObject([['name', 'Grace']]), '2');
    expect(editor.problem()).toBeNull();
  });

  it('waits for a decision where both changed the same column', async () => {
    rows.update.mockRejectedValueOnce(refusal(412));
    rows.row.mockResolvedValueOnce(stored('2', { name: 'Alan' }));
    editor.edit('name', 'Grace');
    expect(await editor.save()).toBeNull();
    expect(editor.draft().conflicts).toEqual([{ column: 'name', mine: 'Grace', theirs: 'Alan' }]);
    expect(await editor.save()).toBeNull();
    expect(rows.update).toHaveBeenCalledTimes(1);

    rows.update.mockResolvedValueOnce(stored('3', { name: 'Grace' }));
    editor.resolve('name', 'mine');
    expect(await editor.save()).not.toBeNull();
    expect(rows.update).toHaveBeenLastCalledWith(NAME, jsonObject([['name', 'Grace']]), '2');
  });

  it('keeps the input when the row is deleted, and can save it as a new row', async () => {
    editor.edit('name', 'Grace');
    editor.receive(null);
    expect(editor.status()).toBe('gone');
    rows.insert.mockResolvedValue(stored('9', { name: 'Grace' }));
    await editor.insert({ schema: 's', relation: 't' }, ['name', 'note']);
    expect(rows.insert).toHaveBeenCalledWith(
      { schema: 's', relation: 't' },
      jsonObject([
        ['name', 'Grace'],
        ['note', null],
      ]),
    );
  });

  it('notices by a refused write that the row is gone', async () => {
    rows.update.mockRejectedValueOnce(refusal(412));
    rows.row.mockRejectedValueOnce(refusal(406, 'PGRST116'));
    editor.edit('name', 'Grace');
    await editor.save();
    expect(editor.status()).toBe('gone');
    expect(editor.draft().edits.get('name')).toBe('Grace');
  });

  it('tells a row that never was from one that could not be read', async () => {
    rows.row.mockRejectedValueOnce(refusal(406, 'PGRST116'));
    await editor.open({ ...NAME, key: ['2'] });
    expect(editor.status()).toBe('missing');
    rows.row.mockRejectedValueOnce(refusal(503));
    await editor.open({ ...NAME, key: ['3'] });
    expect(editor.status()).toBe('failed');
    rows.row.mockResolvedValueOnce(stored('1'));
    await editor.reload();
    expect(editor.status()).toBe('ready');
  });

  it('shows the row that was asked for last, whatever answer comes last', async () => {
    let answerFirst: (row: VersionedRow) => void = () => undefined;
    rows.row.mockReturnValueOnce(new Promise((resolve) => (answerFirst = resolve)));
    const first = editor.open({ ...NAME, key: ['2'] });
    rows.row.mockResolvedValueOnce(stored('1', { name: 'Second' }));
    await editor.open({ ...NAME, key: ['3'] });
    answerFirst(stored('1', { name: 'First' }));
    await first;
    expect(editor.draft().base?.['name']).toBe('Second');
  });

  it('deletes only the version it knows', async () => {
    rows.remove.mockRejectedValueOnce(refusal(412));
    rows.row.mockResolvedValueOnce(stored('2', { note: 'x' }));
    expect(await editor.remove()).toBe(false);
    rows.remove.mockResolvedValueOnce(undefined);
    expect(await editor.remove()).toBe(true);
    expect(rows.remove).toHaveBeenLastCalledWith(NAME, '2');
  });
});
