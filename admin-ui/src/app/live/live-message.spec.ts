import { NumberText } from '../model';
import { readLiveMessage, readSchemaVersion } from './live-message';

describe('readLiveMessage', () => {
  it('reads a snapshot without losing a digit', () => {
    const message = readLiveMessage(
      '{"type":"snapshot","version":7,"rows":[{"id":9223372036854775807}],"count":null}',
    );
    expect(message).toMatchObject({ type: 'snapshot', version: 7, count: null });
    expect(message.type === 'snapshot' && message.rows[0]?.['id']).toEqual(
      new NumberText('9223372036854775807'),
    );
  });

  it('reads every kind of change', () => {
    const message = readLiveMessage(`{"type":"delta","from":7,"to":8,"changes":[
      {"op":"insert","at":0,"key":["42"],"row":{"id":42}},
      {"op":"update","at":3,"key":["17"],"row":{"id":17}},
      {"op":"move","from":5,"at":2,"key":["9"]},
      {"op":"delete","at":4,"key":["8"]}],"count":{"value":3,"exact":false}}`);
    expect(message).toMatchObject({
      from: 7,
      to: 8,
      count: { value: 3, exact: false },
      changes: [
        { op: 'insert', at: 0, key: ['42'] },
        { op: 'update', at: 3 },
        { op: 'move', from: 5, at: 2 },
        { op: 'delete', at: 4, key: ['8'] },
      ],
    });
  });

  it('reads a problem', () => {
    const message = readLiveMessage('{"type":"error","problem":{"code":"42703","message":"no"}}');
    expect(message).toMatchObject({ problem: { code: '42703', message: 'no' } });
  });

  it.each([
    '[]',
    '{}',
    '{"type":"else"}',
    '{"type":"snapshot","version":"7","rows":[]}',
    '{"type":"snapshot","version":7}',
    '{"type":"delta","from":1,"to":2,"changes":[{"op":"swap","at":0}]}',
    'no json',
  ])('refuses %s', (body) => {
    expect(() => readLiveMessage(body)).toThrow(SyntaxError);
  });
});

describe('readSchemaVersion', () => {
  it('reads the version', () => {
    expect(readSchemaVersion('{"type":"schema","version":"18"}')).toBe('18');
    expect(readSchemaVersion('{"type":"schema"}')).toBeNull();
  });
});
