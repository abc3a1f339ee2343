import { colourOfTable } from '#lib/domain/idea.ts';
import type { BoardId, TableId } from '#lib/domain/ids.ts';
import { showableTally } from '#lib/domain/small-group.ts';
import type {
	Audience,
	FacilitatorView,
	LiveView,
	OptionView,
	ParticipantView,
	RoundView,
	ScreenView,
	TableView,
	WorkshopView,
} from '#lib/protocol/live.ts';

import type { Presence } from './presence.ts';
import type { Round, RoundOption, WorkshopState } from './workshop-state.ts';

/**
 * What each audience sees of a workshop. Whatever leaves through a view is chosen here, field by field, and nowhere else:
 * no draft, no inbox, no ballot and no unpublished tally for anybody but facilitators, and no names for screens.
 *
 * Values are new objects each time; rows that are shown unchanged are passed on, so that comparing two views stays cheap.
 */
export function presentView(
	audience: Audience,
	state: WorkshopState,
	presence: Presence,
	around: Surroundings,
): LiveView {
	const shared = presentWorkshop(state, presence, around, audience === 'facilitator');
	switch (audience) {
		case 'participant':
			return { ...shared, audience };
		case 'table':
			return { ...shared, audience };
		case 'screen':
			return { ...shared, ...presentWall(state), audience };
		case 'facilitator':
			return { ...shared, ...presentControl(state, presence), audience };
	}
}

/** What somebody who was blocked gets: that the workshop is there, and nothing of what happens in it. */
export function presentToBlocked(state: WorkshopState, around: Surroundings): ParticipantView {
	return {
		audience: 'participant',
		workshop: presentHead(state, around),
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
	readonly turnout: (state: WorkshopState, round: Round) => { voted: number; eligible: number };
};

/** Most notes that a wall gets; it shows a few at a time. */
const wallSize = 240;

function presentWorkshop(
	state: WorkshopState,
	presence: Presence,
	around: Surroundings,
	forFacilitators: boolean,
): WorkshopView {
	const { workshop } = state;
	const ideas = countIdeas(state);
	let published = 0;
	for (const count of ideas.values()) published += count;
	return {
		workshop: presentHead(state, around),
		steps: record(state.steps, ({ id: _, ...step }) => step),
		currentStepId: workshop.currentStepId,
		stepStartedAt: workshop.stepStartedAt,
		timer: workshop.timer,
		challenges: record(state.challenges, ({ id: _, ...challenge }) => challenge),
		tables: presentTables(state, presence, ideas),
		plenary: { boardId: state.plenaryBoardId, ideas: ideas.get(state.plenaryBoardId) ?? 0 },
		rounds: record(state.rounds, (round) => presentRound(round, state, forFacilitators, around.turnout(state, round))),
		projects: Object.fromEntries(
			[...state.projects.values()]
				.filter((project) => project.published)
				.map(({ id: _, published: __, ...project }) => [project.slug, project]),
		),
		counts: { people: state.participants.size, present: presence.people, ideas: published },
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
	};
}

function countIdeas(state: WorkshopState): Map<BoardId, number> {
	const counts = new Map<BoardId, number>();
	for (const idea of state.ideas.values()) {
		if (idea.state === 'published') counts.set(idea.boardId, (counts.get(idea.boardId) ?? 0) + 1);
	}
	return counts;
}

function presentTables(state: WorkshopState, presence: Presence, ideas: ReadonlyMap<BoardId, number>) {
	const members = new Map<TableId, { members: number; present: number }>();
	for (const person of state.participants.values()) {
		if (person.tableId === null || person.blockedAt !== null) continue;
		const count = members.get(person.tableId) ?? { members: 0, present: 0 };
		count.members += 1;
		if (presence.hasPerson(person.id)) count.present += 1;
		members.set(person.tableId, count);
	}
	return record(state.tables, ({ id, ...table }): TableView => ({
		...table,
		colour: colourOfTable(table.position),
		...(members.get(id) ?? { members: 0, present: 0 }),
		ideas: ideas.get(table.boardId) ?? 0,
	}));
}

function presentRound(
	round: Round,
	state: WorkshopState,
	forFacilitators: boolean,
	turnout: RoundView['turnout'],
): RoundView {
	return {
		position: round.position,
		title: round.title,
		rule: round.rule,
		tableId: round.tableId,
		options: Object.fromEntries(
			round.options.map(({ id, ...option }): [string, OptionView] => [
				id,
				forFacilitators || !isTakenDown(option, state) ? option : { ...option, label: '' },
			]),
		),
		state: round.state,
		turnout,
		tally: forFacilitators || round.published ? showableTally(round) : null,
		published: round.published,
		decision: forFacilitators || round.published ? round.decision : null,
	};
}

/** Options are frozen, but words that were taken down are gone from there too. */
function isTakenDown({ ideaId }: Omit<RoundOption, 'id'>, state: WorkshopState): boolean {
	const idea = ideaId === null ? undefined : state.ideas.get(ideaId);
	return idea?.state === 'hidden' || idea?.state === 'withdrawn';
}

function presentWall(state: WorkshopState): Pick<ScreenView, 'wall' | 'groups'> {
	const newest = [...state.ideas.values()]
		.filter((idea) => idea.state === 'published')
		.sort((left, right) => (right.publishedAt ?? 0) - (left.publishedAt ?? 0))
		.slice(0, wallSize);
	const wall: ScreenView['wall'] = {};
	const groups: ScreenView['groups'] = {};
	for (const idea of newest) {
		wall[idea.id] = {
			text: idea.text,
			colour: idea.colour,
			tableId: state.boards.get(idea.boardId)?.tableId ?? null,
			groupId: idea.groupId,
			language: idea.showsName ? idea.language : null,
			publishedAt: idea.publishedAt ?? idea.createdAt,
		};
		const group = idea.groupId === null ? undefined : state.groups.get(idea.groupId);
		if (group?.deletedAt !== null) continue;
		groups[group.id] = {
			title: group.title,
			tableId: state.boards.get(group.boardId)?.tableId ?? null,
			position: group.order,
		};
	}
	return { wall, groups };
}

function presentControl(
	state: WorkshopState,
	presence: Presence,
): Pick<FacilitatorView, 'people' | 'inbox' | 'privateIdeas' | 'devices' | 'snapshots'> {
	const written = new Map<string, number>();
	const inbox: FacilitatorView['inbox'] = {};
	let privateIdeas = 0;
	for (const idea of state.ideas.values()) {
		// A number that grows in the same moment as an anonymous idea appears would name its author.
		if (idea.participantId !== null && idea.showsName && idea.state !== 'withdrawn') {
			written.set(idea.participantId, (written.get(idea.participantId) ?? 0) + 1);
		}
		if (idea.state === 'private') privateIdeas += 1;
		if (idea.state !== 'inbox' && idea.state !== 'hidden') continue;
		const author = idea.participantId === null ? undefined : state.participants.get(idea.participantId);
		inbox[idea.id] = {
			text: idea.text,
			boardId: idea.boardId,
			tableId: state.boards.get(idea.boardId)?.tableId ?? null,
			state: idea.state,
			language: idea.language,
			by: idea.showsName ? (author?.nickname ?? null) : null,
			reason: idea.hideReason,
			createdAt: idea.createdAt,
		};
	}
	return {
		people: record(state.participants, (person) => ({
			nickname: person.nickname,
			language: person.language,
			tableId: person.tableId,
			present: presence.hasPerson(person.id),
			blocked: person.blockedAt !== null,
			joinedAt: person.joinedAt,
			ideas: written.get(person.id) ?? 0,
		})),
		inbox,
		privateIdeas,
		devices: Object.fromEntries(
			[...state.devices.values()]
				.filter((device) => device.revokedAt === null)
				.map(({ id, revokedAt: _, ...device }) => [id, { ...device, connected: presence.hasDevice(id) }]),
		),
		snapshots: record(state.snapshots, ({ id: _, accountId: __, ...snapshot }) => snapshot),
	};
}

function record<Id extends string, Row, Shown>(
	rows: ReadonlyMap<Id, Row>,
	show: (row: Row) => Shown,
): Record<Id, Shown> {
	const shown: Partial<Record<Id, Shown>> = {};
	for (const [id, row] of rows) shown[id] = show(row);
	return shown as Record<Id, Shown>;
}
