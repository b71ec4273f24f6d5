import { parseDecimal } from './decimal';
import { currencyDigits, layOut } from './number-layout';
import type { NumberDress } from './number-layout';

const write = (text: string, locale: string, dress?: NumberDress, grouped?: boolean): string =>
  layOut(parseDecimal(text)!, locale, dress, grouped).replaceAll(/[\u00a0\u202f]/g, ' ');

describe('layOut', () => {
  it('groups numbers far beyond what JavaScript can hold', () => {
    expect(write('123456789012345678901234567890.12', 'en')).toBe(
      '123,456,789,012,345,678,901,234,567,890.12',
    );
    expect(write('9'.repeat(400), 'en').replaceAll(',', '')).toBe('9'.repeat(400));
  });

  it.each([
    ['1234567.5', 'de', '1.234.567,5'],
    ['1234567.5', 'fr', '1 234 567,5'],
    ['1234567.5', 'en-IN', '12,34,567.5'],
    ['1234', 'es', '1234'],
    ['12345', 'es', '12.345'],
    ['1234', 'en', '1,234'],
    ['-1234', 'en', '-1,234'],
    ['0', 'en', '0'],
  ])('writes %s in %s as %s', (text, locale, result) => {
    expect(write(text, locale)).toBe(result);
  });

  it('agrees with Intl wherever Intl is exact', () => {
    for (const locale of ['en', 'de', 'fr', 'en-IN', 'pl', 'ar-EG', 'de-CH', 'sv']) {
      for (const value of [0, 7, 999, 1000, 12345, 123456, 1234567, -1, -98765.25]) {
        const expected = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(value);
        expect(layOut(parseDecimal(String(value))!, locale)).toBe(expected);
      }
    }
  });

  it('leaves out the grouping on demand', () => {
    expect(write('1234567', 'en', {}, false)).toBe('1234567');
  });

  it('puts the currency where the locale has it', () => {
    const euro: NumberDress = { style: 'currency', currency: 'EUR' };
    expect(write('-1234.50', 'en', euro)).toBe('-€1,234.50');
    expect(write('1234.50', 'de', euro)).toBe('1.234,50 €');
    expect(write('5', 'en', { ...euro, currencyDisplay: 'code' })).toBe('EUR 5');
  });

  it('shows the number alone when the currency code is none', () => {
    expect(write('5.00', 'en', { style: 'currency', currency: 'NOPE' })).toBe('5.00');
  });

  it('writes percentages as the locale does', () => {
    expect(write('12.5', 'en', { style: 'percent' })).toBe('12.5%');
    expect(write('12.5', 'de', { style: 'percent' })).toBe('12,5 %');
  });
});

describe('currencyDigits', () => {
  it('knows how many digits a currency has', () => {
    expect([currencyDigits('EUR'), currencyDigits('JPY'), currencyDigits('nope')]).toEqual([
      2, 0, 2,
    ]);
  });
});
