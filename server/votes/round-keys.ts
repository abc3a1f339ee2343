/**
 * The keys of open vote rounds.
 *
 * While a round is open, a ballot is stored under HMAC(round key, participant), so that its voter can change it and
 * nobody who reads only the database can tell whose it is. The key lies in a file of its own beside the database, never
 * in it, and in no backup or export. It is durable before the round's row is committed, and gone once the round is closed:
 * from then on nothing leads from a voter to a ballot.
 *
 * A key can be lost while its round is open (a restored backup, a copied database). The round then takes no more ballots
 * (`vote.keyLost`): without the key nobody's earlier ballot can be found, so a second one would count twice. It can still
 * be closed, which counts the ballots as they stand, and asked again as a new round.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, stat, unlink } from 'node:fs/promises';
import path from 'node:path';

import { roundId as roundIdSchema, type ParticipantId, type RoundId } from '#lib/domain/ids.ts';
import { AppError } from '#lib/protocol/errors.ts';

const keyBytes = 32;
const keyFileSuffix = '.key';

export type RoundKeys = {
	/** Makes a key and puts it on disk; resolves when it would survive a power cut. Keeps the key there already is. */
	create(roundId: RoundId): Promise<void>;
	has(roundId: RoundId): boolean;
	/** The rounds there is a key for, with the moment each key was made. */
	list(): readonly { readonly roundId: RoundId; readonly createdAt: Date }[];
	/** The name under which a person's ballot lies while the round is open. @throws AppError `vote.keyLost` */
	voterKey(roundId: RoundId, participantId: ParticipantId): Uint8Array;
	/** Forgets a key, on disk and in memory, for good. Does nothing if there is none. */
	destroy(roundId: RoundId): Promise<void>;
};

/** Reads the keys in `folder`, which is made if need be. A key cut off in the middle of being written is dropped. */
export async function openRoundKeys(folder: string): Promise<RoundKeys> {
	await mkdir(folder, { recursive: true, mode: 0o700 });
	const keys = await readKeys(folder);
	const fileOf = (roundId: RoundId) => path.join(folder, `${roundId}${keyFileSuffix}`);

	return {
		async create(roundId) {
			if (keys.has(roundId)) return;
			const key = randomBytes(keyBytes);
			await writeDurably(fileOf(roundId), key);
			await syncFolder(folder);
			keys.set(roundId, { key, createdAt: new Date() });
		},
		has: (roundId) => keys.has(roundId),
		list: () => Array.from(keys, ([roundId, { createdAt }]) => ({ roundId, createdAt })),
		voterKey(roundId, participantId) {
			const entry = keys.get(roundId);
			if (entry === undefined) throw new AppError('vote.keyLost');
			return createHmac('sha256', entry.key).update(participantId).digest();
		},
		async destroy(roundId) {
			const entry = keys.get(roundId);
			if (entry === undefined) return;
			keys.delete(roundId);
			entry.key.fill(0);
			await overwriteAndUnlink(fileOf(roundId));
			await syncFolder(folder);
		},
	};
}

type KeyEntry = { readonly key: Buffer; readonly createdAt: Date };

async function readKeys(folder: string): Promise<Map<RoundId, KeyEntry>> {
	const keys = new Map<RoundId, KeyEntry>();
	for (const name of await readdir(folder)) {
		const roundId = roundIdSchema.safeParse(name.slice(0, -keyFileSuffix.length));
		if (!name.endsWith(keyFileSuffix) || !roundId.success) continue;
		const file = path.join(folder, name);
		const key = await readFile(file);
		if (key.length === keyBytes) keys.set(roundId.data, { key, createdAt: (await stat(file)).mtime });
		else await unlink(file);
	}
	return keys;
}

async function writeDurably(file: string, content: Uint8Array): Promise<void> {
	// No 'wx': what an interrupted attempt left behind is shorter than a key and belongs to no committed round.
	const handle = await open(file, 'w', 0o600);
	try {
		await handle.writeFile(content);
		await handle.sync();
	} finally {
		await handle.close();
	}
}

/** Overwriting first helps on plain disks; a copying file system or a flash controller may keep the old bytes for a while. */
async function overwriteAndUnlink(file: string): Promise<void> {
	await writeDurably(file, randomBytes(keyBytes));
	await unlink(file);
}

/** Makes new and removed names of a folder survive a power cut; Windows has no such call and needs none. */
async function syncFolder(folder: string): Promise<void> {
	if (process.platform === 'win32') return;
	const handle = await open(folder, 'r');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}
