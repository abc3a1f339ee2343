const key = 'invitation';

/** An invitation's secret, kept in this tab while its reader signs in: it must not travel in an address. */
export function keepSecret(secret: string): void {
	sessionStorage.setItem(key, secret);
}

/** The secret out of the page's address, else the one that was kept; empty if there is none. */
export function readSecret(hash: string): string {
	const inAddress = hash.slice(1);
	return inAddress === '' ? (sessionStorage.getItem(key) ?? '') : inAddress;
}

export function forgetSecret(): void {
	sessionStorage.removeItem(key);
}
