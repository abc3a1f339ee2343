import { canary } from './secret.ts';
import type { RecordedHall } from './hall.ts';
import { holdCommits, refuseCommits } from './held-commits.ts';
import { pryByRequests } from './prying.ts';
import { readBoardsAnew } from './boards-anew.ts';
import { until } from './until.ts';
import { shows, words } from './words.ts';

/** Notes with names on two boards; one is reworded, one taken back. */
export async function collect(hall: RecordedHall): Promise<void> {
	const { anna, paul, ravi, pedro, claire, wall } = hall.cast;
	const board = await paul.readBoard(hall.workshop.tables[0].boardId);
	await hall.begin('collecting');
	hall.facts.set('open note', await anna.write(words('open note')));
	hall.facts.set('note to be hidden', await anna.write(words('note to be hidden')));
	const reworded = await anna.write(words('first wording'));
	const withdrawn = await anna.write(words('withdrawn note'));
	hall.facts.set("second table's note", await ravi.write(words("second table's note")));
	await pedro.write(words("plenary's note"));
	await until(() => board.content.ideas.length === 4, 'the notes on the board');
	const { snapshotId = '' } = await claire.send('snapshot.take', { note: canary('note of a snapshot') });
	hall.facts.set('first snapshot', snapshotId);

	await hall.begin('rewording');
	await anna.send('idea.withdraw', { ideaId: withdrawn });
	await hall.settle();
	await anna.send('idea.edit', { ideaId: reworded, text: words('second wording') });

	// Whoever comes now comes after it, though the others may not have been told yet.
	hall.skipTo('after the rewording');
	await wall.goLive('screen', hall.workshop.code);
	await until(() => board.content.ideas.length === 3, 'the withdrawn note to go');
	await readBoardsAnew(hall);
}

/** Nobody is told what isn't in Postgres yet, not even those who come while it is being written. */
export async function waitForACommit(hall: RecordedHall): Promise<void> {
	const { anna, felix, ravi, visitor, wall } = hall.cast;
	const [table] = hall.workshop.tables;
	await hall.begin('a commit is held back');
	await using held = await holdCommits(hall.sql, hall.app.database.url, 'idea');
	const writing = anna.write(words('held note'));
	await held.untilSomethingWaits();
	const looking = [felix.goLive('participant', hall.workshop.code), wall.goLive('screen', hall.workshop.code)];
	const board = felix.guest.board(table.boardId);
	await pryByRequests(hall, [felix, ravi, visitor]);
	await until(() => felix.relay.hasSent(/\/sync\//) && felix.relay.hasSent(/\/socket\.io\//), 'Felix to look in');
	// Nothing in the room moves until the commit has gone through, not even the clock that `begin` asks.
	hall.skipTo('the commit goes through');
	await held.letGo();
	await Promise.all([writing, ...looking]);
	await until(() => shows(board, 'held note'), 'the held note');
}

export async function waitForWords(hall: RecordedHall): Promise<void> {
	const { paul, felix, tablet, ravi, visitor } = hall.cast;
	const [table] = hall.workshop.tables;
	const sheet = await paul.openSheet(table.sheetId);
	const onTablet = await tablet.openSheet(table.sheetId);
	await hall.begin('words are held back');
	await using held = await holdCommits(hall.sql, hall.app.database.url, 'text_update');
	sheet.type('dream', words('held words'));
	await held.untilSomethingWaits();
	const opening = felix.openSheet(table.sheetId);
	await pryByRequests(hall, [felix, ravi, visitor]);
	hall.skipTo('the words go through');
	await held.letGo();
	await opening;
	await until(() => sheet.saved && onTablet.text('dream').includes(canary('held words')), 'the held words');
}

/** What could not be saved, nobody ever hears of. */
export async function failToCommit(hall: RecordedHall): Promise<void> {
	await hall.begin('a commit fails');
	await using _ = await refuseCommits(hall.sql, canary('failing note'));
	await hall.cast.anna.live.send('idea.submit', { text: words('failing note') });
	await readBoardsAnew(hall);
}
