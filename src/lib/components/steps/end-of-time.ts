import { remainingMs, type TimerState } from '#lib/domain/timer.ts';

/** Whoever comes back later than this doesn't need to hear it any more. */
const tooLateMs = 5_000;

/**
 * Notices the moment in which a timer that may be heard runs out: once for each end, and never long after it, such as when a page
 * is reloaded or a laptop wakes up.
 */
export class EndOfTime {
	#heard: number | null = null;

	/** Whether the end is to be heard now. `now` is of the server's clock, in epoch milliseconds. */
	strikes(timer: TimerState | null, now: number): boolean {
		if (timer?.state !== 'running' || timer.sound !== true || timer.endsAt === this.#heard) return false;
		const overdueMs = -remainingMs(timer, now);
		if (overdueMs < 0) return false;
		this.#heard = timer.endsAt;
		return overdueMs <= tooLateMs;
	}
}
