import type { DotBallot } from '#lib/domain/dot-vote.ts';
import type { OptionId, RoundId } from '#lib/domain/ids.ts';
import type { LiveSession } from '#lib/live/live-session.svelte.ts';
import type { WireError } from '#lib/protocol/errors.ts';

/** `empty`: not voted yet. `sending`: changed here, on its way. `counted`: the server has this very ballot on its disk. */
export type BallotState = 'empty' | 'sending' | 'counted';

/** Taps in quick succession travel as one ballot. */
const gatherMs = 500;
/** How long an answered ballot is still shown by us, until the server's own copy is here. */
const settleMs = 1_500;

/**
 * One person's ballot in one round. A tap shows at once; what travels is always the whole ballot, and it says "counted" only when
 * the server has answered.
 */
export class BallotDraft {
	readonly #session: LiveSession<'participant'>;
	readonly #roundId: RoundId;
	#local: DotBallot | null = $state.raw(null);
	#answered = $state(false);
	#refusal: WireError | null = $state.raw(null);
	#timer: ReturnType<typeof setTimeout> | undefined;
	#unsent = false;

	constructor(session: LiveSession<'participant'>, roundId: RoundId) {
		this.#session = session;
		this.#roundId = roundId;
	}

	/** What waits in the outbox, as after a reload. */
	readonly #queued: DotBallot | null = $derived.by(() => {
		const entry = this.#session.outbox.entries.findLast(
			(candidate) => candidate.name === 'vote.cast' && candidate.payload.roundId === this.#roundId,
		);
		return entry?.name === 'vote.cast' ? entry.payload.ballot : null;
	});

	readonly #known: DotBallot | null = $derived.by(() => this.#session.me?.ballots[this.#roundId] ?? null);

	readonly #ballot: DotBallot = $derived.by(() => this.#local ?? this.#queued ?? this.#known ?? {});

	get ballot(): DotBallot {
		return this.#ballot;
	}

	get spent(): number {
		return Object.values(this.#ballot).reduce((sum, dots) => sum + dots, 0);
	}

	get state(): BallotState {
		if (this.#local !== null) return this.#answered ? 'counted' : 'sending';
		if (this.#queued !== null) return 'sending';
		return this.#known === null ? 'empty' : 'counted';
	}

	/** An empty ballot that was cast on purpose. */
	get abstains(): boolean {
		return this.state !== 'empty' && this.spent === 0;
	}

	/** Why the last ballot wasn't taken. */
	get refusal(): WireError | null {
		return this.#refusal;
	}

	dotsOn(option: OptionId): number {
		return this.#ballot[option] ?? 0;
	}

	put(option: OptionId, dots: number): void {
		const others = Object.entries(this.#ballot).filter(([id]) => id !== option);
		this.#change(Object.fromEntries(dots > 0 ? [...others, [option, dots]] : others));
		this.#timer = setTimeout(() => this.flush(), gatherMs);
	}

	/** This option and no other, at once: the answer to a quick question. */
	choose(option: OptionId): void {
		this.#change({ [option]: 1 });
		this.flush();
	}

	abstain(): void {
		this.#change({});
		this.flush();
	}

	/** Sends what was tapped and is still being gathered; when the page goes away, too. */
	flush(): void {
		clearTimeout(this.#timer);
		const ballot = this.#local;
		if (!this.#unsent || ballot === null) return;
		this.#unsent = false;
		void this.#session.send('vote.cast', { roundId: this.#roundId, ballot }).then((ack) => {
			if (this.#local !== ballot) return;
			this.#answered = true;
			if (!ack.ok) this.#refusal = ack.error;
			setTimeout(
				() => {
					if (this.#local === ballot) this.#local = null;
				},
				ack.ok ? settleMs : 0,
			);
		});
	}

	#change(ballot: DotBallot): void {
		clearTimeout(this.#timer);
		this.#local = ballot;
		this.#answered = false;
		this.#refusal = null;
		this.#unsent = true;
	}
}
