import { maxTimerMs } from '#lib/domain/timer.ts';

const minuteMs = 60_000;

/** A time as somebody types it: `7`, `7,5` or `7.5` minutes, `7:30`. Milliseconds; null for what is no time a timer can have. */
export function durationOf(text: string): number | null {
	const trimmed = text.trim();
	const clock = /^(\d{1,3}):([0-5]\d)$/.exec(trimmed);
	const plain = /^\d{1,3}(?:[.,]\d+)?$/.test(trimmed) ? Number(trimmed.replace(',', '.')) : null;
	const minutes = clock === null ? plain : Number(clock[1]) + Number(clock[2]) / 60;
	if (minutes === null) return null;
	const durationMs = Math.round(minutes * 60) * 1000;
	return durationMs >= 1000 && durationMs <= maxTimerMs ? durationMs : null;
}

/** The same, for the field to begin with: `7` or `7:30`. */
export function durationText(durationMs: number): string {
	const minutes = Math.floor(durationMs / minuteMs);
	const seconds = Math.round((durationMs % minuteMs) / 1000);
	return seconds === 0 ? String(minutes) : `${String(minutes)}:${String(seconds).padStart(2, '0')}`;
}
