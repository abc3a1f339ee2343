/**
 * What a person chose about how pages look and speak, kept on their device. A cookie rather than local storage, so that the
 * server renders the first page right. Written only when somebody chooses.
 */
export const languageCookie = 'lang';
export const themeCookie = 'theme';

export type PreferenceCookie = typeof languageCookie | typeof themeCookie;

const aYearInSeconds = 365 * 24 * 60 * 60;

/** The `document.cookie` line, also fit for a `Set-Cookie` header. Values are our own tokens and need no escaping. */
export function preferenceCookie(name: PreferenceCookie, value: string, secure: boolean): string {
	return `${name}=${value}; Path=/; Max-Age=${String(aYearInSeconds)}; SameSite=Lax${secure ? '; Secure' : ''}`;
}

/** Remembers a preference on this device; only in a browser. */
export function rememberPreference(name: PreferenceCookie, value: string): void {
	document.cookie = preferenceCookie(name, value, location.protocol === 'https:');
}
