import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Server, type Socket } from 'socket.io';

import { workshopId as workshopIdSchema, type WorkshopId } from '#lib/domain/ids.ts';
import { commandEnvelope, type CommandAck } from '#lib/protocol/commands.ts';
import { AppError, type ErrorCode } from '#lib/protocol/errors.ts';
import {
	hello,
	type Audience,
	type ClientToServerEvents,
	type Hello,
	type ServerToClientEvents,
	type StorageState,
} from '#lib/protocol/live.ts';
import { isTransientFailure } from '#server/db/transient-failure.ts';
import { isRevoked, type Identify, type Identity, type Revocation } from '#server/identity.ts';
import type { Logger } from '#server/logger.ts';

import { roleOf, type MayFacilitate, type Role } from './actor-lookup.ts';
import { CommandBudget } from './command-budget.ts';
import { refusal } from './decide-batch.ts';
import type { LiveWorkshops } from './live-workshops.ts';
import { OutgoingGuard } from './outgoing-guard.ts';
import type { FeedName } from './view-feeds.ts';
import type { EncodedSnapshot, Member, RoomOptions, WorkshopRoom } from './workshop-room.ts';

/**
 * The live workshop's sockets.
 *
 * A connection says in its handshake which workshop it wants and as what; who it is, its cookies say. It is let in, gets a snapshot
 * and its own view, and from then on sends commands. Every frame is parsed; what isn't the protocol is answered with a code or, where
 * there is nothing to answer to, ignored. Nothing relies on socket.io's own recovery: a client that missed something asks again.
 */
export type LiveServerOptions = {
	readonly identify: Identify;
	readonly isAllowedOrigin: (request: IncomingMessage) => boolean;
	readonly mayFacilitate: MayFacilitate;
	readonly logger: Logger;
	readonly now: () => number;
};

type ConnectionData = { hello: Hello; identity: Identity; room: WorkshopRoom; role: Role };
type LiveSocket = Socket<ClientToServerEvents, ServerToClientEvents, Record<string, never>, ConnectionData>;

const maxFrameBytes = 64 * 1024;
const sweepMs = 5_000;

export class LiveServer {
	readonly #io: Server<ClientToServerEvents, ServerToClientEvents, Record<string, never>, ConnectionData>;
	readonly #options: LiveServerOptions;
	readonly #sockets = new Map<LiveSocket, OutgoingGuard>();
	readonly #sweep: NodeJS.Timeout;
	#workshops: LiveWorkshops | undefined;
	#storage: StorageState = 'ok';

	constructor(options: LiveServerOptions) {
		this.#options = options;
		this.#io = new Server({
			path: '/socket.io/',
			serveClient: false,
			maxHttpBufferSize: maxFrameBytes,
			pingInterval: 15_000,
			pingTimeout: 20_000,
			destroyUpgrade: false,
			perMessageDeflate: false,
			// Long polling comes as plain requests, which no upgrade check sees.
			allowRequest: (request, decide) => decide(null, options.isAllowedOrigin(request)),
		});
		this.#io.use((socket, next) => {
			this.#letIn(socket).then(
				() => next(),
				(error: unknown) => next(Object.assign(new Error('refused'), { data: { code: this.#codeOf(error) } })),
			);
		});
		this.#io.on('connection', (socket) => this.#serve(socket));
		this.#sweep = setInterval(() => {
			for (const guard of this.#sockets.values()) guard.sweep();
		}, sweepMs).unref();
	}

	/** Starts letting people in. */
	open(workshops: LiveWorkshops): void {
		this.#workshops = workshops;
		// Requests reach the engine through the two handlers below, after they were routed by path. socket.io makes its engine only
		// for a server to hang on; this one never listens.
		this.#io.attach(createServer());
	}

	/** Where our sockets are, for the router of upgrades and requests. */
	readonly path = '/socket.io/' as const;

	handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
		this.#io.engine.handleUpgrade(request, socket, head);
	}

	handleRequest(request: IncomingMessage, response: ServerResponse): void {
		this.#io.engine.handleRequest(request, response);
	}

	/** Sends a message to everybody who gets this feed; it is encoded once. */
	broadcast = (workshopId: WorkshopId, feed: FeedName, message: Parameters<RoomOptions['broadcast']>[1]): void => {
		this.#io.to(channel(workshopId, feed)).emit('patch', message);
	};

	/** Tells everybody whether what they write is being saved. */
	tellStorage(state: StorageState): void {
		this.#storage = state;
		this.#io.emit('storage', { state });
	}

	revoke(revocation: Revocation): void {
		for (const socket of this.#sockets.keys()) {
			if (isRevoked(socket.data.identity, revocation)) sendAway(socket, 'session.expired');
		}
	}

	async close(): Promise<void> {
		clearInterval(this.#sweep);
		await this.#io.close();
	}

	async #letIn(socket: LiveSocket): Promise<void> {
		const parsed = hello.safeParse(socket.handshake.auth);
		if (!parsed.success)
			throw new AppError(isVersionIssue(socket.handshake.auth) ? 'protocol.version' : 'protocol.invalid');
		if (this.#workshops === undefined) throw new AppError('server.failed');
		const { audience, workshop } = parsed.data;
		const identity = await this.#options.identify(socket.handshake.headers.cookie);
		const room = await this.#findRoom(this.#workshops, audience, workshop, identity);
		const state = await room.queue.read((current) => current);
		const role = await roleOf(identity, audience, state, this.#options.mayFacilitate);
		Object.assign(socket.data, { hello: parsed.data, identity, room, role });
	}

	#findRoom(workshops: LiveWorkshops, audience: Audience, workshop: string, identity: Identity): Promise<WorkshopRoom> {
		if (audience === 'facilitator') {
			const id = workshopIdSchema.safeParse(workshop);
			if (!id.success) throw new AppError('workshop.unknown');
			return workshops.room(id.data);
		}
		if (audience === 'participant') return workshops.roomByCode(workshop);
		if (identity.device === null) throw new AppError('session.missing');
		return workshops.room(identity.device.workshopId);
	}

	#serve(socket: LiveSocket): void {
		const { room, role, hello: greeting } = socket.data;
		let listening: FeedName | null = null;
		const member: Member = {
			audience: greeting.audience,
			actorId: role.id,
			actor: (state) => role.actor(state),
			facilitatorName: role.name,
			sendSnapshot: (message, feed) => {
				// From here on the patches that follow this snapshot come too, and none before it.
				if (listening !== null && listening !== feed) void socket.leave(channel(room.id, listening));
				if (feed !== null) void socket.join(channel(room.id, feed));
				listening = feed;
				socket.conn.write(snapshotPacket(message));
			},
			sendMe: (me) => socket.emit('me', me),
			sendMePatch: (patch) => socket.emit('mePatch', { patch }),
			sendAway: (error) => sendAway(socket, this.#codeOf(error)),
		};
		if (this.#storage !== 'ok') socket.emit('storage', { state: this.#storage });
		const budget = new CommandBudget(this.#options.now);
		this.#sockets.set(socket, new OutgoingGuard(socket.conn));
		forgetHandshake(socket);
		socket.on('error', (error) => this.#options.logger.debug({ err: error }, 'a socket failed'));
		socket.on('disconnect', () => {
			this.#sockets.delete(socket);
			room.leave(member);
		});
		socket.on('resync', () => {
			if (budget.spend()) room.resync(member).catch((error: unknown) => this.#fault(error));
		});
		socket.on('command', (envelope, acknowledge) => {
			if (typeof acknowledge !== 'function') return;
			this.#command(socket, envelope, budget).then(acknowledge, (error: unknown) => this.#fault(error));
		});
		room.join(member).catch((error: unknown) => sendAway(socket, this.#codeOf(error)));
	}

	async #command(socket: LiveSocket, raw: unknown, budget: CommandBudget): Promise<CommandAck> {
		const envelope = commandEnvelope.safeParse(raw);
		if (!envelope.success) {
			const names = envelope.error.issues.some((issue) => issue.path[0] === 'name');
			return refusal(new AppError(names ? 'command.unknown' : 'command.invalid'));
		}
		if (!budget.spend()) return refusal(new AppError('request.tooMany', { seconds: budget.secondsToWait }));
		const { room, role } = socket.data;
		return room.queue.run(role, envelope.data);
	}

	#codeOf(error: unknown): ErrorCode {
		if (error instanceof AppError) return error.code;
		if (isTransientFailure(error)) {
			this.#options.logger.warn({ err: error }, 'somebody could not be let in');
			return 'database.away';
		}
		this.#fault(error);
		return 'server.failed';
	}

	#fault(error: unknown): void {
		this.#options.logger.error({ err: error }, 'a live connection failed');
	}
}

/** What the handshake brought is read; a thousand of them would only lie there. */
function forgetHandshake(socket: LiveSocket): void {
	Reflect.set(socket.conn, 'request', null);
	Reflect.set(socket, 'handshake', null);
}

/**
 * The packet of the event `snapshot` (socket.io protocol 5: type 2, then JSON), around a view that is JSON already: a room that comes
 * in within a minute would otherwise have it encoded a thousand times.
 */
function snapshotPacket({ seq, now, view }: EncodedSnapshot): string {
	return `2["snapshot",{"seq":${seq},"now":${now},"view":${view}}]`;
}

function channel(workshopId: WorkshopId, feed: FeedName): string {
	return `${workshopId} ${feed}`;
}

function sendAway(socket: LiveSocket, code: ErrorCode): void {
	socket.emit('goodbye', { code });
	socket.disconnect(true);
}

function isVersionIssue(auth: unknown): boolean {
	return typeof auth === 'object' && auth !== null && 'version' in auth && auth.version !== hello.shape.version.value;
}
