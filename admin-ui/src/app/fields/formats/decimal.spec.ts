import { decimalText, parseDecimal, rounded, shifted } from './decimal';
import type { Decimal } from './decimal';

const decimal = (text: string): Decimal => parseDecimal(text)!;

describe('parseDecimal', () => {
  it('keeps every digit', () => {
    const long = `${'1234567890'.repeat(50)}.${'0987654321'.repeat(50)}`;
    expect(decimalText(decimal(long))).toBe(long);
  });

  it.each([
    ['1.5e3', '1500'],
    ['1.5E-3', '0.0015'],
    ['-0.00', '-0.00'],
    ['.5', '0.5'],
    ['007', '7'],
    ['12.', '12'],
  ])('reads %s as %s', (text, plain) => {
    expect(decimalText(decimal(text))).toBe(plain);
  });

  it.each(['NaN', 'Infinity', '-', '', '.', '1,5', '1e', '0x10'])('refuses %s', (text) => {
    expect(parseDecimal(text)).toBeUndefined();
  });
});

describe('shifted', () => {
  it('moves the point both ways without losing digits', () => {
    expect(decimalText(shifted(decimal('0.12345'), 2))).toBe('12.345');
    expect(decimalText(shifted(decimal('7'), 2))).toBe('700');
    expect(decimalText(shifted(decimal('7'), -3))).toBe('0.007');
  });
});

describe('rounded', () => {
  it.each([
    ['0.125', 2, '0.13'],
    ['-0.125', 2, '-0.13'],
    ['999.999', 2, '1000.00'],
    ['9.5', 0, '10'],
    ['-0.001', 2, '0.00'],
    ['1', 3, '1.000'],
    ['0.4', 0, '0'],
    ['0.96', 1, '1.0'],
  ])('writes %s with %i decimals as %s', (text, places, result) => {
    expect(decimalText(rounded(decimal(text), places))).toBe(result);
  });
});
