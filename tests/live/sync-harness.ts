import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createServer as createTcpServer, connect as connectTcp, type AddressInfo, type Socket } from 'node:net';

import { WebSocket as RawSocket } from 'ws';

import type { ErrorCode } from '#lib/protocol/errors.ts';
import { BoardConnection } from '#lib/live/board-connection.ts';
import { memoryStorage } from '#lib/live/device-storage.ts';
import { TextConnection } from '#lib/live/text-connection.ts';
import type { BoardContent } from '#lib/protocol/board-document.ts';
import { splitSocket, type Database } from '#server/db/client.ts';
import { GroupCommit } from '#server/db/group-commit.ts';
import { createLogger } from '#server/logger.ts';
import type { SyncAccess } from '#server/sync/access.ts';
import { createSyncServer } from '#server/sync/sync-server.ts';
import type { SyncService } from '#server/sync/sync-service.ts';
import { usualTimes, type SyncTimes } from '#server/sync/sync-times.ts';
import { createTextDocument } from '#server/sync/text-document-service.ts';

export const headings = ['challenge', 'dream'] as const;

/** The sync side alone behind an HTTP server, with rights and boards that the test sets. */
export class SyncHarness implements AsyncDisposable {
	readonly database: Database;
	readonly boards = new Map<string, { generation: number; content: BoardContent }>();
	/** Who may not do what: by document. Everything else is allowed. */
	readonly denied = new Map<string, ErrorCode>();
	readonly readOnly = new Set<string>();
	readonly times: Partial<SyncTimes>;
	/** How long reading a board's rows takes; they are as they were at its beginning. */
	boardReadMs = 0;
	sync: SyncService;
	readonly #commits: GroupCommit;
	readonly #http = createServer();
	readonly #clients: { close(): void }[] = [];
	#port = 0;

	private constructor(database: Database, times: Partial<SyncTimes>) {
		this.times = times;
		this.database = database;
		this.#commits = new GroupCommit({ database, logger: createLogger('silent') });
		this.sync = this.#createSync();
		this.#http.on('upgrade', (request, socket, head) => this.sync.handleUpgrade(request, socket, head));
	}

	static async start(database: Database, times: Partial<SyncTimes> = {}): Promise<SyncHarness> {
		const harness = new SyncHarness(database, times);
		await new Promise<void>((resolve) => harness.#http.listen(0, '127.0.0.1', resolve));
		harness.#port = (harness.#http.address() as AddressInfo).port;
		return harness;
	}

	get address(): string {
		return `ws://127.0.0.1:${this.#port}/sync`;
	}

	/** Ends the sync side and puts a new one in its place, as after a restart of the process. */
	async restart(): Promise<void> {
		await this.sync.close();
		this.sync = this.#createSync();
	}

	board(content: BoardContent): string {
		const boardId = randomUUID();
		this.boards.set(boardId, { generation: 1, content });
		return boardId;
	}

	watch(boardId: string): BoardConnection {
		const board = new BoardConnection({ address: this.address, boardId, changed: () => undefined });
		this.#clients.push(board);
		return board;
	}

	write(documentId: string, storage = memoryStorage()): TextConnection {
		const text = new TextConnection({ address: this.address, documentId, headings, storage, changed: () => undefined });
		this.#clients.push(text);
		return text;
	}

	/** A socket that can say anything; gathers what it gets. */
	async raw(documentId: string, query = ''): Promise<RawClient> {
		const client = new RawClient(`${this.address}/${documentId}${query}`);
		this.#clients.push(client);
		await client.opened;
		return client;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		for (const client of this.#clients) client.close();
		await this.sync.close(500);
		this.#http.closeAllConnections();
		await new Promise((resolve) => this.#http.close(resolve));
	}

	#createSync(): SyncService {
		return createSyncServer({
			database: this.database,
			commits: this.#commits,
			logger: createLogger('silent'),
			times: { ...usualTimes, ...this.times },
			isAllowedOrigin: ({ headers }) => headers.origin !== 'https://elsewhere.example',
			authorize: (_request, documentId) => Promise.resolve(this.#accessTo(documentId)),
			loadBoard: async (boardId) => {
				const rows = this.boards.get(boardId) ?? { generation: 0, content: { ideas: [], groups: [] } };
				await new Promise((resolve) => setTimeout(resolve, this.boardReadMs));
				return rows;
			},
		});
	}

	#accessTo(documentId: string): SyncAccess {
		const code = this.denied.get(documentId);
		if (code !== undefined) return { kind: 'denied', code };
		if (this.boards.has(documentId)) return { kind: 'board', subject: 'somebody', scope: 'workshop' };
		const identity = { name: 'Anna', colour: 'mint' } as const;
		return { kind: 'text', subject: 'somebody', scope: 'workshop', mayWrite: !this.readOnly.has(documentId), identity };
	}
}

export class RawClient {
	readonly frames: Uint8Array[] = [];
	readonly opened: Promise<void>;
	readonly closed: Promise<{ code: number; reason: string }>;
	readonly #socket: RawSocket;

	constructor(url: string) {
		this.#socket = new RawSocket(url);
		this.#socket.on('message', (data: Buffer) => this.frames.push(new Uint8Array(data)));
		this.#socket.on('error', () => undefined);
		this.opened = new Promise((resolve) => this.#socket.once('open', resolve));
		this.closed = new Promise((resolve) =>
			this.#socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
		);
	}

	send(frame: Uint8Array | string): void {
		this.#socket.send(frame);
	}

	/** Stops reading, as a frozen device does. */
	freeze(): void {
		this.#socket.pause();
	}

	thaw(): void {
		this.#socket.resume();
	}

	close(): void {
		this.#socket.terminate();
	}
}

/** Sheets need a workshop; its other rows don't matter here. */
export async function newSheet(sql: Database, text: Readonly<Record<string, string>> = {}): Promise<string> {
	const [row] = await sql<{ id: string }[]>`
		with p as (insert into programme (slug, name) values (${randomUUID()}, '{}') returning id),
			e as (insert into edition (programme_id, slug, title) select id, ${randomUUID()}, '{}' from p returning id)
		insert into workshop (edition_id, code, title, personal_data_until)
		select id, ${String(Math.floor(Math.random() * 9e7) + 1e7)}, '{}', '2099-12-31' from e returning id`;
	if (row === undefined) throw new Error('no workshop');
	return createTextDocument(sql, { workshopId: row.id, tableId: null, projectId: null, headings, text });
}

/** A way to the database that can be cut, for outages: connections break and new ones are refused. */
export class CuttableRoad implements AsyncDisposable {
	readonly #server = createTcpServer((client) => this.#carry(client));
	readonly #open = new Set<Socket>();
	readonly #target: { path: string } | { host: string; port: number };
	#cut = false;

	private constructor(databaseUrl: string) {
		const { address, socketPath } = splitSocket(databaseUrl);
		const { hostname, port } = new URL(address);
		this.#target = socketPath === undefined ? { host: hostname, port: Number(port || 5432) } : { path: socketPath };
	}

	/** @returns the road and the address of the database at its end */
	static async to(databaseUrl: string): Promise<{ road: CuttableRoad; url: string }> {
		const road = new CuttableRoad(databaseUrl);
		await new Promise<void>((resolve) => road.#server.listen(0, '127.0.0.1', resolve));
		const url = new URL(splitSocket(databaseUrl).address);
		url.hostname = '127.0.0.1';
		url.port = String((road.#server.address() as AddressInfo).port);
		return { road, url: url.href };
	}

	cut(): void {
		this.#cut = true;
		for (const socket of this.#open) socket.destroy();
	}

	mend(): void {
		this.#cut = false;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.cut();
		await new Promise((resolve) => this.#server.close(resolve));
	}

	#carry(client: Socket): void {
		if (this.#cut) {
			client.destroy();
			return;
		}
		const server = connectTcp(this.#target as { host: string; port: number });
		for (const [from, to] of [
			[client, server],
			[server, client],
		] as const) {
			this.#open.add(from);
			from.on('error', () => from.destroy());
			from.on('close', () => {
				this.#open.delete(from);
				to.destroy();
			});
			from.pipe(to);
		}
	}
}
