import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';

import { groupsOf, ideasOf } from '#lib/protocol/board-document.ts';
import { encodeSync, messageType, syncStep } from '#lib/protocol/sync-wire.ts';

import type { ServerAddress } from './address.ts';
import { RawSocket } from './raw-socket.ts';

/** What Yjs says of an empty document: nothing known, nothing to add. */
const emptyStateVector = new Uint8Array([0]);
const emptyUpdate = new Uint8Array([0, 0]);

export type BoardLineOptions = {
	readonly cookie: string;
	readonly boardId: string;
	/** Whether this person's device keeps the document; the others only receive it. */
	readonly keeps: boolean;
	readonly closed: () => void;
};

/** A person's connection to the board they sit at. It only reads: the server alone writes boards. */
export class BoardLine {
	readonly boardId: string;
	readonly #socket: RawSocket;
	readonly #document: Y.Doc | null;

	constructor(server: ServerAddress, { cookie, boardId, keeps, closed }: BoardLineOptions) {
		this.boardId = boardId;
		this.#document = keeps ? new Y.Doc() : null;
		this.#socket = new RawSocket(
			{ host: server.host, port: server.port, path: `/sync/${boardId}`, cookie },
			{ onFrame: (bytes, start, end) => this.#receive(bytes, start, end), onClose: closed },
		);
		this.#socket.opened.then(
			() => this.#socket.send(encodeSync(syncStep.step1, emptyStateVector)),
			() => undefined,
		);
	}

	/** Published ideas and groups of the board, by their ids; empty for those who don't keep it. */
	get content(): { readonly ideas: string[]; readonly groups: string[] } {
		if (this.#document === null) return { ideas: [], groups: [] };
		return { ideas: [...ideasOf(this.#document).keys()], groups: [...groupsOf(this.#document).keys()] };
	}

	close(): void {
		this.#socket.close();
		this.#document?.destroy();
	}

	#receive(bytes: Buffer, start: number, end: number): void {
		if (bytes[start] !== messageType.sync) return;
		const step = bytes[start + 1];
		if (step === syncStep.step1) this.#socket.send(encodeSync(syncStep.step2, emptyUpdate));
		else if (this.#document !== null)
			Y.applyUpdate(this.#document, decoding.readVarUint8Array(decoding.createDecoder(bytes.subarray(start + 2, end))));
	}
}
