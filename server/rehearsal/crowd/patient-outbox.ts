import { randomUUID } from 'node:crypto';

import { commandAck, type CommandAck, type CommandInput, type CommandName } from '#lib/protocol/commands.ts';
import type { ErrorCode } from '#lib/protocol/errors.ts';

import type { Random } from './seeded-random.ts';
import type { Tally } from './tally.ts';

/** A command without an answer is sent again, with the same id, after this. */
const resendMs = 20_000;
const firstRetryMs = 1_000;
const longestRetryMs = 15_000;
const faultsAllowed = 4;

/** Refusals that pass by themselves. */
const passing = new Set<ErrorCode>(['command.busy', 'database.away', 'request.tooMany']);

type Waiting = {
	readonly envelope: { readonly id: string; readonly name: CommandName; readonly payload: unknown };
	readonly answered: (ack: CommandAck) => void;
	left: boolean;
	faults: number;
};

/**
 * What a person has asked for and has no answer to yet. As on a phone, commands leave one after another in the order they were made,
 * and each is sent again with the id it was born with until the server answers it.
 */
export class PatientOutbox {
	readonly #tally: Tally;
	readonly #random: Random;
	readonly #waiting: Waiting[] = [];
	#transmit: ((envelope: unknown, acknowledged: (ack: unknown) => void) => void) | undefined;
	#timer: NodeJS.Timeout | undefined;
	#retryMs = firstRetryMs;

	constructor(tally: Tally, random: Random) {
		this.#tally = tally;
		this.#random = random;
	}

	get size(): number {
		return this.#waiting.length;
	}

	add<Name extends CommandName>(name: Name, payload: CommandInput<Name>, answered: (ack: CommandAck) => void): void {
		this.#waiting.push({ envelope: { id: randomUUID(), name, payload }, answered, left: false, faults: 0 });
		if (this.#waiting.length === 1) this.#send();
	}

	/** There is a connection. */
	start(transmit: (envelope: unknown, acknowledged: (ack: unknown) => void) => void): void {
		this.#transmit = transmit;
		this.#retryMs = firstRetryMs;
		this.#send();
	}

	/** It is gone: what was under way may have arrived or not. */
	hold(): void {
		this.#transmit = undefined;
		clearTimeout(this.#timer);
	}

	#send(): void {
		clearTimeout(this.#timer);
		const [first] = this.#waiting;
		if (first === undefined || this.#transmit === undefined) return;
		this.#tally.count(first.left ? 'resent' : 'sent');
		first.left = true;
		const sentAt = performance.now();
		this.#timer = setTimeout(() => this.#send(), resendMs);
		this.#transmit(first.envelope, (raw) => {
			// The answer to a resend may come twice.
			if (this.#waiting[0] === first) this.#take(first, raw, sentAt);
		});
	}

	#take(first: Waiting, raw: unknown, sentAt: number): void {
		const parsed = commandAck.safeParse(raw);
		const ack: CommandAck = parsed.success ? parsed.data : { ok: false, error: { code: 'server.failed' } };
		if (!ack.ok && this.#isWorthAnotherTry(first, ack.error.code)) {
			clearTimeout(this.#timer);
			this.#timer = setTimeout(() => this.#send(), this.#retryMs * (0.5 + this.#random() / 2));
			this.#retryMs = Math.min(longestRetryMs, this.#retryMs * 2);
			return;
		}
		this.#retryMs = firstRetryMs;
		this.#waiting.shift();
		this.#tally.answered(performance.now() - sentAt);
		if (ack.ok) this.#tally.count('acknowledged');
		else this.#tally.refused(ack.error.code);
		first.answered(ack);
		this.#send();
	}

	#isWorthAnotherTry(first: Waiting, code: ErrorCode): boolean {
		if (passing.has(code)) return true;
		first.faults += 1;
		return code === 'server.failed' && first.faults < faultsAllowed;
	}
}
