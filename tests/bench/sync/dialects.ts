import * as encoding from 'lib0/encoding';

import { messageType, syncStep } from '#lib/protocol/sync-wire.ts';

export const serverNames = ['ours', 'hocuspocus', 'y-websocket'] as const;
export type ServerName = (typeof serverNames)[number];

/** How a server wants to be spoken to; all three exchange the messages of Yjs' sync protocol. */
export type Dialect = {
	/** Writers and readers of a text first ask for a clientID of their own. */
	readonly grantsTexts: boolean;
	/** The address of a document's socket. */
	path(documentId: string): string;
	/** What stands before every message. */
	prefix(documentId: string): Uint8Array;
	/** Sent before anything else, right after the handshake. */
	greeting(documentId: string): readonly Uint8Array[];
};

const nothing = new Uint8Array();

export const dialects: Readonly<Record<ServerName, Dialect>> = {
	ours: {
		grantsTexts: true,
		path: (documentId) => `/sync/${documentId}`,
		prefix: () => nothing,
		greeting: () => [],
	},
	'y-websocket': {
		grantsTexts: false,
		path: (documentId) => `/${documentId}`,
		prefix: () => nothing,
		greeting: () => [],
	},
	/** One socket may carry many documents, so each message names its own; and a token comes first. */
	hocuspocus: {
		grantsTexts: false,
		path: () => '/',
		prefix: nameOf,
		greeting: (documentId) => [
			encoding.encode((encoder) => {
				encoding.writeUint8Array(encoder, nameOf(documentId));
				encoding.writeVarUint(encoder, 2);
				encoding.writeVarUint(encoder, 0);
				encoding.writeVarString(encoder, 'bench');
				encoding.writeVarString(encoder, '4.7.0');
			}),
		],
	},
};

function nameOf(documentId: string): Uint8Array {
	return encoding.encode((encoder) => encoding.writeVarString(encoder, documentId));
}

/** A sync message with its prefix. */
export function syncFrame(prefix: Uint8Array, step: number, body: Uint8Array): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeUint8Array(encoder, prefix);
		encoding.writeVarUint(encoder, messageType.sync);
		encoding.writeVarUint(encoder, step);
		encoding.writeVarUint8Array(encoder, body);
	});
}

/** Hocuspocus answers a step 1 under another message type than it sends updates with. */
const syncReply = 4;

/** The sync step of the message that begins at `at`, or -1 for any other message. */
export function stepOf(bytes: Uint8Array, at: number): number {
	const type = bytes[at];
	return type === messageType.sync || type === syncReply ? (bytes[at + 1] ?? -1) : -1;
}

export const emptyUpdate = Uint8Array.of(0, 0);
export const emptyStateVector = Uint8Array.of(0);
export { syncStep };
