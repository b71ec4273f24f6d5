/**
 * Takes `continue` out of the address, by which Spring Security finds the page again that somebody
 * wanted to see before signing in.
 */
export function forgetSignIn({ location, history }: Window): void {
  const address = new URL(location.href);
  if (address.searchParams.get('continue') === '') {
    const rest = address.search
      .slice(1)
      .split('&')
      .filter((it) => it !== 'continue' && it !== 'continue=');
    address.search = rest.join('&');
    history.replaceState(history.state, '', address);
  }
}
