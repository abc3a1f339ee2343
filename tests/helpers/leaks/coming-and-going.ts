import type { RecordedHall } from './hall.ts';
import { holdCommits } from './held-commits.ts';
import { pry, pryByAudiences } from './prying.ts';
import { canary } from './secret.ts';
import { until } from './until.ts';
import { words } from './words.ts';

/**
 * Mia goes to the other table; her old board and sheet stay open on her phone as long as the server lets them. The commit after
 * the one that moves her is under way for a while, so that whoever waits for it to take her rights away comes too late.
 */
export async function changeTables(hall: RecordedHall): Promise<void> {
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

export async function blockSomebody(hall: RecordedHall): Promise<void> {
	const { claire, bruno, anna, paul } = hall.cast;
	const [first] = hall.workshop.tables;
	await bruno.readBoard(first.boardId);
	await bruno.openSheet(first.sheetId);
	const sheet = await paul.openSheet(first.sheetId);
	await hall.begin('blocking');
	const participantId = hall.fact('bruno');
	await claire.send('participant.block', { participantId, reason: canary('reason of a block') });
	// What was done to whom and why, those who run the evening read in its log.
	await claire.guest.client.json('GET', `/workshops/${hall.workshop.workshopId}/log`);

	await hall.begin('after the block');
	await anna.write(words('note after the block'));
	sheet.type('firstSteps', canary('words after the block'));
	await until(() => sheet.saved, 'the words to be saved');
	await pry(hall, [bruno]);
}

/** A lent phone forgets its person, a facilitator signs out, a tablet is taken away. All come back with what they had. */
export async function leave(hall: RecordedHall): Promise<void> {
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
