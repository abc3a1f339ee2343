/**
 * `npm run screenshots`: an evening on real citizens' ideas, photographed for `docs/images/` at the sizes people see it in.
 * Starts the whole program on a database of its own and needs a browser.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';

import { maxIdeaLength } from '#lib/domain/idea.ts';
import type { RoundView } from '#lib/protocol/live.ts';
import { connect, withDatabase } from '#server/db/client.ts';

import { startBenchDatabase } from '../bench/bench-database.ts';
import { Facilitator, Participant, Projector, Tablet } from '../e2e/people.ts';
import { Guest, type LiveConnection } from '../helpers/guest.ts';
import { openHall, type Hall } from '../helpers/hall.ts';

const imagesFolder = path.resolve('docs/images');
const guestsAtTables = [9, 8, 11, 7, 10, 8, 6];
const ideasEach = 2;

await mkdir(imagesFolder, { recursive: true });
await using server = await startBenchDatabase();
await server.sql`create database evening`;
const eveningUrl = withDatabase(server.url, 'evening');
await using hall = await openHall(eveningUrl);
const claire = await Facilitator.arrive(hall, 'de');
const screen = await Projector.arrive(hall, 'de');
const tablet = await Tablet.arrive(hall, 'de');
const anna = await Participant.arrive(hall, 'lb');

await claire.enter(hall, /Mamer/);
const cockpit = claire.page.url();
await claire.pair('screen', await screen.askIn());
await claire.pair('table', await tablet.askIn(), 'Dësch 1');

await anna.page.goto(`/j/${hall.code}`);
await photograph(anna.page, 'join');
await photograph(screen.page, 'screen-join');
await anna.join(hall, 'Anna', 'Dësch 1');

using guests = await fillTables(hall);
await claire.goOnTo('Ideen sammeln');
await claire.page.getByRole('button', { name: claire.t('cockpit:timer.start'), exact: true }).click();
await guests.write();
await anna.write('E Gaart, wou Kanner a Grousselteren zesumme planzen');
await anna.composer.fill('Eng Bänk ënner all');
await photograph(anna.page, 'phone-collect');
await photograph(screen.page, 'screen-wall');
await photograph(claire.page, 'cockpit');
const walking = await hall.newcomer({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, locale: 'de-LU' });
await walking.page.context().addCookies(await claire.page.context().cookies());
await walking.page.goto(cockpit);
await expect(walking.page.getByRole('heading', { level: 1 })).toHaveText('Ideen sammeln');
await photograph(walking.page, 'cockpit-phone');

await claire.goOnTo('Gruppieren');
const notes = await tablet.page
	.getByRole('checkbox')
	.evaluateAll((boxes) => boxes.map((box) => box.closest('label')?.textContent.trim() ?? ''));
await tablet.group('Weniger wegwerfen', notes.slice(0, 3));
await tablet.group('Näher einkaufen', notes.slice(3, 7));
await tablet.group('Gemeinsam nutzen', notes.slice(7, 10));
await photograph(tablet.page, 'table');

await claire.goOnTo('Wählen');
await claire.openTable('Dësch 1');
await claire.pick('Weniger wegwerfen', 'Näher einkaufen', 'Gemeinsam nutzen');
await claire.openVote('Womit fangen wir an?', { dots: 3, most: 2 });
await anna.goTo('vote');
await anna.give('Gemeinsam nutzen', 2);
await photograph(anna.page, 'phone-vote');
await guests.vote();
await claire.closeVote();
await claire.publishResult();
await claire.goOnTo('Ergebnisse');
await expect(screen.page.getByText('Womit fangen wir an?')).toBeVisible();
await photograph(screen.page, 'screen-results');
await photograph(anna.page, 'phone-results');

await claire.goOnTo('Projektblatt');
await tablet.page.getByRole('button', { name: tablet.t('board:sections.sheet'), exact: true }).click();
await writeSheet(
	tablet,
	'dream',
	'Was einer von uns besitzt, können alle brauchen. Niemand kauft eine Leiter für zwei Tage im Jahr.',
);
await writeSheet(
	tablet,
	'proposal',
	'Ein Raum am Dorfplatz, in dem Werkzeug, Festbänke und Kinderräder stehen. Wer etwas braucht, trägt sich ein.',
);
await writeSheet(tablet, 'audiences', 'Alle im Quartier, zuerst die drei Straßen um die Schule.');
await writeSheet(
	tablet,
	'firstSteps',
	'Bis September: eine Liste, wer was hat. Die Gemeinde nach dem alten Spritzenhaus fragen.',
);
await photograph(tablet.page, 'table-sheet');

await claire.goOnTo('Projekte gründen');
await claire.openTable('Dësch 1');
await claire.pick('Gemeinsam nutzen');
await claire.found(
	'Die Ausleihe am Dorfplatz',
	'Werkzeug, Räder und Festbänke, die allen gehören und jeden Tag jemandem nützen.',
);
await anna.goTo('projects');
const project = await anna.openProject('Die Ausleihe am Dorfplatz');
const laptop = await hall.newcomer({ viewport: { width: 1280, height: 900 }, locale: 'de-LU' });
await laptop.page.goto(project.page.url());
await expect(laptop.page.getByRole('heading', { level: 1 })).toBeVisible();
await photograph(laptop.page, 'project', { fullPage: true });

await claire.page.goto(cockpit.replace(/\/cockpit$/, ''));
await photograph(claire.page, 'preparation');
process.stdout.write(`The pictures are in ${path.relative('.', imagesFolder)}.\n`);

/** Waits until what is shown has come to rest. */
async function photograph(page: Page, name: string, options: { fullPage?: boolean } = {}): Promise<void> {
	await page.waitForTimeout(1_500);
	await page.screenshot({ path: path.join(imagesFolder, `${name}.png`), animations: 'disabled', ...options });
}

async function writeSheet(
	writer: Tablet,
	heading: 'dream' | 'proposal' | 'audiences' | 'firstSteps',
	text: string,
): Promise<void> {
	await writer.page.getByRole('textbox', { name: writer.t(`sheet:heading.${heading}`), exact: true }).click();
	await writer.page.keyboard.type(text);
}

/** People at all tables who write what citizens have really written. */
async function fillTables({ origin, code }: Hall) {
	// The guests are programs outside the browser, which knows the hall's name.
	const address = origin.replace(new URL(origin).hostname, '127.0.0.1');
	const stack = new DisposableStack();
	const look = new Guest(address);
	const door = await look.client.json<{ tables: { id: string }[] }>('GET', `/workshops/by-code/${code}`);
	const words = await citizensIdeas();
	const people: LiveConnection[] = [];
	for (const [table, count] of guestsAtTables.entries()) {
		for (let seat = 0; seat < count; seat += 1) {
			const guest = stack.use(new Guest(address));
			const tableId = door.tables[table]?.id;
			await guest.join(code, { language: 'de', ...(tableId && { tableId }) });
			people.push(guest.live('participant', code));
		}
	}
	return {
		async write() {
			for (let round = 0; round < ideasEach; round += 1) {
				for (const person of people) {
					const text = words.pop();
					if (text !== undefined) await person.send('idea.submit', { text, language: 'de' });
				}
			}
		},
		async vote() {
			for (const [index, person] of people.entries()) {
				const [roundId, round] = Object.entries<RoundView>(person.view?.rounds ?? {})[0] ?? [];
				const options = Object.keys(round?.options ?? {});
				const first = options[index % options.length];
				const second = options[(index * index) % options.length];
				if (roundId === undefined || first === undefined || second === undefined) continue;
				const ballot = first === second ? { [first]: 2 } : { [first]: 2, [second]: 1 };
				await person.send('vote.cast', { roundId, ballot });
			}
		},
		[Symbol.dispose]: () => stack.dispose(),
	};
}

/** What citizens wrote for the Klimarat and moderators published, out of the demo's second workshop. */
async function citizensIdeas(): Promise<string[]> {
	const sql = connect(eveningUrl, { max: 1 });
	const rows = await sql<{ text: string }[]>`
		select text from idea where source_key like 'polis:%' and state = 'published' and length(text) <= ${maxIdeaLength}
		order by length(text) % 7, source_key`;
	await sql.end();
	return rows.map((row) => row.text);
}
