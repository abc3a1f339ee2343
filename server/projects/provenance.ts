import type { BoardId, GroupId, IdeaId, RoundId, TableId, WorkshopId } from '#lib/domain/ids.ts';
import type { LocalizedText } from '#lib/domain/localized-text.ts';
import { showableTally } from '#lib/domain/small-group.ts';
import { AppError } from '#lib/protocol/errors.ts';
import { requireGroup, requireIdea } from '#server/live/require.ts';
import type { Idea, WorkshopState } from '#server/live/workshop-state.ts';

/** A note that a project grows out of, as it stands when the project is founded. */
export type ProjectIdea = {
	readonly ideaId: IdeaId;
	readonly position: number;
	readonly text: string;
	readonly boardId: BoardId;
	readonly tableId: TableId | null;
	readonly tableName: string | null;
	readonly workshopId: WorkshopId;
	readonly groupTitle: string | null;
	readonly votes: readonly ProjectIdeaVote[];
};

/** What a note, or the group it was in, got in a closed round. Results of small groups are not kept. */
export type ProjectIdeaVote = {
	readonly roundId: RoundId;
	readonly roundTitle: string;
	readonly on: 'idea' | 'group';
	readonly dots: number;
	readonly ballots: number;
};

/**
 * The published notes that were chosen: single ones, and all of the chosen groups, each once, groups first.
 * @throws AppError `idea.unknown`, `group.unknown`; `idea.notPublished` for a single one; `project.noIdeas` if none is left
 */
export function chosenIdeas(
	state: Readonly<WorkshopState>,
	chosen: { readonly ideaIds: readonly IdeaId[]; readonly groupIds: readonly GroupId[] },
): Idea[] {
	const ideas = new Set<Idea>();
	for (const groupId of chosen.groupIds) {
		requireGroup(state, groupId);
		const members = [...state.ideas.values()].filter((idea) => idea.groupId === groupId && idea.state === 'published');
		for (const idea of members.toSorted((one, other) => one.order - other.order)) ideas.add(idea);
	}
	for (const ideaId of chosen.ideaIds) {
		const idea = requireIdea(state, ideaId);
		if (idea.state !== 'published') throw new AppError('idea.notPublished');
		ideas.add(idea);
	}
	if (ideas.size === 0) throw new AppError('project.noIdeas');
	return [...ideas];
}

/** Writes down where each note comes from, in words that stay true when boards and groups change later. */
export function provenanceOf(state: Readonly<WorkshopState>, ideas: readonly Idea[]): ProjectIdea[] {
	return ideas.map((chosen, position) => {
		// A copy in the plenary comes from a table: that is where its story begins.
		const idea = (chosen.copiedFrom === null ? undefined : state.ideas.get(chosen.copiedFrom)) ?? chosen;
		const tableId = state.boards.get(idea.boardId)?.tableId ?? null;
		const groupId = chosen.groupId ?? idea.groupId;
		const group = groupId === null ? undefined : state.groups.get(groupId);
		return {
			ideaId: chosen.id,
			position,
			text: chosen.text,
			boardId: idea.boardId,
			tableId,
			tableName: tableId === null ? null : (state.tables.get(tableId)?.name ?? null),
			workshopId: state.workshop.id,
			groupTitle: group?.deletedAt === null ? group.title : null,
			votes: [...new Set([idea, chosen])].flatMap((each) => votesOn(state, each)),
		};
	});
}

function votesOn(state: Readonly<WorkshopState>, idea: Idea): ProjectIdeaVote[] {
	const votes: ProjectIdeaVote[] = [];
	for (const round of state.rounds.values()) {
		const tally = showableTally(round);
		if (tally === null) continue;
		for (const option of round.options) {
			const onIdea = option.ideaId === idea.id;
			const onGroup = option.groupId !== null && option.groupId === idea.groupId;
			if (!onIdea && !onGroup) continue;
			votes.push({
				roundId: round.id,
				roundTitle: round.title,
				on: onIdea ? 'idea' : 'group',
				dots: tally.dots[option.id] ?? 0,
				ballots: tally.ballots,
			});
		}
	}
	return votes;
}

/** The challenge a project answers: its table's, or that of the one table all its notes come from. */
export function challengeOf(
	state: Readonly<WorkshopState>,
	tableId: TableId | null,
	ideas: readonly ProjectIdea[],
): LocalizedText | null {
	const tables = tableId === null ? new Set(ideas.map((idea) => idea.tableId)) : new Set([tableId]);
	const [only] = tables;
	if (tables.size !== 1 || only === undefined || only === null) return null;
	const challengeId = state.tables.get(only)?.challengeId ?? null;
	return challengeId === null ? null : (state.challenges.get(challengeId)?.question ?? null);
}
