import { TestBed } from '@angular/core/testing';
import { SettingsStore } from '../../backend';
import type { RelationSettings } from '../../model';
import { relationLike } from '../../testing/columns';
import { ColumnStore } from './column-store';

describe('ColumnStore', () => {
  const kept = { load: vi.fn(), save: vi.fn(), reset: vi.fn() };
  let store: ColumnStore;
  const shown = (): string[] => store.shown().map(({ column }) => column.name);

  const start = async (settings: RelationSettings | null): Promise<void> => {
    kept.load.mockResolvedValue(settings);
    kept.save.mockResolvedValue(undefined);
    kept.reset.mockResolvedValue(undefined);
    TestBed.configureTestingModule({
      providers: [ColumnStore, { provide: SettingsStore, useValue: kept }],
    });
    store = TestBed.inject(ColumnStore);
    store.use(relationLike());
    await vi.advanceTimersByTimeAsync(0);
  };

  beforeEach(() => {
    vi.useFakeTimers();
    vi.clearAllMocks();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('begins with what the user chose before', async () => {
    await start({ columns: [{ name: 'name' }, { name: 'id', hidden: true }] });
    expect(store.isReady()).toBe(true);
    expect(shown()).toEqual(['name']);
  });

  it('shows columns even when the settings cannot be read', async () => {
    kept.load.mockRejectedValueOnce(new Error('away'));
    await start(null);
    expect(shown()).toEqual(['id', 'name']);
  });

  it('keeps several changes with one request, and says when they are kept', async () => {
    await start(null);
    store.choose('id', { width: 50 });
    store.choose('name', { format: 'badge' });
    store.moveShown('name', 0);
    expect([shown(), store.saveState()]).toEqual([['name', 'id'], 'saving']);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(store.saveState()).toBe('saved');
    expect(kept.save).toHaveBeenCalledOnce();
    expect(kept.save).toHaveBeenCalledWith(
      { schema: 'public', relation: 'thing' },
      {
        columns: [
          { name: 'name', format: 'badge' },
          { name: 'id', width: 50 },
        ],
      },
    );
  });

  it('says when they could not be kept, and tries again', async () => {
    await start(null);
    kept.save.mockRejectedValueOnce(new Error('away'));
    store.choose('id', { hidden: true });
    await vi.advanceTimersByTimeAsync(1_000);
    expect([store.saveState(), store.problem()?.message]).toEqual(['failed', 'away']);
    await store.save();
    expect([store.saveState(), store.problem()]).toEqual(['saved', null]);
  });

  it('goes back to the defaults', async () => {
    await start({ columns: [{ name: 'name' }, { name: 'id', hidden: true }] });
    await store.reset();
    expect([shown(), store.isDefault()]).toEqual([['id', 'name'], true]);
    expect(kept.reset).toHaveBeenCalledOnce();
  });

  it('shows all columns again, and keeps nothing where none was hidden', async () => {
    await start(null);
    store.showAll();
    expect(store.isDefault()).toBe(true);
    store.choose('id', { hidden: true });
    store.showAll();
    expect(shown()).toEqual(['id', 'name']);
  });

  it('keeps the choices when the relation changes', async () => {
    await start(null);
    store.choose('id', { hidden: true });
    store.use(relationLike({ version: '2' }));
    expect(shown()).toEqual(['name']);
  });
});
