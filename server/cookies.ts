/**
 * One cookie out of a `Cookie` header (RFC 6265, 4.2.1), taken as it stands; the first one if a name comes twice.
 * Tolerant on purpose: other programs on the same host set cookies too, and theirs must not break ours.
 */
export function readCookie(header: string | undefined, name: string): string | undefined {
	for (const pair of header?.split(';') ?? []) {
		const equals = pair.indexOf('=');
		if (equals !== -1 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
	}
	return undefined;
}
