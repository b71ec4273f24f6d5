import { forgetSignIn } from './forget-sign-in';

describe('forgetSignIn', () => {
  const after = (address: string): string => {
    history.replaceState(null, '', address);
    forgetSignIn(window);
    return location.pathname + location.search;
  };

  afterEach(() => {
    history.replaceState(null, '', '/');
  });

  it('leaves the rest of the address as it was written', () => {
    expect(after('/t/a/b?filter=x.eq.1%2C2&continue&order=y')).toBe(
      '/t/a/b?filter=x.eq.1%2C2&order=y',
    );
    expect(after('/t/a/b?continue=')).toBe('/t/a/b');
  });

  it('leaves other addresses alone', () => {
    expect(after('/t/a/b?continue=x')).toBe('/t/a/b?continue=x');
  });
});
