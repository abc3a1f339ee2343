import type { TableId } from '#lib/domain/ids.ts';
import type { TimerManner, TimerState } from '#lib/domain/timer.ts';

import type { Cockpit } from './cockpit.svelte.ts';

const minuteMs = 60_000;
const usualMs = 5 * minuteMs;

/** A time that lies ready and that nobody has started. */
export function isUntouched(timer: TimerState): boolean {
	return timer.state === 'paused' && timer.remainingMs === timer.durationMs;
}

/** The room's time, or one table's, and what can be done about it. What is said beside it stays when it starts anew. */
export class Timekeeping {
	readonly #cockpit: Cockpit;
	readonly #tableId: TableId | null;

	constructor(cockpit: Cockpit, tableId: TableId | null = null) {
		this.#cockpit = cockpit;
		this.#tableId = tableId;
	}

	get timer(): TimerState | null {
		const { view } = this.#cockpit;
		return this.#tableId === null ? view.timer : (view.tables[this.#tableId]?.timer ?? null);
	}

	/** What the step gives it; what is usual where it says nothing. */
	get plannedMs(): number {
		const { view, currentStep } = this.#cockpit;
		const own = this.#tableId === null ? null : (view.tables[this.#tableId]?.stepId ?? null);
		const durationMs = (own === null ? currentStep : view.steps[own])?.durationMs ?? 0;
		return durationMs > 0 ? durationMs : usualMs;
	}

	get #key(): string {
		return this.#tableId === null ? 'timer' : `timer:${this.#tableId}`;
	}

	get busy(): boolean {
		return this.#cockpit.busy(this.#key);
	}

	get #whose(): { tableId?: TableId } {
		return this.#tableId === null ? {} : { tableId: this.#tableId };
	}

	async startOrPause(): Promise<void> {
		const { timer } = this;
		if (timer === null) await this.restart();
		else await this.#cockpit.act(this.#key, timer.state === 'running' ? 'timer.pause' : 'timer.resume', this.#whose);
	}

	/** From the beginning, with what was said beside it. */
	async restart(): Promise<void> {
		await this.start(this.plannedMs, { text: this.timer?.text, sound: this.timer?.sound });
	}

	async start(durationMs: number, { text, sound }: TimerManner): Promise<void> {
		await this.#cockpit.act(this.#key, 'timer.start', {
			...this.#whose,
			durationMs,
			...(text === undefined || text.trim() === '' ? {} : { text: text.trim() }),
			...(sound === undefined ? {} : { sound }),
		});
	}

	/** Minutes more, or (negative) fewer. */
	async add(minutes: number): Promise<void> {
		if (this.timer !== null) {
			await this.#cockpit.act(this.#key, 'timer.add', { ...this.#whose, milliseconds: minutes * minuteMs });
		} else if (minutes > 0) {
			await this.start(minutes * minuteMs, {});
		}
	}

	async clear(): Promise<void> {
		await this.#cockpit.act(this.#key, 'timer.clear', this.#whose);
	}
}
