import { createHash } from 'node:crypto';

/**
 * A value as JSON that is the same text whenever the value is: keys sorted by code unit, no white space, numbers and
 * strings as `JSON.stringify` writes them (RFC 8785). Keys that are `undefined` are left out, as JSON does.
 */
export function canonicalJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value);
	const members = Object.entries(value)
		.filter(([, member]) => member !== undefined)
		.sort(([one], [other]) => (one < other ? -1 : 1))
		.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
	return `{${members.join(',')}}`;
}

/** SHA-256 of a value's canonical JSON, in hex. */
export function hashOf(value: unknown): string {
	return createHash('sha256').update(canonicalJson(value)).digest('hex');
}
