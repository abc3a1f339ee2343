/** The value that `share` (0 to 1) of the samples don't exceed; NaN without samples. */
export function percentile(samples: readonly number[], share: number): number {
	const sorted = [...samples].sort((left, right) => left - right);
	return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
