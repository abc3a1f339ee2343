import * as z from 'zod';

import { boardId, ideaId } from '#lib/domain/ids.ts';
import { errorCodes, type ErrorCode } from '#lib/protocol/errors.ts';
import type { ServerToClientEvents } from '#lib/protocol/live.ts';

import type { ServerAddress } from './address.ts';
import { BoardLine } from './board-line.ts';
import { LiveLine } from './live-line.ts';
import { type ViewReplica } from './view-replica.ts';

/** What a person knows of themselves, as far as somebody synthetic wants to know it. */
const ownView = z.object({ kind: z.literal('participant'), boardId, ideas: z.record(ideaId, z.unknown()) });
export type OwnView = z.infer<typeof ownView>;

const ownPatch = z.object({ patch: z.array(z.tuple([z.array(z.string())]).rest(z.unknown())) });
const farewell = z.object({ code: z.enum(errorCodes) });
const refusal = z.object({ data: z.object({ code: z.enum(errorCodes) }) });

export type ConnectionOptions = {
	readonly server: ServerAddress;
	readonly code: string;
	readonly cookie: string;
	/** Whether this device keeps view and board; the others only receive them. */
	readonly keeps: ViewReplica | null;
	/** The server has told what is this person's own: from here on commands may leave. */
	readonly ready: (own: OwnView) => void;
	/** It has ended; with a code if the server doesn't want this person. */
	readonly closed: (code: ErrorCode | null) => void;
};

/** A phone that is connected: the live workshop on one socket, the board that its person sits at on another. */
export class Connection {
	readonly #options: ConnectionOptions;
	readonly #live: LiveLine;
	#board: BoardLine | undefined;
	#endedBy: ErrorCode | null = null;
	#open = true;

	constructor(options: ConnectionOptions) {
		this.#options = options;
		const { server, cookie, code } = options;
		this.#live = new LiveLine(
			server,
			{ cookie, code },
			{
				opened: () => undefined,
				refused: (why) => this.#refused(why),
				event: (name, read) => this.#hear(name, read),
				closed: () => this.#ended(),
			},
		);
	}

	get board(): BoardLine | undefined {
		return this.#board;
	}

	readonly command: LiveLine['command'] = (envelope, acknowledged) => this.#live.command(envelope, acknowledged);

	resync(): void {
		this.#options.keeps?.interrupt();
		this.#live.resync();
	}

	close(): void {
		this.#live.close();
		this.#ended();
	}

	#refused(why: unknown): void {
		const parsed = refusal.safeParse(why);
		this.#endedBy = parsed.success ? parsed.data.data.code : 'server.failed';
		this.close();
	}

	#ended(): void {
		if (!this.#open) return;
		this.#open = false;
		this.#board?.close();
		this.#options.keeps?.interrupt();
		this.#options.closed(this.#endedBy);
	}

	#hear(name: string, read: () => unknown): void {
		switch (name as keyof ServerToClientEvents) {
			case 'snapshot':
				this.#options.keeps?.takeSnapshot(read() as Parameters<ServerToClientEvents['snapshot']>[0]);
				return;
			case 'patch':
				this.#patch(read);
				return;
			case 'me': {
				const message = read();
				this.#options.keeps?.takeOwn(message as Parameters<ServerToClientEvents['me']>[0]);
				const own = ownView.parse(message);
				this.#sitDown(own.boardId);
				this.#options.ready(own);
				return;
			}
			case 'mePatch':
				this.#ownPatch(read());
				return;
			case 'goodbye':
				this.#endedBy = farewell.parse(read()).code;
				return;
			case 'storage':
				return;
		}
	}

	#ownPatch(message: unknown): void {
		for (const [path, value] of ownPatch.parse(message).patch) {
			if (path.length === 1 && path[0] === 'boardId') this.#sitDown(boardId.parse(value));
		}
		const { patch } = message as Parameters<ServerToClientEvents['mePatch']>[0];
		if (this.#options.keeps?.takeOwnPatch(patch) === false) this.#live.resync();
	}

	#patch(read: () => unknown): void {
		const { keeps } = this.#options;
		if (keeps?.takePatch(read() as Parameters<ServerToClientEvents['patch']>[0]) === false) this.#live.resync();
	}

	#sitDown(boardId: string): void {
		if (this.#board?.boardId === boardId) return;
		this.#board?.close();
		const { server, cookie, keeps } = this.#options;
		const board: BoardLine = new BoardLine(server, {
			cookie,
			boardId,
			keeps: keeps !== null,
			// A board that is built anew, or a socket that was too slow, sends its reader away; they come back.
			closed: () => {
				if (this.#open && this.#board === board) setTimeout(() => this.#returnTo(board), 500 + Math.random() * 1000);
			},
		});
		this.#board = board;
	}

	#returnTo(board: BoardLine): void {
		if (!this.#open || this.#board !== board) return;
		this.#board = undefined;
		this.#sitDown(board.boardId);
	}
}
