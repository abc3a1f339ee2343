import { readBoardsAnew } from './boards-anew.ts';
import type { RecordedHall } from './hall.ts';
import { pry, pryByAudiences } from './prying.ts';
import { canary } from './secret.ts';
import { until } from './until.ts';
import { shows, words } from './words.ts';

/** Private until reveal: by a person and by a table's tablet; one is taken back before anybody saw it. */
export async function writeInSilence(hall: RecordedHall): Promise<void> {
	const { claire, paul, wanda, tablet } = hall.cast;
	const board = await claire.readBoard(hall.workshop.tables[0].boardId);
	await claire.send('step.go', { stepId: hall.steps.silent });
	await hall.begin('writing in silence');
	hall.facts.set('silent note', await paul.write(words('silent note')));
	await tablet.write(words("tablet's silent note"));
	const regretted = await wanda.write(words('regretted note'));
	await wanda.send('idea.withdraw', { ideaId: regretted });
	await until(() => claire.live.view?.audience === 'facilitator' && claire.live.view.privateIdeas === 2, 'two drafts');
	await readBoardsAnew(hall);
	await pry(hall, hall.probers);
	for (const client of [hall.cast.ravi, hall.cast.visitor, hall.cast.eve]) await pryByAudiences(hall, client);

	await hall.begin('the reveal');
	await claire.send('step.go', { stepId: hall.steps.inbox });
	await until(() => shows(board, 'silent note'), 'the drafts on the board');
}

/** What waits for a facilitator, what is let through, and what is kept back with a reason. */
export async function useTheInbox(hall: RecordedHall): Promise<void> {
	const { claire, sofia } = hall.cast;
	const board = await claire.readBoard(hall.workshop.tables[1].boardId);
	await hall.begin('the inbox');
	const published = await sofia.write(words('note for the board'));
	await sofia.write(words('note in the inbox'));
	const refused = await sofia.write(words('refused note'));
	hall.facts.set('note for the board', published);
	await pry(hall, hall.probers);

	await hall.begin('clearing the inbox');
	await claire.send('idea.publish', { ideaId: published });
	await claire.send('idea.hide', { ideaId: refused, reason: canary('reason of a refusal') });
	await until(() => shows(board, 'note for the board'), 'the published note');
}

export async function writeWithoutNames(hall: RecordedHall): Promise<void> {
	const { claire, wanda } = hall.cast;
	const board = await claire.readBoard(hall.workshop.tables[0].boardId);
	await claire.send('step.go', { stepId: hall.steps.anonymous });
	await hall.begin('hidden names');
	await wanda.write(words('anonymous note'), { language: 'pt' });
	await until(() => shows(board, 'anonymous note'), 'the anonymous note');
	await wanda.send('participant.rename', { nickname: canary("Wanda's second name") });
	await readBoardsAnew(hall);
}
