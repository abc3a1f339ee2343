import { expect as playwrightExpect, type Page } from '@playwright/test';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFailed, test } from 'vitest';

import type { DeviceId, StepId, TableId } from '#lib/domain/ids.ts';
import type { CommandInput, CommandName } from '#lib/protocol/commands.ts';
import type { FacilitatorView } from '#lib/protocol/live.ts';
import { createTestDatabase, type TestDatabase } from '#tests/helpers/database.ts';
import { Guest, LiveConnection } from '#tests/helpers/guest.ts';
import { openHall, type Hall } from '#tests/helpers/hall.ts';

import { Facilitator, Participant, Projector } from './people.ts';

const see = playwrightExpect.configure({ timeout: 20_000 });

/**
 * Two projectors of one evening, each in a browser: one of the hall, one of the first table. The facilitator pairs them through the
 * cockpit; what happens in the room comes from programs.
 */
let database: TestDatabase;
let hall: Hall;
let open: DisposableStack;
let claire: Facilitator;
let wide: Projector;
let tables: Projector;
let room: Room;
const pages: Record<'wide' | 'tables', string[]> = { wide: [], tables: [] };

beforeAll(async () => {
	database = await createTestDatabase();
	hall = await openHall(database.url);
	open = new DisposableStack();
	claire = await Facilitator.arrive(hall, 'de');
	[wide, tables] = [await Projector.arrive(hall, 'de'), await Projector.arrive(hall, 'de')];
	for (const [name, { page }] of Object.entries({ wide, tables })) listen(page, pages[name as 'wide' | 'tables']);
	await claire.enter(hall, /Mamer/);
	await claire.pair('screen', await wide.askIn());
	await claire.pair('screen', await tables.askIn());
	room = open.use(await Room.around(hall, claire));
}, 240_000);
afterAll(async () => {
	open.dispose();
	await hall[Symbol.asyncDispose]();
	await database[Symbol.asyncDispose]();
});
beforeEach(() =>
	onTestFailed(() => hall.photograph({ 'screen-wide': wide, 'screen-table': tables, 'screen-claire': claire })),
);

const notes = (screen: Projector) => screen.page.getByRole('listitem');
const offline = (screen: Projector) => screen.page.getByText(screen.t('screen:offline'));

test('two screens show different things: the room’s, and one table’s own', async () => {
	await room.say('device.set-up', { deviceId: room.screens[1], tableId: room.table(0), place: 'Dësch 1' });
	await room.goTo('Ideen sammeln');
	await room.write(0, 'Bänke unter der Linde');
	await room.write(1, 'Ein Chor für alle');
	for (const words of ['Bänke unter der Linde', 'Ein Chor für alle'])
		await see(notes(wide).getByText(words)).toBeVisible();
	await see(notes(tables).getByText('Bänke unter der Linde')).toBeVisible();
	await see(notes(tables).getByText('Ein Chor für alle')).toBeHidden();

	// The table goes on by itself, with a time of its own.
	await room.say('pace.set', { pace: 'tables' });
	await room.say('step.go', { stepId: room.step('Projektblatt'), tableId: room.table(0) });
	await room.say('timer.start', { tableId: room.table(0), durationMs: 600_000, text: 'Nur für diesen Tisch' });
	await see(tables.page.getByText('Nur für diesen Tisch')).toBeVisible();
	await see(wide.page.getByText('Nur für diesen Tisch')).toBeHidden();
	await see(notes(wide).getByText('Ein Chor für alle')).toBeVisible();
	await room.say('pace.set', { pace: 'room' });
	await see(notes(tables).getByText('Bänke unter der Linde')).toBeVisible();
});

test('a screen speaks the languages that the cockpit says, and shows what it is told to', async () => {
	const [deviceId] = room.screens;
	await room.say('device.set-up', { deviceId, languages: ['fr', 'lb'] });
	await see(wide.page.getByText('2 idées')).toBeVisible();
	await see(wide.page.getByText('2 Iddien')).toBeVisible();
	await room.say('screen.show', { deviceId, layout: 'map' });
	await see(notes(wide).getByText('Dësch 7')).toBeVisible();
	await room.say('screen.show', { deviceId, layout: 'blank' });
	await see(wide.page.locator('.blank')).toBeVisible();
	await room.say('screen.show', { deviceId, layout: 'auto' });
	await room.say('device.set-up', { deviceId, languages: [] });
	await see(wide.page.getByText('2 Ideen')).toBeVisible();
});

test('what has the floor comes before the step', async () => {
	await room.say('announcement.make', { text: { de: 'Das Essen ist da!' } });
	for (const screen of [wide, tables]) await see(screen.page.getByText('Das Essen ist da!')).toBeVisible();
	await room.say('announcement.clear', {});
	await see(wide.page.getByText('Das Essen ist da!')).toBeHidden();

	await room.say('spotlight.set', { ideaId: await ideaIdOf('Ein Chor für alle') });
	for (const screen of [wide, tables]) await see(screen.page.getByText('Ein Chor für alle')).toBeVisible();
	await see(notes(wide)).toHaveCount(0);
	await room.say('spotlight.set', { ideaId: null });

	await room.say('poll.open', { question: 'Machen wir eine Pause?', options: ['Ja', 'Nein'] });
	await see(wide.page.getByText('Machen wir eine Pause?')).toBeVisible();
	await room.closeVotes();
	await see(notes(wide).getByText('Ein Chor für alle')).toBeVisible();

	await room.say('pitch.queue', { tableIds: [room.table(1), room.table(0)] });
	await room.say('pitch.call', { tableId: room.table(1) });
	await see(wide.page.getByText(wide.t('screen:pitch.applause'))).toBeVisible();
	await see(wide.page.locator('p.name')).toHaveText('Dësch 2');
	await room.applaud(room.table(1), 7);
	await see(wide.page.locator('p.claps')).toHaveText('7');
	await room.say('pitch.call', { tableId: null });
	await see(wide.page.getByText(wide.t('screen:pitch.applause'))).toBeHidden();
});

test('the sheet of the table in front is on the screen, as it is written', async () => {
	const anna = await Participant.arrive(hall, 'de');
	await anna.join(hall, 'Anna', 'Dësch 2');
	await room.goTo('Projektblatt');
	await anna.goTo('sheet');
	const dream = anna.page.getByRole('textbox', { name: anna.t('sheet:heading.dream'), exact: true });
	await see(dream).toHaveAttribute('contenteditable', 'true');
	await dream.click();
	await anna.page.keyboard.type('Ein Platz für alle.');
	await see(wide.page.getByText('Ein Platz für alle.')).toBeHidden();
	await room.say('pitch.call', { tableId: room.table(1) });
	await see(wide.page.getByText('Ein Platz für alle.')).toBeVisible();
	await see(wide.page.getByText(wide.t('sheet:heading.dream'))).toBeVisible();
	await anna.page.keyboard.type(' Mit Linde.');
	await see(wide.page.getByText('Ein Platz für alle. Mit Linde.')).toBeVisible();
	await room.say('pitch.call', { tableId: null });
	await see(wide.page.getByText('Ein Platz für alle.')).toHaveCount(0);
	await anna.page.context().close();
});

test('a screen holds nothing that is not the room’s, in its page or in what it was sent', async () => {
	await room.goTo('Träumen');
	await room.write(0, 'Geheim: Apfelmus');
	await room.write(1, 'Geheim: Birnenkraut');
	await room.write(0, 'Geheim: Quittengelee');
	await room.say('step.reveal', { to: 'table', tableId: room.table(0) });
	await see(notes(tables).getByText('Geheim: Apfelmus')).toBeVisible();
	await see(notes(tables).getByText('Geheim: Quittengelee')).toBeVisible();
	for (const words of ['Apfelmus', 'Birnenkraut', 'Quittengelee']) {
		expect(await wide.page.content()).not.toContain(words);
		expect(pages.wide.filter((frame) => frame.includes(words))).toEqual([]);
	}
	expect(pages.tables.filter((frame) => frame.includes('Birnenkraut'))).toEqual([]);
	// The same look finds what was sent.
	expect(pages.wide.some((frame) => frame.includes('Ein Chor für alle'))).toBe(true);
	expect(pages.tables.some((frame) => frame.includes('Apfelmus'))).toBe(true);

	await room.goTo('Ideen sammeln');
	await see(notes(wide).getByText('Geheim: Birnenkraut')).toBeVisible();
	await room.say('idea.hide', { ideaId: await ideaIdOf('Geheim: Birnenkraut') });
	await see(wide.page.getByText('Birnenkraut')).toHaveCount(0);
	expect(await wide.page.content()).not.toContain('Birnenkraut');
	for (const screen of [wide, tables]) expect(await screen.page.content()).not.toMatch(/Nadja|Boris/);
	expect([...pages.wide, ...pages.tables].filter((frame) => /Nadja|Boris/.test(frame))).toEqual([]);
});

test('what was before the eyes of the room is told to the server', async () => {
	const shown = async (text: string) => {
		const [row] = await database.sql<{ shown: boolean }[]>`
			select shown_at is not null as shown from idea where text = ${text}`;
		return row?.shown;
	};
	await playwrightExpect.poll(() => shown('Ein Chor für alle'), { timeout: 30_000 }).toBe(true);
	await playwrightExpect.poll(() => room.view.unseenIdeas, { timeout: 30_000 }).toBe(0);
});

describe('a screen comes back alone', () => {
	test('from a crash of the server, and says meanwhile that it waits', async () => {
		const restarted = hall.killAndRestart();
		for (const screen of [wide, tables]) await see(offline(screen)).toBeVisible();
		await see(notes(wide).getByText('Ein Chor für alle')).toBeVisible();
		await restarted;
		for (const screen of [wide, tables]) await see(offline(screen)).toBeHidden();
		await room.write(0, 'Nach dem Absturz');
		for (const screen of [wide, tables]) await see(notes(screen).getByText('Nach dem Absturz')).toBeVisible();
	});

	test('from a cut network, with what was written meanwhile', async () => {
		await wide.page.context().setOffline(true);
		await see(offline(wide)).toBeVisible();
		await room.write(1, 'Während das Kabel lose war');
		await see(notes(wide).getByText('Ein Chor für alle')).toBeVisible();
		await wide.page.context().setOffline(false);
		await see(notes(wide).getByText('Während das Kabel lose war')).toBeVisible();
		await see(offline(wide)).toBeHidden();
	});

	test('from sleep, with what was written meanwhile', async () => {
		const device = await wide.page.context().newCDPSession(wide.page);
		await device.send('Page.setWebLifecycleState', { state: 'frozen' });
		await room.write(1, 'Während der Rechner schlief');
		await device.send('Page.setWebLifecycleState', { state: 'active' });
		await see(notes(wide).getByText('Während der Rechner schlief')).toBeVisible();
		await device.detach();
	});

	test('from a power cut, to the same picture and without a new pairing', async () => {
		await tables.page.goto('about:blank');
		await tables.page.goto('/screen');
		await see(notes(tables).getByText('Bänke unter der Linde')).toBeVisible();
		await see(notes(tables).getByText('Ein Chor für alle')).toBeHidden();
	});

	test('from being older than the server: only when the new page is there, and never to an error', async () => {
		const { page } = wide;
		let fetches = 0;
		await page.route('**/_app/version.json', (route) => route.fulfill({ json: { version: 'newer' } }));
		await page.route('**/screen', (route) => {
			fetches += 1;
			return fetches < 3 ? route.abort() : route.continue();
		});
		await page.evaluate(() => Object.assign(window, { before: true }));
		const reloaded = page.waitForEvent('load', { timeout: 60_000 });
		await page.context().setOffline(true);
		await see(offline(wide)).toBeVisible();
		await page.context().setOffline(false);
		await see(offline(wide)).toBeHidden();
		await see(notes(wide).getByText('Ein Chor für alle')).toBeVisible();
		await reloaded;
		expect(fetches).toBeGreaterThanOrEqual(3);
		await page.unrouteAll();
		expect(await page.evaluate(() => 'before' in window)).toBe(false);
		await see(notes(wide).getByText('Ein Chor für alle')).toBeVisible();
	});

	test('from a pairing that was taken away, to a new code', async () => {
		await room.say('device.revoke', { deviceId: room.screens[1] });
		await see(tables.page.locator('p.code')).toHaveText(/^\s*(\S\s*){6}$/);
		await see(tables.page.getByText('Bänke unter der Linde')).toHaveCount(0);
		const code = ((await tables.page.locator('p.code').textContent()) ?? '').replaceAll(/\s/g, '');
		await claire.pair('screen', code);
		await see(notes(tables).getByText('Ein Chor für alle')).toBeVisible();
	});
});

test('nothing went wrong on their pages', () => {
	expect([wide.faults, tables.faults]).toEqual([[], []]);
});

async function ideaIdOf(text: string): Promise<string> {
	const [row] = await database.sql<{ id: string }[]>`select id from idea where text = ${text} and state = 'published'`;
	if (row === undefined) throw new Error(`There is no idea ${text}`);
	return row.id;
}

/** Keeps every byte that a page is told. */
function listen(page: Page, heard: string[]): void {
	page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(payload.toString())));
	page.on('response', (response) => {
		if (!response.url().includes('/api/') && !response.url().includes('/socket.io/')) return;
		void response.text().then(
			(text) => heard.push(text),
			() => heard.push(''),
		);
	});
}

/** Everybody who isn't a screen: the facilitator's commands, and a person with a phone at each of the first two tables. */
class Room implements Disposable {
	readonly #lead: LiveConnection;
	readonly #people: readonly LiveConnection[];
	readonly #guests: readonly Guest[];

	private constructor(lead: LiveConnection, guests: readonly Guest[], people: readonly LiveConnection[]) {
		this.#lead = lead;
		this.#guests = guests;
		this.#people = people;
	}

	static async around({ origin, code }: Hall, { page }: Facilitator): Promise<Room> {
		// Programs outside the browser don't know the hall's name.
		const address = origin.replace(new URL(origin).hostname, '127.0.0.1');
		const cookies = await page.context().cookies();
		const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
		const workshopId = /workshops\/([^/]+)\//.exec(page.url())?.[1] ?? '';
		const lead = new LiveConnection(address, cookie, 'facilitator', workshopId);
		await playwrightExpect
			.poll(() => (lead.view?.audience === 'facilitator' ? Object.keys(lead.view.devices).length : 0))
			.toBe(2);
		const guests: Guest[] = [];
		const room = new Room(lead, guests, []);
		for (const [position, nickname] of ['Nadja', 'Boris'].entries()) {
			const guest = new Guest(address);
			await guest.join(code, { nickname, tableId: room.table(position) });
			guests.push(guest);
		}
		return new Room(
			lead,
			guests,
			guests.map((guest) => guest.live('participant', code)),
		);
	}

	get view(): FacilitatorView {
		const { view } = this.#lead;
		if (view?.audience !== 'facilitator') throw new Error('The facilitator sees nothing yet');
		return view;
	}

	/** The projectors, in the order they were paired. */
	get screens(): [DeviceId, DeviceId] {
		const ids = (Object.keys(this.view.devices) as DeviceId[]).filter((id) => this.view.devices[id]?.kind === 'screen');
		const [first, second] = ids;
		if (first === undefined || second === undefined) throw new Error('There are no two screens');
		return [first, second];
	}

	table(position: number): TableId {
		const found = Object.entries(this.view.tables).find(([, table]) => table.position === position);
		if (found === undefined) throw new Error(`There is no table ${String(position)}`);
		return found[0] as TableId;
	}

	step(title: string): StepId {
		const found = Object.entries(this.view.steps).find(([, step]) => step.title.de === title);
		if (found === undefined) throw new Error(`There is no step ${title}`);
		return found[0] as StepId;
	}

	async say<Name extends CommandName>(name: Name, payload: CommandInput<Name>): Promise<void> {
		expect(await this.#lead.send(name, payload)).toMatchObject({ ok: true });
	}

	async goTo(title: string): Promise<void> {
		await this.say('step.go', { stepId: this.step(title) });
	}

	async write(person: number, text: string): Promise<void> {
		expect(await this.#people[person]?.send('idea.submit', { text, language: 'de' })).toMatchObject({ ok: true });
	}

	async applaud(tableId: TableId, claps: number): Promise<void> {
		expect(await this.#people[0]?.send('pitch.applaud', { tableId, claps })).toMatchObject({ ok: true });
	}

	async closeVotes(): Promise<void> {
		for (const [roundId, round] of Object.entries(this.view.rounds)) {
			if (round.state === 'open') await this.say('vote.close', { roundId });
		}
	}

	[Symbol.dispose](): void {
		this.#lead.close();
		for (const guest of this.#guests) guest[Symbol.dispose]();
	}
}
