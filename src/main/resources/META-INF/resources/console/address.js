/**
 * The address of a view, in the fragment of the page's address: `#/ORGANIZATION/SANDBOX/VIEW/ID?name=value`. A fragment
 * is not sent to the server or to the token provider, so the page has one address to register there.
 */

/** Reads an address. Missing parts are empty strings, but for the view. */
export function parse(hash) {
  const [path, query = ''] = hash.replace(/^#/, '').split(/\?(.*)/s);
  const [organization = '', sandbox = '', view = '', id = ''] = path.replace(/^\//, '').split('/').map(decode);
  return {organization, sandbox, view: view || 'audiences', id, query: Object.fromEntries(new URLSearchParams(query))};
}

/** Writes an address as a value of `href`. Empty parameters are left out. */
export function format({organization, sandbox, view = 'audiences', id = '', query = {}}) {
  const path = [organization, sandbox, view, id].filter((part) => part !== '').map(encode).join('/');
  const parameters = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '' && value != null));
  return `#/${path}${parameters.size > 0 ? '?' + parameters : ''}`;
}

/** Shows another view; the back button returns to the present one. */
export function go(address) {
  location.hash = format(address);
}

/** Changes the address without a step for the back button. */
export function replace(address) {
  history.replaceState(null, '', format(address));
  dispatchEvent(new HashChangeEvent('hashchange'));
}

function encode(part) {
  return encodeURIComponent(part).replaceAll('%40', '@').replaceAll('%3A', ':');
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
