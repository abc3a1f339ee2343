/** A step on the clock. Without a beginning of the evening, both are `null`. */
export type StepTimes = { readonly startsAt: number | null; readonly endsAt: number | null };

/**
 * When each step of an agenda begins and ends, one after the other.
 * @param startsAt beginning of the evening in epoch milliseconds, or `null` while it isn't known
 */
export function agendaTimes(steps: readonly { readonly durationMs: number }[], startsAt: number | null): StepTimes[] {
	let at = startsAt;
	return steps.map(({ durationMs }) => {
		const start = at;
		at = at === null ? null : at + durationMs;
		return { startsAt: start, endsAt: at };
	});
}

/** Whole hours and minutes of a duration, minutes rounded. */
export function hoursAndMinutes(durationMs: number): { readonly hours: number; readonly minutes: number } {
	const minutes = Math.round(durationMs / 60_000);
	return { hours: Math.floor(minutes / 60), minutes: minutes % 60 };
}
