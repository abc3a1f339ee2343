import type { IdeaId } from '#lib/domain/ids.ts';

/** What the room has had before its eyes for less was a glance. */
const seenAfterMs = 4_000;
const reportEveryMs = 5_000;
const mostAtOnce = 200;

export type ShownReportOptions = {
	/** Tells the server; answers whether that is settled (if not, it is told again). */
	readonly send: (ideaIds: IdeaId[]) => Promise<boolean>;
	/** Nothing is told while the server can't be reached. */
	readonly connected: () => boolean;
	/** Milliseconds of any steady clock. */
	readonly now?: () => number;
};

/** Tells the server which ideas a screen has really shown, each once, a few at a time. */
export class ShownReport {
	readonly #options: ShownReportOptions;
	readonly #since = new Map<IdeaId, number>();
	readonly #due = new Set<IdeaId>();
	readonly #told = new Set<IdeaId>();
	#timer: ReturnType<typeof setInterval> | undefined;
	#sending = false;

	constructor(options: ShownReportOptions) {
		this.#options = options;
	}

	start(): void {
		this.#timer ??= setInterval(() => void this.#report(), reportEveryMs);
	}

	stop(): void {
		clearInterval(this.#timer);
		this.#timer = undefined;
		this.#since.clear();
	}

	/** Says what is on the picture now, all of it. */
	look(ideaIds: readonly IdeaId[]): void {
		const visible = new Set(ideaIds);
		this.#gather();
		for (const ideaId of this.#since.keys()) if (!visible.has(ideaId)) this.#since.delete(ideaId);
		for (const ideaId of visible) {
			if (!this.#since.has(ideaId) && !this.#told.has(ideaId)) this.#since.set(ideaId, this.#now());
		}
	}

	#gather(): void {
		for (const [ideaId, since] of this.#since) {
			if (this.#now() - since < seenAfterMs) continue;
			this.#since.delete(ideaId);
			if (!this.#told.has(ideaId)) this.#due.add(ideaId);
		}
	}

	async #report(): Promise<void> {
		this.#gather();
		if (this.#sending || this.#due.size === 0 || !this.#options.connected()) return;
		const ideaIds = [...this.#due].slice(0, mostAtOnce);
		this.#sending = true;
		try {
			if (!(await this.#options.send(ideaIds))) return;
			for (const ideaId of ideaIds) {
				this.#due.delete(ideaId);
				this.#told.add(ideaId);
			}
		} finally {
			this.#sending = false;
		}
	}

	#now(): number {
		return (this.#options.now ?? (() => performance.now()))();
	}
}
