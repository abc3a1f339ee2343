import { createHash, timingSafeEqual } from 'node:crypto';

import type { IdeaId, WorkshopId } from '#lib/domain/ids.ts';
import type { Idea } from '#server/live/workshop-state.ts';

/** What the server keeps of an author's key where names are not recorded. */
export type IdeaKey = {
	/** Follows from the key, so that the same idea sent twice is one, without a log that would name who sent it. */
	readonly ideaId: IdeaId;
	/** SHA-256 in hex. */
	readonly hash: string;
};

export function keyOf(workshopId: WorkshopId, key: string): IdeaKey {
	return { ideaId: uuidOf(digest('idea', workshopId, key)), hash: digest('key', workshopId, key).toString('hex') };
}

export function fitsKey(workshopId: WorkshopId, { keyHash }: Idea, key: string): boolean {
	return keyHash !== null && timingSafeEqual(Buffer.from(keyHash, 'hex'), digest('key', workshopId, key));
}

function digest(...parts: readonly string[]): Buffer {
	return createHash('sha256').update(parts.join('\n')).digest();
}

/** A UUID of version 8 (RFC 9562): its bits are ours to fill. */
function uuidOf(hash: Buffer): IdeaId {
	const bytes = Buffer.from(hash.subarray(0, 16));
	bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
	bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
	const hex = bytes.toString('hex');
	const groups = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
	return groups.join('-') as IdeaId;
}
