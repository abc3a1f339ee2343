import { readBoardsAnew } from './boards-anew.ts';
import type { RecordedHall } from './hall.ts';
import { pry } from './prying.ts';
import { canary } from './secret.ts';
import { until } from './until.ts';

/** Words come letter by letter, so that no frame holds them; others are struck out before somebody comes to read. */
export async function writeTheSheet(hall: RecordedHall): Promise<void> {
	const { anna, paul, ravi } = hall.cast;
	const [first, second] = hall.workshop.tables;
	await hall.begin('on the sheet');
	const sheet = await paul.openSheet(first.sheetId);
	const other = await anna.openSheet(first.sheetId);
	other.showCaret();
	for (const letter of canary('words on the sheet').split('')) {
		sheet.type('proposal', letter);
		await until(() => sheet.saved, 'a letter to be saved');
	}
	sheet.type('proposal', ` and ${canary('words struck out')}.`);
	const ravis = await ravi.openSheet(second.sheetId);
	ravis.type('proposal', canary("words on the second table's sheet"));
	await until(() => sheet.saved && ravis.saved && other.text('proposal').endsWith('.'), 'the words on the sheet');

	await hall.begin('striking words out');
	sheet.erase('proposal', canary('words struck out'));
	await until(() => sheet.saved && other.text('proposal').endsWith(' and .'), 'the words to go');
}

/** Whoever comes after a note was hidden gets no trace of it; who had it doesn't get it again. */
export async function hideANote(hall: RecordedHall): Promise<void> {
	const { claire, nora, wall } = hall.cast;
	const { workshop } = hall;
	await hall.begin('hiding a note');
	const ideaId = hall.fact('note to be hidden');
	await claire.send('idea.hide', { ideaId, reason: canary('reason of a hiding') });

	// Whoever comes now comes after it, though the others may not have been told yet.
	hall.skipTo('after the hiding');
	await wall.goLive('screen', workshop.code);
	await nora.guest.join(workshop.code, { nickname: 'Nora', tableId: workshop.tables[0].id });
	await nora.goLive('participant', workshop.code);
	await nora.readBoard(workshop.tables[0].boardId);
	await nora.openSheet(workshop.tables[0].sheetId);
	await readBoardsAnew(hall);
	await pry(hall, [...hall.probers, nora]);
}
