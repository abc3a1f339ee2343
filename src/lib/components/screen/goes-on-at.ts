import type { WorkshopView } from '#lib/protocol/live.ts';

const minuteMs = 60_000;

/** When a break ends, on the full minute: with the running time, else after its planned duration. Null while that isn't known. */
export function goesOnAt({ steps, currentStepId, stepStartedAt, timer }: WorkshopView): number | null {
	const step = currentStepId === null ? undefined : steps[currentStepId];
	if (timer?.state === 'running') return nextMinute(timer.endsAt);
	// A time that stands still ends nowhere.
	if (timer !== null && timer.remainingMs !== timer.durationMs) return null;
	return step === undefined || stepStartedAt === null ? null : nextMinute(stepStartedAt + step.durationMs);
}

function nextMinute(at: number): number {
	return Math.ceil(at / minuteMs) * minuteMs;
}
