import { colourOfTable } from '#lib/domain/idea.ts';
import type { TableId } from '#lib/domain/ids.ts';
import type {
	Audience,
	FloorView,
	LiveView,
	ParticipantView,
	ScreenView,
	TableView,
	WorkshopView,
} from '#lib/protocol/live.ts';

import type { Presence } from './presence.ts';
import { presentControl } from './control-presenter.ts';
import { record } from './record.ts';
import { presentRoundsToRoom, presentRoundsToTable, presentRoundsToTeam, type Turnout } from './round-presenter.ts';
import type { SheetBook } from './sheet-book.ts';
import { presentWall } from './wall-presenter.ts';
import type { WorkshopState } from './workshop-state.ts';

/** A view is made for an audience; a table's own screen has one of its own. */
export type Viewers = { readonly audience: Audience; readonly tableId: TableId | null };

/**
 * What each audience sees of a workshop: {@link presentShared} and, besides, {@link presentOwn}. Whatever leaves through a view is chosen
 * here and in the presenters it is made of, field by field, and nowhere else: no draft, no inbox, no ballot and no unpublished tally
 * for anybody but facilitators, and no names for screens.
 *
 * Values are new objects each time; rows that are shown unchanged are passed on, so that comparing two views stays cheap.
 */
export function presentOwn(
	{ audience, tableId }: Viewers,
	state: WorkshopState,
	presence: Presence,
	around: Surroundings,
): OwnPart {
	switch (audience) {
		case 'participant':
		case 'table':
			return { audience };
		case 'screen':
			return {
				...presentWall(state, tableId),
				pitch: presentPitch(state, around),
				tableRounds: presentRoundsToTable(state, tableId, around.turnout),
				tableId,
				audience,
			};
		case 'facilitator':
			return { ...presentControl(state, presence, around), audience };
	}
}

/** What a view of this audience has besides what all have. */
export type OwnPart = {
	[View in LiveView as View['audience']]: Omit<View, keyof WorkshopView>;
}[Audience];

/** What somebody who was blocked gets: that the workshop is there, and nothing of what happens in it. */
export function presentToBlocked(state: WorkshopState, around: Surroundings): ParticipantView {
	return {
		audience: 'participant',
		workshop: presentHead(state, around),
		floor: { announcement: null, spotlight: null, gatheredAt: null, pitches: noPitches, pace: 'room' },
		steps: {},
		currentStepId: null,
		stepStartedAt: null,
		timer: null,
		challenges: {},
		tables: {},
		plenary: { boardId: state.plenaryBoardId, ideas: 0 },
		rounds: {},
		projects: {},
		counts: { people: 0, present: 0, ideas: 0 },
	};
}

/** What a view needs beyond the rows. */
export type Surroundings = {
	/** Absolute address at which people join the workshop with this code. */
	readonly joinUrl: (code: string) => string;
	readonly turnout: Turnout;
	readonly sheets: Pick<SheetBook, 'progressOf' | 'textOf'>;
	/** Epoch milliseconds. */
	readonly now: () => number;
};

const noPitches: FloorView['pitches'] = { order: [], current: null, applause: {} };

/** What all audiences see alike; the team sees more of votes. */
export function presentShared(
	forFacilitators: boolean,
	state: WorkshopState,
	presence: Presence,
	around: Surroundings,
): WorkshopView {
	const { workshop } = state;
	return {
		workshop: presentHead(state, around),
		floor: presentFloor(state),
		steps: record(state.steps, ({ id: _, ...step }) => step),
		currentStepId: workshop.currentStepId,
		stepStartedAt: workshop.stepStartedAt,
		timer: workshop.timer,
		challenges: record(state.challenges, ({ id: _, ...challenge }) => challenge),
		tables: presentTables(state, presence),
		plenary: { boardId: state.plenaryBoardId, ideas: state.ideas.published(state.plenaryBoardId) },
		rounds: forFacilitators ? presentRoundsToTeam(state, around.turnout) : presentRoundsToRoom(state, around.turnout),
		projects: Object.fromEntries(
			[...state.projects.values()]
				.filter((project) => project.published)
				.map(({ id: _, published: __, ...project }) => [project.slug, project]),
		),
		counts: { people: state.participants.size, present: presence.people, ideas: state.ideas.published() },
	};
}

function presentHead({ workshop }: WorkshopState, around: Surroundings): WorkshopView['workshop'] {
	return {
		id: workshop.id,
		code: workshop.code,
		title: workshop.title,
		phase: workshop.phase,
		doorOpen: workshop.doorOpen,
		frozen: workshop.frozen,
		attribution: workshop.attribution,
		joinUrl: around.joinUrl(workshop.code),
		rehearsal: workshop.rehearsal,
	};
}

function presentFloor(state: WorkshopState): FloorView {
	const { spotlight, ...floor } = state.workshop.floor;
	const idea = spotlight === null ? undefined : state.ideas.get(spotlight);
	return {
		...floor,
		spotlight:
			idea?.state === 'published'
				? {
						ideaId: idea.id,
						text: idea.text,
						colour: idea.colour,
						tableId: state.boards.get(idea.boardId)?.tableId ?? null,
					}
				: null,
	};
}

/** What the table at the front has written. A screen reads no documents; the table shows its sheet by pitching. */
function presentPitch(state: WorkshopState, around: Surroundings): ScreenView['pitch'] {
	const { current } = state.workshop.floor.pitches;
	const table = current === null ? undefined : state.tables.get(current);
	return table === undefined ? null : { tableId: table.id, sheet: around.sheets.textOf(table.sheetId) };
}

function presentTables(state: WorkshopState, presence: Presence) {
	const members = new Map<TableId, { members: number; present: number }>();
	for (const person of state.participants.values()) {
		if (person.tableId === null || person.blockedAt !== null) continue;
		const count = members.get(person.tableId) ?? { members: 0, present: 0 };
		count.members += 1;
		if (presence.hasPerson(person.id)) count.present += 1;
		members.set(person.tableId, count);
	}
	return record(state.tables, ({ id, helpAskedAt: _, helpBy, ...table }): TableView => ({
		...table,
		helpComing: helpBy !== null,
		colour: colourOfTable(table.position),
		...(members.get(id) ?? { members: 0, present: 0 }),
		ideas: state.ideas.published(table.boardId),
	}));
}
