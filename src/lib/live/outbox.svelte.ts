import { commandId, type CommandId, type IdeaId } from '#lib/domain/ids.ts';
import { commandAck, type CommandAck, type CommandInput, type CommandName } from '#lib/protocol/commands.ts';
import type { ErrorCode, WireError } from '#lib/protocol/errors.ts';

import { deliveryOf, holdsWords, supersedingKey, treatmentOf, type Delivery } from './delivery.ts';
import type { DeviceStorage } from './device-storage.ts';
import { outboxEntry, OutboxShelf, type OutboxEntry, type OutboxOwner } from './outbox-entry.ts';
import { randomId } from './random-id.ts';

/**
 * Everything that was asked of the server and isn't answered yet.
 *
 * - A *kept* command stays on the device until it is acknowledged: over reconnects, reloads and nights. Kept commands leave one
 *   after another, in the order they were made, each with the id it was born with, so that the server recognises a resend.
 * - An *immediate* command goes out beside that queue and is given up after {@link patienceMs}.
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

/** How long an immediate command may wait for its answer. */
export const patienceMs = 10_000;
/** A kept command without an answer is sent again (with the same id) after this. */
export const resendMs = 20_000;

const firstRetryMs = 1_000;
const longestRetryMs = 15_000;
/** A fault of the server may be due to this very command: it isn't tried for ever. */
const faultsAllowed = 4;
const landedKept = 200;

/** An idea of this page that the server has acknowledged. */
export type LandedIdea = {
	readonly ideaId: IdeaId;
	readonly commandId: CommandId;
	readonly text: string;
	readonly madeAt: number;
};

/** A command on its way, with what isn't stored. */
type Job = {
	readonly entry: OutboxEntry;
	readonly delivery: Delivery;
	readonly resolve: (ack: CommandAck) => void;
	/** Whether it ever left. If so it may have arrived, and a later command can't take its place. */
	left: boolean;
	/** Whether it left on this connection and waits for its answer. */
	underWay: boolean;
	faults: number;
	timer: ReturnType<typeof setTimeout> | undefined;
};

export class Outbox {
	readonly #options: OutboxOptions;
	/** In the order of sending. */
	#jobs: Job[] = [];
	/** `undefined` until the first `belongTo`, `null` for somebody whose commands aren't stored. */
	#owner: OutboxOwner | null | undefined;
	#shelf: OutboxShelf | null = null;
	#flowing = false;
	#lastMadeAt = 0;
	#retryMs = firstRetryMs;
	#pause: ReturnType<typeof setTimeout> | undefined;

	#entries: readonly OutboxEntry[] = $state.raw([]);
	#refused: readonly OutboxEntry[] = $state.raw([]);
	#leftBehind: readonly OutboxEntry[] = $state.raw([]);
	#landed: readonly LandedIdea[] = $state.raw([]);

	constructor(options: OutboxOptions) {
		this.#options = options;
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

	/** False when a reload would lose what waits (the browser refuses storage). */
	get durable(): boolean {
		return this.#options.storage.durable;
	}

	/** Ideas that were written on this page and are saved: a list carries on with the same row under its new id. */
	get landed(): readonly LandedIdea[] {
		return this.#landed;
	}

	/**
	 * Takes a command and answers once the server has: after the commit, or with its refusal. A command that a later one made
	 * superfluous answers as the later one. An immediate command that finds no connection answers `connection.lost`.
	 */
	send<Name extends CommandName>(name: Name, payload: CommandInput<Name>): Promise<CommandAck> {
		const delivery = deliveryOf(name);
		const entry = outboxEntry(commandId.parse(randomId()), name, payload, this.#nextMadeAt());
		return new Promise((resolve) => {
			const superseded = delivery === 'kept' ? this.#takeSuperseded(name, payload) : [];
			const job = this.#newJob(entry, delivery, (ack) => {
				resolve(ack);
				for (const earlier of superseded) earlier.resolve(ack);
			});
			this.#jobs.push(job);
			if (delivery === 'kept') this.#shelf?.put(entry);
			else job.timer = setTimeout(() => this.#finish(job, failed('connection.lost')), patienceMs);
			this.#publish();
			this.#flow();
		});
	}

	/**
	 * Says whose session the connection is, and lets commands flow. What was made before anybody was known becomes theirs; what
	 * they left on this device earlier is taken up again. Call it for every connection.
	 * @param owner the person or device, or null for somebody whose commands aren't stored
	 */
	belongTo(owner: OutboxOwner | null): void {
		if (this.#owner === undefined || this.#owner?.id !== owner?.id) this.#changeOwner(owner);
		this.#flowing = true;
		this.#flow();
	}

	/** The connection is gone: nothing leaves until the next {@link belongTo}. */
	hold(): void {
		this.#flowing = false;
		clearTimeout(this.#pause);
		this.#pause = undefined;
		this.#retryMs = firstRetryMs;
		for (const job of this.#jobs) {
			job.underWay = false;
			if (job.delivery === 'kept') clearTimeout(job.timer);
		}
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

	/** Ideas on this device that were never acknowledged, written in this workshop under another session. */
	get leftBehind(): readonly OutboxEntry[] {
		return this.#leftBehind;
	}

	/** Sends them as this owner's own, if the person says that they are theirs. */
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
		this.hold();
		for (const job of this.#jobs) clearTimeout(job.timer);
	}

	#changeOwner(owner: OutboxOwner | null): void {
		if (this.#owner !== undefined) this.#dropAll();
		this.#owner = owner;
		this.#shelf = owner === null ? null : new OutboxShelf(this.#options.storage, owner);
		const stored = this.#shelf?.entries() ?? [];
		for (const job of this.#jobs) if (job.delivery === 'kept') this.#shelf?.put(job.entry);
		const leftOver = stored.filter((entry) => entry.error === null);
		this.#jobs = [...leftOver.map((entry) => this.#newJob(entry, 'kept', nobodyWaits)), ...this.#jobs];
		this.#refused = stored.filter((entry) => entry.error !== null);
		this.#leftBehind = (this.#shelf?.leftBehind() ?? []).filter((entry) => entry.name === 'idea.submit');
		this.#lastMadeAt = Math.max(this.#lastMadeAt, ...stored.map((entry) => entry.madeAt));
		this.#publish();
	}

	#dropAll(): void {
		for (const job of this.#jobs) {
			clearTimeout(job.timer);
			job.resolve(failed('session.expired'));
		}
		this.#jobs = [];
		this.#landed = [];
		this.#refused = [];
		this.#publish();
	}

	#newJob(entry: OutboxEntry, delivery: Delivery, resolve: (ack: CommandAck) => void): Job {
		return { entry, delivery, resolve, left: false, underWay: false, faults: 0, timer: undefined };
	}

	#nextMadeAt(): number {
		this.#lastMadeAt = Math.max((this.#options.now ?? Date.now)(), this.#lastMadeAt + 1);
		return this.#lastMadeAt;
	}

	/** Takes out the waiting commands that this one makes superfluous. */
	#takeSuperseded(name: CommandName, payload: CommandInput<CommandName>): Job[] {
		const key = supersedingKey(name, payload);
		if (key === null) return [];
		const superseded = this.#jobs.filter(
			(job) => job.delivery === 'kept' && !job.left && supersedingKey(job.entry.name, job.entry.payload) === key,
		);
		for (const job of superseded) this.#remove(job);
		return superseded;
	}

	#flow(): void {
		if (!this.#flowing) return;
		let queueTaken = this.#pause !== undefined;
		for (const job of this.#jobs) {
			if (job.delivery === 'kept') {
				if (queueTaken) continue;
				queueTaken = true;
			}
			if (!job.underWay) this.#transmit(job);
		}
	}

	#transmit(job: Job): void {
		const { id, name, payload } = job.entry;
		job.left = true;
		job.underWay = true;
		if (job.delivery === 'kept') {
			clearTimeout(job.timer);
			job.timer = setTimeout(() => {
				job.underWay = false;
				this.#flow();
			}, resendMs);
		}
		this.#options.transmit({ id, name, payload }, (raw) => this.#answer(id, raw));
	}

	#answer(id: CommandId, raw: unknown): void {
		const job = this.#jobs.find((candidate) => candidate.entry.id === id);
		// The answer to a resend comes twice.
		if (job === undefined) return;
		const parsed = commandAck.safeParse(raw);
		const ack = parsed.success ? parsed.data : failed('server.failed');
		if (ack.ok) {
			this.#retryMs = firstRetryMs;
			if (ack.result.ideaId !== undefined && job.entry.name === 'idea.submit') {
				const landed = {
					ideaId: ack.result.ideaId,
					commandId: id,
					text: job.entry.payload.text,
					madeAt: job.entry.madeAt,
				};
				this.#landed = [...this.#landed.slice(1 - landedKept), landed];
			}
			this.#finish(job, ack);
			return;
		}
		job.underWay = false;
		switch (treatmentOf(ack.error.code)) {
			case 'again':
				this.#tryLater(job);
				break;
			case 'againAFewTimes':
				job.faults += 1;
				if (job.faults < faultsAllowed) this.#tryLater(job);
				else this.#giveBack(job, ack.error);
				break;
			case 'keep':
				this.#flowing = false;
				this.#options.sessionLost(ack.error.code);
				break;
			case 'giveBack':
				this.#giveBack(job, ack.error);
				break;
		}
	}

	#tryLater(job: Job): void {
		if (job.delivery === 'kept') clearTimeout(job.timer);
		const waitMs = this.#retryMs * (0.5 + Math.random() / 2);
		this.#retryMs = Math.min(longestRetryMs, this.#retryMs * 2);
		clearTimeout(this.#pause);
		this.#pause = setTimeout(() => {
			this.#pause = undefined;
			this.#flow();
		}, waitMs);
	}

	#giveBack(job: Job, error: WireError): void {
		if (job.delivery === 'kept' && holdsWords(job.entry.name)) {
			const refused: OutboxEntry = { ...job.entry, error };
			this.#refused = [...this.#refused, refused];
			this.#finish(job, { ok: false, error });
			this.#shelf?.put(refused);
		} else {
			this.#finish(job, { ok: false, error });
		}
	}

	#finish(job: Job, ack: CommandAck): void {
		this.#remove(job);
		this.#publish();
		job.resolve(ack);
		this.#flow();
	}

	#remove(job: Job): void {
		clearTimeout(job.timer);
		this.#jobs = this.#jobs.filter((other) => other !== job);
		if (job.delivery === 'kept') this.#shelf?.remove(job.entry.id);
	}

	#publish(): void {
		this.#entries = this.#jobs.filter((job) => job.delivery === 'kept').map((job) => job.entry);
	}
}

function failed(code: ErrorCode): CommandAck {
	return { ok: false, error: { code } };
}

/** For commands taken up after a reload: whoever asked is gone, the lists show the outcome. */
const nobodyWaits = (): void => undefined;
