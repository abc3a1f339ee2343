/** A span of time, in the milliseconds of `performance.now()`. */
export type Span = { readonly from: number; readonly to: number };

/** How much had been acknowledged at a moment, as one of the crowd's reports says. */
export type Reading = { readonly at: number; readonly acknowledged: number };

const windowMs = 5_000;
/** Between two reports, a second apart, with some room for a late one. */
const reportGapMs = 2_500;
/** Not everything shows everywhere; of so many acknowledged commands in a second, something does. */
const fewestInSecond = 5;

/**
 * Windows of five seconds in which much happened all the time: inside a span, and with several commands acknowledged between any two
 * reports of the crowd.
 */
export function windowsWithActivity(spans: readonly Span[], readings: readonly Reading[]): Span[] {
	return spans.flatMap((span) => {
		const windows: Span[] = [];
		for (let { from } = span; from + windowMs <= span.to; from += windowMs) {
			const window = { from, to: from + windowMs };
			if (isActive(window, readings)) windows.push(window);
		}
		return windows;
	});
}

function isActive({ from, to }: Span, readings: readonly Reading[]): boolean {
	const inside = readings.filter(({ at }) => at >= from - reportGapMs && at <= to + reportGapMs);
	if (inside.length < 2) return false;
	return inside.every((reading, index) => {
		const before = inside[index - 1];
		return before === undefined || reading.acknowledged - before.acknowledged >= fewestInSecond;
	});
}

/** Updates a second in the window that had the fewest; NaN without windows. */
export function slowestRate(updates: readonly number[], windows: readonly Span[]): number {
	const rates = windows.map(({ from, to }) => {
		const inside = updates.filter((at) => at >= from && at < to);
		return (inside.length * 1000) / (to - from);
	});
	return rates.length === 0 ? Number.NaN : Math.min(...rates);
}
