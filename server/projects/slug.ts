import { createHash } from 'node:crypto';

const maxWordsLength = 60;
const tailLetters = 'abcdefghjkmnpqrstuvwxyz23456789';
const tailLength = 5;

/** Letters that don't come apart into a base letter and an accent. */
const spelledOut: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd' };

/**
 * The name of a project in its address: its title in plain letters, and five letters made from its id. The tail keeps apart
 * projects of the same title, without asking the database which names are taken.
 */
export function slugOf(title: string, projectId: string): string {
	const words = title
		.toLowerCase()
		.replace(/[ßæœøłđ]/g, (letter) => spelledOut[letter] ?? letter)
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.replace(/[^a-z0-9]+/g, '-')
		.slice(0, maxWordsLength)
		.replace(/^-+|-+$/g, '');
	const digest = createHash('sha256').update(projectId).digest();
	const tail = Array.from(digest.subarray(0, tailLength), (byte) => tailLetters[byte % tailLetters.length] ?? '').join(
		'',
	);
	return words === '' ? tail : `${words}-${tail}`;
}
