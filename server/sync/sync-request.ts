import type { IncomingMessage } from 'node:http';

import * as z from 'zod';

import type { Grant } from './text-grants.ts';

/** What the address of a document's socket asks for. */
export type SyncRequest = {
	readonly documentId: string;
	/** `?grant`: only a clientID for a new document instance is wanted. */
	readonly wantsGrant: boolean;
	/** What this document instance was granted. */
	readonly grant: Grant | null;
};

const path = /^\/sync\/([0-9a-f-]{36})$/;
const uuid = z.uuid();
const clientId = z.coerce.number().int().positive();

/** `null` for an address that names no document. */
export function readSyncRequest(request: IncomingMessage): SyncRequest | null {
	const { pathname, searchParams } = new URL(request.url ?? '', 'http://sync.invalid');
	const documentId = uuid.safeParse(path.exec(pathname)?.[1]);
	if (!documentId.success) return null;
	const client = clientId.safeParse(searchParams.get('client'));
	const grant = client.success ? { clientId: client.data, proof: searchParams.get('proof') ?? '' } : null;
	return { documentId: documentId.data, wantsGrant: searchParams.has('grant'), grant };
}
