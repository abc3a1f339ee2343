import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

import type { ParticipantId, RoundId } from '#lib/domain/ids.ts';

import { openRoundKeys } from './round-keys.ts';

let folder: string;
const round = randomUUID() as RoundId;
const voter = randomUUID() as ParticipantId;

beforeEach(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'round-keys-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a key lies in a file that only its owner can read', async () => {
	const keys = await openRoundKeys(folder);
	await keys.create(round);
	const file = await stat(path.join(folder, `${round}.key`));
	expect(file.size).toBe(32);
	if (process.platform !== 'win32') expect(file.mode & 0o777).toBe(0o600);
});

test('the same person has the same name in a round after a restart, and another one in another round', async () => {
	const keys = await openRoundKeys(folder);
	const other = randomUUID() as RoundId;
	await keys.create(round);
	await keys.create(other);
	const reopened = await openRoundKeys(folder);
	expect(reopened.voterKey(round, voter)).toEqual(keys.voterKey(round, voter));
	expect(reopened.voterKey(other, voter)).not.toEqual(keys.voterKey(round, voter));
});

test('creating a key twice keeps the first', async () => {
	const keys = await openRoundKeys(folder);
	await keys.create(round);
	const before = keys.voterKey(round, voter);
	await keys.create(round);
	expect(keys.voterKey(round, voter)).toEqual(before);
});

test('a destroyed key is gone from disk and memory, and destroying it again is harmless', async () => {
	const keys = await openRoundKeys(folder);
	await keys.create(round);
	await keys.destroy(round);
	await keys.destroy(round);
	expect(await readdir(folder)).toEqual([]);
	expect(() => keys.voterKey(round, voter)).toThrow('vote.keyLost');
});

test('a key cut off while it was written is dropped, foreign files are left alone', async () => {
	await writeFile(path.join(folder, `${round}.key`), Buffer.alloc(7));
	await writeFile(path.join(folder, 'notes.txt'), 'mine');
	const keys = await openRoundKeys(folder);
	expect(keys.has(round)).toBe(false);
	expect(await readdir(folder)).toEqual(['notes.txt']);
});
