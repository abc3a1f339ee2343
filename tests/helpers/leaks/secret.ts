import { createHash } from 'node:crypto';

/**
 * What must not reach everybody, and whom it may reach when. Moments are named; a permission holds from the beginning of one to the
 * end of another.
 */
export type Secret = {
	readonly name: string;
	readonly trace: Trace;
	/** Empty: it must reach nobody at all. */
	readonly allowed: readonly Permission[];
	/** Clients that have it for sure in the end: if the scan doesn't find it with them, the scan is blind. */
	readonly certainlyAt: readonly string[];
};

export type Permission = {
	readonly clients: readonly string[];
	readonly from?: string | undefined;
	readonly until?: string | undefined;
	/** Where in what a client gets it may stand: tested against `REQUEST PATH`, such as `GET /socket.io/?… patch/people/ID/nickname`. */
	readonly where?: RegExp | undefined;
};

/**
 * How a secret is recognised: by words that occur nowhere else; by a value (a number of dots, a language) that stands with one of
 * these words, below it as a key, beside it in one object, or in the same line; or by a field with a word in its path, whatever is
 * in it.
 */
export type Trace =
	| { readonly kind: 'words'; readonly words: readonly string[] }
	| { readonly kind: 'value'; readonly value: number | string; readonly beside: readonly string[] }
	| { readonly kind: 'field'; readonly word: string; readonly path: RegExp };

/**
 * A word that stands for a secret: lower-case ASCII letters, so that no encoding of text has anything to escape in it, and unlike any
 * other word.
 */
export function canary(secret: string): string {
	const digest = createHash('sha256').update(secret).digest();
	return `zq${[...digest.subarray(0, 10)].map((byte) => String.fromCharCode(97 + (byte % 26))).join('')}`;
}

/** A word as it would look in the encodings that may hide it, itself first. */
export function formsOf(word: string): string[] {
	const bytes = Buffer.from(word, 'utf8');
	const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(word)
		? Buffer.from(word.replaceAll('-', ''), 'hex')
		: null;
	return [
		word,
		bytes.toString('hex'),
		Buffer.from(word, 'utf16le').toString('latin1'),
		...[0, 1, 2].map((offset) => insideBase64(bytes, offset)),
		...(uuid === null ? [] : [uuid.toString('hex'), uuid.toString('latin1')]),
	];
}

/** The characters of Base64 that depend on these bytes alone, when so many other bytes (modulo 3) stand before them. */
function insideBase64(bytes: Buffer, before: number): string {
	const encoded = Buffer.concat([Buffer.alloc(before), bytes])
		.toString('base64')
		.replaceAll('=', '');
	const shared = (before + bytes.length) % 3 === 0 ? 0 : 1;
	return encoded.slice(before === 0 ? 0 : before + 1, encoded.length - shared);
}
