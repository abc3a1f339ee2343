import type { RunningApp } from '../running-app.ts';
import { arrive } from './arriving.ts';
import { RecordedHall, type HallOptions } from './hall.ts';
import { holdCommits, refuseCommits } from './held-commits.ts';
import type { Moment } from './moments.ts';
import { pry, pryByAudiences, pryByRequests } from './prying.ts';
import type { Recording } from './scan.ts';
import { canary } from './secret.ts';
import { secretsOf } from './secrets-of-the-evening.ts';
import { until } from './until.ts';
import { count, end, found, vote } from './voting-and-founding.ts';
import { words } from './words.ts';

export type EveningOptions = HallOptions & {
	/** The last moment that matters; usually the end. */
	readonly until?: Moment;
};

const chapters = [
	arrive,
	collect,
	waitForACommit,
	waitForWords,
	failToCommit,
	writeInSilence,
	useTheInbox,
	writeWithoutNames,
	writeTheSheet,
	hideANote,
	changeTables,
	blockSomebody,
	leave,
	vote,
	count,
	found,
	end,
];

/** A whole evening, with one secret after another, and people who try every door in between. What everybody got is recorded. */
export async function recordEvening(app: RunningApp, options: EveningOptions = {}): Promise<Recording> {
	await using hall = await RecordedHall.open(app, options);
	for (const chapter of chapters) if (!hall.isPast(options.until)) await chapter(hall);
	return await hall.recording(secretsOf(hall));
}

/** Notes with names on two boards; one is reworded, one taken back. */
async function collect(hall: RecordedHall): Promise<void> {
	const { anna, paul, ravi, pedro, claire } = hall.cast;
	const board = await paul.readBoard(hall.workshop.tables[0].boardId);
	await hall.begin('collecting');
	hall.facts.set('open note', await anna.write(words('open note')));
	hall.facts.set('note to be hidden', await anna.write(words('note to be hidden')));
	const reworded = await anna.write(words('first wording'));
	const withdrawn = await anna.write(words('withdrawn note'));
	hall.facts.set("second table's note", await ravi.write(words("second table's note")));
	await pedro.write(words("plenary's note"));
	await until(() => board.content.ideas.length === 4, 'the notes on the board');
	await claire.send('snapshot.take', { note: canary('note of a snapshot') });

	await hall.begin('rewording');
	await anna.send('idea.edit', { ideaId: reworded, text: words('second wording') });
	await anna.send('idea.withdraw', { ideaId: withdrawn });
	await until(() => board.content.ideas.length === 3, 'the withdrawn note to go');

	await hall.begin('after the rewording');
	await readBoardsAnew(hall);
}

/** Nobody is told what isn't in Postgres yet, not even those who come while it is being written. */
async function waitForACommit(hall: RecordedHall): Promise<void> {
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
	await until(() => JSON.stringify(board.content).includes(canary('held note')), 'the held note');
}

async function waitForWords(hall: RecordedHall): Promise<void> {
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
async function failToCommit(hall: RecordedHall): Promise<void> {
	await hall.begin('a commit fails');
	await using _ = await refuseCommits(hall.sql, canary('failing note'));
	await hall.cast.anna.live.send('idea.submit', { text: words('failing note') });
	await readBoardsAnew(hall);
}

/** Private until reveal: by a person and by a table's tablet; one is taken back before anybody saw it. */
async function writeInSilence(hall: RecordedHall): Promise<void> {
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
	await until(() => JSON.stringify(board.content).includes(canary('silent note')), 'the drafts on the board');
}

/** What waits for a facilitator, what is let through, and what is kept back with a reason. */
async function useTheInbox(hall: RecordedHall): Promise<void> {
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
	await until(() => JSON.stringify(board.content).includes(canary('note for the board')), 'the published note');
}

async function writeWithoutNames(hall: RecordedHall): Promise<void> {
	const { claire, wanda } = hall.cast;
	const board = await claire.readBoard(hall.workshop.tables[0].boardId);
	await claire.send('step.go', { stepId: hall.steps.anonymous });
	await hall.begin('hidden names');
	await wanda.write(words('anonymous note'), { language: 'pt' });
	await until(() => JSON.stringify(board.content).includes(canary('anonymous note')), 'the anonymous note');
	await wanda.send('participant.rename', { nickname: canary("Wanda's second name") });
	await readBoardsAnew(hall);
}

/** Written letter by letter, so that no frame holds the words; some are struck out before others come to read. */
async function writeTheSheet(hall: RecordedHall): Promise<void> {
	const { anna, paul, ravi } = hall.cast;
	const [first, second] = hall.workshop.tables;
	await hall.begin('on the sheet');
	const sheet = await paul.openSheet(first.sheetId);
	const other = await anna.openSheet(first.sheetId);
	other.showCaret();
	sheet.type('proposal', `${canary('words on the sheet')} and ${canary('words struck out')}.`);
	const ravis = await ravi.openSheet(second.sheetId);
	ravis.type('proposal', canary("words on the second table's sheet"));
	await until(() => sheet.saved && ravis.saved && other.text('proposal').endsWith('.'), 'the words on the sheet');

	await hall.begin('striking words out');
	sheet.erase('proposal', canary('words struck out'));
	await until(() => sheet.saved && other.text('proposal').endsWith(' and .'), 'the words to go');
}

/** Whoever comes after a note was hidden gets no trace of it; who had it doesn't get it again. */
async function hideANote(hall: RecordedHall): Promise<void> {
	const { claire, nora, wall } = hall.cast;
	const { workshop } = hall;
	await hall.begin('hiding a note');
	const ideaId = hall.fact('note to be hidden');
	await claire.send('idea.hide', { ideaId, reason: canary('reason of a hiding') });

	await hall.begin('after the hiding');
	await nora.guest.join(workshop.code, { nickname: 'Nora', tableId: workshop.tables[0].id });
	await nora.goLive('participant', workshop.code);
	await nora.readBoard(workshop.tables[0].boardId);
	await nora.openSheet(workshop.tables[0].sheetId);
	await wall.goLive('screen', workshop.code);
	await readBoardsAnew(hall);
	await pry(hall, [...hall.probers, nora]);
}

/**
 * Mia goes to the other table; her old board and sheet stay open on her phone as long as the server lets them. The commit after
 * the one that moves her is under way for a while, so that whoever waits for it to take her rights away comes too late.
 */
async function changeTables(hall: RecordedHall): Promise<void> {
	const { mia, anna, paul, ravi } = hall.cast;
	const [first, second] = hall.workshop.tables;
	await mia.readBoard(first.boardId);
	await mia.openSheet(first.sheetId);
	const sheet = await paul.openSheet(first.sheetId);
	await hall.begin('changing tables');
	await using move = await holdCommits(hall.sql, hall.app.database.url, 'participant');
	await using next = await holdCommits(hall.sql, hall.app.database.url, 'idea');
	const moving = mia.send('participant.choose-table', { tableId: second.id });
	await move.untilSomethingWaits();
	const writing = anna.write(words('note on her heels'));
	sheet.type('dream', canary('words on her heels'));
	await until(
		() => anna.relay.sent.some(({ bytes }) => bytes.includes(canary('note on her heels'))),
		'the note to be sent',
	);
	await move.letGo();
	await moving;
	await next.untilSomethingWaits();

	hall.skipTo('after the change of tables');
	await next.letGo();
	await writing;
	await mia.readBoard(second.boardId);
	await anna.write(words('note after the change'));
	sheet.type('audiences', canary('words after the change'));
	await ravi.write(words("note at Mia's new table"));
	await until(() => sheet.saved, 'the words to be saved');
	await pry(hall, [mia]);
}

async function blockSomebody(hall: RecordedHall): Promise<void> {
	const { claire, bruno, anna, paul } = hall.cast;
	const [first] = hall.workshop.tables;
	await bruno.readBoard(first.boardId);
	await bruno.openSheet(first.sheetId);
	const sheet = await paul.openSheet(first.sheetId);
	await hall.begin('blocking');
	const participantId = hall.fact('bruno');
	await claire.send('participant.block', { participantId, reason: canary('reason of a block') });

	await hall.begin('after the block');
	await anna.write(words('note after the block'));
	sheet.type('firstSteps', canary('words after the block'));
	await until(() => sheet.saved, 'the words to be saved');
	await pry(hall, [bruno]);
}

/** A lent phone forgets its person, a facilitator signs out, a tablet is taken away. All come back with what they had. */
async function leave(hall: RecordedHall): Promise<void> {
	const { claire, lea, denis, secondTablet, anna, ravi, sofia } = hall.cast;
	const [first, second] = hall.workshop.tables;
	await lea.readBoard(first.boardId);
	await denis.readBoard(second.boardId);
	await secondTablet.readBoard(second.boardId);
	await claire.send('step.go', { stepId: hall.steps.inbox });
	await hall.begin('leaving');
	const gone = [lea, denis, secondTablet];
	const cookies = gone.map(({ guest }) => new Map(guest.client.cookies));
	await lea.guest.client.json('DELETE', '/guest');
	await denis.guest.client.json('POST', '/sign-out-everywhere');
	await claire.send('device.revoke', { deviceId: hall.fact('second tablet') });
	await until(() => gone.every(({ live }) => live.goodbye !== undefined), 'those who leave to be sent away');
	gone.forEach(({ guest }, index) => cookies[index]?.forEach((value, name) => guest.client.cookies.set(name, value)));

	await hall.begin('after they left');
	await sofia.write(words('note in the inbox after they left'));
	await claire.send('step.go', { stepId: hall.steps.anonymous });
	await anna.write(words('note after they left'));
	await ravi.write(words("second table's note after they left"));
	for (const client of gone) await pryByAudiences(hall, client);
	await pry(hall, gone);
}

/** Some open their boards again, so that a first state is sent. */
async function readBoardsAnew({ cast, workshop }: RecordedHall): Promise<void> {
	const [first, second] = workshop.tables;
	for (const client of [cast.claire, cast.anna, cast.tablet]) await client.readBoard(first.boardId);
	for (const client of [cast.claire, cast.ravi]) await client.readBoard(second.boardId);
	await cast.pedro.readBoard(workshop.plenaryBoardId);
}
