import type { BoardId, CommandId, IdeaId, StepId } from '#lib/domain/ids.ts';
import type { IdeaReach, IdeaState } from '#lib/domain/idea.ts';
import type { WireError } from '#lib/protocol/errors.ts';
import type { OwnIdea } from '#lib/protocol/live.ts';

import type { KeyedIdea } from './keyed-ideas.svelte.ts';
import type { OutboxEntry } from './outbox-entry.ts';
import type { LandedIdea } from './outbox.svelte.ts';

/** An idea of one's own as one's screen shows it, from the moment Enter was pressed. */
export type OwnIdeaRow = {
	/** Stays the same from the first keystroke's row to the saved one. */
	readonly key: string;
	/** Null while the server doesn't have it. */
	readonly ideaId: IdeaId | null;
	readonly text: string;
	/** Null while only this device knows it, or where this device can't know what has become of it. */
	readonly state: IdeaState | null;
	/** The board it was written for; null where that was the author's own. */
	readonly boardId: BoardId | null;
	/** How far it reaches once it is published; null where this device can't know. */
	readonly reach: IdeaReach | null;
	/** Names aren't recorded: this device alone knows whose it is, and this opens it. */
	readonly secret: string | null;
	/** Whether everything about it is on the server's disk. */
	readonly saved: boolean;
	/** Why it was hidden, in a facilitator's words. */
	readonly reason: string | null;
	/** The words it stands in now, where it was merged and they are on an open board. */
	readonly mergedInto: string | null;
	/** Set when the server refused the idea or its change; `commandId` then names what was refused. */
	readonly error: WireError | null;
	readonly commandId: CommandId | null;
	readonly madeAt: number;
};

/** What is known on this device about one's own ideas; `Outbox` has the second to the fourth. */
export type OwnIdeaSources = {
	readonly own: Readonly<Record<IdeaId, OwnIdea>>;
	readonly entries: readonly OutboxEntry[];
	readonly refused: readonly OutboxEntry[];
	readonly landed: readonly LandedIdea[];
	readonly keyed: readonly KeyedIdea[];
	/** Words of published ideas, as far as boards are open here. */
	readonly published: ReadonlyMap<IdeaId, string>;
	readonly stepId: StepId | null;
};

/**
 * One's own ideas, newest first: what the server has, with pending changes shown as if they were done, and what only waits here.
 *
 * An idea is known by its command's id until the acknowledgement brings the server's. The acknowledgement and the list of own ideas
 * travel apart: whichever comes first, the idea is shown once.
 */
export function ownIdeaRows(sources: OwnIdeaSources): OwnIdeaRow[] {
	const { own, landed, keyed, published } = sources;
	const commandOf = new Map(landed.map(({ ideaId, commandId }) => [ideaId, commandId]));
	const keyedIds = new Set(keyed.map(({ ideaId }) => ideaId));
	const rows: OwnIdeaRow[] = [];

	for (const [id, idea] of Object.entries(own) as [IdeaId, OwnIdea][]) {
		rows.push(withChanges({ ...savedRow(id, idea, published), key: commandOf.get(id) ?? id }, sources));
	}
	for (const idea of keyed) rows.push(withChanges(keyedRow(idea, sources), sources));
	for (const { ideaId, commandId, text, boardId, key: secret, madeAt } of landed) {
		if (Object.hasOwn(own, ideaId) || keyedIds.has(ideaId)) continue;
		rows.push({ ...blank, key: commandId, ideaId, text, boardId, secret, saved: true, madeAt });
	}
	rows.push(...waitingRows(sources, commandOf));
	return rows.sort((one, other) => other.madeAt - one.madeAt || (one.key < other.key ? 1 : -1));
}

const blank = {
	ideaId: null,
	state: null,
	boardId: null,
	reach: null,
	secret: null,
	saved: false,
	reason: null,
	mergedInto: null,
	error: null,
	commandId: null,
} as const;

function savedRow(
	ideaId: IdeaId,
	{ text, state, boardId, reach, reason, mergedInto: into, createdAt: madeAt }: OwnIdea,
	published: OwnIdeaSources['published'],
) {
	const mergedInto = into === null ? null : (published.get(into) ?? null);
	return { ...blank, ideaId, text, state, boardId, reach, reason, mergedInto, saved: true, madeAt };
}

/** What became of it after the step it was written in, only the board can tell, where it is open here. */
function keyedRow(idea: KeyedIdea, { published, stepId }: OwnIdeaSources): OwnIdeaRow {
	const { ideaId, commandId, boardId, key: secret, madeAt } = idea;
	const words = published.get(ideaId);
	const row = { ...blank, key: commandId, ideaId, boardId, secret, saved: true, madeAt };
	if (idea.state === 'withdrawn') return { ...row, text: idea.text, state: idea.state };
	if (words !== undefined) return { ...row, text: words, state: 'published' };
	return { ...row, text: idea.text, state: idea.stepId === stepId ? idea.state : null };
}

function withChanges(row: OwnIdeaRow, { entries, refused }: OwnIdeaSources): OwnIdeaRow {
	const { ideaId } = row;
	let { text, state, saved } = row;
	for (const entry of entries) {
		if (entry.name === 'idea.edit' && entry.payload.ideaId === ideaId) text = entry.payload.text;
		else if (entry.name === 'idea.withdraw' && entry.payload.ideaId === ideaId) state = 'withdrawn';
		else if (entry.name === 'idea.publish' && entry.payload.ideaId === ideaId) state = null;
		else continue;
		saved = false;
	}
	const refusal = refused.find((entry) => entry.name === 'idea.edit' && entry.payload.ideaId === ideaId);
	return { ...row, text, state, saved, error: refusal?.error ?? null, commandId: refusal?.id ?? null };
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
