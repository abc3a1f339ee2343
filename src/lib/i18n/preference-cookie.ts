/**
 * What a person chose about how pages look and speak, kept on their device. A cookie rather than local storage, so that the
 * server renders the first page right. Written only when somebody chooses.
 */
export const languageCookie = 'lang';
export const themeCookie = 'theme';

export type PreferenceCookie = typeof languageCookie | typeof themeCookie;

const aYearInSeconds = 365 * 24 * 60 * 60;

/** For the server; readable by scripts, since they write it too. */
export function preferenceCookieOptions(secure: boolean) {
	return { path: '/', maxAge: aYearInSeconds, sameSite: 'lax', httpOnly: false, secure } as const;
}

/** Remembers a preference on this device; only in a browser. Values are our own words and need no escaping. */
export function rememberPreference(name: PreferenceCookie, value: string): void {
	const secure = location.protocol === 'https:' ? '; Secure' : '';
	document.cookie = `${name}=${value}; Path=/; Max-Age=${String(aYearInSeconds)}; SameSite=Lax${secure}`;
}
