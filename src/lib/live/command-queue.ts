import type { CommandId } from '#lib/domain/ids.ts';
import { commandAck, type CommandAck } from '#lib/protocol/commands.ts';
import type { ErrorCode } from '#lib/protocol/errors.ts';

import { deliveryOf, supersedingKey, treatmentOf, type Delivery } from './delivery.ts';
import type { OutboxEntry } from './outbox-entry.ts';

/**
 * Sends commands and waits for their answers. Kept commands leave one after another, in the order they were made, each with the
 * id it was born with, so that the server recognises a resend; immediate ones go out beside them and are given up after
 * {@link patienceMs}. Nothing leaves before `start`, and nothing between `hold` and the next `start`.
 */
export interface CommandQueueOptions {
	/** Sends an envelope; calls back with the raw acknowledgement, or never if the connection drops before. */
	readonly transmit: (envelope: unknown, acknowledged: (ack: unknown) => void) => void;
	/** A command is done with: acknowledged, refused or given up. */
	readonly finished: (entry: OutboxEntry, ack: CommandAck) => void;
	/** The server no longer knows this session: everything kept waits for a new one. */
	readonly sessionLost: (code: ErrorCode) => void;
}

/** How long an immediate command may wait for its answer. */
export const patienceMs = 10_000;
/** A kept command without an answer is sent again (with the same id) after this. */
export const resendMs = 20_000;

const firstRetryMs = 1_000;
const longestRetryMs = 15_000;
/** A fault of the server may be due to this very command: it isn't tried for ever. */
const faultsAllowed = 4;

/** A command on its way. */
type Job = {
	readonly entry: OutboxEntry;
	readonly delivery: Delivery;
	/** Whether it ever left. If so it may have arrived, and a later command can't take its place. */
	left: boolean;
	/** Whether it left on this connection and waits for its answer. */
	underWay: boolean;
	faults: number;
	timer: ReturnType<typeof setTimeout> | undefined;
};

export class CommandQueue {
	readonly #options: CommandQueueOptions;
	/** In the order of sending. */
	#jobs: Job[] = [];
	#flowing = false;
	#retryMs = firstRetryMs;
	#pause: ReturnType<typeof setTimeout> | undefined;

	constructor(options: CommandQueueOptions) {
		this.#options = options;
	}

	/** Kept commands that aren't answered yet. */
	get kept(): readonly OutboxEntry[] {
		return this.#jobs.filter((job) => job.delivery === 'kept').map((job) => job.entry);
	}

	add(entry: OutboxEntry): void {
		const job = newJob(entry);
		this.#jobs.push(job);
		if (job.delivery === 'immediate') {
			job.timer = setTimeout(() => this.#finish(job, failed('connection.lost')), patienceMs);
		}
		this.#flow();
	}

	/** Puts what was left from an earlier page in front of what was made on this one. */
	addBefore(entries: readonly OutboxEntry[]): void {
		this.#jobs = [...entries.map(newJob), ...this.#jobs];
		this.#flow();
	}

	/** Takes out the kept commands that never left and that this one makes superfluous. */
	takeSuperseded({ name, payload }: OutboxEntry): readonly OutboxEntry[] {
		const key = supersedingKey(name, payload);
		if (key === null) return [];
		const superseded = this.#jobs.filter(
			({ delivery, left, entry }) => delivery === 'kept' && !left && supersedingKey(entry.name, entry.payload) === key,
		);
		this.#jobs = this.#jobs.filter((job) => !superseded.includes(job));
		return superseded.map((job) => job.entry);
	}

	start(): void {
		this.#flowing = true;
		this.#flow();
	}

	/** The connection is gone. */
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

	/** Takes out everything, unanswered. */
	clear(): readonly OutboxEntry[] {
		const dropped = this.#jobs;
		this.#jobs = [];
		for (const job of dropped) clearTimeout(job.timer);
		return dropped.map((job) => job.entry);
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
				else this.#finish(job, ack);
				break;
			case 'keep':
				this.#flowing = false;
				this.#options.sessionLost(ack.error.code);
				break;
			case 'giveBack':
				this.#finish(job, ack);
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

	#finish(job: Job, ack: CommandAck): void {
		clearTimeout(job.timer);
		this.#jobs = this.#jobs.filter((other) => other !== job);
		this.#options.finished(job.entry, ack);
		this.#flow();
	}
}

function newJob(entry: OutboxEntry): Job {
	return { entry, delivery: deliveryOf(entry.name), left: false, underWay: false, faults: 0, timer: undefined };
}

function failed(code: ErrorCode): CommandAck {
	return { ok: false, error: { code } };
}
