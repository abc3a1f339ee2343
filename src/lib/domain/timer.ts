import * as z from 'zod';

export const maxTimerTextLength = 80;
const timerManner = { text: z.string().optional(), sound: z.boolean().optional() };

/**
 * A countdown as timestamps, never as ticks: `endsAt` while it runs, `remainingMs` while it is paused.
 * All times are epoch milliseconds of the server's clock.
 */
export const timerState = z.discriminatedUnion('state', [
	z.strictObject({ state: z.literal('running'), endsAt: z.number(), durationMs: z.number(), ...timerManner }),
	z.strictObject({ state: z.literal('paused'), remainingMs: z.number(), durationMs: z.number(), ...timerManner }),
]);
export type TimerState = z.infer<typeof timerState>;
/** What is said beside the time, and whether its end may be heard. */
export type TimerManner = { text?: string | undefined; sound?: boolean | undefined };

export const maxTimerMs = 8 * 60 * 60 * 1000;

export function startTimer(durationMs: number, now: number, manner: TimerManner = {}): TimerState {
	return { state: 'running', endsAt: now + durationMs, durationMs, ...manner };
}

/** A countdown that lies ready: its time is shown and does not run. */
export function readyTimer(durationMs: number): TimerState {
	return { state: 'paused', remainingMs: durationMs, durationMs };
}

/** Milliseconds left, negative once the time is over. */
export function remainingMs(timer: TimerState, now: number): number {
	return timer.state === 'running' ? timer.endsAt - now : timer.remainingMs;
}

export function pauseTimer(timer: TimerState, now: number): TimerState {
	if (timer.state === 'paused') return timer;
	const remaining = Math.max(0, remainingMs(timer, now));
	return { state: 'paused', remainingMs: remaining, durationMs: timer.durationMs, ...mannerOf(timer) };
}

export function resumeTimer(timer: TimerState, now: number): TimerState {
	if (timer.state === 'running') return timer;
	return { state: 'running', endsAt: now + timer.remainingMs, durationMs: timer.durationMs, ...mannerOf(timer) };
}

/** Adds (or, if negative, takes away) time; a timer that had run out counts from now. */
export function addToTimer(timer: TimerState, addedMs: number, now: number): TimerState {
	const remaining = Math.min(maxTimerMs, Math.max(0, Math.max(0, remainingMs(timer, now)) + addedMs));
	const durationMs = Math.max(remaining, timer.durationMs + addedMs);
	return timer.state === 'running'
		? { state: 'running', endsAt: now + remaining, durationMs, ...mannerOf(timer) }
		: { state: 'paused', remainingMs: remaining, durationMs, ...mannerOf(timer) };
}

function mannerOf({ text, sound }: TimerState): TimerManner {
	return { ...(text === undefined ? {} : { text }), ...(sound === undefined ? {} : { sound }) };
}

/** Calm until a fifth is left, then soon, then at a twentieth urgent; over below zero. */
export type TimerPhase = 'calm' | 'soon' | 'urgent' | 'over';

export function timerPhase(timer: TimerState, now: number): TimerPhase {
	const remaining = remainingMs(timer, now);
	if (remaining <= 0) return 'over';
	const share = timer.durationMs > 0 ? remaining / timer.durationMs : 1;
	if (share <= 0.05) return 'urgent';
	return share <= 0.2 ? 'soon' : 'calm';
}
