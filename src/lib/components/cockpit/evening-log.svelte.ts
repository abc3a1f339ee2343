import { SvelteSet } from 'svelte/reactivity';
import * as z from 'zod';

import type { AccountId } from '#lib/domain/ids.ts';
import type { DeviceStorage } from '#lib/live/device-storage.ts';
import type { CommandName } from '#lib/protocol/commands.ts';
import { AppError } from '#lib/protocol/errors.ts';
import { logPage, logPageSize, type LogAction, type LogEntry } from '#lib/protocol/log.ts';
import { callApi } from '#lib/rest/call-api.ts';

const folder = 'boost-board/undone/';
const settledIds = z.array(z.int());
/** More than anybody takes back in an evening. */
const mostKept = 300;

/**
 * Who did what in a workshop, read anew whenever there is more of it, and what of it was taken back from here. Taking something back
 * is itself an entry; neither of the two is offered again, also after a reload.
 */
export class EveningLog {
	readonly #path: `/workshops/${string}/log`;
	readonly #storage: DeviceStorage;
	readonly #key: string;
	/** Entries that were taken back here, and those that came of it. */
	readonly #settled: SvelteSet<number>;
	/** What is being taken back, until the entry that says so is read. */
	#awaited: { readonly entry: LogEntry; readonly after: number }[] = [];
	#entries: readonly LogEntry[] = $state.raw([]);
	#failed: AppError | null = $state.raw(null);
	#read = $state(false);
	#hasOlder = $state(false);

	constructor(workshop: string, storage: DeviceStorage) {
		this.#path = `/workshops/${workshop}/log`;
		this.#storage = storage;
		this.#key = `${folder}${workshop}`;
		this.#settled = new SvelteSet(readIds(storage.read(this.#key)));
	}

	/** The newest first. */
	get entries(): readonly LogEntry[] {
		return this.#entries;
	}

	/** Whether it was read at all. */
	get read(): boolean {
		return this.#read;
	}

	get failed(): AppError | null {
		return this.#failed;
	}

	/** Whether there may be entries before the oldest one that was read. */
	get hasOlder(): boolean {
		return this.#hasOlder;
	}

	/** Reads what is new from the server; what was read last stays if that fails. */
	async load(signal?: AbortSignal): Promise<void> {
		const page = await this.#page('', signal);
		if (page === null) return;
		if (!this.#read) this.#hasOlder = page.length >= logPageSize;
		this.take(page);
	}

	/** Reads a page of what was before. */
	async loadOlder(): Promise<void> {
		const oldest = this.#entries.at(-1);
		const page = await this.#page(oldest === undefined ? '' : `?before=${String(oldest.id)}`);
		if (page === null) return;
		this.#hasOlder = page.length >= logPageSize;
		this.take(page);
	}

	/** Takes entries up beside those that are known. */
	take(page: readonly LogEntry[]): void {
		this.#read = true;
		const isNew = ({ id }: LogEntry) => page.every((entry) => entry.id !== id);
		this.#entries = [...page, ...this.#entries.filter(isNew)].sort((one, other) => other.id - one.id);
		this.#awaited = this.#awaited.filter(({ entry, after }) => {
			const answer = this.#entries.findLast((later) => later.id > after && answers(later, entry));
			if (answer !== undefined) this.#settle(answer);
			return answer === undefined;
		});
	}

	async #page(query: string, signal?: AbortSignal): Promise<readonly LogEntry[] | null> {
		try {
			const { entries } = await callApi(`${this.#path}${query}`, logPage, signal === undefined ? {} : { signal });
			this.#failed = null;
			return entries;
		} catch (error) {
			if (error instanceof DOMException && error.name === 'AbortError') return null;
			if (!(error instanceof AppError)) throw error;
			this.#failed = error;
			return null;
		}
	}

	isSettled({ id }: LogEntry): boolean {
		return this.#settled.has(id);
	}

	/** The newest that this person did and can take back. */
	newestOf(me: AccountId | null): LogEntry | null {
		return this.#entries.find((entry) => isBy(entry, me) && entry.inverse !== null && !this.isSettled(entry)) ?? null;
	}

	tookBack(entry: LogEntry): void {
		this.#awaited.push({ entry, after: this.#entries[0]?.id ?? entry.id });
		this.#settle(entry);
	}

	#settle({ id }: LogEntry): void {
		this.#settled.add(id);
		this.#storage.write(this.#key, JSON.stringify([...this.#settled].slice(-mostKept)));
	}
}

/** Whether an entry is what taking back another one has written. */
function answers(later: LogEntry, { inverse, actor }: LogEntry): boolean {
	return inverse !== null && later.actor.id === actor.id && actionsOf(inverse).includes(later.action);
}

/** The names under which a command may stand in the log. */
function actionsOf({ name }: NonNullable<LogEntry['inverse']>): readonly string[] {
	return [name, ...(otherNames[name] ?? [])];
}

const otherNames: { readonly [Name in CommandName]?: readonly LogAction[] } = {
	'step.go': ['step.go-table'],
	'pitch.call': ['pitch.end'],
	'workshop.end': ['workshop.reopen'],
};

export function isBy(entry: LogEntry, me: AccountId | null): boolean {
	return me !== null && entry.actor.id === me;
}

function readIds(kept: string | null): number[] {
	if (kept === null) return [];
	try {
		return settledIds.catch([]).parse(JSON.parse(kept));
	} catch (error) {
		if (error instanceof SyntaxError) return [];
		throw error;
	}
}
