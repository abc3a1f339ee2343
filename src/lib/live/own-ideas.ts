import type { CommandId, IdeaId } from '#lib/domain/ids.ts';
import type { IdeaState } from '#lib/domain/idea.ts';
import type { WireError } from '#lib/protocol/errors.ts';
import type { OwnIdea } from '#lib/protocol/live.ts';

import type { OutboxEntry } from './outbox-entry.ts';
import type { LandedIdea } from './outbox.svelte.ts';

/** An idea of one's own as one's screen shows it, from the moment Enter was pressed. */
export type OwnIdeaRow = {
	/** Stays the same from the first keystroke's row to the saved one. */
	readonly key: string;
	/** Null while the server doesn't have it. */
	readonly ideaId: IdeaId | null;
	readonly text: string;
	/** Null while only this device knows it, or knows it to be on its way back. */
	readonly state: IdeaState | null;
	/** Whether everything about it is on the server's disk. */
	readonly saved: boolean;
	/** Why it was hidden, in a facilitator's words. */
	readonly reason: string | null;
	/** Set when the server refused the idea or its change; `commandId` then names what was refused. */
	readonly error: WireError | null;
	readonly commandId: CommandId | null;
	readonly madeAt: number;
};

/** What is known on this device about one's own ideas; `Outbox` has all but the first. */
export type OwnIdeaSources = {
	readonly own: Readonly<Record<IdeaId, OwnIdea>>;
	readonly entries: readonly OutboxEntry[];
	readonly refused: readonly OutboxEntry[];
	readonly landed: readonly LandedIdea[];
};

/**
 * One's own ideas, newest first: what the server has, with pending changes shown as if they were done, and what only waits here.
 *
 * An idea is known by its command's id until the acknowledgement brings the server's. The acknowledgement and the list of own ideas
 * travel apart: whichever comes first, the idea is shown once.
 */
export function ownIdeaRows(sources: OwnIdeaSources): OwnIdeaRow[] {
	const { own, landed } = sources;
	const commandOf = new Map(landed.map(({ ideaId, commandId }) => [ideaId, commandId]));
	const rows: OwnIdeaRow[] = [];

	for (const [id, idea] of Object.entries(own) as [IdeaId, OwnIdea][]) {
		rows.push(savedRow(id, idea, commandOf.get(id), sources));
	}
	for (const { ideaId, commandId, text, madeAt } of landed) {
		if (Object.hasOwn(own, ideaId)) continue;
		rows.push({ ...blank, key: commandId, ideaId, text, saved: true, madeAt });
	}
	rows.push(...waitingRows(sources, commandOf));
	return rows.sort((one, other) => other.madeAt - one.madeAt || (one.key < other.key ? 1 : -1));
}

const blank = { ideaId: null, state: null, saved: false, reason: null, error: null, commandId: null } as const;

function savedRow(
	ideaId: IdeaId,
	idea: OwnIdea,
	madeBy: CommandId | undefined,
	{ entries, refused }: OwnIdeaSources,
): OwnIdeaRow {
	let { text } = idea;
	let state: IdeaState | null = idea.state;
	let saved = true;
	for (const entry of entries) {
		if (entry.name === 'idea.edit' && entry.payload.ideaId === ideaId) text = entry.payload.text;
		else if (entry.name === 'idea.withdraw' && entry.payload.ideaId === ideaId) state = 'withdrawn';
		else if (entry.name === 'idea.publish' && entry.payload.ideaId === ideaId) state = null;
		else continue;
		saved = false;
	}
	const refusal = refused.find((entry) => entry.name === 'idea.edit' && entry.payload.ideaId === ideaId);
	return {
		key: madeBy ?? ideaId,
		ideaId,
		text,
		state,
		saved,
		reason: idea.reason,
		error: refusal?.error ?? null,
		commandId: refusal?.id ?? null,
		madeAt: idea.createdAt,
	};
}

/** Ideas that only this device knows. One that the server's list already shows, its answer still on the way, is left out. */
function waitingRows({ own, entries, refused }: OwnIdeaSources, landed: ReadonlyMap<IdeaId, CommandId>): OwnIdeaRow[] {
	const arrivedTexts = (Object.entries(own) as [IdeaId, OwnIdea][])
		.filter(([id]) => !landed.has(id))
		.map(([, idea]) => idea);
	const rows: OwnIdeaRow[] = [];
	for (const entry of [...entries, ...refused]) {
		if (entry.name !== 'idea.submit') continue;
		const { text } = entry.payload;
		const arrived = arrivedTexts.some(
			(idea) => idea.text === text && Math.abs(idea.createdAt - entry.madeAt) < sameIdeaMs,
		);
		if (arrived && entry.error === null) continue;
		rows.push({ ...blank, key: entry.id, text, error: entry.error, commandId: entry.id, madeAt: entry.madeAt });
	}
	return rows;
}

/** An equal text in the list that is this much older or newer is another idea; device clocks are rarely further off. */
const sameIdeaMs = 120_000;
