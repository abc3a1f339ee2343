import { randomUUID } from 'node:crypto';

import { CommandQueue } from '#lib/live/command-queue.ts';
import { socketTransport, type LiveTransport, type ServerAddress } from '#lib/live/live-transport.ts';
import { outboxEntry } from '#lib/live/outbox-entry.ts';
import { ServerClock } from '#lib/live/server-clock.ts';
import type { CommandId } from '#lib/domain/ids.ts';
import type { CommandAck, CommandInput, CommandName } from '#lib/protocol/commands.ts';
import type { ErrorCode } from '#lib/protocol/errors.ts';
import { applyPatch } from '#lib/protocol/json-patch.ts';
import type { Audience, LiveView, MeView, StorageState } from '#lib/protocol/live.ts';

/** A browser's live session without its runes: the same transport and the same queue of commands. */
export class Person implements Disposable {
	/** What the server has answered, by the command's id. */
	readonly answers = new Map<CommandId, CommandAck>();
	view: LiveView | undefined;
	me: MeView | undefined;
	/** The server's clock as this device sees it. */
	readonly clock: ServerClock;
	connected = false;
	/** What the server last said about saving. */
	storage: StorageState = 'ok';
	refusedBy: ErrorCode | undefined;
	/** How often a connection was there. */
	connections = 0;
	readonly #transport: LiveTransport;
	readonly #queue: CommandQueue;
	readonly #asking = new Map<CommandId, (ack: CommandAck) => void>();
	readonly #now: () => number;
	#seq: number | null = null;

	/** @param now the clock of this device, epoch milliseconds */
	constructor(server: ServerAddress, audience: Audience, workshop: string, now: () => number = Date.now) {
		this.#now = now;
		this.clock = new ServerClock(now);
		this.#transport = socketTransport(audience, workshop, server);
		this.#queue = new CommandQueue({
			transmit: (envelope, acknowledged) => this.#transport.command(envelope, acknowledged),
			sessionLost: (code) => (this.refusedBy = code),
			finished: ({ id }, ack) => this.#answered(id, ack),
		});
		this.#open();
	}

	/** Asks for a change until it is answered, over every loss of the connection, with the same id. */
	ask<Name extends CommandName>(name: Name, payload: CommandInput<Name>): Promise<CommandAck> {
		const id = randomUUID() as CommandId;
		return new Promise((resolve) => {
			this.#asking.set(id, resolve);
			this.#queue.add(outboxEntry(id, name, payload, this.#now()));
		});
	}

	/** Commands that wait for their answer. */
	get pending(): number {
		return this.#queue.kept.length;
	}

	[Symbol.dispose](): void {
		this.#transport.close();
		this.#queue.hold();
		this.#queue.clear();
	}

	#open(): void {
		this.#transport.open({
			connected: () => {
				this.#seq = null;
				this.storage = 'ok';
				this.clock.reset();
				this.connections += 1;
			},
			disconnected: () => {
				this.connected = false;
				this.#queue.hold();
			},
			refused: (code) => (this.refusedBy = code),
			goodbye: () => undefined,
			storage: ({ state }) => (this.storage = state),
			snapshot: ({ seq, now, view }) => {
				this.connected = true;
				this.clock.observe(now);
				this.#seq = seq;
				this.view = view;
			},
			patch: ({ seq, now, patch }) => {
				this.clock.observe(now);
				if (this.view === undefined || this.#seq === null) return;
				if (seq !== this.#seq + 1) {
					this.#seq = null;
					this.#transport.resync();
					return;
				}
				this.#seq = seq;
				applyPatch(this.view, patch);
			},
			me: (me) => {
				this.me = me;
				this.#queue.start();
			},
			mePatch: ({ patch }) => {
				if (this.me !== undefined) applyPatch(this.me, patch);
			},
		});
	}

	#answered(id: CommandId, ack: CommandAck): void {
		this.answers.set(id, ack);
		this.#asking.get(id)?.(ack);
		this.#asking.delete(id);
	}
}
