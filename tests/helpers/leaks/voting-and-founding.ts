import type { RoundId } from '#lib/domain/ids.ts';

import type { Client } from './cast.ts';
import type { RecordedHall } from './hall.ts';
import { pry, pryByAudiences } from './prying.ts';
import { canary } from './secret.ts';
import { until } from './until.ts';
import { shows, words } from './words.ts';

/** Three rounds: one whose result is shown, one at a table with too few ballots, one that only facilitators read. */
export async function vote(hall: RecordedHall): Promise<void> {
	const { claire, anna, paul, wanda, ravi, sofia, tom } = hall.cast;
	const [, secondTable] = hall.workshop.tables;
	await claire.send('step.go', { stepId: hall.steps.vote });
	await hall.begin('voting');
	const shown = await openRound(hall, 'shown vote', ['open note', "second table's note"]);
	const small = await openRound(hall, 'small vote', ["second table's note", 'note for the board'], secondTable.id);
	const kept = await openRound(hall, 'kept vote', ['open note', 'note for the board']);
	await cast(anna, shown, [37, 0]);
	await cast(paul, shown, [11, 3]);
	await cast(wanda, shown, [0, 29]);
	await cast(ravi, shown, [5, 0]);
	await cast(ravi, small, [41, 0]);
	await cast(sofia, small, [2, 7]);
	await cast(tom, small, [0, 19]);
	await cast(anna, kept, [23, 0]);
	await cast(sofia, kept, [8, 1]);
	await until(() => claire.live.view?.rounds[shown.id]?.turnout.voted === 4, 'the turnout');
	await anna.goLive('participant', hall.workshop.code);
	await pry(hall, hall.probers);
}

export async function count(hall: RecordedHall): Promise<void> {
	const { claire, anna, wall } = hall.cast;
	await hall.begin('counting');
	const rounds = ['shown vote', 'small vote', 'kept vote'].map((name) => hall.fact(name));
	for (const roundId of rounds) await claire.send('vote.close', { roundId });
	await anna.goLive('participant', hall.workshop.code);
	await pry(hall, hall.probers);

	await hall.begin('showing the result');
	for (const roundId of rounds.slice(0, 2)) await claire.send('vote.publish', { roundId, published: true });
	await wall.goLive('screen', hall.workshop.code);
}

/** A project that everybody reads, and one that is taken from the public again, as is a note of the first and an option of a vote. */
export async function found(hall: RecordedHall): Promise<void> {
	const { claire, visitor, anna, ravi } = hall.cast;
	const { workshop } = hall;
	await hall.begin('founding');
	const ideaIds = ['open note', 'silent note', "second table's note"].map((name) => hall.fact(name));
	const [table] = workshop.tables;
	const open = { title: canary('public project'), tableId: table.id, ideaIds };
	const { projectSlug: slug = '' } = await claire.send('project.found', open);
	await claire.send('project.found', {
		title: canary('withdrawn project'),
		summary: canary("withdrawn project's summary"),
		ideaIds: ideaIds.slice(0, 1),
	});
	const { token } = await visitor.guest.client.json<{ token: string }>(
		'POST',
		`/editions/${workshop.editionSlug}/projects/${slug}/members`,
		{
			involvement: 'join',
			name: canary("helper's name"),
			email: `${canary("helper's address")}@example.org`,
			consent: true,
		},
	);
	hall.facts.set("helper's link", token);
	await pry(hall, hall.probers);

	await hall.begin('unpublishing');
	const [project] = await hall.sql<
		[{ id: string }]
	>`select id from project where title = ${canary('withdrawn project')}`;
	await claire.guest.client.json('PATCH', `/projects/${project.id}`, { published: false });
	for (const note of ['silent note', 'note for the board']) await claire.send('idea.hide', { ideaId: hall.fact(note) });

	// As after the hiding: at once.
	hall.skipTo('after the unpublishing');
	await anna.goLive('participant', workshop.code);
	await ravi.goLive('participant', workshop.code);
	await pry(hall, hall.probers);
}

/**
 * The boards and sheets go back to where they stood in the beginning. What was hidden since comes back with them, what came since
 * is hidden; what was taken back by its author, or never left the inbox, stays where it is.
 */
export async function lookBack(hall: RecordedHall): Promise<void> {
	const { claire, anna, ravi, nora, wall } = hall.cast;
	const [first, second] = hall.workshop.tables;
	const sheet = await anna.openSheet(first.sheetId);
	await hall.begin('restoring');
	await claire.send('snapshot.restore', { snapshotId: hall.fact('first snapshot') });
	await until(() => !sheet.text('dream').includes(canary('held words')), 'the words of the sheet to go back');

	await hall.begin('after the restore');
	await wall.goLive('screen', hall.workshop.code);
	for (const client of [anna, nora]) await client.readBoard(first.boardId);
	await ravi.readBoard(second.boardId);
	await nora.openSheet(first.sheetId);
	await pry(hall, hall.probers);
}

/** A last draft, which the end of the evening reveals; who comes after it stays outside. */
export async function end(hall: RecordedHall): Promise<void> {
	const { claire, paul, anna, hugo, wall } = hall.cast;
	const [table] = hall.workshop.tables;
	const board = await anna.readBoard(table.boardId);
	await claire.send('step.go', { stepId: hall.steps.silent });
	await hall.begin('the last silence');
	await paul.write(words('last draft'));
	await pry(hall, [claire, anna]);

	await hall.begin('the end');
	await claire.send('workshop.end', { ended: true });
	await until(() => shows(board, 'last draft'), 'the last draft on the board');

	await hall.begin('afterwards');
	await hugo.guest.client.refusal('POST', '/join', { code: hall.workshop.code, language: 'fr' });
	await wall.goLive('screen', hall.workshop.code);
	await pryByAudiences(hall, hugo);
	await pry(hall, [...hall.probers, hugo]);
	await hall.settle();
}

type OpenRound = { readonly id: RoundId; readonly options: readonly string[] };

/** @param notes facts that are ideas, in the order of the options */
async function openRound(
	hall: RecordedHall,
	title: string,
	notes: readonly string[],
	tableId?: string,
): Promise<OpenRound> {
	const { claire } = hall.cast;
	const { roundId } = await claire.send('vote.open', {
		title: `${title} ${canary(title)}`,
		rule: { dots: 50, maxPerOption: 50 },
		options: notes.map((note) => ({ ideaId: hall.fact(note) })),
		...(tableId !== undefined && { tableId }),
	});
	if (roundId === undefined) throw new Error('The round has no id');
	await until(() => claire.live.view?.rounds[roundId] !== undefined, `the ${title}`);
	const options = Object.entries(claire.live.view?.rounds[roundId]?.options ?? {})
		.sort(([, left], [, right]) => left.position - right.position)
		.map(([id]) => id);
	hall.facts.set(title, roundId);
	options.forEach((id, index) => hall.facts.set(`${title}, option ${index + 1}`, id));
	return { id: roundId, options };
}

async function cast(voter: Client, { id, options }: OpenRound, dots: readonly number[]): Promise<void> {
	const given = options.flatMap((option, index): [string, number][] => {
		const count = dots[index] ?? 0;
		return count > 0 ? [[option, count]] : [];
	});
	await voter.send('vote.cast', { roundId: id, ballot: Object.fromEntries(given) });
}
