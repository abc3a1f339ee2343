import type { BoardId } from '#lib/domain/ids.ts';
import type { FacilitatorView, TableRadar, WorkshopView } from '#lib/protocol/live.ts';

import { isClaimed } from './claims.ts';
import type { Presence } from './presence.ts';
import { record } from './record.ts';
import type { SheetBook } from './sheet-book.ts';
import type { Idea, WorkshopState } from './workshop-state.ts';

type Control = Omit<FacilitatorView, keyof WorkshopView | 'audience'>;

/** "Lately" for a facilitator who looks whether a table is still writing. */
const recentMs = 5 * 60_000;

/** What only those who run the workshop see. */
export function presentControl(
	state: WorkshopState,
	presence: Presence,
	around: { readonly sheets: Pick<SheetBook, 'progressOf'>; readonly now: () => number },
): Control {
	const now = around.now();
	const survey = new Survey(state, now);
	return {
		people: record(state.participants, (person) => ({
			nickname: person.nickname,
			language: person.language,
			tableId: person.tableId,
			present: presence.hasPerson(person.id),
			blocked: person.blockedAt !== null,
			atHome: person.atHome,
			joinedAt: person.joinedAt,
			ideas: survey.written.get(person.id) ?? 0,
		})),
		inbox: survey.inbox,
		privateIdeas: survey.privateIdeas,
		tableIdeas: survey.tableIdeas,
		unseenIdeas: survey.unseenIdeas,
		radar: presentRadar(state, survey, around.sheets),
		team: presentTeam(state, presence),
		leadId: state.workshop.leadId,
		logEntries: state.logEntries,
		devices: Object.fromEntries(
			[...state.devices.values()]
				.filter((device) => device.revokedAt === null)
				.map(({ id, revokedAt: _, ...device }) => [id, { ...device, connected: presence.hasDevice(id) }]),
		),
		snapshots: record(state.snapshots, ({ id: _, accountId: __, ...snapshot }) => snapshot),
	};
}

/** One look over all ideas. */
class Survey {
	readonly inbox: FacilitatorView['inbox'] = {};
	readonly written = new Map<string, number>();
	readonly boards = new Map<BoardId, { recentIdeas: number; activeAt: number | null; unseen: number }>();
	privateIdeas = 0;
	tableIdeas = 0;
	unseenIdeas = 0;

	constructor(state: WorkshopState, now: number) {
		for (const idea of state.ideas.values()) {
			// A number that grows in the same moment as an anonymous idea appears would name its author.
			if (idea.participantId !== null && idea.showsName && idea.state !== 'withdrawn') {
				this.written.set(idea.participantId, (this.written.get(idea.participantId) ?? 0) + 1);
			}
			this.#count(idea, now);
			if (idea.state === 'private') this.privateIdeas += 1;
			else if (idea.state === 'inbox' || idea.state === 'hidden' || idea.state === 'merged') {
				this.inbox[idea.id] = presentInboxIdea({ ...idea, state: idea.state }, state, now);
			}
		}
	}

	#count(idea: Idea, now: number): void {
		const board = this.boards.get(idea.boardId) ?? { recentIdeas: 0, activeAt: null, unseen: 0 };
		this.boards.set(idea.boardId, board);
		if (idea.createdAt > now - recentMs && idea.copiedFrom === null) board.recentIdeas += 1;
		board.activeAt = Math.max(board.activeAt ?? 0, idea.createdAt);
		if (idea.state !== 'published') return;
		if (idea.reach === 'table') this.tableIdeas += 1;
		if (idea.shownAt !== null) return;
		board.unseen += 1;
		this.unseenIdeas += 1;
	}
}

function presentInboxIdea(
	idea: Idea & { state: 'inbox' | 'hidden' | 'merged' },
	state: WorkshopState,
	now: number,
): FacilitatorView['inbox'][Idea['id']] {
	const author = idea.participantId === null ? undefined : state.participants.get(idea.participantId);
	return {
		text: idea.text,
		boardId: idea.boardId,
		tableId: state.boards.get(idea.boardId)?.tableId ?? null,
		state: idea.state,
		language: idea.language,
		by: idea.showsName ? (author?.nickname ?? null) : null,
		reason: idea.hideReason,
		mergedInto: idea.mergedInto === null ? null : (state.ideas.get(idea.mergedInto)?.text ?? null),
		createdAt: idea.createdAt,
		claimedBy: isClaimed(idea, now) ? idea.claimedBy : null,
	};
}

function presentRadar(
	state: WorkshopState,
	survey: Survey,
	sheets: Pick<SheetBook, 'progressOf'>,
): FacilitatorView['radar'] {
	const languages = new Map<string, TableRadar['languages']>();
	for (const { tableId, language, blockedAt } of state.participants.values()) {
		if (tableId === null || blockedAt !== null) continue;
		const spoken = languages.get(tableId) ?? {};
		spoken[language] = (spoken[language] ?? 0) + 1;
		languages.set(tableId, spoken);
	}
	return record(state.tables, (table): TableRadar => {
		const { filled, headings } = sheets.progressOf(table.sheetId);
		const board = survey.boards.get(table.boardId);
		return {
			recentIdeas: board?.recentIdeas ?? 0,
			activeAt: board?.activeAt ?? null,
			unseen: board?.unseen ?? 0,
			sheetFilled: filled,
			sheetHeadings: headings,
			languages: languages.get(table.id) ?? {},
			helpAskedAt: table.helpAskedAt,
			helpBy: table.helpBy,
		};
	});
}

/** Those of the team who are here, and whoever leads, here or not. */
function presentTeam(state: WorkshopState, presence: Presence): FacilitatorView['team'] {
	const team: FacilitatorView['team'] = {};
	for (const [id, name] of presence.facilitators) team[id] = { name, present: true };
	const { leadId } = state.workshop;
	if (leadId !== null) team[leadId] ??= { name: state.team.get(leadId) ?? '', present: false };
	return team;
}
