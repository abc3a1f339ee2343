import type { BoardId, GroupId, IdeaId, OptionId, TableId } from '#lib/domain/ids.ts';
import { AppError } from '#lib/protocol/errors.ts';
import { requireGroup, requireIdea } from '#server/live/require.ts';
import type { RoundOption, WorkshopState } from '#server/live/workshop-state.ts';

type Wanted = { readonly ideaId: IdeaId } | { readonly groupId: GroupId };

/**
 * Freezes the options of a round: the words of published ideas and of groups as they stand now, in the given order, each once.
 * A table votes on what is on its own board, the whole room on anything.
 * @throws AppError `idea.unknown`, `idea.notPublished`, `group.unknown`; `vote.noOptions` if fewer than two remain
 */
export function freezeOptions(
	state: Readonly<WorkshopState>,
	wanted: readonly Wanted[],
	tableId: TableId | null,
	newId: () => string,
): RoundOption[] {
	const options = new Map<IdeaId | GroupId, RoundOption>();
	for (const option of wanted) {
		const source = 'ideaId' in option ? ideaOption(state, option.ideaId) : groupOption(state, option.groupId);
		if (!isInScope(state, source.boardId, tableId)) throw new AppError(source.unknown);
		const { id, label, ideaId, groupId } = source;
		if (options.has(id)) continue;
		options.set(id, { id: newId() as OptionId, position: options.size, label, ideaId, groupId });
	}
	if (options.size < 2) throw new AppError('vote.noOptions');
	return [...options.values()];
}

function ideaOption(state: Readonly<WorkshopState>, id: IdeaId) {
	const idea = requireIdea(state, id);
	if (idea.state !== 'published') throw new AppError('idea.notPublished');
	return { id, label: idea.text, boardId: idea.boardId, ideaId: id, groupId: null, unknown: 'idea.unknown' as const };
}

function groupOption(state: Readonly<WorkshopState>, id: GroupId) {
	const group = requireGroup(state, id);
	return {
		id,
		label: group.title,
		boardId: group.boardId,
		ideaId: null,
		groupId: id,
		unknown: 'group.unknown' as const,
	};
}

function isInScope(state: Readonly<WorkshopState>, boardId: BoardId, tableId: TableId | null): boolean {
	return tableId === null || state.boards.get(boardId)?.tableId === tableId;
}
