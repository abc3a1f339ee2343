import { boardId, commandId, type BoardId, type CommandId, type IdeaId } from '#lib/domain/ids.ts';
import type { CommandAck, CommandInput, CommandName } from '#lib/protocol/commands.ts';
import type { ErrorCode } from '#lib/protocol/errors.ts';

import { CommandQueue } from './command-queue.ts';
import { deliveryOf, holdsWords } from './delivery.ts';
import type { DeviceStorage } from './device-storage.ts';
import { outboxEntry, OutboxShelf, type OutboxEntry, type OutboxOwner } from './outbox-entry.ts';
import { randomId } from './random-id.ts';

/**
 * Everything that was asked of the server and isn't answered yet.
 *
 * - A *kept* command stays on the device until it is acknowledged: over reconnects, reloads and nights. An *immediate* one is
 *   given up soon; which is which stands in `delivery.ts`.
 * - Nothing leaves before {@link Outbox.belongTo} has said whose session this connection is: what one person wrote on this
 *   device is never sent as another.
 * - A refused command that holds words stays in {@link Outbox.refused}, over reloads too, until it is sent again or dismissed.
 */
export interface OutboxOptions {
	readonly storage: DeviceStorage;
	/** Sends an envelope; calls back with the raw acknowledgement, or never if the connection drops before. */
	readonly transmit: (envelope: unknown, acknowledged: (ack: unknown) => void) => void;
	/** The server no longer knows this session: everything kept waits for a new one. */
	readonly sessionLost: (code: ErrorCode) => void;
	readonly now?: () => number;
}

/** An idea of this page that the server has acknowledged. */
export type LandedIdea = {
	readonly ideaId: IdeaId;
	readonly commandId: CommandId;
	readonly text: string;
	readonly boardId: BoardId | null;
	/** What opens it again, where names are not recorded. */
	readonly key: string | null;
	readonly madeAt: number;
};

const landedKept = 200;

export class Outbox {
	readonly #options: OutboxOptions;
	readonly #queue: CommandQueue;
	/** Who waits for the answer to a command that was made on this page. */
	readonly #waiting: Record<CommandId, (ack: CommandAck) => void> = {};
	/** `undefined` until the first `belongTo`, `null` for somebody whose commands aren't stored. */
	#owner: OutboxOwner | null | undefined;
	#shelf: OutboxShelf | null = null;
	#lastMadeAt = 0;

	#entries: readonly OutboxEntry[] = $state.raw([]);
	#refused: readonly OutboxEntry[] = $state.raw([]);
	#leftBehind: readonly OutboxEntry[] = $state.raw([]);
	#landed: readonly LandedIdea[] = $state.raw([]);

	constructor(options: OutboxOptions) {
		this.#options = options;
		this.#queue = new CommandQueue({
			transmit: options.transmit,
			sessionLost: options.sessionLost,
			finished: (entry, ack) => this.#finished(entry, ack),
		});
	}

	/** Kept commands that aren't acknowledged yet, in the order they were made. */
	get entries(): readonly OutboxEntry[] {
		return this.#entries;
	}

	/** How many things this person made are not on the server's disk yet. */
	get pending(): number {
		return this.#entries.length;
	}

	/** What the server refused and still holds somebody's words. */
	get refused(): readonly OutboxEntry[] {
		return this.#refused;
	}

	/** Ideas on this device that were never acknowledged, written in this workshop under another session. */
	get leftBehind(): readonly OutboxEntry[] {
		return this.#leftBehind;
	}

	/** Ideas that were written on this page and are saved: a list carries on with the same row under its new id. */
	get landed(): readonly LandedIdea[] {
		return this.#landed;
	}

	/** False when a reload would lose what waits (the browser refuses storage). */
	get durable(): boolean {
		return this.#options.storage.durable;
	}

	/**
	 * Takes a command and answers once the server has: after the commit, or with its refusal. A command that a later one made
	 * superfluous answers as the later one. An immediate command that finds no connection answers `connection.lost`.
	 */
	send<Name extends CommandName>(name: Name, payload: CommandInput<Name>): Promise<CommandAck> {
		const entry = outboxEntry(commandId.parse(randomId()), name, payload, this.#nextMadeAt());
		const superseded = this.#queue.takeSuperseded(entry);
		const followers = superseded.map(({ id }) => this.#stopWaiting(id));
		for (const { id } of superseded) this.#shelf?.remove(id);
		if (deliveryOf(name) === 'kept') this.#shelf?.put(entry);
		return new Promise((resolve) => {
			this.#waiting[entry.id] = (ack) => {
				resolve(ack);
				for (const follow of followers) follow?.(ack);
			};
			this.#queue.add(entry);
			this.#publish();
		});
	}

	/**
	 * Says whose session the connection is, and lets commands flow. What was made before anybody was known becomes theirs; what
	 * they left on this device earlier is taken up again. Call it for every connection.
	 * @param owner the person or device, or null for somebody whose commands aren't stored
	 */
	belongTo(owner: OutboxOwner | null): void {
		if (this.#owner === undefined || this.#owner?.id !== owner?.id) this.#changeOwner(owner);
		this.#queue.start();
	}

	/** The connection is gone: nothing leaves until the next {@link belongTo}. */
	hold(): void {
		this.#queue.hold();
	}

	/** Lets go of a refused command; returns it, so that its words can be put back into a field. */
	dismiss(id: CommandId): OutboxEntry | undefined {
		const entry = this.#refused.find((refused) => refused.id === id);
		this.#refused = this.#refused.filter((refused) => refused.id !== id);
		this.#shelf?.remove(id);
		return entry;
	}

	/** Sends a refused command once more, as a new one. */
	retry(id: CommandId): Promise<CommandAck> | undefined {
		const entry = this.dismiss(id);
		return entry === undefined ? undefined : this.send(entry.name, entry.payload);
	}

	/** Sends what was left behind as this owner's own, if the person says that it is theirs. */
	adoptLeftBehind(): void {
		const entries = this.#leftBehind;
		this.dropLeftBehind();
		for (const { name, payload } of entries) void this.send(name, payload);
	}

	dropLeftBehind(): void {
		this.#leftBehind = [];
		this.#shelf?.clearLeftBehind();
	}

	/** Forgets everything of this owner on this device, as when somebody leaves a shared one. */
	clear(): void {
		this.#shelf?.clear();
		this.#dropAll();
	}

	/** Ends this page's part; what is kept stays on the device. */
	close(): void {
		this.#queue.hold();
		this.#queue.clear();
	}

	#changeOwner(owner: OutboxOwner | null): void {
		if (this.#owner !== undefined) this.#dropAll();
		this.#owner = owner;
		this.#shelf = owner === null ? null : new OutboxShelf(this.#options.storage, owner);
		const stored = this.#shelf?.entries() ?? [];
		for (const entry of this.#queue.kept) this.#shelf?.put(entry);
		this.#queue.addBefore(stored.filter((entry) => entry.error === null));
		this.#refused = stored.filter((entry) => entry.error !== null);
		this.#leftBehind = (this.#shelf?.leftBehind() ?? []).filter((entry) => entry.name === 'idea.submit');
		this.#lastMadeAt = Math.max(this.#lastMadeAt, ...stored.map((entry) => entry.madeAt));
		this.#publish();
	}

	#dropAll(): void {
		for (const { id } of this.#queue.clear())
			this.#stopWaiting(id)?.({ ok: false, error: { code: 'session.expired' } });
		this.#landed = [];
		this.#refused = [];
		this.#publish();
	}

	#nextMadeAt(): number {
		this.#lastMadeAt = Math.max((this.#options.now ?? Date.now)(), this.#lastMadeAt + 1);
		return this.#lastMadeAt;
	}

	#finished(entry: OutboxEntry, ack: CommandAck): void {
		const { id, name, payload, madeAt } = entry;
		this.#shelf?.remove(id);
		if (!ack.ok && holdsWords(name)) {
			const refused: OutboxEntry = { ...entry, error: ack.error };
			this.#refused = [...this.#refused, refused];
			this.#shelf?.put(refused);
		}
		if (ack.ok && name === 'idea.submit' && ack.result.ideaId !== undefined) {
			this.#landed = [...this.#landed.slice(1 - landedKept), landedIdea(ack.result.ideaId, { id, payload, madeAt })];
		}
		this.#publish();
		this.#stopWaiting(id)?.(ack);
	}

	/** Whoever waits for a command's answer; nobody, if it was made before a reload. */
	#stopWaiting(id: CommandId): ((ack: CommandAck) => void) | undefined {
		const waiting = this.#waiting[id];
		Reflect.deleteProperty(this.#waiting, id);
		return waiting;
	}

	#publish(): void {
		this.#entries = this.#queue.kept;
	}
}

function landedIdea(
	ideaId: IdeaId,
	{ id, payload, madeAt }: Pick<OutboxEntry<'idea.submit'>, 'id' | 'payload' | 'madeAt'>,
): LandedIdea {
	const { text, key = null } = payload;
	return { ideaId, commandId: id, text, boardId: boardId.nullable().parse(payload.boardId ?? null), key, madeAt };
}
