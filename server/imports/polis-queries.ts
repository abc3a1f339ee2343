import type { BoardId, IdeaId, WorkshopId } from '#lib/domain/ids.ts';
import type { IdeaState, NoteColour } from '#lib/domain/idea.ts';
import type { Language } from '#lib/domain/language.ts';
import type { Sql } from '#server/db/client.ts';

/** Imports into one workshop run one after another. */
export async function lockForImport(sql: Sql, workshopId: WorkshopId): Promise<{ code: string } | undefined> {
	const [row] = await sql<{ code: string }[]>`select code from workshop where id = ${workshopId} for update`;
	return row;
}

/** The ideas of a board that came from a conversation, by their source keys, which begin with `prefix`. */
export async function selectImportedIdeas(sql: Sql, boardId: BoardId, prefix: string): Promise<Map<string, IdeaId>> {
	const rows = await sql<{ id: IdeaId; sourceKey: string }[]>`
		select id, source_key as "sourceKey" from idea where board_id = ${boardId} and starts_with(source_key, ${prefix})
	`;
	return new Map(rows.map(({ id, sourceKey }) => [sourceKey, id]));
}

/** How many ideas a board holds, and the highest place in its order. */
export async function measureBoard(sql: Sql, boardId: BoardId): Promise<{ ideas: number; lastOrder: number }> {
	const [row] = await sql<[{ ideas: number; lastOrder: number }]>`
		select count(*) as ideas, coalesce(max(sort_order), 0) as "lastOrder" from idea where board_id = ${boardId}
	`;
	return row;
}

export type ImportedIdea = {
	readonly sourceKey: string;
	readonly text: string;
	readonly state: IdeaState;
	readonly writtenAt: Date;
	readonly order: number;
};

/** What all ideas of an import have in common. `hideReason` is kept with those that are hidden. */
export type ImportedIdeas = {
	readonly boardId: BoardId;
	readonly language: Language | null;
	readonly colour: NoteColour;
	readonly hideReason: string;
	readonly ideas: readonly ImportedIdea[];
};

/** Adds the ideas that aren't there yet; returns the ids of those that were added, by source key. */
export async function insertImportedIdeas(sql: Sql, imported: ImportedIdeas): Promise<Map<string, IdeaId>> {
	const { boardId, language, colour, hideReason, ideas } = imported;
	const rows = await sql<{ id: IdeaId; sourceKey: string }[]>`
		insert into idea (
			board_id, text, language, state, shows_name, sort_order, colour, hide_reason, created_at, published_at, source_key
		)
		select
			${boardId}, row.text, ${language}, row.state, false, row.place, ${colour},
			case when row.state = 'hidden' then ${hideReason} end, row.written_at,
			case when row.state = 'published' then row.written_at end, row.source_key
		from unnest(
			${ideas.map((idea) => idea.text)}::text[], ${ideas.map((idea) => idea.state)}::text[],
			${ideas.map((idea) => idea.order)}::double precision[],
			${ideas.map((idea) => idea.writtenAt.toISOString())}::timestamptz[], ${ideas.map((idea) => idea.sourceKey)}::text[]
		) as row (text, state, place, written_at, source_key)
		on conflict (board_id, source_key) do nothing
		returning id, source_key as "sourceKey"
	`;
	return new Map(rows.map(({ id, sourceKey }) => [sourceKey, id]));
}

export type ImportedVote = {
	readonly ideaId: IdeaId;
	readonly voterKey: string;
	readonly value: -1 | 0 | 1;
	readonly votedAt: Date;
	readonly occurrence: number;
};

/** Adds the votes that aren't there yet and returns how many those were. */
export async function insertImportedVotes(sql: Sql, votes: readonly ImportedVote[]): Promise<number> {
	const result = await sql`
		insert into statement_vote (idea_id, voter_key, value, voted_at, occurrence)
		select * from unnest(
			${votes.map((vote) => vote.ideaId)}::uuid[], ${votes.map((vote) => vote.voterKey)}::text[],
			${votes.map((vote) => vote.value)}::smallint[], ${votes.map((vote) => vote.votedAt.toISOString())}::timestamptz[],
			${votes.map((vote) => vote.occurrence)}::integer[]
		)
		on conflict do nothing
	`;
	return result.count;
}

export type ImportedVoter = { readonly voterKey: string; readonly group: string | null };

/** Adds the voters that aren't there yet and returns how many those were. */
export async function insertImportedVoters(
	sql: Sql,
	workshopId: WorkshopId,
	voters: readonly ImportedVoter[],
): Promise<number> {
	const result = await sql`
		insert into statement_voter (workshop_id, voter_key, opinion_group)
		select ${workshopId}, row.voter_key, row.opinion_group
		from unnest(
			${voters.map((voter) => voter.voterKey)}::text[], ${voters.map((voter) => voter.group)}::text[]
		) as row (voter_key, opinion_group)
		on conflict do nothing
	`;
	return result.count;
}

/** Distinct voters, and distinct pairs of voter and idea, among the votes on a board's ideas of one conversation. */
export async function countVoters(
	sql: Sql,
	boardId: BoardId,
	prefix: string,
): Promise<{ voters: number; pairs: number }> {
	const [row] = await sql<[{ voters: number; pairs: number }]>`
		select count(distinct voter_key) as voters, count(*) as pairs
		from (
			select distinct v.idea_id, v.voter_key
			from statement_vote v join idea i on i.id = v.idea_id
			where i.board_id = ${boardId} and starts_with(i.source_key, ${prefix})
		) as pair
	`;
	return row;
}
