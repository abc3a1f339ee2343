import { monitorEventLoopDelay } from 'node:perf_hooks';

import type { ErrorCode } from '#lib/protocol/errors.ts';
import type { CrowdFigures, CrowdPhase } from '#lib/protocol/rehearsal.ts';

import { AnswerTimes } from './answer-times.ts';

type Counted = 'joined' | 'returned' | 'ideas' | 'votes' | 'sentences' | 'sent' | 'acknowledged' | 'resent';

/** What the whole crowd counts. */
export class Tally {
	phase: CrowdPhase = 'joining';
	connected = 0;
	#found: { lost: number; duplicated: number } | null = null;
	readonly #counts: Record<Counted, number> = {
		...{ joined: 0, returned: 0, ideas: 0, votes: 0, sentences: 0 },
		...{ sent: 0, acknowledged: 0, resent: 0 },
	};
	readonly #refused: Partial<Record<ErrorCode, number>> = {};
	readonly #turnedAway: Partial<Record<ErrorCode, number>> = {};
	readonly #answers = new AnswerTimes();
	readonly #delay = monitorEventLoopDelay({ resolution: 10 });

	constructor() {
		this.#delay.enable();
	}

	count(what: Counted): void {
		this.#counts[what] += 1;
	}

	answered(afterMs: number): void {
		this.#answers.add(afterMs);
	}

	refused(code: ErrorCode): void {
		this.#refused[code] = (this.#refused[code] ?? 0) + 1;
	}

	turnedAway(code: ErrorCode): void {
		this.#turnedAway[code] = (this.#turnedAway[code] ?? 0) + 1;
	}

	/** What one person found of their ideas. */
	looked({ lost, duplicated }: { readonly lost: number; readonly duplicated: number }): void {
		const { lost: before, duplicated: twice } = this.#found ?? { lost: 0, duplicated: 0 };
		this.#found = { lost: before + lost, duplicated: twice + duplicated };
	}

	/** The figures as they stand; the delay is that of the time since the last call. */
	read(): CrowdFigures {
		const ownDelayMs = Math.round(this.#delay.max / 1e6);
		this.#delay.reset();
		return {
			phase: this.phase,
			connected: this.connected,
			...this.#counts,
			refused: { ...this.#refused },
			turnedAway: { ...this.#turnedAway },
			ackMs: this.#answers.summary,
			lost: this.#found?.lost ?? null,
			duplicated: this.#found?.duplicated ?? null,
			ownDelayMs,
		};
	}
}
