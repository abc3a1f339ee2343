import { createHash } from 'node:crypto';

import { screenLayouts } from '#lib/domain/screen-layout.ts';

import { readBoardsAnew } from './boards-anew.ts';
import type { RecordedHall } from './hall.ts';
import { pry } from './prying.ts';
import { canary } from './secret.ts';
import { until } from './until.ts';
import { shows, words } from './words.ts';

/** What tables keep among them: its words are on their boards, on their own screens and in their votes, and nowhere else. */
export async function keepAmongTheTable(hall: RecordedHall): Promise<void> {
	const { claire, anna, paul, wanda, ravi, tom, beamer, tableScreen } = hall.cast;
	const [first, second] = hall.workshop.tables;
	const board = await claire.readBoard(first.boardId);
	const theirs = await claire.readBoard(second.boardId);
	await claire.send('step.go', { stepId: hall.steps.table });
	await hall.begin('among the table');
	await claire.send('table.set-host', { tableId: first.id, participantId: hall.fact('paul') });
	const among = await anna.write(words('note among the table'));
	const inTheLight = await paul.write(words('note in the light'));
	const harvested = await wanda.write(words('harvested note'));
	const kept = await ravi.write(words('kept twin'));
	const merged = await ravi.write(words('merged note'));
	await until(() => shows(board, 'harvested note') && shows(theirs, 'merged note'), 'the notes of the tables');
	const { roundId = '' } = await claire.send('vote.open', {
		title: 'Among ourselves',
		rule: { dots: 3, maxPerOption: 3 },
		tableId: first.id,
		options: [{ ideaId: among }, { ideaId: inTheLight }],
	});
	await until(() => JSON.stringify(paul.live.me).includes(canary('note in the light')), 'the words of the vote');
	await tableScreen.goLive('screen', hall.workshop.code);
	await readBoardsAnew(hall);
	// Who tries every door in other moments would by now be told that they ask too often.
	await pry(hall, [tom, beamer, tableScreen]);

	await hall.begin('before the room');
	await claire.send('vote.close', { roundId });
	await claire.send('spotlight.set', { ideaId: inTheLight });
	await claire.send('idea.harvest', { ideaIds: [harvested] });
	await claire.send('idea.merge', { ideaId: merged, intoIdeaId: kept });
	await claire.send('step.reveal', { to: 'room', tableId: first.id });
	await hall.settle();
	await claire.send('spotlight.set', { ideaId: null });
}

/** Where names are not recorded, the author's key is all there is, and it stays on the phone. */
export async function leaveNoTrace(hall: RecordedHall): Promise<void> {
	const { claire, wanda } = hall.cast;
	const board = await claire.readBoard(hall.workshop.tables[0].boardId);
	await claire.send('step.go', { stepId: hall.steps.unrecorded });
	await hall.begin('without a trace');
	const key = createHash('sha256').update(canary('key of a note')).digest('hex').slice(0, 32);
	hall.facts.set('key of a note', key);
	const ideaId = await wanda.write(words('note without a trace'), { key });
	await wanda.send('idea.edit', { ideaId, key, text: `${words('note without a trace')}, reworded` });
	await until(() => shows(board, 'note without a trace'), 'the note without a trace');
}

/** Every kind of step and everything a screen can show, while drafts lie in the inbox and notes are hidden. */
export async function walkThroughTheSteps(hall: RecordedHall): Promise<void> {
	const { claire, denis, anna, ravi, tablet, wall, tableScreen } = hall.cast;
	const { code, workshopId } = hall.workshop;
	await hall.begin('through every kind of step');
	for (const stepId of hall.stepsByKind.values()) {
		await claire.send('step.go', { stepId: stepId });
		await hall.settle();
		await anna.goLive('participant', code);
		await ravi.goLive('participant', code);
		await tablet.goLive('table', code);
		await denis.goLive('facilitator', workshopId);
		await wall.goLive('screen', code);
		await tableScreen.goLive('screen', code);
	}
	for (const layout of screenLayouts) {
		await claire.send('screen.show', { deviceId: hall.fact('screen beamer'), layout });
		await hall.settle();
	}
	await claire.send('step.go', { stepId: hall.steps.anonymous });
}

/** The table at the front shows its sheet on the screens, for as long as it is there. */
export async function pitch(hall: RecordedHall): Promise<void> {
	const { claire, sofia, tom, wall, beamer, tableScreen } = hall.cast;
	const [, second] = hall.workshop.tables;
	await hall.begin('the pitch');
	await claire.send('pitch.call', { tableId: second.id });
	await until(() => {
		const { view } = wall.live;
		const told = JSON.stringify(view?.audience === 'screen' ? view.pitch : null);
		return told.includes(canary("words on the second table's sheet"));
	}, 'the sheet on the wall');
	await sofia.send('pitch.applaud', { tableId: second.id, claps: 3 });
	await claire.send('pitch.call', { tableId: null });
	await hall.begin('after the pitch');
	await wall.goLive('screen', hall.workshop.code);
	await pry(hall, [tom, beamer, tableScreen]);
}
